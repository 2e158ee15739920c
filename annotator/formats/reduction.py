"""What of a document is written: a copy is made without what is not wanted, under the names and in the spelling that are.

Writers know nothing of it. The copy remembers what was done, so that every account is about the document itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final, Literal, TypeVar, get_args

from annotator.core.commands import layer_of
from annotator.core.document import Document
from annotator.core.edits import Change, fill
from annotator.core.model import HUMAN, Annotation, Cluster, Entity, Event, Item, Relation
from annotator.core.schema import Schema
from annotator.core.text import Span, Spans, Text

from .account import CountedLayer, Key, Mark, Reduced, Trail
from .building import place
from .reduced_schema import Naming, Wording
from .spelling import Spelled, Spelling, spell
from .type_maps import ALL_TYPES, TypeMap

Origins = Literal["human", "all"]
Extents = Literal["whole", "head"]
Kept = TypeVar("Kept", bound=Item)
ORIGINS: Final[tuple[Origins, ...]] = get_args(Origins)
EXTENTS: Final[tuple[Extents, ...]] = get_args(Extents)


@dataclass(frozen=True, slots=True)
class Reduction:
    """The choices: only what a person made or confirmed, or what models proposed too; which types under which names, event types by the
    schema's names or by ACE's; whole mentions or their heads where one is marked; the spelling of the text.
    """

    origins: Origins = "human"
    types: TypeMap = ALL_TYPES
    names: Naming = "schema"
    extents: Extents = "whole"
    spelling: Spelling = "raw"


HUMAN_ONLY: Final = Reduction()
EVERYTHING: Final = Reduction("all")
_AS_IT_IS: Final = EVERYTHING.types, EVERYTHING.names, EVERYTHING.extents, EVERYTHING.spelling


def reduce_document(document: Document, schema: Schema, reduction: Reduction, *, joint: str = ".") -> Document:
    """A copy of `document` as it is to be written, or itself where nothing is to be done. `joint` stands in ACE's names of events."""
    if _is_plain(document, reduction):
        return document
    work = _Work(document, Wording(schema, reduction.types, naming=reduction.names, joint=joint), reduction)
    items = work.items()
    if not work.has_effect:
        return document
    return _copy(document, items, work.spelled, trail=work.trail())


def _is_plain(document: Document, reduction: Reduction) -> bool:
    """Whether nothing can be to do: most exports are of this kind, and going through the annotations would cost them a tenth."""
    if (reduction.types, reduction.names, reduction.extents, reduction.spelling) != _AS_IT_IS:
        return False
    layers = document.entities.values(), document.events.values()
    return reduction.origins == "all" or all(item.origin == HUMAN for layer in layers for item in layer)


class _Work:
    """Goes through the annotations of one document and notes what is done to each."""

    def __init__(self, document: Document, wording: Wording, reduction: Reduction) -> None:
        self._document, self._wording, self._reduction = document, wording, reduction
        self.spelled = spell(document.text.content, reduction.spelling)
        self._left_out: dict[tuple[CountedLayer, Key], str] = {}
        self._changed: dict[Mark, None] = {}
        self._warned: list[tuple[str, str]] = []
        self._places: dict[str, list[int]] = {}
        self._is_respelled = self.spelled.content != document.text.content
        self._is_revised = False

    @property
    def has_effect(self) -> bool:
        """Whether the copy says anything else than the document, or there is something to tell."""
        return bool(self._is_respelled or self._is_revised or self._left_out or self._warned)

    def trail(self) -> Trail:
        left_out = tuple((layer, key, what) for (layer, key), what in self._left_out.items())
        return Trail(self._document, left_out, tuple(self._changed), tuple(self._warned), self._places, self.spelled.edges())

    def items(self) -> list[Item]:
        """What the copy holds."""
        document = self._document
        annotations: list[Annotation] = [*document.entities.values(), *document.events.values()]
        for annotation in annotations:
            self._select(annotation)
        found: list[Item] = [self._entity(item) for item in document.entities.values() if ("entities", item.id) not in self._left_out]
        for event in document.events.values():
            kept = list(self._arguments(event))
            self._places[event.id] = kept
            if ("events", event.id) not in self._left_out:
                found.append(self._event(event, kept))
        found += self._relations()
        found += self._clusters()
        return found

    def _select(self, item: Annotation) -> None:
        layer: CountedLayer = "entities" if isinstance(item, Entity) else "events"
        if self._reduction.origins == "human" and item.origin != HUMAN:
            self._left_out[layer, item.id] = "proposed-only"
        elif not (self._reduction.types.entities if layer == "entities" else self._reduction.types.events).takes(item.type):
            self._left_out[layer, item.id] = "type-not-wanted"

    def _is_left_out(self, identifier: str) -> bool:
        return ("entities", identifier) in self._left_out or ("events", identifier) in self._left_out

    def _entity(self, item: Entity) -> Entity:
        wanted = self._head(item) if self._reduction.extents == "head" else item
        spans = self._place(wanted, wanted.spans, "entities")
        head = self._span(item.head) if item.head else None
        return self._revised(replace(wanted, type=self._type(item, "entities"), spans=spans, head=head), item)

    def _head(self, item: Entity) -> Entity:
        placed = place(self._document.text.content, (item.head,)) if item.head else None
        if placed is None:
            self._warned.append((item.id, "head-not-marked"))
        elif placed != item.spans:
            self._changed["entities", item.id, "head-only"] = None
            return replace(item, spans=placed)
        return item

    def _event(self, item: Event, kept: list[int]) -> Event:
        arguments = []
        for rank in kept:
            argument = item.arguments[rank]
            role = self._wording.role(argument.role)
            if role != argument.role:
                self._changed["arguments", (item.id, rank), "role-mapped"] = None
            arguments.append(replace(argument, role=role))
        spans = self._place(item, item.spans, "events")
        return self._revised(replace(item, type=self._type(item, "events"), spans=spans, arguments=tuple(arguments)), item)

    def _arguments(self, event: Event) -> Iterator[int]:
        """The places of the arguments that stay."""
        for rank, argument in enumerate(event.arguments):
            if ("events", event.id) in self._left_out:
                what = "trigger-left-out"
            elif not self._reduction.types.roles.takes(argument.role):
                what = "role-not-wanted"
            elif self._is_left_out(argument.target):
                what = "filler-left-out"
            else:
                yield rank
                continue
            self._left_out["arguments", (event.id, rank)] = what

    def _relations(self) -> Iterator[Relation]:
        for item in self._document.relations.values():
            if not self._reduction.types.relations.takes(item.type):
                self._left_out["relations", item.id] = "type-not-wanted"
            elif self._is_left_out(item.source) or self._is_left_out(item.target):
                self._left_out["relations", item.id] = "end-left-out"
            else:
                name = self._wording.relation(item.type)
                if name != item.type:
                    self._changed["relations", item.id, "type-mapped"] = None
                yield self._revised(replace(item, type=name), item)

    def _clusters(self) -> Iterator[Cluster]:
        """The clusters of what stays; one of which a single member is left is none."""
        for item in self._document.clusters.values():
            members = tuple(member for member in item.members if not self._is_left_out(member))
            if members == item.members or len(members) > 1:
                yield replace(item, members=members)

    def _type(self, item: Annotation, layer: CountedLayer) -> str:
        name = self._wording.entity(item.type) if layer == "entities" else self._wording.event(item.type)
        if name != item.type and not self._wording.is_spelling(item.type, layer):
            self._changed[layer, item.id, "type-mapped"] = None
        return name

    def _place(self, item: Annotation, spans: Spans, layer: CountedLayer) -> Spans:
        """Where an annotation lies in the new spelling."""
        if not self._is_respelled:
            return spans
        moved = tuple(self._span(span) for span in spans)
        placed = place(self.spelled.content, moved) or moved
        before, after = (
            [text[start:end] for start, end in where]
            for text, where in ((self._document.text.content, spans), (self.spelled.content, placed))
        )
        if before != after:
            self._changed[layer, item.id, "text-respelled"] = None
        return placed

    def _span(self, span: Span) -> Span:
        return self.spelled.start(span[0]), self.spelled.end(span[1])

    def _revised(self, after: Kept, before: Kept) -> Kept:
        self._is_revised = self._is_revised or after != before
        return after


def _copy(document: Document, items: Iterable[Item], spelled: Spelled, *, trail: Trail) -> Reduced:
    content, source = spelled.content, document.source
    if content != document.text.content:
        raw, encoding = _encoded(content, source.encoding)
        source = replace(source, sha256=sha256(raw).hexdigest(), encoding=encoding, characters=len(content))
    copy = Reduced(Text(content), source, trail)
    changes = [Change("fields", name, None, value) for name, value in document.fields.items()]
    changes += [Change("labels", name, None, value) for name, value in document.labels.items()]
    decisions = {_word_start(document, offset, spelled): decision for offset, decision in document.decisions.items()}
    changes += [Change("decisions", offset, None, decision) for offset, decision in decisions.items()]
    changes += [Change(layer_of(item), item.id, None, item) for item in items]
    fill(copy, changes)
    for line in range(document.text.line_count):
        if not document.is_segmented and document.words.is_known(line):
            copy.words.set_machine(line, _moved(document.words.machine(line), spelled))
    return copy


def _word_start(document: Document, offset: int, spelled: Spelled) -> int:
    """Where the word that a decision is about begins in the new spelling."""
    found = spelled.start(offset)
    # Words of segmented text are found anew between its blanks, and a blank may have been spelled anew in one with a word's first marks.
    while document.is_segmented and found < len(spelled.content) and spelled.content[found].isspace():
        found += 1
    return found


def _moved(words: Iterable[Span], spelled: Spelled) -> list[Span]:
    """Words in the new spelling: ascending, none overlapping another, none empty."""
    found: list[Span] = []
    for start, end in words:
        first, last = max(spelled.start(start), found[-1][1] if found else 0), spelled.end(end)
        if first < last:
            found.append((first, last))
    return found


def _encoded(content: str, encoding: str) -> tuple[bytes, str]:
    """A text's bytes and codec: its own, or UTF-8 where that has no place for a composed letter."""
    try:
        return content.encode(encoding), encoding
    except UnicodeEncodeError:
        return content.encode("utf-8", "surrogatepass"), "utf-8"
