"""What a person can do to the segmentation: join syllables into one word or split a word, here or everywhere. Pure functions → Edit."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import chain
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
    starts = [start for word in words for start in _parts(document, word)]
    if not starts:
        raise AnnotatorError("nothing-to-split")
    return _decide(document, "split-word", _spread(document, (words[0][0], words[-1][1]), starts, scope=scope), wanted="split")


def split_at(document: Document, offset: int) -> Edit:
    """Let a word start at `offset`, also inside a syllable; in a gap, behind it. Refused: ``nothing-to-split`` where one does already."""
    word = document.words.at(offset)
    while word is not None and offset < word[1] and document.words.is_gap(offset, word):
        offset += 1
    if word is None or not word[0] < offset < word[1] or not document.text.is_grapheme_edge(offset):
        raise AnnotatorError("nothing-to-split")
    return _decide(document, "split-word", [offset], wanted="split")


def toggle(document: Document, span: Span, *, scope: Scope = "here") -> Edit:
    """Join what `span` touches into one word or, where it is one, split it."""
    words = _words(document, span)
    return join(document, span, scope=scope) if len(words) > 1 else split(document, span, scope=scope)


def toggle_gap(document: Document, offset: int) -> Edit:
    """Toggle between the two syllables around `offset` (a gap between them, or the right one's start)."""
    words = document.words.line(document.text.line_at(offset))
    starts = [start for word in words for start in (word[0], *_parts(document, word))]
    rank = bisect_left(starts, offset)
    if not 0 < rank < len(starts):
        raise AnnotatorError("nothing-to-join")
    wanted: Decision = "join" if document.words.word_starts_at(starts[rank]) else "split"
    return _decide(document, "join-words" if wanted == "join" else "split-word", [starts[rank]], wanted=wanted)


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


def _parts(document: Document, word: Span) -> list[int]:
    """Where a word can be split: at its syllables, and at the machine's words that were joined without a blank (29, /, 8)."""
    syllables = [part[0] for part in document.words.syllables(word)]
    machine = [start for start, _ in document.words.machine(document.text.line_at(word[0]))]
    joined = machine[bisect_right(machine, word[0]) : bisect_left(machine, word[1])]
    return sorted({*syllables, *joined} - {word[0]})


def _occurrences(document: Document, span: Span) -> Iterator[int]:
    """Starts of the stretches that read exactly as `span` does and begin and end with a syllable of their own; `span` comes first."""
    content = document.text.content
    yield span[0]
    same = re.compile(re.escape(content[span[0] : span[1]]))
    for found in chain(same.finditer(content, 0, span[0]), same.finditer(content, span[1])):
        words = document.words.overlapping(*found.span())
        parts = [part for word in words for part in document.words.syllables(word)]
        if any(part[0] == found.start() for part in parts) and any(part[1] == found.end() for part in parts):
            yield found.start()


def _words(document: Document, span: Span) -> list[Span]:
    words = document.words.overlapping(*span)
    if words and document.text.line_at(words[0][0]) != document.text.line_at(words[-1][0]):
        raise AnnotatorError("join-across-lines")
    return words
