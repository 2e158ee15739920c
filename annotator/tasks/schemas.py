"""Label schemas by name: the ones that ship, files of one's own, and which of them suits annotations that come in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Final

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.schema import Schema
from annotator.core.schema_brat import read_annotation_conf
from annotator.core.schema_fields import find_nearest
from annotator.core.schema_toml import read_schema
from annotator.resources import resource

# The first is what a corpus has that says nothing, and what wins where several know the same types.
BUILT_IN: Final = ("bkee", "ace2005", "vlsp", "phoner")
DEFAULT: Final = BUILT_IN[0]

TypeNames = frozenset[tuple[str, str]]


def find_schema(name: str, *, beside: Path | None = None) -> Schema:
    """A schema by its built-in name, or by the path of a ``.toml`` or an ``annotation.conf``, relative paths counted from `beside`.

    Raises AnnotatorError ``schema-unknown`` with the nearest built-in name, ``schema-unreadable`` and what the readers raise.
    """
    if name in BUILT_IN:
        return _built_in(name)
    path = (beside or Path()) / name
    if not path.is_file():
        raise AnnotatorError("schema-unknown", schema=name, nearest=find_nearest(name, BUILT_IN))
    return read_schema_file(path)


def read_schema_file(path: Path) -> Schema:
    """The schema of a file: brat's where the name ends in ``.conf``, else TOML."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise AnnotatorError("schema-unreadable", path=str(path), reason=error.strerror or type(error).__name__) from error
    if path.suffix == ".conf":
        return read_annotation_conf(raw.decode("utf-8", "replace").removeprefix("\ufeff"), path=str(path))
    return read_schema(raw, path=str(path))


@cache
def _built_in(name: str) -> Schema:
    path = resource("schemas", f"{name}.toml")
    return read_schema(path.read_bytes(), path=str(path))


def types_of(documents: Iterable[Document]) -> TypeNames:
    """The types that annotations have: pairs of layer and name."""
    found: set[tuple[str, str]] = set()
    for document in documents:
        found.update(("entities", item.type) for item in document.entities.values())
        found.update(("events", item.type) for item in document.events.values())
    return frozenset(found)


def count_known(schema: Schema, types: Collection[tuple[str, str]]) -> int:
    """How many of `types` a schema has."""
    return sum((schema.entity(name) if layer == "entities" else schema.event(name)) is not None for layer, name in types)


def guess_schema(types: TypeNames) -> Schema:
    """The built-in schema that knows the most of `types`; of several the first, for entities alone the one with the fewest types."""
    candidates = [_built_in(name) for name in BUILT_IN]
    if types and all(layer == "entities" for layer, _ in types):
        candidates.sort(key=lambda schema: len(schema.entities) + len(schema.events))
    return max(candidates, key=lambda schema: count_known(schema, types))
