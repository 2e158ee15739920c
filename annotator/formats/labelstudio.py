"""Label Studio's JSON: an array of tasks, each with one annotation of regions and relations. Offsets are code points, half-open.

A trigger is a region labelled with its event's type, an argument a relation of its role from there to its filler.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final
from xml.sax.saxutils import quoteattr

import orjson

from annotator.core.document import Document
from annotator.core.model import Annotation
from annotator.core.schema import Schema

from .account import Ledger
from .stretches import Stretches
from .table import ExportOptions, Rendered, named

Row = dict[str, Any]
_LABELS: Final = {"from_name": "label", "to_name": "text", "type": "labels", "origin": "manual"}


def write_labelstudio(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """One task; tasks become an array by `join_tasks`."""
    ledger = Ledger(document, named(document, options))
    held = Stretches(document, ledger)
    links = [(relation.source, relation.target, relation.type) for relation in held.relations]
    links += [(event.id, argument.target, argument.role) for event in held.events for argument in event.arguments]
    result = [_region(held, item) for item in (*held.entities, *held.events)]
    result += [{"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": [name]} for source, target, name in links]
    task = {"data": {"text": document.text.content}, "meta": {"source": ledger.name}, "annotations": [{"result": result}]}
    return Rendered(((".json", orjson.dumps(task, option=orjson.OPT_APPEND_NEWLINE)),), ledger.close())


def join_tasks(records: Iterable[bytes], schema: Schema) -> Iterator[bytes]:
    """The array of tasks, one a line."""
    before = b"[\n"
    for record in records:
        yield before + record.rstrip(b"\n")
        before = b",\n"
    yield b"[\n]\n" if before == b"[\n" else b"\n]\n"


def labelling_config(schema: Schema) -> str:
    """The XML that sets up a project for what is exported: a label for each entity and event type, a relation for each role."""
    types = [(item.name, item.colour) for item in chain(schema.entities, schema.events)]
    labels = "".join(f"    <Label value={quoteattr(name)}{f' background={quoteattr(colour)}' if colour else ''}/>\n" for name, colour in types)
    names = [role.name for role in schema.roles] + [relation.name for relation in schema.relations]
    relations = "".join(f"    <Relation value={quoteattr(name)}/>\n" for name in dict.fromkeys(names))
    return (
        f'<View>\n  <Labels name="label" toName="text">\n{labels}  </Labels>\n  <Relations>\n{relations}  </Relations>\n'
        '  <Text name="text" value="$text"/>\n</View>\n'
    )


def _region(held: Stretches, item: Annotation) -> Row:
    start, end = held.span(item)
    return {"id": item.id, **_LABELS, "value": {"start": start, "end": end, "text": held.text(item), "labels": [item.type]}}
