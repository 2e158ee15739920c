"""From article to article: next and previous, done marks, the list on the left, and a note that is being written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView

from annotator.gui.hands import wait_until

from .conftest import ARTICLE, CTRL, Sit, Sitting, focus, settle

THREE = {"bài 1.txt": ARTICLE, "bài 2.txt": "Ông Nam bị bắt ở Huế.\n", "bài 10.txt": "Bà Lan về Vinh.\n"}
NEXT, PREVIOUS = Qt.Key.Key_PageDown, Qt.Key.Key_PageUp


def listed(s: Sitting) -> list[str]:
    """The rows of the corpus list as a screen reader says them: name and status."""
    model = s.window.corpus_panel.findChild(QAbstractItemView, "articles").model()
    return [
        str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole) or model.index(row, 0).data()) for row in range(model.rowCount())
    ]


def row_of(s: Sitting, name: str) -> tuple[QAbstractItemView, QModelIndex]:
    view = s.window.corpus_panel.findChild(QAbstractItemView, "articles")
    rows = [row for row in range(view.model().rowCount()) if name in listed(s)[row]]
    return view, view.model().index(rows[0], 0)


def ready(s: Sitting) -> Sitting:
    assert wait_until(lambda: s.window.corpus_panel.count() == len(list(s.folder.glob("*.txt"))), seconds=3)
    return s


def test_next_and_previous_in_natural_order(sit: Sit) -> None:
    s = ready(sit(THREE))
    s.open("bài 1.txt")
    seen = [s.session.path.name]
    for key in (NEXT, NEXT, PREVIOUS, PREVIOUS):
        s.press(key, modifiers=CTRL)
        settle()
        seen.append(s.session.path.name)
        assert s.window.windowTitle() == f"{seen[-1]} – Annotator" and focus() is s.window.view
    assert seen == ["bài 1.txt", "bài 2.txt", "bài 10.txt", "bài 2.txt", "bài 1.txt"]
    s.press(PREVIOUS, modifiers=CTRL)
    assert s.refused("error.no-more-articles")


def test_a_click_in_the_list_opens_an_article_and_what_was_done_is_on_disk(sit: Sit) -> None:
    s = ready(sit(THREE))
    s.open("bài 1.txt")
    s.mark("Huế", "g")
    view, index = row_of(s, "bài 10")
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, view.visualRect(index).center())
    assert wait_until(lambda: s.session.path.name == "bài 10.txt", seconds=3)
    assert s.sidecar("bài 1.txt")["entities"][0]["text"] == "Huế"
    assert not (s.folder / "bài 10.txt.ann.json").exists()


def test_the_done_mark_goes_to_disk_and_into_the_list(sit: Sit) -> None:
    s = ready(sit(THREE))
    s.open("bài 2.txt")
    before = listed(s)
    s.press("d", modifiers=CTRL)
    assert s.saved()["status"] == "done" and s.window.menus.actions["done"].isChecked()
    assert wait_until(lambda: listed(s) != before, seconds=3)
    assert [a == b for a, b in zip(listed(s), before, strict=True)] == [True, False, True]
    s.press("d", modifiers=CTRL)
    assert s.saved()["status"] == "doing" and not s.window.menus.actions["done"].isChecked()


def test_the_first_annotation_puts_an_article_in_progress(sit: Sit) -> None:
    s = ready(sit(THREE))
    s.open("bài 2.txt")
    before = listed(s)
    s.mark("Huế", "g")
    assert s.saved()["status"] == "doing"
    assert wait_until(lambda: listed(s) != before, seconds=3)
    s.press("z", modifiers=CTRL)
    assert s.saved()["status"] == "todo"
    assert wait_until(lambda: listed(s)[0] == before[0] and listed(s)[2] == before[2], seconds=3)


@pytest.mark.parametrize("way", ["next", "list", "close"])
def test_a_note_that_is_being_written_is_saved_when_the_article_is_left(sit: Sit, way: str) -> None:
    s = ready(sit(THREE))
    s.open("bài 1.txt")
    s.select(s.mark("Huế", "g"))
    s.saved()
    s.press(Qt.Key.Key_Return, modifiers=CTRL)
    assert focus() is s.window.inspector.note
    s.type_text("tỉnh hay thành phố?")
    if way == "next":
        s.window.menus.actions["next_document"].trigger()
        assert wait_until(lambda: s.session.path.name == "bài 2.txt", seconds=3)
    elif way == "list":
        s.open("bài 10.txt")
    else:
        assert s.close()
    assert s.sidecar("bài 1.txt")["entities"][0]["note"] == "tỉnh hay thành phố?"
    assert not (s.folder / "bài 2.txt.ann.json").exists() and not (s.folder / "bài 10.txt.ann.json").exists()


def test_escape_in_a_note_gives_the_keyboard_back_and_keeps_it(sit: Sit) -> None:
    s = sit()
    s.select(s.mark("Huế", "g"))
    s.press(Qt.Key.Key_Return, modifiers=CTRL)
    s.type_text("note")
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    settle()
    assert focus() is s.window.view and s.saved()["entities"][0]["note"] == "note"


def test_a_note_belongs_to_the_annotation_it_was_written_for(sit: Sit) -> None:
    s = sit()
    first, second = s.mark("Huế", "g"), s.mark("Hà Nội", "g")
    s.select(first)
    s.press(Qt.Key.Key_Return, modifiers=CTRL)
    s.type_text("one")
    s.select(second)
    assert s.item(first).note == "one" and s.item(second).note == ""
    assert s.window.inspector.note.toPlainText() == ""


def test_each_article_keeps_its_own_sidecar(sit: Sit, tmp_path: Path) -> None:
    """One name in two folders, a name in NFD, blanks and an emoji in names."""
    root = tmp_path / "corpus"
    names = ["một/a.txt", "hai/a.txt", "Ha\u0300 No\u0323\u0302i.txt", " dấu cách 🙂.txt"]
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("Bà Lan ở Huế.\n")
    s = sit(folder=root)
    for number, name in enumerate(names):
        s.open(name)
        s.mark("Huế", "glfr"[number])
        assert wait_until(lambda: s.session.is_saved)
    types = [s.sidecar(name)["entities"][0]["type"] for name in names]
    assert types == ["GPE", "LOC", "FAC", "ORG"]
    assert len(list(root.rglob("*.ann.json"))) == 4


def test_panes_are_reached_by_key(sit: Sit) -> None:
    s = ready(sit(THREE))
    s.select(s.mark("Huế", "g"))
    panes = [s.window.corpus_panel, s.window.inspector, s.window.annotations]
    seen = []
    for _ in range(4):
        QTest.keyClick(focus(), Qt.Key.Key_F6)
        here = focus()
        seen.append(
            next((number for number, pane in enumerate(panes) if pane.isAncestorOf(here)), "text" if here is s.window.view else None)
        )
    assert seen == [1, 2, 0, "text"]


def test_the_list_of_annotations_goes_with_the_canvas(sit: Sit) -> None:
    s = sit()
    first, second = s.mark("Hà Nội", "g"), s.mark("Huế", "g")
    table = s.window.annotations._table
    s.window.grab()
    row = s.window.annotations._model.row_of(second)
    index = table.model().index(row, 0)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, table.visualRect(index).center())
    assert s.session.selected == (second,)
    s.select(first)
    assert [found.row() for found in table.selectionModel().selectedRows()] == [s.window.annotations._model.row_of(first)]
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert s.surfaces() == [("GPE", "Huế")]
