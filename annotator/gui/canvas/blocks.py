"""How a text is cut into blocks that are laid out one by one, and where each stands. No Qt here."""

from __future__ import annotations

import re

from annotator.core.text import Span, Text

# A line longer than LONGEST is shown in chunks of about USUAL code points, so that one line of a megabyte scrolls like any text.
LONGEST = 1500
USUAL = 1100
_SENTENCE_END = re.compile(r"[.!?…][\"”’)»]*\s+")
_BLANK = re.compile(r"\s+")


def cut_blocks(text: Text) -> list[Span]:
    """The blocks of a text in order: its lines without ``\\n``, long ones in chunks cut behind a sentence, else a blank."""
    blocks: list[Span] = []
    for line in range(text.line_count):
        start, end = text.line_span(line)
        while end - start > LONGEST:
            cut = _chunk_end(text, start, min(end, start + LONGEST))
            blocks.append((start, cut))
            start = cut
        blocks.append((start, end))
    return blocks


def _chunk_end(text: Text, start: int, latest: int) -> int:
    """The last good place to cut at or in front of `latest`, not much in front of USUAL."""
    earliest = start + (USUAL * 2) // 3
    for pattern in (_SENTENCE_END, _BLANK):
        ends = (found.end() for found in pattern.finditer(text.content, earliest, latest))
        # A mark may stand behind a blank and belong to it.
        for end in sorted(ends, key=lambda end: abs(end - start - USUAL)):
            if text.is_grapheme_edge(end):
                return end
    edge = text.widen_to_graphemes(latest, latest)[0]
    # One character of more than LONGEST code points is nothing that anybody reads: it is cut rather than laid out whole.
    return edge if edge > start else latest


class Heights:
    """Heights of blocks in a Fenwick tree: a block's top, and the block at a height, in O(log n) (Fenwick 1994)."""

    def __init__(self, heights: list[float]) -> None:
        self._values = list(heights)
        self._tree = [0.0, *heights]
        for at in range(1, len(self._tree)):
            above = at + (at & -at)
            if above < len(self._tree):
                self._tree[above] += self._tree[at]

    def __len__(self) -> int:
        return len(self._values)

    def height(self, block: int) -> float:
        return self._values[block]

    def set_height(self, block: int, height: float) -> float:
        """Give a block another height; the difference to the old one comes back."""
        change = height - self._values[block]
        if change:
            self._values[block] = height
            at = block + 1
            while at < len(self._tree):
                self._tree[at] += change
                at += at & -at
        return change

    def top(self, block: int) -> float:
        """The sum of the heights of all blocks in front of `block`."""
        total, at = 0.0, block
        while at > 0:
            total += self._tree[at]
            at -= at & -at
        return total

    @property
    def total(self) -> float:
        return self.top(len(self._values))

    def block_at(self, height: float) -> int:
        """The block that holds a height; the last one for a height below all."""
        at, step = 0, 1 << len(self._values).bit_length()
        while step:
            following = at + step
            if following < len(self._tree) and self._tree[following] <= height:
                at = following
                height -= self._tree[following]
            step >>= 1
        return min(at, len(self._values) - 1)
