"""Reading in full screen, panes put away one by one, and how the article is set."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.hands import wait_until

from .conftest import ARTICLE, Sit, Sitting, focus, settle

PROSE = "Sáng nay công an huyện đã bắt hai nghi can tại một nhà trọ ở phường Trường Thọ và thu giữ nhiều tang vật có giá trị. " * 12


def panes(s: Sitting) -> tuple[bool, bool]:
    return s.window.corpus_panel.isVisible(), s.window.side.isVisible()


def turn(s: Sitting, name: str) -> None:
    s.window.menus.actions[name].trigger()
    settle()


def f11(s: Sitting) -> None:
    QTest.keyClick(s.window.view, Qt.Key.Key_F11)
    settle()


def test_full_screen_keeps_only_what_labelling_needs(sit: Sit) -> None:
    s = sit()
    f11(s)
    assert s.window.isFullScreen() and panes(s) == (False, False) and not s.window.menus.toolbar.isVisible()
    assert s.window.palette_line.isVisible() and s.window.status.isVisible() and focus() is s.window.view
    assert s.window.menus.actions["full_screen"].isChecked() and s.message == "Full screen: press F11 or Esc to leave it"
    event = s.mark("bắt", "6")
    s.drag("Trần Văn Nam")
    s.press("p")
    assert s.roles(event) == [("Person", "Trần Văn Nam")]
    f11(s)
    assert not s.window.isFullScreen() and panes(s) == (True, True) and s.window.menus.toolbar.isVisible()
    assert s.session.frame == event and not s.window.menus.actions["full_screen"].isChecked()


def test_the_last_escape_leaves_full_screen_and_not_before(sit: Sit) -> None:
    s = sit()
    f11(s)
    s.mark("bắt", "6")
    s.drag("Hà Nội")
    s.press("0")
    states = []
    for _ in range(4):
        s.press(Qt.Key.Key_Escape)
        settle()
        states.append((bool(s.session.selection), s.session.frame is not None, s.window.isFullScreen()))
    assert states == [(True, True, True), (False, True, True), (False, False, True), (False, False, False)]


def test_the_text_stands_in_the_middle_at_a_comfortable_measure(sit: Sit) -> None:
    s = sit(PROSE)
    f11(s)
    s.window.resize(1920, 1080)
    settle()
    sheet = s.window.view.sheet
    assert sheet is not None
    sheet.settle()
    lengths = [line.end - line.start for line in sheet.block(0).lines[:-1]]
    assert lengths and all(72 <= length <= 92 for length in lengths), lengths
    left, right = sheet.left(), s.window.view.viewport().width() - sheet.left() - sheet.page.width
    assert abs(left - right) <= 60


def test_panes_are_put_away_one_by_one_and_stay_so(sit: Sit) -> None:
    s = sit()
    width = s.window.view.width()
    turn(s, "show_corpus")
    assert panes(s) == (False, True) and s.window.view.width() > width and not s.window.menus.actions["show_corpus"].isChecked()
    f11(s)
    turn(s, "show_side")
    assert panes(s) == (False, True)
    f11(s)
    assert panes(s) == (False, True) and s.window.preferences.settings.hidden == ("corpus",)
    assert s.close()
    again = sit(folder=s.folder)
    assert panes(again) == (False, True)
    turn(again, "show_corpus")
    assert panes(again) == (True, True)


def test_the_focus_leaves_a_pane_that_goes(sit: Sit) -> None:
    s = sit()
    s.mark("Huế", "g")
    for _ in range(6):
        QTest.keyClick(focus(), Qt.Key.Key_F6)
        if s.window.side.isAncestorOf(focus()):
            break
    assert s.window.side.isAncestorOf(focus())
    turn(s, "show_side")
    assert focus() is s.window.view
    seen = set()
    for _ in range(4):
        QTest.keyClick(focus(), Qt.Key.Key_F6)
        seen.add(s.window.side.isAncestorOf(focus()))
    assert seen == {False}


def test_full_screen_works_without_an_article(sit: Sit) -> None:
    s = sit()
    s.window.desk.drop()
    settle()
    turn(s, "full_screen")
    assert s.window.isFullScreen()
    turn(s, "full_screen")
    assert not s.window.isFullScreen()


def test_spacing_width_and_size_lay_the_text_out_anew_at_once(sit: Sit) -> None:
    s = sit(PROSE)
    s.window.resize(1920, 1000)
    settle()
    sheet = s.window.view.sheet
    assert sheet is not None
    pitch, width = sheet.metrics.pitch, sheet.page.width
    s.window.preferences.set_spacing(150)
    assert sheet.metrics.pitch > pitch * 1.4
    s.window.preferences.set_width(60)
    assert sheet.page.width < width * 0.8
    s.window.preferences.set_zoom(300)
    assert QFontMetricsF(sheet.metrics.text_font).height() > 40
    assert QApplication.font().pixelSize() < 20


def test_the_theme_follows_the_system_until_one_is_chosen(sit: Sit) -> None:
    s = sit(ARTICLE)
    told = QApplication.styleHints().colorSchemeChanged
    turn(s, "theme_system")
    told.emit(Qt.ColorScheme.Dark)
    assert s.window.look.theme.name == "dark" and s.window.menus.actions["theme_system"].isChecked()
    told.emit(Qt.ColorScheme.Light)
    assert s.window.look.theme.name == "light"
    if hasattr(hints := QApplication.styleHints(), "accessibility"):
        hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
        assert s.window.look.theme.name == "contrast"
        hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.NoPreference)
        assert s.window.look.theme.name == "light"
    turn(s, "theme_contrast")
    told.emit(Qt.ColorScheme.Dark)
    assert s.window.look.theme.name == "contrast" and not s.window.menus.actions["theme_system"].isChecked()
    turn(s, "theme_system")
    assert s.window.preferences.settings.theme == "system" and s.window.look.theme.name in ("light", "dark")
    assert wait_until(lambda: s.window.menus.actions["theme_system"].isChecked())


def test_a_window_closed_in_full_screen_comes_back_so_and_can_be_left(sit: Sit) -> None:
    s = sit()
    f11(s)
    assert s.close()
    again = sit(folder=s.folder)
    again.window.restore_place()
    settle()
    assert again.window.isFullScreen() and panes(again) == (False, False)
    f11(again)
    assert not again.window.isFullScreen() and panes(again) == (True, True)
