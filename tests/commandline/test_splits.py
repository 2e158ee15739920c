"""A split on the command line: what is said of it, what ``--json`` adds, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commandline.conftest import Annotate
from tests.tasks.corpora import bytes_below, make_corpus

SENTENCE = "Theo cơ quan điều tra, hai người này đã khai nhận hành vi."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """The small corpus, with two articles that are the same but for case, and one that shares a sentence with them."""
    kho = make_corpus(tmp_path / "kho")
    texts = {"bản-a": SENTENCE, "bản-b": SENTENCE.upper(), "bản-c": f"Một bài khác. {SENTENCE} Và thêm nhiều chuyện khác nữa."}
    for name, text in texts.items():
        (kho / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")
    return kho


def test_a_split_is_told_in_a_few_lines(annotate: Annotate, corpus: Path, tmp_path: Path) -> None:
    file = tmp_path / "split.tsv"
    file.write_text("bản-a\ttrain\nbản-b\ttest\nbản-c\ttest\ntin-1\ttrain\nsâu/tin 2\ttest\n", encoding="utf-8")
    said = annotate("export", "conll", corpus, tmp_path / "out", "--split-file", file)
    assert said.status == 0 and "Articles in each part: train 2, test 3" in said.out
    assert "Near-duplicate articles: 2 (groups: 1), for example bản-a, bản-b." in said.out
    assert "Near-duplicate groups that the split file tears apart: 1," in said.out
    assert "that stand in more than one part: 1, in bản-a, bản-b, bản-c." in said.out
    assert "Not in train: ORG." in said.out and "Not in test: GPE; TIME." in said.out
    said = annotate("export", "conll", corpus, tmp_path / "out", "--split", "1/0/1", language="vi")
    assert "Số văn bản của từng phần: train 3, test 2" in said.out and "Văn bản gần trùng nhau: 2 " in said.out
    said = annotate("export", "conll", corpus, tmp_path / "out", "--split", "1/0/1", "--no-duplicates")
    assert "duplicates" not in said.out and "Leakage" not in said.out
    assert "part" not in annotate("export", "conll", corpus, tmp_path / "whole").out


def test_json_has_the_split_beside_the_account(annotate: Annotate, corpus: Path, tmp_path: Path) -> None:
    held = json.loads(annotate("export", "conll", corpus, tmp_path / "out", "--folds", "3", "--json").out)
    assert held["annotations"] == held["whole"] + held["changed"] + held["left_out"] == 12
    assert held["split"]["kind"] == "folds" and held["split"]["duplicates"] == [["bản-a", "bản-b"]]
    assert sum(part["documents"] for part in held["split"]["parts"].values()) == 5
    assert "split" not in json.loads(annotate("export", "conll", corpus, tmp_path / "whole", "--json").out)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--folds", "1"), "1 is not a number of folds"),
        (("--folds", "five"), "five is not a number of folds"),
        (("--folds", "5"), "found: 4"),
        (("--folds", "2", "--split", "1/0/1"), "one of --split, --split-file and --folds"),
        (("--split-file", "{file}"), "split.tsv, line 2: the corpus has no article tin-l (nearest: tin-1)"),
        (("--split-file", "{file}.gone"), "there is no such file"),
    ],
)
def test_what_cannot_be_split_is_refused_in_one_line(
    annotate: Annotate, corpus: Path, tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    (tmp_path / "split.tsv").write_text("bản-a\ttrain\ntin-l\ttest\n", encoding="utf-8")
    before = bytes_below(tmp_path)
    said = annotate("export", "conll", corpus, tmp_path / "out", *(part.format(file=tmp_path / "split.tsv") for part in options))
    assert said.status == 2 and told in said.err and said.err.count("\n") == 1 and said.out == ""
    assert bytes_below(tmp_path) == before
