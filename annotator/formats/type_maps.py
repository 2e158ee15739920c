"""Which types and roles an export takes and how it names them, from a TOML file.

Four tables, each of them and each key in it optional::

    [entities]
    include = ["PER", "ORG"]        # no others; without it: all
    exclude = ["TIME"]              # goes before include
    map = { PER = "PERSON" }        # several may get one name

    [events]    [roles]    [relations]
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from annotator.core.errors import AnnotatorError
from annotator.core.schema import Schema
from annotator.core.schema_fields import find_nearest


@dataclass(frozen=True)
class Selection:
    """The names that are taken (`include` None: all but those of `exclude`) and what some of them become."""

    include: tuple[str, ...] | None = None
    exclude: tuple[str, ...] = ()
    map: tuple[tuple[str, str], ...] = ()

    def takes(self, name: str) -> bool:
        return name not in self.exclude and (self.include is None or name in self.include)

    @cached_property
    def renamed(self) -> dict[str, str]:
        return dict(self.map)

    def as_json(self) -> dict[str, object]:
        """The keys that say anything."""
        held = {"include": None if self.include is None else list(self.include), "exclude": list(self.exclude), "map": self.renamed}
        return {key: value for key, value in held.items() if value or (key == "include" and value is not None)}


@dataclass(frozen=True, slots=True)
class TypeMap:
    """A selection for each kind of name; `path` is the file's, for messages."""

    entities: Selection = Selection()
    events: Selection = Selection()
    roles: Selection = Selection()
    relations: Selection = Selection()
    path: str = ""

    def as_json(self) -> dict[str, object]:
        """The tables that say anything, as the file has them; not where it lies."""
        tables: dict[str, Selection] = {table: getattr(self, table) for table in _TABLES}
        return {table: selection.as_json() for table, selection in tables.items() if selection != Selection()}


ALL_TYPES = TypeMap()
_TABLES = ("entities", "events", "roles", "relations")
_KEYS = ("include", "exclude", "map")


def read_types(raw: bytes, *, path: str) -> TypeMap:
    """The file's selections. Raises AnnotatorError ``types-not-toml``, ``types-unknown-key``, ``types-bad-value``."""
    try:
        held = tomllib.loads(raw.decode("utf-8-sig"))
    except ValueError as error:
        raise AnnotatorError("types-not-toml", path=path, reason=str(error)) from None
    return take_types(held, path=path)


def take_types(held: Mapping[str, object], *, path: str) -> TypeMap:
    """The selections of tables that were read. Raises AnnotatorError ``types-unknown-key``, ``types-bad-value``."""
    _refuse_unknown(held, _TABLES, path)
    entities, events, roles, relations = (_selection(held.get(table, {}), path, table=table) for table in _TABLES)
    return TypeMap(entities, events, roles, relations, path)


def check_types(types: TypeMap, schemas: Iterable[Schema], *, path: str) -> None:
    """See that some schema knows each name. Raises AnnotatorError ``types-unknown-name`` with the nearest that is known."""
    held = list(schemas)
    known = {table: dict.fromkeys(item.name for schema in held for item in getattr(schema, table)) for table in _TABLES}
    for table in _TABLES:
        selection: Selection = getattr(types, table)
        for name in (*(selection.include or ()), *selection.exclude, *selection.renamed):
            if name not in known[table]:
                raise AnnotatorError("types-unknown-name", path=path, table=table, name=name, nearest=find_nearest(name, known[table]))


def _selection(value: object, path: str, *, table: str) -> Selection:
    if not isinstance(value, dict):
        raise AnnotatorError("types-bad-value", path=path, key=table)
    _refuse_unknown(value, _KEYS, path)
    include, exclude, renamed = value.get("include"), value.get("exclude", []), value.get("map", {})
    for key, names in (("include", include or []), ("exclude", exclude)):
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise AnnotatorError("types-bad-value", path=path, key=f"{table}.{key}")
    if not isinstance(renamed, dict) or not all(isinstance(name, str) and _is_name(name) for name in renamed.values()):
        raise AnnotatorError("types-bad-value", path=path, key=f"{table}.map")
    return Selection(None if include is None else tuple(include), tuple(exclude), tuple(renamed.items()))


def _is_name(name: str) -> bool:
    """As in a schema: not empty, no blanks, for it stands in column formats."""
    return bool(name) and name.isprintable() and not any(letter.isspace() for letter in name)


def _refuse_unknown(held: Iterable[str], known: tuple[str, ...], path: str) -> None:
    for key in held:
        if key not in known:
            raise AnnotatorError("types-unknown-key", path=path, key=key, nearest=find_nearest(key, known))
