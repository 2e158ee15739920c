"""A line of JSON Lines on its way in: each value is looked at before it is taken, what does not hold is listed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import count
from typing import cast

import orjson

from annotator.core.document import RETIRED
from annotator.core.model import HUMAN, STATUSES, Argument, Cluster, ClusterLayer, Entity, Event, Extra, Flag, Relation
from annotator.core.text import Span, Spans

from .building import Draft, place
from .json_lines import score
from .offsets import Claim, best_reading

Row = Mapping[str, object]

_LAYERS = {"T": "entities", "E": "events", "R": "relations", "C": "clusters"}
# Codecs of texts that can be spelled in a line; the rest of Python's codecs are no text or not worth their risk.
_CODEC = re.compile(r"(?:utf|cp|iso|latin|windows)[-_0-9a-z]*", re.IGNORECASE)


def take_row(draft: Draft, row: Row, *, line: int) -> None:
    """Fill a draft that has its text with all that a line says about it."""
    _take_bytes(draft, row, line=line)
    _take_fields(draft, row, line=line)
    _Items(draft, row, line=line).take()


class _Items:
    """The items of a line by layer, their ids as we give them, and the reading of their offsets."""

    def __init__(self, draft: Draft, row: Row, *, line: int) -> None:
        self._draft, self._line = draft, line
        self._rows: dict[str, list[Row]] = {prefix: list(_rows(draft, row, layer, line=line)) for prefix, layer in _LAYERS.items()}
        self._ids = {prefix: _ids(prefix, rows) for prefix, rows in self._rows.items()}
        self._references = self._own_ids()
        self._entity_claims = [_claim(item) for item in self._rows["T"]]
        self._event_claims = [_claim(_trigger(item)) for item in self._rows["E"]]
        self._reading = best_reading(draft.content, [claim for claim in (*self._entity_claims, *self._event_claims) if claim])

    def take(self) -> None:
        for item, identifier, claim in zip(self._rows["T"], self._ids["T"], self._entity_claims, strict=True):
            spans = self._place(claim, identifier)
            if spans:
                self._draft.add(self._entity(item, identifier, spans), line=self._line)
        for item, identifier, claim in zip(self._rows["E"], self._ids["E"], self._event_claims, strict=True):
            spans = self._place(claim, identifier)
            if spans:
                self._draft.add(self._event(item, identifier, spans), line=self._line)
        for item, identifier in zip(self._rows["R"], self._ids["R"], strict=True):
            relation = Relation(
                identifier, _text(item, "type"), self._meant(item.get("source")), self._meant(item.get("target")), _extra(item)
            )
            self._draft.add(relation, line=self._line)
        for item, identifier in zip(self._rows["C"], self._ids["C"], strict=True):
            held = item.get("members")
            members = tuple(self._meant(member) for member in held) if isinstance(held, list) else ()
            layer: ClusterLayer = "events" if item.get("layer") == "events" else "entities"
            self._draft.add(Cluster(identifier, layer, members, _extra(item)), line=self._line)

    def _entity(self, row: Row, identifier: str, spans: Spans) -> Entity:
        head = _span(row.get("head"))
        (placed,) = (head and self._reading.place((head,))) or (None,)
        inside = placed and any(start <= placed[0] < placed[1] <= end for start, end in spans)
        return Entity(identifier, _text(row, "type") or _text(row, "label"), spans, _attributes(row), _flag(row), _text(row, "note"),
                      _text(row, "origin") or HUMAN, placed if inside else None, _extra(row))  # fmt: skip

    def _event(self, row: Row, identifier: str, spans: Spans) -> Event:
        arguments = tuple(
            Argument(_text(item, "role"), self._meant(item.get("target")), _extra(item))
            for item in _rows(self._draft, row, "arguments", line=self._line)
        )
        return Event(identifier, _text(row, "type"), spans, arguments, _attributes(row), _flag(row), _text(row, "note"),
                     _text(row, "origin") or HUMAN, _extra(row))  # fmt: skip

    def _place(self, claim: Claim | None, identifier: str) -> Spans | None:
        """Where an item lies in the text; where it does not, why stands among the problems."""
        if claim is None:
            self._draft.miss(identifier, "no-offsets", line=self._line)
            return None
        spans = self._reading.verify(claim)
        held = place(self._draft.content, spans) if spans else None
        if held is None:
            is_inside = self._reading.place(claim.spans) is not None
            what = "blank-span" if spans else "surface-differs" if is_inside else "offset-outside"
            where = claim.spans[0][0], claim.spans[-1][1]
            self._draft.miss(identifier, what, line=self._line, span=where, detail=claim.surface or "")
        return held

    def _own_ids(self) -> dict[str, str]:
        """The ids of entities and events as the file has them → ours."""
        held: dict[str, str] = {}
        for prefix in ("T", "E"):
            for row, identifier in zip(self._rows[prefix], self._ids[prefix], strict=True):
                held.setdefault(_key(row.get("id")), identifier)
        return held

    def _meant(self, reference: object) -> str:
        key = _key(reference)
        return self._references.get(key, key) if key else ""


def _take_bytes(draft: Draft, row: Row, *, line: int) -> None:
    """The bytes of the source file, rebuilt from text and codec."""
    encoding = _text(row, "encoding") or "utf-8"
    try:
        if not _CODEC.fullmatch(encoding):
            raise LookupError(encoding)
        draft.raw, draft.encoding = draft.content.encode(encoding), encoding
    except (LookupError, UnicodeEncodeError):
        draft.miss("", "encoding-not-usable", line=line, detail=encoding[:40])
        draft.raw, draft.encoding = draft.content.encode("utf-8", "replace"), "utf-8"
    wanted = _text(row, "sha256")
    if wanted and wanted != sha256(draft.raw).hexdigest():
        draft.miss("", "hash-differs", line=line)


def _take_fields(draft: Draft, row: Row, *, line: int) -> None:
    draft.extra = _extra(row)
    draft.labels = dict(_texts(row, "labels"))
    if isinstance(row.get("fields"), dict):
        draft.fields = {}
        for name, value in _texts(row, "fields"):
            if _is_field(name, value):
                draft.fields[name] = value
            else:
                draft.miss("", "bad-field", line=line, detail=f"{name} {value}"[:80])
    held = row.get("decisions", [])
    for decision in held if isinstance(held, list) else [held]:
        match decision:
            case [int(offset), "join" | "split" as wanted] if 0 <= offset < len(draft.content):
                draft.decisions[offset] = wanted
            case _:
                draft.miss("", "bad-decision", line=line, detail=str(decision)[:80])


def _is_field(name: str, value: str) -> bool:
    match name:
        case "status":
            return value in STATUSES
        case "origin":
            return value in ("raw", "segmented")
        case _ if name.startswith(RETIRED):
            return value.isascii() and value.isdigit() and len(value) < 19
        case _:
            return True


def _rows(draft: Draft, row: Row, key: str, *, line: int) -> Iterator[Row]:
    held = row.get(key, [])
    for item in held if isinstance(held, list) else [held]:
        if isinstance(item, dict):
            yield item
        elif item is not None:
            draft.miss("", "malformed-item", line=line, detail=f"{key}: {item}"[:80])


def _ids(prefix: str, rows: list[Row]) -> list[str]:
    """An id for each item: its own where that is one of ours, else the next number. A doubled one is listed when it is added."""
    own = [_key(row.get("id")) for row in rows]
    proper = [key[:1] == prefix and key[1:].isascii() and key[1:].isdigit() and len(key) < 19 for key in own]
    highest = max((int(key[1:]) for key, is_ours in zip(own, proper, strict=True) if is_ours), default=0)
    free = count(highest + 1)
    return [key if is_ours else f"{prefix}{next(free)}" for key, is_ours in zip(own, proper, strict=True)]


def _key(value: object) -> str:
    """An id of a file as text."""
    return str(value) if isinstance(value, (str, int)) else ""


def _trigger(row: Row) -> Row:
    held = row.get("trigger")
    return held if isinstance(held, dict) else row


def _claim(row: Row) -> Claim | None:
    """Where an item says that it lies: ``spans``, or ``start`` and ``end``."""
    held = row.get("spans")
    pairs = held if isinstance(held, list) and held else [[row.get("start"), row.get("end")]]
    spans = [span for span in map(_span, pairs) if span]
    surface = row.get("text")
    return Claim(tuple(spans), surface if isinstance(surface, str) else None) if len(spans) == len(pairs) else None


def _span(value: object) -> Span | None:
    match value:
        case [int(start), int(end)]:
            return start, end
        case _:
            return None


def _attributes(row: Row) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(_texts(row, "attributes")))


def _flag(row: Row) -> Flag:
    return "question" if row.get("flag") == "question" else ""


def _extra(row: Row) -> Extra:
    held = row.get("extra")
    kept = tuple((name, orjson.dumps(value).decode()) for name, value in held.items()) if isinstance(held, dict) else ()
    return kept if any(name == "score" for name, _ in kept) else (*kept, *score(row.get("score")))


def _texts(row: Row, key: str) -> Iterator[tuple[str, str]]:
    held = row.get(key)
    for name, value in held.items() if isinstance(held, dict) else ():
        if isinstance(value, str):
            yield cast(str, name), value


def _text(row: Row, key: str) -> str:
    held = row.get(key)
    return held if isinstance(held, str) else ""
