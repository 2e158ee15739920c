"""A document as stretches of characters, one for each entity and trigger: for formats that know neither fragments nor tokens.

What is said of an annotation in several fragments runs from its first character to its last, and that is noted in the ledger.
"""

from __future__ import annotations

from annotator.core.document import Document
from annotator.core.model import Annotation, Entity, Event, Relation, extent, file_order
from annotator.core.text import Span

from .account import Ledger


class Stretches:
    """The entities and events of a document in the order of files, and where each begins and ends, in code points."""

    def __init__(self, document: Document, ledger: Ledger) -> None:
        self._content = document.text.content
        self.entities = sorted(document.entities.values(), key=file_order)
        self.events = sorted(document.events.values(), key=file_order)
        self.relations: list[Relation] = list(document.relations.values())
        items: list[Annotation] = [*self.entities, *self.events]
        for item in items:
            if len(item.spans) > 1:
                ledger.change("entities" if isinstance(item, Entity) else "events", item.id, what="fragments-merged")

    def span(self, item: Annotation) -> Span:
        """First code point and the one behind the last."""
        return extent(item)

    def text(self, item: Annotation) -> str:
        start, end = extent(item)
        return self._content[start:end]


def leave_out_event_fillers(document: Document, event: Event, ledger: Ledger) -> list[int]:
    """The places of the arguments that entities fill; those that events fill are noted as left out."""
    kept = []
    for place, argument in enumerate(event.arguments):
        if argument.target in document.events:
            ledger.leave_out("arguments", (event.id, place), what="event-as-filler")
        else:
            kept.append(place)
    return kept
