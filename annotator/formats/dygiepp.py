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
            [list(_inclusive(merged, passages.runs[member])) for member in cluster.members if member in passages.runs]
            for cluster in document.clusters.values()
            if cluster.layer == "entities"
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

    for first, last, kind, *scores in _each(row, _key(row, "ner", options), 3):
        # Links name the place alone: where two entities share it, the first.
        key = (first, last, kind) if found.has((first, last)) else (first, last)
        found.mention(key, str(kind), place(first, last), kind="entity", line=line, extra=_score(scores))
    for number, event in enumerate(_each_list(row, _key(row, "events", options))):
        head, *fillers = event or [[]]
        # First token, the last one where the trigger has several, the type, and scores where a model gave them.
        named = next((rank for rank, part in enumerate(head) if isinstance(part, str)), 0) if isinstance(head, list) else 0
        if named in (1, 2):
            scored = _score(head[named + 1 :])
            found.mention(("event", number), head[named], place(head[0], head[named - 1]), kind="event", line=line, extra=scored)
            for first, last, role, *scores in (filler for filler in fillers if isinstance(filler, list) and len(filler) >= 3):
                found.argument(("event", number), str(role), (first, last), line=line, extra=_score(scores))
    for first, last, other, other_last, kind, *_ in _each(row, _key(row, "relations", options), 5):
        found.relation((first, last), (other, other_last), str(kind), line=line)
    for cluster in row.get(_key(row, "clusters", options)) or []:
        found.cluster("entities", [tuple(member[:2]) for member in cluster if isinstance(member, list)])
    return found.close()


def _each_list(row: Row, key: str) -> Iterator[list[Any]]:
    """The items of all sentences."""
    held = row.get(key)
    for sentence in held if isinstance(held, list) else []:
        yield from (item for item in sentence if isinstance(item, list)) if isinstance(sentence, list) else ()


def _each(row: Row, key: str, width: int) -> Iterator[list[Any]]:
    """The items that have at least `width` fields; scores may follow."""
    return (item for item in _each_list(row, key) if len(item) >= width)


def _key(row: Row, layer: str, options: ImportOptions) -> str:
    """Where a layer stands: what a model found lies beside what was annotated, if anything was."""
    return f"predicted_{layer}" if options.predicted and f"predicted_{layer}" in row else layer


def _score(scores: list[Any]) -> Extra:
    """The last of the scores behind an item: the raw one comes first, the probability behind it."""
    return score(scores[-1]) if scores else ()
