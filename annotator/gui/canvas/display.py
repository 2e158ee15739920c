"""What a block shows: the document's characters, one for one, with joins drawn as the view asks. No Qt here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from annotator.core.document import Document
from annotator.core.text import Span

View = Literal["syllables", "words"]

_TOKEN = re.compile(r"\S+")
# What a text layout would swallow, break at or draw as nothing, each replaced by one visible or blank character of equal UTF-16 length.
_SHOWN_AS = {ord("\r"): " ", ord("\t"): " ", ord("\v"): " ", ord("\f"): " ", 0x85: " ", 0x2028: "↵", 0x2029: "¶", 0xFEFF: "\u200b"}
_SHOWN_AS |= {code: chr(0x2400 + code) for code in range(32) if code not in _SHOWN_AS and code != ord("\n")}


@dataclass(frozen=True, slots=True)
class Shown:
    """The text of a block as drawn, the offsets of its joining marks and the block's own start."""

    text: str
    joints: tuple[int, ...]
    start: int

    def text_at(self, offset: int) -> str:
        return self.text[offset - self.start] if offset - self.start < len(self.text) else " "


def show(document: Document, span: Span, *, view: View) -> Shown:
    """A block's characters as `view` draws them: ``_`` inside words in word view, blanks between syllables in syllable view."""
    start, end = span
    characters = list(document.text.content[start:end].translate(_SHOWN_AS))
    if document.is_segmented:
        for found in _TOKEN.finditer(document.text.content, start, end):
            for joint in document.words.joints(found.span()):
                characters[joint - start] = " "
    joints: list[int] = []
    if view == "words":
        for word in document.words.overlapping(start, end):
            parts = document.words.syllables(word)
            gaps = [(left[1], right[0]) for left, right in pairwise(parts)]
            joints += [offset for first, last in gaps for offset in range(first, last) if start <= offset < end]
        for offset in joints:
            characters[offset - start] = "_"
    return Shown("".join(characters), tuple(joints), start)
