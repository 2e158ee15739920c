"""What a person can do to the segmentation: join syllables into one word or split a word, here or everywhere. Pure functions → Edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from .commands import set_field
from .document import Document
from .edits import Change, Edit
from .errors import AnnotatorError
from .model import Decision, Origin
from .text import Span

Scope = Literal["here", "everywhere"]


def join(document: Document, span: Span, *, scope: Scope = "here") -> Edit:
    """Make one word of the words that `span` touches. Refused: ``nothing-to-join``, ``join-across-lines``."""
    words = _words(document, span)
    if len(words) < 2:
        raise AnnotatorError("nothing-to-join")
    starts = [start for start, _ in words[1:]]
    return _decide(document, "join-words", _spread(document, (words[0][0], words[-1][1]), starts, scope=scope), wanted="join")


def split(document: Document, span: Span, *, scope: Scope = "here") -> Edit:
    """Make a word of each syllable of the words that `span` touches. Refused: ``nothing-to-split``."""
    words = _words(document, span)
    starts = [part[0] for word in words for part in document.words.syllables(word)[1:]]
    if not starts:
        raise AnnotatorError("nothing-to-split")
    return _decide(document, "split-word", _spread(document, (words[0][0], words[-1][1]), starts, scope=scope), wanted="split")


def split_at(document: Document, offset: int) -> Edit:
    """Let a word start at `offset`, also inside a syllable. Refused: ``nothing-to-split`` where one starts there already."""
    word = document.words.at(offset)
    if word is None or word[0] == offset or not document.text.is_grapheme_edge(offset):
        raise AnnotatorError("nothing-to-split")
    return _decide(document, "split-word", [offset], wanted="split")


def toggle(document: Document, span: Span, *, scope: Scope = "here") -> Edit:
    """Join what `span` touches into one word or, where it is one, split it."""
    words = _words(document, span)
    return join(document, span, scope=scope) if len(words) > 1 else split(document, span, scope=scope)


def toggle_gap(document: Document, offset: int) -> Edit:
    """Toggle between the two syllables around `offset` (a gap between them, or the right one's start)."""
    line = document.text.line_at(offset)
    parts = [part for word in document.words.line(line) for part in document.words.syllables(word)]
    right = next((part for part in parts if part[0] >= offset), None)
    left = next((part for part in reversed(parts) if part[1] <= offset), None)
    if right is None or left is None:
        raise AnnotatorError("nothing-to-join")
    wanted: Decision = "join" if document.words.word_starts_at(right[0]) else "split"
    return _decide(document, "join-words" if wanted == "join" else "split-word", [right[0]], wanted=wanted)


def set_origin(document: Document, origin: Origin) -> Edit:
    """Say whether the text came segmented; decisions stay."""
    return set_field(document, "origin", origin)


def _decide(document: Document, name: str, starts: Iterable[int], *, wanted: Decision) -> Edit:
    """Decisions that bring `wanted` about at each offset; where the machine says so already, an old decision is withdrawn.

    Refused: ``segmentation-running`` on a line of which the machine's words are not known yet.
    """
    changes = []
    for start in dict.fromkeys(starts):
        if not document.words.is_known(document.text.line_at(start)):
            raise AnnotatorError("segmentation-running")
        by_machine = document.words.word_starts_at(start, by_machine=True)
        after = None if by_machine == (wanted == "split") else wanted
        before = document.decisions.get(start)
        if before != after:
            changes.append(Change("decisions", start, before, after))
    return Edit(name, tuple(changes))


def _spread(document: Document, span: Span, starts: list[int], *, scope: Scope) -> list[int]:
    """`starts` inside `span`, and with scope ``everywhere`` the same places in each further occurrence of the syllables."""
    if scope == "here":
        return starts
    return [found + (start - span[0]) for found in _occurrences(document, span) for start in starts]


def _occurrences(document: Document, span: Span) -> Iterator[int]:
    """Starts of the stretches that read exactly as `span` does and begin and end with a syllable of their own."""
    content = document.text.content
    for found in re.finditer(re.escape(content[span[0] : span[1]]), content):
        words = document.words.overlapping(*found.span())
        parts = [part for word in words for part in document.words.syllables(word)]
        if any(part[0] == found.start() for part in parts) and any(part[1] == found.end() for part in parts):
            yield found.start()


def _words(document: Document, span: Span) -> list[Span]:
    words = document.words.overlapping(*span)
    if words and document.text.line_at(words[0][0]) != document.text.line_at(words[-1][0]):
        raise AnnotatorError("join-across-lines")
    return words
