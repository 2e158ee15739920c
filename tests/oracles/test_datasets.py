"""Hugging Face's ``datasets`` on the folders that a user would load or put on the hub."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from annotator.tasks.exporting import ExportRequest
from tests.oracles.accounts import hold
from tests.oracles.conftest import Corpora
from tests.oracles.readings import columns, read_rows, records_of
from tests.oracles.sets import SETS, written

PARTS = {"train": "train", "dev": "validation", "test": "test"}


def loaded(*about: Any, cache: Path, **more: Any) -> Any:
    import datasets

    datasets.disable_progress_bars()
    return datasets.load_dataset(*about, cache_dir=str(cache), **more)


def named(rows: Any) -> list[dict[str, Any]]:
    """Rows with their tags by name, as the features have them."""
    tag = rows.features["ner_tags"].feature
    return [row | {"ner_tags": tag.int2str(row["ner_tags"])} for row in rows]


@pytest.mark.parametrize("name", ["hf-jsonl", "hf-parquet"])
@pytest.mark.parametrize("chosen", SETS)
def test_a_folder_loads_with_its_features(chosen: str, name: str, corpora: Corpora, tmp_path: Path) -> None:
    import datasets

    corpus, statuses = SETS[chosen]
    done, documents = written(corpora.of(corpus), tmp_path / "out", ExportRequest(name, statuses=statuses))
    held = loaded(str(tmp_path / "out"), cache=tmp_path / "cache")
    assert held.keys() == {"train"}
    rows = held["train"]
    tag = rows.features["ner_tags"].feature
    assert isinstance(tag, datasets.ClassLabel)
    labels = json.loads((tmp_path / "out" / "labels.json").read_bytes())["entities"]
    assert tag.names == [labels["id2label"][str(number)] for number in range(tag.num_classes)]
    hold(read_rows(named(rows), records_of(tmp_path / "out" / "tokens.jsonl"), documents), documents, done.account)


@pytest.mark.parametrize("name", ["hf-jsonl", "hf-parquet"])
def test_each_part_is_a_split_and_each_fold_a_configuration(name: str, corpora: Corpora, tmp_path: Path) -> None:
    import datasets

    split, _ = written(corpora.of("samples"), tmp_path / "split", ExportRequest(name, split=(0.5, 0.25, 0.25)))
    held = loaded(str(tmp_path / "split"), cache=tmp_path / "cache")
    assert held.keys() == {PARTS[part] for part in split.division.parts} == {*PARTS.values()}
    for part in split.division.parts:
        assert {row["document"] for row in held[PARTS[part]]} == {*split.division.members(part)}
    _, documents = written(corpora.of("samples"), tmp_path / "folds", ExportRequest(name, folds=3))
    configs = datasets.get_dataset_config_names(str(tmp_path / "folds"))
    assert sorted(configs) == ["fold-1", "fold-2", "fold-3"]
    for config in configs:
        held = loaded(str(tmp_path / "folds"), config, cache=tmp_path / "cache")
        assert {row["document"] for rows in held.values() for row in rows} == documents.keys()


@pytest.mark.parametrize("name", ["hf-jsonl", "hf-parquet"])
def test_a_part_without_a_sentence_keeps_no_other_from_being_loaded(name: str, tmp_path: Path) -> None:
    texts = {"full": "Bão số 3 làm hai người chết.", "blank": " \n", "lines": "\n \n"}
    (tmp_path / "corpus").mkdir()
    for article, content in texts.items():
        (tmp_path / "corpus" / f"{article}.txt").write_text(content, encoding="utf-8")
    split = tmp_path / "split.tsv"
    split.write_text("full\ttrain\nblank\tdev\nlines\ttest\n", encoding="utf-8")
    done, _ = written(tmp_path / "corpus", tmp_path / "out", ExportRequest(name, split_file=split))
    assert len(done.files) == 3
    assert {part: len(rows) for part, rows in loaded(str(tmp_path / "out"), cache=tmp_path / "cache").items()} == {"train": 1}


def test_parts_of_any_name_are_splits_of_their_own(corpora: Corpora, tmp_path: Path) -> None:
    names = sorted(path.stem for path in corpora.of("samples").glob("*.txt"))
    (tmp_path / "corpus").mkdir()
    parts = dict(zip(names, ("train", "dev", "validation", "đợt-1", "đợt_1"), strict=False))
    for name in parts:
        shutil.copy(corpora.of("samples") / f"{name}.txt", tmp_path / "corpus")
    split = tmp_path / "split.tsv"
    split.write_text("".join(f"{name}\t{part}\n" for name, part in parts.items()), encoding="utf-8")
    written(tmp_path / "corpus", tmp_path / "out", ExportRequest("hf-jsonl", split_file=split))
    held = loaded(str(tmp_path / "out"), cache=tmp_path / "cache")
    assert held.keys() == {"train", "dev", "validation", "đợt_1", "đợt_1_2"}
    assert sorted({row["document"] for rows in held.values() for row in rows}) == sorted(parts)


def test_a_parquet_file_alone_knows_its_features(corpora: Corpora, tmp_path: Path) -> None:
    written(corpora.of("golden"), tmp_path / "out", ExportRequest("hf-parquet"))
    folder = loaded(str(tmp_path / "out"), cache=tmp_path / "cache")["train"]
    alone = loaded("parquet", data_files=str(tmp_path / "out" / "all.parquet"), cache=tmp_path / "other")["train"]
    assert alone.features == folder.features and list(alone) == list(folder)


def test_the_card_is_one_that_the_hub_understands(corpora: Corpora, tmp_path: Path) -> None:
    from huggingface_hub import DatasetCard

    written(corpora.of("samples"), tmp_path, ExportRequest("hf-jsonl", split=(0.5, 0.25, 0.25)))
    card = DatasetCard.load(tmp_path / "README.md")
    held = card.data.to_dict()
    assert (held["language"], held["size_categories"]) == (["vi"], ["n<1K"])
    assert {file["split"] for config in held["configs"] for file in config["data_files"]} == {*PARTS.values()}
    assert {(tmp_path / file["path"]).is_file() for config in held["configs"] for file in config["data_files"]} == {True}
    assert [item["name"] for item in held["dataset_info"][0]["features"]][:4] == ["id", "document", "tokens", "ner_tags"]


@pytest.mark.parametrize("chosen", SETS)
def test_phoner_loads_as_json_lines(chosen: str, corpora: Corpora, tmp_path: Path) -> None:
    corpus, statuses = SETS[chosen]
    for name in ("phoner", "conll"):
        written(corpora.of(corpus), tmp_path / name, ExportRequest(name, statuses=statuses))
    rows = loaded("json", data_files=str(tmp_path / "phoner" / "all.jsonl"), cache=tmp_path / "cache")["train"]
    blocks = columns((tmp_path / "conll" / "all.conll").read_bytes())
    assert [(row["words"], row["tags"]) for row in rows] == [([word for word, _ in block], [tag for _, tag in block]) for block in blocks]


@pytest.mark.parametrize("name", ["chat", "omnievent", "oneie"])
def test_event_sets_load_as_json_lines(name: str, corpora: Corpora, tmp_path: Path) -> None:
    done, _ = written(corpora.of("bkee"), tmp_path / "out", ExportRequest(name))
    (file,) = done.files
    rows = loaded("json", data_files=str(tmp_path / "out" / file), cache=tmp_path / "cache")["train"]
    assert len(rows) == len((tmp_path / "out" / file).read_text(encoding="utf-8").splitlines())
    counts = done.account.layers["events"]
    match name:
        case "chat":
            answers = [json.loads(row["messages"][-1]["content"]) for row in rows]
            found = sum(len(answer["events"]) for answer in answers)
        case "omnievent":
            found = sum(len(event["triggers"]) for row in rows for event in row["events"])
        case _:
            found = sum(len(row["event_mentions"]) for row in rows)
    assert found == counts.whole + counts.changed > 100
