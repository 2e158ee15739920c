"""Text that comes segmented: `giao_lưu quốc_phòng`, words apart by blanks, their syllables held together by ``_``."""

from __future__ import annotations

import re

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
