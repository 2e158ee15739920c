"""Files that are no such thing: whatever stands in them, a reader names what it does not take and stops nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from annotator.formats.table import FORMATS, ImportOptions, reader
from tests.formats.articles import SCHEMA

READ = sorted(row.name for row in FORMATS.values() if row.reads)
VALUES: list[Any] = [
    None, 0, -1, 1.5,
    True, "", "x", [], {}, [1], [[1]], [[0, 1, "PER"]], [["a", None, 3]], {"a": 1}, [{}], 10**25, -(10**25), 1e308, [None],
    [[[0, "A"]]], [[[[0, "Meet"], [0, 0, "Agent"]]]], [[[[0], [0], "PER"]]], ["a", "b"], [["a", "b"]], [[0, 0, "X", 2]],
    [{"id": 1, "label": "PER", "start_offset": 0, "end_offset": 1}], [{"id": None, "type": "x", "trigger": {"start": 0, "end": 9}}],
    [{"start": 0, "end": 1, "label": "PER"}], [{"head_span": {}, "child_span": {}}], [{"result": None}],
    [{"result": [{"type": "relation"}, {"value": {"start": 0, "end": 1, "labels": [[1]]}}, {"value": []}]}],
]  # fmt: skip
KEYS = (
    "text label labels entities relations Comments data meta annotations completions predictions id spans tokens answer tokenized_text ner "
    "sentences events clusters doc_key doc_id sent_id entity_mentions event_mentions relation_mentions graph words tags name decisions "
    "fields encoding sha256 extra predicted_ner predicted_events predicted_relations predicted_clusters"
)
GOOD: dict[str, Any] = {
    "text": "Nam", "tokens": ["Nam", "x"], "tokenized_text": ["Nam"], "sentences": [["Nam"]], "words": ["Nam"], "tags": ["O"],
    "data": {"text": "Nam"},
}  # fmt: skip
RAW = [
    b"", b"\xff\xfe\x00", b"[", b"{}", b"null", b"1", b'"x"', b"\x00" * 50, b"[" * 3000 + b"]" * 3000, b'{"text": "a\\ud800"}',
    b"PK\x03\x04" + bytes(range(256)), "Nam\tB-PER\n".encode("utf-16"), b'\xef\xbb\xbf{"text": "Nam"}', b'{"text": "Nam", "spans": [{"st',
    b"T1\tPER 0 99999999999999999\tx\nE1\tMeet:T1 A:E1\n*\tEquiv T1 T1\n"
    b"R1\tX Arg1:T1 Arg2:R1\nA1\tM R1\n#1\t \nE2\t:T1\nT2\tPER 0 3;0 3\tNam",
]  # fmt: skip


def told(name: str, raw: bytes, folder: Path) -> bool:
    """Whether a reader takes a file, or says what it does not take of it."""
    path = folder / f"a{FORMATS[name].suffix}"
    path.write_bytes(raw)
    if name == "brat":
        (folder / "a.txt").write_bytes("Nam gặp Lan".encode())
    found = [held for predicted in (False, True) for held in reader(name)(folder, ImportOptions(SCHEMA, predicted=predicted))]
    return all(held.document is not None or held.problems for held in found)


@pytest.mark.parametrize("name", READ)
def test_no_file_stops_a_reader(name: str, tmp_path: Path) -> None:
    assert all(told(name, raw, tmp_path) for raw in RAW)
    draw = Random(name)
    for _ in range(150):
        row = dict(GOOD)
        for key in draw.sample(KEYS.split(), draw.randint(1, 6)):
            row[key] = draw.choice(VALUES)
        assert told(name, json.dumps(row).encode(), tmp_path), row


@pytest.mark.parametrize(("name", "record", "where"), [
    ("dygiepp", {"sentences": [["Nam"]], "ner": [[[0, "PER"]], 7]}, ["ner: [0, 'PER']", "ner: 7"]),
    ("dygiepp", {"sentences": [["Nam"]], "events": [[[[0, "Meet"], [0, "Agent"]]]]}, ["events: [0, 'Agent']"]),
    ("dygiepp", {"sentences": [["Nam"]], "clusters": [[[0, 0], 3]]}, ["clusters: [[0, 0], 3]"]),
    ("oneie", {"tokens": ["Nam"], "entity_mentions": [5]}, ["entity_mentions: 5"]),
    ("oneie", {"tokens": ["Nam"], "relation_mentions": [{"arguments": []}]}, ["relation_mentions: {'arguments': []}"]),
    ("gliner", {"tokenized_text": ["Nam"], "ner": 5, "relations": [[0, 1]]}, ["ner: 5", "[0, 1]"]),
    ("doccano", {"text": "Nam", "entities": [5], "relations": {"a": 1}}, ["entities: 5", "relations: {'a': 1}"]),
    ("prodigy", {"text": "Nam", "spans": ["PER"]}, ["spans: PER"]),
    ("labelstudio", {"data": {"text": "Nam"}, "annotations": [{"result": [5]}]}, ["result: 5"]),
])  # fmt: skip
def test_items_of_a_wrong_shape_are_named(name: str, record: dict[str, Any], where: list[str], tmp_path: Path) -> None:
    (tmp_path / f"a{FORMATS[name].suffix}").write_text(json.dumps(record) + "\n", encoding="utf-8")
    (imported,) = reader(name)(tmp_path, ImportOptions(SCHEMA))
    assert [loss.detail for loss in imported.problems if loss.what == "malformed-item"] == where
