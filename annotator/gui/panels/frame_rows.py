"""What the table of an event's roles shows, as values: a row that has not changed need not be drawn anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.core.document import Document
from annotator.core.model import Annotation, Event
from annotator.core.schema import EventRole, Schema
from annotator.core.suggestions import is_suggestion

from ..looks.badges import Mark
from ..looks.look import Look

# More of one fragment than this nobody reads in a panel.
_SHOWN = 2000


@dataclass(frozen=True, slots=True)
class Filler:
    """What holds a role. `mark` and `colour` are those of its type; a target that is gone has no type."""

    target: str
    text: str
    type: str
    colour: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class FrameRow:
    """A role: `missing` where most events of the type have it and this one does not, `known` where the schema gives it to the type."""

    role: str
    label: str
    key: str
    tip: tuple[str, ...]
    fillers: tuple[Filler, ...]
    missing: bool = False
    known: bool = True
    armed: bool = False


def frame_rows(document: Document, schema: Schema, event: Event, *, look: Look, armed: str | None) -> tuple[FrameRow, ...]:
    """The roles of an event in the schema's order, then those that it holds though the schema does not give them to its type."""
    known = schema.event(event.type)
    held: dict[str, list[Filler]] = {}
    for argument in event.arguments:
        held.setdefault(argument.role, []).append(_filler(document, schema, argument.target, look=look))
    rows = []
    for role in known.roles if known else ():
        fillers = tuple(held.pop(role.role, ()))
        tip = tuple(_tip(schema, role, look=look))
        label = look.role_label(schema, role.role)
        # What a model did not find is nobody's omission yet.
        missing = role.core and not fillers and not is_suggestion(event)
        rows.append(FrameRow(role.role, label, role.key, tip, fillers, missing, armed=role.role == armed))
    for name, strange in held.items():
        tip = (look.say("gui.frame.unknown_tip", role=name),)
        rows.append(FrameRow(name, look.role_label(schema, name), "", tip, tuple(strange), known=False))
    return tuple(rows)


def shown_text(document: Document, item: Annotation) -> str:
    """The text of an annotation in one line as it is read: the ``_`` of segmented text as blanks, what is endless cut off."""
    from annotator.segment import read_joins_as_blanks

    spans = [(start, min(end, start + _SHOWN)) for start, end in item.spans]
    text = document.text.surface(tuple(spans))
    return " ".join((read_joins_as_blanks(text) if document.is_segmented else text).split()) + ("…" if tuple(spans) != item.spans else "")


def _filler(document: Document, schema: Schema, target: str, *, look: Look) -> Filler:
    item = document.annotation(target)
    if item is None:
        return Filler(target, look.say("gui.frame.gone"), "", "", "none")
    known = schema.event(item.type) if isinstance(item, Event) else schema.entity(item.type)
    mark: Mark = "block" if isinstance(item, Event) else "line"
    return Filler(target, shown_text(document, item), look.type_label(schema, item.type), known.colour if known else "", mark)


def _tip(schema: Schema, role: EventRole, *, look: Look) -> Iterator[str]:
    """Definition, allowed and rare fillers, and how to fill the role by mouse."""
    known = schema.role(role.role)
    yield f"{look.role_label(schema, role.role)} · {role.role}"
    if known and (definition := known.definition.said(look.language)):
        yield definition
    for key, types in (("gui.frame.fillers_tip", role.fillers), ("gui.frame.rare_tip", role.rare)):
        if types:
            yield look.say(key, types=", ".join(look.type_label(schema, name) for name in types))
    yield look.say("gui.frame.arm_tip")
