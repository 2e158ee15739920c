"""Parquet as ``datasets`` loads it with its features: the rows of `huggingface` as columns, their description in the file's metadata.

A document's columns are kept as JSON until all documents are there. A sentence is one text in them, its tokens apart by a blank, which no
token holds: the library cuts it, so that no token becomes an object of Python again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any, Final

import orjson

from annotator.core.document import Document
from annotator.core.schema import Schema

from .account import Ledger
from .huggingface import argument_links, begins, features, tag_chunks, tag_names, tag_numbers
from .json_lines import Row
from .passages import Passages, Run
from .table import ExportOptions, Rendered, named
from .tags import Chunk

if TYPE_CHECKING:
    import pyarrow

# What is kept of a document, table by table, a list for each field of what stands below each other in it: chunks of tags (in tokens of the
# document) and the objects of the nested columns. The tables of `_COUNTED` have how many each sentence (of arguments: each event) has.
Lists = dict[str, Sequence[Any]]
_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "sentences": ("text",),
    "tags": ("start", "end", "type"),
    "spans": ("start", "end", "type"),
    "events": ("type", "start", "end"),
    "arguments": ("role", "start", "end", "type"),
}
_COUNTED: Final = ("tokens", "spans", "events", "arguments")
_PART: Final = 64_000_000


def write_parquet(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """The columns of a document. Needs no extra."""
    ledger = Ledger(document, named(document, options))
    passages = Passages(document, ledger, options)
    spans = [run for passage in passages for run in passage.entities]
    events = [run for passage in passages for run in passage.events]
    links = [argument_links(run, passages) for run in events]
    fillers = [link for found in links for link in found]
    chunks: list[Chunk] = []
    at = 0
    for passage in passages:
        chunks += [Chunk(at + start, at + end, name) for start, end, name in tag_chunks(ledger, passage, nesting=options.nesting)]
        at += len(passage.tokens)
    tables = {
        "sentences": {"text": [" ".join(passage.forms) for passage in passages]},
        "tags": {"start": [start for start, _, _ in chunks], "end": [end for _, end, _ in chunks], "type": [name for *_, name in chunks]},
        "spans": _runs("spans", spans),
        "events": _runs("events", events),
        "arguments": {"role": [link.argument.role for link in fillers], **_runs("spans", [link.filler for link in fillers])},
    }
    counts = {
        "tokens": [len(passage.tokens) for passage in passages],
        "spans": [len(passage.entities) for passage in passages],
        "events": [len(passage.events) for passage in passages],
        "arguments": list(map(len, links)),
    }
    ledger.leave_out_layers("relations")
    raw = orjson.dumps({"name": ledger.name, "counts": counts, "tables": tables})
    return Rendered(((".json", raw),), ledger.close(), passages.tokens)


def rows_of(raw: bytes, schema: Schema) -> Iterator[Row]:
    """The rows of a document as they stand in the file of it alone. Needs no extra."""
    held = orjson.loads(raw)
    counts, tables = held["counts"], held["tables"]
    tags = iter(_tags(held, begins(set(tables["tags"]["type"]), schema)))
    objects = {name: _by_count(tables[name], counts[name]) for name in ("spans", "events", "arguments")}
    for number, (text, count) in enumerate(zip(tables["sentences"]["text"], counts["tokens"], strict=True)):
        yield {
            "id": f"{held['name']}-{number}",
            "document": held["name"],
            "tokens": text.split(" "),
            "ner_tags": list(islice(tags, count)),
            "spans": next(objects["spans"]),
            "events": [{**event, "arguments": next(objects["arguments"])} for event in next(objects["events"])],
        }


def join_parquet(documents: Iterable[bytes], schema: Schema) -> Iterator[bytes]:
    """The whole file. Needs the extra ``hf``."""
    import pyarrow
    import pyarrow.compute
    import pyarrow.parquet

    part = _Part(pyarrow)
    tables = [part.close() for raw in documents if part.add(raw)]
    table = pyarrow.concat_tables([*tables, part.close()])
    first = begins(part.types, schema)
    numbers = pyarrow.array([0, *(first[name] + inside for name in part.types for inside in (0, 1))], pyarrow.int64())
    place = table.schema.get_field_index("ner_tags")
    tags = [pyarrow.ListArray.from_arrays(held.offsets, numbers.take(held.values)) for held in table[place].chunks]
    # The key under which `datasets` looks for what the columns mean.
    info = orjson.dumps({"info": {"features": features(tag_names(schema, part.types))}}).decode()
    target = BytesIO()
    pyarrow.parquet.write_table(table.set_column(place, "ner_tags", tags).replace_schema_metadata({"huggingface": info}), target)
    yield target.getvalue()


class _Part:
    """Documents on their way into a table. `types` are those met so far; until all are, the tags of the n-th are 2n - 1 and 2n."""

    def __init__(self, arrow: Any) -> None:
        self._arrow = arrow
        self.types: dict[str, int] = {}
        self._start()

    def add(self, raw: bytes) -> bool:
        """Take in a document; whether there are enough now for a table."""
        held = orjson.loads(raw)
        count = len(held["counts"]["tokens"])
        for name in held["tables"]["tags"]["type"]:
            self.types.setdefault(name, 2 * len(self.types) + 1)
        self._names += [held["name"]] * count
        self._ids += [f"{held['name']}-{number}" for number in range(count)]
        self._tags += _tags(held, self.types)
        for table, lists in self._lists.items():
            for name, values in lists.items():
                values += held["tables"][table][name]
        for name, numbers in self._counts.items():
            numbers += held["counts"][name]
        self._size += len(raw)
        return self._size >= _PART

    def close(self) -> pyarrow.Table:
        """The table of the documents since the last one."""
        arrow = self._arrow
        within = self._nested("arguments", self._objects("arguments"))
        columns = {
            "id": arrow.array(self._ids, arrow.string()),
            "document": arrow.array(self._names, arrow.string()),
            "tokens": arrow.compute.split_pattern(arrow.array(self._lists["sentences"]["text"], arrow.string()), " "),
            "ner_tags": self._nested("tokens", arrow.array(self._tags, arrow.int64())),
            "spans": self._nested("spans", self._objects("spans")),
            "events": self._nested("events", self._objects("events", arguments=within)),
        }
        self._start()
        return arrow.table(columns)

    def _start(self) -> None:
        self._names: list[str] = []
        self._ids: list[str] = []
        self._tags: list[int] = []
        self._lists: dict[str, dict[str, list[Any]]] = {
            name: {field: [] for field in fields} for name, fields in _FIELDS.items() if name != "tags"
        }
        self._counts: dict[str, list[int]] = {name: [] for name in _COUNTED}
        self._size = 0

    def _nested(self, name: str, values: pyarrow.Array) -> pyarrow.ListArray:
        offsets = self._arrow.array(list(accumulate(self._counts[name], initial=0)), self._arrow.int32())
        return self._arrow.ListArray.from_arrays(offsets, values)

    def _objects(self, name: str, **further: pyarrow.Array) -> pyarrow.StructArray:
        text, number = self._arrow.string(), self._arrow.int64()
        held = {
            field: self._arrow.array(values, number if field in ("start", "end") else text) for field, values in self._lists[name].items()
        } | further
        return self._arrow.StructArray.from_arrays(list(held.values()), names=list(held))


def _runs(table: str, runs: Sequence[Run]) -> Lists:
    """The fields of a table for runs of tokens."""
    held: Lists = {"start": [run.start for run in runs], "end": [run.end for run in runs], "type": [run.item.type for run in runs]}
    return {field: held[field] for field in _FIELDS[table]}


def _tags(held: Mapping[str, Any], first: Mapping[str, int]) -> list[int]:
    """The tags of a document's tokens, as `tag_numbers` gives them."""
    return tag_numbers(sum(held["counts"]["tokens"]), zip(*held["tables"]["tags"].values(), strict=True), first)


def _by_count(lists: Lists, counts: Iterable[int]) -> Iterator[list[Row]]:
    """The rows of a table as objects, as many together as `counts` say."""
    rows = zip(*lists.values(), strict=True)
    for count in counts:
        yield [dict(zip(lists, row, strict=True)) for row in islice(rows, count)]
