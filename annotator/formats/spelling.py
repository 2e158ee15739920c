"""The text of an exported copy in another spelling: NFC, and the tone marks of *oa, oe, uy* on the first vowel or on the second.

Old style puts the mark on the first vowel of an open syllable (*hòa, khỏe, thúy*), new style on the second (*hoà, khoẻ, thuý*); where a
consonant follows, or *qu* stands before, both agree. Offsets are mapped exactly: what is not spelled anew keeps its edges, an edge
inside of what became one letter goes outwards.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal, get_args

from annotator.core.text import Span

Spelling = Literal["raw", "nfc", "old", "new"]
SPELLINGS: Final[tuple[Spelling, ...]] = get_args(Spelling)

_TONES: Final = "\u0300\u0301\u0309\u0303\u0323"
_ONSETS: Final = "ngh|ng|nh|gh|gi|kh|ch|ph|th|tr|[bcdđghklmnprstvx]"
_LETTER: Final = "[^\\W\\d_]|[\u0300-\u036f]"
_CLUSTER_SAFE: Final = re.compile("[\u0300-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch that is spelled anew: its place in the old text and in the new one, code points, half-open."""

    old: Span
    new: Span


class Spelled:
    """A text in its new spelling, and where each offset of the old one lies there."""

    def __init__(self, content: str, pieces: list[Piece]) -> None:
        self.content = content
        self.pieces = pieces
        self._starts = [piece.old[0] for piece in pieces]

    def start(self, offset: int) -> int:
        """The new place of a start; one inside a stretch spelled anew is that stretch's start."""
        return self._place(offset, edge=0)

    def end(self, offset: int) -> int:
        """The new place of an end; one inside a stretch spelled anew is that stretch's end."""
        return self._place(offset, edge=1)

    def edges(self) -> tuple[Span, ...]:
        """Where new and old offsets part ways: first code point behind each stretch in the new text, and in the old one."""
        return tuple((piece.new[1], piece.old[1]) for piece in self.pieces)

    def _place(self, offset: int, *, edge: int) -> int:
        rank = bisect_right(self._starts, offset) - 1
        if rank < 0:
            return offset
        piece = self.pieces[rank]
        if piece.old[0] < offset < piece.old[1]:
            return piece.new[edge]
        return piece.new[0] if offset == piece.old[0] else offset - piece.old[1] + piece.new[1]


def spell(content: str, spelling: Spelling) -> Spelled:
    """`content` as it is (``raw``), in NFC, or in NFC with the tone marks of the ``old`` or ``new`` style."""
    if spelling == "raw":
        return Spelled(content, [])
    composed = _compose(content)
    if spelling == "nfc":
        return composed
    pattern, moved = _tones(spelling)
    # A mark that moves changes no length, so that the places stay as they are.
    return Spelled(pattern.sub(lambda found: found[1] + moved[found[2]], composed.content), composed.pieces)


def _compose(content: str) -> Spelled:
    """NFC, cluster by cluster: no composition reaches beyond what is read as one character (UAX 29 keeps canonical equivalents whole)."""
    if unicodedata.is_normalized("NFC", content):
        return Spelled(content, [])
    parts: list[str] = []
    pieces: list[Piece] = []
    done = length = 0
    for start, end in _clusters(content):
        old = content[start:end]
        new = unicodedata.normalize("NFC", old)
        if new == old:
            continue
        left, right = _shared(old, new)
        parts += (content[done : start + left], new[left : len(new) - right])
        length += start + left - done
        inner = len(new) - right - left
        pieces.append(Piece((start + left, end - right), (length, length + inner)))
        done, length = end - right, length + inner
    parts.append(content[done:])
    return Spelled("".join(parts), pieces)


def _clusters(content: str) -> list[Span]:
    """The grapheme clusters that hold anything but letters which stand alone."""
    import regex

    return [found.span() for found in regex.finditer(r"\X", content) if _CLUSTER_SAFE.search(found.group())]


def _shared(old: str, new: str) -> Span:
    """How many code points both begin with, and how many of the others both end with."""
    most = min(len(old), len(new))
    left = next((rank for rank in range(most) if old[rank] != new[rank]), most)
    right = next((rank for rank in range(most - left) if old[-1 - rank] != new[-1 - rank]), most - left)
    return left, right


@cache
def _tones(spelling: Literal["old", "new"]) -> tuple[re.Pattern[str], dict[str, str]]:
    """What finds an open syllable in the other style, and what its two vowels become."""
    moved: dict[str, str] = {}
    for pair in ("oa", "oe", "uy"):
        for first, second in {(one, two) for one in (pair[0], pair[0].upper()) for two in (pair[1], pair[1].upper())}:
            for tone in _TONES:
                old, new = unicodedata.normalize("NFC", first + tone) + second, first + unicodedata.normalize("NFC", second + tone)
                moved |= {new: old} if spelling == "old" else {old: new}
    vowels = "|".join(sorted(moved))
    return re.compile(f"(?<!{_LETTER})((?i:{_ONSETS})?)({vowels})(?!{_LETTER})"), moved
