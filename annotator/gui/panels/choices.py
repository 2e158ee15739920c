"""Combo boxes of the inspector: the types of a layer, and the values of an attribute."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator.core.model import Annotation, Event
from annotator.core.schema import Attribute, EntityType, EventType, Schema

from ..looks.badges import titled, type_icon
from ..looks.controls import ChoiceBox
from ..looks.look import Look


class TypeBox(ChoiceBox):
    """The types of one layer, with their colours, names and labels."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setObjectName("type")
        self._shown: object = None

    def show_type(self, schema: Schema, item: Annotation) -> None:
        """Show the type of `item` among those of its layer."""
        self.show_types(schema, {item.type}, is_event=isinstance(item, Event))

    def show_types(self, schema: Schema, names: Collection[str], *, is_event: bool) -> None:
        """Show the type that several annotations of one layer share, or that they have several."""
        state = (id(schema), is_event, self._look.language, self._look.theme.name)
        if state != self._shown:
            self._shown = state
            self._fill(schema.events if is_event else schema.entities, is_event=is_event)
            self.setAccessibleName(self._look.say(f"gui.inspector.type_of_{'event' if is_event else 'entity'}"))
        name = next(iter(names)) if len(names) == 1 else ""
        self.choose(name, stranger=self._look.say("gui.inspector.unknown", type=name) if name else self._look.say("gui.several.mixed"))

    def _fill(self, types: tuple[EntityType, ...] | tuple[EventType, ...], *, is_event: bool) -> None:
        self.clear()
        ratio = self.devicePixelRatioF()
        for kind in types:
            label = self._look.wording(kind.label, kind.name)
            icon = type_icon(kind.colour, "block" if is_event else "line", theme=self._look.theme, ratio=ratio)
            self.addItem(icon, titled(kind.name, label), kind.name)
            definition = kind.definition.said(self._look.language)
            self.setItemData(self.count() - 1, f"<p>{escape(definition)}</p>" if definition else None, Qt.ItemDataRole.ToolTipRole)
        self.widen_list()


class AttributeBox(ChoiceBox):
    """The values of one attribute; what is not stored has its default."""

    def __init__(self, attribute: Attribute, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.attribute = attribute
        self.setObjectName(f"attribute-{attribute.name}")
        self.setAccessibleName(look.wording(attribute.label, attribute.name))
        for value in attribute.values:
            self.addItem(look.wording(value.label, value.name), value.name)
        self.widen_list()

    def show_values(self, items: Iterable[Annotation]) -> None:
        """Show the value that annotations share, or that they have several."""
        values = {dict(item.attributes).get(self.attribute.name, self.attribute.default) for item in items}
        held = next(iter(values)) if len(values) == 1 else None
        self.choose(held or "", stranger=self._look.say("gui.several.mixed") if held is None else held)
