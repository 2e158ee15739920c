"""Counting a corpus by part, and what is said where something cannot be counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.store.sidecar import sidecar_path
from tests.tasks.corpora import make_corpus

from .conftest import Annotate


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return make_corpus(tmp_path / "kho")


def test_every_table_has_a_column_for_each_part(annotate: Annotate, corpus: Path, tmp_path: Path) -> None:
    split = tmp_path / "split.tsv"
    split.write_text("tin-1\ttrain\nsâu/tin 2\ttest\n", encoding="utf-8")
    said = annotate("stats", corpus, "--split-file", split).out
    assert "\n\t\ttrain\ttest\n" in f"\n{said}" and "Entities\t6\t4\t2\n" in said and "PER\t3\t2\t1\n" in said
    counted = json.loads(annotate("stats", corpus, "--split-file", split, "--json").out)
    assert {part: held["entities"]["total"] for part, held in counted["parts"].items()} == {"train": 4, "test": 2}
    assert counted["split"]["kind"] == "file"


@pytest.mark.parametrize(
    "wrong",
    [("--split", "0.8/0.2/0", "--folds", "2"), ("--split", "x"), ("--folds", "1"), ("--folds", "9"), ("--split-file", "none.tsv")],
)
def test_a_split_that_cannot_be_is_refused_in_a_line(annotate: Annotate, corpus: Path, wrong: tuple[str, ...]) -> None:
    said = annotate("stats", corpus, *wrong)
    assert said.status == 2 and said.err.startswith("annotator: ") and said.err.count("\n") == 1


def test_a_damaged_sidecar_is_named_in_the_page_and_on_the_line(annotate: Annotate, corpus: Path, tmp_path: Path) -> None:
    sidecar_path(corpus / "tin-1.txt").write_bytes(b"{")
    page = tmp_path / "trang.html"
    said = annotate("stats", corpus, "--html", page, language="vi")
    assert said.status == 1 and "tin-1.txt" in said.err and "Không đọc được\t1\n" in said.out
    assert "tin-1.txt" in page.read_text(encoding="utf-8").partition('id="refused"')[2]
