"""The tokens of a document: words or syllables, line by line, cut where an annotation's edge lies inside one.

Blanks are trimmed from an annotation's edges; what being placed on tokens costs it is noted in the ledger.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.model import Annotation, Entity, extent
from annotator.core.text import Span

from .account import CountedLayer, Ledger
from .table import Unit

_BOM = "\ufeff"


class Mention(NamedTuple):
    """An entity or a trigger as it may be written: code points, trimmed to tokens. `fits`: its edges are edges of tokens."""

    start: int
    end: int
    item: Annotation
    fits: bool

    @property
    def is_merged(self) -> bool:
        return len(self.item.spans) > 1

    @property
    def layer(self) -> CountedLayer:
        return "entities" if isinstance(self.item, Entity) else "events"


class Tokens:
    """All tokens of a text in order; `line_ends` holds, per line, the rank behind its last token.

    Where lines were cut into sentences it holds the sentences' ends; `soft` are the numbers of those that end inside a line.
    `are_apart`: they are what blanks divide in the text, no more and no less.
    """

    def __init__(self, spans: list[Span], line_ends: list[int], soft: frozenset[int] = frozenset(), *, are_apart: bool = False) -> None:
        self.spans = spans
        self.line_ends = line_ends
        self.soft = soft
        self.are_apart = are_apart

    @cached_property
    def starts(self) -> list[int]:
        """Where each token begins."""
        return [start for start, _ in self.spans]

    @cached_property
    def ends(self) -> list[int]:
        """Where each token ends."""
        return [end for _, end in self.spans]


def tokens_of(document: Document, *, unit: Unit, name: str) -> Tokens:
    """The units of each line; a BOM at the start of the file belongs to none.

    Raises AnnotatorError ``words-not-known`` while the segmenter has not spoken about every line.
    """
    if not document.words.is_complete:
        raise AnnotatorError("words-not-known", path=name)
    content, words = document.text.content, document.words
    spans: list[Span] = []
    line_ends: list[int] = []
    for line in range(document.text.line_count):
        held = words.line(line)
        if unit == "syllable":
            held = [part for word in held for part in words.syllables(word)]
        if line == 0 and content.startswith(_BOM):
            held = [(max(start, 1), end) for start, end in held if end > 1]
        spans += held
        line_ends.append(len(spans))
    are_apart = unit != "syllable" and document.is_segmented and not document.decisions and not content.startswith(_BOM)
    return Tokens(spans, line_ends, are_apart=are_apart)


def mentions_of(items: Iterable[Annotation], document: Document, tokens: Tokens, ledger: Ledger, *, unit: Unit) -> list[Mention]:
    """Annotations without blanks at their edges and, for ``word-whole``, widened to words."""
    found = []
    starts, ends = tokens.starts, tokens.ends
    for item in items:
        start, end = extent(item)
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        if first < last and start == starts[first] and end == ends[last - 1]:
            # As most do: it begins and ends where tokens do.
            found.append(Mention(start, end, item, fits=True))
            continue
        layer: CountedLayer = "entities" if isinstance(item, Entity) else "events"
        if first >= last:
            ledger.leave_out(layer, item.id, what="no-token")
            continue
        left, right = starts[first], ends[last - 1]
        if start < left or end > right:
            ledger.change(layer, item.id, what="blank-trimmed")
        if unit == "word-whole":
            if start > left or end < right:
                ledger.change(layer, item.id, what="widened-to-word")
            start, end = left, right
        else:
            first_kept = left if start <= left else _skip(document, start, end)
            last_kept = right if end >= right else _skip_back(document, end, first_kept)
            # A blank or joint at the edge of what is cut out of a word goes too.
            if first_kept > max(start, left) or last_kept < min(end, right):
                ledger.change(layer, item.id, what="blank-trimmed")
            start, end = first_kept, last_kept
        if start < end:
            found.append(Mention(start, end, item, fits=False))
        else:
            ledger.leave_out(layer, item.id, what="no-token")
    return found


def cut_at(mentions: Iterable[Mention], tokens: Tokens, document: Document, *, ledger: Ledger) -> Tokens:
    """The tokens, cut where a mention starts or ends inside one."""
    cuts: dict[int, set[int]] = {}
    starts, ends = tokens.starts, tokens.ends
    for mention in mentions:
        if mention.fits:
            continue
        first, last = bisect_right(ends, mention.start), bisect_left(starts, mention.end) - 1
        inside = [(first, mention.start)] if starts[first] < mention.start else []
        inside += [(last, mention.end)] if ends[last] > mention.end else []
        for rank, offset in inside:
            cuts.setdefault(rank, set()).add(offset)
            ledger.change(mention.layer, mention.item.id, what="split-word")
    if not cuts:
        return tokens
    spans: list[Span] = []
    line_ends: list[int] = []
    ranks = sorted(cuts)
    begin = at = 0
    for line_end in tokens.line_ends:
        while at < len(ranks) and ranks[at] < line_end:
            rank = ranks[at]
            spans += tokens.spans[begin:rank]
            spans += _cut(document, tokens.spans[rank], sorted(cuts[rank]))
            begin, at = rank + 1, at + 1
        spans += tokens.spans[begin:line_end]
        line_ends.append(len(spans))
        begin = line_end
    return Tokens(spans, line_ends, tokens.soft)


def bridged_lines(mentions: Iterable[Mention], ranks: Iterable[Span], tokens: Tokens, ledger: Ledger) -> set[int]:
    """The lines, or sentences, whose end lies inside a mention: they and the next are one sentence. `ranks` are the mentions' tokens."""
    joined: set[int] = set()
    line_ends = tokens.line_ends
    for mention, (first, last) in zip(mentions, ranks, strict=True):
        line = bisect_right(line_ends, first)
        if last <= line_ends[line]:
            continue
        lines = range(line, bisect_right(line_ends, last - 1))
        joined.update(lines)
        if any(line not in tokens.soft for line in lines):
            ledger.change(mention.layer, mention.item.id, what="line-break-inside")
    return joined


def forms_of(document: Document, tokens: Tokens) -> list[str]:
    """Tokens as they are written: blanks inside a word, of any kind, become the one sign that joins syllables."""
    content = document.text.content
    if tokens.are_apart:
        return content.split()
    forms = [content[start:end] for start, end in tokens.spans]
    # Most segmented texts have no blank inside any word: one look at all of them tells.
    whole = "".join(forms)
    if whole.split() == [whole]:
        return forms
    return [form if form.isalnum() else "_".join(form.split()) for form in forms]


def type_name(item: Annotation, ledger: Ledger) -> str:
    """An annotation's type without blanks, which would be taken for the end of a column."""
    name = "_".join(item.type.split()) or "_"
    if name != item.type:
        ledger.change("entities" if isinstance(item, Entity) else "events", item.id, what="type-renamed")
    return name


def _cut(document: Document, token: Span, offsets: list[int]) -> list[Span]:
    """The pieces of a token, without the blank or ``_`` that joined them."""
    edges = [token[0], *offsets, token[1]]
    pieces = []
    for start, end in pairwise(edges):
        first = start if start == token[0] else _skip(document, start, end)
        last = end if end == token[1] else _skip_back(document, end, first)
        if first < last:
            pieces.append((first, last))
    return pieces


def _skip(document: Document, start: int, end: int) -> int:
    """The first place from `start` on that is neither a blank nor, in segmented text, a joint."""
    while start < end and _is_gap(document, start):
        start += 1
    return start


def _skip_back(document: Document, end: int, start: int) -> int:
    while end > start and _is_gap(document, end - 1):
        end -= 1
    return end


def _is_gap(document: Document, offset: int) -> bool:
    character = document.text.content[offset]
    return character.isspace() or (character == "_" and document.is_segmented)
