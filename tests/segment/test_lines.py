"""A whole text line by line: lines end at ``\\n`` alone, offsets count from the text's start, nothing is done before it is asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.segment import Origin, Segmenter, segment_lines, source_words

TEXTS = st.text(st.sampled_from("\n\n\r aếĐ_.\u2028\x0b\x85") | st.characters(), max_size=80)


@given(TEXTS, st.sampled_from(["pyvi", "source"]))
def test_each_line_has_its_own_words_at_the_offsets_of_the_text(segmenter: Segmenter, text: str, origin: Origin) -> None:
    words = segmenter.words if origin == "pyvi" else source_words
    lines = list(segment_lines(text, origin=origin, segmenter=segmenter))
    assert [[text[start:end] for start, end in line] for line in lines] == [
        [line[start:end] for start, end in words(line)] for line in text.split("\n")
    ]
    spans = [span for line in lines for span in line]
    assert spans == sorted(spans)


def test_windows_line_ends_are_blanks(segmenter: Segmenter) -> None:
    assert list(segment_lines("hòa bình\r\n\r\nViệt Nam\r\n", origin="source")) == [[(0, 3), (4, 8)], [], [(12, 16), (17, 20)], []]
    assert list(segment_lines("hòa bình\r\nhòa bình", origin="pyvi", segmenter=segmenter)) == [[(0, 8)], [(10, 18)]]


def test_the_model_is_loaded_when_none_is_given() -> None:
    assert list(segment_lines("quốc phòng", origin="pyvi")) == [[(0, 10)]]


def test_an_unknown_origin_is_refused() -> None:
    with pytest.raises(AssertionError):
        segment_lines("a", origin="pyvi 0.1.1")  # type: ignore[arg-type]
