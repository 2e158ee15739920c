"""Taking over what a model proposed. What is there twice then becomes one: a person's annotation stays and gains what it lacked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from .commands import layer_of, ordered, retire
from .document import Document, references
from .edits import Change, Edit
from .links import reaches
from .model import HUMAN, Annotation, Argument, Cluster, Entity, Event, Item, Relation, id_order
from .schema import Schema
from .suggestions import answered, is_suggestion, place_of


def accept(document: Document, schema: Schema, ids: Iterable[str]) -> Edit:
    """Make suggestions the person's, an event with all that fills it.

    Where the person has an annotation of the same layer, type and place, or accepts two, the first stays: an event gains the arguments that
    it lacks, what named the others names it. Open suggestions that would then say nothing more go too.
    """
    items = [item for identifier in dict.fromkeys(ids) if (item := document.annotation(identifier)) is not None and is_suggestion(item)]
    mine = tuple(Change(layer_of(item), item.id, item, replace(item, origin=HUMAN)) for item in items)
    taken = answered(document, Edit("confirm", mine))
    made = [change.after for change in taken.changes if isinstance(change.after, Annotation)]
    work = _Merging(document, schema, {item.id: item for item in made})
    # Fillers first: whether an event says something more depends on what they have become.
    for item in sorted(work.made.values(), key=lambda item: (isinstance(item, Event), id_order(item.id))):
        work.settle(item)
    return Edit(taken.name, tuple(work.changes()))


@dataclass
class _Merging:
    """`made` are the annotations as they will be, `gone` those that go, each with the one that takes its place."""

    document: Document
    schema: Schema
    made: dict[str, Annotation]
    gone: dict[str, str] = field(default_factory=dict)

    def settle(self, item: Annotation) -> None:
        """Let one annotation stand for all that are what `item` is."""
        if item.id in self.gone:
            return
        same = [self._now(other) for other in self._twins(item)]
        mine = sorted((other for other in same if not is_suggestion(other)), key=lambda other: (other.id in self.made, id_order(other.id)))
        kept = mine[0]
        for other in mine[1:]:
            if other.id in self.made:
                kept = self._merge(kept, other)
        for other in same:
            if is_suggestion(other) and not (other.flag or other.note) and self._adds_nothing(kept, other):
                self._merge(kept, other)

    def changes(self) -> Iterable[Change]:
        """What is to be done to the document."""
        users = [user for identifier in self.gone for user in self.document.users(identifier) if user.id not in self.gone]
        after: dict[str, Item | None] = {user.id: self._renamed(user) for user in users}
        after |= {identifier: self._renamed(item) for identifier, item in self.made.items()}
        after |= dict.fromkeys(self.gone)
        for identifier, item in after.items():
            before = self._item(identifier)
            if before != item:
                yield Change(layer_of(before), identifier, before, item)
        yield from retire(self.document, {identifier for identifier, item in after.items() if item is None})

    def _merge(self, kept: Annotation, other: Annotation) -> Annotation:
        """`kept` with what `other` says, which goes. Where one fills the other both stay: no event may be its own filler in the end."""
        if any(reaches(*ends, lookup=self._as_it_will_be) for ends in ((kept.id, other.id), (other.id, kept.id))):
            return kept
        self.gone[other.id] = kept.id
        self.made.pop(other.id, None)
        if isinstance(kept, Event) and isinstance(other, Event):
            there = {self._said(argument) for argument in kept.arguments}
            lacking = [argument for argument in other.arguments if self._said(argument) not in there]
            if lacking:
                kept = replace(kept, arguments=ordered(self.document, self.schema, [*kept.arguments, *lacking]))
                self.made[kept.id] = kept
        return kept

    def _adds_nothing(self, kept: Annotation, other: Annotation) -> bool:
        if not isinstance(kept, Event) or not isinstance(other, Event):
            return True
        return {self._said(argument) for argument in other.arguments} <= {self._said(argument) for argument in kept.arguments}

    def _said(self, argument: Argument) -> tuple[str, str]:
        return argument.role, self.gone.get(argument.target, argument.target)

    def _twins(self, item: Annotation) -> list[str]:
        """The annotations of the same layer, type and fragments, itself among them."""
        near = self.document.index.overlapping(*item.spans[0])
        return [other for other in near if other not in self.gone and place_of(self._now(other)) == place_of(item)]

    def _now(self, identifier: str) -> Annotation:
        held = self.made.get(identifier) or self.document.annotation(identifier)
        assert held is not None
        return held

    def _as_it_will_be(self, identifier: str) -> Item | None:
        held = self.made.get(identifier) or self.document.annotation(identifier)
        return self._renamed(held) if held is not None else None

    def _renamed(self, item: Item) -> Item | None:
        """An item that names what stays; None for a cluster of which one member is left."""
        if not any(target in self.gone for target in references(item)):
            return item
        gone = self.gone
        match item:
            case Event():
                arguments = [replace(argument, target=gone.get(argument.target, argument.target)) for argument in item.arguments]
                first = {(argument.role, argument.target): argument for argument in reversed(arguments)}
                kept = [argument for argument in arguments if first[argument.role, argument.target] is argument]
                return replace(item, arguments=tuple(argument for argument in kept if argument.target != item.id))
            case Relation():
                return replace(item, source=gone.get(item.source, item.source), target=gone.get(item.target, item.target))
            case Cluster():
                members = tuple(dict.fromkeys(gone.get(member, member) for member in item.members))
                return replace(item, members=members) if len(members) > 1 else None
            case Entity():
                return item

    def _item(self, identifier: str) -> Item:
        found = self.document.annotation(identifier) or self.document.relations.get(identifier) or self.document.clusters.get(identifier)
        assert found is not None
        return found
