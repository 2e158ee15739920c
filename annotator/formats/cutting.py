"""How a document is cut into the sentences that are written, and which of them are.

A sentence is a line, or where that was asked for what the splitter finds in it; those that an annotation runs across are one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import pairwise
from typing import Final, NamedTuple

from annotator.core.document import Document
from annotator.core.text import Span

from .account import CountedLayer, Ledger
from .table import ExportOptions
from .tokens import Mention, Tokens, bridged_lines

LONG_LINE: Final = 100


class Cut(NamedTuple):
    """A sentence as ranks of tokens, half-open, and the annotations in it by place, each with the ranks of its tokens."""

    begin: int
    end: int
    mentions: list[Mention]
    ranks: list[Span]


def cut_lines(document: Document, tokens: Tokens, options: ExportOptions) -> Tokens:
    """`tokens` of lines with the ends of the sentences inside those lines that are to be split.

    ``long`` splits only lines of more than `LONG_LINE` words. A token that two sentences share stays with the first.
    """
    if options.sentences == "line":
        return tokens
    cuts: list[int] = []
    soft: set[int] = set()
    words = pairwise((0, *document.words.edges().line_ends))
    for line, (line_end, (first_word, last_word)) in enumerate(zip(tokens.line_ends, words, strict=True)):
        if options.sentences == "auto" or last_word - first_word > LONG_LINE:
            first, last = document.text.line_span(line)
            for _, end in options.split_line(document.text.content[first:last]):
                rank = bisect_left(tokens.starts, first + end)
                if rank < line_end and rank > (cuts[-1] if cuts else 0):
                    soft.add(len(cuts))
                    cuts.append(rank)
        cuts.append(line_end)
    return Tokens(tokens.starts, tokens.ends, cuts, tokens.texts, frozenset(soft)) if soft else tokens


def cuts_of(
    tokens: Tokens, mentions: Iterable[Mention], ledger: Ledger, options: ExportOptions, *, about: CountedLayer | None
) -> list[Cut]:
    """The sentences that hold a token and are to be written, with `mentions`, which stand in order.

    Where only a share of the sentences without an annotation of the layer `about` is wanted, the others go with all that is in them,
    which the ledger notes; it also lists those that are too long. Without `about` the whole text is written: none of this is done.
    """
    kept = []
    is_all = options.empty >= 1
    for cut in _all(tokens, list(mentions), ledger):
        is_empty = about and not is_all and not any(mention.layer == about for mention in cut.mentions)
        if is_empty and not _is_drawn(options, ledger.name, tokens.starts[cut.begin]):
            for mention in cut.mentions:
                ledger.leave_out(mention.layer, mention.item.id, what="sentence-left-out")
            continue
        if about and 0 < options.longest < cut.end - cut.begin:
            span = tokens.starts[cut.begin], tokens.ends[cut.end - 1]
            ledger.warn(span, what="sentence-too-long", detail=str(cut.end - cut.begin))
        kept.append(cut)
    return kept


def _all(tokens: Tokens, mentions: list[Mention], ledger: Ledger) -> Iterator[Cut]:
    starts, ends = tokens.starts, tokens.ends
    ranks = [(bisect_right(ends, start), bisect_left(starts, end)) for start, end, *_ in mentions]
    joined = bridged_lines(mentions, ranks, tokens, ledger)
    begin = at = 0
    for number, end in enumerate(tokens.line_ends):
        if number in joined or end == begin:
            continue
        first = at
        while at < len(ranks) and ranks[at][0] < end:
            at += 1
        yield Cut(begin, end, mentions[first:at], ranks[first:at])
        begin = end


def _is_drawn(options: ExportOptions, name: str, start: int) -> bool:
    """Whether a sentence is among the share that is kept: its document, its place and the seed decide, nothing else."""
    drawn = sha256(f"{options.seed}\0{name}\0{start}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(drawn[:8]) < options.empty * 2**64
