"""Other tools' files: every annotation that a file has comes in or is named, counted in the raw file by a few lines of this test.

What the files beside the project (../shared) have of quirks stands here once more in small files of our own.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from annotator.core.schema import Schema
from annotator.core.schema_toml import read_schema
from annotator.formats.table import Imported, ImportOptions, Offsets, reader
from annotator.resources import resource

# Mentions with triggers, and links of any kind.
Counts = tuple[int, int]


def counted(found: list[Imported]) -> Counts:
    documents = [held.document for held in found if held.document is not None]
    mentions = sum(len(document.entities) + len(document.events) for document in documents)
    arguments = sum(len(event.arguments) for document in documents for event in document.events.values())
    return mentions, arguments + sum(len(document.relations) for document in documents)


def rows(path: Path) -> list[dict[str, Any]]:
    raw = path.read_text(encoding="utf-8")
    try:
        held = json.loads(raw)
    except ValueError:
        held = [json.loads(line) for line in raw.split("\n") if line.strip()]
    return held if isinstance(held, list) else [held]


def in_brat(path: Path) -> Counts:
    lines = path.read_text(encoding="utf-8").split("\n")
    events = [line for line in lines if line.startswith("E")]
    triggers = {line.split("\t")[1].split(" ")[0].rpartition(":")[2] for line in events}
    mentions = sum(line.startswith("T") and line.split("\t")[0] not in triggers for line in lines) + len(events)
    links = sum(len(line.split("\t")[1].split()) - 1 for line in events) + sum(line.startswith("R") for line in lines)
    return mentions, links


def in_columns(path: Path) -> Counts:
    """Tags that open: a chunk of one type that goes on has no other letter than I or E."""
    fields = [line.split() for line in path.read_text(encoding="utf-8").split("\n")]
    return sum(len(held) > 1 and held[-1][:2] in ("B-", "S-", "U-") for held in fields), 0


def in_doccano(path: Path) -> Counts:
    held = [row for row in rows(path) if "text" in row]
    return sum(len(row.get("label", row.get("entities", []))) for row in held), sum(len(row.get("relations", [])) for row in held)


def in_prodigy(path: Path) -> Counts:
    return sum(len(row["spans"]) for row in rows(path)), sum(len(row.get("relations", [])) for row in rows(path))


def in_gliner(path: Path) -> Counts:
    return sum(len(row["ner"]) for row in rows(path)), sum(len(row.get("relations", [])) for row in rows(path))


def in_labelstudio(path: Path) -> Counts:
    kinds = Counter(region["type"] for row in rows(path) for done in row["annotations"] for region in done["result"])
    return kinds["labels"], kinds["relation"]


def in_dygiepp(path: Path) -> Counts:
    ner = sum(len(sentence) for row in rows(path) for sentence in row["ner"])
    events = [event for row in rows(path) for sentence in row["events"] for event in sentence]
    related = sum(len(sentence) for row in rows(path) for sentence in row["relations"])
    return ner + len(events), sum(len(event) - 1 for event in events) + related


def in_oneie(path: Path) -> Counts:
    mentions = sum(len(row["entity_mentions"]) + len(row["event_mentions"]) for row in rows(path))
    arguments = sum(len(event["arguments"]) for row in rows(path) for event in row["event_mentions"])
    return mentions, arguments + sum(len(row.get("relation_mentions", [])) for row in rows(path))


def in_phoner(path: Path) -> Counts:
    return sum(tag.startswith("B-") for row in rows(path) for tag in row["tags"]), 0


def in_vlsp(path: Path) -> Counts:
    return len(re.findall("<ENAMEX", path.read_text(encoding="utf-8"))), 0


COUNT = {
    "brat": in_brat, "conll": in_columns, "doccano": in_doccano, "prodigy": in_prodigy, "gliner": in_gliner, "dygiepp": in_dygiepp,
    "labelstudio": in_labelstudio, "oneie": in_oneie, "phoner": in_phoner, "vlsp": in_vlsp,
}  # fmt: skip
# Every file of a format that we read, and what of it has no place here.
FILES: dict[str, tuple[str, set[str]]] = {
    "brat/news/000-introduction.ann": ("brat", set()),
    "doccano/export_relation_extraction.jsonl": ("doccano", set()),
    "doccano/export_sequence_labeling.jsonl": ("doccano", set()),
    "doccano/import_relation_extraction.jsonl": ("doccano", set()),
    "doccano/import_sequence_labeling.txt": ("conll", set()),
    "doccano/test_relation_extraction_example.jsonl": ("doccano", set()),
    "doccano/test_sequence_labeling_example.conll": ("conll", set()),
    "doccano/test_sequence_labeling_example.jsonl": ("doccano", {"no-text", "field-not-kept meta.wikiPageID (3)"}),
    "doccano/test_sequence_labeling_example_overlapping.jsonl": ("doccano", {"field-not-kept meta.wikiPageID (1)"}),
    "doccano/test_sequence_labeling_labeling.trailing.conll": ("conll", set()),
    "gliner/sample_data.head50.json": ("gliner", set()),
    "one-document/ls_conll/result.conll": ("conll", set()),
    "one-document/vi.ann": ("brat", set()),
    "one-document/vi.conll2003": ("conll", set()),
    "one-document/vi.doccano.rel.jsonl": ("doccano", {"read-as-utf-16"}),
    "one-document/vi.doccano.seqlab.jsonl": ("doccano", {"read-as-utf-16"}),
    "one-document/vi.dygie.jsonl": ("dygiepp", set()),
    "one-document/vi.gliner.json": ("gliner", set()),
    "one-document/vi.labelstudio.json": ("labelstudio", {"field-not-kept predictions (1)"}),
    "one-document/vi.oneie.json": ("oneie", set()),
    "one-document/vi.phoner.word.json": ("phoner", set()),
    "one-document/vi.prodigy.jsonl": ("prodigy", set()),
    "one-document/vi.vlsp2018.muc": ("vlsp", set()),
    "one-document/vi.word.bio.conll": ("conll", set()),
    "one-document/vi.word.iobes.conll": ("conll", set()),
    "prodigy/tutorials_ner_fashion_brands_assets_fashion_brands_training.jsonl": ("prodigy", {"field-not-kept meta.section (20)"}),
    "prodigy/tutorials_rel_component_assets_annotations.jsonl": ("prodigy", set()),
}


@pytest.fixture(scope="module")
def bkee() -> Schema:
    path = resource("schemas", "bkee.toml")
    return read_schema(path.read_bytes(), path=str(path))


@pytest.fixture
def interop(shared: Path) -> Path:
    folder = shared / "data" / "interop"
    if not folder.is_dir():
        pytest.skip("the files of other tools are not here (../shared/data/interop)")
    return folder


def read(name: str, path: Path, schema: Schema, offsets: Offsets = "auto") -> list[Imported]:
    return list(reader(name)(path, ImportOptions(schema, offsets=offsets)))


def named(found: list[Imported]) -> set[str]:
    return {f"{loss.what} {loss.detail}" if loss.what == "field-not-kept" else loss.what for held in found for loss in held.problems}


@pytest.mark.parametrize("file", FILES)
def test_every_annotation_of_a_file_comes_in(file: str, interop: Path, bkee: Schema) -> None:
    name, said = FILES[file]
    found = read(name, interop / file, bkee)
    assert counted(found) == COUNT[name](interop / file)
    assert named(found) == said
    assert all(loss.line for held in found for loss in held.problems) or name == "labelstudio"


TEXT = "Xe 🚓 của Công an Huế bắt Nam ."
UTF_16, POINTS = [[18, 21, "GPE"]], [[17, 20, "GPE"]]


def write(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in records), encoding="utf-8")
    return path


@pytest.mark.parametrize(("label", "offsets", "surface", "said"), [
    (UTF_16, "auto", "Huế", {"read-as-utf-16"}), (UTF_16, "utf-16", "Huế", set()),
    (POINTS, "code-point", "Huế", set()), (POINTS, "auto", " Hu", {"read-as-utf-16"}),
])  # fmt: skip
def test_how_doccano_counts_is_said_or_stated(
    label: list[Any], offsets: Offsets, surface: str, said: set[str], tmp_path: Path, bkee: Schema
) -> None:
    (imported,) = found = read("doccano", write(tmp_path / "a.jsonl", {"text": TEXT, "label": label}), bkee, offsets)
    assert imported.document is not None and named(found) == said
    assert [imported.document.text.surface(item.spans) for item in imported.document.annotations()] == [surface]


@pytest.mark.parametrize(("name", "record"), [
    ("labelstudio", {"data": {"text": TEXT}, "annotations": [{"result": [{"value": {"start": 3, "end": 4, "labels": ["PER"]}}]}]}),
    ("prodigy", {"text": TEXT, "spans": [{"start": 3, "end": 4, "label": "PER"}]}),
])  # fmt: skip
def test_code_points_without_surfaces_are_stated(name: str, record: dict[str, Any], tmp_path: Path, bkee: Schema) -> None:
    path = write(tmp_path / "a.jsonl", record)
    assert named(read(name, path, bkee)) == {"read-as-code-points"}
    assert named(read(name, path, bkee, "code-point")) == named(read(name, path, bkee, "utf-16")) == set()


@pytest.mark.parametrize(("name", "suffix", "record", "said"), [
    ("doccano", ".jsonl", {"text": "Nam", "label": [[0, 3, "PER"]], "meta": {"page": 1}}, "meta.page (1)"),
    ("prodigy", ".jsonl", {"text": "Nam", "spans": [], "meta": {"section": "x", "source": "a"}, "_input_hash": 3}, "meta.section (1)"),
    ("labelstudio", ".json", {"data": {"text": "Nam", "url": "x"}, "annotations": []}, "data.url (1)"),
    ("gliner", ".json", {"tokenized_text": ["Nam"], "ner": [], "negatives": ["ORG"]}, "negatives (1)"),
    ("dygiepp", ".jsonl", {"sentences": [["Nam"]], "ner": [[]], "weight": 2}, "weight (1)"),
    ("oneie", ".json", {"tokens": ["Nam"], "entity_mentions": [], "coref": [1]}, "coref (1)"),
    ("jsonl", ".jsonl", {"text": "Nam", "title": "x"}, "title (1)"),
    ("phoner", ".jsonl", {"words": ["Nam"], "tags": ["O"], "pos": ["Np"]}, "pos"),
])  # fmt: skip
def test_fields_without_a_place_are_named(
    name: str, suffix: str, record: dict[str, Any], said: str, tmp_path: Path, bkee: Schema
) -> None:
    assert named(read(name, write(tmp_path / f"a{suffix}", record), bkee)) == {f"field-not-kept {said}"}


def test_columns_without_a_place_are_named(tmp_path: Path, bkee: Schema) -> None:
    (tmp_path / "a.conll").write_text("Nam\tNp\t_\tB-PER\nđi\tV\t_\tO\n", encoding="utf-8")
    assert named(read("conll", tmp_path, bkee)) == {"field-not-kept 2: Np"}


def test_comments_and_kinds_of_mention_come_in(tmp_path: Path, bkee: Schema) -> None:
    (one,) = read("doccano", write(tmp_path / "a.jsonl", {"text": "Nam", "label": [], "Comments": ["xem lại", "lần hai"]}), bkee)
    assert one.document is not None and one.document.field("note") == "xem lại\nlần hai"
    mention = {"id": "T1", "entity_type": "PER", "mention_type": "NAM", "start": 0, "end": 1}
    (other,) = read("oneie", write(tmp_path / "b.json", {"tokens": ["Nam"], "entity_mentions": [mention]}), bkee)
    assert other.document is not None and other.document.entities["T1"].attributes == (("mention", "NAM"),)
