"""The values that an annotated article is made of. All are frozen: what changes is which value stands under an id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from .text import Spans

Layer = Literal["entities", "events", "relations", "clusters", "decisions", "labels", "fields"]
Decision = Literal["join", "split"]
Status = Literal["todo", "doing", "done", "checked"]
Flag = Literal["", "question"]
ClusterLayer = Literal["entities", "events"]
Origin = Literal["raw", "segmented"]

STATUSES: tuple[Status, ...] = get_args(Status)
HUMAN = "human"

# Name and value of what this version does not know, the value as JSON text: kept and written back unread.
Extra = tuple[tuple[str, str], ...]
Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A mention: fragments in ascending order, code points, half-open."""

    id: str
    type: str
    spans: Spans
    attributes: Attributes = ()
    flag: Flag = ""
    note: str = ""
    origin: str = HUMAN
    head: tuple[int, int] | None = None
    extra: Extra = ()


@dataclass(frozen=True, slots=True)
class Argument:
    """A role of an event and the id of the entity or event that fills it."""

    role: str
    target: str
    extra: Extra = ()


@dataclass(frozen=True, slots=True)
class Event:
    """An event; `spans` are its trigger's."""

    id: str
    type: str
    spans: Spans
    arguments: tuple[Argument, ...] = ()
    attributes: Attributes = ()
    flag: Flag = ""
    note: str = ""
    origin: str = HUMAN
    extra: Extra = ()


@dataclass(frozen=True, slots=True)
class Relation:
    id: str
    type: str
    source: str
    target: str
    extra: Extra = ()


@dataclass(frozen=True, slots=True)
class Cluster:
    """Mentions of one thing (coreference)."""

    id: str
    layer: ClusterLayer
    members: tuple[str, ...]
    extra: Extra = ()


Annotation = Entity | Event
Item = Entity | Event | Relation | Cluster
Value = Item | str
Key = str | int


@dataclass(frozen=True, slots=True)
class Source:
    """The file that a document was read from. `sha256` is that of its bytes; `characters` counts code points."""

    name: str
    sha256: str
    encoding: str
    characters: int


def extent(annotation: Annotation) -> tuple[int, int]:
    """From the start of the first fragment to the end of the last."""
    return annotation.spans[0][0], annotation.spans[-1][1]


def file_order(annotation: Annotation) -> tuple[int, int, int, str]:
    """The order of annotations in files: first offset, then end descending, then id by its number."""
    start, end = extent(annotation)
    return start, -end, *id_order(annotation.id)


def id_order(identifier: str) -> tuple[int, str]:
    """Ids by their number, then as text: ``T9`` before ``T10``."""
    digits = identifier[1:]
    return (int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 19 else 0), identifier
