"""Cyclic garbage is collected on the window's thread only.

Python collects in whatever thread happens to allocate. A widget that is part of a cycle would then be destroyed in the writer's or the
scanner's thread, and Qt objects may be destroyed in their own thread only: the process dies some time later, far from the cause.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1_500


class Collector(QObject):
    """Turns automatic collection off and does it by a timer instead: young objects often, all of them when an article was opened.

    What was there before the window (modules, catalogues) is frozen, so that no collection looks at it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect_young)
        self._timer.start()

    def collect_young(self) -> None:
        gc.collect(1)

    def collect_all(self) -> None:
        """Collect everything that came since."""
        gc.collect()
