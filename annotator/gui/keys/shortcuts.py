"""The keys of the window's actions: the usual ones, those that a person chose instead, and which keys no action may have.

Keys are written in Qt's portable spelling (``Ctrl+Shift+C``), in which Ctrl is the command key on macOS.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Final, Literal

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from ..looks.look import Look
from .actions import ACTIONS

Keys = Mapping[str, tuple[str, ...]]
Why = Literal["unreadable", "plain", "backspace", "menu", "graphic", "text"]

CHANGEABLE: Final = tuple(spec.name for spec in ACTIONS if not spec.in_canvas)
# F11 belongs to the system there.
_ON_MACOS: Final[Keys] = {"full_screen": ("Ctrl+Meta+F", "F11")}
# As the keys are marked, where Qt's own names are another way of saying it.
_PRINTED: Final = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "PgDown": "PgDn", "Return": "Enter", "Del": "Delete"}
_PORTABLE, _NATIVE = QKeySequence.SequenceFormat.PortableText, QKeySequence.SequenceFormat.NativeText
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_STRONG = _CTRL | _ALT | Qt.KeyboardModifier.MetaModifier


def usual_keys() -> dict[str, tuple[str, ...]]:
    """The keys of every action as the program comes."""
    others = _ON_MACOS if sys.platform == "darwin" else {}
    return {spec.name: others.get(spec.name, spec.keys) for spec in ACTIONS}


def live_keys(chosen: Keys, *, is_read: Callable[[QKeyCombination], bool]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The keys in effect, and the names of actions of which the chosen keys cannot be used: these keep the usual ones.

    `is_read` says whether the text itself reads a key. A usual key yields to the same key chosen for another action. Names that are
    no action's are left alone: they may be a later version's.
    """
    live, odd, taken = usual_keys(), [], set[str]()
    sound = {}
    for name in CHANGEABLE:
        if name not in chosen:
            continue
        keys = tuple(map(spelled, chosen[name]))
        if any(why_not(key, is_read=is_read) or key in taken for key in keys):
            odd.append(name)
        else:
            sound[name] = keys
            taken.update(keys)
    for name in CHANGEABLE:
        live[name] = sound[name] if name in sound else tuple(key for key in live[name] if spelled(key) not in taken)
    odd += [name for name in chosen if name in live and name not in CHANGEABLE]
    return live, odd


def changes(live: Keys) -> dict[str, tuple[str, ...]]:
    """What differs from the usual keys."""
    usual = usual_keys()
    return {name: tuple(live[name]) for name in CHANGEABLE if tuple(map(spelled, live[name])) != tuple(map(spelled, usual[name]))}


def holder(key: str, live: Keys) -> str | None:
    """The action that has a key."""
    wanted = spelled(key)
    return next((name for name, keys in live.items() if wanted in map(spelled, keys)), None)


def with_keys(live: Keys, name: str, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """`live` with other keys for an action; whoever had one of them has it no longer."""
    wanted = tuple(dict.fromkeys(map(spelled, keys)))
    left = {other: tuple(key for key in held if other == name or spelled(key) not in wanted) for other, held in live.items()}
    return {**left, name: wanted}


def why_not(key: str, *, is_read: Callable[[QKeyCombination], bool]) -> Why | None:
    """Why no action may have a key; None where one may.

    Letters, digits and signs alone belong to the text and to Vietnamese input methods, Backspace to these as well; Alt with a letter
    opens a menu; Ctrl with Alt types signs on many keyboards and is taken by window managers; the rest is what the text reads.
    """
    pressed = combination(key)
    if pressed is None:
        return "unreadable"
    held, code = pressed.keyboardModifiers(), pressed.key()
    if code == Qt.Key.Key_Backspace:
        return "backspace"
    if is_read(pressed):
        return "text"
    if not held & _STRONG and not Qt.Key.Key_F1 <= code <= Qt.Key.Key_F35:
        return "plain"
    if sys.platform != "darwin" and held & _CTRL and held & _ALT:
        return "graphic"
    return "menu" if held & _ALT and not held & _CTRL and code < Qt.Key.Key_Escape else None


def combination(key: str) -> QKeyCombination | None:
    """The one key press that a spelling stands for; None where it stands for none, or for several."""
    sequence = QKeySequence(key, _PORTABLE)
    if sequence.count() != 1:
        return None
    first: QKeyCombination = sequence[0]  # type: ignore[index]
    return None if first.key() in (0, Qt.Key.Key_unknown) else first


def spelled(key: str) -> str:
    """A key in its one portable spelling."""
    return QKeySequence(key, _PORTABLE).toString(_PORTABLE)


def shown(key: str, look: Look) -> str:
    """A key as this system and the window's language write it, arrows as signs."""
    text = QKeySequence(key, _PORTABLE).toString(_NATIVE)
    if len(text) == 1:
        return text.lower()
    head, plus, name = text.rpartition("+")
    if name == "Space":
        name = look.say("gui.keys.gesture.space")
    return f"{head}{plus}{_PRINTED.get(name, name)}" if name else text
