"""A document as it stands at one moment: values only, safe to read in any thread while the document goes on changing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from annotator.core.document import Document
from annotator.core.model import Cluster, Entity, Event, Extra, Relation, Source
from annotator.core.text import Span, Text

# The origin that a sidecar names for the words of raw text. The version is pinned in pyproject: its model is a contract.
SEGMENTER: Final = "pyvi 0.1.1"
SOURCE_WORDS: Final = "source"
# Words of raw text about which the segmenter has not spoken on every line: what stands between blanks.
BLANKS: Final = "blanks"


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """What a sidecar says, revision aside. Offsets are code points of `text`; `words` has one sequence for each line."""

    text: Text
    source: Source
    fields: dict[str, str]
    word_origin: str
    decisions: tuple[tuple[int, str], ...]
    words: tuple[Sequence[Span], ...]
    entities: tuple[Entity, ...]
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]
    clusters: tuple[Cluster, ...]
    labels: dict[str, str]
    extra: Extra


def take_snapshot(document: Document, *, segmenter: str = SEGMENTER) -> Snapshot:
    """Shallow copies of a document's layers. `segmenter` names where the words of raw text come from."""
    unsegmented = segmenter if document.words.is_complete else BLANKS
    return Snapshot(
        text=document.text,
        source=document.source,
        fields=dict(document.fields),
        word_origin=SOURCE_WORDS if document.is_segmented else unsegmented,
        decisions=tuple(document.decisions.items()),
        words=tuple(document.words.lines()),
        entities=tuple(document.entities.values()),
        events=tuple(document.events.values()),
        relations=tuple(document.relations.values()),
        clusters=tuple(document.clusters.values()),
        labels=dict(document.labels),
        extra=document.extra,
    )
