"""A memory of surfaces: which type a text had most often, in the documents seen and in the schema's typical triggers."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from annotator.core.document import Document
from annotator.core.model import Event
from annotator.core.schema import EventType, Schema

Kind = Literal["entity", "event"]
Guess = tuple[Kind, str]
# What a fact is about: a surface with its guess; event type and filler type with the role.
Surface = tuple[str, Guess]
Role = tuple[tuple[str, str], str]
Key = TypeVar("Key", str, tuple[str, str])
Value = TypeVar("Value", Guess, str)

_UNCONFIRMED = "model:"


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
    """What one document says: how often a surface had a guess, and a filler of a type a role in an event of a type."""

    surfaces: Mapping[Surface, int] = field(default_factory=dict)
    roles: Mapping[Role, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.surfaces or self.roles)

    def without(self, other: Facts) -> Facts:
        """What is left once `other` is taken off, never less than nothing."""
        return Facts(Counter(self.surfaces) - Counter(other.surfaces), Counter(self.roles) - Counter(other.roles)) if other else self


def count_facts(mentions: Iterable[Mention]) -> Facts:
    """The facts of a document's mentions. What only a model proposed is no fact."""
    held = list(mentions)
    types = {mention.id: mention.type for mention in held}
    surfaces: Counter[Surface] = Counter()
    roles: Counter[Role] = Counter()
    for mention in held:
        if mention.origin.startswith(_UNCONFIRMED):
            continue
        surfaces[plain(mention.text), (mention.kind, mention.type)] += 1
        for role, target in mention.arguments:
            if target in types:
                roles[(mention.type, types[target]), role] += 1
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
        self._surfaces: defaultdict[str, Counter[Guess]] = defaultdict(Counter)
        self._roles: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
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
        held = self._surfaces.get(text) or Counter()
        fitting = [guess for guess in held if guess[0] in wanted and (schema.entity(guess[1]) or schema.event(guess[1]))]
        if fitting:
            return min(fitting, key=lambda guess: (-held[guess], guess))
        if "event" in wanted:
            typical = [event for event in schema.events if text in map(plain, event.triggers)]
            if typical:
                return "event", max(typical, key=lambda event: event.seen).name
        return None

    def guess_role(self, event: EventType, filler: str, taken: Iterable[str]) -> str | None:
        """The likeliest role for a filler of type `filler` (empty: unknown), roles not yet filled first."""
        held = self._roles.get((event.name, filler), Counter())
        filled = set(taken)
        fitting = [role for role in event.roles if not filler or filler in role.fillers or filler in role.rare]
        if not fitting:
            return None
        return min(fitting, key=lambda role: (role.role in filled, -held[role.role], -role.seen.get(filler, 0), not role.core)).role

    def _add(self, facts: Facts, sign: Literal[-1, 1]) -> None:
        for (surface, guess), times in facts.surfaces.items():
            _count(self._surfaces, surface, guess, by=sign * times)
        for (place, role), times in facts.roles.items():
            _count(self._roles, place, role, by=sign * times)


def _count(table: defaultdict[Key, Counter[Value]], key: Key, value: Value, *, by: int) -> None:
    """Change a count; what comes to nothing leaves no trace."""
    counts = table[key]
    counts[value] += by
    if not counts[value]:
        del counts[value]
        if not counts:
            del table[key]
