"""Formats that tell an entity from an event, and a role from a relation, by nothing but the name: how a name is read, and what of a
document will be taken for something else.
"""

from __future__ import annotations

from typing import Literal

from annotator.core.document import Document
from annotator.core.schema import Schema

from .account import Ledger

Kind = Literal["entity", "event"]


def event_name(schema: Schema, name: str) -> str:
    """The schema's event type that a file calls by its own name or by ACE's (``Life:Die``, ``Life.Die``, in brat ``Life_Die``); empty
    where it has none.
    """
    if schema.event(name):
        return name
    plain = name.replace(":", ".").casefold()
    ranks = [schema.event_spellings.get(plain), schema.event_spellings.get(plain.replace("_", "."))]
    if "." in plain:
        ranks.append(schema.event_names_folded.get(plain.rsplit(".", 1)[-1]))
    return schema.events[min(known)].name if (known := [rank for rank in ranks if rank is not None]) else ""


def kind_of(schema: Schema, name: str) -> Kind:
    """What a label is taken for."""
    return "event" if event_name(schema, name) and not schema.entity(name) else "entity"


def is_role(schema: Schema, source: Kind, label: str) -> bool:
    """Whether a link from an annotation of that kind is taken for an argument; else it is a relation."""
    return source == "event" and (schema.role(label) is not None or schema.relation(label) is None)


def note_untold(document: Document, schema: Schema, ledger: Ledger) -> None:
    """Note as changed what is written under a name by which it will be read as something else."""
    kinds: dict[str, Kind] = {}

    def kind(name: str) -> Kind:
        if name not in kinds:
            kinds[name] = kind_of(schema, name)
        return kinds[name]

    for entity in document.entities.values():
        if kind(entity.type) == "event":
            ledger.change("entities", entity.id, what="layer-not-told")
    for event in document.events.values():
        if kind(event.type) == "entity":
            ledger.change("events", event.id, what="layer-not-told")
        for place, argument in enumerate(event.arguments):
            if not is_role(schema, kind(event.type), argument.role):
                ledger.change("arguments", (event.id, place), what="layer-not-told")
    for relation in document.relations.values():
        source = document.annotation(relation.source)
        if source is not None and is_role(schema, kind(source.type), relation.type):
            ledger.change("relations", relation.id, what="layer-not-told")
