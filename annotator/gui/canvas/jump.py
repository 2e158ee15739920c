"""Jumping to a visible word by two keys: every word in view bears a code of two safe letters or digits. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from annotator.core.schema_keys import SAFE_LETTERS
from annotator.core.text import Span

# The letters under the fingers first; all are safe under Telex and VNI, as no vowel ever precedes a digit here.
_ORDER = "fjghkltnrvbmcpsxz1234567890"
assert set(SAFE_LETTERS) <= set(_ORDER)


class Jump:
    """The codes of the words in view and what was typed of one. `extend`: the word reached is added to the selection."""

    def __init__(self, words: Sequence[Span], *, extend: bool) -> None:
        codes = ("".join(pair) for pair in product(_ORDER, repeat=2))
        self.extend = extend
        self.typed = ""
        self._targets = dict(zip(codes, words, strict=False))

    def shown(self) -> Iterator[tuple[str, Span]]:
        """The codes that may still be meant, without what was typed of them, and their words."""
        for code, word in self._targets.items():
            if code.startswith(self.typed):
                yield code[len(self.typed) :], word

    def type(self, key: str) -> bool:
        """Take one more character; whether any code still fits."""
        self.typed += key
        return any(True for _ in self.shown())

    def reached(self) -> Span | None:
        """The word whose code was typed whole."""
        return self._targets.get(self.typed)
