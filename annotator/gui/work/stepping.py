"""Undo and redo as a person sees them: what came back is selected again, and the next key goes on from there."""

from __future__ import annotations

from collections.abc import Callable

from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.model import Annotation, Entity, Event, extent
from annotator.core.text import Span

from .doing import Doing


class Stepper:
    """Takes steps back and brings them again. Each gives the edit that was applied, None where it was refused."""

    def __init__(self, doing: Doing) -> None:
        self.doing = doing

    def undo(self) -> Edit | None:
        """What was deleted is selected again; of the one annotation that was made, its text is."""
        session = self.doing.session
        edit = self._step(session.undo, "told.undone", "nothing-to-undo")
        if edit is not None:
            came, gone = _came(edit), _gone(edit)
            if came:
                session.select_annotations(*(item.id for item in came))
            elif len(gone) == 1:
                session.select_text(gone[0].spans)
        return edit

    def redo(self) -> Edit | None:
        """As after the step itself: of the one annotation that was made, the next key may give another type."""
        session = self.doing.session
        edit = self._step(session.redo, "told.redone", "nothing-to-redo")
        if edit is not None and len(came := _came(edit)) == 1:
            # The caret stands where tagging left it.
            session.select_text(came[0].spans)
            session.clear_selection()
            self.doing.remember(came[0].id)
        return edit

    def _step(self, step: Callable[[], Edit | None], key: str, refusal: str) -> Edit | None:
        self.doing.forget()
        try:
            edit = step()
        except AnnotatorError as error:
            self.doing.refuse(error)
            return None
        if edit is None:
            self.doing.refuse(AnnotatorError(refusal))
        else:
            self.doing.told.emit(key, {"edit": edit.name})
        return edit


def places(edit: Edit) -> list[Span]:
    """Where an edit changes annotations, in the order of the text."""
    held = [change.after or change.before for change in edit.changes]
    return sorted(extent(item) for item in held if isinstance(item, Entity | Event))


def _came(edit: Edit) -> list[Annotation]:
    return [change.after for change in edit.changes if change.before is None and isinstance(change.after, Entity | Event)]


def _gone(edit: Edit) -> list[Annotation]:
    return [change.before for change in edit.changes if change.after is None and isinstance(change.before, Entity | Event)]
