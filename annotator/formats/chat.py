"""Conversations for instruction tuning, a document a line: the task, the text, and the answer as JSON of entities and events.

What is said comes from a template (TOML with ``system`` and ``user``; ``{schema}`` and ``{text}`` are filled in). The answer quotes the
text and tells no offsets; a quotation that occurs more than once cannot be traced back, and that is counted as a change.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

import orjson

from annotator.core.document import Document
from annotator.core.model import Annotation, Event
from annotator.core.schema import Schema
from annotator.resources import resource

from .account import CountedLayer, Ledger
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
    template = default_template(schema.language)
    messages = [
        {"role": "system", "content": template["system"].replace("{schema}", described(schema))},
        {"role": "user", "content": template["user"].replace("{text}", content)},
        {"role": "assistant", "content": orjson.dumps(answer).decode()},
    ]
    return Rendered(((".jsonl", orjson.dumps({"messages": messages}, option=orjson.OPT_APPEND_NEWLINE)),), ledger.close())


@cache
def default_template(language: str) -> dict[str, str]:
    """What the program says in a language."""
    raw = resource("templates", f"chat.{language}.toml").read_text(encoding="utf-8")
    return {name: str(value) for name, value in tomllib.loads(raw).items()}


def described(schema: Schema) -> str:
    """The schema in words: each type with its definition, each event's roles."""
    lines = [f"- {item.name}: {item.definition.said(schema.language) or item.label.said(schema.language)}" for item in schema.entities]
    for event in schema.events:
        roles = ", ".join(role.role for role in event.roles)
        lines.append(f"- {event.name} ({roles}): {event.definition.said(schema.language) or event.label.said(schema.language)}")
    return "\n".join(lines)


def _event(document: Document, held: Stretches, event: Event, trigger: str) -> Row:
    fillers = [(argument.role, document.annotation(argument.target)) for argument in event.arguments]
    return {
        "type": event.type,
        "trigger": trigger,
        "arguments": [{"role": role, "text": held.text(filler)} for role, filler in fillers if filler is not None],
    }
