"""The statistics of the corpus or of the open article: tables with bars, and below them where what a row counts stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QSplitter, QVBoxLayout, QWidget

from annotator.core.errors import AnnotatorError
from annotator.core.schema import Language, Schema
from annotator.store.corpus import Corpus
from annotator.tasks import Progress
from annotator.tasks.counted import Counted, pick_counted, show_counted
from annotator.tasks.division import Wish
from annotator.tasks.figure_sections import sections_of
from annotator.tasks.figure_tables import Line, Section, grouped
from annotator.tasks.opening import corpus_schema
from annotator.tasks.searching import Searched
from annotator.tasks.stats import Stats, count_corpus

from ..desk.stream import Stream
from ..looks.elided import ElidedLabel
from ..looks.figure_rows import FigureList
from ..looks.hit_rows import HeadRow, PlaceList, PlaceRow, Row
from ..looks.look import Look
from .statistics_form import StatisticsForm
from .statistics_sections import SectionList

_SIZE: Final = (984, 656)
_UNBOUND: Final = 16_777_215
_LEAST: Final = (600, 400)
_NAVIGATION: Final = 196
_MARKED_AFTER_MS: Final = 120
# As many places as anybody reads.
_PLACES_MOST: Final = 5000
Phase = Literal["counting", "counted", "stopped"]


@dataclass(frozen=True, slots=True)
class _Counts:
    """What was counted, and the sections of it in one language."""

    stats: Stats
    schema: Schema
    language: Language
    sections: list[Section]


class StatisticsDialog(QDialog):
    """Counts beside the window's thread whenever it is asked for, and keeps what it shows until the new counts are there.

    `place_chosen` carries an article's path, and the Counted annotation to go to or None. `open_article` gives the path of the article
    that is open, or None.
    """

    place_chosen = Signal(object, object)

    def __init__(self, look: Look, corpus: Corpus, *, open_article: Callable[[], Path | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._corpus, self._open_article = look, corpus, open_article
        self.phase: Phase = "counting"
        self.stats: Stats | None = None
        self._schema: Schema | None = None
        self._language: Language = look.language
        self._sections: list[Section] = []
        self._shown, self._is_refused = 0, False
        self.jobs, self.finding = Stream(), Stream()
        self.setObjectName("statistics")
        self.resize(*_SIZE)
        self.setMinimumSize(*_LEAST)
        self.form = StatisticsForm(look, self)
        self.sections, self.figures, self.places = SectionList(look, self), FigureList(look, self), PlaceList(look, self)
        self._timer = QTimer(self, singleShot=True, interval=_MARKED_AFTER_MS)
        self._build()
        self._connect()
        self.restyle()

    def message(self) -> str:
        """What the dialog says at the moment."""
        return self._message.text()

    def shown_sections(self) -> tuple[Section, ...]:
        """The sections, in the order of the list beside them."""
        return tuple(self._sections)

    def refresh(self) -> None:
        """Count anew what is asked for."""
        corpus, only, wish, language = self._corpus, self._only(), self.form.wish(), self._look.language
        self.phase = "counting"
        self._progress.setRange(0, 0)
        self._progress.show()
        self.again_button.setText(self._look.say("gui.stats.stop"))
        self._say("muted", "gui.stats.counting", done=0, total="…")
        self.jobs.start(lambda progress: _count(corpus, wish if only is None else None, only, language=language, progress=progress))

    def restyle(self) -> None:
        """Take over theme and language."""
        look = self._look
        self.setFont(look.interface_font())
        self.setWindowTitle(look.say("gui.stats.title"))
        self.form.restyle()
        for widget, key in ((self.sections, "sections"), (self.figures, "figures"), (self.places, "places"), (self._progress, "progress")):
            widget.setAccessibleName(look.say(f"gui.stats.{key}"))
        self.close_button.setText(look.say("gui.stats.close"))
        self.again_button.setText(look.say("gui.stats.stop" if self.jobs.is_running else "gui.stats.again"))
        if self.stats is not None and self._schema is not None and self._language != look.language:
            self._language = look.language
            self._show_sections(sections_of(self.stats, self._schema, look.language))
        self._show_standing()

    def done(self, result: int) -> None:
        if self.jobs.is_running:
            self.jobs.stop()
        super().done(result)

    def leave(self) -> None:
        """Let go of all work: the dialog is not needed any more."""
        self.jobs.leave(seconds=0)
        self.finding.leave(seconds=0)

    def _build(self) -> None:
        self._message, self._told = ElidedLabel(self._look, lines=2), ElidedLabel(self._look, colour="warning", lines=4)
        self._message.setObjectName("message")
        self._told.setObjectName("told")
        self._standing = ElidedLabel(self._look, colour="muted", lines=1)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(4)
        policy = self._progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(policy)
        self.sections.setObjectName("sections")
        self.sections.setFixedWidth(_NAVIGATION)
        self.figures.setObjectName("figures")
        self.places.setObjectName("places")
        self.close_button, self.again_button = QPushButton(), QPushButton()
        for button, name in ((self.close_button, "close"), (self.again_button, "again")):
            button.setObjectName(f"statistics-{name}")
            button.setAutoDefault(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 16, 24, 16)
        outer.setSpacing(8)
        outer.addWidget(self.form)
        outer.addWidget(self._progress)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.sections)
        middle.addWidget(self._right(), 1)
        outer.addLayout(middle, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._message, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.again_button)
        foot.addWidget(self.close_button)
        outer.addLayout(foot)

    def _right(self) -> QWidget:
        above, below = QWidget(), QWidget()
        self._above = above
        for page, widgets in ((above, (self._told, self.figures)), (below, (self._standing, self.places))):
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 4, 0, 0)
            column.setSpacing(4)
            column.addWidget(widgets[0])
            column.addWidget(widgets[1], 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(above)
        split.addWidget(below)
        split.setSizes([360, 168])
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 1)
        return split

    def _connect(self) -> None:
        self.form.changed.connect(self.refresh)
        self.sections.currentRowChanged.connect(self._show_section)
        self.figures.line_marked.connect(lambda _: self._timer.start())
        self.figures.line_chosen.connect(lambda _: self.places.setFocus() if self.places.places.rows else None)
        self._timer.timeout.connect(self._find_places)
        self.places.row_chosen.connect(self._choose)
        self.again_button.clicked.connect(self._count_or_stop)
        self.close_button.clicked.connect(self.reject)
        self.jobs.progressed.connect(self._show_progress)
        self.jobs.came.connect(lambda batch: self._take(batch[-1]))
        self.jobs.ended.connect(self._end)
        self.finding.came.connect(self._take_places)
        self.finding.ended.connect(lambda _: self._show_standing())
        self._look.changed.connect(self.restyle)

    def _only(self) -> Path | None:
        """The article that alone is counted."""
        return self._open_article() if self.form.scope_name() == "article" else None

    def _count_or_stop(self) -> None:
        if self.jobs.is_running:
            self.jobs.stop()
        else:
            self.refresh()

    def _show_progress(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._say("muted", "gui.stats.counting", done=done, total=total or "…")

    def _take(self, result: object) -> None:
        if isinstance(result, _Counts):
            self.stats, self._schema, self._language = result.stats, result.schema, result.language
            self._show_sections(result.sections)
            self.restyle()

    def _end(self, problem: AnnotatorError | None) -> None:
        self._progress.hide()
        self.again_button.setText(self._look.say("gui.stats.again"))
        if problem is None and self.stats is not None:
            self.phase = "counted"
            colour, unread = ("warning" if self.stats.refused else "muted"), self.stats.unreadable
            self._say(colour, "gui.stats.counted", n=self.stats.documents, unreadable=unread or "")
            return
        self.phase = "stopped"
        if problem is not None and problem.code != "cancelled":
            self._message.set_colour("error")
            self._message.set_text(self._look.explain(problem))
        else:
            self._say("warning", "gui.stats.stopped")

    def _show_sections(self, sections: list[Section]) -> None:
        """Show other counts, or the same in another language, and stay where one was."""
        known = self._sections[self.sections.currentRow()].name if self._sections and self.sections.currentRow() >= 0 else ""
        marked = self.figures.marked()
        self._sections = sections
        row = next((rank for rank, section in enumerate(self._sections) if section.name == known), 0)
        self.sections.show_sections(self._sections, row)
        self._show_section(row, marked=marked)

    def _show_section(self, row: int, *, marked: str = "") -> None:
        if not 0 <= row < len(self._sections):
            return
        section = self._sections[row]
        self._told.setVisible(bool(section.told))
        # What could not be read stands in the list, each with its reason: there may be many.
        self._is_refused = section.name == "refused"
        self._told.set_text("\n".join(section.told[:1] if self._is_refused else section.told))
        self.figures.setHidden(self._is_refused)
        self._standing.setHidden(self._is_refused)
        self._above.setMaximumHeight(self._told.heightForWidth(self._told.width()) + 16 if self._is_refused else _UNBOUND)
        self.places.setUniformRowHeights(not self._is_refused)
        self._told.set_colour("warning" if section.name in ("overview", "refused") else "muted")
        self.figures.figures.show_tables(section.tables, self._colours())
        self.figures.mark(marked)
        self._find_places()

    def _colours(self) -> dict[tuple[str, str], str]:
        schema = self._schema
        if schema is None:
            return {}
        entities = {("entities", item.name): item.colour for item in schema.entities}
        return {**entities, **{("events", item.name): item.colour for item in schema.events}}

    def _find_places(self) -> None:
        """List where what the marked row counts stands."""
        self._timer.stop()
        self.finding.leave(seconds=0)
        self.places.places.clear()
        self._shown = 0
        line, stats = self.figures.line(), self.stats
        if self._is_refused and stats is not None:
            rows = [HeadRow(None, self._named(error), self._look.explain(error), is_problem=True) for error in stats.refused]
            self.places.places.add(rows)
        elif line is not None and line.pick is not None and line.number and stats is not None:
            self.finding.start(lambda progress: _places(stats.places, line, progress=progress))
        self._show_standing()

    def _take_places(self, batch: list[object]) -> None:
        rows: list[Row] = []
        for item in batch:
            if isinstance(item, _Found):
                rows += self._rows(item)
                self._shown += max(len(item.items), 1)
        was_empty = not self.places.places.rows
        self.places.places.add(rows)
        if was_empty and rows:
            first = next((rank for rank, row in enumerate(rows) if isinstance(row, PlaceRow)), 0)
            self.places.setCurrentIndex(self.places.places.index(first))
        self._show_standing()

    def _rows(self, found: _Found) -> list[Row]:
        path = found.searched.path
        name = self._below(path)
        if found.searched.problem is not None:
            return [HeadRow(None, name, self._look.explain(found.searched.problem), is_problem=True)]
        rows: list[Row] = [HeadRow(path, name, self._look.say("gui.hits.in_article", n=len(found.items)) if found.items else "")]
        for hit, item in zip(found.searched.hits, found.items, strict=True):
            note = self._look.type_label(self._schema, item.type) if self._schema is not None else item.type
            rows.append(PlaceRow(path, hit.span, hit.line + 1, hit.before, hit.surface, hit.behind, note=note, key=item))
        return rows

    def _below(self, path: Path) -> str:
        return path.relative_to(self._corpus.root).as_posix() if path.is_relative_to(self._corpus.root) else str(path)

    def _named(self, error: AnnotatorError) -> str:
        return self._below(Path(str(error.where["path"]))) if "path" in error.where else ""

    def _show_standing(self) -> None:
        """What the list below shows."""
        line, stats = self.figures.line(), self.stats
        if line is None or stats is None:
            self._standing.set_text(self._look.say("gui.stats.choose_row"))
        elif line.pick is None or not line.number:
            self._standing.set_text(self._look.say("gui.stats.no_places", name=line.name))
        else:
            key = "gui.stats.capped" if self._shown >= _PLACES_MOST else "gui.stats.places_of"
            self._standing.set_text(self._look.say(key, name=line.name, n=grouped(self._shown, self._look.language)))

    def _choose(self, row: Row) -> None:
        if isinstance(row, PlaceRow):
            self.place_chosen.emit(row.path, row.key)
        elif row.path is not None:
            self.place_chosen.emit(row.path, None)

    def _say(self, colour: str, key: str, **where: str | int) -> None:
        self._message.set_colour(colour)
        self._message.set_text(self._look.say(key, **where))


@dataclass(frozen=True, slots=True)
class _Found:
    """The places of one article, and what each is."""

    searched: Searched
    items: list[Counted]


def _count(corpus: Corpus, wish: Wish | None, only: Path | None, *, language: Language, progress: Progress) -> Iterator[_Counts]:
    """Beside the window's thread: the counts, the schema that words them, and all that is shown of them."""
    schema = corpus_schema(corpus)
    stats = count_corpus(corpus, wish, only=only, places=True, progress=progress)
    yield _Counts(stats, schema, language, sections_of(stats, schema, language))


def _places(places: list[Counted], line: Line, *, progress: Progress) -> Iterator[_Found]:
    """Beside the window's thread: the places that a row counts, with the text around them."""
    assert line.pick is not None
    for searched, items in show_counted(pick_counted(places, line.pick)[:_PLACES_MOST], progress):
        yield _Found(searched, items)
