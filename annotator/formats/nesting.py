"""Which of several annotations that overlap stay where a format has room for one at a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Final, Literal, get_args

from annotator.core.model import id_order

from .passages import Run

Nesting = Literal["outermost", "innermost", "longest"]
NESTINGS: Final[tuple[Nesting, ...]] = get_args(Nesting)

Rank = tuple[bool, int, int, tuple[int, str]]


def _outermost(run: Run) -> Rank:
    # Those in several fragments only where room is left: what lies between them is not theirs.
    return len(run.item.spans) > 1, run.start - run.end, run.start, id_order(run.item.id)


def _innermost(run: Run) -> Rank:
    return len(run.item.spans) > 1, run.end - run.start, run.start, id_order(run.item.id)


_ORDER: Final[dict[Nesting, Callable[[Run], Rank]]] = {"outermost": _outermost, "longest": _outermost, "innermost": _innermost}


def flat(runs: Iterable[Run], *, nesting: Nesting = "outermost") -> tuple[list[Run], list[Run]]:
    """Those that stay, by place, none overlapping another, and those that do not."""
    kept: list[Run] = []
    starts: list[int] = []
    dropped: list[Run] = []
    for run in sorted(runs, key=_ORDER[nesting]):
        rank = bisect_right(starts, run.start)
        is_free = (not rank or kept[rank - 1].end <= run.start) and (rank == len(kept) or kept[rank].start >= run.end)
        if is_free:
            starts.insert(rank, run.start)
            kept.insert(rank, run)
        else:
            dropped.append(run)
    return kept, dropped
