"""How a file counts its offsets. Tools differ in three things: the unit, whether a BOM counts and whether CR counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from annotator.core.text import Spans

_BOM = "\ufeff"
_BREAK = re.compile("[\r\n]")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Claim:
    """Where a file says that a surface stands: half-open, in the file's own counting. No surface: nothing to verify."""

    spans: Spans
    surface: str | None


class Reading:
    """One way to count, which turns a file's offsets into code points of the decoded text (BOM and CR counted)."""

    def __init__(self, content: str, *, u16: bool = False, skip_bom: bool = False, skip_cr: bool = False) -> None:
        self._content = content
        self._skip_cr = skip_cr
        self._positions = _positions(content, u16=u16, skip_bom=skip_bom, skip_cr=skip_cr) if u16 or skip_bom or skip_cr else None

    def place(self, spans: Spans) -> Spans | None:
        """`spans` in code points of the text, or None where they are empty or lie outside it."""
        positions = self._positions
        size = len(self._content) if positions is None else len(positions)
        if not spans or not all(0 <= start < end <= size for start, end in spans):
            return None
        if positions is None:
            return spans
        return tuple((positions[start], positions[end - 1] + 1) for start, end in spans)

    def surface(self, spans: Spans) -> str:
        """What stands at `spans` of the text as this reading sees it, fragments joined by one blank."""
        found = " ".join([self._content[start:end] for start, end in spans])
        return found.replace("\r", "") if self._skip_cr else found

    def verify(self, claim: Claim) -> Spans | None:
        """Where a claim lies in the text, or None where something else stands there.

        A line break inside a span may be written as a blank, which is how brat writes surfaces.
        """
        placed = self.place(claim.spans)
        if placed is None or claim.surface is None:
            return placed
        found = self.surface(placed)
        return placed if found == claim.surface or _BREAK.sub(" ", found) == _BREAK.sub(" ", claim.surface) else None

    def count_exact(self, claims: Iterable[Claim]) -> int:
        """How many surfaces stand in the text letter by letter."""
        count = 0
        for claim in claims:
            placed = self.place(claim.spans)
            count += placed is not None and self.surface(placed) == claim.surface
        return count


def has_astral(content: str) -> bool:
    """Whether UTF-16 and code points count a text differently."""
    return _ASTRAL.search(content) is not None


def best_reading(content: str, claims: list[Claim]) -> Reading:
    """The reading that fits the most surfaces; code points with everything counted where others fit no more."""
    checked = [claim for claim in claims if claim.surface is not None]
    best = Reading(content)
    most = best.count_exact(checked)
    if most == len(checked):
        return best
    for reading in _others(content):
        count = reading.count_exact(checked)
        if count > most:
            best, most = reading, count
    return best


def _others(content: str) -> Iterator[Reading]:
    """The readings that differ on this text from the plain one."""
    for u16 in (False, True) if _ASTRAL.search(content) else (False,):
        for skip_bom in (False, True) if content.startswith(_BOM) else (False,):
            for skip_cr in (False, True) if "\r" in content else (False,):
                if u16 or skip_bom or skip_cr:
                    yield Reading(content, u16=u16, skip_bom=skip_bom, skip_cr=skip_cr)


def _positions(content: str, *, u16: bool, skip_bom: bool, skip_cr: bool) -> list[int]:
    """The code point that each counted unit belongs to."""
    positions: list[int] = []
    for offset, character in enumerate(content):
        if (skip_cr and character == "\r") or (skip_bom and offset == 0 and character == _BOM):
            continue
        positions.append(offset)
        if u16 and character > "\uffff":
            positions.append(offset)
    return positions
