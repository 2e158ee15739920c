"""What each format keeps, changes and leaves out, and how it counts: data for whoever chooses a format, held true by tests.

A fact is about one annotation alone, written under the choices that an export makes without options. What belongs to a layer that the
format has no place for (`Format.holds`) is left out and not repeated here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from .account import CountedLayer
from .table import Format

Feature = Literal[
    "nested", "crossing", "same-place", "discontinuous", "cut-word", "long-trigger", "same-trigger", "discontinuous-trigger",
    "cross-sentence", "event-filler", "second-role", "cross-relation", "event-relation", "attributes", "heads", "notes", "flags", "origins",
    "clusters", "labels", "document-note", "decisions", "blanks",
]  # fmt: skip
Held = Literal["whole", "changed", "out"]
Counting = Literal["code-point", "utf-16", "token", "document-token", "tag", "mark-up", "quotation"]
FEATURES: Final[tuple[Feature, ...]] = get_args(Feature)
# The layer whose account tells of a feature; the others are no annotations of their own, and the account does not count them.
LAYER_OF: Final[Mapping[Feature, CountedLayer]] = {
    "nested": "entities",
    "crossing": "entities",
    "same-place": "entities",
    "discontinuous": "entities",
    "cut-word": "entities",
    "long-trigger": "events",
    "same-trigger": "events",
    "discontinuous-trigger": "events",
    "cross-sentence": "arguments",
    "event-filler": "arguments",
    "second-role": "arguments",
    "cross-relation": "relations",
    "event-relation": "relations",
}
Features = tuple[Feature, ...]
_SAID: Final[Features] = ("attributes", "heads", "notes", "flags", "origins", "labels")
_ABOUT: Final[Features] = (*_SAID, "document-note")
_OVERLAPS: Final[Features] = ("nested", "crossing", "same-place")
_MERGED: Final[Features] = ("discontinuous", "discontinuous-trigger")
_TOKENS: Final[Features] = (*_MERGED, "cut-word")
_FLAT: Final[Features] = (*_ABOUT, *_OVERLAPS, "clusters", "blanks")
_ONE_SENTENCE: Final[Features] = ("cross-sentence", "event-filler", "cross-relation", "event-relation")


@dataclass(frozen=True, slots=True)
class Facts:
    """How places are counted, whether the last unit is included in them, and the features that are not kept as they are."""

    counts: Counting
    end_included: bool = False
    changed: Features = ()
    out: Features = ()


_COLUMNS: Final = Facts("tag", changed=_TOKENS, out=_FLAT)
_ROWS: Final = Facts("token", changed=(*_TOKENS, *_OVERLAPS), out=(*_ABOUT, "cross-sentence", "clusters", "blanks"))
FACTS: Final[Mapping[str, Facts]] = {
    "brat": Facts("code-point", out=("labels", "document-note", "decisions")),
    "conll": _COLUMNS,
    "conll2003": _COLUMNS,
    "phoner": _COLUMNS,
    "jsonl": Facts("code-point"),
    "oneie": Facts("token", changed=_TOKENS, out=(*_ABOUT, *_ONE_SENTENCE, "clusters", "blanks")),
    "dygiepp": Facts("document-token", True, (*_TOKENS, "long-trigger"), (*_ABOUT, *_ONE_SENTENCE, "blanks")),
    "omnievent": Facts("code-point", changed=_MERGED, out=(*_ABOUT, "event-filler", "decisions")),
    "trigger-bio": Facts("tag", changed=_MERGED, out=(*_ABOUT, "same-trigger", "clusters", "blanks")),
    "argument-bio": Facts("tag", changed=_MERGED, out=(*_ABOUT, "cross-sentence", "second-role", "clusters", "blanks")),
    "hf-jsonl": _ROWS,
    "hf-parquet": _ROWS,
    "chat": Facts("quotation", changed=_MERGED, out=(*_ABOUT, "clusters", "decisions")),
    "spacy": Facts("document-token", changed=(*_TOKENS, *_OVERLAPS), out=(*_ABOUT, "clusters")),
    "prodigy": Facts("code-point", changed=_TOKENS, out=(*_ABOUT, "event-relation", "clusters")),
    "doccano": Facts("utf-16", changed=_MERGED, out=(*_SAID, "clusters", "decisions")),
    "labelstudio": Facts("code-point", changed=_MERGED, out=(*_ABOUT, "clusters", "decisions")),
    "vlsp": Facts("mark-up", out=(*_ABOUT, "crossing", "discontinuous", "clusters", "decisions")),
    "gliner": Facts("token", True, _TOKENS, (*_ABOUT, "cross-relation", "event-relation", "clusters", "blanks")),
}


def facts_of(name: str) -> Facts:
    """The facts of a format; nothing is known of one that the table does not have."""
    return FACTS.get(name, Facts("code-point"))


def counting(name: str) -> tuple[Counting, tuple[str, ...]]:
    """How a format counts places, and the keys of the catalogue that say so; an end is told only where places are numbers."""
    facts = facts_of(name)
    if facts.counts in ("tag", "mark-up", "quotation"):
        return facts.counts, (f"counts.{facts.counts}",)
    return facts.counts, (f"counts.{facts.counts}", "counts.end-included" if facts.end_included else "counts.end-excluded")


def held(row: Format, feature: Feature) -> Held:
    """What becomes of a feature in a format."""
    facts, layer = facts_of(row.name), LAYER_OF.get(feature)
    if feature in facts.out or (layer is not None and layer not in row.holds):
        return "out"
    return "changed" if feature in facts.changed else "whole"


def features(row: Format, wanted: Held) -> Features:
    """The features of which that becomes, without those of layers that the format has no place for."""
    return tuple(name for name in FEATURES if held(row, name) == wanted and (name not in LAYER_OF or LAYER_OF[name] in row.holds))
