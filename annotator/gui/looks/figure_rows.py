"""A list of figures: tables under their titles, each row a name, a number, its share, further numbers and a bar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
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

from annotator.tasks.figure_tables import Line, Table, grouped, share

from .colours import mix, readable
from .elided import paint_wrapped, wrap
from .look import Look

_LEFT, _GAP, _PADDING, _SWATCH, _BAR_HEIGHT = 12, 12, 8, 9, 8
_NAME_LEAST, _BAR_LEAST, _BAR_MOST, _CELL_LEAST = 110, 72, 260, 40
# What a mark that is no letter needs against what lies behind it.
_SEEN: Final = 3.0
_Index = QModelIndex | QPersistentModelIndex
_RIGHT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
# Colours of types by layer and name.
Colours = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row of `table`: one of its lines, or (None) its title."""

    table: Table
    line: Line | None


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the parts of a row stand, in pixels from its left: the right edges of number, share (0: no room) and cells, and the bar's two
    edges.
    """

    name: int
    number: int
    share: int
    cells: tuple[int, ...]
    bar: tuple[int, int]


class FigureModel(QAbstractListModel):
    """The tables of a section, row by row."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.rows: list[FigureRow] = []
        self.colours: Colours = {}

    def show_tables(self, tables: Sequence[Table], colours: Colours) -> None:
        self.beginResetModel()
        self.rows = [FigureRow(table, line) for table in tables for line in (None, *table.lines)]
        self.colours = colours
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.said(self.rows[index.row()])
        return None

    def said(self, row: FigureRow) -> str:
        """A row as it is read aloud."""
        table, line, language = row.table, row.line, self._look.language
        if line is None:
            total = grouped(table.total, language) if table.total is not None else ""
            return " · ".join(filter(None, [table.title, table.beside, total, table.note]))
        named = f"{line.name} ({line.beside})" if line.beside else line.name
        shared = [share(line.number, line.whole, language)] if line.whole else []
        cells = [f"{column}: {grouped(number, language)}" for column, number in zip(table.columns, line.cells, strict=True)]
        return f"{named}: {', '.join([grouped(line.number, language), *shared, *cells])}"


class FigureRows(QStyledItemDelegate):
    """Draws a row. Numbers are text; the bar beside them says nothing that they do not."""

    def __init__(self, look: Look, model: FigureModel, parent: QTreeView) -> None:
        super().__init__(parent)
        self._look, self._model, self._view = look, model, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        row, metrics = self._model.rows[index.row()], QFontMetrics(self._look.interface_font())
        height = metrics.height() + _PADDING
        if row.line is None:
            height += 12 if index.row() else 4
            if row.table.note:
                height += len(self._note_lines(row.table)) * metrics.lineSpacing() + 2
        return QSize(200, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, rect = self._look.theme, QRect(option.rect)
        row, state = self._model.rows[index.row()], option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("selection"))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
        painter.setFont(self._look.interface_font())
        if row.line is None:
            self._paint_title(painter, rect.adjusted(0, 12 if index.row() else 4, 0, 0), row.table)
        else:
            painter.fillRect(QRect(rect.left() + _LEFT, rect.bottom(), rect.width() - 2 * _LEFT, 1), theme.colour("hairline"))
            self._paint_line(painter, rect, row.table, row.line)
        painter.restore()

    def _note_lines(self, table: Table) -> list[tuple[int, int]]:
        return wrap(table.note, self._look.interface_font(), max(self._view.viewport().width() - 2 * _LEFT, 80))

    def _paint_title(self, painter: QPainter, rect: QRect, table: Table) -> None:
        theme, font, language = self._look.theme, self._look.interface_font(), self._look.language
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        metrics = QFontMetrics(bold)
        top = QRect(rect.left() + _LEFT, rect.top(), rect.width() - 2 * _LEFT, metrics.height() + _PADDING)
        columns = self._columns(table, rect.width())
        right = rect.left() + (columns.number if table.columns else rect.width() - _LEFT)
        room = max(right - top.left(), 60)
        title = metrics.elidedText(table.title, Qt.TextElideMode.ElideRight, room)
        painter.setFont(bold)
        painter.setPen(theme.colour("text"))
        painter.drawText(top, _MIDDLE, title)
        painter.setFont(font)
        painter.setPen(theme.colour("muted"))
        plain = QFontMetrics(font)
        beside = " · ".join(filter(None, [table.beside, grouped(table.total, language) if table.total is not None else ""]))
        used = metrics.horizontalAdvance(title) + _GAP
        said = plain.elidedText(beside, Qt.TextElideMode.ElideRight, max(room - used, 0))
        painter.drawText(top.adjusted(used, 0, 0, 0), _MIDDLE, said)
        for name, edge in zip(table.columns, columns.cells, strict=False):
            width = self._cell_width(table)
            shown = plain.elidedText(name, Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRect(rect.left() + edge - width, top.top(), width, top.height()), _RIGHT, shown)
        if table.note:
            painter.setPen(theme.colour("muted"))
            below = QRectF(top.left(), top.bottom() + 1 - _PADDING / 2, top.width(), rect.bottom() - top.bottom())
            paint_wrapped(painter, below, table.note)

    def _paint_line(self, painter: QPainter, rect: QRect, table: Table, line: Line) -> None:
        theme, language = self._look.theme, self._look.language
        columns, metrics = self._columns(table, rect.width()), QFontMetrics(self._look.interface_font())
        left = rect.left() + _LEFT
        swatch = self._model.colours.get((line.layer, line.type))
        if swatch:
            middle = rect.top() + (rect.height() - _SWATCH) // 2
            painter.fillRect(QRect(left, middle, _SWATCH, _SWATCH), QColor(readable(swatch, theme.window, ratio=_SEEN)))
        left += _SWATCH + 7 if self._has_swatch(table) else 0
        room = rect.left() + columns.name - left
        # The name first; a long one leaves a third to what stands beside it.
        first = min(metrics.horizontalAdvance(line.name), room * 2 // 3)
        beside = metrics.elidedText(line.beside, Qt.TextElideMode.ElideRight, max(room - first - 8, 0)) if line.beside else ""
        taken = metrics.horizontalAdvance(beside) + 8 if beside else 0
        name = metrics.elidedText(line.name, Qt.TextElideMode.ElideRight, max(room - taken, 20))
        colour = "warning" if line.grave and line.number else "text"
        painter.setPen(theme.colour(colour))
        painter.drawText(QRect(left, rect.top(), room, rect.height()), _MIDDLE, name)
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRect(left + metrics.horizontalAdvance(name) + 8, rect.top(), room, rect.height()), _MIDDLE, beside)
        self._paint_number(painter, rect, columns.number, grouped(line.number, language), colour=colour)
        if line.whole and columns.share:
            self._paint_number(painter, rect, columns.share, share(line.number, line.whole, language), colour="muted")
        for edge, number in zip(columns.cells, line.cells, strict=False):
            self._paint_number(painter, rect, edge, grouped(number, language), colour="text" if number or not line.number else "warning")
        if line.longest and columns.bar[1] - columns.bar[0] >= _BAR_LEAST:
            # A rail is the whole: it stands only behind a bar that is a share of it, not behind one measured by the commonest row.
            self._paint_bar(painter, rect, columns.bar, line.number / line.longest, railed=line.longest == line.whole)

    def _paint_number(self, painter: QPainter, rect: QRect, edge: int, text: str, *, colour: str) -> None:
        painter.setPen(self._look.theme.colour(colour))
        painter.drawText(QRect(rect.left(), rect.top(), edge, rect.height()), _RIGHT, text)

    def _paint_bar(self, painter: QPainter, rect: QRect, edges: tuple[int, int], length: float, *, railed: bool) -> None:
        theme = self._look.theme
        top = rect.top() + (rect.height() - _BAR_HEIGHT) / 2
        rail = QRectF(rect.left() + edges[0], top, edges[1] - edges[0], _BAR_HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if railed:
            painter.setBrush(QColor(mix(theme.window, theme.hairline, 0.7)))
            painter.drawRoundedRect(rail, 2, 2)
        if length > 0:
            # The fewest are seen as well.
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(rail.left(), top, max(rail.width() * min(length, 1.0), 2.0), _BAR_HEIGHT), 2, 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _columns(self, table: Table, width: int) -> _Columns:
        """What a row has room for: the cells before the share, the share before the bar. What finds none stands in the tooltip."""
        metrics = QFontMetrics(self._look.interface_font())
        number = metrics.horizontalAdvance("1.000.000") + _GAP
        # The numbers of all tables stand below each other, whether or not there are shares and bars.
        shared = metrics.horizontalAdvance("100,0 %") + _GAP
        cell = self._cell_width(table) + _GAP
        room = width - 2 * _LEFT - number - shared - _NAME_LEAST
        if room < len(table.columns) * cell:
            room, shared = room + shared, 0
        shown = min(len(table.columns), max(room // cell, 0)) if table.columns else 0
        room -= shown * cell
        bar = min(max(room * 2 // 5, 0), _BAR_MOST)
        bar = bar if bar >= _BAR_LEAST else 0
        name = width - _LEFT - (bar + _GAP if bar else 0) - shown * cell - shared - number
        edges = tuple(name + number + shared + (rank + 1) * cell for rank in range(shown))
        return _Columns(name, name + number, name + number + shared if shared else 0, edges, (width - _LEFT - bar, width - _LEFT))

    def _cell_width(self, table: Table) -> int:
        metrics = QFontMetrics(self._look.interface_font())
        texts = [grouped(number, self._look.language) for line in table.lines for number in line.cells]
        widest = max((metrics.horizontalAdvance(text) for text in (*table.columns, *_longest(texts))), default=0)
        return max(min(widest, 96), _CELL_LEAST)

    def _has_swatch(self, table: Table) -> bool:
        return any((line.layer, line.type) in self._model.colours for line in table.lines[:1])


class FigureList(QTreeView):
    """Shows the tables of a section. `line_marked` carries the Line that is current, or None; `line_chosen` that Enter or a double click
    wants its places.
    """

    line_marked = Signal(object)
    line_chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = FigureModel(look, self)
        self.setModel(self.figures)
        self.setItemDelegate(FigureRows(look, self.figures, self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.selectionModel().currentChanged.connect(lambda *_: self.line_marked.emit(self.line()))

    def line(self) -> Line | None:
        """The line that is current; a title is none."""
        index = self.currentIndex()
        return self.figures.rows[index.row()].line if index.isValid() else None

    def mark(self, said: str) -> None:
        """Make the first row current that reads as `said`, else the first line."""
        rows = self.figures.rows
        names = [rank for rank, row in enumerate(rows) if row.line is not None]
        wanted = next((rank for rank in names if rows[rank].line and _name(rows[rank]) == said), names[0] if names else -1)
        if wanted >= 0:
            self.setCurrentIndex(self.figures.index(wanted))

    def marked(self) -> str:
        """The current row's table and name, by which `mark` finds it again."""
        index = self.currentIndex()
        return _name(self.figures.rows[index.row()]) if index.isValid() else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.line() is not None:
            self.line_chosen.emit(self.line())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid() and self.line() is not None:
            self.line_chosen.emit(self.line())

    def keyboardSearch(self, search: str) -> None:
        """Nothing: rows are found by going through them."""

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            from html import escape

            index = self.indexAt(event.pos())
            QToolTip.showText(event.globalPos(), escape(str(self.figures.data(index))) if index.isValid() else "", self)
            return True
        return super().viewportEvent(event)


def _name(row: FigureRow) -> str:
    return f"{row.table.title}\n{row.line.name if row.line else ''}"


def _longest(texts: Sequence[str]) -> Sequence[str]:
    """One of the texts of the most characters: digits are all as wide."""
    return [max(texts, key=len)] if texts else []
