"""Reads a folder of brat's standoff files: each ``.ann`` with the ``.txt`` beside it.

Surfaces are verified under every plausible way to count offsets and the one that fits best is kept; a mention that fits none is left
out and listed. Numbers and suffix of roles (``Victim-Arg2``) belong to the spelling, not to the role.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.core.model import Argument, Cluster, ClusterLayer, Entity, Event, Relation
from annotator.core.text import Spans

from .account import Loss
from .brat_lines import Bound, EventLine, Link, Remark, Standoff, read_standoff
from .brat_names import Names
from .brat_writer import BINARY, HEAD, NORMALIZATIONS, NOTE, ORIGIN, UNCONFIRMED
from .building import Draft, build, place
from .offsets import Reading, best_reading
from .sources import found_files
from .table import Imported, ImportOptions


def read_brat(source: Path, options: ImportOptions) -> Iterator[Imported]:
    """The articles of a folder (walked whole) or of one ``.ann`` file.

    Raises AnnotatorError ``import-source-missing``, ``nothing-to-import``; what is wrong with one article is in its problems.
    """
    files = found_files(source, (".ann",))
    return (_read_article(path, name, options=options) for path, name in files)


def _read_article(path: Path, name: str, *, options: ImportOptions) -> Imported:
    text_path = path.with_suffix(".txt")
    if not text_path.is_file():
        return Imported(name, b"", None, (Loss(name, "", 0, 0, "text-missing", detail=text_path.name),))
    try:
        raw, content, encoding = options.read_source(text_path)
        ann = path.read_bytes()
    except AnnotatorError as error:
        return Imported(name, b"", None, (Loss(name, "", 0, 0, "text-unreadable", detail=error.code),))
    except OSError as error:
        return Imported(name, raw, None, (Loss(name, "", 0, 0, "annotations-unreadable", detail=error.strerror or ""),))
    draft = Draft(name, raw, content, encoding)
    _Assembly(read_standoff(ann), draft, Names(options.schema)).run()
    return build(draft, options)


@dataclass
class _Said:
    """What remark lines say about one annotation."""

    attributes: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    references: list[list[str]] = field(default_factory=list)
    is_question: bool = False
    origin: str = "human"
    head: tuple[int, int] | None = None


class _Assembly:
    """Turns the lines of one file into items of a draft."""

    def __init__(self, standoff: Standoff, draft: Draft, names: Names) -> None:
        self._standoff, self._draft, self._names = standoff, draft, names
        self._reading = best_reading(draft.content, [bound.claim for bound in standoff.bounds.values()])
        self._said: dict[str, _Said] = {}
        self._events_of: dict[str, list[str]] = {}
        for key, event in standoff.events.items():
            self._events_of.setdefault(event.trigger, []).append(key)

    def run(self) -> None:
        for key, code, line, text in self._standoff.bad:
            self._draft.miss(key, code, line=line, detail=text)
        placed = {key: spans for key, bound in self._standoff.bounds.items() if (spans := self._place(key, bound))}
        fillers = {target for event in self._standoff.events.values() for _, target in event.arguments}
        fillers |= {target for link in self._standoff.links for target in link.targets}
        mentions = [key for key in placed if key not in self._events_of or key in fillers]
        held = {*mentions, *(key for key, event in self._standoff.events.items() if event.trigger in placed)}
        for remark in self._standoff.remarks:
            self._take_remark(remark, held)
        for key in mentions:
            self._entity(key, placed[key])
        for key, event in self._standoff.events.items():
            self._event(key, event, placed.get(event.trigger))
        for link in self._standoff.links:
            self._link(link)

    def _place(self, key: str, bound: Bound) -> Spans | None:
        """Where a mention lies in the text; where it does not, why stands among the problems."""
        reading: Reading = self._reading
        first, last = bound.claim.spans[0][0], bound.claim.spans[-1][1]
        if reading.place(bound.claim.spans) is None:
            self._draft.miss(key, "offset-outside", line=bound.line, span=(first, last), detail=bound.claim.surface or "")
            return None
        found = reading.verify(bound.claim)
        if found is None:
            self._draft.miss(key, "surface-differs", line=bound.line, span=(first, last), detail=bound.claim.surface or "")
            return None
        spans = place(self._draft.content, found)
        if spans is None:
            self._draft.miss(key, "blank-span", line=bound.line, span=(first, last))
        return spans

    def _entity(self, key: str, spans: Spans) -> None:
        bound, said = self._standoff.bounds[key], self._said.get(key, _Said())
        attributes, flag, note, extra = _told(said)
        head = said.head if said.head and any(s <= said.head[0] < said.head[1] <= e for s, e in spans) else None
        entity = Entity(key, self._names.meant(bound.type), spans, attributes, "question" if flag else "", note, said.origin, head, extra)
        self._draft.add(entity, line=bound.line)

    def _event(self, key: str, event: EventLine, spans: Spans | None) -> None:
        if spans is None:
            code = "event-without-trigger" if event.trigger not in self._standoff.bounds else "trigger-not-taken"
            self._draft.miss(key, code, line=event.line, detail=event.trigger)
            for role, target in event.arguments:
                self._draft.miss(key, "argument-of-lost-event", line=event.line, detail=f"{role} {target}")
            return
        bound = self._standoff.bounds[event.trigger]
        if bound.type != event.type:
            self._draft.miss(key, "trigger-type-differs", line=event.line, span=(spans[0][0], spans[-1][1]), detail=bound.type)
        arguments = tuple([Argument(self._names.meant_role(role), target) for role, target in event.arguments])
        said = self._said.get(key, _Said())
        attributes, flag, note, extra = _told(said)
        kind = self._names.meant(event.type)
        held = Event(key, kind, spans, arguments, attributes, "question" if flag else "", note, said.origin, extra)
        self._draft.add(held, line=event.line)

    def _link(self, link: Link) -> None:
        if link.id:
            self._draft.add(Relation(link.id, self._names.meant(link.type), link.targets[0], link.targets[1]), line=link.line)
            return
        if link.type != "Equiv":
            self._draft.miss("", "unknown-line", line=link.line, detail=link.type)
            return
        number = sum(isinstance(item, Cluster) for item in self._draft.items.values()) + 1
        layer: ClusterLayer = "events" if all(target[:1] == "E" for target in link.targets) else "entities"
        self._draft.add(Cluster(f"C{number}", layer, link.targets), line=link.line)

    def _take_remark(self, remark: Remark, held: set[str]) -> None:
        """Note what a line says about an entity or event; said about a trigger it is said about its events."""
        targets = [remark.target] if remark.target in held else [key for key in self._events_of.get(remark.target, ()) if key in held]
        if not targets:
            code = "remark-not-held" if any(link.id == remark.target for link in self._standoff.links) else "remark-without-target"
            self._draft.miss(remark.id, code, line=remark.line, detail=f"{remark.type} {remark.target}")
        for target in targets:
            self._note(self._said.setdefault(target, _Said()), remark)

    def _note(self, said: _Said, remark: Remark) -> None:
        match remark.id[0]:
            case "A" | "M":
                name = self._names.meant(remark.type)
                if name in said.attributes:
                    self._draft.miss(remark.id, "duplicate-attribute", line=remark.line, detail=name)
                else:
                    said.attributes[name] = remark.text or BINARY
            case "N":
                said.references.append(list(remark.text.partition("\t")[::2]))
            case _:
                self._comment(said, remark)

    def _comment(self, said: _Said, remark: Remark) -> None:
        if remark.type == NOTE:
            said.notes.append(remark.text)
        elif remark.type == UNCONFIRMED:
            said.is_question = True
            said.notes += [remark.text] if remark.text else []
        elif remark.type == ORIGIN and remark.text:
            said.origin = remark.text
        elif remark.type == HEAD and (head := _pair(remark.text)) and (placed := self._reading.place((head,))):
            said.head = placed[0]
        else:
            said.notes.append(f"{remark.type}: {remark.text}")


def _told(said: _Said) -> tuple[tuple[tuple[str, str], ...], bool, str, tuple[tuple[str, str], ...]]:
    """Attributes, whether flagged, note and extra as items hold them."""
    extra = ((NORMALIZATIONS, json.dumps(said.references, ensure_ascii=False, separators=(",", ":"))),) if said.references else ()
    return tuple(sorted(said.attributes.items())), said.is_question, "\n".join(said.notes), extra


def _pair(text: str) -> tuple[int, int] | None:
    start, _, end = text.partition(" ")
    proper = start.isascii() and end.isascii() and start.isdigit() and end.isdigit() and len(text) < 38
    return (int(start), int(end)) if proper else None
