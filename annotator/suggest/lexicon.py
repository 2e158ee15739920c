"""A memory of surfaces: which type a text had most often, in the documents seen and in the schema's typical triggers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from annotator.core.document import Document
from annotator.core.model import Event
from annotator.core.schema import EventType, Schema

Kind = Literal["entity", "event"]
Guess = tuple[Kind, str]
Counts = dict[str, int]

_UNCONFIRMED = "model:"
_GAP = "\n"


def plain(surface: str) -> str:
    """A surface as the lexicon compares it: NFC, lower case, ``_`` read as a blank."""
    return " ".join(unicodedata.normalize("NFC", surface).casefold().replace("_", " ").split())


@dataclass(frozen=True, slots=True)
class Mention:
    """An entity, or an event with its (role, target) pairs, and its text; fragments are joined by one blank."""

    id: str
    kind: Kind
    type: str
    text: str
    arguments: tuple[tuple[str, str], ...] = ()
    origin: str = "human"


@dataclass(frozen=True, slots=True)
class Facts:
    """What one document says: how often a surface was a kind and type, and a filler of a type a role in an event of a type.

    Keys are (surface, kind, type) and (event type, filler type, role), joined by line feeds: a corpus has many, and strings in a plain
    dictionary cost neither much room nor the time of those who look for garbage.
    """

    surfaces: Mapping[str, int] = field(default_factory=dict)
    roles: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.surfaces or self.roles)

    def without(self, other: Facts) -> Facts:
        """What is left once `other` is taken off, never less than nothing."""
        return Facts(_less(self.surfaces, other.surfaces), _less(self.roles, other.roles)) if other else self


def count_facts(mentions: Iterable[Mention]) -> Facts:
    """The facts of a document's mentions. What only a model proposed is no fact."""
    held = list(mentions)
    types = {mention.id: mention.type for mention in held}
    surfaces: Counts = {}
    roles: Counts = {}
    for mention in held:
        if mention.origin.startswith(_UNCONFIRMED):
            continue
        _count(surfaces, _GAP.join((plain(mention.text), mention.kind, mention.type)))
        for role, target in mention.arguments:
            if target in types:
                _count(roles, _GAP.join((mention.type, types[target], role)))
    return Facts(surfaces, roles)


def facts_of(document: Document) -> Facts:
    """The facts of an open document as it is now."""
    return count_facts(_mentions(document))


def _mentions(document: Document) -> Iterator[Mention]:
    for item in document.annotations():
        text = document.text.surface(item.spans)
        if isinstance(item, Event):
            arguments = tuple((argument.role, argument.target) for argument in item.arguments)
            yield Mention(item.id, "event", item.type, text, arguments, item.origin)
        else:
            yield Mention(item.id, "entity", item.type, text, (), item.origin)


class Lexicon:
    """Counts of guesses by surface, and of roles by event and filler type. A document learnt again replaces what it said before.

    What is learnt does not depend on the order. One thread owns a lexicon: the window's.
    """

    def __init__(self) -> None:
        # By surface, and by event and filler type: what follows in the key, and how often.
        self._surfaces: dict[str, Counts] = {}
        self._roles: dict[str, Counts] = {}
        self._learnt: dict[str, Facts] = {}
        self._discounts: dict[str, Facts] = {}

    def learn(self, name: str, document: Document) -> None:
        """Remember what `document`, known as `name`, holds now, less what is discounted of it."""
        facts = facts_of(document)
        self.take(name, facts.without(self._discounts[name]) if name in self._discounts else facts)

    def take(self, name: str, facts: Facts) -> None:
        """Remember `facts` of the document known as `name` in place of what it said before."""
        before = self._learnt.pop(name, None)
        if before is not None:
            self._add(before, -1)
        if facts:
            self._learnt[name] = facts
            self._add(facts, 1)

    def discount(self, name: str, facts: Facts) -> None:
        """Let `facts`, which the document held when all was forgotten, not count whenever it is learnt."""
        self._discounts.pop(name, None)
        if facts:
            self._discounts[name] = facts

    def facts(self, name: str) -> Facts:
        """What counts of a document."""
        return self._learnt.get(name, Facts())

    def forget(self) -> None:
        """Know nothing any more."""
        for held in (self._surfaces, self._roles, self._learnt, self._discounts):
            held.clear()

    def guess_type(self, surface: str, schema: Schema, *, kinds: Iterable[Kind] = ("entity", "event")) -> Guess | None:
        """The likeliest type of a selected text: as labelled so far, then as the schema's typical triggers have it."""
        wanted, text = set(kinds), plain(surface)
        held = self._surfaces.get(text, {})
        for key in sorted(held, key=lambda key: (-held[key], key)):
            kind, _, name = key.partition(_GAP)
            if kind == "entity" and kind in wanted and schema.entity(name):
                return "entity", name
            if kind == "event" and kind in wanted and schema.event(name):
                return "event", name
        if "event" in wanted:
            typical = [event for event in schema.events if text in map(plain, event.triggers)]
            if typical:
                return "event", max(typical, key=lambda event: event.seen).name
        return None

    def guess_role(self, event: EventType, filler: str, taken: Iterable[str]) -> str | None:
        """The likeliest role for a filler of type `filler` (empty: unknown), roles not yet filled first."""
        held = self._roles.get(_GAP.join((event.name, filler)), {})
        filled = set(taken)
        fitting = [role for role in event.roles if not filler or filler in role.fillers or filler in role.rare]
        if not fitting:
            return None
        return min(fitting, key=lambda role: (role.role in filled, -held.get(role.role, 0), -role.seen.get(filler, 0), not role.core)).role

    def _add(self, facts: Facts, sign: Literal[-1, 1]) -> None:
        for key, times in facts.surfaces.items():
            surface, _, guess = key.partition(_GAP)
            _change(self._surfaces, surface, guess, by=sign * times)
        for key, times in facts.roles.items():
            place, _, role = key.rpartition(_GAP)
            _change(self._roles, place, role, by=sign * times)


def _count(counts: Counts, key: str) -> None:
    counts[key] = counts.get(key, 0) + 1


def _less(counts: Mapping[str, int], other: Mapping[str, int]) -> Counts:
    return {key: rest for key, times in counts.items() if (rest := times - other.get(key, 0)) > 0}


def _change(table: dict[str, Counts], place: str, key: str, *, by: int) -> None:
    """Change a count; what comes to nothing leaves no trace."""
    counts = table.setdefault(place, {})
    counts[key] = counts.get(key, 0) + by
    if not counts[key]:
        del counts[key]
        if not counts:
            del table[place]
