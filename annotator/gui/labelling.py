"""What a gesture or key does to the session's document: intents become edits here, and refusals are said here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QObject, Signal

from annotator.core import commands, decisions, links, query
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.model import Annotation, Entity, Event, Item
from annotator.core.schema import EventType
from annotator.core.snapping import Snap, move_edge, unit_at
from annotator.core.text import Span, Spans
from annotator.suggest.lexicon import Lexicon

from .grammar import FillRole, Intent, MakeEntity, MakeEvent, Retype
from .session import Session

Edge = Literal["start", "end"]


class Labeller(QObject):
    """Carries out what a person means, on the one session that is open.

    `refused` says why an action did not happen; the same action repeated at once is forced where that is possible.
    `told` names in a catalogue key and its fields what was done.
    """

    refused = Signal(object)
    told = Signal(str, object)

    def __init__(self, session: Session, lexicon: Lexicon) -> None:
        super().__init__()
        self.session = session
        self.lexicon = lexicon
        self.snap: Snap = "word"
        self.edge: Edge = "end"
        self._refused_last: object = None
        # The event, the filler just made for it and its role; whatever is selected next ends it.
        self._cycling: tuple[str, str, str] | None = None
        self._recent: str | None = None
        self._learnt_at = session.changes
        session.selection_changed.connect(self._stop_cycling)

    def target_spans(self) -> Spans:
        """What the next key works on: the selection, the selected annotation, or the unit under a caret moved by key."""
        session = self.session
        if session.selection:
            return session.selection
        chosen = session.chosen()
        if chosen is not None:
            return chosen.spans
        if session.caret_active:
            unit = unit_at(session.document, session.caret, level=self.snap)
            return (unit,) if unit else ()
        return ()

    def carry_out(self, intent: Intent) -> None:
        """Do what an intent of the grammar asks for."""
        match intent:
            case MakeEntity(type=name):
                self.make_entity(name)
            case MakeEvent(type=name):
                self.make_event(name)
            case FillRole(role=role):
                self.fill(role)
            case Retype(type=name):
                self.retype(name)

    def make_entity(self, type_name: str) -> None:
        """Tag the selection as an entity."""

        def make(force: bool) -> None:
            spans = self._selected_spans()
            if not force:
                self._refuse_retag(spans, Entity)
            self._made(self.session.do(commands.tag(self.session.document, spans, type_name, force=force)), "told.entity", type=type_name)

        self._attempt(("entity", type_name), make)

    def make_event(self, type_name: str) -> None:
        """Tag the selection as the trigger of an event and open its frame."""

        def make(force: bool) -> None:
            spans = self._selected_spans()
            if not force:
                self._refuse_retag(spans, Event)
            edit = self.session.do(commands.tag_event(self.session.document, spans, type_name, force=force))
            self._made(edit, "told.event", type=type_name)
            self.session.open_frame(self._recent)

        self._attempt(("event", type_name), make)

    def fill(self, role: str) -> None:
        """Let the selection fill a role of the open frame; without a selection the role waits for the next one."""
        event = self.session.frame_event()
        if event is None:
            self._refuse(AnnotatorError("no-frame-open"))
            return
        chosen = self.session.chosen()
        if not self.target_spans() or (chosen is not None and chosen.id == event.id):
            self.session.arm(None if self.session.armed == role else role)
            return

        def make(force: bool) -> None:
            session, spans = self.session, self.target_spans()
            if chosen is not None:
                edit = links.add_argument(session.document, event.id, role, target=chosen.id, schema=session.schema, force=force)
            else:
                edit = links.fill(session.document, event.id, role, spans=spans, schema=session.schema, force=force)
            done = session.do(edit)
            self._made(done, "told.argument", role=role, text=session.document.text.surface(spans))
            self._cycling = self._filled_by(done, event.id, role)
            session.arm(None)

        self._attempt(("fill", role), make)

    def selection_made(self) -> None:
        """The pointer made a selection: an armed role takes it."""
        if self.session.armed and self.target_spans():
            self.fill(self.session.armed)

    def retype(self, type_name: str) -> None:
        """Give the selected annotations another type of their layer."""

        def make(force: bool) -> None:
            items = self.session.selected_annotations() or self._last_made()
            layer = self.session.schema.entity(type_name)
            wrong = [item for item in items if isinstance(item, Entity) != (layer is not None)]
            if not items or wrong:
                raise AnnotatorError("type-of-other-layer" if wrong else "nothing-selected", type=type_name)
            self._done(self.session.do(commands.retype(self.session.document, [item.id for item in items], type_name)), "told.retyped")

        self._attempt(("retype", type_name), make)

    def delete(self) -> None:
        """Delete the selected annotations with what hangs on them."""
        ids = [item.id for item in self.session.selected_annotations()]
        self._simply("nothing-to-delete", ids, lambda: commands.remove(self.session.document, ids), "told.deleted")

    def remove_argument(self, event_id: str, role: str, target: str) -> None:
        event = self.session.document.events.get(event_id)
        held = [argument for argument in event.arguments if (argument.role, argument.target) == (role, target)] if event else []
        if held:
            self._do(lambda: links.remove_argument(self.session.document, event_id, held[0]), "told.argument_removed")

    def guess(self) -> None:
        """Take the first guess for the selection: a role in an open frame, else a type."""
        session, spans = self.session, self.target_spans()
        if not spans:
            self._refuse(AnnotatorError("nothing-selected"))
            return
        event = session.frame_event()
        known = session.schema.event(event.type) if event else None
        surface = session.document.text.surface(spans)
        self._learn()
        if event is not None and known is not None and (role := self._guess_role(event, known, spans)):
            self.fill(role)
            return
        guess = self.lexicon.guess_type(surface, session.schema)
        if guess is None:
            self._refuse(AnnotatorError("no-guess", text=surface))
        elif guess[0] == "event":
            self.make_event(guess[1])
        else:
            self.make_entity(guess[1])

    def can_cycle(self) -> bool:
        """Whether Tab would give the filler just made another type."""
        return self._cycling is not None and self._cycling[0] == self.session.frame

    def cycle_type(self) -> None:
        """Right after a role key: the filler's next allowed type."""
        if self._cycling is None or not self.can_cycle():
            return
        _, identifier, role = self._cycling
        event, filler = self.session.frame_event(), self.session.document.entities.get(identifier)
        known = self.session.schema.event(event.type) if event else None
        allowed = known.role(role) if known else None
        if filler is None or allowed is None:
            return
        types = [*allowed.fillers, *allowed.rare]
        following = types[(types.index(filler.type) + 1) % len(types)] if filler.type in types else types[0]
        cycling = self._cycling
        self._do(lambda: commands.retype(self.session.document, [identifier], following), "told.cycled", type=following)
        self._cycling = cycling

    def toggle_word(self, *, everywhere: bool = False) -> None:
        """Join the selection into one word or split it."""
        spans = self.target_spans()
        scope: decisions.Scope = "everywhere" if everywhere else "here"

        def make() -> Edit:
            if not spans:
                raise AnnotatorError("nothing-selected")
            return decisions.toggle(self.session.document, (spans[0][0], spans[-1][1]), scope=scope)

        self._do(make, "told.word")

    def toggle_gap(self, offset: int) -> None:
        """Join or split at the gap beside `offset`."""
        self._do(lambda: decisions.toggle_gap(self.session.document, offset), "told.word")

    def move_edge(self, step: Literal[-1, 1], *, level: Snap | None = None) -> None:
        """Move an edge of the selection or annotation by a unit; an annotation keeps its id and links."""
        session, level = self.session, level or self.snap
        item = session.chosen() or next(iter(self._last_made()), None)
        spans = session.selection or (item.spans if item else ())
        if not spans:
            self._refuse(AnnotatorError("nothing-selected"))
            return
        moved = _with_edge(session, spans, edge=self.edge, step=step, level=level)
        if moved is None:
            self._refuse(AnnotatorError("edge-cannot-move"))
        elif session.selection:
            session.select_text(moved)
        elif item is not None:
            identifier = item.id
            self._do(lambda: commands.resize(session.document, identifier, moved), "told.resized")

    def set_spans(self, identifier: str, spans: Spans) -> None:
        """Give an annotation other fragments (its edge was dragged)."""
        self._do(lambda: commands.resize(self.session.document, identifier, spans), "told.resized")

    def switch_edge(self) -> None:
        """The edge keys work on the other edge from now on."""
        self.edge = "start" if self.edge == "end" else "end"
        self.told.emit(f"told.edge_{self.edge}", {})

    def add_fragment(self, span: Span) -> None:
        """Add `span` to the selected annotation, or to the text selection."""
        session, chosen = self.session, self.session.chosen()
        if chosen is not None:
            self._do(lambda: commands.add_fragment(session.document, chosen.id, span), "told.fragment")
        elif session.selection:
            session.select_text(commands.fit(session.document, [*session.selection, span]))
        else:
            session.select_text((span,))

    def open_frame(self) -> None:
        """Open the frame of the selected event or, for a filler, of the first event that it fills."""
        session = self.session
        chosen = session.chosen() or next((item for item in query.stack_at(session.document, session.caret)), None)
        events = query.events_filled_by(session.document, chosen.id) if chosen else []
        event = chosen if isinstance(chosen, Event) else next(iter(events), None)
        if event is None:
            self._refuse(AnnotatorError("no-event-here"))
        else:
            session.open_frame(event.id)

    def set_attribute(self, identifier: str, name: str, *, value: str, default: str) -> None:
        self._do(lambda: commands.set_attribute(self.session.document, [identifier], name, value=value, default=default), "told.changed")

    def set_flag(self, *, on: bool) -> None:
        ids = [item.id for item in self.session.selected_annotations()]
        self._do(lambda: commands.set_flag(self.session.document, ids, "question" if on else ""), "told.changed")

    def set_note(self, identifier: str, note: str) -> None:
        self._do(lambda: commands.set_note(self.session.document, identifier, note), "told.changed")

    def set_status(self, status: str) -> None:
        self._do(lambda: commands.set_field(self.session.document, "status", status), "told.status")

    def set_origin(self, *, segmented: bool) -> None:
        self._do(lambda: decisions.set_origin(self.session.document, "segmented" if segmented else "raw"), "told.changed")

    def repair(self, edit: Edit) -> None:
        """Take a repair that a check proposes."""
        self._do(lambda: edit, "told.changed")

    def undo(self) -> None:
        self._step(self.session.undo(), "told.undone", "nothing-to-undo")

    def redo(self) -> None:
        self._step(self.session.redo(), "told.redone", "nothing-to-redo")

    def _step(self, edit: Edit | None, key: str, refusal: str) -> None:
        self._cycling = self._refused_last = None
        if edit is None:
            self._refuse(AnnotatorError(refusal))
        else:
            self.told.emit(key, {"edit": edit.name})

    def _attempt(self, what: tuple[str, str], make: Callable[[bool], None]) -> None:
        """Run `make(force)`; a refusal repeated on the same target is forced."""
        attempt = (*what, self.target_spans(), self.session.selected, self.session.frame)
        force = self._refused_last == attempt
        self._refused_last = self._cycling = None
        try:
            make(force)
        except AnnotatorError as error:
            self._refused_last = attempt
            self._refuse(error)

    def _do(self, make: Callable[[], Edit], key: str, **where: str) -> None:
        self._refused_last = self._cycling = None
        try:
            self._done(self.session.do(make()), key, **where)
        except AnnotatorError as error:
            self._refuse(error)

    def _simply(self, refusal: str, items: list[str], make: Callable[[], Edit], key: str) -> None:
        if items:
            self._do(make, key)
        else:
            self._refuse(AnnotatorError(refusal))

    def _done(self, edit: Edit, key: str, **where: str) -> None:
        self.told.emit(key, {"edit": edit.name, "n": len(edit.changes), **where})

    def _made(self, edit: Edit, key: str, **where: str) -> None:
        new = [change.after for change in edit.changes if change.before is None and isinstance(change.after, Item)]
        self._recent = new[0].id if new else None
        text = self.session.document.text.surface(self.target_spans())
        self.session.clear_selection()
        self._done(edit, key, **{"text": text, **where})

    def _last_made(self) -> list[Annotation]:
        found = self.session.document.annotation(self._recent) if self._recent else None
        return [found] if found is not None else []

    def _selected_spans(self) -> Spans:
        spans = self.target_spans()
        if not spans:
            raise AnnotatorError("nothing-selected")
        return spans

    def _refuse_retag(self, spans: Spans, kind: type[Entity] | type[Event]) -> None:
        held = [item for item in query.with_spans(self.session.document, spans) if isinstance(item, kind)]
        if held:
            raise AnnotatorError("span-tagged", type=held[0].type)

    def _learn(self) -> None:
        """What was labelled in this article since it was last learnt counts for the guess as well."""
        if self._learnt_at != self.session.changes:
            self._learnt_at = self.session.changes
            self.lexicon.learn(str(self.session.path), self.session.document)

    def _guess_role(self, event: Event, known: EventType, spans: Spans) -> str | None:
        held = [item for item in query.with_spans(self.session.document, spans) if isinstance(item, Entity)]
        guess = self.lexicon.guess_type(self.session.document.text.surface(spans), self.session.schema, kinds=("entity",))
        filler = held[0].type if held else guess[1] if guess else ""
        return self.lexicon.guess_role(known, filler, [argument.role for argument in event.arguments])

    def _filled_by(self, edit: Edit, event_id: str, role: str) -> tuple[str, str, str] | None:
        made = [change.after for change in edit.changes if isinstance(change.after, Entity)]
        return (event_id, made[0].id, role) if made else None

    def _stop_cycling(self) -> None:
        self._cycling = None

    def _refuse(self, error: AnnotatorError) -> None:
        self.refused.emit(error)


def _with_edge(session: Session, spans: Spans, *, edge: Edge, step: Literal[-1, 1], level: Snap) -> Spans | None:
    """`spans` with its outer start or end moved by a unit."""
    rank = -1 if edge == "end" else 0
    moved = move_edge(session.document, spans[rank], edge=edge, step=step, level=level)
    if moved is None:
        return None
    return (*spans[:-1], moved) if edge == "end" else (moved, *spans[1:])
