"""Tag schemes as tables, and the two small engines over them: spans → tags and tags → spans.

A tag is ``O`` or a letter, ``-`` and a type. Sources: Ramshaw & Marcus 1995 (IOB), Ratnaparkhi 1998 (IOB2), Ratinov & Roth 2009 (BILOU).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

OUTSIDE: Final = "O"


class Chunk(NamedTuple):
    """A typed run of tokens, half-open."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Scheme:
    """The letters of a scheme by place in the chunk; `touching` opens one right behind another of the same type."""

    single: str
    first: str
    inside: str
    last: str
    touching: str = ""


SCHEMES: Final[dict[str, Scheme]] = {
    "iob2": Scheme(single="B", first="B", inside="I", last="I"),
    "bioes": Scheme(single="S", first="B", inside="I", last="E"),
    "bilou": Scheme(single="U", first="B", inside="I", last="L"),
    "iob1": Scheme(single="I", first="I", inside="I", last="I", touching="B"),
}
# What a letter does, in any scheme: always open a chunk (else only where none of its type is open), and close it behind the token.
_OPENS: Final = frozenset("BSU")
_CLOSES: Final = frozenset("ESLU")
LETTERS: Final = frozenset("BIESLU")


def tags(chunks: Iterable[Chunk], length: int, *, scheme: Scheme) -> list[str]:
    """The tags of `length` tokens. Chunks must not overlap. Law: ``tags(spans(t)) == t`` for every well-formed `t` of the scheme."""
    found = [OUTSIDE] * length
    before: Chunk | None = None
    for chunk in sorted(chunks):
        touches = before is not None and (before.end, before.type) == (chunk.start, chunk.type)
        opening = scheme.touching if touches and scheme.touching else ""
        start, end, kind = chunk.start, chunk.end, chunk.type
        if end - start == 1:
            found[start] = f"{opening or scheme.single}-{kind}"
        else:
            inside = f"{scheme.inside}-{kind}"
            found[start] = f"{opening or scheme.first}-{kind}"
            found[start + 1 : end - 1] = [inside] * (end - start - 2)
            found[end - 1] = f"{scheme.last}-{kind}"
        before = chunk
    return found


def spans(found: Sequence[str]) -> list[Chunk]:
    """The chunks of a sentence's tags, whatever the scheme: a letter that should go on but cannot opens a chunk of its own."""
    chunks: list[Chunk] = []
    start, kind = 0, ""
    for rank, tag in enumerate(found):
        letter, type_name = split_tag(tag)
        if kind and (not letter or letter in _OPENS or type_name != kind):
            chunks.append(Chunk(start, rank, kind))
            kind = ""
        if letter and not kind:
            start, kind = rank, type_name
        if letter in _CLOSES:
            chunks.append(Chunk(start, rank + 1, kind))
            kind = ""
    if kind:
        chunks.append(Chunk(start, len(found), kind))
    return chunks


def is_tag(tag: str) -> bool:
    return tag == OUTSIDE or split_tag(tag) != ("", "")


def split_tag(tag: str) -> tuple[str, str]:
    """Letter and type; both empty for ``O`` and for what is no tag."""
    return (tag[0], tag[2:]) if tag[1:2] == "-" and len(tag) > 2 and tag[0] in LETTERS else ("", "")
