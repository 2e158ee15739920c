"""Brings places in a text that was made of tokens back to the articles that the tokens came from.

The tokens' own offsets (``tokens.jsonl`` beside an exported set) are exact. Where they are missing or do not fit, letters are compared,
without blanks, ``_`` and marks: an exported copy may have been normalised, and its tokens may have been joined or cut since.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from annotator.core.text import Span, Spans

_BOM: Final = "\ufeff"
_NOWHERE: Final = -1


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """A character without its marks; empty for what does not count: blanks, ``_``, marks alone and a BOM."""
    if character.isspace() or character in ("_", _BOM):
        return ""
    return "".join(part for part in unicodedata.normalize("NFD", character) if not unicodedata.combining(part))


class Letters:
    """The letters of a text that count, and for each where its character begins and where the character's marks end."""

    def __init__(self, content: str) -> None:
        found: list[str] = []
        self.starts: array[int] = array("l")
        self.ends: array[int] = array("l")
        touching = False
        for offset, character in enumerate(content):
            plain = _plain(character)
            if plain:
                found.append(plain)
                self.starts.extend([offset] * len(plain))
                self.ends.extend([offset + 1] * len(plain))
                touching = True
            elif touching and unicodedata.combining(character):
                self.ends[-1] = offset + 1
            else:
                touching = False
        self.text = "".join(found)


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


class Aligned:
    """Where the characters of one text of a file stand in the articles."""

    def __init__(self, content: str, originals: Sequence[Original]) -> None:
        """`content` is what a reader made of the file: a sentence a line, tokens apart by one blank, or an article's very text."""
        self._content = content
        self._originals = originals
        self._begin = array("l", [_NOWHERE]) * len(content)
        self._end = array("l", [_NOWHERE]) * len(content)
        self._owner = array("l", [_NOWHERE]) * len(content)
        self._now, self._row, self._letter = 0, 0, 0
        # Lines of which nothing was found, by number from 1.
        self.strange: list[int] = []
        if not self._is_one_text():
            at = 0
            for number, line in enumerate(content.split("\n"), 1):
                if line.strip() and not (self._by_tokens(line, at) or self._by_letters(line, at)) and _letters(line):
                    self.strange.append(number)
                at += len(line) + 1

    @property
    def found(self) -> list[Original]:
        """The articles of which anything was found, in their order."""
        return [self._originals[rank] for rank in sorted(set(self._owner)) if rank != _NOWHERE]

    def place(self, spans: Spans) -> tuple[Original, Spans] | None:
        """The article of `spans` and where they stand in it; None where that is not known or they lie in two."""
        placed: list[Span] = []
        owners = set()
        for start, end in spans:
            known = [offset for offset in range(start, end) if self._owner[offset] != _NOWHERE]
            if not known:
                return None
            first, last = known[0], known[-1]
            owners |= {self._owner[first], self._owner[last]}
            content = self._originals[self._owner[first]].content
            begin, finish = self._begin[first], self._end[last]
            # What counts for nothing is looked for all the same where it stood at the edge.
            for _ in range(first - start):
                begin -= begin > 0 and content[begin - 1] == "_"
            for _ in range(end - 1 - last):
                finish += finish < len(content) and content[finish] == "_"
            placed.append((begin, finish))
        if len(owners) != 1 or any(begin >= finish for begin, finish in placed):
            return None
        return self._originals[owners.pop()], tuple(placed)

    def _is_one_text(self) -> bool:
        """Whether the file has the very text of an article: then its offsets are the article's."""
        for rank, original in enumerate(self._originals):
            if original.content == self._content:
                size = len(self._content)
                self._begin, self._end = array("l", range(size)), array("l", range(1, size + 1))
                self._owner = array("l", [rank]) * size
                return True
        return False

    def _by_tokens(self, line: str, at: int) -> bool:
        """Place a line that is an exported sentence, token by token: the next that fits, else the first."""
        tokens = line.split(" ")
        fitting = self._sentences.get((len(tokens), _letters(line)))
        if not fitting:
            return False
        rank, number = fitting[bisect_left(fitting, (self._now, self._row)) % len(fitting)]
        row = self._originals[rank].rows[number]
        offset = at
        for token, span in zip(tokens, row.tokens, strict=True):
            self._set(range(offset, offset + len(token)), rank, span)
            offset += len(token) + 1
        self._now, self._row = rank, number + 1
        self._letter = bisect_left(self._originals[rank].letters.starts, row.tokens[-1][1])
        return True

    @cached_property
    def _sentences(self) -> dict[tuple[int, str], list[tuple[int, int]]]:
        """Article and number of the exported sentences that have so many tokens and these letters."""
        found: dict[tuple[int, str], list[tuple[int, int]]] = {}
        for rank, original in enumerate(self._originals):
            for number, row in enumerate(original.rows):
                letters = _letters("".join(original.content[start:end] for start, end in row.tokens))
                found.setdefault((len(row.tokens), letters), []).append((rank, number))
        return found

    def _by_letters(self, line: str, at: int) -> bool:
        """Place a line whose letters stand in an article: right behind the last line, further on there, else in another article."""
        held = Letters(line)
        if not held.text:
            return False
        for rank, begin in self._places():
            letters = self._originals[rank].letters
            here = begin if letters.text.startswith(held.text, begin) else letters.text.find(held.text, begin)
            if here >= 0:
                for number, (start, end) in enumerate(zip(held.starts, held.ends, strict=True), here):
                    self._set(range(at + start, at + end), rank, (letters.starts[number], letters.ends[number]))
                self._now, self._row, self._letter = rank, 0, here + len(held.text)
                return True
        return False

    def _places(self) -> Iterator[tuple[int, int]]:
        """Article and letter from which a line is looked for."""
        count = len(self._originals)
        yield from ((self._now, self._letter),) if count else ()
        yield from ((rank, 0) for rank in range(self._now + 1, count))
        yield from ((rank, 0) for rank in range(min(self._now + 1, count)))

    def _set(self, characters: Iterable[int], rank: int, span: Span) -> None:
        for offset in characters:
            self._owner[offset], self._begin[offset], self._end[offset] = rank, *span


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
    return "".join(map(_plain, text))
