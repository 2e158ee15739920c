"""A document as sentences of tokens with one flat layer of entities, for every format that tags tokens.

Sentences are the lines of the text; what this costs an annotation is noted in the ledger.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from annotator.core.document import Document
from annotator.core.model import id_order
from annotator.core.text import Span

from .account import Ledger
from .table import Unit
from .tags import Chunk
from .tokens import Mention, Tokens, bridged_lines, cut_at, forms_of, mentions_of, tokens_of, type_name


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens as code points of the text, their written forms, and the entities as runs of tokens."""

    tokens: list[Span]
    forms: list[str]
    chunks: list[Chunk]


def sentences(document: Document, ledger: Ledger, *, unit: Unit) -> list[Sentence]:
    """The document's sentences that hold a token. Raises as `tokens_of`."""
    tokens = tokens_of(document, unit=unit, name=ledger.name)
    mentions = _flat(mentions_of(document.entities.values(), document, tokens, ledger, unit=unit), ledger)
    if unit != "word-whole":
        tokens = cut_at(mentions, tokens, document, ledger=ledger)
    return _sentences(document, tokens, mentions, ledger=ledger)


def _flat(mentions: list[Mention], ledger: Ledger) -> list[Mention]:
    """Mentions that do not overlap, in order: longest first, then first; those of several fragments only where room is left."""
    starts: list[int] = []
    kept: list[Mention] = []
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


def _precedence(mention: Mention) -> tuple[bool, int, int, tuple[int, str]]:
    return mention.is_merged, mention.start - mention.end, mention.start, id_order(mention.item.id)


def _sentences(document: Document, tokens: Tokens, mentions: list[Mention], *, ledger: Ledger) -> list[Sentence]:
    """Lines with their tokens and chunks; lines that a mention runs across are one sentence."""
    ranks = [tokens.ranks(mention.start, mention.end) for mention in mentions]
    joined = bridged_lines(mentions, tokens, ledger)
    found: list[Sentence] = []
    begin, at = 0, 0
    for line, line_end in enumerate(tokens.line_ends):
        if line in joined or line_end == begin:
            continue
        chunks: list[Chunk] = []
        while at < len(ranks) and ranks[at][1] <= line_end:
            chunks.append(Chunk(ranks[at][0] - begin, ranks[at][1] - begin, type_name(mentions[at].item, ledger)))
            at += 1
        held = tokens.spans[begin:line_end]
        found.append(Sentence(held, forms_of(document, held), chunks))
        begin = line_end
    return found
