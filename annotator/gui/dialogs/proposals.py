"""Bringing a model's output in as suggestions: under which name, how far it is, and what became of all that the file says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from annotator.core.errors import AnnotatorError
from annotator.formats.account import Loss
from annotator.store.corpus import Corpus
from annotator.tasks import Progress
from annotator.tasks.predictions import ProposalReport, import_predictions

from ..desk.stream import Stream
from ..looks.elided import ElidedLabel
from ..looks.hit_rows import HeadRow, PlaceList
from ..looks.look import Look

_SIZE: Final = (560, 200)
_SIZE_WITH_ACCOUNT: Final = (560, 480)
# A list of thousands is read by nobody; the command line names them all.
_LISTED: Final = 500


class ProposalsDialog(QDialog):
    """Reads one file for a whole corpus. The article `leave`, which is open, gets its share by `add_here`, on the window's thread.

    `report` is what came of it, None until then.
    """

    def __init__(
        self, look: Look, corpus: Corpus, source: Path, *, add_here: Callable[[ProposalReport], None], leave: Path | None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._look, self._corpus, self._source, self._leave = look, corpus, source, leave
        self._add_here = add_here
        self.report: ProposalReport | None = None
        self.stream = Stream()
        self.setObjectName("proposals")
        self.setWindowTitle(look.say("gui.proposals.title"))
        self.resize(*_SIZE)
        self._build()
        self.stream.came.connect(self._take)
        self.stream.progressed.connect(self._show_progress)
        self.stream.ended.connect(self._end)

    def message(self) -> str:
        """What the dialog says at the moment."""
        return self._message.text()

    def run(self) -> None:
        """Bring the file in under the name that stands in the field."""
        name = self.model.text().strip()
        self.run_button.setEnabled(False)
        self.model.setEnabled(False)
        self._progress.show()
        self._message.set_colour("muted")
        self._message.set_text(self._look.say("gui.proposals.reading"))
        self.close_button.setText(self._look.say("gui.tagall.stop"))
        self.stream.start(lambda progress: self._work(name, progress))

    def reject(self) -> None:
        """Close; while articles are written, stop at the next one."""
        if self.stream.is_running:
            self.stream.stop()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.stream.is_running:
            self.stream.stop()
            event.ignore()
        else:
            super().closeEvent(event)

    def _build(self) -> None:
        look = self._look
        self._message = ElidedLabel(look, lines=4)
        self._message.setObjectName("message")
        self._message.set_text(look.say("gui.proposals.explained"))
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(4)
        self._progress.hide()
        self.model = QLineEdit(self._source.stem)
        self.model.setObjectName("model")
        self.model.setAccessibleName(look.say("gui.proposals.model"))
        file = ElidedLabel(look, lines=1)
        file.set_text(str(self._source))
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(16)
        self._form.addRow(_label(look.say("gui.proposals.file")), file)
        self._form.addRow(_label(look.say("gui.proposals.model")), self.model)
        self.list = PlaceList(look, self)
        self.list.setAccessibleName(look.say("gui.proposals.list"))
        self.list.show_reasons()
        self.list.hide()
        self.run_button, self.close_button = QPushButton(look.say("gui.proposals.run")), QPushButton(look.say("gui.tagall.close"))
        self.run_button.setObjectName("proposals-run")
        self.close_button.setObjectName("proposals-close")
        self.run_button.setDefault(True)
        self.run_button.clicked.connect(self.run)
        self.close_button.clicked.connect(self.reject)
        self._lay_out()

    def _lay_out(self) -> None:
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addLayout(self._form)
        column.addWidget(self._message)
        column.addWidget(self._progress)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        foot.addStretch(1)
        foot.addWidget(self.run_button)
        foot.addWidget(self.close_button)
        column.addLayout(foot)
        self.model.setFocus()

    def _work(self, name: str, progress: Progress) -> Iterator[ProposalReport]:
        yield import_predictions(self._corpus, self._source, model=name, leave=self._leave, progress=progress)

    def _show_progress(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def _take(self, batch: list[object]) -> None:
        for report in batch:
            if isinstance(report, ProposalReport):
                if not report.is_stopped:
                    self._add_here(report)
                self.report = report

    def _end(self, problem: AnnotatorError | None) -> None:
        look, report = self._look, self.report
        self._progress.hide()
        self.close_button.setText(look.say("gui.tagall.close"))
        if report is None:
            # Another name may be tried at once; another file is chosen in the menu.
            self.run_button.setEnabled(True)
            self.model.setEnabled(True)
            self._message.set_colour("warning")
            self._message.set_text(look.explain(problem) if problem is not None else "")
            return
        self.run_button.hide()
        self.close_button.setDefault(True)
        self._message.set_colour("warning" if report.is_stopped or not report.is_whole else "good" if report.added else "text")
        done = "stopped" if report.is_stopped else "done"
        self._message.set_text(look.say(f"gui.proposals.{done}", added=report.added, documents=report.documents))
        self._show_account(report)

    def _show_account(self, report: ProposalReport) -> None:
        """A row for each count that is not nothing, then the list of what could not be brought back and why."""
        look = self._look
        for name, count in report.counts().items():
            if count and name not in ("documents", "added"):
                self._form.addRow(_label(look.say(f"cli.predictions.{name}")), _label(str(count)))
        refused = [(Path(str(error.where.get("path", ""))).name, error) for error in report.refused]
        rows = [HeadRow(None, name, look.explain(error), is_problem=True) for name, error in refused]
        rows += [HeadRow(None, problem.document, self._reason(problem), is_problem=True) for problem in report.problems[:_LISTED]]
        if rows:
            self._form.addRow(_label(look.say("gui.proposals.lost")), _label(str(len(report.refused) + len(report.problems))))
            self.list.show()
            self.list.places.add(rows)
            self.resize(*_SIZE_WITH_ACCOUNT)

    def _reason(self, problem: Loss) -> str:
        said = self._look.say(f"loss.{problem.what}")
        return f"{said} ({problem.detail})" if problem.detail else said


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
