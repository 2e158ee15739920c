"""The export dialog: what is to be written, how it will look and what it will lose, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFontDatabase, QTextOption
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError
from annotator.store.corpus import Corpus
from annotator.tasks.exporting import Exported, export_corpus
from annotator.tasks.opening import corpus_schema
from annotator.tasks.recipe_text import Recipe
from annotator.tasks.surveying import Preview, Survey, survey_each

from ..desk.stream import Stream
from ..looks.elided import ElidedLabel
from ..looks.look import Look
from .export_account import LossView
from .export_form import ExportForm
from .export_parts import PartsView
from .export_recipes import RecipeBar
from .export_types import TypesDialog

_SIZE = (984, 640)
_LEFT = 416
Phase = Literal["reading", "ready", "writing", "written"]


class ExportDialog(QDialog):
    """Exports the articles of a corpus, beginning with the choices of `start` (a recipe without a name: what was chosen last).

    `loss_chosen` names a document, by its path without suffix below the corpus (whole where it lies elsewhere), and a place in it.
    """

    loss_chosen = Signal(str, int, int)

    def __init__(self, look: Look, corpus: Corpus, *, start: Recipe | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._corpus = look, corpus
        self.phase: Phase = "reading"
        self._closing = False
        self._survey: Survey | None = None
        self._stamps: object = ()
        self.setObjectName("export")
        self.setWindowTitle(look.say("gui.export.title"))
        self.resize(*_SIZE)
        self.form = ExportForm(look, corpus.root)
        self.recipes = RecipeBar(look, corpus.root, make=self.form.recipe)
        self.losses_view, self.parts = LossView(look), PartsView(look)
        self.account, self.losses, self.table = self.losses_view.account, self.losses_view.losses, self.losses_view.table
        self.jobs = Stream()
        self._build()
        if start is not None:
            self.form.show_recipe(start)
            self.recipes.remember(start if start.name else None)
        self._connect()
        self.form.format.setFocus()
        self._look_again()

    def message(self) -> str:
        """What the dialog says at the moment."""
        return self._message.text()

    def last(self) -> Recipe | None:
        """The choices as they stand, to begin with the next time; None where they are no choices."""
        try:
            return self.form.recipe(self.recipes.selected if self.recipes.current is not None else "")
        except AnnotatorError:
            return None

    def reject(self) -> None:
        """Cancel: while it writes, stop that; else close."""
        if self.phase == "writing":
            self.jobs.stop()
        else:
            super().reject()

    def done(self, result: int) -> None:
        self._leave()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.phase == "writing":
            # A half-written export is taken away before the dialog goes.
            self._closing = True
            self.jobs.stop()
            event.ignore()
        else:
            self._leave()
            super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Who comes back from an editor has mended the template or the split file there.
        is_back = event.type() == QEvent.Type.ActivationChange and self.isActiveWindow()
        if is_back and self.phase in ("reading", "ready") and self.form.stamps() != self._stamps:
            self._look_again()

    def _leave(self) -> None:
        self.jobs.leave()
        self.recipes.files.leave()

    def _connect(self) -> None:
        self.form.changed.connect(self._look_again)
        self.form.content.types_requested.connect(self._choose_types)
        self.recipes.chosen.connect(self.form.show_recipe)
        self.jobs.progressed.connect(self._show_progress)
        self.jobs.came.connect(self._take)
        self.jobs.ended.connect(lambda error: self._fail(error) if error is not None else None)
        self.table.chosen.connect(self._choose_loss)
        self.parts.place_chosen.connect(self._choose_place)

    def _build(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addWidget(self._left())
        columns.addWidget(self._right(), 1)
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
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        column.addWidget(self.recipes)
        column.addWidget(self.form)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("choices")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(_LEFT)
        area.setWidget(page)
        for section in self.form.sections:
            section.toggled.connect(lambda opened, held=section: area.ensureWidgetVisible(held, 0, 16) if opened else None)
        return area

    def _right(self) -> QWidget:
        say = self._look.say
        self._preview_title = ElidedLabel(self._look, colour="muted", lines=1)
        self._preview_title.set_text(say("gui.export.preview_plain"))
        self.preview = QPlainTextEdit()
        self.preview.setObjectName("preview")
        self.preview.setReadOnly(True)
        self.preview.setTabChangesFocus(True)
        self.preview.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.preview.setAccessibleName(say("gui.export.preview_plain"))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self._look.interface_font().pixelSize())
        self.preview.setFont(font)
        # Wide enough for most words of three syllables: a column never touches the next.
        self.preview.setTabStopDistance(16 * self.preview.fontMetrics().horizontalAdvance("n"))
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._preview_title)
        column.addWidget(self.preview, 1)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(say("gui.export.account"))
        self.tabs.addTab(self.losses_view, say("gui.export.account"))
        self.tabs.addTab(self.parts, say("gui.export.parts"))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(9)
        split.setStyleSheet("QSplitter::handle { background: transparent; }")
        split.addWidget(upper)
        split.addWidget(self.tabs)
        split.setSizes([220, 320])
        return split

    def _foot(self) -> QHBoxLayout:
        self.export_button, self.cancel_button = QPushButton(self._look.say("gui.export.export")), QPushButton()
        self.export_button.setObjectName("export-button")
        self.export_button.setDefault(True)
        self.export_button.clicked.connect(self._export)
        self.cancel_button.setObjectName("cancel-button")
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        # It is called otherwise while it writes; the button stays as wide.
        texts = [self._look.say(f"gui.export.{name}") for name in ("cancel", "stop", "close")]
        self.cancel_button.setMinimumWidth(max(map(self.cancel_button.fontMetrics().horizontalAdvance, texts)) + 28)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._message, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.export_button)
        row.addWidget(self.cancel_button)
        return row

    def _look_again(self) -> None:
        """Make preview and account anew for the choices as they stand. What was shown stays until then."""
        self.recipes.follow()
        self._survey, self._stamps = None, self.form.stamps()
        self._enter("reading")
        try:
            request = self.form.request()
        except AnnotatorError as error:
            self.jobs.leave(seconds=0)
            self._clear()
            self._fail(error)
            return
        self._say("muted", "gui.export.reading", done=0, total="…")
        self.jobs.start(lambda progress: survey_each(self._corpus, request, progress=progress))

    def _clear(self) -> None:
        self.losses_view.clear()
        self.parts.show_division(None)
        self.preview.setPlainText("")
        self._preview_title.set_text(self._look.say("gui.export.preview_plain"))

    def _export(self) -> None:
        self.form.flush()
        target = self.form.target()
        if target is None:
            self._say("error", "gui.export.no_folder")
            self.form.folder.setFocus()
            return
        try:
            request = self.form.request()
        except AnnotatorError as error:
            self._fail(error)
            return
        self._enter("writing")
        self._say("muted", "gui.export.writing", done=0, total="…")
        self.jobs.start(lambda progress: iter((export_corpus(self._corpus, target, request, progress=progress),)))

    def _take(self, batch: Sequence[object]) -> None:
        for result in batch:
            match result:
                case Preview():
                    self._show_preview(result)
                case Survey():
                    self._show_survey(result)
                case Exported():
                    self._show_exported(result)
        if self._closing and self.phase != "writing":
            self.close()

    def _show_preview(self, preview: Preview | None) -> None:
        if preview is None:
            self._preview_title.set_text(self._look.say("gui.export.preview_plain"))
            self.preview.setPlainText("")
            return
        key = "gui.export.preview_in_words" if preview.in_words else "gui.export.preview"
        more = self._look.say("gui.export.preview_more", n=preview.more) if preview.more else ""
        self._preview_title.set_text(self._look.say(key, document=preview.document))
        # Records of JSON are long lines; columns would lose their order if they were wrapped.
        wraps = self.form.row().suffix.startswith(".json") and not preview.in_words
        mode = QPlainTextEdit.LineWrapMode
        self.preview.setLineWrapMode(mode.WidgetWidth if wraps else mode.NoWrap)
        self.preview.setPlainText("\n".join(filter(None, [preview.text, more])))

    def _show_survey(self, survey: Survey) -> None:
        self._survey = survey
        self._enter("ready")
        self.losses_view.show_survey(survey.account, survey.losses)
        self.parts.show_division(survey.division, compared=self.form.parts.duplicates.isChecked())
        self._show_preview(survey.preview)
        self.export_button.setEnabled(survey.documents > 0 and survey.problem is None and not self._is_refused(survey))
        if survey.problem is not None:
            self._complain(survey.problem)
        elif self._is_refused(survey):
            self._say("warning", "gui.export.strict_refuses", n=sum(not row.warning for row in survey.losses) + len(survey.refused))
        elif survey.refused:
            self._say("warning", "gui.export.refused", n=len(survey.refused), first=self._look.explain(survey.refused[0]))
        elif not survey.documents:
            self._say("warning", "gui.export.nothing")
        else:
            key = "gui.export.ready_some" if survey.skipped else "gui.export.ready"
            counts = {"documents": survey.documents, "annotations": survey.account.total.annotations}
            self._say("muted", key, **counts, **({"skipped": survey.skipped} if survey.skipped else {}))

    def _is_refused(self, survey: Survey) -> bool:
        """Whether a strict export would write nothing."""
        return self.form.strict.isChecked() and bool(survey.refused or not survey.account.is_whole)

    def _show_exported(self, exported: Exported) -> None:
        self._enter("written" if exported.is_written else "ready")
        self.account.show_account(exported.account)
        if not exported.is_written:
            self._say("warning", "gui.export.strict_refuses", n=len(exported.account.losses) + len(exported.refused))
            return
        self.parts.show_division(exported.division, compared=self.form.parts.duplicates.isChecked())
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
        # Without an account there is nothing to export; what only the folder refused may be tried again.
        self.export_button.setEnabled(writing)
        if error.code == "cancelled":
            self._say("muted", "gui.export.cancelled")
        else:
            if not writing:
                self._clear()
            self._complain(error)
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
        self.recipes.setEnabled(phase != "writing")
        self.export_button.setEnabled(not busy)
        key = {"writing": "stop", "written": "close"}.get(phase, "cancel")
        self.cancel_button.setText(self._look.say(f"gui.export.{key}"))

    def _say(self, colour: str, key: str, **where: str | int) -> None:
        self._message.set_colour(colour)
        self._message.set_text(self._look.say(key, **where))

    def _complain(self, error: AnnotatorError) -> None:
        self._message.set_colour("error")
        self._message.set_text(self._look.explain(error))

    def _choose_types(self) -> None:
        try:
            schema = corpus_schema(self._corpus)
        except AnnotatorError as error:
            self._complain(error)
            return
        dialog = TypesDialog(self._look, schema, self.form.content.types, parent=self)
        dialog.chosen.connect(self.form.content.choose_types)
        dialog.open()

    def _choose_loss(self, number: int) -> None:
        row = self.losses.rows[number]
        root = self._corpus.root
        path = row.path.relative_to(root) if row.path.is_relative_to(root) else row.path.absolute()
        self.loss_chosen.emit(path.with_suffix("").as_posix(), row.loss.start, row.loss.end)

    def _choose_place(self, name: str, start: int, end: int) -> None:
        path = self._survey.paths.get(name) if self._survey is not None else None
        if path is not None:
            root = self._corpus.root
            place = path.relative_to(root) if path.is_relative_to(root) else path.absolute()
            self.loss_chosen.emit(place.with_suffix("").as_posix(), start, end)
