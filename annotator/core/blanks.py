"""What blanks divide: the tokens of a text as `str.split` finds them, with the places where they stand."""

from __future__ import annotations

from itertools import accumulate, compress
from operator import add
from typing import Final

# What `str.isspace` says yes to, but for the plain blank.
OTHER_BLANKS: Final = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


def find_tokens(text: str, *, at: int = 0) -> tuple[list[int], list[int], list[str]]:
    """Where the tokens of a text start, where they end, in code points counted from `at` at the text's first, and what they are."""
    text = text.rstrip()
    for blank in OTHER_BLANKS:
        text = text.replace(blank, " ")
    # With one code point between any two pieces the lengths tell every place, without looking for each token in the text.
    pieces = text.split(" ")
    lengths = list(map(len, pieces))
    starts = list(accumulate(map((1).__add__, lengths[:-1]), initial=at))
    ends = list(map(add, starts, lengths))
    if 0 not in lengths:
        return starts, ends, pieces
    return list(compress(starts, lengths)), list(compress(ends, lengths)), list(filter(None, pieces))
