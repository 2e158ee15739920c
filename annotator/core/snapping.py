"""Where a gesture's raw offsets snap to: words, syllables or characters, never inside a grapheme cluster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, assert_never, get_args

from .document import Document
from .text import Span

Snap = Literal["word", "syllable", "character"]
SNAPS: tuple[Snap, ...] = get_args(Snap)


def snap(document: Document, gesture: Span, *, level: Snap) -> Span | None:
    """The span that a gesture over code points ``start`` … ``end`` selects, or None where it touches only blanks.

    Word and syllable widen to every unit touched; character keeps the gesture, widened to grapheme clusters.
    """
    start, end = gesture
    if end <= start:
        return None
    match level:
        case "character":
            start, end = document.text.widen_to_graphemes(start, end)
            return (start, end) if document.text.content[start:end].strip() else None
        case "word" | "syllable":
            units = _units(document, start, end, level=level)
            if not units:
                return None
            return document.text.widen_to_graphemes(units[0][0], units[-1][1])
        case _:
            assert_never(level)


def unit_at(document: Document, offset: int, *, level: Snap) -> Span | None:
    """The word, syllable or character that holds the code point at `offset`."""
    return snap(document, (offset, offset + 1), level=level) if offset < len(document.text) else None


def move_edge(document: Document, span: Span, *, edge: Literal["start", "end"], step: Literal[-1, 1], level: Snap) -> Span | None:
    """`span` with one edge moved by a unit to the left (-1) or right (+1); None where it cannot move or nothing would be left."""
    start, end = span
    moved = _MOVES[edge, step](document, end if edge == "end" else start, level)
    if moved is None:
        return None
    # The machine's words may tear an emoji apart: the edge goes on, in its direction, to where a reader sees one.
    moved = document.text.widen_to_graphemes(moved, moved)[max(step, 0)]
    start, end = (start, moved) if edge == "end" else (moved, end)
    return (start, end) if start < end and (start, end) != span else None


def _units(document: Document, start: int, end: int, *, level: Snap) -> list[Span]:
    words = document.words.overlapping(start, end)
    if level == "word":
        return words
    return [part for word in words for part in document.words.syllables(word) if part[0] < end and start < part[1]]


def _next_end(document: Document, end: int, level: Snap) -> int | None:
    if level == "character":
        return document.text.grapheme_after(end) if end < len(document.text) else None
    inside = unit_at(document, end, level=level)
    if inside is not None and inside[0] < end:
        return inside[1]
    found = _unit_after(document, end, level=level)
    return found[1] if found else None


def _previous_end(document: Document, end: int, level: Snap) -> int | None:
    if level == "character":
        return document.text.grapheme_before(end)
    found = _unit_before(document, max(end - 1, 0), level=level)
    return found[1] if found and found[1] < end else None


def _next_start(document: Document, start: int, level: Snap) -> int | None:
    if level == "character":
        return document.text.grapheme_after(start)
    found = _unit_after(document, start + 1, level=level)
    return found[0] if found else None


def _previous_start(document: Document, start: int, level: Snap) -> int | None:
    if level == "character":
        return document.text.grapheme_before(start) if start > 0 else None
    inside = unit_at(document, start, level=level)
    if inside is not None and inside[0] < start:
        return inside[0]
    found = _unit_before(document, start, level=level)
    return found[0] if found else None


_MOVES: dict[tuple[str, int], Callable[[Document, int, Snap], int | None]] = {
    ("end", 1): _next_end,
    ("end", -1): _previous_end,
    ("start", 1): _next_start,
    ("start", -1): _previous_start,
}


def _unit_after(document: Document, offset: int, *, level: Snap) -> Span | None:
    """The first unit that starts at or behind `offset`."""
    if level == "syllable":
        around = document.words.at(offset) if offset < len(document.text) else None
        for part in document.words.syllables(around) if around else ():
            if part[0] >= offset:
                return part
    word = document.words.after(offset)
    if word is None or level == "word":
        return word
    return document.words.syllables(word)[0]


def _unit_before(document: Document, offset: int, *, level: Snap) -> Span | None:
    """The last unit that starts in front of `offset` and, where it holds `offset`, the one in front of that."""
    word = document.words.before(offset)
    if word is None:
        return None
    if level == "syllable":
        for part in reversed(document.words.syllables(word)):
            if part[1] <= offset:
                return part
        word = document.words.before(word[0])
        return document.words.syllables(word)[-1] if word else None
    return word if word[1] <= offset else document.words.before(word[0])
