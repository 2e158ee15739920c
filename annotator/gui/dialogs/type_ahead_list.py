"""The rows of the type-ahead: what was found, as a model, and how a row is drawn."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.core.schema import Schema
from annotator.suggest.matching import Candidate, candidates, match

from ..looks.badges import Mark, badge_width, paint_badge, titled
from ..looks.look import Look

_ROW = 28
_MARKS: dict[str, Mark] = {"entity": "line", "event": "block", "role": "none"}
Index = QModelIndex | QPersistentModelIndex


class FoundList(QAbstractListModel):
    """The candidates that answer what was typed, best first."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._schema: Schema | None = None
        self._all: list[Candidate] = []
        self.found: list[Candidate] = []

    def offer(self, schema: Schema, frame: str) -> None:
        """Begin anew with everything that can be chosen; `frame` is the type of the open frame's event, or empty."""
        self._schema = schema
        self._all = candidates(schema, schema.event(frame))
        self.search("")

    def search(self, query: str) -> None:
        self.beginResetModel()
        self.found = match(query, self._all)
        self.endResetModel()

    def label(self, item: Candidate) -> str:
        """The label of a row in the window's language."""
        if self._schema is None:
            return item.name
        return self._look.role_label(self._schema, item.name) if item.kind == "role" else self._look.type_label(self._schema, item.name)

    def definition(self, item: Candidate) -> str:
        """What the schema says of a row, in the window's language; empty where it says nothing."""
        schema = self._schema
        if schema is None:
            return ""
        found = schema.role(item.name) if item.kind == "role" else schema.entity(item.name) or schema.event(item.name)
        return found.definition.said(self._look.language) if found else ""

    def colour(self, item: Candidate) -> str:
        found = self._schema.entity(item.name) or self._schema.event(item.name) if self._schema and item.kind != "role" else None
        return found.colour if found else ""

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.found)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        item = self.found[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{item.name} · {self.label(item)} · {self._look.say(f'gui.typeahead.{item.kind}')}"
        if role == Qt.ItemDataRole.ToolTipRole:
            definition = self.definition(item)
            return f"<p>{escape(definition)}</p>" if definition else None
        return None


class FoundRow(QStyledItemDelegate):
    """A row: the kind as a mark with the key in it, name, label, and the kind in words."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, max(_ROW, option.fontMetrics.height() + 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, FoundList):
            return
        item, theme = model.found[index.row()], self._look.theme
        rect, state = QRectF(option.rect), option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        ground = theme.selection if chosen else theme.raised
        painter.save()
        painter.fillRect(rect, QColor(ground))
        if chosen:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        metrics = QFontMetrics(painter.font())
        self._paint_key(painter, rect, item=item, ground=ground, colour=model.colour(item))
        kind = self._look.say(f"gui.typeahead.{item.kind}")
        width = metrics.horizontalAdvance(kind)
        painter.setPen(theme.colour("text" if chosen else "muted"))
        painter.drawText(rect.adjusted(0, 0, -12, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, kind)
        label = model.label(item)
        text = titled(item.name, label)
        painter.setPen(theme.colour("text"))
        room = rect.adjusted(56, 0, -24 - width, 0)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def _paint_key(self, painter: QPainter, rect: QRectF, *, item: Candidate, ground: str, colour: str) -> None:
        metrics = QFontMetrics(painter.font())
        width, height = badge_width(metrics, item.key), metrics.height() + 4
        box = QRectF(rect.left() + 12, rect.center().y() - height / 2, width, height)
        paint_badge(painter, box, item.key, theme=self._look.theme, ground=ground, colour=colour, mark=_MARKS[item.kind])
