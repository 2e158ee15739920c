"""For each feature of the table of facts a small document that has it, and one that lacks it and is the same else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.model import Argument, Cluster, Entity, Event, Item, Layer, Relation
from annotator.core.text import Spans, Text
from annotator.formats.facts import LAYER_OF, Feature, Held
from annotator.formats.table import ExportOptions, Rendered, writer
from tests.formats.articles import SCHEMA, source_of

TEXT: Final = "Ông Nam đánh đập bà Lan ở chợ Đồng Xuân .\nHôm sau họ gặp anh Tư , chị Năm .\n"
# What is one word; the others are syllables.
_WORDS: Final = ("đánh đập", "Đồng Xuân", "Hôm sau")
_LAYERS: Final[dict[type[Item], Layer]] = {Entity: "entities", Event: "events", Relation: "relations", Cluster: "clusters"}
_NOTHING: Final[Mapping[Any, str]] = MappingProxyType({})


def at(*surfaces: str) -> Spans:
    return tuple((TEXT.index(surface), TEXT.index(surface) + len(surface)) for surface in surfaces)


NAM: Final = Entity("T1", "PER", at("Nam"))
LAN: Final = Entity("T2", "PER", at("bà Lan"))
CHO: Final = Entity("T3", "LOC", at("chợ Đồng Xuân"))
TU: Final = Entity("T4", "PER", at("anh Tư"))
HIT: Final = Event("E1", "Attack", at("đánh đập"), (Argument("Agent", "T1"), Argument("Victim", "T2")))
MEET: Final = Event("E2", "Meet", at("gặp"), (Argument("Agent", "T4"),))
PLAIN: Final[tuple[Item, ...]] = (NAM, LAN, CHO, TU, MEET, HIT, Relation("R1", "Part-Of", "T1", "T2"))


@dataclass(frozen=True)
class Case:
    having: Document
    lacking: Document


def document(
    items: Iterable[Item] = PLAIN, *, text: str = TEXT, labels: Mapping[str, str] = _NOTHING, fields: Mapping[str, str] = _NOTHING,
    joined: Iterable[int] = (),
) -> Document:  # fmt: skip
    """A document that says so."""
    held = Document(Text(text), source_of(text))
    order = list(_LAYERS)
    changes = [Change(_LAYERS[type(item)], item.id, None, item) for item in sorted(items, key=lambda item: order.index(type(item)))]
    changes += [Change("labels", name, None, value) for name, value in labels.items()]
    changes += [Change("fields", name, None, value) for name, value in fields.items()]
    for change in changes:
        apply(held, Edit("make", (change,)))
    for line in range(held.text.line_count):
        held.words.set_machine(line, list(_words(text, *held.text.line_span(line))))
    apply(held, Edit("make", tuple(Change("decisions", place, None, "join") for place in joined)))
    return held


def everything() -> Document:
    return document()


def found(name: str, feature: Feature) -> Held:
    """What an export makes of a feature: by the account where it tells of it, else by whether it leaves any trace."""
    case = CASES[feature]
    having, lacking = _render(name, case.having), _render(name, case.lacking)
    layer = LAYER_OF.get(feature)
    if layer is None:
        return "whole" if having.files != lacking.files else "out"
    counts, before = having.account.layers[layer], lacking.account.layers[layer]
    if counts.left_out > before.left_out:
        return "out"
    return "changed" if counts.changed > before.changed else "whole"


def _render(name: str, held: Document) -> Rendered:
    return writer(name)(held, SCHEMA, ExportOptions(name="bài"))


def _words(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    while start < end:
        known = next((word for word in _WORDS if text.startswith(word, start)), None)
        stop = start + len(known) if known else next((place for place in range(start, end) if text[place].isspace()), end)
        if start < stop:
            yield start, stop
        start = max(stop, start + 1)


def _one(item: Item, before: Item | None = None) -> Case:
    """A document with `item`; without it, or with `before` in its place."""
    rest = [one for one in PLAIN if one.id != item.id]
    return Case(document([*rest, item]), document([*rest, before] if before else rest))


def _filled(*arguments: Argument) -> Case:
    """The event with further arguments."""
    other = Event("E3", "Meet", at("ở"))
    rest = [other, *(one for one in PLAIN if one is not HIT)]
    return Case(document([*rest, replace(HIT, arguments=(*HIT.arguments, *arguments))]), document([*rest, HIT]))


CASES: Final[Mapping[Feature, Case]] = {
    "nested": _one(Entity("T9", "LOC", at("Đồng Xuân"))),
    "crossing": _one(Entity("T9", "ORG", at("ở chợ"))),
    "same-place": _one(Entity("T9", "ORG", at("bà Lan"))),
    "discontinuous": _one(Entity("T9", "ORG", at("Hôm sau", "gặp"))),
    "cut-word": _one(Entity("T9", "ORG", at("Hôm"))),
    "long-trigger": _one(Event("E9", "Attack", at("chị Năm"))),
    "same-trigger": _one(Event("E9", "Attack", at("gặp"))),
    "discontinuous-trigger": _one(Event("E9", "Attack", at("ở", "Xuân"))),
    "cross-sentence": _filled(Argument("Place", "T4")),
    "event-filler": _filled(Argument("Place", "E3")),
    "second-role": _filled(Argument("Place", "T2")),
    "cross-relation": _one(Relation("R9", "Part-Of", "T1", "T4")),
    "event-relation": _one(Relation("R9", "Part-Of", "E1", "T1")),
    "attributes": _one(replace(NAM, attributes=(("Mention", "NAM"),)), NAM),
    "heads": _one(replace(LAN, head=at("Lan")[0]), LAN),
    "notes": _one(replace(NAM, note="xem lại"), NAM),
    "flags": _one(replace(NAM, flag="question"), NAM),
    "origins": _one(replace(NAM, origin="model:từ điển"), NAM),
    "clusters": _one(Cluster("C1", "entities", ("T1", "T4"))),
    "labels": Case(document(labels={"domain": "tin"}), document()),
    "document-note": Case(document(fields={"note": "xem lại"}), document()),
    "decisions": Case(document(joined=[TEXT.index("Lan")]), document()),
    "blanks": Case(document((), text=TEXT.replace(" bà", "  bà")), document(())),
}
