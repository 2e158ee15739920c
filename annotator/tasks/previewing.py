"""The beginning of a set as it will be written, for reading: a file's own lines, and rows in words where the file is of bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

import orjson

from annotator.core.schema import Schema
from annotator.formats.table import Format, Rendered, joiner

PREVIEW_LINES: Final = 60
# Of a longer line beginning and end are shown: in a record for chat the answer stands last.
LINE_HEAD: Final = 3000
LINE_TAIL: Final = 1000
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Preview:
    """The first lines of a document's file, or of its part in the file of a set, and how many more there are.

    `in_words`: the file itself holds no text; its rows are told.
    """

    document: str
    text: str
    more: int
    in_words: bool = False


def preview(name: str, rendered: Rendered, *, row: Format, schema: Schema) -> Preview:
    """What stands in the file of a document called `name`. Needs no library, whatever the format."""
    tell = _TOLD.get(row.name)
    data = next((data for held, data in rendered.files if held == row.suffix), rendered.files[0][1] if rendered.files else b"")
    join = joiner(row.name) if tell is None else None
    if tell is not None:
        lines = list(tell(data, schema))
    else:
        lines = (b"".join(join((data,), schema)) if join else data).decode("utf-8", "replace").split("\n")
    while lines and not lines[-1]:
        lines.pop()
    shown = [_shortened(line) for line in lines[:PREVIEW_LINES]]
    title = name if row.layout == "set" else name + row.suffix
    return Preview(title, "\n".join(shown), max(0, len(lines) - PREVIEW_LINES), tell is not None)


def _shortened(line: str) -> str:
    return line if len(line) <= LINE_HEAD + LINE_TAIL else f"{line[:LINE_HEAD]} … {line[-LINE_TAIL:]}"


def _told_parquet(data: bytes, schema: Schema) -> Iterator[str]:
    """The columns of each row, tags as the numbers that the file has."""
    from annotator.formats.parquet import rows_of

    for row in rows_of(data, schema):
        yield f"id        {row['id']}"
        yield f"document  {row['document']}"
        yield f"tokens    {orjson.dumps(row['tokens']).decode()}"
        yield f"ner_tags  {orjson.dumps(row['ner_tags']).decode()}"
        yield from _column("spans", [f"{span['type']} {_place(span)}" for span in row["spans"]])
        yield from _column("events", [_event(event) for event in row["events"]])
        yield ""


def _column(name: str, values: Iterable[str]) -> Iterator[str]:
    title = name
    for value in values:
        yield f"{title:<10}{value}"
        title = ""
    if title:
        yield f"{name:<10}[]"


def _event(event: Row) -> str:
    arguments = ", ".join(f"{held['role']} {_place(held)}" for held in event["arguments"])
    return f"{event['type']} {_place(event)}" + (f": {arguments}" if arguments else "")


def _place(held: Row) -> str:
    return f"[{held['start']}, {held['end']}]"


def _told_spacy(data: bytes, _schema: Schema) -> Iterator[str]:
    """The tokens of a document: number, text, tag in ``doc.ents``, and behind them the spans of ``doc.spans`` that begin there."""
    for row in _rows(data):
        flat = [entity for entity in row["entities"] if entity[4]]
        inside = {place: ("I" if place > start else "B") + f"-{name}" for start, end, name, *_ in flat for place in range(start, end)}
        begun: dict[int, list[str]] = {}
        for start, end, name, *_ in row["entities"]:
            begun.setdefault(start, []).append(f"sc: {name} [{start}, {end}]")
        for event in row["events"]:
            start, end = event["trigger"]
            roles = ", ".join(f"{held['role']} {list(held['span'])}" for held in event["arguments"])
            begun.setdefault(start, []).append(f"events: {event['type']} [{start}, {end}]" + (f": {roles}" if roles else ""))
        yield f'doc.user_data["name"] = {orjson.dumps(row["name"]).decode()}'
        for number, word in enumerate(row["words"]):
            said = "\t".join([str(number), orjson.dumps(word).decode()[1:-1], inside.get(number, "O"), "; ".join(begun.get(number, []))])
            yield said.rstrip("\t")
        yield ""


def _rows(data: bytes) -> Iterator[Row]:
    return map(orjson.loads, BytesIO(data))


_TOLD: Final[Mapping[str, Callable[[bytes, Schema], Iterator[str]]]] = {"hf-parquet": _told_parquet, "spacy": _told_spacy}
