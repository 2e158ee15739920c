"""Files of JSON records on their way in: JSON Lines, one array, or one object; each record with the line that it begins in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
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


def read_records(source: Path, take: Callable[[list[tuple[int, Row]], str, list[Loss]], Iterable[Imported]]) -> Iterator[Imported]:
    """What `take` makes of the records of each file, its name and the list of what is wrong in it.

    Raises AnnotatorError ``import-source-missing``, ``nothing-to-import``.
    """

    def taken(text: str, name: str) -> Iterator[Imported]:
        bad: list[Loss] = []
        rows = list(records(text, name, bad))
        yield from take(rows, name, bad)
        if bad:
            yield Imported(name, b"", None, tuple(bad))

    return read_each(found_files(source, SUFFIXES), taken)


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
