"""Suggestions of a model as one edit: what it found is added under its name, what it had found before and nobody took over goes.

What a human made stays as it is: an annotation that is there already is not proposed again, nor is one that a human refused; a
suggestion that someone has flagged, noted or linked to is kept.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from .commands import layer_of, ordered, retire
from .document import Document
from .edits import Change, Edit
from .links import reaches
from .model import HUMAN, Annotation, Argument, Entity, Event, Layer, file_order
from .schema import Schema
from .suggestions import Place, is_refused, place_of


@dataclass(frozen=True, slots=True)
class Dropped:
    """An argument that could not be proposed: the event as it came, the argument, and a code (``loss.<what>``)."""

    event: Event
    argument: Argument
    what: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """The edit that proposes, and what becomes of the items: new, the model's own of before, a human's already, twice in the file.

    `refused` are those that a human has refused before. `removed` are earlier suggestions that go, `kept` those of them that stay because
    someone works with them.
    """

    edit: Edit
    added: int
    again: int
    human: int
    repeated: int
    refused: int
    removed: int
    kept: int
    dropped: tuple[Dropped, ...] = ()


def propose(document: Document, schema: Schema, items: Iterable[Annotation], *, origin: str) -> Proposal:
    """What a model (`origin`, ``model:NAME``) found in a document. Arguments of `items` name each other's ids; ids in the document are new.

    Two items of one layer, type and place are one entity; an event with the place of a human's is that one, and is proposed beside it with
    the arguments that it lacks, which it gains when they are accepted. Relations cannot be proposed: they have no origin.
    """
    work = _Work(document, schema, origin)
    arrived = sorted(items, key=file_order)
    for item in arrived:
        if isinstance(item, Entity):
            work.take(item)
    for item in arrived:
        if isinstance(item, Event):
            work.take(item)
    for event in (item for item in arrived if isinstance(item, Event)):
        work.link(event)
    return work.close()


@dataclass
class _Work:
    document: Document
    schema: Schema
    origin: str
    ids: dict[str, str] = field(default_factory=dict)
    made: dict[str, Annotation] = field(default_factory=dict)
    dropped: list[Dropped] = field(default_factory=list)
    added: int = 0
    again: int = 0
    human: int = 0
    repeated: int = 0
    refused: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._humans: dict[Place, str] = {}
        self._before: dict[Place, deque[str]] = {}
        for item in self.document.annotations():
            if item.origin == HUMAN:
                self._humans.setdefault(place_of(item), item.id)
            elif item.origin == self.origin:
                self._before.setdefault(place_of(item), deque()).append(item.id)
        self._entities: dict[Place, str] = {}
        self._new: dict[Layer, int] = {"entities": 0, "events": 0}

    def take(self, item: Annotation) -> None:
        """Give an item its id in the document: a human's, one of before, or a new one; none where a human refused it."""
        key = place_of(item)
        if key in self._humans:
            self.human += 1
            self.ids[item.id] = self._humans[key]
        elif is_refused(self.document, item):
            self.refused.add(item.id)
        elif key in self._entities:
            self.repeated += 1
            self.ids[item.id] = self._entities[key]
        else:
            identifier = self._place(item, key)
            self.ids[item.id] = identifier
            if isinstance(item, Entity):
                self._entities[key] = identifier

    def _place(self, item: Annotation, key: Place) -> str:
        # Its arguments name ids of the file until `link` has looked at them.
        item = replace(item, arguments=()) if isinstance(item, Event) else item
        held = self._before.get(key)
        if held:
            self.again += 1
            before = self.document.annotation(held.popleft())
            assert before is not None
            self.made[before.id] = replace(item, id=before.id, origin=self.origin, flag=before.flag, note=before.note)
            return before.id
        layer = layer_of(item)
        identifier = self.document.new_id(layer, ahead=self._new[layer])
        self._new[layer] += 1
        self.added += 1
        self.made[identifier] = replace(item, id=identifier, origin=self.origin)
        return identifier

    def link(self, event: Event) -> None:
        """Let an event's arguments name the items by their ids in the document; what was refused fills nothing."""
        if event.id in self.refused:
            return
        identifier = self.ids[event.id]
        human = self.document.events[identifier] if identifier not in self.made else None
        there = {(held.role, held.target) for held in human.arguments} if human is not None else set()
        kept: list[Argument] = []
        for argument in event.arguments:
            target = self.ids.get(argument.target)
            if argument.target in self.refused or (argument.role, target) in there:
                continue
            if target is None:
                self.dropped.append(Dropped(event, argument, "filler-left-out"))
            elif reaches(target, identifier, lookup=self._now):
                self.dropped.append(Dropped(event, argument, "argument-in-circle"))
            else:
                kept.append(replace(argument, target=target))
        if human is not None:
            if not kept or is_refused(self.document, event):
                return
            self.human -= 1
            identifier = self._place(event, place_of(event))
        mine = self.made[identifier]
        assert isinstance(mine, Event)
        targets = [self.made[argument.target] for argument in kept if argument.target in self.made]
        self.made[identifier] = replace(mine, arguments=ordered(self.document, self.schema, dict.fromkeys(kept), new=targets))

    def _now(self, identifier: str) -> Annotation | None:
        """An item as it will be."""
        return self.made.get(identifier) or self.document.annotation(identifier)

    def close(self) -> Proposal:
        left = {identifier for held in self._before.values() for identifier in held}
        kept = self._in_use(left)
        gone = left - kept
        changes: list[Change] = []
        for identifier in sorted(gone):
            before = self.document.annotation(identifier)
            assert before is not None
            changes.append(Change(layer_of(before), identifier, before, None))
        changes += retire(self.document, gone)
        for identifier, item in self.made.items():
            before = self.document.annotation(identifier)
            if before != item:
                changes.append(Change(layer_of(item), identifier, before, item))
        edit = Edit("propose", tuple(changes))
        counts = (self.added, self.again, self.human, self.repeated, len(self.refused), len(gone), len(kept))
        return Proposal(edit, *counts, tuple(self.dropped))

    def _in_use(self, left: set[str]) -> set[str]:
        """Those of `left` that someone flagged, noted or linked to, and what fills them."""
        waiting = [identifier for identifier in left if self._is_touched(identifier)]
        kept = set(waiting)
        while waiting:
            item = self.document.events.get(waiting.pop())
            for argument in item.arguments if item is not None else ():
                if argument.target in left and argument.target not in kept:
                    kept.add(argument.target)
                    waiting.append(argument.target)
        return kept

    def _is_touched(self, identifier: str) -> bool:
        item = self.document.annotation(identifier)
        assert item is not None
        links = self.document.users(identifier)
        return bool(item.flag or item.note) or any(not isinstance(user, Event) or user.origin != self.origin for user in links)

