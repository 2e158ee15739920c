"""Gestures snap to words, syllables or characters and never cut what a reader sees as one character."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import snapping
from annotator.core.document import Document
from annotator.core.snapping import SNAPS, Snap
from annotator.core.text import Span
from tests.strategies import documents, plain_document

levels = st.sampled_from(SNAPS)


@st.composite
def gestures(draw: st.DrawFn) -> tuple[Document, Span]:
    document = draw(documents(edits=6))
    start = draw(st.integers(0, len(document.text)))
    return document, (start, draw(st.integers(0, len(document.text))))


def units(document: Document, level: Snap) -> list[Span]:
    words = [word for line in document.words.lines() for word in line]
    return words if level == "word" else [part for word in words for part in document.words.syllables(word)]


@given(gestures(), levels)
def test_a_selection_holds_the_gesture_s_units_and_whole_characters(gesture: tuple[Document, Span], level: Snap) -> None:
    document, (start, end) = gesture
    found = snapping.snap(document, (start, end), level=level)
    if level == "character":
        touched = [(start, end)] if found else []
    else:
        touched = [unit for unit in units(document, level) if max(unit[0], start) < min(unit[1], end)]
    assert (found is None) == (not touched)
    if found:
        assert found == document.text.widen_to_graphemes(touched[0][0], touched[-1][1])
        assert document.text.content[slice(*found)].strip()
        assert snapping.snap(document, found, level="character") == found


@given(gestures(), levels, st.sampled_from(("start", "end")), st.sampled_from((-1, 1)))
def test_a_moved_edge_goes_its_way_and_cuts_no_character(
    gesture: tuple[Document, Span], level: Snap, edge: Literal["start", "end"], step: Literal[-1, 1]
) -> None:
    document, (start, end) = gesture
    if start >= end:
        return
    span = document.text.widen_to_graphemes(start, end)
    moved = snapping.move_edge(document, span, edge=edge, step=step, level=level)
    if moved is None:
        return
    changed, kept = (0, 1) if edge == "start" else (1, 0)
    assert moved[kept] == span[kept] and (moved[changed] - span[changed]) * step > 0
    assert 0 <= moved[0] < moved[1] <= len(document.text)
    assert all(document.text.is_grapheme_edge(offset) for offset in moved)


@given(documents(edits=6), levels)
def test_edges_reach_every_unit(document: Document, level: Snap) -> None:
    """From the first unit, moving the end to the right passes the end of each unit and stops at the last."""
    if level == "character":
        ends = [offset for offset in range(1, len(document.text) + 1) if document.text.is_grapheme_edge(offset)]
        span = (0, ends[0])
    else:
        ends = sorted({document.text.widen_to_graphemes(end, end)[1] for _, end in units(document, level)})
        if not ends:
            return
        span = (0, ends[0])
    reached = [span[1]]
    while (moved := snapping.move_edge(document, (0, reached[-1]), edge="end", step=1, level=level)) is not None:
        reached.append(moved[1])
    assert reached == ends


@pytest.mark.parametrize(("level", "selected"), [("word", "giao_lưu quốc_phòng"), ("syllable", "lưu quốc"), ("character", "ưu qu")])
def test_what_a_drag_over_two_words_takes(level: Snap, selected: str) -> None:
    document = plain_document("giao_lưu quốc_phòng", segmented=True)
    found = snapping.snap(document, (6, 11), level=level)
    assert found is not None and document.text.content[slice(*found)] == selected


def test_a_drag_over_blanks_selects_nothing() -> None:
    document = plain_document("một   hai")
    assert [snapping.snap(document, (4, 6), level=level) for level in SNAPS] == [None, None, None]
