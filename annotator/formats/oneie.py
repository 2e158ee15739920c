"""OneIE's JSON (Lin, Ji, Huang & Wu 2020), the form of BKEE's release (Nguyen et al. 2024): a sentence a line.

Offsets are tokens of the sentence, half-open. An argument names an entity of its sentence; words are written as one token, joined by ``_``.
"""

from __future__ import annotations

from typing import Any

import orjson

from annotator.core.document import Document
from annotator.core.model import Event
from annotator.core.schema import Schema

from .account import Ledger
from .passages import Passage, Passages, Run
from .table import ExportOptions, Rendered, named

Row = dict[str, Any]


def write_oneie(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """A line of JSON for each sentence."""
    ledger = Ledger(document, named(document, options))
    passages = Passages(document, ledger, unit=options.unit)
    related: dict[int, list[Row]] = {}
    for relation in document.relations.values():
        ends = passages.ends(relation)
        if ends is not None:
            passage = passages.all[ends[0].passage]
            fillers = [{**_filler(ledger.name, passage, end), "role": f"Arg-{rank}"} for rank, end in enumerate(ends, 1)]
            row = {"id": _id(ledger.name, passage, relation.id), "relation_type": relation.type, "relation_subtype": relation.type, "arguments": fillers}
            related.setdefault(passage.number, []).append(row)
    lines = [orjson.dumps(_sentence(ledger.name, passage, passages, related), option=orjson.OPT_APPEND_NEWLINE) for passage in passages]
    return Rendered(((".json", b"".join(lines)),), ledger.close())


def _sentence(name: str, passage: Passage, passages: Passages, related: dict[int, list[Row]]) -> Row:
    return {
        "doc_id": name,
        "sent_id": f"{name}-{passage.number}",
        "tokens": passage.forms,
        "sentence": " ".join(passage.forms),
        "entity_mentions": [_entity(name, passage, run) for run in passage.entities],
        "event_mentions": [_event(name, passage, run, passages) for run in passage.events],
        "relation_mentions": related.get(passage.number, []),
        "pieces": passage.forms,
        "token_lens": [1] * len(passage.forms),
    }


def _entity(name: str, passage: Passage, run: Run) -> Row:
    return {
        "id": _id(name, passage, run.item.id),
        "text": _text(passage, run),
        "entity_type": run.item.type,
        "mention_type": dict(run.item.attributes).get("mention", "UNK"),
        "entity_subtype": run.item.type,
        "start": run.start,
        "end": run.end,
    }


def _event(name: str, passage: Passage, run: Run, passages: Passages) -> Row:
    assert isinstance(run.item, Event)
    return {
        "id": _id(name, passage, run.item.id),
        "event_type": run.item.type,
        "trigger": {"text": _text(passage, run), "start": run.start, "end": run.end},
        "arguments": [{**_filler(name, passage, link.filler), "role": link.argument.role} for link in passages.links(run.item)],
    }


def _filler(name: str, passage: Passage, run: Run) -> Row:
    return {"entity_id": _id(name, passage, run.item.id), "text": _text(passage, run)}


def _text(passage: Passage, run: Run) -> str:
    return " ".join(passage.forms[run.start : run.end])


def _id(name: str, passage: Passage, identifier: str) -> str:
    return f"{name}-{passage.number}-{identifier}"
