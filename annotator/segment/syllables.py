"""pyvi's tokens (syllables, numbers, signs, addresses) of a text, with the source position of each edge.

pyvi normalises to NFC first and forgets where its tokens came from. Tokens never hold a blank, and neither NFC nor the expression
looks across one, so that a text may be cut at blanks and each chunk be tokenised on its own, and cached.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from unicodedata import combining, is_normalized, normalize

from annotator.core.text import Span

LONGEST_CLUSTER = 64
"""NFC takes quadratic time in a run of combining marks (200,000 of them: 36 s): longer runs are normalised in pieces of so many characters.
Text that anybody reads has no such run (Unicode's Stream-Safe Text Format, UAX #15, stops at 30); in one, words may differ from pyvi's."""

_CHECKED_WHOLE = 64
_INSIDE = -1

_ABBREVIATION = r"[A-ZĐ]+\.|Tp\.|Mr\.|Mrs\.|Ms\.|Dr\.|ThS\."
_SPECIAL = r"==>|->|\.\.\.|>>"
_WEB = r"\w+://\S+"
_LOCAL = "a-zA-Z0-9_.+-"
_DOMAIN = r"@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+"
_REST = r"\d+(?:[.,_]\d+)+|[^\w\s]|\w+"


@cache
def _expressions() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], str]:
    """pyvi's expression without and with its e-mail branch, the part of an address from its @ on, the letters before the @."""
    without = re.compile("|".join((_ABBREVIATION, _SPECIAL, _WEB, _REST)))
    whole = re.compile("|".join((_ABBREVIATION, _SPECIAL, _WEB, f"[{_LOCAL}]+{_DOMAIN}", _REST)))
    letters = "".join(filter(re.compile(f"[{_LOCAL}]").match, map(chr, range(128))))
    return without, whole, re.compile(_DOMAIN), letters


def tokens(chunk: str) -> list[Span]:
    """Spans of pyvi's tokens in a text that is NFC; what lies between them is blanks only."""
    if "@" not in chunk:
        return [found.span() for found in _expressions()[0].finditer(chunk)]
    return [span for piece in re.finditer(r"\S+", chunk) for span in _with_addresses(chunk, *piece.span())]


def _with_addresses(chunk: str, at: int, stop: int) -> Iterator[Span]:
    """The same between two blanks, where an @ may stand.

    In one expression the e-mail branch takes quadratic time on ``-----…`` or ``a.b.c.…``: at each character it looks for an @ to the end.
    Here it is tried only in the run of letters before an @ with a proper domain: elsewhere it cannot match.
    """
    without, whole, domain, letters = _expressions()
    for match in domain.finditer(chunk, at, stop):
        sign = match.start()
        local = at + len(chunk[at:sign].rstrip(letters))
        for expression, until in ((without, local), (whole, sign)):
            while at < until and (found := expression.match(chunk, at, stop)):
                yield found.span()
                at = found.end()
    for found in without.finditer(chunk, at, stop):
        yield found.span()


def syllables(chunk: str) -> list[tuple[str, int, int, bool]]:
    """The tokens of a text: (token in NFC, start, end, inseparable from the token before).

    Offsets are code points of `chunk` itself, half-open. Two tokens are inseparable where no position of the source lies between them: NFC
    has moved a mark from one side of the border to the other.
    """
    text, sources = compose(chunk)
    if sources is None:
        return [(text[start:end], start, end, False) for start, end in tokens(text)]
    found = []
    last = 0
    for start, end in tokens(text):
        begin, finish = sources[start], sources[end]
        inseparable = begin == _INSIDE
        begin = last if inseparable else begin
        last = begin if finish == _INSIDE else finish
        found.append((text[start:end], begin, last, inseparable))
    return found


def compose(chunk: str) -> tuple[str, list[int] | None]:
    """NFC of a text and, for each position in it from 0 to its length, that of the source (-1: none); no list where nothing changes.

    A source position p corresponds to ``len(nfc(text[:p]))`` if and only if ``nfc(text[:p]) + nfc(text[p:]) == nfc(text)``.
    """
    if chunk.isascii() or (len(chunk) <= _CHECKED_WHOLE and is_normalized("NFC", chunk)):
        return chunk, None
    pieces: list[str] = []
    sources: list[int] = []
    at = 0
    for cluster in _clusters(chunk):
        composed = normalize("NFC", cluster)
        pieces.append(composed)
        if composed == cluster:
            sources.extend(range(at, at + len(cluster)))
        else:
            inner = [_INSIDE] * len(composed)
            inner[0] = at
            for cut in range(1, len(cluster)):
                left = normalize("NFC", cluster[:cut])
                if composed.startswith(left) and composed == left + normalize("NFC", cluster[cut:]):
                    inner[len(left)] = at + cut
            sources.extend(inner)
        at += len(cluster)
    sources.append(at)
    text = "".join(pieces)
    return text, None if text == chunk else sources


def _clusters(text: str) -> Iterator[str]:
    """The pieces of a text that NFC treats apart from one another, none longer than `LONGEST_CLUSTER`."""
    edges = [0]
    for position, character in enumerate(text):
        start = edges[-1]
        if position == start:
            continue
        if position - start >= LONGEST_CLUSTER or (character < "\u0300" or _starts_anew(text[start:position], character)):
            edges.append(position)
    edges.append(len(text))
    return (text[start:end] for start, end in pairwise(edges) if start < end)


def _starts_anew(before: str, character: str) -> bool:
    """Whether NFC leaves a character and what follows it alone, whatever stands before."""
    # A few letters of Tibetan are no marks themselves but decompose into marks: look at the first of the decomposition.
    if combining(normalize("NFD", character)[0]):
        return False
    return normalize("NFC", before + character) == normalize("NFC", before) + normalize("NFC", character)
