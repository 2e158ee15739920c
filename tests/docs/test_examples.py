"""What the documents show works: each schema, each reader, each label file and each line of an export in them is tried."""

from __future__ import annotations

import json
import re
import tomllib
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from annotator.core import commands
from annotator.core.errors import AnnotatorError
from annotator.core.history import History
from annotator.core.schema import Conventions
from annotator.core.schema_toml import read_schema
from annotator.formats.table import UNITS, ExportOptions, writer
from annotator.gui.album import Album
from annotator.messages import LANGUAGES, Language, explain, say
from annotator.resources import resource
from annotator.store.corpus import read_settings
from annotator.store.sidecar import encode, take_snapshot
from annotator.tasks.opening import open_article
from tests.docs.pages import EVERY, blocks, code_spans, of, quotations, rows

BOTH = pytest.mark.parametrize("language", LANGUAGES)


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_every_toml_and_json_block_is_read(language: Language, name: str) -> None:
    for text in blocks(of(language, name), "toml"):
        tomllib.loads(text)
    for text in blocks(of(language, name), "json"):
        json.loads(text)


@BOTH
def test_the_schema_of_the_page_is_read_and_its_slip_is_told_as_quoted(language: Language) -> None:
    page = of(language, "schemas")
    (text,) = blocks(page, "toml")
    schema = read_schema(text.encode(), path="flood.toml")
    assert (len(schema.entities), len(schema.events), len(schema.relations), len(schema.attributes), len(schema.labels)) == (3, 2, 1, 1, 1)
    assert all(item.key for item in (*schema.entities, *schema.events, *schema.roles))
    with pytest.raises(AnnotatorError) as refused:
        read_schema(text.replace('name = "Depth"\n', 'name = "Depth"\nkey = "w"\n', 1).encode(), path="flood.toml")
    assert [explain(refused.value, language)] == list(quotations(page))


@BOTH
def test_every_key_of_a_schema_file_is_explained(language: Language) -> None:
    from annotator.core import schema_toml

    tables = ("_TOP", "_ENTITY", "_ROLE", "_EVENT", "_EVENT_ROLE", "_RELATION", "_ATTRIBUTE", "_DOCUMENT_LABEL")
    known = {key for table in tables for key in getattr(schema_toml, table)} | set(Conventions.__dataclass_fields__)
    page = of(language, "schemas")
    headings = {name for token in page for name in re.findall(r"\[+(\w+)\]+", token.content if token.type == "inline" else "")}
    told = {span.strip("[]") for span in code_spans(page)} | headings
    assert known - told == set()


@BOTH
def test_the_settings_of_a_corpus_are_read(language: Language, tmp_path: Path) -> None:
    (text,) = blocks(of(language, "working-day"), "toml")
    (tmp_path / "annotator.toml").write_text(text, encoding="utf-8")
    (tmp_path / "guidelines.md").touch()
    assert read_settings(tmp_path).annotator == "lan"


@BOTH
def test_the_label_file_of_the_page_is_true_to_the_program(language: Language, tmp_path: Path) -> None:
    article, held = lay_out(language, tmp_path)
    opened = open_article(article)
    assert opened.read_only is None
    assert encode(take_snapshot(opened.loaded.document), revision=6) == held


@BOTH
def test_the_readers_of_the_page_print_what_it_says(language: Language, tmp_path: Path) -> None:
    page = of(language, "sidecar")
    lay_out(language, tmp_path)
    printed, names = StringIO(), {}
    with chdir(tmp_path), redirect_stdout(printed):
        for text in blocks(page, "python"):
            exec(text, names)
    assert printed.getvalue().splitlines() == ["PER Hai người", "GPE Huế", "Die chết [('Victim', 'Hai người'), ('Place', 'Huế')]"]
    assert set(printed.getvalue().splitlines()) <= set(code_spans(page))


def lay_out(language: Language, folder: Path) -> tuple[Path, bytes]:
    """The article and the label file that the page shows, in `folder`."""
    page = of(language, "sidecar")
    article, held = folder / "article.txt", blocks(page, "json")[0].encode()
    article.write_bytes(blocks(page, "text")[0].encode())
    (folder / "article.txt.ann.json").write_bytes(held)
    return article, held


@BOTH
def test_every_key_of_a_label_file_is_explained(language: Language) -> None:
    schema = json.loads(resource("sidecar.schema.json").read_bytes())
    tables = [schema["properties"], *(schema["properties"][name]["properties"] for name in ("source", "segmentation"))]
    tables += [schema["$defs"][name]["properties"] for name in ("entity", "event", "argument")]
    known = {key for table in tables for key in table} - {"fields"}
    assert known - set(code_spans(of(language, "sidecar"))) == set()


@BOTH
def test_token_units_give_the_tags_of_the_page(language: Language, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Lã Thế Vũ lĩnh 5 năm tù", encoding="utf-8")
    opened = open_article(article)
    document = opened.loaded.document
    History(document).do(commands.tag(document, ((0, 9),), "PER"))
    shown = {row[0]: row[1] for row in rows(of(language, "segmentation")) if " · " in row[1]}
    for unit in UNITS:
        (_, raw), = writer("conll")(document, opened.schema, ExportOptions(unit=unit)).files
        lines = [line.replace("\t", " ") for line in raw.decode().splitlines()[1:] if line]
        told = shown[say(f"gui.export.unit_{unit.replace('-', '_')}", language)]
        assert lines[: told.count(" · ") + 1] == told.split(" · ")


@BOTH
def test_the_first_article_goes_as_the_page_says(qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: Language) -> None:
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "settings"))
    with chdir(tmp_path):
        album = Album(tmp_path, language=language)
        try:
            for picture in album.take():
                assert picture.stat().st_size > 1000
                if picture.stem == "words-right":
                    break
            document = album.session.document
            filled = {argument.role for argument in document.events["E1"].arguments}
            assert filled == {"Defendant", "Sentence", "Adjudicator", "Time", "Crime"}
            text = document.text.content
            for name in ("Lã Thế Vũ", "lĩnh", "Đinh Công Minh"):
                start = text.index(name, text.index("Các đồng phạm"))
                assert document.words.at(start) == (start, start + len(name))
        finally:
            album.close()
