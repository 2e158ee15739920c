"""What lies beside the data of a set: the manifest, labels, the schema, tokens with their places, and what a format's tool needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson

from annotator import __version__
from annotator.core.schema import Schema
from annotator.formats.chat_template import Template
from annotator.formats.json_lines import row_lines
from annotator.formats.labels import labels_json, schema_json
from annotator.formats.manifest import MADE_BY
from annotator.formats.project_files import PROJECT_FILES
from annotator.formats.table import Format, Rendered
from annotator.formats.type_maps import TypeMap
from annotator.store.files import digest, digest_on_disk
from annotator.store.snapshot import SEGMENTER
from annotator.tasks.division import Division
from annotator.tasks.figures import Figures, add_figures
from annotator.tasks.inventory import Entry, Inventory
from annotator.tasks.splitting import WHOLE

if TYPE_CHECKING:
    from annotator.formats.dataset_card import PartCounts

LABELS: Final = "labels.json"
SCHEMA: Final = "schema.json"
TOKENS: Final = "tokens.jsonl"
_CARDED: Final = frozenset({"hf-jsonl", "hf-parquet"})
_INDENTED: Final = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


@dataclass(frozen=True, slots=True)
class MadeSet:
    """A set as it was written: its format, what was asked for, its documents, how they were divided.

    `own` is the schema that the corpus names, `schema` the same with what the documents have beyond it. `figures` are those of each
    document, of a set that is not divided those of the whole, for formats with a card (`has_card`); `template` is the one that was read.
    """

    row: Format
    request: object
    inventory: Inventory
    division: Division
    own: Schema
    schema: Schema
    scheme: str
    figures: Mapping[str, Figures] = field(default_factory=dict)
    template: Template | None = None


def has_card(row: Format) -> bool:
    """Whether a set of the format has a card beside it."""
    return row.name in _CARDED


def token_rows(name: str, rendered: Rendered) -> bytes:
    """A line of JSON for each record of a document: its number, and the code points of its tokens, half-open."""
    return row_lines([{"document": name, "sentence": number, "tokens": tokens} for number, tokens in enumerate(rendered.tokens or ())])


def companions(made: MadeSet, *, data: Mapping[str, str]) -> dict[str, bytes]:
    """The files beside the data but for tokens and manifest, by name. `data` are the data files by outlet."""
    scheme = "iob2" if has_card(made.row) else made.scheme
    found = {LABELS: labels_json(made.schema, scheme=scheme), SCHEMA: schema_json(made.schema)}
    project = PROJECT_FILES.get(made.row.name)
    if project is not None:
        found |= project(made.schema)
    if has_card(made.row):
        from annotator.formats.dataset_card import CARD, dataset_card
        from annotator.tasks.statistics_card import PICTURE, card_picture, card_statistics

        counts = {part: _counts(made, part) for part in made.division.parts}
        figures = _figures(made)
        whole = add_figures(figures.values()) if len(figures) > 1 else figures[made.division.parts[0]]
        told = card_statistics(whole, figures, made.schema)
        found[CARD] = dataset_card(made.schema, files=_with_rows(made, data), parts=counts, statistics=told)
        if whole.annotations:
            found[PICTURE] = card_picture(whole, made.schema)
    return found


def manifest(made: MadeSet, *, data: Mapping[str, str], beside: Mapping[str, str]) -> bytes:
    """The manifest of a finished set, `data` and `beside` being its files with their SHA-256: no times, nothing of this machine, so that
    the same corpus gives the same bytes.
    """
    name, _, version = SEGMENTER.partition(" ")
    schemas = {id(schema): schema for schema in (made.own, *made.inventory.schemas)}
    hashes = {key: _hash(schema) for key, schema in schemas.items()}
    held = {
        "made_by": MADE_BY,
        "version": __version__,
        "format": made.row.name,
        "options": plain({**_by_name(made.request), "template": made.template}),
        "schema": {"name": made.own.name, "version": made.own.version, "sha256": hashes[id(made.own)]},
        "segmenter": {"name": name, "version": version},
        "split": made.division.as_json() if made.division.kind != "whole" else None,
        "documents": [_document(made, entry, hashes) for entry in made.inventory.entries.values()],
        "data": data,
        "beside": beside,
    }
    return orjson.dumps(held, option=_INDENTED)


def _by_name(value: object) -> dict[str, object]:
    assert is_dataclass(value)
    return {held.name: getattr(value, held.name) for held in fields(value)}


def plain(value: object) -> object:
    """A value of the program as JSON holds it: sets sorted, of a file its name and the hash of its bytes instead of its path."""
    if isinstance(value, TypeMap | Template):
        return value.as_json()
    if is_dataclass(value) and not isinstance(value, type):
        return plain(_by_name(value))
    match value:
        case Mapping():
            return {str(name): plain(held) for name, held in value.items()}
        case set() | frozenset():
            return sorted(map(str, value))
        case list() | tuple():
            return [plain(held) for held in value]
        case Path():
            return {"name": value.name.encode("utf-8", "replace").decode(), "sha256": digest_on_disk(value)}
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)


def _document(made: MadeSet, entry: Entry, hashes: Mapping[int, str]) -> dict[str, object]:
    found: dict[str, object] = {
        "name": entry.name,
        "source": {"name": entry.source, "sha256": entry.sha256},
        "sidecar": {"sha256": entry.digest, "revision": entry.revision} if entry.digest is not None else None,
        "status": entry.status,
        "words": "source" if entry.segmented else SEGMENTER,
    }
    if entry.schema is not made.own:
        found["schema"] = {"name": entry.schema.name, "sha256": hashes[id(entry.schema)]}
    if made.division.kind != "whole":
        found["fold" if made.division.kind == "folds" else "part"] = made.division.part_of[entry.name]
    return found


def _with_rows(made: MadeSet, data: Mapping[str, str]) -> Mapping[str, str]:
    """The data files with a sentence in them: of a set that names one without, ``datasets`` loads none."""
    entries = made.inventory.entries
    filled = {place for place, names in made.division.outlets() if any(entries[name].sentences for name in names)}
    return {place: name for place, name in data.items() if place in filled} or data


def _counts(made: MadeSet, part: str) -> PartCounts:
    from annotator.formats.dataset_card import PartCounts

    names = made.division.members(part)
    entries = [made.inventory.entries[name] for name in names]
    return PartCounts(
        len(entries), sum(entry.sentences for entry in entries), sum(entry.tokens for entry in entries), dict(made.inventory.count(names))
    )


def _figures(made: MadeSet) -> dict[str, Figures]:
    """The figures of each part."""
    if made.division.kind == "whole":
        return {WHOLE: made.figures.get(WHOLE, Figures())}
    return {part: add_figures(made.figures[name] for name in made.division.members(part)) for part in made.division.parts}


def _hash(schema: Schema) -> str:
    """The hash of all that a schema says, whatever file it came from."""
    return digest(orjson.dumps(plain(schema)))
