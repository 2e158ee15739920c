"""The page of formats: every format in both languages, its sample as its maker reads it, its options as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.cli.syntax import COMMANDS, Option
from annotator.formats.offered import offered
from annotator.formats.table import FORMATS, ImportOptions, reader
from annotator.messages import LANGUAGES, Language
from annotator.tasks.formats import find_format
from tests.docs.pages import blocks, code_spans, of
from tools.documents.format_wording import ABOUT, LAYOUTS, OPTIONS
from tools.documents.sample_set import BINARY, TEXT, article, sample, schema

BOTH = pytest.mark.parametrize("language", LANGUAGES)


def test_every_format_and_choice_is_described() -> None:
    assert ABOUT.keys() == FORMATS.keys() and LAYOUTS.keys() == {row.layout for row in FORMATS.values()}
    assert OPTIONS.keys() == {choice for name in FORMATS for choice in offered(name)}
    flags = {flag for held in COMMANDS["export"] if isinstance(held, Option) for flag in held.flags}
    assert {option.split()[0] for option in OPTIONS.values()} <= flags
    told = {text for text in code_spans(of("en", "formats")) if text.startswith("--")}
    assert {text.split()[0] for text in told} == flags - {"--json", "--recipe"}


@BOTH
def test_the_samples_are_those_that_the_writers_write(language: Language) -> None:
    assert [text.rstrip("\n") for text in blocks(of(language, "formats"), "text")] == [sample(name, language) for name in FORMATS]
    for name, row in FORMATS.items():
        if row.suffix in (".jsonl", ".json"):
            json.loads(sample(name, language))


@pytest.mark.parametrize("name", [name for name, row in FORMATS.items() if row.reads and name not in BINARY])
def test_a_sample_is_read_back(name: str, tmp_path: Path) -> None:
    (tmp_path / f"quán{find_format(name).suffix}").write_text(f"{sample(name, 'vi')}\n", encoding="utf-8")
    (tmp_path / "quán.txt").write_text(TEXT, encoding="utf-8")
    (imported,) = [held for held in reader(name)(tmp_path, ImportOptions(schema("vi"))) if held.document and held.document.entities]
    assert imported.document is not None
    (person,) = imported.document.entities.values()
    assert (person.type, imported.document.text.surface(person.spans).replace("_", " ")) in {("PER", "Bà Mơ"), ("PERSON", "Bà Mơ")}


def test_the_sample_holds_what_the_page_says_of_it() -> None:
    held = article()
    assert [held.text.surface(item.spans) for item in held.annotations()] == ["Bà Mơ", "mở"]
    assert [(argument.role, argument.target) for argument in held.events["E1"].arguments] == [("Agent", "T1")]
