"""How a text is cut into blocks and where each stands: laws against the plain way of doing it."""

from __future__ import annotations

from itertools import accumulate

import regex
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.core.text import Text
from annotator.gui.canvas.blocks import LONGEST, Heights, cut_blocks
from tests.strategies import texts

heights = st.lists(st.integers(0, 400).map(float), min_size=1, max_size=60)


@given(heights, st.lists(st.tuples(st.integers(0, 999), st.integers(0, 400).map(float)), max_size=30))
def test_heights_are_a_plain_list(start: list[float], changes: list[tuple[int, float]]) -> None:
    held, plain = Heights(start), list(start)
    for where, height in changes:
        number = where % len(plain)
        assert held.set_height(number, height) == height - plain[number]
        plain[number] = height
    tops = [0.0, *accumulate(plain)]
    assert len(held) == len(plain) and held.total == tops[-1]
    assert [held.top(number) for number in range(len(plain) + 1)] == tops
    assert [held.height(number) for number in range(len(plain))] == plain


@given(heights, st.integers(0, 30_000))
def test_the_block_at_a_height_holds_it(start: list[float], at: int) -> None:
    held = Heights(start)
    number = held.block_at(float(at))
    if at >= held.total:
        assert number == len(start) - 1
    else:
        assert held.top(number) <= at < held.top(number + 1)


def long_texts() -> st.SearchStrategy[str]:
    """Lines around and far over the longest block: sentences, words, letters without a blank, graphemes of many code points."""
    piece = st.sampled_from(
        ("Ông Nam về Huế. ", "từ ", "x" * 400, "👨‍👩‍👧‍👦", "e\u0302\u0301", "\u0301" * 9, "🇻🇳" * 5, "a\u2028", "\r\n", "\n", "?! ", "” ")
    )
    return st.lists(st.tuples(piece, st.integers(1, 200)), max_size=4).map(lambda parts: "".join(text * times for text, times in parts))


@given(st.one_of(texts(), long_texts()))
@example("x" * 4000)
@example("\u0301" * 4000)
@example("🇻🇳" * 2000)
@example("")
@example("\n\n")
def test_blocks_rebuild_the_text_and_cut_no_character(content: str) -> None:
    text = Text(content)
    blocks = cut_blocks(text)
    rebuilt, at = [], 0
    for start, end in blocks:
        # Between two blocks there is nothing, or the line break.
        assert start == at or (start == at + 1 and content[at] == "\n")
        rebuilt.append(content[at:end])
        at = end
    assert "".join(rebuilt) == content and at == len(content)
    edges = {found.end() for found in regex.finditer(r"\X", content)}
    # A thousand code points without two plain letters side by side are nothing that anybody reads: there a cut may miss, but is made.
    endless = regex.search(r"[^ -\u02ff\u1e00-\u1eff\n]{1000}", content) is not None
    for start, end in blocks:
        assert "\n" not in content[start:end] and end - start <= LONGEST
        assert end in edges or content[end : end + 1] == "\n" or end == 0 or endless


@given(long_texts())
def test_every_line_begins_a_block(content: str) -> None:
    text = Text(content)
    starts = {start for start, _ in cut_blocks(text)}
    assert set(text.line_starts) <= starts
