"""The export dialog: what is to be written, how it will look and what it will lose, before and after."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFontDatabase
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError
from annotator.store.corpus import Corpus
from annotator.tasks.exporting import Exported, export_corpus
from annotator.tasks.surveying import Survey, survey_export

from ..desk.stream import Stream
from ..looks.elided import ElidedLabel
from ..looks.look import Look
from .export_account import AccountGrid, LossTable
from .export_form import ExportForm

_SIZE = (984, 640)
_LEFT = 400
Phase = Literal["reading", "ready", "writing", "written"]


class ExportDialog(QDialog):
    """Exports the articles of a corpus.

    `loss_chosen` names a document, by its path without suffix below the corpus (whole where it lies elsewhere), and a place in it.
    """

    loss_chosen = Signal(str, int, int)

    def __init__(self, look: Look, corpus: Corpus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._corpus = look, corpus
        self.phase: Phase = "reading"
        self._closing = False
        self.setObjectName("export")
        self.setWindowTitle(look.say("gui.export.title"))
        self.resize(*_SIZE)
        self.form = ExportForm(look, corpus.root)
        self.account, self.losses = AccountGrid(look), LossTable(look, self)
        self.jobs = Stream()
        self._build()
        self.form.changed.connect(self._survey)
        self.jobs.progressed.connect(self._show_progress)
        self.jobs.came.connect(lambda batch: self._take(batch[-1]))
        self.jobs.ended.connect(lambda error: self._fail(error) if error is not None else None)
        self._survey()

    def message(self) -> str:
        """What the dialog says at the moment."""
        return self._message.text()

    def reject(self) -> None:
        """Cancel: while it writes, stop that; else close."""
        if self.phase == "writing":
            self.jobs.stop()
        else:
            super().reject()

    def done(self, result: int) -> None:
        self.jobs.leave()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.phase == "writing":
            # A half-written export is taken away before the dialog goes.
            self._closing = True
            self.jobs.stop()
            event.ignore()
        else:
            self.jobs.leave()
            super().closeEvent(event)

    def _build(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(self._left())
        columns.addLayout(self._right(), 1)
        self._message = ElidedLabel(self._look, lines=3)
        self._message.setObjectName("message")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(4)
        policy = self._progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._progress.setSizePolicy(policy)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(8)
        outer.addLayout(columns, 1)
        outer.addWidget(self._progress)
        outer.addLayout(self._foot())

    def _left(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.form)
        column.addSpacing(8)
        column.addWidget(self._heading("gui.export.account"))
        column.addWidget(self.account)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(_LEFT)
        area.setWidget(page)
        return area

    def _right(self) -> QVBoxLayout:
        self._preview_title = self._heading("gui.export.preview_plain")
        self.preview = QPlainTextEdit()
        self.preview.setObjectName("preview")
        self.preview.setReadOnly(True)
        self.preview.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.preview.setTabStopDistance(96)
        self.preview.setAccessibleName(self._look.say("gui.export.preview_plain"))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self._look.interface_font().pixelSize())
        self.preview.setFont(font)
        self._losses_title = self._heading("gui.export.no_losses")
        self.table = self._loss_view()
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._preview_title)
        column.addWidget(self.preview, 3)
        column.addWidget(self._losses_title)
        column.addWidget(self.table, 2)
        return column

    def _heading(self, key: str) -> ElidedLabel:
        label = ElidedLabel(self._look, colour="muted", lines=1)
        label.set_text(self._look.say(key))
        return label

    def _loss_view(self) -> QTableView:
        table = QTableView()
        table.setObjectName("losses")
        table.setModel(self.losses)
        table.setAccessibleName(self._look.say("gui.export.column_what"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 8)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        for column, width in enumerate((112, 44, 144)):
            table.setColumnWidth(column, width)
        table.doubleClicked.connect(self._choose_loss)
        return table

    def _foot(self) -> QHBoxLayout:
        self.export_button, self.cancel_button = QPushButton(self._look.say("gui.export.export")), QPushButton()
        self.export_button.setObjectName("export-button")
        self.export_button.setDefault(True)
        self.export_button.clicked.connect(self._export)
        self.cancel_button.setObjectName("cancel-button")
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._message, 1)
        row.addWidget(self.export_button)
        row.addWidget(self.cancel_button)
        return row

    def _survey(self) -> None:
        """Make preview and account anew for the choices as they stand."""
        request = self.form.request()
        self._enter("reading")
        self._say("muted", "gui.export.reading", done=0, total="…")
        self.account.show_account(None)
        self.losses.show_losses(())
        self._losses_title.set_text("")
        self.preview.setPlainText("")
        self.jobs.start(lambda progress: iter((survey_export(self._corpus, request, progress=progress),)))

    def _export(self) -> None:
        target = self.form.target()
        if target is None:
            self._say("error", "gui.export.no_folder")
            self.form.folder.setFocus()
            return
        request = self.form.request()
        self._enter("writing")
        self.jobs.start(lambda progress: iter((export_corpus(self._corpus, target, request, progress=progress),)))

    def _take(self, result: object) -> None:
        match result:
            case Survey():
                self._show_survey(result)
            case Exported():
                self._show_exported(result)
        if self._closing:
            self.close()

    def _show_survey(self, survey: Survey) -> None:
        self._enter("ready")
        self.account.show_account(survey.account)
        self.losses.show_losses(survey.losses)
        self.table.setVisible(bool(survey.losses))
        known = "gui.export.losses" if survey.losses else "gui.export.no_losses"
        self._losses_title.set_text(self._look.say(known, n=len(survey.losses)))
        if survey.preview is not None:
            more = self._look.say("gui.export.preview_more", n=survey.preview.more) if survey.preview.more else ""
            self._preview_title.set_text(self._look.say("gui.export.preview", document=survey.preview.document))
            self.preview.setPlainText("\n".join(filter(None, [survey.preview.text, more])))
        if survey.refused:
            first = self._look.explain(survey.refused[0])
            self._say("warning", "gui.export.refused", n=len(survey.refused), first=first)
        elif not survey.documents:
            self._say("warning", "gui.export.nothing")
        else:
            self._say("muted", "gui.export.ready", documents=survey.documents, annotations=survey.account.total.annotations)
        self.export_button.setEnabled(survey.documents > 0)

    def _show_exported(self, exported: Exported) -> None:
        self._enter("written")
        self.account.show_account(exported.account)
        total = exported.account.total
        said = self._look.say(
            "gui.export.done", path=str(self.form.target()), documents=exported.documents,
            whole=total.whole, changed=total.changed, left_out=total.left_out,
        )  # fmt: skip
        if exported.refused:
            first = self._look.explain(exported.refused[0])
            said += " " + self._look.say("gui.export.refused", n=len(exported.refused), first=first)
        self._message.set_colour("warning" if exported.refused else "good")
        self._message.set_text(said)

    def _fail(self, error: AnnotatorError) -> None:
        writing = self.phase == "writing"
        self._enter("ready")
        if error.code == "cancelled":
            self._say("muted", "gui.export.cancelled")
        else:
            self._message.set_colour("error")
            self._message.set_text(self._look.explain(error))
            # Without an account there is nothing to export; what only the folder refused may be tried again.
            self.export_button.setEnabled(writing)
        if self._closing:
            self.close()

    def _show_progress(self, done: int, total: int) -> None:
        self._progress.setRange(0, max(total, 1))
        self._progress.setValue(done)
        self._say("muted", "gui.export.writing" if self.phase == "writing" else "gui.export.reading", done=done, total=total)

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        busy = phase in ("reading", "writing")
        self._progress.setRange(0, 1)
        self._progress.setValue(0)
        self._progress.setVisible(busy)
        self.form.setEnabled(phase != "writing")
        self.export_button.setEnabled(not busy)
        key = {"writing": "stop", "written": "close"}.get(phase, "cancel")
        self.cancel_button.setText(self._look.say(f"gui.export.{key}"))

    def _say(self, colour: str, key: str, **where: str | int) -> None:
        self._message.set_colour(colour)
        self._message.set_text(self._look.say(key, **where))

    def _choose_loss(self, index: QModelIndex) -> None:
        row = self.losses.rows[index.row()]
        root = self._corpus.root
        path = row.path.relative_to(root) if row.path.is_relative_to(root) else row.path.absolute()
        self.loss_chosen.emit(path.with_suffix("").as_posix(), row.loss.start, row.loss.end)
