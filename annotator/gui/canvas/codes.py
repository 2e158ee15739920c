"""Where the codes of a jump stand: above the beginning of their words, and clear of the chips of the line above. No painting here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from PySide6.QtCore import QRectF

from .layout import Metrics
from .sheet import Sheet

# How far a code may sink into its own line: to where the small letters of most fonts begin, as a share of the line's height.
_SINK: Final = 0.4
# How much of a chip a code may cover: its lower edge, no letter.
_EDGE: Final = 2.0


def place_codes(sheet: Sheet, codes: Iterable[tuple[str, tuple[int, int]]], numbers: Sequence[int]) -> Iterator[tuple[str, QRectF]]:
    """Each code with its box in the viewport's pixels; `numbers` are the blocks in view."""
    chips, metrics = list(_chips(sheet, numbers)), sheet.metrics
    for code, word in codes:
        yield code, clear_of(chips, code_box(code, sheet.rect_of(word), metrics), most=metrics.line * _SINK)


def code_box(code: str, word: QRectF, metrics: Metrics) -> QRectF:
    """The box of a code where nothing is in its way."""
    return QRectF(word.x() - 2, word.y() - metrics.chip + 4, metrics.chip_width(code) - 3, metrics.chip)


def clear_of(chips: Iterable[QRectF], box: QRectF, *, most: float) -> QRectF:
    """`box`, lowered until it is in view and covers no letter of `chips`, but its bottom by at most `most` below its word's top."""
    sunk = max((-box.top(), *(chip.bottom() - _EDGE - box.top() for chip in chips if chip.intersects(box) and chip.top() < box.top())))
    return box.translated(0, min(max(sunk, 0.0), max(most - 4, 0.0)))


def _chips(sheet: Sheet, numbers: Sequence[int]) -> Iterator[QRectF]:
    for number in numbers:
        origin = sheet.origin(number)
        for line in sheet.block(number).lines:
            yield from (mark.chip.translated(origin) for mark in line.marks if mark.chip is not None)
