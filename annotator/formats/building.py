"""From what a reader found to a document: references resolved, arguments in order, all of it put in place by one edit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import PurePosixPath

from annotator.core.commands import layer_of, ordered
from annotator.core.document import Document
from annotator.core.edits import Change, fill
from annotator.core.model import Annotation, Argument, Cluster, Entity, Event, Extra, Item, Origin, Relation, Source, extent
from annotator.core.text import Span, Spans, Text

from .account import Loss
from .table import Imported, ImportOptions


@dataclass
class Draft:
    """An article on its way in. Items stand under their ids with offsets of the decoded text; `lines` says where each was found.

    References may still dangle: `build` keeps what holds and lists the rest in `problems`.
    """

    name: str
    raw: bytes
    content: str
    encoding: str = "utf-8"
    items: dict[str, Item] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    decisions: dict[int, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] | None = None
    extra: Extra = ()
    problems: list[Loss] = field(default_factory=list)

    def miss(self, identifier: str, what: str, *, line: int = 0, span: Span = (0, 0), detail: str = "") -> None:
        """List something that is not taken."""
        self.problems.append(Loss(self.name, identifier, *span, what, line or self.lines.get(identifier, 0), detail))

    def add(self, item: Item, *, line: int) -> bool:
        """Take an item; a second one of the same id is listed instead."""
        if item.id in self.items:
            self.miss(item.id, "duplicate-id", line=line)
            return False
        self.items[item.id] = item
        self.lines[item.id] = line
        return True


def place(content: str, spans: Spans) -> Spans | None:
    """`spans` in order, those that touch or are apart by blanks only made one; None where one covers nothing but blanks."""
    merged: list[Span] = []
    for start, end in sorted(spans) if len(spans) > 1 else spans:
        if merged and not content[merged[-1][1] : start].strip():
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged) if all(content[start:end].strip() for start, end in merged) else None


def build(draft: Draft, options: ImportOptions) -> Imported:
    """The article with its document."""
    source = Source(PurePosixPath(draft.name).name + ".txt", sha256(draft.raw).hexdigest(), draft.encoding, len(draft.content))
    origin: Origin = "segmented" if draft.fields is None and options.looks_segmented(draft.content) else "raw"
    document = Document(Text(draft.content), source, origin=origin, extra=draft.extra)
    annotations = {key: item for key, item in draft.items.items() if isinstance(item, Annotation)}
    _drop_dangling(draft, annotations)
    _drop_circles(draft, annotations)
    changes = [Change("fields", key, None, value) for key, value in (draft.fields or {}).items()]
    changes += [Change("labels", key, None, value) for key, value in draft.labels.items()]
    changes += [Change("decisions", offset, None, decision) for offset, decision in sorted(draft.decisions.items())]
    for item in annotations.values():
        if isinstance(item, Event) and len(item.arguments) > 1:
            targets = [annotations[argument.target] for argument in item.arguments]
            item = replace(item, arguments=ordered(document, options.schema, item.arguments, new=targets))
        changes.append(Change(layer_of(item), item.id, None, item))
    changes += [Change(layer_of(item), item.id, None, item) for item in _links(draft, annotations)]
    fill(document, changes)
    return Imported(draft.name, draft.raw, document, tuple(draft.problems))


def _drop_dangling(draft: Draft, annotations: dict[str, Annotation]) -> None:
    """Take the arguments away whose filler is not there."""
    for item in list(annotations.values()):
        if isinstance(item, Event) and not all(argument.target in annotations for argument in item.arguments):
            kept = tuple(argument for argument in item.arguments if argument.target in annotations)
            for argument in item.arguments:
                if argument.target not in annotations:
                    draft.miss(item.id, "argument-without-filler", span=extent(item), detail=f"{argument.role} {argument.target}")
            annotations[item.id] = replace(item, arguments=kept)


def _drop_circles(draft: Draft, annotations: dict[str, Annotation]) -> None:
    """Take the arguments away by which an event would fill itself, directly or through others."""
    settled: set[str] = set()
    for identifier, item in list(annotations.items()):
        if isinstance(item, Event) and any(isinstance(annotations[argument.target], Event) for argument in item.arguments):
            _settle(draft, annotations, identifier, settled=settled)


def _settle(draft: Draft, annotations: dict[str, Annotation], start: str, *, settled: set[str]) -> None:
    # Depth first without recursion: a chain of events may be longer than Python's stack.
    path: dict[str, Iterator[Argument]] = {}
    at: str | None = start
    while at is not None:
        if at not in path:
            item = annotations[at]
            path[at] = iter(item.arguments if isinstance(item, Event) and at not in settled else ())
        argument = next(path[at], None)
        if argument is None:
            settled.add(at)
            path.pop(at)
            at = next(reversed(path), None)
        elif argument.target in path:
            item = annotations[at]
            assert isinstance(item, Event)
            draft.miss(at, "argument-in-circle", span=extent(item), detail=f"{argument.role} {argument.target}")
            annotations[at] = replace(item, arguments=tuple(held for held in item.arguments if held != argument))
        else:
            at = argument.target


def _links(draft: Draft, annotations: dict[str, Annotation]) -> list[Relation | Cluster]:
    """The relations and clusters whose ends are there; a member that is missing, of another layer or taken already is listed."""
    kept: list[Relation | Cluster] = []
    taken: set[str] = set()
    for item in draft.items.values():
        if isinstance(item, Relation):
            if item.source in annotations and item.target in annotations:
                kept.append(item)
            else:
                draft.miss(item.id, "relation-without-end", detail=f"{item.source} {item.target}")
        elif isinstance(item, Cluster):
            wanted = Entity if item.layer == "entities" else Event
            members = tuple(m for m in dict.fromkeys(item.members) if isinstance(annotations.get(m), wanted) and m not in taken)
            for member in item.members:
                if member not in members:
                    draft.miss(item.id, "cluster-member-missing", detail=member)
            if len(members) > 1:
                taken.update(members)
                kept.append(replace(item, members=members))
    return kept
