"""A document as sentences of tokens with one flat layer of entities, for every format that counts in tokens.

Tokens are words or syllables; where an entity's edge cuts one it is split there (``word``, ``syllable``) or the entity is widened
(``word-whole``). Sentences are the lines of the text. What this costs an annotation is noted in the ledger.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.model import Entity, extent, id_order
from annotator.core.text import Span

from .account import Ledger
from .table import Unit
from .tags import Chunk

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens as code points of the text, their written forms, and the entities as runs of tokens."""

    tokens: list[Span]
    forms: list[str]
    chunks: list[Chunk]


@dataclass(frozen=True, slots=True)
class _Mention:
    """An entity as it may be written: code points, trimmed to tokens."""

    start: int
    end: int
    item: Entity

    @property
    def is_merged(self) -> bool:
        return len(self.item.spans) > 1


class _Tokens:
    """All tokens of a text in order; `line_ends` holds, per line, the rank behind its last token."""

    def __init__(self, spans: list[Span], line_ends: list[int]) -> None:
        self.spans = spans
        self.line_ends = line_ends
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]

    def ranks(self, start: int, end: int) -> Span:
        """The ranks of the tokens that share a code point with `start` … `end`, half-open."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)


def sentences(document: Document, ledger: Ledger, *, unit: Unit) -> list[Sentence]:
    """The document's sentences that hold a token.

    Raises AnnotatorError ``words-not-known`` while the segmenter has not spoken about every line.
    """
    if not document.words.is_complete:
        raise AnnotatorError("words-not-known", path=ledger.name)
    tokens = _tokens(document, unit=unit)
    mentions = _flat(_mentions(document, tokens, ledger, unit=unit), ledger)
    if unit != "word-whole":
        tokens = _split(tokens, mentions, document, ledger=ledger)
    return _sentences(document, tokens, mentions, ledger=ledger)


def _tokens(document: Document, *, unit: Unit) -> _Tokens:
    """The units of each line; a BOM at the start of the file belongs to none."""
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
    return _Tokens(spans, line_ends)


def _mentions(document: Document, tokens: _Tokens, ledger: Ledger, *, unit: Unit) -> list[_Mention]:
    """The entities without blanks at their edges and, for ``word-whole``, widened to words."""
    found = []
    for item in document.entities.values():
        start, end = extent(item)
        first, last = tokens.ranks(start, end)
        if first >= last:
            ledger.leave_out("entities", item.id, what="no-token")
            continue
        left, right = tokens.starts[first], tokens.ends[last - 1]
        if start < left or end > right:
            ledger.change("entities", item.id, what="blank-trimmed")
        if unit == "word-whole":
            if start > left or end < right:
                ledger.change("entities", item.id, what="widened-to-word")
            start, end = left, right
        else:
            start = left if start <= left else _skip(document, start, end)
            end = right if end >= right else _skip_back(document, end, start)
        if start < end:
            found.append(_Mention(start, end, item))
        else:
            ledger.leave_out("entities", item.id, what="no-token")
    return found


def _flat(mentions: list[_Mention], ledger: Ledger) -> list[_Mention]:
    """Mentions that do not overlap, in order: longest first, then first; those of several fragments only where room is left."""
    starts: list[int] = []
    kept: list[_Mention] = []
    for mention in sorted(mentions, key=_precedence):
        rank = bisect_right(starts, mention.start)
        left = kept[rank - 1] if rank and kept[rank - 1].end > mention.start else None
        is_free = left is None and (rank == len(kept) or kept[rank].start >= mention.end)
        if is_free:
            starts.insert(rank, mention.start)
            kept.insert(rank, mention)
            if mention.is_merged:
                ledger.change("entities", mention.item.id, what="fragments-merged")
        elif mention.is_merged:
            ledger.leave_out("entities", mention.item.id, what="fragments-collide")
        else:
            is_nested = left is not None and mention.end <= left.end
            ledger.leave_out("entities", mention.item.id, what="nested-flattened" if is_nested else "crossing-left-out")
    return kept


def _precedence(mention: _Mention) -> tuple[bool, int, int, tuple[int, str]]:
    return mention.is_merged, mention.start - mention.end, mention.start, id_order(mention.item.id)


def _split(tokens: _Tokens, mentions: list[_Mention], document: Document, *, ledger: Ledger) -> _Tokens:
    """The tokens, cut where a mention starts or ends inside one."""
    cuts: dict[int, set[int]] = {}
    for mention in mentions:
        first, last = tokens.ranks(mention.start, mention.end)
        inside = [(first, mention.start)] if tokens.starts[first] < mention.start else []
        inside += [(last - 1, mention.end)] if tokens.ends[last - 1] > mention.end else []
        for rank, offset in inside:
            cuts.setdefault(rank, set()).add(offset)
            ledger.change("entities", mention.item.id, what="split-word")
    if not cuts:
        return tokens
    spans: list[Span] = []
    line_ends: list[int] = []
    begin = 0
    for line_end in tokens.line_ends:
        for rank in range(begin, line_end):
            spans += _cut(document, tokens.spans[rank], sorted(cuts[rank])) if rank in cuts else (tokens.spans[rank],)
        line_ends.append(len(spans))
        begin = line_end
    return _Tokens(spans, line_ends)


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


def _sentences(document: Document, tokens: _Tokens, mentions: list[_Mention], *, ledger: Ledger) -> list[Sentence]:
    """Lines with their tokens and chunks; lines that a mention runs across are one sentence."""
    ranks = [tokens.ranks(mention.start, mention.end) for mention in mentions]
    joined: set[int] = set()
    for mention, (first, last) in zip(mentions, ranks, strict=True):
        lines = range(bisect_right(tokens.line_ends, first), bisect_right(tokens.line_ends, last - 1))
        if lines:
            joined.update(lines)
            ledger.change("entities", mention.item.id, what="line-break-inside")
    found: list[Sentence] = []
    content, begin, at = document.text.content, 0, 0
    for line, line_end in enumerate(tokens.line_ends):
        if line in joined or line_end == begin:
            continue
        chunks: list[Chunk] = []
        while at < len(ranks) and ranks[at][1] <= line_end:
            chunks.append(Chunk(ranks[at][0] - begin, ranks[at][1] - begin, _tag_name(mentions[at].item, ledger)))
            at += 1
        held = tokens.spans[begin:line_end]
        # Blanks inside a word, of any kind, become the one sign that joins syllables.
        forms = ["_".join(content[start:end].split()) for start, end in held]
        found.append(Sentence(held, forms, chunks))
        begin = line_end
    return found


def _tag_name(item: Entity, ledger: Ledger) -> str:
    """The entity's type without blanks, which would be taken for the end of a column."""
    name = "_".join(item.type.split()) or "_"
    if name != item.type:
        ledger.change("entities", item.id, what="type-renamed")
    return name
