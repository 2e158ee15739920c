"""Parquet as ``datasets`` loads it with its features: the rows of `huggingface`, and their description in the file's metadata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import orjson

from annotator.core.schema import Schema

from .huggingface import features, ranks

if TYPE_CHECKING:
    import pyarrow

_PART: Final = 64_000_000


def join_parquet(documents: Iterable[bytes], schema: Schema) -> Iterator[bytes]:
    """The whole file. Needs the extra ``hf``."""
    import pyarrow
    import pyarrow.compute
    import pyarrow.json
    import pyarrow.parquet

    named = _read(pyarrow, documents)
    held = named["ner_tags"].combine_chunks()
    rank = ranks([held.flatten().unique().to_pylist()], schema)
    numbers = pyarrow.compute.index_in(held.flatten(), value_set=pyarrow.array(list(rank), pyarrow.string())).cast(pyarrow.int64())
    tags = pyarrow.ListArray.from_arrays(held.offsets, numbers)
    # The key under which `datasets` looks for what the columns mean.
    info = orjson.dumps({"info": {"features": features(list(rank))}}).decode()
    columns = {name: named[name] for name in named.column_names} | {"ner_tags": tags}
    table = pyarrow.table(columns, schema=_layout(pyarrow).with_metadata({"huggingface": info}))
    target = BytesIO()
    pyarrow.parquet.write_table(table, target)
    yield target.getvalue()


def _read(arrow: Any, documents: Iterable[bytes]) -> pyarrow.Table:
    """The rows with their tags by name, read by the library itself: no row becomes an object of Python."""
    layout = _layout(arrow)
    layout = layout.set(layout.get_field_index("ner_tags"), arrow.field("ner_tags", arrow.list_(arrow.string())))
    parsing = arrow.json.ParseOptions(explicit_schema=layout, unexpected_field_behavior="error")
    tables = []
    for part in _parts(documents):
        # One block: a row must not lie in two.
        reading = arrow.json.ReadOptions(use_threads=False, block_size=len(part) + 1)
        tables.append(arrow.json.read_json(BytesIO(part), read_options=reading, parse_options=parsing))
    return arrow.concat_tables(tables).combine_chunks() if tables else layout.empty_table()


def _parts(documents: Iterable[bytes]) -> Iterator[bytes]:
    """Documents behind each other, as many as make up `_PART` bytes."""
    held: list[bytes] = []
    size = 0
    for document in documents:
        held.append(document)
        size += len(document)
        if size >= _PART:
            yield b"".join(held)
            held, size = [], 0
    if size:
        yield b"".join(held)


def _layout(arrow: Any) -> pyarrow.Schema:
    place = [("start", arrow.int64()), ("end", arrow.int64())]
    span = arrow.struct([*place, ("type", arrow.string())])
    argument = arrow.struct([("role", arrow.string()), *place, ("type", arrow.string())])
    event = arrow.struct([("type", arrow.string()), *place, ("arguments", arrow.list_(argument))])
    return arrow.schema(
        [
            ("id", arrow.string()),
            ("document", arrow.string()),
            ("tokens", arrow.list_(arrow.string())),
            ("ner_tags", arrow.list_(arrow.int64())),
            ("spans", arrow.list_(span)),
            ("events", arrow.list_(event)),
        ]
    )
