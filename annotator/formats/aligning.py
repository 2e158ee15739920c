"""Brings places in a text that was made of tokens back to the articles that the tokens came from.

The tokens' own offsets (``tokens.jsonl`` beside an exported set) are exact. Where they are missing or do not fit, letters are compared,
without blanks, ``_`` and marks: an exported copy may have been normalised, and its tokens may have been joined or cut since.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from annotator.core.text import Span, Spans

_BOM: Final = "\ufeff"


class _Plain(dict[str, str]):
    """A character without its marks; empty for what does not count: blanks, ``_``, marks alone and a BOM."""

    def __missing__(self, character: str) -> str:
        plain = ""
        if not character.isspace() and character not in ("_", _BOM):
            plain = "".join(part for part in unicodedata.normalize("NFD", character) if not unicodedata.combining(part))
        self[character] = plain
        return plain


_PLAIN: Final = _Plain()


class Letters:
    """The letters of a text that count, and for each where its character begins and where the character's marks end."""

    def __init__(self, content: str) -> None:
        plain = _PLAIN
        held = [(offset, letter) for offset, character in enumerate(content) for letter in plain[character]]
        self.text = "".join([letter for _, letter in held])
        self.starts = array("l", [offset for offset, _ in held])
        self.ends = array("l", [offset + 1 for offset, _ in held])
        if any(map(unicodedata.combining, set(content))):
            for rank, end in enumerate(self.ends):
                while end < len(content) and unicodedata.combining(content[end]):
                    end += 1
                self.ends[rank] = end


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A sentence of an exported set: its document's name and where its tokens stand in the article."""

    document: str
    tokens: tuple[Span, ...]


@dataclass
class Original:
    """An article of which the file may speak. `rows` are the sentences of it that were exported, where that is known."""

    name: str
    content: str
    rows: Sequence[TokenRow] = ()

    @cached_property
    def letters(self) -> Letters:
        return Letters(self.content)


@dataclass(frozen=True, slots=True)
class _Same:
    """The text of an article itself: `start` … `end` of the file is in the article of number `rank`, as in the other stretches.

    `begin` tells where in the article that begins which begins at an offset or, where nothing that counts does, next, and where that is
    in the file; `finish` the same for ends.
    """

    start: int
    end: int
    rank: int

    def begin(self, offset: int) -> Span | None:
        return offset, offset

    def finish(self, offset: int) -> Span | None:
        return offset, offset


@dataclass(frozen=True, slots=True)
class _Tokens:
    """A sentence whose tokens are known."""

    start: int
    end: int
    rank: int
    starts: list[int]
    ends: list[int]
    spans: tuple[Span, ...]

    def begin(self, offset: int) -> Span | None:
        number = bisect_right(self.ends, offset)
        return (self.spans[number][0], offset) if number < len(self.spans) else None

    def finish(self, offset: int) -> Span | None:
        number = bisect_left(self.starts, offset) - 1
        return (self.spans[number][1], offset) if number >= 0 else None


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A line found by its letters: those from `first` on of the file are those from `there` on of the article."""

    start: int
    end: int
    rank: int
    ours: Letters
    theirs: Letters
    first: int
    there: int

    def begin(self, offset: int) -> Span | None:
        number = bisect_left(self.ours.starts, offset)
        if number == len(self.ours.starts) or self.ours.starts[number] >= self.end:
            return None
        return self.theirs.starts[self.there + number - self.first], self.ours.starts[number]

    def finish(self, offset: int) -> Span | None:
        number = bisect_left(self.ours.starts, offset) - 1
        if number < 0 or self.ours.starts[number] < self.start:
            return None
        return self.theirs.ends[self.there + number - self.first], self.ours.ends[number]


_Stretch = _Same | _Tokens | _Spelled


class Aligned:
    """Where the characters of one text of a file stand in the articles."""

    def __init__(self, content: str, originals: Sequence[Original]) -> None:
        """`content` is what a reader made of the file: a sentence a line, tokens apart by one blank, or an article's very text."""
        self._originals = originals
        self._letters = Letters(content)
        self._stretches: list[_Stretch] = []
        self._now, self._row, self._letter = 0, 0, 0
        # Lines of which nothing was found, by number from 1.
        self.strange: list[int] = []
        same = next((rank for rank, original in enumerate(originals) if original.content == content), None)
        if same is not None:
            self._stretches.append(_Same(0, len(content), same))
            return
        at = 0
        for number, line in enumerate(content.split("\n"), 1):
            found = (self._by_tokens(line, at) or self._by_letters(line, at)) if line.strip() else None
            if found is not None:
                self._stretches.append(found)
            elif any(map(_PLAIN.__getitem__, line)):
                self.strange.append(number)
            at += len(line) + 1

    @property
    def found(self) -> list[Original]:
        """The articles of which anything was found, in their order."""
        return [self._originals[rank] for rank in sorted({held.rank for held in self._stretches})]

    def place(self, spans: Spans) -> tuple[Original, Spans] | None:
        """The article of `spans` and where they stand in it; None where that is not known or they lie in two."""
        owners: set[int] = set()
        placed: list[Span] = []
        for start, end in spans:
            left, right = self._stretch(start), self._stretch(end - 1)
            if left is None or right is None:
                return None
            first, last = left.begin(start), right.finish(end)
            if first is None or last is None:
                return None
            owners |= {left.rank, right.rank}
            content = self._originals[left.rank].content
            begin, finish = first[0], last[0]
            # What counts for nothing is looked for all the same where it stood at the edge.
            for _ in range(first[1] - start):
                begin -= begin > 0 and content[begin - 1] == "_"
            for _ in range(end - last[1]):
                finish += finish < len(content) and content[finish] == "_"
            placed.append((begin, finish))
        if len(owners) != 1 or any(begin >= finish for begin, finish in placed):
            return None
        return self._originals[owners.pop()], tuple(placed)

    def _stretch(self, offset: int) -> _Stretch | None:
        number = bisect_right(self._stretches, offset, key=lambda held: held.start) - 1
        return self._stretches[number] if number >= 0 and offset < self._stretches[number].end else None

    def _by_tokens(self, line: str, at: int) -> _Stretch | None:
        """A line that is an exported sentence, token by token: the next that fits, else the first."""
        tokens = line.split(" ")
        fitting = self._sentences.get((len(tokens), _letters(line))) if self._sentences else None
        if not fitting:
            return None
        rank, number = fitting[bisect_left(fitting, (self._now, self._row)) % len(fitting)]
        spans = self._originals[rank].rows[number].tokens
        starts = [*accumulate((len(token) + 1 for token in tokens[:-1]), initial=at)]
        self._now, self._row = rank, number + 1
        self._letter = bisect_left(self._originals[rank].letters.starts, spans[-1][1])
        ends = [start + len(token) for start, token in zip(starts, tokens, strict=True)]
        return _Tokens(at, at + len(line), rank, starts, ends, spans)

    @cached_property
    def _sentences(self) -> dict[tuple[int, str], list[tuple[int, int]]]:
        """Article and number of the exported sentences that have so many tokens and these letters."""
        found: dict[tuple[int, str], list[tuple[int, int]]] = {}
        for rank, original in enumerate(self._originals):
            for number, row in enumerate(original.rows):
                letters = _letters("".join(original.content[start:end] for start, end in row.tokens))
                found.setdefault((len(row.tokens), letters), []).append((rank, number))
        return found

    def _by_letters(self, line: str, at: int) -> _Stretch | None:
        """A line whose letters stand in an article: right behind the last line, further on there, else in another article."""
        first, last = bisect_left(self._letters.starts, at), bisect_left(self._letters.starts, at + len(line))
        wanted = self._letters.text[first:last]
        for rank, begin in self._places() if wanted else ():
            theirs = self._originals[rank].letters
            there = begin if theirs.text.startswith(wanted, begin) else theirs.text.find(wanted, begin)
            if there >= 0:
                self._now, self._row, self._letter = rank, 0, there + len(wanted)
                return _Spelled(at, at + len(line), rank, self._letters, theirs, first, there)
        return None

    def _places(self) -> Iterator[tuple[int, int]]:
        """Article and letter from which a line is looked for."""
        count = len(self._originals)
        yield from ((self._now, self._letter),) if count else ()
        yield from ((rank, 0) for rank in range(self._now + 1, count))
        yield from ((rank, 0) for rank in range(min(self._now + 1, count)))


def rows_by_document(rows: Iterable[Mapping[str, object]]) -> dict[str, list[TokenRow]]:
    """The records of a ``tokens.jsonl``, ``{"document", "sentence", "tokens": [[start, end], …]}``, by document, in their order.

    Offsets are code points of the article, half-open. A record of another shape is passed over.
    """
    found: dict[str, list[TokenRow]] = {}
    for row in rows:
        name, tokens = row.get("document"), row.get("tokens")
        if isinstance(name, str) and isinstance(tokens, list):
            spans = tuple((token[0], token[1]) for token in tokens if _is_span(token))
            if len(spans) == len(tokens):
                found.setdefault(name, []).append(TokenRow(name, spans))
    return found


def _is_span(token: object) -> bool:
    match token:
        case [int(start), int(end)]:
            return 0 <= start < end
        case _:
            return False


def _letters(text: str) -> str:
    return "".join([_PLAIN[character] for character in text])
