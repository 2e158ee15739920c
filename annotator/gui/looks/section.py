"""A part of a form that opens: closed, its head says in few words what was chosen inside."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from .look import Look

_ARROW, _GAP = 18, 12


class SectionHead(QAbstractButton):
    """The line that opens and closes: an arrow, the title, and what was chosen."""

    def __init__(self, look: Look, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._summary = look, ""
        self.setText(title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    def summary(self) -> str:
        return self._summary

    def set_summary(self, summary: str) -> None:
        self._summary = summary
        self.setAccessibleDescription(summary)
        self.setToolTip(escape(summary))
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(_ARROW + metrics.horizontalAdvance(self.text()) + 4, metrics.height() + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, metrics = self._look.theme, QPainter(self), QFontMetrics(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("hairline"), 1))
        painter.drawLine(QPointF(0, 0.5), QPointF(self.width(), 0.5))
        painter.setPen(QPen(theme.colour("accent" if self.hasFocus() else "muted"), 1.4))
        x, y = 7.0, self.height() / 2
        down = [QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)]
        painter.drawPolyline(down if self.isChecked() else [QPointF(x - 2, y - 4), QPointF(x + 2, y), QPointF(x - 2, y + 4)])
        painter.setPen(theme.colour("text"))
        title = metrics.horizontalAdvance(self.text())
        painter.drawText(QRect(_ARROW, 0, title + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.fillRect(QRectF(_ARROW, (self.height() + metrics.height()) / 2, title, 1.6), theme.colour("accent"))
        left = _ARROW + title + _GAP
        room = self.width() - left
        if not self.isChecked() and self._summary and room > 24:
            painter.setPen(theme.colour("muted"))
            shown = metrics.elidedText(self._summary, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRect(left, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)


class Section(QWidget):
    """A head over a body that is shown while the head is open. `toggled` says that it opened or closed."""

    toggled = Signal(bool)

    def __init__(self, look: Look, name: str, title: str, *, body: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"section-{name}")
        self.head, self.body = SectionHead(look, title, self), body
        self.head.setObjectName(f"section-{name}-head")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.head)
        column.addWidget(body)
        body.hide()
        self.head.toggled.connect(self._show_body)

    def open(self, opened: bool = True) -> None:
        self.head.setChecked(opened)

    def _show_body(self, opened: bool) -> None:
        self.body.setVisible(opened)
        self.toggled.emit(opened)
