"""A document as sentences of tokens with one flat layer of entities, for every format that tags tokens.

What this costs an annotation is noted in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from annotator.core.document import Document
from annotator.core.text import Span

from .account import Ledger
from .cutting import cut_lines, cuts_of
from .nesting import flat, layers
from .table import ExportOptions, Nesting
from .tags import Chunk
from .tokens import Mention, cut_at, forms_of, mentions_of, tokens_of, type_name


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens as code points of the text, their written forms, and the entities as runs of tokens: those of the first layer, and the
    further layers, as many in each sentence of a document.
    """

    tokens: tuple[Span, ...]
    forms: list[str]
    chunks: list[Chunk]
    further: list[list[Chunk]]


def sentences(document: Document, ledger: Ledger, options: ExportOptions, *, layered: bool = False) -> list[Sentence]:
    """The document's sentences that hold a token and are to be written; `layered`: the format has room for layers.

    Raises as `tokens_of`.
    """
    tokens = tokens_of(document, unit=options.unit, name=ledger.name)
    mentions = mentions_of(document.entities.values(), document, tokens, ledger, unit=options.unit)
    if layered and options.nesting == "layers":
        held = layers(mentions) or [[]]
        _note_merged(mentions, ledger)
    else:
        held = [_flat(mentions, ledger, nesting=options.nesting)]
    layer_of = {mention.item.id: number for number, layer in enumerate(held) for mention in layer}
    mentions = sorted((mention for layer in held for mention in layer), key=lambda mention: (mention.start, -mention.end))
    tokens = cut_lines(document, tokens, options)
    if options.unit != "word-whole":
        tokens = cut_at(mentions, tokens, document, ledger=ledger)
    found = []
    forms, spans = forms_of(document, tokens), tokens.spans
    for cut in cuts_of(tokens, mentions, ledger, options, about="entities"):
        chunks: list[list[Chunk]] = [[] for _ in held]
        for mention, (first, last) in zip(cut.mentions, cut.ranks, strict=True):
            chunks[layer_of[mention.item.id]].append(Chunk(first - cut.begin, last - cut.begin, type_name(mention.item, ledger)))
        found.append(Sentence(spans[cut.begin : cut.end], forms[cut.begin : cut.end], chunks[0], chunks[1:]))
    return found


def _note_merged(mentions: Iterable[Mention], ledger: Ledger) -> None:
    for mention in mentions:
        if mention.is_merged:
            ledger.change("entities", mention.item.id, what="fragments-merged")


def _flat(mentions: list[Mention], ledger: Ledger, *, nesting: Nesting) -> list[Mention]:
    """Mentions that do not overlap, in order; those of several fragments stay only where room is left."""
    kept, dropped = flat(mentions, nesting=nesting)
    _note_merged(kept, ledger)
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
