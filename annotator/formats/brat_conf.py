"""brat's ``annotation.conf`` for a schema, so that an exported folder opens in brat with its types, roles and attributes."""

from __future__ import annotations

from annotator.core.schema import Attribute, EventRole, EventType, RelationType, Schema

from .brat_names import Names

_ANY = "<ENTITY>"


def annotation_conf(schema: Schema) -> str:
    """The configuration as text: sections entities, relations, events, attributes."""
    names = Names(schema)
    sections = {
        "entities": [names.written(item.name) for item in schema.entities],
        "relations": [_relation(item, names) for item in schema.relations],
        "events": [_event(item, names) for item in schema.events],
        "attributes": [_attribute(item, names) for item in schema.attributes if item.enabled],
    }
    return "\n\n".join("\n".join([f"[{title}]", *lines]) for title, lines in sections.items()) + "\n"


def _relation(item: RelationType, names: Names) -> str:
    return f"{names.written(item.name)}\tArg1:{_types(item.sources, names)}, Arg2:{_types(item.targets, names)}"


def _event(item: EventType, names: Names) -> str:
    roles = ", ".join(_role(role, names) for role in item.roles)
    return f"{names.written(item.name)}\t{roles}".rstrip()


def _role(role: EventRole, names: Names) -> str:
    # brat refuses a missing role without a sign behind it; here every role may be empty.
    sign = "?" if role.usual <= 1 and role.most == 1 else "*"
    return f"{names.written_role(role.role, number=1)}{sign}:{_types((*role.fillers, *role.rare), names)}"


def _attribute(item: Attribute, names: Names) -> str:
    target = "<EVENT>" if item.on == "event" else _ANY
    values = [value.name for value in item.values]
    choice = f", Value:{'|'.join(values)}" if values and values != ["true"] else ""
    return f"{names.written(item.name)}\tArg:{target}{choice}"


def _types(types: tuple[str, ...], names: Names) -> str:
    return "|".join(names.written(name) for name in types) or _ANY
