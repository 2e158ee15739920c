"""DyGIE++ (Wadden et al. 2019): a document a line, tokens counted through the document, the last one **included**; a trigger is one token.

A trigger of several words is written as one token, its words joined by ``_``.
"""

from __future__ import annotations

from typing import Any

import orjson

from annotator.core.document import Document
from annotator.core.model import Event
from annotator.core.schema import Schema

from .account import Ledger
from .merging import Merged, merge_triggers
from .passages import Passages, Run
from .table import ExportOptions, Rendered, named


def write_dygiepp(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """One line of JSON: sentences, and for each its entities, relations and events; clusters of the whole document."""
    ledger = Ledger(document, named(document, options))
    passages = Passages(document, ledger, unit=options.unit)
    merged = merge_triggers(passages, ledger)
    relations: list[list[list[Any]]] = [[] for _ in passages]
    for relation in document.relations.values():
        ends = passages.ends(relation)
        if ends is not None:
            relations[ends[0].passage].append([*_inclusive(merged, ends[0]), *_inclusive(merged, ends[1]), relation.type])
    row = {
        "doc_key": ledger.name,
        "dataset": schema.name,
        "sentences": [held.forms for held in merged],
        "ner": [[[*_inclusive(merged, run), run.item.type] for run in passage.entities] for passage in passages],
        "relations": relations,
        "events": [[_event(run, passages, merged) for run in passage.events] for passage in passages],
        "clusters": [
            [list(_inclusive(merged, passages.runs[member])) for member in cluster.members if member in passages.runs]
            for cluster in document.clusters.values()
            if cluster.layer == "entities"
        ],
    }
    return Rendered(((".jsonl", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)),), ledger.close())


def _event(run: Run, passages: Passages, merged: list[Merged]) -> list[list[Any]]:
    """``[[trigger token, type], [first, last, role], …]``."""
    assert isinstance(run.item, Event)
    fillers = [[*_inclusive(merged, link.filler), link.argument.role] for link in passages.links(run.item)]
    return [[_inclusive(merged, run)[0], run.item.type], *fillers]


def _inclusive(merged: list[Merged], run: Run) -> tuple[int, int]:
    """First and last token, counted through the document."""
    start, end = merged[run.passage].run(run)
    return start, end - 1
