"""Prodigy's JSON Lines: a document a line with its tokens; characters half-open, ``token_end`` **included**.

A trigger is a span of its event's type, an argument a relation of its role from the trigger to the filler; relations name their ends by
the last token and by the whole span.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

import msgspec
import orjson

from annotator.core.document import Document
from annotator.core.schema import Schema

from .account import Ledger, Loss
from .gathering import Gathering
from .json_lines import Row, number_of, read_records, score_of, text_of
from .passages import Passages, Run
from .sources import Names
from .table import ExportOptions, Imported, ImportOptions, Rendered, named
from .telling import note_untold
from .tokens import Tokens

_KEPT: Final = frozenset({"text", "tokens", "spans", "relations", "answer", "meta.source"})


def write_prodigy(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """One line of JSON."""
    ledger = Ledger(document, named(document, options))
    passages = Passages(document, ledger, options, unique=("entities", "events"), about=None)
    content = document.text.content
    spans = {run.item.id: _span(content, passages, run) for passage in passages for run in (*passage.entities, *passage.events)}
    doubled = _leave_out_doubled(passages, ledger)
    relations = []
    for relation in document.relations.values():
        ends = passages.ends(relation, across=True)
        if ends is not None:
            relations.append(_relation(spans[ends[0].item.id], spans[ends[1].item.id], relation.type))
    for event in document.events.values():
        if event.id in spans:
            for link in passages.links(event, across=True, events=True):
                head, child = spans[event.id], spans[link.filler.item.id]
                if head == child:
                    # The filler is an entity that is written as this very trigger, which cannot fill a role of its own.
                    ledger.leave_out("arguments", (event.id, link.place), what="same-as-another")
                else:
                    relations.append(_relation(head, child, link.argument.role))
    row = {
        "text": content,
        "meta": {"source": ledger.name},
        "tokens": orjson.Fragment(_tokens(content, passages.cut)),
        "spans": [span | {"type": "span"} for identifier, span in spans.items() if identifier not in doubled],
        "relations": relations,
        "answer": "accept",
    }
    note_untold(document, schema, ledger)
    return Rendered(((".jsonl", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)),), ledger.close())


class _Token(msgspec.Struct, gc=False):
    text: str
    start: int
    end: int
    id: int
    ws: bool


def _tokens(content: str, tokens: Tokens) -> bytes:
    """The tokens as JSON, whether a blank follows each."""
    starts, ends = tokens.starts, tokens.ends
    texts = tokens.texts if tokens.texts is not None else [content[start:end] for start, end in tokens.spans]
    # Behind the last token something must stand to look at.
    behind = map((content + "\n").__getitem__, ends)
    return msgspec.json.encode(list(map(_Token, texts, starts, ends, count(), map(" ".__eq__, behind))))


def _leave_out_doubled(passages: Passages, ledger: Ledger) -> set[str]:
    """The entities that stand where a trigger does under the same name: links name both by place and label, so one is written."""
    found: set[str] = set()
    for passage in passages:
        triggers = {(run.item.type, run.start, run.end) for run in passage.events}
        for run in passage.entities:
            if (run.item.type, run.start, run.end) in triggers:
                ledger.leave_out("entities", run.item.id, what="same-as-another")
                found.add(run.item.id)
    return found


def _span(content: str, passages: Passages, run: Run) -> Row:
    passage = passages.all[run.passage]
    start, end = passage.tokens[run.start][0], passage.tokens[run.end - 1][1]
    place = {"token_start": passage.first + run.start, "token_end": passage.first + run.end - 1}
    return {"text": content[start:end], "start": start, "end": end, **place, "label": run.item.type}


def _relation(head: Row, child: Row, label: str) -> Row:
    return {"head": head["token_end"], "child": child["token_end"], "label": label, "head_span": head, "child_span": child}


def read_prodigy(source: Path, options: ImportOptions) -> Iterator[Imported]:
    """An article for each record that was accepted; those rejected or ignored are listed.

    Raises AnnotatorError ``import-source-missing``, ``nothing-to-import``; what is wrong in a file is in the problems.
    """
    names = Names()

    def take(rows: list[tuple[int, Row]], name: str, bad: list[Loss]) -> Iterator[Imported]:
        for number, (line, row) in enumerate(rows, 1):
            if not text_of(row, "text"):
                bad.append(Loss(name, "", 0, 0, "no-text", line))
            elif text_of(row, "answer") in ("reject", "ignore"):
                bad.append(Loss(name, "", 0, 0, "not-accepted", line, text_of(row, "text")[:80]))
            else:
                meta = row["meta"] if isinstance(row.get("meta"), dict) else {}
                yield _article(names.take(text_of(meta, "source"), fallback=f"{name}-{number}"), row, options, line=line)

    return read_records(source, take, kept=_KEPT)


def _article(name: str, row: Row, options: ImportOptions, *, line: int) -> Imported:
    found = Gathering(name, text_of(row, "text"), options)
    for item in found.rows(row, "spans", line=line):
        start, end = number_of(item, "start"), number_of(item, "end")
        place = ((start, end),) if start is not None and end is not None else ()
        found.mention(_key(item), text_of(item, "label"), place, surface=text_of(item, "text") or None, line=line,
                      extra=score_of(item))  # fmt: skip
    for item in found.rows(row, "relations", line=line):
        head, child = item.get("head_span"), item.get("child_span")
        if isinstance(head, dict) and isinstance(child, dict):
            found.link(_key(head), _key(child), text_of(item, "label"), line=line)
        else:
            found.draft.miss("", "malformed-item", line=line, detail=str(item)[:80])
    found.settle_counting(line=line)
    return found.close()


def _key(span: Row) -> tuple[int | None, int | None, str]:
    return number_of(span, "start"), number_of(span, "end"), text_of(span, "label")
