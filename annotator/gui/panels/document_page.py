"""The inspector's page for the document itself: how far it is, who labels it, its labels, its note, and what it holds."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from annotator.core.model import STATUSES
from annotator.core.schema import DocumentLabel

from ..looks.controls import ChoiceBox
from ..looks.elided import ElidedLabel
from ..looks.look import Look
from ..work.session import Session
from .marks import status_icon
from .note import NoteEdit

_GAP = 8
# What a note of the document is kept under while it is written; annotations have ids of another form.
_NOTE = "document"


class DocumentPage(QWidget):
    """Shows the open document where no annotation is selected and no frame open.

    `field_set` and `label_set` carry a name and its new value, a label's empty where it is taken away. `finished` says that the
    keyboard may go back to the text.
    """

    field_set = Signal(str, str)
    label_set = Signal(str, str)
    finished = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("document-page")
        self._look = look
        self._labels: tuple[DocumentLabel, ...] = ()
        self.boxes: dict[str, ChoiceBox] = {}
        self._name, self._counts = ElidedLabel(look, lines=2), ElidedLabel(look, colour="muted")
        self._name.setObjectName("document-name")
        self._counts.setObjectName("document-counts")
        self._note_title, self._hint = ElidedLabel(look, colour="muted", lines=1), ElidedLabel(look, colour="muted")
        self._strange = ElidedLabel(look, colour="unknown")
        self._status_title, self._annotator_title = ElidedLabel(look, colour="muted", lines=2), ElidedLabel(look, colour="muted", lines=2)
        self._annotator = ElidedLabel(look, lines=2)
        self._annotator.setObjectName("document-annotator")
        self.status, self.note = ChoiceBox(look), NoteEdit()
        self.status.setObjectName("document-status")
        self.note.setObjectName("document-note")
        self._lay_out()
        self.status.picked.connect(lambda value: self.field_set.emit("status", value))
        self.note.committed.connect(lambda _, note: self.field_set.emit("note", note))
        self.note.finished.connect(self.finished)
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.finished)
        self.renew()

    def renew(self) -> None:
        """Word and tint everything anew."""
        say, look = self._look.say, self._look
        font = QFont(self.font())
        font.setPixelSize(15)
        self._name.setFont(font)
        self._status_title.set_text(say("gui.document.status"))
        self._annotator_title.set_text(say("gui.document.annotator"))
        self._note_title.set_text(say("gui.document.note"))
        self._hint.set_text(f"{say('gui.inspector.empty_1')} {say('gui.inspector.empty_2')}")
        self.note.setPlaceholderText(say("gui.document.note_hint"))
        self.note.setAccessibleName(say("gui.document.note"))
        self.note.fit()
        self.status.setAccessibleName(say("gui.document.status"))
        self.status.clear()
        for status in STATUSES:
            self.status.addItem(status_icon(status, theme=look.theme), say(f"status.{status}"), status)
        self.status.widen_list()
        self._labels = ()
        self._rebuild()

    def show_document(self, session: Session) -> None:
        """Show a session's document."""
        document, writable = session.document, session.read_only is None
        if session.schema.labels != self._labels:
            self._labels = session.schema.labels
            self._rebuild()
        says = session.path.name
        self._name.set_text(says if writable else f"{says} · {self._look.say('gui.inspector.read_only')}", tip=str(session.path))
        status = document.field("status")
        self.status.choose(status, stranger=status)
        annotator = document.field("annotator")
        self._annotator.set_text(annotator or self._look.say("gui.document.nobody"))
        self._annotator.set_colour("text" if annotator else "quiet")
        for name, box in self.boxes.items():
            value = document.labels.get(name, "")
            box.choose(value, stranger=value)
            box.setEnabled(writable)
        self._show_strangers(session)
        self.note.show_note(_NOTE, document.field("note"))
        self.note.setReadOnly(not writable)
        self.status.setEnabled(writable)
        self._counts.set_text(self._counted(session))
        self._hint.setVisible(writable)

    def leave(self) -> None:
        """Commit the note: something else is shown now."""
        self.note.forget()

    def enter(self) -> None:
        """Put the keyboard into the first label, or the status where the schema has no labels."""
        first = next(iter(self.boxes.values()), self.status)
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(_GAP)
        # Wide enough for the longest title beside a scroll bar: one that wrapped would call the bar that makes it wrap.
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 4)
        for row, (title, widget) in enumerate(((self._status_title, self.status), (self._annotator_title, self._annotator))):
            self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(widget, row, 1, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addWidget(self._name)
        column.addWidget(self._counts)
        column.addLayout(self._grid)
        for widget in (self._strange, self._note_title, self.note, self._hint):
            column.addWidget(widget)

    def _rebuild(self) -> None:
        for row in range(2, self._grid.rowCount()):
            for place in (0, 1):
                held = self._grid.itemAtPosition(row, place)
                if held is not None and (widget := held.widget()) is not None:
                    self._grid.removeWidget(widget)
                    widget.hide()
                    widget.deleteLater()
        self.boxes = {}
        for row, label in enumerate(self._labels, 2):
            wording = self._look.wording(label.label, label.name)
            title, box = ElidedLabel(self._look, colour="muted", lines=2), ChoiceBox(self._look)
            title.set_text(wording)
            box.setObjectName(f"label-{label.name}")
            box.setAccessibleName(wording)
            box.addItem(self._look.say("gui.document.no_label"), "")
            for value in label.values:
                box.addItem(self._look.wording(value.label, value.name), value.name)
            box.widen_list()
            box.picked.connect(lambda value, name=label.name: self.label_set.emit(name, value))
            self._grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(box, row, 1)
            self.boxes[label.name] = box
        order: list[QWidget] = [self.status, *self.boxes.values(), self.note]
        for before, behind in pairwise(order):
            QWidget.setTabOrder(before, behind)

    def _show_strangers(self, session: Session) -> None:
        """Labels that the schema lacks are kept, and said to be there."""
        strange = {name: value for name, value in session.document.labels.items() if name not in self.boxes}
        says = [self._look.say("gui.document.strange", name=name, value=value) for name, value in strange.items()]
        self._strange.set_text(" · ".join(says))
        self._strange.setVisible(bool(strange))

    def _counted(self, session: Session) -> str:
        document, say = session.document, self._look.say
        arguments = sum(len(event.arguments) for event in document.events.values())
        counts = [say("gui.status.counts", entities=len(document.entities), events=len(document.events), arguments=arguments)]
        for name, held in (("relations", document.relations), ("clusters", document.clusters)):
            if held:
                counts.append(say(f"gui.document.{name}", n=len(held)))
        return " · ".join(counts)
