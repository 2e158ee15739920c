"""Which choices of an export mean anything to a format: what it cannot use is neither offered nor heeded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

from .table import FORMATS, Format

Choice = Literal["unit", "scheme", "nesting", "sentences", "longest", "empty", "names", "extents"]

# Those whose tags are drawn by the scheme that is chosen; Hugging Face's are IOB2 in any case.
_SCHEMED: Final = frozenset({"conll", "conll2003", "phoner", "trigger-bio", "argument-bio"})
# Those with room for one annotation at a place, in all they write or in one column of it.
_FLAT: Final = _SCHEMED | {"hf-jsonl", "hf-parquet", "spacy"}
# Those of tokens that hold the whole text in one piece.
_WHOLE: Final = frozenset({"spacy", "prodigy"})


def _cuts(row: Format) -> bool:
    return row.tags and row.name not in _WHOLE


_MEANT: Final[Mapping[Choice, Callable[[Format], bool]]] = {
    "unit": lambda row: row.tags,
    "scheme": lambda row: row.name in _SCHEMED,
    "nesting": lambda row: row.name in _FLAT,
    "sentences": _cuts,
    "longest": _cuts,
    # One sample a trigger: a sentence without an event is not written in any case.
    "empty": lambda row: _cuts(row) and row.name != "argument-bio",
    "names": lambda row: "events" in row.holds,
    "extents": lambda row: "entities" in row.holds or "arguments" in row.holds,
}


def offered(name: str) -> frozenset[Choice]:
    """The choices that change what is written, or told of it, in the format of that name."""
    row = FORMATS[name]
    return frozenset(choice for choice, is_meant in _MEANT.items() if is_meant(row))
