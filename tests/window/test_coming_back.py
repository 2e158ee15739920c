"""Coming back after things went another way: a first run broken off, an article that shrank or is gone, two corpora, one file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.gui.hands import wait_until
from annotator.gui.keys.shortcuts import usual_keys
from annotator.gui.window import MainWindow

from .conftest import ARTICLE, CTRL, LONG, Sit, Sitting, Start, settle
from .test_first_run import begin, button, card


def shown(window: MainWindow) -> str:
    assert wait_until(lambda: window.session is not None)
    assert window.session is not None
    return window.session.path.name


def test_who_closes_the_window_in_the_first_run_comes_back_to_what_was_open_before(sit: Sit, start: Start) -> None:
    s = sit({"a.txt": ARTICLE, "b.txt": ARTICLE})
    s.open("b.txt")
    run = begin(s.window)
    run.mark("Vũ Đức Thắng", "p")
    assert s.close()
    again = start()
    assert shown(again) == "b.txt" and again.first_run.at is None
    assert again.desk.corpus is not None and again.desk.corpus.root == s.folder


def test_a_first_run_broken_off_is_offered_again(start: Start) -> None:
    window = start()
    begin(window)
    window.close()
    assert wait_until(lambda: not window.isVisible())
    again = start()
    settle()
    assert again.session is None and not again.centre._first_run.isHidden()


def test_the_card_names_the_keys_that_a_person_chose(sit: Sit) -> None:
    s = begin(sit().window)
    for _ in range(4):
        s.hands.click_on(button(s, "next"))
    assert "Ctrl+Z" in card(s).accessibleDescription()
    usual = usual_keys()
    s.window.preferences.set_shortcuts({"undo": ("Ctrl+U",), "redo": (), "done": usual["done"]})
    told = card(s).accessibleDescription()
    assert "Ctrl+U" in told and "Ctrl+Z" not in told and "“Redo”" in told and "Ctrl+D" in told and "{" not in told
    s.window.preferences.set_language("vi")
    assert "Ctrl+U" in card(s).accessibleDescription() and "Redo" not in card(s).accessibleDescription()


def test_an_article_that_shrank_is_opened_at_its_end(sit: Sit, start: Start) -> None:
    s = sit(LONG)
    s.press(Qt.Key.Key_End, modifiers=CTRL)
    assert s.close()
    (s.folder / "a.txt").write_text("Ông Nam ở Huế.\n", encoding="utf-8")
    again = Sitting(start(), s.folder)
    assert shown(again.window) == "a.txt"
    assert again.session.caret <= len(again.content)
    again.window.view.setFocus()
    again.press(Qt.Key.Key_Home, modifiers=CTRL)
    again.press("p")
    assert again.surfaces() == [("PER", "Ông")]


def test_the_last_article_may_be_gone(sit: Sit, start: Start) -> None:
    s = sit({"a.txt": ARTICLE, "b.txt": ARTICLE})
    s.open("b.txt")
    assert s.close()
    (s.folder / "b.txt").unlink()
    again = start()
    assert shown(again) == "a.txt"


def test_two_corpora_and_a_file_are_each_come_back_to(sit: Sit, start: Start, tmp_path: Path) -> None:
    s = sit({"a.txt": ARTICLE, "b.txt": LONG})
    other = tmp_path / "other"
    other.mkdir()
    for name in ("c.txt", "d.txt"):
        (other / name).write_text(LONG, encoding="utf-8")
    s.open("b.txt")
    s.session.place_caret(50, active=False)
    s.window.open_paths([other])
    assert wait_until(lambda: s.window.session is not None and s.session.path.name == "c.txt")
    s.window.desk.open_article(other / "d.txt")
    assert wait_until(lambda: s.session.path.name == "d.txt")
    s.session.place_caret(70, active=False)
    s.window.open_paths([s.folder])
    assert wait_until(lambda: s.window.session is not None and s.session.path.name == "b.txt") and s.session.caret == 50
    s.window.open_paths([other])
    assert wait_until(lambda: s.window.session is not None and s.session.path.name == "d.txt") and s.session.caret == 70
    assert s.close()
    one = start(s.folder / "a.txt")
    assert shown(one) == "a.txt" and one.corpus_panel.count() == 1
    QTest.keyClick(one.view, Qt.Key.Key_PageDown, CTRL)
    assert shown(one) == "a.txt"
