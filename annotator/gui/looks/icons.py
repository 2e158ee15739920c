"""The icons of the window: one family of single-stroke drawings under ``resources/icons``, inked with the colours of the theme."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator.resources import resource

from .colours import mix
from .theme import Theme

ICONS: Final = (
    "open-file", "open-folder", "undo", "redo", "previous", "next", "syllables", "words", "differences", "done", "export", "zoom-in",
    "zoom-out", "theme", "search", "flag", "delete", "arcs", "save-ok", "save-wait", "save-failed", "close", "help", "language",
    "filter",
)  # fmt: skip

# Icons that say how something stands bear its colour too, on top of a shape of their own.
_TELLING: Final = {"save-ok": "good", "save-wait": "warning", "save-failed": "error"}
_DISABLED_FADE: Final = 0.55
_INK: Final = b"currentColor"


@cache
def icon(name: str, theme: Theme) -> QIcon:
    """The icon `name` (one of ICONS) in the colours of `theme`: muted, stronger under the pointer, faded where disabled.

    Raises ValueError for a name that has no drawing.
    """
    if name not in ICONS:
        raise ValueError(f"no icon is called {name!r}")
    engine = _Engine(resource("icons", f"{name}.svg").read_bytes(), _inks(name, theme))
    # Qt owns the engine, but only Python keeps its overridden methods alive: as long as the icon, that is for good.
    _ENGINES.append(engine)
    return QIcon(engine)


class _Engine(QIconEngine):
    """Draws an icon when and as large as it is wanted, so that it is sharp on every screen and costs nothing before it is seen."""

    def __init__(self, drawing: bytes, inks: dict[QIcon.Mode, str]) -> None:
        super().__init__()
        self._drawing = drawing
        self._inks = inks
        self._renderers: dict[str, QSvgRenderer] = {}

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ink = self._inks[mode]
        if ink not in self._renderers:
            self._renderers[ink] = QSvgRenderer(QByteArray(self._drawing.replace(_INK, ink.encode())))
        edge = min(rect.width(), rect.height())
        left, top = rect.x() + (rect.width() - edge) / 2, rect.y() + (rect.height() - edge) / 2
        self._renderers[ink].render(painter, QRectF(left, top, edge, edge))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        return pixmap

    def clone(self) -> QIconEngine:
        copy = _Engine(self._drawing, self._inks)
        _ENGINES.append(copy)
        return copy


_ENGINES: Final[list[_Engine]] = []


def _inks(name: str, theme: Theme) -> dict[QIcon.Mode, str]:
    """The colours of an icon as ``#RRGGBB``, by mode."""
    telling = _TELLING.get(name)
    usual = theme.colour(telling or "muted").name()
    strong = usual if telling else theme.text
    faded = mix(usual, theme.window, _DISABLED_FADE)
    return {QIcon.Mode.Normal: usual, QIcon.Mode.Active: strong, QIcon.Mode.Selected: strong, QIcon.Mode.Disabled: faded}
