"""What a foreign file says of one article, gathered before it becomes a document: mentions and links under the file's own keys.

Whether a label is an entity's or an event's, and a link a role or a relation, is decided by the schema where the file does not say.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any

from annotator.core.model import Argument, Cluster, ClusterLayer, Entity, Event, Extra, Relation
from annotator.core.text import Spans

from .building import Draft, build, place
from .json_lines import Row
from .offsets import Claim, Reading, best_reading, has_astral
from .table import Imported, ImportOptions
from .telling import Kind, event_name, is_role, kind_of

Key = Hashable


@dataclass(slots=True)
class _Mention:
    key: Key
    type: str
    claim: Claim
    kind: Kind
    line: int
    attributes: tuple[tuple[str, str], ...]
    extra: Extra = ()
    arguments: list[tuple[str, Key, Extra]] = field(default_factory=list)
    id: str = ""


class Gathering:
    """Mentions with the places that a file gives them, in its own counting, and links between them."""

    def __init__(self, name: str, content: str, options: ImportOptions, *, encoding: str = "utf-8") -> None:
        self.draft = Draft(name, content.encode(encoding, "replace"), content, encoding)
        self._options = options
        self._mentions: dict[Key, _Mention] = {}
        self._relations: list[tuple[Key, Key, str, int]] = []
        self._counts_u16 = False
        self._clusters: list[tuple[ClusterLayer, list[Key]]] = []

    def mention(
        self, key: Key, type_name: str, spans: Spans, *, surface: str | None = None, kind: Kind | None = None, line: int = 0,
        attributes: tuple[tuple[str, str], ...] = (), extra: Extra = (),
    ) -> None:  # fmt: skip
        """An entity or a trigger. A key that was there before is listed."""
        if key in self._mentions:
            self.draft.miss(str(key), "duplicate-id", line=line)
            return
        known = kind or kind_of(self._options.schema, type_name)
        name = (event_name(self._options.schema, type_name) or type_name) if known == "event" else type_name
        self._mentions[key] = _Mention(key, name, Claim(spans, surface), known, line, attributes, extra)

    def rows(self, row: Row, key: str, *, line: int = 0) -> Iterator[Row]:
        """The objects in a list of a record; anything else there is listed."""
        for item in self.items(row, key, line=line):
            if isinstance(item, dict):
                yield item
            else:
                self.malformed(key, item, line=line)

    def items(self, row: Row, key: str, *, line: int = 0) -> list[Any]:
        """The list that a record has under `key`, empty where it has none; anything but a list is listed."""
        held = row.get(key)
        if held is None or isinstance(held, list):
            return held or []
        self.malformed(key, held, line=line)
        return []

    def malformed(self, key: str, item: object, *, line: int = 0) -> None:
        self.draft.miss("", "malformed-item", line=line, detail=f"{key}: {item}"[:80])

    def has(self, key: Key) -> bool:
        return key in self._mentions

    def argument(self, event: Key, role: str, filler: Key, *, line: int = 0, extra: Extra = ()) -> None:
        """A role of an event that was told of."""
        held = self._mentions.get(event)
        if held is None or held.kind != "event":
            self.draft.miss(str(event), "argument-without-event", line=line, detail=f"{role} {filler}")
        else:
            held.arguments.append((role, filler, extra))

    def link(self, source: Key, target: Key, label: str, *, line: int = 0) -> None:
        """A link whose kind the file does not tell: from an event it is a role."""
        held = self._mentions.get(source)
        if held is not None and is_role(self._options.schema, held.kind, label):
            held.arguments.append((label, target, ()))
        else:
            self.relation(source, target, label, line=line)

    def relation(self, source: Key, target: Key, label: str, *, line: int = 0) -> None:
        self._relations.append((source, target, label, line))

    def cluster(self, layer: ClusterLayer, members: list[Key]) -> None:
        self._clusters.append((layer, members))

    def note(self, text: str) -> None:
        """What is said about the article as a whole."""
        if text:
            segmented = {"origin": "segmented"} if self._options.looks_segmented(self.draft.content) else {}
            self.draft.fields = {"note": text, **segmented}

    def close(self) -> Imported:
        """The article with its document; what could not be placed is among the problems."""
        held = list(self._mentions.values())
        self._number(held)
        reading = self._reading([mention.claim for mention in held])
        ids = {mention.key: mention.id for mention in held}
        for mention in held:
            spans = reading.verify(mention.claim)
            placed = place(self.draft.content, spans) if spans else None
            if placed is None:
                inside = reading.place(mention.claim.spans) is not None
                what = "blank-span" if spans else "surface-differs" if inside else "offset-outside"
                where = mention.claim.spans
                self.draft.miss(
                    mention.id,
                    what,
                    line=mention.line,
                    span=(where[0][0], where[-1][1]) if where else (0, 0),
                    detail=mention.claim.surface or "",
                )
            elif mention.kind == "event":
                arguments = tuple(Argument(role, ids.get(filler, str(filler)), extra) for role, filler, extra in mention.arguments)
                event = Event(mention.id, mention.type, placed, arguments, mention.attributes, extra=mention.extra)
                self.draft.add(event, line=mention.line)
            else:
                self.draft.add(Entity(mention.id, mention.type, placed, mention.attributes, extra=mention.extra), line=mention.line)
        for number, (source, target, label, line) in enumerate(self._relations, 1):
            self.draft.add(Relation(f"R{number}", label, ids.get(source, str(source)), ids.get(target, str(target))), line=line)
        for number, (layer, members) in enumerate(self._clusters, 1):
            self.draft.add(Cluster(f"C{number}", layer, tuple(ids.get(member, str(member)) for member in members)), line=0)
        return build(self.draft, self._options)

    def settle_counting(self, *, line: int = 0) -> None:
        """Of a file with offsets of characters: where no surface can tell how it counts, UTF-16 is taken if that was asked for, else code
        points, which is listed where it makes a difference and nobody said.
        """
        self._counts_u16 = self._options.offsets == "utf-16"
        claims = [mention.claim for mention in self._mentions.values()]
        if claims and self._options.offsets == "auto" and has_astral(self.draft.content) and all(claim.surface is None for claim in claims):
            self.draft.miss("", "read-as-code-points", line=line)

    def _reading(self, claims: list[Claim]) -> Reading:
        """As surfaces show; where there are none, as was asked for."""
        if all(claim.surface is None for claim in claims):
            return Reading(self.draft.content, u16=self._counts_u16)
        return best_reading(self.draft.content, claims)

    def _number(self, held: list[_Mention]) -> None:
        """Ids of ours: the file's own key where it has that form, else the next number of the layer."""
        for prefix, kind in (("T", "entity"), ("E", "event")):
            mentions = [mention for mention in held if mention.kind == kind]
            for mention in mentions:
                mention.id = own_id(mention.key, prefix)
            numbers = {int(mention.id[1:]) for mention in mentions if mention.id}
            following = max(numbers, default=0)
            for mention in mentions:
                if not mention.id:
                    following += 1
                    mention.id = f"{prefix}{following}"


def own_id(key: Key, prefix: str) -> str:
    """`key` where it is one of our ids, its last part where that is (``vi-0-T1``), else empty."""
    last = key.rsplit("-", 1)[-1] if isinstance(key, str) else ""
    return last if last[:1] == prefix and last[1:].isascii() and last[1:].isdigit() and len(last) < 19 else ""
