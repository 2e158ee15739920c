"""Label Studio's JSON: an array of tasks, each with one annotation of regions and relations. Offsets are code points, half-open.

A trigger is a region labelled with its event's type, an argument a relation of its role from there to its filler.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from xml.sax.saxutils import quoteattr

import orjson

from annotator.core.document import Document
from annotator.core.model import Annotation
from annotator.core.schema import Schema

from .account import Ledger, Loss
from .gathering import Gathering
from .json_lines import Row, number_of, read_records, rows_of, score_of, text_of
from .sources import Names
from .stretches import Stretches
from .table import ExportOptions, Imported, ImportOptions, Rendered, named
from .telling import note_untold

# What is read, and what Label Studio keeps of its own work; a text under another name than ``text`` is named where it is found.
_KEPT: Final = frozenset({
    "id", "data.text", "text", "label", "meta.source", "annotations", "completions", "annotator", "annotation_id", "inner_id",
    "project", "file_upload", "drafts", "created_at", "updated_at", "updated_by", "lead_time", "was_cancelled",
    "total_annotations", "cancelled_annotations", "total_predictions", "comment_count", "comment_authors",
    "unresolved_comment_count", "last_comment_updated_at",
})  # fmt: skip
_LABELS: Final = {"from_name": "label", "to_name": "text", "type": "labels", "origin": "manual"}


def write_labelstudio(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """One task; tasks become an array by `join_tasks`."""
    ledger = Ledger(document, named(document, options))
    held = Stretches(document, ledger)
    links = [(relation.source, relation.target, relation.type) for relation in held.relations]
    links += [(event.id, argument.target, argument.role) for event in held.events for argument in event.arguments]
    items: list[Annotation] = [*held.entities, *held.events]
    result = [_region(held, item) for item in items]
    result += [
        {"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": [name]} for source, target, name in links
    ]
    task = {"data": {"text": document.text.content}, "meta": {"source": ledger.name}, "annotations": [{"result": result}]}
    note_untold(document, schema, ledger)
    return Rendered(((".json", orjson.dumps(task, option=orjson.OPT_APPEND_NEWLINE)),), ledger.close())


def join_tasks(documents: Iterable[bytes], schema: Schema) -> Iterator[bytes]:
    """The array of tasks, one a line."""
    before = b"[\n"
    for task in documents:
        yield before + task.rstrip(b"\n")
        before = b",\n"
    yield b"[\n]\n" if before == b"[\n" else b"\n]\n"


def labelling_config(schema: Schema) -> str:
    """The XML that sets up a project for what is exported: a label for each entity and event type, a relation for each role."""
    types = [*((item.name, item.colour) for item in schema.entities), *((item.name, item.colour) for item in schema.events)]
    labels = "".join(
        f"    <Label value={quoteattr(name)}{f' background={quoteattr(colour)}' if colour else ''}/>\n" for name, colour in types
    )
    names = [role.name for role in schema.roles] + [relation.name for relation in schema.relations]
    relations = "".join(f"    <Relation value={quoteattr(name)}/>\n" for name in dict.fromkeys(names))
    return (
        f'<View>\n  <Labels name="label" toName="text">\n{labels}  </Labels>\n  <Relations>\n{relations}  </Relations>\n'
        '  <Text name="text" value="$text"/>\n</View>\n'
    )


def _region(held: Stretches, item: Annotation) -> Row:
    start, end = held.span(item)
    return {"id": item.id, **_LABELS, "value": {"start": start, "end": end, "text": held.text(item), "labels": [item.type]}}


def read_labelstudio(source: Path, options: ImportOptions) -> Iterator[Imported]:
    """An article for each task, with its last annotation that was not cancelled; the full export and the short one (``JSON-MIN``).

    Raises AnnotatorError ``import-source-missing``, ``nothing-to-import``; what is wrong in a file is in the problems.
    """
    names = Names()

    def take(rows: list[tuple[int, Row]], name: str, bad: list[Loss]) -> Iterator[Imported]:
        for number, (line, row) in enumerate(rows, 1):
            data = row["data"] if isinstance(row.get("data"), dict) else row
            content = text_of(data, "text") or next((value for value in data.values() if isinstance(value, str)), "")
            if not content:
                bad.append(Loss(name, "", 0, 0, "no-text", line))
                continue
            meta = row["meta"] if isinstance(row.get("meta"), dict) else {}
            yield _article(names.take(text_of(meta, "source"), fallback=f"{name}-{number}"), content, row, options)

    return read_records(source, take, kept=_KEPT | {"predictions"} if options.predicted else _KEPT)


def _article(name: str, content: str, row: Row, options: ImportOptions) -> Imported:
    found = Gathering(name, content, options)
    done = [item for item in rows_of(row, "annotations") or rows_of(row, "completions") if not item.get("was_cancelled")]
    if options.predicted and rows_of(row, "predictions"):
        done = rows_of(row, "predictions")
    regions = list(found.rows(done[-1], "result")) if done else [{"value": item} for item in found.rows(row, "label")]
    for item in done[:-1]:
        found.draft.miss(str(item.get("id", "")), "earlier-annotation")
    for number, region in enumerate(regions):
        if region.get("type") != "relation":
            _take_region(found, region, key=text_of(region, "id") or f"region {number}")
    for region in regions:
        if region.get("type") == "relation":
            labels = region.get("labels")
            label = str(labels[0]) if isinstance(labels, list) and labels else ""
            found.link(text_of(region, "from_id"), text_of(region, "to_id"), label)
    found.settle_counting()
    return found.close()


def _take_region(found: Gathering, region: Row, *, key: str) -> None:
    """A region with its first label; further ones and regions of other kinds are listed."""
    value = region["value"] if isinstance(region.get("value"), dict) else {}
    labels = next((held for name, held in value.items() if name.endswith("labels") and isinstance(held, list) and held), None)
    start, end = number_of(value, "start"), number_of(value, "end")
    if labels is None or start is None or end is None:
        found.draft.miss(key, "region-of-other-kind", detail=text_of(region, "type"))
        return
    for label in labels[1:]:
        found.draft.miss(key, "second-label", detail=str(label)[:80])
    surface = text_of(value, "text")
    found.mention(key, str(labels[0]), ((start, end),), surface=surface or None, extra=score_of(region) or score_of(value))
