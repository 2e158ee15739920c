"""A document as sentences of tokens with entities and triggers as runs of tokens, nested as they are: what event formats write.

What being placed on tokens of sentences costs an annotation is noted in the ledger.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from annotator.core.document import Document
from annotator.core.model import Annotation, Argument, Entity, Event, Relation
from annotator.core.text import Span

from .account import CountedLayer, Ledger
from .cutting import Cut, cut_lines, cuts_of
from .table import ExportOptions
from .tokens import Mention, cut_at, forms_of, mentions_of, tokens_of


class Run(NamedTuple):
    """An annotation as tokens of its passage, half-open; `passage` is the passage's number in the document."""

    item: Annotation
    passage: int
    start: int
    end: int


class Passage(NamedTuple):
    """One sentence: its number, the rank of its first token in the document, tokens as code points and as written, and what is in it.

    A format that holds the whole text writes tokens as they stand there: it has no `forms`.
    """

    number: int
    first: int
    tokens: tuple[Span, ...]
    forms: list[str]
    entities: list[Run]
    events: list[Run]

    @property
    def span(self) -> Span:
        """From the first token's start to the last one's end, in code points of the text."""
        return self.tokens[0][0], self.tokens[-1][1]


class Link(NamedTuple):
    """An argument whose filler is on tokens: its place in the event, itself, and the filler's run."""

    place: int
    argument: Argument
    filler: Run


class Passages:
    """The passages of a document that hold a token and are to be written, and where each annotation went.

    `cut` are the tokens of the whole document. `unique` are the layers in which the format tells annotations apart by type and place
    alone: of two that share both the second is left out, and what links to it links to the first. `about` is the layer without which a
    passage is empty, None for a format that holds the whole text, in which no sentence is left out.
    """

    def __init__(
        self,
        document: Document,
        ledger: Ledger,
        options: ExportOptions,
        *,
        unique: Container[CountedLayer] = (),
        about: CountedLayer | None = "events",
    ) -> None:
        self._ledger = ledger
        self._unique = unique
        self._is_particular = unique != ()
        self._first: dict[tuple[CountedLayer, str, int, int, int], Run] = {}
        tokens = tokens_of(document, unit=options.unit, name=ledger.name)
        items: list[Annotation] = [*document.entities.values(), *document.events.values()]
        mentions = sorted(mentions_of(items, document, tokens, ledger, unit=options.unit), key=_place)
        tokens = cut_lines(document, tokens, options)
        if options.unit != "word-whole":
            tokens = cut_at(mentions, tokens, document, ledger=ledger)
        for mention in mentions:
            if len(mention.item.spans) > 1:
                ledger.change(mention.layer, mention.item.id, what="fragments-merged")
        self.cut = tokens
        self.all: list[Passage] = []
        self.runs: dict[str, Run] = {}
        forms, spans = forms_of(document, tokens) if about else [], tokens.spans
        for cut in cuts_of(tokens, mentions, ledger, options, about=about):
            passage = Passage(len(self.all), cut.begin, spans[cut.begin : cut.end], forms[cut.begin : cut.end], [], [])
            self._take(passage, cut)
            self.all.append(passage)
        self._leave_out_arguments(document.events.values())

    def __iter__(self) -> Iterator[Passage]:
        return iter(self.all)

    @property
    def tokens(self) -> tuple[tuple[Span, ...], ...]:
        """The tokens of each passage, as code points of the article."""
        return self._ledger.places(passage.tokens for passage in self.all)

    def links(self, event: Event, *, across: bool = False, events: bool = False) -> Iterator[Link]:
        """The arguments of an event that can be written: the others are noted as left out.

        `across`: fillers may lie in another passage; `events`: a filler may be an event itself.
        """
        home = self.runs[event.id].passage
        for place, argument in enumerate(event.arguments):
            filler = self.runs.get(argument.target)
            if filler is None:
                what = "filler-left-out"
            elif isinstance(filler.item, Event) and not events:
                what = "event-as-filler"
            elif filler.passage != home and not across:
                what = "filler-in-other-sentence"
            else:
                yield Link(place, argument, filler)
                continue
            self._ledger.leave_out("arguments", (event.id, place), what=what)

    def ends(self, relation: Relation, *, across: bool = False) -> tuple[Run, Run] | None:
        """Where a relation's two ends are; None, noted as left out, where they are not both entities of one passage."""
        source, target = self.runs.get(relation.source), self.runs.get(relation.target)
        if source is None or target is None:
            what = "end-left-out"
        elif isinstance(source.item, Event) or isinstance(target.item, Event):
            what = "event-as-end"
        elif source.passage != target.passage and not across:
            what = "ends-in-two-sentences"
        else:
            return source, target
        self._ledger.leave_out("relations", relation.id, what=what)
        return None

    def _leave_out_arguments(self, events: Iterable[Event]) -> None:
        """The arguments of an event that is not on tokens went with its trigger."""
        for event in events:
            if event.id not in self.runs:
                for place in range(len(event.arguments)):
                    self._ledger.leave_out("arguments", (event.id, place), what="trigger-left-out")

    def _take(self, passage: Passage, cut: Cut) -> None:
        number, begin, runs = passage.number, cut.begin, self.runs
        for mention, (first, last) in zip(cut.mentions, cut.ranks, strict=True):
            item = mention.item
            run = Run(item, number, first - begin, last - begin)
            is_entity = isinstance(item, Entity)
            if self._is_particular and self._is_double(run, "entities" if is_entity else "events"):
                continue
            runs[item.id] = run
            (passage.entities if is_entity else passage.events).append(run)

    def _is_double(self, run: Run, layer: CountedLayer) -> bool:
        """Whether the format would take it for one that is there already; then it is noted as left out."""
        if layer not in self._unique:
            return False
        first = self._first.setdefault((layer, run.item.type, run.passage, run.start, run.end), run)
        if first is run:
            return False
        self._ledger.leave_out(layer, run.item.id, what="same-as-another")
        if layer == "entities":
            self.runs[run.item.id] = first
        return True


def _place(mention: Mention) -> tuple[int, int]:
    return mention.start, -mention.end
