"""What a label schema says: types, roles, fillers, keys, attributes and the conventions that the checks hold.

These are the values only; `schema_toml` reads and verifies a TOML file, `schema_brat` reads brat's ``annotation.conf``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal

Language = Literal["en", "vi"]
AttributeTarget = Literal["entity", "event"]

NO_COLOUR = "#5F6B76"


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in both languages of the interface; a missing one falls back on the other."""

    en: str = ""
    vi: str = ""

    def said(self, language: Language) -> str:
        return (self.vi or self.en) if language == "vi" else (self.en or self.vi)


@dataclass(frozen=True, slots=True)
class EntityType:
    """A type of entity. `key` is one safe letter, or empty where the type has none."""

    name: str
    key: str = ""
    colour: str = NO_COLOUR
    label: Wording = Wording()
    definition: Wording = Wording()
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Role:
    """A role as such: its name, key and wording, whatever the event. The order of roles in the schema orders arguments in files."""

    name: str
    key: str = ""
    label: Wording = Wording()
    definition: Wording = Wording()
    seen: int = 0


@dataclass(frozen=True, slots=True)
class EventRole:
    """A role of one event type. `fillers` and `rare` are names of entity types (or of event types where `event_targets` holds).

    The first of `fillers` is the type given to a new entity that is made by the role's key. `usual` fillers stand in one event in
    at least nine of ten cases, `most` is the largest number seen (0: never seen); more are always allowed.
    `seen` counts the fillers by type in the corpus that the schema was drawn from; `filled` is the share of events that have the role.
    """

    role: str
    key: str = ""
    core: bool = False
    fillers: tuple[str, ...] = ()
    rare: tuple[str, ...] = ()
    usual: int = 1
    most: int = 1
    filled: float = 0.0
    seen: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event. `key` is a digit (``"3"``) or a leader and a letter (``"0 r"``, ``"- k"``), or empty."""

    name: str
    key: str = ""
    ace: str = ""
    colour: str = NO_COLOUR
    label: Wording = Wording()
    definition: Wording = Wording()
    triggers: tuple[str, ...] = ()
    roles: tuple[EventRole, ...] = ()
    seen: int = 0

    def role(self, name: str) -> EventRole | None:
        """The event's role of that name, or None where the type has no such role."""
        return next((role for role in self.roles if role.role == name), None)

    def role_by_key(self, key: str) -> EventRole | None:
        return next((role for role in self.roles if role.key == key), None)


@dataclass(frozen=True, slots=True)
class RelationType:
    """A type of relation between two entities; empty `sources` or `targets` allow every type."""

    name: str
    key: str = ""
    label: Wording = Wording()
    definition: Wording = Wording()
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributeValue:
    name: str
    label: Wording = Wording()


@dataclass(frozen=True, slots=True)
class Attribute:
    """A closed choice on entities or events. A value equal to `default` is not stored."""

    name: str
    on: AttributeTarget
    key: str = ""
    enabled: bool = True
    label: Wording = Wording()
    default: str = ""
    values: tuple[AttributeValue, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentLabel:
    """A closed choice on the whole document (topic, genre …)."""

    name: str
    label: Wording = Wording()
    values: tuple[AttributeValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Conventions:
    """What the guidelines of a corpus say about spans and fillers; every breach is a warning, none an error.

    The first group states a usage (True: inside, False: outside; None: the guidelines say nothing, not checked), the second
    switches checks that suit every corpus. `nesting_expected` holds (outer, inner) pairs of entity types that may nest without a
    remark (empty: any may). `trigger_words_most` is the largest usual number of words of a trigger (0: not checked).
    `agentless` maps an event type to triggers whose one participant is no Agent. `passives`, `titles`, `prepositions` and
    `negations` are the words that those checks look for, in NFC and lower case.
    """

    title_inside_person: bool | None = None
    passive_in_trigger: bool | None = None
    preposition_inside: bool | None = None
    crossing: bool | None = None
    edge_cuts_word: bool = True
    blank_at_edge: bool = True
    punctuation_at_edge: bool = True
    same_span_twice: bool = True
    rare_filler: bool = True
    more_than_usual: bool = True
    negated_trigger: bool = True
    preposition_allow: tuple[str, ...] = ()
    trigger_words_most: int = 0
    nesting_expected: tuple[tuple[str, str], ...] = ()
    agentless: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    passives: tuple[str, ...] = ("bị", "được")
    negations: tuple[str, ...] = ("không", "chưa", "chẳng")
    titles: tuple[str, ...] = ()
    prepositions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Schema:
    """A whole label schema. Lookups by name give None for what it lacks: annotations of unknown types are kept and shown in grey."""

    name: str
    version: int = 1
    language: Language = "en"
    label: Wording = Wording()
    event_targets: bool = False
    brat_role_suffix: str = ""
    entities: tuple[EntityType, ...] = ()
    events: tuple[EventType, ...] = ()
    roles: tuple[Role, ...] = ()
    relations: tuple[RelationType, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    labels: tuple[DocumentLabel, ...] = ()
    conventions: Conventions = Conventions()

    @cached_property
    def _entities(self) -> dict[str, EntityType]:
        return {item.name: item for item in self.entities}

    @cached_property
    def _events(self) -> dict[str, EventType]:
        return {item.name: item for item in self.events}

    @cached_property
    def role_order(self) -> dict[str, int]:
        """Role name → rank; arguments are written in this order, unknown roles last."""
        return {item.name: rank for rank, item in enumerate(self.roles)}

    def entity(self, name: str) -> EntityType | None:
        return self._entities.get(name)

    def event(self, name: str) -> EventType | None:
        return self._events.get(name)

    @cached_property
    def event_spellings(self) -> dict[str, int]:
        """By ACE's name and the plain one, folded, with full stops for colons: the rank of the first event type that is called so."""
        spelled: dict[str, int] = {}
        for rank, item in enumerate(self.events):
            for name in (item.ace.replace(":", "."), item.name):
                spelled.setdefault(name.casefold(), rank)
        return spelled

    @cached_property
    def event_names_folded(self) -> dict[str, int]:
        """By the plain name alone, folded: the rank of the first event type that is called so."""
        return {item.name.casefold(): rank for rank, item in reversed(tuple(enumerate(self.events)))}

    def role(self, name: str) -> Role | None:
        rank = self.role_order.get(name)
        return None if rank is None else self.roles[rank]

    def relation(self, name: str) -> RelationType | None:
        return next((item for item in self.relations if item.name == name), None)

    def attributes_on(self, target: AttributeTarget) -> tuple[Attribute, ...]:
        """The enabled attributes of entities or of events, in the schema's order."""
        return tuple(item for item in self.attributes if item.on == target and item.enabled)

    def entity_by_key(self, key: str) -> EntityType | None:
        return next((item for item in self.entities if item.key == key), None)

    def event_by_key(self, key: str) -> EventType | None:
        """The event of a full key: ``"3"``, ``"0 r"`` or ``"- k"``."""
        return next((item for item in self.events if item.key == key), None)
