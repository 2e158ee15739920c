"""The main window: panes around the canvas, and what connects them to the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget

from annotator.store.corpus import Corpus

from ..canvas.bubble import Bubble
from ..canvas.view import ArticleView
from ..desk.desk import Desk
from ..keys.menus import Menus
from ..keys.standing import standing_of
from ..panels.annotations import AnnotationsPanel
from ..panels.corpus import CorpusPanel
from ..panels.inspector import InspectorPanel
from ..panels.palette import PaletteLine
from ..panels.status import StatusLine
from ..preferences import Preferences
from ..work.checking import Checker
from ..work.session import Session
from .centre import Centre
from .control import Control, Panes
from .corpus_handlers import CorpusHandlers
from .counting import Counting
from .exporting import ExportHandlers
from .finding import Finding
from .first_run import FirstRun
from .guiding import Guiding
from .handlers import Handlers
from .looking import Looking
from .proposing import Proposing
from .several import SeveralHandlers, wire_several
from .wiring import wire_canvas, wire_panels

if TYPE_CHECKING:
    from ..dialogs.type_ahead import TypeAhead

_SIDE, _RIGHT = 232, 296
_SMALLEST = (900, 560)
_WARM_UP_MS = 400


class MainWindow(QMainWindow):
    """Corpus on the left, the article in the middle, the inspector over the list of annotations on the right, keys and status below."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.preferences = preferences
        self.look = look = preferences.look
        self.desk = Desk()
        self.checker = Checker()
        self.view = ArticleView(look)
        self.corpus_panel = CorpusPanel(look)
        self.inspector = InspectorPanel(look)
        self.annotations = AnnotationsPanel(look)
        self.palette_line = PaletteLine(look)
        self.status = StatusLine(look)
        self.bubble = Bubble(look, self.view.viewport())
        self.centre = Centre(look, self.view)
        panes = Panes(self.view, self.corpus_panel, self.inspector, self.annotations, self.palette_line, self.status, self.bubble)
        self.control = Control(self, preferences, self.desk, panes)
        self.handlers = Handlers(self.control, ask_type=self._ask_type)
        self.finding = Finding(self.control, self.centre)
        self.guiding = Guiding(self.control)
        self.first_run = FirstRun(self.control, self.centre)
        self.corpus_handlers = CorpusHandlers(self.control)
        self.looking = Looking(self.control, escape=self.handlers.table["escape"], put_away=self.finding.close_nearest)
        several, exporting = SeveralHandlers(self.control), ExportHandlers(self.control)
        parts = (self.finding, self.guiding, self.first_run, self.corpus_handlers, several, exporting, self.looking)
        self.proposing = Proposing(self.control)
        for part in (self.handlers, *parts, Counting(self.control), self.proposing):
            self.control.table.update(part.table)
        self.menus = Menus(self, look, handlers=self.control.table, canvas=self.view, standing=lambda: standing_of(self.desk.tools, look))
        self.finding.attend(self.menus)
        self.first_run.attend(self.menus)
        self._may_close = False
        self._put_together()
        self._connect()
        self.corpus_handlers.attach(self.menus, self.centre)
        self.looking.attach(self.menus, side=self.side, checker=self.checker)
        self._apply_preferences()
        self._show_session(None)

    @cached_property
    def type_ahead(self) -> TypeAhead:
        """The line to find a type by typing; made when it is first asked for, so that the start does not wait for it."""
        from ..dialogs.type_ahead import TypeAhead

        line = TypeAhead(self.look, self)
        line.chosen.connect(self.control.carry_out)
        return line

    @property
    def session(self) -> Session | None:
        return self.desk.session

    def open_paths(self, paths: list[Path]) -> None:
        """Open a folder or files."""
        self.desk.open_paths(paths)

    def _ask_type(self) -> None:
        if self.session is not None:
            self.type_ahead.ask(self.session.schema, self.control.frame_type())

    def closeEvent(self, event: QCloseEvent) -> None:
        # Ignored first: an exception in here must not let the window close over unsaved work.
        event.ignore()
        if self._may_close:
            event.accept()
            return
        # A window cannot be closed from within its own closing.
        self.desk.leave(lambda: QTimer.singleShot(0, self, self._close_now))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Whatever pane did not want it: the keyboard goes back to the text.
        if event.key() == Qt.Key.Key_Escape and self.session is not None:
            self.view.setFocus()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        # Coming back to the window is when another program may have been at the files.
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.desk.look_at_source()
            self.guiding.look_again()
        if event.type() == QEvent.Type.ActivationChange:
            self.corpus_handlers.set_active(self.isActiveWindow())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Not before the window stands: the model is loaded by Python as well, and both would wait for each other.
        QTimer.singleShot(_WARM_UP_MS, self, self.desk.warm_up)

    def _close_now(self) -> None:
        self._may_close = True
        self.preferences.remember_window(geometry=bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        self.preferences.write()
        self.corpus_handlers.close()
        self.desk.saver.writer.close(5.0)
        self.close()

    def _put_together(self) -> None:
        self.setMinimumSize(*_SMALLEST)
        self.resize(1280, 800)
        # From the outside in: whoever is given another parent is measured anew, with all that is in it.
        body = QWidget()
        self.setCentralWidget(body)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        panes = QSplitter(Qt.Orientation.Horizontal)
        column.addWidget(panes, 1)
        column.addWidget(self.palette_line)
        self.side = right = QSplitter(Qt.Orientation.Vertical)
        right.setObjectName("right")
        panes.setObjectName("panes")
        for pane in (self.corpus_panel, self.centre, right):
            panes.addWidget(pane)
        right.addWidget(self.inspector)
        right.addWidget(self.annotations)
        right.setSizes([420, 280])
        right.setStretchFactor(0, 3)
        right.setStretchFactor(1, 2)
        panes.setSizes([_SIDE, 1280 - _SIDE - _RIGHT, _RIGHT])
        panes.setStretchFactor(1, 1)
        for splitter in (right, panes):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        self.corpus_panel.setMinimumWidth(180)
        right.setMinimumWidth(260)
        self.centre.setMinimumWidth(360)
        self.setStatusBar(self.status)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def _connect(self) -> None:
        desk = self.desk
        desk.corpus_opened.connect(self._show_corpus)
        desk.opening.connect(lambda path: self.status.set_busy(self.look.say("gui.opening", name=path.name) if path else ""))
        desk.opened.connect(self._show_session)
        desk.refused.connect(self.control.refuse_error)
        desk.article_refused.connect(self.corpus_panel.refuse)
        desk.article_refused.connect(lambda *_: self.status.set_busy(""))
        desk.stuck.connect(self._offer_rescue)
        desk.leaving.connect(self.inspector.finish_editing)
        self.look.changed.connect(self._apply_preferences)
        self.preferences.changed.connect(self._apply_preferences)
        self.preferences.troubled.connect(self.control.refuse_error)
        self.palette_line.intent_chosen.connect(self.control.carry_out)
        self.centre.folder_requested.connect(self.handlers.open_folder)
        self.centre.samples_requested.connect(self.handlers.open_samples)
        self.checker.checked.connect(self.annotations.set_problems)
        self.checker.checked.connect(self.inspector.set_problems)
        self.checker.passed_over.connect(self.annotations.set_unchecked)
        self.menus.switched.connect(self._check_switches)
        wire_canvas(self.control, self.menus)
        wire_panels(self.control, open_folder=self.handlers.open_folder)
        wire_several(self.control)

    def _show_corpus(self, corpus: Corpus) -> None:
        self.corpus_panel.set_corpus(corpus, schema=self.desk.schema)
        if not corpus.files:
            self.preferences.remember_folder(corpus.root)
        self._refresh_state()

    def _show_session(self, session: Session | None) -> None:
        self.bubble.hide()
        tools = self.desk.tools
        if session is not None and tools is not None:
            tools.doing.snap = self.preferences.settings.snap
            tools.doing.refused.connect(self.control.refuse_error)
            tools.doing.told.connect(self.control.tell)
            tools.gestures.choice_needed.connect(self.control.ask_relation)
            session.frame_changed.connect(self.control.offer)
            session.selection_changed.connect(self.control.note_selection)
            session.edited.connect(lambda edit: self._refresh_state())
            session.durable_changed.connect(self._note_durable)
            self.corpus_panel.select(session.path)
        self.view.set_session(session)
        self.inspector.set_session(session)
        self.annotations.set_session(session)
        self.status.set_session(session)
        self.checker.follow(session)
        self.centre.show_session(session)
        self._refresh_state()
        self.control.offer()
        if session is not None:
            self.view.setFocus()

    def _note_durable(self) -> None:
        session = self.session
        if session is not None and session.is_saved and session.changes:
            self.corpus_panel.refresh(session.path)
        if session is not None and session.failure is not None and not session.is_saved:
            self.status.tell(self.look.explain(session.failure), refused=True)

    def _refresh_state(self) -> None:
        """Titles and switches as the open article has them."""
        session = self.session
        self.menus.set_available(corpus=self.desk.corpus is not None, document=session is not None)
        self.setWindowTitle(f"{session.path.name} – Annotator" if session else "Annotator")
        self._check_switches()

    def _check_switches(self) -> None:
        """Show each switch as things are: Qt has turned the one that was used, whether or not that was refused."""
        session, settings = self.session, self.preferences.settings
        self.menus.check("done", session is not None and session.document.field("status") in ("done", "checked"))
        self.menus.check("is_segmented", session is not None and session.document.is_segmented)
        for name in (f"snap_{settings.snap}", f"theme_{settings.theme}", f"language_{self.look.language}"):
            self.menus.check(name, True)
        self.menus.check("guidelines", self.guiding.is_shown)
        self.menus.check("view_words", settings.view == "words")
        self.menus.check("differences", settings.differences)
        self.menus.check("all_arcs", settings.arcs == "all")

    def _apply_preferences(self) -> None:
        settings = self.preferences.settings
        self.view.set_options(view=settings.view, snap=settings.snap, differences=settings.differences)
        self.view.set_all_arcs(settings.arcs == "all")
        if self.desk.tools is not None:
            self.desk.tools.doing.snap = settings.snap
        self.status.set_snap(self.look.say(f"gui.snap.{settings.snap}"))
        self._check_switches()

    def restore_place(self) -> None:
        """Put the window where it was when it was last closed."""
        settings = self.preferences.settings
        if settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode("ascii", "ignore")))
        self.corpus_handlers.returning.restore_panes()

    def _offer_rescue(self, then: Callable[[], None]) -> None:
        """An article cannot be left because it cannot be saved: try again, keep a copy elsewhere, give it up, or stay."""
        session = self.session
        if session is None:
            return
        from ..dialogs.rescue import ask_rescue

        problem = self.look.explain(session.failure) if session.failure else ""
        match ask_rescue(self, self.look, problem, name=session.path.name):
            case "retry":
                self.desk.leave(then)
            case "copy":
                if self.handlers.save_copy():
                    self.desk.drop()
                    then()
            case "discard":
                self.desk.drop()
                then()
            case "stay":
                pass
