"""The time worked: rows are added and never lost, strange rows are passed over, and what cannot be written says so."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import AnnotatorError
from annotator.store.corpus import Corpus
from annotator.store.effort import COLUMNS, Stretch, add_up, append_stretches, effort_path, read_stretches

numbers = st.integers(0, 99_999)
names = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=12)
stretches = st.builds(Stretch, st.just("2026-11-22"), st.just("08:00:00"), names, names, *[numbers] * 4, st.sampled_from(["doing", "done"]))
ROW = Stretch("2026-11-22", "08:00:00", "lan", "tháng 1/bài, số 1.txt", 90, 3, 1, 0, "doing")


@given(st.lists(st.lists(stretches, max_size=3), max_size=4))
def test_what_was_added_is_read(tmp_path_factory: pytest.TempPathFactory, batches: list[list[Stretch]]) -> None:
    root = tmp_path_factory.mktemp("corpus")
    for batch in batches:
        append_stretches(root, batch)
    assert read_stretches(root) == [row for batch in batches for row in batch]


@given(st.lists(stretches, max_size=8))
def test_sums_are_the_sums_of_the_rows(rows: list[Stretch]) -> None:
    effort = add_up(rows)
    assert (effort.seconds, effort.made) == (sum(row.seconds for row in rows), sum(row.made for row in rows))
    assert effort.finished <= effort.articles == len({row.article for row in rows})


def test_the_file_has_a_heading_and_is_no_article(tmp_path: Path) -> None:
    append_stretches(tmp_path, [ROW])
    append_stretches(tmp_path, [ROW])
    lines = effort_path(tmp_path).read_text(encoding="utf-8").splitlines()
    assert lines[0] == ",".join(COLUMNS) == "date,start,annotator,article,seconds,made,changed,deleted,status"
    assert lines[1:] == ['2026-11-22,08:00:00,lan,"tháng 1/bài, số 1.txt",90,3,1,0,doing'] * 2
    assert list(Corpus.open(tmp_path).articles()) == []


def test_a_row_that_was_never_finished_spoils_no_other(tmp_path: Path) -> None:
    append_stretches(tmp_path, [ROW])
    with effort_path(tmp_path).open("ab") as file:
        file.write(b"2026-11-22,09:00")
    append_stretches(tmp_path, [ROW])
    assert read_stretches(tmp_path) == [ROW, ROW]


def test_a_strange_file_is_passed_over(tmp_path: Path) -> None:
    effort_path(tmp_path).parent.mkdir()
    effort_path(tmp_path).write_bytes(b"\xff\x00what,is\nthis,-1,\n")
    assert read_stretches(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="links ask for rights there")
def test_nothing_is_written_through_a_link_out_of_the_corpus(tmp_path: Path) -> None:
    root, stranger = tmp_path / "corpus", tmp_path / "profile"
    root.mkdir()
    stranger.write_text("own", encoding="utf-8")
    (root / ".annotator").mkdir()
    effort_path(root).symlink_to(stranger)
    with pytest.raises(AnnotatorError, match="effort-not-kept"):
        append_stretches(root, [ROW])
    assert stranger.read_text(encoding="utf-8") == "own"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_pipe_in_its_place_holds_nobody_up(tmp_path: Path) -> None:
    effort_path(tmp_path).parent.mkdir()
    os.mkfifo(effort_path(tmp_path))
    with pytest.raises(AnnotatorError, match="effort-not-kept"):
        append_stretches(tmp_path, [ROW])
    with pytest.raises(AnnotatorError, match="not-a-file"):
        read_stretches(tmp_path)


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    effort_path(tmp_path).parent.write_text("", encoding="utf-8")
    with pytest.raises(AnnotatorError, match="effort-not-kept"):
        append_stretches(tmp_path, [ROW])


@pytest.mark.skipif(os.name == "nt", reason="links ask for rights there")
@pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to])
def test_no_article_is_written_to_by_way_of_a_link(tmp_path: Path, link: Callable[[Path, Path], None]) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Nam về .\n", encoding="utf-8")
    effort_path(tmp_path).parent.mkdir()
    link(effort_path(tmp_path), article)
    with pytest.raises(AnnotatorError, match="effort-not-kept"):
        append_stretches(tmp_path, [ROW])
    assert article.read_text(encoding="utf-8") == "Nam về .\n"


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0.txt", "+1", "-2.txt", "@SUM(A1)", "\t=1", "'=1", "''@x"])
def test_a_spreadsheet_finds_no_formula_in_the_names_of_strangers(tmp_path: Path, name: str) -> None:
    row = replace(ROW, annotator=name, article=name)
    append_stretches(tmp_path, [row])
    assert read_stretches(tmp_path) == [row]
    with effort_path(tmp_path).open(newline="", encoding="utf-8") as file:
        held = list(csv.reader(file))[1]
    assert held[2][0] == held[3][0] == "'"
