"""The sheet of keys tells every key; the rescue question loses nothing unasked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from annotator import messages
from annotator.core.schema import Language
from annotator.core.schema_toml import read_schema
from annotator.gui.dialogs.key_sheet import KeySheet
from annotator.gui.dialogs.rescue import RescueDialog
from annotator.gui.keys.key_table import KEY_GROUPS, NEEDS
from annotator.gui.looks.badges import Badge
from annotator.gui.looks.elided import ElidedLabel
from annotator.gui.looks.look import Look
from annotator.resources import resource

# The screenless platform says this of every window that is shown.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

BKEE = read_schema(resource("schemas", "bkee.toml").read_bytes(), path="bkee.toml")


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_sheet_has_every_key_of_table_and_schema_in_words(qtbot: QtBot, language: Language) -> None:
    sheet = KeySheet(Look(language=language), BKEE)
    qtbot.addWidget(sheet)
    badges = [badge.text for badge in sheet.findChildren(Badge)]
    said = [label.text() for label in sheet.findChildren(ElidedLabel)]
    for kind in (*BKEE.entities, *BKEE.events):
        assert kind.key in badges
        # A label that is the name in plain writing stands for it: Transfer ownership for Transfer-ownership.
        assert any(kind.name in text or kind.name.replace("-", " ").casefold() == text.casefold() for text in said), kind.name
    for group in KEY_GROUPS:
        for row in group.rows:
            # bkee has neither relations nor attributes that are on.
            if row.says in NEEDS:
                continue
            assert messages.say(row.says, language) in said
    assert not [text for text in (*badges, *said) if "gui." in text or "<" in text]


def test_the_sheet_fits_the_smallest_window_and_scrolls_down_only(qtbot: QtBot) -> None:
    sheet = KeySheet(Look(language="vi"), BKEE)
    qtbot.addWidget(sheet)
    sheet.show()
    assert sheet.width() <= 1024 and sheet.height() <= 700
    area = sheet.findChild(QScrollArea)
    assert area is not None
    page = area.widget()
    assert page.width() <= area.viewport().width()
    for widget in page.findChildren(QWidget):
        assert widget.mapTo(page, widget.rect().topRight()).x() <= page.width()


def test_the_sheet_closes_by_the_key_that_opened_it(qtbot: QtBot) -> None:
    sheet = KeySheet(Look(language="en"), None)
    qtbot.addWidget(sheet)
    sheet.show()
    QTest.keyClick(sheet, Qt.Key.Key_F1)
    assert not sheet.isVisible()


@pytest.mark.parametrize("choice", ["retry", "copy", "discard", "stay"])
def test_each_way_out_is_a_button(qtbot: QtBot, choice: str) -> None:
    dialog = RescueDialog(Look(language="vi"), "đĩa đầy", name="a.txt")
    qtbot.addWidget(dialog)
    dialog.show()
    button = dialog.findChild(QPushButton, choice)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert dialog.choice == choice and not dialog.isVisible()


@pytest.mark.parametrize(("key", "choice"), [(Qt.Key.Key_Escape, "stay"), (Qt.Key.Key_Return, "retry")])
def test_no_key_pressed_in_haste_throws_work_away(qtbot: QtBot, key: Qt.Key, choice: str) -> None:
    dialog = RescueDialog(Look(language="en"), "disk full")
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog, key)
    assert dialog.choice == choice and not dialog.isVisible()


def test_the_reason_is_read_out(qtbot: QtBot) -> None:
    dialog = RescueDialog(Look(language="en"), "a.txt.ann.json cannot be written (disk full)", name="a.txt")
    qtbot.addWidget(dialog)
    said = [label.text() for label in dialog.findChildren(ElidedLabel)]
    assert any("disk full" in text for text in said) and any("a.txt" in text for text in said)
