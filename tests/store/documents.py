"""Documents for the laws of this folder: texts with everything that has ever moved an offset, and everything that can be said of them."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from annotator.core.document import RETIRED, Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.model import Argument, Cluster, Entity, Event, Extra, Relation, Source
from annotator.core.text import Span, Spans, Text
from annotator.store.files import digest

PIECES = [
    "Hà Nội", "Hà Nội", "giao_lưu", "Đắk Lắk", "thứ bảy", " ", "  ", "\n", "\r\n", "\t", ".", "“", "👨‍👩‍👧", "🇻🇳", "é", "\u0323",
    "\u2028", "\x00", "\u00a0", "\u200b", "\u202e", "_", "a", "€", "𠀀", "https://a_b.vn",
]  # fmt: skip
LAYERS = ("entities", "events", "relations", "clusters", "decisions", "labels")

words = st.text(max_size=8)
tables = st.dictionaries(words, words, max_size=2).map(lambda held: tuple(held.items()))
leaves = st.none() | st.booleans() | st.integers() | words
values = st.recursive(leaves, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(words, inner, max_size=2))
flags = st.sampled_from(["", "question"])
origins = st.sampled_from(["human", "model:từ điển"])


def texts() -> st.SearchStrategy[str]:
    body = st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join)
    return st.tuples(st.sampled_from(["", "\ufeff"]), body.filter(lambda text: bool(text.strip("\ufeff")))).map("".join)


@st.composite
def extras(draw: st.DrawFn, prefix: str = "x") -> Extra:
    names = draw(st.lists(words, max_size=2, unique=True))
    return tuple((f"{prefix} {name}", json.dumps(draw(values))) for name in names)


@st.composite
def spans_in(draw: st.DrawFn, text: str) -> Spans:
    most = min(3, (len(text) + 1) // 2)
    edges = draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=2 * most))
    ordered = sorted(edges)
    return tuple(zip(ordered[::2], ordered[1::2], strict=False))


@st.composite
def entities(draw: st.DrawFn, text: str, number: int) -> Entity:
    spans = draw(spans_in(text))
    head: Span | None = draw(st.sampled_from([None, spans[-1]]))
    said = draw(tables), draw(flags), draw(st.text(max_size=20)), draw(origins)
    return Entity(f"T{number}", draw(words), spans, *said, head, draw(extras()))


@st.composite
def events(draw: st.DrawFn, text: str, number: int, *, targets: list[str]) -> Event:
    chosen = draw(st.lists(st.sampled_from(targets), max_size=3)) if targets else []
    arguments = tuple(Argument(draw(words), target, draw(extras())) for target in chosen)
    spans = draw(spans_in(text))
    return Event(f"E{number}", draw(words), spans, arguments, draw(tables), draw(flags), draw(words), draw(origins), draw(extras()))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    content = draw(texts())
    nested = draw(extras("source.x")) + draw(extras("segmentation.x"))
    document = Document(
        Text(content), source_of(content), origin=draw(st.sampled_from(["raw", "segmented"])), extra=nested + draw(extras())
    )
    mentions: list[Any] = [draw(entities(content, number)) for number in range(1, draw(st.integers(1, 4)))]
    ids = [item.id for item in mentions]
    for number in range(1, draw(st.integers(1, 4))):
        mentions.append(draw(events(content, number, targets=[*ids, f"E{number}"])))
        ids.append(f"E{number}")
    changes = [Change("entities" if isinstance(item, Entity) else "events", item.id, None, item) for item in mentions]
    if ids:
        some = st.sampled_from(ids)
        changes.append(Change("relations", "R1", None, Relation("R1", draw(words), draw(some), draw(some), draw(extras()))))
        changes.append(Change("clusters", "C7", None, Cluster("C7", "entities", tuple(draw(st.lists(some, max_size=3))), draw(extras()))))
    offsets = draw(st.sets(st.integers(1, len(content) - 1), max_size=4)) if len(content) > 1 else set()
    changes += [Change("decisions", offset, None, draw(st.sampled_from(["join", "split"]))) for offset in offsets]
    changes += [Change("labels", name, None, value) for name, value in draw(tables)]
    changes += draw(fields())
    apply(document, Edit("make", tuple(changes)))
    return document


@st.composite
def fields(draw: st.DrawFn) -> list[Change]:
    said = {
        "status": draw(st.sampled_from(["doing", "done", "checked"])),
        "annotator": "lan",
        "note": draw(st.text(min_size=1, max_size=20)),
        RETIRED + "T": str(draw(st.integers(1, 10**6))),
        "mood": "good",
    }
    chosen = draw(st.sets(st.sampled_from(sorted(said))))
    return [Change("fields", name, None, said[name]) for name in sorted(chosen)]


def source_of(content: str, name: str = "bài.txt") -> Source:
    return Source(name, digest(content.encode()), "utf-8", len(content))


def said(document: Document) -> dict[str, Any]:
    """Everything that a document says, in a form that compares."""
    layers: dict[str, Any] = {layer: dict(document.layer(layer)) for layer in LAYERS}  # type: ignore[arg-type]
    return layers | {"text": document.text.content, "source": document.source, "fields": dict(document.fields), "extra": document.extra}
