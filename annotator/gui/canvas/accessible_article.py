"""The canvas for screen readers: what it is called, its text, where the caret and each character are, and what has changed."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QObject, QPoint, QPointF, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleTextCursorEvent, QAccessibleTextInterface, QAccessibleTextSelectionEvent
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import Shiboken

from annotator.core import commands
from annotator.core.errors import AnnotatorError
from annotator.core.text import Span

from ..looks.announcing import announce
from ..work.session import Session
from .accessible_slots import answer_the_rest
from .accessible_text import SpokenText
from .view import ArticleView


def make_accessible(view: ArticleView) -> AccessibleArticle:
    """The accessible face of a canvas, told of every change. Qt keeps a bare pointer to it; the teller, a child of the canvas, holds it."""
    made = AccessibleArticle(view)
    Teller(view, made)
    return made


class AccessibleArticle(QAccessibleWidget):
    """A read-only text of many lines. Its description says the labels of what is selected or at the caret."""

    def __init__(self, view: ArticleView) -> None:
        super().__init__(view, QAccessible.Role.EditableText)
        self._view = view
        self.spoken = SpokenText(view)
        self.article_text = ArticleText(view, self.spoken)

    def interface_cast(self, t: QAccessible.InterfaceType) -> int:
        # Anything but a bare pointer crashes the program as soon as a client asks.
        asked = t == QAccessible.InterfaceType.TextInterface
        return Shiboken.VoidPtr(Shiboken.getCppPointer(self.article_text)[0] if asked else 0)  # type: ignore[return-value]

    def text(self, t: QAccessible.Text) -> str:
        look, session = self._view.look, self._view.session
        if t == QAccessible.Text.Name:
            return look.say("canvas.spoken.name", name=session.path.name if session else "")
        return self.spoken.describe() if t == QAccessible.Text.Description else super().text(t)

    def state(self) -> QAccessible.State:
        state = super().state()
        for name in ("readOnly", "multiLine", "selectableText"):
            setattr(state, name, True)
        return state


class ArticleText(QAccessibleTextInterface):
    """The text of a canvas, in UTF-16 positions; rectangles and points are the screen's."""

    def __init__(self, view: ArticleView, spoken: SpokenText) -> None:
        super().__init__()
        self._view, self._spoken = view, spoken
        self._answers_rest = answer_the_rest(self, spoken)

    def text(self, startOffset: int, endOffset: int) -> str:
        return self._spoken.slice(startOffset, endOffset)

    def characterCount(self) -> int:
        return self._spoken.count()

    def cursorPosition(self) -> int:
        return self._spoken.caret()

    def selectionCount(self) -> int:
        # Where nobody can answer which they are, there are none.
        return len(self._spoken.selections()) if self._answers_rest else 0

    def characterRect(self, offset: int) -> QRect:
        sheet, document = self._view.sheet, self._spoken.document
        if sheet is None or document is None or not len(document.text):
            return QRect()
        at = min(self._spoken.offset(offset), len(document.text) - 1)
        held = sheet.rect_of(document.text.widen_to_graphemes(at, at + 1)).toAlignedRect()
        return QRect(self._view.viewport().mapToGlobal(held.topLeft()), held.size())

    def offsetAtPoint(self, point: QPoint) -> int:
        viewport = self._view.viewport()
        here = viewport.mapFromGlobal(point)
        hit = self._view.hit(QPointF(here))
        return self._spoken.u16_of(hit.offset) if hit.inside and viewport.rect().contains(here) else -1

    def scrollToSubstring(self, startIndex: int, endIndex: int) -> None:
        self._view.reveal((self._spoken.offset(startIndex), self._spoken.offset(endIndex)))

    def setCursorPosition(self, position: int) -> None:
        session = self._view.session
        if session is not None:
            session.clear_selection()
            session.place_caret(self._spoken.offset(position), active=True)
            self._view.reveal((session.caret, session.caret + 1))

    def addSelection(self, startOffset: int, endOffset: int) -> None:
        self._select([*(self._view.session.selection if self._view.session else ()), (startOffset, endOffset)], last=True)

    def setSelection(self, selectionIndex: int, startOffset: int, endOffset: int) -> None:
        held = list(self._view.session.selection) if self._view.session else []
        kept = [span for rank, span in enumerate(held) if rank != selectionIndex]
        self._select([*kept, (startOffset, endOffset)], last=True)

    def removeSelection(self, selectionIndex: int) -> None:
        session = self._view.session
        if session is not None:
            self._select([span for rank, span in enumerate(session.selection) if rank != selectionIndex], last=False)

    def _select(self, spans: list[Span], *, last: bool) -> None:
        """Select fragments of code points, the `last` one given in UTF-16 positions."""
        session = self._view.session
        if session is None:
            return
        if last:
            start, end = sorted(map(self._spoken.offset, spans.pop()))
            spans += [session.document.text.widen_to_graphemes(start, end)] if end > start else []
        # Blanks alone cannot be selected by any other way either.
        with suppress(AnnotatorError):
            session.select_text(commands.fit(session.document, spans) if spans else ())


class Teller(QObject):
    """Tells who listens that the caret, the selection, the labels or the article have changed. It lives as long as its canvas."""

    def __init__(self, view: ArticleView, article: AccessibleArticle) -> None:
        super().__init__(view)
        self._view, self.article = view, article
        self._session: Session | None = None
        self._caret, self._selections, self._said = 0, list[Span](), ""
        view.session_shown.connect(self._change_article)
        self._follow()

    def _change_article(self) -> None:
        self._follow()
        self._send(QAccessibleEvent(self._view, QAccessible.Event.NameChanged))

    def _follow(self) -> None:
        if self._session is not None:
            self._session.selection_changed.disconnect(self._tell_place)
            self._session.edited.disconnect(self._tell_labels)
        self._session = self._view.session
        if self._session is not None:
            self._session.selection_changed.connect(self._tell_place)
            self._session.edited.connect(self._tell_labels)
        spoken = self.article.spoken
        self._caret, self._selections, self._said = spoken.caret(), spoken.selections(), ""

    def _tell_place(self) -> None:
        if not QAccessible.isActive():
            return
        spoken = self.article.spoken
        caret, selections = spoken.caret(), spoken.selections()
        if caret != self._caret:
            self._send(QAccessibleTextCursorEvent(self._view, caret))
        if selections != self._selections:
            start, end = selections[-1] if selections else (caret, caret)
            event = QAccessibleTextSelectionEvent(self._view, start, end)
            event.setCursorPosition(caret)
            self._send(event)
        self._caret, self._selections = caret, selections
        self._describe()

    def _tell_labels(self) -> None:
        self._send(QAccessibleEvent(self._view, QAccessible.Event.TextAttributeChanged))
        self._send(QAccessibleEvent(self._view, QAccessible.Event.DescriptionChanged))

    def _describe(self) -> None:
        """Say the labels where one arrives; going on within them says nothing."""
        said = self.article.spoken.describe()
        if said != self._said:
            self._said = said
            announce(self._view, said)

    def _send(self, event: QAccessibleEvent) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(event)
