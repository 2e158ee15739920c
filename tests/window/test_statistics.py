"""The statistics in the window: counted beside its thread, followed to the places, and back where one was."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.gui.dialogs.statistics import StatisticsDialog
from annotator.gui.hands import wait_until
from annotator.gui.looks.figure_rows import FigureList
from annotator.gui.looks.hit_rows import HeadRow, PlaceRow

from .conftest import CTRL, SHIFT, Sit, Sitting, focus, settle
from .states_of_statistics import choose, counted, show_section, statistics

TWO = {"a.txt": "Công an bắt ông Nam ở Hà Nội.\n", "b.txt": "Ông Nam về Hà Nội.\n", "c.txt": "Mưa.\n"}


def said(figures: FigureList) -> list[str]:
    model = figures.figures
    return [str(model.data(model.index(rank))) for rank in range(model.rowCount())]


def places(shown: StatisticsDialog) -> list[str]:
    return [row.surface for row in shown.places.places.rows if isinstance(row, PlaceRow)]


def label(s: Sitting) -> Sitting:
    """A person and a place in the first article, the same name as an organisation in the second."""
    s.mark("Nam", "p")
    s.mark("Hà Nội", "g")
    s.open("b.txt")
    s.mark("Nam", "r")
    s.press(Qt.Key.Key_Escape)
    return s


def test_the_shortcut_counts_what_was_labelled_a_moment_ago(sit: Sit) -> None:
    s = label(sit(TWO))
    QTest.keyClick(focus(), Qt.Key.Key_S, CTRL | SHIFT)
    assert wait_until(lambda: bool(s.window.findChildren(StatisticsDialog)))
    shown = s.window.findChildren(StatisticsDialog)[0]
    counted(shown)
    assert shown.message() == s.told("gui.stats.counted", n=3)
    assert "Articles: 3" in said(shown.figures) and "Entities: 3" in said(shown.figures)
    show_section(shown, "types")
    rows = said(shown.figures)
    assert any(row.endswith(": 1, 33.3 %") and "(GPE)" in row for row in rows), rows


def test_a_row_is_followed_to_its_annotation_and_the_way_back(sit: Sit) -> None:
    s = label(sit(TWO))
    shown = statistics(s)
    show_section(shown, "ambiguous")
    line = shown.figures.line()
    assert line is not None and line.name == "Nam" and places(shown) == ["Nam"]
    shown.figures.setFocus()
    QTest.keyClick(shown.figures, Qt.Key.Key_Return)
    assert focus() is shown.places
    QTest.keyClick(shown.places, Qt.Key.Key_Return)
    assert not shown.isVisible()
    path = next(row.path for row in shown.places.places.rows if isinstance(row, PlaceRow))
    assert wait_until(lambda: s.session.path == path)
    settle()
    chosen = s.session.chosen()
    assert chosen is not None and line.pick is not None and ("type", chosen.type) in line.pick
    assert wait_until(lambda: s.window.view.hasFocus())
    again = statistics(s)
    assert again is shown and shown.shown_sections()[shown.sections.currentRow()].name == "ambiguous" and places(shown) == ["Nam"]


def test_counts_are_new_when_one_comes_back(sit: Sit) -> None:
    s = label(sit(TWO))
    shown = statistics(s)
    assert "Entities: 3" in said(shown.figures)
    shown.reject()
    s.mark("Hà Nội", "g")
    assert "Entities: 4" in said(statistics(s).figures)


def test_a_damaged_sidecar_is_named_and_counted_apart(sit: Sit) -> None:
    s = label(sit(TWO))
    (s.folder / "c.txt.ann.json").write_bytes(b"{")
    shown = statistics(s)
    assert shown.message() == s.told("gui.stats.counted", n=3, unreadable=1)
    assert "Articles: 3" in said(shown.figures) and "Unreadable: 1" in said(shown.figures)
    (told,) = [section for section in shown.shown_sections() if section.name == "refused"]
    assert any("c.txt.ann.json" in sentence for sentence in told.told)


def test_of_the_open_article_alone_and_by_part(sit: Sit) -> None:
    s = label(sit(TWO))
    shown = statistics(s)
    choose(shown, "scope", "article")
    assert "Articles: 1" in said(shown.figures) and "Entities: 1" in said(shown.figures) and not shown.form.split.isEnabled()
    choose(shown, "scope", "corpus")
    choose(shown, "split", "three")
    assert "Articles: 3, train: 1, dev: 1, test: 1" in said(shown.figures)


def test_a_split_file_that_names_a_stranger_is_refused_in_words(sit: Sit, tmp_path: Path) -> None:
    s = label(sit(TWO))
    shown = statistics(s)
    before = said(shown.figures)
    file = tmp_path / "split.tsv"
    file.write_text("a\ttrain\nxyz\ttest\n", encoding="utf-8")
    shown.form.take_file(file)
    assert wait_until(lambda: shown.phase == "stopped")
    assert "xyz" in shown.message() and said(shown.figures) == before
    file.write_text("a\ttrain\nb\ttest\nc\ttest\n", encoding="utf-8")
    shown.again_button.click()
    counted(shown)
    assert "Articles: 3, train: 1, test: 2" in said(shown.figures)


def test_it_stops_when_asked_and_goes_with_its_corpus(sit: Sit, tmp_path: Path) -> None:
    s = sit({f"{number}.txt": "Công an bắt ông Nam ở Hà Nội.\n" * 40 for number in range(60)})
    s.window.control.table["statistics"]()
    assert wait_until(lambda: bool(s.window.findChildren(StatisticsDialog)))
    shown = s.window.findChildren(StatisticsDialog)[0]
    shown.again_button.click()
    assert wait_until(lambda: shown.phase == "stopped") and shown.message() == s.told("gui.stats.stopped")
    other = tmp_path / "other"
    other.mkdir()
    s.window.desk.open_paths([other])
    assert wait_until(lambda: s.window.desk.corpus is not None and s.window.desk.corpus.root == other)
    settle()
    assert not s.window.findChildren(StatisticsDialog)


def test_an_empty_corpus_says_so(sit: Sit) -> None:
    s = sit({"a.txt": "\n"})
    shown = statistics(s)
    assert shown.shown_sections()[0].told == (s.told("page.stats.unlabelled"), s.told("page.stats.wordless"))
    assert [section.name for section in shown.shown_sections()] == ["overview"]
    assert [row.name for row in shown.places.places.rows if isinstance(row, HeadRow)] == ["a.txt"]


def test_a_place_of_an_article_that_changed_since_is_refused_in_words(sit: Sit) -> None:
    s = label(sit(TWO))
    shown = statistics(s)
    show_section(shown, "ambiguous")
    row = next(row for row in shown.places.places.rows if isinstance(row, PlaceRow))
    path = row.path
    assert path is not None
    s.open("c.txt")
    path.write_text("Một bài khác hẳn, dài hơn bài cũ nhiều chữ.\n", encoding="utf-8")
    path.with_name(f"{path.name}.ann.json").unlink()
    shown.place_chosen.emit(path, row.key)
    assert wait_until(lambda: s.session.path == path)
    assert wait_until(lambda: s.told("error.place-of-other-text", path=str(path)) in s.message)
    assert not s.session.selection
