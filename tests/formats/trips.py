"""Round trips: what a format's account says is compared, annotation by annotation, with what is found in the file.

What was written whole has to be found again with its type, its very place and its roles; what was changed, changed as was said; what was
left out is not there, and nothing else is.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

from annotator.core.document import Document
from annotator.core.model import Annotation, Argument, Event, extent
from annotator.core.schema import Schema
from annotator.core.text import Span, Spans
from annotator.formats.account import COUNTED, Account, CountedLayer, Counts
from annotator.formats.brat_names import Names
from annotator.formats.labels import labels_json, widen_schema
from annotator.formats.table import FORMATS, ExportOptions, Rendered, Unit, joiner, writer
from tests.formats.found import Argument as Filled
from tests.formats.found import Found, Mention, Relation, find, quotations

Key = TypeVar("Key", bound=Hashable)
_RUN = re.compile(r"\s+|\S+")

# What an account may say of an annotation that is in the file all the same; everything else it says is a reason why one is not.
CHANGES = frozenset({
    "attribute-changed", "blank-trimmed", "fragments-joined", "fragments-merged", "layer-not-told", "line-break-at-edge",
    "line-break-inside", "not-in-ents", "not-in-tags", "note-changed", "place-not-unique", "quotation-not-unique", "role-mapped",
    "role-number-lost", "role-renamed", "split-word", "text-respelled", "trigger-merged", "trigger-widened", "type-mapped",
    "type-renamed", "widened-to-trigger", "widened-to-word",
})  # fmt: skip
# The formats with tags beside the spans.
TAGGED = frozenset({"hf-jsonl", "hf-parquet"})
# Of these the file says all, but not in what is flat: tags, or `doc.ents`.
OVERLAPPED = frozenset({"not-in-ents", "not-in-tags"})
WIDENED = frozenset({"trigger-widened", "widened-to-trigger"})
# The formats that keep every fragment of an annotation.
FRAGMENTS = frozenset({"brat", "jsonl"})
# The formats that say where a filler is and not what it is.
PLACE_ONLY = frozenset({"omnievent", "argument-bio", "spacy"})
# What our readers say of a file that is as it should be.
REMARKS = frozenset({"read-as-utf-16"})


@dataclass(frozen=True)
class Sent:
    """An article of a set, with the account of it, and where it begins among all articles."""

    document: Document
    account: Account
    base: int = 0


def trip(name: str, document: Document, schema: Schema, options: ExportOptions) -> tuple[Account, Found]:
    """A document written as a set of its own and read back."""
    rendered = writer(name)(document, schema, options)
    with tempfile.TemporaryDirectory() as place:
        how = lay_out(name, document, rendered, Path(place), schema)
        return rendered.account, find(how, Path(place), schema, rendered.tokens or (), is_segmented=document.is_segmented)


def lay_out(name: str, document: Document, rendered: Rendered, folder: Path, schema: Schema) -> str:
    """Write the files of a set of one document; who is to read them. Of a format that needs a library the records."""
    join = joiner(name)
    types = {item.type for item in document.entities.values()}
    schema = widen_schema(schema, met={"entities": types, "events": (), "roles": (), "relations": ()})
    for suffix, data in rendered.files:
        if name == "spacy":
            (folder / "all.records").write_bytes(data)
            return "spacy records"
        (folder / f"article{suffix}").write_bytes(b"".join(join((data,), schema)) if join else data)
    if name in TAGGED:
        (folder / "labels.json").write_bytes(labels_json(schema, scheme="iob2"))
    return name


def check(name: str, sent: Sequence[Sent], found: Found, schema: Schema, *, unit: Unit = "word") -> None:
    """See that a file holds what the losses of each article say. Raises AssertionError."""
    problems = Counter(problem.split(" ", 1)[0] for problem in found.problems)
    ruler = Ruler(held.document for held in sent)
    wanted, exact = Found(), Found()
    for held in sent:
        _Wanted(name, held, schema, unit, wanted, exact).gather(ruler)
    assert ruler.mentions(found.mentions) == wanted.mentions
    arguments = ruler.arguments(found.arguments)
    # A relation that is taken for an argument may have an event fill itself: that one the reader names.
    untold = any("layer-not-told" in Told(held.account).all for held in sent)
    circles = problems["argument-in-circle"] if untold else 0
    assert arguments <= wanted.arguments and (wanted.arguments - arguments).total() == circles
    assert {what for what in problems if what not in REMARKS} <= ({"argument-in-circle"} if circles else set())
    assert ruler.relations(found.relations) == wanted.relations
    assert exact.mentions <= found.mentions
    if name in (*TAGGED, "spacy"):
        assert ruler.mentions(found.tagged) == wanted.tagged


class Ruler:
    """Places by the letters before them, so that blanks and joints at an edge do not count: in segmented text an ``_`` among letters."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._rank = [*accumulate((counts for document in documents for counts in _counted(document)), initial=0)]

    def place(self, spans: Spans) -> Spans:
        return tuple((self._rank[start], self._rank[end]) for start, end in spans)

    def mentions(self, held: Counter[Mention]) -> Counter[Mention]:
        return _summed(((layer, kind, self.place(spans)), number) for (layer, kind, spans), number in held.items())

    def arguments(self, held: Counter[Filled]) -> Counter[Filled]:
        return _summed(
            ((kind, self.place(at), role, self.place(to), filler), number) for (kind, at, role, to, filler), number in held.items()
        )

    def relations(self, held: Counter[Relation]) -> Counter[Relation]:
        return _summed(((kind, self.place(at), self.place(to)), number) for (kind, at, to), number in held.items())


def _counted(document: Document) -> Iterator[bool]:
    """Of each character of a text whether it is a letter of a token."""
    content = document.text.content
    # A BOM at the start of a file belongs to no token.
    for token in _RUN.findall(f" {content[1:]}" if content.startswith("\ufeff") else content):
        is_joined = document.is_segmented and not set(token) <= {"_"}
        yield from (not (letter.isspace() or (is_joined and letter == "_")) for letter in token)


def _summed(pairs: Iterable[tuple[Key, int]]) -> Counter[Key]:
    found: Counter[Key] = Counter()
    for key, number in pairs:
        found[key] += number
    return found


class Told:
    """What an account says, by annotation: what was left out, and what was changed in which way."""

    def __init__(self, account: Account) -> None:
        self.left: set[str] = set()
        self.changes: dict[str, set[str]] = {}
        self.arguments_left: Counter[tuple[str, str]] = Counter()
        self.argument_changes: dict[tuple[str, str], Counter[str]] = {}
        for loss in account.losses:
            key = (loss.id, loss.detail)
            if loss.what in CHANGES:
                if loss.detail:
                    self.argument_changes.setdefault(key, Counter())[loss.what] += 1
                else:
                    self.changes.setdefault(loss.id, set()).add(loss.what)
            elif loss.detail:
                self.arguments_left[key] += 1
            else:
                self.left.add(loss.id)

    @property
    def all(self) -> set[str]:
        """Every change that is told of."""
        return set().union(*self.changes.values(), *self.argument_changes.values())

    def counts(self, document: Document) -> dict[CountedLayer, Counts]:
        """What the losses and the document make the counts of each layer."""
        layers: tuple[tuple[CountedLayer, set[str]], ...] = (
            ("entities", {*document.entities}), ("events", {*document.events}), ("relations", {*document.relations}),
        )  # fmt: skip
        found = {}
        for layer, ids in layers:
            left, changed = len(ids & self.left), len((self.changes.keys() & ids) - self.left)
            found[layer] = Counts(len(ids) - left - changed, changed, left)
        arguments = sum(len(event.arguments) for event in document.events.values())
        left, changed = self.arguments_left.total(), sum(max(held.values()) for held in self.argument_changes.values())
        found["arguments"] = Counts(arguments - left - changed, changed, left)
        return found


def balance(sent: Sequence[Sent], account: Account) -> None:
    """See that the counts of each layer are those of the articles and their losses."""
    held = [Told(article.account).counts(article.document) for article in sent]
    for layer in COUNTED:
        assert account.layers[layer] == sum((counts[layer] for counts in held), Counts()), layer


class _Wanted:
    """What has to be in the file of one document: by `ruler`, and of what was written whole the very places."""

    def __init__(self, name: str, sent: Sent, schema: Schema, unit: Unit, wanted: Found, exact: Found) -> None:
        self._name, self._sent, self._unit = name, sent, unit
        self._document, self._wanted, self._exact = sent.document, wanted, exact
        self._told = Told(sent.account)
        # One set of names writes, another reads: what no schema knows comes back as it was written.
        self._names, self._meant = Names(schema), Names(schema)

    def gather(self, ruler: Ruler) -> None:
        document, told = self._document, self._told
        self._blocks = self._merged(ruler) if self._name == "dygiepp" else []
        places = {item.id: self._place(item, ruler) for item in document.annotations()}
        self._began = {item.id: ruler.place(self._shifted((self._extent(item),)))[0] for item in document.annotations()}
        for item in document.annotations():
            if item.id not in told.left:
                layer = self._layer(item)
                self._wanted.mentions[layer, self._type(item), places[item.id]] += 1
                if layer == "entities" and OVERLAPPED.isdisjoint(told.changes.get(item.id, ())):
                    # A tag has no blanks in it.
                    kind = "_".join(item.type.split()) if self._name in TAGGED else item.type
                    self._wanted.tagged[layer, kind, places[item.id]] += 1
                if item.id not in told.changes:
                    self._exact.mentions[layer, item.type, self._shifted(item.spans)] += 1
        for event in document.events.values():
            for argument in self._kept(event):
                changes = told.argument_changes.get((event.id, f"{argument.role} {argument.target}"), Counter())
                self._link(
                    event,
                    self._role(event, argument),
                    places,
                    argument.target,
                    is_role="layer-not-told" not in changes,
                    is_first="place-not-unique" in changes,
                )
        for relation in document.relations.values():
            source = document.annotation(relation.source)
            if relation.id not in told.left and source is not None:
                kind, untold = self._back(relation.type, relation.id), "layer-not-told" in told.changes.get(relation.id, ())
                self._link(source, kind, places, relation.target, is_role=untold, is_first=False)

    def _link(self, source: Annotation, label: str, places: dict[str, Spans], target: str, *, is_role: bool, is_first: bool) -> None:
        if is_role:
            filler = self._document.annotation(self._first(places, target) if is_first else target)
            kind = self._type(filler) if filler is not None and self._name not in PLACE_ONLY else ""
            self._wanted.arguments[self._type(source), places[source.id], label, places[target], kind] += 1
        else:
            self._wanted.relations[label, places[source.id], places[target]] += 1

    def _first(self, places: dict[str, Spans], target: str) -> str:
        """Of the entities at one place the one that is written first."""
        entities = self._document.entities.values()
        held = [item.id for item in entities if item.id not in self._told.left and places[item.id] == places[target]]
        return min(held, key=lambda identifier: (self._began[identifier][0], -self._began[identifier][1]))

    def _layer(self, item: Annotation) -> str:
        """The layer in which an item is read back."""
        layers = ["entities", "events"]
        is_event = (item.id in self._document.events) != ("layer-not-told" in self._told.changes.get(item.id, ()))
        return layers[is_event]

    def _kept(self, event: Event) -> Iterator[Argument]:
        """The arguments that were written: of those with one role and one filler as many as were not left out."""
        held = Counter(event.arguments)
        for argument, number in held.items():
            for _ in range(number - self._told.arguments_left[event.id, f"{argument.role} {argument.target}"]):
                yield argument

    def _type(self, item: Annotation) -> str:
        return self._back(item.type, item.id)

    def _back(self, name: str, identifier: str) -> str:
        if self._name.startswith("hf-"):
            return name
        if self._name == "brat":
            return self._meant.meant(self._names.written(name))
        return "_".join(name.split()) if "type-renamed" in self._told.changes.get(identifier, ()) else name

    def _role(self, event: Event, argument: Argument) -> str:
        if self._name == "brat":
            return self._meant.meant_role(self._names.written_role(argument.role, number=1))
        changes = self._told.argument_changes.get((event.id, f"{argument.role} {argument.target}"), ())
        return "_".join(argument.role.split()) if "type-renamed" in changes else argument.role

    def _place(self, item: Annotation, ruler: Ruler) -> Spans:
        changes = self._told.changes.get(item.id, set())
        spans = item.spans if self._name in FRAGMENTS else (extent(item),)
        if "widened-to-word" in changes or (self._unit == "word-whole" and item.id in self._told.left):
            spans = (self._words(spans[0]),)
        place = ruler.place(self._shifted(spans))
        for start, end in self._blocks if WIDENED & changes or item.id in self._told.left else ():
            if place[0][0] < end and start < place[0][1]:
                place = ((min(start, place[0][0]), max(end, place[0][1])),)
        return place

    def _extent(self, item: Annotation) -> Span:
        return self._words(extent(item)) if self._unit == "word-whole" else extent(item)

    def _shifted(self, spans: Spans) -> Spans:
        return tuple((self._sent.base + start, self._sent.base + end) for start, end in spans)

    def _words(self, span: Span) -> Span:
        """From the first to the last word that a stretch shares a character with."""
        words = [word for line in self._document.words.lines() for word in line if word[0] < span[1] and span[0] < word[1]]
        return min([span[0], *(start for start, _ in words)]), max([span[1], *(end for _, end in words)])

    def _merged(self, ruler: Ruler) -> list[Span]:
        """Triggers that overlap, taken together, by letters."""
        blocks: list[Span] = []
        for event in self._document.events.values():
            if event.id in self._told.left:
                continue
            span = extent(event)
            if "widened-to-word" in self._told.changes.get(event.id, ()):
                span = self._words(span)
            blocks += ruler.place(self._shifted((span,)))
        found: list[Span] = []
        for start, end in sorted(blocks):
            if found and start < found[-1][1]:
                found[-1] = found[-1][0], max(end, found[-1][1])
            else:
                found.append((start, end))
        return found


def check_quotations(folder: Path, sent: Sequence[Sent]) -> None:
    """See that conversations quote what the accounts say, and what is whole so that it can be found again."""
    for (user, answer), held in zip(quotations(folder), sent, strict=True):
        document, told = held.document, Told(held.account)
        content = document.text.content
        assert content in user

        def text(identifier: str, document: Document = document) -> str:
            item = document.annotation(identifier)
            assert item is not None
            return document.text.content[slice(*extent(item))]

        entities = Counter((item.type, text(item.id)) for item in document.entities.values() if item.id not in told.left)
        assert Counter((row["type"], row["text"]) for row in answer["entities"]) == entities
        events = Counter(
            (event.type, text(event.id), *sorted((argument.role, text(argument.target)) for argument in event.arguments))
            for event in document.events.values()
            if event.id not in told.left
        )
        assert events == Counter(
            (row["type"], row["trigger"], *sorted((argument["role"], argument["text"]) for argument in row["arguments"]))
            for row in answer["events"]
        )
        for item in document.annotations():
            if item.id not in told.changes:
                assert content.find(text(item.id)) == content.rfind(text(item.id)) == item.spans[0][0]


TRIPS = [row.name for row in FORMATS.values() if row.writes and row.name != "chat"]
