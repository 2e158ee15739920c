"""A label schema from its TOML file, or the first mistake in it with its line.

The layout (see ``resources/schemas``): the schema's own fields, ``[conventions]``, then ``[[entity]]``, ``[[role]]``, ``[[event]]`` with
``roles = [{role = …}, …]``, ``[[relation]]``, ``[[attribute]]`` and ``[[document_label]]``. A role of an event inherits the key of its
``[[role]]``. Types without a key get a free one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import Protocol

from annotator.core.errors import AnnotatorError
from annotator.core.schema import (
    NO_COLOUR,
    Attribute,
    AttributeTarget,
    AttributeValue,
    DocumentLabel,
    EntityType,
    EventRole,
    EventType,
    Language,
    RelationType,
    Role,
    Schema,
    Wording,
)
from annotator.core.schema_conventions import known_type, read_conventions
from annotator.core.schema_fields import Fault, Fields, claim, find_nearest, take_table
from annotator.core.schema_keys import ATTRIBUTE_KEYS, event_key_fault, fill_keys, letter_fault
from annotator.core.schema_lines import Trail, find_line

SIZE_LIMIT = 4_000_000
DEPTH_LIMIT = 50

_TOP = (
    "name", "version", "language", "label", "event_targets", "brat_role_suffix",
    "conventions", "entity", "role", "event", "relation", "attribute", "document_label",
)  # fmt: skip
_ENTITY = ("name", "key", "colour", "label", "definition", "seen")
_ROLE = ("name", "key", "label", "definition", "seen")
_EVENT = ("name", "key", "ace", "colour", "label", "definition", "triggers", "roles", "seen")
_EVENT_ROLE = ("role", "key", "core", "fillers", "rare", "usual", "most", "filled", "seen")
_RELATION = ("name", "key", "label", "definition", "sources", "targets")
_ATTRIBUTE = ("name", "on", "key", "enabled", "label", "default", "values")
_VALUE = ("name", "en", "vi", "label")
_DOCUMENT_LABEL = ("name", "label", "values")

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)\Z")
_LONG_NUMBER = re.compile(r"\d{1000}")


class _Named(Protocol):
    @property
    def name(self) -> str: ...


def read_schema(raw: bytes, *, path: str) -> Schema:
    """The schema that a TOML file holds; `path` is what errors call the file.

    Raises AnnotatorError (``schema-…``) with `path`, the `line` from 1 and what is wrong: no UTF-8, no TOML, an unknown key, a value of
    the wrong type, a name or key that is missing, unsafe or given twice, a reference to something that the file does not define.
    """
    text = _decode(raw, path)
    table = _parse(text, path)
    try:
        return fill_keys(_build(Fields(table, (), known=_TOP)))
    except Fault as fault:
        where = dict(fault.where)
        if fault.first is not None:
            where["first"] = find_line(text, fault.first)
        raise AnnotatorError(fault.code, path=path, line=find_line(text, fault.trail), **where) from None


def _decode(raw: bytes, path: str) -> str:
    if len(raw) > SIZE_LIMIT:
        raise AnnotatorError("schema-too-large", path=path, line=1, bytes=len(raw), most=SIZE_LIMIT)
    try:
        return raw.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise AnnotatorError("schema-not-utf8", path=path, line=raw.count(b"\n", 0, error.start) + 1) from None


def _parse(text: str, path: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise AnnotatorError("schema-too-deep", path=path, line=_deep_line(text), most=DEPTH_LIMIT) from None
    except ValueError as error:
        line, column = _syntax_place(text, str(error))
        raise AnnotatorError("schema-syntax", path=path, line=line, column=column) from None


def _syntax_place(text: str, message: str) -> tuple[int, int]:
    """Line and column of a syntax error. The reader names them, but for the end of the text and for numbers too long for Python."""
    if place := _PLACE.search(message):
        return int(place[1]), int(place[2])
    number = _LONG_NUMBER.search(text)
    at = number.start() if number else len(text.rstrip())
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _deep_line(text: str) -> int:
    """The line on which brackets first stand deeper than the limit."""
    depth = 0
    for rank, line in enumerate(text.split("\n"), 1):
        for letter in line:
            depth += (letter in "[{") - (letter in "]}")
            if depth > DEPTH_LIMIT:
                return rank
    return 1


def _build(top: Fields) -> Schema:
    entities = _read_entities(top)
    roles = _read_roles(top)
    entity_names = {item.name for item in entities}
    targets_events = top.flag("event_targets")
    events = _read_events(top, roles=roles, entities=entity_names, targets_events=targets_events)
    language: Language = "vi" if top.choice("language", ("en", "vi"), "en") == "vi" else "en"
    return Schema(
        name=top.name("schema"),
        version=top.number("version", 1, least=1),
        language=language,
        label=top.wording("label"),
        event_targets=targets_events,
        brat_role_suffix=top.text("brat_role_suffix"),
        entities=entities,
        events=events,
        roles=roles,
        relations=_read_relations(top, entity_names),
        attributes=_read_attributes(top),
        labels=tuple(
            DocumentLabel(name=item.name("document_label"), label=item.wording("label"), values=_read_values(item))
            for item in _unique(top.tables("document_label", known=_DOCUMENT_LABEL), "document_label")
        ),
        conventions=read_conventions(top, entities=entity_names, events={item.name for item in events}),
    )


def _unique(tables: list[Fields], table: str, *, taken: Iterable[tuple[str, Trail]] = ()) -> list[Fields]:
    """The same tables, after making sure that no two of them, and none of the taken, have one name."""
    first = dict(taken)
    for item in tables:
        name = item.name(table)
        if name in first:
            raise Fault("schema-name-twice", item.at("name"), first=first[name], name=name)
        first[name] = item.at("name")
    return tables


def _read_entities(top: Fields) -> tuple[EntityType, ...]:
    owner: dict[str, tuple[str, Trail]] = {}
    entities: list[EntityType] = []
    for item in _unique(top.tables("entity", known=_ENTITY), "entity"):
        name, key = item.name("entity"), item.text("key")
        claim(owner, key, name, trail=item.at("key"), fault=letter_fault)
        entities.append(
            EntityType(
                name=name,
                key=key,
                colour=_read_colour(item),
                label=item.wording("label"),
                definition=item.wording("definition"),
                seen=item.number("seen"),
            )
        )
    return tuple(entities)


def _read_roles(top: Fields) -> tuple[Role, ...]:
    roles: list[Role] = []
    for item in _unique(top.tables("role", known=_ROLE), "role"):
        name, key = item.name("role"), item.text("key")
        claim({}, key, name, trail=item.at("key"), fault=letter_fault)
        roles.append(Role(name=name, key=key, label=item.wording("label"), definition=item.wording("definition"), seen=item.number("seen")))
    return tuple(roles)


def _read_events(top: Fields, *, roles: tuple[Role, ...], entities: set[str], targets_events: bool) -> tuple[EventType, ...]:
    taken = [(item.name("entity"), item.at("name")) for item in top.tables("entity", known=_ENTITY)]
    tables = _unique(top.tables("event", known=_EVENT), "event", taken=taken)
    frame = _Frame(roles, entities=entities, events={item.name("event") for item in tables}, targets_events=targets_events)
    owner: dict[str, tuple[str, Trail]] = {}
    events: list[EventType] = []
    for item in tables:
        name, key = item.name("event"), item.text("key")
        claim(owner, key, name, trail=item.at("key"), fault=event_key_fault)
        events.append(
            EventType(
                name=name,
                key=key,
                ace=item.text("ace"),
                colour=_read_colour(item),
                label=item.wording("label"),
                definition=item.wording("definition"),
                triggers=item.texts("triggers"),
                roles=frame.read(item, name),
                seen=item.number("seen"),
            )
        )
    return tuple(events)


class _Frame:
    """Reads the roles of one event after the other, knowing what the schema defines."""

    def __init__(self, roles: tuple[Role, ...], *, entities: set[str], events: set[str], targets_events: bool) -> None:
        self._keys = {role.name: role.key for role in roles}
        self._events = events
        self._targets_events = targets_events
        self._known = entities | events if targets_events else entities

    def read(self, event: Fields, name: str) -> tuple[EventRole, ...]:
        owner: dict[str, tuple[str, Trail]] = {}
        first: dict[str, Trail] = {}
        frame: list[EventRole] = []
        for item in event.tables("roles", known=_EVENT_ROLE):
            role = item.text("role")
            place = item.at("role") if "role" in item else item.trail
            if role not in self._keys:
                raise Fault("schema-role-undefined", place, event=name, role=role, nearest=find_nearest(role, self._keys))
            if role in first:
                raise Fault("schema-role-repeated", place, first=first[role], event=name, role=role)
            first[role] = place
            key = item.text("key") or self._keys[role]
            claim(owner, key, role, trail=item.at("key") if "key" in item else place, fault=letter_fault)
            frame.append(self._read_role(item, role, key))
        return tuple(frame)

    def _read_role(self, item: Fields, role: str, key: str) -> EventRole:
        fillers, rare = self._read_types(item, "fillers", role), self._read_types(item, "rare", role)
        if not fillers:
            raise Fault("schema-fillers-missing", item.at("fillers") if "fillers" in item else item.trail, role=role)
        for rank, name in enumerate(rare):
            if name in fillers:
                raise Fault("schema-filler-also-rare", item.at("rare", rank), role=role, type=name)
        seen = item.counts("seen")
        for name in seen:
            if name not in fillers and name not in rare:
                raise Fault("schema-seen-no-filler", item.at("seen", name), role=role, type=name)
        usual = item.number("usual", 1, least=1)
        most = item.number("most", usual)
        if 0 < most < usual:
            raise Fault("schema-usual-above-most", item.at("usual"), role=role, usual=usual, most=most)
        return EventRole(
            role=role,
            key=key,
            core=item.flag("core"),
            fillers=fillers,
            rare=rare,
            usual=usual,
            most=most,
            filled=item.share("filled"),
            seen=seen,
        )

    def _read_types(self, item: Fields, key: str, role: str) -> tuple[str, ...]:
        names = item.texts(key)
        taken: set[str] = set()
        for rank, name in enumerate(names):
            if name in self._known and name not in taken:
                taken.add(name)
                continue
            if name in self._known:
                raise Fault("schema-filler-twice", item.at(key, rank), role=role, type=name)
            if name in self._events:
                raise Fault("schema-filler-is-event", item.at(key, rank), role=role, type=name)
            raise Fault("schema-filler-unknown", item.at(key, rank), role=role, type=name, nearest=find_nearest(name, self._known))
        return names


def _read_relations(top: Fields, entities: set[str]) -> tuple[RelationType, ...]:
    owner: dict[str, tuple[str, Trail]] = {}
    relations: list[RelationType] = []
    for item in _unique(top.tables("relation", known=_RELATION), "relation"):
        name, key = item.name("relation"), item.text("key")
        claim(owner, key, name, trail=item.at("key"), fault=letter_fault)
        relations.append(
            RelationType(
                name=name,
                key=key,
                label=item.wording("label"),
                definition=item.wording("definition"),
                sources=tuple(known_type(one, item.at("sources", rank), entities) for rank, one in enumerate(item.texts("sources"))),
                targets=tuple(known_type(one, item.at("targets", rank), entities) for rank, one in enumerate(item.texts("targets"))),
            )
        )
    return tuple(relations)


def _read_attributes(top: Fields) -> tuple[Attribute, ...]:
    owner: dict[str, tuple[str, Trail]] = {}
    first: dict[tuple[str, str], Trail] = {}
    attributes: list[Attribute] = []
    for item in top.tables("attribute", known=_ATTRIBUTE):
        name, key = item.name("attribute"), item.text("key")
        on: AttributeTarget = "entity" if item.choice("on", ("entity", "event")) == "entity" else "event"
        if (name, on) in first:
            raise Fault("schema-name-twice", item.at("name"), first=first[name, on], name=name)
        first[name, on] = item.at("name")
        claim(owner, key, name, trail=item.at("key"), fault=_attribute_key_fault)
        values = _read_values(item)
        default = item.text("default")
        names = [value.name for value in values]
        if default and default not in names:
            raise Fault("schema-default-unknown", item.at("default"), name=name, value=default, nearest=find_nearest(default, names))
        attributes.append(
            Attribute(
                name=name,
                on=on,
                key=key,
                enabled=item.flag("enabled", True),
                label=item.wording("label"),
                default=default,
                values=values,
            )
        )
    return tuple(attributes)


def _attribute_key_fault(key: str) -> str:
    return "" if len(key) == 1 and key in ATTRIBUTE_KEYS else "schema-attribute-key"


def _read_values(owner: Fields) -> tuple[AttributeValue, ...]:
    """The values of a closed choice: names, or tables with a label in one or both languages. English falls back on the name."""
    values: dict[str, AttributeValue] = {}
    for rank, written in enumerate(owner.items("values")):
        trail = owner.at("values", rank)
        table = {"name": written} if isinstance(written, str) else take_table(written, trail)
        item = Fields(table, trail, known=_VALUE)
        name, label = item.name("values"), item.wording("label")
        if name in values:
            raise Fault("schema-name-twice", trail, first=owner.at("values", list(values).index(name)), name=name)
        english = item.text("en") or label.en or name
        values[name] = AttributeValue(name=name, label=Wording(en=english, vi=item.text("vi") or label.vi))
    if not values:
        raise Fault("schema-values-missing", owner.at("values") if "values" in owner else owner.trail, name=owner.text("name"))
    return tuple(values.values())


def _read_colour(item: Fields) -> str:
    colour = item.text("colour", NO_COLOUR)
    if not _COLOUR.fullmatch(colour):
        raise Fault("schema-colour", item.at("colour"), colour=colour)
    return colour.upper()
