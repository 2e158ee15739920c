"""Keys of one's own: recorded as they are pressed, clashes named before anything is lost, shown wherever keys are shown, kept."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton

from annotator.gui.dialogs.key_sheet import KeySheet
from annotator.gui.dialogs.shortcuts import KeyPage
from annotator.gui.hands import wait_until
from annotator.gui.keys.actions import ACTIONS
from annotator.gui.keys.key_table import KEY_GROUPS
from annotator.gui.keys.shortcuts import CHANGEABLE, changes, holder, live_keys, spelled, usual_keys, why_not, with_keys
from annotator.gui.looks.badges import Badge
from annotator.gui.window.looking import is_read_by_text
from annotator.gui.work.grammar import ACTIONS as FIXED
from annotator.settings import read_settings, settings_path

from .conftest import ALT, CTRL, SHIFT, Sit, Sitting, settle


def page(s: Sitting) -> KeyPage:
    s.window.menus.actions["shortcuts"].trigger()
    settle()
    found = s.window.findChild(KeyPage)
    assert found is not None and found.isVisible()
    return found


def record(held: KeyPage, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    held.recorder.setFocus()
    QTest.keyClick(held.recorder, key, modifiers)
    settle()


def close(s: Sitting) -> None:
    dialog = s.window.findChild(QDialog, "settings")
    assert dialog is not None
    dialog.close()
    s.window.activateWindow()
    assert QTest.qWaitForWindowActive(s.window)
    s.window.view.setFocus()
    settle()


def first_key(s: Sitting, name: str) -> str:
    return s.window.menus.actions[name].shortcut().toString()


def test_another_key_works_at_once_is_shown_everywhere_and_comes_back(sit: Sit) -> None:
    s = sit()
    held = page(s)
    held.choose("view_words")
    record(held, Qt.Key.Key_K, CTRL)
    assert held.said.text() == s.told("gui.shortcuts.free", key="Ctrl+K")
    QTest.keyClick(held.recorder, Qt.Key.Key_Return)
    close(s)
    s.press("k", modifiers=CTRL)
    assert s.window.view.view == "words"
    s.press(Qt.Key.Key_F7)
    assert s.window.view.view == "words"
    assert "Ctrl+K" in s.window.menus.actions["view_words"].toolTip()
    QTest.keyClick(s.window.view, Qt.Key.Key_F1)
    sheet = s.window.findChild(QDialog, "key-sheet")
    assert sheet is not None
    badges = [badge.text for badge in sheet.findChildren(Badge)]
    assert "Ctrl+K" in badges and "F7" not in badges
    sheet.close()
    assert s.close()
    assert read_settings()[0].shortcuts == {"view_words": ("Ctrl+K",)}
    again = sit(folder=s.folder)
    assert first_key(again, "view_words") == "Ctrl+K"


def test_a_clash_is_named_and_only_taken_over_when_asked(sit: Sit) -> None:
    s = sit()
    held = page(s)
    held.choose("differences")
    record(held, Qt.Key.Key_D, CTRL)
    assert held.said.text() == s.told("gui.shortcuts.taken", key="Ctrl+D", action="Done")
    assert held.button("set").text() == s.told("gui.shortcuts.take_over") and first_key(s, "done") == "Ctrl+D"
    held.recorder.take("")
    assert first_key(s, "done") == "Ctrl+D" and first_key(s, "differences") == "F8"
    record(held, Qt.Key.Key_D, CTRL)
    s.hands.click_on(held.button("set"))
    assert first_key(s, "done") == "" and first_key(s, "differences") == "Ctrl+D"
    # Its usual key is another's by now: that is said before it is taken back.
    held.choose("done")
    s.hands.click_on(held.button("usual"))
    assert "Ctrl+D" in held.said.text() and first_key(s, "differences") == "Ctrl+D"
    s.hands.click_on(held.button("set"))
    assert first_key(s, "done") == "Ctrl+D" and first_key(s, "differences") == ""
    s.hands.click_on(held.button("all_usual"))
    assert first_key(s, "differences") == "F8" and s.window.preferences.settings.shortcuts == {}


@pytest.mark.parametrize(
    ("key", "modifiers", "why"),
    [
        (Qt.Key.Key_K, Qt.KeyboardModifier.NoModifier, "text"),
        (Qt.Key.Key_A, SHIFT, "text"),
        (Qt.Key.Key_5, Qt.KeyboardModifier.NoModifier, "text"),
        (Qt.Key.Key_BracketLeft, Qt.KeyboardModifier.NoModifier, "plain"),
        (Qt.Key.Key_Backspace, CTRL, "backspace"),
        (Qt.Key.Key_Down, CTRL, "text"),
        (Qt.Key.Key_Left, ALT, "text"),
        (Qt.Key.Key_F, ALT, "menu"),
        (Qt.Key.Key_F, CTRL | ALT, "graphic"),
        (Qt.Key.Key_Insert, Qt.KeyboardModifier.NoModifier, "plain"),
    ],
)
def test_keys_that_no_action_can_have_are_refused_with_the_reason(
    sit: Sit, key: Qt.Key, modifiers: Qt.KeyboardModifier, why: str
) -> None:
    s = sit()
    held = page(s)
    held.choose("copy")
    record(held, key, modifiers)
    assert held.said.text() == s.told(f"gui.shortcuts.why_{why}", key=held.recorder.text())
    assert not held.button("set").isEnabled()
    QTest.keyClick(held.recorder, Qt.Key.Key_Return)
    assert first_key(s, "copy") == "Ctrl+C"


def test_keys_of_the_text_say_that_they_are_fixed(sit: Sit) -> None:
    s = sit()
    held = page(s)
    held.choose("guess")
    assert held.said.text() == s.told("gui.shortcuts.fixed_why")
    assert not held.recorder.isEnabled() and not any(held.button(name).isEnabled() for name in ("set", "add", "none", "usual"))


def test_the_field_records_what_a_shortcut_would_take_and_lets_go_by_tab(sit: Sit) -> None:
    s = sit()
    held = page(s)
    held.choose("copy")
    before = s.window.view.view
    record(held, Qt.Key.Key_F7)
    assert held.recorder.key == "F7" and s.window.view.view == before
    record(held, Qt.Key.Key_Escape)
    assert held.recorder.key == "" and held.isVisible()
    QTest.keyClick(held.recorder, Qt.Key.Key_Control)
    assert held.recorder.key == ""
    QTest.keyClick(held.recorder, Qt.Key.Key_Tab)
    assert not held.recorder.hasFocus()


def test_a_second_key_and_no_key_at_all(sit: Sit) -> None:
    s = sit()
    held = page(s)
    held.choose("copy")
    record(held, Qt.Key.Key_F13)
    s.hands.click_on(held.button("add"))
    assert [key.toString() for key in s.window.menus.actions["copy"].shortcuts()] == ["Ctrl+C", "F13"]
    s.hands.click_on(held.button("none"))
    assert first_key(s, "copy") == "" and s.window.preferences.settings.shortcuts == {"copy": ()}


@pytest.mark.parametrize(("typed", "name"), [("xoa", "delete"), ("ctrl+m", "flag"), ("CHÉP nối", "copy_words")])
def test_actions_are_found_without_tone_marks_and_by_key(sit: Sit, typed: str, name: str) -> None:
    s = sit(language="vi")
    held = page(s)
    held.search.setText(typed)
    left = {action for action, item in held._items.items() if not item.isHidden()}
    assert name in left and len(left) < 8


def test_the_sheet_leads_to_the_page(sit: Sit) -> None:
    s = sit()
    QTest.keyClick(s.window.view, Qt.Key.Key_F1)
    sheet = s.window.findChild(KeySheet)
    assert sheet is not None
    s.hands.click_on(sheet.findChild(QPushButton, "change"))
    settle()
    held = s.window.findChild(KeyPage)
    assert held is not None and held.isVisible()


def test_a_bad_entry_falls_back_with_a_word_and_strangers_stay(sit: Sit, home: Path) -> None:
    home.mkdir(parents=True)
    kept = {"copy": ["Ctrl+Nothing"], "undo": ["k"], "flag": ["Ctrl+U"], "later_action": ["Ctrl+B"]}
    settings_path().write_text(json.dumps({"shortcuts": kept}), encoding="utf-8")
    s = sit()
    settle()
    assert (first_key(s, "copy"), first_key(s, "undo"), first_key(s, "flag")) == ("Ctrl+C", "Ctrl+Z", "Ctrl+U")
    assert "shortcuts.copy" in s.message and "shortcuts.undo" in s.message
    held = page(s)
    s.hands.click_on(held.button("all_usual"))
    assert dict(s.window.preferences.settings.shortcuts) == {"later_action": ("Ctrl+B",)}
    close(s)
    assert s.close() and wait_until(lambda: "later_action" in read_settings()[0].shortcuts)


def test_the_usual_keys_may_be_had_and_are_nobody_elses_twice() -> None:
    keys = usual_keys()
    for name in CHANGEABLE:
        assert [why_not(key, is_read=is_read_by_text) for key in keys[name]] == [None] * len(keys[name]), name
    everything = [spelled(key) for held in keys.values() for key in held]
    assert len(everything) == len(set(everything))


def test_what_the_text_reads_no_action_takes() -> None:
    for spec in ACTIONS:
        for key in spec.keys if spec.in_canvas else ():
            assert why_not(key, is_read=is_read_by_text) is not None, key
    for letter in "abcdefghijklmnopqrstuvwxyz0123456789[]+-=/\\,;!?~*_>":
        assert why_not(letter, is_read=is_read_by_text) is not None, letter
    assert len(FIXED) > 10


def test_a_key_has_one_action_whatever_is_chosen_and_only_differences_are_kept() -> None:
    live = with_keys(usual_keys(), "copy", ("Ctrl+Z", "Ctrl+D"))
    assert holder("Ctrl+Z", live) == "copy" and live["undo"] == () and live["done"] == ()
    kept = changes(live)
    assert set(kept) == {"copy", "undo", "done"}
    again, odd = live_keys(kept, is_read=is_read_by_text)
    assert again == live and not odd
    # A usual key that a later version gives to another action yields to the person's.
    lonely, odd = live_keys({"copy": ("Ctrl+Z",)}, is_read=is_read_by_text)
    assert lonely["undo"] == () and lonely["copy"] == ("Ctrl+Z",) and not odd


def test_the_sheet_spells_out_no_key_that_an_action_has() -> None:
    spelt = {spelled(key) for spec in ACTIONS for key in spec.keys if len(key) > 1}
    rows = chain.from_iterable(group.rows for group in KEY_GROUPS)
    assert not [(row.says, key) for row in rows for key in row.keys if not key.startswith("@") and spelled(key) in spelt]
