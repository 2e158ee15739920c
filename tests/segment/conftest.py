"""pyvi itself as the judge, imported once: the words that it gives a line, carried back to the line by a slow and simple way of our own."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from itertools import pairwise
from unicodedata import normalize

import pytest

from annotator.core.text import Span
from annotator.segment import Segmenter, default_segmenter

Judge = Callable[[str], list[Span]]


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    return default_segmenter()


@pytest.fixture(scope="session")
def tokenize() -> Callable[[str], str]:
    """``ViTokenizer.tokenize`` of the installed pyvi."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyvi import ViTokenizer
    judge: Callable[[str], str] = ViTokenizer.tokenize
    return judge


@pytest.fixture(scope="session")
def pyvi_words(tokenize: Callable[[str], str]) -> Judge:
    """The spans of pyvi's words in a line; a border that no position of the line corresponds to is left out."""
    from pyvi.ViTokenizer import ViTokenizer

    def words(line: str) -> list[Span]:
        composed, tokens = ViTokenizer.sylabelize(line)
        if not tokens:
            return []
        sources = source_positions(line, composed)
        spans: list[Span] = []
        for start, end in word_spans(composed, tokens, tokenize(line).split(" ")):
            begin = sources[start] if start in sources else spans.pop()[0]
            spans.append((begin, sources.get(end, -1)))
        return spans

    return words


def source_positions(line: str, composed: str) -> dict[int, int]:
    """Position in the NFC form → position in the line, for the positions at which the line can be cut without changing its NFC form."""
    if line == composed:
        return {position: position for position in range(len(line) + 1)}
    positions = {}
    for cut in range(len(line) + 1):
        left = normalize("NFC", line[:cut])
        if left + normalize("NFC", line[cut:]) == composed:
            positions[len(left)] = cut
    return positions


def word_spans(composed: str, tokens: list[str], words: list[str]) -> list[Span]:
    """Where pyvi's words stand in the NFC text: its tokens follow one another, a word is some of them with ``_`` between."""
    edges: list[Span] = []
    at = 0
    for token in tokens:
        at = composed.index(token, at)
        edges.append((at, at + len(token)))
        at += len(token)
    assert not "".join(composed[end:start] for (_, end), (start, _) in pairwise(edges)).strip()
    spans: list[Span] = []
    first = 0
    for word in words:
        last = first
        spelt = tokens[first]
        while spelt != word:
            last += 1
            spelt += "_" + tokens[last]
        spans.append((edges[first][0], edges[last][1]))
        first = last + 1
    assert first == len(tokens)
    return spans
