"""Views and words: what is toggled on the screen leaves document and disk alone; joins and splits are edits like any other."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from .conftest import ARTICLE, CTRL, SHIFT, Sit, Sitting

SEGMENTED = "Đoàn đại_biểu thăm tỉnh Quảng_Trị .\nHai bên giao_lưu quốc_phòng tại Quảng_Trị .\n"


def words(s: Sitting) -> list[str]:
    document = s.session.document
    return [s.content[start:end] for line in document.words.lines() for start, end in line]


def shown(s: Sitting) -> str:
    """The text that the canvas draws, block by block."""
    sheet = s.window.view.sheet
    assert sheet is not None
    return "\n".join(sheet.block(number).shown.text for number in range(len(sheet.page.blocks)))


def state(s: Sitting) -> tuple[Any, ...]:
    session = s.session
    return session.selection, session.selected, session.caret, session.frame, list(session.document.annotations()), words(s)


def test_view_and_differences_move_nothing_and_write_nothing(sit: Sit) -> None:
    s = sit()
    s.mark("tử vong", "3")
    s.drag("Hai người")
    s.press("v")
    s.saved()
    before, raw = s.drag("Trần Văn Nam") and state(s), s.raw()
    for key in (Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F9, Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F7):
        s.press(key)
        s.window.grab()
        assert state(s) == before
        assert s.session.is_saved and s.raw() == raw
    assert "Trần_Văn_Nam" in shown(s)
    s.press("P")
    assert ("PER", "Trần Văn Nam") in s.surfaces()


@pytest.mark.parametrize("text", [ARTICLE, SEGMENTED])
def test_the_views_draw_one_character_for_one(sit: Sit, text: str) -> None:
    s = sit(text)
    assert "_" not in shown(s) and len(shown(s)) == len(text)
    s.press(Qt.Key.Key_F7)
    assert "_" in shown(s) and len(shown(s)) == len(text)
    # A place is a place in both views: what is dragged over is the same.
    target = "Quảng_Trị" if text is SEGMENTED else "Trần Văn Nam"
    span = s.drag(target)
    s.press(Qt.Key.Key_F7)
    assert s.session.selection == (span,)
    s.drag(target)
    assert s.session.selection == (span,)


def test_split_a_word_and_join_part_of_it_again(sit: Sit) -> None:
    s = sit()
    s.drag("Trần Văn Nam")
    s.press("_")
    assert words(s)[words(s).index("Trần") :][:3] == ["Trần", "Văn", "Nam"]
    s.drag("Văn Nam")
    s.press("_")
    assert words(s)[words(s).index("Trần") :][:2] == ["Trần", "Văn Nam"]
    assert s.saved()["segmentation"]["decisions"] == [[s.find("Văn")[0], "split"]]
    s.press("z", modifiers=CTRL)
    s.press("z", modifiers=CTRL)
    assert "Trần Văn Nam" in words(s) and s.saved()["segmentation"]["decisions"] == []


def test_join_by_shortcut_and_the_joining_sign_is_drawn(sit: Sit) -> None:
    s = sit()
    s.drag("sáng 12")
    s.press("j", modifiers=CTRL)
    assert "sáng 12" in words(s) and s.saved()["segmentation"]["decisions"] == [[ARTICLE.index("12/3"), "join"]]
    s.press(Qt.Key.Key_F7)
    assert "sáng_12" in shown(s)


def test_everywhere_is_one_step(sit: Sit) -> None:
    s = sit()
    assert words(s).count("Hà Nội") == 2
    s.drag("Hà Nội")
    s.press("j", modifiers=CTRL | SHIFT)
    assert words(s).count("Hà Nội") == 0 and words(s).count("Hà") == 2
    assert len(s.saved()["segmentation"]["decisions"]) == 2
    s.press("z", modifiers=CTRL)
    assert words(s).count("Hà Nội") == 2 and s.saved()["segmentation"]["decisions"] == []


def test_ctrl_click_on_a_gap_toggles_it(sit: Sit) -> None:
    s = sit()
    gap = s.find("Hà Nội")[0] + 2
    s.hands.click(gap, modifiers=CTRL)
    assert words(s).count("Hà Nội") == 1
    s.hands.click(gap, modifiers=CTRL)
    assert words(s).count("Hà Nội") == 2 and s.session.document.decisions == {}


def test_the_words_of_a_segmented_text_are_its_own(sit: Sit) -> None:
    s = sit(SEGMENTED)
    assert "giao_lưu" in words(s) and s.session.document.is_segmented
    s.drag("giao_lưu")
    s.press("_")
    assert "giao" in words(s) and "_" not in shown(s)
    s.press(Qt.Key.Key_F7)
    # A `_` that joins no word any more is a blank.
    assert "giao lưu quốc_phòng" in shown(s)
    s.drag("quốc_phòng")
    s.press("r")
    saved = s.saved()
    assert saved["entities"][0]["text"] == "quốc_phòng" and saved["segmentation"]["origin"] == "source"


def test_nothing_to_join_is_said_on_the_spot(sit: Sit) -> None:
    s = sit()
    s.press("_")
    assert s.refused("error.nothing-selected")
    s.drag("Huế")
    s.press("_")
    assert s.refused("error.nothing-to-split")
    s.drag("Huế.\nTòa")
    s.press("_")
    assert s.refused("error.join-across-lines")
    assert not s.session.changes


def test_joining_a_word_leaves_the_spans_alone(sit: Sit) -> None:
    s = sit()
    s.mark("Trần Văn Nam", "p")
    s.press(Qt.Key.Key_F3)
    s.drag("Nam tại")
    s.press("_")
    assert "Trần Văn Nam tại" in words(s) or "Nam tại" in words(s)
    assert s.surfaces() == [("PER", "Trần Văn Nam")] and s.saved()["entities"][0]["text"] == "Trần Văn Nam"


def test_a_person_overrules_whether_a_text_came_segmented(sit: Sit) -> None:
    s = sit(SEGMENTED)
    s.window.menus.actions["is_segmented"].trigger()
    assert not s.session.document.is_segmented and s.saved()["segmentation"]["origin"].startswith("pyvi")
    s.press("z", modifiers=CTRL)
    assert "giao_lưu" in words(s) and s.saved()["segmentation"]["origin"] == "source"
    assert s.window.menus.actions["is_segmented"].isChecked()
