"""DyGIE++ (Wadden et al. 2019): a document a line, tokens counted through the document, the last one **included**; a trigger is one token.

A trigger of several words is written as one token, its words joined by ``_``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import orjson

from annotator.core.document import Document
from annotator.core.model import Event, Extra
from annotator.core.schema import Schema
from annotator.core.text import Spans

from .account import Ledger, Loss
from .gathering import Gathering
from .json_lines import Row, read_records, score, text_of
from .merging import Merged, merge_triggers
from .passages import Passage, Passages, Run
from .sources import Names
from .table import ExportOptions, Imported, ImportOptions, Rendered, named
from .token_text import TokenText

_LAYERS: Final = ("ner", "relations", "events", "clusters")
_KEPT: Final = frozenset({"doc_key", "dataset", "sentences", *_LAYERS})
_PREDICTED: Final = frozenset(f"predicted_{layer}" for layer in _LAYERS)


def write_dygiepp(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """One line of JSON: sentences, and for each its entities, relations and events; clusters of the whole document."""
    ledger = Ledger(document, named(document, options))
    passages = Passages(document, ledger, options, unique=("entities",))
    merged = merge_triggers(passages, ledger)
    relations: list[list[list[Any]]] = [[] for _ in passages]
    owners = _owners(passages, merged)
    for relation in document.relations.values():
        ends = passages.ends(relation)
        if ends is not None:
            if any(owners[_inclusive(merged, end)] != end.item.type for end in ends):
                ledger.change("relations", relation.id, what="place-not-unique")
            relations[ends[0].passage].append([*_inclusive(merged, ends[0]), *_inclusive(merged, ends[1]), relation.type])
    row = {
        "doc_key": ledger.name,
        "dataset": schema.name,
        "sentences": [held.forms for held in merged],
        "ner": [_ner(passage, merged, ledger) for passage in passages],
        "relations": relations,
        "events": [[_event(run, passages, merged, owners, ledger) for run in passage.events] for passage in passages],
        "clusters": [
            [list(_inclusive(merged, passages.runs[member])) for member in members]
            for cluster in document.clusters.values()
            if cluster.layer == "entities" and len(members := [held for held in cluster.members if held in passages.runs]) > 1
        ],
    }
    tokens = ledger.places(held.spans(passage.tokens) for passage, held in zip(passages, merged, strict=True))
    return Rendered(((".jsonl", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)),), ledger.close(), tokens)


def _ner(passage: Passage, merged: list[Merged], ledger: Ledger) -> list[list[Any]]:
    """``[first, last, type]`` of each entity. Two may have come to be the same when a trigger became one token."""
    found: dict[tuple[int, int, str], None] = {}
    for run in passage.entities:
        row = (*_inclusive(merged, run), run.item.type)
        if row in found:
            ledger.leave_out("entities", run.item.id, what="same-as-another")
        found[row] = None
    return [list(row) for row in found]


def _owners(passages: Passages, merged: list[Merged]) -> dict[tuple[int, int], str]:
    """The type of the first entity at each place: links name the place alone, and are read as links to that one."""
    found: dict[tuple[int, int], str] = {}
    for passage in passages:
        for run in passage.entities:
            found.setdefault(_inclusive(merged, run), run.item.type)
    return found


def _event(
    run: Run, passages: Passages, merged: list[Merged], owners: dict[tuple[int, int], str], ledger: Ledger
) -> list[list[Any]]:
    """``[[trigger token, type], [first, last, role], …]``."""
    assert isinstance(run.item, Event)
    fillers = []
    for link in passages.links(run.item):
        place = _inclusive(merged, link.filler)
        if owners[place] != link.filler.item.type:
            ledger.change("arguments", (run.item.id, link.place), what="place-not-unique")
        fillers.append([*place, link.argument.role])
    return [[_inclusive(merged, run)[0], run.item.type], *fillers]


def _inclusive(merged: list[Merged], run: Run) -> tuple[int, int]:
    """First and last token, counted through the document."""
    start, end = merged[run.passage].run(run)
    return start, end - 1


def read_dygiepp(source: Path, options: ImportOptions) -> Iterator[Imported]:
    """The articles of DyGIE++ files, a record each. Offsets through the document; triggers of one token or of two offsets.

    Raises AnnotatorError ``import-source-missing``, ``nothing-to-import``; what is wrong in a file is in the problems.
    """
    names = Names()

    def take(rows: list[tuple[int, Row]], name: str, bad: list[Loss]) -> Iterator[Imported]:
        for line, row in rows:
            sentences = row.get("sentences")
            if isinstance(sentences, list) and all(isinstance(sentence, list) for sentence in sentences):
                yield _article(names.take(text_of(row, "doc_key"), fallback=f"{name}-{line}"), row, options, line=line)
            else:
                bad.append(Loss(name, "", 0, 0, "no-tokens", line))

    return read_records(source, take, kept=_KEPT | _PREDICTED if options.predicted else _KEPT)


def _article(name: str, row: Row, options: ImportOptions, *, line: int) -> Imported:
    text = TokenText()
    for sentence in row["sentences"]:
        text.add(str(token) for token in sentence)
    found = Gathering(name, text.content(), options)

    def place(first: object, last: object) -> Spans:
        span = text.span(first, last + 1) if isinstance(first, int) and isinstance(last, int) else None
        return (span,) if span else ()

    for item in _layer(found, row, _key(row, "ner", options), line=line):
        match item:
            case [int(first), int(last), str(kind), *scores]:
                # Links name the place alone: where two entities share it, the first.
                key = (first, last, kind) if found.has((first, last)) else (first, last)
                found.mention(key, kind, place(first, last), kind="entity", line=line, extra=_score(scores))
            case _:
                found.malformed("ner", item, line=line)
    for number, item in enumerate(_layer(found, row, _key(row, "events", options), line=line)):
        # First token, the last one where the trigger has several, the type, and scores where a model gave them.
        match item:
            case [[int(first), int(last), str(kind), *scores], *fillers] | [[int(first) as last, str(kind), *scores], *fillers]:
                found.mention(("event", number), kind, place(first, last), kind="event", line=line, extra=_score(scores))
                _take_fillers(found, ("event", number), fillers, line=line)
            case _:
                found.malformed("events", item, line=line)
    for item in _layer(found, row, _key(row, "relations", options), line=line):
        match item:
            case [int(first), int(last), int(other), int(other_last), str(kind), *_]:
                found.relation((first, last), (other, other_last), kind, line=line)
            case _:
                found.malformed("relations", item, line=line)
    for cluster in found.items(row, _key(row, "clusters", options), line=line):
        members = [(member[0], member[1]) for member in cluster if _is_place(member)] if isinstance(cluster, list) else []
        if not isinstance(cluster, list) or len(members) < len(cluster):
            found.malformed("clusters", cluster, line=line)
        found.cluster("entities", list(members))
    return found.close()


def _take_fillers(found: Gathering, event: tuple[str, int], fillers: list[Any], *, line: int) -> None:
    for filler in fillers:
        match filler:
            case [int(first), int(last), str(role), *scores]:
                found.argument(event, role, (first, last), line=line, extra=_score(scores))
            case _:
                found.malformed("events", filler, line=line)


def _layer(found: Gathering, row: Row, key: str, *, line: int) -> Iterator[Any]:
    """The items of all sentences; a sentence that is no list is listed."""
    for sentence in found.items(row, key, line=line):
        if isinstance(sentence, list):
            yield from sentence
        else:
            found.malformed(key, sentence, line=line)


def _is_place(member: object) -> bool:
    match member:
        case [int(), int(), *_]:
            return True
        case _:
            return False


def _key(row: Row, layer: str, options: ImportOptions) -> str:
    """Where a layer stands: what a model found lies beside what was annotated, if anything was."""
    return f"predicted_{layer}" if options.predicted and f"predicted_{layer}" in row else layer


def _score(scores: list[Any]) -> Extra:
    """The last of the scores behind an item: the raw one comes first, the probability behind it."""
    return score(scores[-1]) if scores else ()
