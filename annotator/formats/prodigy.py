"""Prodigy's JSON Lines: a document a line with its tokens; characters half-open, ``token_end`` **included**.

A trigger is a span of its event's type, an argument a relation of its role from the trigger to the filler; relations name their ends by
the last token and by the whole span.
"""

from __future__ import annotations

from typing import Any

import orjson

from annotator.core.document import Document
from annotator.core.schema import Schema

from .account import Ledger
from .passages import Passages, Run
from .table import ExportOptions, Rendered, named

Row = dict[str, Any]


def write_prodigy(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """One line of JSON."""
    ledger = Ledger(document, named(document, options))
    passages = Passages(document, ledger, unit=options.unit)
    content = document.text.content
    tokens = [span for passage in passages for span in passage.tokens]
    rows = [
        {"text": content[start:end], "start": start, "end": end, "id": rank, "ws": content[end : end + 1] == " "}
        for rank, (start, end) in enumerate(tokens)
    ]
    spans = {run.item.id: _span(content, passages, run) for passage in passages for run in (*passage.entities, *passage.events)}
    relations = []
    for relation in document.relations.values():
        ends = passages.ends(relation, across=True)
        if ends is not None:
            relations.append(_relation(spans[ends[0].item.id], spans[ends[1].item.id], relation.type))
    for event in document.events.values():
        if event.id in spans:
            relations += [_relation(spans[event.id], spans[link.filler.item.id], link.argument.role) for link in passages.links(event, across=True, events=True)]
    row = {
        "text": content,
        "meta": {"source": ledger.name},
        "tokens": rows,
        "spans": [span | {"type": "span"} for span in spans.values()],
        "relations": relations,
        "answer": "accept",
    }
    return Rendered(((".jsonl", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)),), ledger.close())


def _span(content: str, passages: Passages, run: Run) -> Row:
    passage = passages.all[run.passage]
    start, end = passage.tokens[run.start][0], passage.tokens[run.end - 1][1]
    place = {"token_start": passage.first + run.start, "token_end": passage.first + run.end - 1}
    return {"text": content[start:end], "start": start, "end": end, **place, "label": run.item.type}


def _relation(head: Row, child: Row, label: str) -> Row:
    return {"head": head["token_end"], "child": child["token_end"], "label": label, "head_span": head, "child_span": child}
