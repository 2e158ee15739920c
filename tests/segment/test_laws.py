"""Words are spans of the very line: whatever the line holds, they ascend, only blanks lie between them, and nothing is lost."""

from __future__ import annotations

from time import process_time
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.segment import Segmenter
from annotator.segment.syllables import LONGEST_CLUSTER, compose

# Lone surrogates included: pyvi itself fails on them.
ODD = st.sampled_from("aăếĐ _.@-:/\0\r\xa0\u2028\ufeff\u200d\u0301\u0323\u0302\ud800")
LINES = st.text(st.characters(exclude_characters="\n") | ODD, max_size=60)
SENTENCE = "Đoàn đại biểu Quốc hội tỉnh Nghệ An tiếp xúc cử tri trước kỳ họp thứ sáu. "


@given(LINES)
@example("e\u0323\u0302\u0316\u0301 \ufeffHà Nội\r")
def test_words_and_blanks_rebuild_the_line(segmenter: Segmenter, line: str) -> None:
    end = 0
    for start, stop in segmenter.words(line):
        assert end <= start < stop
        assert line[end:start].strip() == ""
        assert line[start:stop] == line[start:stop].strip() != ""
        end = stop
    assert line[end:].strip() == ""


@given(LINES, st.integers(0, 10**9))
def test_spans_count_from_where_the_line_stands(segmenter: Segmenter, line: str, at: int) -> None:
    assert segmenter.words(line, at=at) == [(start + at, end + at) for start, end in segmenter.words(line)]


def test_what_was_segmented_before_does_not_matter(segmenter: Segmenter) -> None:
    fresh = Segmenter.load()
    for line in (SENTENCE, normalize("NFD", SENTENCE), SENTENCE.upper()):
        assert fresh.words(line) == segmenter.words(line) == fresh.words(line)


def test_both_normal_forms_have_the_same_words(segmenter: Segmenter) -> None:
    composed, decomposed = SENTENCE, normalize("NFD", SENTENCE)
    assert len(decomposed) > len(composed)
    words = [normalize("NFC", decomposed[start:end]) for start, end in segmenter.words(decomposed)]
    assert words == [composed[start:end] for start, end in segmenter.words(composed)]


def test_a_trailing_carriage_return_is_a_blank(segmenter: Segmenter) -> None:
    assert segmenter.words(SENTENCE + "\r") == segmenter.words(SENTENCE)


@given(st.text(st.characters() | st.sampled_from("aeơ\u0301\u0323\u0302\u031b\u1100\u1161\u11a8"), max_size=LONGEST_CLUSTER))
def test_positions_of_the_composed_form_are_those_where_the_source_can_be_cut(text: str) -> None:
    composed, sources = compose(text)
    assert composed == normalize("NFC", text)
    for position, source in enumerate(sources or range(len(text) + 1)):
        if source >= 0:
            assert normalize("NFC", text[:source]) == composed[:position]
            assert normalize("NFC", text[source:]) == composed[position:]


SIZE = 200_000
HOSTILE = {
    "combining marks": "e" + "\u0301\u0323\u0316" * (SIZE // 3),
    "one mark": "e" + "\u0301" * SIZE,
    "dashes": "-" * SIZE,
    "dashes before an @": "-" * SIZE + "@",
    "at signs": "a@" * (SIZE // 2),
    "domains without an end": "@a." * (SIZE // 3) + "!",
    "initials": "a." * (SIZE // 2),
    "one word": "ư" * SIZE,
    "Hangul jamo": "\u1100" + "\u1161" * SIZE,
    "NUL": "\0" * SIZE,
    "lone surrogates": "\ud800 " * (SIZE // 2),
    "emoji": "👩\u200d👩\u200d👧 🇻🇳 " * (SIZE // 9),
    "no-break spaces": "\xa0" * SIZE,
    "line separators": "hòa\u2028" * (SIZE // 4),
    "a decomposed line": normalize("NFD", SENTENCE * (SIZE // len(SENTENCE))),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_line_takes_quadratic_time(segmenter: Segmenter, name: str) -> None:
    ordinary = SENTENCE * (SIZE // len(SENTENCE))
    usual = min(seconds(segmenter, ordinary) for _ in range(3))
    # Measured: 1 to 20 times an article of that length; anything quadratic takes some thousand times as long.
    assert seconds(segmenter, HOSTILE[name]) < 100 * usual


def seconds(segmenter: Segmenter, line: str) -> float:
    begun = process_time()
    segmenter.words(line)
    return process_time() - begun
