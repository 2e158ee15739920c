"""What became of every annotation on its way out, and what was not taken on the way in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypedDict, get_args

from annotator.core.document import Document
from annotator.core.model import Source, extent
from annotator.core.text import Span, Text

CountedLayer = Literal["entities", "events", "arguments", "relations"]
COUNTED: tuple[CountedLayer, ...] = get_args(CountedLayer)
Key = str | tuple[str, int]


class CountsJson(TypedDict):
    annotations: int
    whole: int
    changed: int
    left_out: int


class LossJson(TypedDict, total=False):
    document: str
    id: str
    start: int
    end: int
    what: str
    line: int
    detail: str


class _AccountJson(CountsJson):
    layers: dict[CountedLayer, CountsJson]
    losses: list[LossJson]


class AccountJson(_AccountJson, total=False):
    warnings: list[LossJson]


class Loss(NamedTuple):
    """One annotation that a format changed or left out, or one line of a file that was not taken whole.

    `what` is a code whose sentence stands in the catalogue under ``loss.<what>``; `start` and `end` are code points. Readers also
    give the `line` of the file (from 1; 0: none) and in `detail` the thing itself: a surface, a role, an id.
    """

    document: str
    id: str
    start: int
    end: int
    what: str
    line: int = 0
    detail: str = ""

    def as_json(self) -> LossJson:
        row = LossJson(document=self.document, id=self.id, start=self.start, end=self.end, what=self.what)
        if self.line:
            row["line"] = self.line
        if self.detail:
            row["detail"] = self.detail
        return row


@dataclass(frozen=True, slots=True)
class Counts:
    """Annotations written whole, written with a change, and left out; their sum is what the document holds."""

    whole: int = 0
    changed: int = 0
    left_out: int = 0

    @property
    def annotations(self) -> int:
        return self.whole + self.changed + self.left_out

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.whole + other.whole, self.changed + other.changed, self.left_out + other.left_out)

    def as_json(self) -> CountsJson:
        return {"annotations": self.annotations, "whole": self.whole, "changed": self.changed, "left_out": self.left_out}


@dataclass(frozen=True, slots=True)
class Account:
    """The counts of each layer and every loss, of one document or, added up, of a set.

    `warnings` tell what costs no annotation anything: a sentence that is longer than a trainer takes, an entity without a marked head.
    """

    layers: dict[CountedLayer, Counts] = field(default_factory=lambda: {layer: Counts() for layer in COUNTED})
    losses: tuple[Loss, ...] = ()
    warnings: tuple[Loss, ...] = ()

    @classmethod
    def of(cls, accounts: Iterable[Account]) -> Account:
        """The sum of many accounts, losses in their order."""
        layers = {layer: Counts() for layer in COUNTED}
        losses: list[Loss] = []
        warnings: list[Loss] = []
        for account in accounts:
            for layer in COUNTED:
                layers[layer] += account.layers[layer]
            losses.extend(account.losses)
            warnings.extend(account.warnings)
        return cls(layers, tuple(losses), tuple(warnings))

    def __add__(self, other: Account) -> Account:
        return Account.of((self, other))

    @property
    def total(self) -> Counts:
        """All layers together."""
        return sum(self.layers.values(), Counts())

    @property
    def is_whole(self) -> bool:
        return not self.losses

    def as_json(self) -> AccountJson:
        """The account as ``--json`` prints it; ``warnings`` stand there only where there are any."""
        total = self.total
        row: AccountJson = {
            "annotations": total.annotations,
            "whole": total.whole,
            "changed": total.changed,
            "left_out": total.left_out,
            "layers": {layer: self.layers[layer].as_json() for layer in COUNTED},
            "losses": [loss.as_json() for loss in self.losses],
        }
        if self.warnings:
            row["warnings"] = [warning.as_json() for warning in self.warnings]
        return row


Mark = tuple[CountedLayer, Key, str]


@dataclass(frozen=True, slots=True)
class Trail:
    """What became of a document's annotations on the way to the copy that is written: layer, key and code of each that was left out
    or changed. `places`: by event, the place in `original` of each argument that the copy has.

    `edges`: for each stretch of the copy's text the first code point there and in `original`, where they are not the same.
    """

    original: Document
    left_out: tuple[Mark, ...] = ()
    changed: tuple[Mark, ...] = ()
    warned: tuple[tuple[str, str], ...] = ()
    places: Mapping[str, list[int]] = field(default_factory=dict)
    edges: tuple[Span, ...] = ()

    def key(self, key: Key) -> Key:
        """The key in `original` of an item of the copy."""
        return key if isinstance(key, str) else (key[0], self.places[key[0]][key[1]])

    def offset(self, offset: int) -> int:
        """Where a code point of the copy comes from."""
        rank = bisect_right(self.edges, (offset, len(self.original.text))) - 1
        return offset if rank < 0 else min(offset - self.edges[rank][0] + self.edges[rank][1], len(self.original.text))

    def span(self, span: Span) -> Span:
        """Where a stretch of the copy comes from."""
        return self.offset(span[0]), self.offset(span[1])


class Reduced(Document):
    """A copy of a document made to be written. Ids are the original's; what was done is in `trail`, so that every account is about that."""

    def __init__(self, text: Text, source: Source, trail: Trail) -> None:
        super().__init__(text, source, extra=trail.original.extra)
        self.trail = trail


class Ledger:
    """Follows each annotation of one document through a writer: whole until said otherwise, so that the account always balances.

    An annotation that is changed for two reasons has two losses and counts once; one that is left out counts as that alone.
    An argument's key is ``(id of its event, its place there)``. The account of a `Reduced` document is about its original: what the
    reduction did is in it, ids, places of arguments and offsets are the original's.
    """

    def __init__(self, document: Document, name: str) -> None:
        self.name = name
        self._trail = document.trail if isinstance(document, Reduced) else None
        self._document = self._trail.original if self._trail else document
        self._changed: dict[CountedLayer, dict[Key, None]] = {layer: {} for layer in COUNTED}
        self._left_out: dict[CountedLayer, dict[Key, str]] = {layer: {} for layer in COUNTED}
        self._losses: dict[Mark, Loss] = {}
        self._warnings: list[Loss] = []
        if self._trail:
            self._take(self._trail)

    def change(self, layer: CountedLayer, key: Key, *, what: str) -> None:
        """Note that an annotation was written, but not as it is."""
        self._change(layer, self._trail.key(key) if self._trail else key, what=what)

    def leave_out(self, layer: CountedLayer, key: Key, *, what: str) -> None:
        """Note that an annotation was not written."""
        self._leave_out(layer, self._trail.key(key) if self._trail else key, what=what)

    def leave_out_layers(self, *layers: CountedLayer, what: str = "layer-not-held") -> None:
        """Note that a format holds nothing of these layers."""
        for layer in layers:
            for key in self._keys(layer):
                self._leave_out(layer, key, what=what)

    def warn(self, span: Span, *, what: str, detail: str = "") -> None:
        """Tell of a stretch of the text, in code points, what costs no annotation anything."""
        start, end = self._trail.span(span) if self._trail else span
        self._warnings.append(Loss(self.name, "", start, end, what, detail=detail))

    def places(self, records: Iterable[Iterable[Span]]) -> tuple[tuple[Span, ...], ...]:
        """The tokens of each record, in code points of the article itself, however its copy is spelled."""
        if self._trail and self._trail.edges:
            return tuple(tuple(map(self._trail.span, tokens)) for tokens in records)
        return tuple(map(tuple, records))

    def close(self) -> Account:
        layers = {}
        for layer in COUNTED:
            left_out = self._left_out[layer]
            changed = sum(key not in left_out for key in self._changed[layer])
            layers[layer] = Counts(self._number(layer) - changed - len(left_out), changed, len(left_out))
        # What would have changed in an annotation that is not there in the end is of no interest.
        kept = [loss for (layer, key, what), loss in self._losses.items() if self._left_out[layer].get(key, what) == what]
        return Account(layers, tuple(kept), tuple(self._warnings))

    def _take(self, trail: Trail) -> None:
        for layer, key, what in trail.left_out:
            self._leave_out(layer, key, what=what)
        for layer, key, what in trail.changed:
            self._change(layer, key, what=what)
        for identifier, what in trail.warned:
            item = self._document.annotation(identifier)
            if item is not None:
                self._warnings.append(Loss(self.name, identifier, *extent(item), what))

    def _change(self, layer: CountedLayer, key: Key, *, what: str) -> None:
        self._changed[layer][key] = None
        self._note(layer, key, what=what)

    def _leave_out(self, layer: CountedLayer, key: Key, *, what: str) -> None:
        self._left_out[layer].setdefault(key, what)
        self._note(layer, key, what=what)

    def _number(self, layer: CountedLayer) -> int:
        """How many annotations of a layer the document holds."""
        if layer == "arguments":
            return sum([len(event.arguments) for event in self._document.events.values()])
        return len(self._document.layer(layer))

    def _keys(self, layer: CountedLayer) -> Iterator[Key]:
        match layer:
            case "entities":
                yield from self._document.entities
            case "events":
                yield from self._document.events
            case "relations":
                yield from self._document.relations
            case "arguments":
                for event in self._document.events.values():
                    for place in range(len(event.arguments)):
                        yield event.id, place

    def _note(self, layer: CountedLayer, key: Key, *, what: str) -> None:
        identifier, detail = (key, "") if isinstance(key, str) else (key[0], self._argument(*key))
        relation = self._document.relations[identifier] if layer == "relations" else None
        item = self._document.annotation(relation.source if relation else identifier)
        start, end = extent(item) if item else (0, 0)
        self._losses[layer, key, what] = Loss(self.name, identifier, start, end, what, 0, detail)

    def _argument(self, event: str, place: int) -> str:
        argument = self._document.events[event].arguments[place]
        return f"{argument.role} {argument.target}"
