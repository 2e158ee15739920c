"""What a document says survives its sidecar, always in the same bytes, and the schema that ships describes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from annotator.core import commands
from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.text import Text
from annotator.resources import resource
from annotator.store.decoding import decode
from annotator.store.encoding import Encoder, body_of, seal
from annotator.store.sidecar import encode, load, quarantine, sidecar_path, take_snapshot
from tests.store.documents import documents, said, source_of

GOLDEN = Path(__file__).parent / "golden"
VALIDATOR = jsonschema.Draft202012Validator(json.loads(resource("sidecar.schema.json").read_bytes()))
KEYS = [
    "format", "version", "revision", "source", "schema", "annotator", "status", "segmentation",
    "entities", "events", "relations", "clusters", "labels", "note",
]  # fmt: skip


def reread(raw: bytes, document: Document) -> Document:
    decoded = decode(raw, document.text, source=document.source, path="x")
    assert decoded.problem is None
    again = Document(document.text, document.source, origin=decoded.origin or "raw", extra=decoded.extra)
    apply(again, Edit("load", decoded.changes))
    return again


@given(documents())
def test_a_sidecar_gives_the_document_back(document: Document) -> None:
    raw = encode(take_snapshot(document), revision=3)
    again = reread(raw, document)
    assert said(again) == said(document)
    assert encode(take_snapshot(again), revision=3) == raw


@given(documents())
def test_every_sidecar_is_as_the_schema_and_the_format_say(document: Document) -> None:
    raw = encode(take_snapshot(document), revision=3)
    held = json.loads(raw)
    VALIDATOR.validate(held)
    assert list(held)[: len(KEYS)] == KEYS
    assert list(held)[-1] == "checksum"
    for item in held["entities"] + held["events"]:
        assert item["text"] == " ".join(document.text.content[start:end] for start, end in item["spans"])
    assert [json.loads(line.rstrip(b",")) for line in layer_lines(raw, b"entities")] == held["entities"]
    assert len(held["segmentation"]["words"]) == document.text.line_count


def layer_lines(raw: bytes, name: bytes) -> list[bytes]:
    _, found, rest = raw.partition(b'"%b": [\n' % name)
    return rest[: rest.index(b"\n]")].split(b"\n") if found else []


@given(documents())
def test_bytes_do_not_depend_on_the_way_there(document: Document) -> None:
    backwards = Document(document.text, document.source, extra=document.extra)
    names = ("entities", "events", "relations", "clusters", "decisions", "labels", "fields")
    for layer in names:
        for name, value in reversed(list(document.layer(layer).items())):  # type: ignore[arg-type]
            apply(backwards, Edit("make", (Change(layer, name, None, value),)))  # type: ignore[arg-type]
    assert encode(take_snapshot(backwards), revision=1) == encode(take_snapshot(document), revision=1)


@given(documents(), documents())
def test_an_encoder_that_remembers_gives_what_a_new_one_gives(first: Document, second: Document) -> None:
    encoder = Encoder()
    for document in (first, second, first, first):
        assert encoder.body(take_snapshot(document)) == Encoder().body(take_snapshot(document))
        apply(document, commands.set_field(document, "note", document.field("note") + "!"))
        if document.entities:
            apply(document, commands.remove(document, [next(iter(document.entities))]))
    assert body_of(seal(encoder.body(take_snapshot(first)), revision=9)) == encoder.body(take_snapshot(first))


def test_only_the_line_of_a_changed_item_changes() -> None:
    document = Document(Text("Hà Nội mưa.\nHuế nắng.\n"), source_of("Hà Nội mưa.\nHuế nắng.\n"))
    for span in ((0, 6), (12, 15)):
        apply(document, commands.tag(document, [span], "GPE"))
    before = encode(take_snapshot(document), revision=1).splitlines()
    apply(document, commands.retype(document, ["T2"], "LOC"))
    after = encode(take_snapshot(document), revision=1).splitlines()
    assert [line for line in after if line not in before][:-1] == [line for line in after if b'"T2"' in line]


def test_ids_stay_retired_over_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Hà Nội", encoding="utf-8")
    document = load(path).document
    apply(document, commands.tag(document, [(0, 6)], "GPE"))
    apply(document, commands.remove(document, ["T1"]))
    sidecar_path(path).write_bytes(encode(take_snapshot(document), revision=1))
    assert load(path).document.new_id("entities") == "T2"


@pytest.mark.parametrize("told", ["raw", "segmented"])
def test_what_a_person_says_of_the_words_outlives_the_guess(tmp_path: Path, told: Any) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Hà_Nội có mưa_rào", encoding="utf-8")
    document = load(path, origin_of=lambda text: "segmented").document
    assert document.is_segmented
    apply(document, commands.set_field(document, "origin", told))
    sidecar_path(path).write_bytes(encode(take_snapshot(document), revision=1))
    for guess in ("raw", "segmented"):
        assert load(path, origin_of=lambda text, guess=guess: guess).document.field("origin") == told  # type: ignore[misc]


def test_words_are_the_segmenters_only_when_it_has_spoken_of_every_line() -> None:
    document = Document(Text("Hà Nội\nHuế"), source_of("Hà Nội\nHuế"))
    document.words.set_machine(0, [(0, 6)])
    assert take_snapshot(document).word_origin == "blanks"
    document.words.set_machine(1, [(7, 10)])
    held = json.loads(encode(take_snapshot(document), revision=1))["segmentation"]
    assert held == {"origin": "pyvi 0.1.1", "decisions": [], "words": [[[0, 6]], [[7, 10]]]}


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_golden_sidecars_are_read_and_written_byte_for_byte(path: Path) -> None:
    loaded = load(path)
    raw = sidecar_path(path).read_bytes()
    held = json.loads(raw)
    VALIDATOR.validate(held)
    assert loaded.read_only is None
    assert loaded.revision == held["revision"]
    for line, found in enumerate(held["segmentation"]["words"]):
        loaded.document.words.set_machine(line, [(start, end) for start, end in found])
    assert encode(take_snapshot(loaded.document), revision=loaded.revision) == raw


def test_looking_writes_nothing(tmp_path: Path) -> None:
    for path in GOLDEN.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    for path in sorted(tmp_path.glob("*.txt")):
        load(path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_copy_of_an_unreadable_sidecar_is_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Huế", encoding="utf-8")
    broken = sidecar_path(path)
    broken.write_bytes(b'{"format": "annotator", "ver')
    loaded = load(path)
    assert loaded.read_only is not None and loaded.unreadable == broken.read_bytes()
    copies = {quarantine(broken, loaded.unreadable, tmp_path / "state") for _ in range(2)}
    assert [copy.read_bytes() for copy in copies] == [broken.read_bytes()]
