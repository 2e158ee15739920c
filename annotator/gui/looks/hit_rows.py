"""A list of places in articles, each in its context, under the names of their articles; with tick boxes where something is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QTreeView,
    QWidget,
)

from annotator.core.text import Span

from .colours import mix
from .elided import elide_at_blank, paint_wrapped, wrap
from .look import Look

_TICK, _LEFT, _NUMBER, _NOTE_GAP, _PADDING = 15, 12, 40, 16, 10
_INDENT: Final = _LEFT + _TICK + 9
_Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True)
class HeadRow:
    """The name of an article above its places; `note` says how many there are, or why the article is left out."""

    path: Path | None
    name: str
    note: str
    is_problem: bool = False


@dataclass(slots=True)
class PlaceRow:
    """A place: `line` counts from 1. `ticked` None: nothing can be ticked here. `key` is the owner's; `note` says what is special."""

    path: Path | None
    span: Span
    line: int
    before: str
    surface: str
    behind: str
    ticked: bool | None = None
    note: str = ""
    key: object = None


Row = HeadRow | PlaceRow


class PlaceModel(QAbstractListModel):
    """Rows in order; places stand behind the head that they belong to. `ticks_changed` says that something was ticked or not."""

    ticks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def clear(self) -> None:
        self.beginResetModel()
        self.rows = []
        self.endResetModel()

    def add(self, rows: Sequence[Row]) -> None:
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()

    def places(self) -> Iterator[PlaceRow]:
        return (row for row in self.rows if isinstance(row, PlaceRow))

    def ticked(self) -> list[PlaceRow]:
        return [row for row in self.places() if row.ticked]

    def toggle(self, index: _Index) -> None:
        """Tick a place or not; of an article all its places, or none where all are."""
        row = self.rows[index.row()]
        several = self._below(index.row()) if isinstance(row, HeadRow) else [row]
        free = [held for held in several if held.ticked is not None]
        self.tick(free, not all(held.ticked for held in free))

    def tick(self, places: Iterable[PlaceRow], on: bool) -> None:
        for place in places:
            if place.ticked is not None:
                place.ticked = on
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))
        self.ticks_changed.emit()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(row, HeadRow):
                return f"{row.name} · {row.note}"
            return f"{row.line}: {row.before}{row.surface}{row.behind}" + (f" · {row.note}" if row.note else "")
        if role == Qt.ItemDataRole.CheckStateRole and isinstance(row, PlaceRow) and row.ticked is not None:
            return Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
        return None

    def _below(self, head: int) -> list[PlaceRow]:
        below: list[PlaceRow] = []
        for row in self.rows[head + 1 :]:
            if isinstance(row, HeadRow):
                break
            below.append(row)
        return below


class PlaceRows(QStyledItemDelegate):
    """Draws a row: the place itself stands out and is never cut off before its context is."""

    def __init__(self, look: Look, model: PlaceModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._model = look, model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        font, view, row = self._look.interface_font(), self.parent(), self._model.rows[index.row()]
        height = QFontMetrics(font).height() + _PADDING
        if isinstance(row, HeadRow) and row.is_problem and isinstance(view, PlaceList) and not view.uniformRowHeights():
            height += len(wrap(_warning(row), font, view.viewport().width() - 2 * _LEFT)) * QFontMetrics(font).lineSpacing()
        return QSize(200, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, rect = self._look.theme, QRect(option.rect)
        row = self._model.rows[index.row()]
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("selection"))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        painter.setFont(self._look.interface_font())
        if isinstance(row, HeadRow):
            self._paint_head(painter, rect, row)
        else:
            self._paint_place(painter, rect, row)
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRect, row: HeadRow) -> None:
        theme, font = self._look.theme, self._look.interface_font()
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(bold)
        room = rect.adjusted(_LEFT, 0, -_LEFT, 0)
        below = QRectF(room)
        if row.is_problem and rect.height() > metrics.height() + _PADDING:
            room.setHeight(metrics.height() + _PADDING)
        name = metrics.elidedText(row.name, Qt.TextElideMode.ElideMiddle, max(room.width() * 2 // 3, 60))
        painter.setFont(bold)
        painter.setPen(theme.colour("text"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(font)
        painter.setPen(theme.colour("warning" if row.is_problem else "muted"))
        if room.height() < rect.height():
            below.setTop(room.bottom() + 1 - _PADDING / 2)
            paint_wrapped(painter, below, _warning(row))
            return
        room.setLeft(room.left() + metrics.horizontalAdvance(name) + 12)
        note = _warning(row) if row.is_problem else row.note
        shown = QFontMetrics(font).elidedText(note, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_place(self, painter: QPainter, rect: QRect, row: PlaceRow) -> None:
        theme, font = self._look.theme, self._look.interface_font()
        metrics, left, right = QFontMetrics(font), rect.left() + _LEFT, rect.right() - _LEFT
        if row.key is not None:
            self._paint_tick(painter, rect, row)
            left = rect.left() + _INDENT
        painter.setPen(theme.colour("quiet"))
        painter.drawText(QRect(left, rect.top(), _NUMBER - 8, rect.height()), _RIGHT, str(row.line))
        left += _NUMBER
        if row.note:
            note = metrics.elidedText(row.note, Qt.TextElideMode.ElideRight, max(rect.width() // 3, 80))
            width = metrics.horizontalAdvance(note)
            painter.drawText(QRect(right - width, rect.top(), width + 1, rect.height()), Qt.AlignmentFlag.AlignVCenter, note)
            right -= width + _NOTE_GAP
        self._paint_context(painter, QRect(left, rect.top(), max(right - left, 20), rect.height()), row)

    def _paint_context(self, painter: QPainter, room: QRect, row: PlaceRow) -> None:
        theme, font = self._look.theme, self._look.interface_font()
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        plain, strong = QFontMetrics(font), QFontMetrics(bold)
        surface = strong.elidedText(row.surface, Qt.TextElideMode.ElideRight, room.width())
        middle = strong.horizontalAdvance(surface)
        # What stands in front gets at most two fifths of what is left, so that the places stand near each other.
        before = elide_at_blank(plain, row.before, Qt.TextElideMode.ElideLeft, (room.width() - middle) * 2 // 5)
        x = room.left()
        for text, held, colour in ((before, font, "muted"), (surface, bold, "text"), (row.behind, font, "muted")):
            metrics = strong if held is bold else plain
            shown = elide_at_blank(metrics, text, Qt.TextElideMode.ElideRight, room.right() - x + 1)
            width = metrics.horizontalAdvance(shown)
            if held is bold:
                ground = QRectF(x, room.top() + 3, width, room.height() - 6)
                painter.fillRect(ground, QColor(mix(theme.surface, theme.warning, 0.22)))
            painter.setFont(held)
            painter.setPen(theme.colour(colour))
            painter.drawText(QRect(x, room.top(), width + 2, room.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            x += width

    def _paint_tick(self, painter: QPainter, rect: QRect, row: PlaceRow) -> None:
        theme = self._look.theme
        if row.ticked is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect.left() + _LEFT + 0.5, rect.top() + (rect.height() - _TICK) / 2 + 0.5, _TICK - 1, _TICK - 1)
        painter.setPen(QPen(theme.colour("accent" if row.ticked else "quiet"), 1.2))
        painter.setBrush(theme.colour("accent" if row.ticked else "surface"))
        painter.drawRoundedRect(box, 3, 3)
        if row.ticked:
            painter.setPen(QPen(theme.colour("accent_ink"), 2))
            corner = box.topLeft()
            painter.drawPolyline([corner + QPointF(3, 7), corner + QPointF(6, 10), corner + QPointF(11, 4)])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def _warning(row: HeadRow) -> str:
    return f"⚠ {row.note}"


class PlaceList(QTreeView):
    """Shows a PlaceModel. Space ticks, Enter and a double click choose a row; a row that is cut off is told whole on hover."""

    row_chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places = PlaceModel(self)
        self.setModel(self.places)
        self.setItemDelegate(PlaceRows(look, self.places, self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)

    def show_reasons(self) -> None:
        """Show problems in as many lines as they take. For few rows: each is measured."""
        self.setUniformRowHeights(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.uniformRowHeights():
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid():
            self.places.toggle(index)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.row_chosen.emit(self.places.rows[index.row()])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and event.position().x() < _INDENT:
            self.places.toggle(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and event.position().x() >= _INDENT:
            self.row_chosen.emit(self.places.rows[index.row()])
        else:
            self.mousePressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: it would ask every row in turn."""

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            from html import escape

            index = self.indexAt(event.pos())
            QToolTip.showText(event.globalPos(), escape(str(self.places.data(index))) if index.isValid() else "", self)
            return True
        return super().viewportEvent(event)
