"""Which choices of an export mean anything to a format: what it cannot use is neither offered nor heeded."""

from __future__ import annotations

from typing import Literal

from .table import FORMATS, Choice

Offer = Choice | Literal["longest", "names", "extents"]


def offered(name: str) -> frozenset[Offer]:
    """The choices that change what is written, or told of it, in the format of that name: its own, and what follows from what it holds."""
    row = FORMATS[name]
    found: set[Offer] = {*row.choices}
    if "sentences" in row.choices:
        found.add("longest")
    if "events" in row.holds:
        found.add("names")
    if "entities" in row.holds or "arguments" in row.holds:
        found.add("extents")
    return frozenset(found)
