"""A document: the text, a layer of values each for entities, events, relations, clusters, decisions, labels and fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Final, cast

from sortedcontainers import SortedDict, SortedList

from .edits import Change
from .errors import AnnotatorError
from .model import Annotation, Cluster, Entity, Event, Extra, Item, Key, Layer, Origin, Relation, Source, Value, id_order
from .spans import SpanIndex
from .text import Text
from .words import Words

PREFIX: Final[dict[Layer, str]] = {"entities": "T", "events": "E", "relations": "R", "clusters": "C"}
# A field that is absent reads as its value here, so that a fresh document and one with the defaults written out are the same.
FIELD_DEFAULTS: Final[dict[str, str]] = {"status": "todo", "annotator": "", "schema": "", "note": "", "origin": "raw"}
# The highest number of a deleted item, by prefix: with it an id is never given twice, not even after the file was closed.
RETIRED: Final = "retired "


class Document:
    """An article and everything said about it. It is changed through `edits.apply` alone.

    Offsets are code points of `text`, spans half-open. Reading is free to anyone; the mappings must not be written to.
    """

    def __init__(self, text: Text, source: Source, *, origin: Origin = "raw", extra: Extra = ()) -> None:
        self.text = text
        self.source = source
        self.extra = extra
        self.entities: dict[str, Entity] = {}
        self.events: dict[str, Event] = {}
        self.relations: dict[str, Relation] = {}
        self.clusters: dict[str, Cluster] = {}
        self.decisions: SortedDict[int, str] = SortedDict()
        self.labels: dict[str, str] = {}
        self.fields: dict[str, str] = {} if origin == "raw" else {"origin": origin}
        self.words = Words(text, self.decisions, segmented=origin == "segmented")
        self.index = SpanIndex()
        self._users: dict[str, dict[str, None]] = {}
        # The numbers of ids by their letter, from when they are first asked for; the highest ever given grows only: within one sitting
        # not even an id that was undone is given again.
        self._counted: _Numbers | None = None
        # The checker cannot follow one mapping of values of several types; `put` is the one place that writes through it.
        self._layers = cast(
            "dict[Layer, dict[Key, Value]]",
            {
                "entities": self.entities,
                "events": self.events,
                "relations": self.relations,
                "clusters": self.clusters,
                "decisions": self.decisions,
                "labels": self.labels,
                "fields": self.fields,
            },
        )

    def layer(self, layer: Layer) -> Mapping[Key, Value]:
        """A read-only view of a layer, id → value."""
        return MappingProxyType(self._layers[layer])

    def field(self, name: str) -> str:
        """A field of the document: status, annotator, schema, note, origin."""
        return self.fields.get(name, FIELD_DEFAULTS.get(name, ""))

    @property
    def is_segmented(self) -> bool:
        """Whether the words come with the text (``_`` joins syllables) instead of from the machine."""
        return self.field("origin") == "segmented"

    def annotation(self, identifier: str) -> Annotation | None:
        """The entity or event of that id."""
        return self.entities.get(identifier) or self.events.get(identifier)

    def annotations(self) -> Iterator[Annotation]:
        """Entities and events in reading order, outer before inner."""
        for identifier in self.index.in_order():
            found = self.annotation(identifier)
            assert found is not None
            yield found

    def users(self, identifier: str) -> tuple[Event | Relation | Cluster, ...]:
        """Events, relations and clusters that name `identifier`."""
        held: list[Event | Relation | Cluster] = []
        for user in self._users.get(identifier, ()):
            found = self.events.get(user) or self.relations.get(user) or self.clusters.get(user)
            if found is not None:
                held.append(found)
        return tuple(held)

    def new_id(self, layer: Layer, *, ahead: int = 0) -> str:
        """An id that was never used in this document; `ahead` counts the ones asked for before in the same edit."""
        prefix = PREFIX[layer]
        retired = int(self.fields.get(RETIRED + prefix, "0"))
        return f"{prefix}{max(self._numbers.highest.get(prefix, 0), retired) + 1 + ahead}"

    def is_highest(self, identifier: str) -> bool:
        """Whether no item present has a higher number under the same letter."""
        present = self._numbers.present.get(identifier[:1])
        return not present or present[-1] <= id_order(identifier)[0]

    def put(self, change: Change) -> None:
        """Carry out one change. Refused: ``edit-does-not-fit`` (`before` is not what stands there), ``nothing-selected`` (no spans)."""
        held, before, after = self._layers[change.layer], change.before, change.after
        if held.get(change.id) != before:
            raise AnnotatorError("edit-does-not-fit", layer=change.layer, id=change.id)
        if isinstance(after, (Entity, Event)) and not after.spans:
            raise AnnotatorError("nothing-selected")
        # A new type, flag or note leaves all that is found by place or link as it was.
        stays = before is not None and _stands_where(before, after)
        if before is not None and not isinstance(before, str) and not stays:
            self._forget(before)
        if after is None:
            held.pop(change.id, None)
        else:
            held[change.id] = after
            if not isinstance(after, str) and not stays:
                self._learn(after)
        if change.layer == "decisions":
            self.words.redecide(cast(int, change.id))
        elif change.layer == "fields" and change.id == "origin":
            self.words.restart(segmented=self.is_segmented)

    @property
    def _numbers(self) -> _Numbers:
        if self._counted is None:
            self._counted = _Numbers(chain(self.entities, self.events, self.relations, self.clusters))
        return self._counted

    def _learn(self, item: Item) -> None:
        if isinstance(item, (Entity, Event)):
            self.index.add(item.id, item.spans)
        for target in references(item):
            self._users.setdefault(target, {})[item.id] = None
        if self._counted is not None:
            self._counted.add(item.id)

    def _forget(self, item: Item) -> None:
        # Counted while it is still there.
        self._numbers.remove(item.id)
        if isinstance(item, (Entity, Event)):
            self.index.remove(item.id, item.spans)
        for target in references(item):
            held = self._users.get(target)
            if held is not None:
                held.pop(item.id, None)
                if not held:
                    del self._users[target]


class _Numbers:
    """The numbers of ids by their letter: those that are there, and the highest that ever was."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.present: dict[str, SortedList[int]] = {}
        self.highest: dict[str, int] = {}
        for identifier in ids:
            self.add(identifier)

    def add(self, identifier: str) -> None:
        prefix, number = identifier[:1], id_order(identifier)[0]
        self.present.setdefault(prefix, SortedList()).add(number)
        self.highest[prefix] = max(self.highest.get(prefix, 0), number)

    def remove(self, identifier: str) -> None:
        """Forget that it is there, not that it was."""
        self.present[identifier[:1]].remove(id_order(identifier)[0])


def _stands_where(before: Value | None, after: Value | None) -> bool:
    """Whether an annotation keeps its fragments and what it refers to."""
    if not isinstance(before, Annotation) or not isinstance(after, Annotation):
        return False
    return (before.id, before.spans) == (after.id, after.spans) and references(before) == references(after)


def references(item: Item) -> tuple[str, ...]:
    """The ids that an item names."""
    match item:
        case Event():
            return tuple(argument.target for argument in item.arguments)
        case Relation():
            return item.source, item.target
        case Cluster():
            return item.members
        case Entity():
            return ()
