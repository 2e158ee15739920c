"""The names that an export gives to types and roles, and the schema as it reads under them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, Literal, TypeVar, get_args

from annotator.core.schema import EntityType, EventRole, EventType, RelationType, Role, Schema

from .account import CountedLayer
from .type_maps import TypeMap

Naming = Literal["schema", "ace"]
Named = TypeVar("Named", EntityType, EventType, Role, RelationType)
NAMINGS: Final[tuple[Naming, ...]] = get_args(Naming)


class Wording:
    """What types and roles are called: by the map, else for events by ACE's name if that is wanted, else as they are.

    `joint` stands between the two parts of ACE's name (``Conflict:Attack`` in OneIE, ``Conflict.Attack`` in DyGIE++).
    """

    def __init__(self, schema: Schema, types: TypeMap, *, naming: Naming, joint: str) -> None:
        ace = {item.name: item.ace.replace(".", joint) for item in schema.events if item.ace} if naming == "ace" else {}
        counts = Counter(ace.get(item.name, item.name) for item in schema.events)
        self._types = types
        self._known = {item.name for item in schema.events}
        self._events = ace | types.events.renamed
        # ACE's name is another spelling of the same type unless two types share it.
        self._spelled = {name for name, other in ace.items() if counts[other] == 1 and name not in types.events.renamed}

    def entity(self, name: str) -> str:
        return self._types.entities.renamed.get(name, name)

    def event(self, name: str) -> str:
        return self._events.get(name, name)

    def role(self, name: str) -> str:
        return self._types.roles.renamed.get(name, name)

    def relation(self, name: str) -> str:
        return self._types.relations.renamed.get(name, name)

    def fillers(self, names: Iterable[str]) -> tuple[str, ...]:
        """Those of the types that may fill a role which are taken, as they are called now; events may be among them."""
        kept = (name for name in names if (self._types.events if name in self._known else self._types.entities).takes(name))
        return tuple(dict.fromkeys(self.event(name) if name in self._known else self.entity(name) for name in kept))

    def is_spelling(self, name: str, layer: CountedLayer) -> bool:
        """Whether the other name still tells the type apart from all others, as ACE's names do."""
        return layer == "events" and name in self._spelled


def reduce_schema(schema: Schema, types: TypeMap, *, naming: Naming, joint: str = ".") -> Schema:
    """`schema` with the types and roles that are taken, under the names that they get; of several with one name the first,
    whose roles are those of all of them."""
    wording = Wording(schema, types, naming=naming, joint=joint)
    return replace(
        schema,
        entities=_merged(replace(item, name=wording.entity(item.name)) for item in schema.entities if types.entities.takes(item.name)),
        events=_merged_events(_event(item, types, wording) for item in schema.events if types.events.takes(item.name)),
        roles=_merged(replace(item, name=wording.role(item.name)) for item in schema.roles if types.roles.takes(item.name)),
        relations=_merged(_relation(item, wording) for item in schema.relations if types.relations.takes(item.name)),
    )


def _merged(items: Iterable[Named]) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    for item in items:
        found.setdefault(item.name, item)
    return tuple(found.values())


def _merged_events(items: Iterable[EventType]) -> tuple[EventType, ...]:
    found: dict[str, EventType] = {}
    for item in items:
        other = found.get(item.name)
        found[item.name] = replace(other, roles=_merged_roles((*other.roles, *item.roles))) if other else item
    return tuple(found.values())


def _merged_roles(roles: Iterable[EventRole]) -> tuple[EventRole, ...]:
    """One of a name, with the fillers of all of them."""
    found: dict[str, EventRole] = {}
    for role in roles:
        other = found.get(role.role)
        if other:
            fillers, rare = tuple(dict.fromkeys((*other.fillers, *role.fillers))), tuple(dict.fromkeys((*other.rare, *role.rare)))
            role = replace(other, fillers=fillers, rare=rare)
        found[role.role] = role
    return tuple(found.values())


def _event(item: EventType, types: TypeMap, wording: Wording) -> EventType:
    roles = (
        replace(role, role=wording.role(role.role), fillers=wording.fillers(role.fillers), rare=wording.fillers(role.rare))
        for role in item.roles
        if types.roles.takes(role.role)
    )
    return replace(item, name=wording.event(item.name), roles=_merged_roles(roles))


def _relation(item: RelationType, wording: Wording) -> RelationType:
    ends = wording.fillers(item.sources), wording.fillers(item.targets)
    return replace(item, name=wording.relation(item.name), sources=ends[0], targets=ends[1])
