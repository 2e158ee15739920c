"""Combo boxes of the inspector: the types of a layer, and the values of an attribute."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from annotator.core.model import Annotation, Event
from annotator.core.schema import Attribute, EntityType, EventType, Schema

from ..badges import type_icon
from ..look import Look


class ChoiceBox(QComboBox):
    """A closed choice by name, in the width there is. A click leaves the focus where it was; the wheel scrolls the panel.

    `picked` is said only when a person chose; a name that is not offered is shown in words of its own.
    """

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(16)
        self.activated.connect(self._tell)

    def choose(self, name: str, *, stranger: str) -> None:
        """Show the choice `name`, or `stranger` where it is not one of those offered."""
        with QSignalBlocker(self):
            self.setPlaceholderText(stranger)
            self.setCurrentIndex(self.findData(name))
        self.setToolTip("")

    def widen_list(self) -> None:
        """Let the open list be as wide as its longest line, however narrow the panel is."""
        widest = max((self.fontMetrics().horizontalAdvance(self.itemText(row)) for row in range(self.count())), default=0)
        self.view().setMinimumWidth(widest + self.iconSize().width() + 40)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _tell(self, row: int) -> None:
        self.picked.emit(self.itemData(row))


class TypeBox(ChoiceBox):
    """The types of one layer, with their colours, names and labels."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("type")
        self._look = look
        self._shown: object = None

    def show_type(self, schema: Schema, item: Annotation) -> None:
        """Show the type of `item` among those of its layer."""
        is_event = isinstance(item, Event)
        state = (id(schema), is_event, self._look.language, self._look.theme.name)
        if state != self._shown:
            self._shown = state
            self._fill(schema.events if is_event else schema.entities, is_event=is_event)
            self.setAccessibleName(self._look.say(f"gui.inspector.type_of_{'event' if is_event else 'entity'}"))
        self.choose(item.type, stranger=self._look.say("gui.inspector.unknown", type=item.type))

    def _fill(self, types: tuple[EntityType, ...] | tuple[EventType, ...], *, is_event: bool) -> None:
        self.clear()
        ratio = self.devicePixelRatioF()
        for kind in types:
            label = self._look.wording(kind.label, kind.name)
            icon = type_icon(kind.colour, "block" if is_event else "line", theme=self._look.theme, ratio=ratio)
            self.addItem(icon, kind.name if label == kind.name else f"{label} · {kind.name}", kind.name)
        self.widen_list()


class AttributeBox(ChoiceBox):
    """The values of one attribute; what is not stored has its default."""

    def __init__(self, attribute: Attribute, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.attribute = attribute
        self.setObjectName(f"attribute-{attribute.name}")
        self.setAccessibleName(look.wording(attribute.label, attribute.name))
        for value in attribute.values:
            self.addItem(look.wording(value.label, value.name), value.name)
        self.widen_list()

    def show_value(self, item: Annotation) -> None:
        held = dict(item.attributes).get(self.attribute.name, self.attribute.default)
        self.choose(held, stranger=held)
