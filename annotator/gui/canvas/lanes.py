"""Which lane under its line an annotation's line and chip get. Lane 0 is next to the text. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_GAP = 3.0

Stretch = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Extent:
    """What an annotation takes of one visual line, in pixels: its words from `left` to `right`, its chip `chip` wide (0: none).

    `shift` is how far the chip begins before the words: at the right edge there is no room for it below them.
    """

    id: str
    left: float
    right: float
    chip: float
    shift: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """The lane of an annotation's line and the lane of its chip, which is the same or below."""

    line: int
    chip: int


def assign_lanes(extents: Sequence[Extent]) -> dict[str, Place]:
    """Places by id. What is inside stands nearer to the text; a chip goes down a lane where it would come under its neighbour's line."""
    inner_first = sorted(extents, key=lambda item: (item.right - item.left, item.left, item.id))
    lines: list[list[tuple[Stretch, str]]] = []
    lane_of: dict[str, int] = {}
    for extent in inner_first:
        lane_of[extent.id] = _take(lines, 0, (extent.left, extent.right), extent.id)
    chips: list[list[tuple[Stretch, str]]] = [list(taken) for taken in lines]
    places: dict[str, Place] = {}
    for extent in sorted(inner_first, key=lambda item: (lane_of[item.id], item.left)):
        lane = lane_of[extent.id]
        begin = extent.left - extent.shift
        chip = _take(chips, lane, (begin, begin + extent.chip + _GAP), extent.id) if extent.chip else lane
        places[extent.id] = Place(lane, chip)
    return places


def _take(lanes: list[list[tuple[Stretch, str]]], first: int, wanted: Stretch, owner: str) -> int:
    """The lowest lane from `first` on where `wanted` is free of all but its owner; it is taken there."""
    number = first
    while True:
        if number == len(lanes):
            lanes.append([])
        if all(name == owner or wanted[1] <= begin or end <= wanted[0] for (begin, end), name in lanes[number]):
            lanes[number].append((wanted, owner))
            return number
        number += 1
