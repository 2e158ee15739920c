"""Conversations for instruction tuning, a document a line: the task, the text, and the answer as JSON of entities and events.

What is said comes from a template (`chat_template`), the program's or a person's own. The answer quotes the text and tells no offsets; a
quotation that occurs more than once cannot be traced back, and that is counted as a change.
"""

from __future__ import annotations

from typing import Any

import orjson

from annotator.core.document import Document
from annotator.core.model import Annotation, Event
from annotator.core.schema import Schema

from .account import CountedLayer, Ledger
from .chat_template import Template, default_template, fill
from .stretches import Stretches
from .table import ExportOptions, Rendered, named

Row = dict[str, Any]


def write_chat(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """One conversation."""
    ledger = Ledger(document, named(document, options))
    held = Stretches(document, ledger)
    content = document.text.content

    def quote(item: Annotation, layer: CountedLayer) -> str:
        text = held.text(item)
        if content.find(text) != content.rfind(text):
            ledger.change(layer, item.id, what="quotation-not-unique")
        return text

    answer = {
        "entities": [{"type": item.type, "text": quote(item, "entities")} for item in held.entities],
        "events": [_event(document, held, event, quote(event, "events")) for event in held.events],
    }
    ledger.leave_out_layers("relations")
    values = {
        "schema": "\n".join([*described_entities(schema), *described_events(schema)]),
        "entities": "\n".join(described_entities(schema)),
        "events": "\n".join(described_events(schema)),
        "name": ledger.name,
        "text": content,
        "answer": orjson.dumps(answer).decode(),
    }
    messages = _messages(options.template or default_template(schema.language), values)
    return Rendered(((".jsonl", orjson.dumps({"messages": messages}, option=orjson.OPT_APPEND_NEWLINE)),), ledger.close())


def described_entities(schema: Schema) -> list[str]:
    """Each entity type with its definition."""
    return [f"- {item.name}: {item.definition.said(schema.language) or item.label.said(schema.language)}" for item in schema.entities]


def described_events(schema: Schema) -> list[str]:
    """Each event type with its roles and its definition."""
    lines = []
    for event in schema.events:
        roles = ", ".join(role.role for role in event.roles)
        lines.append(f"- {event.name} ({roles}): {event.definition.said(schema.language) or event.label.said(schema.language)}")
    return lines


def _messages(template: Template, values: dict[str, str]) -> list[Row]:
    """What is said; a template that says nothing as the system has no such message."""
    texts = (("system", template.system), ("user", template.user), ("assistant", template.assistant))
    return [{"role": role, "content": fill(text, values)} for role, text in texts if text or role != "system"]


def _event(document: Document, held: Stretches, event: Event, trigger: str) -> Row:
    fillers = [(argument.role, document.annotation(argument.target)) for argument in event.arguments]
    return {
        "type": event.type,
        "trigger": trigger,
        "arguments": [{"role": role, "text": held.text(filler)} for role, filler in fillers if filler is not None],
    }
