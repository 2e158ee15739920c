"""A memory of surfaces: which type a text had most often, in the documents seen and in the schema's typical triggers."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Literal

from annotator.core.document import Document
from annotator.core.model import Event
from annotator.core.schema import EventType, Schema

Kind = Literal["entity", "event"]
Guess = tuple[Kind, str]


def plain(surface: str) -> str:
    """A surface as the lexicon compares it: NFC, lower case, ``_`` read as a blank."""
    return " ".join(unicodedata.normalize("NFC", surface).casefold().replace("_", " ").split())


class Lexicon:
    """Counts of (kind, type) by surface, and of (event type, filler type) by role. A document learnt again replaces what it said before."""

    def __init__(self) -> None:
        self._surfaces: defaultdict[str, Counter[Guess]] = defaultdict(Counter)
        self._roles: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._learnt: dict[str, tuple[list[tuple[str, Guess]], list[tuple[tuple[str, str], str]]]] = {}

    def learn(self, name: str, document: Document) -> None:
        """Remember what `document`, known as `name`, holds now."""
        self._forget(name)
        surfaces: list[tuple[str, Guess]] = []
        roles: list[tuple[tuple[str, str], str]] = []
        for item in document.annotations():
            kind: Kind = "event" if isinstance(item, Event) else "entity"
            surfaces.append((plain(document.text.surface(item.spans)), (kind, item.type)))
            for argument in item.arguments if isinstance(item, Event) else ():
                target = document.annotation(argument.target)
                if target is not None:
                    roles.append(((item.type, target.type), argument.role))
        for surface, guess in surfaces:
            self._surfaces[surface][guess] += 1
        for place, role in roles:
            self._roles[place][role] += 1
        self._learnt[name] = surfaces, roles

    def guess_type(self, surface: str, schema: Schema, *, kinds: Iterable[Kind] = ("entity", "event")) -> Guess | None:
        """The likeliest type of a selected text: as labelled so far, then as the schema's typical triggers have it."""
        wanted, text = set(kinds), plain(surface)
        held = self._surfaces.get(text)
        for guess, seen in held.most_common() if held else ():
            if seen > 0 and guess[0] in wanted and (schema.entity(guess[1]) or schema.event(guess[1])):
                return guess
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

    def _forget(self, name: str) -> None:
        surfaces, roles = self._learnt.pop(name, ([], []))
        for surface, guess in surfaces:
            self._surfaces[surface][guess] -= 1
        for place, role in roles:
            self._roles[place][role] -= 1
