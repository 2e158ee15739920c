"""Edits are values. One primitive says what stood under an id before and what stands there after; nothing else changes a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from .model import Key, Layer, Value


@dataclass(frozen=True, slots=True)
class Change:
    """In `layer`, the value under `id` was `before` and becomes `after`; None means absent."""

    layer: Layer
    id: Key
    before: Value | None
    after: Value | None

    def inverse(self) -> Change:
        return Change(self.layer, self.id, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes that happen together or not at all. `name` is a code whose wording stands in the catalogue under ``edit.<name>``."""

    name: str
    changes: tuple[Change, ...]

    def inverse(self) -> Edit:
        return Edit(self.name, tuple(change.inverse() for change in reversed(self.changes)))

    def __bool__(self) -> bool:
        return bool(self.changes)


class Editable(Protocol):
    """What changes can be put to, one after another: a document."""

    def put(self, change: Change) -> None: ...


def fill(document: Editable, changes: Iterable[Change]) -> None:
    """Put changes into a document that was made a moment ago and that nobody has seen: there is no way back, and none is kept.

    Raises as `apply`; what is half filled then is of no use.
    """
    for change in changes:
        document.put(change)


def apply(document: Editable, edit: Edit) -> Edit:
    """Change `document` as `edit` says and give the edit that takes it back.

    Raises AnnotatorError ``edit-does-not-fit`` when a `before` differs from what the document holds; nothing has changed then.
    """
    done = 0
    try:
        for change in edit.changes:
            document.put(change)
            done += 1
    except Exception:
        for change in reversed(edit.changes[:done]):
            document.put(change.inverse())
        raise
    return edit.inverse()
