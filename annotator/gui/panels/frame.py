"""The event frame: a row for each role with its key and what fills it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from annotator.core.model import Event

from ..looks.badges import badge_width, paint_badge
from ..looks.elided import ElidedLabel
from ..looks.look import Look
from ..work.session import Session
from .chips import Chip
from .frame_rows import FrameRow, frame_rows

_BADGE, _GAP, _CROSS = 24, 4, 18
# What the labels may take of the width, and what they get at least: the longest of the schemas that ship.
_WIDEST_SHARE, _LABELS_LEAST = 0.48, 140


class RoleButton(QAbstractButton):
    """A role's key and label; a click arms the role. One that is armed has a frame round it and says so beside it."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._row: FrameRow | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_row(self, row: FrameRow) -> None:
        self._row = row
        self.setText(row.label)
        self.setObjectName(f"role-{row.role}")
        self.setAccessibleName(f"{row.label} ({row.key})" if row.key else row.label)
        self.setToolTip("<br>".join([f"<b>{escape(row.tip[0])}</b>", *map(escape, row.tip[1:])]) if row.tip else "")
        self.setCursor(Qt.CursorShape.PointingHandCursor if row.known else Qt.CursorShape.ArrowCursor)
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(_BADGE + _GAP + metrics.horizontalAdvance(self.text()) + 8, metrics.height() + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        row = self._row
        if row is None:
            return
        theme, painter, metrics = self._look.theme, QPainter(self), QFontMetrics(self.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if row.armed or self.hasFocus() or (self.underMouse() and row.known):
            painter.setPen(QPen(theme.colour("accent" if row.armed or self.hasFocus() else "hairline"), 1))
            painter.setBrush(QColor(theme.selection if row.armed else theme.raised))
            painter.drawRoundedRect(box, 4, 4)
        if row.key:
            height = metrics.height() + 2
            badge = QRectF(3, (self.height() - height) / 2, badge_width(metrics, row.key), height)
            paint_badge(painter, badge, row.key, theme=theme, ground=theme.window)
        painter.setPen(theme.colour("text" if row.known else "unknown"))
        room = QRectF(_BADGE + _GAP, 0, self.width() - _BADGE - _GAP - 2, self.height())
        shown = metrics.elidedText(row.label, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


class _Row(QWidget):
    """One role: its button, and its fillers below each other."""

    def __init__(self, table: FrameTable, look: Look) -> None:
        super().__init__(table)
        self._table, self._look = table, look
        self.row: FrameRow | None = None
        self.button = RoleButton(look, self)
        self.button.clicked.connect(self._ask_role)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(_GAP)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self._place = QVBoxLayout()
        self._place.setContentsMargins(0, 1, 0, 1)
        self._place.setSpacing(2)
        line.addLayout(self._place, 1)

    def show_row(self, row: FrameRow, *, writable: bool) -> None:
        if self.row == row:
            return
        self.row = row
        self.button.show_row(row)
        while (held := self._place.takeAt(0)) is not None:
            if (widget := held.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for filler in row.fillers:
            self._place.addWidget(self._filler(row, filler.target, writable=writable))
        if row.armed or not row.fillers:
            self._place.addWidget(self._remark(row), 0, Qt.AlignmentFlag.AlignVCenter)

    def _filler(self, row: FrameRow, target: str, *, writable: bool) -> QWidget:
        filler = next(item for item in row.fillers if item.target == target)
        tip = self._look.say("gui.frame.filler_tip", type=filler.type, text=filler.text) if filler.type else filler.text
        chip = Chip(self._look, filler.text, colour=filler.colour if row.known else "", mark=filler.mark, tip=tip)
        chip.setObjectName(f"filler-{row.role}-{target}")
        chip.clicked.connect(lambda: self._table.jump_requested.emit(target))
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(chip, 1)
        if writable:
            line.addWidget(self._cross(row, target, filler.text), 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def _cross(self, row: FrameRow, target: str, text: str) -> QToolButton:
        cross = QToolButton()
        says = self._look.say("gui.frame.remove", text=text, role=row.label)
        cross.setText("×")
        cross.setObjectName(f"remove-{row.role}-{target}")
        cross.setToolTip(escape(says))
        cross.setAccessibleName(says)
        cross.setAutoRaise(True)
        cross.setFixedSize(_CROSS, _CROSS)
        cross.setStyleSheet("padding: 0")
        cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        cross.clicked.connect(lambda: self._table.ask_removal(row.role, target))
        return cross

    def _remark(self, row: FrameRow) -> ElidedLabel:
        """What stands where no filler is: that one is awaited, that one is usual, or nothing."""
        key, colour = ("armed", "accent") if row.armed else ("missing", "quiet") if row.missing else ("", "quiet")
        label = ElidedLabel(self._look, colour=colour, lines=2)
        font = label.font()
        font.setItalic(not row.armed)
        label.setFont(font)
        label.setObjectName(f"remark-{row.role}")
        tip = self._look.say("gui.frame.missing_tip") if key == "missing" else ""
        label.set_text(self._look.say(f"gui.frame.{key}") if key else "", tip=tip)
        return label

    def _ask_role(self) -> None:
        if self.row is not None and self.row.known:
            self._table.role_requested.emit(self.row.role)


class FrameTable(QWidget):
    """The roles of one event. Rows that an edit left as they were are not touched."""

    jump_requested = Signal(str)
    role_requested = Signal(str)
    argument_removed = Signal(str, str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("frame-table")
        self._look = look
        self._event_id = ""
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_event(self, session: Session, event: Event) -> None:
        """Show the roles of `event`; the armed one is marked where its frame is the open one."""
        armed = session.armed if session.frame == event.id else None
        rows = frame_rows(session.document, session.schema, event, look=self._look, armed=armed)
        writable = session.read_only is None
        if event.id != self._event_id or [row.role for row in rows] != [held.row.role for held in self._rows if held.row]:
            self._rebuild(len(rows))
        self._event_id = event.id
        for held, row in zip(self._rows, rows, strict=True):
            held.show_row(row, writable=writable)
        self._align()

    def clear(self) -> None:
        self._rebuild(0)
        self._event_id = ""

    def row(self, role: str) -> FrameRow | None:
        """What is shown of a role."""
        return next((held.row for held in self._rows if held.row and held.row.role == role), None)

    def ask_removal(self, role: str, target: str) -> None:
        self.argument_removed.emit(self._event_id, role, target)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._align()

    def _rebuild(self, count: int) -> None:
        for held in self._rows:
            self._column.removeWidget(held)
            held.hide()
            held.deleteLater()
        self._rows = [_Row(self, self._look) for _ in range(count)]
        for held in self._rows:
            self._column.addWidget(held)

    def _align(self) -> None:
        """One column for all labels, as wide as the longest but no more than its share."""
        wanted = max((held.button.sizeHint().width() for held in self._rows), default=0)
        width = min(wanted, max(round(self.width() * _WIDEST_SHARE), _LABELS_LEAST))
        for held in self._rows:
            held.button.setFixedWidth(width)
