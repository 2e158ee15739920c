"""Vietnamese input methods are always on: what UniKey, Telex and VNI send to the canvas must change nothing by accident."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from .conftest import Sit, Sitting, settle

BACKSPACE = Qt.Key.Key_Backspace
UNKNOWN = Qt.Key.Key_unknown


def ready(s: Sitting) -> tuple[object, ...]:
    """Something selected, something made, and what all of it looks like."""
    s.mark("tử vong", "3")
    s.drag("Hai người")
    s.saved()
    return picture(s)


def picture(s: Sitting) -> tuple[object, ...]:
    session = s.session
    return session.changes, session.selection, session.selected, session.frame, session.armed, s.raw(), s.window.palette_line.offers()


@pytest.mark.parametrize("letter", ["â", "đ", "ệ", "Ư"])
def test_a_composed_letter_changes_nothing_and_is_told(sit: Sit, letter: str) -> None:
    s = sit()
    before = ready(s)
    s.key(BACKSPACE, "\b")
    s.key(UNKNOWN, letter)
    s.key(0, letter)
    assert picture(s) == before
    assert s.refused("refusal.composed", letter=letter)


def test_backspace_means_nothing(sit: Sit) -> None:
    s = sit()
    before = ready(s)
    for modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier):
        s.key(BACKSPACE, "\b", modifiers=modifiers)
    s.select("E1")
    s.key(BACKSPACE, "\b")
    assert picture(s)[0] == before[0] and ("Die", "tử vong") in s.surfaces()


@pytest.mark.parametrize(
    "strokes",
    [
        # Telex: dd → đ, aa → â, ow → ơ, w → ư, and the bracket keys.
        [(Qt.Key.Key_D, "d"), (BACKSPACE, "\b"), (UNKNOWN, "đ")],
        [(Qt.Key.Key_A, "a"), (BACKSPACE, "\b"), (UNKNOWN, "â")],
        [(Qt.Key.Key_O, "o"), (Qt.Key.Key_W, "w"), (BACKSPACE, "\b"), (UNKNOWN, "ơ")],
        [(Qt.Key.Key_W, "w"), (BACKSPACE, "\b"), (UNKNOWN, "ư")],
        [(Qt.Key.Key_BracketLeft, "["), (BACKSPACE, "\b"), (UNKNOWN, "ơ")],
        [(Qt.Key.Key_E, "e"), (BACKSPACE, "\b"), (UNKNOWN, "ê"), (BACKSPACE, "\b"), (UNKNOWN, "ế")],
    ],
)
def test_telex_sequences_change_no_document(sit: Sit, strokes: list[tuple[Qt.Key, str]]) -> None:
    s = sit()
    before = ready(s)
    for key, text in strokes:
        s.key(key, text)
    assert picture(s) == before
    assert s.refused("refusal.composed", letter=strokes[-1][1])


def test_vni_a_vowel_and_a_digit(sit: Sit) -> None:
    """a6 → â: the digit never reaches the canvas, UniKey sends Backspace and the letter in its place."""
    s = sit()
    before = ready(s)
    for key, text in ((Qt.Key.Key_A, "a"), (BACKSPACE, "\b"), (UNKNOWN, "â"), (Qt.Key.Key_U, "u"), (BACKSPACE, "\b"), (UNKNOWN, "ư")):
        s.key(key, text)
    assert picture(s) == before


def test_no_input_method_composes_on_the_canvas(sit: Sit) -> None:
    s = sit()
    before = ready(s)
    view = s.window.view
    assert not view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert not view.viewport().testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    event = QInputMethodEvent("", [])
    event.setCommitString("â", -1, 1)
    QApplication.sendEvent(view, event)
    settle()
    assert picture(s) == before


def test_a_letter_of_the_grammar_that_comes_out_composed_tags_nothing(sit: Sit) -> None:
    """Telex turns a key of a tone mark (s, f, r, x, j) into a letter with it: the key code may still be the plain one."""
    s = sit()
    before = ready(s)
    for key, letter in ((Qt.Key.Key_S, "á"), (Qt.Key.Key_F, "à"), (Qt.Key.Key_R, "ả"), (Qt.Key.Key_X, "ã"), (Qt.Key.Key_J, "ạ")):
        s.key(BACKSPACE, "\b")
        s.key(key, letter)
        assert picture(s) == before
        assert s.refused("refusal.composed", letter=letter)


def test_after_a_leader_a_composed_letter_makes_nothing(sit: Sit) -> None:
    s = sit()
    before = ready(s)
    s.press("0")
    s.key(BACKSPACE, "\b")
    s.key(UNKNOWN, "â")
    s.press(Qt.Key.Key_Escape)
    assert picture(s)[:-1] == before[:-1]


def test_where_text_is_written_the_input_method_stays_on(sit: Sit) -> None:
    s = sit()
    s.press("/")
    assert s.window.type_ahead.edit.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    assert s.window.inspector.note.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_digits_of_layouts_that_need_shift_for_them(sit: Sit) -> None:
    """AZERTY: the key of 3 types a quotation mark; its scan code says which key it is (X11: 10 to 19)."""
    s = sit()
    s.drag("tử vong")
    s.key(Qt.Key.Key_QuoteDbl, '"', scan=12)
    assert s.surfaces() == [("Die", "tử vong")]
    s.press(Qt.Key.Key_Escape)
    s.drag("bắt")
    s.key(Qt.Key.Key_Egrave, "è", scan=16)
    s.drag("tuyên phạt")
    s.key(Qt.Key.Key_Eacute, "é", scan=10)
    assert s.surfaces() == [("Declare-bankruptcy", "bắt"), ("Die", "tử vong")] and s.refused("refusal.composed", letter="é")
