"""Combo boxes and tick boxes as the themes need them: seen on dark and high contrast, never wider than their place."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPointF, QRect, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QWidget

from .look import Look
from .theme import Theme

_ICON, _ARROW, _TICK = 16, 22, 15


def paint_field(painter: QPainter, rect: QRectF, *, theme: Theme, focused: bool, enabled: bool) -> None:
    """Draw the ground of something that can be set: a hairline, or the accent where it has the focus."""
    painter.setPen(QPen(theme.colour("accent" if focused else "hairline"), 1))
    painter.setBrush(theme.colour("surface" if enabled else "window"))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)


def paint_tick(painter: QPainter, box: QRectF, state: Qt.CheckState, *, theme: Theme, focused: bool = False) -> None:
    """Draw a box that is ticked, not ticked, or ticked in part."""
    is_on = state != Qt.CheckState.Unchecked
    painter.setPen(QPen(theme.colour("accent" if focused or is_on else "quiet"), 1.2))
    painter.setBrush(QColor(theme.accent if is_on else theme.surface))
    painter.drawRoundedRect(box, 3, 3)
    painter.setPen(QPen(theme.colour("accent_ink"), 2))
    x, y = box.left(), box.top()
    if state == Qt.CheckState.PartiallyChecked:
        painter.drawLine(QPointF(x + 3.5, y + _TICK / 2), QPointF(x + 11.5, y + _TICK / 2))
    elif is_on:
        painter.drawPolyline([QPointF(x + 3.5, y + 7.5), QPointF(x + 6.5, y + 10.5), QPointF(x + 11.5, y + 4.5)])


class ChoiceBox(QComboBox):
    """A closed choice by name, in the width there is. A click leaves the focus where it was; the wheel scrolls the panel.

    `picked` is said only when a person chose; a name that is not offered is shown in words of its own.
    """

    picked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(16)
        self.activated.connect(self._tell)

    def choose(self, name: str, *, stranger: str) -> None:
        """Show the choice `name`, or `stranger` where it is not one of those offered."""
        with QSignalBlocker(self):
            self.setPlaceholderText(stranger)
            self.setCurrentIndex(self.findData(name))

    def widen_list(self) -> None:
        """Let the open list be as wide as its longest line, however narrow the panel is."""
        widest = max((self.fontMetrics().horizontalAdvance(self.itemText(row)) for row in range(self.count())), default=0)
        self.view().setMinimumWidth(widest + self.iconSize().width() + 40)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), QFontMetrics(self.font()).height() + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, metrics = self._look.theme, QPainter(self), QFontMetrics(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_field(painter, QRectF(self.rect()), theme=theme, focused=self.hasFocus(), enabled=self.isEnabled())
        left = 8
        if self.currentIndex() >= 0 and not (icon := self.itemIcon(self.currentIndex())).isNull():
            icon.paint(painter, QRect(left, (self.height() - _ICON) // 2, _ICON, _ICON))
            left += _ICON + 6
        strange = self.currentIndex() < 0
        painter.setPen(theme.colour("unknown" if strange or not self.isEnabled() else "text"))
        room = QRectF(left, 0, self.width() - left - _ARROW, self.height())
        text = self.placeholderText() if strange else self.currentText()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        told = self.itemData(self.currentIndex(), Qt.ItemDataRole.ToolTipRole) or ""
        self.setToolTip((f"<b>{escape(text)}</b>" if shown != text else "") + str(told))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setPen(QPen(theme.colour("muted"), 1.4))
        x, y = self.width() - _ARROW / 2 - 2, self.height() / 2
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _tell(self, row: int) -> None:
        self.picked.emit(self.itemData(row))


class TickBox(QCheckBox):
    """A tick box whose frame is seen in every theme."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(_TICK + 12 + metrics.horizontalAdvance(self.text()), max(metrics.height(), _TICK) + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(_TICK + 4, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, metrics = self._look.theme, QPainter(self), QFontMetrics(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1.5, (self.height() - _TICK) / 2, _TICK, _TICK)
        paint_tick(painter, box, self.checkState(), theme=theme, focused=self.hasFocus())
        painter.setPen(theme.colour("text" if self.isEnabled() else "disabled"))
        room = QRectF(_TICK + 10, 0, self.width() - _TICK - 10, self.height())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        if self.hasFocus():
            # A ticked box has the accent's colour in any case: a line under the text tells where the keyboard is.
            line = QRectF(room.left(), (self.height() + metrics.height()) / 2, metrics.horizontalAdvance(shown), 1.6)
            painter.fillRect(line, theme.colour("accent"))
