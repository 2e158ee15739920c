"""An index of spans by position: what overlaps a stretch of text, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator

from sortedcontainers import SortedList

from .text import Span, Spans

# Bins of 64, 512, 4,096 … code points, after the scheme of the UCSC genome browser (Kent et al. 2002, as in BAM indexes):
# a span lies in the smallest bin that holds it whole, so a look-up visits a handful of bins a level and moving a span touches two.
_SHIFTS = (6, 9, 12, 15, 18, 21, 24, 27, 63)


class SpanIndex:
    """Fragments by position. Adding and removing cost O(log n), a look-up O(log n + what it finds).

    What was added is put in its place at the next look-up: whoever only reads a document through, such as an export, pays for none.
    """

    def __init__(self) -> None:
        self._levels: dict[int, dict[int, dict[tuple[int, int, str], None]]] = {shift: {} for shift in _SHIFTS}
        self._starts: SortedList[tuple[int, int, str]] = SortedList()
        self._waiting: list[tuple[str, Spans]] = []

    def __len__(self) -> int:
        return len(self._starts) + len(self._waiting)

    def add(self, identifier: str, spans: Spans) -> None:
        self._waiting.append((identifier, spans))

    def _settle(self) -> None:
        """Put in its place what waits."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        self._starts.update(_rank(identifier, spans) for identifier, spans in waiting)
        for identifier, spans in waiting:
            for start, end in spans:
                shift, number = _bin(start, end)
                self._levels[shift].setdefault(number, {})[start, end, identifier] = None

    def remove(self, identifier: str, spans: Spans) -> None:
        self._settle()
        self._starts.remove(_rank(identifier, spans))
        for start, end in spans:
            shift, number = _bin(start, end)
            held = self._levels[shift][number]
            held.pop((start, end, identifier), None)
            if not held:
                del self._levels[shift][number]

    def overlapping(self, start: int, end: int) -> set[str]:
        """Ids with a fragment that shares at least one code point with `start` … `end`."""
        found: set[str] = set()
        if end <= start:
            return found
        self._settle()
        for shift, bins in self._levels.items():
            first, last = start >> shift, (end - 1) >> shift
            numbers = range(first, last + 1) if last - first < len(bins) else [n for n in bins if first <= n <= last]
            for number in numbers:
                for begin, finish, identifier in bins.get(number, ()):
                    if begin < end and start < finish:
                        found.add(identifier)
        return found

    def after(self, rank: tuple[int, int, str]) -> Iterator[str]:
        """Ids behind a rank ``(start, -end, id)`` in reading order: outer before inner."""
        self._settle()
        for found in self._starts.irange(rank, inclusive=(False, True)):
            yield found[2]

    def before(self, rank: tuple[int, int, str]) -> Iterator[str]:
        """Ids in front of a rank, nearest first."""
        self._settle()
        for found in self._starts.irange(None, rank, inclusive=(True, False), reverse=True):
            yield found[2]

    def in_order(self) -> Iterator[str]:
        self._settle()
        for found in self._starts:
            yield found[2]


def _rank(identifier: str, spans: Spans) -> tuple[int, int, str]:
    return spans[0][0], -spans[-1][1], identifier


def _bin(start: int, end: int) -> Span:
    last = max(start, end - 1)
    for shift in _SHIFTS:
        if start >> shift == last >> shift:
            return shift, start >> shift
    return _SHIFTS[-1], 0
