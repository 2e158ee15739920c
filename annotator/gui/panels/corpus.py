"""The corpus panel: the articles of a folder with how far each is, found in the background, filtered by name and status."""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path
from time import monotonic
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError
from annotator.core.model import Status
from annotator.core.schema import Schema
from annotator.store.corpus import Corpus

from ..looks.icons import icon
from ..looks.look import Look
from .corpus_filter import WantChips, WantsButton
from .corpus_model import CorpusModel, Wants
from .corpus_rows import ArticleRows, ProgressLine, StandingChoice
from .corpus_scan import Found, Known, LeftOut, Listed, News, Scan
from .filter_line import FilterLine

_FETCH_MS: Final = 30
# A slice of the window's time, short enough not to be felt.
_FETCH_SECONDS: Final = 0.008
_FETCH_MOST: Final = 300
_REASONS_MOST: Final = 20
_ROW_PADDING: Final = 10
# The panel's labels by object name, and their colours.
_LABELS: Final = (
    ("title", "text"), ("progress", "muted"), ("legend", "quiet"), ("note", "muted"), ("hint", "muted"), ("effort", "muted"),
)  # fmt: skip


class ArticleList(QTableView):
    """A list in which Enter chooses; letters are left to the filter line.

    A table of one column: QListView asks a model for every row's index whenever one is added, a table knows its heights without.
    """

    entered_row = Signal(QModelIndex)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Nothing: it would ask every row in turn and knows no tone marks."""


class CorpusPanel(QWidget):
    """Lists a corpus without ever making the window wait: a thread reads, and a timer fetches what it found.

    `article_chosen` bears the Path that was clicked or entered, `listed` says that all was found and read once, `open_requested`
    that the person wants to open a folder.
    """

    article_chosen = Signal(object)
    listed = Signal()
    open_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("corpus")
        self._look = look
        self._scan: Scan | None = None
        # The threads must not outlive the panel; they are told so without touching it.
        self._running: list[Scan] = []
        self.destroyed.connect(partial(_stop_all, self._running))
        self._is_listing = False
        self._awaited = 0
        self._left_out: list[AnnotatorError] = []
        self._wish: Path | None = None
        self._model = CorpusModel(look, self)
        self._timer = QTimer(self, interval=_FETCH_MS)
        self._build()
        self._connect()
        self._restyle()

    def set_corpus(self, corpus: Corpus | None, *, schema: Schema | None = None) -> None:
        """List another corpus, or none; its types are called as `schema` calls them. Returns at once."""
        self._stop()
        self._wants.set_schema(schema)
        self._wants.set_wants(Wants())
        self._left_out.clear()
        self._wish = None
        self._model.clear(corpus.root if corpus else None)
        if corpus is not None:
            self._scan = Scan(corpus)
            self._running.append(self._scan)
            self._is_listing = True
            self._timer.start()
        self._show_state()

    def count(self) -> int:
        """How many articles were found so far, filtered out or not."""
        return self._model.total

    def select(self, path: Path | None) -> None:
        """Show which article is open; one that is not found yet as soon as it is."""
        self._wish = path
        self._model.set_open(path)
        row = self._model.row_of(path) if path is not None else None
        if row is None:
            self._list.setCurrentIndex(QModelIndex())
            return
        self._list.setCurrentIndex(self._model.index(row, 0))
        self._list.scrollTo(self._model.index(row, 0))

    def refresh(self, path: Path) -> None:
        """Read an article's sidecar anew, in the background: it was saved."""
        if self._scan is not None:
            self._scan.want(path)
            self._awaited += 1
            self._timer.start()

    def refuse(self, path: Path, problem: AnnotatorError) -> None:
        """Grey an article that could not be opened; its tooltip says why."""
        self._model.refuse(path, problem)

    def neighbour(self, path: Path, step: int) -> Path | None:
        """The next (1) or previous (-1) article that the filter keeps, None at the end."""
        return self._model.neighbour(path, step)

    def note_status(self, path: Path, status: Status) -> None:
        """Show the status that an article is left with, before its sidecar was read again."""
        self._model.note_status(path, status)

    def unfinished(self, path: Path | None) -> Path | None:
        """The next article that the filter keeps and that is not done, behind `path` and then from the beginning."""
        return self._model.unfinished(path)

    def is_filtered(self) -> bool:
        """Whether some articles may be kept back."""
        return bool(self._filter.text() or self._wants.wants) or self._standing.standing != "all"

    def set_effort(self, text: str, *, tip: str = "") -> None:
        """Say below the list how long was worked; empty: that is not kept."""
        # A line for each thing that is told: side by side they are too wide for the panel.
        self._effort.setText(text.replace(" · ", "\n"))
        self._effort.setToolTip(escape(tip))
        self._effort.setVisible(bool(text))

    def first(self) -> Path | None:
        """The first article that the filter keeps."""
        return self._model.article(0).path if self._model.rowCount() else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_legend()

    def _build(self) -> None:
        self._labels = [QLabel(self) for _ in _LABELS]
        self._title, self._progress, self._legend, self._note, self._hint, self._effort = self._labels
        for label, (name, _) in zip(self._labels, _LABELS, strict=True):
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self._hint, self._effort):
            label.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._line = ProgressLine(self._look, self)
        self._filter = FilterLine(self._look, "gui.corpus.filter", self)
        self._standing = StandingChoice(self._look, self)
        self._standing.setObjectName("standing")
        self._wants = WantsButton(self._look, self._model, self)
        self._chips = WantChips(self._look, self._wants, self)
        self._open = QPushButton(self)
        self._open.setObjectName("open")
        self._list = ArticleList(self)
        self._list.setObjectName("articles")
        self._list.setModel(self._model)
        self._list.setItemDelegate(ArticleRows(self._look, self._model, self._list))
        self._lay_out()

    def _lay_out(self) -> None:
        head, search, line, choice, foot = QHBoxLayout(), QVBoxLayout(), QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        head.setContentsMargins(12, 8, 12, 6)
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self._progress)
        choice.addWidget(self._standing)
        choice.addStretch()
        choice.addWidget(self._legend)
        search.setContentsMargins(8, 8, 8, 4)
        search.setSpacing(4)
        line.setSpacing(4)
        line.addWidget(self._filter, 1)
        line.addWidget(self._wants)
        search.addLayout(line)
        search.addLayout(choice)
        search.addWidget(self._chips)
        empty = QWidget(self)
        middle = QVBoxLayout(empty)
        middle.setContentsMargins(16, 32, 16, 16)
        middle.setSpacing(16)
        middle.addWidget(self._hint)
        middle.addWidget(self._open, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._list)
        self._stack.addWidget(empty)
        foot.setContentsMargins(12, 6, 12, 6)
        foot.setSpacing(2)
        foot.addWidget(self._note)
        foot.addWidget(self._effort)
        self._effort.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._line)
        whole.addLayout(search)
        whole.addWidget(self._stack, 1)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self._timer.timeout.connect(self._fetch)
        self._model.tally_changed.connect(self._show_tally)
        self._filter.textChanged.connect(self._sift)
        self._filter.left_downwards.connect(self._go_to_list)
        self._filter.returnPressed.connect(self._choose_only)
        self._standing.currentIndexChanged.connect(self._sift)
        self._wants.changed.connect(self._sift)
        self._list.clicked.connect(self._choose)
        self._list.entered_row.connect(self._choose)
        self._open.clicked.connect(self.open_requested)
        self._look.changed.connect(self._restyle)

    def _choose(self, index: QModelIndex) -> None:
        self.article_chosen.emit(self._model.article(index.row()).path)

    def _choose_only(self) -> None:
        """Enter in the filter line opens what it found if that is one article."""
        if self._model.rowCount() == 1:
            self._choose(self._model.index(0, 0))
        else:
            self._go_to_list()

    def _go_to_list(self) -> None:
        if self._model.rowCount():
            if not self._list.currentIndex().isValid():
                self._list.setCurrentIndex(self._model.index(0, 0))
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sift(self) -> None:
        self._model.set_filter(self._filter.text(), self._standing.standing, wants=self._wants.wants)
        if self._wish is not None:
            self.select(self._wish)
        self._show_state()

    def _fetch(self) -> None:
        """Take over what the thread found since the last time."""
        if self._scan is None:
            return
        was_listing, known = self._is_listing, list[Known]()
        deadline = monotonic() + _FETCH_SECONDS
        for news in self._scan.fetch():
            self._take(news, known)
            if monotonic() > deadline or len(known) >= _FETCH_MOST:
                break
        if known:
            self._model.learn((news.path, news.summary) for news in known)
            self._awaited -= sum(news.asked for news in known)
        if not self._is_listing and not self._awaited:
            self._timer.stop()
        self._show_state()
        if was_listing and not self._is_listing:
            self.listed.emit()

    def _take(self, news: News, known: list[Known]) -> None:
        match news:
            case Found(paths):
                self._model.add(paths)
                if self._wish in paths:
                    self.select(self._wish)
            case Known():
                known.append(news)
            case LeftOut(problem):
                self._left_out.append(problem)
            case Listed():
                self._is_listing = False

    def _stop(self) -> None:
        self._timer.stop()
        _stop_all(self._running)
        self._scan, self._is_listing, self._awaited = None, False, 0

    def _show_state(self) -> None:
        """The list, or what to do where there is nothing to list."""
        say, has_corpus = self._look.say, self._scan is not None
        hint = "nothing" if not has_corpus else "listing" if self._is_listing and not self._model.total else "empty"
        if self._model.total:
            hint = "no_match"
        self._hint.setText(say(f"gui.corpus.{hint}", count=self._model.total))
        self._open.setVisible(hint in ("nothing", "empty"))
        self._stack.setCurrentIndex(0 if self._model.rowCount() else 1)
        for widget in (self._filter, self._standing, self._wants):
            widget.setVisible(has_corpus)
        self._fit_legend()
        self._note.setVisible(bool(self._left_out))
        self._note.setText(say("gui.corpus.left_out", count=len(self._left_out)))
        self._note.setToolTip("<br>".join(escape(self._look.explain(problem)) for problem in self._left_out[:_REASONS_MOST]))
        self._show_tally()

    def _fit_legend(self) -> None:
        """The words over the counts give way in a narrow panel; the tooltips say the same."""
        needed = self._standing.sizeHint().width() + self._legend.sizeHint().width() + 24
        self._legend.setVisible(self._scan is not None and self.width() >= needed)

    def _show_tally(self) -> None:
        total, finished = self._model.total, self._model.finished
        key = "gui.corpus.listing" if self._is_listing else "gui.corpus.progress"
        self._progress.setText(self._look.say(key, count=total, done=finished, total=total) if total else "")
        self._line.set_share(finished / total if total else 0.0)

    def _restyle(self) -> None:
        look = self._look
        self.setFont(look.interface_font())
        self._title.setText(look.say("gui.corpus.title"))
        for label, (_, colour) in zip(self._labels, _LABELS, strict=True):
            palette = label.palette()
            palette.setColor(label.foregroundRole(), look.theme.colour(colour))
            label.setPalette(palette)
        self._filter.restyle()
        self._open.setText(look.say("gui.corpus.open"))
        self._open.setIcon(icon("open-folder", look.theme))
        self._list.setAccessibleName(look.say("gui.corpus.title"))
        self._standing.restyle()
        self._wants.restyle()
        self._chips.refill()
        self._legend.setText(look.say("gui.corpus.legend"))
        self._show_state()
        self._list.verticalHeader().setDefaultSectionSize(QFontMetrics(look.interface_font()).height() + _ROW_PADDING)
        self._list.viewport().update()


def _stop_all(running: list[Scan]) -> None:
    while running:
        running.pop().stop()
