"""One open document: its history, what is selected, the open frame, and how much of it is on disk.

Everything else in the window draws this or asks it to change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from annotator.core import commands, query
from annotator.core.document import Document
from annotator.core.edits import Change, Edit
from annotator.core.errors import AnnotatorError
from annotator.core.history import History
from annotator.core.model import Annotation, Event, extent
from annotator.core.schema import Schema
from annotator.core.suggestions import is_suggestion
from annotator.core.text import Span, Spans


@dataclass(frozen=True, slots=True)
class Durable:
    """What is known to be on disk: the sidecar's revision and the digest of its bytes (None: there is no sidecar)."""

    revision: int
    digest: str | None


LinkKind = Literal["same", "relation"]


@dataclass(frozen=True, slots=True)
class Link:
    """A link that was begun at an annotation and waits for its other end."""

    kind: LinkKind
    source: str


class Session(QObject):
    """The document of a window and its history, with signals. No widget keeps a copy of anything in it.

    `edited` carries the edit that was applied (done, undone or redone) so that views refresh just what it names.
    `frame` is the id of the event whose roles the keys fill; `armed` the role that the next selection fills.
    """

    edited = Signal(object)
    selection_changed = Signal()
    frame_changed = Signal()
    words_changed = Signal()
    durable_changed = Signal()
    refused = Signal(object)

    def __init__(self, document: Document, schema: Schema, *, path: Path, durable: Durable, read_only: AnnotatorError | None) -> None:
        super().__init__()
        self.history = History(document)
        self.document = document
        self.schema = schema
        self.path = path
        self.durable = durable
        self.read_only = read_only
        # Whether the document's own schema field is brought into line with `schema` by the next edit.
        self.claims_schema = False
        self.failure: AnnotatorError | None = None
        self.selection: Spans = ()
        self.selected: tuple[str, ...] = ()
        self.preview: Span | None = None
        self.caret = 0
        self.caret_active = False
        self.frame: str | None = None
        self.armed: str | None = None
        self.link: Link | None = None
        self._suggestions: int | None = None
        self._opinions: dict[int, Sequence[Span]] = {}
        # What was done to the document, counted; `saved_at` is the count that the durable sidecar holds.
        self.changes = 0
        self.saved_at = 0

    @property
    def is_saved(self) -> bool:
        """Whether all that was done is on disk."""
        return self.saved_at == self.changes

    @property
    def suggestions(self) -> int:
        """How many suggestions of models are open. Counted once, then kept in step with the edits."""
        if self._suggestions is None:
            document = self.document
            self._suggestions = sum(is_suggestion(item) for layer in (document.entities, document.events) for item in layer.values())
        return self._suggestions

    def do(self, edit: Edit) -> Edit:
        """Apply an edit and tell everyone. Raises the reason where the document is read-only."""
        self._refuse_read_only()
        begun = Edit(edit.name, (*edit.changes, *self._accompanying(edit)))
        self.history.do(begun)
        self._tell(begun)
        return begun

    def undo(self) -> Edit | None:
        """Take the last edit back; None where there is none. Raises as `do`."""
        self._refuse_read_only()
        return self._tell(self.history.undo())

    def redo(self) -> Edit | None:
        self._refuse_read_only()
        return self._tell(self.history.redo())

    def select_text(self, spans: Spans, *, caret: int | None = None) -> None:
        """Select text; annotations are no longer selected. The caret goes to `caret`, else to the last fragment's start."""
        self._select(spans, ())
        if caret is not None:
            self.place_caret(caret, active=False)

    def show_preview(self, span: Span | None) -> None:
        """Show where an edge that is being dragged would go."""
        self.preview = span
        self.selection_changed.emit()

    def select_annotations(self, *ids: str) -> None:
        """Select annotations; text is no longer selected."""
        self._select((), ids)

    def clear_selection(self) -> None:
        self._select((), ())

    def place_caret(self, offset: int, *, active: bool) -> None:
        """Put the caret in front of a code point. `active`: the unit under it counts as selected (it was moved by key)."""
        self.caret = max(0, min(offset, len(self.document.text)))
        self.caret_active = active
        self.selection_changed.emit()

    def open_frame(self, event_id: str | None) -> None:
        """Open the frame of an event, or close it."""
        if event_id is not None and event_id not in self.document.events:
            return
        self.armed = None
        self.frame = event_id
        self.frame_changed.emit()

    def begin_link(self, link: Link) -> None:
        """Wait for the other end of a link."""
        self.link = link
        self.clear_selection()
        self.frame_changed.emit()

    def end_link(self) -> None:
        """Wait for no other end any more."""
        if self.link is not None:
            self.link = None
            self.frame_changed.emit()

    def arm(self, role: str | None) -> None:
        """Let the next selection fill `role` of the open frame."""
        self.armed = role
        self.frame_changed.emit()

    def frame_event(self) -> Event | None:
        return self.document.events.get(self.frame) if self.frame else None

    def selected_annotations(self) -> list[Annotation]:
        found = [self.document.annotation(identifier) for identifier in self.selected]
        return [item for item in found if item is not None]

    def chosen(self) -> Annotation | None:
        """The one selected annotation."""
        found = self.selected_annotations()
        return found[0] if len(found) == 1 else None

    def position(self) -> int:
        """Where the person is: the selection's start, the selected annotation's, else the caret."""
        if self.selection:
            return self.selection[0][0]
        chosen = self.selected_annotations()
        return extent(chosen[0])[0] if chosen else self.caret

    def walk(self, step: int) -> None:
        """Select the next (1) or previous (-1) annotation in reading order; from several selected ones, that of the one reached last."""
        chosen = next(reversed(self.selected_annotations()), None)
        # What begins at the caret itself is the next one.
        start: Annotation | int = chosen if chosen is not None else self.position() - (step > 0)
        found = query.next_annotation(self.document, start) if step > 0 else query.previous_annotation(self.document, start)
        if found is not None:
            self.select_annotations(found.id)

    def machine_opinion(self, line: int) -> Sequence[Span]:
        """A line's words as the machine alone has them: what raw text began with, what it would have made of segmented text."""
        if not self.document.is_segmented:
            return self.document.words.machine(line)
        from annotator.segment import default_segmenter, read_joins_as_blanks

        held = self._opinions.get(line)
        if held is None:
            start, end = self.document.text.line_span(line)
            plain = read_joins_as_blanks(self.document.text.content[start:end])
            held = self._opinions[line] = default_segmenter().words(plain, at=start)
        return held

    def mark_durable(self, durable: Durable, *, at: int) -> None:
        """The sidecar on disk now holds what the document was after `at` changes."""
        self.durable = durable
        self.saved_at = max(self.saved_at, at)
        self.failure = None
        self.durable_changed.emit()

    def forbid(self, reason: AnnotatorError) -> None:
        """Take no further edits, for a reason that came up while the document was open."""
        self.read_only = reason
        self.durable_changed.emit()

    def mark_failed(self, failure: AnnotatorError) -> None:
        """A save did not reach the disk: the document stays dirty."""
        self.failure = failure
        self.durable_changed.emit()

    def _select(self, spans: Spans, ids: tuple[str, ...]) -> None:
        self.selection, self.selected = spans, ids
        self.caret_active = False
        if spans:
            self.caret = spans[-1][0]
        self.selection_changed.emit()

    def _refuse_read_only(self) -> None:
        if self.read_only is not None:
            raise self.read_only

    def _accompanying(self, edit: Edit) -> tuple[Change, ...]:
        """What goes with an edit in the same step: the first annotation puts a document in progress, and names its schema."""
        if all(change.layer in ("fields", "labels") for change in edit.changes):
            return ()
        # What a model proposes, or proposes no more, is nobody's work yet.
        begins = self.document.field("status") == "todo" and edit.name != "propose"
        status = commands.set_field(self.document, "status", "doing").changes if begins else ()
        schema = commands.set_field(self.document, "schema", self.schema.name).changes if self.claims_schema else ()
        return (*status, *schema)

    def _tell(self, edit: Edit | None) -> Edit | None:
        if edit is None or not edit.changes:
            return edit
        self.changes += 1
        if self._suggestions is not None:
            self._suggestions += sum(is_suggestion(change.after) - is_suggestion(change.before) for change in edit.changes)
        gone = {change.id for change in edit.changes if change.after is None}
        if self.frame in gone:
            self.open_frame(None)
        if self.link is not None and self.link.source in gone:
            self.end_link()
        if gone & set(self.selected):
            self.selected = tuple(identifier for identifier in self.selected if identifier not in gone)
            self.selection_changed.emit()
        self.edited.emit(edit)
        self.durable_changed.emit()
        return edit
