"""A label schema from brat's ``annotation.conf``.

Source of the format: brat's configuration manual. Four sections; indentation makes a hierarchy, a leading ``!`` a type that only groups;
``<NAME>=a|b`` is a macro; a role's ``?``, ``*``, ``+``, ``{2}``, ``{1-3}`` say how many fillers it takes. A type that is named as a filler
stands for itself and all below it. The file has no keys, labels and colours: keys and colours are given out, always the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from annotator.core.errors import AnnotatorError
from annotator.core.schema import (
    Attribute,
    AttributeTarget,
    AttributeValue,
    EntityType,
    EventRole,
    EventType,
    RelationType,
    Role,
    Schema,
    Wording,
)
from annotator.core.schema_fields import find_nearest
from annotator.core.schema_keys import fill_keys

ROLE_SUFFIX = "-Arg"
MANY = 99
"""`usual` and `most` of a role that takes any number of fillers."""
PRESENT = "true"
"""The one value of an attribute that is only there or not."""

# Tellable apart, also by the colour-blind, and at least 4.5:1 on white.
PALETTE = (
    "#0074D5", "#B85901", "#1B8024", "#AD4DB0", "#921806", "#25376C", "#417E73", "#D72B60",
    "#51330C", "#6200D7", "#6A664B", "#68314A", "#6A6A85", "#024E5B", "#004326",
)  # fmt: skip

_SECTIONS = ("entities", "relations", "events", "attributes")
# These names set which spans may nest, they are no relations.
_NESTING = ("ENTITY-NESTING", "TEXTBOUND-NESTING", "SPAN-NESTING")
_SECTION = re.compile(r"\[(.*)\]\s*")
_MACRO = re.compile(r"<([^<>=\s]+)>\s*=\s*(.*)")
_USE = re.compile(r"<([^<>\s]+)>")
_TERM = re.compile(r"(!?)([^\s!]\S*)(?:\s+(.*))?")
_ROLE = re.compile(r"([^\s?*+{}]+)(\?|\*|\+|\{(\d{1,2})(?:-(\d{1,2}))?\})?")
_BUILT_IN = ("ENTITY", "EVENT", "ANY", "RELATION", "REL-TYPE", "OVL-TYPE", "DEFAULT", "NONE", "GLYPH", "GLYPH-POS")
_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class _Line:
    """One definition: `above` are the names that it stands under, outermost first."""

    number: int
    name: str
    abstract: bool
    above: tuple[str, ...]
    arguments: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(slots=True)
class _Conf:
    """A file cut into definitions, still without meaning; `first` maps the name of an entity or event type to its line."""

    path: str
    lines: dict[str, list[_Line]] = field(default_factory=lambda: {section: [] for section in _SECTIONS})
    first: dict[str, int] = field(default_factory=dict)

    def refuse(self, code: str, number: int, **where: str | int) -> AnnotatorError:
        return AnnotatorError(code, path=self.path, line=number, **where)

    def names(self, section: str, under: str | None = None) -> list[str]:
        """The types of a section that may be used, or those at and below one of them."""
        return [line.name for line in self.lines[section] if not line.abstract and (under is None or under in (line.name, *line.above))]

    def expand(self, name: str, number: int) -> list[str]:
        """The usable types that a name in a role stands for."""
        entities, events = self.names("entities"), self.names("events")
        match name:
            case "<ENTITY>":
                return entities
            case "<EVENT>":
                return events
            case "<ANY>":
                return entities + events
        if name not in self.first:
            raise self.refuse("brat-conf-type-unknown", number, type=name, nearest=find_nearest(name, self.first))
        return self.names("entities", name) + self.names("events", name)


def read_annotation_conf(text: str, *, path: str) -> Schema:
    """The schema that an ``annotation.conf`` describes; `path` is what errors call the file.

    A role that takes any number of fillers gets `MANY` as `usual`; an attribute without values gets the one value `PRESENT` and no
    default. Raises AnnotatorError (``brat-conf-…``) with `path`, `line` and what is wrong.
    """
    if len(text) > _LIMIT:
        raise AnnotatorError("brat-conf-too-large", path=path, line=1, characters=len(text), most=_LIMIT)
    conf = _cut(text.removeprefix("\ufeff"), path)
    entities = tuple(
        EntityType(name=line.name, label=_label(line.name), colour=PALETTE[rank % len(PALETTE)])
        for rank, line in enumerate(line for line in conf.lines["entities"] if not line.abstract)
    )
    events = tuple(
        EventType(name=line.name, label=_label(line.name), colour=PALETTE[-1 - rank % len(PALETTE)], roles=_read_frame(conf, line))
        for rank, line in enumerate(line for line in conf.lines["events"] if not line.abstract)
    )
    names = list(dict.fromkeys(item.role for event in events for item in event.roles))
    suffix = ROLE_SUFFIX if names and all(name.removesuffix(ROLE_SUFFIX) not in (name, "") for name in names) else ""
    event_names = {event.name for event in events}
    schema = Schema(
        name="brat",
        label=Wording(en="brat’s annotation.conf", vi="annotation.conf của brat"),
        event_targets=any(name in event_names for event in events for item in event.roles for name in item.fillers),
        brat_role_suffix=suffix,
        entities=entities,
        events=tuple(replace(event, roles=_strip(event.roles, suffix)) for event in events),
        roles=tuple(Role(name=name, label=_label(name)) for name in (name.removesuffix(suffix) for name in names)),
        relations=_read_relations(conf),
        attributes=_read_attributes(conf),
    )
    return fill_keys(schema)


def _label(name: str) -> Wording:
    return Wording(en=name.replace("_", " "))


def _strip(roles: Iterable[EventRole], suffix: str) -> tuple[EventRole, ...]:
    return tuple(replace(item, role=item.role.removesuffix(suffix)) for item in roles)


def _cut(text: str, path: str) -> _Conf:
    conf = _Conf(path)
    macros: dict[str, str] = {}
    section = ""
    above: list[tuple[int, str]] = []
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip()
        written = line.strip()
        if not written or written.startswith("#") or not written.strip("-"):
            continue
        if heading := _SECTION.fullmatch(written):
            section, above = heading[1].strip().lower(), []
            if section not in _SECTIONS:
                raise conf.refuse("brat-conf-section", number, section=heading[1], nearest=find_nearest(section, _SECTIONS))
        elif macro := _MACRO.fullmatch(written):
            macros[macro[1]] = _expand(conf, macro[2], macros, number)
        elif not section:
            raise conf.refuse("brat-conf-outside", number)
        else:
            depth = len(line) - len(line.lstrip())
            above = [item for item in above if item[0] < depth]
            defined = _define(conf, written, macros, number=number, above=tuple(name for _, name in above))
            above.append((depth, defined.name))
            _keep(conf, section, defined)
    return conf


def _expand(conf: _Conf, text: str, macros: dict[str, str], number: int) -> str:
    def put(use: re.Match[str]) -> str:
        if use[1] in _BUILT_IN:
            return use[0]
        if use[1] not in macros:
            raise conf.refuse("brat-conf-macro", number, macro=use[1], nearest=find_nearest(use[1], (*macros, *_BUILT_IN[:3])))
        return macros[use[1]]

    expanded = _USE.sub(put, text)
    if len(expanded) > _LIMIT:
        raise conf.refuse("brat-conf-too-large", number, characters=len(expanded), most=_LIMIT)
    return expanded


def _define(conf: _Conf, written: str, macros: dict[str, str], *, number: int, above: tuple[str, ...]) -> _Line:
    term = _TERM.fullmatch(written)
    if term is None:
        raise conf.refuse("brat-conf-name", number, name=written)
    # A name may be followed by other spellings, as in PER|Person: the first is the one in files.
    name = term[2].split("|")[0]
    if not name or name.startswith("<"):
        raise conf.refuse("brat-conf-name", number, name=term[2])
    arguments: list[tuple[str, tuple[str, ...]]] = []
    for part in _expand(conf, term[3] or "", macros, number).split(","):
        left, colon, right = (piece.strip() for piece in part.partition(":"))
        types = tuple(one.strip() for one in right.split("|") if one.strip())
        if left and colon and types:
            arguments.append((left, types))
        elif part.strip():
            raise conf.refuse("brat-conf-argument", number, argument=part.strip())
    return _Line(number, name, bool(term[1]), above, tuple(arguments))


def _keep(conf: _Conf, section: str, line: _Line) -> None:
    if section == "entities" and line.arguments:
        raise conf.refuse("brat-conf-argument", line.number, argument=line.arguments[0][0])
    if section in ("entities", "events"):
        if line.name in conf.first:
            raise conf.refuse("brat-conf-name-twice", line.number, name=line.name, first=conf.first[line.name])
        conf.first[line.name] = line.number
    if line.name not in _NESTING:
        conf.lines[section].append(line)


def _read_frame(conf: _Conf, line: _Line) -> tuple[EventRole, ...]:
    frame: dict[str, EventRole] = {}
    for written, types in line.arguments:
        if written.startswith("<"):
            continue
        form = _ROLE.fullmatch(written)
        if form is None:
            raise conf.refuse("brat-conf-count", line.number, role=written)
        least, most = _count(form)
        if most < 1 or least > most:
            raise conf.refuse("brat-conf-count", line.number, role=written)
        if form[1] in frame:
            raise conf.refuse("brat-conf-role-twice", line.number, role=form[1])
        fillers = tuple(dict.fromkeys(name for one in types for name in conf.expand(one, line.number)))
        if not fillers:
            raise conf.refuse("brat-conf-fillers-missing", line.number, role=form[1])
        frame[form[1]] = EventRole(role=form[1], core=least > 0, fillers=fillers, usual=most, most=most)
    return tuple(frame.values())


def _count(form: re.Match[str]) -> tuple[int, int]:
    """The least and the largest number of fillers that the sign after a role's name allows."""
    match form[2]:
        case None:
            return 1, 1
        case "?":
            return 0, 1
        case "*":
            return 0, MANY
        case "+":
            return 1, MANY
        case _:
            return int(form[3]), int(form[4] or form[3])


def _read_relations(conf: _Conf) -> tuple[RelationType, ...]:
    """Relations between entities. A name that comes again, with other types, adds to what is allowed."""
    relations: dict[str, RelationType] = {}
    for line in conf.lines["relations"]:
        if line.abstract:
            continue
        ends = [types for role, types in line.arguments if not role.startswith("<")]
        if len(ends) != 2:
            raise conf.refuse("brat-conf-ends", line.number, name=line.name)
        sources, targets = (_read_end(conf, types, line.number) for types in ends)
        before = relations.get(line.name)
        if before is not None:
            sources = tuple(dict.fromkeys(before.sources + sources)) if before.sources and sources else ()
            targets = tuple(dict.fromkeys(before.targets + targets)) if before.targets and targets else ()
        relations[line.name] = RelationType(name=line.name, label=_label(line.name), sources=sources, targets=targets)
    return tuple(relations.values())


def _read_end(conf: _Conf, types: tuple[str, ...], number: int) -> tuple[str, ...]:
    if "<ENTITY>" in types or "<ANY>" in types:
        return ()
    entities = set(conf.names("entities"))
    allowed = tuple(dict.fromkeys(name for one in types for name in conf.expand(one, number)))
    for name in allowed:
        if name not in entities:
            raise conf.refuse("brat-conf-end-no-entity", number, type=name)
    if not allowed:
        raise conf.refuse("brat-conf-end-no-entity", number, type="|".join(types))
    return allowed


def _read_attributes(conf: _Conf) -> tuple[Attribute, ...]:
    attributes: dict[tuple[str, AttributeTarget], Attribute] = {}
    for line in conf.lines["attributes"]:
        if line.abstract:
            continue
        options = dict(line.arguments)
        for key in options:
            if key not in ("Arg", "Value") and not key.startswith("<"):
                raise conf.refuse("brat-conf-attribute-option", line.number, option=key)
        names = options.get("Value", (PRESENT,))
        default = options.get("<DEFAULT>", ("",))[0]
        if default and default not in names:
            raise conf.refuse("brat-conf-default", line.number, name=line.name, value=default)
        values = tuple(AttributeValue(name=name, label=_label(name)) for name in dict.fromkeys(names))
        for on in _read_bearers(conf, options.get("Arg", ()), line):
            if (line.name, on) in attributes:
                raise conf.refuse("brat-conf-attribute-twice", line.number, name=line.name)
            attributes[line.name, on] = Attribute(name=line.name, on=on, label=_label(line.name), default=default, values=values)
    return tuple(attributes.values())


def _read_bearers(conf: _Conf, types: tuple[str, ...], line: _Line) -> list[AttributeTarget]:
    if not types or "<RELATION>" in types:
        raise conf.refuse("brat-conf-attribute-bearer", line.number, name=line.name)
    bearers = {name for one in types if one not in ("<ENTITY>", "<EVENT>", "<ANY>") for name in conf.expand(one, line.number)}
    on: list[AttributeTarget] = []
    if {"<ENTITY>", "<ANY>"} & {*types} or bearers & {*conf.names("entities")}:
        on.append("entity")
    if {"<EVENT>", "<ANY>"} & {*types} or bearers & {*conf.names("events")}:
        on.append("event")
    return on
