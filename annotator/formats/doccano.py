"""doccano's JSON Lines of a relation project: spans with labels, relations between them. Offsets are UTF-16 units, as doccano counts.

A trigger is a span labelled with its event's type, an argument a relation of its role from there to its filler.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import orjson

from annotator.core.document import Document
from annotator.core.model import Annotation
from annotator.core.schema import Schema
from annotator.core.text import Span, Spans, Text

from .account import Ledger, Loss
from .gathering import Gathering
from .json_lines import Row, number_of, read_records, text_of
from .offsets import has_astral
from .sources import Names
from .stretches import Stretches
from .table import ExportOptions, Imported, ImportOptions, Rendered, named
from .telling import note_untold

_KEPT: Final = frozenset({"id", "text", "label", "labels", "entities", "relations", "Comments"})


def write_doccano(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """One line of JSON."""
    ledger = Ledger(document, named(document, options))
    held = Stretches(document, ledger)
    items: list[Annotation] = [*held.entities, *held.events]
    number = {item.id: rank for rank, item in enumerate(items)}

    def u16(span: Span) -> Span:
        return document.text.u16_of(span[0]), document.text.u16_of(span[1])

    links = [(relation.source, relation.target, relation.type) for relation in held.relations]
    links += [(event.id, argument.target, argument.role) for event in held.events for argument in event.arguments]
    row = {
        "id": ledger.name,
        "text": document.text.content,
        "entities": [
            {"id": number[item.id], "label": item.type, "start_offset": start, "end_offset": end}
            for item, (start, end) in ((item, u16(held.span(item))) for item in items)
        ],
        "relations": [
            {"id": rank, "from_id": number[source], "to_id": number[target], "type": name}
            for rank, (source, target, name) in enumerate(links)
        ],
        "Comments": [document.field("note")] if document.field("note") else [],
    }
    note_untold(document, schema, ledger)
    return Rendered(((".jsonl", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)),), ledger.close())


def read_doccano(source: Path, options: ImportOptions) -> Iterator[Imported]:
    """An article for each record: ``label`` or ``labels`` of ``[start, end, type]``, or ``entities`` and ``relations``.

    Offsets are read as UTF-16, as doccano writes them, unless code points are asked for; where that makes a difference and nobody said,
    it is listed, for the file has no surface to verify.
    Raises AnnotatorError ``import-source-missing``, ``nothing-to-import``; what is wrong in a file is in the problems.
    """
    names = Names()

    def take(rows: list[tuple[int, Row]], name: str, bad: list[Loss]) -> Iterator[Imported]:
        for number, (line, row) in enumerate(rows, 1):
            if text_of(row, "text"):
                yield _article(names.take(_name(row), fallback=f"{name}-{number}"), row, options, line=line)
            else:
                bad.append(Loss(name, "", 0, 0, "no-text", line))

    return read_records(source, take, kept=_KEPT)


def _name(row: Row) -> str:
    held = row.get("id")
    return held if isinstance(held, str) else ""


def _article(name: str, row: Row, options: ImportOptions, *, line: int) -> Imported:
    content = text_of(row, "text")
    text, found = Text(content), Gathering(name, content, options)

    def place(start: int | None, end: int | None) -> Spans:
        if start is None or end is None:
            return ()
        if options.offsets == "code-point":
            return ((start, end),)
        if not 0 <= start < end <= text.u16_of(len(content)):
            return ()
        return ((text.of_u16(start), text.of_u16(end)),)

    if options.offsets == "auto" and has_astral(content):
        found.draft.miss("", "read-as-utf-16", line=line)
    for held in ("label", "labels"):
        for rank, item in enumerate(found.items(row, held, line=line)):
            match item:
                case [int(start), int(end), str(kind)]:
                    found.mention((held, rank), kind, place(start, end), line=line)
                case _:
                    found.draft.miss("", "malformed-item", line=line, detail=str(item)[:80])
    for item in found.rows(row, "entities", line=line):
        found.mention(
            number_of(item, "id"), text_of(item, "label"), place(number_of(item, "start_offset"), number_of(item, "end_offset")), line=line
        )
    for item in found.rows(row, "relations", line=line):
        found.link(number_of(item, "from_id"), number_of(item, "to_id"), text_of(item, "type"), line=line)
    comments = row.get("Comments")
    found.note("\n".join(item for item in comments if isinstance(item, str)) if isinstance(comments, list) else "")
    return found.close()
