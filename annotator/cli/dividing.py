"""What is said of a split in a few lines: sizes, how evenly the types fell, near-duplicates, and sentences that leak."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from annotator.cli.console import Console
from annotator.messages import one_line
from annotator.tasks.division import Division

_NAMED: Final = 5


def tell_division(console: Console, division: Division) -> None:
    """Say how a set was divided; of a whole one nothing."""
    if division.kind == "whole":
        return
    sizes = ", ".join(f"{part} {len(division.members(part))}" for part in division.parts)
    console.say("cli.split.sizes", sizes=sizes)
    _tell_balance(console, division)
    for part, missing in division.missing().items():
        console.say("cli.split.missing", part=part, types=_listed(console, [name for _, name in missing]))
    if division.groups:
        documents = sum(map(len, division.groups))
        examples = _listed(console, [", ".join(group) for group in division.groups], most=2)
        console.say("cli.split.duplicates", groups=len(division.groups), documents=documents, examples=examples)
    if division.torn:
        console.say("cli.split.torn", groups=len(division.torn), examples=_listed(console, [", ".join(group) for group in division.torn]))
    if division.leaks:
        pairs = dict.fromkeys(", ".join(dict.fromkeys(place.document for place in leak.places)) for leak in division.leaks)
        examples = _listed(console, list(pairs), most=3)
        console.say("cli.split.leaks", sentences=len(division.leaks), examples=examples)


def _tell_balance(console: Console, division: Division) -> None:
    """How far the types are from the shares, in percentage points, and which of them the farthest."""
    balance = division.balance()
    away = {(key, part): abs(share - division.shares[part]) for key, shares in balance.items() for part, share in shares.items()}
    if not away:
        return
    worst = max(away, key=lambda place: away[place])
    (_, name), part = worst
    console.say(
        "cli.split.balance",
        mean=f"{100 * sum(away.values()) / len(away):.1f}",
        name=name,
        part=part,
        share=f"{100 * balance[worst[0]][part]:.1f}",
        wanted=f"{100 * division.shares[part]:.1f}",
    )


def _listed(console: Console, names: Sequence[str], *, most: int = _NAMED) -> str:
    """The first of the names, and how many more there are."""
    shown: Iterable[str] = names[:most]
    more = [console.said("cli.split.more", n=len(names) - most)] if len(names) > most else []
    return one_line("; ".join([*shown, *more]))
