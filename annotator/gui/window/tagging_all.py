"""Tagging all occurrences from the window: with what the dialog begins, one step in the open article, and the way back in the corpus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.model import Event
from annotator.core.occurrences import Target, tag_all, take_back
from annotator.core.search import Query
from annotator.core.text import Span

from ..work.session import Session
from .control import Control

if TYPE_CHECKING:
    from annotator.tasks.steps import StepFile
    from annotator.tasks.tagging_all import Refused, Tagged

    from ..dialogs.tag_all import Outcome, Start, TagAllDialog
    from ..dialogs.take_back import TakeBackDialog

_LONGEST_WORDS = 120


@dataclass(slots=True)
class Step:
    """The last tag-all of the corpus: the articles written, and what was done in the session that was open. `file` keeps it for later."""

    file: StepFile
    written: list[Tagged]
    session: Session | None
    back: Edit | None


class AllTagger:
    """Asks, tags, tells, and takes back. `query` is what the find line looks for, `is_hit` whether the selection is a place of it."""

    def __init__(self, control: Control, *, query: Callable[[], Query | None], is_hit: Callable[[Session], bool]) -> None:
        self._control, self._query, self._is_hit = control, query, is_hit
        self.step: Step | None = None
        self._back: Edit | None = None

    def ask(self) -> None:
        """Open the dialog for what is selected, or for what is looked for."""
        session, desk = self._control.session, self._control.desk
        if session is None:
            return
        if session.read_only is not None:
            self._control.refuse_error(session.read_only)
            return
        from ..dialogs.tag_all import TagAllDialog

        self._back = None
        file = self._file()
        file.begin()
        dialog = TagAllDialog(
            self._control.look, session, desk.corpus, start=self._start(session),
            tag_open=lambda target, spans, over: self._tag(session, target, spans, over_existing=over),
            note=lambda done: self._note(file, session, done), annotator=desk.annotator, parent=self._control.window,
        )  # fmt: skip
        dialog.finished_with.connect(lambda outcome: self._finish(session, dialog, outcome, file=file))
        dialog.take_back_requested.connect(lambda: self._take_back_from(dialog))
        dialog.finished.connect(lambda _: self._leave(dialog))
        dialog.open()

    def take_back(self) -> None:
        """Undo the last tag-all of the corpus, article by article; of an earlier window too, as far as it is known what that wrote."""
        step = self.step or self._earlier()
        if step is None:
            self._control.refuse_error(AnnotatorError("nothing-to-take-back"))
            return
        self.step = None
        self._control.desk.leave(lambda: self._take_back(step))

    @property
    def has_way_back(self) -> bool:
        """Whether there is a tag-all that may be taken back."""
        return self.step is not None or (self._control.desk.corpus is not None and self._file().holds_any)

    def _file(self) -> StepFile:
        """Where the last step of the open corpus is kept; of a window without one, of the article's folder."""
        from annotator.tasks.steps import StepFile

        corpus, session = self._control.desk.corpus, self._control.session
        return StepFile(corpus.root if corpus is not None else session.path.parent if session is not None else Path())

    def _earlier(self) -> Step | None:
        """The step that an earlier window left behind."""
        file = self._file()
        written = file.read()
        return Step(file, written, None, None) if written else None

    def _note(self, file: StepFile, session: Session, done: Tagged) -> None:
        """Beside the window's thread: keep what is about to be written, and in front of it what was done in the open article."""
        from annotator.tasks.tagging_all import Tagged

        if file.is_new and self._back is not None:
            file.note(Tagged(session.path, len(self._back.changes), self._back, "", ""))
        file.note(done)

    def _start(self, session: Session) -> Start:
        from ..dialogs.tag_all import Start

        query, chosen = self._query(), session.chosen()
        text = session.document.text
        if chosen is not None:
            target = Target("event" if isinstance(chosen, Event) else "entity", chosen.type)
            return Start(Query(text.surface(chosen.spans), whole_words=True), target)
        if session.selection and not (query is not None and self._is_hit(session)):
            words = text.surface(session.selection)
            if "\n" in words or len(words) > _LONGEST_WORDS:
                # More than one looks for: it is where one looks.
                return Start(query or Query("", whole_words=True), self._guess(session, query), within=session.selection)
            query = Query(words, whole_words=True)
        return Start(query or Query("", whole_words=True), self._guess(session, query))

    def _guess(self, session: Session, query: Query | None) -> Target | None:
        """The type that such a text has had most often."""
        guess = self._control.desk.lexicon.guess_type(query.text, session.schema) if query is not None else None
        return Target(*guess) if guess is not None else None

    def _tag(self, session: Session, target: Target, spans: list[Span], *, over_existing: bool) -> int:
        """One edit in the open article; how many it made. Raises what `tag_all` and the session raise."""
        edit = tag_all(session.document, spans, target, over_existing=over_existing)
        self._back = session.do(edit).inverse()
        return len(edit.changes)

    def _finish(self, session: Session, dialog: TagAllDialog, outcome: Outcome, *, file: StepFile) -> None:
        self._control.tell("told.tagged_all", {"n": outcome.made, "type": outcome.target.type, **outcome.left_out})
        if dialog.phase == "done":
            # One that did nothing takes nothing away from the way back of the one before.
            if outcome.made:
                self.step = Step(file, outcome.written, session if self._back is not None else None, self._back)
            if file.problem is not None:
                self._control.refuse_error(file.problem)
            for item in outcome.written:
                self._control.panes.corpus.refresh(item.path)

    def _take_back_from(self, dialog: TagAllDialog) -> None:
        dialog.accept()
        self.take_back()

    def _take_back(self, step: Step) -> None:
        from ..dialogs.take_back import TakeBackDialog

        session = self._control.session
        already: list[Path | Refused] = []
        rest: list[Tagged] = []
        mine = _of_session(step)
        for item in [*step.written, *([mine] if mine is not None else [])]:
            if session is not None and session.path == item.path:
                already.append(_take_back_here(session, item))
                step.file.cross_out(item.path)
            else:
                rest.append(item)
        dialog = TakeBackDialog(self._control.look, rest, already=already, cross_out=step.file.cross_out, parent=self._control.window)
        dialog.finished.connect(lambda _: self._end_take_back(dialog, rest, file=step.file))
        dialog.open()

    def _end_take_back(self, dialog: TakeBackDialog, rest: list[Tagged], *, file: StepFile) -> None:
        for path in dialog.restored:
            self._control.panes.corpus.refresh(path)
        # Those that were not come to before it was stopped can still be taken back.
        told = {*dialog.restored, *(item.path for item in dialog.refused)}
        left = [item for item in rest if item.path not in told] if dialog.is_stopped else []
        self.step = Step(file, left, None, None) if left else None
        if not left:
            file.forget()
        self._control.tell("told.took_back", {"n": len(dialog.restored), "refused": len(dialog.refused)})
        self._leave(dialog)

    def _leave(self, dialog: QDialog) -> None:
        """Back to the canvas; the dialog is not needed any more."""
        dialog.deleteLater()
        self._control.panes.view.setFocus()


def _of_session(step: Step) -> Tagged | None:
    """What was done in the session, as if it had been written: its sidecar is what the session saved last."""
    if step.session is None or step.back is None:
        return None
    from annotator.tasks.tagging_all import Tagged

    durable = step.session.durable.digest
    # Never the only thing in its sidecar, as far as anybody knows: that is kept.
    return Tagged(step.session.path, len(step.back.changes), step.back, durable, durable or "")


def _take_back_here(session: Session, item: Tagged) -> Path | Refused:
    """Take it back in the article that is open now, as a step that can be undone."""
    from annotator.tasks.tagging_all import Refused

    try:
        if session.history.undoable == item.inverse:
            session.undo()
        else:
            session.do(take_back(session.document, item.inverse))
    except AnnotatorError as error:
        return Refused(item.path, error)
    return item.path
