"""The pane of guidelines in the window: when it is there, where it finds room, and which type it speaks of."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer, Signal
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from annotator.core import query
from annotator.core.errors import AnnotatorError
from annotator.core.model import Annotation, Event
from annotator.core.schema import Schema

from ..panels.palette import KeyButton
from ..work.grammar import FillRole, Intent, MakeEntity, MakeEvent, Retype
from ..work.session import Session
from .control import Control

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.tasks.guidance import Topic, TopicKind

    from ..panels.guidelines import GuidelinesPanel

_FOLLOWED_AFTER_MS = 120
# Below this the text is no pleasure to read: the list of articles steps aside while the guidelines are open.
_CANVAS_LEAST = 460


class Guiding(QObject):
    """Shows the guidelines of the corpus on demand and keeps them at the type that is worked on. The pane is made when first asked for."""

    _heard = Signal(object, object)

    def __init__(self, control: Control) -> None:
        super().__init__(control.window)
        self._control = control
        self._pane: GuidelinesPanel | None = None
        self._session: Session | None = None
        # Which guidelines the pane shows, and what was read of them.
        self._shown: Path | None = None
        self._held: str | AnnotatorError | None = None
        self._timer = QTimer(self, singleShot=True, interval=_FOLLOWED_AFTER_MS)
        self._timer.timeout.connect(self._follow_softly)
        self._heard.connect(self._take)
        self.table: dict[str, Callable[[], None]] = {"guidelines": self.toggle}
        control.desk.corpus_opened.connect(self._take_corpus)
        control.desk.opened.connect(self._take_session)

    @property
    def is_shown(self) -> bool:
        return self._pane is not None and self._pane.isVisibleTo(self._control.window)

    def toggle(self) -> None:
        """Open the pane at the type that is meant; where it is open, go to that type, and close it where it is there already."""
        topic = self._topic(hovered=True)
        if not self.is_shown:
            self._open(topic)
        elif self._pane is not None and topic is not None and topic != self._pane.topic and not self._has_focus():
            self._pane.show_topic(topic)
        else:
            self._close()

    def look_again(self) -> None:
        """The window came back to the front: another program may have been at the guidelines."""
        if self.is_shown:
            self._read()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._make_room()
        return False

    def _open(self, topic: Topic | None) -> None:
        pane = self._pane or self._make()
        pane.set_schema(self._schema())
        pane.show()
        self._give_width(pane)
        self._read()
        pane.show_topic(topic)
        self._control.preferences.remember(guidelines_shown=True)

    def _close(self) -> None:
        had_focus = self._has_focus()
        if self._pane is not None:
            self._pane.hide()
        self._make_room()
        self._control.preferences.remember(guidelines_shown=False)
        if had_focus:
            self._control.panes.view.setFocus()

    def _make(self) -> GuidelinesPanel:
        from ..panels.guidelines import GuidelinesPanel

        settings = self._control.preferences.settings
        self._pane = pane = GuidelinesPanel(self._control.look, follow=settings.guidelines_follow)
        pane.hide()
        splitter, centre = self._splitter()
        splitter.insertWidget(splitter.indexOf(centre) + 1, pane)
        splitter.installEventFilter(self)
        splitter.splitterMoved.connect(self._remember_width)
        pane.close_requested.connect(self._close)
        pane.left.connect(self._control.panes.view.setFocus)
        pane.address_chosen.connect(self._tell_address)
        pane.zoom_requested.connect(self._control.preferences.zoom_by)
        pane.follow_toggled.connect(self._set_follow)
        self._control.extra_panes.append(pane)
        return pane

    def _splitter(self) -> tuple[QSplitter, QWidget]:
        """The row of panes, and the one of them that holds the text."""
        held: QWidget = self._control.panes.view
        while not isinstance(parent := held.parentWidget(), QSplitter):
            assert parent is not None
            held = parent
        return parent, held

    def _give_width(self, pane: GuidelinesPanel) -> None:
        """The width remembered, taken from the text, which keeps enough to be read."""
        splitter, centre = self._splitter()
        self._make_room()
        sizes, here, middle = splitter.sizes(), splitter.indexOf(pane), splitter.indexOf(centre)
        shown = [rank for rank in range(splitter.count()) if (held := splitter.widget(rank)) is not None and held.isVisible()]
        taken = sum(sizes[rank] for rank in shown if rank not in (here, middle)) + splitter.handleWidth() * (len(shown) - 1)
        both = splitter.width() - taken
        wanted = max(pane.minimumWidth(), min(self._control.preferences.settings.guidelines_width, both - _CANVAS_LEAST))
        sizes[here], sizes[middle] = wanted, both - wanted
        splitter.setSizes(sizes)

    def _make_room(self) -> None:
        """Let the list of articles step aside while there is no room for it, and come back."""
        corpus, pane = self._control.panes.corpus, self._pane
        splitter, centre = self._splitter()
        if pane is None or splitter.indexOf(corpus) < 0:
            return
        counted = [held for rank in range(splitter.count()) if (held := splitter.widget(rank)) not in (corpus, centre, pane)]
        taken = sum(held.width() for held in counted if held is not None and held.isVisible())
        wanted = min(self._control.preferences.settings.guidelines_width, 320)
        narrow = splitter.width() - taken - wanted - max(corpus.minimumWidth(), corpus.width()) < _CANVAS_LEAST
        aside = self._control.aside
        if self.is_shown and narrow and corpus.isVisible():
            aside.add("corpus")
            self._control.arrange()
        elif "corpus" in aside and not (self.is_shown and narrow):
            aside.remove("corpus")
            self._control.arrange()

    def _remember_width(self, *_: int) -> None:
        if self._pane is not None and self.is_shown:
            self._control.preferences.remember(guidelines_width=self._pane.width())

    def _set_follow(self, on: bool) -> None:
        self._control.preferences.remember(guidelines_follow=on)
        if on:
            self._timer.start()

    def _tell_address(self, address: str) -> None:
        """A link is never followed by itself: its address is told, and is there to be pasted into a browser."""
        QGuiApplication.clipboard().setText(address)
        self._control.tell("told.address_copied", {"address": address})

    def _take_corpus(self) -> None:
        if self._pane is not None:
            self._forget_page(self._pane)
            self._pane.show_topic(None)
        if self.is_shown:
            self._read()
        elif self._control.preferences.settings.guidelines_shown:
            self._open(None)

    def _take_session(self, session: Session | None) -> None:
        self._session = session
        if session is not None:
            session.selection_changed.connect(self._timer.start)
            session.frame_changed.connect(self._timer.start)
        if self._pane is not None:
            self._pane.set_schema(self._schema())
            if session is not None and self._path() != self._shown:
                self._forget_page(self._pane)
                self._read()

    def _forget_page(self, pane: GuidelinesPanel) -> None:
        """Other guidelines are meant from now on, or none."""
        self._shown = self._held = None
        pane.set_guidelines(None, folder=Path())

    def _schema(self) -> Schema | None:
        return self._session.schema if self._session else self._control.desk.schema

    def _follow_softly(self) -> None:
        pane = self._pane
        if pane is None or not self.is_shown or not pane.follow.isChecked():
            return
        topic = self._topic(hovered=False)
        if topic is not None and topic != pane.topic:
            pane.show_topic(topic)

    def _topic(self, *, hovered: bool) -> Topic | None:
        """What is worked on: the selected annotation, an armed role, what the pointer is on, what the caret is in, the open frame."""
        from annotator.tasks.guidance import topic_of

        session = self._session
        if session is None:
            return None
        found = self._meant(session, hovered=hovered)
        return topic_of(session.schema, *found) if found else None

    def _meant(self, session: Session, *, hovered: bool) -> tuple[TopicKind, str] | None:
        if (chosen := session.chosen()) is not None:
            return _of_item(chosen)
        if session.armed:
            return "role", session.armed
        if hovered and (found := self._under_pointer(session)) is not None:
            return found
        stack = query.stack_at(session.document, session.position())
        item = stack[0] if stack else session.frame_event()
        return _of_item(item) if item is not None else None

    def _under_pointer(self, session: Session) -> tuple[TopicKind, str] | None:
        """The type or role that the pointer rests on: an annotation's chip, or a button of the bottom line."""
        view = self._control.panes.view
        if view.viewport().underMouse():
            hit = view.hit(QPointF(view.viewport().mapFromGlobal(QCursor.pos())))
            item = session.document.annotation(hit.chip) if hit.chip else None
            return _of_item(item) if item is not None else None
        buttons = self._control.panes.palette.findChildren(KeyButton)
        intents = [button.offer.intent for button in buttons if button.underMouse()]
        return _of_intent(intents[0], session.schema) if intents else None

    def _read(self) -> None:
        """Read the guidelines beside the window's thread: a folder may lie on a slow disk."""
        path = self._path()
        if path is not None:
            threading.Thread(target=self._read_beside, args=(path,), name="guidelines", daemon=True).start()

    def _read_beside(self, path: Path) -> None:
        from annotator.tasks.guidance import read_guidelines

        read: str | AnnotatorError
        try:
            read = read_guidelines(path)
        except AnnotatorError as error:
            read = error
        # The window may be gone by now.
        with suppress(RuntimeError):
            self._heard.emit(path, read)

    def _take(self, path: Path, read: str | AnnotatorError) -> None:
        corpus, pane = self._control.desk.corpus, self._pane
        if pane is None or corpus is None or path != self._path() or (path == self._shown and _same(read, self._held)):
            return
        self._shown, self._held = path, read
        error = read if isinstance(read, AnnotatorError) else None
        pane.set_guidelines(None if isinstance(read, AnnotatorError) else read, folder=corpus.root, error=error)

    def _path(self) -> Path | None:
        """The guidelines of the open article's folder, else of the corpus. Settings that cannot be read are told with the articles."""
        corpus = self._control.desk.corpus
        if corpus is None or self._session is None:
            return corpus.settings.guidelines if corpus else None
        try:
            return corpus.settings_for(self._session.path).guidelines
        except AnnotatorError:
            return None

    def _has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return self._pane is not None and focus is not None and self._pane.isAncestorOf(focus)


def _of_item(item: Annotation) -> tuple[TopicKind, str]:
    return ("event" if isinstance(item, Event) else "entity"), item.type


def _of_intent(intent: Intent, schema: Schema) -> tuple[TopicKind, str] | None:
    match intent:
        case MakeEntity(type=name):
            return "entity", name
        case MakeEvent(type=name):
            return "event", name
        case Retype(type=name):
            return ("event" if schema.event(name) else "entity"), name
        case FillRole(role=name):
            return "role", name
        case _:
            return None


def _same(read: str | AnnotatorError, held: str | AnnotatorError | None) -> bool:
    """Whether what was read is what is shown; errors are the same where they say the same."""
    if isinstance(read, AnnotatorError) and isinstance(held, AnnotatorError):
        return (read.code, read.where) == (held.code, held.where)
    return read == held
