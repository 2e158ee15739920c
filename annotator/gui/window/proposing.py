"""A model's suggestions in the window: the actions that answer them, and what the answers bring into view."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from annotator.core.errors import AnnotatorError
from annotator.core.model import extent
from annotator.store.files import digest, read_source

from .control import Control

if TYPE_CHECKING:
    from annotator.tasks.predictions import ProposalReport

    from ..dialogs.proposals import ProposalsDialog
    from ..work.proposing import Proposer

Handler = Callable[[], None]


class Proposing:
    """The functions of these actions by name. `delete` is the one of all annotations: of suggestions it goes on to the next."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self.table: dict[str, Handler] = {
            "accept_suggestion": lambda: self._with(lambda proposer: proposer.accept()),
            "accept_sentence": lambda: self._with(lambda proposer: proposer.accept("sentence")),
            "accept_article": lambda: self._with(lambda proposer: proposer.accept("article")),
            "reject_sentence": lambda: self._with(lambda proposer: proposer.reject("sentence")),
            "reject_article": lambda: self._with(lambda proposer: proposer.reject("article")),
            "next_suggestion": lambda: self._with(lambda proposer: proposer.walk(1)),
            "previous_suggestion": lambda: self._with(lambda proposer: proposer.walk(-1)),
            "delete": self._delete,
            "import_suggestions": self._ask_import,
        }
        control.panes.inspector.proposal.accept_requested.connect(self.table["accept_suggestion"])

    def _delete(self) -> None:
        tools = self._control.desk.tools
        if tools is None:
            return
        if tools.proposer.only_suggestions():
            self._with(lambda proposer: proposer.reject())
        else:
            tools.labeller.delete()
            self._control.offer()

    def _ask_import(self) -> None:
        control = self._control
        title, last = control.look.say("gui.proposals.choose"), control.preferences.settings.last_folder
        chosen, _ = QFileDialog.getOpenFileName(control.window, title, last)
        if chosen:
            control.desk.leave(lambda: self.show_import(Path(chosen)))

    def show_import(self, source: Path) -> None:
        """Open the dialog that brings the file of a model's output in."""
        from ..dialogs.proposals import ProposalsDialog

        control, session = self._control, self._control.session
        corpus = control.desk.corpus
        if corpus is None:
            return
        dialog = ProposalsDialog(
            control.look, corpus, source, add_here=self._add_here, leave=session.path if session else None, parent=control.window
        )
        dialog.finished.connect(lambda _: self._end_import(dialog))
        dialog.open()

    def _add_here(self, report: ProposalReport) -> None:
        """The open article's share, as one step that can be undone."""
        from annotator.tasks.predictions import propose_to

        session = self._control.session
        if session is None or not report.left:
            return
        try:
            if session.read_only is not None:
                raise session.read_only
            # The places were found in the text on disk. Were the open one another, they would point at nothing or at other words.
            if digest(read_source(session.path)[0]) != session.document.source.sha256:
                raise AnnotatorError("source-changed-while-open", path=str(session.path))
            edit = propose_to(report, session.document, report.left, schema=session.schema, name=session.path.stem)
            if edit:
                session.do(edit)
        except AnnotatorError as error:
            report.refused.append(error)

    def _end_import(self, dialog: ProposalsDialog) -> None:
        for item in dialog.report.done if dialog.report is not None else ():
            self._control.panes.corpus.refresh(item.path)
        dialog.deleteLater()
        self._control.panes.view.setFocus()

    def _with(self, do: Callable[[Proposer], None]) -> None:
        tools = self._control.desk.tools
        if tools is None:
            return
        session, before = tools.doing.session, tools.doing.session.selected
        do(tools.proposer)
        chosen = session.chosen()
        if chosen is not None and session.selected != before:
            self._control.panes.view.reveal(extent(chosen))
        self._control.offer()
