"""Flat buttons for annotations: the text on a tint of the type's colour, with the line of an entity or the block of an event."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ..badges import Mark
from ..colours import mix, readable
from ..look import Look

_PADDING = 6


class Chip(QAbstractButton):
    """One annotation that a click goes to. It takes the width there is and elides its text; the tooltip says all of it."""

    def __init__(self, look: Look, text: str, *, colour: str, mark: Mark, tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._colour, self._mark = look, colour, mark
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(escape(tip or text))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 2 * _PADDING + 4, metrics.height() + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(32, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = readable(self._colour or theme.unknown, theme.window)
        ground = mix(theme.window, colour, theme.tint * (1.8 if self.underMouse() else 1.0))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        dashed = not self._colour
        painter.setPen(QPen(QColor(colour), 1, Qt.PenStyle.DashLine) if dashed else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 3, 3)
        left = box.left()
        if self._mark == "block":
            painter.fillRect(QRectF(left, box.top(), 4, box.height()), QColor(colour))
        elif self._mark == "line" and not dashed:
            painter.fillRect(QRectF(left, box.bottom() - 2, box.width(), 2), QColor(colour))
        metrics = QFontMetrics(self.font())
        room = box.adjusted(_PADDING + (2 if self._mark == "block" else 0), 0, -_PADDING, -1)
        painter.setPen(QColor(readable(theme.text, ground)))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width())))
