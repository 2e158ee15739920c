"""Conventions about how annotations lie to each other: crossing, nesting, twice in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from sortedcontainers import SortedList

from annotator.core.checks.problems import Problem, Reading, shown, warn
from annotator.core.commands import remove
from annotator.core.edits import Edit
from annotator.core.model import Annotation, Entity, Event, extent, id_order
from annotator.core.text import Spans

# A pile of annotations that all cross each other would give a list as long as its square; this many partners each tell enough.
_PARTNERS_MOST = 5


def find_crossing(reading: Reading) -> Iterator[Problem]:
    """Fragments that overlap while neither holds the other. Both annotations are named, the one that starts later first."""
    fragments = sorted((start, -end, rank) for rank, item in enumerate(reading.annotations) for start, end in item.spans)
    items = reading.annotations
    open_ends: SortedList[tuple[int, int]] = SortedList()
    named: set[tuple[int, int]] = set()
    for start, minus_end, rank in fragments:
        end = -minus_end
        while open_ends and open_ends[0][0] <= start:
            del open_ends[0]
        crossed = open_ends.irange((start + 1, -1), (end, -1), inclusive=(True, False))
        for _, other in islice(crossed, _PARTNERS_MOST):
            if other != rank and (rank, other) not in named:
                named.add((rank, other))
                yield _crossing(reading, items[rank], items[other])
        open_ends.add((end, rank))


def find_unexpected_nesting(reading: Reading) -> Iterator[Problem]:
    """Entities within the nearest entity around them, where the schema does not expect these two types so."""
    expected = set(reading.conventions.nesting_expected)
    if not expected:
        return
    around: list[Entity] = []
    for item in reading.entities:
        start, end = extent(item)
        # What ends before `end` cannot be the nearest around anything later, for `item` lies between.
        while around and extent(around[-1])[1] < end:
            around.pop()
        twin = bool(around) and extent(around[-1]) == (start, end)
        outer = around[-2] if twin and len(around) > 1 else around[-1] if around and not twin else None
        if outer is not None and (outer.type, item.type) not in expected and len(item.spans) == 1:
            outer_text = shown(reading, outer)
            yield warn(reading, "nesting-unexpected", item, others=(outer.id,), outer=outer.type, outer_text=outer_text)
        if not twin and len(item.spans) == 1:
            around.append(item)


def find_twins(reading: Reading) -> Iterator[Problem]:
    """Annotations of one layer with the same fragments: of one type, where the repair removes those that nothing uses, or of several."""
    yield from _twins(reading, reading.entities)
    yield from _twins(reading, reading.events)


def _twins(reading: Reading, items: Iterable[Entity] | Iterable[Event]) -> Iterator[Problem]:
    alone: dict[Spans, Annotation] = {}
    shared: dict[Spans, list[Annotation]] = {}
    for item in items:
        if item.spans in alone:
            shared.setdefault(item.spans, [alone[item.spans]]).append(item)
        else:
            alone[item.spans] = item
    for held in shared.values():
        types: dict[str, list[Annotation]] = {}
        for found in held:
            types.setdefault(found.type, []).append(found)
        for same in types.values():
            if len(same) > 1:
                first, *others = sorted(same, key=lambda item: id_order(item.id))
                ids = tuple(item.id for item in others)
                yield warn(reading, "annotated-twice", first, others=ids, count=len(same), repair=_removal(reading, [first, *others]))
        if len(types) > 1:
            first, *others = (same[0] for same in types.values())
            yield warn(reading, "same-span-twice", first, others=tuple(item.id for item in others), types=", ".join(types))


def _removal(reading: Reading, same: list[Annotation]) -> Edit | None:
    """The edit that leaves one of `same`: certain only if all say the same and at most one is used by others."""
    used = [item for item in same if reading.document.users(item.id)]
    if len(used) > 1 or len({_saying(item) for item in same}) > 1:
        return None
    kept = used[0] if used else same[0]
    return remove(reading.document, [item.id for item in same if item is not kept])


def _saying(item: Annotation) -> tuple[object, ...]:
    """All that an annotation says but its id and who made it."""
    more = item.head if isinstance(item, Entity) else item.arguments
    return more, item.attributes, item.flag, item.note, item.extra


def _crossing(reading: Reading, item: Annotation, other: Annotation) -> Problem:
    other_text = shown(reading, other)
    return warn(reading, "spans-cross", item, others=(other.id,), other=other.id, other_type=other.type, other_text=other_text)
