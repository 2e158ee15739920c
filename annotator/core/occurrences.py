"""Tagging every occurrence of a text in one step: which of the places found may be tagged, and the edit that does it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from . import query
from .commands import fit
from .document import Document
from .edits import Change, Edit
from .errors import AnnotatorError
from .model import Entity, Event
from .text import Span

Kind = Literal["entity", "event"]
# What speaks against tagging a place: it is tagged so already; something of the same layer is there; something of the other layer is;
# it begins or ends inside a word.
Doubt = Literal["", "tagged", "taken", "overlaps", "cuts-word"]


@dataclass(frozen=True, slots=True)
class Target:
    """What occurrences are tagged as: an entity, or an event of which they are the trigger."""

    kind: Kind
    type: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place that was found, with what speaks against tagging it. `beside` names the type of the annotation that is there."""

    span: Span
    doubt: Doubt = ""
    beside: str = ""

    def may_be_tagged(self, *, over_existing: bool) -> bool:
        """Whether it may be tagged at all: never twice the same, and over others of its layer only where that was asked for."""
        return self.doubt != "tagged" and (over_existing or self.doubt != "taken")

    def is_certain(self, *, over_existing: bool) -> bool:
        """Whether it is tagged unless a person says no: a whole word with nothing else on it."""
        return self.doubt == "" or (over_existing and self.doubt in ("taken", "overlaps"))


def judge(document: Document, span: Span, target: Target) -> Occurrence:
    """What speaks against tagging `span` in this document."""
    own = Entity if target.kind == "entity" else Event
    held = query.overlapping(document, span)
    same = [item for item in held if isinstance(item, own)]
    twin = next((item for item in same if item.spans == (span,) and item.type == target.type), None)
    if twin is not None:
        return Occurrence(span, "tagged", twin.type)
    if _cuts_word(document, span) and not same:
        return Occurrence(span, "cuts-word")
    if same:
        return Occurrence(span, "taken", same[-1].type)
    return Occurrence(span, "overlaps", held[-1].type) if held else Occurrence(span)


def tag_all(document: Document, spans: Iterable[Span], target: Target, *, over_existing: bool = False) -> Edit:
    """One edit that tags all of `spans`; those that may not be tagged (see `Occurrence.may_be_tagged`) are passed over.

    Raises AnnotatorError ``outside-text`` and ``nothing-selected`` (a span of blanks only), and ``nothing-to-tag`` where none is left.
    """
    changes: list[Change] = []
    for span in sorted(set(spans)):
        placed = fit(document, [span])
        if not judge(document, span, target).may_be_tagged(over_existing=over_existing):
            continue
        if target.kind == "entity":
            identifier = document.new_id("entities", ahead=len(changes))
            changes.append(Change("entities", identifier, None, Entity(identifier, target.type, placed)))
        else:
            identifier = document.new_id("events", ahead=len(changes))
            changes.append(Change("events", identifier, None, Event(identifier, target.type, placed)))
    if not changes:
        raise AnnotatorError("nothing-to-tag")
    return Edit("tag-all", tuple(changes))


def take_back(document: Document, inverse: Edit) -> Edit:
    """The inverse of a `tag_all`, fit to be applied now. Raises AnnotatorError ``changed-since-tagged`` where what it made is not as it
    was, or something else has come to hang on it; without changes where nothing of it is there any more.
    """
    made = [change for change in inverse.changes if change.layer != "fields"]
    if all(document.layer(change.layer).get(change.id) == change.after for change in made):
        return Edit("take-back-all", ())
    kept: list[Change] = []
    for change in inverse.changes:
        if document.layer(change.layer).get(change.id) != change.before:
            if change.layer == "fields":
                # Whether the article is done is the person's to say, and was said since.
                continue
            raise AnnotatorError("changed-since-tagged")
        if change.after is None and isinstance(change.id, str) and change.layer in ("entities", "events") and document.users(change.id):
            raise AnnotatorError("changed-since-tagged")
        kept.append(change)
    return Edit("take-back-all", tuple(kept))


def _cuts_word(document: Document, span: Span) -> bool:
    """Whether a word begins in front of the span's start and goes on behind it, or the same at its end."""
    words = document.words.overlapping(*span)
    return not words or words[0][0] < span[0] or words[-1][1] > span[1]
