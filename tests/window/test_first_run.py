"""The guided first run: five steps done by mouse, by keyboard alone, skipped, begun anew, and in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from annotator.gui.app import open_window
from annotator.gui.hands import wait_until
from annotator.gui.panels.coach import CoachCard
from annotator.gui.window import MainWindow
from annotator.gui.window.first_run import STEPS
from annotator.settings import read_settings, state_folder

from .conftest import CTRL, Sit, Sitting, dispose, focus, settle

NAME = "02-xet-xu-nhom-cho-vay-nang-lai.txt"


@pytest.fixture
def fresh(qapp: QApplication, home: Path) -> Iterator[MainWindow]:
    """The window as it is at the very first start."""
    window = open_window([], restore=False)
    window.preferences.set_language("en")
    window.resize(1280, 800)
    assert QTest.qWaitForWindowActive(window)
    settle()
    yield window
    dispose(window)


def begin(window: MainWindow) -> Sitting:
    window.menus.actions["first_run"].trigger()
    path = state_folder() / "first-run" / NAME
    assert wait_until(lambda: window.session is not None and window.session.path == path and window.first_run.at == 0)
    settle()
    return Sitting(window, path.parent)


def card(s: Sitting | MainWindow) -> CoachCard:
    found = (s.window if isinstance(s, Sitting) else s).findChild(CoachCard)
    assert found is not None
    return found


def title(s: Sitting) -> str:
    return card(s).accessibleName()


def button(s: Sitting, name: str) -> QPushButton:
    return card(s).findChild(QPushButton, f"coach-{name}")


def is_step(s: Sitting, number: int) -> bool:
    step = s.told("gui.coach.step", number=number, all=len(STEPS))
    return card(s).isVisible() and title(s) == f"{step}: {s.told(f'gui.coach.{STEPS[number - 1].name}.title')}"


def test_the_five_steps_by_mouse_and_key(fresh: MainWindow) -> None:
    offered = next(found for found in fresh.centre.findChildren(QPushButton) if found.text() == fresh.look.say("gui.empty.first_run"))
    QTest.mouseClick(offered, Qt.MouseButton.LeftButton)
    assert wait_until(lambda: fresh.session is not None)
    settle()
    s = Sitting(fresh, state_folder() / "first-run")
    assert is_step(s, 1) and focus() is fresh.view
    s.drag("Vũ Đức Thắng", behind="tuyên phạt")
    s.press("p")
    assert is_step(s, 2) and focus() is fresh.view
    s.hands.double_click(s.find("tuyên phạt")[0])
    s.press("0", "s")
    assert is_step(s, 3)
    s.drag("12 năm tù", behind="tuyên phạt")
    s.press("s")
    assert is_step(s, 4)
    s.drag("Đinh Công Minh")
    s.press("_")
    assert is_step(s, 5)
    s.press("z", modifiers=CTRL)
    s.press("y", modifiers=CTRL)
    assert is_step(s, 5)
    s.hands.click_on(fresh.menus.toolbar.widgetForAction(fresh.menus.actions["done"]))
    assert title(s) == s.told("gui.coach.end.title")
    assert s.told("gui.coach.end.stay", open_folder="Ctrl+Shift+O") in card(s).accessibleDescription()
    s.hands.click_on(button(s, "next"))
    assert not card(s).isVisible() and fresh.preferences.settings.first_run == "done" and focus() is fresh.view
    saved = s.saved()
    assert {item["text"] for item in saved["entities"]} == {"Vũ Đức Thắng", "12 năm tù"} and saved["status"] == "done"
    assert [item["type"] for item in saved["events"]] == ["Sentence"] and saved["events"][0]["arguments"]


def test_the_five_steps_by_keyboard_alone(sit: Sit) -> None:
    s = begin(sit(language="vi").window)
    for text, keys, step in (("Vũ Đức Thắng", "p", 1), ("tuyên phạt", "0s", 2), ("12 năm tù", "s", 3), ("Đinh Công Minh", "_", 4)):
        assert is_step(s, step)
        s.walk(text, behind="tuyên phạt")
        s.press(*keys)
    assert is_step(s, 5)
    s.press("d", modifiers=CTRL)
    assert title(s) == s.told("gui.coach.end.title")
    while focus() is not button(s, "next"):
        QTest.keyClick(focus(), Qt.Key.Key_F6)
        settle()
    QTest.keyClick(focus(), Qt.Key.Key_Space)
    assert not card(s).isVisible()
    # What was open before is open again.
    assert wait_until(lambda: s.session.path.name == "a.txt", seconds=3)


def test_every_step_names_what_stands_in_the_article_and_keys_that_the_schema_has(fresh: MainWindow) -> None:
    s = begin(fresh)
    for language in ("vi", "en"):
        fresh.preferences.set_language(language)  # type: ignore[arg-type]
        for step, (text, keys) in enumerate((("Vũ Đức Thắng", "p"), ("tuyên phạt", "0"), ("12 năm tù", "s"), ("Đinh Công Minh", "_")), 1):
            assert is_step(s, step)
            told = card(s).accessibleDescription()
            line = s.session.document.text.line_at(s.find(text, behind="tuyên phạt")[0]) + 1
            assert f"“{text}”" in told and f" {keys}" in told and f" {line}" in told and "{" not in told
            s.hands.click_on(button(s, "next"))
        for _ in range(4):
            s.hands.click_on(button(s, "back"))
    assert s.session.changes == 0 and focus() is fresh.view


def test_skipping_goes_back_and_is_remembered(sit: Sit) -> None:
    s = sit()
    s.mark("Huế", "g")
    run = begin(s.window)
    run.mark("Vũ Đức Thắng", "p")
    run.hands.click_on(button(run, "skip"))
    assert wait_until(lambda: s.session.path == s.folder / "a.txt", seconds=3) and not card(s).isVisible()
    assert [item["text"] for item in s.sidecar()["entities"]] == ["Huế"] and s.window.desk.corpus.root == s.folder  # type: ignore[union-attr]
    s.window.preferences.write()
    assert read_settings()[0].first_run == "skipped" and str(state_folder() / "first-run") not in read_settings()[0].recent_folders


def test_begun_anew_it_is_a_fresh_copy(fresh: MainWindow) -> None:
    s = begin(fresh)
    s.mark("Vũ Đức Thắng", "p")
    s.saved()
    assert is_step(s, 2)
    s = begin(fresh)
    assert is_step(s, 1) and not list(s.session.document.annotations())
    s.mark("Vũ Đức Thắng", "p")
    assert is_step(s, 2) and len(s.saved()["entities"]) == 1


def test_the_language_changes_in_the_middle(fresh: MainWindow) -> None:
    s = begin(fresh)
    s.mark("Vũ Đức Thắng", "p")
    for language in ("vi", "en"):
        fresh.preferences.set_language(language)  # type: ignore[arg-type]
        assert is_step(s, 2) and button(s, "skip").text() == s.told("gui.coach.skip")
        assert fresh.look.type_label(s.session.schema, "Sentence") in card(s).accessibleDescription()


def test_a_step_done_early_is_passed_over(fresh: MainWindow) -> None:
    s = begin(fresh)
    s.drag("Đinh Công Minh")
    s.press("_")
    s.mark("tuyên phạt", "0", "s")
    assert is_step(s, 1)
    s.press(Qt.Key.Key_Escape)
    s.mark("Vũ Đức Thắng", "p")
    assert is_step(s, 3)


def test_opening_something_else_ends_it(fresh: MainWindow, tmp_path: Path) -> None:
    s = begin(fresh)
    (tmp_path / "b.txt").write_text("Huế\n")
    fresh.open_paths([tmp_path / "b.txt"])
    assert wait_until(lambda: s.session.path.name == "b.txt", seconds=3)
    assert not card(s).isVisible() and fresh.first_run.at is None


def test_it_never_comes_by_itself_and_is_offered_once(sit: Sit) -> None:
    s = sit()
    assert s.window.findChild(CoachCard) is None and s.window.first_run.at is None
    begin(s.window).hands.click_on(button(s, "skip"))
    settle()
    buttons = [found for found in s.window.centre.findChildren(QPushButton) if found.text() == s.told("gui.empty.first_run")]
    assert len(buttons) == 1 and buttons[0].isHidden()


def test_escape_on_the_card_goes_back_to_the_text(fresh: MainWindow) -> None:
    s = begin(fresh)
    button(s, "skip").setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert focus() is fresh.view and is_step(s, 1)


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("size", [(1024, 700), (1440, 900)])
def test_nothing_on_the_card_is_cut(fresh: MainWindow, language: str, size: tuple[int, int]) -> None:
    fresh.preferences.set_language(language)  # type: ignore[arg-type]
    fresh.resize(*size)
    s = begin(fresh)
    for _ in range(len(STEPS) + 1):
        settle()
        held = card(s)
        seen = [label for label in held.labels() if label.isVisible()]
        assert all(label.height() >= label.heightForWidth(label.width()) and not label.is_cut() for label in seen)
        assert all(found.width() >= found.minimumSizeHint().width() for found in held.buttons)
        assert held.height() < fresh.view.height()
        s.hands.click_on(button(s, "next"))
