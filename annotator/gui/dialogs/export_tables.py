"""Tables of the export dialog: a line each, to be read and gone to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ..looks.elided import paint_wrapped


class LineTable(QTableView):
    """Rows of `lines` lines without a grid. `chosen` names the row on which a person double-clicked or pressed Enter."""

    chosen = Signal(int)

    def __init__(self, *, lines: int = 1) -> None:
        super().__init__()
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        if lines > 1:
            self.setItemDelegate(_WrappedCells(self, lines=lines))
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(lines * self.fontMetrics().lineSpacing() + 8)
        self.doubleClicked.connect(lambda index: self.chosen.emit(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter would press the dialog's own button.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.chosen.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class _WrappedCells(QStyledItemDelegate):
    """Cells whose text takes up to `lines` lines from the top, the last one elided."""

    def __init__(self, parent: QWidget, *, lines: int) -> None:
        super().__init__(parent)
        self._lines = lines

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        text, ground.text = ground.text, ""
        ground.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, ground.widget)
        painter.save()
        painter.setFont(ground.font)
        is_chosen = bool(ground.state & QStyle.StateFlag.State_Selected)
        painter.setPen(ground.palette.color(QPalette.ColorRole.HighlightedText if is_chosen else QPalette.ColorRole.Text))
        paint_wrapped(painter, QRectF(ground.rect).adjusted(4, 3, -4, 0), text, lines=self._lines)
        painter.restore()


def plain_table(
    model: QAbstractTableModel, object_name: str, *, name: str, widths: Sequence[int], stretch: int, lines: int = 1
) -> LineTable:
    """A table over `model`, each row of as many `lines`; the column `stretch` takes what room is left."""
    table = LineTable(lines=lines)
    table.setObjectName(object_name)
    table.setAccessibleName(name)
    table.setModel(model)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column, width in enumerate(widths):
        table.setColumnWidth(column, width)
    header.setStretchLastSection(False)
    header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
    return table
