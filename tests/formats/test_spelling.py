"""The spelling of an exported copy: NFC and tone marks, with every offset where it belongs."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.document import Document
from annotator.core.text import Text
from annotator.formats.account import Trail
from annotator.formats.spelling import SPELLINGS, Spelling, spell
from tests.formats.articles import PIECES, source_of

MORE = ["hòa", "hoà", "qu\u0323y\u0301", "\u0301", "\u1100", "\u1161", "\u0958", "\u2126"]
texts = st.lists(st.sampled_from([*PIECES, *MORE])).map("".join) | st.text()


@given(texts)
def test_nfc_is_that_of_the_standard_library(content: str) -> None:
    assert spell(content, "nfc").content == unicodedata.normalize("NFC", content)


@given(texts, st.sampled_from(SPELLINGS))
def test_offsets_keep_their_order_and_what_lies_between_them(content: str, spelling: Spelling) -> None:
    spelled = spell(content, spelling)
    starts = [spelled.start(offset) for offset in range(len(content) + 1)]
    ends = [spelled.end(offset) for offset in range(len(content) + 1)]
    assert starts == sorted(starts) and ends == sorted(ends)
    assert (starts[0], ends[-1]) == (0, len(spelled.content))
    assert all(start < end for start, end in zip(starts, ends[1:], strict=False))
    exact = [offset for offset in range(len(content) + 1) if starts[offset] == ends[offset]]
    trail = Trail(Document(Text(content), source_of("")), edges=spelled.edges())
    assert [trail.offset(starts[offset]) for offset in exact] == exact
    for first, last in pairwise(exact):
        old, new = content[first:last], spelled.content[starts[first] : ends[last]]
        assert spelling in ("old", "new") or unicodedata.normalize("NFC", old) == unicodedata.normalize("NFC", new)


@given(texts, st.sampled_from(SPELLINGS))
def test_spelling_twice_is_spelling_once(content: str, spelling: Spelling) -> None:
    once = spell(content, spelling).content
    assert spell(once, spelling).content == once


@given(texts)
def test_old_and_new_style_lead_to_each_other(content: str) -> None:
    old, new = spell(content, "old").content, spell(content, "new").content
    assert spell(new, "old").content == old and spell(old, "new").content == new and len(old) == len(new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hòa", "hoà"), ("Thúy", "Thuý"), ("KHỎE", "KHOẺ"), ("hủy bỏ", "huỷ bỏ"), ("hòa_bình", "hoà_bình"), ("xóa, tòa!", "xoá, toà!"),
        ("ngọe", "ngoẹ"), ("Úy", "Uý"), ("hòa", "hoà"), ("tòa án nhân dân", "toà án nhân dân"), ("Nguyễn Thị Thúy", "Nguyễn Thị Thuý"),
    ],
)  # fmt: skip
def test_tone_marks_move(old: str, new: str) -> None:
    for given_text in (old, new, unicodedata.normalize("NFD", old), unicodedata.normalize("NFD", new)):
        assert (spell(given_text, "old").content, spell(given_text, "new").content) == tuple(
            unicodedata.normalize("NFC", text) for text in (old, new)
        )


@pytest.mark.parametrize("word", ["quý", "quỳ", "hoàn", "thuyền", "huỳnh", "ngoài", "khuỷu", "của", "mía", "Zoé", "thuở", "xoáy", "Chloé"])
def test_other_syllables_stay(word: str) -> None:
    assert spell(word, "old").content == spell(word, "new").content == word
