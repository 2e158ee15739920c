"""Writes brat's standoff format: the text as it is and an ``.ann`` of T, E, R, ``*``, A, N and ``#`` lines.

Offsets are code points of the text with BOM and CR counted, end exclusive. A span over a line break is written as the fragments between
the breaks, which is brat's rule. Source: https://brat.nlplab.org/standoff.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import chain

from annotator.core.commands import ordered
from annotator.core.document import Document
from annotator.core.model import Annotation, Argument, Cluster, Entity, Event, file_order, id_order
from annotator.core.schema import Schema
from annotator.core.text import Spans

from .account import CountedLayer, Ledger
from .brat_names import Names
from .building import place
from .table import ExportOptions, Rendered, named

# Comment types: the first two are brat's own, the others hold what brat has no place for and come back with our reader.
NOTE, UNCONFIRMED, ORIGIN, HEAD = "AnnotatorNotes", "AnnotationUnconfirmed", "Origin", "Head"
NORMALIZATIONS = "normalizations"
BINARY = "true"

_BREAKS = re.compile("[\r\n]+")
_UNFIT_VALUE = re.compile("[\t\r\n]+")


def write_brat(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """The ``.txt`` and the ``.ann`` of a document."""
    ledger = Ledger(document, named(document, options))
    lines = _Standoff(document, schema, ledger).lines()
    ann = "".join(f"{line}\n" for line in lines)
    text = document.text.content.encode(document.source.encoding)
    return Rendered(((".txt", text), (".ann", ann.encode())), ledger.close())


class _Standoff:
    """The lines of one document, gathered layer by layer; `_ids` holds what was written, by the document's id."""

    def __init__(self, document: Document, schema: Schema, ledger: Ledger) -> None:
        self._document, self._schema, self._ledger = document, schema, ledger
        self._names = Names(schema)
        self._ids: dict[str, str] = {}
        self._remarks: dict[str, list[str]] = {"A": [], "N": [], "#": []}

    def lines(self) -> list[str]:
        entities = sorted(self._document.entities.values(), key=file_order)
        events = sorted(self._document.events.values(), key=file_order)
        numbers = _numbered((item.id for item in entities), prefix="T")
        self._ids = _numbered((item.id for item in events), prefix="E") | numbers
        bounds = self._entities(entities)
        triggers = {item.id: f"T{number}" for number, item in enumerate(events, _highest(numbers.values()) + 1)}
        bounds += self._triggers(events, triggers)
        held = [self._event(item, triggers[item.id]) for item in events if item.id in self._ids]
        everything: list[Annotation] = [*entities, *events]
        for annotation in everything:
            if annotation.id in self._ids:
                self._describe(annotation)
        return [*bounds, *held, *self._relations(), *self._clusters(), *chain.from_iterable(self._remarks.values())]

    def _entities(self, entities: list[Entity]) -> list[str]:
        lines = []
        for item in entities:
            body = self._bound(item, "entities")
            if body:
                lines.append(f"{self._ids[item.id]}\t{body}")
            else:
                del self._ids[item.id]
        return lines

    def _triggers(self, events: list[Event], triggers: dict[str, str]) -> list[str]:
        """The trigger's line of each event; an event without a trigger that can be written goes, with its arguments."""
        lines = []
        for item in events:
            body = self._bound(item, "events")
            if body:
                lines.append(f"{triggers[item.id]}\t{body}")
            else:
                del self._ids[item.id]
                for rank in range(len(item.arguments)):
                    self._ledger.leave_out("arguments", (item.id, rank), what="event-left-out")
        return lines

    def _bound(self, item: Annotation, layer: CountedLayer) -> str:
        """Type, offsets and surface of a text-bound annotation, or nothing where it covers only blanks."""
        content = self._document.text.content
        pieces = _pieces(content, item.spans)
        placed = place(content, pieces) if pieces else None
        if placed is None:
            self._ledger.leave_out(layer, item.id, what="blank-span")
            return ""
        if placed != item.spans:
            self._ledger.change(layer, item.id, what="fragments-joined" if len(placed) < len(item.spans) else "line-break-at-edge")
        kind = self._name(item.type, layer, item.id)
        offsets = ";".join([f"{start} {end}" for start, end in pieces])
        return f"{kind} {offsets}\t{' '.join([content[start:end] for start, end in pieces])}"

    def _event(self, item: Event, trigger: str) -> str:
        fields = [f"{self._names.written(item.type)}:{trigger}"]
        ranks: dict[Argument, list[int]] = {}
        for rank, argument in enumerate(item.arguments):
            ranks.setdefault(argument, []).append(rank)
        counts: dict[str, int] = {}
        for argument in ordered(self._document, self._schema, item.arguments):
            rank, target = ranks[argument].pop(0), self._ids.get(argument.target)
            if target is None:
                self._ledger.leave_out("arguments", (item.id, rank), what="argument-without-filler")
                continue
            counts[argument.role] = counts.get(argument.role, 0) + 1
            fields.append(f"{self._role((item.id, rank), argument.role, number=counts[argument.role])}:{target}")
        return f"{self._ids[item.id]}\t{' '.join(fields)}"

    def _role(self, key: tuple[str, int], role: str, *, number: int) -> str:
        written = self._names.written_role(role, number=number)
        if self._names.written(role) != role:
            self._ledger.change("arguments", key, what="role-renamed")
        elif self._names.meant_role(written) != role:
            self._ledger.change("arguments", key, what="role-number-lost")
        return written

    def _relations(self) -> list[str]:
        lines = []
        relations = sorted(self._document.relations.values(), key=lambda item: id_order(item.id))
        numbers = _numbered((item.id for item in relations), prefix="R")
        for item in relations:
            source, target = self._ids.get(item.source), self._ids.get(item.target)
            if source and target:
                lines.append(f"{numbers[item.id]}\t{self._name(item.type, 'relations', item.id)} Arg1:{source} Arg2:{target}")
            else:
                self._ledger.leave_out("relations", item.id, what="relation-without-end")
        return lines

    def _clusters(self) -> list[str]:
        def members(cluster: Cluster) -> list[str]:
            return [self._ids[member] for member in cluster.members if member in self._ids]

        held = sorted(self._document.clusters.values(), key=lambda item: id_order(item.id))
        return [f"*\tEquiv {' '.join(members(item))}" for item in held if len(members(item)) > 1]

    def _describe(self, item: Annotation) -> None:
        """What is said about an annotation: attributes, references, note, flag, origin and head."""
        layer: CountedLayer = "entities" if isinstance(item, Entity) else "events"
        target = self._ids[item.id]
        for name, value in item.attributes:
            self._attribute(item.id, name, value=value, layer=layer)
        for reference, text in _references(item):
            self._say("N", f"Reference {target} {reference}\t{text}")
        if item.note:
            if "\r" in item.note:
                self._ledger.change(layer, item.id, what="note-changed")
            # A note of several lines is several comments: brat knows no line break within one.
            for line in item.note.replace("\r", "").split("\n"):
                self._say("#", f"{NOTE} {target}\t{line}")
        if item.flag:
            self._say("#", f"{UNCONFIRMED} {target}\t")
        if item.origin != "human":
            self._say("#", f"{ORIGIN} {target}\t{item.origin}")
        if isinstance(item, Entity) and item.head is not None:
            self._say("#", f"{HEAD} {target}\t{item.head[0]} {item.head[1]}")

    def _attribute(self, identifier: str, name: str, *, value: str, layer: CountedLayer) -> None:
        written = _UNFIT_VALUE.sub(" ", value)
        kind = self._names.written(name)
        if kind != name or (written or BINARY) != value:
            self._ledger.change(layer, identifier, what="attribute-changed")
        self._say("A", f"{kind} {self._ids[identifier]}{'' if written in ('', BINARY) else ' ' + written}")

    def _say(self, letter: str, body: str) -> None:
        held = self._remarks[letter]
        held.append(f"{letter}{len(held) + 1}\t{body}")

    def _name(self, name: str, layer: CountedLayer, identifier: str) -> str:
        written = self._names.written(name)
        if written != name:
            self._ledger.change(layer, identifier, what="type-renamed")
        return written


def _pieces(content: str, spans: Spans) -> Spans:
    """`spans` cut at line breaks, without the pieces that are blank."""
    if not any(_BREAKS.search(content, start, end) for start, end in spans):
        return spans
    pieces = []
    for start, end in spans:
        for found in _BREAKS.finditer(content, start, end):
            pieces.append((start, found.start()))
            start = found.end()
        pieces.append((start, end))
    return tuple((start, end) for start, end in pieces if content[start:end].strip())


def _numbered(ids: Iterable[str], *, prefix: str) -> dict[str, str]:
    """Each id as brat writes it: ``T7`` stays, others get the next free number."""
    held = list(ids)
    proper = {key for key in held if key[:1] == prefix and key[1:].isascii() and key[1:].isdigit()}
    highest = _highest(proper)
    given: dict[str, str] = {}
    for key in held:
        if key in proper:
            given[key] = key
        else:
            highest += 1
            given[key] = f"{prefix}{highest}"
    return given


def _highest(ids: Iterable[str]) -> int:
    return max((int(key[1:]) for key in ids), default=0)


def _references(item: Annotation) -> list[tuple[str, str]]:
    """The entries of knowledge bases that came in with an annotation."""
    held = dict(item.extra).get(NORMALIZATIONS)
    if held is None:
        return []
    rows = json.loads(held)
    return [(str(row[0]), str(row[1])) for row in rows if isinstance(row, list) and len(row) == 2] if isinstance(rows, list) else []
