"""The items of a list in running text: ``Thi , Cường , Minh và Vũ`` has four."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from .document import Document
from .text import Span

_SEPARATORS = frozenset(",;/•–") | {"và", "hoặc", "hay", "cùng", "với", "lẫn"}


def list_items(document: Document, spans: Sequence[Span]) -> list[Span]:
    """The items between commas, semicolons and words such as *và* inside `spans`, each without blanks around it.

    A separator counts only where it is a word of its own: *và* inside a joined name separates nothing.
    """
    items: list[Span] = []
    for start, end in spans:
        held: list[Span] = []
        for word in document.words.overlapping(start, end):
            part = max(word[0], start), min(word[1], end)
            if unicodedata.normalize("NFC", document.text.content[slice(*part)]).casefold() in _SEPARATORS:
                items += _whole(held)
                held = []
            else:
                held.append(part)
        items += _whole(held)
    return items


def _whole(words: list[Span]) -> list[Span]:
    return [(words[0][0], words[-1][1])] if words else []
