"""Pieces of the inspector: the attributes, and the events that an annotation fills."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from annotator.core import query
from annotator.core.model import Annotation, Event
from annotator.core.schema import Attribute

from ..looks.elided import ElidedLabel
from ..looks.look import Look
from ..work.session import Session
from .chips import Chip
from .choices import AttributeBox
from .frame_rows import shown_text


class AttributeRows(QWidget):
    """A line for each attribute that the schema enables on the layer."""

    attribute_picked = Signal(str, str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._attributes: tuple[Attribute, ...] = ()
        self._boxes: list[AttributeBox] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)

    def show_item(self, session: Session, item: Annotation) -> None:
        self.show_items(session, [item])

    def show_items(self, session: Session, items: Sequence[Annotation]) -> None:
        """Show what annotations of one layer have, where they differ that they do."""
        attributes = session.schema.attributes_on("event" if isinstance(items[0], Event) else "entity")
        if attributes != self._attributes:
            self._attributes = attributes
            self._rebuild()
        for box in self._boxes:
            box.show_values(items)
        self.setVisible(bool(attributes))
        self.setEnabled(session.read_only is None)

    def reset(self) -> None:
        self._attributes = ()
        self._rebuild()

    def _rebuild(self) -> None:
        while (held := self._grid.takeAt(0)) is not None:
            if (widget := held.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._boxes = []
        for number, attribute in enumerate(self._attributes):
            label = ElidedLabel(self._look, colour="muted", lines=2)
            label.set_text(self._look.wording(attribute.label, attribute.name))
            box = AttributeBox(attribute, self._look)
            box.picked.connect(lambda value, attribute=attribute: self.attribute_picked.emit(attribute.name, value, attribute.default))
            self._grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(box, number, 1)
            self._boxes.append(box)


class FilledRoles(QWidget):
    """The roles that an annotation holds in events; a click goes to the event."""

    jump_requested = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fills")
        self._look = look
        self._shown: list[tuple[str, str, str]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._title = ElidedLabel(look, colour="muted", lines=1)
        self._column.addWidget(self._title)

    def show_item(self, session: Session, item: Annotation) -> None:
        self._title.set_text(self._look.say("gui.inspector.fills"))
        rows = list(self._rows(session, item))
        if rows != self._shown:
            self._shown = rows
            self._rebuild()
        self.setVisible(bool(rows))

    def reset(self) -> None:
        self._shown = []
        self._rebuild()

    def _rows(self, session: Session, item: Annotation) -> list[tuple[str, str, str]]:
        """Event id, what is said, and the event's colour."""
        rows = []
        for event in query.events_filled_by(session.document, item.id):
            known = session.schema.event(event.type)
            text = shown_text(session.document, event)
            label = self._look.type_label(session.schema, event.type)
            for argument in event.arguments:
                if argument.target == item.id:
                    role = self._look.role_label(session.schema, argument.role)
                    says = self._look.say("gui.inspector.fills_row", role=role, event=label, text=text)
                    rows.append((event.id, says, known.colour if known else ""))
        return rows

    def _rebuild(self) -> None:
        while (held := self._column.takeAt(1)) is not None:
            if (widget := held.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for event_id, says, colour in self._shown:
            chip = Chip(self._look, says, colour=colour, mark="block", tip=self._look.say("gui.inspector.fills_tip", text=says))
            chip.setObjectName(f"fills-{event_id}")
            chip.clicked.connect(lambda *_, event_id=event_id: self.jump_requested.emit(event_id))
            self._column.addWidget(chip)
