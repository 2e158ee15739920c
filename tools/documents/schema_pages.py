"""The page of a label schema that ships: its types, roles, fillers, keys, attributes, relations and conventions, read from its TOML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.core.schema import Attribute, EntityType, EventRole, EventType, Language, RelationType, Role, Schema
from annotator.messages import say
from annotator.tasks.schemas import find_schema

from .markdown import in_words, key, page, table
from .schema_wording import CONVENTIONS, OF_EVENTS, WORDING


def schema_page(name: str, language: Language) -> str:
    """The page of one schema in one language."""
    schema = find_schema(name)
    return page(
        WORDING["title"][language].format(name=name),
        _intro(schema, language),
        *_entities(schema, language),
        *_events(schema, language),
        *_roles(schema, language),
        *_attributes(schema, language),
        *_relations(schema, language),
        *_conventions(schema, language),
        sources=f"resources/schemas/{name}.toml",
    )


def _intro(schema: Schema, language: Language) -> str:
    counts = say("cli.schemas.counts", language, entities=len(schema.entities), events=len(schema.events), roles=len(schema.roles))
    lines = [f"**{schema.label.said(language)}**: {counts}.", WORDING["use"][language].format(name=schema.name)]
    if schema.events:
        lines.append(WORDING["targets" if schema.event_targets else "no-targets"][language])
    return " ".join(lines)


def _head(language: Language, *names: str) -> list[str]:
    return [WORDING[name][language] for name in names]


def _entities(schema: Schema, language: Language) -> Iterator[str]:
    yield f"## {say('layer.entities', language)}"
    yield _kinds(schema.entities, language)


def _kinds(items: Iterable[EntityType | Role], language: Language) -> str:
    return table(
        _head(language, "key", "name", "label", "definition", "seen"),
        ((key(item.key), item.name, item.label.said(language), item.definition.said(language), str(item.seen or "")) for item in items),
    )


def _events(schema: Schema, language: Language) -> Iterator[str]:
    if not schema.events:
        return
    yield f"## {say('layer.events', language)}"
    if any(role.core for event in schema.events for role in event.roles):
        yield WORDING["reading"][language]
    if any(role.rare for event in schema.events for role in event.roles):
        yield WORDING["reading-rare"][language]
    for event in schema.events:
        yield from _event(schema, event, language=language)


def _event(schema: Schema, event: EventType, *, language: Language) -> Iterator[str]:
    label = event.label.said(language)
    yield f"### {event.name}" + (f" – {label}" if label and label != event.name else "")
    facts = [
        (WORDING["key"][language], key(event.key)),
        (WORDING["triggers"][language], ", ".join(f"*{word}*" for word in event.triggers)),
        ("ACE", event.ace),
        (WORDING["seen"][language], str(event.seen or "")),
    ]
    yield " ".join([event.definition.said(language), *(f"{name[0].upper()}{name[1:]}: {held}." for name, held in facts if held)])
    yield table(
        _head(language, "key", "role", "core", "fillers", "rare", "usual", "filled"),
        (_role(schema, role, language=language) for role in event.roles),
    )


def _role(schema: Schema, role: EventRole, *, language: Language) -> tuple[str, ...]:
    known = schema.role(role.role)
    label = known.label.said(language) if known else ""
    return (
        key(role.key),
        f"{role.role} ({label})" if label and label != role.role else role.role,
        WORDING["yes"][language] if role.core else "",
        ", ".join(role.fillers),
        ", ".join(role.rare),
        str(role.usual) if role.usual > 1 else "",
        f"{role.filled:.0%}" if role.filled else "",
    )


def _roles(schema: Schema, language: Language) -> Iterator[str]:
    if schema.roles:
        yield f"## {WORDING['roles'][language]}"
        yield _kinds(schema.roles, language)


def _attributes(schema: Schema, language: Language) -> Iterator[str]:
    if not schema.attributes:
        return
    yield f"## {WORDING['attributes'][language]}"
    if not all(item.enabled for item in schema.attributes):
        yield WORDING["switched-off"][language]
    yield table(
        _head(language, "key", "name", "label", "on", "values"),
        (_attribute(item, language) for item in schema.attributes),
    )


def _attribute(item: Attribute, language: Language) -> tuple[str, ...]:
    values = (
        f"{value.name} ({value.label.said(language)})" if value.label.said(language) not in ("", value.name) else value.name
        for value in item.values
    )
    shown = [f"**{worded}**" if value.name == item.default else worded for value, worded in zip(item.values, values, strict=True)]
    return key(item.key), item.name, item.label.said(language), WORDING[f"on-{item.on}"][language], ", ".join(shown)


def _relations(schema: Schema, language: Language) -> Iterator[str]:
    if schema.relations:
        yield f"## {say('layer.relations', language)}"
        yield table(
            _head(language, "name", "label", "definition", "from", "to"),
            (_relation(item, language) for item in schema.relations),
        )


def _relation(item: RelationType, language: Language) -> tuple[str, ...]:
    any_type = WORDING["any"][language]
    ends = (", ".join(names) or any_type for names in (item.sources, item.targets))
    return item.name, item.label.said(language), item.definition.said(language), *ends


def _conventions(schema: Schema, language: Language) -> Iterator[str]:
    yield f"## {WORDING['conventions'][language]}"
    yield WORDING["conventions-intro"][language]
    yield "\n".join(f"- {sentence}" for sentence in _sentences(schema, language))


def _sentences(schema: Schema, language: Language) -> Iterator[str]:
    """What the schema's conventions say, one sentence each, in the order of `CONVENTIONS`."""
    polarity = any(item.name == "polarity" for item in schema.attributes_on("event"))
    for name, wordings in CONVENTIONS.items():
        held = getattr(schema.conventions, name)
        if (name in OF_EVENTS and not schema.events) or (name == "negated_trigger" and not polarity):
            continue
        if isinstance(held, bool):
            if sentence := wordings[language][0 if held else 1]:
                yield sentence
        elif held:
            yield wordings[language][0].format(held=_list(held, language))


def _list(held: object, language: Language) -> str:
    match held:
        case int():
            return str(held)
        case tuple() if held and isinstance(held[0], tuple):
            return ", ".join(f"{outer} ⊃ {inner}" for outer, inner in held)
        case tuple():
            return in_words([f"*{word}*" for word in held], language)
        case _:
            assert isinstance(held, Iterable)
            return ", ".join(str(name) for name in held)
