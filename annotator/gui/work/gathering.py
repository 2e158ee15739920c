"""How several annotations come to be selected together: all of them, those that are like what is selected, or one more on the way."""

from __future__ import annotations

import unicodedata
from typing import Literal

from annotator.core import query
from annotator.core.errors import AnnotatorError
from annotator.core.model import Annotation, Event
from annotator.segment import read_joins_as_blanks

from .doing import Doing


class Gatherer:
    """Changes which annotations of the session are selected, never the document."""

    def __init__(self, doing: Doing) -> None:
        self.doing = doing

    def select_all(self) -> None:
        """Select every entity and event of the document."""
        self._select([item.id for item in self.doing.session.document.annotations()], refusal="no-more-annotations")

    def select_same_type(self) -> None:
        """Select everything of the types that are selected."""
        session = self.doing.session
        types = {_type_of(item) for item in session.selected_annotations() or self.doing.last_made()}
        self._select([item.id for item in session.document.annotations() if _type_of(item) in types] if types else [])

    def select_same_text(self) -> None:
        """Select every annotation of the texts that are selected, of annotations or in the article."""
        session = self.doing.session
        document = session.document
        items = session.selected_annotations() or self.doing.last_made()
        spans = [item.spans for item in items] or [self.doing.target_spans()]
        texts = {_plain(document.text.surface(held), segmented=document.is_segmented) for held in spans if held}
        found = [
            item.id
            for item in (document.annotations() if texts else ())
            if _plain(document.text.surface(item.spans), segmented=document.is_segmented) in texts
        ]
        self._select(found, refusal="no-annotation-of-text" if texts else "nothing-selected")

    def extend(self, step: Literal[-1, 1]) -> Annotation | None:
        """Walk to the next (1) or previous (-1) annotation and keep what is selected; a step back lets the last one go again.

        What was reached comes back, None at the last or first annotation.
        """
        session = self.doing.session
        if not session.selected:
            session.walk(step)
            return session.chosen()
        last = session.document.annotation(session.selected[-1])
        if last is None:
            return None
        find = query.next_annotation if step > 0 else query.previous_annotation
        found = find(session.document, last)
        if found is None:
            return None
        if found.id in session.selected[-2:-1]:
            session.select_annotations(*session.selected[:-1])
        else:
            session.select_annotations(*(name for name in session.selected if name != found.id), found.id)
        return found

    def _select(self, ids: list[str], *, refusal: str = "nothing-selected") -> None:
        if not ids:
            self.doing.refuse(AnnotatorError(refusal))
            return
        self.doing.forget()
        self.doing.session.select_annotations(*ids)
        self.doing.told.emit("told.selected", {"n": len(ids)})


def _type_of(item: Annotation) -> tuple[bool, str]:
    return isinstance(item, Event), item.type


def _plain(text: str, *, segmented: bool) -> str:
    """A text as it is compared: joins and line breaks are blanks, and marks stand on their letters in one way."""
    return unicodedata.normalize("NFC", " ".join((read_joins_as_blanks(text) if segmented else text).split()))
