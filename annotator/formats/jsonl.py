"""JSON Lines of character spans with events: a document a line, with everything that a document holds.

Offsets are code points of ``text``, half-open; the text of several fragments is joined by one blank. What is empty or has its default
is not written. Read are also lines of other makers with ``text`` and ``entities``: surfaces are verified, offsets in UTF-16 recognised.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import orjson

from annotator.core.document import Document
from annotator.core.model import HUMAN, Annotation, Entity, Event, Extra, file_order, id_order
from annotator.core.schema import Schema

from .account import Ledger, Loss
from .building import Draft, build
from .json_lines import unkept
from .jsonl_rows import take_row
from .sources import Names, found_files
from .table import ExportOptions, Imported, ImportOptions, Rendered, named, read_each

JsonRow = dict[str, object]
_KEPT: Final = frozenset({
    "name", "id", "text", "unit", "sha256", "encoding", "schema", "entities", "events", "relations", "clusters", "labels",
    "decisions", "fields", "extra",
})  # fmt: skip


def write_jsonl(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """One line of JSON; nothing is lost."""
    ledger = Ledger(document, named(document, options))
    source = document.source
    row: JsonRow = {
        "name": ledger.name,
        "text": document.text.content,
        "unit": "code point",
        "sha256": source.sha256,
        "encoding": source.encoding,
        "schema": schema.name,
        "entities": [_entity(document, item) for item in sorted(document.entities.values(), key=file_order)],
        "events": [_event(document, item) for item in sorted(document.events.values(), key=file_order)],
        "relations": [
            {"id": item.id, "type": item.type, "source": item.source, "target": item.target, **_extra(item.extra)}
            for item in sorted(document.relations.values(), key=lambda item: id_order(item.id))
        ],
        "clusters": [
            {"id": item.id, "layer": item.layer, "members": item.members, **_extra(item.extra)}
            for item in sorted(document.clusters.values(), key=lambda item: id_order(item.id))
        ],
        "labels": dict(sorted(document.labels.items())),
        "decisions": list(document.decisions.items()),
        "fields": dict(sorted(document.fields.items())),
        **_extra(document.extra),
    }
    return Rendered(((".jsonl", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)),), ledger.close())


def read_jsonl(source: Path, options: ImportOptions) -> Iterator[Imported]:
    """The articles of JSON Lines files, one a line.

    Raises AnnotatorError ``import-source-missing``, ``nothing-to-import``; what is wrong in a line is in the problems.
    """
    names = Names()

    def take(text: str, name: str) -> Iterator[Imported]:
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield _read_line(line, name, number=number, names=names, options=options)

    return read_each(found_files(source, (".jsonl", ".json")), take)


def _read_line(line: str, file: str, *, number: int, names: Names, options: ImportOptions) -> Imported:
    """The article of one line; one that is no article has no document and says why."""
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError:
        return Imported(file, b"", None, (Loss(file, "", 0, 0, "bad-json", number, line[:80]),))
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        return Imported(file, b"", None, (Loss(file, "", 0, 0, "no-text", number, line[:80]),))
    wanted = row.get("name", row.get("id", ""))
    name = names.take(str(wanted) if isinstance(wanted, (str, int)) else "", fallback=f"{file}-{number}")
    draft = Draft(name, b"", row["text"])
    take_row(draft, row, line=number)
    draft.problems += unkept([(number, row)], name, _KEPT)
    return build(draft, options)


def _entity(document: Document, item: Entity) -> JsonRow:
    head: JsonRow = {} if item.head is None else {"head": item.head}
    return {"id": item.id, "type": item.type, **_place(document, item), **_told(item), **head, **_extra(item.extra)}


def _event(document: Document, item: Event) -> JsonRow:
    arguments = [{"role": held.role, "target": held.target, **_extra(held.extra)} for held in item.arguments]
    placed: JsonRow = {"trigger": _place(document, item), "arguments": arguments}
    return {"id": item.id, "type": item.type, **placed, **_told(item), **_extra(item.extra)}


def _place(document: Document, item: Annotation) -> JsonRow:
    start, end = item.spans[0][0], item.spans[-1][1]
    return {"start": start, "end": end, "spans": item.spans, "text": document.text.surface(item.spans)}


def _told(item: Annotation) -> JsonRow:
    row: JsonRow = {}
    if item.attributes:
        row["attributes"] = dict(item.attributes)
    if item.flag:
        row["flag"] = item.flag
    if item.note:
        row["note"] = item.note
    if item.origin != HUMAN:
        row["origin"] = item.origin
    return row


def _extra(extra: Extra) -> JsonRow:
    """What this version does not know: its values are JSON text already."""
    return {"extra": {name: orjson.Fragment(value) for name, value in extra}} if extra else {}
