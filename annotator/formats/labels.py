"""What a trainer reads beside the data: tags with their numbers, and the label schema as JSON for programs and prompts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any, TypeVar

import orjson

from annotator.core.schema import EntityType, EventType, RelationType, Role, Schema, Wording

from .tags import OUTSIDE, SCHEMES
from .tokens import without_blanks

Row = dict[str, Any]
_Named = TypeVar("_Named", EntityType, EventType, Role, RelationType)


def widen_schema(schema: Schema, *, others: Iterable[Schema] = (), met: Mapping[str, Iterable[str]]) -> Schema:
    """The schema with what it lacks of the `others` of a set, then with the names `met` (by layer, and roles) that none of them knows."""
    every = (schema, *others)
    return replace(
        schema,
        entities=_union((held.entities for held in every), (EntityType(name) for name in sorted(met["entities"]))),
        events=_union((held.events for held in every), (EventType(name) for name in sorted(met["events"]))),
        roles=_union((held.roles for held in every), (Role(name) for name in sorted(met["roles"]))),
        relations=_union((held.relations for held in every), (RelationType(name) for name in sorted(met["relations"]))),
    )


def _union(schemas: Iterable[tuple[_Named, ...]], met: Iterable[_Named]) -> tuple[_Named, ...]:
    """The items of each in turn, one of a name."""
    found: dict[str, _Named] = {}
    for item in chain(*schemas, met):
        found.setdefault(item.name, item)
    return tuple(found.values())


def labels_json(schema: Schema, *, scheme: str) -> bytes:
    """The tags of entities, triggers and roles in a scheme, each with its number: ``O`` is 0, then type by type in the schema's order."""
    table = {
        "scheme": scheme,
        "entities": _numbered((item.name for item in schema.entities), scheme),
        "triggers": _numbered((item.name for item in schema.events), scheme),
        "roles": _numbered((item.name for item in schema.roles), scheme),
    }
    return _dump(table)


def schema_json(schema: Schema) -> bytes:
    """The schema: types with labels and definitions, the roles of each event, the types that fill each role."""
    fillers: dict[str, list[str]] = {role.name: [] for role in schema.roles}
    for event in schema.events:
        for role in event.roles:
            held = fillers.setdefault(role.role, [])
            held += [name for name in (*role.fillers, *role.rare) if name not in held]
    return _dump(
        {
            "name": schema.name,
            "version": schema.version,
            "language": schema.language,
            "label": _wording(schema.label),
            "entities": [{"name": item.name, **_said(item)} for item in schema.entities],
            "events": [_event(item) for item in schema.events],
            "roles": [{"name": item.name, **_said(item)} for item in schema.roles],
            "relations": [
                {"name": item.name, **_said(item), "sources": list(item.sources), "targets": list(item.targets)}
                for item in schema.relations
            ],
            "attributes": [
                {"name": item.name, "on": item.on, "default": item.default, "values": [value.name for value in item.values]}
                for item in schema.attributes
                if item.enabled
            ],
            "event_roles": {event.name: [role.role for role in event.roles] for event in schema.events},
            "role_fillers": fillers,
        }
    )


def _numbered(names: Iterable[str], scheme: str) -> Row:
    held = SCHEMES[scheme]
    letters = dict.fromkeys((held.first, held.inside, held.last, held.single))
    # As tags are written: a blank would end the column.
    kinds = dict.fromkeys(map(without_blanks, names))
    tags = [OUTSIDE, *(f"{letter}-{kind}" for kind in kinds for letter in letters)]
    return {
        "id2label": {str(number): tag for number, tag in enumerate(tags)},
        "label2id": {tag: number for number, tag in enumerate(tags)},
    }


def _event(item: EventType) -> Row:
    roles = [{"role": role.role, "core": role.core, "fillers": list(role.fillers), "rare": list(role.rare)} for role in item.roles]
    return {"name": item.name, "ace": item.ace, **_said(item), "triggers": list(item.triggers), "roles": roles}


def _said(item: Any) -> Row:
    return {"label": _wording(item.label), "definition": _wording(item.definition)}


def _wording(held: Wording) -> Row:
    return {"en": held.said("en"), "vi": held.said("vi")}


def _dump(value: Row) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
