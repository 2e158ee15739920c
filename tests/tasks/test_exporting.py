from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotator.core.errors import AnnotatorError
from annotator.store.corpus import Corpus
from annotator.tasks import unheard
from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.opening import open_corpus
from annotator.tasks.surveying import survey_export
from tests.tasks.corpora import BESIDE, bytes_below, make_corpus


def test_a_second_export_is_the_first_again(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    before = bytes_below(corpus)
    for name in ("brat", "conll", "phoner", "jsonl"):
        for out in ("one", "two"):
            export_corpus(open_corpus(corpus), tmp_path / out / name, ExportRequest(name, split=(0.5, 0.0, 0.5)))
        # Into the same place once more: the files are replaced, none is left over.
        export_corpus(open_corpus(corpus), tmp_path / "two" / name, ExportRequest(name, split=(0.5, 0.0, 0.5)))
    assert bytes_below(tmp_path / "one") == bytes_below(tmp_path / "two") != {}
    assert bytes_below(corpus) == before


def test_a_set_is_one_file_or_one_for_each_part(tmp_path: Path) -> None:
    corpus, out = make_corpus(tmp_path / "kho"), tmp_path / "out"
    assert export_corpus(open_corpus(corpus), out, ExportRequest("conll")).files == ("all.conll",)
    exported = export_corpus(open_corpus(corpus), out, ExportRequest("conll", split=(0.5, 0.0, 0.5)))
    assert exported.files == ("test.conll", "train.conll") and sorted(bytes_below(out).keys() - BESIDE) == ["test.conll", "train.conll"]
    exported = export_corpus(open_corpus(corpus), tmp_path / "brat", ExportRequest("brat", split=(0.5, 0.0, 0.5)))
    assert {name.partition("/")[0] for name in exported.files} == {"annotation.conf", "train", "test"}
    assert {*exported.beside} == BESIDE - {"tokens.jsonl"}


def test_the_account_balances(tmp_path: Path) -> None:
    account = export_corpus(open_corpus(make_corpus(tmp_path / "kho")), tmp_path / "out", ExportRequest("conll")).account
    assert (account.layers["entities"].annotations, account.layers["events"].left_out, account.layers["arguments"].left_out) == (6, 2, 4)
    assert account.total.annotations == account.total.whole + account.total.changed + account.total.left_out == 12


def test_a_status_chooses(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    (corpus / "mới.txt").write_text("Chưa gán nhãn.\n", encoding="utf-8")
    for status, documents in (("done", 2), ("todo", 1)):
        request = ExportRequest("jsonl", statuses=frozenset({status}))
        assert export_corpus(open_corpus(corpus), tmp_path / status, request).documents == documents


@pytest.mark.parametrize("fails", [False, True])
@pytest.mark.parametrize("name", ["brat", "conll"])
def test_a_cancelled_or_failed_export_leaves_what_was_there(tmp_path: Path, name: str, fails: bool) -> None:
    corpus = make_corpus(tmp_path / "kho")
    export_corpus(open_corpus(corpus), tmp_path / "there", ExportRequest(name))
    before = bytes_below(tmp_path)

    def stop(done: int, _total: int) -> None:
        if done:
            raise ZeroDivisionError if fails else AnnotatorError("cancelled")

    for out in (tmp_path / "new" / "deep", tmp_path / "there"):
        with pytest.raises((AnnotatorError, ZeroDivisionError)):
            export_corpus(open_corpus(corpus), out, ExportRequest(name), progress=stop)
    assert bytes_below(tmp_path) == before and not (tmp_path / "new").exists()


def test_a_document_that_cannot_be_trusted_is_named_and_the_others_are_written(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    (corpus / "tin-1.txt.ann.json").write_bytes(b'{"format": "annotator"')
    (corpus / "rác.txt").write_bytes(bytes(range(256)) * 40)
    exported = export_corpus(open_corpus(corpus), tmp_path / "out", ExportRequest("jsonl", statuses=frozenset({"done", "todo"})))
    assert exported.documents == 1
    assert {error.code for error in exported.refused} == {"sidecar-damaged", "file-not-text"}


def test_sources_are_never_written(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    before = bytes_below(tmp_path)
    for out in (corpus, corpus / ".." / "kho", tmp_path, corpus / "out"):
        with pytest.raises(AnnotatorError, match="export-is-corpus"):
            export_corpus(open_corpus(corpus), out, ExportRequest("brat"))
    assert bytes_below(tmp_path) == before


def test_files_of_others_are_not_mixed_with_an_export(tmp_path: Path) -> None:
    corpus, out = make_corpus(tmp_path / "kho"), tmp_path / "out"
    out.mkdir()
    for mine in ("tin-1.ann", "thesis.txt"):
        (out / mine).write_bytes(b"years of work")
        with pytest.raises(AnnotatorError, match="export-exists"):
            export_corpus(open_corpus(corpus), out, ExportRequest("brat"))
        assert bytes_below(out) == {mine: b"years of work"}
        (out / mine).unlink()
    (out / "thesis.txt").write_bytes(b"years of work")
    export_corpus(open_corpus(corpus), out, ExportRequest("conll"))
    assert sorted(bytes_below(out).keys() - BESIDE) == ["all.conll", "thesis.txt"]


def test_two_documents_of_one_name_are_refused(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    (corpus / "tin-1.TXT").write_bytes(b"x\n")
    if len(list(corpus.glob("tin-1.*"))) > 2:
        with pytest.raises(AnnotatorError, match="export-name-twice"):
            export_corpus(open_corpus(corpus), tmp_path / "out", ExportRequest("conll"))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a folder that may not be written, which root may")
def test_a_place_that_may_not_be_written(tmp_path: Path) -> None:
    corpus, locked = make_corpus(tmp_path / "kho"), tmp_path / "locked"
    locked.mkdir(mode=0o500)
    with pytest.raises(AnnotatorError, match="unwritable"):
        export_corpus(open_corpus(corpus), locked / "out", ExportRequest("conll"))


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    corpus, out = make_corpus(tmp_path / "kho"), tmp_path / "out"
    out.write_bytes(b"")
    with pytest.raises(AnnotatorError, match="export-exists"):
        export_corpus(open_corpus(corpus), out, ExportRequest("conll"))
    with pytest.raises(AnnotatorError, match="unwritable"):
        export_corpus(open_corpus(corpus), out / "deeper", ExportRequest("conll"))


def test_a_survey_shows_what_an_export_writes_and_its_account(tmp_path: Path) -> None:
    corpus, request = make_corpus(tmp_path / "kho"), ExportRequest("jsonl")
    survey = survey_export(open_corpus(corpus), request, progress=unheard)
    done = export_corpus(open_corpus(corpus), tmp_path / "out", request)
    assert survey.preview is not None
    assert (tmp_path / "out" / "all.jsonl").read_text(encoding="utf-8").startswith(survey.preview.text[:200])
    assert survey.account.as_json() == done.account.as_json()


def test_of_files_that_are_open_just_these_are_written(tmp_path: Path) -> None:
    folder, request = make_corpus(tmp_path / "kho"), ExportRequest("brat")
    corpus = Corpus.open(folder / "tin-1.txt")
    exported = export_corpus(corpus, tmp_path / "out", request)
    assert exported.documents == 1 and {*exported.files} == {"annotation.conf", "tin-1.ann", "tin-1.txt"}
    assert {*bytes_below(tmp_path / "out")} == {*exported.files, *exported.beside}
    survey = survey_export(corpus, request, progress=unheard)
    assert survey.documents == 1 and survey.account.as_json() == exported.account.as_json()
    for out in (folder, folder / "out", tmp_path):
        with pytest.raises(AnnotatorError, match="export-is-corpus"):
            export_corpus(corpus, out, request)


def test_files_of_several_folders_are_named_below_what_these_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("một/bài.txt", "hai/bài.txt", "hai/sâu/bài.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"Bài ở {name} .\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "hai")
    corpus = Corpus.open(tmp_path / "một" / "bài.txt", Path("bài.txt"), Path("../hai/sâu/bài.txt"))
    exported = export_corpus(corpus, tmp_path / "out", ExportRequest("brat"))
    assert {name for name in exported.files if name.endswith(".txt")} == {"một/bài.txt", "hai/bài.txt", "hai/sâu/bài.txt"}
    assert all(name.encode() in (tmp_path / "out" / name).read_bytes() for name in ("một/bài.txt", "hai/bài.txt", "hai/sâu/bài.txt"))
    for out in (tmp_path / "hai", tmp_path / "một" / "out"):
        with pytest.raises(AnnotatorError, match="export-is-corpus"):
            export_corpus(corpus, out, ExportRequest("brat"))


@pytest.mark.parametrize("statuses", [frozenset[str](), frozenset({"todo"})])
def test_a_name_that_no_sidecar_can_have_costs_only_its_article(tmp_path: Path, statuses: frozenset[str]) -> None:
    corpus = make_corpus(tmp_path / "kho")
    (corpus / "mới.txt").write_text("Chưa có nhãn .\n", encoding="utf-8")
    (corpus / ("b" * 246 + ".txt")).write_text("Một câu .\n", encoding="utf-8")
    exported = export_corpus(open_corpus(corpus), tmp_path / "out", ExportRequest("jsonl", statuses=statuses))
    assert [error.code for error in exported.refused] == ["name-too-long"] and exported.documents == (1 if statuses else 3)
