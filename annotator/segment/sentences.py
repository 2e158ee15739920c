"""Sentences of a line: where a Vietnamese sentence ends, and where a full stop is only part of an abbreviation, an initial or a number.

Rules over tables, without a model: the tables were made for news text, raw and segmented (``TP . Hồ_Chí_Minh``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from annotator.core.text import Span

# What ends a sentence, with the quotes and brackets that close behind it.
_END: Final = re.compile(r"(?:[.!?…]+|\.\s\.\s\.)(?:\s?[”\"’»)\]]+)*(?=\s)")
_OPENING: Final = "“\"‘'«([-–—*•"
# Before a full stop these are abbreviations, whatever follows.
_ALWAYS_WORDS: Final = (
    "tp tx tt q p h đc đ/c ths th.s ts gs pgs gs.ts pgs.ts bs ks cn ls nsnd nsưt nsut st mr mrs ms dr prof jr sr "
    "ubnd tw vd tr trg nxb sđt đt tel fax dt vs ltd inc corp plc jan feb mar apr jun jul aug sep sept oct nov dec"
)
_ALWAYS: Final = frozenset(_ALWAYS_WORDS.split())
# These abbreviate only where a name or number follows; at the end of a sentence they end it as well.
_OFTEN: Final = frozenset(["v.v", "vv", "etc", "cty"])
# Words with which a sentence begins far more often than a name goes on with them.
_STARTERS_WORDS: Final = (
    "anh bà các cả chị chính chiều cho chúng có còn cô cùng cũng do dù đây đến để điều đó được em hai hiện hôm khi "
    "không lúc mặc mọi một mỗi nay này nếu ngày ngoài người nhiều như nhưng những nói ông ở phía qua ra rồi sau "
    "sáng sắp sự tại theo thế thì thấy thời tối tôi trong trước trên tuy từ và vào vẫn về việc vì với"
)
_STARTERS: Final = frozenset(_STARTERS_WORDS.split())
_LEFT: Final = re.compile(r"\S+$")
_WORD: Final = re.compile(r"\w+")
_QUOTES: Final = {"“": "”", "«": "»"}
_QUOTE: Final = re.compile("[“«]")
_QUOTE_MOST: Final = 300
_LOOK: Final = 40


def sentences(line: str, *, at: int = 0) -> list[Span]:
    """The sentences of one line, half-open, without the blanks around them; offsets begin at `at`. All but blanks lies in one of them."""
    found = []
    begin = 0
    for cut in (*_cuts(line), len(line)):
        part = line[begin:cut]
        inner = part.strip()
        if inner:
            start = begin + len(part) - len(part.lstrip())
            found.append((at + start, at + start + len(inner)))
        begin = cut
    return found


def _cuts(line: str) -> Iterator[int]:
    quoted = _quotations(line)
    begin = at = 0
    for end in _END.finditer(line):
        cut = end.end()
        while at < len(quoted) and quoted[at][1] <= end.start():
            at += 1
        inside = at < len(quoted) and quoted[at][0] < end.start() and cut < quoted[at][1]
        if not inside and _begins_sentence(line, cut) and not _abbreviates(line, begin, end):
            yield cut
            begin = cut


def _quotations(line: str) -> list[Span]:
    """Short quotations after which their sentence goes on: nothing in them ends it. In order, none inside another."""
    found: list[Span] = []
    for opening in _QUOTE.finditer(line):
        start = opening.start()
        if found and start < found[-1][1]:
            continue
        stop = line.find(_QUOTES[opening.group()], start + 1, start + _QUOTE_MOST)
        following = _next(line, stop + 1) if stop > 0 else ""
        if following and (following[0].islower() or following[0] in ",;:–-"):
            found.append((start, stop + 1))
    return found


def _next(line: str, offset: int, *, signs: str = " ") -> str:
    """What comes at `offset` behind blanks and `signs`, as much of it as decides anything."""
    return line[offset : offset + _LOOK].lstrip().lstrip(signs)


def _begins_sentence(line: str, cut: int) -> bool:
    """Whether what follows may begin a sentence: a capital, a digit, an opening sign before one."""
    following = _next(line, cut, signs=_OPENING + " ")[:1]
    return bool(following) and (following.isupper() or following.isdigit() or not (following.isalpha() or following in ".,;:!?…)]”’»"))


def _abbreviates(line: str, begin: int, end: re.Match[str]) -> bool:
    """Whether a single full stop belongs to what stands before it."""
    if end.group() != ".":
        return False
    before = _LEFT.search(line[max(begin, end.start() - _LOOK) : end.start()].rstrip())
    token = before.group().lstrip(_OPENING) if before else ""
    plain = token.casefold()
    last = plain.rsplit("_", 1)[-1]
    following = _next(line, end.end(), signs=_OPENING + " ")
    if last in _ALWAYS:
        return True
    if last in _OFTEN:
        return not _starts(following)
    # "1." in front of an item of a list.
    if token.isdigit() and end.start() - begin < _LOOK and not line[begin : end.start()].strip().removesuffix(token).strip():
        return True
    is_initial = len(token.rsplit("_", 1)[-1].rsplit(".", 1)[-1]) == 1 and token[-1:].isupper()
    return is_initial and following[:1].isupper() and not _starts(following)


def _starts(following: str) -> bool:
    """Whether a text begins with a word that usually begins a sentence."""
    word = _WORD.match(following)
    return word is not None and word.group().split("_", 1)[0].casefold() in _STARTERS
