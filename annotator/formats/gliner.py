"""GLiNER's training records (Zaratiana et al. 2024): a sentence each, entities as first and last token, **both included**.

``relations`` name entities by their place in ``ner``.
"""

from __future__ import annotations

import orjson

from annotator.core.document import Document
from annotator.core.schema import Schema

from .account import Ledger
from .passages import Passages
from .table import ExportOptions, Rendered, named


def write_gliner(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """A line of JSON for each sentence."""
    ledger = Ledger(document, named(document, options))
    passages = Passages(document, ledger, unit=options.unit)
    relations: dict[int, list[list[int | str]]] = {}
    for relation in document.relations.values():
        ends = passages.ends(relation)
        if ends is not None:
            held = passages.all[ends[0].passage].entities
            relations.setdefault(ends[0].passage, []).append([held.index(ends[0]), held.index(ends[1]), relation.type])
    lines = []
    for passage in passages:
        ner = [[run.start, run.end - 1, run.item.type] for run in passage.entities]
        row = {"tokenized_text": passage.forms, "ner": ner, "relations": relations.get(passage.number, [])}
        lines.append(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
    ledger.leave_out_layers("events", "arguments")
    return Rendered(((".jsonl", b"".join(lines)),), ledger.close())
