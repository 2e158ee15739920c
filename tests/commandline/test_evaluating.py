"""Predictions and scores as a person or a script meets them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.commandline.conftest import Annotate
from tests.tasks.corpora import bytes_below, make_corpus


def exported(annotate: Annotate, tmp_path: Path) -> tuple[Path, Path, Path]:
    """A corpus, the same without annotations, and a set that was exported from it."""
    corpus = make_corpus(tmp_path / "kho")
    blank = tmp_path / "trắng"
    shutil.copytree(corpus, blank, ignore=shutil.ignore_patterns("*.ann.json"))
    annotate("export", "oneie", corpus, tmp_path / "out")
    return corpus, blank, tmp_path / "out"


@pytest.mark.parametrize("language", ["en", "vi"])
def test_predictions_come_in_and_say_what_became_of_them(annotate: Annotate, tmp_path: Path, language: str) -> None:
    _, blank, out = exported(annotate, tmp_path)
    before = bytes_below(blank)
    said = annotate("import", "predictions", out, blank, "--model", "crf", "--dry-run", language=language)
    assert said.status == 0 and bytes_below(blank) == before and "cli." not in said.out
    said = annotate("import", "predictions", out, blank, "--model", "crf", language=language)
    assert said.status == 0 and said.err == "" and "crf (oneie)" in said.out and "cli." not in said.out
    assert ("New suggestions\t8\n" in said.out) is (language == "en")
    assert b'"origin": "model:crf"' in (blank / "tin-1.txt.ann.json").read_bytes()
    row = json.loads(annotate("import", "predictions", out, blank, "--model", "crf", "--json").out)
    assert (row["model"], row["format"], row["added"], row["again"], row["written"]) == ("crf", "oneie", 0, 8, 0)
    assert annotate("check", blank).status == 0


def test_what_was_not_brought_back_is_a_problem(annotate: Annotate, tmp_path: Path) -> None:
    _, blank, out = exported(annotate, tmp_path)
    (out / "all.json").write_text((out / "all.json").read_text(encoding="utf-8").replace("Hai", "Ba"), encoding="utf-8")
    said = annotate("import", "predictions", out / "all.json", blank)
    assert said.status == 1 and "sentence not found" in said.out and "its tokens were not found" in said.out


def test_types_that_the_schema_lacks_are_counted(annotate: Annotate, tmp_path: Path) -> None:
    _, blank, out = exported(annotate, tmp_path)
    (out / "all.json").write_text((out / "all.json").read_text(encoding="utf-8").replace('"GPE"', '"PLACE"'), encoding="utf-8")
    said = annotate("import", "predictions", out, blank)
    number = (out / "all.json").read_text(encoding="utf-8").count('"entity_type":"PLACE"')
    assert number and said.status == 0 and f"Of a type not in the schema\t{number}\n" in said.out


@pytest.mark.parametrize("flags", [("--model", "x"), ("--dry-run",), ("--format", "oneie"), ("--tokens", "x")])
def test_options_of_predictions_are_refused_elsewhere(annotate: Annotate, tmp_path: Path, flags: tuple[str, ...]) -> None:
    said = annotate("import", "brat", tmp_path, tmp_path / "kho", *flags)
    assert said.status == 2 and flags[0] in said.err
    assert annotate("import", "predictions", tmp_path, tmp_path, "--schema", "bkee").status == 2


def test_a_corpus_is_scored_against_a_set_and_against_itself(annotate: Annotate, tmp_path: Path) -> None:
    corpus, blank, out = exported(annotate, tmp_path)
    for other in (out, corpus):
        said = annotate("score", corpus, other)
        assert said.status == 0 and said.err == ""
        assert "Entities: classified\t6\t6\t6\t100.00\t100.00\t100.00\n" in said.out and "The two sides agree everywhere." in said.out
    annotate("import", "predictions", out, blank)
    said = annotate("score", corpus, blank, "--by", "head", "--json")
    row = json.loads(said.out)
    assert said.status == 0 and said.out.count("\n") == 1
    assert row["layers"]["arguments"]["classification"] == {
        "gold": 4, "predicted": 4, "matched": 4, "precision": 1.0, "recall": 1.0, "f1": 1.0,
    }  # fmt: skip
    assert (row["by"], row["documents"], row["disagreements"]) == ("head", 2, [])


@pytest.mark.parametrize("language", ["en", "vi"])
def test_disagreements_are_listed_with_file_and_offsets(annotate: Annotate, tmp_path: Path, language: str) -> None:
    corpus, _, out = exported(annotate, tmp_path)
    text = (out / "all.json").read_text(encoding="utf-8")
    (out / "all.json").write_text(text.replace('"entity_type":"GPE"', '"entity_type":"LOC"'), encoding="utf-8")
    said = annotate("score", corpus, out, language=language)
    assert said.status == 0 and "tin-1 23–31: " in said.out and "GPE [23–31] → LOC [23–31] “Đồng Nai”" in said.out
    assert "cli." not in said.out


def test_refusals_of_score(annotate: Annotate, tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    assert annotate("score", tmp_path / "nowhere", corpus).status == 2
    assert annotate("score", corpus, tmp_path / "nowhere").status == 2
    assert annotate("score", corpus, corpus / "annotator.toml").status == 2


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("written", ["", "# doc = x\nNgười\tB-PER\nlạ\tI-PER\n\n"])
def test_a_score_of_nothing_is_refused(annotate: Annotate, tmp_path: Path, written: str, language: str) -> None:
    corpus, out = make_corpus(tmp_path / "kho"), tmp_path / "model.conll"
    out.write_text(written, encoding="utf-8")
    said = annotate("score", corpus, out, "--json", language=language)
    assert said.status == 2 and str(out) in said.err and str(corpus) in said.err and "f1" not in said.out


def test_what_was_not_compared_is_told_and_makes_a_score_incomplete(annotate: Annotate, tmp_path: Path) -> None:
    corpus, _, out = exported(annotate, tmp_path)
    (out / "all.json").write_text((out / "all.json").read_text(encoding="utf-8").replace("Hai", "Ba"), encoding="utf-8")
    said = annotate("score", corpus, out / "all.json")
    assert said.status == 1 and "could not be brought back" in said.out and "sentence not found" in said.out


def test_an_export_of_nothing_leaves_the_set_that_is_there(annotate: Annotate, tmp_path: Path) -> None:
    corpus, _, out = exported(annotate, tmp_path)
    before = bytes_below(out)
    said = annotate("export", "oneie", corpus, out, "--status", "checked")
    assert said.status == 2 and str(corpus) in said.err and bytes_below(out) == before


def test_statistics_as_a_page(annotate: Annotate, tmp_path: Path) -> None:
    corpus, page = make_corpus(tmp_path / "kho"), tmp_path / "thống kê.html"
    said = annotate("stats", corpus, "--html", page, "--json", language="vi")
    assert said.status == 0 and json.loads(said.out)["edges"] == {"at_words": 8, "cut": 0}
    held = page.read_text(encoding="utf-8")
    assert '<html lang="vi"' in held and "<h1>kho</h1>" in held
    assert str(page) in annotate("stats", corpus, "--html", page).out
    assert annotate("stats", corpus, "--html", corpus / "tin-1.txt").status == 2
