"""Tag all occurrences: what is looked for, as what and where it is tagged, and every place of it to be ticked before anything is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from annotator.core.errors import AnnotatorError
from annotator.core.occurrences import Target
from annotator.core.search import Query
from annotator.core.text import Span, Spans
from annotator.store.corpus import Corpus
from annotator.tasks import Progress
from annotator.tasks.searching import Finder
from annotator.tasks.tagging_all import Place, Refused, Seen, Tagged, Wish, places_in, preview_corpus, tag_articles

from ..desk.stream import Stream
from ..looks.elided import ElidedLabel
from ..looks.hit_rows import HeadRow, PlaceList, PlaceRow, Row
from ..looks.look import Look
from ..work.session import Session
from .tag_all_form import TagAllForm

_SIZE: Final = (760, 600)
_TYPING_MS: Final = 120
# A text of this length is searched while one waits for nothing; a longer one, or an expression, beside the window's thread.
_AT_ONCE: Final = 200_000
_MOST: Final = 10_000
Phase = Literal["looking", "ready", "writing", "done"]


@dataclass(frozen=True, slots=True)
class Start:
    """With what the dialog begins; `within` are the spans of the open article that the scope of the selection has."""

    query: Query
    target: Target | None
    within: Spans = ()


@dataclass(slots=True)
class Outcome:
    """What became of it: how many were tagged in the open article, what was written, what was left as it is, and why the rest was not."""

    target: Target
    in_open: int = 0
    written: list[Tagged] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)

    @property
    def made(self) -> int:
        return self.in_open + sum(item.made for item in self.written)


class TagAllDialog(QDialog):
    """Shows what would be tagged and has it done. `tag_open` tags spans of the open article in one step and may refuse; `note` is told,
    beside the window's thread, of every other article before it is written. `annotator` labels where the corpus names nobody.

    `finished_with` carries the Outcome; `take_back_requested` wishes the step undone that was done just now.
    """

    finished_with = Signal(object)
    take_back_requested = Signal()

    def __init__(
        self, look: Look, session: Session, corpus: Corpus | None, *, start: Start,
        tag_open: Callable[[Target, list[Span], bool], int], note: Callable[[Tagged], None], annotator: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._look, self._session, self._corpus, self._start, self._tag_open = look, session, corpus, start, tag_open
        self._note, self._annotator = note, annotator
        self.phase: Phase = "looking"
        self.outcome: Outcome | None = None
        self._finder = Finder(session.document.text)
        self._problems = 0
        self._capped = False
        self.stream = Stream()
        self.setObjectName("tag-all")
        self.setWindowTitle(look.say("gui.tagall.title"))
        self.resize(*_SIZE)
        self.form = TagAllForm(look, session.schema, start.query, target=start.target, scopes=self._scopes(), parent=self)
        self.list = PlaceList(look, self)
        self.list.setObjectName("occurrences")
        self.list.setAccessibleName(look.say("gui.tagall.list"))
        self._typing = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._build()
        self._connect()
        self._look_again()

    def message(self) -> str:
        """What the dialog says at the moment."""
        return self._message.text()

    def reject(self) -> None:
        """Cancel; while articles are written, stop at the next one."""
        if self.phase == "writing":
            self.stream.stop()
        else:
            super().reject()

    def done(self, result: int) -> None:
        self.stream.leave(seconds=0)
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.phase == "writing":
            self.stream.stop()
            event.ignore()
        else:
            self.stream.leave(seconds=0)
            super().closeEvent(event)

    def _scopes(self) -> list[str]:
        return [*(["selection"] if self._start.within else []), "document", *(["corpus"] if self._corpus is not None else [])]

    def _build(self) -> None:
        say = self._look.say
        self._message = ElidedLabel(self._look, lines=3)
        self._message.setObjectName("message")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(4)
        policy = self._progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(policy)
        self.all_button, self.none_button, self.back_button, self.tag_button, self.cancel_button = self._buttons = [
            QPushButton(say(f"gui.tagall.{name}")) for name in ("all", "none", "take_back", "tag_none", "cancel")
        ]
        for button, name in zip(self._buttons, ("all", "none", "take-back", "tag", "cancel"), strict=True):
            button.setObjectName(f"tag-all-{name}")
            button.setAutoDefault(False)
        self.tag_button.setDefault(True)
        self.back_button.hide()
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.all_button)
        foot.addWidget(self.none_button)
        foot.addStretch(1)
        foot.addWidget(self.back_button)
        foot.addWidget(self.tag_button)
        foot.addWidget(self.cancel_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(8)
        outer.addWidget(self.form)
        outer.addWidget(self._progress)
        outer.addWidget(self.list, 1)
        outer.addWidget(self._message)
        outer.addLayout(foot)

    def _connect(self) -> None:
        self.form.query_changed.connect(self._typing.start)
        self._typing.timeout.connect(self._look_again)
        self.form.what_changed.connect(self._look_again)
        self.form.over_changed.connect(self._tick_again)
        self.list.places.ticks_changed.connect(self._show_ticked)
        self.all_button.clicked.connect(lambda: self.list.places.tick(self.list.places.places(), True))
        self.none_button.clicked.connect(lambda: self.list.places.tick(self.list.places.places(), False))
        self.tag_button.clicked.connect(self._tag)
        self.back_button.clicked.connect(self.take_back_requested)
        self.cancel_button.clicked.connect(self.reject)
        self.stream.came.connect(self._take)
        self.stream.progressed.connect(self._show_progress)
        self.stream.ended.connect(self._end)

    def _look_again(self) -> None:
        """Make the list anew for what is asked now."""
        self._typing.stop()
        self.stream.leave(seconds=0)
        self.list.places.clear()
        self._problems, self._capped = 0, False
        query, target = self.form.query(), self.form.target()
        if target is None or not query.text.strip():
            self._enter("ready")
            self._say("muted", "gui.tagall.ask")
            return
        self._enter("looking")
        if query.mode == "plain" and len(self._session.document.text) <= _AT_ONCE:
            try:
                self._show_open(self._finder.find(query))
            except AnnotatorError as error:
                self._end(error)
                return
            if self.form.scope() != "corpus":
                self._end(None)
                return
            finder = None
        else:
            finder = self._finder
        corpus, path = self._corpus if self.form.scope() == "corpus" else None, self._session.path
        self.stream.start(lambda progress: _look_beside(finder, corpus, query, target=target, without=path, progress=progress))

    def _show_open(self, spans: list[Span]) -> None:
        """The places of the open article; within the selection alone where that is the scope."""
        target, within = self.form.target(), self._start.within
        assert target is not None
        if self.form.scope() == "selection":
            spans = [span for span in spans if any(start <= span[0] and span[1] <= end for start, end in within)]
        self._capped |= len(spans) > _MOST
        places = places_in(self._session.document, spans[:_MOST], target)
        rows: list[Row] = [self._row(self._session.path, place) for place in places]
        if rows and self.form.scope() == "corpus":
            rows.insert(0, HeadRow(self._session.path, self._name(self._session.path), self._look.say("gui.tagall.open", n=len(places))))
        self._add(rows)

    def _take(self, batch: list[object]) -> None:
        rows: list[Row] = []
        for item in batch:
            match item:
                case list():
                    self._show_open(cast("list[Span]", item))
                case Seen(problem=None):
                    rows.append(HeadRow(item.path, self._name(item.path), self._look.say("gui.hits.in_article", n=len(item.places))))
                    rows += [self._row(item.path, place, seen=item) for place in item.places]
                case Seen(problem=problem) if problem is not None:
                    self._problems += 1
                    rows.append(HeadRow(None, self._name(item.path), self._look.explain(problem), is_problem=True))
                case Tagged() if self.outcome is not None:
                    self.outcome.written.append(item)
                case Refused() if self.outcome is not None:
                    self.outcome.refused.append(item)
        self._add(rows)
        if len(self.list.places.rows) > _MOST and not self._capped:
            self._capped = True
            self.stream.stop()

    def _add(self, rows: list[Row]) -> None:
        was_empty = not self.list.places.rows
        self.list.places.add(rows)
        if was_empty and rows:
            self.list.setCurrentIndex(self.list.places.index(0))

    def _row(self, path: Path, place: Place, *, seen: Seen | None = None) -> PlaceRow:
        hit, occurrence = place.hit, place.occurrence
        beside = self._look.type_label(self._session.schema, occurrence.beside) if occurrence.beside else ""
        note = self._look.say(f"gui.tagall.doubt.{occurrence.doubt}", type=beside) if occurrence.doubt else ""
        row = PlaceRow(path, hit.span, hit.line + 1, hit.before, hit.surface, hit.behind, note=note, key=(place, seen))
        row.ticked = self._ticked(row)
        return row

    def _ticked(self, row: PlaceRow) -> bool | None:
        over, occurrence = self.form.over_existing(), _place(row).occurrence
        return occurrence.is_certain(over_existing=over) if occurrence.may_be_tagged(over_existing=over) else None

    def _tick_again(self) -> None:
        for row in self.list.places.places():
            row.ticked = self._ticked(row)
        self.list.places.tick((), True)

    def _end(self, problem: AnnotatorError | None) -> None:
        if self.phase == "writing":
            self._show_outcome(problem)
            return
        self._enter("ready")
        if problem is not None and not (problem.code == "cancelled" and self._capped):
            self._message.set_colour("error")
            self._message.set_text(self._look.explain(problem))
        else:
            self._show_ticked()

    def _show_ticked(self) -> None:
        """How many are ticked, on the button, and how many there are."""
        ticked, total = len(self.list.places.ticked()), sum(1 for _ in self.list.places.places())
        busy = self.phase != "ready"
        self.tag_button.setEnabled(ticked > 0 and not busy)
        self.tag_button.setText(self._look.say("gui.tagall.tag", n=ticked) if ticked else self._look.say("gui.tagall.tag_none"))
        if busy:
            return
        capped = self._look.say("gui.tagall.capped", n=_MOST) if self._capped else ""
        key = "gui.tagall.found" if total else "gui.tagall.nothing"
        self._say("muted" if total else "warning", key, n=total, ticked=ticked, articles=self._problems, capped=capped)

    def _tag(self) -> None:
        target, over = self.form.target(), self.form.over_existing()
        if target is None:
            return
        ticked = self.list.places.ticked()
        self.outcome = Outcome(target, left_out=self._left_out())
        here = [row.span for row in ticked if row.path == self._session.path]
        try:
            self.outcome.in_open = self._tag_open(target, here, over) if here else 0
        except AnnotatorError as error:
            self.outcome.refused.append(Refused(self._session.path, error))
        if self.form.scope() != "corpus":
            if self.outcome.refused:
                self._message.set_colour("error")
                self._message.set_text(self._look.explain(self.outcome.refused[0].reason))
                return
            self.finished_with.emit(self.outcome)
            self.accept()
            return
        self._write(target, over, ticked)

    def _write(self, target: Target, over: bool, ticked: list[PlaceRow]) -> None:
        spans: dict[Path, list[Span]] = {}
        seen: dict[Path, Seen] = {}
        for row in ticked:
            of = _seen(row)
            if of is not None:
                seen[of.path] = of
                spans.setdefault(of.path, []).append(row.span)
        wishes = [Wish(seen[path], tuple(held)) for path, held in spans.items()]
        corpus, note, annotator = self._corpus, self._note, self._annotator
        assert corpus is not None
        self._enter("writing")
        self.stream.start(
            lambda progress: tag_articles(
                wishes, target, corpus, annotator=annotator, over_existing=over, note=note, progress=progress,
            )
        )  # fmt: skip

    def _left_out(self) -> dict[str, int]:
        """Why the places that are not tagged are not, each reason with how many."""
        reasons: dict[str, int] = {}
        for row in self.list.places.places():
            if not row.ticked:
                doubt = _place(row).occurrence.doubt.replace("-", "_") or "unticked"
                reasons[doubt] = reasons.get(doubt, 0) + 1
        return reasons

    def _show_outcome(self, problem: AnnotatorError | None) -> None:
        """What was done in the corpus and what was not, with the way back."""
        outcome = self.outcome
        assert outcome is not None
        self._enter("done")
        self.list.places.clear()
        self.list.show_reasons()
        self._add([HeadRow(None, self._name(item.path), self._look.explain(item.reason), is_problem=True) for item in outcome.refused])
        key = "gui.tagall.stopped" if problem is not None and problem.code == "cancelled" else "gui.tagall.done"
        articles = len(outcome.written) + bool(outcome.in_open)
        colour = "warning" if outcome.refused or problem is not None else "good"
        self._say(colour, key, n=outcome.made, articles=articles, refused=len(outcome.refused), left=sum(outcome.left_out.values()))
        if problem is not None and problem.code != "cancelled":
            self._message.set_text(self._look.explain(problem))
        self.back_button.setVisible(outcome.made > 0)
        self.cancel_button.setFocus()
        self.finished_with.emit(outcome)

    def _show_progress(self, done: int, total: int) -> None:
        self._progress.setRange(0, max(total, 1))
        self._progress.setValue(done)
        self._say("muted", f"gui.tagall.{self.phase}", done=done, total=total)

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self._progress.setRange(0, 1)
        self._progress.setValue(0)
        self._progress.setVisible(phase in ("looking", "writing"))
        for widget in (self.form, self.all_button, self.none_button):
            widget.setEnabled(phase in ("looking", "ready"))
        self.tag_button.setVisible(phase != "done")
        self.tag_button.setEnabled(False)
        key = {"writing": "stop", "done": "close"}.get(phase, "cancel")
        self.cancel_button.setText(self._look.say(f"gui.tagall.{key}"))

    def _say(self, colour: str, key: str, **where: str | int) -> None:
        self._message.set_colour(colour)
        self._message.set_text(self._look.say(key, **where))

    def _name(self, path: Path) -> str:
        root = self._corpus.root if self._corpus is not None else path.parent
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _look_beside(
    finder: Finder | None, corpus: Corpus | None, query: Query, *, target: Target, without: Path, progress: Progress
) -> Iterator[object]:
    """What is found in the open article, where that was not looked through yet, and in the other ones of the corpus."""
    if finder is not None:
        yield finder.find(query)
    if corpus is not None:
        yield from preview_corpus(corpus, query, target, without=without, progress=progress)


def _place(row: PlaceRow) -> Place:
    return cast("tuple[Place, Seen | None]", row.key)[0]


def _seen(row: PlaceRow) -> Seen | None:
    return cast("tuple[Place, Seen | None]", row.key)[1]

