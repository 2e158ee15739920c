"""The tokens of a document: words or syllables, line by line, cut where an annotation's edge lies inside one.

Blanks are trimmed from an annotation's edges; what being placed on tokens costs it is noted in the ledger.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property, lru_cache
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
    """All tokens of a text in order, by where they start and end; `line_ends` holds, per line, the rank behind its last token.

    `texts` are the tokens themselves where none has a blank inside, and None where nobody knows. Where lines were cut into sentences
    `line_ends` holds the sentences' ends; `soft` are the numbers of those that end inside a line.
    """

    def __init__(
        self,
        starts: list[int],
        ends: list[int],
        line_ends: list[int],
        texts: list[str] | None = None,
        soft: frozenset[int] = frozenset(),
    ) -> None:
        self.starts = starts
        self.ends = ends
        self.line_ends = line_ends
        self.texts = texts
        self.soft = soft

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """Where each token lies."""
        return tuple(zip(self.starts, self.ends, strict=True))


def tokens_of(document: Document, *, unit: Unit, name: str) -> Tokens:
    """The units of each line; a BOM at the start of the file belongs to none.

    Raises AnnotatorError ``words-not-known`` while the segmenter has not spoken about every line.
    """
    if not document.words.is_complete:
        raise AnnotatorError("words-not-known", path=name)
    found = _syllables(document) if unit == "syllable" else Tokens(*document.words.edges())
    return _without_bom(found) if document.text.content.startswith(_BOM) else found


def _syllables(document: Document) -> Tokens:
    found = Tokens([], [], [])
    for line in document.words.lines():
        for word in line:
            for start, end in document.words.syllables(word):
                found.starts.append(start)
                found.ends.append(end)
        found.line_ends.append(len(found.starts))
    return found


def _without_bom(tokens: Tokens) -> Tokens:
    """The BOM, which is the first code point, may be a token by itself or begin one."""
    starts = [max(start, 1) for start in tokens.starts[:1]] + tokens.starts[1:]
    alone = tokens.ends[:1] == [1]
    return Tokens(starts[alone:], tokens.ends[alone:], [rank - alone for rank in tokens.line_ends]) if tokens.starts else tokens


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
    found = Tokens([], [], [], None if tokens.texts is None else [], tokens.soft)
    ranks = sorted(cuts)
    begin = at = 0
    for line_end in tokens.line_ends:
        while at < len(ranks) and ranks[at] < line_end:
            rank = ranks[at]
            _take(found, tokens, begin, rank)
            for start, end in _cut(document, (starts[rank], ends[rank]), sorted(cuts[rank])):
                found.starts.append(start)
                found.ends.append(end)
                if found.texts is not None:
                    found.texts.append(document.text.content[start:end])
            begin, at = rank + 1, at + 1
        _take(found, tokens, begin, line_end)
        found.line_ends.append(len(found.starts))
        begin = line_end
    return found


def _take(found: Tokens, tokens: Tokens, first: int, last: int) -> None:
    """Add the tokens of these ranks, half-open."""
    found.starts += tokens.starts[first:last]
    found.ends += tokens.ends[first:last]
    if found.texts is not None and tokens.texts is not None:
        found.texts += tokens.texts[first:last]


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
    if tokens.texts is not None:
        return tokens.texts
    content = document.text.content
    forms = [content[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]
    # Most segmented texts have no blank inside any word: one look at all of them tells.
    whole = "".join(forms)
    if whole.split() == [whole]:
        return forms
    return [form if form.isalnum() else "_".join(form.split()) for form in forms]


def type_name(item: Annotation, ledger: Ledger) -> str:
    """An annotation's type without blanks, which would be taken for the end of a column."""
    name = without_blanks(item.type)
    if name != item.type:
        ledger.change("entities" if isinstance(item, Entity) else "events", item.id, what="type-renamed")
    return name


@lru_cache(maxsize=4096)
def without_blanks(name: str) -> str:
    """A type's name as one token."""
    return "_".join(name.split()) or "_"


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
