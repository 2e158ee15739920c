"""A sidecar's bytes as the changes that make its document.

Everything is checked: the checksum, the shape, every span and its text, every id and what refers to it. The first thing that does not
hold is the `problem`; what then is given still holds in itself, so that it may be shown, and must never be written back.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeVar

import msgspec

from annotator.core.document import FIELD_DEFAULTS, RETIRED
from annotator.core.edits import Change
from annotator.core.errors import AnnotatorError
from annotator.core.model import Argument, Cluster, Decision, Entity, Event, Extra, Item, Layer, Origin, Relation
from annotator.core.model import Source as SourceFile
from annotator.core.model import Status as StatusName
from annotator.core.text import Text

from .encoding import NESTED, VERSION
from .shapes import (
    ArgumentShape,
    ClusterShape,
    EntityShape,
    EventParts,
    EventShape,
    KnownEvent,
    KnownSidecar,
    RelationShape,
    SegmentationShape,
    Shape,
    SidecarParts,
    SidecarShape,
    SourceShape,
)
from .snapshot import SOURCE_WORDS

_SEAL: Final = re.compile(rb'"checksum": "([0-9a-f]{64})"\n\}\n')
_SEAL_LENGTH: Final = 81
# What msgspec says of a misfit ends in its place: "… - at `$.spans[0]`".
_PLACE: Final = re.compile(r"at `\$\.?([^`]*)`$")
_BROKEN = (msgspec.MsgspecError, ValueError, RecursionError)


class Nothing(msgspec.Struct, gc=False):
    """An object that is only counted."""


class Mark(msgspec.Struct, gc=False):
    type: str = ""
    flag: str = ""
    origin: str = ""


class Frame(msgspec.Struct, gc=False):
    arguments: tuple[Nothing, ...]
    type: str = ""
    flag: str = ""
    origin: str = ""


class Brief(msgspec.Struct):
    """What a list of articles shows of a sidecar."""

    status: StatusName
    annotator: str
    entities: tuple[Mark, ...]
    events: tuple[Frame, ...]


class Kind(msgspec.Struct):
    format: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a sidecar says. `origin` is None where it does not say whether the text came segmented."""

    changes: tuple[Change, ...] = ()
    origin: Origin | None = None
    extra: Extra = ()
    revision: int = 0
    problem: AnnotatorError | None = None


AnyShape = TypeVar("AnyShape", bound=Shape)
Known = TypeVar("Known", bound=Shape)
Part = TypeVar("Part", bound=msgspec.Struct)


def decode(raw: bytes, text: Text, *, source: SourceFile, path: str) -> Decoded:
    """Read a sidecar against the text that lies beside it. Raises nothing; `path` is for the problem."""
    known = _known(raw)
    if known is not None:
        return _Reader(text, source, path=path, problem=None).read(known, known.source, known.segmentation)
    kind = kind_problem(raw, path=path)
    if kind is not None and not (kind.code == "newer-version" and is_sealed(raw)):
        return Decoded(problem=kind)
    reader = _Reader(text, source, path=path, problem=kind)
    try:
        return reader.take_apart(raw)
    except _BROKEN as error:
        return Decoded(problem=reader.doubt(_place(error)))


def _known(raw: bytes) -> KnownSidecar | None:
    """A sound sidecar of this version without anything unknown in it; None for any other."""
    if not is_sealed(raw):
        return None
    try:
        known = _reader_of(KnownSidecar).decode(raw)
    except _BROKEN:
        return None
    return known if (known.format, known.version) == ("annotator", VERSION) else None


def summarise(raw: bytes, *, path: str) -> Brief:
    """Status and items of a sidecar, without its text. Raises as `read_part` does."""
    return read_part(raw, Brief, path=path)


def read_part(raw: bytes, shape: type[Part], *, path: str) -> Part:
    """What `shape` names of a sound sidecar, the rest passed over.

    Raises AnnotatorError as `kind_problem` gives, or ``sidecar-does-not-fit``.
    """
    problem = kind_problem(raw, path=path)
    if problem is not None:
        raise problem
    try:
        return msgspec.json.decode(raw, type=shape)
    except _BROKEN as error:
        raise AnnotatorError("sidecar-does-not-fit", path=path, at=_place(error)) from None


def kind_problem(raw: bytes, *, path: str) -> AnnotatorError | None:
    """Why the bytes are no sidecar of this version: ``newer-version``, ``sidecar-damaged``, or None."""
    try:
        kind = msgspec.json.decode(raw, type=Kind)
    except _BROKEN:
        return AnnotatorError("sidecar-damaged", path=path)
    if kind.format == "annotator" and kind.version > VERSION:
        return AnnotatorError("newer-version", path=path, version=kind.version)
    if kind.format != "annotator" or kind.version != VERSION or not is_sealed(raw):
        return AnnotatorError("sidecar-damaged", path=path)
    return None


def is_sealed(raw: bytes) -> bool:
    """Whether the checksum stands where it must and is that of all bytes before its line."""
    seal = _SEAL.fullmatch(raw, max(0, len(raw) - _SEAL_LENGTH))
    return seal is not None and hashlib.sha256(memoryview(raw)[: seal.start()]).hexdigest().encode() == seal[1]


def _place(error: BaseException) -> str:
    found = _PLACE.search(str(error))
    return found[1] if found else ""


@cache
def _reader_of(shape: type[AnyShape]) -> msgspec.json.Decoder[AnyShape]:
    return msgspec.json.Decoder(shape)


_KEYS = msgspec.json.Decoder(dict[str, msgspec.Raw])


def _take(raw: msgspec.Raw | bytes, shape: type[AnyShape]) -> tuple[AnyShape, Extra]:
    """An object and, as JSON text on one line, the keys that this version does not know."""
    try:
        return _reader_of(shape).decode(raw), ()
    except msgspec.ValidationError:
        held = _KEYS.decode(raw)
        unknown = {name: held.pop(name) for name in list(held) if name not in shape.__struct_fields__}
        if not unknown:
            raise
        extra = tuple((name, msgspec.json.format(bytes(value), indent=0).decode()) for name, value in unknown.items())
        return _reader_of(shape).decode(msgspec.json.encode(held)), extra


class _Reader:
    """One reading of a sidecar. `problem` is the first thing that did not hold."""

    def __init__(self, text: Text, source: SourceFile, *, path: str, problem: AnnotatorError | None) -> None:
        self._text = text
        self._source = source
        self._path = path
        self.problem = problem
        self._ids: set[str] = set()

    def doubt(self, at: str, *, code: str = "sidecar-does-not-fit") -> AnnotatorError:
        if self.problem is None:
            self.problem = AnnotatorError(code, path=self._path, at=at)
        return self.problem

    def take_apart(self, raw: bytes) -> Decoded:
        """Object by object: what one of them has that is unknown is put aside, what is wrong with it costs no other."""
        top, extra = _take(raw, SidecarShape)
        source, in_source = _take(top.source, SourceShape)
        segmentation, in_segmentation = _take(top.segmentation, SegmentationShape)
        nested = zip(NESTED, (in_source, in_segmentation), strict=True)
        inside = tuple((f"{outer}.{name}", value) for outer, inner in nested for name, value in inner)
        return self.read(top, source, segmentation, extra=extra, inside=inside)

    def read(
        self,
        top: SidecarShape | KnownSidecar,
        source: SourceShape,
        segmentation: SegmentationShape,
        *,
        extra: Extra = (),
        inside: Extra = (),
    ) -> Decoded:
        """What the objects say together. `extra` is what is unknown in `top`, `inside` in the other two."""
        same_text = self._check_source(source)
        for name, _ in extra:
            if name.startswith(tuple(f"{outer}." for outer in NESTED)):
                self.doubt(name)
        changes = [*self._fields(top), *(Change("labels", name, None, value) for name, value in top.labels.items())]
        if same_text:
            changes += self._decisions(segmentation.decisions)
        changes += self._items(top)
        return Decoded(
            tuple(changes),
            origin="segmented" if segmentation.origin == SOURCE_WORDS else "raw",
            extra=(*inside, *extra),
            revision=top.revision,
            problem=self.problem,
        )

    def _check_source(self, source: SourceShape) -> bool:
        if source.sha256 != self._source.sha256:
            self.doubt("source.sha256", code="source-changed")
            return False
        for name in ("encoding", "characters"):
            if getattr(source, name) != getattr(self._source, name):
                self.doubt(f"source.{name}")
        return True

    def _fields(self, top: SidecarParts) -> Iterator[Change]:
        known = {"schema": top.schema, "annotator": top.annotator, "status": top.status, "note": top.note}
        retired = {RETIRED + prefix: str(number) for prefix, number in top.retired.items()}
        for name in top.fields:
            if name in FIELD_DEFAULTS or name.startswith(RETIRED):
                self.doubt(f"fields.{name}")
        for name, value in (top.fields | known | retired).items():
            if value != FIELD_DEFAULTS.get(name, ""):
                yield Change("fields", name, None, value)

    def _decisions(self, decisions: Iterable[tuple[int, Decision]]) -> Iterator[Change]:
        last = 0
        for offset, decision in decisions:
            if last < offset < len(self._text):
                yield Change("decisions", offset, None, decision)
                last = offset
            else:
                self.doubt("segmentation.decisions")

    def _items(self, top: SidecarShape | KnownSidecar) -> Iterator[Change]:
        entities = [self._entity(shape, extra) for shape, extra in self._shapes("entities", top.entities, EntityShape)]
        events = [(shape, extra) for shape, extra in self._shapes("events", top.events, EventShape) if self._stands(shape)]
        mentions = frozenset(self._ids)
        yield from (_new("entities", entity) for entity in entities if entity is not None)
        for event, extra in events:
            yield _new("events", self._event(event, extra, mentions=mentions))
        for relation, extra in self._shapes("relations", top.relations, RelationShape):
            if self._is_new(relation.id) and self._refers(relation.id, (relation.source, relation.target), mentions=mentions):
                yield _new("relations", Relation(relation.id, relation.type, relation.source, relation.target, extra))
        for cluster, extra in self._shapes("clusters", top.clusters, ClusterShape):
            if self._is_new(cluster.id) and self._refers(cluster.id, cluster.members, mentions=mentions):
                yield _new("clusters", Cluster(cluster.id, cluster.layer, cluster.members, extra))

    def _shapes(
        self, layer: str, held: Iterable[msgspec.Raw | Known], shape: type[AnyShape]
    ) -> Iterator[tuple[AnyShape | Known, Extra]]:
        for rank, item in enumerate(held):
            if not isinstance(item, msgspec.Raw):
                yield item, ()
                continue
            try:
                yield _take(item, shape)
            except _BROKEN as error:
                self.doubt(f"{layer}[{rank}].{_place(error)}")

    def _entity(self, shape: EntityShape, extra: Extra) -> Entity | None:
        if not self._stands(shape):
            return None
        head = shape.head
        if head is not None and not any(start <= head[0] < head[1] <= end for start, end in shape.spans):
            self.doubt(f"{shape.id}.head")
            head = None
        attributes = tuple(shape.attributes.items())
        return Entity(shape.id, shape.type, shape.spans, attributes, shape.flag, shape.note, shape.origin, head, extra)

    def _event(self, shape: EventShape | KnownEvent, extra: Extra, *, mentions: frozenset[str]) -> Event:
        arguments = []
        for argument, unknown in self._shapes(f"{shape.id}.arguments", shape.arguments, ArgumentShape):
            if self._refers(shape.id, (argument.target,), mentions=mentions):
                arguments.append(Argument(argument.role, argument.target, unknown))
        attributes = tuple(shape.attributes.items())
        return Event(shape.id, shape.type, shape.spans, tuple(arguments), attributes, shape.flag, shape.note, shape.origin, extra)

    def _stands(self, shape: EntityShape | EventParts) -> bool:
        """Whether an annotation has an id of its own and lies in the text where it says."""
        last = 0
        for start, end in shape.spans:
            if not last <= start < end <= len(self._text):
                break
            last = end
        else:
            if shape.spans and self._text.surface(shape.spans) == shape.text:
                return self._is_new(shape.id)
        self.doubt(f"{shape.id}.spans")
        return False

    def _is_new(self, identifier: str) -> bool:
        if identifier in self._ids:
            self.doubt(f"{identifier}.id")
            return False
        self._ids.add(identifier)
        return True

    def _refers(self, identifier: str, targets: Iterable[str], *, mentions: frozenset[str]) -> bool:
        """Whether all that an item names is there."""
        for target in targets:
            if target not in mentions:
                self.doubt(f"{identifier} → {target}")
                return False
        return True


def _new(layer: Layer, item: Item) -> Change:
    return Change(layer, item.id, None, item)
