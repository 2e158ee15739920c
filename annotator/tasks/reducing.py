"""Reducing a corpus for an export: the file of types read and checked, each document and schema as it is to be written."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.schema import Schema
from annotator.formats.reduced_schema import reduce_schema
from annotator.formats.reduction import Reduction, reduce_document
from annotator.formats.type_maps import ALL_TYPES, TypeMap, check_types, read_types
from annotator.tasks.opening import Schemas

KEEP, DROP = "keep", "drop"


def read_type_map(path: Path) -> TypeMap:
    """The types of a TOML file. Raises AnnotatorError ``types-unreadable`` and what `read_types` raises."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise AnnotatorError("types-unreadable", path=str(path), reason=error.strerror or type(error).__name__) from error
    return read_types(raw, path=str(path))


def read_empty(value: str) -> float:
    """``keep``, ``drop`` or a share as a share of one. Raises AnnotatorError ``bad-empty``."""
    try:
        share = {KEEP: 1.0, DROP: 0.0}[value] if value in (KEEP, DROP) else float(value)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise AnnotatorError("bad-empty", value=value)
    return share


class Reducing:
    """The schemas of a corpus as an export has them, and its documents."""

    def __init__(self, schemas: Schemas, reduction: Reduction, *, joint: str) -> None:
        self._schemas, self._reduction, self._joint = schemas, reduction, joint
        self._held: dict[int, tuple[Schema, Schema]] = {}

    @property
    def whole(self) -> Schema:
        """The corpus's own schema."""
        return self._reduced(self._schemas.whole)

    def reduce(self, document: Document, path: Path) -> tuple[Document, Schema]:
        """What of an article is written, and its schema. Raises as `Schemas.of`."""
        schema = self._schemas.of(path)
        return reduce_document(document, schema, self._reduction, joint=self._joint), self._reduced(schema)

    def refuse_unknown(self, paths: Iterable[Path]) -> None:
        """See that the names which are chosen are known to the corpus's schema or to that of an article. Raises as `check_types`."""
        types = self._reduction.types
        if replace(types, path="") == ALL_TYPES:
            return
        known = {id(self._schemas.whole): self._schemas.whole}
        for path in paths:
            # An article whose schema cannot be read is refused by itself, when its turn comes.
            with suppress(AnnotatorError):
                schema = self._schemas.of(path)
                known[id(schema)] = schema
        check_types(types, known.values(), path=types.path)

    def _reduced(self, schema: Schema) -> Schema:
        # By identity, the schema kept beside it: there are few, and comparing them would cost more than making them.
        if id(schema) not in self._held:
            held = reduce_schema(schema, self._reduction.types, naming=self._reduction.names, joint=self._joint)
            self._held[id(schema)] = schema, held
        return self._held[id(schema)][1]
