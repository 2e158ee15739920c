"""What pointing and moving the caret mean: selections, fragments, moved edges and joins, at the present snap level."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Signal

from annotator.core import commands, query
from annotator.core.errors import AnnotatorError
from annotator.core.snapping import snap, unit_at
from annotator.core.text import Span, Spans

from .doing import Doing
from .labelling import Labeller
from .linking import Linker
from .shaping import Shaper


class Gestures(QObject):
    """Turns what the canvas reports into selections of the session and, where a gesture edits, into calls of those who edit.

    `choice_needed` asks which of several relation types a link to an annotation shall have.

    Offsets are code points.
    """

    choice_needed = Signal(str, object)

    def __init__(self, doing: Doing, labeller: Labeller, shaper: Shaper, linker: Linker) -> None:
        super().__init__()
        self.doing = doing
        self.labeller = labeller
        self.shaper = shaper
        self.linker = linker
        # Where a selection by Shift+arrows began, and what stood before a fragment was being placed by key.
        self._anchor: Span | None = None
        self._base: Spans = ()
        self._moving: Span | None = None
        self._left: tuple[object, ...] = ()

    def click(self, offset: int, inside: bool) -> None:
        """A click beside chips: an armed role takes what lies there, else the caret goes there and the selection ends."""
        session = self.doing.session
        self._forget()
        if session.link is not None:
            self.end_link_at(offset if inside else -1)
            return
        if session.armed and inside:
            stack = [item for item in query.stack_at(session.document, offset) if item.id != session.frame]
            unit = unit_at(session.document, offset, level=self.doing.snap)
            if stack:
                session.select_annotations(stack[0].id)
            elif unit is not None:
                session.select_text((unit,))
            self.labeller.selection_made()
            return
        session.clear_selection()
        session.place_caret(offset, active=False)

    def extend_to(self, offset: int) -> None:
        """A click with Shift beside chips: the text selection reaches to there. Selected annotations stay so: it was meant for a chip."""
        if not self.doing.session.selected:
            self.move_caret(offset, True)

    def click_chip(self, identifier: str, added: bool) -> None:
        """A click on a chip selects its annotation; a trigger's also opens its frame. `added`: to those selected already."""
        session = self.doing.session
        self._forget()
        if session.link is not None:
            self._end_link(identifier)
            return
        if added:
            kept = [name for name in session.selected if name != identifier]
            session.select_annotations(*kept, *([] if identifier in session.selected else [identifier]))
            return
        armed = session.armed
        session.select_annotations(identifier)
        if armed:
            self.labeller.selection_made()
        elif identifier in session.document.events:
            session.open_frame(identifier)

    def end_link_at(self, offset: int) -> None:
        """End the link that was begun at the innermost annotation over `offset` (-1: beside the text)."""
        session = self.doing.session
        stack = query.stack_at(session.document, offset) if offset >= 0 else []
        found = next((item for item in stack if session.link is None or item.id != session.link.source), None)
        if found is None:
            self.doing.refuse(AnnotatorError("nothing-to-link"))
        else:
            self._end_link(found.id)

    def _end_link(self, target: str) -> None:
        session = self.doing.session
        if session.link is None or session.link.kind == "same":
            self.linker.end(target)
            return
        allowed = self.linker.allowed_relations(target)
        if len(allowed) == 1:
            self.linker.end(target, relation=allowed[0])
        elif allowed:
            self.choice_needed.emit(target, allowed)
        else:
            self.doing.refuse(AnnotatorError("no-relation-fits"))

    def double_click(self, offset: int) -> None:
        """The innermost annotation at `offset`, when repeated the next one outward; where there is none, the unit."""
        session = self.doing.session
        self._forget()
        stack = [item.id for item in query.stack_at(session.document, offset)]
        unit = unit_at(session.document, offset, level=self.doing.snap)
        if stack:
            chosen = session.chosen()
            rank = stack.index(chosen.id) + 1 if chosen is not None and chosen.id in stack else 0
            session.select_annotations(stack[rank % len(stack)])
        elif unit is not None:
            session.select_text((unit,))
        self.labeller.selection_made()

    def drag(self, gesture: Span, final: bool, added: bool) -> None:
        """A drag selects what it touches; with Ctrl (`added`) it adds a fragment."""
        session = self.doing.session
        selected = snap(session.document, gesture, level=self.doing.snap)
        if added:
            session.show_preview(None if final else selected)
            if final and selected is not None:
                self.shaper.add_fragment(selected)
            return
        self._forget()
        if selected is not None:
            session.select_text((selected,))
            if final:
                self.labeller.selection_made()

    def drag_edge(self, identifier: str, edge: Literal["start", "end"], offset: int, final: bool) -> None:
        """An edge of an annotation follows the pointer, unit by unit."""
        session = self.doing.session
        item = session.document.annotation(identifier)
        if item is None:
            return
        rank = 0 if edge == "start" else -1
        start, end = item.spans[rank]
        touched = (min(offset, end - 1), end) if edge == "start" else (start, max(offset, start + 1))
        moved = snap(session.document, touched, level=self.doing.snap)
        if moved is not None and self.doing.snap != "character":
            moved = (moved[0], end) if edge == "start" else (start, moved[1])
        session.show_preview(None if final else moved)
        if final and moved is not None and moved != item.spans[rank]:
            self.shaper.set_spans(identifier, (moved, *item.spans[1:]) if edge == "start" else (*item.spans[:-1], moved))

    def move_caret(self, offset: int, extend: bool) -> None:
        """The caret went to `offset` by key; `extend` selects from where it was."""
        session = self.doing.session
        if not extend:
            self._forget()
            session.clear_selection()
            session.place_caret(offset, active=True)
            return
        if self._stands() != self._left:
            self._forget()
        here = self._unit(session.caret)
        there = self._unit(offset)
        if self._anchor is None:
            self._anchor = session.selection[-1] if session.selection else here
        if self._anchor is None or there is None:
            return
        widened = min(self._anchor[0], there[0]), max(self._anchor[1], there[1])
        session.select_text(commands.fit(session.document, [*session.selection[:-1], widened]), caret=offset)
        self._left = self._stands()

    def move_fragment(self, step: Literal[-1, 1]) -> None:
        """Ctrl+Shift+arrow: a further fragment, one unit on with each stroke."""
        session = self.doing.session
        chosen = session.chosen()
        if self._stands() != self._left:
            self._forget()
        if self._moving is None:
            self._base = self.doing.target_spans()
            self._moving = self._base[-1 if step == 1 else 0] if self._base else None
        if self._moving is None:
            return
        beside = self._beside(self._moving, step)
        if beside is None:
            return
        self._moving = self._anchor = beside
        spans = commands.fit(session.document, [*self._base, beside])
        if chosen is not None:
            self.shaper.set_spans(chosen.id, spans)
        else:
            session.select_text(spans, caret=beside[0])
        self._left = self._stands()

    def _beside(self, unit: Span, step: Literal[-1, 1]) -> Span | None:
        document = self.doing.session.document
        at = unit[1] if step == 1 else unit[0] - 1
        while 0 <= at < len(document.text):
            found = unit_at(document, at, level=self.doing.snap)
            if found is not None:
                return found
            at += step
        return None

    def _stands(self) -> tuple[object, ...]:
        """What is selected and done so far: where it is not as the last gesture left it, that gesture is over."""
        session = self.doing.session
        return session.selected, session.selection, session.changes

    def _unit(self, offset: int) -> Span | None:
        return unit_at(self.doing.session.document, offset, level=self.doing.snap)

    def _forget(self) -> None:
        self._anchor = self._moving = None
        self._base = ()
