"""Where the caret goes by units of the text: words, syllables or characters, and sentences. No Qt here."""

from __future__ import annotations

import re
from typing import Literal

from annotator.core.document import Document
from annotator.core.snapping import Snap, unit_at
from annotator.core.text import Span, Text

_SENTENCE_START = re.compile(r"(?:[.!?…][\"”’)»]*[ \t]+|\n\s*)(?=\S)")


def step(document: Document, caret: int, *, direction: Literal[-1, 1], level: Snap) -> int:
    """The start of the next or previous unit; `caret` itself at the text's ends."""
    return _forward(document, caret, level) if direction == 1 else _backward(document, caret, level)


def sentence(document: Document, caret: int, *, direction: Literal[-1, 1]) -> int:
    """The start of the next sentence, or of this one, or of the one before."""
    content = document.text.content
    if direction == 1:
        found = _SENTENCE_START.search(content, caret)
        return found.end() if found else len(content)
    # Sentences are short: looking back some thousand characters finds the start without reading a long line whole.
    for window in (2_000, 20_000, len(content)):
        starts = [found.end() for found in _SENTENCE_START.finditer(content, max(0, caret - window), caret) if found.end() < caret]
        if starts or caret <= window:
            return starts[-1] if starts else 0
    return 0


def sentence_starts(text: Text, span: Span) -> list[int]:
    """Where sentences begin within `span`, its own start aside."""
    return [found.end() for found in _SENTENCE_START.finditer(text.content, *span) if span[0] < found.end() < span[1]]


def _forward(document: Document, caret: int, level: Snap) -> int:
    text = document.text
    here = unit_at(document, caret, level=level)
    at = here[1] if here and here[1] > caret else text.grapheme_after(caret)
    while at < len(text):
        unit = unit_at(document, at, level=level)
        if unit is not None:
            return max(unit[0], at)
        at = text.grapheme_after(at)
    return caret


def _backward(document: Document, caret: int, level: Snap) -> int:
    text = document.text
    at = caret
    while at > 0:
        at = text.grapheme_before(at)
        unit = unit_at(document, at, level=level)
        if unit is not None:
            return unit[0]
    return caret
