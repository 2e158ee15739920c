"""The settings: each choice is seen at once in the window and comes back at the next start; all of it by keyboard, in both languages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QTabBar, QWidget

from annotator.gui.dialogs.settings import PAGES, Page, SettingsDialog
from annotator.gui.hands import wait_until
from annotator.gui.looks.controls import ChoiceBox, TickBox
from annotator.gui.looks.elided import ElidedLabel
from annotator.gui.looks.look import covers_vietnamese
from annotator.settings import read_settings, settings_path

from .conftest import CTRL, Sit, Sitting, focus, settle
from .test_language import FIELD, KEY, said


def opened(s: Sitting, page: Page = "look") -> SettingsDialog:
    QTest.keyClick(s.window.view, Qt.Key.Key_Comma, CTRL)
    settle()
    dialog = s.window.findChild(QDialog, "settings")
    assert isinstance(dialog, SettingsDialog) and dialog.isVisible()
    dialog.show_page(page)
    settle()
    return dialog


def box(dialog: QDialog, name: str) -> ChoiceBox:
    found = dialog.findChild(ChoiceBox, name)
    assert found is not None, name
    return found


def pick(dialog: QDialog, name: str, value: str) -> None:
    """Choose in a closed box by the arrow keys, as a person without a mouse does."""
    field = box(dialog, name)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Home)
    for _ in range(field.count()):
        if field.currentData() == value:
            break
        QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.currentData() == value
    settle()


def test_every_choice_is_seen_at_once_and_comes_back(sit: Sit) -> None:
    s = sit()
    dialog = opened(s)
    pick(dialog, "theme", "dark")
    assert s.window.look.theme.name == "dark"
    pick(dialog, "size", "150")
    assert s.window.look.zoom == 1.5
    pick(dialog, "spacing", "130")
    pick(dialog, "width", "70")
    sheet = s.window.view.sheet
    assert sheet is not None and sheet.metrics.spacing == 1.3 and s.window.look.width == 70
    dialog.show_page("label")
    pick(dialog, "snap", "syllable")
    pick(dialog, "view", "words")
    pick(dialog, "arcs", "all")
    assert (s.window.view.snap, s.window.view.view, s.window.view.show_all_arcs) == ("syllable", "words", True)
    for name in ("differences", "scroll_marks"):
        tick = dialog.findChild(TickBox, name)
        assert tick is not None
        tick.setFocus()
        QTest.keyClick(tick, Qt.Key.Key_Space)
    assert s.window.view.show_differences and not s.window.looking.ruler.isVisible()
    assert s.close()
    settings, faults = read_settings()
    assert not faults and (settings.theme, settings.zoom, settings.spacing, settings.width) == ("dark", 150, 130, 70)
    assert (settings.snap, settings.view, settings.arcs, settings.differences, settings.scroll_marks) == (
        "syllable", "words", "all", True, False,
    )  # fmt: skip
    again = sit(folder=s.folder)
    held = again.window.view.sheet
    assert held is not None and (held.metrics.spacing, again.window.look.width, again.window.look.theme.name) == (1.3, 70, "dark")


def test_what_the_menu_changes_the_dialog_shows(sit: Sit) -> None:
    s = sit()
    dialog = opened(s)
    s.window.menus.actions["theme_contrast"].trigger()
    s.window.menus.actions["zoom_in"].trigger()
    assert box(dialog, "theme").currentData() == "contrast" and box(dialog, "size").currentData() == "115"


def test_only_fonts_with_all_of_vietnamese_are_offered_and_the_text_takes_one(sit: Sit) -> None:
    s = sit()
    dialog = opened(s)
    fitting = [name for name in QFontDatabase.families() if not QFontDatabase.isPrivateFamily(name) and covers_vietnamese(name)]
    field = box(dialog, "family")
    assert wait_until(lambda: field.count() == len(fitting) + 1)
    assert {field.itemData(row) for row in range(field.count())} == {"", *fitting}
    sheet = s.window.view.sheet
    assert sheet is not None
    pick(dialog, "family", fitting[-1])
    assert sheet.metrics.text_font.family() == fitting[-1] and QApplication.font().family() == s.window.look.family


def test_a_font_that_is_gone_gives_way_to_the_windows_own(sit: Sit) -> None:
    s = sit()
    s.window.preferences.set_family("No Such Font")
    assert s.window.look.text_font().family() == s.window.look.family
    assert box(opened(s), "family").currentIndex() == -1
    assert s.window.preferences.settings.family == "No Such Font"


def test_another_language_is_spoken_at_once_and_the_focus_stays(sit: Sit) -> None:
    s = sit()
    dialog = opened(s)
    pick(dialog, "language", "vi")
    assert wait_until(lambda: dialog.windowTitle() == "Cài đặt")
    settle()
    assert focus().objectName() == "language" and box(dialog, "theme").itemText(2) == "Tối"
    pick(dialog, "language", "")
    assert wait_until(lambda: dialog.windowTitle() == "Settings")
    assert s.window.preferences.settings.language == ""


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_page_is_worded(sit: Sit, language: str) -> None:
    s = sit(language=language)
    dialog = opened(s)
    told = list(said(dialog))
    assert len(told) > 60
    for where, text in told:
        assert not KEY.search(text) and not FIELD.search(text), (where, text)


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("zoom", [100, 300])
def test_nothing_is_clipped(sit: Sit, language: str, zoom: int) -> None:
    s = sit(language=language)
    s.window.preferences.set_zoom(zoom)
    dialog = opened(s)
    assert dialog.width() <= 1024 and dialog.height() <= 700
    for page in PAGES:
        dialog.show_page(page)
        settle()
        for button in dialog.findChildren(QPushButton):
            if button.isVisible():
                assert button.width() >= button.fontMetrics().horizontalAdvance(button.text()) + 8, button.text()
        for label in dialog.findChildren(ElidedLabel):
            assert not label.isVisible() or label.objectName() == "sample" or not label.is_cut(), label.text()
        for field in dialog.findChildren(ChoiceBox):
            if field.isVisible():
                assert field.width() >= field.fontMetrics().horizontalAdvance(field.currentText()) + 30, field.currentText()


def test_all_fields_are_reached_by_tab_and_none_keeps_the_focus(sit: Sit) -> None:
    s = sit()
    dialog = opened(s)
    for page in PAGES:
        dialog.show_page(page)
        settle()
        seen: list[QWidget] = []
        while focus() not in seen and len(seen) < 40:
            seen.append(focus())
            QTest.keyClick(focus(), Qt.Key.Key_Tab)
        wanted = [field for kind in (ChoiceBox, TickBox, QLineEdit, QPushButton, QTabBar) for field in dialog.findChildren(kind)
                  if field.isVisible() and field.isEnabled() and field.focusPolicy() & Qt.FocusPolicy.TabFocus]  # fmt: skip
        assert wanted and set(wanted) <= set(seen)
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert wait_until(lambda: s.window.findChild(QDialog, "settings") is None)


def test_a_person_is_named_where_the_corpus_names_nobody(sit: Sit) -> None:
    s = sit({"a.txt": "Ông Nam ở Huế.\n", "b.txt": "Bà Lan ở Huế.\n"})
    dialog = opened(s, "label")
    field = dialog.findChild(QLineEdit, "annotator")
    assert field is not None and focus() is field
    s.type_text("Thảo")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    settle()
    s.open("b.txt")
    s.mark("Huế", "g")
    assert s.saved()["annotator"] == "Thảo"


def test_a_damaged_choice_is_told_and_costs_only_itself(sit: Sit, home: Path) -> None:
    home.mkdir(parents=True)
    held = {"theme": "dark", "spacing": "wide", "shortcuts": {"copy": "Ctrl+K", "undo": ["Ctrl+U"]}}
    settings_path().write_text(json.dumps(held), encoding="utf-8")
    s = sit()
    settle()
    assert s.window.look.theme.name == "dark" and s.window.look.spacing == 1.0
    assert "spacing" in s.message and "shortcuts.copy" in s.message
    assert s.window.menus.actions["undo"].shortcut().toString() == "Ctrl+U"
