"""The sample articles are what their README says, and their sidecars hold in every point: they are the first thing that a user sees."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import jsonschema
import pytest

from annotator.core.document import Document
from annotator.core.model import Event
from annotator.resources import resource, samples
from annotator.store.corpus import Corpus
from annotator.store.sidecar import encode, sidecar_path, take_snapshot
from annotator.tasks.checking import check_corpus
from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.importing import import_corpus
from annotator.tasks.opening import Opened, Schemas, open_article
from tests.formats.articles import said

CORPUS = Corpus.open(samples())
ARTICLES = {path.name[:2]: path for path in CORPUS.articles()}
FINISHED = ("01", "03", "05", "06", "07", "12")
NFD, CRLF, EMOJI, LONG, ACE = "05", "06", "07", "08", "12"
SEGMENTED = ("03", "04", "11")
VALIDATOR = jsonschema.Draft202012Validator(json.loads(resource("sidecar.schema.json").read_bytes()))


@pytest.fixture(scope="module")
def opened() -> dict[str, Opened]:
    schemas = Schemas(CORPUS)
    return {number: open_article(path, schema=schemas.of(path)) for number, path in ARTICLES.items()}


def test_there_are_twelve_of_which_six_are_finished(opened: dict[str, Opened]) -> None:
    assert list(ARTICLES) == [f"{number:02}" for number in range(1, 13)]
    assert {number for number, held in opened.items() if held.document.field("status") == "done"} == set(FINISHED)
    assert {number for number, path in ARTICLES.items() if sidecar_path(path).exists()} == set(FINISHED)
    assert all(held.read_only is None for held in opened.values())
    assert {number for number, held in opened.items() if held.document.is_segmented} == set(SEGMENTED)


def test_the_readme_names_each_of_them() -> None:
    told = (samples() / "README.md").read_text(encoding="utf-8")
    for path in ARTICLES.values():
        assert f"`{path.relative_to(samples()).as_posix()}`" in told


def test_each_has_the_form_that_the_readme_says(opened: dict[str, Opened]) -> None:
    raw = {number: path.read_bytes() for number, path in ARTICLES.items()}
    text = {number: data.decode() for number, data in raw.items()}
    for number, content in text.items():
        assert unicodedata.is_normalized("NFD" if number == NFD else "NFC", content)
        assert content.startswith("\ufeff") == (number == CRLF)
        assert content.count("\r\n") == content.count("\r") == (content.count("\n") if number == CRLF else 0)
    assert not unicodedata.is_normalized("NFC", text[NFD])
    assert "🇻🇳" in text[EMOJI] and "👨\u200d👩\u200d👧" in text[EMOJI] and "❤\ufe0f" in text[EMOJI]
    words = opened[LONG].document.words
    assert sum(any(map(str.isalnum, text[LONG][start:end])) for line in words.lines() for start, end in line) >= 3000
    assert len(text[LONG].split()) >= 3000 and len(set(text[LONG].split("\n"))) > 40


def test_no_check_finds_an_error() -> None:
    found = [finding for findings in check_corpus(CORPUS) for finding in findings]
    assert [finding for finding in found if finding.severity == "error"] == []
    assert {finding.what.code for finding in found} <= {"more-fillers-than-usual"}


@pytest.mark.parametrize("number", FINISHED)
def test_a_sidecar_is_as_the_program_writes_it(number: str, opened: dict[str, Opened]) -> None:
    raw = sidecar_path(ARTICLES[number]).read_bytes()
    held = json.loads(raw)
    VALIDATOR.validate(held)
    assert encode(take_snapshot(opened[number].document), revision=held["revision"]) == raw
    assert held["schema"] == ("ace2005" if number == ACE else "bkee") == opened[number].schema.name


@pytest.mark.parametrize("number", FINISHED)
def test_what_is_labelled_is_told_in_full(number: str, opened: dict[str, Opened]) -> None:
    """Every entity fills a role, is linked or lies inside one that does; no edge cuts a word; every paragraph's labels lie on one line."""
    document = opened[number].document
    assert len(document.events) > 15 and len(document.entities) > 40
    used = {argument.target for event in document.events.values() for argument in event.arguments}
    used |= {member for cluster in document.clusters.values() for member in cluster.members}
    used |= {end for relation in document.relations.values() for end in (relation.source, relation.target)}
    outer = [entity.spans[0] for identifier, entity in document.entities.items() if identifier in used]
    for identifier, entity in document.entities.items():
        start, end = entity.spans[0]
        assert identifier in used or any(low <= start and end <= high for low, high in outer), document.text.surface(entity.spans)
        assert document.text.line_at(start) == document.text.line_at(end - 1)


def test_ace_has_negated_hypothetical_generic_and_nested_events_and_coreference(opened: dict[str, Opened]) -> None:
    held = opened[ACE]
    document, events = held.document, held.document.events
    assert held.schema.event_targets and held.schema.name == "ace2005"
    said_of = [dict(event.attributes) for event in events.values()]
    assert sum(table.get("polarity") == "negative" for table in said_of) >= 3
    assert sum(table.get("modality") == "other" for table in said_of) >= 5
    assert {table.get("genericity", "") for table in said_of} == {"", "generic"}
    assert {table.get("tense", "") for table in said_of} == {"", "past", "future"}
    nested = [argument for event in events.values() for argument in event.arguments if argument.target in events]
    assert len(nested) >= 4
    layers = [cluster.layer for cluster in document.clusters.values()]
    assert layers.count("entities") >= 4 and layers.count("events") >= 2
    assert {relation.type for relation in document.relations.values()} >= {"ORG-AFF", "PER-SOC", "ART", "PHYS"}


def test_ace_negates_where_the_text_does(opened: dict[str, Opened]) -> None:
    document = opened[ACE].document
    behind = re.compile(r"\b(?:không|chưa)\b[^.;]*$")
    for event in document.events.values():
        negated = dict(event.attributes).get("polarity") == "negative"
        before = document.text.content[max(0, event.spans[0][0] - 20) : event.spans[0][0]]
        assert not negated or behind.search(before), document.text.surface(event.spans)


@pytest.mark.parametrize("name", ["brat", "jsonl"])
def test_the_samples_go_out_and_come_back(name: str, tmp_path: Path, opened: dict[str, Opened]) -> None:
    done = export_corpus(CORPUS, tmp_path / "out", ExportRequest(name))
    assert done.documents == 12 and not done.refused
    if name == "brat":
        assert (tmp_path / "out" / "ace2005" / "annotation.conf").is_file()
    report = import_corpus(name, tmp_path / "out", tmp_path / "back")
    assert report.is_whole
    for number in FINISHED:
        path = ARTICLES[number]
        back = open_article(tmp_path / "back" / path.relative_to(samples())).document
        assert back.text.content == opened[number].document.text.content
        for layer in ("events", "entities", "relations"):
            assert told(back, layer) == told(opened[number].document, layer)
        if name == "jsonl":
            assert said(back)["decisions"] == said(opened[number].document)["decisions"]


def told(document: Document, layer: str) -> list[str]:
    """A layer without its ids, which an import may give anew."""

    def seen(identifier: str) -> str:
        item = document.annotation(identifier)
        return f"{item.type} {item.spans} {item.attributes}" if item else ""

    if layer == "relations":
        return sorted(f"{item.type} {seen(item.source)} {seen(item.target)}" for item in document.relations.values())
    items = document.events.values() if layer == "events" else document.entities.values()
    arguments = {item.id: [(held.role, seen(held.target)) for held in item.arguments] for item in items if isinstance(item, Event)}
    return sorted(f"{seen(item.id)} {arguments.get(item.id)}" for item in items)
