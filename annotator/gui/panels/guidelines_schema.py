"""The label schema as a page to read: every type and role with its label, definition, key, typical triggers, roles and fillers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from annotator.core.schema import EntityType, EventType, RelationType, Role, Schema
from annotator.tasks.guidance import TopicKind

from ..looks.badges import titled
from ..looks.colours import readable
from ..looks.look import Look

Place = tuple[TopicKind, str]
Described = EntityType | EventType | Role | RelationType
_TRIGGERS_MOST: Final = 24
_NO_BREAK: Final = "\u2060\u00a0"


def schema_places(schema: Schema) -> list[Place]:
    """What has a heading of the third level on the page, in its order."""
    return [
        *(("entity", item.name) for item in schema.entities),
        *(("event", item.name) for item in schema.events),
        *(("role", item.name) for item in schema.roles),
        *(("relation", item.name) for item in schema.relations),
    ]


def schema_page(schema: Schema, look: Look) -> str:
    """The page as HTML; every text of the schema is escaped."""
    parts = [f"<h1>{escape(look.wording(schema.label, schema.name))}</h1>"]
    groups: tuple[tuple[str, list[str]], ...] = (
        ("entities", [_entity(item, look) for item in schema.entities]),
        ("events", [_event(schema, item, look) for item in schema.events]),
        ("roles", [_role(schema, item, look) for item in schema.roles]),
        ("relations", [_relation(schema, item, look) for item in schema.relations]),
    )
    for name, entries in groups:
        if entries:
            parts += [f"<h2>{escape(look.say(f'gui.guidelines.{name}'))}</h2>", *entries]
    return "".join(parts)


def _entity(item: EntityType, look: Look) -> str:
    return _entry(item, look, colour=item.colour)


def _event(schema: Schema, item: EventType, look: Look) -> str:
    lines = []
    if item.triggers:
        shown = ", ".join(item.triggers[:_TRIGGERS_MOST]) + (", …" if len(item.triggers) > _TRIGGERS_MOST else "")
        lines.append(("triggers", shown))
    if item.roles:
        lines.append(("event_roles", "; ".join(_event_roles(schema, item, look))))
    return _entry(item, look, colour=item.colour, lines=lines)


def _event_roles(schema: Schema, item: EventType, look: Look) -> Iterator[str]:
    for role in item.roles:
        key = f" [{role.key}]" if role.key else ""
        fillers = ", ".join(look.type_label(schema, name) for name in role.fillers)
        yield f"{look.role_label(schema, role.role)}{key}" + (f" ({fillers})" if fillers else "")


def _role(schema: Schema, item: Role, look: Look) -> str:
    events = [look.wording(held.label, held.name) for held in schema.events if held.role(item.name)]
    return _entry(item, look, lines=[("role_events", ", ".join(events))] if events else ())


def _relation(schema: Schema, item: RelationType, look: Look) -> str:
    ends = [", ".join(look.type_label(schema, name) for name in names) or "…" for names in (item.sources, item.targets)]
    return _entry(item, look, lines=[("relation_ends", " → ".join(ends))] if item.sources or item.targets else ())


def _entry(item: Described, look: Look, *, colour: str = "", lines: Sequence[tuple[str, str]] = ()) -> str:
    theme = look.theme
    mark = f'<span style="color:{readable(colour, theme.surface, ratio=theme.ratio)}">■</span> ' if colour else ""
    pressed = f' <span style="color:{theme.muted}">[{escape(item.key.replace(" ", _NO_BREAK))}]</span>' if item.key else ""
    parts = [f"<h3>{mark}{escape(titled(item.name, look.wording(item.label, item.name)))}{pressed}</h3>"]
    if definition := item.definition.said(look.language):
        parts.append(f"<p>{escape(definition)}</p>")
    for says, text in lines:
        parts.append(f'<p style="color:{theme.muted}"><i>{escape(look.say(f"gui.guidelines.{says}"))}</i> {escape(text)}</p>')
    return "".join(parts)
