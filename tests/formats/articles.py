"""Documents for the laws of this folder: texts that have broken offsets or columns before, and everything that can be said about them."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import get_args

from hypothesis import strategies as st

from annotator.core.commands import ordered
from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.model import Argument, Cluster, Entity, Event, Layer, Relation, Source
from annotator.core.schema import EntityType, EventRole, EventType, RelationType, Role, Schema
from annotator.core.text import Spans, Text
from annotator.formats.building import place
from annotator.formats.table import Imported, ImportOptions, Rendered, reader

GOLDEN = Path(__file__).parent / "golden"
PIECES = [
    "Hà Nội", "Ha\u0300 No\u0323\u0302i", "giao_lưu", "Đắk Lắk", " ", "  ", "\n", "\n\n", "\r\n", "\t", ".", ",", "🚓", "👨‍👩‍👧", "é",
    "\u2028", "\x00", "\u00a0", "\u200b", "_", "a", "#", "# O", "-DOCSTART-x", "𠀀", "B-PER", "https://a_b.vn",
    "\r", "\u0085", "\x1c", "\x0b", "\u2029", "\ufeff", "\u200d", "\u0301", "# doc = x", "-DOCSTART-", '"', "\\", "<b>", "]]>",
]  # fmt: skip
TYPES = ("PER", "ORG", "LOC")
SCHEMA = Schema(
    "small",
    brat_role_suffix="-Arg",
    entities=tuple(EntityType(name) for name in TYPES),
    events=tuple(EventType(name, roles=(EventRole("Agent"), EventRole("Victim"), EventRole("Place"))) for name in ("Attack", "Meet")),
    roles=tuple(Role(name) for name in ("Agent", "Victim", "Place")),
    relations=(RelationType("Part-Of"),),
)
_TOKEN = re.compile(r"[^\s]+")

tables = st.dictionaries(st.sampled_from(["Mention", "Negated", "Tense"]), st.sampled_from(["true", "NAM", "a b"]), max_size=2)
flags = st.sampled_from(["", "question"])
origins = st.sampled_from(["human", "model:từ điển"])
notes = st.lists(st.sampled_from(["", "xem lại", "tab\tở giữa", " "]), max_size=3).map("\n".join)


def source_of(content: str, name: str = "article.txt") -> Source:
    return Source(name, sha256(content.encode()).hexdigest(), "utf-8", len(content))


def with_words(document: Document) -> Document:
    """`document` with the words of its lines: blank-separated tokens, in raw text every second pair of them joined."""
    for line in range(document.text.line_count):
        tokens = [found.span() for found in _TOKEN.finditer(document.text.content, *document.text.line_span(line))]
        if not document.is_segmented:
            tokens = [(pair[0][0], pair[-1][1]) for pair in (tokens[at : at + 2] for at in range(0, len(tokens), 2))]
        document.words.set_machine(line, tokens)
    return document


@st.composite
def spans_in(draw: st.DrawFn, content: str) -> Spans | None:
    """Fragments as a document holds them: in order, apart by more than blanks, none of them blank."""
    edges = sorted(draw(st.sets(st.integers(0, len(content)), min_size=2, max_size=4)))
    return place(content, tuple(zip(edges[::2], edges[1::2], strict=False)))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    body = "".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25)))
    content = draw(st.sampled_from(["", "\ufeff"])) + body + draw(st.sampled_from(["", "\n"])) + "."
    document = Document(Text(content), source_of(content), origin=draw(st.sampled_from(["raw", "segmented"])))
    entities: list[Entity] = []
    for number in range(1, draw(st.integers(1, 6))):
        spans = draw(spans_in(content))
        if spans:
            head = draw(st.sampled_from([None, spans[0]]))
            about = tuple(sorted(draw(tables).items()))
            item = Entity(f"T{number}", draw(st.sampled_from(TYPES)), spans, about, draw(flags), draw(notes), draw(origins), head)
            entities.append(item)
    changes = [Change("entities", item.id, None, item) for item in entities]
    apply(document, Edit("make", tuple(changes)))
    apply(document, Edit("make", tuple(Change("events", item.id, None, item) for item in draw(events(document)))))
    ids = [*document.entities, *document.events]
    links: list[Change] = []
    if ids:
        some = st.sampled_from(ids)
        links.append(Change("relations", "R1", None, Relation("R1", "Part-Of", draw(some), draw(some))))
    if len(entities) > 1:
        links.append(Change("clusters", "C1", None, Cluster("C1", "entities", tuple(item.id for item in entities[:2]))))
    apply(document, Edit("make", tuple(links)))
    return with_words(document)


@st.composite
def events(draw: st.DrawFn, document: Document) -> list[Event]:
    found: list[Event] = []
    targets = [*document.entities]
    for number in range(1, draw(st.integers(1, 4))):
        spans = draw(spans_in(document.text.content))
        if not spans:
            continue
        some = st.tuples(st.sampled_from(["Agent", "Victim", "Own"]), st.sampled_from(targets or [""]))
        pairs = draw(st.lists(some, max_size=4)) if targets else []
        arguments = ordered(document, SCHEMA, [Argument(role, target) for role, target in pairs], new=found)
        about = tuple(sorted(draw(tables).items()))
        kind = draw(st.sampled_from(["Attack", "Meet"]))
        found.append(Event(f"E{number}", kind, spans, arguments, about, draw(flags), draw(notes), draw(origins)))
        targets.append(f"E{number}")
    return found


def said(document: Document) -> dict[str, object]:
    """Everything that a document says, in a form that compares."""
    layers: dict[str, object] = {layer: dict(document.layer(layer)) for layer in get_args(Layer)}
    return layers | {"text": document.text.content, "source": document.source, "extra": document.extra}


def write_files(folder: Path, rendered: Rendered, name: str = "article") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for suffix, data in rendered.files:
        (folder / f"{name}{suffix}").write_bytes(data)


def read_all(name: str, source: Path, schema: Schema = SCHEMA, *, is_segmented: bool = False) -> list[Imported]:
    return list(reader(name)(source, ImportOptions(schema, looks_segmented=lambda _text: is_segmented)))


# Names that have broken columns, links or layers before: blanks, one name for an entity and an event, for a role and a relation, roles
# that end in digits or in brat's own suffix, names that no schema knows.
ODD_TYPES = ("PER", "Địa danh", "B-x", "O", "Gặp gỡ", "Lạ")
ODD_EVENTS = ("Attack", "Gặp gỡ", "Life:Die", "Life.Die", "PER", "Lạ")
ODD_ROLES = ("Agent", "Nơi chốn", "Part-Of", "Arg2", "Agent-Arg", "Lạ")
ODD_RELATIONS = ("Part-Of", "Agent", "thuộc về", "Lạ")
ODD_SCHEMA = Schema(
    "odd",
    brat_role_suffix="-Arg",
    entities=tuple(EntityType(name) for name in ODD_TYPES[:-2]),
    events=tuple(EventType(name, roles=tuple(EventRole(role) for role in ODD_ROLES[:-1])) for name in ODD_EVENTS[:-2]),
    roles=tuple(Role(name) for name in ODD_ROLES[:-1]),
    relations=tuple(RelationType(name) for name in ODD_RELATIONS[:-1]),
)


@st.composite
def odd_documents(draw: st.DrawFn) -> Document:
    """A document under odd names."""
    document = draw(documents())
    changes: list[Change] = []
    for entity in document.entities.values():
        changes.append(Change("entities", entity.id, entity, replace(entity, type=draw(st.sampled_from(ODD_TYPES)))))
    for event in document.events.values():
        roles = st.sampled_from(ODD_ROLES)
        arguments = [replace(held, role=draw(roles)) for held in event.arguments]
        changes.append(
            Change("events", event.id, event, replace(event, type=draw(st.sampled_from(ODD_EVENTS)), arguments=tuple(arguments)))
        )
    for relation in document.relations.values():
        changes.append(Change("relations", relation.id, relation, replace(relation, type=draw(st.sampled_from(ODD_RELATIONS)))))
    apply(document, Edit("rename", tuple(changes)))
    return document
