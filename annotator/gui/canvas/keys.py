"""What a key event means to the canvas: a stroke of the grammar, a move of the caret, or a letter that an input method composed."""

from __future__ import annotations

import sys
import unicodedata
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ..work.grammar import ACTIONS, Stroke

Motion = Literal[
    "left", "right", "up", "down", "line_start", "line_end", "page_up", "page_down", "start", "end", "sentence_left", "sentence_right"
]


@dataclass(frozen=True, slots=True)
class Move:
    """A move of the caret; `extend` widens the selection."""

    motion: Motion
    extend: bool


@dataclass(frozen=True, slots=True)
class FragmentMove:
    """Ctrl+Shift+arrow: widen the last fragment, or begin another one."""

    step: Literal[-1, 1]


@dataclass(frozen=True, slots=True)
class Composed:
    """A letter that an input method put together; the canvas has no use for it."""

    letter: str


KeyMeaning = Stroke | Move | FragmentMove | Composed

_NAMES: dict[int, str] = {
    Qt.Key.Key_Escape: "Escape",
    Qt.Key.Key_Return: "Return",
    Qt.Key.Key_Enter: "Return",
    Qt.Key.Key_Tab: "Tab",
    Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
}
_MOTIONS: dict[tuple[int, bool], Motion] = {
    (Qt.Key.Key_Left, False): "left",
    (Qt.Key.Key_Right, False): "right",
    (Qt.Key.Key_Up, False): "up",
    (Qt.Key.Key_Down, False): "down",
    (Qt.Key.Key_Home, False): "line_start",
    (Qt.Key.Key_End, False): "line_end",
    (Qt.Key.Key_PageUp, False): "page_up",
    (Qt.Key.Key_PageDown, False): "page_down",
    (Qt.Key.Key_Home, True): "start",
    (Qt.Key.Key_End, True): "end",
    (Qt.Key.Key_Left, True): "sentence_left",
    (Qt.Key.Key_Right, True): "sentence_right",
}
_SIGNS = frozenset("/_,.:*-+;!?~=>\\")
_DIGITS = "1234567890"
# Where digits need Shift the key itself still says which digit it is: X11 key codes 10 to 19, the virtual keys of Windows and macOS.
_X11_FIRST = 10
_WINDOWS = dict(zip(range(0x30, 0x3A), "0123456789", strict=True))
_MACOS = dict(zip((0x12, 0x13, 0x14, 0x15, 0x17, 0x16, 0x1A, 0x1C, 0x19, 0x1D), _DIGITS, strict=True))
# What the digit keys type without Shift: French and Belgian, Czech, Slovak. A letter counts only on the very key that has it there: VNI
# composes é with the key of 1, è and à with that of 2, so that none of its letters, whatever code it bears, is taken for a digit.
_ROWS = ("&é\"'(-è_çà", "+ěščřžýáíé", "+ľščťžýáíé")


def read_key(event: QKeyEvent) -> KeyMeaning | None:
    """What a pressed key means, or None for one that the canvas leaves to the window (Backspace, function keys, bare modifiers)."""
    key, modifiers = event.key(), event.modifiers()
    shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    ctrl = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
    alt = bool(modifiers & Qt.KeyboardModifier.AltModifier)
    if not alt and ctrl and shift and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        return FragmentMove(1 if key == Qt.Key.Key_Right else -1)
    if not alt and (motion := _MOTIONS.get((key, ctrl))) is not None:
        return Move(motion, shift)
    if (name := _NAMES.get(key)) is not None:
        stroke = Stroke(name, shift, ctrl, alt)
        # With Ctrl or Alt a key that the grammar does not use may be a shortcut of the window, as Ctrl+Return is.
        return stroke if stroke in ACTIONS or not (ctrl or alt) else None
    if ctrl or alt:
        return None
    return _read_character(event, key, shift=shift)


def _read_character(event: QKeyEvent, key: int, *, shift: bool) -> KeyMeaning | None:
    text = event.text()
    digit = None if shift else printed_digit(sys.platform, scan=event.nativeScanCode(), virtual=event.nativeVirtualKey())
    if digit is not None and any(row[_DIGITS.index(digit)] == text for row in _ROWS) and text.isalpha():
        return Stroke(digit)
    # Whatever key and scan code an input method gives to it, any other letter with a mark is never one of the grammar's.
    if text and not text.isascii() and (text[0].isalpha() or unicodedata.combining(text[0])):
        return Composed(text)
    if len(text) == 1 and text in _SIGNS:
        return Stroke(text)
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and (not shift or text.isdigit()):
        return Stroke(chr(key))
    if digit is not None and not text.isalpha():
        return Stroke(digit)
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z and (not text or text.isascii()):
        return Stroke(chr(key).lower(), shift)
    return None


def printed_digit(platform: str, *, scan: int, virtual: int) -> str | None:
    """The digit printed on a key of the digit row, by what a platform calls the key; None for any other key."""
    match platform:
        case "win32":
            return _WINDOWS.get(virtual)
        case "darwin":
            return _MACOS.get(virtual)
        case "linux":
            return _DIGITS[scan - _X11_FIRST] if 0 <= scan - _X11_FIRST <= 9 else None
        case _:
            return None
