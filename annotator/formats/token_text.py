"""The text of an article that a file gives as tokens: tokens apart by one blank, a sentence a line; an ``_`` inside a token stays."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.core.text import Span


class TokenText:
    """Sentences one after the other; tokens are counted through the article."""

    def __init__(self) -> None:
        self._rows: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._at = 0

    def add(self, tokens: Iterable[str]) -> int:
        """Take a sentence; the number of its first token in the article comes back."""
        first, held = len(self._starts), [" ".join(token.split()) or "_" for token in tokens]
        for token in held:
            self._starts.append(self._at)
            self._at += len(token)
            self._ends.append(self._at)
            self._at += 1
        self._rows.append(" ".join(held))
        if not held:
            self._at += 1
        return first

    @property
    def count(self) -> int:
        """How many tokens there are."""
        return len(self._starts)

    def span(self, start: int, end: int) -> Span | None:
        """The characters of tokens `start` … `end`, half-open; None where there are no such tokens."""
        return (self._starts[start], self._ends[end - 1]) if 0 <= start < end <= len(self._starts) else None

    def content(self) -> str:
        return "".join(f"{row}\n" for row in self._rows)
