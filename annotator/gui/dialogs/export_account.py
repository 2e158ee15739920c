"""The account of an export: a line for each layer, and the list of what is changed or left out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from annotator.formats.account import COUNTED, Account, Counts
from annotator.tasks.surveying import LossRow

from ..looks.elided import ElidedLabel
from ..looks.look import Look

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("document", "id", "place", "what")
_FIGURES = ("annotations", "whole", "changed", "left_out")


class LossTable(QAbstractTableModel):
    """One loss a row: document, id, text with its offsets, and what happens to it."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.rows: Sequence[LossRow] = ()

    def show_losses(self, rows: Sequence[LossRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._look.say(f"gui.export.column_{COLUMNS[section]}")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            return escape(self._says(index))
        return self._says(index) if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None

    def _says(self, index: Index) -> str:
        row = self.rows[index.row()]
        match COLUMNS[index.column()]:
            case "document":
                return row.loss.document
            case "id":
                return row.loss.id
            case "place":
                return f"{row.loss.start}–{row.loss.end}  {row.text}"
            case _:
                said = self._look.say(f"loss.{row.loss.what}")
                return f"{said} ({row.loss.detail})" if row.loss.detail else said


class AccountGrid(QWidget):
    """Annotations, whole, changed and left out, by layer."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("account")
        self._figures: dict[tuple[str, str], QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for column, figure in enumerate(("layer", *_FIGURES)):
            grid.addWidget(_head(look, look.say(f"gui.export.column_{figure}"), right=column > 0), 0, column)
            grid.setColumnStretch(column, 1 if column else 2)
        for number, layer in enumerate(COUNTED, start=1):
            name = ElidedLabel(look, lines=1)
            name.set_text(look.say(f"layer.{layer}"))
            grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignVCenter)
            for column, figure in enumerate(_FIGURES, start=1):
                label = self._figures[layer, figure] = QLabel("–")
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                grid.addWidget(label, number, column)

    def show_account(self, account: Account | None) -> None:
        """Show the counts; none while they are not known."""
        for (layer, figure), label in self._figures.items():
            counts: Counts | None = next((held for name, held in account.layers.items() if name == layer), None) if account else None
            number = getattr(counts, figure) if counts else None
            label.setText("–" if number is None else str(number))
            font = QFont(label.font())
            font.setBold(figure in ("changed", "left_out") and bool(number))
            label.setFont(font)

    def figure(self, layer: str, name: str) -> str:
        """What stands under `name` in the row of `layer`."""
        return self._figures[layer, name].text()


def _head(look: Look, text: str, *, right: bool) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    label.setAlignment(side | Qt.AlignmentFlag.AlignBottom)
    palette = label.palette()
    palette.setColor(label.foregroundRole(), look.theme.colour("muted"))
    label.setPalette(palette)
    return label
