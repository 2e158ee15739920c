"""A document as sentences of tokens with one flat layer of entities, for every format that tags tokens.

What this costs an annotation is noted in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass

from annotator.core.document import Document
from annotator.core.text import Span

from .account import Ledger
from .cutting import cut_lines, cuts_of
from .nesting import flat
from .table import ExportOptions, Nesting
from .tags import Chunk
from .tokens import Mention, cut_at, forms_of, mentions_of, tokens_of, type_name


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens as code points of the text, their written forms, and the entities as runs of tokens."""

    tokens: list[Span]
    forms: list[str]
    chunks: list[Chunk]


def sentences(document: Document, ledger: Ledger, options: ExportOptions) -> list[Sentence]:
    """The document's sentences that hold a token and are to be written. Raises as `tokens_of`."""
    tokens = tokens_of(document, unit=options.unit, name=ledger.name)
    mentions = _flat(mentions_of(document.entities.values(), document, tokens, ledger, unit=options.unit), ledger, nesting=options.nesting)
    tokens = cut_lines(document, tokens, options)
    if options.unit != "word-whole":
        tokens = cut_at(mentions, tokens, document, ledger=ledger)
    found = []
    for cut in cuts_of(tokens, mentions, ledger, options, about="entities"):
        ranks = [tokens.ranks(mention.start, mention.end) for mention in cut.mentions]
        chunks = [
            Chunk(first - cut.begin, last - cut.begin, type_name(mention.item, ledger))
            for mention, (first, last) in zip(cut.mentions, ranks, strict=True)
        ]
        held = tokens.spans[cut.begin : cut.end]
        found.append(Sentence(held, forms_of(document, held), chunks))
    return found


def _flat(mentions: list[Mention], ledger: Ledger, *, nesting: Nesting) -> list[Mention]:
    """Mentions that do not overlap, in order; those of several fragments stay only where room is left."""
    kept, dropped = flat(mentions, nesting=nesting)
    for mention in kept:
        if mention.is_merged:
            ledger.change("entities", mention.item.id, what="fragments-merged")
    for mention, other in dropped:
        if mention.is_merged:
            what = "fragments-collide"
        elif other.start <= mention.start and mention.end <= other.end:
            what = "nested-flattened"
        else:
            is_outer = mention.start <= other.start and other.end <= mention.end
            what = "outer-left-out" if is_outer else "crossing-left-out"
        ledger.leave_out("entities", mention.item.id, what=what)
    return kept
