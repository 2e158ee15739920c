"""The account of an export: a line for each layer, and the list of what is changed or left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.formats.account import COUNTED, Account, Counts
from annotator.tasks.surveying import LossRow

from ..looks.controls import ChoiceBox
from ..looks.elided import ElidedLabel
from ..looks.look import Look
from .export_tables import plain_table

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("document", "id", "place", "what")
_FIGURES = ("annotations", "whole", "changed", "left_out")


class LossTable(QAbstractTableModel):
    """One loss a row: document, id, text with its offsets, and what happens to it."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._all: Sequence[LossRow] = ()
        self.rows: Sequence[LossRow] = ()

    def show_losses(self, rows: Sequence[LossRow], *, kind: str = "") -> None:
        """Show all of them, or those of one kind."""
        self._all = rows
        self.show_kind(kind)

    def show_kind(self, kind: str) -> None:
        self.beginResetModel()
        self.rows = [row for row in self._all if row.loss.what == kind] if kind else self._all
        self.endResetModel()

    def kinds(self) -> list[tuple[str, int]]:
        """Each kind of loss and how often it occurs, the commonest first, warnings behind."""
        counted = Counter((row.warning, row.loss.what) for row in self._all)
        return [(what, number) for (_, what), number in sorted(counted.items(), key=lambda held: (held[0][0], -held[1], held[0][1]))]

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
                return f"{row.loss.start}–{row.loss.end}\n{row.text}"
            case _:
                said = self._look.say(f"loss.{row.loss.what}")
                return f"{said} ({row.loss.detail})" if row.loss.detail else said


class LossView(QWidget):
    """The account above the list of what is changed, left out or to be known; the list can be narrowed to one kind."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.account, self.losses = AccountGrid(look), LossTable(look, self)
        self.title = ElidedLabel(look, colour="muted", lines=2)
        self.title.setObjectName("losses-title")
        self.kind = ChoiceBox(look)
        self.kind.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.kind.setObjectName("loss-kind")
        self.kind.setAccessibleName(look.say("gui.export.loss_kind"))
        self.kind.picked.connect(self.losses.show_kind)
        self.table = plain_table(
            self.losses,
            "losses",
            name=look.say("gui.export.column_what"),
            widths=(80, 40, 108),
            stretch=COLUMNS.index("what"),
            # A reason is a sentence, and the offsets stand above their text.
            lines=2,
        )
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.title, 3)
        line.addWidget(self.kind, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.account)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self.clear()

    def clear(self) -> None:
        """Show nothing while nothing is known."""
        self.account.show_account(None)
        self.losses.show_losses(())
        self.title.set_text("")
        self.kind.hide()
        self.table.hide()

    def show_survey(self, account: Account, rows: Sequence[LossRow]) -> None:
        say = self._look.say
        before = self.kind.currentData() or ""
        self.account.show_account(account)
        self.losses.show_losses(rows)
        # An empty list under its heads would look as if it were still to come.
        self.table.setVisible(bool(rows))
        kinds = self.losses.kinds()
        self.kind.blockSignals(True)
        self.kind.clear()
        self.kind.addItem(say("gui.export.loss_all", n=len(rows)), "")
        for what, number in kinds:
            self.kind.addItem(say("gui.export.loss_of_kind", what=say(f"loss.{what}"), n=number), what)
        self.kind.widen_list()
        self.kind.blockSignals(False)
        self.kind.setVisible(len(kinds) > 1)
        if before and self.kind.findData(before) > 0:
            self.kind.setCurrentIndex(self.kind.findData(before))
            self.losses.show_kind(before)
        lost = sum(not row.warning for row in rows)
        self.title.set_text(say("gui.export.losses", n=lost) if rows else say("gui.export.no_losses"))


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
