"""The font families in which all of Vietnamese can be set, found a few at a time while the window goes on."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtGui import QFontDatabase

from .look import covers_vietnamese

_SLICE_MS = 8


class FamilyFinder(QObject):
    """Tests every installed family by its letters; `found` carries the names of those that have them all, in order."""

    found = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left: Iterator[str] = iter(())
        self._names: list[str] = []
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        self._left = iter(sorted(QFontDatabase.families(), key=str.casefold))
        self._names = []
        self._timer.start(0)

    def _go_on(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        for name in self._left:
            if not QFontDatabase.isPrivateFamily(name) and covers_vietnamese(name):
                self._names.append(name)
            if clock.elapsed() >= _SLICE_MS:
                return
        self._timer.stop()
        self.found.emit(self._names)
