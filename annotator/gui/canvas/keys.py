"""What a key event means to the canvas: a stroke of the grammar, a move of the caret, or a letter that an input method composed."""

from __future__ import annotations

import sys
import unicodedata
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ..grammar import ACTIONS, Stroke

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
_SIGNS = frozenset("/_,*-+;!?~=>\\")
# Where digits need Shift (French, Czech …) the key itself still says which digit it is: X11 key codes 10–19, Windows virtual keys.
_X11_FIRST, _WINDOWS_FIRST = 10, 0x31


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
    # Whatever key and scan code an input method gives to it, a letter with a mark is never one of the grammar's.
    if text and not text.isascii() and (text[0].isalpha() or unicodedata.combining(text[0])):
        return Composed(text)
    if len(text) == 1 and text in _SIGNS:
        return Stroke(text)
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and (not shift or text.isdigit()):
        return Stroke(chr(key))
    if (digit := _scanned_digit(event, shift=shift)) is not None:
        return Stroke(digit)
    if Qt.Key.Key_A <= key <= Qt.Key.Key_Z and (not text or text.isascii()):
        return Stroke(chr(key).lower(), shift)
    return None


def _scanned_digit(event: QKeyEvent, *, shift: bool) -> str | None:
    """The digit printed on the pressed key, on layouts where it is not what the key types without Shift."""
    if shift or event.text().isalpha():
        return None
    if sys.platform == "win32":
        rank = event.nativeVirtualKey() - _WINDOWS_FIRST
    elif sys.platform == "linux":
        rank = event.nativeScanCode() - _X11_FIRST
    else:
        return None
    return "1234567890"[rank] if 0 <= rank <= 9 else None
