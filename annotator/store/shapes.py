"""The objects of a sidecar as they stand in the file, for msgspec to check. What they mean together, `decoding` checks."""

from __future__ import annotations

from typing import Annotated

import msgspec

from annotator.core.model import ClusterLayer, Decision, Flag
from annotator.core.model import Status as StatusName
from annotator.core.text import Span, Spans

Natural = Annotated[int, msgspec.Meta(ge=0)]
Name = Annotated[str, msgspec.Meta(min_length=1)]


class Shape(msgspec.Struct, gc=False, forbid_unknown_fields=True):
    """An object of the file. Keys that are not among its fields are put aside and kept."""


class SourceShape(Shape):
    name: str
    sha256: str
    encoding: str
    characters: Natural


class SegmentationShape(Shape):
    origin: str
    decisions: tuple[tuple[Natural, Decision], ...]
    words: msgspec.Raw


class EntityShape(Shape):
    id: Name
    type: str
    spans: Spans
    text: str
    attributes: dict[str, str]
    flag: Flag
    note: str
    origin: str
    head: Span | None = None


class EventParts(Shape, kw_only=True):
    id: Name
    type: str
    spans: Spans
    text: str
    attributes: dict[str, str]
    flag: Flag
    note: str
    origin: str


class EventShape(EventParts, kw_only=True):
    arguments: tuple[msgspec.Raw, ...]


class ArgumentShape(Shape):
    role: str
    target: str


class RelationShape(Shape):
    id: Name
    type: str
    source: str
    target: str


class ClusterShape(Shape):
    id: Name
    layer: ClusterLayer
    members: tuple[str, ...]


class SidecarParts(Shape, kw_only=True):
    format: str
    version: int
    revision: Natural
    schema: str
    annotator: str
    status: StatusName
    labels: dict[str, str]
    note: str
    checksum: str
    retired: dict[str, Natural] = {}
    fields: dict[str, str] = {}


class SidecarShape(SidecarParts, kw_only=True):
    source: msgspec.Raw
    segmentation: msgspec.Raw
    entities: tuple[msgspec.Raw, ...]
    events: tuple[msgspec.Raw, ...]
    relations: tuple[msgspec.Raw, ...]
    clusters: tuple[msgspec.Raw, ...]


class KnownEvent(EventParts, kw_only=True):
    arguments: tuple[ArgumentShape, ...]


class KnownSidecar(SidecarParts, kw_only=True):
    """A whole sidecar in which nothing is unknown and everything has its shape: nearly all are, and they are read at one go."""

    source: SourceShape
    segmentation: SegmentationShape
    entities: tuple[EntityShape, ...]
    events: tuple[KnownEvent, ...]
    relations: tuple[RelationShape, ...]
    clusters: tuple[ClusterShape, ...]
