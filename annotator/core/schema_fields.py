"""Reading one table of a schema file: each value taken with its type checked, each mistake bound to its place.

A `Fault` carries the trail of the offending value; the reader of the whole file turns it into an error with the line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from annotator.core.schema import Wording
from annotator.core.schema_lines import Trail

MOST = 10**9
# A message quotes no more than this of a name, and compares no more of it: a file may hold anything.
_QUOTED = 80
_COMPARED = 2000


class Fault(Exception):
    """A mistake in a schema: its code, the trail of the value, perhaps the trail of the value it collides with."""

    def __init__(self, code: str, trail: Trail, /, *, first: Trail | None = None, **where: str | int) -> None:
        super().__init__(code, trail)
        self.code = code
        self.trail = trail
        self.first = first
        self.where = {name: value[:_QUOTED] if isinstance(value, str) else value for name, value in where.items()}


def find_nearest(name: str, known: Iterable[str]) -> str:
    """The known name that reads most like this one; empty if none is known."""
    from difflib import SequenceMatcher

    def likeness(other: str) -> tuple[float, str]:
        return (-SequenceMatcher(None, name[:_QUOTED].casefold(), other[:_QUOTED].casefold()).ratio(), other)

    return min(islice(known, _COMPARED), key=likeness, default="")


class Fields:
    """A table at its place in the file. Every method raises `Fault` where the value is not of its type; a missing one is the default."""

    def __init__(self, table: Mapping[str, object], trail: Trail, /, *, known: Sequence[str]) -> None:
        self._table = table
        self.trail = trail
        for key in table:
            if key not in known:
                raise Fault("schema-unknown-key", (*trail, key), key=key, nearest=find_nearest(key, known))

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def at(self, *steps: str | int) -> Trail:
        """The trail of a value below this table."""
        return (*self.trail, *steps)

    def text(self, key: str, default: str = "") -> str:
        return _take_text(self._table[key], self.at(key)) if key in self._table else default

    def name(self, table: str) -> str:
        """The `name` that every type must have: not empty, without blanks and control characters, for it stands in column formats."""
        name = self.text("name")
        if not name:
            raise Fault("schema-name-missing", self.at("name") if "name" in self else self.trail, table=table)
        if any(letter.isspace() or not letter.isprintable() for letter in name):
            raise Fault("schema-name-blank", self.at("name"), name=name)
        return name

    def number(self, key: str, default: int = 0, *, least: int = 0) -> int:
        value = self._table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise Fault("schema-not-number", self.at(key), key=key)
        if not least <= value <= MOST:
            raise Fault("schema-out-of-range", self.at(key), key=key, least=least, most=MOST)
        return value

    def share(self, key: str) -> float:
        """A share from 0 to 1."""
        value = self._table.get(key, 0.0)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Fault("schema-not-number", self.at(key), key=key)
        if not 0 <= value <= 1:
            raise Fault("schema-out-of-range", self.at(key), key=key, least=0, most=1)
        return float(value)

    def flag(self, key: str, default: bool = False) -> bool:
        value = self._table.get(key, default)
        if not isinstance(value, bool):
            raise Fault("schema-not-flag", self.at(key), key=key)
        return value

    def choice(self, key: str, allowed: Sequence[str], default: str = "") -> str:
        value = self.text(key, default)
        if value not in allowed:
            place = self.at(key) if key in self else self.trail
            raise Fault("schema-choice-unknown", place, key=key, value=value, allowed=" | ".join(allowed))
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, in NFC, none of them empty."""
        taken = tuple(_take_text(item, self.at(key, rank)) for rank, item in enumerate(self.items(key)))
        for rank, item in enumerate(taken):
            if not item.strip():
                raise Fault("schema-text-empty", self.at(key, rank), key=key)
        return tuple(unicodedata.normalize("NFC", item) for item in taken)

    def items(self, key: str) -> Sequence[object]:
        value = self._table.get(key, ())
        if not isinstance(value, list | tuple):
            raise Fault("schema-not-list", self.at(key), key=key)
        return value

    def table(self, key: str) -> Mapping[str, object]:
        return take_table(self._table.get(key, {}), self.at(key))

    def tables(self, key: str, *, known: Sequence[str]) -> list[Fields]:
        """The tables of a list, in their order."""
        return [Fields(take_table(item, self.at(key, rank)), self.at(key, rank), known=known) for rank, item in enumerate(self.items(key))]

    def counts(self, key: str) -> Mapping[str, int]:
        """A table of counts by name."""
        table = self.table(key)
        fields = Fields(table, self.at(key), known=tuple(table))
        return MappingProxyType({name: fields.number(name) for name in table})

    def wording(self, key: str) -> Wording:
        """A text in both languages: ``{en = "…", vi = "…"}``, or one string for both."""
        value = self._table.get(key, "")
        if isinstance(value, str):
            return Wording(en=value)
        fields = Fields(take_table(value, self.at(key)), self.at(key), known=("en", "vi"))
        return Wording(en=fields.text("en"), vi=fields.text("vi"))


def take_table(value: object, trail: Trail) -> Mapping[str, object]:
    """The value as a table, or a `Fault`."""
    if not isinstance(value, dict):
        raise Fault("schema-not-table", trail, key=_last_key(trail))
    return value


def claim(owner: dict[str, tuple[str, Trail]], key: str, name: str, /, *, trail: Trail, fault: Callable[[str], str]) -> None:
    """Note that `name` has this key; refuse a key that is unsafe or has an owner already. No key is no claim."""
    if not key:
        return
    if code := fault(key):
        raise Fault(code, trail, key=key)
    if key in owner:
        other, first = owner[key]
        raise Fault("schema-key-clash", trail, first=first, key=key, name=name, other=other)
    owner[key] = (name, trail)


def _take_text(value: object, trail: Trail) -> str:
    if not isinstance(value, str):
        raise Fault("schema-not-text", trail, key=_last_key(trail))
    return value


def _last_key(trail: Trail) -> str:
    return next((step for step in reversed(trail) if isinstance(step, str)), "")
