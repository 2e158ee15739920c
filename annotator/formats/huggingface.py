"""Records for Hugging Face's ``datasets``: a sentence each with ``tokens`` and ``ner_tags``, and spans and events as further columns.

``ner_tags`` is flat and IOB2; what it has no room for is in ``spans`` all the same. Offsets in ``spans`` and ``events`` are tokens,
half-open. Tags are numbers by the list of names that stands in the features (``ClassLabel``): in the card of the JSON Lines, in the
metadata of the Parquet file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

import orjson

from annotator.core.document import Document
from annotator.core.model import Event
from annotator.core.schema import Schema

from .account import Ledger
from .json_lines import Row, row_lines
from .nesting import flat
from .passages import Link, Passage, Passages, Run
from .table import ExportOptions, Nesting, Rendered, named
from .tags import OUTSIDE, Chunk
from .tokens import type_name, without_blanks

_INT64: Final = {"dtype": "int64", "_type": "Value"}
_STRING: Final = {"dtype": "string", "_type": "Value"}


def write_huggingface(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """A line of JSON for each sentence. In front of them stands a line that says which number the tags of a type begin with as long as
    this is the only document: where others have types that no schema knows, `join_jsonl` gives the numbers anew.
    """
    ledger = Ledger(document, named(document, options))
    passages = Passages(document, ledger, options)
    chunks = [tag_chunks(ledger, passage, nesting=options.nesting) for passage in passages]
    first = begins({chunk.type for found in chunks for chunk in found}, schema)
    tags = [tag_numbers(len(passage.tokens), found, first) for passage, found in zip(passages, chunks, strict=True)]
    rows = [_row(ledger, passage, passages, tags[passage.number]) for passage in passages]
    ledger.leave_out_layers("relations")
    return Rendered(((".jsonl", orjson.dumps(first) + b"\n" + row_lines(rows)),), ledger.close(), passages.tokens)


def tag_names(schema: Schema, met: Iterable[str] = ()) -> list[str]:
    """``O``, then ``B-`` and ``I-`` of each entity type of the schema, then those of types `met` that it lacks."""
    types = dict.fromkeys([*(without_blanks(item.name) for item in schema.entities), *sorted(met)])
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
    """The rows of all documents, their tags as the types of all of them are numbered."""
    held = [document.partition(b"\n") for document in documents]
    said: list[dict[str, int]] = [orjson.loads(first) for first, _, _ in held]
    final = begins({name for names in said for name in names}, schema)
    for names, (_, _, rows) in zip(said, held, strict=True):
        moved = {number: final[name] for name, number in names.items() if number != final[name]}
        yield b"".join(_renumbered(rows, moved)) if moved else rows


def begins(met: Collection[str], schema: Schema) -> dict[str, int]:
    """The number that the tags of each of these types begin with: that of ``B-``, behind which ``I-`` stands. 0 is ``O``."""
    names = tag_names(schema, met)
    return {name: names.index(f"B-{name}") for name in met}


def tag_numbers(count: int, chunks: Iterable[tuple[int, int, str]], first: Mapping[str, int]) -> list[int]:
    """The tag of each of `count` tokens: 0 outside, `first` of its type where a chunk begins, one more inside."""
    found = [0] * count
    for start, end, name in chunks:
        begin = first[name]
        found[start] = begin
        if end - start > 1:
            found[start + 1 : end] = [begin + 1] * (end - start - 1)
    return found


def tag_chunks(ledger: Ledger, passage: Passage, *, nesting: Nesting) -> list[Chunk]:
    """The entities of a passage that the tags show; the others are noted as changed."""
    if not passage.entities:
        return []
    kept, dropped = flat(passage.entities, nesting=nesting)
    for run, _ in dropped:
        ledger.change("entities", run.item.id, what="not-in-tags")
    return [Chunk(start, end, type_name(item, ledger)) for item, _, start, end in kept]


def argument_links(run: Run, passages: Passages) -> list[Link]:
    """The arguments of an event that a row holds; the others are noted as left out."""
    assert isinstance(run.item, Event)
    return list(passages.links(run.item, events=True))


def _renumbered(rows: bytes, moved: Mapping[int, int]) -> Iterator[bytes]:
    """The rows with other numbers for the types whose tags begin with those of `moved`."""
    tags = {old + inside: new + inside for old, new in moved.items() for inside in (0, 1)}
    for line in rows.splitlines():
        row = orjson.loads(line)
        yield orjson.dumps({**row, "ner_tags": [tags.get(tag, tag) for tag in row["ner_tags"]]}, option=orjson.OPT_APPEND_NEWLINE)


def _row(ledger: Ledger, passage: Passage, passages: Passages, tags: list[int]) -> Row:
    return {
        "id": f"{ledger.name}-{passage.number}",
        "document": ledger.name,
        "tokens": passage.forms,
        "ner_tags": tags,
        "spans": [{"start": start, "end": end, "type": item.type} for item, _, start, end in passage.entities],
        "events": [_event(run, passages) for run in passage.events],
    }


def _event(run: Run, passages: Passages) -> Row:
    arguments = [
        {"role": argument.role, "start": start, "end": end, "type": item.type}
        for _, argument, (item, _, start, end) in argument_links(run, passages)
    ]
    return {"type": run.item.type, "start": run.start, "end": run.end, "arguments": arguments}
