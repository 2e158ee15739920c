"""A set that is both chosen and divided: types by their new names in every table, places and hashes of the articles themselves."""

from __future__ import annotations

import json
import unicodedata
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from annotator.formats.reduction import Reduction
from annotator.formats.spelling import Spelling
from annotator.formats.table import FORMATS
from annotator.formats.type_maps import Selection, TypeMap
from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.importing import import_corpus
from annotator.tasks.opening import open_corpus
from annotator.tasks.reducing import read_type_map
from tests.formats.records import TOKENS, forms
from tests.tasks.corpora import bytes_below, make_brat, make_corpus

SHARES = (0.5, 0.0, 0.5)
TYPES = TypeMap(Selection(exclude=("TIME",), map=(("PER", "PERSON"),)), roles=Selection(map=(("Agent", "Doer"),)))


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    """The small corpus with letters and marks apart, and behind each article a sentence without a label that both have."""
    brat = make_brat(tmp_path / "brat")
    for path in sorted(brat.rglob("*.txt")):
        text = path.read_bytes().decode()
        rows = path.with_suffix(".ann").read_text(encoding="utf-8").splitlines()
        path.write_bytes(_apart(text).encode() + _apart("Câu này không có nhãn nào và nằm ở cả hai bài báo.\n").encode())
        path.with_suffix(".ann").write_text("".join(f"{_moved(row, text)}\n" for row in rows), encoding="utf-8")
    assert import_corpus("brat", brat, tmp_path / "kho").is_whole
    return tmp_path / "kho"


def _apart(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _moved(row: str, text: str) -> str:
    key, told, *surface = row.split("\t")
    if not surface:
        return row
    kind, start, end = told.split()
    return f"{key}\t{kind} {len(_apart(text[: int(start)]))} {len(_apart(text[: int(end)]))}\t{_apart(surface[0])}"


def read(path: Path) -> Any:
    return json.loads(path.read_bytes())


@pytest.mark.parametrize("spelling", ["raw", "nfc", "new"])
@pytest.mark.parametrize("name", TOKENS)
def test_tokens_of_a_chosen_set_are_found_in_the_articles(name: str, spelling: Spelling, kho: Path, tmp_path: Path) -> None:
    request = ExportRequest(name, split=SHARES, empty=0.0, reduction=Reduction(types=TYPES, spelling=spelling))
    exported = export_corpus(open_corpus(kho), tmp_path / "out", request)
    rows = [json.loads(line) for line in (tmp_path / "out" / "tokens.jsonl").read_text(encoding="utf-8").splitlines()]
    records = 0
    for part in ("train", "test"):
        (document,) = exported.division.members(part)
        text = (kho / f"{document}.txt").read_bytes().decode()
        assert text != unicodedata.normalize("NFC", text)
        held = [row for row in rows if row["document"] == document]
        found = [["_".join(text[start:end].split()) for start, end in row["tokens"]] for row in held]
        written = forms(name, (tmp_path / "out" / f"{part}{FORMATS[name].suffix}").read_text(encoding="utf-8"))
        form = "NFD" if spelling == "raw" else "NFC"
        assert [[unicodedata.normalize(form, token) for token in tokens] for tokens in found] == written
        assert [row["sentence"] for row in held] == list(range(len(written)))
        # The sentences without a label are in neither.
        assert written and "nhãn" not in {unicodedata.normalize("NFC", token) for tokens in written for token in tokens}
        records += len(written)
    assert records == len(rows)


def test_tables_and_balance_have_the_names_of_the_data_and_the_manifest_the_hashes_of_the_articles(kho: Path, tmp_path: Path) -> None:
    request = ExportRequest("hf-jsonl", split=SHARES, reduction=Reduction(types=TYPES, names="ace", spelling="nfc"))
    exported = export_corpus(open_corpus(kho), tmp_path / "out", request)
    held = {name: read(tmp_path / "out" / f"{name}.json") for name in ("labels", "schema", "manifest")}
    entities = held["labels"]["entities"]["label2id"]
    assert "B-PERSON" in entities and not {"B-PER", "B-TIME"} & entities.keys()
    assert "B-Justice.Arrest-Jail" in held["labels"]["triggers"]["label2id"] and "B-Doer" in held["labels"]["roles"]["label2id"]
    assert held["schema"]["event_roles"]["Justice.Arrest-Jail"] and "PERSON" in held["schema"]["role_fillers"]["Person"]
    counts = sum(exported.division.types.values(), start=type(exported.division.types["train"])())
    assert counts == {("entities", "PERSON"): 3, ("entities", "GPE"): 1, ("entities", "ORG"): 1, ("events", "Justice.Arrest-Jail"): 2}
    assert "\n| PERSON" in (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    numbers = {number for path in (tmp_path / "out").glob("t*.jsonl") if path.name != "tokens.jsonl" for number in _tags(path)}
    assert numbers == {entities[tag] for tag in ("O", "B-PERSON", "I-PERSON", "B-GPE", "B-ORG", "I-ORG")}
    for row in held["manifest"]["documents"]:
        assert row["source"]["sha256"] == sha256((kho / f"{row['name']}.txt").read_bytes()).hexdigest()
        assert row["sidecar"]["sha256"] == sha256((kho / f"{row['name']}.txt.ann.json").read_bytes()).hexdigest()
    leak = exported.division.leaks[0]
    texts = {place.document: (kho / f"{place.document}.txt").read_bytes().decode() for place in leak.places}
    assert {texts[place.document][place.start : place.end] for place in leak.places} == {
        _apart("Câu này không có nhãn nào và nằm ở cả hai bài báo.")
    }


def _tags(path: Path) -> set[int]:
    return {tag for line in path.read_text(encoding="utf-8").splitlines() for tag in json.loads(line)["ner_tags"]}


def test_event_types_under_one_name_have_the_roles_of_all(kho: Path, tmp_path: Path) -> None:
    types = TypeMap(events=Selection(map=(("Arrest-jail", "Harm"), ("Die", "Harm"))))
    for folder, reduction in (("apart", Reduction()), ("together", Reduction(types=types))):
        export_corpus(open_corpus(kho), tmp_path / folder, ExportRequest("jsonl", reduction=reduction))
    apart, together = (read(tmp_path / folder / "schema.json")["event_roles"] for folder in ("apart", "together"))
    assert {*together["Harm"]} == {*apart["Arrest-jail"], *apart["Die"]} > {*apart["Arrest-jail"]}


@pytest.mark.parametrize("name", ["conll", "brat"])
def test_strict_decides_before_a_split_is_moved(name: str, tmp_path: Path) -> None:
    kho, out = make_corpus(tmp_path / "kho"), tmp_path / "out"
    export_corpus(open_corpus(kho), out, ExportRequest(name, split=SHARES))
    before = bytes_below(tmp_path)
    for split in ({"split": SHARES}, {"folds": 2}, {}):
        request = ExportRequest(name, strict=True, reduction=Reduction(types=TYPES), **split)  # type: ignore[arg-type]
        for place in (out, tmp_path / "new" / "deep"):
            exported = export_corpus(open_corpus(kho), place, request)
            assert not exported.is_written and exported.files == exported.beside == () and exported.account.losses
    assert bytes_below(tmp_path) == before and not (tmp_path / "new").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kho", "kho-brat", "out"]
    assert export_corpus(open_corpus(kho), tmp_path / "whole", ExportRequest("brat", strict=True, folds=2)).is_written


def test_the_manifest_tells_every_choice_in_words_and_no_place_of_this_machine(tmp_path: Path) -> None:
    kho = make_corpus(tmp_path / "kho")
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
        file = tmp_path / folder / "types.toml"
        file.write_text('[entities]\nexclude = ["TIME"]\nmap = { PER = "NGƯỜI" }\n[events]\ninclude = []\n', encoding="utf-8")
        request = ExportRequest("conll", nesting="layers", empty=0.3, reduction=Reduction("all", read_type_map(file), "ace", "head", "old"))
        export_corpus(open_corpus(kho), tmp_path / folder / "out", request)
    assert bytes_below(tmp_path / "here" / "out") == bytes_below(tmp_path / "there" / "out")
    told = read(tmp_path / "here" / "out" / "manifest.json")["options"]
    types = {"entities": {"exclude": ["TIME"], "map": {"PER": "NGƯỜI"}}, "events": {"include": []}}
    assert told["reduction"] == {"origins": "all", "types": types, "names": "ace", "extents": "head", "spelling": "old"}
    kept = {"nesting": "layers", "sentences": "long", "longest": 512, "empty": 0.3, "strict": False, "duplicates": True, "folds": 0}
    assert kept.items() <= told.items()
