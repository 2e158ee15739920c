"""Words and the annotator's decisions about them: joined, split, here or everywhere, never overlapping, always to be taken back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import decisions
from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.errors import AnnotatorError
from annotator.core.text import Span
from tests.strategies import documents, plain_document, texts


def surfaces(document: Document) -> list[str]:
    return [document.text.content[start:end] for line in document.words.lines() for start, end in line]


def find(document: Document, text: str, *, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = document.text.content.index(text, start + 1)
    return start, start + len(text)


@given(documents(), st.dictionaries(st.integers(0, 200), st.sampled_from(("join", "split")), max_size=8))
def test_words_ascend_and_leave_out_gaps_only(document: Document, decided: dict[int, str]) -> None:
    """Whatever is decided, even where no word can start: a file may hold that."""
    machine = [word for line in range(document.text.line_count) for word in document.words.machine(line)]
    before = list(document.decisions)
    document.decisions.clear()
    document.decisions.update(decided)
    for offset in (*before, *decided):
        document.words.redecide(offset)
    words = [word for line in document.words.lines() for word in line]
    inside = {offset for start, end in machine for offset in range(start, end)}
    assert all(start < end for start, end in words)
    assert all(left[1] <= right[0] for left, right in pairwise(words))
    for offset in inside - {offset for start, end in words for offset in range(start, end)}:
        character = document.text.content[offset]
        assert character.isspace() or (document.is_segmented and character == "_")
    for start, end in words:
        assert not document.text.content[start].isspace() and not document.text.content[end - 1].isspace()


@given(documents(), st.booleans())
def test_all_words_at_once_are_those_of_the_lines(document: Document, is_known: bool) -> None:
    if not is_known:
        document.words.restart(segmented=document.is_segmented)
    starts, ends, line_ends, tokens = document.words.edges()
    lines = document.words.lines()
    assert list(zip(starts, ends, strict=True)) == [word for line in lines for word in line]
    assert [last - first for first, last in pairwise((0, *line_ends))] == list(map(len, lines))
    assert tokens is None or tokens == document.text.content.split() == surfaces(document)


@given(documents(), st.integers(0, 999))
def test_words_at_once_follow_a_decision(document: Document, number: int) -> None:
    document.words.edges()
    words = [word for line in document.words.lines() for word in line]
    if words:
        try:
            apply(document, decisions.toggle(document, words[number % len(words)]))
        except AnnotatorError as refused:
            assert refused.code == "nothing-to-split"
        starts, ends, *_ = document.words.edges()
        assert list(zip(starts, ends, strict=True)) == [word for line in document.words.lines() for word in line]


@given(documents(), st.integers(0, 300), st.integers(0, 300))
def test_look_ups_agree_with_reading_all_words(document: Document, start: int, end: int) -> None:
    words = [word for line in document.words.lines() for word in line]
    start, end = min(start, len(document.text)), min(end, len(document.text))
    assert document.words.overlapping(start, end) == [word for word in words if max(word[0], start) < min(word[1], end)]
    assert document.words.at(start) == next((word for word in words if word[0] <= start < word[1]), None)
    assert document.words.before(start) == next((word for word in reversed(words) if word[0] < start), None)
    assert document.words.after(start) == next((word for word in words if word[0] >= start), None)
    assert document.words.word_starts_at(start) == any(word[0] == start for word in words)


@given(documents(), st.integers(0, 999))
def test_the_syllables_of_a_word_are_the_word_without_gaps(document: Document, number: int) -> None:
    words = [word for line in document.words.lines() for word in line]
    if words:
        start, end = words[number % len(words)]
        parts = document.words.syllables((start, end))
        assert (parts[0][0], parts[-1][1]) == (start, end)
        for left, right in pairwise(parts):
            gap = document.text.content[left[1] : right[0]]
            assert gap.isspace() or (gap == "_" and document.is_segmented)


@given(documents(), st.integers(0, 999), st.sampled_from(("here", "everywhere")))
def test_toggling_a_word_twice_restores_every_word(document: Document, number: int, scope: decisions.Scope) -> None:
    before = document.words.lines()
    words = [word for line in before for word in line]
    if not words:
        return
    word = words[number % len(words)]
    try:
        apply(document, decisions.toggle(document, word, scope=scope))
    except AnnotatorError as refused:
        assert refused.code == "nothing-to-split"
        return
    assert len(document.words.overlapping(*word)) > 1
    if scope == "here":
        apply(document, decisions.toggle(document, word))
        assert document.words.lines() == before


@given(documents(edits=0), st.integers(0, 300))
def test_toggling_a_gap_twice_restores_every_word(document: Document, offset: int) -> None:
    before, offset = document.words.lines(), min(offset, len(document.text) - 1)
    try:
        edit = decisions.toggle_gap(document, offset)
    except AnnotatorError as refused:
        assert refused.code == "nothing-to-join"
        return
    apply(document, edit)
    after = document.words.lines()
    apply(document, decisions.toggle_gap(document, offset))
    assert after != before and document.words.lines() == before


@given(texts())
def test_segmented_text_keeps_its_words(content: str) -> None:
    assert surfaces(plain_document(content, segmented=True)) == content.split()


def test_joining_everywhere_takes_whole_syllables_only() -> None:
    document = plain_document("an ninh tốt, an ninhx, van ninh, an ninh.\nan ninh")
    apply(document, decisions.join(document, find(document, "an ninh"), scope="everywhere"))
    assert surfaces(document).count("an ninh") == 3
    assert surfaces(document)[3:5] == [",", "an"] or "ninhx" in surfaces(document)


def test_joining_everywhere_begins_with_what_was_selected() -> None:
    document = plain_document("ha ha ha")
    apply(document, decisions.join(document, (3, 8), scope="everywhere"))
    assert surfaces(document) == ["ha", "ha ha"]


def test_a_number_that_was_joined_can_be_split_again() -> None:
    document = plain_document("ngày 29/8 .")
    apply(document, decisions.join(document, find(document, "29/8")))
    assert "29/8" in surfaces(document)
    apply(document, decisions.split(document, find(document, "29/8")))
    assert surfaces(document) == ["ngày", "29", "/", "8", "."] and not document.decisions


def test_a_split_in_a_gap_falls_behind_it() -> None:
    document = plain_document("giao_lưu", segmented=True)
    apply(document, decisions.split_at(document, 4))
    assert surfaces(document) == ["giao", "lưu"] and dict(document.decisions) == {5: "split"}


@pytest.mark.parametrize("segmented", [True, False])
def test_a_decision_where_no_word_can_start_is_without_effect(segmented: bool) -> None:
    document = plain_document("giao_lưu" if segmented else "giao lưu", segmented=segmented, pairs=0b10)
    apply(document, Edit("import", (Change("decisions", 4, None, "split"),)))
    assert len(surfaces(document)) == 1


def test_an_underscore_in_an_address_is_no_gap() -> None:
    document = plain_document("https://a.vn/x_y a_b", segmented=True)
    apply(document, decisions.split_at(document, 15))
    assert surfaces(document) == ["https://a.vn/x_", "y", "a_b"]


def test_words_of_two_lines_are_never_joined() -> None:
    with pytest.raises(AnnotatorError, match="join-across-lines"):
        decisions.join(plain_document("một\nhai"), (0, 7))


def test_a_line_that_the_machine_has_not_read_waits() -> None:
    document = plain_document("một hai")
    document.words.restart(segmented=False)
    with pytest.raises(AnnotatorError, match="segmentation-running"):
        decisions.join(document, (0, 7))


def test_saying_that_text_came_segmented_changes_its_words_and_back() -> None:
    document = plain_document("giao_lưu tốt")
    edit = decisions.set_origin(document, "segmented")
    back = apply(document, edit)
    assert document.is_segmented and surfaces(document) == ["giao_lưu", "tốt"]
    apply(document, back)
    assert not document.is_segmented and not document.words.is_complete
