"""Which document goes into which part of a set: drawn by shares, drawn into folds, or as a file says.

Whole documents are drawn, by iterative stratification (Sechidis, Tsoumakas & Vlahavas 2011): the rarest type first, each document that
has it into the part that lacks most of it. What that greedy way leaves uneven is mended by exchanging documents between parts. Names,
counts and seed decide everything, the order of files nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import floor
from random import Random
from typing import Final

from annotator.core.errors import AnnotatorError

PARTS: Final = ("train", "dev", "test")
WHOLE: Final = "all"
FOLD: Final = "fold-"
_FOLDS_MOST: Final = 1000
# How many exchanges are tried for each document, and in all: half a second at most.
_EXCHANGES: Final = 40
_EXCHANGES_MOST: Final = 100_000
_GAIN_LEAST: Final = 1e-9

Shares = tuple[float, float, float]
# How often each type occurs in a document, by any name that tells types apart.
Types = Mapping[str, int]


def read_split(shares: str) -> Shares:
    """``0.8/0.1/0.1`` (or ``80/10/10``) as shares of one. Raises AnnotatorError ``bad-split``."""
    try:
        parts = [float(part) for part in shares.split("/")]
    except ValueError:
        parts = []
    total = sum(parts)
    if len(parts) != len(PARTS) or not all(0 <= part < float("inf") for part in parts) or not 0 < total < float("inf"):
        raise AnnotatorError("bad-split", value=shares)
    return parts[0] / total, parts[1] / total, parts[2] / total


def name_shares(split: Shares) -> dict[str, float]:
    """The share of each part that has one."""
    return {part: share for part, share in zip(PARTS, split, strict=True) if share}


def draw_parts(
    documents: Mapping[str, Types], shares: Mapping[str, float], *, seed: int, together: Iterable[Collection[str]] = ()
) -> dict[str, str]:
    """The part of each document. Those of one group of `together` fall into the same part.

    Parts get their share rounded to whole documents, and a part with a share at least one document where there are enough; a group that
    fits into none goes where most room is left.
    """
    draw = _Draw(documents, shares, seed=seed, together=together)
    draw.place_groups()
    draw.place_types()
    draw.place_rest()
    draw.exchange(seed)
    return draw.parts


def draw_folds(documents: Mapping[str, Types], folds: int, *, seed: int, together: Iterable[Collection[str]] = ()) -> dict[str, str]:
    """The fold that tests each document: ``fold-1`` … Raises AnnotatorError ``folds-too-many`` where one would stay empty."""
    names = name_folds(folds)
    parts = draw_parts(documents, dict.fromkeys(names, 1 / folds), seed=seed, together=together)
    if len(set(parts.values())) < folds:
        raise AnnotatorError("folds-too-many", folds=folds, most=len(set(parts.values())))
    return parts


def read_folds(folds: str) -> int:
    """A number of folds as it was typed. Raises AnnotatorError ``bad-folds`` for anything but a number of two or more."""
    if not (folds.isascii() and folds.isdigit()) or not 2 <= int(folds[:6]) <= _FOLDS_MOST:
        raise AnnotatorError("bad-folds", value=folds)
    return int(folds)


def name_folds(folds: int) -> list[str]:
    """The folds' names, in order."""
    return [f"{FOLD}{number}" for number in range(1, folds + 1)]


def quotas(documents: int, shares: Mapping[str, float]) -> dict[str, int]:
    """How many documents each part gets: its share to less than one document, but one at least where there are enough."""
    exact = {part: share * documents for part, share in shares.items()}
    # A share such as a third of three may lie a hair below the whole number.
    held = {part: floor(number + 1e-9) for part, number in exact.items()}
    left = documents - sum(held.values())
    for part in sorted(held, key=lambda part: held[part] - exact[part])[:left]:
        held[part] += 1
    for part, share in shares.items():
        giver = max(held, key=lambda other: held[other])
        if share and not held[part] and held[giver] > 1:
            held[giver] -= 1
            held[part] = 1
    return held


@dataclass(frozen=True, slots=True, eq=False)
class _Unit:
    """Documents that stay together, with the types of all of them; `rank` is their place in the line that the seed makes."""

    names: tuple[str, ...]
    types: Types
    rank: bytes


class _Draw:
    """A draw under way: what each part still wants, and what has been given to it."""

    def __init__(
        self, documents: Mapping[str, Types], shares: Mapping[str, float], *, seed: int, together: Iterable[Collection[str]]
    ) -> None:
        self.parts: dict[str, str] = {}
        self._placed: dict[_Unit, str] = {}
        self._left = dict.fromkeys(sorted(_units(documents, together, seed=seed), key=lambda unit: unit.rank))
        self._room = quotas(len(documents), shares)
        totals = Counter[str]()
        for name in sorted(documents):
            totals.update(documents[name])
        self._wants = {part: {kind: number * share for kind, number in totals.items()} for part, share in shares.items()}
        self._weights = {
            kind: {part: 1 / (share * number) if share else 0.0 for part, share in shares.items()} for kind, number in totals.items()
        }
        self._empty = {part for part, room in self._room.items() if room}

    def place_groups(self) -> None:
        """Groups first, the largest before all: while there is room for them."""
        for unit in sorted((unit for unit in self._left if len(unit.names) > 1), key=lambda unit: -len(unit.names)):
            self._place(unit, "")

    def place_types(self) -> None:
        """Type by type, the one first that the fewest documents left have."""
        by_type: dict[str, list[_Unit]] = {}
        for unit in self._left:
            for kind in unit.types:
                by_type.setdefault(kind, []).append(unit)
        while by_type:
            by_type = {kind: left for kind, units in by_type.items() if (left := [unit for unit in units if unit in self._left])}
            if by_type:
                rarest = min(by_type, key=lambda kind: (len(by_type[kind]), kind))
                # Those with most of it first: the others even out what these leave.
                for unit in sorted(by_type.pop(rarest), key=lambda unit: -unit.types[rarest]):
                    self._place(unit, rarest)

    def place_rest(self) -> None:
        """Documents without a type."""
        for unit in list(self._left):
            self._place(unit, "")

    def exchange(self, seed: int) -> None:
        """Try pairs of units of one size from two parts, drawn by lot: those that bring the types nearer to the shares change places."""
        units = sorted(self._placed, key=lambda unit: unit.rank)
        # The one source of numbers that is promised to stay the same from version to version of Python.
        draw = Random(seed).random
        for _ in range(min(_EXCHANGES * len(units), _EXCHANGES_MOST)):
            one, other = units[int(draw() * len(units))], units[int(draw() * len(units))]
            here, there = self._placed[one], self._placed[other]
            if here != there and len(one.names) == len(other.names) and self._gain(one, other, here, there) > _GAIN_LEAST:
                self._move(one, here, there)
                self._move(other, there, here)

    def _gain(self, one: _Unit, other: _Unit, here: str, there: str) -> float:
        """How much nearer the types come (Pearson's χ² of what the two parts hold) when two units change places."""
        gain = 0.0
        mine, wanting = self._wants[here], self._wants[there]
        # In an order that is always the same, as sums of fractions depend on it.
        for kind in dict.fromkeys((*one.types, *other.types)):
            change = one.types.get(kind, 0) - other.types.get(kind, 0)
            if change:
                weights = self._weights[kind]
                gain -= change * (change + 2 * mine[kind]) * weights[here] + change * (change - 2 * wanting[kind]) * weights[there]
        return gain

    def _move(self, unit: _Unit, here: str, there: str) -> None:
        self._placed[unit] = there
        self.parts.update(dict.fromkeys(unit.names, there))
        for kind, number in unit.types.items():
            self._wants[here][kind] += number
            self._wants[there][kind] -= number

    def _place(self, unit: _Unit, kind: str) -> None:
        part = max(self._candidates(unit), key=lambda part: (self._wants[part].get(kind, 0.0), self._room[part]))
        self.parts.update(dict.fromkeys(unit.names, part))
        self._placed[unit] = part
        self._room[part] -= len(unit.names)
        for held, number in unit.types.items():
            self._wants[part][held] -= number
        self._empty.discard(part)
        del self._left[unit]

    def _candidates(self, unit: _Unit) -> list[str]:
        # As many parts are empty as there are units left: each has to get one.
        if self._empty and len(self._left) <= len(self._empty):
            return [part for part in self._room if part in self._empty]
        fitting = [part for part, room in self._room.items() if room >= len(unit.names)]
        most = max(self._room.values())
        return fitting or [part for part, room in self._room.items() if room == most]


def _units(documents: Mapping[str, Types], together: Iterable[Collection[str]], *, seed: int) -> list[_Unit]:
    groups = [tuple(sorted(set(group) & documents.keys())) for group in together]
    grouped = {name for group in groups for name in group}
    groups += [(name,) for name in documents if name not in grouped]
    return [_unit(names, documents, seed=seed) for names in groups if names]


def _unit(names: tuple[str, ...], documents: Mapping[str, Types], *, seed: int) -> _Unit:
    types = Counter[str]()
    for name in names:
        types.update(documents[name])
    return _Unit(names, dict(sorted(types.items())), sha256(f"{seed}\0{names[0]}".encode("utf-8", "surrogatepass")).digest())
