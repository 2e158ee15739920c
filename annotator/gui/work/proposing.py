"""Answering what a model proposed: one suggestion, a sentence or the whole article is taken over or refused, then comes the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from annotator.core import commands
from annotator.core.accepting import accept
from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.model import Annotation
from annotator.core.suggestions import is_suggestion, next_suggestion, place_of, suggestions_in
from annotator.core.text import Span

from .doing import Doing
from .session import Session

Command = Callable[[Document, Iterable[str]], Edit]
Extent = Literal["selection", "sentence", "article"]
# As far as a sentence is looked for on either side of a place; a text of one long line is not read whole for one key.
_SENTENCE_MOST = 4_000


class Proposer:
    """Answers the open suggestions of one session. After each answer the next suggestion is selected: one key, held, goes on."""

    def __init__(self, doing: Doing) -> None:
        self.doing = doing

    @property
    def session(self) -> Session:
        return self.doing.session

    def accept(self, extent: Extent = "selection") -> None:
        """Take over the selected suggestions, those of the sentence or all; with none selected the next one is gone to first."""
        if extent == "selection" and not self._chosen():
            self.walk(1)
        else:
            schema = self.session.schema
            self._answer(self._meant(extent), lambda document, ids: accept(document, schema, ids), "told.accepted", extent=extent)

    def reject(self, extent: Extent = "selection") -> None:
        """Delete the selected suggestions, those of the sentence or all; they do not come back with another import."""
        self._answer(self._meant(extent), commands.remove, "told.rejected", extent=extent)

    def only_suggestions(self) -> bool:
        """Whether what is selected are suggestions and nothing else."""
        chosen = self.session.selected_annotations()
        return bool(chosen) and all(is_suggestion(item) for item in chosen)

    def walk(self, step: Literal[-1, 1]) -> None:
        """Select the next or previous suggestion."""
        session = self.session
        chosen = next(reversed(session.selected_annotations()), None)
        # What begins at the caret itself is the next one.
        found = next_suggestion(session.document, chosen if chosen is not None else session.position() - (step > 0), step=step)
        if found is not None:
            session.select_annotations(found.id)
        elif session.suggestions:
            self.doing.refuse(AnnotatorError("no-more-suggestions", left=session.suggestions))
        else:
            self.doing.refuse(AnnotatorError("no-suggestions"))

    def _chosen(self) -> list[Annotation]:
        return [item for item in self.session.selected_annotations() if is_suggestion(item)]

    def _meant(self, extent: Extent) -> list[Annotation]:
        session = self.session
        match extent:
            case "selection":
                return self._chosen()
            case "sentence":
                return suggestions_in(session.document, sentence_around(session.document, session.position()))
            case "article":
                return suggestions_in(session.document)

    def _answer(self, items: Sequence[Annotation], command: Command, key: str, *, extent: Extent) -> None:
        """One edit for all of `items`; then the next suggestion behind the last of them is selected, where there is one."""
        if not items:
            here = extent == "sentence" and self.session.suggestions
            self.doing.refuse(AnnotatorError("no-suggestions-here" if here else "no-suggestions"))
            return
        last = max(items, key=lambda item: (item.spans[0][0], -item.spans[-1][1], item.id))
        session = self.session
        self.doing.forget()
        try:
            edit = session.do(command(session.document, [item.id for item in items]))
        except AnnotatorError as error:
            self.doing.refuse(error)
            return
        following = next_suggestion(session.document, last)
        if following is not None:
            session.select_annotations(following.id)
        elif last.id in session.document.layer(place_of(last)[0]):
            session.select_annotations(last.id)
        else:
            # The person stays where the last one was, not where the caret was left before all these.
            session.clear_selection()
            session.place_caret(last.spans[0][0], active=False)
        self.doing.tell(edit, key, n=len(items), left=session.suggestions)


def sentence_around(document: Document, offset: int) -> Span:
    """The sentence that holds a code point, with the blanks in front of it."""
    from annotator.segment.sentences import sentences

    start, end = document.text.line_span(document.text.line_at(min(offset, max(0, len(document.text) - 1))))
    start, end = max(start, offset - _SENTENCE_MOST), min(end, offset + _SENTENCE_MOST)
    found = sentences(document.text.content[start:end], at=start)
    first = start
    for _, last in found:
        if offset < last:
            return first, last
        first = last
    return (found[-1] if found else (start, end))
