"""What an export would do, told before: the preview is the beginning of what is written then, and nothing is written meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.errors import AnnotatorError
from annotator.formats.table import FORMATS
from annotator.tasks import unheard
from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.formats import has_extra
from annotator.tasks.opening import open_corpus
from annotator.tasks.previewing import LINE_HEAD, LINE_TAIL
from annotator.tasks.surveying import Preview, Survey, survey_each, survey_export
from tests.tasks.corpora import bytes_below, make_corpus

WRITTEN = [row.name for row in FORMATS.values() if row.writes]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_corpus(tmp_path_factory.mktemp("survey") / "kho")


@pytest.mark.parametrize("name", WRITTEN)
def test_the_preview_is_how_the_set_begins(corpus: Path, tmp_path: Path, name: str) -> None:
    row, before = FORMATS[name], bytes_below(corpus)
    request = ExportRequest(name)
    held = survey_export(open_corpus(corpus), request, progress=unheard)
    assert held.preview is not None and held.preview.text and bytes_below(corpus) == before
    assert held.preview.in_words == (row.extra is not None)
    assert (held.problem is None) == has_extra(row)
    if row.extra is None:
        export_corpus(open_corpus(corpus), tmp_path / "ra", request)
        path = tmp_path / "ra" / (held.preview.document if row.layout == "document" else f"all{row.suffix}")
        shown, written = held.preview.text.split("\n"), path.read_text(encoding="utf-8").split("\n")
        if row.name == "labelstudio":
            # An array: behind its first record there is a comma, and it is closed behind the last one.
            shown, written = shown[:-1], [line.removesuffix(",") for line in written]
        for line, full in zip(shown, written, strict=False):
            assert line == full or (full.startswith(line[:LINE_HEAD]) and full.endswith(line[-LINE_TAIL:]) and len(full) > len(line))


def test_rows_in_words_tell_the_columns(corpus: Path) -> None:
    parquet = survey_export(open_corpus(corpus), ExportRequest("hf-parquet"), progress=unheard).preview
    spacy = survey_export(open_corpus(corpus), ExportRequest("spacy"), progress=unheard).preview
    assert parquet is not None and spacy is not None
    names = {line.split()[0] for line in parquet.text.split("\n") if line}
    assert {"id", "document", "tokens", "ner_tags", "spans", "events"} <= names
    assert any(line.split("\t")[1:3] == ["ba", "B-PER"] for line in spacy.text.split("\n") if "\t" in line)
    assert "events: Arrest-jail" in spacy.text and "Agent [" in spacy.text and "Agent [" in parquet.text


def test_the_preview_comes_before_the_rest_is_read(corpus: Path) -> None:
    told: list[int] = []
    found = survey_each(open_corpus(corpus), ExportRequest("conll"), progress=lambda done, total: told.append(done))
    assert isinstance(next(found), Preview) and max(told) == 0
    assert isinstance(list(found)[-1], Survey)


def test_what_the_export_refuses_the_survey_refuses(corpus: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('user = "{text}"\n', encoding="utf-8")
    for request, code in (
        (ExportRequest("phoner", nesting="layers"), "format-without-layers"),
        (ExportRequest("jsonl", template=own), "format-without-template"),
        (ExportRequest("chat", template=tmp_path / "none.toml"), "template-unreadable"),
    ):
        with pytest.raises(AnnotatorError, match=code):
            survey_export(open_corpus(corpus), request, progress=unheard)
        with pytest.raises(AnnotatorError, match=code):
            export_corpus(open_corpus(corpus), tmp_path / "ra", request)
    held = survey_export(open_corpus(corpus), ExportRequest("chat", template=own), progress=unheard)
    assert held.preview is not None and held.preview.text.startswith('{"messages":[{"role":"user"')


def test_an_article_without_a_wanted_sentence_is_not_the_one_that_is_shown(tmp_path: Path) -> None:
    root = make_corpus(tmp_path / "kho")
    (root / "a.txt").write_text("Trời nắng.\n", encoding="utf-8")
    held = survey_export(open_corpus(root), ExportRequest("oneie", empty=0.0), progress=unheard)
    assert held.preview is not None and held.preview.document != "a" and held.preview.text


def test_what_stands_in_the_way_of_dividing_does_not_hide_the_account(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "parts.tsv").write_text("tin-1\ttrain\n", encoding="utf-8")
    by_file, folds = ExportRequest("jsonl", split_file=tmp_path / "parts.tsv"), ExportRequest("jsonl", folds=3)
    for request, code in ((by_file, "split-name-missing"), (folds, "folds-too-many")):
        held = survey_export(open_corpus(corpus), request, progress=unheard)
        assert held.problem is not None and held.problem.code == code and held.account.total.annotations and held.division is None
        with pytest.raises(AnnotatorError, match=code):
            export_corpus(open_corpus(corpus), tmp_path / "ra", request)
