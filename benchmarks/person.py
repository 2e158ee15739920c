"""A skilled person at the window, who counts: every key, click and drag is a stroke; a chord is one, a double click is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.core.model import Annotation, Entity, Event
from annotator.core.snapping import SNAPS, Snap, snap
from annotator.core.text import Span, Spans
from annotator.gui.hands import Hands
from annotator.gui.window import MainWindow
from annotator.gui.work.grammar import Intent
from annotator.gui.work.session import Session

Mode = Literal["mouse", "keyboard"]
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
_SNAP_KEYS = {"word": Qt.Key.Key_F2, "syllable": Qt.Key.Key_F3, "character": Qt.Key.Key_F4}
# So many strokes to the side are not more than a jump: q and two keys.
_NEAR = 3


class Person:
    """Points, presses and counts. Offsets are code points."""

    def __init__(self, window: MainWindow, mode: Mode) -> None:
        self.window = window
        self.mode = mode
        self.strokes = 0
        self._hands = Hands(window.view)
        self._snap: Snap = "word"

    @property
    def session(self) -> Session:
        assert self.window.session is not None
        return self.window.session

    def press(self, *keys: str | Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.strokes += len(keys)
        self._hands.press(*keys, modifiers=modifiers)

    def refused(self) -> bool:
        """Whether the last stroke was refused on the spot."""
        return self.window.bubble.isVisible()

    def select(self, spans: Spans) -> None:
        """Select text, fragment by fragment."""
        self._choose_snap(spans)
        for number, span in enumerate(spans):
            if self.mode == "mouse":
                self._drag(span, modifiers=CTRL if number else NONE)
            else:
                self._walk(span, fragment=number > 0)

    def _choose_snap(self, spans: Spans) -> None:
        """Take the widest units that give just these spans."""
        level = next((held for held in SNAPS if all(snap(self.session.document, span, level=held) == span for span in spans)), "character")
        if level != self._snap:
            self._snap = level
            self.press(_SNAP_KEYS[level])

    def _drag(self, span: Span, *, modifiers: Qt.KeyboardModifier) -> None:
        self.strokes += 1
        self._wheel_to(span)
        view = self.window.view
        seen = self.session.document.text.widen_to_graphemes
        first, last = view.rect_of(seen(span[0], span[0] + 1)), view.rect_of(seen(span[1] - 1, span[1]))
        begin = QPointF(first.left() + min(2.0, first.width() / 2), first.center().y() - 3)
        end = QPointF(last.right() - min(2.0, last.width() / 2), last.center().y() + 3)
        for kind, point, button in (
            (QEvent.Type.MouseButtonPress, begin, Qt.MouseButton.LeftButton),
            (QEvent.Type.MouseMove, end, Qt.MouseButton.NoButton),
            (QEvent.Type.MouseButtonRelease, end, Qt.MouseButton.LeftButton),
        ):
            held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
            QApplication.sendEvent(view.viewport(), QMouseEvent(kind, point, view.viewport().mapToGlobal(point), button, held, modifiers))

    def _wheel_to(self, span: Span) -> None:
        """Turn the wheel until a span is in view: no stroke, as it is none elsewhere."""
        view, last = self.window.view, None
        while True:
            rect, height = view.rect_of((span[0], span[0] + 1)), view.viewport().height()
            below = view.rect_of((span[1] - 1, span[1])).bottom() > height - 6
            if (rect.top() >= 6 and not below) or view.verticalScrollBar().value() == last:
                return
            last = view.verticalScrollBar().value()
            turn = QPoint(0, 120 if rect.top() < 6 else -120)
            middle = QPointF(view.viewport().rect().center())
            on_screen = view.viewport().mapToGlobal(middle)
            event = QWheelEvent(middle, on_screen, QPoint(), turn, Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False)
            QApplication.sendEvent(view.viewport(), event)

    def _walk(self, span: Span, *, fragment: bool) -> None:
        """Go to a span by key: a few steps aside, else a jump; then widen it."""
        if fragment:
            while self.window.desk.tools and self.window.desk.tools.doing.target_spans()[-1] != span:
                self.press(Qt.Key.Key_Right, modifiers=CTRL | SHIFT)
            return
        if not self._step_to(span[0]):
            self._jump_to(span[0])
        self._widen(span[1])

    def _step_to(self, start: int) -> bool:
        """Reach a place by at most a few arrow keys; False where it is farther."""
        words, caret = self.session.document.words, self.session.caret
        if self._snap != "word" or start == caret:
            return False
        low, high = sorted((caret, start))
        away = len(words.overlapping(low, high))
        if away > _NEAR:
            return False
        key = Qt.Key.Key_Right if start > caret else Qt.Key.Key_Left
        for _ in range(away + 1):
            if self.session.caret == start:
                break
            self.press(key)
        return self.session.caret == start and self.session.caret_active

    def _jump_to(self, start: int) -> None:
        view = self.window.view
        word = self.session.document.words.at(start) or (start, start + 1)
        self._page_to(start)
        self.press("q")
        codes = {held: code for code, held in view.jump.shown()} if view.jump else {}
        if word in codes:
            self.press(*codes[word])
        elif codes:
            # A sign has no code: the nearest word in front of it has.
            near = max((held for held in codes if held[0] <= start), default=min(codes))
            self.press(*codes[near])
        key = Qt.Key.Key_Right if self.session.caret < start else Qt.Key.Key_Left
        while self.session.caret != start:
            before = self.session.caret
            self.press(key)
            if self.session.caret == before:
                return
        if not self.session.caret_active:
            self.press(Qt.Key.Key_Left, Qt.Key.Key_Right)

    def _page_to(self, start: int) -> None:
        """Page down or up until a place is in view."""
        view = self.window.view
        while True:
            rect, height = view.rect_of((start, start + 1)), view.viewport().height()
            if rect.top() >= 0 and rect.bottom() <= height:
                return
            before = self.session.caret, view.verticalScrollBar().value()
            self.press(Qt.Key.Key_PageUp if rect.top() < 0 else Qt.Key.Key_PageDown)
            if before == (self.session.caret, view.verticalScrollBar().value()):
                view.reveal((start, start + 1))
                return

    def _widen(self, end: int) -> None:
        """Widen the selection to `end`: by Shift and arrows, or by a jump where that is cheaper."""
        document, view = self.session.document, self.window.view
        last = document.words.at(end - 1)
        more = len(document.words.overlapping(self.session.caret, end)) - 1
        if self._snap == "word" and more > _NEAR and last is not None:
            self.press("Q")
            codes = {held: code for code, held in view.jump.shown()} if view.jump else {}
            if last in codes:
                self.press(*codes[last])
            else:
                self.press(Qt.Key.Key_Escape)
        self._until(lambda: self._selected_end() >= end, Qt.Key.Key_Right)

    def _selected_end(self) -> int:
        tools = self.window.desk.tools
        spans = tools.doing.target_spans() if tools else ()
        return spans[-1][1] if spans else 0

    def _until(self, there: Callable[[], bool], key: Qt.Key) -> None:
        while not there():
            before = self.session.caret
            self.press(key, modifiers=SHIFT)
            if self.session.caret == before:
                return

    def choose(self, item: Annotation) -> None:
        """Point at an annotation that is there: a click on its chip, or the caret on its first word."""
        if self.mode == "mouse":
            self.strokes += 1
            self._wheel_to(item.spans[0])
            self._hands.click_chip(item.id)
        else:
            self._jump_to(item.spans[0][0])

    def guess(self) -> Intent | None:
        """What the bottom line says that Space would take."""
        return next((offer.guess for offer in self.window.palette_line.offers() if offer.guess is not None), None)

    def link(self, key: str, item: Annotation) -> None:
        """Begin a link and end it at another annotation."""
        self.press(key)
        self.choose(item)
        if self.mode == "keyboard":
            self.press(Qt.Key.Key_Return)

    def pick(self, key: str) -> None:
        """Answer the menu that asks which, if there is one."""
        menu = QApplication.activePopupWidget()
        if menu is not None:
            self.strokes += 1
            QTest.keyClick(menu, Qt.Key[f"Key_{key.upper()}"])

    def made(self, before: set[str], kind: type[Entity] | type[Event]) -> Annotation | None:
        """What the last strokes made."""
        new = [item for item in self.session.document.annotations() if item.id not in before and isinstance(item, kind)]
        return new[0] if new else None
