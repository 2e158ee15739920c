"""Sentences that are not drawn are not in the set: neither its balance, nor its card, nor its leaks may count what is in them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.importing import import_corpus
from annotator.tasks.opening import open_corpus

SAME = "Hôm qua mưa lớn làm ngập nhiều con đường ở thành phố Huế ."
SPLIT = (0.5, 0.0, 0.5)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Four articles: a sentence with an entity and no event that all of them share, and one of its own with an event."""
    folder = tmp_path / "brat"
    folder.mkdir()
    for number, name in enumerate(("Nam", "Lan", "Mai", "Tư")):
        text = f"{SAME}\nCông an huyện số {number} bắt {name} .\n"
        marks = [("T1", "GPE", "Huế"), ("T2", "PER", name), ("T3", "Arrest-jail", "bắt")]
        lines = [f"{key}\t{kind} {text.index(said)} {text.index(said) + len(said)}\t{said}" for key, kind, said in marks]
        (folder / f"tin-{number}.txt").write_bytes(text.encode())
        (folder / f"tin-{number}.ann").write_bytes("\n".join([*lines, "E1\tArrest-jail:T3 Person-Arg:T2", ""]).encode())
    assert import_corpus("brat", folder, tmp_path / "kho", schema="bkee").is_whole
    return tmp_path / "kho"


@pytest.mark.parametrize(("format_name", "empty", "counted", "leaks"), [
    ("oneie", 1.0, 12, 1), ("oneie", 0.0, 8, 0), ("hf-jsonl", 0.0, 8, 0), ("argument-bio", 1.0, 12, 0), ("jsonl", 0.0, 12, 1),
])  # fmt: skip
def test_balance_and_leaks_are_of_what_is_written(
    format_name: str, empty: float, counted: int, leaks: int, corpus: Path, tmp_path: Path
) -> None:
    request = ExportRequest(format_name, split=SPLIT, duplicates=True, empty=empty)
    division = export_corpus(open_corpus(corpus), tmp_path / "out", request).division
    assert sum(types.total() for types in division.types.values()) == counted
    assert len(division.leaks) == leaks
    told = json.loads((tmp_path / "out" / "manifest.json").read_bytes())["split"]
    assert sum(part["annotations"] for part in told["parts"].values()) == counted and len(told["leaks"]) == leaks


def test_the_card_counts_the_rows_of_the_data(corpus: Path, tmp_path: Path) -> None:
    export_corpus(open_corpus(corpus), tmp_path / "out", ExportRequest("hf-jsonl", empty=0.0))
    rows = [json.loads(line) for line in (tmp_path / "out" / "all.jsonl").read_text(encoding="utf-8").split("\n")[:-1]]
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    assert f"| sentences | {len(rows)} |" in card
    assert f"| **entities** | {sum(len(row['spans']) for row in rows)} |" in card and "| GPE" not in card
    assert f"| **events** | {sum(len(row['events']) for row in rows)} |" in card


def test_the_card_tells_shapes_of_written_sentences(corpus: Path, tmp_path: Path) -> None:
    export_corpus(open_corpus(corpus), tmp_path / "out", ExportRequest("hf-jsonl", empty=0.0))
    written = [json.loads(line) for line in (tmp_path / "out" / "all.jsonl").read_text(encoding="utf-8").split("\n")[:-1]]
    lengths = (tmp_path / "out" / "README.md").read_text(encoding="utf-8").split("### ")
    (told,) = [table for table in lengths if table.startswith("Length of entities")]
    rows = [row.split(" | ") for row in told.split("\n") if row[:3].strip("| ").isdigit()]
    assert sum(int(row[1]) for row in rows) == sum(len(row["spans"]) for row in written)
    assert "GPE" not in (tmp_path / "out" / "statistics.svg").read_text(encoding="utf-8")
