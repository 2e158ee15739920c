"""The figures of a set: what it holds by type, how long and how nested its spans are, the roles filled, how all sits on words, whose it is.

Every figure is a sum over documents, so that those of a part and of the whole come from the same additions.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from annotator.core.document import Document
from annotator.core.model import STATUSES, Annotation, Event, extent
from annotator.core.schema import Schema
from annotator.core.text import Span
from annotator.core.words import Edges
from annotator.formats.cutting import LONG_LINE
from annotator.segment.sentences import sentences

SPANNED = ("entities", "triggers")
# Layer (`SPANNED`), type, and the text as it is read: composed, blanks alike, syllables apart.
Surface = tuple[str, str, str]
MODEL = "model:"
Counted = TypeVar("Counted")


@dataclass(slots=True)
class Filled:
    """How many events there are of a type, in how many of them each role has a filler, and how many fillers that are."""

    events: int = 0
    roles: Counter[str] = field(default_factory=Counter)
    fillers: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Shape:
    """An annotation as the figures see it.

    `length` is in words, a word that is touched counted; `depth` 1 lies in no other entity (0: a trigger); `bad_edges` counts the edges of
    its fragments that lie inside a word, of which `word` is the first.
    """

    item: Annotation
    surface: str
    length: int
    bad_edges: int
    word: str
    depth: int
    crosses: bool

    @property
    def layer(self) -> str:
        return "triggers" if isinstance(self.item, Event) else "entities"


@dataclass(slots=True)
class Figures:
    """Sums over documents.

    `sentences` are lines with words in them, those of more than `LONG_LINE` words split. `lengths` are in words, a word that is touched
    counted. `depths` count the entities by how many lie one in the other (1: in none), `crossing` those that begin inside another one and
    end outside it, `fragments` the annotations in several. `at_words` and `cut` count entities and triggers whose edges are all edges of
    words, and the others; `cut_types` the latter by layer and type, `cut_surfaces` by surface and the word that is cut. `problems`, by
    severity, are whoever's who checked the documents.
    """

    documents: int = 0
    characters: int = 0
    sentences: int = 0
    words: int = 0
    status: Counter[str] = field(default_factory=Counter)
    entities: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    origins: Counter[str] = field(default_factory=Counter)
    lengths: dict[str, Counter[int]] = field(default_factory=lambda: {layer: Counter() for layer in SPANNED})
    depths: Counter[int] = field(default_factory=Counter)
    crossing: int = 0
    fragments: Counter[str] = field(default_factory=Counter)
    filled: dict[str, Filled] = field(default_factory=dict)
    at_words: int = 0
    cut: int = 0
    cut_types: Counter[tuple[str, str]] = field(default_factory=Counter)
    cut_surfaces: Counter[tuple[Surface, str]] = field(default_factory=Counter)
    surfaces: Counter[Surface] = field(default_factory=Counter)
    annotators: dict[str, Counter[str]] = field(default_factory=dict)
    problems: Counter[str] = field(default_factory=Counter)

    @property
    def annotations(self) -> int:
        """Entities and events."""
        return self.entities.total() + self.events.total()

    @property
    def suggestions(self) -> int:
        """How many of them a model proposed and nobody confirmed."""
        return sum(number for origin, number in self.origins.items() if origin.startswith(MODEL))

    def add(self, document: Document, schema: Schema) -> list[Shape]:
        """Count a document; its annotations as they were counted."""
        words = document.words.edges()
        self.documents += 1
        self.characters += len(document.text)
        self.words += len(words.starts)
        held = enumerate(pairwise((0, *words.line_ends)))
        self.sentences += sum(_sentences(document, line, words=last - first) for line, (first, last) in held if first < last)
        self.status[document.field("status")] += 1
        self.entities.update(item.type for item in document.entities.values())
        self.events.update(item.type for item in document.events.values())
        self.relations.update(item.type for item in document.relations.values())
        shapes = shapes_of(document)
        for shape in shapes:
            self._add_shape(shape)
            self._add_surface(shape)
        self._add_roles(document.events.values(), schema)
        annotator = self.annotators.setdefault(document.field("annotator"), Counter())
        annotator.update(documents=1, entities=len(document.entities), events=len(document.events))
        annotator.update(arguments=sum(len(event.arguments) for event in document.events.values()))
        return shapes

    def add_written(self, document: Document, schema: Schema, *, without: Container[str]) -> None:
        """Count the annotations of a document that went into a set, for those who are told of no text: without the ids `without`, the
        arguments that they fill and the relations that they are an end of.
        """
        self.documents += 1
        entities = [item for item in document.entities.values() if item.id not in without]
        events = [item for item in document.events.values() if item.id not in without]
        _count(self.entities, [item.type for item in entities])
        _count(self.events, [item.type for item in events])
        _count(
            self.relations,
            [item.type for item in document.relations.values() if item.source not in without and item.target not in without],
        )
        for depth, crosses in _nests((item.id, extent(item)) for item in entities).values():
            self.depths[depth] += 1
            self.crossing += crosses
        self._add_places(document, "entities", entities)
        self._add_places(document, "triggers", events)
        self._add_roles(events, schema, without=without)

    def merge(self, other: Figures) -> None:
        """Add the sums of other documents."""
        for name in ("documents", "characters", "sentences", "words", "crossing", "at_words", "cut"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in (
            "status", "entities", "events", "roles", "relations", "origins", "depths", "fragments", "cut_types", "cut_surfaces", "surfaces",
            "problems",
        ):  # fmt: skip
            getattr(self, name).update(getattr(other, name))
        for layer, lengths in other.lengths.items():
            self.lengths[layer].update(lengths)
        for annotator, counts in other.annotators.items():
            self.annotators.setdefault(annotator, Counter()).update(counts)
        for kind, filled in other.filled.items():
            held = self.filled.setdefault(kind, Filled())
            held.events += filled.events
            held.roles.update(filled.roles)
            held.fillers.update(filled.fillers)

    def by_surface(self) -> dict[tuple[str, str], Counter[str]]:
        """The types of each surface, by layer and surface."""
        found: dict[tuple[str, str], Counter[str]] = {}
        for (layer, kind, surface), number in self.surfaces.items():
            found.setdefault((layer, surface), Counter())[kind] += number
        return found

    def ambiguous(self) -> list[tuple[tuple[str, str], Counter[str]]]:
        """Surfaces with more than one type, those first that have the most besides their commonest."""
        several = [(place, types) for place, types in self.by_surface().items() if len(types) > 1]
        return sorted(several, key=lambda held: (max(held[1].values()) - held[1].total(), -held[1].total(), held[0]))

    def worst_cuts(self) -> list[tuple[Surface, str, int]]:
        """Surface, word that is cut and how often, the commonest first."""
        return [(*pair, number) for pair, number in sorted(self.cut_surfaces.items(), key=lambda held: (-held[1], held[0]))]

    def ranked_filled(self) -> list[tuple[str, Filled]]:
        """Event types with their roles, the commonest first."""
        return sorted(self.filled.items(), key=lambda pair: (-pair[1].events, pair[0]))

    def as_json(self) -> dict[str, object]:
        tables = {"entities": self.entities, "events": self.events, "roles": self.roles, "relations": self.relations}
        fragments = {layer: self.fragments[layer] for layer in self.lengths}
        return {
            "documents": self.documents,
            "characters": self.characters,
            "sentences": self.sentences,
            "words": self.words,
            "status": {name: self.status[name] for name in STATUSES},
            **{name: {"total": table.total(), "by_type": dict(ranked(table))} for name, table in tables.items()},
            "origins": dict(ranked(self.origins)),
            "lengths": {layer: _by_number(table) for layer, table in self.lengths.items()},
            "nesting": {"depths": _by_number(self.depths), "crossing": self.crossing, "fragments": fragments},
            "filled": {
                name: {"events": held.events, "roles": dict(held.roles), "fillers": dict(held.fillers)}
                for name, held in self.ranked_filled()
            },
            "edges": {"at_words": self.at_words, "cut": self.cut},
            "suggestions": self.suggestions,
            "annotators": {name: dict(self.annotators[name]) for name in sorted(self.annotators)},
        }

    def _add_shape(self, shape: Shape) -> None:
        item, layer = shape.item, shape.layer
        self.lengths[layer][shape.length] += 1
        self.at_words += not shape.bad_edges
        self.cut += bool(shape.bad_edges)
        if shape.bad_edges:
            self.cut_types[layer, item.type] += 1
        if shape.depth:
            self.depths[shape.depth] += 1
        self.crossing += shape.crosses
        self.fragments[layer] += len(item.spans) > 1
        self.origins[item.origin] += 1

    def _add_places(self, document: Document, layer: str, items: Sequence[Annotation]) -> None:
        """Count where annotations of a layer (`SPANNED`) lie on words."""
        words = document.words.edges()
        found = [_on_words(document, item, words) for item in items]
        _count(self.lengths[layer], [length for length, _, _ in found])
        cut = [item.type for item, (_, bad_edges, _) in zip(items, found, strict=True) if bad_edges]
        self.cut += len(cut)
        self.at_words += len(found) - len(cut)
        _count(self.cut_types, [(layer, kind) for kind in cut])
        self.fragments[layer] += sum([len(item.spans) > 1 for item in items])
        _count(self.origins, [item.origin for item in items])

    def _add_surface(self, shape: Shape) -> None:
        named = shape.layer, shape.item.type, shape.surface
        self.surfaces[named] += 1
        if shape.bad_edges:
            self.cut_surfaces[named, shape.word] += 1

    def _add_roles(self, events: Collection[Event], schema: Schema, *, without: Container[str] = ()) -> None:
        for name in dict.fromkeys([event.type for event in events]):
            held, known = self.filled.get(name), schema.event(name)
            if held is None:
                held = self.filled[name] = Filled()
            # Roles that nobody fills are what one looks for here; articles may differ in their schema.
            for item in known.roles if known else ():
                held.roles.setdefault(item.role, 0)
        for event in events:
            filled = self.filled[event.type]
            filled.events += 1
            met: set[str] = set()
            for argument in event.arguments:
                if argument.target in without:
                    continue
                role = argument.role
                filled.fillers[role] = filled.fillers.get(role, 0) + 1
                self.roles[role] = self.roles.get(role, 0) + 1
                if role not in met:
                    met.add(role)
                    filled.roles[role] += 1


def _count(table: Counter[Counted], values: Iterable[Counted]) -> None:
    """As `Counter.update`, which takes longer to find out what it is given than to count the few annotations of one document."""
    for value in values:
        table[value] = table.get(value, 0) + 1


def add_figures(found: Iterable[Figures]) -> Figures:
    """The sums of several."""
    whole = Figures()
    for figures in found:
        whole.merge(figures)
    return whole


def shapes_of(document: Document) -> list[Shape]:
    """The entities and events of a document, in reading order, as the figures see them."""
    nests = _nests((item.id, extent(item)) for item in document.entities.values())
    return [_shape(document, item, *nests.get(item.id, (0, False))) for item in document.annotations()]


def read_surface(document: Document, item: Annotation) -> str:
    """The text of an annotation as it is read: composed, blanks alike, in segmented text the syllables apart."""
    text = unicodedata.normalize("NFC", document.text.surface(item.spans))
    return " ".join((text.replace("_", " ") if document.is_segmented else text).split())


def ranked(table: Counter[str]) -> list[tuple[str, int]]:
    """Names and counts, the commonest first, equals by name."""
    return sorted(table.items(), key=lambda pair: (-pair[1], pair[0]))


def _shape(document: Document, item: Annotation, depth: int, crosses: bool) -> Shape:
    return Shape(item, read_surface(document, item), *_on_words(document, item, document.words.edges()), depth, crosses)


def _on_words(document: Document, item: Annotation, words: Edges) -> tuple[int, int, str]:
    """How many words an annotation touches, how many edges of its fragments lie inside a word, and the first such word."""
    starts, ends, *_ = words
    if len(item.spans) == 1:
        start, end = item.spans[0]
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        if first < last and starts[first] == start and ends[last - 1] == end:
            # As most do: it begins and ends where words do.
            return last - first, 0, ""
    touched: set[int] = set()
    bad: list[int | None] = []
    for start, end in item.spans:
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        touched.update(range(first, last))
        if first >= last or starts[first] != start:
            bad.append(first if first < last else None)
        if first < last and ends[last - 1] != end:
            bad.append(last - 1)
    word = next((document.text.content[starts[held] : ends[held]] for held in bad if held is not None), "")
    return len(touched), len(bad), word


def _nests(entities: Iterable[tuple[str, Span]]) -> dict[str, tuple[int, bool]]:
    """For each entity how many it lies in, itself counted, and whether it crosses another."""
    found: dict[str, tuple[int, bool]] = {}
    open_ends: list[int] = []
    for start, minus_end, _, name in sorted([(start, -end, rank, name) for rank, (name, (start, end)) in enumerate(entities)]):
        end = -minus_end
        open_ends = [held for held in open_ends if held > start]
        # Most lie in no other.
        found[name] = (1 + sum(held >= end for held in open_ends), any(held < end for held in open_ends)) if open_ends else (1, False)
        open_ends.append(end)
    return found


def _sentences(document: Document, line: int, *, words: int) -> int:
    if words <= LONG_LINE:
        return 1
    return len(sentences(document.text.content[slice(*document.text.line_span(line))]))


def _by_number(table: Counter[int]) -> dict[str, int]:
    return {str(number): table[number] for number in sorted(table)}
