"""What no document should hold: references into nothing, spans outside the text, events that fill themselves. All are errors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from annotator.core.checks.problems import Problem, Reading, accuse, misplaced
from annotator.core.edits import Change, Edit
from annotator.core.model import Cluster, Entity, Event, Relation, extent, id_order


def find_misplaced_spans(reading: Reading) -> Iterator[Problem]:
    length = len(reading.content)
    for item in reading.document.annotations():
        wrong = misplaced(item, length)
        if wrong is None:
            continue
        start, end = wrong
        code = "span-empty" if start >= end else "span-outside-text" if start < 0 or end > length else "fragments-out-of-order"
        yield accuse(reading, code, item, start=start, end=end, characters=length)


def find_heads_outside(reading: Reading) -> Iterator[Problem]:
    for item in reading.entities:
        if item.head is not None:
            first, last = item.head
            if not any(start <= first < last <= end for start, end in item.spans):
                yield accuse(reading, "head-outside", item, start=first, end=last)


def find_lost_fillers(reading: Reading) -> Iterator[Problem]:
    """Arguments whose target is missing, or is no entity and no event."""
    for event in _events(reading):
        for argument in event.arguments:
            if reading.document.annotation(argument.target) is None:
                left = tuple(held for held in event.arguments if held != argument)
                repair = Edit("remove-argument", (Change("events", event.id, event, replace(event, arguments=left)),))
                code = _lost(reading, argument.target, "argument")
                yield accuse(reading, code, event, role=argument.role, target=argument.target, repair=repair)


def find_lost_relation_ends(reading: Reading) -> Iterator[Problem]:
    document = reading.document
    for relation in document.relations.values():
        for target in dict.fromkeys((relation.source, relation.target)):
            if document.annotation(target) is None:
                code = _lost(reading, target, "relation")
                repair = Edit("delete", (Change("relations", relation.id, relation, None),))
                start, end = place(reading, relation)
                fields = {"id": relation.id, "type": relation.type, "target": target}
                yield Problem(code, "error", (relation.id,), start, end, fields, repair)


def find_lost_members(reading: Reading) -> Iterator[Problem]:
    """Members of clusters that are missing or belong to another layer than the cluster's."""
    document = reading.document
    for cluster in document.clusters.values():
        wanted = document.entities if cluster.layer == "entities" else document.events
        for member in dict.fromkeys(cluster.members):
            if member not in wanted:
                strayed = document.annotation(member) is not None
                code = "member-wrong-layer" if strayed else _lost(reading, member, "member")
                left = tuple(held for held in cluster.members if held != member)
                repair = Edit("leave-cluster", (Change("clusters", cluster.id, cluster, replace(cluster, members=left)),))
                start, end = place(reading, cluster)
                fields = {"id": cluster.id, "layer": cluster.layer, "target": member}
                yield Problem(code, "error", (cluster.id,), start, end, fields, repair if len(left) > 1 else None)


def find_cycles(reading: Reading) -> Iterator[Problem]:
    """Events that fill themselves, directly or through others; one problem for each knot of events."""
    events = reading.document.events
    links = {event.id: [held.target for held in event.arguments if held.target in events] for event in events.values()}
    for knot in _knots({source: targets for source, targets in links.items() if targets}):
        first, *others = sorted(knot, key=id_order)
        if others or first in links[first]:
            yield accuse(reading, "event-fills-itself", events[first], others=tuple(others), events=", ".join([first, *others]))


def place(reading: Reading, item: Relation | Cluster) -> tuple[int, int]:
    """Where a link is shown: at the first annotation that it names, else at the text's start."""
    named = (item.source, item.target) if isinstance(item, Relation) else item.members
    found = next((held for target in named if (held := reading.document.annotation(target)) is not None), None)
    return extent(found) if found else (0, 0)


def _events(reading: Reading) -> Iterator[Event]:
    return (item for item in reading.document.annotations() if not isinstance(item, Entity))


def _lost(reading: Reading, target: str, link: str) -> str:
    """The code for a link to what is no annotation."""
    held = target in reading.document.relations or target in reading.document.clusters
    return f"{link}-wrong-layer" if held else f"dangling-{link}"


def _knots(links: dict[str, list[str]]) -> Iterator[list[str]]:
    """The strongly connected components (Tarjan 1972), without recursion: a chain of events may be long."""
    rank: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    for root in links:
        waiting = [] if root in rank else [(root, iter(links[root]))]
        while waiting:
            at, ahead = waiting[-1]
            if at not in rank:
                rank[at] = low[at] = len(rank)
                path.append(at)
                on_path.add(at)
            for target in ahead:
                if target in links and target not in rank:
                    waiting.append((target, iter(links[target])))
                    break
                if target in on_path:
                    low[at] = min(low[at], rank[target])
            else:
                waiting.pop()
                if waiting:
                    low[waiting[-1][0]] = min(low[waiting[-1][0]], low[at])
                if low[at] == rank[at]:
                    cut = path.index(at) if path[-1] != at else len(path) - 1
                    yield path[cut:]
                    on_path.difference_update(path[cut:])
                    del path[cut:]
