"""How things stand for the menus: what there is to work on just now, and what the schema calls its attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.core import query
from annotator.core.model import Annotation, Event

from ..looks.look import Look
from ..work.session import Session

if TYPE_CHECKING:
    from ..work.tools import Tools


@dataclass(frozen=True, slots=True)
class Standing:
    """`held` has the needs of actions that are met; `attributes` the labels of the schema's attributes by their keys."""

    held: frozenset[str] = frozenset()
    is_writable: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


def standing_of(tools: Tools | None, look: Look) -> Standing:
    """How things stand for the open article."""
    if tools is None:
        return Standing()
    session = tools.doing.session
    labels = {item.key: look.wording(item.label, item.name) for item in session.schema.attributes if item.enabled and item.key}
    return Standing(frozenset(_held(tools, session)), session.read_only is None, labels)


def _held(tools: Tools, session: Session) -> Iterator[str]:
    chosen, made, frame = session.chosen(), tools.doing.last_made(), session.frame_event()
    meant = None if len(session.selected) > 1 else chosen or frame or next(iter(made), None)
    facts = {
        "annotated": len(session.document.index) > 0,
        "suggested": session.suggestions > 0,
        "selected": bool(session.selected),
        "shown": len(session.selected) < 2 and (chosen or frame) is not None,
        "named": bool(session.selected or made),
        "meant": meant is not None or len(session.selected) > 1,
        "event": isinstance(meant, Event),
        "refilled": frame is not None and any(argument.target in session.selected for argument in frame.arguments),
        "framed": session.link is not None or _has_event(session, chosen),
        "text": bool(tools.doing.target_spans()),
        "copyable": bool(session.selected or tools.doing.target_spans()),
        "shape": bool(session.selection or chosen or made),
        "relations": meant is not None and bool(session.schema.relations),
        "undoable": session.history.undoable is not None,
        "redoable": session.history.redoable is not None,
    }
    yield from (name for name, holds in facts.items() if holds)
    several = session.selected_annotations() if len(session.selected) > 1 else []
    for layer in {isinstance(item, Event) for item in several}:
        yield from (item.key for item in session.schema.attributes_on("event" if layer else "entity") if item.key)
    if meant is not None and not several:
        on = session.schema.attributes_on("event" if isinstance(meant, Event) else "entity")
        yield from (item.key for item in on if item.key)


def _has_event(session: Session, chosen: Annotation | None) -> bool:
    """Whether what is selected, or stands at the caret, is an event or fills one."""
    if len(session.selected) > 1:
        return False
    item = chosen or next(iter(query.stack_at(session.document, session.caret)), None)
    return item is not None and (isinstance(item, Event) or bool(query.events_filled_by(session.document, item.id)))
