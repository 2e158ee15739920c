"""doccano's JSON Lines of a relation project: spans with labels, relations between them. Offsets are UTF-16 units, as doccano counts.

A trigger is a span labelled with its event's type, an argument a relation of its role from there to its filler.
"""

from __future__ import annotations

import orjson

from annotator.core.document import Document
from annotator.core.schema import Schema
from annotator.core.text import Span

from .account import Ledger
from .stretches import Stretches
from .table import ExportOptions, Rendered, named


def write_doccano(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """One line of JSON."""
    ledger = Ledger(document, named(document, options))
    held = Stretches(document, ledger)
    items = [*held.entities, *held.events]
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
            {"id": rank, "from_id": number[source], "to_id": number[target], "type": name} for rank, (source, target, name) in enumerate(links)
        ],
        "Comments": [document.field("note")] if document.field("note") else [],
    }
    return Rendered(((".jsonl", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)),), ledger.close())
