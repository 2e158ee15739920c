"""Finding the words of a list at a place in a text: titles, prepositions, negations, in whatever spelling the text has them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from annotator.core.text import Span, Spans, Text

_SYLLABLE = re.compile(r"[^\s_]+")
_GAP = re.compile(r"[\s_]+")
# Far more than the longest syllable of a list with its gap, decomposed; keeps the look to the left short in a text without blanks.
_REACH = 40


def fold(text: str) -> str:
    """A text for comparing: NFC, lower case, every run of blanks and underscores one blank."""
    return unicodedata.normalize("NFC", _GAP.sub(" ", text.lower())).strip()


class Wordlist:
    """Phrases that are looked for syllable by syllable, the longest first; text and phrases are compared folded."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = frozenset(fold(phrase) for phrase in phrases) - {""}
        self._most = max((phrase.count(" ") + 1 for phrase in self._phrases), default=0)

        self._firsts = frozenset(phrase.split(" ")[0] for phrase in self._phrases)
        self._lasts = frozenset(phrase.split(" ")[-1] for phrase in self._phrases)
        # Decomposed, a letter takes up to three code points.
        self._longest = 3 * max((len(phrase) for phrase in self._phrases), default=0)

    def __contains__(self, text: str) -> bool:
        return len(text) <= self._longest and fold(text) in self._phrases

    def names(self, text: Text, spans: Spans) -> bool:
        """Whether the fragments read as one of the phrases."""
        return spans[-1][1] - spans[0][0] <= self._longest and text.surface(spans) in self

    def at_start(self, content: str, span: Span) -> Span | None:
        """The longest phrase that `span` begins with."""
        first = _SYLLABLE.search(content, *span)
        if first is None or fold(first[0]) not in self._firsts:
            return None
        found = None
        for syllable in islice(_SYLLABLE.finditer(content, *span), self._most):
            if fold(content[span[0] : syllable.end()]) in self._phrases:
                found = span[0], syllable.end()
        return found

    def right_before(self, content: str, offset: int) -> Span | None:
        """The longest phrase that ends just in front of `offset`, blanks and underscores apart, on the same line."""
        found, end, at = None, 0, offset
        for _ in range(self._most):
            syllable = _syllable_before(content, at)
            if syllable is None:
                break
            at, end = syllable[0], end or syllable[1]
            start = _skip_marks(content, syllable)
            if start == syllable[1] or (end == syllable[1] and fold(content[start:end]) not in self._lasts):
                break
            if fold(content[start:end]) in self._phrases:
                found = start, end
            if start > at:
                break
        return found


def _skip_marks(content: str, syllable: Span) -> int:
    """The first letter or digit of a syllable, behind an opening bracket or quote; its end where there is none."""
    start, end = syllable
    while start < end and not content[start].isalnum():
        start += 1
    return start


@lru_cache(maxsize=64)
def wordlist(phrases: tuple[str, ...]) -> Wordlist:
    return Wordlist(phrases)


def _syllable_before(content: str, offset: int) -> Span | None:
    end = offset
    while end > 0 and (content[end - 1] == "_" or content[end - 1].isspace()):
        if content[end - 1] == "\n" or offset - end > _REACH:
            return None
        end -= 1
    if end == 0 or end == offset:
        return None
    start = end
    while start > 0 and end - start <= _REACH and content[start - 1] != "_" and not content[start - 1].isspace():
        start -= 1
    return start, end
