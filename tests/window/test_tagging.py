"""Tagging by mouse and by key: what is selected, what is made, and that it is on disk within a second."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from .conftest import ARTICLE, CTRL, SHIFT, Sit, check_slices, focus, settle


def test_a_drag_and_a_key_tag_and_save(sit: Sit) -> None:
    s = sit()
    span = s.drag("Trần Văn Nam")
    assert s.session.selection == (span,)
    s.press("p")
    assert s.session.selection == () and s.surfaces() == [("PER", "Trần Văn Nam")]
    assert s.message == s.told("told.entity", type="Person", text="Trần Văn Nam")
    saved = s.saved()
    assert saved["entities"] == [
        {
            "id": "T1",
            "type": "PER",
            "spans": [list(span)],
            "text": "Trần Văn Nam",
            "attributes": {},
            "flag": "",
            "note": "",
            "origin": "human",
        }
    ]
    assert saved["status"] == "doing" and saved["revision"] == 1 and saved["schema"] == "bkee"
    assert s.window.status.saving == s.told("gui.status.saved", revision=1)


def test_a_drag_and_a_button_tag_and_the_keyboard_stays_with_the_text(sit: Sit) -> None:
    s = sit()
    for key, text in (("r", "Công an huyện Yên Khánh"), ("g", "Hà Nội"), ("t", "12/3")):
        s.drag(text)
        s.hands.click_on(s.window.palette_line.button(key))
        assert focus() is s.window.view
    assert s.surfaces() == [("ORG", "Công an huyện Yên Khánh"), ("GPE", "Hà Nội"), ("TIME", "12/3")]
    check_slices(s.saved(), ARTICLE)


def test_the_keyboard_alone_selects_and_tags(sit: Sit) -> None:
    s = sit()
    s.press(Qt.Key.Key_Home, modifiers=CTRL)
    s.press(Qt.Key.Key_Right)
    assert s.session.caret_active and s.session.caret == ARTICLE.index("huyện")
    s.press(Qt.Key.Key_Left)
    s.press(Qt.Key.Key_Right, Qt.Key.Key_Right, modifiers=SHIFT)
    assert s.session.selection == (s.find("Công an huyện Yên Khánh"),)
    s.press(Qt.Key.Key_Left, modifiers=SHIFT)
    assert s.session.selection == (s.find("Công an huyện"),)
    s.press(Qt.Key.Key_Right, modifiers=SHIFT)
    s.press("r")
    s.walk("Huế")
    s.press("g")
    assert s.surfaces() == [("ORG", "Công an huyện Yên Khánh"), ("GPE", "Huế")]
    check_slices(s.saved(), ARTICLE)


def test_the_word_under_a_caret_moved_by_key_is_the_selection(sit: Sit) -> None:
    s = sit()
    s.press(Qt.Key.Key_Home, modifiers=CTRL)
    s.press("r")
    assert s.surfaces() == [("ORG", "Công an")]
    s.hands.click(ARTICLE.index("Huế"))
    s.press("g")
    assert s.refused("error.nothing-selected") and len(s.surfaces()) == 1


def test_events_by_digit_and_by_both_leaders(sit: Sit) -> None:
    s = sit()
    die = s.mark("tử vong", "3")
    assert s.session.frame == die
    sentence = s.mark("tuyên phạt", "0", "s")
    assert s.session.frame == sentence
    injure = s.mark("tai nạn", "-", "t")
    assert [s.event(name).type for name in (die, sentence, injure)] == ["Die", "Sentence", "Injure"]
    assert s.saved()["events"][0]["text"] == "tử vong"


def test_a_leader_by_its_buttons(sit: Sit) -> None:
    s = sit()
    s.drag("tuyên phạt")
    palette = s.window.palette_line
    s.hands.click_on(palette.button("0"))
    assert s.surfaces() == []
    s.hands.click_on(palette.button("s"))
    assert s.surfaces() == [("Sentence", "tuyên phạt")] and focus() is s.window.view


def test_shift_and_a_letter_make_an_entity_while_a_frame_is_open(sit: Sit) -> None:
    s = sit()
    die = s.mark("tử vong", "3")
    s.mark("Hai người", "P")
    assert s.roles(die) == [] and s.session.frame == die
    assert ("PER", "Hai người") in s.surfaces()


def test_a_double_click_selects_the_unit_of_the_snap_level(sit: Sit) -> None:
    s = sit()
    at = ARTICLE.index("Văn Nam")
    for action, text in (("snap_word", "Trần Văn Nam"), ("snap_syllable", "Văn"), ("snap_character", "V")):
        s.window.menus.actions[action].trigger()
        s.hands.double_click(at)
        assert s.session.document.text.surface(s.session.selection) == text


@pytest.mark.parametrize(("key", "text"), [(Qt.Key.Key_F2, "Trần Văn Nam"), (Qt.Key.Key_F3, "Văn Nam"), (Qt.Key.Key_F4, "ăn Na")])
def test_a_drag_snaps_as_the_function_keys_say(sit: Sit, key: Qt.Key, text: str) -> None:
    s = sit()
    s.press(key)
    s.drag("ăn Na")
    s.press("p")
    assert s.surfaces() == [("PER", text)]
    check_slices(s.saved(), ARTICLE)


def test_a_right_click_offers_the_same_as_a_menu(sit: Sit) -> None:
    s = sit()
    s.drag("Hà Nội")
    at = s.hands.point(ARTICLE.index("Hà Nội"))
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, s.window.view.viewport().mapToGlobal(at))
    QApplication.sendEvent(s.window.view.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    offered = {action.text(): action for action in menu.actions() if action.text()}
    offered["GPE\tg"].trigger()
    menu.close()
    settle()
    assert s.surfaces() == [("GPE", "Hà Nội")]


def test_the_same_text_twice_is_refused_on_the_spot_and_forced_by_the_same_key(sit: Sit) -> None:
    s = sit()
    s.mark("Huế", "g")
    s.drag("Huế")
    s.press("l")
    assert s.refused("error.span-tagged", type="GPE") and s.surfaces() == [("GPE", "Huế")]
    s.press("l")
    assert s.surfaces() == [("GPE", "Huế"), ("LOC", "Huế")]


def test_nested_and_overlapping_spans(sit: Sit) -> None:
    s = sit()
    s.mark("ông Trần Văn Nam", "p")
    s.mark("Trần Văn Nam tại", "r")
    s.mark("Trần Văn Nam", "l")
    assert sorted(s.surfaces()) == [("LOC", "Trần Văn Nam"), ("ORG", "Trần Văn Nam tại"), ("PER", "ông Trần Văn Nam")]
    chips = [s.window.view.chip_rect(item.id) for item in s.session.document.annotations()]
    assert all(chip is not None for chip in chips)
    pairs = [(a, b) for i, a in enumerate(chips) for b in chips[i + 1 :] if a is not None and b is not None]
    assert not any(a.intersects(b) for a, b in pairs)


def test_a_click_beside_the_text_makes_nothing(sit: Sit) -> None:
    s = sit()
    from PySide6.QtTest import QTest

    viewport = s.window.view.viewport()
    QTest.mouseClick(
        viewport, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(viewport.width() - 5, viewport.height() - 5)
    )
    s.press("p")
    assert s.refused("error.nothing-selected") and s.surfaces() == []
