"""What a sidecar says was labelled how, read from its bytes alone, without its article: for those who learn from many."""

from __future__ import annotations

import msgspec

from annotator.core.model import Status

from .decoding import read_part


class Entity(msgspec.Struct, gc=False):
    id: str
    type: str
    text: str
    origin: str = ""


class Argument(msgspec.Struct, gc=False):
    role: str
    target: str


class Event(msgspec.Struct, gc=False):
    id: str
    type: str
    text: str
    arguments: tuple[Argument, ...]
    origin: str = ""


class Mentions(msgspec.Struct):
    """Entities and events of a sidecar with their texts, fragments joined by one blank."""

    status: Status
    entities: tuple[Entity, ...]
    events: tuple[Event, ...]


def read_mentions(raw: bytes, *, path: str) -> Mentions:
    """The mentions of a sidecar. Raises what `decoding.read_part` raises."""
    return read_part(raw, Mentions, path=path)
