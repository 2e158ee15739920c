"""Records for Hugging Face's ``datasets``: a sentence each with ``tokens`` and ``ner_tags``, and spans and events as further columns.

``ner_tags`` is flat and IOB2; what it has no room for is in ``spans`` all the same. Offsets in ``spans`` and ``events`` are tokens,
half-open. Tags are numbers by the list of names that stands in the features (``ClassLabel``): in the card of the JSON Lines, in the
metadata of the Parquet file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import orjson

from annotator.core.document import Document
from annotator.core.model import Event
from annotator.core.schema import Schema

from .account import Ledger
from .nesting import flat
from .passages import Link, Passage, Passages, Run
from .table import ExportOptions, Nesting, Rendered, named
from .tags import OUTSIDE, Chunk
from .tokens import type_name

Row = dict[str, Any]
# What stands in front of the tags of a row, and behind them.
_TAGS: Final = b',"ner_tags":'
_BEHIND: Final = b',"spans":'
_INT64: Final = {"dtype": "int64", "_type": "Value"}
_STRING: Final = {"dtype": "string", "_type": "Value"}


def write_huggingface(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """A line of JSON for each sentence; where its tags will be stand the number of its tokens and its chunks until all types are known."""
    ledger = Ledger(document, named(document, options))
    passages = Passages(document, ledger, options)
    rows = [_row(ledger, passage, passages, nesting=options.nesting) for passage in passages]
    lines = [orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows]
    ledger.leave_out_layers("relations")
    return Rendered(((".jsonl", b"".join(lines)),), ledger.close(), passages.tokens)


def tag_names(schema: Schema, met: Iterable[str] = ()) -> list[str]:
    """``O``, then ``B-`` and ``I-`` of each entity type of the schema, then those of types `met` that it lacks."""
    types = dict.fromkeys([*("_".join(item.name.split()) for item in schema.entities), *sorted(met)])
    return [OUTSIDE, *(f"{letter}-{name}" for name in types for letter in "BI")]


def features(names: list[str]) -> Row:
    """The columns as ``datasets`` describes them."""
    span = {"start": _INT64, "end": _INT64, "type": _STRING}
    argument = {"role": _STRING, "start": _INT64, "end": _INT64, "type": _STRING}
    event = {"type": _STRING, "start": _INT64, "end": _INT64, "arguments": [argument]}
    tag = {"names": names, "_type": "ClassLabel"}
    return {
        "id": _STRING,
        "document": _STRING,
        "tokens": {"feature": _STRING, "_type": "Sequence"},
        "ner_tags": {"feature": tag, "_type": "Sequence"},
        "spans": [span],
        "events": [event],
    }


def join_jsonl(documents: Iterable[bytes], schema: Schema) -> Iterator[bytes]:
    """The rows with their tags as numbers; the other columns stay the bytes that they are."""
    pieces: list[list[bytes]] = []
    columns: dict[bytes, list[Any]] = {}
    for document in documents:
        # A quotation mark in front of a colon ends a key, and no text holds one without its stroke: the column is found where it stands.
        first, *rows = document.split(_TAGS)
        held = [first]
        for row in rows:
            column, *rest = row.partition(_BEHIND)
            if column not in columns:
                columns[column] = orjson.loads(column)
            held += (_TAGS, column, *rest)
        pieces.append(held)
    met = {name for _, *chunks in columns.values() for _, _, name in chunks}
    rank = ranks(met, schema)
    begins = {name: rank[f"B-{name}"] for name in met}
    numbered = {column: orjson.dumps(tag_numbers(count, chunks, begins)) for column, (count, *chunks) in columns.items()}
    for held in pieces:
        held[2::4] = [numbered[column] for column in held[2::4]]
        yield b"".join(held)


def ranks(met: Iterable[str], schema: Schema) -> dict[str, int]:
    """The number of each tag where these types were met: 0 is ``O``, ``I-`` stands behind ``B-`` of the same type."""
    return {name: number for number, name in enumerate(tag_names(schema, set(met)))}


def tag_numbers(count: int, chunks: Iterable[tuple[int, int, str]], first: Mapping[str, int]) -> list[int]:
    """The tag of each of `count` tokens: 0 outside, `first` of its type where a chunk begins, one more inside."""
    found = [0] * count
    for start, end, name in chunks:
        found[start] = first[name]
        if end - start > 1:
            found[start + 1 : end] = [first[name] + 1] * (end - start - 1)
    return found


def tag_chunks(ledger: Ledger, passage: Passage, *, nesting: Nesting) -> list[Chunk]:
    """The entities of a passage that the tags show; the others are noted as changed."""
    kept, dropped = flat(passage.entities, nesting=nesting)
    for run, _ in dropped:
        ledger.change("entities", run.item.id, what="not-in-tags")
    return [Chunk(run.start, run.end, type_name(run.item, ledger)) for run in kept]


def argument_links(run: Run, passages: Passages) -> list[Link]:
    """The arguments of an event that a row holds; the others are noted as left out."""
    assert isinstance(run.item, Event)
    return list(passages.links(run.item, events=True))


def _row(ledger: Ledger, passage: Passage, passages: Passages, *, nesting: Nesting) -> Row:
    chunks = tag_chunks(ledger, passage, nesting=nesting)
    return {
        "id": f"{ledger.name}-{passage.number}",
        "document": ledger.name,
        "tokens": passage.forms,
        "ner_tags": [len(passage.forms), *[(start, end, name) for start, end, name in chunks]],
        "spans": [_span(run) for run in passage.entities],
        "events": [_event(run, passages) for run in passage.events],
    }


def _span(run: Run) -> Row:
    return {"start": run.start, "end": run.end, "type": run.item.type}


def _event(run: Run, passages: Passages) -> Row:
    arguments = [
        {"role": link.argument.role, "start": link.filler.start, "end": link.filler.end, "type": link.filler.item.type}
        for link in argument_links(run, passages)
    ]
    return {"type": run.item.type, "start": run.start, "end": run.end, "arguments": arguments}
