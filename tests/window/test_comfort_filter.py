"""The list of articles filtered by what they hold: by key alone, together with name and status, and taken back by a chip."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QPushButton, QTableView, QToolButton

from annotator.core import commands
from annotator.core.edits import apply
from annotator.core.model import Status
from annotator.gui.hands import wait_until
from annotator.gui.panels.corpus_filter import WantChip
from annotator.gui.panels.corpus_model import STANDINGS
from annotator.store.sidecar import encode, load, sidecar_path
from annotator.store.snapshot import take_snapshot
from tests.window.conftest import ARTICLE, Sit, Sitting, settle

ENTITIES = {"a.txt": ("PER",), "b.txt": ("PER", "GPE"), "c.txt": ("GPE",), "d.txt": (), "e.txt": ()}
STATUSES: dict[str, Status] = {"a.txt": "done", "b.txt": "doing"}
FLAGGED = ("b.txt",)
EVENTS = {"c.txt": "Die"}


@pytest.fixture
def sitting(sit: Sit, tmp_path: Path) -> Sitting:
    root = tmp_path / "corpus"
    root.mkdir()
    for name, types in ENTITIES.items():
        path = root / name
        path.write_text(ARTICLE, encoding="utf-8")
        document = load(path).document
        for rank, type_name in enumerate(types):
            apply(document, commands.tag(document, [(rank * 4, rank * 4 + 3)], type_name))
        if name in EVENTS:
            apply(document, commands.tag_event(document, [(20, 24)], EVENTS[name]))
        if name in FLAGGED:
            apply(document, commands.set_flag(document, [next(iter(document.entities))], "question"))
        if name in STATUSES:
            apply(document, commands.set_field(document, "status", STATUSES[name]))
        if types:
            sidecar_path(path).write_bytes(encode(take_snapshot(document), revision=1))
    sidecar_path(root / "e.txt").write_bytes(b"{}")
    held = sit(folder=root)
    held.open("d.txt")
    model = held.window.corpus_panel._model
    assert wait_until(lambda: model.total == 5 and all(model._articles[rank].summary is not None for rank in range(5)))
    return held


def button(sitting: Sitting) -> QToolButton:
    found = sitting.window.corpus_panel.findChild(QToolButton, "wants")
    assert found is not None
    return found


def names(sitting: Sitting) -> list[str]:
    """What is listed besides the open article."""
    table = sitting.window.corpus_panel.findChild(QTableView, "articles")
    assert table is not None
    model = table.model()
    return [name for row in range(model.rowCount()) if (name := str(model.index(row, 0).data())) != "d"]


def actions(menu: QMenu) -> list[QAction]:
    menu.aboutToShow.emit()
    found: list[QAction] = []
    for action in menu.actions():
        inner = action.menu()
        found += inner.actions() if isinstance(inner, QMenu) else [action]
    return found


def choose(sitting: Sitting, text: str) -> None:
    menu = button(sitting).menu()
    assert menu is not None
    next(action for action in actions(menu) if action.text().split("\t")[0] == text).trigger()
    settle()


def chips(sitting: Sitting) -> list[WantChip]:
    return [chip for chip in sitting.window.corpus_panel.findChildren(WantChip) if chip.isVisible()]


def test_articles_are_kept_by_flag_by_type_and_by_trouble(sitting: Sitting) -> None:
    assert names(sitting) == ["a", "b", "c", "e"]
    choose(sitting, "Unsure")
    assert names(sitting) == ["b"]
    choose(sitting, "Unsure")
    choose(sitting, "Cannot be opened")
    assert names(sitting) == ["e"]
    choose(sitting, "Remove these filters")
    choose(sitting, "Geo-political entity")
    assert names(sitting) == ["b", "c"]
    choose(sitting, "Person")
    assert names(sitting) == ["b"] and [chip.text() for chip in chips(sitting)] == ["Geo-political entity", "Person"]
    choose(sitting, "Remove these filters")
    choose(sitting, "Die")
    assert names(sitting) == ["c"]
    choose(sitting, "Die")
    assert names(sitting) == ["a", "b", "c", "e"] and chips(sitting) == []


def test_the_menu_counts_articles(sitting: Sitting) -> None:
    menu = button(sitting).menu()
    assert menu is not None
    counts = dict(action.text().split("\t") for action in actions(menu) if "\t" in action.text())
    types = {"Person": "2", "Geo-political entity": "2", "Die": "1"}
    assert counts == {"Unsure": "1", "Cannot be opened": "1", "Open suggestions": "0", **types}


def test_filters_go_together_with_name_and_status(sitting: Sitting) -> None:
    panel = sitting.window.corpus_panel
    line, standing = panel.findChild(QLineEdit), panel.findChild(QComboBox, "standing")
    assert line is not None and standing is not None
    choose(sitting, "Person")
    standing.setCurrentIndex(STANDINGS.index("done"))
    assert names(sitting) == ["a"]
    standing.setCurrentIndex(0)
    line.setText("B")
    assert names(sitting) == ["b"]


def test_a_chip_is_taken_back_by_key_and_the_focus_stays_in_the_panel(sitting: Sitting) -> None:
    choose(sitting, "Geo-political entity")
    choose(sitting, "Person")
    chips(sitting)[0].setFocus()
    QTest.keyClick(chips(sitting)[0], Qt.Key.Key_Space)
    settle()
    assert [chip.text() for chip in chips(sitting)] == ["Person"] and chips(sitting)[0].hasFocus()
    QTest.keyClick(chips(sitting)[0], Qt.Key.Key_Space)
    settle()
    assert chips(sitting) == [] and button(sitting).hasFocus()


def test_the_button_says_what_is_asked_for(sitting: Sitting) -> None:
    choose(sitting, "Unsure")
    assert button(sitting).accessibleName() == "Filter by what articles contain: Unsure"
    sitting.window.preferences.set_language("vi")
    settle()
    assert button(sitting).accessibleName() == "Lọc theo nội dung văn bản: Còn nghi vấn"
    assert [chip.text() for chip in chips(sitting)] == ["Còn nghi vấn"]


def test_an_article_comes_and_goes_with_what_it_holds(sitting: Sitting) -> None:
    choose(sitting, "Die")
    sitting.open("a.txt")
    assert names(sitting) == ["a", "c"]
    sitting.mark("tử vong", "3")
    sitting.saved()
    sitting.open("d.txt")
    assert wait_until(lambda: names(sitting) == ["a", "c"] and sitting.window.corpus_panel._model.types["Die"] == 2)


def test_another_folder_is_not_filtered(sitting: Sitting, tmp_path: Path) -> None:
    choose(sitting, "Unsure")
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.txt").write_text(ARTICLE, encoding="utf-8")
    sitting.window.open_paths([other])
    assert wait_until(lambda: names(sitting) == ["x"] and chips(sitting) == [])
    assert sitting.window.corpus_panel.findChild(QPushButton, "open") is not None
