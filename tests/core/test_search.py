"""What a search finds: the same text in any spelling, in the original's own offsets, and quickly."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import AnnotatorError
from annotator.core.search import Folded, Folding, Query, Search, find_all
from annotator.core.text import Text

# Letters with and without marks, blanks of all kinds, what is written in parts, what folds to several letters, what nobody sees.
ALPHABET = "aoeuyhqtnđĐAOÀàòÒủỷýúâấ\u0300\u0301\u0323\u0302 _\u00a0\t\n\rßﬁİ\u1100\u1161\u11a8👩\u200d🚀\u00ad\u200b\ufeff.1"
texts = st.text(ALPHABET, max_size=40) | st.text(max_size=30)
queries = st.builds(Query, st.text(ALPHABET, min_size=1, max_size=6), ignore_case=st.booleans(), ignore_marks=st.booleans(),
                    whole_words=st.booleans())  # fmt: skip
foldings = st.builds(Folding, st.booleans(), st.booleans(), st.booleans())


def found(text: str, query: str | Query) -> list[str]:
    content = Text(text)
    return [text[start:end] for start, end in find_all(content, query if isinstance(query, Query) else Query(query))]


def refusal(query: Query, text: str = "a") -> AnnotatorError:
    with pytest.raises(AnnotatorError) as caught:
        list(find_all(Text(text), query))
    return caught.value


@given(texts, foldings)
def test_every_place_of_a_folded_text_is_one_of_the_original(content: str, folding: Folding) -> None:
    folded = Folded(Text(content), folding)
    places = [folded.original(at, at + 1) for at in range(len(folded.content))]
    assert all(0 <= start < end <= len(content) for start, end in places)
    assert all(left <= right for left, right in pairwise(places))
    for at, (start, end) in enumerate(places):
        alone = Folded(Text(content[start:end]), folding).content
        assert folded.content[at] in alone


@given(texts, queries)
def test_hits_ascend_lie_apart_and_cut_no_character(content: str, query: Query) -> None:
    text = Text(content)
    try:
        spans = list(find_all(text, query))
    except AnnotatorError as error:
        assert error.code == "search-empty"
        return
    behind = 0
    for start, end in spans:
        assert behind <= start < end <= len(content)
        assert text.is_grapheme_edge(start) and text.is_grapheme_edge(end)
        behind = end


@given(st.text("aoeuyhqtnđàòủỷýúâấ ", max_size=20), st.text("aoeuyhqtnđàòủỷýúâấ ", max_size=20), st.text("aohqtuyỷủàò", min_size=1))
def test_what_is_there_is_found_composed_or_not(before: str, behind: str, query: str) -> None:
    content = f"{before} {query} {behind}"
    for text in (content, unicodedata.normalize("NFD", content)):
        for form in ("NFC", "NFD"):
            hits = found(text, unicodedata.normalize(form, query))
            assert query in [unicodedata.normalize("NFC", hit) for hit in hits], (text, form)


@given(st.text("aoeuyhàòủỷýú _", max_size=20), queries)
def test_what_is_ignored_only_adds_hits(content: str, query: Query) -> None:
    strict = replace(query, ignore_case=False, ignore_marks=False)
    try:
        exact = list(find_all(Text(content), strict))
        loose = list(find_all(Text(content), replace(query, ignore_case=True, ignore_marks=True)))
    except AnnotatorError:
        return
    assert bool(exact) <= bool(loose)


@pytest.mark.parametrize(
    ("query", "text", "hits"),
    [
        ("hoà", "hòa Hòa hoà hoa", ["hòa", "Hòa", "hoà"]),
        ("thuỷ", "thủy thuỷ thúy", ["thủy", "thuỷ"]),
        ("khỏe", "khoẻ khỏe", ["khoẻ", "khỏe"]),
        ("hoà", "hoàn toàn", ["hoà"]),
        ("hò", "hòa hoà", ["hò"]),
        ("quý", "quý qúy", ["quý"]),
        ("úy", "đại uý quý úy", ["uý", "úy"]),
        ("gì", "gì gía giá", ["gì"]),
        ("giao lưu", "giao_lưu giao lưu giao\u00a0 lưu giao\nlưu", ["giao_lưu", "giao lưu", "giao\u00a0 lưu"]),
        ("giao_lưu", "giao lưu giao_lưu", ["giao lưu", "giao_lưu"]),
        ("hoa", "hoà hòa hoa", ["hoa"]),
        ("dong", "đồng dong", ["dong"]),
        ("hà nội", "H\u00adà N\u200bội", ["H\u00adà N\u200bội"]),
    ],
)
def test_spellings_of_the_same(query: str, text: str, hits: list[str]) -> None:
    assert found(text, query) == hits


def test_marks_are_ignored_when_asked() -> None:
    assert found("hoà HÒA Hoa đồng Đông", Query("hoa", ignore_marks=True)) == ["hoà", "HÒA", "Hoa"]
    assert found("hoà HÒA Hoa đồng Đông", Query("Dong", ignore_marks=True)) == ["đồng", "Đông"]
    assert found(unicodedata.normalize("NFD", "đồng"), Query("o", ignore_marks=True)) == [unicodedata.normalize("NFD", "ồ")]


def test_whole_words_and_case() -> None:
    assert found("An Giang, Lan, an_ninh", Query("an", whole_words=True)) == ["An", "an"]
    assert found("An an", Query("an", ignore_case=False)) == ["an"]


def test_a_letter_is_not_found_without_its_mark_in_a_decomposed_text() -> None:
    assert found(unicodedata.normalize("NFD", "hò"), "ho") == []
    assert found("👩\u200d🚀 👩", "👩") == ["👩"]


def test_expressions_see_composed_text_in_the_original_offsets() -> None:
    text = unicodedata.normalize("NFD", "ngày 12/3 và 5/11, hòa")
    assert found(text, Query(r"\d+/\d+", mode="expression")) == ["12/3", "5/11"]
    assert found(text, Query("h.a", mode="expression")) == [unicodedata.normalize("NFD", "hòa")]
    assert found(text, Query("hoà?", mode="expression", ignore_marks=True)) == [unicodedata.normalize("NFD", "hòa")]
    assert found("a\nb", Query("^b$", mode="expression")) == ["b"]


def test_empty_matches_are_passed_over() -> None:
    assert found("aab", Query("a*", mode="expression")) == ["aa"]


@pytest.mark.parametrize(("expression", "position"), [("a(b", 4), ("a**", 3), ("[", 2), (r"\p{xx}", 7), ("(?P<x", 6)])
def test_a_mistake_in_an_expression_is_told_with_its_place(expression: str, position: int) -> None:
    error = refusal(Query(expression, mode="expression"))
    assert (error.code, error.where["position"]) == ("search-expression", position)


def test_nothing_and_too_much_are_refused() -> None:
    assert refusal(Query(" _ ")).code == "search-empty"
    assert refusal(Query("", mode="expression")).code == "search-empty"
    assert refusal(Query("a" * 3_000)).code == "search-too-long"


def test_an_expression_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.core.search.TIMEOUT_SECONDS", 0.1)
    assert refusal(Query("(a+)+(a+)+c|(x+x+)+y", mode="expression"), "a" * 5_000 + "b").code == "search-too-slow"


def test_a_megabyte_is_searched_at_once() -> None:
    line = "Công an huyện Yên Khánh đã bắt ông Trần Văn Nam tại Hà_Nội  sáng 12/3, hòa bình thuỷ lợi.\n"
    search, text = Search(Query("hoà bình")), Text(line * (1_000_000 // len(line)))
    started = time.process_time()
    spans = list(search.spans(search.fold(text)))
    assert time.process_time() - started < 1.0
    assert len(spans) == text.line_count - 1


def test_many_marks_on_one_letter_hold_nobody_up() -> None:
    content = "a" + "\u0301\u0323" * 100_000 + " Huế\u0301\u0323"
    begun = time.monotonic()
    assert list(find_all(Text(content), Query("hue", ignore_marks=True))) == [(200_002, 200_007)]
    assert time.monotonic() - begun < 3.0


@pytest.mark.parametrize("expression", ["(?:(?:a{60000}){60000}){60000}", "((a{1,9999}){9999}){9999}", "(?:a{1000}){1000}{1000}"])
def test_repeats_of_repeats_are_refused_before_they_take_all_memory(expression: str) -> None:
    begun = time.monotonic()
    with pytest.raises(AnnotatorError, match="search-expression"):
        Search(Query(expression, mode="expression"))
    assert time.monotonic() - begun < 1.0


def test_an_expression_from_behind_finds_all() -> None:
    assert list(find_all(Text("Nam và Nam"), Query("(?r)Nam", mode="expression"))) == [(0, 3), (7, 10)]
