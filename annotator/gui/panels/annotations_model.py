"""The table of annotations behind the list: sorted by one column, kept by the filter, changed only where an edit says."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from html import escape
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from annotator.core.edits import Edit
from annotator.core.model import Annotation, Event, extent, file_order
from annotator.core.suggestions import is_suggestion
from annotator.suggest.matching import fold

from ..looks.look import Look
from ..looks.wording import problem_sentence, proposed_by
from ..work.session import Session
from .origins import Origins

if TYPE_CHECKING:
    from annotator.core.checks.problems import Problem

Index = QModelIndex | QPersistentModelIndex
# Ends with the id, so that no two are equal.
Key = tuple[int | str, ...]
Concern = Literal["error", "warning", "question", ""]
_CONCERNS: Final[tuple[Concern, ...]] = ("error", "warning", "question", "")
# Edits that name more annotations than this (an import, "everywhere") rebuild the table: that is one sort instead of many insertions.
_ONE_BY_ONE: Final = 200
_SHOWN: Final = 120


class Column(IntEnum):
    TYPE = 0
    TEXT = 1
    PLACE = 2
    MARK = 3


_COLUMNS: Final = len(Column)


class AnnotationsModel(QAbstractTableModel):
    """Rows are the entities and events of the session's document. It holds sort keys and ids, never the annotations."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._session: Session | None = None
        self._one_line = False
        self._keys: list[Key] = []
        self._key_of: dict[str, Key] = {}
        self._terms: dict[str, str] = {}
        self._needle = ""
        self._origins: Origins = "all"
        self._column = Column.PLACE
        self._descending = False
        self._problems: dict[str, list[Problem]] = {}

    @property
    def total(self) -> int:
        """The number of annotations in the document, filtered out or not."""
        return len(self._session.document.index) if self._session else 0

    @property
    def suggested(self) -> int:
        """The number of open suggestions in the document."""
        return self._session.suggestions if self._session else 0

    def set_session(self, session: Session | None) -> None:
        """Show another document, or none."""
        self._session = session
        text = session.document.text if session else None
        self._one_line = text is not None and not text.content[text.line_span(0)[1] :].strip()
        self._problems.clear()
        self.reload()

    def reload(self) -> None:
        """Build all rows anew: the document or the language is another one."""
        self._terms.clear()
        self._sieve()

    def follow(self, edit: Edit) -> None:
        """Refresh the rows of the annotations that an edit names. Costs O(log n) comparisons for each."""
        ids = dict.fromkeys(str(change.id) for change in edit.changes if change.layer in ("entities", "events"))
        if len(ids) > _ONE_BY_ONE:
            self.reload()
            return
        for identifier in ids:
            self._revise(identifier)

    def set_filter(self, text: str) -> None:
        """Keep the annotations of which the type's name, its label or the text hold `text`, tone marks and case apart."""
        needle = fold(text)
        if needle != self._needle:
            self._needle = needle
            self._sieve()

    def set_origins(self, origins: Origins) -> None:
        """Keep the annotations of everybody, of people, or the open suggestions."""
        if origins != self._origins:
            self._origins = origins
            self._sieve()

    def set_problems(self, problems: Iterable[Problem]) -> None:
        """Mark the annotations that the checks have something to say about."""
        self._problems.clear()
        for problem in problems:
            for identifier in problem.ids[:1]:
                self._problems.setdefault(identifier, []).append(problem)
        if self._column == Column.MARK:
            self._sieve()
        elif self._keys:
            self.dataChanged.emit(self.index(0, Column.MARK), self.index(len(self._keys) - 1, Column.MARK))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._descending = Column(column), order == Qt.SortOrder.DescendingOrder
        self._sieve()

    def id_at(self, row: int) -> str:
        return str(self._keys[self._mirror(row)][-1])

    def row_of(self, identifier: str) -> int | None:
        """The row of an annotation, None where it is filtered out."""
        key = self._key_of.get(identifier)
        return None if key is None else self._mirror(bisect_left(self._keys, key))

    def item(self, row: int) -> Annotation | None:
        """The annotation of a row; None in the moment between its deletion and the row's."""
        return self._session.document.annotation(self.id_at(row)) if self._session else None

    def is_known(self, item: Annotation) -> bool:
        """Whether the schema has the type."""
        return self._colour(item) is not None

    def colour(self, item: Annotation) -> str:
        """The colour of an annotation's type, grey where the schema lacks it."""
        return self._colour(item) or self._look.theme.unknown

    def concern(self, item: Annotation) -> Concern:
        """The gravest thing to know of an annotation: an error, a warning, somebody's doubt."""
        severities = {problem.severity for problem in self._problems.get(item.id, ())}
        if "error" in severities:
            return "error"
        if severities or not self.is_known(item):
            return "warning"
        return item.flag

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else _COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.item(index.row()) if index.isValid() else None
        if item is None or self._session is None:
            return None
        column = Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _CELLS[column](self, item)
            case Qt.ItemDataRole.ToolTipRole:
                return "<p>" + "<br>".join(map(escape, self._remarks(item))) + "</p>"
            case Qt.ItemDataRole.AccessibleTextRole if column == Column.MARK:
                return "; ".join(self._worries(item))
            case _:
                return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        name = Column(section).name.lower()
        if role == Qt.ItemDataRole.DisplayRole and section != Column.MARK:
            return self._look.say(f"gui.annotations.column_{'character' if section == Column.PLACE and self._one_line else name}")
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._look.say(f"gui.annotations.column_{name}_tip")
        return None

    def type_name(self, item: Annotation) -> str:
        """The short name of an entity's type, the label of an event's."""
        return self._label(item) if isinstance(item, Event) else item.type

    def text(self, item: Annotation) -> str:
        """The text of an annotation in one line; the ``_`` of segmented text as a blank."""
        assert self._session is not None
        document = self._session.document
        start, end = extent(item)
        text = document.text.surface(item.spans) if end - start <= _SHOWN else document.text.content[start : start + _SHOWN] + "…"
        return " ".join(text.replace("_", " ").split() if document.is_segmented else text.split())

    def place(self, item: Annotation) -> str:
        """The number of the line, or in a text of one line that of the character, counted from 1."""
        assert self._session is not None
        start = item.spans[0][0]
        return str((start if self._one_line else self._session.document.text.line_at(start)) + 1)

    def _label(self, item: Annotation) -> str:
        assert self._session is not None
        return self._look.type_label(self._session.schema, item.type)

    def _colour(self, item: Annotation) -> str | None:
        assert self._session is not None
        schema = self._session.schema
        known = schema.event(item.type) if isinstance(item, Event) else schema.entity(item.type)
        return known.colour if known else None

    def _remarks(self, item: Annotation) -> list[str]:
        """What a tooltip says: type and label, text, place, doubts and problems."""
        label = self._label(item)
        head = item.type if label == item.type else f"{item.type} · {label}"
        place = self._look.say(f"gui.annotations.at_{'character' if self._one_line else 'line'}", number=self.place(item))
        return [head, *self._definition(item), self.text(item), place, *self._worries(item)]

    def _definition(self, item: Annotation) -> list[str]:
        assert self._session is not None
        schema = self._session.schema
        known = schema.event(item.type) if isinstance(item, Event) else schema.entity(item.type)
        definition = known.definition.said(self._look.language) if known else ""
        return [definition] if definition else []

    def _worries(self, item: Annotation) -> list[str]:
        assert self._session is not None
        schema, problems = self._session.schema, self._problems.get(item.id, ())
        found = [problem_sentence(self._look, schema, problem.code, where=problem.where) for problem in problems]
        if not found and not self.is_known(item):
            found.append(self._look.say("gui.annotations.unknown_type", type=item.type))
        if item.flag:
            found.append(self._look.say("gui.annotations.in_doubt"))
        if is_suggestion(item):
            found.insert(0, proposed_by(self._look, item))
        return found

    def _key(self, item: Annotation) -> Key:
        place = file_order(item)
        match self._column:
            case Column.TYPE:
                return fold(self.type_name(item)), *place
            case Column.TEXT:
                return fold(self.text(item)), *place
            case Column.MARK:
                return _CONCERNS.index(self.concern(item)), *place
            case Column.PLACE:
                return place

    def _keeps(self, item: Annotation) -> bool:
        if self._origins != "all" and is_suggestion(item) != (self._origins == "suggested"):
            return False
        if not self._needle:
            return True
        terms = self._terms.get(item.id)
        if terms is None:
            terms = self._terms[item.id] = fold("|".join((item.type, self._label(item), self.text(item))))
        return self._needle in terms

    def _sieve(self) -> None:
        """Filter and sort all rows; what was folded for the filter still holds."""
        self.beginResetModel()
        items = self._session.document.annotations() if self._session else ()
        self._key_of = {item.id: self._key(item) for item in items if self._keeps(item)}
        self._keys = sorted(self._key_of.values())
        self.endResetModel()

    def _revise(self, identifier: str) -> None:
        """Let one row appear, disappear, move or change, as the document has it now."""
        assert self._session is not None
        self._terms.pop(identifier, None)
        item = self._session.document.annotation(identifier)
        before = self._key_of.get(identifier)
        after = self._key(item) if item is not None and self._keeps(item) else None
        if before == after:
            if before is not None:
                row = self._mirror(bisect_left(self._keys, before))
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
            return
        if before is not None:
            self._take_out(identifier, before)
        if after is not None:
            self._put_in(identifier, after)

    def _take_out(self, identifier: str, key: Key) -> None:
        rank = bisect_left(self._keys, key)
        row = self._mirror(rank)
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._keys[rank], self._key_of[identifier]
        self.endRemoveRows()

    def _put_in(self, identifier: str, key: Key) -> None:
        rank = bisect_left(self._keys, key)
        row = len(self._keys) - rank if self._descending else rank
        self.beginInsertRows(QModelIndex(), row, row)
        self._keys.insert(rank, key)
        self._key_of[identifier] = key
        self.endInsertRows()

    def _mirror(self, rank: int) -> int:
        """Row ↔ rank among the ascending keys."""
        return len(self._keys) - 1 - rank if self._descending else rank


_CELLS: Final[Mapping[Column, Callable[[AnnotationsModel, Annotation], str]]] = {
    Column.TYPE: AnnotationsModel.type_name,
    Column.TEXT: AnnotationsModel.text,
    Column.PLACE: AnnotationsModel.place,
    Column.MARK: lambda model, item: "",
}
