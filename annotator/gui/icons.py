"""The icons of the window: one family of single-stroke drawings under ``resources/icons``, inked with the colours of the theme."""

from __future__ import annotations

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator.resources import resource

from .colours import mix
from .theme import Theme

ICONS: Final = (
    "open-file", "open-folder", "undo", "redo", "previous", "next", "syllables", "words", "differences", "done", "export", "zoom-in",
    "zoom-out", "theme", "search", "flag", "delete", "arcs", "save-ok", "save-wait", "save-failed", "close", "help", "language",
)  # fmt: skip

# Icons that say how something stands bear its colour too, on top of a shape of their own.
_TELLING: Final = {"save-ok": "good", "save-wait": "warning", "save-failed": "error"}
# Edge in logical pixels and scale of the screen; small edges are drawn too, since a line that was shrunk is a blurred one.
_SIZES: Final = ((16, 1), (20, 1), (24, 1), (24, 2), (24, 3))
_DISABLED_FADE: Final = 0.55
_INK: Final = b"currentColor"


@cache
def icon(name: str, theme: Theme) -> QIcon:
    """The icon `name` (one of ICONS) in the colours of `theme`: muted, stronger under the pointer, faded where disabled.

    Raises ValueError for a name that has no drawing.
    """
    if name not in ICONS:
        raise ValueError(f"no icon is called {name!r}")
    drawing = resource("icons", f"{name}.svg").read_bytes()
    made = QIcon()
    for colour, modes in _inks(name, theme):
        renderer = QSvgRenderer(QByteArray(drawing.replace(_INK, colour.encode())))
        for edge, scale in _SIZES:
            pixmap = _draw(renderer, edge, scale=scale)
            for mode in modes:
                made.addPixmap(pixmap, mode)
    return made


def _inks(name: str, theme: Theme) -> tuple[tuple[str, tuple[QIcon.Mode, ...]], ...]:
    """The colours of an icon as ``#RRGGBB``, each with the modes that it is for."""
    telling = _TELLING.get(name)
    usual = theme.colour(telling or "muted").name()
    return (
        (usual, (QIcon.Mode.Normal,)),
        (usual if telling else theme.text, (QIcon.Mode.Active, QIcon.Mode.Selected)),
        (mix(usual, theme.window, _DISABLED_FADE), (QIcon.Mode.Disabled,)),
    )


def _draw(renderer: QSvgRenderer, edge: int, *, scale: int) -> QPixmap:
    """One picture of `edge` logical pixels for a screen of `scale`."""
    pixmap = QPixmap(edge * scale, edge * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, edge * scale, edge * scale))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
