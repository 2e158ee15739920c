"""Telex and VNI as UniKey does them: a hook in front of the window that turns keys into Backspace and a composed letter.

It keeps the letters of the word being typed, as UniKey does, and rewrites them as soon as a key has a meaning for them. The rules are
those of the two methods as their users know them; words that are no Vietnamese are rewritten as well, which only makes the hook stricter.
"""

from __future__ import annotations

import unicodedata
from typing import Final, Literal

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

Method = Literal["none", "telex", "vni"]

_VOWELS: Final = frozenset("aeiouy")
_TONES: Final[dict[str, dict[str, str]]] = {
    "telex": {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"},
    "vni": {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"},
}
# The key → which letters it changes, and into what.
_SHAPES: Final[dict[str, dict[str, dict[str, str]]]] = {
    "telex": {"a": {"a": "â"}, "e": {"e": "ê"}, "o": {"o": "ô"}, "d": {"d": "đ"}, "w": {"a": "ă", "o": "ơ", "u": "ư"}},
    "vni": {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": {"o": "ơ", "u": "ư"}, "8": {"a": "ă"}, "9": {"d": "đ"}},
}
_ALONE: Final = {"telex": {"w": "ư", "[": "ơ", "]": "ư"}, "vni": {}}


class Hook(QObject):
    """Installed on the application, it sees every key before the window does. `rewritten` counts what it composed."""

    def __init__(self, method: Literal["telex", "vni"]) -> None:
        super().__init__()
        self._method = method
        self._typed = ""
        self._sending = False
        self.rewritten = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._sending or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not watched.isWidgetType():
            if event.type() == QEvent.Type.MouseButtonPress:
                self._typed = ""
            return False
        text = event.text()
        if len(text) != 1 or not text.isprintable() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._typed = ""
            return False
        composed = compose(self._typed, text.lower(), method=self._method)
        if composed is None:
            self._typed = self._typed + text.lower() if text.isalnum() else ""
            return False
        self._send(watched, composed)
        return True

    def _send(self, watched: QObject, composed: str) -> None:
        """Backspace for what is taken back, then the letters that stand there instead."""
        kept = 0
        while kept < min(len(self._typed), len(composed)) and self._typed[kept] == composed[kept]:
            kept += 1
        self._sending = True
        for _ in self._typed[kept:]:
            QApplication.sendEvent(watched, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, "\b"))
        for letter in composed[kept:]:
            QApplication.sendEvent(watched, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter))
        self._sending = False
        self._typed = composed
        self.rewritten += 1


def compose(typed: str, key: str, *, method: Literal["telex", "vni"]) -> str | None:
    """What stands there once `key` follows `typed`, where the method changes anything; None where the key is a letter like any other."""
    shapes, tones = _SHAPES[method].get(key, {}), _TONES[method]
    for place in range(len(typed) - 1, -1, -1):
        if typed[place] in shapes:
            return typed[:place] + shapes[typed[place]] + typed[place + 1 :]
    vowels = [place for place, letter in enumerate(typed) if unicodedata.normalize("NFD", letter)[:1] in _VOWELS]
    if key in tones and vowels:
        place = vowels[-1]
        return typed[:place] + unicodedata.normalize("NFC", typed[place] + tones[key]) + typed[place + 1 :]
    alone = _ALONE[method].get(key)
    return typed + alone if alone else None
