"""Golden folders: small articles of our own in brat's format, and the very bytes that each writer makes of them.

After a change of a format that is meant, ``ANNOTATOR_GOLDEN=write`` writes them anew; read the difference before it is kept.
"""

from __future__ import annotations

import os
from pathlib import Path

import orjson
import pytest

from annotator.core.document import Document
from annotator.core.schema import Schema
from annotator.core.schema_toml import read_schema
from annotator.formats.table import ExportOptions, writer
from annotator.resources import resource
from tests.formats.articles import GOLDEN, read_all, said, with_words, write_files

CASES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())
EXPORTS = {
    "brat": ("brat", ExportOptions()),
    "word.iob2": ("conll", ExportOptions()),
    "word.bioes": ("conll", ExportOptions(scheme="bioes")),
    "word-whole.iob2": ("conll", ExportOptions("word-whole")),
    "syllable.iob2": ("conll2003", ExportOptions("syllable")),
    "phoner": ("phoner", ExportOptions()),
    "spans": ("jsonl", ExportOptions()),
}


@pytest.fixture(scope="module")
def schema() -> Schema:
    path = resource("schemas", "bkee.toml")
    return read_schema(path.read_bytes(), path=str(path))


def opened(case: str, schema: Schema) -> Document:
    (imported,) = read_all("brat", GOLDEN / case / "article.ann", schema, is_segmented=case == "everything")
    assert imported.document is not None
    assert imported.problems == ()
    return with_words(imported.document)


@pytest.mark.parametrize("export", EXPORTS)
@pytest.mark.parametrize("case", CASES)
def test_writers_give_the_golden_bytes(case: str, export: str, schema: Schema) -> None:
    name, options = EXPORTS[export]
    rendered = writer(name)(opened(case, schema), schema, options)
    account = orjson.dumps(rendered.account.as_json(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    for suffix, data in (*rendered.files, (".account.json", account)):
        path = GOLDEN / case / "expected" / f"{export}{suffix}"
        if os.environ.get("ANNOTATOR_GOLDEN") == "write":
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
        assert data == path.read_bytes()


@pytest.mark.parametrize("name", ["brat", "jsonl"])
@pytest.mark.parametrize("case", CASES)
def test_what_holds_everything_gives_it_back(case: str, name: str, schema: Schema, tmp_path: Path) -> None:
    document = opened(case, schema)
    write_files(tmp_path, writer(name)(document, schema, ExportOptions()))
    (back,) = read_all(name, tmp_path, schema, is_segmented=document.is_segmented)
    assert back.document is not None
    assert said(back.document) == said(document)
    assert back.content == (GOLDEN / case / "article.txt").read_bytes()


def surfaces(document: Document) -> dict[str, str]:
    return {item.id: document.text.surface(item.spans) for item in document.annotations()}


def test_neither_bom_nor_cr_counted(schema: Schema) -> None:
    document = opened("crlf_bom", schema)
    assert surfaces(document)["T1"] == "Sáng nay"
    assert document.entities["T1"].spans == ((1, 9),)
    assert surfaces(document)["T9"] == "Nam\r\nvà ông Tư"
    assert [(held.role, held.target) for held in document.events["E2"].arguments] == [("Entity", "T6"), ("Entity", "T7"), ("Place", "T8")]


def test_offsets_in_utf_16(schema: Schema) -> None:
    document = opened("utf16_offsets", schema)
    assert surfaces(document) == {
        "T1": "Chị Mai 👩‍🏫", "E1": "cưới", "T3": "anh Sơn", "T4": "Đà Lạt", "T5": "hôm qua",
    }  # fmt: skip


def test_everything_that_brat_can_say(schema: Schema) -> None:
    document = opened("everything", schema)
    assert surfaces(document)["T3"] == "Đội cứu_hộ quận 8"
    assert document.entities["T14"].spans[0][1] - document.entities["T14"].spans[0][0] == len("đám cháy\ntắt")
    assert document.entities["T3"].note == "không liền nhau\ndòng thứ hai"
    assert document.events["E2"].flag == "question"
    assert document.events["E2"].attributes == (("Negated", "true"),)
    assert document.entities["T7"].extra == (("normalizations", '[["Wikidata:Q42","Chợ Bến Sông"]]'),)
    assert document.clusters["C1"].members == ("T5", "T8")
    assert [held.role for held in document.events["E2"].arguments] == ["Victim", "Time"]
    assert "T10" not in document.entities
