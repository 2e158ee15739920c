"""The main window: panes around the canvas, and what connects them to the desk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRectF, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QSplitter, QVBoxLayout, QWidget

from annotator.core.errors import AnnotatorError
from annotator.core.model import extent
from annotator.core.schema import EventType
from annotator.store.corpus import Corpus

from ..canvas.bubble import Bubble
from ..canvas.view import ArticleView
from ..desk import Desk
from ..dialogs.rescue import ask_rescue
from ..dialogs.type_ahead import TypeAhead
from ..grammar import Do, Ignore, Intent, Lead, Refuse, Stroke
from ..menus import Menus
from ..panels.annotations import AnnotationsPanel
from ..panels.corpus import CorpusPanel
from ..panels.inspector import InspectorPanel
from ..panels.palette import PaletteLine
from ..panels.status import StatusLine
from ..preferences import Preferences
from ..session import Session
from ..theme import qt_palette, style_sheet
from .centre import Centre
from .handlers import Handlers
from .wiring import wire_canvas, wire_panels

_SIDE, _RIGHT = 232, 296
_SMALLEST = (900, 560)


class MainWindow(QMainWindow):
    """Corpus on the left, the article in the middle, the inspector over the list of annotations on the right, keys and status below."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.preferences = preferences
        self.look = look = preferences.look
        self.desk = Desk()
        self.view = ArticleView(look)
        self.corpus_panel = CorpusPanel(look)
        self.inspector = InspectorPanel(look)
        self.annotations = AnnotationsPanel(look)
        self.palette_line = PaletteLine(look)
        self.status = StatusLine(look)
        self.bubble = Bubble(look, self.view.viewport())
        self.centre = Centre(look, self.view)
        self.type_ahead = TypeAhead(look, self)
        self.handlers = Handlers(self)
        self.menus = Menus(self, look, handlers=self.handlers.table, canvas=self.view)
        self._may_close = False
        self._put_together()
        self._connect()
        self._restyle()
        self._apply_preferences()
        self._show_session(None)

    @property
    def session(self) -> Session | None:
        return self.desk.session

    def open_paths(self, paths: list[Path]) -> None:
        """Open a folder or files."""
        self.desk.open_paths(paths)

    def read_stroke(self, stroke: Stroke) -> None:
        """A key of the grammar was pressed on the canvas."""
        if self.desk.grammar is not None:
            self.bubble.hide()
            self.carry_out(self.desk.grammar.read(stroke, frame=self.frame_type()))

    def carry_out(self, intent: Intent) -> None:
        """Do what a key, a button or a menu means."""
        grammar, labeller = self.desk.grammar, self.desk.labeller
        if grammar is None or labeller is None:
            return
        match intent:
            case Do(action="drop_leader") | Ignore():
                pass
            case Do(action=name):
                self.handlers.table[name]()
            case Lead(leader=leader):
                grammar.leader = leader
            case Refuse(code=code, key=key):
                self.refuse(self.look.say(f"refusal.{code}", key=key))
            case _:
                grammar.leader = None
                labeller.carry_out(intent)
        self.offer()

    def frame_type(self) -> EventType | None:
        """The type of the open frame's event."""
        event = self.session.frame_event() if self.session else None
        return self.session.schema.event(event.type) if self.session and event else None

    def offer(self) -> None:
        """Show what can be pressed now."""
        session, grammar, labeller = self.session, self.desk.grammar, self.desk.labeller
        self.view.wants_tab = labeller is not None and labeller.can_cycle()
        if session is None or grammar is None:
            self.palette_line.set_state(None, leader=None, frame=None, armed=None)
        else:
            self.palette_line.set_state(session.schema, leader=grammar.leader, frame=self.frame_type(), armed=session.armed)

    def refuse(self, text: str) -> None:
        """Say on the spot why something was not done."""
        self.bubble.tell(text, near=self._spot())
        self.status.tell(text, refused=True)

    def refuse_error(self, error: AnnotatorError) -> None:
        self.refuse(self.look.explain(error))

    def tell(self, key: str, fields: dict[str, str | int]) -> None:
        """Say what was done; names of types, roles and edits in the language of the window."""
        said = dict(fields)
        schema = self.session.schema if self.session else None
        if schema is not None and "type" in said:
            said["type"] = self.look.type_label(schema, str(said["type"]))
        if schema is not None and "role" in said:
            said["role"] = self.look.role_label(schema, str(said["role"]))
        if "edit" in said:
            said["edit"] = self.look.say(f"edit.{said['edit']}")
        self.status.tell(self.look.say(key, **said))

    def jump(self, identifier: str) -> None:
        """Select an annotation and bring it into view."""
        session = self.session
        item = session.document.annotation(identifier) if session else None
        if session is not None and item is not None:
            session.select_annotations(identifier)
            self.view.reveal(extent(item), flash=True)

    def show_menu(self, at: QPoint) -> None:
        """The context menu: what the bottom line offers, every event, and what can be done to the selection."""
        if self.session is None:
            return
        menu = QMenu(self)
        for offer in self.palette_line.offers():
            action = menu.addAction(f"{offer.label}\t{offer.key}")
            action.triggered.connect(lambda _=False, intent=offer.intent: self.carry_out(intent))
        menu.addSeparator()
        for name in ("open_frame", "toggle_word", "toggle_word_everywhere", "flag", "delete"):
            menu.addAction(self.menus.actions[name])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def closeEvent(self, event: QCloseEvent) -> None:
        # Ignored first: an exception in here must not let the window close over unsaved work.
        event.ignore()
        if self._may_close:
            event.accept()
            return
        # A window cannot be closed from within its own closing.
        self.desk.leave(lambda: QTimer.singleShot(0, self, self._close_now))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.desk.warm_up)

    def _close_now(self) -> None:
        self._may_close = True
        self.preferences.remember_window(geometry=bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        self.preferences.write()
        self.desk.saver.writer.close(5.0)
        self.close()

    def _spot(self) -> QRectF:
        session = self.session
        if session is None or self.view.sheet is None:
            return QRectF(20, 20, 1, 1)
        spans = session.selection or next((item.spans for item in session.selected_annotations()), ())
        where = self.view.rect_of(spans[0] if spans else (session.caret, session.caret + 1))
        shown = QRectF(self.view.viewport().rect())
        return where if shown.intersects(where) else QRectF(shown.center().x() - 100, 40, 1, 1)

    def _put_together(self) -> None:
        self.setMinimumSize(*_SMALLEST)
        self.resize(1280, 800)
        right = QSplitter(Qt.Orientation.Vertical)
        right.addWidget(self.inspector)
        right.addWidget(self.annotations)
        right.setSizes([380, 300])
        panes = QSplitter(Qt.Orientation.Horizontal)
        for pane in (self.corpus_panel, self.centre, right):
            panes.addWidget(pane)
        panes.setSizes([_SIDE, 1280 - _SIDE - _RIGHT, _RIGHT])
        panes.setStretchFactor(1, 1)
        for splitter in (right, panes):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        self.corpus_panel.setMinimumWidth(180)
        right.setMinimumWidth(260)
        self.centre.setMinimumWidth(360)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(panes, 1)
        column.addWidget(self.palette_line)
        self.setCentralWidget(body)
        self.setStatusBar(self.status)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def _connect(self) -> None:
        desk = self.desk
        desk.corpus_opened.connect(self._show_corpus)
        desk.opening.connect(lambda path: self.status.set_busy(self.look.say("gui.opening", name=Path(path).name)))
        desk.opened.connect(self._show_session)
        desk.refused.connect(self.refuse_error)
        desk.stuck.connect(self._offer_rescue)
        desk.leaving.connect(self.inspector.finish_editing)
        self.look.changed.connect(self._restyle)
        self.preferences.changed.connect(self._apply_preferences)
        self.preferences.troubled.connect(self.refuse_error)
        self.palette_line.intent_chosen.connect(self.carry_out)
        self.type_ahead.chosen.connect(self.carry_out)
        self.centre.folder_wanted.connect(self.handlers.open_folder)
        self.centre.samples_wanted.connect(self.handlers.open_samples)
        wire_canvas(self)
        wire_panels(self)

    def _show_corpus(self, corpus: Corpus) -> None:
        self.corpus_panel.set_corpus(corpus)
        if not corpus.files:
            self.preferences.remember_folder(corpus.root)
        self._refresh_state()

    def _show_session(self, session: Session | None) -> None:
        self.bubble.hide()
        labeller = self.desk.labeller
        if session is not None and labeller is not None:
            labeller.snap = self.preferences.settings.snap
            labeller.refused.connect(self.refuse_error)
            labeller.told.connect(self.tell)
            session.frame_changed.connect(self.offer)
            session.edited.connect(lambda edit: self._refresh_state())
            session.durable_changed.connect(self._note_durable)
            self.corpus_panel.select(session.path)
        self.view.set_session(session)
        self.inspector.set_session(session)
        self.annotations.set_session(session)
        self.status.set_session(session)
        self.centre.show_session(session)
        self._refresh_state()
        self.offer()
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
        self.menus.check("done", session is not None and session.document.field("status") in ("done", "checked"))
        self.menus.check("is_segmented", session is not None and session.document.is_segmented)

    def _apply_preferences(self) -> None:
        settings = self.preferences.settings
        self.view.set_options(view=settings.view, snap=settings.snap, differences=settings.differences)
        self.view.set_all_arcs(settings.arcs == "all")
        if self.desk.labeller is not None:
            self.desk.labeller.snap = settings.snap
        self.status.set_snap(self.look.say(f"gui.snap.{settings.snap}"))
        for name in (f"snap_{settings.snap}", f"theme_{self.look.theme.name}", f"language_{self.look.language}"):
            self.menus.check(name, True)
        self.menus.check("view_words", settings.view == "words")
        self.menus.check("differences", settings.differences)
        self.menus.check("all_arcs", settings.arcs == "all")

    def restore_place(self) -> None:
        """Put the window where it was when it was last closed."""
        settings = self.preferences.settings
        if settings.geometry:
            self.restoreGeometry(QByteArray.fromBase64(settings.geometry.encode("ascii")))

    def _restyle(self) -> None:
        theme = self.look.theme
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setPalette(qt_palette(theme))
        app.setFont(self.look.interface_font())
        app.setStyleSheet(style_sheet(theme))
        self._apply_preferences()
        self.offer()

    def _offer_rescue(self, then: Callable[[], None]) -> None:
        """An article cannot be left because it cannot be saved: try again, keep a copy elsewhere, give it up, or stay."""
        session = self.session
        if session is None:
            return
        problem = self.look.explain(session.failure) if session.failure else ""
        match ask_rescue(self, self.look, problem):
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
