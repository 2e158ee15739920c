"""A person's hands on the window: real mouse and key events, for the tour and for tests. Offsets are code points."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core.snapping import unit_at
from annotator.core.text import Span

from .canvas.view import ArticleView

_SIGNS = {
    "/": Qt.Key.Key_Slash,
    "_": Qt.Key.Key_Underscore,
    ",": Qt.Key.Key_Comma,
    ".": Qt.Key.Key_Period,
    ":": Qt.Key.Key_Colon,
    "*": Qt.Key.Key_Asterisk,
    "-": Qt.Key.Key_Minus,
    "+": Qt.Key.Key_Plus,
    ">": Qt.Key.Key_Greater,
    "=": Qt.Key.Key_Equal,
    "\\": Qt.Key.Key_Backslash,
    "!": Qt.Key.Key_Exclam,
    "?": Qt.Key.Key_Question,
    ";": Qt.Key.Key_Semicolon,
    "~": Qt.Key.Key_AsciiTilde,
}
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier


class Hands:
    """Points at and types into one canvas."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view

    def press(self, *keys: str | Qt.Key, modifiers: Qt.KeyboardModifier = _NO_MODIFIER) -> None:
        """Press keys on the canvas one after another: letters, digits and signs, or names of Qt; a capital letter takes Shift."""
        for key in keys:
            if isinstance(key, Qt.Key):
                QTest.keyClick(self._view, key, modifiers)
            elif key in _SIGNS:
                QTest.keyClick(self._view, _SIGNS[key], modifiers)
            else:
                shift = Qt.KeyboardModifier.ShiftModifier if key.isupper() else _NO_MODIFIER
                QTest.keyClick(self._view, Qt.Key[f"Key_{key.upper()}"], modifiers | shift)

    def drag(self, span: Span, *, modifiers: Qt.KeyboardModifier = _NO_MODIFIER) -> None:
        """Drag over a span with the left button, from the middle of its first character to the middle of its last."""
        self._view.reveal(span)
        viewport = self._view.viewport()
        start, end = self.point(span[0]), self.point(span[1] - 1)
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, modifiers, start)
        QTest.mouseMove(viewport, QPoint((start.x() + end.x()) // 2, start.y()))
        self._move(end, modifiers)
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, modifiers, end)

    def click(self, offset: int, *, modifiers: Qt.KeyboardModifier = _NO_MODIFIER) -> None:
        """Click on a character."""
        self._view.reveal((offset, offset + 1))
        QTest.mouseClick(self._view.viewport(), Qt.MouseButton.LeftButton, modifiers, self.point(offset))

    def double_click(self, offset: int) -> None:
        self._view.reveal((offset, offset + 1))
        QTest.mouseDClick(self._view.viewport(), Qt.MouseButton.LeftButton, _NO_MODIFIER, self.point(offset))

    def click_chip(self, identifier: str) -> None:
        """Click on an annotation's chip."""
        rect = self._view.chip_rect(identifier)
        assert rect is not None, identifier
        QTest.mouseClick(self._view.viewport(), Qt.MouseButton.LeftButton, _NO_MODIFIER, rect.center().toPoint())

    def click_on(self, widget: QWidget | None) -> None:
        """Click in the middle of a widget."""
        assert widget is not None
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, _NO_MODIFIER, widget.rect().center())

    def walk_to(self, span: Span) -> None:
        """Select a span by key alone: sentence by sentence, then unit by unit to its start, then with Shift to its end."""
        session = self._view.session
        assert session is not None
        while session.caret > span[0]:
            self.press(Qt.Key.Key_Home, modifiers=Qt.KeyboardModifier.ControlModifier)
        while (before := session.caret) < span[0]:
            self.press(Qt.Key.Key_Right, modifiers=Qt.KeyboardModifier.ControlModifier)
            if session.caret > span[0] or session.caret == before:
                self.press(Qt.Key.Key_Left, modifiers=Qt.KeyboardModifier.ControlModifier)
                break
        self._step(lambda: session.caret >= span[0], _NO_MODIFIER)
        if not session.caret_active:
            self.press(Qt.Key.Key_Left)
            self.press(Qt.Key.Key_Right)
        self._step(lambda: self._selected_end() >= span[1], Qt.KeyboardModifier.ShiftModifier)

    def point(self, offset: int) -> QPoint:
        """The middle of a character on the viewport, with the marks that belong to it."""
        session = self._view.session
        assert session is not None
        seen = session.document.text.widen_to_graphemes(offset, offset + 1)
        return self._view.rect_of(seen).center().toPoint()

    def _selected_end(self) -> int:
        """The end of what is selected: the selection's, else that of the unit under the caret."""
        session = self._view.session
        assert session is not None
        if session.selection:
            return session.selection[-1][1]
        unit = unit_at(session.document, session.caret, level=self._view.snap)
        return unit[1] if unit else 0

    def _step(self, there: Callable[[], bool], modifiers: Qt.KeyboardModifier) -> None:
        session = self._view.session
        assert session is not None
        while not there():
            before = session.caret
            self.press(Qt.Key.Key_Right, modifiers=modifiers)
            if session.caret == before:
                return

    def _move(self, point: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """A move with the button held: what QTest.mouseMove sends carries neither button nor modifiers on every platform."""
        viewport = self._view.viewport()
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(point), QPointF(viewport.mapToGlobal(point)),
            Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, modifiers,
        )  # fmt: skip
        QApplication.sendEvent(viewport, event)


def wait_until(happened: Callable[[], bool], *, seconds: float = 10.0) -> bool:
    """Let the application work until something happened; whether it did in time."""
    clock = QElapsedTimer()
    clock.start()
    while not happened():
        if clock.elapsed() > seconds * 1000:
            return False
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    return True
