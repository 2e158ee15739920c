"""What a person can do between annotations: arguments of events, relations, coreference. Pure functions → Edit, as in `commands`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from .commands import fit, ordered, retire
from .document import Document
from .edits import Change, Edit
from .errors import AnnotatorError
from .model import HUMAN, Annotation, Argument, Cluster, ClusterLayer, Entity, Event, Item, Relation, id_order
from .schema import EventRole, Schema
from .suggestions import answered
from .text import Span, Spans


def add_argument(document: Document, event_id: str, role: str, *, target: str, schema: Schema, force: bool = False) -> Edit:
    """Let an annotation fill a role.

    Refused: ``argument-exists``, ``own-argument`` (an event that fills itself, also through others); unless forced
    ``role-not-of-event`` and ``filler-not-allowed`` (outside the role's fillers and rare fillers).
    """
    filler = _target(document, target)
    return _edit_event(document, event_id, [(role, filler)], schema=schema, force=force, new=())


def add_arguments(
    document: Document, event_id: str, role: str, *, targets: Iterable[str], schema: Schema, force: bool = False
) -> Edit:
    """Let several annotations fill a role in one step; those that hold it already are passed over.

    Refused as `add_argument` is, whole where one does not fit; ``argument-exists`` where all hold the role.
    """
    event = _event(document, event_id)
    held = {argument.target for argument in event.arguments if argument.role == role}
    added = [(role, _target(document, target)) for target in dict.fromkeys(targets) if target not in held]
    if not added:
        raise AnnotatorError("argument-exists", role=role, id=event_id)
    return _edit_event(document, event_id, added, schema=schema, force=force, new=())


def fill(
    document: Document, event_id: str, role: str, *, spans: Sequence[Span], schema: Schema, type_name: str = "", force: bool = False
) -> Edit:
    """Let what lies at `spans` fill a role: the entity there whose type the role takes, else a new one.

    A new entity gets `type_name` or the first type of the role's fillers. Refused as `add_argument` and `commands.tag` are.
    """
    return fill_all(document, event_id, role, items=[spans], schema=schema, type_name=type_name, force=force)


def fill_all(
    document: Document,
    event_id: str,
    role: str,
    *,
    items: Sequence[Sequence[Span]],
    schema: Schema,
    type_name: str = "",
    force: bool = False,
) -> Edit:
    """`fill` for each item of a list, in one step."""
    event = _event(document, event_id)
    allowed = _event_role(schema, event, role)
    changes: list[Change] = []
    fillers: list[tuple[str, Annotation]] = []
    for placed in dict.fromkeys(fit(document, spans) for spans in items):
        filler = _typed_at(document, placed, type_name) if type_name else filler_at(document, placed, role=allowed, schema=schema)
        if filler is None:
            wanted = type_name or (allowed.fillers[0] if allowed and allowed.fillers else "")
            if not wanted:
                raise AnnotatorError("role-not-of-event", role=role, type=event.type)
            identifier = document.new_id("entities", ahead=len(changes))
            filler = Entity(identifier, wanted, placed)
            changes.append(Change("entities", identifier, None, filler))
        fillers.append((role, filler))
    new = [change.after for change in changes if isinstance(change.after, Entity)]
    linked = _edit_event(document, event_id, fillers, schema=schema, force=force, new=new)
    return Edit(linked.name, (*changes, *linked.changes))


def filler_at(document: Document, spans: Sequence[Span], *, role: EventRole | None, schema: Schema) -> Annotation | None:
    """The annotation that covers just `spans` and suits `role` best: an allowed type first, then any entity."""
    same = _same_place(document, fit(document, spans))
    if role is not None:
        for types in (role.fillers, role.rare):
            for item in same:
                if item.type in types and (isinstance(item, Entity) or schema.event_targets):
                    return item
    return next((item for item in same if isinstance(item, Entity)), None)


def remove_argument(document: Document, event_id: str, argument: Argument) -> Edit:
    """Take a filler out of a role; the filler itself stays."""
    event = _event(document, event_id)
    if argument not in event.arguments:
        raise AnnotatorError("no-such-argument", id=event_id, role=argument.role, target=argument.target)
    left = tuple(held for held in event.arguments if held != argument)
    return answered(document, Edit("remove-argument", (Change("events", event_id, event, replace(event, arguments=left, origin=HUMAN)),)))


def change_role(document: Document, event_id: str, argument: Argument, *, role: str, schema: Schema, force: bool = False) -> Edit:
    """Move a filler to another role of the same event. Refused as `add_argument` is."""
    event = _event(document, event_id)
    filler = _target(document, argument.target)
    kept = tuple(held for held in event.arguments if held != argument)
    _refuse_misfit(event, role, filler, schema=schema, force=force)
    if any((held.role, held.target) == (role, filler.id) for held in kept):
        raise AnnotatorError("argument-exists", role=role, id=event_id)
    arguments = ordered(document, schema, [*kept, replace(argument, role=role)])
    return answered(document, Edit("change-role", (Change("events", event_id, event, replace(event, arguments=arguments, origin=HUMAN)),)))


def give_role(document: Document, event_id: str, role: str, *, targets: Iterable[str], schema: Schema, force: bool = False) -> Edit:
    """Give annotations that hold roles of an event this role in place of all that they hold there, in one step.

    Those that hold none, or only this one, are passed over. Refused: ``no-role-held`` where none is left; unless forced as
    `add_argument` is.
    """
    event = _event(document, event_id)
    wanted, moved = set(targets), dict[str, Argument]()
    for argument in event.arguments:
        if argument.target in wanted and argument.role != role:
            moved.setdefault(argument.target, argument)
    if not moved:
        raise AnnotatorError("no-role-held", role=role, id=event_id)
    for identifier in moved:
        _refuse_misfit(event, role, _target(document, identifier), schema=schema, force=force)
    kept = [argument for argument in event.arguments if argument.target not in moved]
    arguments = ordered(document, schema, [*kept, *(replace(argument, role=role) for argument in moved.values())])
    return answered(document, Edit("change-role", (Change("events", event_id, event, replace(event, arguments=arguments, origin=HUMAN)),)))


def inherit(document: Document, event_id: str, *, roles: Sequence[str], schema: Schema) -> Edit:
    """Let an event take the fillers of `roles` from the nearest event in front of it on its line, where it has none itself.

    Refused: ``no-event-before`` where no such event on the line has any of them to give.
    """
    event = _event(document, event_id)
    known = schema.event(event.type)
    free = {role for role in roles if known and known.role(role) and all(held.role != role for held in event.arguments)}
    for giver in _events_before(document, event):
        given = [held for held in giver.arguments if held.role in free]
        if given:
            fillers = [(held.role, _target(document, held.target)) for held in given]
            return Edit("inherit", _edit_event(document, event_id, fillers, schema=schema, force=False, new=()).changes)
    raise AnnotatorError("no-event-before", type=event.type)


def _events_before(document: Document, event: Event) -> list[Event]:
    """The events whose trigger stands on the same line in front of `event`'s, nearest first."""
    at = event.spans[0][0]
    start, _ = document.text.line_span(document.text.line_at(at))
    held = [document.events.get(identifier) for identifier in document.index.overlapping(start, at)]
    before = [item for item in held if item is not None and item.id != event.id and item.spans[0] < event.spans[0]]
    return sorted(before, key=lambda item: item.spans, reverse=True)


def relate(document: Document, source: str, target: str, *, type_name: str, schema: Schema, force: bool = False) -> Edit:
    """Link two entities. Refused: ``relation-exists``; unless forced ``relation-not-allowed``."""
    first, second = _target(document, source), _target(document, target)
    held = [user for user in document.users(source) if isinstance(user, Relation)]
    if any((user.source, user.target, user.type) == (source, target, type_name) for user in held):
        raise AnnotatorError("relation-exists", type=type_name)
    known = schema.relation(type_name)
    if not force and (known is None or not _allows(known.sources, first.type) or not _allows(known.targets, second.type)):
        raise AnnotatorError("relation-not-allowed", type=type_name, source=first.type, target=second.type)
    identifier = document.new_id("relations")
    return answered(document, Edit("relate", (Change("relations", identifier, None, Relation(identifier, type_name, source, target)),)))


def unite(document: Document, first: str, second: str) -> Edit:
    """Say that two annotations of one layer mean the same thing; clusters that they belong to become one.

    Refused: ``cluster-with-itself``, ``cluster-across-layers``, ``cluster-exists``.
    """
    if first == second:
        raise AnnotatorError("cluster-with-itself", id=_target(document, first).id)
    return unite_all(document, [first, second])


def unite_all(document: Document, ids: Sequence[str]) -> Edit:
    """`unite` for two annotations or more, in one step."""
    items = [_target(document, identifier) for identifier in ids]
    other = next((item for item in items if type(item) is not type(items[0])), None)
    if other is not None:
        raise AnnotatorError("cluster-across-layers", id=items[0].id, target=other.id)
    layer: ClusterLayer = "events" if isinstance(items[0], Event) else "entities"
    held = {user.id: user for item in items for user in document.users(item.id) if isinstance(user, Cluster)}
    members = dict.fromkeys([*ids, *(member for cluster in held.values() for member in cluster.members)])
    kept, *others = sorted(held.values(), key=lambda cluster: id_order(cluster.id)) or [Cluster(document.new_id("clusters"), layer, ())]
    inside = tuple(sorted(members, key=lambda item: (_target(document, item).spans, item)))
    if not others and set(kept.members) == set(inside):
        raise AnnotatorError("cluster-exists", id=kept.id)
    gone = [Change("clusters", cluster.id, cluster, None) for cluster in others]
    united = Change("clusters", kept.id, document.clusters.get(kept.id), replace(kept, members=inside))
    return answered(document, Edit("unite", (*gone, united, *retire(document, {cluster.id for cluster in others}))))


def leave_cluster(document: Document, identifier: str) -> Edit:
    """Take an annotation out of its cluster; a cluster left with one member goes."""
    changes = []
    for user in document.users(identifier):
        if isinstance(user, Cluster):
            members = tuple(member for member in user.members if member != identifier)
            changes.append(Change("clusters", user.id, user, replace(user, members=members) if len(members) > 1 else None))
    gone = {str(change.id) for change in changes if change.after is None}
    return Edit("leave-cluster", (*changes, *retire(document, gone)))


def _edit_event(
    document: Document,
    event_id: str,
    added: Sequence[tuple[str, Annotation]],
    *,
    schema: Schema,
    force: bool,
    new: Sequence[Entity],
) -> Edit:
    event = _event(document, event_id)
    arguments = list(event.arguments)
    held = {(argument.role, argument.target) for argument in arguments}
    for role, filler in added:
        if (role, filler.id) in held:
            raise AnnotatorError("argument-exists", role=role, id=event_id)
        if isinstance(filler, Event) and reaches(filler.id, event_id, lookup=document.annotation):
            raise AnnotatorError("own-argument", id=event_id)
        _refuse_misfit(event, role, filler, schema=schema, force=force)
        held.add((role, filler.id))
        arguments.append(Argument(role, filler.id))
    after = replace(event, arguments=ordered(document, schema, arguments, new=new), origin=HUMAN)
    return answered(document, Edit("add-argument", (Change("events", event_id, event, after),)))


def _refuse_misfit(event: Event, role: str, filler: Annotation, *, schema: Schema, force: bool) -> None:
    allowed = _event_role(schema, event, role)
    if force:
        return
    if allowed is None:
        raise AnnotatorError("role-not-of-event", role=role, type=event.type)
    fits = filler.type in allowed.fillers or filler.type in allowed.rare
    if not fits or (isinstance(filler, Event) and not schema.event_targets):
        raise AnnotatorError("filler-not-allowed", role=role, type=filler.type, allowed=", ".join(allowed.fillers))


def reaches(start: str, goal: str, *, lookup: Callable[[str], Item | None]) -> bool:
    """Whether `goal` is `start` or fills it, directly or through other events, as `lookup` gives them."""
    seen, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        if at == goal:
            return True
        item = lookup(at)
        for argument in item.arguments if isinstance(item, Event) else ():
            if argument.target not in seen:
                seen.add(argument.target)
                waiting.append(argument.target)
    return False


def _same_place(document: Document, spans: Spans) -> list[Annotation]:
    """The annotations of just these fragments, by id."""
    here = [document.annotation(identifier) for identifier in sorted(document.index.overlapping(*spans[0]), key=id_order)]
    return [item for item in here if item is not None and item.spans == spans]


def _typed_at(document: Document, spans: Spans, type_name: str) -> Entity | None:
    """The entity of that type and just these fragments."""
    return next((item for item in _same_place(document, spans) if isinstance(item, Entity) and item.type == type_name), None)


def _event_role(schema: Schema, event: Event, role: str) -> EventRole | None:
    known = schema.event(event.type)
    return known.role(role) if known else None


def _event(document: Document, identifier: str) -> Event:
    found = document.events.get(identifier)
    if found is None:
        raise AnnotatorError("no-such-event", id=identifier)
    return found


def _target(document: Document, identifier: str) -> Annotation:
    found = document.annotation(identifier)
    if found is None:
        raise AnnotatorError("no-such-annotation", id=identifier)
    return found


def _allows(types: tuple[str, ...], name: str) -> bool:
    return not types or name in types
