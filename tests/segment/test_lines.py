"""A whole text line by line: lines end at ``\\n`` alone, offsets count from the text's start, nothing is done before it is asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.segment import Segmenter, segment_lines

TEXTS = st.text(st.sampled_from("\n\n\r aếĐ_.\u2028\x0b\x85") | st.characters(), max_size=80)


@given(TEXTS)
def test_each_line_has_its_own_words_at_the_offsets_of_the_text(segmenter: Segmenter, text: str) -> None:
    lines = list(segment_lines(text, segmenter=segmenter))
    assert [[text[start:end] for start, end in line] for line in lines] == [
        [line[start:end] for start, end in segmenter.words(line)] for line in text.split("\n")
    ]
    spans = [span for line in lines for span in line]
    assert spans == sorted(spans)


def test_windows_line_ends_are_blanks(segmenter: Segmenter) -> None:
    assert list(segment_lines("hòa bình\r\n\r\nhòa bình\r\n", segmenter=segmenter)) == [[(0, 8)], [], [(12, 20)], []]


def test_the_model_is_loaded_when_none_is_given() -> None:
    assert list(segment_lines("quốc phòng")) == [[(0, 10)]]
