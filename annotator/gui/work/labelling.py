"""What a key or gesture of labelling does: entities, events, fillers of roles and first guesses become edits here."""

from __future__ import annotations

from dataclasses import replace

from annotator.core import commands, links, query
from annotator.core.edits import Change, Edit
from annotator.core.errors import AnnotatorError
from annotator.core.lists import list_items
from annotator.core.model import Annotation, Entity, Event, Item
from annotator.core.schema import EventType
from annotator.core.suggestions import is_suggestion
from annotator.core.text import Spans
from annotator.suggest.lexicon import Lexicon

from .doing import Doing
from .grammar import ChangeRole, FillRole, Intent, MakeEntity, MakeEvent, Retype
from .session import Session

# Learning again what is open costs a moment for each annotation; in a larger article the guesses are those from before.
_LEARNT_AT_ONCE = 2_000


class Labeller:
    """Carries out the intents of the grammar on the session that is open."""

    def __init__(self, doing: Doing, lexicon: Lexicon) -> None:
        self.doing = doing
        self.lexicon = lexicon
        self._learnt_at = doing.session.changes

    @property
    def session(self) -> Session:
        return self.doing.session

    def carry_out(self, intent: Intent) -> None:
        """Do what an intent of the grammar asks for."""
        match intent:
            case MakeEntity(type=name, each=False) | MakeEvent(type=name) if len(self.session.selected) > 1:
                # Several annotations are no text to tag: what can be meant is their type.
                self.retype(name)
            case MakeEntity(type=name, each=each):
                self.make_entity(name, each=each)
            case MakeEvent(type=name):
                self.make_event(name)
            case FillRole(role=role, each=each):
                self.fill(role, each=each)
            case Retype(type=name):
                self.retype(name)
            case ChangeRole(role=role):
                self.change_role(role)

    def make_entity(self, type_name: str, *, each: bool = False) -> None:
        """Tag the selection as an entity; `each`: each item of the list that it holds, in one step."""

        def make(force: bool) -> None:
            document = self.session.document
            items = self._items(each=each)
            changes: list[Change] = []
            for spans in items:
                if not force:
                    self._refuse_retag(spans, Entity)
                if (taken := self._take_over(spans, Entity, type_name)) is not None:
                    changes += taken.changes
                    continue
                made = commands.tag(document, spans, type_name, force=force).changes[0].after
                assert isinstance(made, Entity)
                identifier = document.new_id("entities", ahead=sum(change.before is None for change in changes))
                changes.append(Change("entities", identifier, None, replace(made, id=identifier)))
            self._made(self.session.do(Edit("tag-entity", tuple(changes))), "told.entity", type=type_name)

        self.doing.attempt(("entity", type_name), make)

    def make_event(self, type_name: str) -> None:
        """Tag the selection as the trigger of an event and open its frame."""

        def make(force: bool) -> None:
            spans = self._selected_spans()
            if not force:
                self._refuse_retag(spans, Event)
            taken = self._take_over(spans, Event, type_name)
            edit = self.session.do(taken or commands.tag_event(self.session.document, spans, type_name, force=force))
            self.session.open_frame(self._made(edit, "told.event", type=type_name))

        self.doing.attempt(("event", type_name), make)

    def fill(self, role: str, *, each: bool = False) -> None:
        """Let the selection fill a role of the open frame; without a selection the role waits for the next one."""
        event = self.session.frame_event()
        if event is None:
            self.doing.refuse(AnnotatorError("no-frame-open"))
            return
        if len(self.session.selected) > 1:
            self._fill_with_all(event, role)
            return
        chosen = self.session.chosen()
        if not self.doing.target_spans() or (chosen is not None and chosen.id == event.id):
            self.session.arm(None if self.session.armed == role else role)
            return

        def make(force: bool) -> None:
            session, spans = self.session, self.doing.target_spans()
            if each:
                edit = links.fill_all(session.document, event.id, role, items=self._items(each=True), schema=session.schema, force=force)
            elif chosen is not None:
                edit = links.add_argument(session.document, event.id, role, target=chosen.id, schema=session.schema, force=force)
            else:
                remembered = self._remembered_type(event, role, spans)
                edit = links.fill(session.document, event.id, role, spans=spans, schema=session.schema, type_name=remembered, force=force)
            done = session.do(edit)
            self._made(done, "told.argument", role=role, text=session.document.text.surface(spans))
            self.doing.cycling = self._filled_by(done, event.id, role)
            session.arm(None)

        self.doing.attempt(("fill", role), make)

    def _fill_with_all(self, event: Event, role: str) -> None:
        """Let all selected annotations fill a role, in one step; the event's own trigger is none of them."""
        ids = [item.id for item in self.session.selected_annotations() if item.id != event.id]

        def make(force: bool) -> None:
            session = self.session
            edit = session.do(links.add_arguments(session.document, event.id, role, targets=ids, schema=session.schema, force=force))
            added = len(session.document.events[event.id].arguments) - len(event.arguments)
            session.clear_selection()
            session.arm(None)
            self.doing.tell(edit, "told.arguments", role=role, n=added, passed=len(ids) - added)

        self.doing.attempt(("fill", role), make)

    def change_role(self, role: str) -> None:
        """Give the selected fillers another role of the open frame in place of what they hold there, in one step."""
        event = self.session.frame_event()
        if event is None:
            self.doing.refuse(AnnotatorError("no-frame-open"))
            return
        ids = list(self.session.selected)

        def make(force: bool) -> None:
            session = self.session
            moved = {argument.target for argument in event.arguments if argument.target in ids and argument.role != role}
            edit = session.do(links.give_role(session.document, event.id, role, targets=ids, schema=session.schema, force=force))
            self.doing.tell(edit, "told.role_changed", role=role, n=len(moved), passed=len(ids) - len(moved))

        self.doing.attempt(("change-role", role), make)

    def selection_made(self) -> None:
        """The pointer made a selection: an armed role takes it."""
        if self.session.armed and self.doing.target_spans():
            self.fill(self.session.armed)

    def retype(self, type_name: str) -> None:
        """Give the selected annotations another type; those of the layer that has no such type are passed over, and it is said so."""

        def make(force: bool) -> None:
            items = self.session.selected_annotations() or self.doing.last_made()
            ids = [item.id for item in items if self._may_be(item, type_name)]
            if not ids:
                raise AnnotatorError("type-of-other-layer" if items else "nothing-selected", type=type_name)
            edit = self.session.do(commands.retype(self.session.document, ids, type_name))
            if len(items) == 1:
                self.doing.tell(edit, "told.retyped")
            else:
                self.doing.tell(edit, "told.retyped_several", type=type_name, n=count_changed(edit), passed=len(items) - len(ids))

        self.doing.attempt(("retype", type_name), make)

    def delete(self) -> None:
        """Delete the selected annotations with what hangs on them."""
        ids = [item.id for item in self.session.selected_annotations()]
        if ids:
            key = "told.deleted" if len(ids) == 1 else "told.deleted_several"
            self.doing.do(lambda: commands.remove(self.session.document, ids), key, n=len(ids))
        else:
            self.doing.refuse(AnnotatorError("nothing-to-delete"))

    def remove_argument(self, event_id: str, role: str, target: str) -> None:
        event = self.session.document.events.get(event_id)
        held = [argument for argument in event.arguments if (argument.role, argument.target) == (role, target)] if event else []
        if held:
            self.doing.do(lambda: links.remove_argument(self.session.document, event_id, held[0]), "told.argument_removed")

    def guess(self) -> None:
        """Take the first guess for the selection: a role in an open frame, else a type."""
        spans = self.doing.target_spans()
        if not spans:
            self.doing.refuse(self.doing.why_no_text())
        elif (intent := self.first_guess()) is None:
            self.doing.refuse(AnnotatorError("no-guess", text=self.session.document.text.surface(spans)))
        else:
            self.carry_out(intent)

    def first_guess(self) -> FillRole | MakeEvent | MakeEntity | None:
        """What the selection most likely is: a role of the open frame, else a type; None without a selection or without a guess."""
        session, spans = self.session, self.doing.target_spans()
        if not spans:
            return None
        event = session.frame_event()
        known = session.schema.event(event.type) if event else None
        self._learn()
        if event is not None and known is not None and (role := self._guess_role(event, known, spans)):
            return FillRole(role)
        guess = self.lexicon.guess_type(session.document.text.surface(spans), session.schema)
        if guess is None:
            return None
        return MakeEvent(guess[1]) if guess[0] == "event" else MakeEntity(guess[1])

    def can_cycle(self) -> bool:
        """Whether Tab would give the filler just made another type."""
        return self.doing.cycling is not None and self.doing.cycling[0] == self.session.frame

    def cycle_type(self) -> None:
        """Right after a role key: the filler's next allowed type."""
        if self.doing.cycling is None or not self.can_cycle():
            return
        _, identifier, role = self.doing.cycling
        event, filler = self.session.frame_event(), self.session.document.entities.get(identifier)
        known = self.session.schema.event(event.type) if event else None
        allowed = known.role(role) if known else None
        if filler is None or allowed is None:
            return
        types = [*allowed.fillers, *allowed.rare]
        if types == [filler.type]:
            self.doing.refuse(AnnotatorError("role-of-one-type", role=role, type=filler.type))
            return
        following = types[(types.index(filler.type) + 1) % len(types)] if filler.type in types else types[0]
        cycling = self.doing.cycling
        self.doing.do(lambda: commands.retype(self.session.document, [identifier], following), "told.cycled", type=following)
        self.doing.cycling = cycling

    def open_frame(self) -> None:
        """Open the frame of the selected event or, for a filler, of the first event that it fills."""
        session = self.session
        if (several := self.doing.several()) is not None:
            self.doing.refuse(several)
            return
        chosen = session.chosen() or next((item for item in query.stack_at(session.document, session.caret)), None)
        events = query.events_filled_by(session.document, chosen.id) if chosen else []
        event = chosen if isinstance(chosen, Event) else next(iter(events), None)
        if event is None:
            self.doing.refuse(AnnotatorError("no-event-here"))
        else:
            session.open_frame(event.id)

    def _made(self, edit: Edit, key: str, **where: str) -> str | None:
        """Tell what was made, end the selection and remember it; the id of the first item that is new."""
        fresh = [change for change in edit.changes if change.before is None or is_suggestion(change.before)]
        new = [change.after for change in fresh if isinstance(change.after, Item)]
        made = new[0].id if new else None
        text = self.session.document.text.surface(self.doing.target_spans())
        self.session.clear_selection()
        self.doing.remember(made)
        self.doing.tell(edit, key, **{"text": text, **where})
        return made

    def _items(self, *, each: bool) -> list[Spans]:
        """What is selected, or (`each`) the items of the list that is selected."""
        spans = self._selected_spans()
        return [(item,) for item in list_items(self.session.document, spans)] if each else [spans]

    def _selected_spans(self) -> Spans:
        spans = self.doing.target_spans()
        if not spans:
            raise self.doing.why_no_text()
        return spans

    def _may_be(self, item: Annotation, type_name: str) -> bool:
        """Whether the layer of an annotation has that type."""
        schema = self.session.schema
        known = schema.entity(type_name) if isinstance(item, Entity) else schema.event(type_name)
        return known is not None

    def _refuse_retag(self, spans: Spans, kind: type[Entity] | type[Event]) -> None:
        held = [item for item in query.with_spans(self.session.document, spans) if isinstance(item, kind) and not is_suggestion(item)]
        if held:
            raise AnnotatorError("span-tagged", type=held[0].type)

    def _take_over(self, spans: Spans, kind: type[Entity] | type[Event], type_name: str) -> Edit | None:
        """Where a model proposed something of that layer at just this place, the edit that makes it the person's, of that type."""
        held = [item for item in query.with_spans(self.session.document, spans) if isinstance(item, kind) and is_suggestion(item)]
        chosen = min(held, key=lambda item: item.type != type_name, default=None)
        return commands.retype(self.session.document, [chosen.id], type_name) if chosen is not None else None

    def _learn(self) -> None:
        """What was labelled in this article since it was last learnt counts for the guess as well."""
        if self._learnt_at != self.session.changes and len(self.session.document.index) <= _LEARNT_AT_ONCE:
            self._learnt_at = self.session.changes
            self.lexicon.learn(str(self.session.path), self.session.document)

    def _remembered_type(self, event: Event, role: str, spans: Spans) -> str:
        """The type that a text had before, where the role takes it and nothing stands there yet; else empty: the role's first type."""
        known = self.session.schema.event(event.type)
        allowed = known.role(role) if known else None
        if allowed is None or links.filler_at(self.session.document, spans, role=allowed, schema=self.session.schema) is not None:
            return ""
        self._learn()
        guess = self.lexicon.guess_type(self.session.document.text.surface(spans), self.session.schema, kinds=("entity",))
        return guess[1] if guess and guess[1] in allowed.fillers else ""

    def _guess_role(self, event: Event, known: EventType, spans: Spans) -> str | None:
        held = [item for item in query.with_spans(self.session.document, spans) if isinstance(item, Entity)]
        guess = self.lexicon.guess_type(self.session.document.text.surface(spans), self.session.schema, kinds=("entity",))
        filler = held[0].type if held else guess[1] if guess else ""
        return self.lexicon.guess_role(known, filler, [argument.role for argument in event.arguments])

    def _filled_by(self, edit: Edit, event_id: str, role: str) -> tuple[str, str, str] | None:
        made = [change.after for change in edit.changes if isinstance(change.after, Entity)]
        return (event_id, made[0].id, role) if made else None


def count_changed(edit: Edit) -> int:
    """How many annotations an edit touches, what goes with it in the same step apart."""
    return len({change.id for change in edit.changes if change.layer in ("entities", "events")})
