"""What changes the shape of what is there: edges and fragments of annotations, joins of words, and the fields beside the labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from annotator.core import commands, decisions
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.model import Entity
from annotator.core.snapping import Snap, move_edge
from annotator.core.text import Span, Spans

from .doing import Doing
from .session import Session

Edge = Literal["start", "end"]


class Shaper:
    """Moves edges, adds fragments, joins and splits words, sets attributes, flags, notes and the document's fields."""

    def __init__(self, doing: Doing) -> None:
        self.doing = doing
        self.edge: Edge = "end"

    @property
    def session(self) -> Session:
        return self.doing.session

    def toggle_word(self, *, everywhere: bool = False) -> None:
        """Join the selection into one word or split it."""
        spans = self.doing.target_spans()
        scope: decisions.Scope = "everywhere" if everywhere else "here"

        def make() -> Edit:
            if not spans:
                raise self.doing.why_no_text()
            return decisions.toggle(self.session.document, (spans[0][0], spans[-1][1]), scope=scope)

        self.doing.do(make, "told.word")

    def toggle_gap(self, offset: int) -> None:
        """Join or split at the gap beside `offset`."""
        self.doing.do(lambda: decisions.toggle_gap(self.session.document, offset), "told.word")

    def move_edge(self, step: Literal[-1, 1], *, level: Snap | None = None) -> None:
        """Move an edge of the selection or annotation by a unit; an annotation keeps its id and links."""
        session, level = self.session, level or self.doing.snap
        item = session.chosen() or next(iter(self.doing.last_made()), None)
        spans = session.selection or (item.spans if item else ())
        if not spans:
            self.doing.refuse(self.doing.several() or AnnotatorError("nothing-selected"))
            return
        moved = _with_edge(session, spans, edge=self.edge, step=step, level=level)
        if moved is None:
            self.doing.refuse(AnnotatorError("edge-cannot-move"))
        elif session.selection:
            session.select_text(moved)
        elif item is not None:
            identifier = item.id
            self.doing.do(lambda: commands.resize(session.document, identifier, moved), "told.resized")

    def set_spans(self, identifier: str, spans: Spans) -> None:
        """Give an annotation other fragments (its edge was dragged)."""
        self.doing.do(lambda: commands.resize(self.session.document, identifier, spans), "told.resized")

    def switch_edge(self) -> None:
        """The edge keys work on the other edge from now on."""
        self.edge = "start" if self.edge == "end" else "end"
        self.doing.told.emit(f"told.edge_{self.edge}", {})

    def add_fragment(self, span: Span) -> None:
        """Add `span` to the selected annotation, or to the text selection."""
        session, chosen = self.session, self.session.chosen()
        if chosen is not None:
            self.doing.do(lambda: commands.add_fragment(session.document, chosen.id, span), "told.fragment")
        elif session.selection:
            session.select_text(commands.fit(session.document, [*session.selection, span]))
        else:
            session.select_text((span,))

    def set_attribute(self, identifier: str, name: str, *, value: str, default: str) -> None:
        document = self.session.document
        self.doing.do(lambda: commands.set_attribute(document, [identifier], name, value=value, default=default), "told.changed")

    def set_attributes(self, ids: Sequence[str], name: str, *, value: str, default: str) -> None:
        """Give several annotations of one layer the same value, in one step."""
        document = self.session.document

        def make() -> Edit:
            return commands.set_attribute(document, ids, name, value=value, default=default)

        self.doing.do(make, "told.attribute_several", attribute=name, value=value, n=len(ids), passed=0)

    def set_flag(self, *, on: bool) -> None:
        """Flag what is selected, or take the flags away."""
        ids = [item.id for item in self.session.selected_annotations()]
        key = "told.changed" if len(ids) == 1 else "told.flagged" if on else "told.unflagged"
        self.doing.do(lambda: commands.set_flag(self.session.document, ids, "question" if on else ""), key, n=len(ids))

    def mark_head(self) -> None:
        """Make the selected text the head of the entity around it, or take the mark away; of a selected entity it is taken away."""
        session, chosen = self.session, self.session.chosen()
        spans = self.doing.target_spans()

        def make() -> Edit:
            if isinstance(chosen, Entity) and chosen.head is not None:
                return commands.set_head(session.document, chosen.id, None)
            if chosen is not None or len(spans) != 1:
                raise AnnotatorError("head-needs-text")
            return commands.mark_head(session.document, spans[0])

        self.doing.do(make, "told.changed")

    def remove_head(self, identifier: str) -> None:
        self.doing.do(lambda: commands.set_head(self.session.document, identifier, None), "told.changed")

    def set_field(self, name: str, value: str) -> None:
        """Set a field of the document: its status or note."""
        self.doing.do(lambda: commands.set_field(self.session.document, name, value), "told.changed")

    def set_label(self, name: str, value: str) -> None:
        """Set a label of the document; an empty value takes it away."""
        self.doing.do(lambda: commands.set_label(self.session.document, name, value), "told.changed")

    def set_note(self, identifier: str, note: str) -> None:
        self.doing.do(lambda: commands.set_note(self.session.document, identifier, note), "told.changed")

    def set_status(self, status: str) -> None:
        self.doing.do(lambda: commands.set_field(self.session.document, "status", status), "told.status")

    def set_origin(self, *, segmented: bool) -> None:
        self.doing.do(lambda: decisions.set_origin(self.session.document, "segmented" if segmented else "raw"), "told.changed")

    def repair(self, edit: Edit) -> None:
        """Take a repair that a check proposes."""
        self.doing.do(lambda: edit, "told.changed")


def _with_edge(session: Session, spans: Spans, *, edge: Edge, step: Literal[-1, 1], level: Snap) -> Spans | None:
    """`spans` with its outer start or end moved by a unit."""
    rank = -1 if edge == "end" else 0
    moved = move_edge(session.document, spans[rank], edge=edge, step=step, level=level)
    if moved is None:
        return None
    return (*spans[:-1], moved) if edge == "end" else (moved, *spans[1:])
