"""The questions of QAccessibleTextInterface that PySide6 leaves out: selection, attributes, and the text around a place.

Their signatures hand integers back through pointers, so PySide6 removes them: no override in Python is ever asked, and what stands
behind them answers garbage (PySide6 6.11, ``typesystem_gui_common.xml``). They are answered here by an own copy of the class's table
of virtual functions, which lives as long as the program: an object looks into its table once more when it is destroyed. Its layout
is that of the Itanium C++ ABI and of Qt 6, where the order of virtual functions is frozen; it is not taken on trust: three entries
have to be the very functions that Qt exports under those names, or else nothing is replaced.
"""

from __future__ import annotations

import ctypes
import platform
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol
from weakref import WeakValueDictionary

from PySide6.QtCore import QLibraryInfo
from PySide6.QtGui import QAccessible, QAccessibleTextInterface
from shiboken6 import Shiboken

Answer = tuple[str, int, int]


class Answers(Protocol):
    """Who answers; all positions are UTF-16. Each gives a text with its start and end, `spans` all selections."""

    def selections(self) -> list[tuple[int, int]]: ...
    def labels(self, u16_offset: int) -> Answer: ...
    def before(self, u16_offset: int, boundary: QAccessible.TextBoundaryType) -> Answer: ...
    def at(self, u16_offset: int, boundary: QAccessible.TextBoundaryType) -> Answer: ...
    def after(self, u16_offset: int, boundary: QAccessible.TextBoundaryType) -> Answer: ...


# Places in the table, counted from the first virtual function; two words (offset to top, type) stand in front of it.
_SELECTION, _BEFORE, _AFTER, _AT, _ATTRIBUTES = 2, 10, 11, 12, 17
_FRONT, _LENGTH = 2, 18
_EXPORTED = {
    _BEFORE: "_ZNK24QAccessibleTextInterface16textBeforeOffsetEiN11QAccessible16TextBoundaryTypeEPiS2_",
    _AFTER: "_ZNK24QAccessibleTextInterface15textAfterOffsetEiN11QAccessible16TextBoundaryTypeEPiS2_",
    _AT: "_ZNK24QAccessibleTextInterface12textAtOffsetEiN11QAccessible16TextBoundaryTypeEPiS2_",
}
_FROM_UTF16 = "_ZN7QString9fromUtf16EPKDsx"

if TYPE_CHECKING:
    _IntOut = ctypes._Pointer[ctypes.c_int]
    from _ctypes import CFuncPtr as _Function

_Pointer, _Int = ctypes.c_void_p, ctypes.c_int
_Out = ctypes.POINTER(_Int)
_Selection = ctypes.CFUNCTYPE(None, _Pointer, _Int, _Out, _Out)
# A QString comes back in room that the caller gives, in front of all other arguments (System V, x86-64).
_Attributes = ctypes.CFUNCTYPE(_Pointer, _Pointer, _Pointer, _Int, _Out, _Out)
_Around = ctypes.CFUNCTYPE(_Pointer, _Pointer, _Pointer, _Int, _Int, _Out, _Out)


# Who answers for the object at an address, as long as that one lives.
_ANSWERS: WeakValueDictionary[int, Answers] = WeakValueDictionary()


def answer_the_rest(text: QAccessibleTextInterface, answers: Answers) -> bool:
    """Let `answers`, which has to live as long as `text`, answer what Python overrides of `text` are not asked.

    False where the platform is another one or the table looks otherwise: then nothing was changed.
    """
    address = Shiboken.getCppPointer(text)[0]
    table = _table_beside(_Pointer.from_address(address).value or 0) if _libraries() is not None else None
    if table is None:
        return False
    _ANSWERS[address] = answers
    _Pointer.from_address(address).value = ctypes.addressof(table) + _FRONT * ctypes.sizeof(_Pointer)
    return True


Write = Callable[[int, str], None]


@cache
def _libraries() -> tuple[ctypes.CDLL, Write] | None:
    """Qt's own library that exports the functions compared with, and how a string is put into a QString's room."""
    if sys.platform != "linux" or platform.machine() != "x86_64" or ctypes.sizeof(_Pointer) != 8:
        return None
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath))
    try:
        core, gui = (ctypes.CDLL(str(folder / f"libQt6{name}.so.6")) for name in ("Core", "Gui"))
        from_utf16 = getattr(core, _FROM_UTF16)
        assert all(hasattr(gui, name) for name in _EXPORTED.values())
    except (OSError, AttributeError, AssertionError):
        return None
    from_utf16.restype, from_utf16.argtypes = _Pointer, (_Pointer, ctypes.c_char_p, ctypes.c_longlong)

    def write(room: int, text: str) -> None:
        encoded = text.encode("utf-16-le", "replace")
        from_utf16(room, encoded, len(encoded) // 2)

    return gui, write


@cache
def _table_beside(address: int) -> ctypes.Array[ctypes.c_void_p] | None:
    """A copy of the table at an address, with what is answered here in it; None where that is not the table it is taken for."""
    libraries = _libraries()
    assert libraries is not None
    gui, write = libraries
    table = ctypes.cast(address, ctypes.POINTER(_Pointer))
    if any(table[rank] != ctypes.cast(getattr(gui, name), _Pointer).value for rank, name in _EXPORTED.items()):
        return None
    replaced = {
        _SELECTION: _selection(),
        _ATTRIBUTES: _attributes(write),
        _BEFORE: _around("before", write),
        _AFTER: _around("after", write),
        _AT: _around("at", write),
    }
    _KEPT.extend(replaced.values())
    copied = (_Pointer * (_FRONT + _LENGTH))(*(table[rank] for rank in range(-_FRONT, _LENGTH)))
    for rank, function in replaced.items():
        copied[_FRONT + rank] = ctypes.cast(function, _Pointer).value
    return copied


# The functions in the tables: nothing else holds them.
_KEPT: list[_Function] = []


def _selection() -> _Function:
    def select(this: int, rank: int, start: _IntOut, end: _IntOut) -> None:
        start[0], end[0] = 0, 0
        answers = _ANSWERS.get(this)
        held = answers.selections() if answers is not None else []
        if 0 <= rank < len(held):
            start[0], end[0] = held[rank]

    return _Selection(select)


def _attributes(write: Write) -> _Function:
    def attributes(room: int, this: int, offset: int, start: _IntOut, end: _IntOut) -> int:
        _fill(this, lambda answers: answers.labels(offset), room, write=write, start=start, end=end)
        return room

    return _Attributes(attributes)


def _around(name: Literal["before", "at", "after"], write: Write) -> _Function:
    def around(room: int, this: int, offset: int, kind: int, start: _IntOut, end: _IntOut) -> int:
        def ask(answers: Answers) -> Answer:
            asked: Callable[[int, QAccessible.TextBoundaryType], Answer] = getattr(answers, name)
            return asked(offset, QAccessible.TextBoundaryType(kind))

        _fill(this, ask, room, write=write, start=start, end=end)
        return room

    return _Around(around)


def _fill(this: int, ask: Callable[[Answers], Answer], room: int, *, write: Write, start: _IntOut, end: _IntOut) -> None:
    """Put an answer where Qt wants it; whatever goes wrong, the room holds a string, for Qt will destroy one there."""
    said, first, last = "", 0, 0
    try:
        answers = _ANSWERS.get(this)
        if answers is not None:
            said, first, last = ask(answers)
    finally:
        write(room, said)
        start[0], end[0] = first, last
