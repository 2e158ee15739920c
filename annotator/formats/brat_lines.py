"""The lines of an ``.ann`` file as values, before anything is looked up in the text. Source: https://brat.nlplab.org/standoff.html"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .offsets import Claim

# Surfaces may hold any character but the line's end; the blanks between the fields are what tools were seen to write.
_BOUND = re.compile(r"(T[0-9]{1,18})\t(\S+) ([0-9]{1,18} [0-9]{1,18}(?:;[0-9]{1,18} [0-9]{1,18})*)(?:\t(.*))?", re.DOTALL)
_ID = re.compile(r"[TERAMN#][0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Bound:
    """A text-bound annotation: a mention or a trigger."""

    type: str
    claim: Claim
    line: int


@dataclass(frozen=True, slots=True)
class EventLine:
    type: str
    trigger: str
    arguments: tuple[tuple[str, str], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Link:
    """A relation or, of type Equiv and without id, a cluster."""

    id: str
    type: str
    targets: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Remark:
    """An attribute, a normalization or a comment: what is said about `target`; `text` is the rest of the line."""

    id: str
    type: str
    target: str
    text: str
    line: int


@dataclass
class Standoff:
    """A whole ``.ann`` file. `bad` holds id, code, line and text of the lines that could not be read."""

    bounds: dict[str, Bound] = field(default_factory=dict)
    events: dict[str, EventLine] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    bad: list[tuple[str, str, int, str]] = field(default_factory=list)


def read_standoff(raw: bytes) -> Standoff:
    """The lines of an ``.ann`` file; a BOM and CR at line ends belong to none."""
    found = Standoff()
    for number, text in _decoded_lines(raw, found):
        if not text.strip():
            continue
        parse = _PARSERS.get(text[0])
        if parse is None:
            found.bad.append(("", "unknown-line", number, text[:80]))
        elif not parse(found, text, number):
            found.bad.append((text.split("\t", 1)[0][:20], "malformed-line", number, text[:80]))
    return found


def _decoded_lines(raw: bytes, found: Standoff) -> list[tuple[int, str]]:
    """Numbered lines; one that is not UTF-8 is listed and costs no other."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").removesuffix(b"\r")
    try:
        return list(enumerate(raw.decode("utf-8").split("\n"), 1))
    except UnicodeDecodeError:
        lines = []
        for number, line in enumerate(raw.split(b"\n"), 1):
            try:
                lines.append((number, line.decode("utf-8")))
            except UnicodeDecodeError:
                found.bad.append(("", "line-not-utf-8", number, line.decode("utf-8", "replace")[:80]))
        return lines


def _bound(found: Standoff, text: str, number: int) -> bool:
    match = _BOUND.fullmatch(text)
    if match is None:
        return False
    key, kind, offsets, surface = match.groups()
    spans = tuple((int(start), int(end)) for start, _, end in (part.partition(" ") for part in offsets.split(";")))
    if key in found.bounds:
        found.bad.append((key, "duplicate-id", number, text[:80]))
    else:
        found.bounds[key] = Bound(kind, Claim(spans, surface), number)
    return True


def _event(found: Standoff, text: str, number: int) -> bool:
    key, _, body = text.partition("\t")
    head, *rest = body.split() or [""]
    kind, _, trigger = head.rpartition(":")
    if not kind or not trigger or not _ID.fullmatch(key):
        return False
    arguments = []
    for argument in rest:
        role, _, target = argument.rpartition(":")
        if role and target:
            arguments.append((role, target))
        else:
            found.bad.append((key, "malformed-argument", number, argument[:80]))
    if key in found.events:
        found.bad.append((key, "duplicate-id", number, text[:80]))
    else:
        found.events[key] = EventLine(kind, trigger, tuple(arguments), number)
    return True


def _relation(found: Standoff, text: str, number: int) -> bool:
    key, _, body = text.partition("\t")
    kind, *ends = body.split() or [""]
    targets = tuple(end.rpartition(":")[2] for end in ends)
    if not _ID.fullmatch(key) or len(targets) != 2 or not all(":" in end for end in ends):
        return False
    found.links.append(Link(key, kind, targets, number))
    return True


def _equivalence(found: Standoff, text: str, number: int) -> bool:
    _, _, body = text.partition("\t")
    kind, *targets = body.split() or [""]
    if len(targets) < 2:
        return False
    found.links.append(Link("", kind, tuple(targets), number))
    return True


def _remark(found: Standoff, text: str, number: int) -> bool:
    """``A1⇥Name T1 value``, ``N1⇥Reference T1 KB:ID⇥text`` and ``#1⇥Type T1⇥text``: name, target, and the rest as it is."""
    key, _, body = text.partition("\t")
    kind, _, rest = body.partition(" ")
    cut = re.search(r"[ \t]", rest)
    target, said = (rest[: cut.start()], rest[cut.end() :]) if cut else (rest, "")
    if not _ID.fullmatch(key) or not kind or not target:
        return False
    found.remarks.append(Remark(key, kind, target, said, number))
    return True


_PARSERS: dict[str, Callable[[Standoff, str, int], bool]] = {
    "T": _bound,
    "E": _event,
    "R": _relation,
    "*": _equivalence,
    "A": _remark,
    "M": _remark,
    "N": _remark,
    "#": _remark,
}
