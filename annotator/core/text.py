"""A text and its coordinates: code points, lines, UTF-16 positions and the edges of what a reader sees as one character."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property

Span = tuple[int, int]
Spans = tuple[Span, ...]

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_LINE_END = re.compile("\n")
# How far on either side an edge is looked for: nothing that is read as one character is nearly as long.
_FARTHEST = 1024


def _stands_alone(character: str) -> bool:
    """Whether a code point never joins a neighbour of its own kind into one grapheme: Latin, its accents and Vietnamese letters."""
    return " " <= character < "\u0300" or "\u1e00" <= character <= "\u1eff"


class Text:
    """The content of an article as decoded: nothing normalised, BOM and CR kept. Offsets are code points, spans half-open."""

    def __init__(self, content: str) -> None:
        self.content = content

    def __len__(self) -> int:
        return len(self.content)

    def surface(self, spans: Spans) -> str:
        """The text of the fragments, joined by one blank."""
        if len(spans) == 1:
            start, end = spans[0]
            return self.content[start:end]
        return " ".join(self.content[start:end] for start, end in spans)

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of each line's first code point; lines end at ``\\n`` only."""
        return [0, *(found.end() for found in _LINE_END.finditer(self.content))]

    @property
    def line_count(self) -> int:
        return len(self.line_starts)

    def line_at(self, offset: int) -> int:
        """The number of the line that holds `offset`; its ``\\n`` belongs to it."""
        return bisect_right(self.line_starts, offset) - 1

    def line_span(self, line: int) -> Span:
        """Start and end of a line, without its ``\\n``."""
        starts = self.line_starts
        end = starts[line + 1] - 1 if line + 1 < len(starts) else len(self.content)
        return starts[line], end

    @cached_property
    def _astral(self) -> list[int]:
        return [] if self.content.isascii() else [found.start() for found in _ASTRAL.finditer(self.content)]

    def u16_of(self, offset: int) -> int:
        """The UTF-16 position of a code point offset."""
        return offset + bisect_left(self._astral, offset)

    def of_u16(self, u16_offset: int) -> int:
        """The code point offset of a UTF-16 position; one inside a surrogate pair gives the pair's start."""
        astral = self._astral
        before = bisect_left(range(len(astral)), u16_offset, key=lambda rank: astral[rank] + rank)
        return u16_offset - before

    def is_grapheme_edge(self, offset: int) -> bool:
        """Whether `offset` lies between two grapheme clusters (UAX 29), or at an end of the text."""
        if not 0 < offset < len(self.content):
            return True
        if _stands_alone(self.content[offset - 1]) and _stands_alone(self.content[offset]):
            return True
        return self._cluster(offset)[0] == offset

    def widen_to_graphemes(self, start: int, end: int) -> Span:
        """The smallest span around `start` … `end` that cuts no grapheme cluster."""
        if not self.is_grapheme_edge(start):
            start = self._cluster(start)[0]
        if not self.is_grapheme_edge(end):
            end = self._cluster(end)[1]
        return start, end

    def grapheme_after(self, offset: int) -> int:
        """The next edge to the right of `offset`, or the text's end."""
        return self._cluster(offset)[1] if offset < len(self.content) else len(self.content)

    def grapheme_before(self, offset: int) -> int:
        """The next edge to the left of `offset`, or 0."""
        return self._cluster(offset - 1)[0] if offset > 0 else 0

    def _cluster(self, offset: int) -> Span:
        """The grapheme cluster that holds the code point at `offset`."""
        import regex

        content, sure, least = self.content, offset, max(0, offset - _FARTHEST)
        # Walking back to a place that is an edge for certain keeps the look-up local in a line of any length.
        while sure > least and content[sure - 1] != "\n" and not (_stands_alone(content[sure - 1]) and _stands_alone(content[sure])):
            sure -= 1
        # A slice: among flags the search looks back to the start of what it is given, for each of them.
        for found in regex.finditer(r"\X", content[sure : offset + _FARTHEST]):
            if sure + found.end() > offset:
                return sure + found.start(), sure + found.end()
        return offset, offset + 1
