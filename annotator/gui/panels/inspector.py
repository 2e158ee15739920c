"""The inspector: what is selected, or the event whose frame is open, with everything about it that can be changed."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.core import commands, query
from annotator.core.document import references
from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.model import Annotation, Cluster, Event, Relation

from ..looks.controls import TickBox
from ..looks.elided import ElidedLabel
from ..looks.look import Look
from ..work.session import Session
from .choices import TypeBox
from .document_page import DocumentPage
from .frame import FrameTable
from .frame_rows import shown_text
from .head import HeadRow
from .inspector_parts import AttributeRows, FilledRoles
from .link_rows import LinkRows
from .note import NoteEdit
from .problems import ProblemRows
from .proposal import ProposalRow
from .several import SeveralPage

if TYPE_CHECKING:
    from annotator.core.checks.problems import Problem

_MARGIN, _GAP = 12, 8


class InspectorPanel(QWidget):
    """Shows one annotation and asks the window to change it; `several` shows more than one, `document_page` the document where none is.

    `retype_requested`, `flag_toggled` and `delete_requested` mean the selected annotation: the one that is shown is selected first.
    A note that is being written is committed (`note_edited`) before anything else is shown; `finish_editing` does it at once.
    `editing_finished` says that the keyboard may go back to the text.
    """

    retype_requested = Signal(str)
    attribute_chosen = Signal(str, str, str, str)
    flag_toggled = Signal(bool)
    note_edited = Signal(str, str)
    delete_requested = Signal()
    frame_requested = Signal()
    jump_requested = Signal(str)
    argument_removed = Signal(str, str, str)
    role_requested = Signal(str)
    repair_requested = Signal(object)
    relation_removed = Signal(str)
    cluster_left = Signal(str)
    editing_finished = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self._look = look
        self._session: Session | None = None
        self._item: Annotation | None = None
        self._writable = True
        self._build()
        self._connect()
        look.changed.connect(self._renew)
        self._renew()

    def set_session(self, session: Session | None) -> None:
        """Follow another session. A note still being written goes straight into the old one: who hears `note_edited` may serve the new."""
        draft = self.note.take_draft()
        if self._session is not None:
            if draft is not None:
                with suppress(AnnotatorError):
                    self._session.do(commands.set_note(self._session.document, *draft))
            self._keep_document_note(self._session)
            self._session.edited.disconnect(self._follow)
            self._session.selection_changed.disconnect(self._refresh)
            self._session.frame_changed.disconnect(self._refresh)
            self._session.durable_changed.disconnect(self._follow_durable)
        self.note.forget()
        self.document_page.leave()
        self._session = session
        if session is not None:
            session.edited.connect(self._follow)
            session.selection_changed.connect(self._refresh)
            session.frame_changed.connect(self._refresh)
            session.durable_changed.connect(self._follow_durable)
        self._renew()

    def finish_editing(self) -> None:
        """Commit a note that is being written. To be called before the document is saved, changed for another one or closed."""
        self.note.commit()
        self.document_page.note.commit()

    def _keep_document_note(self, session: Session) -> None:
        draft = self.document_page.note.take_draft()
        if draft is not None:
            with suppress(AnnotatorError):
                session.do(commands.set_field(session.document, "note", draft[1]))

    def edit_note(self) -> None:
        """Put the keyboard into the note of what is shown."""
        if self._item is not None:
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_problems(self, problems: Iterable[Problem]) -> None:
        """Take what the checks found; those of what is shown stand under its type, with the repair that they propose."""
        self.problems.set_problems(problems)
        self._refresh()

    def refresh(self) -> None:
        """Show again what is: a choice that was refused does not stay in its box."""
        self._refresh()

    def shown(self) -> Annotation | None:
        """The annotation that is shown."""
        return self._item

    def _build(self) -> None:
        look = self._look
        self._head, self._text = ElidedLabel(look, colour="muted", lines=1), ElidedLabel(look, lines=3)
        self._head.setObjectName("head")
        self._text.setObjectName("surface")
        self._state = ElidedLabel(look, colour="muted")
        self._state.setObjectName("state")
        self.several, self.document_page, self.head_row = SeveralPage(look), DocumentPage(look), HeadRow(look)
        self._definition = ElidedLabel(look, colour="muted", lines=3)
        self.type_box, self.attributes = TypeBox(look), AttributeRows(look)
        self._roles_title, self._note_title = ElidedLabel(look, colour="muted", lines=1), ElidedLabel(look, colour="muted", lines=1)
        self.frame, self.fills, self.problems = FrameTable(look), FilledRoles(look), ProblemRows(look)
        self.links, self.proposal = LinkRows(look), ProposalRow(look)
        self.flag, self.note = TickBox(look), NoteEdit()
        self.flag.setObjectName("flag")
        self.flag.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.open_button, self.delete_button = self._button("open-frame"), self._button("delete")
        self._sections: tuple[QWidget, ...] = (
            self._head, self._text, self.proposal, self.head_row, self.type_box, self._definition, self.problems, self._roles_title,
            self.frame, self.fills, self.attributes, self.links, self.flag, self._note_title, self.note, self.open_button,
            self.delete_button,
        )  # fmt: skip
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_GAP)
        for widget in (self._state, self.document_page, self.several, *self._sections[:-2]):
            column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.setSpacing(_GAP)
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.delete_button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        column.addStretch(1)
        self._enclose(page)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _enclose(self, page: QWidget) -> None:
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _connect(self) -> None:
        self.type_box.picked.connect(self._retype)
        self.attributes.attribute_picked.connect(self._set_attribute)
        self.flag.clicked.connect(self._toggle_flag)
        self.note.committed.connect(self.note_edited)
        self.note.finished.connect(self.editing_finished)
        self.delete_button.clicked.connect(self._delete)
        self.open_button.clicked.connect(self.frame_requested)
        self.document_page.finished.connect(self.editing_finished)
        self.frame.jump_requested.connect(self.jump_requested)
        self.fills.jump_requested.connect(self.jump_requested)
        self.frame.argument_removed.connect(self.argument_removed)
        self.frame.role_requested.connect(self._ask_role)
        self.problems.repair_requested.connect(self.repair_requested)
        self.links.jump_requested.connect(self.jump_requested)
        self.links.relation_removed.connect(self.relation_removed)
        self.links.cluster_left.connect(self.cluster_left)

    def _renew(self) -> None:
        """Word and draw everything anew."""
        say = self._look.say
        self.setAccessibleName(say("gui.inspector.name"))
        self._roles_title.set_text(say("gui.frame.title"))
        self._note_title.set_text(say("gui.inspector.note"))
        self.note.setPlaceholderText(say("gui.inspector.note_hint"))
        self.note.setAccessibleName(say("gui.inspector.note"))
        self.note.fit()
        self.flag.setText(say("gui.inspector.flag"))
        for button, name in ((self.open_button, "open_frame"), (self.delete_button, "delete")):
            button.setText(say(f"gui.inspector.{name}"))
            button.setToolTip(escape(say(f"gui.inspector.{name}_tip")))
        font = QFont(self.font())
        font.setPixelSize(15)
        self._text.setFont(font)
        self.frame.clear()
        self.fills.reset()
        self.attributes.reset()
        self.problems.reset()
        self.links.reset()
        self.several.renew()
        self.document_page.renew()
        self._refresh()

    def _follow(self, edit: Edit) -> None:
        """Refresh where the edit touches what is shown, what fills it or what it fills."""
        if self._session is None:
            return
        item = self._item
        near = {item.id} if item else set()
        if isinstance(item, Event):
            near |= {argument.target for argument in item.arguments}
        elif item is not None:
            near |= {event.id for event in query.events_filled_by(self._session.document, item.id)}
        if any(change.id in near or _fills(change.before, near) or _fills(change.after, near) for change in edit.changes) or item is None:
            self._refresh()

    def _follow_durable(self) -> None:
        """An article may become read-only while it is open; that a save came through changes nothing here."""
        if self._session is not None and self._writable != (self._session.read_only is None):
            self._refresh()

    def _refresh(self) -> None:
        session = self._session
        items = session.selected_annotations() if session else []
        several = len(items) > 1
        item = None if session is None or several else next(iter(items), None) or session.frame_event()
        # The draft of a note belongs to what was shown until now.
        self.note.show_note(item.id if item else "", item.note if item else "")
        self._item = item
        for widget in self._sections:
            widget.setVisible(item is not None)
        self._state.setVisible(session is None)
        self.several.setVisible(several)
        self.document_page.setVisible(session is not None and item is None and not several)
        if session is None:
            self._state.set_text(self._look.say("gui.inspector.no_document"))
        elif item is not None:
            self.document_page.leave()
            self._show(session, item)
        elif several:
            self.document_page.leave()
            self._writable = session.read_only is None
            self.several.show_items(session, items)
        else:
            self._writable = session.read_only is None
            self.document_page.show_document(session)

    def _show(self, session: Session, item: Annotation) -> None:
        is_event, writable = isinstance(item, Event), session.read_only is None
        self._writable = writable
        self._head.set_text(self._heading(session, item))
        self._text.set_text(shown_text(session.document, item))
        known = session.schema.event(item.type) if is_event else session.schema.entity(item.type)
        definition = known.definition.said(self._look.language) if known else self._look.say("gui.inspector.unknown_definition")
        self._definition.set_text(definition)
        self._definition.setVisible(bool(definition))
        self.type_box.show_type(session.schema, item)
        self.type_box.setEnabled(writable)
        self.proposal.show_item(session, item)
        self.head_row.show_item(session, item)
        self.problems.show_item(session.schema, item.id)
        self.attributes.show_item(session, item)
        self._roles_title.setVisible(is_event)
        self.frame.setVisible(is_event)
        if isinstance(item, Event):
            self.frame.show_event(session, item)
        self.fills.show_item(session, item)
        self.links.show_item(session, item)
        with QSignalBlocker(self.flag):
            self.flag.setChecked(item.flag == "question")
        self.flag.setEnabled(writable)
        self.note.setReadOnly(not writable)
        self.delete_button.setEnabled(writable)
        in_event = is_event or bool(query.events_filled_by(session.document, item.id))
        self.open_button.setVisible(in_event and session.frame != item.id and session.chosen() is item)

    def _heading(self, session: Session, item: Annotation) -> str:
        parts = [self._look.say(f"gui.inspector.{'event' if isinstance(item, Event) else 'entity'}", id=item.id)]
        if session.frame == item.id:
            parts.append(self._look.say("gui.inspector.frame_open"))
        if session.read_only is not None:
            parts.append(self._look.say("gui.inspector.read_only"))
        return " · ".join(parts)

    def _select_shown(self) -> bool:
        """Select what is shown, so that what acts on the selection acts on it."""
        if self._session is None or self._item is None:
            return False
        if self._session.selected != (self._item.id,):
            self._session.select_annotations(self._item.id)
        return True

    def _retype(self, name: str) -> None:
        if self._item is not None and name != self._item.type and self._select_shown():
            self.retype_requested.emit(name)
        # A refused choice does not stay in the box.
        self._refresh()

    def _set_attribute(self, name: str, value: str, default: str) -> None:
        if self._item is not None:
            self.attribute_chosen.emit(self._item.id, name, value, default)
        self._refresh()

    def _toggle_flag(self, on: bool) -> None:
        if self._select_shown():
            self.flag_toggled.emit(on)
        self._refresh()

    def _delete(self) -> None:
        if self._select_shown():
            self.delete_requested.emit()

    def _ask_role(self, role: str) -> None:
        """Ask for a role of the shown event: its frame opens, and its own trigger is no filler of it."""
        session, item = self._session, self._item
        if session is None or item is None:
            return
        if session.selected == (item.id,):
            session.clear_selection()
        if session.frame != item.id:
            session.open_frame(item.id)
        self.role_requested.emit(role)


def _fills(value: object, targets: set[str]) -> bool:
    """Whether `value` is an event, relation or cluster that names one of `targets`."""
    return isinstance(value, Event | Relation | Cluster) and not targets.isdisjoint(references(value))
