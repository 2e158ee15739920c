"""Coordinates of a text: UTF-16 positions, lines and grapheme clusters agree with the plain ways of finding them."""

from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.text import Text
from tests.strategies import texts

mixed = st.one_of(texts(), st.text(max_size=30))


@given(mixed)
def test_utf16_positions_are_those_of_the_encoded_text(content: str) -> None:
    text = Text(content)
    for offset in range(len(content) + 1):
        assert text.u16_of(offset) == len(content[:offset].encode("utf-16-le", "surrogatepass")) // 2
        assert text.of_u16(text.u16_of(offset)) == offset


@given(mixed)
def test_a_position_inside_a_surrogate_pair_gives_its_start(content: str) -> None:
    text = Text(content)
    for offset, character in enumerate(content):
        if ord(character) > 0xFFFF:
            assert text.of_u16(text.u16_of(offset) + 1) == offset


@given(mixed)
def test_lines_are_those_of_splitting_at_line_feeds(content: str) -> None:
    text = Text(content)
    assert [content[slice(*text.line_span(line))] for line in range(text.line_count)] == content.split("\n")
    for offset in range(len(content) + 1):
        assert text.line_at(offset) == content.count("\n", 0, offset)


@given(mixed)
def test_grapheme_edges_are_those_of_reading_the_whole_text(content: str) -> None:
    text = Text(content)
    edges = [0, *(found.end() for found in regex.finditer(r"\X", content))]
    assert [offset for offset in range(len(content) + 1) if text.is_grapheme_edge(offset)] == edges
    for offset in range(len(content)):
        assert text.grapheme_after(offset) == next(edge for edge in edges if edge > offset)
        assert text.grapheme_before(offset + 1) == max(edge for edge in edges if edge <= offset)


@given(mixed, st.data())
def test_widening_takes_the_smallest_span_that_cuts_no_cluster(content: str, data: st.DataObject) -> None:
    text = Text(content)
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, len(content)))
    edges = [offset for offset in range(len(content) + 1) if text.is_grapheme_edge(offset)]
    wide = max(edge for edge in edges if edge <= start), min(edge for edge in edges if edge >= end)
    assert text.widen_to_graphemes(start, end) == wide


@given(mixed)
def test_fragments_are_joined_by_one_blank(content: str) -> None:
    text = Text(content)
    middle = len(content) // 2
    assert text.surface(((0, middle), (middle, len(content)))) == content[:middle] + " " + content[middle:]
