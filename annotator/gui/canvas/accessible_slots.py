"""The questions of QAccessibleTextInterface that PySide6 leaves out: selection, attributes, and the text around a place.

Their signatures hand integers back through pointers, so PySide6 removes them: no override in Python is ever asked, and what stands
behind them answers garbage (PySide6 6.11, ``typesystem_gui_common.xml``). They are answered here by an own copy of the object's table
of virtual functions. Its layout is that of the Itanium C++ ABI and of Qt 6, where the order of virtual functions is frozen; it is not
taken on trust: three entries have to be the very functions that Qt exports under those names, or else nothing is replaced.
"""

from __future__ import annotations

import ctypes
import platform
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

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


def answer_the_rest(text: QAccessibleTextInterface, answers: Answers) -> object | None:
    """Let `answers` answer what Python overrides of `text` are not asked. What comes back has to live as long as `text`.

    None where the platform is another one or the table looks otherwise: then nothing was changed.
    """
    libraries = _libraries()
    if libraries is None:
        return None
    gui, write = libraries
    address = Shiboken.getCppPointer(text)[0]
    table = ctypes.cast(_Pointer.from_address(address).value or 0, ctypes.POINTER(_Pointer))
    if any(table[rank] != ctypes.cast(getattr(gui, name), _Pointer).value for rank, name in _EXPORTED.items()):
        return None
    replaced = {
        _SELECTION: _selection(answers),
        _ATTRIBUTES: _attributes(answers, write),
        _BEFORE: _around(answers.before, write),
        _AFTER: _around(answers.after, write),
        _AT: _around(answers.at, write),
    }
    copied = (_Pointer * (_FRONT + _LENGTH))(*(table[rank] for rank in range(-_FRONT, _LENGTH)))
    for rank, function in replaced.items():
        copied[_FRONT + rank] = ctypes.cast(function, _Pointer).value
    _Pointer.from_address(address).value = ctypes.addressof(copied) + _FRONT * ctypes.sizeof(_Pointer)
    return copied, replaced


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


def _selection(answers: Answers) -> _Function:
    def select(_this: int, rank: int, start: _IntOut, end: _IntOut) -> None:
        start[0], end[0] = 0, 0
        held = answers.selections()
        if 0 <= rank < len(held):
            start[0], end[0] = held[rank]

    return _Selection(select)


def _attributes(answers: Answers, write: Write) -> _Function:
    def attributes(room: int, _this: int, offset: int, start: _IntOut, end: _IntOut) -> int:
        _fill(lambda: answers.labels(offset), room, write, start=start, end=end)
        return room

    return _Attributes(attributes)


def _around(ask: Callable[[int, QAccessible.TextBoundaryType], Answer], write: Write) -> _Function:
    def around(room: int, _this: int, offset: int, kind: int, start: _IntOut, end: _IntOut) -> int:
        _fill(lambda: ask(offset, QAccessible.TextBoundaryType(kind)), room, write, start=start, end=end)
        return room

    return _Around(around)


def _fill(ask: Callable[[], Answer], room: int, write: Write, *, start: _IntOut, end: _IntOut) -> None:
    """Put an answer where Qt wants it; whatever goes wrong, the room holds a string, for Qt will destroy one there."""
    said, first, last = "", 0, 0
    try:
        said, first, last = ask()
    finally:
        write(room, said)
        start[0], end[0] = first, last
