"""What a model proposed and nobody has answered yet: which items these are, and what an edit of a person answers besides.

Whatever a person does to a suggestion is an answer. Made use of, it is the person's from then on, and with an event all that fills it;
deleted, retyped or moved, it is refused as it was proposed. A refusal is a field of the document: it lies in the sidecar, goes where the
article goes, and is taken back with the edit that made it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, Literal

from .document import Document, references
from .edits import Change, Edit
from .model import HUMAN, Annotation, Event, Item, Layer, Value, extent
from .text import Span, Spans

PREFIX: Final = "model:"
REFUSED: Final = "refused "

Place = tuple[Layer, str, Spans]


def is_suggestion(value: Value | None) -> bool:
    """Whether something is an annotation that a model proposed and nobody has taken over."""
    return isinstance(value, Annotation) and value.origin.startswith(PREFIX)


def model_of(item: Annotation) -> str:
    """The name of the model that proposed an annotation; empty where a person made it or took it over."""
    return item.origin.removeprefix(PREFIX) if is_suggestion(item) else ""


def score_of(item: Annotation) -> float | None:
    """The score that the model gave, None where it gave none."""
    held = next((value for name, value in item.extra if name == "score"), "")
    try:
        score = json.loads(held) if held else None
    except ValueError:
        return None
    return float(score) if isinstance(score, int | float) and not isinstance(score, bool) else None


def suggestions_in(document: Document, span: Span | None = None) -> list[Annotation]:
    """The open suggestions in reading order, all or those that begin within `span`."""
    if span is None:
        return [item for item in document.annotations() if is_suggestion(item)]
    found = [document.annotation(identifier) for identifier in document.index.overlapping(*span)]
    here = [item for item in found if item is not None and is_suggestion(item) and span[0] <= item.spans[0][0] < span[1]]
    return sorted(here, key=lambda item: (item.spans[0][0], -item.spans[-1][1], item.id))


def place_of(item: Annotation) -> Place:
    """What makes two proposals the same: layer, type and fragments."""
    return "events" if isinstance(item, Event) else "entities", item.type, item.spans


def refusal_of(item: Annotation) -> str:
    """The field of a document that says that a person refused an annotation of this layer, type and place."""
    layer, name, spans = place_of(item)
    return f"{REFUSED}{layer} {name} {','.join(f'{start}-{end}' for start, end in spans)}"


def is_refused(document: Document, item: Annotation) -> bool:
    """Whether a person refused such an annotation, whichever model proposed it."""
    return refusal_of(item) in document.fields


def answered(document: Document, edit: Edit) -> Edit:
    """The edit of a person with what it answers besides: what its items name is taken over, what it takes from its place is refused."""
    taken = _taken_over(document, edit.changes)
    return Edit(edit.name, (*taken, *refusals(document, taken)))


def refusals(document: Document, changes: Iterable[Change]) -> list[Change]:
    """The changes that remember suggestions which `changes` delete or take from their type or place."""
    found: dict[str, Change] = {}
    for change in changes:
        before, after = change.before, change.after
        if not isinstance(before, Annotation) or not is_suggestion(before):
            continue
        if not isinstance(after, Annotation) or place_of(after) != place_of(before):
            name = refusal_of(before)
            if name not in document.fields:
                found[name] = Change("fields", name, None, before.origin)
    return list(found.values())


def _taken_over(document: Document, changes: Iterable[Change]) -> list[Change]:
    """`changes` with suggestions that fill, or are linked by, what a person made of them made the person's as well."""
    made = {change.id: change for change in changes}
    waiting = [item for change in made.values() if isinstance(item := change.after, Item) and not is_suggestion(item)]
    while waiting:
        for target in references(waiting.pop()):
            held = made.get(target)
            item = held.after if held is not None else document.annotation(target)
            if isinstance(item, Annotation) and is_suggestion(item):
                mine = replace(item, origin=HUMAN)
                made[target] = Change(place_of(item)[0], target, document.annotation(target), mine)
                waiting.append(mine)
    return list(made.values())


def next_suggestion(document: Document, after: Annotation | int, *, step: Literal[-1, 1] = 1) -> Annotation | None:
    """The next open suggestion in reading order behind an annotation (in the document or no longer there) or an offset; -1: before it."""
    if isinstance(after, int):
        rank = (after, step << 62, "")
    else:
        start, end = extent(after)
        rank = (start, -end, after.id)
    ids = document.index.after(rank) if step == 1 else document.index.before(rank)
    found = (document.annotation(identifier) for identifier in ids)
    return next((item for item in found if item is not None and is_suggestion(item)), None)
