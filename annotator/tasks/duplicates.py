"""Articles that are nearly the same, and sentences that stand in two parts: what a model has seen must not test it.

Compared are word 5-grams (shingles) of the text without case, marks of punctuation and joints. MinHash (Broder 1997) with locality-
sensitive hashing (Indyk & Motwani 1998) finds the candidates, their Jaccard similarity decides.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final

from annotator.core.text import Span

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Hashes = NDArray[numpy.uint64]

SHINGLE: Final = 5
ALIKE: Final = 0.8
SENTENCE_WORDS: Final = 8
# 25 bands of 5: of two articles at 0.8 one pair in 20,000 is overlooked, at 0.3 one in 17 is compared for nothing.
_BANDS: Final = 25
_ROWS: Final = 5
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: its document and its code points there, half-open."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Leak:
    """A sentence that stands in more than one part, with every place of it."""

    places: tuple[Place, ...]
    parts: tuple[str, ...]


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: NFC, without case, an ``_`` parts them."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


@dataclass(slots=True)
class Likeness:
    """Takes articles one by one and keeps of each only numbers."""

    _words: _Numbers = field(default_factory=lambda: _Numbers())
    _shingles: dict[str, Hashes] = field(default_factory=dict)
    _sentences: dict[bytes, list[Place]] = field(default_factory=dict)

    def add(
        self, name: str, content: str, *, place: Callable[[Span], Span] | None = None, written: Iterable[Span] | None = None
    ) -> None:
        """Take in an article; `place` says where a stretch of `content` comes from, if that is another text.

        `written` are the stretches that are in the set, as places tell them, if not all is: sentences outside them are not looked at.
        """
        from annotator.segment.sentences import sentences

        held = None if written is None else sorted(written)
        # No word lies in two sentences and none in between: together theirs are those of the article.
        every: list[str] = []
        at = 0
        for line in content.split("\n"):
            for start, end in sentences(line, at=at):
                words = words_of(content[start:end])
                every += words
                if len(words) >= SENTENCE_WORDS:
                    span = place((start, end)) if place else (start, end)
                    if held is None or _touches(held, span):
                        self._sentences.setdefault(_digest(" ".join(words)), []).append(Place(name, *span))
            at += len(line) + 1
        self._shingles[name] = self._shingle(every)

    def groups(self) -> list[tuple[str, ...]]:
        """Articles of which each is nearly the same as another of its group; names and groups in order."""
        joined = _Joined()
        for first, second in self._candidates():
            if joined.root(first) != joined.root(second) and self._alike(first, second):
                joined.join(first, second)
        return joined.groups()

    def leaks(self, parts: Mapping[str, str]) -> list[Leak]:
        """The sentences of `SENTENCE_WORDS` words or more that stand in two parts, by their first place."""
        found = []
        for places in self._sentences.values():
            held = tuple(place for place in places if place.document in parts)
            spread = sorted({parts[place.document] for place in held})
            if len(spread) > 1:
                found.append(Leak(tuple(sorted(held, key=_by_place)), tuple(spread)))
        return sorted(found, key=lambda leak: _by_place(leak.places[0]))

    def _shingle(self, words: list[str]) -> Hashes:
        """The article's shingles, each a number, in ascending order; fewer than five words are one shingle."""
        import numpy

        if not words:
            return numpy.empty(0, dtype=numpy.uint64)
        numbers = numpy.fromiter(map(self._words.__getitem__, words), dtype=numpy.uint64, count=len(words))
        width = min(SHINGLE, len(words))
        held = numpy.zeros(len(words) - width + 1, dtype=numpy.uint64)
        for place in range(width):
            # Arithmetic of uint64 arrays goes round at 2⁶⁴, which is what a hash wants.
            held = held * numpy.uint64(0x9E3779B97F4A7C15) + numbers[place : place + len(held)]
        held = _mix(held)
        held.sort()
        return held[numpy.concatenate(([True], held[1:] != held[:-1]))]

    def _candidates(self) -> Iterator[tuple[str, str]]:
        """Pairs that share a band of their MinHash signatures; of articles with the very same shingles only a chain of them."""
        import numpy

        same: dict[bytes, list[str]] = {}
        for name in sorted(self._shingles):
            if len(self._shingles[name]):
                same.setdefault(self._shingles[name].tobytes(), []).append(name)
        for names in same.values():
            yield from pairwise(names)
        factors = _mix(numpy.arange(1, _BANDS * _ROWS + 1, dtype=numpy.uint64)) | numpy.uint64(1)
        bands: list[dict[bytes, list[str]]] = [{} for _ in range(_BANDS)]
        for first, *_ in same.values():
            # Shingles that look drawn by lot, times an odd number, are in an order of their own for each of them (Dietzfelbinger 1997).
            signature = numpy.multiply.outer(factors, self._shingles[first]).min(axis=1).reshape(_BANDS, _ROWS)
            for band, row in zip(bands, signature, strict=True):
                band.setdefault(row.tobytes(), []).append(first)
        for band in bands:
            for names in band.values():
                yield from combinations(names, 2)

    def _alike(self, first: str, second: str) -> bool:
        import numpy

        one, other = self._shingles[first], self._shingles[second]
        shared = len(numpy.intersect1d(one, other, assume_unique=True))
        return shared >= ALIKE * (len(one) + len(other) - shared)


class _Numbers(dict[str, int]):
    """A number for each word, made when it is first asked for."""

    def __missing__(self, word: str) -> int:
        number = self[word] = int.from_bytes(_digest(word))
        return number


class _Joined:
    """Names that belong together, directly or through others."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, name: str) -> str:
        while (above := self._above.get(name, name)) != name:
            self._above[name] = self._above.get(above, above)
            name = above
        return name

    def join(self, first: str, second: str) -> None:
        one, other = sorted((self.root(first), self.root(second)))
        self._above[other] = one
        self._above.setdefault(one, one)

    def groups(self) -> list[tuple[str, ...]]:
        held: dict[str, list[str]] = {}
        for name in sorted(self._above):
            held.setdefault(self.root(name), []).append(name)
        return [tuple(names) for _, names in sorted(held.items())]


def split_groups(groups: Iterable[tuple[str, ...]], parts: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The groups of which documents stand in more than one part."""
    return [group for group in groups if len({parts[name] for name in group if name in parts}) > 1]


def _touches(stretches: list[Span], span: Span) -> bool:
    """Whether one of the stretches, in order and apart, has a character of `span`."""
    rank = bisect_right(stretches, span[0], key=lambda held: held[1])
    return rank < len(stretches) and stretches[rank][0] < span[1]


def _by_place(place: Place) -> tuple[str, int]:
    return place.document, place.start


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _mix(numbers: Hashes) -> Hashes:
    """Numbers that look drawn by lot, each from one of `numbers` (the finaliser of SplitMix64; Steele, Lea & Flood 2014)."""
    import numpy

    numbers = (numbers ^ (numbers >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> numpy.uint64(31))
