"""Flat buttons for annotations: the text on a tint of the type's colour, with the line of an entity or the block of an event."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ..looks.badges import Mark
from ..looks.colours import mix, readable
from ..looks.elided import paint_wrapped, wrap
from ..looks.look import Look

_PADDING, _BLOCK, _LINES = 6, 4, 2


class Chip(QAbstractButton):
    """One annotation that a click goes to. It takes the width there is, in two lines at most; the tooltip says all of it."""

    def __init__(self, look: Look, text: str, *, colour: str, mark: Mark, tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._colour, self._mark = look, colour, mark
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(escape(tip or text))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 2 * _PADDING + _BLOCK
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(32, QFontMetrics(self.font()).height() + 6)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = len(wrap(self.text(), self.font(), self._room(QRectF(0, 0, width, 0)).width(), limit=_LINES))
        return QFontMetrics(self.font()).lineSpacing() * max(rows, 1) + 6

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
            painter.fillRect(QRectF(left, box.top(), _BLOCK, box.height()), QColor(colour))
        elif self._mark == "line" and not dashed:
            painter.fillRect(QRectF(left, box.bottom() - 2, box.width(), 2), QColor(colour))
        painter.setPen(QColor(readable(theme.text, ground)))
        paint_wrapped(painter, self._room(box), self.text(), lines=_LINES)

    def _room(self, box: QRectF) -> QRectF:
        return box.adjusted(_PADDING + (_BLOCK if self._mark == "block" else 0), 2, -_PADDING, 0)
