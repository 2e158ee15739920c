"""The document in the inspector, where nothing is selected: its status, labels, note and counts, each changed as an edit."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget

from annotator.core.errors import AnnotatorError
from annotator.gui.looks.elided import ElidedLabel
from tests.window.conftest import CTRL, SHIFT, Sitting, focus, settle

Sit = Callable[..., Sitting]

SCHEMA = """name = "topics"
version = 1
language = "vi"
label = {en = "Topics", vi = "Chủ đề"}

[[entity]]
name = "PER"
key = "p"
label = {en = "Person", vi = "Người"}
definition = {en = "A person", vi = "Một người"}

[[document_label]]
name = "topic"
label = {en = "Topic", vi = "Chủ đề"}
values = [
  {name = "crime", label = {en = "Crime", vi = "Hình sự"}},
  {name = "sport", label = {en = "Sport", vi = "Thể thao"}},
]
"""


@pytest.fixture
def labelled(sit: Sit, tmp_path: Path) -> Sitting:
    """An article under a schema with one document label, in a corpus that names its annotator."""
    folder = tmp_path / "topics"
    folder.mkdir()
    (folder / "a.txt").write_text("Bà Lan thắng.\n", encoding="utf-8")
    (folder / "b.txt").write_text("Ông Nam thua.\n", encoding="utf-8")
    (folder / "topics.toml").write_text(SCHEMA, encoding="utf-8")
    (folder / "annotator.toml").write_text('schema = "topics.toml"\nannotator = "lan"\n', encoding="utf-8")
    return sit(folder=folder)


def box(s: Sitting, name: str) -> QComboBox:
    settle()
    found = s.window.inspector.findChild(QComboBox, name)
    assert found is not None and found.isVisible(), name
    return found


def pick(s: Sitting, name: str, value: str) -> None:
    choice = box(s, name)
    assert choice.findData(value) >= 0, value
    choice.setCurrentIndex(choice.findData(value))
    choice.activated.emit(choice.currentIndex())
    settle()


def says(s: Sitting) -> str:
    settle()
    return " | ".join(label.text() for label in s.window.inspector.findChildren(ElidedLabel) if label.isVisible())


def test_the_document_is_shown_where_nothing_is_selected(labelled: Sitting) -> None:
    s = labelled
    assert "a.txt" in says(s) and "lan" in says(s)
    counts = s.told("gui.status.counts", entities=0, events=0, arguments=0)
    assert counts in says(s) and s.told("gui.inspector.empty_1") in says(s)
    identifier = s.mark("Bà Lan", "p")
    assert s.told("gui.status.counts", entities=1, events=0, arguments=0) in says(s)
    s.select(identifier)
    assert not s.window.inspector.document_page.isVisible()
    s.press(Qt.Key.Key_Escape)
    assert s.window.inspector.document_page.isVisible()


def test_status_is_chosen_and_undone(labelled: Sitting) -> None:
    s = labelled
    pick(s, "document-status", "checked")
    assert s.saved()["status"] == "checked"
    assert s.window.menus.actions["done"].isChecked()
    s.press("z", modifiers=CTRL)
    assert box(s, "document-status").currentData() == "todo" and s.saved()["status"] == "todo"


def test_labels_are_chosen_stored_and_taken_away(labelled: Sitting) -> None:
    s = labelled
    pick(s, "label-topic", "sport")
    assert s.saved()["labels"] == {"topic": "sport"}
    pick(s, "label-topic", "")
    assert s.saved()["labels"] == {}
    s.press("z", modifiers=CTRL)
    assert box(s, "label-topic").currentData() == "sport"


def test_labels_are_in_the_language_of_the_window(labelled: Sitting) -> None:
    labelled.window.preferences.set_language("vi")
    assert [box(labelled, "label-topic").itemText(row) for row in (1, 2)] == ["Hình sự", "Thể thao"]
    assert "Chủ đề" in says(labelled)


def test_by_key_alone(labelled: Sitting) -> None:
    s = labelled
    s.select(s.mark("Bà Lan", "p"))
    s.press("i", modifiers=CTRL)
    assert focus() is box(s, "label-topic") and s.session.selected == ()
    QTest.keyClick(focus(), Qt.Key.Key_Down)
    assert s.session.document.labels == {"topic": "crime"}
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    assert focus() is s.window.inspector.document_page.note
    s.type_text("xem l")
    s.type_text("ạ")
    s.type_text("i")
    QTest.keyClick(focus(), Qt.Key.Key_Return, CTRL)
    assert s.session.document.field("note") == "xem lại" and focus() is s.window.view
    s.press("i", modifiers=CTRL)
    QTest.keyClick(focus(), Qt.Key.Key_Backtab, SHIFT)
    assert focus() is box(s, "document-status")
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert focus() is s.window.view


def test_without_labels_the_status_gets_the_keyboard(sit: Sit) -> None:
    s = sit()
    s.press("i", modifiers=CTRL)
    assert focus() is box(s, "document-status")


def test_a_note_that_is_being_written_goes_into_its_own_document(labelled: Sitting) -> None:
    s = labelled
    s.window.inspector.document_page.note.setFocus()
    s.type_text("cua a")
    s.open("b.txt")
    assert s.sidecar("a.txt")["note"] == "cua a"
    assert s.session.document.field("note") == "" and s.window.inspector.document_page.note.toPlainText() == ""


def test_a_note_is_kept_when_an_annotation_is_selected(labelled: Sitting) -> None:
    s = labelled
    identifier = s.mark("Bà Lan", "p")
    s.window.inspector.document_page.note.setFocus()
    s.type_text("ghi")
    s.session.select_annotations(identifier)
    assert s.session.document.field("note") == "ghi" and s.item(identifier).note == ""


def test_a_read_only_document_is_shown_and_cannot_be_changed(labelled: Sitting) -> None:
    s = labelled
    s.session.forbid(AnnotatorError("source-changed-while-open", path="a.txt"))
    assert not box(s, "document-status").isEnabled() and not box(s, "label-topic").isEnabled()
    assert s.window.inspector.document_page.note.isReadOnly() and s.told("gui.inspector.read_only") in says(s)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_nothing_reaches_beyond_the_panel(labelled: Sitting, language: str) -> None:
    labelled.window.preferences.set_language(language)  # type: ignore[arg-type]
    labelled.window.resize(1024, 700)
    settle()
    page = labelled.window.inspector.document_page
    for child in page.findChildren(QWidget):
        if child.isVisibleTo(page) and not child.isWindow():
            right = child.mapTo(labelled.window.inspector, child.rect().topRight()).x()
            assert right < labelled.window.inspector.width(), child.objectName()
