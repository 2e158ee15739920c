"""Which of several annotations that overlap stay where a format has room for one at a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Final, Protocol, TypeVar

from annotator.core.model import Annotation, id_order

from .table import Nesting

Rank = tuple[bool | int | str, ...]


class Placed(Protocol):
    """An annotation at a place that can be compared with others: characters or tokens, half-open."""

    @property
    def item(self) -> Annotation: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Held = TypeVar("Held", bound=Placed)


def _longest(run: Placed) -> Rank:
    return run.start - run.end, run.start, *id_order(run.item.id)


def _innermost(run: Placed) -> Rank:
    return run.end - run.start, run.start, *id_order(run.item.id)


# Who comes first stays. Where annotations only nest, `outermost` and `longest` agree; in a chain of some that cross, `outermost` looks
# first at those that lie in no other.
_ORDER: Final[dict[Nesting, Callable[[Placed], Rank]]] = {
    "outermost": _longest,
    "longest": _longest,
    "innermost": _innermost,
    "layers": _longest,
}


def flat(runs: Iterable[Held], *, nesting: Nesting) -> tuple[list[Held], list[tuple[Held, Held]]]:
    """Those that stay, by place, none overlapping another, and those that do not, each with one that it overlaps."""
    held = list(runs)
    # Most sentences have one at most, or all side by side.
    if len(held) < 2 or all(before.end <= run.start for before, run in pairwise(held)):
        return held, []
    kept: list[Held] = []
    starts: list[int] = []
    dropped: list[tuple[Held, Held]] = []
    free, contested = _part(held)
    if not contested:
        return free, dropped
    later = _inner(contested) if nesting in ("outermost", "layers") else set()
    # Those in several fragments only where room is left: what lies between them is not theirs.
    for run in sorted(contested, key=lambda run: (len(run.item.spans) > 1, run.item.id in later, *_ORDER[nesting](run))):
        rank = bisect_right(starts, run.start)
        if rank and kept[rank - 1].end > run.start:
            dropped.append((run, kept[rank - 1]))
        elif rank < len(kept) and kept[rank].start < run.end:
            dropped.append((run, kept[rank]))
        else:
            starts.insert(rank, run.start)
            kept.insert(rank, run)
    return sorted([*free, *kept], key=_start), dropped


def _start(run: Placed) -> int:
    return run.start


def _part(runs: Iterable[Held]) -> tuple[list[Held], list[Held]]:
    """Those that overlap no other, by place, and those that do: in most sentences there are none."""
    free: list[Held] = []
    contested: list[Held] = []
    together: list[Held] = []
    farthest = -1
    for run in sorted(runs, key=_start):
        if run.start >= farthest:
            (free if len(together) == 1 else contested).extend(together)
            together = []
        together.append(run)
        farthest = max(farthest, run.end)
    (free if len(together) == 1 else contested).extend(together)
    return free, contested


def layers(runs: Iterable[Held]) -> list[list[Held]]:
    """As many layers as are needed for each to stay: the outermost, then the outermost of the others, and so on."""
    found: list[list[Held]] = []
    rest = list(runs)
    while rest:
        kept, dropped = flat(rest, nesting="outermost")
        found.append(kept)
        rest = [run for run, _ in dropped]
    return found


def _inner(runs: Iterable[Placed]) -> set[str]:
    """The ids of those that lie in another one; of several at one place, of all but the first."""
    found: set[str] = set()
    farthest = -1
    for run in sorted(runs, key=lambda run: (run.start, -run.end, *id_order(run.item.id))):
        if run.end <= farthest:
            found.add(run.item.id)
        elif len(run.item.spans) == 1:
            farthest = run.end
    return found
