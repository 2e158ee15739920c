"""Text that comes segmented: `giao_lưu quốc_phòng`, words apart by blanks, their syllables held together by ``_``."""

from __future__ import annotations

import re
from itertools import accumulate
from operator import add

from annotator.core.text import Span

SEGMENTED_IN_A_HUNDRED = 2

# Each alternative begins only where no longer run of its letters does: the search stays linear on `-----…`.
_ADDRESS = (
    r"\b\w+://\S+"
    r"|(?<![\w.-])www\.\S+"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+\.\S+"
    r"|(?<![\w.-])(?:[a-zA-Z0-9-]+\.)+[a-z]{2,}/\S*"
)
# A decomposed letter ends in its marks; these are the ones that Vietnamese has.
_MARKS = "\u0300-\u036f"
# An address, or else a `_` that joins, in the group of that name.
_LETTERS_JOINED = rf"{_ADDRESS}|(?P<join>[^\W\d_][{_MARKS}]*_[^\W\d_])"
_JOIN = rf"{_ADDRESS}|(?P<join>(?:(?<=[^\W_])|(?<=[.{_MARKS}]))_(?=[^\W_]))"


def source_words(line: str, *, at: int = 0) -> list[Span]:
    """The words of a line that is segmented already: what blanks divide (as `str.split` does), with the ``_`` inside.

    Spans of code points, half-open, counted from `at` at the line's start.
    """
    words = line.split()
    lengths = list(map(len, words))
    if len(line) == sum(lengths) + len(words) - 1:
        # One blank between any two, as segmented text has it: the lengths tell all, without looking for each word in the line.
        starts = list(accumulate(map((1).__add__, lengths), initial=at))
        return list(zip(starts, map(add, starts, lengths), strict=False))
    return [(at + found.start(), at + found.end()) for found in re.finditer(r"\S+", line)]


def looks_segmented(text: str) -> bool:
    """Whether at least 2 % of the tokens between blanks hold a ``_`` between letters, outside URLs and e-mail addresses."""
    if "_" not in text:
        return False
    expression = re.compile(_LETTERS_JOINED)
    tokens = text.split()
    joined = sum(1 for token in tokens if "_" in token and any(found["join"] for found in expression.finditer(token)))
    return joined > 0 and joined * 100 >= len(tokens) * SEGMENTED_IN_A_HUNDRED


def read_joins_as_blanks(text: str) -> str:
    """A segmented text as its author typed it, for asking pyvi about it: every ``_`` that joins two syllables becomes a blank.

    The length stays, so that spans of the one hold in the other. A ``_`` joins where a letter or digit follows and a letter, digit, mark or
    full stop (``TP._Vinh``) precedes; in URLs and e-mail addresses it joins nothing.
    """
    if "_" not in text:
        return text
    return re.sub(_JOIN, lambda found: " " if found["join"] else found[0], text)
