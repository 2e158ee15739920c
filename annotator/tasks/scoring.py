"""How far two annotations of one text agree, as event extraction is scored: entities, triggers and arguments, identified and classified.

The definitions are those of the ACE 2005 evaluation as Li, Ji & Huang 2013 (section 4.1) put them:

====================  ============================================================
entity, trigger       identified: the same place; classified: the same type too
argument              identified: an event of the same type has a filler in the same place; classified: in the same role too
====================  ============================================================

An argument is thus counted by its event's type, not by the place of its trigger. The place of an entity is its fragments or (`by` head)
its head where one is marked; that of a trigger is always its fragments. Each annotation agrees with at most one of the other side:
two that are the same count twice, and all sums are whole numbers. Nothing found where nothing was to be found is full agreement.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, TypeVar, get_args

from annotator.core.document import Document
from annotator.core.model import HUMAN, Annotation, Entity
from annotator.core.text import Spans

By = Literal["whole", "head"]
ScoredLayer = Literal["entities", "triggers", "arguments"]
Kind = Literal["missing", "spurious", "wrong-type", "wrong-span"]
BY: Final[tuple[By, ...]] = get_args(By)
SCORED: Final[tuple[ScoredLayer, ...]] = get_args(ScoredLayer)
_Key = TypeVar("_Key", bound=Hashable)
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are on either side and how many agree."""

    gold: int = 0
    predicted: int = 0
    matched: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.gold + other.gold, self.predicted + other.predicted, self.matched + other.matched)

    @property
    def precision(self) -> float:
        return self.matched / self.predicted if self.predicted else float(not self.gold)

    @property
    def recall(self) -> float:
        return self.matched / self.gold if self.gold else float(not self.predicted)

    @property
    def f1(self) -> float:
        both = self.gold + self.predicted
        return 2 * self.matched / both if both else 1.0

    def as_json(self) -> dict[str, int | float]:
        rates = {name: round(getattr(self, name), 6) for name in ("precision", "recall", "f1")}
        return {"gold": self.gold, "predicted": self.predicted, "matched": self.matched, **rates}


@dataclass(frozen=True, slots=True)
class Mark:
    """What is compared: a label at a place, for an argument within events of a type (`frame`)."""

    label: str
    spans: Spans
    frame: str = ""
    id: str = ""

    @property
    def place(self) -> tuple[str, Spans]:
        return self.frame, self.spans

    @property
    def whole(self) -> tuple[str, Spans, str]:
        return self.frame, self.spans, self.label


Pairing = Callable[[list[Mark], list[Mark]], list[tuple[Mark, Mark]]]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One mark that has no equal on the other side, or a pair of which only the type (an argument's role) or the place differs."""

    document: str
    layer: ScoredLayer
    kind: Kind
    gold: Mark | None
    predicted: Mark | None
    text: str

    @property
    def span(self) -> tuple[int, int]:
        """From first to last code point, of gold's where there is one."""
        mark = self.gold or self.predicted
        assert mark is not None
        return mark.spans[0][0], mark.spans[-1][1]

    def as_json(self) -> dict[str, object]:
        start, end = self.span
        row: dict[str, object] = {"document": self.document, "layer": self.layer, "kind": self.kind, "start": start, "end": end}
        for side, mark in (("gold", self.gold), ("predicted", self.predicted)):
            if mark is not None:
                event = {"event": mark.frame} if mark.frame else {}
                row[side] = {"id": mark.id, **event, "type": mark.label, "spans": mark.spans}
        return row | {"text": self.text}


@dataclass(frozen=True, slots=True)
class LayerScore:
    """The agreement of one layer; `types` is by label (an argument's role), `frames` by the event type of arguments, both classified."""

    identification: Tally = Tally()
    classification: Tally = Tally()
    types: dict[str, Tally] = field(default_factory=dict)
    frames: dict[str, Tally] = field(default_factory=dict)

    def __add__(self, other: LayerScore) -> LayerScore:
        return LayerScore(
            self.identification + other.identification,
            self.classification + other.classification,
            _added(self.types, other.types),
            _added(self.frames, other.frames),
        )

    def as_json(self) -> dict[str, object]:
        tables = {"types": self.types} | ({"events": self.frames} if self.frames else {})
        return {
            "identification": self.identification.as_json(),
            "classification": self.classification.as_json(),
            **{name: {label: table[label].as_json() for label in sorted(table)} for name, table in tables.items()},
        }


@dataclass(frozen=True, slots=True)
class Score:
    """The agreement of one document or, added up, of many."""

    layers: dict[ScoredLayer, LayerScore] = field(default_factory=lambda: {layer: LayerScore() for layer in SCORED})
    disagreements: tuple[Disagreement, ...] = ()

    @classmethod
    def of(cls, scores: Iterable[Score]) -> Score:
        """The sum of many (micro average), disagreements in their order."""
        layers = {layer: LayerScore() for layer in SCORED}
        found: list[Disagreement] = []
        for score in scores:
            for layer in SCORED:
                layers[layer] += score.layers[layer]
            found += score.disagreements
        return cls(layers, tuple(found))

    def as_json(self) -> dict[str, object]:
        return {
            "layers": {layer: self.layers[layer].as_json() for layer in SCORED},
            "disagreements": [found.as_json() for found in self.disagreements],
        }


def score_documents(gold: Document, predicted: Document, *, by: By = "whole", confirmed: bool = False, name: str = "") -> Score:
    """The agreement of two annotations of the same text. `confirmed`: of gold only what a human made or took over counts.

    Both are read only; `name` is what the disagreements call the document.
    """
    layers: dict[ScoredLayer, LayerScore] = {}
    found: list[Disagreement] = []
    for layer in SCORED:
        ours = list(marks(gold, layer, by=by, confirmed=confirmed))
        theirs = list(marks(predicted, layer, by=by))
        layers[layer] = compare(ours, theirs)
        for kind, left, right in sorted(differences(ours, theirs), key=_reading_order):
            mark = left or right
            assert mark is not None
            found.append(Disagreement(name or gold.source.name, layer, kind, left, right, gold.text.surface(mark.spans)))
    return Score(layers, tuple(found))


def marks(document: Document, layer: ScoredLayer, *, by: By = "whole", confirmed: bool = False) -> Iterator[Mark]:
    """What a document says in one layer."""

    def place(item: Annotation) -> Spans:
        return (item.head,) if by == "head" and isinstance(item, Entity) and item.head is not None else item.spans

    def counts(item: Annotation | None) -> bool:
        return item is not None and (not confirmed or item.origin == HUMAN)

    if layer == "entities":
        yield from (Mark(item.type, place(item), id=item.id) for item in document.entities.values() if counts(item))
        return
    for event in filter(counts, document.events.values()):
        if layer == "triggers":
            yield Mark(event.type, event.spans, id=event.id)
            continue
        for argument in event.arguments:
            filler = document.annotation(argument.target)
            if filler is not None and counts(filler):
                yield Mark(argument.role, place(filler), event.type, f"{event.id} {filler.id}")


def compare(gold: Iterable[Mark], predicted: Iterable[Mark]) -> LayerScore:
    """The agreement of one layer."""
    ours, theirs = list(gold), list(predicted)
    places = _tally(Counter(mark.place for mark in ours), Counter(mark.place for mark in theirs))
    left, right = Counter(mark.whole for mark in ours), Counter(mark.whole for mark in theirs)
    frames = {} if not any(mark.frame for mark in (*ours, *theirs)) else _by(left, right, lambda key: key[0])
    return LayerScore(places, _tally(left, right), _by(left, right, lambda key: key[2]), frames)


def differences(gold: Iterable[Mark], predicted: Iterable[Mark]) -> Iterator[tuple[Kind, Mark | None, Mark | None]]:
    """What does not agree: first those in one place of another label, then those of one label that overlap (most first), then the rest."""
    ours, theirs = _without_equals(list(gold), list(predicted))
    steps: tuple[tuple[Kind, Pairing], ...] = (("wrong-type", _in_one_place), ("wrong-span", _overlapping))
    taken: set[int] = set()
    for kind, pair in steps:
        for left, right in pair(ours, theirs):
            taken |= {id(left), id(right)}
            yield kind, left, right
        ours = [mark for mark in ours if id(mark) not in taken]
        theirs = [mark for mark in theirs if id(mark) not in taken]
    yield from (("missing", mark, None) for mark in ours)
    yield from (("spurious", None, mark) for mark in theirs)


def _without_equals(ours: list[Mark], theirs: list[Mark]) -> tuple[list[Mark], list[Mark]]:
    left, right = Counter(mark.whole for mark in ours), Counter(mark.whole for mark in theirs)
    return _unmatched(ours, left & right), _unmatched(theirs, left & right)


def _unmatched(marks_of_side: list[Mark], matched: Counter[tuple[str, Spans, str]]) -> list[Mark]:
    waiting = matched.copy()
    kept = []
    for mark in marks_of_side:
        if waiting[mark.whole]:
            waiting[mark.whole] -= 1
        else:
            kept.append(mark)
    return kept


def _in_one_place(ours: list[Mark], theirs: list[Mark]) -> list[tuple[Mark, Mark]]:
    waiting: dict[tuple[str, Spans], list[Mark]] = {}
    for mark in theirs:
        waiting.setdefault(mark.place, []).append(mark)
    return [(mark, waiting[mark.place].pop(0)) for mark in ours if waiting.get(mark.place)]


def _overlapping(ours: list[Mark], theirs: list[Mark]) -> list[tuple[Mark, Mark]]:
    """Pairs of one label that share characters, each mark in one pair at most."""
    by_label: dict[tuple[str, str], list[Mark]] = {}
    for mark in theirs:
        by_label.setdefault((mark.frame, mark.label), []).append(mark)
    shared = [
        (-common, left.spans, right.spans, left, right)
        for left in ours
        for right in by_label.get((left.frame, left.label), ())
        if (common := _common(left.spans, right.spans))
    ]
    taken: set[int] = set()
    found = []
    for *_, left, right in sorted(shared, key=lambda row: row[:3]):
        if id(left) not in taken and id(right) not in taken:
            taken |= {id(left), id(right)}
            found.append((left, right))
    return found


def _common(left: Spans, right: Spans) -> int:
    """How many code points two places share."""
    return sum(max(0, min(end, other_end) - max(start, other)) for start, end in left for other, other_end in right)


def _reading_order(found: tuple[Kind, Mark | None, Mark | None]) -> tuple[Spans, str, str]:
    mark = found[1] or found[2]
    assert mark is not None
    return mark.spans, found[0], mark.label


def _tally(gold: Counter[_Key], predicted: Counter[_Key]) -> Tally:
    return Tally(gold.total(), predicted.total(), (gold & predicted).total())


def _by(
    gold: Counter[tuple[str, Spans, str]], predicted: Counter[tuple[str, Spans, str]], name: Callable[[tuple[str, Spans, str]], str]
) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for key in {*gold, *predicted}:
        tally = Tally(gold[key], predicted[key], min(gold[key], predicted[key]))
        found[name(key)] = found.get(name(key), Tally()) + tally
    return found


def _added(one: dict[str, Tally], other: dict[str, Tally]) -> dict[str, Tally]:
    return {name: one.get(name, Tally()) + other.get(name, Tally()) for name in {**one, **other}}
