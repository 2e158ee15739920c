"""Questions by position give what reading the whole document gives."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from annotator.core import query
from annotator.core.document import Document
from annotator.core.model import Annotation, Entity, extent
from tests.strategies import documents

offsets = st.integers(0, 200)


def in_order(document: Document) -> list[Annotation]:
    items: list[Annotation] = [*document.entities.values(), *document.events.values()]
    return sorted(items, key=lambda item: (extent(item)[0], -extent(item)[1], item.id))


@given(documents(edits=25), offsets, offsets)
def test_what_overlaps_a_span(document: Document, start: int, end: int) -> None:
    found = [item for item in in_order(document) if any(max(start, first) < min(end, last) for first, last in item.spans)]
    assert query.overlapping(document, (start, end)) == found


@given(documents(edits=25), offsets)
def test_a_stack_goes_from_the_smallest_outwards(document: Document, offset: int) -> None:
    stack = query.stack_at(document, offset)
    sizes = [sum(end - start for start, end in item.spans) for item in stack]
    assert sizes == sorted(sizes)
    assert {item.id for item in stack} == {item.id for item in in_order(document) if any(a <= offset < b for a, b in item.spans)}


@given(documents(edits=25), offsets)
def test_walking_meets_every_annotation_once(document: Document, offset: int) -> None:
    order = in_order(document)
    walked, at = [], query.next_annotation(document, -1)
    while at is not None:
        walked.append(at)
        at = query.next_annotation(document, at)
    assert walked == order
    for left, right in pairwise(order):
        assert query.previous_annotation(document, right) == left
    assert query.next_annotation(document, offset) == next((item for item in order if extent(item)[0] > offset), None)
    assert query.previous_annotation(document, offset) == next((item for item in reversed(order) if extent(item)[0] < offset), None)


@given(documents(edits=25))
def test_links_are_those_written_in_events_relations_and_clusters(document: Document) -> None:
    for item in in_order(document):
        filled = {event.id for event in document.events.values() if any(held.target == item.id for held in event.arguments)}
        assert {event.id for event in query.events_filled_by(document, item.id)} == filled
        related = {held.id for held in document.relations.values() if item.id in (held.source, held.target)}
        assert {held.id for held in query.relations_of(document, item.id)} == related
        assert query.cluster_of(document, item.id) == next((held for held in document.clusters.values() if item.id in held.members), None)
        assert item in query.with_spans(document, item.spans)
    assert list(query.in_reading_order(document, "entities")) == [item for item in in_order(document) if isinstance(item, Entity)]
