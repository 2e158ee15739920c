"""OneIE's JSON (Lin, Ji, Huang & Wu 2020), the form of BKEE's release (Nguyen et al. 2024): a sentence a line.

Offsets are tokens of the sentence, half-open. An argument names an entity of its sentence; words are written as one token, joined by ``_``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from annotator.core.document import Document
from annotator.core.model import Event
from annotator.core.schema import Schema
from annotator.core.text import Spans

from .account import Ledger, Loss
from .gathering import Gathering
from .json_lines import Row, number_of, read_records, row_lines, rows_of, score_of, text_of
from .passages import Passage, Passages, Run
from .sources import Names
from .table import ExportOptions, Imported, ImportOptions, Rendered, named
from .token_text import TokenText

# The attribute that says how a mention names its entity, and what stands for its absence.
_MENTION: Final = "mention"
_UNKNOWN: Final = "UNK"
_KEPT: Final = frozenset({
    "doc_id", "sent_id", "tokens", "sentence", "entity_mentions", "event_mentions", "relation_mentions", "pieces", "token_lens",
})  # fmt: skip


def write_oneie(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """A line of JSON for each sentence."""
    ledger = Ledger(document, named(document, options))
    passages = Passages(document, ledger, options)
    related: dict[int, list[Row]] = {}
    for relation in document.relations.values():
        ends = passages.ends(relation)
        if ends is not None:
            passage = passages.all[ends[0].passage]
            fillers = [{**_filler(ledger.name, passage, end), "role": f"Arg-{rank}"} for rank, end in enumerate(ends, 1)]
            row = {
                "id": _id(ledger.name, passage, relation.id),
                "relation_type": relation.type,
                "relation_subtype": relation.type,
                "arguments": fillers,
            }
            related.setdefault(passage.number, []).append(row)
    rows = [_sentence(ledger.name, passage, passages, related) for passage in passages]
    return Rendered(((".json", row_lines(rows)),), ledger.close(), passages.tokens)


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
        "mention_type": dict(run.item.attributes).get(_MENTION, _UNKNOWN),
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


def read_oneie(source: Path, options: ImportOptions) -> Iterator[Imported]:
    """The articles of OneIE or BKEE files: sentences of one ``doc_id`` are one article, a sentence a line.

    Raises AnnotatorError ``import-source-missing``, ``nothing-to-import``; what is wrong in a file is in the problems.
    """
    names = Names()

    def take(rows: list[tuple[int, Row]], name: str, bad: list[Loss]) -> Iterator[Imported]:
        articles: dict[str, list[tuple[int, Row]]] = {}
        for line, row in rows:
            if isinstance(row.get("tokens"), list):
                articles.setdefault(text_of(row, "doc_id") or name, []).append((line, row))
            else:
                bad.append(Loss(name, "", 0, 0, "no-tokens", line))
        for wanted, held in articles.items():
            yield _article(names.take(wanted, fallback=name), held, options)

    return read_records(source, take, kept=_KEPT | {"graph"} if options.predicted else _KEPT)


def _article(name: str, rows: list[tuple[int, Row]], options: ImportOptions) -> Imported:
    text = TokenText()
    firsts = [text.add(str(token) for token in row["tokens"]) for _, row in rows]
    found = Gathering(name, text.content(), options)
    for (line, row), first in zip(rows, firsts, strict=True):
        graph = row.get("graph")
        told = _from_graph(graph, row) if options.predicted and isinstance(graph, dict) else row
        _take_sentence(found, text, told, first=first, line=line)
    return found.close()


def _take_sentence(found: Gathering, text: TokenText, row: Row, *, first: int, line: int) -> None:
    sentence = text_of(row, "sent_id") or str(line)

    def key(identifier: str) -> tuple[str, str]:
        return sentence, identifier

    for item in found.rows(row, "entity_mentions", line=line):
        mention = text_of(item, "mention_type")
        found.mention(key(text_of(item, "id")), text_of(item, "entity_type"), _place(text, item, first), kind="entity", line=line,
                      attributes=((_MENTION, mention),) if mention not in ("", _UNKNOWN) else (), extra=score_of(item))  # fmt: skip
    for item in found.rows(row, "event_mentions", line=line):
        event, trigger = key(text_of(item, "id")), item.get("trigger")
        place = _place(text, trigger, first) if isinstance(trigger, dict) else ()
        found.mention(event, text_of(item, "event_type"), place, kind="event", line=line, extra=score_of(item))
        for argument in found.rows(item, "arguments", line=line):
            found.argument(event, text_of(argument, "role"), key(text_of(argument, "entity_id")), line=line, extra=score_of(argument))
    for item in found.rows(row, "relation_mentions", line=line):
        ends = [key(text_of(end, "entity_id")) for end in rows_of(item, "arguments")]
        if len(ends) == 2:
            found.relation(ends[0], ends[1], text_of(item, "relation_subtype", "relation_type"), line=line)
        else:
            found.malformed("relation_mentions", item, line=line)


def _from_graph(graph: Row, row: Row) -> Row:
    """A sentence as OneIE's predictor writes it, in the form of its training data.

    ``entities`` are ``[start, end, type, mention type, score]``, ``triggers`` ``[start, end, type, score]``, ``relations`` and ``roles``
    name what they link by its place there: ``[first, second, type, score]``.
    """
    fillers: dict[object, list[Row]] = {}
    for trigger, entity, role, *scores in _items(graph, "roles", 3):
        fillers.setdefault(trigger, []).append({"entity_id": f"entity {entity}", "role": role, **_scored(scores)})
    return {
        "sent_id": row.get("sent_id"),
        "entity_mentions": [
            {"id": f"entity {rank}", "start": start, "end": end, "entity_type": kind, **_scored(scores)}
            for rank, (start, end, kind, *scores) in enumerate(_items(graph, "entities", 3))
        ],
        "event_mentions": [
            {"id": f"event {rank}", "event_type": kind, "trigger": {"start": start, "end": end}, **_scored(scores),
             "arguments": fillers.get(rank, [])}
            for rank, (start, end, kind, *scores) in enumerate(_items(graph, "triggers", 3))
        ],
        "relation_mentions": [
            {"relation_type": kind, "arguments": [{"entity_id": f"entity {source}"}, {"entity_id": f"entity {target}"}]}
            for source, target, kind, *_ in _items(graph, "relations", 3)
        ],
    }  # fmt: skip


def _items(graph: Row, key: str, width: int) -> list[list[Any]]:
    held = graph.get(key)
    return [item for item in held if isinstance(item, list) and len(item) >= width] if isinstance(held, list) else []


def _scored(scores: list[Any]) -> Row:
    return {"score": scores[-1]} if scores else {}


def _place(text: TokenText, item: Row, first: int) -> Spans:
    """Where an item's tokens are, in characters; empty where it names none."""
    start, end = number_of(item, "start"), number_of(item, "end")
    span = text.span(first + start, first + end) if start is not None and end is not None else None
    return (span,) if span else ()
