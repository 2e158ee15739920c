"""What the window's keys, menus and panels act through: the desk, the panes, and the few ways of saying something."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

from annotator.core import query
from annotator.core.errors import AnnotatorError
from annotator.core.model import extent
from annotator.core.schema import EventType
from annotator.core.snapping import unit_at

from ..canvas.bubble import Bubble
from ..canvas.view import ArticleView
from ..desk.desk import Desk
from ..keys.actions import ACTIONS
from ..keys.menus import Menus
from ..looks.look import Look
from ..looks.wording import worded
from ..panels.annotations import AnnotationsPanel
from ..panels.corpus import CorpusPanel
from ..panels.inspector import InspectorPanel
from ..panels.palette import Offer, PaletteLine
from ..panels.status import StatusLine
from ..preferences import Preferences
from ..work.grammar import CycleAttribute, Do, Ignore, Intent, Lead, Refuse, Stroke
from ..work.session import Session

_IN_CONTEXT_MENU = ("accept_suggestion", "open_frame", "retype", "tag_all", "copy", "flag", "edit_note", "delete")
_OF_WORDS = ("toggle_word", "toggle_word_everywhere", "copy_words")


@dataclass(frozen=True, slots=True)
class Panes:
    """The widgets of one window."""

    view: ArticleView
    corpus: CorpusPanel
    inspector: InspectorPanel
    annotations: AnnotationsPanel
    palette: PaletteLine
    status: StatusLine
    bubble: Bubble


@dataclass(eq=False)
class Control:
    """Carries out intents on the desk's session and says what became of them. `table` has the function of each action by name."""

    window: QMainWindow
    preferences: Preferences
    desk: Desk
    panes: Panes
    table: dict[str, Callable[[], None]] = field(default_factory=dict)
    # Panes that come and go; F6 reaches them right after the text.
    extra_panes: list[QWidget] = field(default_factory=list)
    # Lines above the text that come and go: reached right before it.
    panes_above: list[QWidget] = field(default_factory=list)
    # Panes that give way for the moment, by name; `arrange` shows the panes as they are wanted now.
    aside: set[str] = field(default_factory=set)
    arrange: Callable[[], None] = field(default=lambda: None)

    @property
    def look(self) -> Look:
        return self.preferences.look

    @property
    def session(self) -> Session | None:
        return self.desk.session

    def read_stroke(self, stroke: Stroke) -> None:
        """A key of the grammar was pressed on the canvas."""
        if self.desk.tools is not None:
            self.forget_refusal()
            self.carry_out(self.desk.tools.grammar.read(stroke, frame=self.frame_type()))

    def carry_out(self, intent: Intent) -> None:
        """Do what a key, a button or a menu means."""
        tools = self.desk.tools
        if tools is None:
            return
        match intent:
            case Do(action="drop_leader") | Ignore():
                pass
            case Do(action=name):
                self.table[name]()
            case CycleAttribute(key=key):
                tools.linker.cycle_attribute(key)
            case Lead(leader=leader):
                tools.grammar.leader = leader
            case Refuse(code=code, key=key):
                self.refuse(self.look.say(f"refusal.{code}", key=key))
            case _:
                tools.grammar.leader = None
                tools.labeller.carry_out(intent)
        self.offer()

    def begin_anew(self) -> None:
        """Something else is pointed at: a leader waits no longer, and what was refused is past."""
        self.forget_refusal()
        tools = self.desk.tools
        if tools is not None and tools.grammar.leader is not None:
            tools.grammar.leader = None
            self.offer()

    def forget_refusal(self) -> None:
        """What was refused is past: neither beside the text nor in the status bar is it said any more."""
        self.panes.bubble.hide()
        self.panes.status.forget_refusal()

    def frame_type(self) -> EventType | None:
        """The type of the open frame's event."""
        event = self.session.frame_event() if self.session else None
        return self.session.schema.event(event.type) if self.session and event else None

    def offer(self) -> None:
        """Show what can be pressed now."""
        session, tools = self.session, self.desk.tools
        self.note_tab()
        if session is None or tools is None:
            self.panes.palette.set_state(None, leader=None, frame=None, armed=None)
        else:
            self.panes.palette.set_state(session.schema, leader=tools.grammar.leader, frame=self.frame_type(), armed=session.armed)
        self.note_guess()

    def note_guess(self) -> None:
        """Show what Space would take, unless a leader waits or an annotation is selected that no frame could take."""
        session, tools = self.session, self.desk.tools
        busy = session is None or tools is None or (session.frame is None and bool(session.selected))
        self.panes.palette.set_guess(None if busy or tools is None else tools.labeller.first_guess())

    def note_selection(self) -> None:
        """Something else is selected: what Tab and Space mean follows."""
        self.note_tab()
        self.note_guess()

    def note_tab(self) -> None:
        """Tab is the grammar's right after a role key; otherwise it moves the focus."""
        tools = self.desk.tools
        self.panes.view.wants_tab = tools is not None and tools.labeller.can_cycle()

    def refuse(self, text: str) -> None:
        """Say on the spot why something was not done."""
        self.panes.bubble.tell(text, near=self._spot())
        self.panes.status.tell(text, refused=True, passing=True)

    def refuse_error(self, error: AnnotatorError) -> None:
        session = self.session
        where = worded(self.look, session.schema, error.where, code=error.code) if session else error.where
        self.refuse(self.look.explain(AnnotatorError(error.code, **where)))

    def tell(self, key: str, fields: dict[str, str | int]) -> None:
        """Say what was done; names of types, roles and edits in the language of the window."""
        said = worded(self.look, self.session.schema, fields) if self.session else dict(fields)
        if "edit" in said:
            said["edit"] = self.look.say(f"edit.{said['edit']}")
        self.panes.status.tell(self.look.say(key, **said))

    def jump(self, identifier: str) -> None:
        """Select an annotation and bring it into view."""
        session = self.session
        item = session.document.annotation(identifier) if session else None
        if session is not None and item is not None:
            session.select_annotations(identifier)
            self.panes.view.reveal(extent(item), flash=True)

    def ask_relation(self, target: str, allowed: list[str]) -> None:
        """Ask which relation a link shall be, beside its other end: the schema's keys are the menu's."""
        session, tools = self.session, self.desk.tools
        if session is None or tools is None:
            return
        menu = QMenu(self.window)
        for name in allowed:
            known = session.schema.relation(name)
            key = f"&{known.key.upper()}  " if known and known.key else ""
            action = menu.addAction(f"{key}{self.look.type_label(session.schema, name)}")
            action.triggered.connect(lambda _=False, name=name: tools.linker.end(target, relation=name))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        where = self.panes.view.chip_rect(target) or self._spot()
        menu.popup(self.panes.view.viewport().mapToGlobal(where.bottomLeft().toPoint()))

    def show_menu(self, menus: Menus, *, at: QPoint | None) -> None:
        """The context menu: what the bottom line offers, every event, and what can be done to the selection.

        `at` is where it was asked for on the screen: what lies there is selected first. None: by key, for what is selected.
        """
        if self.session is None:
            return
        viewport = self.panes.view.viewport()
        if at is None:
            at = viewport.mapToGlobal(self._spot().bottomLeft().toPoint())
        else:
            self._select_under(QPointF(viewport.mapFromGlobal(at)))
        menu = QMenu(self.window)
        offers = [offer for offer in self.panes.palette.offers() if not offer.muted]
        self._list_offers(menu, [offer for offer in offers if not isinstance(offer.intent, Lead)])
        if further := self.panes.palette.further():
            more = menu.addMenu(self.look.say("gui.palette.further"))
            more.setEnabled(self.session.read_only is None)
            self._list_offers(more, further)
        menu.addSeparator()
        for name in _IN_CONTEXT_MENU:
            menu.addAction(menus.actions[name])
        words = menu.addMenu(self.look.say("menu.words").replace("&", ""))
        for name in _OF_WORDS:
            words.addAction(menus.actions[name])
        for held, names in ((menu, _IN_CONTEXT_MENU), (words, _OF_WORDS)):
            menus.attend(held, [spec for spec in ACTIONS if spec.name in names])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _list_offers(self, menu: QMenu, offers: Iterable[Offer]) -> None:
        """An entry of a menu for each offer, with its key."""
        for offer in offers:
            action = menu.addAction(f"{offer.label.replace('&', '&&')}\t{offer.key}")
            action.setEnabled(self.session is not None and self.session.read_only is None)
            action.triggered.connect(lambda _=False, intent=offer.intent: self.carry_out(intent))

    def _select_under(self, point: QPointF) -> None:
        """Select the annotation, else the unit, under a point of the viewport; what is selected there already stays so."""
        session, tools = self.session, self.desk.tools
        if session is None or tools is None:
            return
        hit = self.panes.view.hit(point)
        if hit.chip is not None:
            if hit.chip not in session.selected:
                session.select_annotations(hit.chip)
            return
        held = [*tools.doing.target_spans(), *(span for item in session.selected_annotations() for span in item.spans)]
        if not hit.inside or any(start <= hit.offset < end for start, end in held):
            return
        stack = query.stack_at(session.document, hit.offset)
        unit = unit_at(session.document, hit.offset, level=tools.doing.snap)
        if stack:
            session.select_annotations(stack[0].id)
        elif unit is not None:
            session.select_text((unit,))

    def _spot(self) -> QRectF:
        session = self.session
        if session is None or self.panes.view.sheet is None:
            return QRectF(20, 20, 1, 1)
        spans = session.selection or next((item.spans for item in session.selected_annotations()), ())
        where = self.panes.view.rect_of(spans[0] if spans else (session.caret, session.caret + 1))
        shown = QRectF(self.panes.view.viewport().rect())
        return where if shown.intersects(where) else QRectF(shown.center().x() - 100, 40, 1, 1)
