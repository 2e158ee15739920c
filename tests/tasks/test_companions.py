"""What lies beside a set: the manifest, labels, the schema, tokens with their places, and what other tools ask for."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from annotator.core.errors import AnnotatorError
from annotator.formats.conll import read_columns
from annotator.formats.table import FORMATS
from annotator.resources import samples
from annotator.store.corpus import Corpus
from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.formats import has_extra
from annotator.tasks.importing import import_corpus
from annotator.tasks.opening import open_corpus
from tests.formats.records import TOKENS, forms
from tests.tasks.corpora import BESIDE, bytes_below, make_corpus

WRITTEN = [row.name for row in FORMATS.values() if row.writes and has_extra(row)]
SPLIT = (0.5, 0.0, 0.5)


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    return make_corpus(tmp_path / "kho")


def big(folder: Path, articles: int = 12) -> Corpus:
    """Many articles without labels, two of them nearly the same, and a sentence in two others."""
    folder.mkdir()
    for number in range(articles):
        words = " ".join(f"từ{number}x{place}" for place in range(60))
        (folder / f"tin-{number}.txt").write_text(f"{words} .\n", encoding="utf-8")
    (folder / "tin-1.txt").write_text((folder / "tin-0.txt").read_text(encoding="utf-8").replace("từ0x59", "khác"), encoding="utf-8")
    for number in (2, 3):
        with (folder / f"tin-{number}.txt").open("a", encoding="utf-8") as file:
            file.write("Câu này có mặt nguyên vẹn trong hai bài báo khác nhau .\n")
    return open_corpus(folder)


def read(path: Path) -> Any:
    return json.loads(path.read_bytes())


@pytest.mark.parametrize("name", WRITTEN)
def test_the_manifest_accounts_for_every_file(name: str, kho: Path, tmp_path: Path) -> None:
    exported = export_corpus(open_corpus(kho), tmp_path / "out", ExportRequest(name, split=SPLIT))
    held, files = read(tmp_path / "out" / "manifest.json"), bytes_below(tmp_path / "out")
    hashes = {file: sha256(raw).hexdigest() for file, raw in files.items() if file != "manifest.json"}
    assert {**held["data"], **held["beside"]} == hashes and held["data"].keys() == {*exported.files}
    assert {*exported.files, *exported.beside} == files.keys()
    rows = {row["name"]: row for row in held["documents"]}
    assert rows.keys() == {"tin-1", "sâu/tin 2"} and {row["part"] for row in rows.values()} == {"train", "test"}
    for row in rows.values():
        source, sidecar = kho / f"{row['name']}.txt", kho / f"{row['name']}.txt.ann.json"
        assert row["source"] == {"name": source.name, "sha256": sha256(source.read_bytes()).hexdigest()}
        assert row["sidecar"]["sha256"] == sha256(sidecar.read_bytes()).hexdigest()
    assert (held["format"], held["schema"]["name"], held["segmenter"]) == (name, "bkee", {"name": "pyvi", "version": "0.1.1"})


def test_the_same_corpus_gives_the_same_manifest_and_a_changed_label_another(kho: Path, tmp_path: Path) -> None:
    (tmp_path / "split.tsv").write_text("tin-1\ttrain\nsâu/tin 2\ttest\n", encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "split.tsv").write_bytes((tmp_path / "split.tsv").read_bytes())
    for out, file in (("one", "split.tsv"), ("two", "elsewhere/split.tsv")):
        export_corpus(open_corpus(kho), tmp_path / out, ExportRequest("conll", split_file=tmp_path / file))
    assert bytes_below(tmp_path / "one") == bytes_below(tmp_path / "two")
    assert str(tmp_path).encode() not in b"".join(bytes_below(tmp_path / "one").values())
    sidecar = kho / "tin-1.txt.ann.json"
    held = sidecar.read_text(encoding="utf-8").replace('"type": "TIME"', '"type": "MONEY"')
    body = held[: held.rindex('"checksum"')]
    sidecar.write_text(f'{body}"checksum": "{sha256(body.encode()).hexdigest()}"\n}}\n', encoding="utf-8")
    export_corpus(open_corpus(kho), tmp_path / "three", ExportRequest("conll", split_file=tmp_path / "split.tsv"))
    one, three = read(tmp_path / "one" / "manifest.json"), read(tmp_path / "three" / "manifest.json")
    assert one["documents"][0] == three["documents"][0] and one["documents"][1]["sidecar"] != three["documents"][1]["sidecar"]
    assert one["data"]["train.conll"] != three["data"]["train.conll"] and one["data"]["test.conll"] == three["data"]["test.conll"]


@pytest.mark.parametrize("scheme", ["iob2", "bioes"])
def test_labels_number_every_tag_of_the_data(scheme: Any, kho: Path, tmp_path: Path) -> None:
    export_corpus(open_corpus(kho), tmp_path / "out", ExportRequest("argument-bio", scheme=scheme))
    held = read(tmp_path / "out" / "labels.json")
    lines = [line.split("\t") for line in (tmp_path / "out" / "all.bio").read_text(encoding="utf-8").split("\n") if "\t" in line]
    for table, column in (("triggers", 1), ("roles", 2)):
        assert {line[column] for line in lines} <= held[table]["label2id"].keys()
    for table in ("entities", "triggers", "roles"):
        numbers = held[table]["label2id"]
        assert held[table]["id2label"] == {str(number): tag for tag, number in numbers.items()} and numbers["O"] == 0
    export_corpus(open_corpus(kho), tmp_path / "conll", ExportRequest("conll", scheme=scheme))
    (article, *_) = read_columns((tmp_path / "conll" / "all.conll").read_text(encoding="utf-8"), "all")
    assert article.sentences
    tags = {line.split("\t")[1] for line in (tmp_path / "conll" / "all.conll").read_text(encoding="utf-8").split("\n") if "\t" in line}
    assert tags <= read(tmp_path / "conll" / "labels.json")["entities"]["label2id"].keys()


def test_numbers_of_tags_are_the_same_in_every_part_and_in_labels(tmp_path: Path) -> None:
    """Types that the schema lacks, one in each part, do not share a number."""
    brat = tmp_path / "brat"
    brat.mkdir()
    for name, kind in (("a", "ZZZ"), ("b", "YYY")):
        (brat / f"{name}.txt").write_text("Công an bắt bốn người.\n", encoding="utf-8")
        (brat / f"{name}.ann").write_text(f"T1\t{kind} 12 21\tbốn người\n", encoding="utf-8")
    import_corpus("brat", brat, tmp_path / "kho", schema="bkee")
    (tmp_path / "split.json").write_text('{"train": ["a"], "test": ["b"]}', encoding="utf-8")
    export_corpus(open_corpus(tmp_path / "kho"), tmp_path / "out", ExportRequest("hf-jsonl", split_file=tmp_path / "split.json"))
    numbers = read(tmp_path / "out" / "labels.json")["entities"]["label2id"]
    for part, kind in (("train", "ZZZ"), ("test", "YYY")):
        row = json.loads((tmp_path / "out" / f"{part}.jsonl").read_text(encoding="utf-8"))
        assert [tag for tag in row["ner_tags"] if tag] == [numbers[f"B-{kind}"], numbers[f"I-{kind}"]]
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert f"'{numbers['I-ZZZ']}': \"I-ZZZ\"" in card and "| YYY | 0 | 1 | 1 |" in card
    assert '  - split: "test"\n    path: "test.jsonl"\n' in card and card.startswith("---\n") and "\n---\n" in card


@pytest.mark.parametrize("unit", ["word", "syllable"])
@pytest.mark.parametrize("name", TOKENS)
def test_each_token_is_found_again_in_its_article(name: str, unit: Any, kho: Path, tmp_path: Path) -> None:
    export_corpus(open_corpus(kho), tmp_path / "out", ExportRequest(name, unit=unit))
    rows = [json.loads(line) for line in (tmp_path / "out" / "tokens.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = {row["document"]: (kho / f"{row['document']}.txt").read_bytes().decode() for row in rows}
    found = [["_".join(texts[row["document"]][start:end].split()) for start, end in row["tokens"]] for row in rows]
    raw = (tmp_path / "out" / f"all{FORMATS[name].suffix}").read_text(encoding="utf-8")
    assert found == forms(name, raw) and len(found) >= 2


def test_the_schema_tells_roles_and_fillers_in_both_languages(kho: Path, tmp_path: Path) -> None:
    export_corpus(open_corpus(kho), tmp_path / "out", ExportRequest("chat"))
    held = read(tmp_path / "out" / "schema.json")
    assert held["name"] == "bkee" and "Victim" in held["event_roles"]["Die"] and "PER" in held["role_fillers"]["Victim"]
    die = next(event for event in held["events"] if event["name"] == "Die")
    assert die["label"]["en"] and die["label"]["vi"] != die["label"]["en"] and die["definition"]["vi"]
    assert "tokens.jsonl" not in bytes_below(tmp_path / "out")


def test_projects_of_other_tools_get_their_labels(kho: Path, tmp_path: Path) -> None:
    export_corpus(open_corpus(kho), tmp_path / "doccano", ExportRequest("doccano"))
    spans, relations = read(tmp_path / "doccano" / "span-types.json"), read(tmp_path / "doccano" / "relation-types.json")
    assert {"PER", "Die"} <= {row["text"] for row in spans} and "Victim" in {row["text"] for row in relations}
    keys = [row["suffix_key"] for row in spans if row["suffix_key"]]
    assert len(keys) == len({*keys}) > 5 and all(len(row["background_color"]) == 7 for row in (*spans, *relations))
    export_corpus(open_corpus(kho), tmp_path / "labelstudio", ExportRequest("labelstudio"))
    tree = ElementTree.parse(tmp_path / "labelstudio" / "labelling-config.xml")
    assert {"PER", "Die"} <= {label.get("value") for label in tree.iter("Label")}


@pytest.mark.parametrize("name", [name for name in WRITTEN if FORMATS[name].reads])
def test_what_lies_beside_the_data_does_not_come_in(name: str, kho: Path, tmp_path: Path) -> None:
    export_corpus(open_corpus(kho), tmp_path / "out", ExportRequest(name, split=SPLIT))
    report = import_corpus(name, tmp_path / "out", tmp_path / "back")
    assert report.documents == 2 and not report.problems and not report.refused


def test_near_duplicates_stay_together_and_leaks_are_told(tmp_path: Path) -> None:
    corpus = big(tmp_path / "kho")
    apart = 0
    for seed in range(6):
        exported = export_corpus(corpus, tmp_path / f"{seed}", ExportRequest("conll", split=SPLIT, seed=seed))
        division = exported.division
        assert division.groups == (("tin-0", "tin-1"),) and division.part_of["tin-0"] == division.part_of["tin-1"] and not division.torn
        leaks = [[place.document for place in leak.places] for leak in division.leaks]
        leaking = division.part_of["tin-2"] != division.part_of["tin-3"]
        assert leaks == ([["tin-2", "tin-3"]] if leaking else [])
        apart += leaking
    assert 0 < apart < 6
    exported = export_corpus(corpus, tmp_path / "none", ExportRequest("conll", split=SPLIT, duplicates=False))
    assert not exported.division.groups and not exported.division.leaks


def test_what_a_split_file_tears_apart_is_told(tmp_path: Path) -> None:
    corpus = big(tmp_path / "kho", 4)
    (tmp_path / "s.tsv").write_text("tin-0\tdev\ntin-1\ttest\ntin-2\tdev\ntin-3\ttest\n", encoding="utf-8")
    exported = export_corpus(corpus, tmp_path / "out", ExportRequest("conll", split_file=tmp_path / "s.tsv"))
    assert exported.files == ("dev.conll", "test.conll") and exported.division.torn == (("tin-0", "tin-1"),)
    assert len(exported.division.leaks) == 1


def test_a_split_file_may_name_documents_that_are_not_asked_for(kho: Path, tmp_path: Path) -> None:
    (kho / "mới.txt").write_text("Chưa gán nhãn .\n", encoding="utf-8")
    (tmp_path / "s.tsv").write_text("tin-1\ttrain\nsâu/tin 2\ttest\nmới\ttest\n", encoding="utf-8")
    request = ExportRequest("conll", statuses=frozenset({"done"}), split_file=tmp_path / "s.tsv")
    assert export_corpus(open_corpus(kho), tmp_path / "out", request).documents == 2


def test_folds_train_on_what_they_do_not_test(tmp_path: Path) -> None:
    exported = export_corpus(big(tmp_path / "kho"), tmp_path / "out", ExportRequest("conll", folds=3))
    assert exported.files == tuple(f"fold-{fold}/{part}.conll" for fold in (1, 2, 3) for part in ("test", "train"))
    tested: list[str] = []
    for fold in (1, 2, 3):
        held = {
            part: [article.name for article in read_columns((tmp_path / "out" / f"fold-{fold}" / f"{part}.conll").read_text("utf-8"), "")]
            for part in ("train", "test")
        }
        assert not {*held["train"]} & {*held["test"]} and len(held["train"]) + len(held["test"]) == 12
        tested += held["test"]
    assert sorted(tested) == sorted(f"tin-{number}" for number in range(12))
    assert {row["fold"] for row in read(tmp_path / "out" / "manifest.json")["documents"]} == {"fold-1", "fold-2", "fold-3"}


@pytest.mark.parametrize(("name", "whole", "more"), [("conll", "all.conll", set()), ("hf-jsonl", "all.jsonl", {"README.md"})])
def test_an_export_takes_away_what_it_wrote_before_and_nothing_else(name: str, whole: str, more: set[str], tmp_path: Path) -> None:
    corpus, out = big(tmp_path / "kho"), tmp_path / "out"
    export_corpus(corpus, out, ExportRequest(name, folds=3))
    (out / "fold-1" / "notes.txt").write_bytes(b"mine")
    export_corpus(corpus, out, ExportRequest(name))
    assert {*bytes_below(out)} == {whole, "fold-1/notes.txt"} | BESIDE | more
    assert sorted(path.name for path in out.iterdir() if path.is_dir()) == ["fold-1"]


def test_two_formats_are_not_mixed_in_one_folder(kho: Path, tmp_path: Path) -> None:
    export_corpus(open_corpus(kho), tmp_path / "out", ExportRequest("conll"))
    before = bytes_below(tmp_path / "out")
    for name in ("hf-jsonl", "brat", "conll2003"):
        with pytest.raises(AnnotatorError, match="export-exists"):
            export_corpus(open_corpus(kho), tmp_path / "out", ExportRequest(name))
    assert bytes_below(tmp_path / "out") == before


@pytest.mark.parametrize("name", ["oneie", "conll", "jsonl"])
@pytest.mark.parametrize("is_ours", [True, False])
def test_data_of_a_person_under_the_name_of_a_part_is_not_replaced(is_ours: bool, name: str, kho: Path, tmp_path: Path) -> None:
    out, suffix = tmp_path / "out", FORMATS[name].suffix
    out.mkdir()
    if is_ours:
        export_corpus(open_corpus(kho), out, ExportRequest(name))
    for part in ("dev", "all"):
        (out / f"{part}{suffix}").write_bytes(b"years of work")
        before = bytes_below(out)
        with pytest.raises(AnnotatorError, match="export-exists"):
            export_corpus(open_corpus(kho), out, ExportRequest(name))
        assert bytes_below(out) == before


def test_documents_that_went_from_the_corpus_go_from_a_second_export(kho: Path, tmp_path: Path) -> None:
    export_corpus(open_corpus(kho), tmp_path / "out", ExportRequest("brat"))
    for path in (kho / "sâu").iterdir():
        path.unlink()
    export_corpus(open_corpus(kho), tmp_path / "out", ExportRequest("brat"))
    assert {*bytes_below(tmp_path / "out")} == {"annotation.conf", "tin-1.ann", "tin-1.txt", *BESIDE} - {"tokens.jsonl"}
    (tmp_path / "out" / "tin-1.ann").write_bytes(b"changed by a person")
    for path in kho.glob("tin-1*"):
        path.rename(path.with_name(path.name.replace("tin-1", "tin-7")))
    with pytest.raises(AnnotatorError, match="export-exists"):
        export_corpus(open_corpus(kho), tmp_path / "out", ExportRequest("brat"))


@pytest.mark.parametrize("mine", ["README.md", "manifest.json", "labels.json"])
def test_a_persons_own_file_is_not_replaced_by_what_lies_beside_the_data(mine: str, kho: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / mine).write_bytes(b"{}")
    with pytest.raises(AnnotatorError, match="export-exists"):
        export_corpus(open_corpus(kho), tmp_path / "out", ExportRequest("hf-jsonl"))
    assert bytes_below(tmp_path / "out") == {mine: b"{}"}


def test_a_cancelled_split_leaves_nothing(tmp_path: Path) -> None:
    corpus = big(tmp_path / "kho")
    before = bytes_below(tmp_path)
    for last in (1, 12):

        def stop(done: int, _total: int, last: int = last) -> None:
            if done >= last:
                raise AnnotatorError("cancelled")

        with pytest.raises(AnnotatorError, match="cancelled"):
            export_corpus(corpus, tmp_path / "out", ExportRequest("hf-jsonl", folds=2), progress=stop)
    with pytest.raises(AnnotatorError, match="folds-too-many"):
        export_corpus(corpus, tmp_path / "out", ExportRequest("conll", folds=12))
    with pytest.raises(AnnotatorError, match="split-twice"):
        export_corpus(corpus, tmp_path / "out", ExportRequest("conll", folds=2, split=SPLIT))
    assert bytes_below(tmp_path) == before and not (tmp_path / "out").exists()


def test_a_project_knows_the_relations_of_every_schema_in_the_set(tmp_path: Path) -> None:
    """An article of the samples goes by a schema of its own, whose relations the corpus's has not."""
    shutil.copytree(samples(), tmp_path / "kho")
    for name in ("doccano", "labelstudio"):
        export_corpus(open_corpus(tmp_path / "kho"), tmp_path / name, ExportRequest(name))
    rows = map(json.loads, (tmp_path / "doccano" / "all.jsonl").read_text(encoding="utf-8").splitlines())
    written = {item["type"] for row in rows for item in row["relations"]}
    tree = ElementTree.parse(tmp_path / "labelstudio" / "labelling-config.xml")
    assert "PHYS" in written <= {item["text"] for item in read(tmp_path / "doccano" / "relation-types.json")}
    assert written <= {item.get("value") for item in tree.iter("Relation")}
    assert written <= {item["name"] for kind in ("roles", "relations") for item in read(tmp_path / "doccano" / "schema.json")[kind]}
