"""Searching the corpus: what is looked for, and the places found below it, article by article, while the search goes on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from annotator.core.errors import AnnotatorError
from annotator.core.search import Query
from annotator.tasks.searching import Searched

from ..looks.elided import ElidedLabel
from ..looks.hit_rows import HeadRow, PlaceList, PlaceRow, Row
from ..looks.icons import icon
from ..looks.look import Look
from .find_line import QueryField

_MOST = 10_000


class CorpusHits(QFrame):
    """Shows what a search of the corpus finds. It searches nothing itself.

    `search_requested` carries the Query, `stop_requested` wishes an end, `place_chosen` carries path and span of a place.
    """

    search_requested = Signal(object)
    stop_requested = Signal()
    place_chosen = Signal(object, object)
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._root = Path()
        self._hits = self._articles = 0
        self._is_searching = False
        self._is_unmarked = True
        self.setObjectName("corpus-hits")
        self.field = QueryField(look, "gui.hits.placeholder", self)
        self.search_button, self.close_button = QPushButton(self), QToolButton(self)
        self.search_button.setObjectName("search-corpus")
        self.search_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.standing = ElidedLabel(look, colour="muted", lines=1, parent=self)
        self.list = PlaceList(look, self)
        self.list.setObjectName("hits")
        self._lay_out()
        self.search_button.clicked.connect(self._search_or_stop)
        self.close_button.clicked.connect(self.closed)
        self.list.row_chosen.connect(self._choose)
        look.changed.connect(self.restyle)
        self.restyle()

    def ask(self, query: Query | None) -> None:
        """Show the panel with the focus in its field; `query`, where there is one, stands there."""
        self.show()
        if query is not None:
            self.field.set_query(query)
        self.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.edit.selectAll()

    def begin(self, root: Path) -> None:
        """A search begins: paths are shown below `root`."""
        self._root, self._hits, self._articles = root, 0, 0
        self._is_unmarked = True
        self.list.places.clear()
        self._set_searching(True)
        self._tell("muted", "gui.hits.searching", n=0, articles=0)

    def take(self, found: Iterable[Searched]) -> bool:
        """Show what was found; False where that is as much as anybody reads."""
        rows: list[Row] = []
        for item in found:
            name = item.path.relative_to(self._root).as_posix() if item.path.is_relative_to(self._root) else str(item.path)
            if item.problem is not None:
                rows.append(HeadRow(None, name, self._look.explain(item.problem), is_problem=True))
                continue
            self._hits += len(item.hits)
            self._articles += 1
            rows.append(HeadRow(item.path, name, self._look.say("gui.hits.in_article", n=len(item.hits))))
            rows += [PlaceRow(item.path, hit.span, hit.line + 1, hit.before, hit.surface, hit.behind) for hit in item.hits]
        known = len(self.list.places.rows)
        self.list.places.add(rows)
        if self._is_unmarked and (first := next((rank for rank, row in enumerate(rows) if isinstance(row, PlaceRow)), None)) is not None:
            # Enter opens the first place at once.
            self._is_unmarked = False
            self.list.setCurrentIndex(self.list.places.index(known + first))
        self._tell("muted", "gui.hits.searching", n=self._hits, articles=self._articles)
        return self._hits < _MOST

    def end(self, problem: AnnotatorError | None) -> None:
        """The search is over."""
        self._set_searching(False)
        if problem is not None and problem.code != "cancelled":
            self.standing.set_colour("error")
            self.standing.set_text(self._look.explain(problem))
            return
        key = "gui.hits.stopped" if problem is not None else "gui.hits.found" if self._hits else "gui.hits.none"
        self._tell("muted" if self._hits else "warning", key, n=self._hits, articles=self._articles)
        focus = self.focusWidget()
        if self._hits and focus is self.field.edit and focus.hasFocus():
            self.list.setFocus()

    def restyle(self) -> None:
        """Take over theme and language."""
        look = self._look
        self.setFont(look.interface_font())
        self.setStyleSheet(f"#corpus-hits {{ background: {look.theme.window}; border: 0; border-top: 1px solid {look.theme.hairline}; }}")
        self.field.restyle()
        self.close_button.setIcon(icon("close", look.theme))
        for widget, key in ((self.close_button, "gui.hits.close"), (self.list, "gui.hits.list")):
            widget.setAccessibleName(look.say(key))
        self.close_button.setToolTip(look.say("gui.hits.close"))
        self._set_searching(self._is_searching)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._is_searching:
                self.stop_requested.emit()
            else:
                self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field.edit.hasFocus():
            self.search_requested.emit(self.field.query())
        elif event.key() == Qt.Key.Key_Down and self.field.edit.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def _search_or_stop(self) -> None:
        if self._is_searching:
            self.stop_requested.emit()
        else:
            self.search_requested.emit(self.field.query())

    def _choose(self, row: Row) -> None:
        if isinstance(row, PlaceRow):
            self.place_chosen.emit(row.path, row.span)
        elif row.path is not None:
            self.place_chosen.emit(row.path, None)

    def _set_searching(self, on: bool) -> None:
        self._is_searching = on
        self.search_button.setText(self._look.say("gui.hits.stop" if on else "gui.hits.search"))

    def _tell(self, colour: str, key: str, **where: int) -> None:
        self.standing.set_colour(colour)
        self.standing.set_text(self._look.say(key, **where))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 5, 8, 5)
        row.setSpacing(8)
        row.addWidget(self.field, 2)
        row.addWidget(self.search_button)
        row.addWidget(self.close_button)
        under = QHBoxLayout()
        under.setContentsMargins(12, 0, 12, 4)
        under.addWidget(self.standing, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addLayout(under)
        column.addWidget(self.list, 1)
