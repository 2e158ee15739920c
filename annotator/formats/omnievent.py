"""OmniEvent's unified form (Peng et al. 2023): a document a line, positions in characters, half-open.

Events of one type stand together, each trigger with its arguments; mentions of one entity (a cluster) stand together.
"""

from __future__ import annotations

from typing import Any

import orjson

from annotator.core.document import Document
from annotator.core.model import Annotation, Event
from annotator.core.schema import Schema

from .account import Ledger
from .stretches import Stretches, leave_out_event_fillers
from .table import ExportOptions, Rendered, named

Row = dict[str, Any]


def write_omnievent(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """One line of JSON."""
    ledger = Ledger(document, named(document, options))
    held = Stretches(document, ledger)
    row = {
        "id": ledger.name,
        "text": document.text.content,
        "events": _events(document, held, ledger),
        "negative_triggers": [],
        "entities": _entities(document, held),
    }
    ledger.leave_out_layers("relations")
    return Rendered(((".jsonl", orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)),), ledger.close())


def _events(document: Document, held: Stretches, ledger: Ledger) -> list[Row]:
    by_type: dict[str, list[Row]] = {}
    for event in held.events:
        trigger = {
            "id": event.id,
            "trigger_word": held.text(event),
            "position": held.span(event),
            "arguments": _arguments(document, held, event, ledger),
        }
        by_type.setdefault(event.type, []).append(trigger)
    return [{"type": name, "triggers": triggers} for name, triggers in by_type.items()]


def _arguments(document: Document, held: Stretches, event: Event, ledger: Ledger) -> list[Row]:
    by_role: dict[str, list[Row]] = {}
    for place in leave_out_event_fillers(document, event, ledger):
        argument = event.arguments[place]
        filler = document.annotation(argument.target)
        assert filler is not None
        by_role.setdefault(argument.role, []).append(_mention(held, filler))
    return [{"role": role, "mentions": mentions} for role, mentions in by_role.items()]


def _entities(document: Document, held: Stretches) -> list[Row]:
    """Entities, the mentions of a cluster together."""
    group = {member: cluster.id for cluster in document.clusters.values() for member in cluster.members}
    found: dict[str, Row] = {}
    for item in held.entities:
        row = found.setdefault(group.get(item.id, item.id) + "\0" + item.type, {"type": item.type, "mentions": []})
        row["mentions"].append(_mention(held, item))
    return list(found.values())


def _mention(held: Stretches, item: Annotation) -> Row:
    return {"id": item.id, "mention": held.text(item), "position": held.span(item)}
