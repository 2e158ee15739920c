"""Names that the schema lacks. What bears them is kept, shown in grey and listed here."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.checks.integrity import place
from annotator.core.checks.problems import Problem, Reading, warn
from annotator.core.model import Entity
from annotator.core.schema import Attribute, RelationType


def find_unknown_types(reading: Reading) -> Iterator[Problem]:
    schema = reading.schema
    for item in reading.annotations:
        known = schema.entity(item.type) if isinstance(item, Entity) else schema.event(item.type)
        if known is None:
            yield warn(reading, "unknown-type", item, schema=schema.name)


def find_unknown_roles(reading: Reading) -> Iterator[Problem]:
    """Roles that the event's type does not have. Under an unknown type only roles that no type has."""
    schema = reading.schema
    for event in reading.events:
        known = schema.event(event.type)
        for name in dict.fromkeys(argument.role for argument in event.arguments):
            if (known.role(name) if known else schema.role(name)) is None:
                targets = tuple(argument.target for argument in event.arguments if argument.role == name)
                yield warn(reading, "unknown-role", event, others=targets, role=name, schema=schema.name)


def find_unknown_attributes(reading: Reading) -> Iterator[Problem]:
    """Attributes and values that the schema does not list; those that are only switched off are known."""
    known: dict[tuple[str, str], Attribute] = {(held.on, held.name): held for held in reading.schema.attributes}
    for item in reading.annotations:
        for name, value in item.attributes:
            attribute = known.get(("entity" if isinstance(item, Entity) else "event", name))
            if attribute is None:
                yield warn(reading, "unknown-attribute", item, name=name, value=value, schema=reading.schema.name)
            elif value != attribute.default and value not in (held.name for held in attribute.values):
                allowed = ", ".join(held.name for held in attribute.values)
                yield warn(reading, "unknown-attribute-value", item, name=name, value=value, allowed=allowed)


def find_unknown_relations(reading: Reading) -> Iterator[Problem]:
    """Relations of a type that the schema lacks, or between types that it does not let that relation link."""
    document = reading.document
    known: dict[str, RelationType] = {held.name: held for held in reading.schema.relations}
    for relation in document.relations.values():
        first, second = document.annotation(relation.source), document.annotation(relation.target)
        start, end = place(reading, relation)
        held = known.get(relation.type)
        fields = {"id": relation.id, "type": relation.type, "schema": reading.schema.name}
        if held is None:
            yield Problem("unknown-relation-type", "warning", (relation.id,), start, end, fields)
        elif first and second and not (_allows(held.sources, first.type) and _allows(held.targets, second.type)):
            fields |= {"source": first.type, "target": second.type}
            yield Problem("relation-not-allowed", "warning", (relation.id,), start, end, fields)


def find_unknown_labels(reading: Reading) -> Iterator[Problem]:
    known = {held.name: held for held in reading.schema.labels}
    for name, value in reading.document.labels.items():
        fields = {"name": name, "value": value, "schema": reading.schema.name}
        label = known.get(name)
        if label is None:
            yield Problem("unknown-label", "warning", (), 0, 0, fields)
        elif label.values and value not in (held.name for held in label.values):
            fields["allowed"] = ", ".join(held.name for held in label.values)
            yield Problem("unknown-label-value", "warning", (), 0, 0, fields)


def _allows(types: tuple[str, ...], name: str) -> bool:
    return not types or name in types
