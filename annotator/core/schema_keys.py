"""The keys of a schema: which are safe under Vietnamese input methods, what is wrong with one, and how free ones are given out.

Telex and VNI turn vowels, ``d``, ``w``, brackets and digits after a vowel into composed letters, so the canvas uses consonants only.
``q`` starts a jump. Digits and the two leaders make triggers and stand outside of that, for no vowel ever precedes them there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from annotator.core.schema import EntityType, EventRole, EventType, RelationType, Role, Schema

SAFE_LETTERS = "bcfghjklmnprstvxz"
RESERVED = "q"
DIGITS = "123456789"
LEADERS = ("0", "-")
ATTRIBUTE_KEYS = "!?;~"

_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[a-z]+")


def letter_fault(key: str) -> str:
    """The code of what is wrong with the key of an entity, a role or a relation; empty if nothing is."""
    if len(key) != 1:
        return "schema-key-not-one-letter"
    if key in RESERVED:
        return "schema-key-reserved"
    return "" if key in SAFE_LETTERS else "schema-key-unsafe"


def event_key_fault(key: str) -> str:
    """The code of what is wrong with an event's key, which is a digit 1–9 or a leader, one blank and a safe letter."""
    if len(key) == 1 and key in DIGITS:
        return ""
    if len(key) == 3 and key[0] in LEADERS and key[1] == " ":
        return letter_fault(key[2])
    return "schema-event-key-form"


def mnemonics(name: str) -> list[str]:
    """Every safe letter, the most telling for that name first: initials of its parts, then its other letters, then the rest."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", name) if letter.isascii())
    initials = [part[0] for part in _PART.findall(plain)]
    order = [letter.lower() for letter in (*initials, *plain)]
    return list(dict.fromkeys(letter for letter in (*order, *SAFE_LETTERS) if letter in SAFE_LETTERS))


def allocate_letters(names: Sequence[str], *, taken: Iterable[str] = ()) -> dict[str, str]:
    """A free safe letter for each name, in the order given; names beyond the supply are left out.

    The same names and the same `taken` always get the same letters.
    """
    used = set(taken)
    given: dict[str, str] = {}
    for name in names:
        key = next((letter for letter in mnemonics(name) if letter not in used), "")
        if key and name not in given:
            given[name] = key
            used.add(key)
    return given


def allocate_event_keys(names: Sequence[str], *, taken: Iterable[str] = ()) -> dict[str, str]:
    """A free event key for each name: the digits first, then ``0 x``, then ``- x``; give the commonest names first."""
    used = set(taken)
    fresh = list(dict.fromkeys(names))
    given = dict(zip(fresh, (digit for digit in DIGITS if digit not in used), strict=False))
    for leader in LEADERS:
        letters = [key[2] for key in used if key.startswith(f"{leader} ")]
        rest = [name for name in fresh if name not in given]
        given |= {name: f"{leader} {letter}" for name, letter in allocate_letters(rest, taken=letters).items()}
    return given


def fill_keys(schema: Schema) -> Schema:
    """The schema with a key for every type that has none. Keys that are set stay; 17 entities and 43 events can be keyed."""
    roles = _fill_roles(schema.roles, schema.events)
    shared = {role.name: role.key for role in roles}
    commonest = sorted((event for event in schema.events if not event.key), key=lambda event: -event.seen)
    events = allocate_event_keys([event.name for event in commonest], taken=_keys(schema.events))
    entities = allocate_letters(_keyless(schema.entities), taken=_keys(schema.entities))
    relations = allocate_letters(_keyless(schema.relations), taken=_keys(schema.relations))
    return replace(
        schema,
        entities=tuple(replace(item, key=item.key or entities.get(item.name, "")) for item in schema.entities),
        events=tuple(
            replace(item, key=item.key or events.get(item.name, ""), roles=_fill_frame(item.roles, shared)) for item in schema.events
        ),
        roles=roles,
        relations=tuple(replace(item, key=item.key or relations.get(item.name, "")) for item in schema.relations),
    )


def _keys(items: Iterable[EntityType | EventType | RelationType]) -> list[str]:
    return [item.key for item in items if item.key]


def _keyless(items: Iterable[EntityType | RelationType]) -> list[str]:
    return [item.name for item in items if not item.key]


def _fill_roles(roles: Sequence[Role], events: Sequence[EventType]) -> tuple[Role, ...]:
    """Roles with one key each for all frames, where no two that meet in a frame share it; empty where no letter is left."""
    keys = {role.name: role.key for role in roles}
    meets: dict[str, set[str]] = {role.name: set() for role in roles}
    fixed: dict[str, set[str]] = {role.name: set() for role in roles}
    for event in events:
        names = {item.role for item in event.roles}
        own = {item.key for item in event.roles if item.key}
        for name in names & keys.keys():
            meets[name] |= names - {name}
            fixed[name] |= own
    for role in roles:
        if not role.key:
            used = fixed[role.name] | {keys[other] for other in meets[role.name] if keys.get(other)}
            keys[role.name] = allocate_letters([role.name], taken=used).get(role.name, "")
    return tuple(replace(role, key=keys[role.name]) for role in roles)


def _fill_frame(frame: tuple[EventRole, ...], shared: Mapping[str, str]) -> tuple[EventRole, ...]:
    used = {item.key for item in frame if item.key}
    filled: dict[str, str] = {}
    for item in frame:
        wanted = shared.get(item.role, "")
        if not item.key and wanted and wanted not in used:
            filled[item.role] = wanted
            used.add(wanted)
    rest = [item.role for item in frame if not item.key and item.role not in filled]
    filled |= allocate_letters(rest, taken=used)
    return tuple(replace(item, key=item.key or filled.get(item.role, "")) for item in frame)
