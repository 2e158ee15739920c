"""Finding a text in a text, as a person means it: composed or decomposed, with either placement of a tone mark, blank or ``_``.

A plain query is compared with a folded copy of the text of which every place can be told in the original. What counts as the same:

- canonical equivalents (NFC and NFD), and capital and small letters where case is ignored;
- the two placements of a tone mark over ``oa``, ``oe`` and ``uy`` (``hoà`` and ``hòa``); in ``quý`` the ``u`` belongs to the ``q``;
- any run of blanks, no-break blanks and ``_`` and any other such run. A line break is none of these: words and annotations end there,
  so that a hit goes over one only where the query has one too;
- letters with and without their marks, and ``đ`` and ``d``, where marks are ignored;
- soft hyphens, zero-width blanks and byte order marks, which nobody sees, and nothing.

Offsets are code points of the original, spans half-open; a hit never cuts a grapheme cluster.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from typing import TYPE_CHECKING, Final, Literal

from .errors import AnnotatorError
from .text import Span, Text

if TYPE_CHECKING:
    import regex

Mode = Literal["plain", "expression"]

TIMEOUT_SECONDS: Final = 2.0
_LONGEST_QUERY: Final = 2_000
_UNSEEN: Final = "\u00ad\u200b\u2060\ufeff"
_RUN: Final = re.compile(rf"[\s_{_UNSEEN}][\s_{_UNSEEN}]+")
# The vowels and finals of Korean syllables written in parts: they follow a letter as marks do.
_JAMO: Final = re.compile("[\u1161-\u1175\u11a8-\u11c2]")
_SLICE: Final = 1 << 15
# Letters with more marks are folded in parts: putting marks in order takes time that grows with the square of their number.
_MARKS_MOST: Final = 64
# How often what is counted in an expression may be repeated in all: it is written out that often before anything is looked for.
_REPEATS_MOST: Final = 1_000_000
_COUNTED: Final = re.compile(r"\{(\d*)(?:,(\d*))?\}")
_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. `ignore_marks` finds ``hoà``, ``hỏa`` and ``hóa`` by ``hoa``; an expression is one of the `regex` library."""

    text: str
    mode: Mode = "plain"
    ignore_case: bool = True
    ignore_marks: bool = False
    whole_words: bool = False


@dataclass(frozen=True, slots=True)
class Folding:
    """How a text is folded: what is left out of account. Texts folded alike can be compared by any query of that folding."""

    ignore_case: bool
    ignore_marks: bool
    join_blanks: bool


class Folded:
    """A text as a query sees it, with the place of every code point in the original."""

    def __init__(self, text: Text, folding: Folding) -> None:
        self.text = text
        self.folding = folding
        # A piece begins at `_at[k]` of the folded text and at `_from[k]` of the original; where not `_whole[k]` it goes one for one.
        self._at, self._from, self._whole = array("q"), array("q"), bytearray()
        self.content = self._fold(text.content)

    def original(self, start: int, end: int) -> Span:
        """The span of the original for one of the folded text; a piece that is touched counts whole."""
        first = bisect_right(self._at, start) - 1
        last = bisect_right(self._at, end - 1) - 1
        begin = self._from[first] + (0 if self._whole[first] else start - self._at[first])
        if not self._whole[last]:
            return begin, self._from[last] + end - self._at[last]
        return begin, self._from[last + 1] if last + 1 < len(self._from) else len(self.text)

    def _fold(self, content: str) -> str:
        table = _table(self.folding)
        at, origin, whole = self._at, self._from, self._whole
        known: dict[str, str] = {}
        parts: list[str] = []
        done = length = 0
        for start, end in _pieces(content, self.folding):
            if end <= done:
                continue
            # A mark belongs to what stands in front of it, unless that was a blank and is gone.
            start = max(start, done)
            if start > done:
                at.append(length)
                origin.append(done)
                whole.append(False)
                parts += _translated(content, done, start, table=table)
                length += start - done
            piece = content[start:end]
            folded = known.get(piece)
            if folded is None:
                folded = known[piece] = _fold_piece(piece, self.folding)
            at.append(length)
            origin.append(start)
            whole.append(True)
            parts.append(folded)
            length += len(folded)
            done = end
        at.append(length)
        origin.append(done)
        whole.append(False)
        parts += _translated(content, done, len(content), table=table)
        return "".join(parts)


class Search:
    """A compiled query. Raises AnnotatorError ``search-empty``, ``search-too-long`` or ``search-expression`` (with `position`)."""

    def __init__(self, query: Query) -> None:
        if len(query.text) > _LONGEST_QUERY:
            raise AnnotatorError("search-too-long", most=_LONGEST_QUERY)
        self.query = query
        is_plain = query.mode == "plain"
        # An expression sees case by itself, and blanks as they are.
        self.folding = Folding(query.ignore_case and is_plain, query.ignore_marks, is_plain)
        self._pattern: re.Pattern[str] | None = None
        self._expression: regex.Pattern[str] | None = None
        if is_plain:
            needle = Folded(Text(query.text), self.folding).content.strip(" ")
            if not needle.strip():
                raise AnnotatorError("search-empty")
            self._pattern = re.compile(_either_placement(needle))
        else:
            self._expression = _expression(query)

    def fold(self, text: Text) -> Folded:
        """The text as this search sees it; it may be kept for every search of the same `folding`."""
        return Folded(text, self.folding)

    def spans(self, folded: Folded) -> Iterator[Span]:
        """The hits in order, none overlapping another. Raises AnnotatorError ``search-too-slow`` for an expression that takes too long."""
        text, behind = folded.text, 0
        for first, last in self._matches(folded.content):
            if first == last:
                continue
            start, end = folded.original(first, last)
            if start < behind or not (_is_edge(text, start) and _is_edge(text, end)):
                continue
            if self.query.whole_words and (_cuts(text.content, start) or _cuts(text.content, end)):
                continue
            behind = end
            yield start, end

    def _matches(self, content: str) -> Iterator[Span]:
        if self._pattern is not None:
            yield from (found.span() for found in self._pattern.finditer(content))
            return
        assert self._expression is not None
        try:
            found = (hit.span() for hit in self._expression.finditer(content, timeout=TIMEOUT_SECONDS))
            # An expression may ask to be matched from the end, with (?r).
            yield from sorted(found) if "(?" in self.query.text else found
        except (TimeoutError, MemoryError, RecursionError):
            raise AnnotatorError("search-too-slow", seconds=int(TIMEOUT_SECONDS)) from None


def find_all(text: Text, query: Query) -> Iterator[Span]:
    """The hits of a query in a text. Raises what `Search` and `Search.spans` raise."""
    search = Search(query)
    return search.spans(search.fold(text))


class _Table(dict[int, str]):
    """What each code point folds to, made as code points turn up."""

    def __init__(self, folding: Folding) -> None:
        super().__init__()
        self._folding = folding

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_piece(chr(code), self._folding)
        return folded


def _translated(content: str, start: int, end: int, *, table: _Table) -> Iterator[str]:
    """A stretch folded one for one, in slices: other threads must not wait while a megabyte is translated at once."""
    while start < end:
        yield content[start : min(start + _SLICE, end)].translate(table)
        start += _SLICE


_TABLES: dict[Folding, _Table] = {}


def _table(folding: Folding) -> _Table:
    return _TABLES.setdefault(folding, _Table(folding))


def _pieces(content: str, folding: Folding) -> Iterator[Span]:
    """What does not fold one for one, by its start: letters with their marks, runs of blanks, and letters that fold to none or several.

    Each kind is looked for by itself, and only where the text has any: that is several times as fast as one pattern for all.
    """
    table, present = _table(folding), set(content)
    followers = [one for one in present if unicodedata.category(one)[0] == "M" or _JAMO.match(one)]
    odd = [one for one in present if len(table[ord(one)]) != 1]
    scans: list[Iterable[Span]] = []
    if followers:
        scans.append((max(found.start() - 1, 0), found.end()) for found in re.finditer(f"{_class(followers)}{{1,{_MARKS_MOST}}}", content))
    if odd:
        scans.append(found.span() for found in re.finditer(_class(odd), content))
    if folding.join_blanks:
        scans.append(found.span() for found in _RUN.finditer(content))
    return merge(*scans) if len(scans) > 1 else iter(*scans or [()])


def _class(letters: Iterable[str]) -> str:
    return "[" + "".join(map(re.escape, sorted(letters))) + "]"


def _fold_piece(piece: str, folding: Folding) -> str:
    if folding.join_blanks and all(one.isspace() or one == "_" or one in _UNSEEN for one in piece):
        return "\n" if "\n" in piece else " " if any(one not in _UNSEEN for one in piece) else ""
    if folding.ignore_marks:
        bare = "".join(one for one in unicodedata.normalize("NFD", piece) if unicodedata.category(one) != "Mn")
        piece = bare.replace("đ", "d").replace("Đ", "D")
    composed = unicodedata.normalize("NFC", piece)
    return unicodedata.normalize("NFC", composed.casefold()) if folding.ignore_case else composed


def _placements() -> Iterator[tuple[str, str]]:
    """The two spellings of each vowel pair that takes its tone mark on either letter: the mark behind, the mark in front."""
    for pair in ("oa", "oe", "uy"):
        for first, second in ((a, b) for a in (pair[0], pair[0].upper()) for b in (pair[1], pair[1].upper())):
            for tone in _TONES:
                yield first + unicodedata.normalize("NFC", second + tone), unicodedata.normalize("NFC", first + tone) + second


_OTHER: Final = {one: other for behind, before in _placements() for one, other in ((behind, before), (before, behind))}
_PLACED: Final = re.compile("|".join(_OTHER))


def _either_placement(needle: str) -> str:
    """A pattern that finds a folded text with its tone marks on either letter."""
    parts, done = [], 0
    for found in _PLACED.finditer(needle):
        start, pair = found.start(), found.group()
        is_u = pair[0] in "uUùúũủụÙÚŨỦỤ"
        if is_u and start and needle[start - 1] in "qQ":
            continue
        parts.append(re.escape(needle[done:start]))
        parts.append(f"(?:{pair}|{'(?<![qQ])' if is_u else ''}{_OTHER[pair]})")
        done = found.end()
    return "".join([*parts, re.escape(needle[done:])])


def _expression(query: Query) -> regex.Pattern[str]:
    import regex

    if not query.text:
        raise AnnotatorError("search-empty")
    _refuse_endless(query.text)
    flags = regex.MULTILINE | (regex.IGNORECASE if query.ignore_case else 0)
    pattern = unicodedata.normalize("NFC", query.text)
    if query.ignore_marks:
        pattern = _fold_piece(pattern, Folding(False, True, False))
    try:
        return regex.compile(pattern, flags)
    except regex.error as error:
        raise AnnotatorError("search-expression", position=_position(error)) from None
    except (OverflowError, RecursionError, ValueError, MemoryError):
        raise AnnotatorError("search-expression", position=1) from None


def _refuse_endless(expression: str) -> None:
    """Refuse counted repeats of repeats, of which the compiler would need all the time and memory there is."""
    times = 1
    for found in _COUNTED.finditer(expression):
        # Figures of any length are more than enough; Python refuses to read those of thousands of digits.
        times *= max(1, *(int(count[:9]) for count in found.groups() if count))
        if times > _REPEATS_MOST:
            raise AnnotatorError("search-expression", position=found.start() + 1)


def _position(error: Exception) -> int:
    """Where in an expression the mistake is, counted from 1."""
    place = getattr(error, "pos", None)
    return place + 1 if isinstance(place, int) else 1


def _is_edge(text: Text, offset: int) -> bool:
    """As `Text.is_grapheme_edge`, faster where it is plain: nothing below U+0600 holds a Latin letter behind it."""
    content = text.content
    if 0 < offset < len(content) and " " <= content[offset] < "\u0300" and content[offset - 1] < "\u0600":
        return True
    return text.is_grapheme_edge(offset)


def _cuts(content: str, offset: int) -> bool:
    """Whether a letter, digit or mark stands on either side of `offset`."""
    return 0 < offset < len(content) and _is_inner(content[offset - 1]) and _is_inner(content[offset])


def _is_inner(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character).startswith("M")
