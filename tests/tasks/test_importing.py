from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from annotator.core.errors import AnnotatorError
from annotator.segment import default_segmenter
from annotator.tasks.importing import import_corpus
from tests.tasks.corpora import RAW, SEGMENTED, bytes_below, make_brat, make_corpus


def sidecar(corpus: Path, name: str) -> dict[str, object]:
    held = json.loads((corpus / f"{name}.ann.json").read_bytes())
    assert isinstance(held, dict)
    return held


def test_texts_come_in_byte_for_byte_and_annotations_beside_them(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    assert (corpus / "tin-1.txt").read_bytes() == RAW.encode()
    assert (corpus / "sâu" / "tin 2.txt").read_bytes() == SEGMENTED.encode()
    held = sidecar(corpus, "tin-1.txt")
    assert (held["schema"], held["status"]) == ("bkee", "done")
    assert [(item["type"], item["text"]) for item in held["entities"]] == [
        ("PER", "Hai nghi phạm"),
        ("GPE", "Đồng Nai"),
        ("PER", "Ông Lê Văn Tám"),
        ("TIME", "ngày 2/9"),
    ]
    assert held["events"][0]["arguments"] == [{"role": "Person", "target": "T1"}, {"role": "Place", "target": "T2"}]
    assert (corpus / "annotator.toml").read_text(encoding="utf-8") == 'schema = "bkee"\n'


def test_the_words_are_in_the_sidecar(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    raw, segmented = sidecar(corpus, "tin-1.txt")["segmentation"], sidecar(corpus, "sâu/tin 2.txt")["segmentation"]
    assert raw["origin"] == default_segmenter().name and segmented["origin"] == "source"
    lines, start = [], 0
    for line in RAW.split("\n"):
        lines.append([list(word) for word in default_segmenter().words(line, at=start)])
        start += len(line) + 1
    assert raw["words"] == lines
    assert [SEGMENTED[start:end] for line in segmented["words"] for start, end in line] == SEGMENTED.split()


def test_a_document_without_annotations_is_still_to_do(tmp_path: Path) -> None:
    source = make_brat(tmp_path / "brat")
    (source / "tin-3.txt").write_text("Chưa ai đọc.\n", encoding="utf-8")
    (source / "tin-3.ann").write_bytes(b"")
    import_corpus("brat", source, tmp_path / "kho")
    assert sidecar(tmp_path / "kho", "tin-3.txt")["status"] == "todo"


def test_nothing_there_is_overwritten_and_the_rest_goes_on(tmp_path: Path) -> None:
    corpus = tmp_path / "kho"
    (corpus / "sâu").mkdir(parents=True)
    (corpus / "tin-1.txt").write_bytes(b"Another text.\n")
    report = import_corpus("brat", make_brat(tmp_path / "brat"), corpus)
    assert [(error.code, Path(str(error.where["path"])).name) for error in report.refused] == [("import-exists", "tin-1.txt")]
    assert (corpus / "tin-1.txt").read_bytes() == b"Another text.\n" and not (corpus / "tin-1.txt.ann.json").exists()
    assert report.documents == 1 and not report.is_whole
    before = bytes_below(corpus)
    again = import_corpus("brat", tmp_path / "brat", corpus)
    assert {error.code for error in again.refused} == {"import-exists", "import-labelled"} and bytes_below(corpus) == before


def test_what_does_not_hold_is_listed_and_the_rest_is_taken(tmp_path: Path) -> None:
    source = make_brat(tmp_path / "brat")
    ann = source / "tin-1.ann"
    ann.write_text(ann.read_text(encoding="utf-8").replace("\tĐồng Nai", "\tBình Dương") + "T9\tPER 900 905\tở đâu\n", encoding="utf-8")
    report = import_corpus("brat", source, tmp_path / "kho")
    assert {problem.what for problem in report.problems} >= {"surface-differs", "offset-outside"}
    assert report.documents == 2 and len(sidecar(tmp_path / "kho", "tin-1.txt")["entities"]) == 3


def test_names_that_differ_only_in_their_accents_each_keep_their_own(tmp_path: Path) -> None:
    source = tmp_path / "brat"
    source.mkdir()
    names = [unicodedata.normalize(form, "bài số 1 🎈") for form in ("NFC", "NFD")]
    for number, name in enumerate(names):
        (source / f"{name}.txt").write_text(f"Bài thứ {number}.\n", encoding="utf-8")
        (source / f"{name}.ann").write_text("T1\tPER 0 3\tBài\n", encoding="utf-8")
    report = import_corpus("brat", source, tmp_path / "kho")
    assert report.documents == 2 and report.is_whole
    texts = {path.read_text(encoding="utf-8") for path in (tmp_path / "kho").glob("*.txt")}
    assert texts == {"Bài thứ 0.\n", "Bài thứ 1.\n"} and len(list((tmp_path / "kho").glob("*.ann.json"))) == 2


def test_the_schema_is_the_one_asked_for_then_that_of_the_corpus_then_the_likeliest(tmp_path: Path) -> None:
    source = make_brat(tmp_path / "brat")
    guessed = import_corpus("brat", source, tmp_path / "a")
    assert (guessed.choice.chosen, guessed.choice.name, guessed.choice.known, guessed.choice.types) == ("guessed", "bkee", 5, 5)
    own = tmp_path / "mine.toml"
    own.write_text('name = "mine"\n[[entity]]\nname = "PER"\n', encoding="utf-8")
    given = import_corpus("brat", source, tmp_path / "b", schema=str(own))
    assert (tmp_path / "b" / "mine.toml").read_bytes() == own.read_bytes()
    assert given.choice.chosen == "given" and sidecar(tmp_path / "b", "tin-1.txt")["schema"] == "mine"
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "annotator.toml").write_text('schema = "ace2005"\nannotator = "lan"\n', encoding="utf-8")
    found = import_corpus("brat", source, tmp_path / "c")
    assert (found.choice.chosen, found.choice.name) == ("found", "ace2005")
    assert (tmp_path / "c" / "annotator.toml").read_text(encoding="utf-8") == 'schema = "ace2005"\nannotator = "lan"\n'


@pytest.mark.parametrize("code", ["import-source-missing", "not-folder", "nothing-to-import", "unknown-format", "schema-unknown"])
def test_where_nothing_can_come_in_nothing_is_made(tmp_path: Path, code: str) -> None:
    source, corpus, empty = make_brat(tmp_path / "brat"), tmp_path / "kho", tmp_path / "empty"
    empty.mkdir()
    (tmp_path / "file").write_bytes(b"")
    arguments = {
        "import-source-missing": ("brat", tmp_path / "nowhere", corpus, None),
        "not-folder": ("brat", source, tmp_path / "file", None),
        "nothing-to-import": ("brat", empty, corpus, "bkee"),
        "unknown-format": ("bart", source, corpus, None),
        "schema-unknown": ("brat", source, corpus, "bke"),
    }[code]
    before = bytes_below(tmp_path)
    with pytest.raises(AnnotatorError) as refused:
        import_corpus(*arguments[:3], schema=arguments[3])
    assert refused.value.code == code and bytes_below(tmp_path) == before and not corpus.exists()


def test_a_name_that_no_sidecar_can_have_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    rows = [{"name": name, "text": "Một câu .\n", "entities": []} for name in ("b" * 246, "c" * 300, "ngắn")]
    (tmp_path / "vào.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    report = import_corpus("jsonl", tmp_path / "vào.jsonl", tmp_path / "kho")
    assert [error.code for error in report.refused] == ["name-too-long"] * 2 and report.documents == 1
    assert sorted(path.name for path in (tmp_path / "kho").glob("*.txt")) == ["ngắn.txt"]
