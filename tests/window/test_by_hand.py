"""A day at the window: where the keyboard is after each part, what Escape closes, what is still true of what was told, and undo."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from annotator.gui.hands import wait_until

from .conftest import CTRL, SHIFT, Sit, Sitting, focus, settle

NAMES = "Ông Nam gặp bà Hoà ở Hà Nội.\nBà Hòa về Hà Nội, ông Nam ở lại.\nHoa nở ở Nam Định, Nam vui.\n"
LONG = "Ông Nam ở Huế, bà Hòa ở Hà Nội và làm việc tại đó.\n" * 4_000


def look_for(s: Sitting, text: str) -> None:
    QTest.keyClick(focus(), Qt.Key.Key_F, CTRL)
    s.type_text(text)


def escape() -> None:
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    settle()


def inside(pane: QWidget) -> bool:
    return pane is focus() or pane.isAncestorOf(focus())


@pytest.fixture
def tagged(sit: Sit) -> Sitting:
    """T1, T2: PER; T3: GPE; E1 Die."""
    s = sit()
    for text, key, behind in (("Trần Văn Nam", "p", ""), ("Nam", "p", "Bà Lan"), ("Hà Nội", "g", ""), ("tử vong", "3", "")):
        s.mark(text, key, behind=behind)
    s.press(Qt.Key.Key_Escape)
    return s


# What was told.


def test_a_refusal_is_past_with_the_next_key_and_with_escape(sit: Sit) -> None:
    s = sit()
    s.press("p")
    assert s.refused("error.nothing-selected")
    s.press(Qt.Key.Key_Right)
    assert s.message == "" and not s.window.bubble.isVisible()
    s.press("z")
    assert s.message.startswith("⚠")
    s.press(Qt.Key.Key_Escape)
    assert s.message == "" and not s.window.bubble.isVisible()


def test_what_was_done_stays_to_be_read_and_a_failure_does_too(sit: Sit) -> None:
    s = sit()
    s.mark("Lê Hòa", "p")
    done = s.message
    s.press(Qt.Key.Key_Right)
    assert s.message == done != ""
    s.window.status.tell("the disk is full", refused=True)
    s.press(Qt.Key.Key_Right)
    assert s.message == "⚠ the disk is full"


def test_escape_takes_back_what_was_said_of_what_it_closes(tagged: Sitting) -> None:
    s = tagged
    s.select("T1")
    s.press("+")
    assert s.message == s.told("told.link_same", text="Trần Văn Nam")
    s.press(Qt.Key.Key_Escape)
    assert (s.session.link, s.message) == (None, "")
    QTest.keyClick(focus(), Qt.Key.Key_F11)
    assert s.message != ""
    QTest.keyClick(focus(), Qt.Key.Key_F11)
    assert s.message == ""


# Escape and F6.


def test_escape_closes_one_thing_after_the_other(tagged: Sitting) -> None:
    s = tagged
    s.select("E1")
    QTest.keyClick(focus(), Qt.Key.Key_F11)
    look_for(s, "Nam")
    QTest.keyClick(focus(), Qt.Key.Key_F6)
    s.press("0")
    frame, line = s.session.frame, s.window.finding.line

    def state() -> tuple[object, ...]:
        leader = s.window.desk.tools is not None and s.window.desk.tools.grammar.leader
        return leader, bool(s.session.selection), s.session.frame, line.isVisible(), s.window.isFullScreen()

    seen = [state()]
    for _ in range(5):
        s.press(Qt.Key.Key_Escape)
        settle()
        seen.append(state())
    assert seen == [
        ("0", True, frame, True, True),
        (None, True, frame, True, True),
        (None, False, frame, True, True),
        (None, False, None, True, True),
        (None, False, None, False, True),
        (None, False, None, False, False),
    ]
    assert focus() is s.window.view


def test_f6_goes_into_the_find_line_and_the_hits_as_well_as_out_of_them(sit: Sit) -> None:
    s = sit(NAMES)
    look_for(s, "Nam")
    line, view = s.window.finding.line, s.window.view
    QTest.keyClick(focus(), Qt.Key.Key_F6)
    assert focus() is view
    QTest.keyClick(focus(), Qt.Key.Key_F6, SHIFT)
    assert inside(line)
    QTest.keyClick(focus(), Qt.Key.Key_F6)
    QTest.keyClick(focus(), Qt.Key.Key_F, CTRL | SHIFT)
    panel = s.window.finding.panel
    assert wait_until(lambda: panel.list.hasFocus())
    QTest.keyClick(focus(), Qt.Key.Key_F6, SHIFT)
    assert focus() is view
    QTest.keyClick(focus(), Qt.Key.Key_F6)
    assert inside(panel)


@pytest.mark.parametrize("steps", range(1, 4))
def test_escape_leads_from_every_pane_back_to_the_text(tagged: Sitting, steps: int) -> None:
    tagged.select("T1")
    for _ in range(steps):
        QTest.keyClick(focus(), Qt.Key.Key_F6)
    assert focus() is not tagged.window.view
    escape()
    assert focus() is tagged.window.view and tagged.session.selected == ("T1",)


@pytest.mark.parametrize("name", ["settings", "shortcuts", "key_sheet", "tag_all", "find", "find_corpus", "document_page", "type_ahead"])
def test_the_next_key_of_the_grammar_works_after_everything_that_opens(sit: Sit, name: str) -> None:
    s = sit()
    s.window.menus.actions[name].trigger()
    settle()
    assert not s.window.view.hasFocus()
    escape()
    # The platform of tests gives no window the focus back by itself.
    s.window.activateWindow()
    settle()
    assert QApplication.activeModalWidget() is None and focus() is s.window.view
    s.walk("Lê Hòa")
    QTest.keyClick(focus(), Qt.Key.Key_P)
    assert s.surfaces() == [("PER", "Lê Hòa")]


# Finding as a rhythm.


def test_two_keys_for_each_place_found(sit: Sit) -> None:
    s = sit(NAMES)
    look_for(s, "Nam")
    escape()
    for _ in range(4):
        s.press("p")
        QTest.keyClick(focus(), Qt.Key.Key_G, CTRL)
    assert s.surfaces() == [("PER", "Nam")] * 4
    assert s.message == s.told("told.find_start")


def test_with_the_line_closed_one_goes_on_from_where_one_is(sit: Sit) -> None:
    s = sit(NAMES)
    look_for(s, "Nam")
    escape()
    s.hands.click(s.find("Nội", behind="Bà Hòa")[0])
    QTest.keyClick(focus(), Qt.Key.Key_G, CTRL)
    assert s.session.selection == (s.find("Nam", behind="Bà Hòa"),)
    escape()
    s.hands.click(s.find("Định")[0])
    s.window.finding.close()
    QTest.keyClick(focus(), Qt.Key.Key_G, CTRL | SHIFT)
    assert s.session.selection == (s.find("Nam", behind="Hoa nở"),)


def test_one_place_is_reached_from_either_side(sit: Sit) -> None:
    s = sit(NAMES)
    look_for(s, "Định")
    escape()
    for text, modifiers in (("Ông", CTRL | SHIFT), ("vui", CTRL | SHIFT), ("vui", CTRL), ("Ông", CTRL)):
        s.window.finding.close()
        s.hands.click(s.find(text)[0])
        QTest.keyClick(focus(), Qt.Key.Key_G, modifiers)
        assert s.session.selection == (s.find("Định"),)


def test_a_step_in_a_long_text_waits_for_the_search_and_does_not_say_that_there_is_nothing(sit: Sit) -> None:
    s = sit(LONG)
    look_for(s, "Huế")
    assert wait_until(lambda: bool(s.session.selection))
    escape()
    start, end = s.find("Hà Nội")
    s.hands.click(start)
    QTest.keyClick(focus(), Qt.Key.Key_G, CTRL)
    assert "⚠" not in s.message
    assert wait_until(lambda: bool(s.session.selection))
    assert s.session.selection == ((s.content.index("Huế", end), s.content.index("Huế", end) + 3),)
    look_for(s, "không có")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert wait_until(lambda: s.message == f"⚠ {s.told('gui.find.none')}")


# Undo.


def test_undo_selects_the_text_again_for_another_key(sit: Sit) -> None:
    s = sit()
    span = s.drag("Lê Hòa")
    s.press("g")
    QTest.keyClick(focus(), Qt.Key.Key_Z, CTRL)
    assert s.session.selection == (span,)
    s.press("p")
    assert s.surfaces() == [("PER", "Lê Hòa")]
    QTest.keyClick(focus(), Qt.Key.Key_Z, CTRL)
    QTest.keyClick(focus(), Qt.Key.Key_Y, CTRL)
    assert s.session.selection == ()
    s.press("*", "g")
    assert s.surfaces() == [("GPE", "Lê Hòa")]


def test_undo_selects_all_that_came_back(tagged: Sitting) -> None:
    QTest.keyClick(focus(), Qt.Key.Key_A, CTRL)
    held = set(tagged.session.selected)
    tagged.press(Qt.Key.Key_Delete)
    assert tagged.surfaces() == [] and tagged.session.selected == ()
    QTest.keyClick(focus(), Qt.Key.Key_Z, CTRL)
    assert set(tagged.session.selected) == held and len(held) == 4
    QTest.keyClick(focus(), Qt.Key.Key_M, CTRL)
    QTest.keyClick(focus(), Qt.Key.Key_Z, CTRL)
    assert set(tagged.session.selected) == held


def test_undo_shows_where_it_was(sit: Sit) -> None:
    s = sit(LONG)
    s.mark("Huế", "g")
    s.press(Qt.Key.Key_End, modifiers=CTRL)
    view = s.window.view
    assert view.verticalScrollBar().value() > 1_000
    QTest.keyClick(focus(), Qt.Key.Key_Z, CTRL)
    assert view.viewport().rect().contains(view.rect_of(s.find("Huế")).center().toPoint())


# Several selected.


def test_several_become_the_same_in_one_step(tagged: Sitting) -> None:
    s = tagged
    s.session.select_annotations("T1", "T2")
    s.press("+")
    assert [cluster.members for cluster in s.session.document.clusters.values()] == [("T1", "T2")]
    assert s.message == s.told("told.linked_several", n=2) and s.session.selected == ("T1", "T2") and s.session.link is None
    QTest.keyClick(focus(), Qt.Key.Key_Z, CTRL)
    assert not s.session.document.clusters
    s.session.select_annotations("T1", "E1")
    s.press("+")
    assert s.refused("error.cluster-across-layers", id="T1", target="E1")


@pytest.mark.parametrize("key", [">", "=", Qt.Key.Key_Return])
def test_what_works_on_one_says_so_and_leaves_the_open_frame_alone(tagged: Sitting, key: str | Qt.Key) -> None:
    s = tagged
    s.select("E1")
    before = s.session.changes
    s.session.select_annotations("T1", "T2")
    s.press(key)
    assert s.refused("error.one-of-several", n=2)
    assert (s.session.selected, s.session.link, s.session.frame, s.session.changes) == (("T1", "T2"), None, "E1", before)


def test_an_edge_and_a_join_say_that_several_are_selected(tagged: Sitting) -> None:
    s = tagged
    s.session.select_annotations("T1", "T2")
    s.press(Qt.Key.Key_Right, modifiers=Qt.KeyboardModifier.AltModifier)
    assert s.refused("error.one-of-several", n=2)
    s.press("_")
    assert s.refused("error.several-selected", n=2)
    gap = s.find("Hà Nội")[0] + 2
    before = s.session.changes
    s.hands.click(gap, modifiers=CTRL)
    assert s.session.changes == before + 1 and s.session.selected == ("T1", "T2")


# Small ways.


def test_enter_after_a_search_of_the_corpus_goes_to_the_first_place(sit: Sit) -> None:
    s = sit(NAMES)
    QTest.keyClick(focus(), Qt.Key.Key_F, CTRL | SHIFT)
    s.type_text("nam")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert wait_until(lambda: s.window.finding.panel.list.hasFocus())
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert s.session.selection == (s.find("Nam"),) and focus() is s.window.view
    QTest.keyClick(focus(), Qt.Key.Key_F6)
    s.window.finding.panel.list.setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_Up)
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert focus() is s.window.view


def test_tab_says_where_a_role_has_no_other_type(tagged: Sitting) -> None:
    s = tagged
    s.select("E1")
    s.drag("Lê Hòa")
    s.press("v")
    s.press(Qt.Key.Key_Tab)
    assert s.refused("error.role-of-one-type", role="Victim", type="PER") and focus() is s.window.view


def test_shift_f10_opens_the_menu_of_what_is_selected(tagged: Sitting) -> None:
    s = tagged
    s.select("T1")
    s.press(Qt.Key.Key_F10, modifiers=SHIFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu) and s.window.menus.actions["delete"] in menu.actions()
    menu.close()
    # The platform of tests gives no window the focus back by itself.
    s.window.activateWindow()
    settle()
    assert focus() is s.window.view


def test_a_leader_waits_no_longer_once_a_gap_was_clicked(tagged: Sitting) -> None:
    s = tagged
    s.drag("Lê Hòa")
    s.press("0")
    s.hands.click(s.find("Hà Nội")[0] + 2, modifiers=CTRL)
    assert s.window.desk.tools is not None and s.window.desk.tools.grammar.leader is None


# The mouse.


def test_a_click_that_misses_a_chip_keeps_what_is_selected(tagged: Sitting) -> None:
    s = tagged
    s.session.select_annotations("T1", "T2")
    viewport = s.window.view.viewport()
    beside = QPoint(viewport.width() - 4, viewport.height() - 4)
    before = s.session.changes
    for modifiers in (CTRL, SHIFT):
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, modifiers, beside)
        assert s.session.selected == ("T1", "T2")
    s.hands.click(s.find("nạn")[0], modifiers=SHIFT)
    assert (s.session.selected, s.session.changes) == (("T1", "T2"), before)


def test_a_click_with_shift_selects_up_to_there(sit: Sit) -> None:
    s = sit()
    start, end = s.find("Trần")[0], s.find("Nam")[1]
    s.hands.click(start)
    s.hands.click(end - 1, modifiers=SHIFT)
    assert s.session.selection == ((start, end),)
    s.press("p")
    assert s.surfaces() == [("PER", "Trần Văn Nam")]


def test_escape_gives_up_what_is_being_dragged(tagged: Sitting) -> None:
    s, view = tagged, tagged.window.view
    viewport = view.viewport()
    for text in ("vụ tai nạn", "Hà Nội"):
        start, end = s.find(text)
        is_edge = text == "Hà Nội"
        if is_edge:
            s.select("T3")
        rect = view.rect_of((start, end))
        begin = rect.topRight().toPoint() + QPoint(-1, 8) if is_edge else rect.center().toPoint()
        before = s.session.changes
        QTest.mousePress(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, begin)
        s.hands._move(begin + QPoint(90, 0), Qt.KeyboardModifier.NoModifier)
        assert view.pointer.is_busy and (s.session.selection or s.session.preview)
        s.press(Qt.Key.Key_Escape)
        QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, begin + QPoint(90, 0))
        assert (s.session.selection, s.session.preview, s.session.changes) == ((), None, before)
