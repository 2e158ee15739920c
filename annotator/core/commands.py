"""What a person can do to annotations: pure functions (document, what, …) → Edit.

Refusals are AnnotatorErrors; `force` overrides those that may be overridden. Offsets are code points, spans half-open.
No command touches the document; `edits.apply` or `History.do` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from .document import FIELD_DEFAULTS, PREFIX, RETIRED, Document
from .edits import Change, Edit
from .errors import AnnotatorError
from .model import HUMAN, Annotation, Argument, Cluster, Entity, Event, Flag, Item, Layer, Relation, id_order
from .schema import Schema
from .suggestions import answered, refusals
from .text import Span, Spans

Revision = Callable[[Annotation], Annotation]


def tag(document: Document, spans: Sequence[Span], type_name: str, *, origin: str = HUMAN, force: bool = False) -> Edit:
    """Make an entity. Refused: ``nothing-selected``, ``outside-text``; unless forced ``already-tagged`` (same spans and type)."""
    placed = fit(document, spans)
    if not force:
        _refuse_twin(document, Entity, placed, type_name=type_name)
    identifier = document.new_id("entities")
    return Edit("tag-entity", (Change("entities", identifier, None, Entity(identifier, type_name, placed, origin=origin)),))


def tag_event(document: Document, spans: Sequence[Span], type_name: str, *, origin: str = HUMAN, force: bool = False) -> Edit:
    """Make an event of which `spans` are the trigger. Refused as `tag` is."""
    placed = fit(document, spans)
    if not force:
        _refuse_twin(document, Event, placed, type_name=type_name)
    identifier = document.new_id("events")
    return Edit("tag-event", (Change("events", identifier, None, Event(identifier, type_name, placed, origin=origin)),))


def retype(document: Document, ids: Iterable[str], type_name: str) -> Edit:
    """Give annotations another type of their own layer; arguments and links stay."""
    return _revise(document, "retype", ids, lambda item: replace(item, type=type_name, origin=HUMAN))


def resize(document: Document, identifier: str, spans: Sequence[Span]) -> Edit:
    """Move an annotation's fragments; id and links stay, those that name it stay in the order of files."""
    placed = fit(document, spans)
    moved = _revise(document, "resize", [identifier], lambda item: _moved(item, placed))
    return Edit(moved.name, (*moved.changes, *_put_in_order(document, identifier, placed))) if moved.changes else moved


def add_fragment(document: Document, identifier: str, span: Span) -> Edit:
    """Add a fragment to an annotation; one that touches another fragment, blanks apart, grows it."""
    item = _annotation(document, identifier)
    return Edit("add-fragment", resize(document, identifier, [*item.spans, span]).changes)


def set_attribute(document: Document, ids: Iterable[str], name: str, *, value: str, default: str = "") -> Edit:
    """Set an attribute; the default is stored by leaving it out."""

    def revised(item: Annotation) -> Annotation:
        kept = {key: held for key, held in item.attributes if key != name}
        if value != default:
            kept[name] = value
        return replace(item, attributes=tuple(sorted(kept.items())), origin=HUMAN)

    return _revise(document, "set-attribute", ids, revised)


def set_flag(document: Document, ids: Iterable[str], flag: Flag) -> Edit:
    return _revise(document, "set-flag", ids, lambda item: replace(item, flag=flag))


def set_note(document: Document, identifier: str, note: str) -> Edit:
    return _revise(document, "set-note", [identifier], lambda item: replace(item, note=note))


def set_head(document: Document, identifier: str, head: Span | None) -> Edit:
    """Mark the head of an entity. Refused: ``head-outside`` where it does not lie in the entity."""
    item = document.entities.get(identifier)
    if item is None:
        raise AnnotatorError("no-such-annotation", id=identifier)
    if head is not None and not any(start <= head[0] < head[1] <= end for start, end in item.spans):
        raise AnnotatorError("head-outside", id=identifier, start=head[0], end=head[1])
    return _edit("set-head", [Change("entities", identifier, item, replace(item, head=head, origin=HUMAN))] if head != item.head else [])


def mark_head(document: Document, span: Span) -> Edit:
    """Make `span` the head of the innermost entity around it, or take the mark away where it is the head already.

    An entity wider than `span` goes before one of the same extent. Refused: ``no-entity-around``.
    """
    start, end = span
    around = [
        (first == start and last == end, last - first, item.id)
        for identifier in document.index.overlapping(start, end)
        if (item := document.entities.get(identifier)) is not None
        for first, last in item.spans
        if first <= start and end <= last
    ]
    if not around:
        raise AnnotatorError("no-entity-around")
    _, _, identifier = min(around)
    return set_head(document, identifier, None if document.entities[identifier].head == span else span)


def set_field(document: Document, name: str, value: str) -> Edit:
    """Set a field of the document: status, annotator, schema, note, origin."""
    before = document.fields.get(name)
    after = None if value == FIELD_DEFAULTS.get(name, "") else value
    return _edit(f"set-{name}", [Change("fields", name, before, after)])


def set_label(document: Document, name: str, value: str) -> Edit:
    """Set a label of the document; an empty value removes it."""
    return _edit("set-label", [Change("labels", name, document.labels.get(name), value or None)])


def remove(document: Document, ids: Iterable[str]) -> Edit:
    """Delete items of any layer with what hangs on them: arguments that they fill, their relations, their place in clusters.

    A cluster left with one member goes too. Ids that are deleted at the top of their numbering are retired, never given again; a
    suggestion that is deleted is refused, and so are suggestions like it.
    """
    doomed = set(ids)
    revised: dict[str, Event | Cluster] = {}
    for identifier in list(doomed):
        for user in document.users(identifier):
            if isinstance(user, Relation):
                doomed.add(user.id)
            else:
                revised[user.id] = user
    changes: list[Change] = []
    for user in revised.values():
        left = _without(user, doomed)
        if isinstance(left, Cluster) and len(left.members) < 2:
            doomed.add(left.id)
        elif user.id not in doomed:
            changes.append(Change(layer_of(user), user.id, user, left))
    for identifier in sorted(doomed):
        item = _item(document, identifier)
        changes.append(Change(layer_of(item), identifier, item, None))
    return _edit("delete", [*changes, *retire(document, doomed), *refusals(document, changes)])


def fit(document: Document, spans: Sequence[Span]) -> Spans:
    """`spans` in order, those that touch or are apart by blanks only made one. Refused: ``nothing-selected``, ``outside-text``."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if not 0 <= start < end <= len(document.text):
            raise AnnotatorError("outside-text", start=start, end=end, characters=len(document.text))
        if merged and (start <= merged[-1][1] or not document.text.content[merged[-1][1] : start].strip()):
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    if not merged or not all(document.text.content[start:end].strip() for start, end in merged):
        raise AnnotatorError("nothing-selected")
    return tuple(merged)


def layer_of(item: Item) -> Layer:
    match item:
        case Entity():
            return "entities"
        case Event():
            return "events"
        case Relation():
            return "relations"
        case Cluster():
            return "clusters"


def ordered(document: Document, schema: Schema, arguments: Iterable[Argument], *, new: Iterable[Annotation] = ()) -> tuple[Argument, ...]:
    """Arguments in the order of files: the schema's roles, then the target's offset. `new` are targets not yet in the document."""
    extra = {item.id: item for item in new}

    def rank(argument: Argument) -> tuple[int, str, int, str]:
        target = extra.get(argument.target) or document.annotation(argument.target)
        known = schema.role_order.get(argument.role)
        return (len(schema.roles) if known is None else known, "" if known is not None else argument.role,
                target.spans[0][0] if target else -1, argument.target)  # fmt: skip

    return tuple(sorted(arguments, key=rank))


def _edit(name: str, changes: Iterable[Change]) -> Edit:
    return Edit(name, tuple(change for change in changes if change.before != change.after))


def _revise(document: Document, name: str, ids: Iterable[str], revised: Revision) -> Edit:
    items = [_annotation(document, identifier) for identifier in dict.fromkeys(ids)]
    return answered(document, _edit(name, [Change(layer_of(item), item.id, item, revised(item)) for item in items]))


def _put_in_order(document: Document, identifier: str, spans: Spans) -> list[Change]:
    """The events and clusters that name an annotation which goes to `spans`, their arguments and members by offset again.

    Roles keep the order that they have in each event, which is the schema's.
    """

    def place(target: str) -> tuple[int, tuple[int, str]]:
        item = document.annotation(target)
        start = spans[0][0] if target == identifier else item.spans[0][0] if item else -1
        return start, id_order(target)

    changes = []
    for user in document.users(identifier):
        after: Event | Cluster
        if isinstance(user, Event):
            roles = list(dict.fromkeys(argument.role for argument in user.arguments))
            after = replace(user, arguments=tuple(sorted(user.arguments, key=lambda held: (roles.index(held.role), place(held.target)))))
        elif isinstance(user, Cluster):
            after = replace(user, members=tuple(sorted(user.members, key=place)))
        else:
            continue
        changes.append(Change(layer_of(user), user.id, user, after))
    return [change for change in changes if change.before != change.after]


def _moved(item: Annotation, spans: Spans) -> Annotation:
    moved = replace(item, spans=spans, origin=HUMAN)
    if isinstance(moved, Entity) and moved.head is not None:
        start, end = moved.head
        if not any(first <= start and end <= last for first, last in spans):
            return replace(moved, head=None)
    return moved


def _without(user: Event | Cluster, doomed: set[str]) -> Event | Cluster:
    if isinstance(user, Event):
        return replace(user, arguments=tuple(argument for argument in user.arguments if argument.target not in doomed))
    return replace(user, members=tuple(member for member in user.members if member not in doomed))


def retire(document: Document, doomed: set[str]) -> list[Change]:
    """The changes that keep ids which are deleted at the top of their numbering from being given again."""
    changes = []
    for prefix in PREFIX.values():
        numbers = [number for i in doomed if i[:1] == prefix and (number := id_order(i)[0])]
        name = RETIRED + prefix
        if numbers and max(numbers) > int(document.fields.get(name, "0")) and document.is_highest(f"{prefix}{max(numbers)}"):
            changes.append(Change("fields", name, document.fields.get(name), str(max(numbers))))
    return changes


def _refuse_twin(document: Document, kind: type[Entity] | type[Event], spans: Spans, *, type_name: str) -> None:
    for identifier in document.index.overlapping(*spans[0]):
        item = document.annotation(identifier)
        if isinstance(item, kind) and item.spans == spans and item.type == type_name:
            raise AnnotatorError("already-tagged", id=identifier, type=type_name)


def _annotation(document: Document, identifier: str) -> Annotation:
    found = document.annotation(identifier)
    if found is None:
        raise AnnotatorError("no-such-annotation", id=identifier)
    return found


def _item(document: Document, identifier: str) -> Item:
    found = document.annotation(identifier) or document.relations.get(identifier) or document.clusters.get(identifier)
    if found is None:
        raise AnnotatorError("no-such-annotation", id=identifier)
    return found
