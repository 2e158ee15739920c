"""The article as a screen reader asks for it: text, caret, selections, labels, and the units around a place.

This is one of the two borders where positions are UTF-16 (``u16_…``, as all of Qt counts); inside they are code points. Nothing is kept
but the beginnings of sentences in the line asked for last, so that a question about a text of a megabyte costs what its answer holds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible

from annotator.core import query
from annotator.core.document import Document
from annotator.core.model import Annotation
from annotator.core.snapping import unit_at
from annotator.core.suggestions import is_suggestion
from annotator.core.text import Span, Text

from ..looks.wording import proposed_by
from .caret import sentence_starts

if TYPE_CHECKING:
    from .view import ArticleView

Boundary = QAccessible.TextBoundaryType
Answer = tuple[str, int, int]
# What a bus of strings cannot carry, one character for one.
_UNSAYABLE = re.compile("[\0\ud800-\udfff]")
# Qt passes on to AT-SPI only attributes whose names it knows; of these the font alone takes any words and is acted on by nobody.
_NAMES = ("label", "font-family")
# The signs that hold a list of attributes together; a name with one of them would fall apart.
_HOLDING = str.maketrans({":": "∶", ";": ",", "=": "＝", "\\": "/"})


class SpokenText:
    """What a canvas shows, put in UTF-16 positions. Without an article it is empty."""

    def __init__(self, view: ArticleView) -> None:
        self._view = view
        self._sentences: tuple[Text | None, int, list[int]] = (None, -1, [])

    @property
    def document(self) -> Document | None:
        return self._view.session.document if self._view.session is not None else None

    def u16_of(self, offset: int) -> int:
        return self.document.text.u16_of(offset) if self.document else 0

    def offset(self, u16_offset: int) -> int:
        """The code point at a position; positions outside the text are its ends."""
        document = self.document
        return max(0, min(document.text.of_u16(max(0, u16_offset)), len(document.text))) if document else 0

    def count(self) -> int:
        document = self.document
        return document.text.u16_of(len(document.text)) if document else 0

    def caret(self) -> int:
        return self.u16_of(self._view.session.caret) if self._view.session is not None else 0

    def selections(self) -> list[Span]:
        """What the next key works on: selected text, else selected annotations, else the unit under a caret that was moved by key."""
        session = self._view.session
        if session is None:
            return []
        spans = session.selection or tuple(sorted({span for item in session.selected_annotations() for span in item.spans}))
        if not spans and session.caret_active:
            unit = unit_at(session.document, session.caret, level=self._view.snap)
            spans = (unit,) if unit else ()
        return [(self.u16_of(start), self.u16_of(end)) for start, end in spans]

    def slice(self, u16_start: int, u16_end: int) -> str:
        """The text between two positions (-1: its end); a character that they cut is given whole."""
        document = self.document
        if document is None:
            return ""
        text = document.text
        end = self.offset(u16_end) if u16_end >= 0 else len(text)
        if u16_end > text.u16_of(end):
            end = min(end + 1, len(text))
        return self._said((self.offset(u16_start), end))

    def labels(self, u16_offset: int) -> Answer:
        """The labels over a place as ``name:value;name:value``, and the stretch on which they are the same."""
        document, sheet = self.document, self._view.sheet
        if document is None or sheet is None or not 0 <= u16_offset < self.count():
            return "", self.count(), self.count()
        offset = self.offset(u16_offset)
        blocks, number = sheet.page.blocks, sheet.page.block_of(offset)
        start, end = blocks[number][0], blocks[number + 1][0] if number + 1 < len(blocks) else len(document.text)
        for item in query.overlapping(document, (start, max(end, start + 1))):
            for edge in (edge for span in item.spans for edge in span):
                start, end = (max(start, edge), end) if edge <= offset else (start, min(end, edge))
        said = self.said_of(query.stack_at(document, offset))
        told = ";".join(f"{name}:{said.translate(_HOLDING)}" for name in _NAMES) if said else ""
        return told, self.u16_of(start), self.u16_of(end)

    def said_of(self, items: list[Annotation]) -> str:
        """Annotations in words: their types, the roles that they hold in the open frame, who proposed them, and doubt."""
        return " / ".join(map(self._said_label, items))

    def describe(self) -> str:
        """The labels of what is selected, else of what lies at the caret."""
        session = self._view.session
        if session is None:
            return ""
        chosen = session.selected_annotations()
        if chosen:
            surface = session.document.text.surface(chosen[0].spans)
            return f"{self.said_of(chosen)}: {surface}" if len(chosen) == 1 else self.said_of(chosen)
        return self.said_of(query.stack_at(session.document, session.caret))

    def at(self, u16_offset: int, boundary: Boundary) -> Answer:
        """The unit that holds a place."""
        return self._answer(self._unit(self.offset(u16_offset), boundary))

    def before(self, u16_offset: int, boundary: Boundary) -> Answer:
        """The unit in front of the one that holds a place."""
        here = self._unit(self.offset(u16_offset), boundary)
        return self._answer(self._unit(here[0] - 1, boundary) if here[0] > 0 else (0, 0))

    def after(self, u16_offset: int, boundary: Boundary) -> Answer:
        """The unit behind the one that holds a place."""
        here, length = self._unit(self.offset(u16_offset), boundary), len(self.document.text) if self.document else 0
        return self._answer(self._unit(here[1], boundary) if here[1] < length else (length, length))

    def _answer(self, span: Span) -> Answer:
        return self._said(span), self.u16_of(span[0]), self.u16_of(span[1])

    def _said(self, span: Span) -> str:
        document = self.document
        if document is None:
            return ""
        said = document.text.content[span[0] : span[1]]
        return said if said.isascii() and "\0" not in said else _UNSAYABLE.sub("\ufffd", said)

    def _said_label(self, item: Annotation) -> str:
        session, look = self._view.session, self._view.look
        if session is None:
            return ""
        frame = session.frame_event()
        roles = [argument.role for argument in frame.arguments if argument.target == item.id] if frame else []
        doubt = look.say("canvas.spoken.question") if item.flag == "question" else ""
        proposed = proposed_by(look, item) if is_suggestion(item) else ""
        parts = (look.type_label(session.schema, item.type), *(look.role_label(session.schema, role) for role in roles), proposed, doubt)
        return ", ".join(filter(None, parts))

    def _unit(self, offset: int, boundary: Boundary) -> Span:
        """The unit around a code point. Units of one kind lie end to end over the whole text; behind the last there is an empty one."""
        document = self.document
        if document is None:
            return 0, 0
        text = document.text
        if offset >= len(text):
            return len(text), len(text)
        match boundary:
            case Boundary.CharBoundary:
                return text.widen_to_graphemes(offset, offset + 1)
            case Boundary.WordBoundary:
                return _word_or_gap(document, offset)
            case Boundary.SentenceBoundary:
                return self._sentence(text, offset)
            case Boundary.LineBoundary:
                return self._visual_line(text, offset)
            case Boundary.ParagraphBoundary:
                return _paragraph(text, offset)
            case _:
                return 0, len(text)

    def _sentence(self, text: Text, offset: int) -> Span:
        line = text.line_at(offset)
        start, end = _paragraph(text, offset)
        if self._sentences[:2] != (text, line):
            self._sentences = text, line, [start, *sentence_starts(text, (start, end)), end]
        starts = self._sentences[2]
        rank = bisect_right(starts, offset) - 1
        return starts[rank], starts[rank + 1]

    def _visual_line(self, text: Text, offset: int) -> Span:
        sheet = self._view.sheet
        if sheet is None:
            return _paragraph(text, offset)
        block, line, _ = sheet.place(offset)
        # A line break belongs to the line that it ends.
        end = line.end if line is not block.lines[-1] or text.content[line.end : line.end + 1] != "\n" else line.end + 1
        return line.start, end


def _paragraph(text: Text, offset: int) -> Span:
    start, end = text.line_span(text.line_at(offset))
    return start, min(end + 1, len(text))


def _word_or_gap(document: Document, offset: int) -> Span:
    """The document's word, or the blanks between two of them on one line."""
    word = document.words.at(offset)
    if word is not None:
        return word
    start, end = _paragraph(document.text, offset)
    words = document.words.line(document.text.line_at(offset))
    following = bisect_right(words, (offset, len(document.text)))
    return words[following - 1][1] if following else start, words[following][0] if following < len(words) else end
