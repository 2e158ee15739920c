"""GLiNER's training records (Zaratiana et al. 2024): a sentence each, entities as first and last token, **both included**.

``relations`` name entities by their place in ``ner``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotator.core.document import Document
from annotator.core.schema import Schema

from .account import Ledger, Loss
from .gathering import Gathering
from .json_lines import Row, read_records, row_lines, score
from .passages import Passages
from .sources import Names
from .table import ExportOptions, Imported, ImportOptions, Rendered, named
from .token_text import TokenText


def write_gliner(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """A line of JSON for each sentence."""
    ledger = Ledger(document, named(document, options))
    ledger.leave_out_layers("events", "arguments")
    passages = Passages(document, ledger, options, about="entities")
    relations: dict[int, list[list[int | str]]] = {}
    for relation in document.relations.values():
        ends = passages.ends(relation)
        if ends is not None:
            held = passages.all[ends[0].passage].entities
            relations.setdefault(ends[0].passage, []).append([held.index(ends[0]), held.index(ends[1]), relation.type])
    rows = []
    for passage in passages:
        ner = [[run.start, run.end - 1, run.item.type] for run in passage.entities]
        rows.append({"tokenized_text": passage.forms, "ner": ner, "relations": relations.get(passage.number, [])})
    return Rendered(((".jsonl", row_lines(rows)),), ledger.close(), passages.tokens)


def read_gliner(source: Path, options: ImportOptions) -> Iterator[Imported]:
    """An article for each file, a record a line: the format has no place for the names of documents.

    Raises AnnotatorError ``import-source-missing``, ``nothing-to-import``; what is wrong in a file is in the problems.
    """
    names = Names()

    def take(rows: list[tuple[int, Row]], name: str, bad: list[Loss]) -> Iterator[Imported]:
        kept = [(line, row) for line, row in rows if isinstance(row.get("tokenized_text"), list)]
        bad += [Loss(name, "", 0, 0, "no-tokens", line) for line, row in rows if not isinstance(row.get("tokenized_text"), list)]
        if kept:
            yield _article(names.take(name, fallback=name), kept, options)

    return read_records(source, take, kept=frozenset({"tokenized_text", "ner", "relations"}))


def _article(name: str, rows: list[tuple[int, Row]], options: ImportOptions) -> Imported:
    text = TokenText()
    firsts = [text.add(str(token) for token in row["tokenized_text"]) for _, row in rows]
    found = Gathering(name, text.content(), options)
    for number, ((line, row), first) in enumerate(zip(rows, firsts, strict=True)):
        for rank, item in enumerate(found.items(row, "ner", line=line)):
            match item:
                case [int(start), int(end), str(kind), *others]:
                    span, told = text.span(first + start, first + end + 1), score(others[0] if others else None)
                    found.mention((number, rank), kind, (span,) if span else (), kind="entity", line=line, extra=told)
                case _:
                    found.draft.miss("", "malformed-item", line=line, detail=str(item)[:80])
        for item in found.items(row, "relations", line=line):
            match item:
                case [int(source), int(target), str(kind), *_]:
                    found.relation((number, source), (number, target), kind, line=line)
                case _:
                    found.draft.miss("", "malformed-item", line=line, detail=str(item)[:80])
    return found.close()
