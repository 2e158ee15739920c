"""How a set is divided: the parts with their sizes, and what is to be known of them, each line with a place to go to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.core.text import Span
from annotator.tasks.division import Division

from ..looks.elided import ElidedLabel
from ..looks.look import Look
from .export_tables import plain_table

Index = QModelIndex | QPersistentModelIndex
_MOST: Final = 2000


@dataclass(frozen=True, slots=True)
class PartRow:
    """A line of a table; `document` and `span` say where it leads, empty where nowhere."""

    cells: tuple[str, ...]
    document: str = ""
    span: Span = (0, 0)


class RowTable(QAbstractTableModel):
    """Lines under heads; the columns from `right` on are figures."""

    def __init__(self, heads: Sequence[str], parent: QObject | None = None, *, right: int = 99) -> None:
        super().__init__(parent)
        self._heads, self._right = tuple(heads), right
        self.rows: Sequence[PartRow] = ()

    def show_rows(self, rows: Sequence[PartRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._heads)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole and section >= self._right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        text = self.rows[index.row()].cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return text
            case Qt.ItemDataRole.ToolTipRole:
                return escape(text)
            case Qt.ItemDataRole.TextAlignmentRole if index.column() >= self._right:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case _:
                return None


class PartsView(QWidget):
    """The parts of a set above what was found of them. `place_chosen` names a document of the set and a place in it."""

    place_chosen = Signal(str, int, int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        say = look.say
        self.parts = RowTable([say(f"gui.export.part_{head}") for head in ("name", "articles", "annotations", "share")], self, right=1)
        self.notes = RowTable([say("gui.export.column_what"), say("gui.export.column_document")], self)
        self.part_table = plain_table(self.parts, "parts", name=say("gui.export.parts"), widths=(128, 96, 112), stretch=0)
        self.note_table = plain_table(self.notes, "part-notes", name=say("gui.export.part_notes"), widths=(272,), stretch=1)
        self.note_table.chosen.connect(self._choose)
        self._none = ElidedLabel(look, colour="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._none)
        column.addWidget(self.part_table, 2)
        column.addWidget(self.note_table, 3)
        self.show_division(None)

    def show_division(self, division: Division | None, *, compared: bool = True) -> None:
        """Show how a set is divided; None: not, or it is not known. `compared`: near-duplicates were looked for."""
        divided = division is not None and division.kind != "whole"
        self.parts.show_rows([*_part_rows(division)] if division is not None and divided else [])
        notes = [*self._notes(division)] if division is not None and divided else []
        self.notes.show_rows(notes[:_MOST])
        self.part_table.setVisible(divided)
        self.note_table.setVisible(bool(notes))
        found = division is not None and bool(division.leaks or division.groups or division.torn)
        key = "none" if not divided else "even" if compared else "unseen"
        # Nothing is said of what is not known: a division that was refused is none.
        self._none.set_text(self._look.say(f"gui.export.parts_{key}") if division is not None else "–")
        self._none.setVisible(not found)

    def _notes(self, division: Division) -> Iterator[PartRow]:
        say = self._look.say
        for leak in division.leaks:
            for place in leak.places:
                said = say("gui.export.part_leak", parts=", ".join(leak.parts))
                yield PartRow((said, place.document), place.document, (place.start, place.end))
        for group in division.torn:
            yield PartRow((say("gui.export.part_torn"), ", ".join(group)), group[0])
        for part, missing in division.missing().items():
            types = ", ".join(name for _, name in missing)
            yield PartRow((say("gui.export.part_missing", part=part), types))
        torn = set(division.torn)
        for group in division.groups:
            if group not in torn:
                yield PartRow((say("gui.export.part_together", part=division.part_of[group[0]]), ", ".join(group)), group[0])

    def _choose(self, number: int) -> None:
        row = self.notes.rows[number]
        if row.document:
            self.place_chosen.emit(row.document, *row.span)


def _part_rows(division: Division) -> Iterator[PartRow]:
    total = max(1, len(division.part_of))
    for part in division.parts:
        documents = len(division.members(part))
        yield PartRow((part, str(documents), str(division.types[part].total()), f"{100 * documents / total:.1f}%"))
