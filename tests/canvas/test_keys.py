"""Key events of the layouts that people have, and what an input method makes of them, as the canvas reads them."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from annotator.gui.canvas.keys import Composed, FragmentMove, KeyMeaning, Move, printed_digit, read_key
from annotator.gui.work.grammar import ACTIONS, Stroke

K, M = Qt.Key, Qt.KeyboardModifier
NONE, SHIFT, CTRL, ALT, PAD = M.NoModifier, M.ShiftModifier, M.ControlModifier, M.AltModifier, M.KeypadModifier


def read(key: Qt.Key | int, text: str = "", modifiers: Qt.KeyboardModifier = NONE, *, scan: int = 0) -> KeyMeaning | None:
    return read_key(QKeyEvent(QEvent.Type.KeyPress, int(key), modifiers, scan, 0, 0, text))


US = [
    (K.Key_P, "p", NONE, Stroke("p")),
    (K.Key_P, "P", SHIFT, Stroke("p", shift=True)),
    (K.Key_3, "3", NONE, Stroke("3")),
    (K.Key_0, "0", NONE, Stroke("0")),
    (K.Key_Minus, "-", NONE, Stroke("-")),
    (K.Key_Underscore, "_", SHIFT, Stroke("_")),
    (K.Key_Asterisk, "*", SHIFT, Stroke("*")),
    (K.Key_Slash, "/", NONE, Stroke("/")),
    (K.Key_Comma, ",", NONE, Stroke(",")),
    (K.Key_Space, " ", NONE, Stroke("Space")),
    (K.Key_Escape, "\x1b", NONE, Stroke("Escape")),
    (K.Key_Return, "\r", NONE, Stroke("Return")),
    (K.Key_Tab, "\t", NONE, Stroke("Tab")),
    (K.Key_Delete, "\x7f", NONE, Stroke("Delete")),
    (K.Key_Left, "", NONE, Move("left", False)),
    (K.Key_Right, "", SHIFT, Move("right", True)),
    (K.Key_Home, "", CTRL, Move("start", False)),
    (K.Key_End, "", CTRL | SHIFT, Move("end", True)),
    (K.Key_Left, "", CTRL, Move("sentence_left", False)),
    (K.Key_Right, "", CTRL | SHIFT, FragmentMove(1)),
    (K.Key_Left, "", CTRL | SHIFT, FragmentMove(-1)),
    (K.Key_Down, "", CTRL, Stroke("Down", ctrl=True)),
    (K.Key_Left, "", ALT, Stroke("Left", alt=True)),
    (K.Key_Up, "", ALT, Stroke("Up", alt=True)),
    (K.Key_PageDown, "", NONE, Move("page_down", False)),
]
NUMPAD = [
    (K.Key_3, "3", PAD, Stroke("3")),
    (K.Key_Minus, "-", PAD, Stroke("-")),
    (K.Key_Asterisk, "*", PAD, Stroke("*")),
    (K.Key_Slash, "/", PAD, Stroke("/")),
    (K.Key_Enter, "\r", PAD, Stroke("Return")),
    (K.Key_Left, "", PAD, Move("left", False)),
    (K.Key_Delete, "\x7f", PAD, Stroke("Delete")),
]
# What the canvas has no use for goes to the window: shortcuts, Backspace, function keys, bare modifiers.
LEFT_ALONE = [
    (K.Key_Backspace, "\b", NONE), (K.Key_Backspace, "\b", CTRL), (K.Key_F2, "", NONE), (K.Key_Shift, "", SHIFT), (K.Key_Control, "", CTRL),
    (K.Key_Z, "\x1a", CTRL), (K.Key_J, "\n", CTRL), (K.Key_1, "1", CTRL), (K.Key_Return, "\r", CTRL), (K.Key_PageDown, "", CTRL),
    (K.Key_F, "f", ALT), (K.Key_Backtab, "", SHIFT), (K.Key_BracketLeft, "[", NONE), (K.Key_AltGr, "", NONE), (K.Key_CapsLock, "", NONE),
    (K.Key_Dead_Acute, "", NONE), (K.Key_Multi_key, "", NONE), (K.Key_unknown, "", NONE), (K.Key_QuoteDbl, '"', SHIFT),
]  # fmt: skip


@pytest.mark.parametrize(("key", "text", "modifiers", "meaning"), US + NUMPAD)
def test_plain_keys(key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier, meaning: KeyMeaning) -> None:
    assert read(key, text, modifiers) == meaning


@pytest.mark.parametrize(("key", "text", "modifiers"), LEFT_ALONE)
def test_keys_that_are_left_to_the_window(key: Qt.Key, text: str, modifiers: Qt.KeyboardModifier) -> None:
    assert read(key, text, modifiers) is None


ROWS = {"AZERTY": "&é\"'(-è_çà", "Czech": "+ěščřžýáíé", "Slovak": "+ľščťžýáíé"}


@pytest.mark.skipif(sys.platform != "linux", reason="scan codes are those of X11 and Wayland")
@pytest.mark.parametrize("rank", range(10))
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_digits_of_layouts_that_need_shift_for_them(row: str, rank: int) -> None:
    typed, digit = row[rank], "1234567890"[rank]
    # Signs of the grammar stay what they type.
    meant = Stroke(typed) if typed in "-_+" else Stroke(digit)
    assert read(ord(typed.upper()), typed, scan=10 + rank) == meant
    assert read(getattr(K, f"Key_{digit}"), digit, SHIFT, scan=10 + rank) == Stroke(digit)
    if typed.isalpha():
        # On any other key, the other digits too, it is what an input method made.
        for other in (0, *range(24, 34), *(10 + key for key in range(10) if all(held[key] != typed for held in ROWS.values()))):
            assert read(ord(typed.upper()), typed, scan=other) == Composed(typed), other


VNI = {"1": "áéíóúý", "2": "àèìòùỳ", "3": "ảẻỉỏủỷ", "4": "ãẽĩõũỹ", "5": "ạẹịọụỵ", "6": "âêô", "7": "ơư", "8": "ă", "9": "đ"}


@pytest.mark.parametrize("digit", VNI)
def test_what_vni_composes_is_no_digit_even_with_the_code_of_its_key(digit: str) -> None:
    for letter in VNI[digit] + VNI[digit].upper():
        assert read(K.Key_unknown, letter, scan=10 + "1234567890".index(digit)) == Composed(letter)


@pytest.mark.parametrize(
    ("platform", "codes"),
    [
        ("linux", {"scan": range(10, 20)}),
        ("win32", {"virtual": [*range(0x31, 0x3A), 0x30]}),
        ("darwin", {"virtual": [0x12, 0x13, 0x14, 0x15, 0x17, 0x16, 0x1A, 0x1C, 0x19, 0x1D]}),
    ],
)
def test_each_platform_names_the_digit_keys(platform: str, codes: dict[str, list[int]]) -> None:
    name, held = next(iter(codes.items()))
    empty = {"scan": 0, "virtual": 0}
    assert [printed_digit(platform, **{**empty, name: code}) for code in held] == list("1234567890")
    others = set(range(256)) - set(held)
    assert {printed_digit(platform, **{**empty, name: code}) for code in others} == {None}
    assert printed_digit("plan9", scan=10, virtual=0x31) is None


SIGNS_OF_DIGITS = {
    "!": K.Key_Exclam, "@": K.Key_At, "#": K.Key_NumberSign, "$": K.Key_Dollar, "%": K.Key_Percent, "^": K.Key_AsciiCircum,
    "&": K.Key_Ampersand, "(": K.Key_ParenLeft, ")": K.Key_ParenRight,
}  # fmt: skip


@pytest.mark.parametrize("sign", SIGNS_OF_DIGITS)
def test_shift_and_a_digit_key_of_a_us_keyboard_are_no_digit(sign: str) -> None:
    scan = 10 + "!@#$%^&*()".index(sign)
    assert read(SIGNS_OF_DIGITS[sign], sign, SHIFT, scan=scan) == (Stroke("!") if sign == "!" else None)


@pytest.mark.parametrize("letter", "âăđêôơưáàảãạấầẩẫậĐƯéñ")
def test_a_composed_letter_is_told_apart(letter: str) -> None:
    # Whatever key code and scan code come with it.
    for key, scan in ((0, 0), (K.Key_unknown, 0), (K.Key_A, 38), (ord(letter.upper()), 0), (K.Key_S, 39), (K.Key_6, 15)):
        assert read(key, letter, scan=scan) == Composed(letter), (key, scan)


def test_a_whole_syllable_from_an_input_method_is_told_apart() -> None:
    assert read(0, "đường") == Composed("đường")
    # UniKey's decomposed setting sends the marks by themselves.
    assert read(0, "\u0301") == Composed("\u0301") and read(0, "a\u0302") == Composed("a\u0302")


@pytest.mark.parametrize("wanted", ACTIONS, ids=str)
def test_every_stroke_of_the_table_can_be_typed(wanted: Stroke) -> None:
    """What the grammar binds can be made by a key event: one of Qt's named keys, a letter or a sign."""
    modifiers = NONE
    for held, modifier in ((wanted.shift, SHIFT), (wanted.ctrl, CTRL), (wanted.alt, ALT)):
        modifiers |= modifier if held else NONE
    named = len(wanted.key) > 1
    key = getattr(K, f"Key_{wanted.key}") if named else ord(wanted.key.upper())
    text = "" if named else wanted.key.upper() if wanted.shift else wanted.key
    # The two Enter keys mean the same.
    assert read(key, text, modifiers) == (Stroke("Return") if wanted == Stroke("Enter") else wanted)
