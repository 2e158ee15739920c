"""The inspector's page for several selected annotations: what they are, what they share, and what can be done to all in one step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.core.model import Annotation, Event
from annotator.core.schema import AttributeTarget

from ..looks.badges import Mark
from ..looks.controls import ChoiceBox, TickBox
from ..looks.elided import ElidedLabel
from ..looks.look import Look
from ..work.session import Session
from .chips import Chip
from .choices import TypeBox
from .inspector_parts import AttributeRows

_GAP = 8
# The commonest are named; a selection of more types is close to everything.
_TYPES_SHOWN = 6


class LayerSection(QWidget):
    """What is selected of one layer: a chip for each type with its count, the common type, the attributes.

    `narrowed` carries the ids that a chip stands for, `attribute_picked` ids, name, value and default.
    """

    narrowed = Signal(object)
    retype_requested = Signal(str)
    attribute_picked = Signal(object, str, str, str)

    def __init__(self, look: Look, layer: AttributeTarget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"several-{layer}")
        self._look, self._layer = look, layer
        self._ids: tuple[str, ...] = ()
        self._shown: object = None
        self._title, self._more = ElidedLabel(look, colour="muted", lines=2), ElidedLabel(look, colour="muted", lines=2)
        self.type_box, self.attributes = TypeBox(look), AttributeRows(look)
        self.type_box.setObjectName(f"several-type-{layer}")
        self._chips = QGridLayout()
        self._chips.setSpacing(4)
        for column in (0, 1):
            self._chips.setColumnStretch(column, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(_GAP)
        whole.addWidget(self._title)
        whole.addLayout(self._chips)
        whole.addWidget(self._more)
        whole.addWidget(self.type_box)
        whole.addWidget(self.attributes)
        self.type_box.picked.connect(self.retype_requested)
        self.attributes.attribute_picked.connect(lambda *given: self.attribute_picked.emit(self._ids, *given))

    def show_items(self, session: Session, items: Sequence[Annotation]) -> None:
        """Show annotations of this layer; hidden where there are none."""
        self._ids = tuple(item.id for item in items)
        self.setVisible(bool(items))
        if not items:
            return
        counts = Counter(item.type for item in items).most_common()
        says = self._look.say(f"gui.several.{'events' if self._layer == 'event' else 'entities'}", n=len(items))
        self._title.set_text(says)
        self._more.set_text(self._look.say("gui.several.more", n=len(counts) - _TYPES_SHOWN))
        self._more.setVisible(len(counts) > _TYPES_SHOWN)
        state = (counts, id(session.schema), self._look.language)
        if state != self._shown:
            self._shown = state
            self._rebuild(session, items, counts=counts)
        self.type_box.show_types(session.schema, [name for name, _ in counts], is_event=self._layer == "event")
        self.type_box.setEnabled(session.read_only is None)
        self.attributes.show_items(session, items)

    def reset(self) -> None:
        """Word everything anew the next time."""
        self._shown = None
        self.attributes.reset()

    def _rebuild(self, session: Session, items: Sequence[Annotation], *, counts: list[tuple[str, int]]) -> None:
        while (held := self._chips.takeAt(0)) is not None:
            if (widget := held.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        schema, is_event = session.schema, self._layer == "event"
        for rank, (name, count) in enumerate(counts[:_TYPES_SHOWN]):
            known = schema.event(name) if is_event else schema.entity(name)
            label = self._look.type_label(schema, name) if is_event else name
            tip = self._look.say("gui.several.narrow", type=self._look.type_label(schema, name), n=count)
            mark: Mark = "block" if is_event else "line"
            chip = Chip(self._look, f"{count} × {label}", colour=known.colour if known else "", mark=mark, tip=tip)
            chip.setObjectName(f"several-{name}")
            chip.clicked.connect(lambda *_, name=name: self._narrow(session, name))
            alone = rank % 2 == 0 and rank + 1 == min(len(counts), _TYPES_SHOWN)
            self._chips.addWidget(chip, rank // 2, rank % 2, 1, 2 if alone else 1)

    def _narrow(self, session: Session, name: str) -> None:
        held = (session.document.annotation(identifier) for identifier in self._ids)
        self.narrowed.emit(tuple(item.id for item in held if item is not None and item.type == name))


class SeveralPage(QWidget):
    """Shows what is selected together. All its wishes are about everything selected, or everything of one layer."""

    narrowed = Signal(object)
    retype_requested = Signal(str)
    attribute_picked = Signal(object, str, str, str)
    role_picked = Signal(str)
    flag_toggled = Signal(bool)
    delete_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("several")
        self._look = look
        self._roles: object = None
        self._title, self._hint = ElidedLabel(look), ElidedLabel(look, colour="muted")
        self._title.setObjectName("several-title")
        self._role_title = ElidedLabel(look, colour="muted", lines=2)
        self.sections: dict[AttributeTarget, LayerSection] = {"entity": LayerSection(look, "entity"), "event": LayerSection(look, "event")}
        self.role_box, self.flag, self.delete_button = ChoiceBox(look), TickBox(look), QPushButton()
        self.role_box.setObjectName("several-role")
        self.flag.setObjectName("several-flag")
        self.flag.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.delete_button.setObjectName("several-delete")
        self.delete_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        for widget in (self._title, *self.sections.values(), self._role_title, self.role_box, self.flag, self._hint):
            column.addWidget(widget)
        buttons = QHBoxLayout()
        buttons.addWidget(self.delete_button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        for section in self.sections.values():
            section.narrowed.connect(self.narrowed)
            section.retype_requested.connect(self.retype_requested)
            section.attribute_picked.connect(self.attribute_picked)
        self.role_box.picked.connect(self.role_picked)
        self.flag.clicked.connect(self.flag_toggled)
        self.delete_button.clicked.connect(self.delete_requested)
        self.renew()

    def renew(self) -> None:
        """Word everything anew."""
        say = self._look.say
        font = QFont(self.font())
        font.setPixelSize(15)
        self._title.setFont(font)
        self._hint.set_text(say("gui.several.hint"))
        self._role_title.set_text(say("gui.several.role"))
        self.role_box.setAccessibleName(say("gui.several.role"))
        self.flag.setText(say("gui.inspector.flag"))
        self.delete_button.setText(say("gui.several.delete"))
        self.delete_button.setToolTip(escape(say("gui.several.delete_tip")))
        self._roles = None
        for section in self.sections.values():
            section.reset()

    def show_items(self, session: Session, items: Sequence[Annotation]) -> None:
        """Show what several annotations share."""
        self._title.set_text(self._look.say("gui.inspector.several", n=len(items)))
        self.sections["entity"].show_items(session, [item for item in items if not isinstance(item, Event)])
        self.sections["event"].show_items(session, [item for item in items if isinstance(item, Event)])
        self._show_role(session, items)
        flagged = sum(item.flag == "question" for item in items)
        with QSignalBlocker(self.flag):
            mixed = 0 < flagged < len(items)
            self.flag.setTristate(False)
            self.flag.setCheckState(
                Qt.CheckState.PartiallyChecked if mixed else Qt.CheckState.Checked if flagged else Qt.CheckState.Unchecked
            )
        # The third state is only shown: a click on it flags all.
        self.flag.setTristate(mixed)
        writable = session.read_only is None
        for widget in (self.role_box, self.flag, self.delete_button):
            widget.setEnabled(writable)

    def _show_role(self, session: Session, items: Sequence[Annotation]) -> None:
        """The role that what is selected holds in the open frame; another one may be picked for all."""
        event = session.frame_event()
        ids = {item.id for item in items}
        held = {argument.role for argument in event.arguments if argument.target in ids} if event else set()
        known = session.schema.event(event.type) if event else None
        self._role_title.setVisible(bool(held))
        self.role_box.setVisible(bool(held))
        if not held:
            return
        if known is not self._roles:
            self._roles = known
            self.role_box.clear()
            for role in known.roles if known else ():
                self.role_box.addItem(self._look.role_label(session.schema, role.role), role.role)
            self.role_box.widen_list()
        name = next(iter(held)) if len(held) == 1 else ""
        self.role_box.choose(name, stranger=name or self._look.say("gui.several.mixed"))
