"""Undo and redo without limit, of everything that is an edit."""

from __future__ import annotations

from .document import Document
from .edits import Edit, apply


class History:
    """Keeps the inverses of what was done to a document. The rules:

    - `do` forgets what could be redone; an edit without changes leaves no trace;
    - `undo` and `redo` give the edit that they applied, so that views refresh just what it names;
    - one edit is one step, however many changes it holds.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._undo: list[Edit] = []
        self._redo: list[Edit] = []

    @property
    def undoable(self) -> Edit | None:
        """The edit that `undo` would apply."""
        return self._undo[-1] if self._undo else None

    @property
    def redoable(self) -> Edit | None:
        return self._redo[-1] if self._redo else None

    def do(self, edit: Edit) -> Edit:
        """Apply an edit and remember how to take it back."""
        if edit.changes:
            self._undo.append(apply(self.document, edit))
            self._redo.clear()
        return edit

    def undo(self) -> Edit | None:
        return self._move(self._undo, self._redo)

    def redo(self) -> Edit | None:
        return self._move(self._redo, self._undo)

    def _move(self, taken: list[Edit], given: list[Edit]) -> Edit | None:
        if not taken:
            return None
        edit = taken[-1]
        back = apply(self.document, edit)
        taken.pop()
        given.append(back)
        return edit
