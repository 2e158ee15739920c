"""Questions by position: what stands here, what comes next, what uses what. All cost O(log n + what they find)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from .document import Document
from .model import Annotation, Cluster, Entity, Event, Relation, extent
from .text import Span

AnnotationLayer = Literal["entities", "events"]


def overlapping(document: Document, span: Span) -> list[Annotation]:
    """Entities and events with a fragment that shares a code point with `span`, outer before inner."""
    found = [document.annotation(identifier) for identifier in document.index.overlapping(*span)]
    return sorted((item for item in found if item is not None), key=_rank)


def stack_at(document: Document, offset: int) -> list[Annotation]:
    """The annotations over the code point at `offset`, innermost first."""
    found = overlapping(document, (offset, offset + 1))
    return sorted(found, key=lambda item: (_size(item), isinstance(item, Entity), item.id))


def with_spans(document: Document, spans: tuple[Span, ...]) -> list[Annotation]:
    """The annotations of just these fragments."""
    return [item for item in overlapping(document, spans[0]) if item.spans == spans]


def next_annotation(document: Document, after: Annotation | int) -> Annotation | None:
    """The next annotation in reading order behind another one or behind an offset."""
    rank = (after, 1, "") if isinstance(after, int) else _rank(after)
    return next((document.annotation(identifier) for identifier in document.index.after(rank)), None)


def previous_annotation(document: Document, before: Annotation | int) -> Annotation | None:
    rank = (before, -(1 << 62), "") if isinstance(before, int) else _rank(before)
    return next((document.annotation(identifier) for identifier in document.index.before(rank)), None)


def events_filled_by(document: Document, identifier: str) -> list[Event]:
    """The events in which an annotation holds a role."""
    return [user for user in document.users(identifier) if isinstance(user, Event)]


def relations_of(document: Document, identifier: str) -> list[Relation]:
    return [user for user in document.users(identifier) if isinstance(user, Relation)]


def cluster_of(document: Document, identifier: str) -> Cluster | None:
    return next((user for user in document.users(identifier) if isinstance(user, Cluster)), None)


def in_reading_order(document: Document, layer: AnnotationLayer) -> Iterator[Annotation]:
    """One layer's annotations by first offset, outer before inner."""
    wanted = Entity if layer == "entities" else Event
    return (item for item in document.annotations() if isinstance(item, wanted))


def _rank(item: Annotation) -> tuple[int, int, str]:
    start, end = extent(item)
    return start, -end, item.id



def _size(item: Annotation) -> int:
    return sum(end - start for start, end in item.spans)
