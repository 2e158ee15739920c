"""Files of JSON records on their way in: JSON Lines, one array, or one object; each record with the line that it begins in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import isfinite
from pathlib import Path
from typing import Any

import orjson

from annotator.core.model import Extra

from .account import Loss
from .sources import found_files
from .table import Imported, read_each

Row = dict[str, Any]
SUFFIXES = (".jsonl", ".json")
_NESTED = frozenset({"meta", "data"})


def read_records(
    source: Path, take: Callable[[list[tuple[int, Row]], str, list[Loss]], Iterable[Imported]], *, kept: frozenset[str]
) -> Iterator[Imported]:
    """What `take` makes of the records of each file, its name and the list of what is wrong in it.

    `kept` are the fields that are read, or say again what another says; others that hold anything are named once a file.
    Raises AnnotatorError ``import-source-missing``, ``nothing-to-import``.
    """

    def taken(text: str, name: str) -> Iterator[Imported]:
        bad: list[Loss] = []
        rows = list(records(text, name, bad))
        notes = tuple(unkept(rows, name, kept))
        for imported in take(rows, name, bad):
            yield replace(imported, problems=(*notes, *imported.problems)) if notes else imported
            notes = ()
        if bad:
            yield Imported(name, b"", None, tuple(bad))

    return read_each(found_files(source, SUFFIXES), taken)


def unkept(rows: Iterable[tuple[int, Row]], name: str, kept: frozenset[str]) -> Iterator[Loss]:
    """The fields of a file's records that are not taken, each with its first line and how many records have it.

    Names that begin with ``_`` are a tool's own bookkeeping. Of ``meta`` and ``data`` each field counts for itself, as ``meta.x``.
    """
    lines: dict[str, list[int]] = {}
    for line, row in rows:
        for key, value in row.items():
            is_nested = key in _NESTED and isinstance(value, dict)
            for field, held in [(f"{key}.{inner}", held) for inner, held in value.items()] if is_nested else [(key, value)]:
                if field not in kept and not field.startswith("_") and held not in (None, "", [], {}):
                    lines.setdefault(field, []).append(line)
    for field, found in lines.items():
        yield Loss(name, "", 0, 0, "field-not-kept", found[0], f"{field} ({len(found)})")


def records(text: str, name: str, bad: list[Loss]) -> Iterator[tuple[int, Row]]:
    """The objects of a file with their lines; what is none goes to `bad`."""
    whole = _parsed(text)
    if isinstance(whole, list):
        found = [(0, row) for row in whole]
    elif isinstance(whole, dict):
        found = [(1, whole)]
    else:
        found = [(number, _parsed(line)) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    for number, row in found:
        if isinstance(row, dict):
            yield number, row
        else:
            bad.append(Loss(name, "", 0, 0, "bad-json", number, str(row)[:80]))


def _parsed(text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def row_lines(rows: Sequence[Mapping[str, object]]) -> bytes:
    """Objects that begin with the same key as lines of JSON. No object inside them may begin with that key.

    They are written at once and cut then, which is faster than one by one: as texts hold no quotation mark without its stroke, the key
    behind a brace stands where a row begins and nowhere else.
    """
    if not rows:
        return b""
    begun = b"{" + orjson.dumps(next(iter(rows[0]))) + b":"
    return orjson.dumps(rows)[1:-1].replace(b"}," + begun, b"}\n" + begun) + b"\n"


def rows_of(row: Row, key: str) -> list[Row]:
    """The objects in a list of a record; anything else there is passed over."""
    held = row.get(key)
    return [item for item in held if isinstance(item, dict)] if isinstance(held, list) else []


def text_of(row: Row, *keys: str) -> str:
    """The first of `keys` that holds a text."""
    return next((value for value in map(row.get, keys) if isinstance(value, str)), "")


def score_of(row: Row) -> Extra:
    """How sure a model was of an item, as an annotation keeps it; empty where the record does not say."""
    return score(row.get("score"))


def score(value: object) -> Extra:
    """A number of any kind as the ``score`` of an annotation; empty for anything else."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)
    return (("score", orjson.dumps(value).decode()),) if is_number else ()


def number_of(row: Row, key: str) -> int | None:
    value = row.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
