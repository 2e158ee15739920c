"""Which lane under its line an annotation gets: the lowest that is free from its left edge to the right edge of its chip. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_GAP = 3.0


@dataclass(frozen=True, slots=True)
class Extent:
    """The stretch of one visual line that an annotation takes, in pixels: its words from `left` to `right`, its chip `chip` wide."""

    id: str
    left: float
    right: float
    chip: float


def assign_lanes(extents: Sequence[Extent]) -> dict[str, int]:
    """Lane numbers from 0 (next to the text) by id. Shorter ones come first, so that what is inside stands nearer to the text."""
    lanes: list[list[tuple[float, float]]] = []
    assigned: dict[str, int] = {}
    for extent in sorted(extents, key=lambda item: (item.right - item.left, item.left, item.id)):
        left, right = extent.left, max(extent.right, extent.left + extent.chip) + _GAP
        for number, taken in enumerate(lanes):
            if all(right <= begin or end <= left for begin, end in taken):
                break
        else:
            number, taken = len(lanes), []
            lanes.append(taken)
        taken.append((left, right))
        assigned[extent.id] = number
    return assigned
