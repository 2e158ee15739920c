"""Small marks that stand for types and keys, the same in every panel and dialog: a line under an entity's key, a block for an event's."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from .colours import mix, readable
from .look import Look
from .theme import Theme

Mark = Literal["none", "line", "block"]
_ICON = 14


def paint_badge(painter: QPainter, rect: QRectF, text: str, *, theme: Theme, ground: str, colour: str = "", mark: Mark = "none") -> None:
    """Draw `text` in a small box; `ground` is the colour that it lies on, ``#RRGGBB``."""
    ink = readable(colour, ground) if colour else theme.muted
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if mark != "none" else QPen(theme.colour("hairline"), 1))
    painter.setBrush(QColor(ink if mark == "block" else mix(ground, ink, 0.12)))
    painter.drawRoundedRect(rect, 3, 3)
    if mark == "line":
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 2, rect.width(), 2), QColor(ink))
    painter.setPen(QColor(ground if mark == "block" else theme.text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def badge_width(metrics: QFontMetrics, text: str) -> int:
    """The width of a badge with `text`, in pixels."""
    return max(metrics.height() + 2, metrics.horizontalAdvance(text) + 10)


def titled(name: str, label: str) -> str:
    """Label and name in one line, the label alone where the name says no more."""
    return label if label.casefold() == name.replace("-", " ").casefold() or label == name else f"{label} · {name}"


def type_icon(colour: str, mark: Mark, *, theme: Theme, ratio: float) -> QIcon:
    """A square that shows a type's colour and kind, for lists and combo boxes; `ratio` is the screen's pixel ratio."""
    pixmap = QPixmap(round(_ICON * ratio), round(_ICON * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_badge(painter, QRectF(1, 1, _ICON - 2, _ICON - 2), "", theme=theme, ground=theme.surface, colour=colour, mark=mark)
    painter.end()
    return QIcon(pixmap)


class Badge(QWidget):
    """A key in a box, as a widget of its own."""

    def __init__(self, text: str, look: Look, *, colour: str = "", mark: Mark = "none", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = text
        self._look, self._colour, self._mark = look, colour, mark
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(badge_width(metrics, self.text), metrics.height() + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._look.theme
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        paint_badge(painter, rect, self.text, theme=theme, ground=theme.window, colour=self._colour, mark=self._mark)
