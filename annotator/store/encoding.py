"""A snapshot as the bytes of a sidecar: one item a line, the same document always the same bytes.

Beyond the keys of the format, only where there is something to say: ``head`` of an entity behind its ``text``; ``retired``, the
highest number of a deleted item by prefix, and ``fields``, fields of the document that have no key of their own, behind the unknown
keys. Relations and clusters, which have no offset, stand in the order of their ids.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar

import orjson

from annotator.core.document import FIELD_DEFAULTS, RETIRED
from annotator.core.model import Argument, Attributes, Cluster, Entity, Event, Extra, Item, Relation, file_order, id_order
from annotator.core.text import Span, Text

from .snapshot import Snapshot

VERSION: Final = 1
# Unknown keys inside these two objects are kept in a document's `extra` under ``source.name`` and ``segmentation.name``.
NESTED: Final = ("source", "segmentation")
HEAD: Final = b'{\n"format": "annotator", "version": %d, "revision": %d,\n'
TAIL: Final = b'"checksum": "%b"\n}\n'

_ITEMS_AT_A_TIME = 256
_WORDS_AT_A_TIME = 2048

Rank = tuple[int, int, int, str]
Entry = tuple[Item, Rank, bytes]
AnyItem = TypeVar("AnyItem", bound=Item)


def encode_once(snapshot: Snapshot, *, revision: int) -> bytes:
    """The bytes of a sidecar. Who encodes one document again and again keeps an `Encoder`."""
    return seal(Encoder().body(snapshot), revision=revision)


def seal(body: bytes, *, revision: int) -> bytes:
    """A whole sidecar: the body between the line of its revision and the line of its checksum."""
    above = HEAD % (VERSION, revision) + body
    return above + TAIL % hashlib.sha256(above).hexdigest().encode()


def body_of(raw: bytes) -> bytes:
    """What `seal` was given, of the bytes of a whole sidecar."""
    start = raw.find(b"\n", raw.find(b"\n") + 1) + 1
    return raw[start : raw.rfind(b'"checksum": ')]


class Encoder:
    """Encodes one document time after time. Lines of values that it met the last time are taken from there.

    Values are frozen, so that the object itself is the key: a look-up costs no hash of its fields. What one encoding did not meet is
    forgotten after it. `pause` is called between slices of the work.
    """

    def __init__(self, *, pause: Callable[[], None] = lambda: None) -> None:
        self._pause = pause
        self._text: Text | None = None
        self._items: dict[int, Entry] = {}
        self._lines: dict[int, tuple[Sequence[Span], bytes]] = {}

    def body(self, snapshot: Snapshot) -> bytes:
        """All lines between that of the revision and that of the checksum."""
        if snapshot.text is not self._text:
            self._text, self._items, self._lines = snapshot.text, {}, {}
        met: dict[int, Entry] = {}
        text = snapshot.text
        layers = (
            _layer(b"entities", self._ranked(snapshot.entities, met, line_of=lambda item: _entity(item, text), rank_of=file_order)),
            _layer(b"events", self._ranked(snapshot.events, met, line_of=lambda item: _event(item, text), rank_of=file_order)),
            _layer(b"relations", self._ranked(snapshot.relations, met, line_of=_relation, rank_of=_by_id)),
            _layer(b"clusters", self._ranked(snapshot.clusters, met, line_of=_cluster, rank_of=_by_id)),
        )
        self._items = met
        return b"".join([*_head(snapshot), *self._segmentation(snapshot), *layers, *_foot(snapshot)])

    def _ranked(
        self, items: Iterable[AnyItem], met: dict[int, Entry], *, line_of: Callable[[AnyItem], bytes], rank_of: Callable[[AnyItem], Rank]
    ) -> list[bytes]:
        """The lines of a layer in their order."""
        entries: list[Entry] = []
        for number, item in enumerate(items):
            if number % _ITEMS_AT_A_TIME == 0:
                self._pause()
            entry = self._items.get(id(item)) or (item, rank_of(item), line_of(item))
            met[id(item)] = entry
            entries.append(entry)
        entries.sort(key=lambda entry: entry[1])
        return [entry[2] for entry in entries]

    def _segmentation(self, snapshot: Snapshot) -> Iterator[bytes]:
        decisions = b", ".join(b"[%d, %b]" % (offset, _quote(decision)) for offset, decision in snapshot.decisions)
        yield b'"segmentation": {"origin": %b, "decisions": [%b], "words": [\n' % (_quote(snapshot.word_origin), decisions)
        met: dict[int, tuple[Sequence[Span], bytes]] = {}
        for number, words in enumerate(snapshot.words):
            if number % _ITEMS_AT_A_TIME == 0:
                self._pause()
            entry = self._lines.get(id(words)) or (words, self._words(words))
            met[id(words)] = entry
        self._lines = met
        yield b",\n".join([met[id(words)][1] for words in snapshot.words])
        yield b"\n]%b},\n" % _rest(_nested(snapshot.extra, "segmentation"))

    def _words(self, words: Sequence[Span]) -> bytes:
        parts: list[str] = []
        rest = iter(words)
        while some := list(islice(rest, _WORDS_AT_A_TIME)):
            parts.append(", ".join([f"[{start}, {end}]" for start, end in some]))
            self._pause()
        return f"[{', '.join(parts)}]".encode()


def _head(snapshot: Snapshot) -> Iterator[bytes]:
    source = snapshot.source
    yield b'"source": {"name": %b, "sha256": %b, "encoding": %b, "characters": %d%b},\n' % (
        _quote(source.name),
        _quote(source.sha256),
        _quote(source.encoding),
        source.characters,
        _rest(_nested(snapshot.extra, "source")),
    )
    yield b'"schema": %b, "annotator": %b, "status": %b,\n' % tuple(
        _quote(snapshot.fields.get(name, FIELD_DEFAULTS[name])) for name in ("schema", "annotator", "status")
    )


def _foot(snapshot: Snapshot) -> Iterator[bytes]:
    note = snapshot.fields.get("note", FIELD_DEFAULTS["note"])
    yield b'"labels": %b, "note": %b,\n' % (_table(sorted(snapshot.labels.items())), _quote(note))
    for name, value in snapshot.extra:
        if not name.startswith(tuple(f"{outer}." for outer in NESTED)):
            yield b"%b: %b,\n" % (_quote(name), value.encode())
    retired = {name.removeprefix(RETIRED): number for name, number in snapshot.fields.items() if name.startswith(RETIRED)}
    if retired:
        yield b'"retired": {%b},\n' % b", ".join(b"%b: %d" % (_quote(name), int(number)) for name, number in sorted(retired.items()))
    others = {name: held for name, held in snapshot.fields.items() if name not in FIELD_DEFAULTS and not name.startswith(RETIRED)}
    if others:
        yield b'"fields": %b,\n' % _table(sorted(others.items()))


def _layer(name: bytes, lines: list[bytes]) -> bytes:
    return b'"%b": [\n%b\n],\n' % (name, b",\n".join(lines)) if lines else b'"%b": [],\n' % name


def _entity(item: Entity, text: Text) -> bytes:
    head = b', "head": [%d, %d]' % item.head if item.head else b""
    return b"%b%b%b}" % (_mention(item, text), head, _said(item))


def _event(item: Event, text: Text) -> bytes:
    arguments = b", ".join([_argument(argument) for argument in item.arguments])
    return b'%b, "arguments": [%b]%b}' % (_mention(item, text), arguments, _said(item))


def _mention(item: Entity | Event, text: Text) -> bytes:
    return b'{"id": %b, "type": %b, "spans": [%b], "text": %b' % (
        _quote(item.id),
        _quote(item.type),
        b", ".join([b"[%d, %d]" % span for span in item.spans]),
        _quote(text.surface(item.spans)),
    )


def _said(item: Entity | Event) -> bytes:
    return b', "attributes": %b, "flag": %b, "note": %b, "origin": %b%b' % (
        _table(item.attributes),
        _quote(item.flag),
        _quote(item.note),
        _quote(item.origin),
        _rest(item.extra),
    )


def _argument(argument: Argument) -> bytes:
    return b'{"role": %b, "target": %b%b}' % (_quote(argument.role), _quote(argument.target), _rest(argument.extra))


def _relation(item: Relation) -> bytes:
    return b'{"id": %b, "type": %b, "source": %b, "target": %b%b}' % (
        _quote(item.id),
        _quote(item.type),
        _quote(item.source),
        _quote(item.target),
        _rest(item.extra),
    )


def _cluster(item: Cluster) -> bytes:
    members = b", ".join([_quote(member) for member in item.members])
    return b'{"id": %b, "layer": %b, "members": [%b]%b}' % (_quote(item.id), _quote(item.layer), members, _rest(item.extra))


def _by_id(item: Relation | Cluster) -> Rank:
    return 0, 0, *id_order(item.id)


def _quote(value: str) -> bytes:
    return orjson.dumps(value)


def _table(pairs: Attributes | list[tuple[str, str]]) -> bytes:
    return b"{%b}" % b", ".join([b"%b: %b" % (_quote(name), _quote(value)) for name, value in pairs])


def _rest(extra: Extra) -> bytes:
    return b"".join([b", %b: %b" % (_quote(name), value.encode()) for name, value in extra])


def _nested(extra: Extra, outer: str) -> Extra:
    return tuple((name.removeprefix(f"{outer}."), value) for name, value in extra if name.startswith(f"{outer}."))
