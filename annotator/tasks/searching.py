"""Searching a corpus: article by article, the hits with the text around them. Sidecars are not read, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from annotator.core.errors import AnnotatorError
from annotator.core.search import Folded, Folding, Query, Search
from annotator.core.text import Span, Text
from annotator.store.corpus import Corpus
from annotator.store.files import read_source
from annotator.tasks import Progress, unheard

AROUND: Final = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that was found (code points), its line (from 0) and the text of it and around it, on one line each."""

    span: Span
    line: int
    before: str
    surface: str
    behind: str


@dataclass(frozen=True, slots=True)
class Searched:
    """An article with what was found there, or why it could not be read."""

    path: Path
    hits: tuple[Hit, ...] = ()
    problem: AnnotatorError | None = None


def search_corpus(corpus: Corpus, query: Query, *, progress: Progress = unheard) -> Iterator[Searched]:
    """The articles in the order of the corpus that hold `query`, and those that cannot be read, as they are come to.

    Raises AnnotatorError as `Search` and `Search.spans` do, and what `progress` raises to stop.
    """
    search = Search(query)
    for path in each_article(corpus, progress):
        try:
            text = Text(read_source(path)[1])
        except AnnotatorError as problem:
            yield Searched(path, problem=problem)
            continue
        hits = tuple(hit(text, span) for span in search.spans(search.fold(text)))
        if hits:
            yield Searched(path, hits)


def each_article(corpus: Corpus, progress: Progress) -> Iterator[Path]:
    """The articles of a corpus, of which `progress` is told."""
    progress(0, 0)
    articles = list(corpus.articles())
    for number, path in enumerate(articles):
        progress(number, len(articles))
        yield path


def hit(text: Text, span: Span) -> Hit:
    """A place with what stands around it in its line."""
    start, end = span
    line = text.line_at(start)
    first, last = text.line_span(line)
    begin = text.widen_to_graphemes(max(first, start - AROUND), start)[0]
    finish = text.widen_to_graphemes(end, min(max(last, end), end + AROUND))[1]
    before = ("…" if begin > first else "") + _on_one_line(text.content[begin:start])
    behind = _on_one_line(text.content[end:finish]) + ("…" if finish < last else "")
    return Hit(span, line, before.lstrip(), _on_one_line(text.content[start:end]), behind.rstrip())


class Finder:
    """Searches one text again and again, as one types: what a folding needs is made once."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._folded: dict[Folding, Folded] = {}

    def prepare(self) -> Iterator[object]:
        """Do what the first search needs, and give nothing."""
        self.find(Query("0"))
        yield from ()

    def find(self, query: Query) -> list[Span]:
        """The hits of `query`. Raises AnnotatorError as `Search` and `Search.spans` do."""
        search = Search(query)
        folded = self._folded.get(search.folding)
        if folded is None:
            folded = self._folded[search.folding] = search.fold(self._text)
        return list(search.spans(folded))


def _on_one_line(text: str) -> str:
    return "".join(" " if one in "\r\n\t\v\f\x85\u2028\u2029" else one for one in text)
