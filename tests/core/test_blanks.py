"""Tokens between blanks of any kind, where they stand."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.blanks import OTHER_BLANKS, find_tokens

TEXTS = st.text(st.sampled_from(f"aếĐ1_   {OTHER_BLANKS}\u0301\u200b\ufeff🎈") | st.characters(), max_size=60)


@given(TEXTS, st.integers(0, 9))
def test_tokens_are_what_blanks_divide(text: str, at: int) -> None:
    starts, ends, tokens = find_tokens(text, at=at)
    assert tokens == [text[start - at : end - at] for start, end in zip(starts, ends, strict=True)] == text.split()


def test_every_blank_is_known() -> None:
    assert sorted(OTHER_BLANKS) == [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace() and chr(code) != " "]
