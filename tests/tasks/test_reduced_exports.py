"""The choices of an export from a corpus to its files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.core.errors import AnnotatorError
from annotator.formats.reduction import Reduction
from annotator.formats.table import Cutting
from annotator.formats.type_maps import Selection, TypeMap
from annotator.store.corpus import Corpus
from annotator.tasks import unheard
from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.opening import open_corpus
from annotator.tasks.reducing import read_empty, read_type_map
from annotator.tasks.surveying import survey_export
from tests.tasks.corpora import bytes_below, make_corpus

ONE_LINE = Path(__file__).parents[2] / "samples" / "04-chuyen-tham-quang-tri.txt"


@pytest.mark.parametrize(("choice", "least", "most"), [("line", 1, 1), ("long", 10, 40), ("auto", 10, 40)])
def test_an_article_on_one_line_becomes_sentences(tmp_path: Path, choice: Cutting, least: int, most: int) -> None:
    corpus = Corpus.open(ONE_LINE)
    export_corpus(corpus, tmp_path / "out", ExportRequest("phoner", sentences=choice))
    rows = [json.loads(line) for line in (tmp_path / "out" / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    assert least <= len(rows) <= most
    words = [word for row in rows for word in row["words"]]
    assert "".join(words).replace("_", "") == "".join(ONE_LINE.read_text(encoding="utf-8").split()).replace("_", "")
    assert all(row["words"][-1] in ".!?…”\"'" for row in rows[:-1])


def test_a_long_sentence_is_listed(tmp_path: Path) -> None:
    account = export_corpus(Corpus.open(ONE_LINE), tmp_path / "out", ExportRequest("oneie", sentences="line", longest=100)).account
    assert [warning.what for warning in account.warnings] == ["sentence-too-long"]


def test_a_strict_export_that_would_lose_something_leaves_everything_as_it_was(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    export_corpus(open_corpus(corpus), tmp_path / "there", ExportRequest("phoner"))
    before = bytes_below(tmp_path)
    for out in (tmp_path / "new" / "deep", tmp_path / "there"):
        exported = export_corpus(open_corpus(corpus), out, ExportRequest("phoner", strict=True))
        assert not exported.is_written and exported.files == () and exported.account.total.left_out == 6
    assert bytes_below(tmp_path) == before and not (tmp_path / "new").exists()
    assert export_corpus(open_corpus(corpus), tmp_path / "out", ExportRequest("jsonl", strict=True)).is_written
    (corpus / "tin-1.txt.ann.json").write_bytes(b"{")
    assert not export_corpus(open_corpus(corpus), tmp_path / "half", ExportRequest("jsonl", strict=True)).is_written


def test_schemas_beside_the_data_have_the_names_of_the_data(tmp_path: Path) -> None:
    types = TypeMap(Selection(exclude=("TIME",), map=(("PER", "PERSON"),)))
    request = ExportRequest("brat", reduction=Reduction(types=types, names="ace"))
    account = export_corpus(open_corpus(make_corpus(tmp_path / "kho")), tmp_path / "out", request).account
    conf = (tmp_path / "out" / "annotation.conf").read_text(encoding="utf-8")
    assert "PERSON" in conf and "\nPER\n" not in conf and "TIME" not in conf
    assert "PERSON" in (tmp_path / "out" / "tin-1.ann").read_text(encoding="utf-8")
    assert account.layers["entities"].left_out == 1 and account.total.annotations == 12


def test_a_survey_and_an_export_choose_alike(tmp_path: Path) -> None:
    corpus = open_corpus(make_corpus(tmp_path / "kho"))
    request = ExportRequest("oneie", empty=0.0, reduction=Reduction(types=TypeMap(events=Selection(include=()))))
    survey = survey_export(corpus, request, progress=unheard)
    assert survey.account.as_json() == export_corpus(corpus, tmp_path / "out", request).account.as_json()
    assert survey.account.layers["entities"].left_out == 6


def test_names_that_no_schema_knows_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    corpus, file = make_corpus(tmp_path / "kho"), tmp_path / "types.toml"
    file.write_text('[entities]\nmap = { PERR = "P" }\n', encoding="utf-8")
    request = ExportRequest("oneie", reduction=Reduction(types=read_type_map(file)))
    with pytest.raises(AnnotatorError, match="types-unknown-name") as refused:
        export_corpus(open_corpus(corpus), tmp_path / "out", request)
    assert refused.value.where["nearest"] == "PER" and refused.value.where["path"] == str(file)
    assert not (tmp_path / "out").exists()
    with pytest.raises(AnnotatorError, match="types-unreadable"):
        read_type_map(tmp_path / "none.toml")


@pytest.mark.parametrize(("value", "share"), [("keep", 1.0), ("drop", 0.0), ("0.3", 0.3), ("1", 1.0)])
def test_empty_sentences(value: str, share: float) -> None:
    assert read_empty(value) == share


@pytest.mark.parametrize("value", ["", "half", "-0.1", "1.1", "nan", "30%"])
def test_a_share_that_is_none(value: str) -> None:
    with pytest.raises(AnnotatorError, match="bad-empty"):
        read_empty(value)
