"""The annotation list: every entity and event of the document to sort, filter, select several of, and jump to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QLabel, QStackedWidget, QTableView, QVBoxLayout, QWidget

from annotator.core.edits import Edit

from ..looks.look import Look
from ..work.checking import MOST_ANNOTATIONS
from ..work.session import Session
from .annotation_rows import AnnotationRows
from .annotations_model import AnnotationsModel, Column
from .filter_line import FilterLine
from .origins import OriginBox

if TYPE_CHECKING:
    from annotator.core.checks.problems import Problem

_ROW_PADDING = 9
# Room for the arrow of the sorted column beside its name.
_ARROW = 26
_BESIDE = 12
_TYPE_SHARE = 0.36
# The panel's labels by object name, and their colours.
_LABELS = (("title", "text"), ("count", "muted"), ("unchecked", "muted"), ("hint", "muted"))


class AnnotationTable(QTableView):
    """A table of compact rows in which Enter jumps and Delete deletes; letters are left to the filter line."""

    entered_row = Signal(QModelIndex)
    delete_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # All means all that the filter shows while the list has the keyboard, before the window means all of the document.
        is_all = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.SelectAll)
        if is_all and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: it would ask every row in turn and knows no tone marks."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.setColumnWidth(Column.TYPE, int(self.viewport().width() * _TYPE_SHARE))


class AnnotationsPanel(QWidget):
    """Shows the session's annotations and says what was chosen; it changes nothing itself.

    `annotations_chosen` bears the ids of all selected rows as a tuple, `jump_requested` the id of one, `delete_requested` asks to
    delete what is selected.
    """

    annotations_chosen = Signal(object)
    jump_requested = Signal(str)
    delete_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("annotations")
        self._look = look
        self._session: Session | None = None
        self._is_following = False
        self._model = AnnotationsModel(look, self)
        self._build()
        self._connect()
        self._restyle()

    def set_session(self, session: Session | None) -> None:
        """Show another document, or none."""
        if self._session is not None:
            self._session.edited.disconnect(self._follow_edit)
            self._session.selection_changed.disconnect(self._follow_selection)
        self._session = session
        with self._following():
            self._model.set_session(session)
        self._fit_place()
        self._table.scrollToTop()
        if session is not None:
            session.edited.connect(self._follow_edit)
            session.selection_changed.connect(self._follow_selection)
        self._follow_selection()
        self._show_state()

    def set_problems(self, problems: Iterable[Problem]) -> None:
        """Mark the annotations that the checks have something to say about, until they are set again."""
        with self._following():
            self._model.set_problems(problems)
        self._follow_selection()

    def set_unchecked(self, on: bool) -> None:
        """Say that problems are not looked for in so large a document, or no longer say so."""
        self._unchecked.setVisible(on)

    def _build(self) -> None:
        self._title, self._count, self._unchecked, self._hint = self._labels = [QLabel(self) for _ in _LABELS]
        for label, (name, _) in zip(self._labels, _LABELS, strict=True):
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._unchecked.setWordWrap(True)
        self._unchecked.setContentsMargins(12, 0, 12, 8)
        self._unchecked.hide()
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._filter = FilterLine(self._look, "gui.annotations.filter", self)
        self._origins = OriginBox(self._look, self)
        self._table = AnnotationTable(self)
        self._table.setObjectName("table")
        self._table.setModel(self._model)
        self._table.setItemDelegate(AnnotationRows(self._look, self._model, self._table))
        self._dress_table()
        self._lay_out()

    def _dress_table(self) -> None:
        table, header = self._table, self._table.horizontalHeader()
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setMouseTracking(True)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setMinimumSectionSize(24)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.TYPE, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.TEXT, QHeaderView.ResizeMode.Stretch)
        table.setColumnWidth(Column.MARK, 38)
        header.setSortIndicator(Column.PLACE, Qt.SortOrder.AscendingOrder)
        table.setSortingEnabled(True)

    def _lay_out(self) -> None:
        head, search = QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 0)
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self._count)
        search.setContentsMargins(8, 8, 8, 8)
        search.addWidget(self._filter)
        whose = QHBoxLayout()
        whose.setContentsMargins(8, 0, 8, 0)
        whose.addWidget(self._origins)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._table)
        empty = QWidget(self)
        middle = QVBoxLayout(empty)
        middle.setContentsMargins(16, 32, 16, 16)
        middle.addWidget(self._hint)
        middle.addStretch()
        self._stack.addWidget(empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(search)
        whole.addLayout(whose)
        whole.addWidget(self._unchecked)
        whole.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._table.selectionModel().selectionChanged.connect(self._tell_chosen)
        self._table.horizontalHeader().sortIndicatorChanged.connect(lambda *_: self._fit_place())
        self._table.doubleClicked.connect(self._jump)
        self._table.entered_row.connect(self._jump)
        self._table.delete_pressed.connect(self.delete_requested)
        self._model.layoutChanged.connect(self._follow_selection)
        self._model.modelReset.connect(self._follow_selection)
        self._filter.textChanged.connect(self._sift)
        self._origins.changed.connect(self._sift_origins)
        self._filter.left_downwards.connect(self._go_to_table)
        self._filter.returnPressed.connect(self._go_to_table)
        self._look.changed.connect(self._restyle)

    @contextmanager
    def _following(self) -> Iterator[None]:
        """What the selection of the table becomes meanwhile is nobody's choice."""
        before, self._is_following = self._is_following, True
        try:
            yield
        finally:
            self._is_following = before

    def _follow_edit(self, edit: Edit) -> None:
        with self._following():
            self._model.follow(edit)
        self._follow_selection()
        self._show_state()

    def _follow_selection(self) -> None:
        """Select the rows of what is selected in the session."""
        wanted = self._session.selected if self._session else ()
        rows = sorted(row for identifier in wanted if (row := self._model.row_of(identifier)) is not None)
        if rows == self._selected_rows():
            return
        with self._following():
            chosen = QItemSelection()
            for first, last in _runs(rows):
                chosen.select(self._model.index(first, 0), self._model.index(last, len(Column) - 1))
            self._table.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            if rows:
                index = self._model.index(rows[0], 0)
                self._table.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
                self._table.scrollTo(index)

    def _selected_rows(self) -> list[int]:
        chosen = self._table.selectionModel().selection()
        # Ranges, not indexes: there may be tens of thousands of these.
        parts = [chosen.at(rank) for rank in range(chosen.count())]
        return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})

    def _tell_chosen(self) -> None:
        if not self._is_following and self._session is not None:
            ids = tuple(self._model.id_at(row) for row in self._selected_rows())
            if set(ids) != set(self._session.selected):
                self.annotations_chosen.emit(ids)

    def _jump(self, index: QModelIndex) -> None:
        self.jump_requested.emit(self._model.id_at(index.row()))

    def _go_to_table(self) -> None:
        if self._model.rowCount():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self._table.currentIndex().isValid():
                self._table.setCurrentIndex(self._model.index(0, 0))

    def _sift(self, text: str) -> None:
        with self._following():
            self._model.set_filter(text)
        self._follow_selection()
        self._show_state()

    def _sift_origins(self) -> None:
        with self._following():
            self._model.set_origins(self._origins.origins)
        self._follow_selection()
        self._show_state()

    def _show_state(self) -> None:
        """The count, and the table or a line on what to do where it is empty."""
        say, shown, total = self._look.say, self._model.rowCount(), self._model.total
        self._count.setText(say("gui.annotations.count_of", shown=shown, total=total) if shown < total else str(total or ""))
        hint = "no_document" if self._session is None else "no_match" if total else "none"
        self._hint.setText(say(f"gui.annotations.{hint}"))
        self._stack.setCurrentIndex(0 if shown else 1)
        self._filter.setEnabled(bool(total))
        suggested = self._model.suggested
        self._origins.show_counts(human=total - suggested, suggested=suggested)

    def _fit_place(self) -> None:
        """Room for the arrow only while the lines are what is sorted by: the texts have it otherwise, and need it for theirs."""
        name, metrics = str(self._model.headerData(Column.PLACE, Qt.Orientation.Horizontal)), QFontMetrics(self._look.interface_font())
        beside = _ARROW if self._table.horizontalHeader().sortIndicatorSection() == Column.PLACE else _BESIDE
        self._table.setColumnWidth(Column.PLACE, max(metrics.horizontalAdvance(name) + beside, metrics.horizontalAdvance("00000") + 8))

    def _restyle(self) -> None:
        look = self._look
        font = look.interface_font()
        self.setFont(font)
        metrics = QFontMetrics(font)
        self._title.setText(look.say("gui.annotations.title"))
        self._unchecked.setText(look.say("gui.annotations.unchecked", most=MOST_ANNOTATIONS))
        for label, (_, colour) in zip(self._labels, _LABELS, strict=True):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), look.theme.colour(colour))
            label.setPalette(palette)
        self._filter.restyle()
        self._table.setAccessibleName(look.say("gui.annotations.title"))
        self._table.verticalHeader().setDefaultSectionSize(metrics.height() + _ROW_PADDING)
        self._fit_place()
        with self._following():
            self._model.reload()
        self._follow_selection()
        self._show_state()


def _runs(rows: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Runs of consecutive numbers as (first, last); `rows` ascend."""
    first = last = None
    for row in rows:
        if last is not None and row == last + 1:
            last = row
            continue
        if first is not None and last is not None:
            yield first, last
        first = last = row
    if first is not None and last is not None:
        yield first, last
