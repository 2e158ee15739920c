"""What the annotations of a set look like: their lengths and nesting, the roles that are filled, how they sit on words, whose they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from annotator.core.document import Document
from annotator.core.model import Annotation, Event, extent
from annotator.core.schema import Schema
from annotator.core.text import Span


@dataclass(slots=True)
class Filled:
    """How many events there are of a type, and in how many of them each role has a filler."""

    events: int = 0
    roles: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Figures:
    """Counts over documents.

    `lengths` are in words, a word that is touched counted. `depths` count the entities by how many lie one in the other (1: in none),
    `crossing` those that begin inside another one and end outside it, `fragments` the annotations in several. `at_words` and `cut` count
    entities and triggers whose edges are all edges of words, and the others.
    """

    lengths: dict[str, Counter[int]] = field(default_factory=lambda: {"entities": Counter(), "triggers": Counter()})
    depths: Counter[int] = field(default_factory=Counter)
    crossing: int = 0
    fragments: Counter[str] = field(default_factory=Counter)
    filled: dict[str, Filled] = field(default_factory=dict)
    at_words: int = 0
    cut: int = 0
    suggestions: int = 0
    annotators: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, document: Document, schema: Schema) -> None:
        for item in document.annotations():
            self._add_place(document, item)
        self._add_nesting(sorted((extent(item) for item in document.entities.values()), key=lambda span: (span[0], -span[1])))
        for event in document.events.values():
            self._add_roles(event, schema)
        held = self.annotators.setdefault(document.field("annotator"), Counter())
        held.update(documents=1, entities=len(document.entities), events=len(document.events))
        held.update(arguments=sum(len(event.arguments) for event in document.events.values()))

    def as_json(self) -> dict[str, object]:
        fragments = {layer: self.fragments[layer] for layer in self.lengths}
        return {
            "lengths": {layer: _by_number(table) for layer, table in self.lengths.items()},
            "nesting": {"depths": _by_number(self.depths), "crossing": self.crossing, "fragments": fragments},
            "filled": {
                name: {"events": held.events, "roles": dict(held.roles)}
                for name, held in sorted(self.filled.items(), key=lambda pair: (-pair[1].events, pair[0]))
            },
            "edges": {"at_words": self.at_words, "cut": self.cut},
            "suggestions": self.suggestions,
            "annotators": {name: dict(self.annotators[name]) for name in sorted(self.annotators)},
        }

    def _add_place(self, document: Document, item: Annotation) -> None:
        words = [document.words.overlapping(start, end) for start, end in item.spans]
        touched = {word for held in words for word in held}
        layer = "triggers" if isinstance(item, Event) else "entities"
        self.lengths[layer][len(touched)] += 1
        is_whole = all(held and held[0][0] == span[0] and held[-1][1] == span[1] for held, span in zip(words, item.spans, strict=True))
        self.at_words += is_whole
        self.cut += not is_whole
        self.fragments[layer] += len(item.spans) > 1
        self.suggestions += item.origin.startswith("model:")

    def _add_nesting(self, spans: Iterable[Span]) -> None:
        """`spans` by start, the longer first."""
        open_ends: list[int] = []
        for start, end in spans:
            open_ends = [held for held in open_ends if held > start]
            self.depths[1 + sum(held >= end for held in open_ends)] += 1
            self.crossing += any(held < end for held in open_ends)
            open_ends.append(end)

    def _add_roles(self, event: Event, schema: Schema) -> None:
        held = self.filled.get(event.type)
        if held is None:
            known = schema.event(event.type)
            # Roles that nobody fills are what one looks for here.
            held = self.filled[event.type] = Filled(0, Counter({role.role: 0 for role in known.roles} if known else {}))
        held.events += 1
        held.roles.update({argument.role for argument in event.arguments})


def _by_number(table: Counter[int]) -> dict[str, int]:
    return {str(number): table[number] for number in sorted(table)}
