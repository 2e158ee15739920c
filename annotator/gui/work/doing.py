"""What everyone who edits the session's document shares: trying, forcing what was refused, and saying what became of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.model import Annotation
from annotator.core.snapping import Snap, unit_at
from annotator.core.text import Spans

from .session import Session


class Doing(QObject):
    """Tries edits on one session.

    `refused` says why an action did not happen; the same action repeated at once is forced where that is possible.
    `told` names in a catalogue key and its fields what was done.
    """

    refused = Signal(object)
    told = Signal(str, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.snap: Snap = "word"
        # What Tab would give another type: the frame, the filler and its role, right after a role key.
        self.cycling: tuple[str, str, str] | None = None
        # The annotation made last: what is meant when nothing is selected right after tagging.
        self._recent: tuple[str, int] | None = None
        self._refused_last: object = None
        session.selection_changed.connect(self._note_selection)

    def target_spans(self) -> Spans:
        """What the next key works on: the selection, the selected annotation, or the unit under a caret moved by key."""
        session = self.session
        if session.selection:
            return session.selection
        chosen = session.chosen()
        if chosen is not None:
            return chosen.spans
        if session.caret_active:
            unit = unit_at(session.document, session.caret, level=self.snap)
            return (unit,) if unit else ()
        return ()

    def why_no_text(self) -> AnnotatorError:
        """Why there is no text to work on: nothing is selected, or several annotations are."""
        several = len(self.session.selected)
        return AnnotatorError("several-selected", n=several) if several > 1 else AnnotatorError("nothing-selected")

    def several(self) -> AnnotatorError | None:
        """Why what works on one annotation cannot be done while several are selected."""
        count = len(self.session.selected)
        return AnnotatorError("one-of-several", n=count) if count > 1 else None

    def last_made(self) -> list[Annotation]:
        """The annotation made last, right after it was made: nothing was selected and the caret not moved since."""
        session = self.session
        if self._recent is None or session.selection or session.selected or session.caret_active or session.caret != self._recent[1]:
            return []
        found = session.document.annotation(self._recent[0])
        return [found] if found is not None else []

    def remember(self, identifier: str | None) -> None:
        """Remember what was made just now."""
        self._recent = (identifier, self.session.caret) if identifier else None

    def attempt(self, what: tuple[str, ...], make: Callable[[bool], None]) -> None:
        """Run `make(force)`; a refusal repeated on the same target is forced."""
        attempt = (*what, self.target_spans(), self.session.selected, self.session.frame)
        force = self._refused_last == attempt
        self.forget()
        try:
            make(force)
        except AnnotatorError as error:
            self._refused_last = attempt
            self.refuse(error)

    def do(self, make: Callable[[], Edit], key: str, **where: str | int) -> None:
        """Apply what `make` gives and tell of it under `key`, or say why not."""
        self.forget()
        try:
            self.tell(self.session.do(make()), key, **where)
        except AnnotatorError as error:
            self.refuse(error)

    def tell(self, edit: Edit, key: str, **where: str | int) -> None:
        """Say what an edit did, or that it changed nothing."""
        if not edit.changes:
            self.refuse(AnnotatorError("nothing-changes"))
            return
        self.told.emit(key, {"edit": edit.name, "n": len(edit.changes), **where})

    def refuse(self, error: AnnotatorError) -> None:
        self.refused.emit(error)

    def forget(self) -> None:
        """Something else is done now: nothing is forced or cycled any more."""
        self.cycling = self._refused_last = None

    def _note_selection(self) -> None:
        # Something else is meant now: a key pressed again is no second try at what was refused before.
        self.forget()
