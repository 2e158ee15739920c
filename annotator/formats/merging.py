"""Tokens put together so that each trigger is one: for formats whose triggers are a single token.

What an entity costs that begins or ends inside a trigger is noted: it is widened to the whole of it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from annotator.core.model import Entity
from annotator.core.text import Span

from .account import Ledger
from .passages import Passage, Passages, Run


@dataclass(frozen=True, slots=True)
class Merged:
    """A passage with fewer tokens: their forms, for each the first old token of it, and the rank of the first in the document."""

    forms: list[str]
    starts: list[int]
    first: int

    def spans(self, tokens: tuple[Span, ...]) -> tuple[Span, ...]:
        """The new tokens as code points, given the old ones."""
        if len(self.starts) == len(tokens):
            return tokens
        ends = [*self.starts[1:], len(tokens)]
        return tuple((tokens[start][0], tokens[end - 1][1]) for start, end in zip(self.starts, ends, strict=True))

    def run(self, run: Run) -> Span:
        """The tokens of a run, half-open, counted through the document; a run that cuts a token takes all of it."""
        return self.first + bisect_right(self.starts, run.start) - 1, self.first + bisect_left(self.starts, run.end)


def merge_triggers(passages: Passages, ledger: Ledger) -> list[Merged]:
    """Each passage with every trigger as one token; triggers that share a token become one token together."""
    found: list[Merged] = []
    first = 0
    for passage in passages:
        blocks = _blocks(passage)
        held = _merged(passage, blocks, first=first)
        _account(passage, blocks, ledger)
        found.append(held)
        first += len(held.forms)
    return found


def _blocks(passage: Passage) -> list[Span]:
    """The stretches of old tokens that become one: triggers of several tokens, those that overlap taken together."""
    blocks: list[Span] = []
    for start, end in sorted((run.start, run.end) for run in passage.events):
        if blocks and start < blocks[-1][1]:
            blocks[-1] = blocks[-1][0], max(end, blocks[-1][1])
        else:
            blocks.append((start, end))
    return [(start, end) for start, end in blocks if end - start > 1]


def _merged(passage: Passage, blocks: list[Span], *, first: int) -> Merged:
    if not blocks:
        return Merged(passage.forms, list(range(len(passage.forms))), first)
    inside = {rank for start, end in blocks for rank in range(start + 1, end)}
    starts = [rank for rank in range(len(passage.forms)) if rank not in inside]
    ends = [*starts[1:], len(passage.forms)]
    return Merged(["_".join(passage.forms[start:end]) for start, end in zip(starts, ends, strict=True)], starts, first)


def _account(passage: Passage, blocks: list[Span], ledger: Ledger) -> None:
    """A trigger of several tokens is merged; a run that a block cuts is widened."""
    for run in passage.events:
        for start, end in blocks:
            if start <= run.start < end:
                ledger.change("events", run.item.id, what="trigger-merged" if (start, end) == (run.start, run.end) else "trigger-widened")
    for run in passage.entities:
        assert isinstance(run.item, Entity)
        if any(start < edge < end for start, end in blocks for edge in (run.start, run.end)):
            ledger.change("entities", run.item.id, what="widened-to-trigger")
