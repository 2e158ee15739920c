"""Where what was counted stands: each figure of a set can be followed to its annotations or articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.model import Event, extent
from annotator.core.text import Span, Text
from annotator.store.files import digest, read_source
from annotator.tasks import Progress
from annotator.tasks.figures import Shape
from annotator.tasks.searching import Searched, hit

ARTICLES: Final = "articles"


@dataclass(frozen=True, slots=True)
class Counted:
    """An annotation, or (layer ``articles``, type its status) an article. `span` is its extent, `source` the article's hash."""

    path: Path
    source: str
    layer: str
    type: str
    id: str = ""
    span: Span = (0, 0)
    surface: str = ""
    length: int = 0
    depth: int = 0
    crosses: bool = False
    in_fragments: bool = False
    cuts: bool = False
    word: str = ""
    origin: str = ""
    annotator: str = ""
    roles: frozenset[str] = frozenset()


# What a row of figures stands for: names of attributes of `Counted`, or of a test below, and the value each must have.
Pick = tuple[tuple[str, object], ...]

_TESTS: Final[Mapping[str, Callable[[Counted, object], bool]]] = {
    "role": lambda item, role: role in item.roles,
    "annotation": lambda item, wanted: (item.layer != ARTICLES) == wanted,
    "longer": lambda item, length: isinstance(length, int) and item.length >= length,
}


def counted_of(path: Path, document: Document, shapes: Iterable[Shape]) -> Iterator[Counted]:
    """An article, and its annotations in reading order."""
    source, annotator = document.source.sha256, document.field("annotator")
    yield Counted(path, source, ARTICLES, document.field("status"), annotator=annotator)
    for shape in shapes:
        item = shape.item
        yield Counted(
            path,
            source,
            shape.layer,
            item.type,
            item.id,
            extent(item),
            shape.surface,
            shape.length,
            shape.depth,
            shape.crosses,
            len(item.spans) > 1,
            bool(shape.bad_edges),
            shape.word if shape.bad_edges else "",
            item.origin,
            annotator,
            frozenset(argument.role for argument in item.arguments) if isinstance(item, Event) else frozenset(),
        )


def pick_counted(places: Iterable[Counted], pick: Pick) -> list[Counted]:
    """Those that a row of figures counts, in the order of the corpus."""
    tests = [(_TESTS.get(name), name, value) for name, value in pick]
    return [item for item in places if all(test(item, value) if test else getattr(item, name) == value for test, name, value in tests)]


def show_counted(places: Sequence[Counted], progress: Progress) -> Iterator[tuple[Searched, list[Counted]]]:
    """Article by article the places with the text around them, and what each is; an article that has changed since comes with that problem.

    Of ``articles`` only the paths. Raises what `progress` raises to stop.
    """
    for number, (path, group) in enumerate(groupby(places, key=lambda item: item.path)):
        progress(number, 0)
        items = [item for item in group if item.layer != ARTICLES]
        try:
            yield Searched(path, tuple(hit(text, item.span) for text in _text(path, items) for item in items)), items
        except AnnotatorError as problem:
            yield Searched(path, problem=problem), []


def _text(path: Path, items: Sequence[Counted]) -> Iterator[Text]:
    """The text of an article, where any of its places are wanted."""
    if items:
        raw, content = read_source(path)[:2]
        if digest(raw) != items[0].source:
            raise AnnotatorError("source-changed", path=str(path))
        yield Text(content)
