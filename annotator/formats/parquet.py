"""Parquet as ``datasets`` loads it with its features: the rows of `huggingface`, and their description in the file's metadata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

import orjson

from annotator.core.schema import Schema

from .huggingface import features, ranks

if TYPE_CHECKING:
    import pyarrow


def join_parquet(documents: Iterable[bytes], schema: Schema) -> Iterator[bytes]:
    """The whole file. Needs the extra ``hf``."""
    import pyarrow
    import pyarrow.parquet

    rows = [orjson.loads(record) for document in documents for record in BytesIO(document)]
    rank = ranks((row["ner_tags"] for row in rows), schema)
    columns: dict[str, list[Any]] = {name: [row[name] for row in rows] for name in ("id", "document", "tokens", "spans", "events")}
    columns["ner_tags"] = [[rank[tag] for tag in row["ner_tags"]] for row in rows]
    # The key under which `datasets` looks for what the columns mean.
    info = orjson.dumps({"info": {"features": features(list(rank))}}).decode()
    table = pyarrow.table(columns, schema=_layout(pyarrow).with_metadata({"huggingface": info}))
    target = BytesIO()
    pyarrow.parquet.write_table(table, target)
    yield target.getvalue()


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
