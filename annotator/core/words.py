"""The words of a text: what the machine or the source says, line by line, corrected by the annotator's decisions.

The source says it by its blanks, which are read as they are asked for; the machine has to be told (`Words.set_machine`). Machine words are
derived and belong to no history. A decision ``(offset, join | split)`` names the start of a right-hand word; it holds whatever the machine
says, and is without effect where the machine agrees.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from sortedcontainers import SortedDict

from .blanks import find_tokens
from .text import Span, Text

_TOKEN = re.compile(r"\S+")
# In segmented text an underscore joins syllables in front of a letter or digit and behind one, its marks or a full stop (``TP._Vinh``).
_JOINT = re.compile("(?:(?<=[^\\W_])|(?<=[.\u0300-\u036f]))_(?=[^\\W_])")
_ADDRESS = re.compile(r"://|@|^www\.", re.IGNORECASE)
_FAR = 1 << 62


class Edges(NamedTuple):
    """All words of a text by rank: where each starts, where it ends, and per line the rank behind its last word.

    `tokens` are the words themselves where they are what blanks divide in the text, no more and no less.
    """

    starts: list[int]
    ends: list[int]
    line_ends: list[int]
    tokens: list[str] | None = None


class Words:
    """Words by line and by position. Spans are code points of the whole text; they ascend and never overlap.

    Until the machine has spoken about a line of raw text, its words are its blank-separated tokens; those of segmented text always are.
    """

    def __init__(self, text: Text, decisions: SortedDict[int, str], *, segmented: bool) -> None:
        self._text = text
        self._decisions = decisions
        self.restart(segmented=segmented)

    def restart(self, *, segmented: bool) -> None:
        """Forget what was derived: the words now come from the source (`segmented`) or from the machine."""
        self.segmented = segmented
        self.generation = getattr(self, "generation", 0) + 1
        self._machine: dict[int, Sequence[Span]] = {}
        self._derived: dict[int, list[Span]] = {}
        self._edges: Edges | None = None

    @property
    def is_complete(self) -> bool:
        return self.segmented or len(self._machine) == self._text.line_count

    def set_machine(self, line: int, words: Sequence[Span]) -> None:
        """Take the machine's words of a line of raw text, in code points of the whole text."""
        self._machine[line] = words
        self._derived.pop(line, None)
        self._edges = None

    def machine(self, line: int) -> Sequence[Span]:
        """A line's words before any decision."""
        held = self._machine.get(line)
        if held is None:
            start, end = self._text.line_span(line)
            starts, ends, _ = find_tokens(self._text.content[start:end], at=start)
            held = list(zip(starts, ends, strict=True))
            if self.segmented:
                self._machine[line] = held
        return held

    def is_known(self, line: int) -> bool:
        """Whether the source has its own words, or the machine has spoken about a line."""
        return self.segmented or line in self._machine

    def line(self, line: int) -> list[Span]:
        """A line's words as decided."""
        held = self._derived.get(line)
        if held is None:
            held = self._derived[line] = self._decide(line)
        return held

    def lines(self) -> list[list[Span]]:
        return [self.line(line) for line in range(self._text.line_count)]

    def edges(self) -> Edges:
        """All words at once, for those who go through the whole text."""
        if self._edges is None:
            self._edges = self._whole() if self.segmented and not self._decisions else self._gathered()
        return self._edges

    def redecide(self, offset: int) -> None:
        """A decision at `offset` came, went or changed."""
        self._derived.pop(self._text.line_at(offset), None)
        self._edges = None

    def at(self, offset: int) -> Span | None:
        """The word that holds the code point at `offset`."""
        words = self.line(self._text.line_at(offset))
        rank = bisect_right(words, (offset, _FAR)) - 1
        return words[rank] if rank >= 0 and words[rank][1] > offset else None

    def overlapping(self, start: int, end: int) -> list[Span]:
        """The words that share a code point with `start` … `end`, in order."""
        found: list[Span] = []
        if end <= start:
            return found
        for line in range(self._text.line_at(start), self._text.line_at(end - 1) + 1):
            words = self.line(line)
            first = bisect_right(words, (start, _FAR))
            if first and words[first - 1][1] > start:
                first -= 1
            found += words[first : bisect_left(words, (end, 0), first)]
        return found

    def before(self, offset: int) -> Span | None:
        """The last word that starts in front of `offset`."""
        line = self._text.line_at(offset)
        while line >= 0:
            words = self.line(line)
            rank = bisect_right(words, (offset - 1, _FAR)) - 1
            if rank >= 0:
                return words[rank]
            line -= 1
        return None

    def after(self, offset: int) -> Span | None:
        """The first word that starts at or behind `offset`."""
        line = self._text.line_at(offset)
        while line < self._text.line_count:
            words = self.line(line)
            rank = bisect_right(words, (offset - 1, _FAR))
            if rank < len(words):
                return words[rank]
            line += 1
        return None

    def syllables(self, word: Span) -> list[Span]:
        """The syllables of a word: its parts between blanks and, in segmented text, between joining underscores."""
        parts: list[Span] = []
        for found in _TOKEN.finditer(self._text.content, *word):
            start, end = found.span()
            for joint in self.joints((start, end)):
                parts.append((start, joint))
                start = joint + 1
            parts.append((start, end))
        return parts

    def joints(self, word: Span) -> list[int]:
        """Offsets of the underscores that join syllables within `word`; none in raw text, URLs and addresses."""
        if not self.segmented:
            return []
        start, end = word
        content = self._text.content
        if "_" not in content[start:end] or _ADDRESS.search(content[start:end]):
            return []
        return [found.start() for found in _JOINT.finditer(content, start, end)]

    def word_starts_at(self, offset: int, *, by_machine: bool = False) -> bool:
        """Whether a word starts at `offset`, as decided or (`by_machine`) before any decision."""
        line = self._text.line_at(offset)
        words = self.machine(line) if by_machine else self.line(line)
        rank = bisect_right(words, (offset, _FAR)) - 1
        return rank >= 0 and words[rank][0] == offset

    def differing(self, line: int, opinion: Sequence[Span]) -> list[Span]:
        """The words of a line that `opinion`, another segmentation of it, does not have."""
        others = set(opinion)
        return [word for word in self.line(line) if word not in others]

    def _whole(self) -> Edges:
        """The words of a segmented text that is as it came: one look for all lines, as none lies across two."""
        starts, ends, tokens = find_tokens(self._text.content)
        return Edges(starts, ends, [*[bisect_left(starts, line) for line in self._text.line_starts[1:]], len(starts)], tokens)

    def _gathered(self) -> Edges:
        found = Edges([], [], [])
        for words in self.lines():
            found.starts.extend([start for start, _ in words])
            found.ends.extend([end for _, end in words])
            found.line_ends.append(len(found.starts))
        return found

    def _decide(self, line: int) -> list[Span]:
        machine = self.machine(line)
        start, end = self._text.line_span(line)
        decided = list(self._decisions.irange(start, end - 1)) if self._decisions and end > start else []
        if not decided:
            return machine if isinstance(machine, list) else list(machine)
        splits = [offset for offset in decided if self._decisions[offset] == "split"]
        pieces = [piece for word in machine for piece in self._split(word, splits)]
        words: list[Span] = []
        for word in pieces:
            if words and self._decisions.get(word[0]) == "join":
                words[-1] = words[-1][0], word[1]
            else:
                words.append(word)
        return words

    def is_gap(self, offset: int, word: Span) -> bool:
        """Whether no part of `word` can start at `offset`: a blank, or an underscore that joins."""
        return self._text.content[offset].isspace() or (self._text.content[offset] == "_" and offset in self.joints(word))

    def _split(self, word: Span, splits: list[int]) -> list[Span]:
        """The parts of a word between the places in `splits` (ascending); places in a gap are no places."""
        pieces, start = [], word[0]
        for offset in splits[bisect_right(splits, word[0]) : bisect_left(splits, word[1])]:
            if self.is_gap(offset, word):
                continue
            end = offset
            while end > start and self.is_gap(end - 1, word):
                end -= 1
            pieces.append((start, end))
            start = offset
        return [*pieces, (start, word[1])]
