"""The upper part of tagging all occurrences: what is looked for, as what it is tagged, where, and the switches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from annotator.core.occurrences import Kind, Target
from annotator.core.schema import Schema
from annotator.core.search import Query

from ..looks.badges import titled, type_icon
from ..looks.controls import ChoiceBox, TickBox
from ..looks.look import Look

_SWITCHES: Final = ("case", "words", "marks", "expression", "over")


class TagAllForm(QWidget):
    """The choices of the dialog. `query_changed` is for what is typed and switched, `what_changed` for type and scope."""

    query_changed = Signal()
    what_changed = Signal()
    over_changed = Signal()

    def __init__(
        self, look: Look, schema: Schema, query: Query, *, target: Target | None, scopes: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.text = QLineEdit(query.text)
        self.text.setObjectName("text")
        self.type, self.place = ChoiceBox(look), ChoiceBox(look)
        self.type.setObjectName("type")
        self.place.setObjectName("scope")
        self.switches = {name: TickBox(look) for name in _SWITCHES}
        for name, box in self.switches.items():
            box.setObjectName(name)
            box.setText(look.say(f"gui.tagall.{name}"))
            box.setToolTip(look.say(f"gui.tagall.{name}_tip"))
        self._fill(schema, target, scopes)
        self._lay_out()
        for name, on in (("case", not query.ignore_case), ("words", query.whole_words), ("marks", query.ignore_marks),
                         ("expression", query.mode == "expression")):  # fmt: skip
            self.switches[name].setChecked(on)
        self._connect()

    def query(self) -> Query:
        """What is looked for."""
        on = {name: box.isChecked() for name, box in self.switches.items()}
        return Query(
            self.text.text(), "expression" if on["expression"] else "plain",
            ignore_case=not on["case"], ignore_marks=on["marks"], whole_words=on["words"],
        )  # fmt: skip

    def target(self) -> Target | None:
        """As what it is tagged, None until that was chosen."""
        held = self.type.currentData()
        if not held:
            return None
        kind, _, name = str(held).partition(":")
        return Target(_KINDS[kind], name)

    def scope(self) -> str:
        """``selection``, ``document`` or ``corpus``."""
        return str(self.place.currentData())

    def over_existing(self) -> bool:
        """Whether it is tagged also where something is annotated."""
        return self.switches["over"].isChecked()

    def _fill(self, schema: Schema, target: Target | None, scopes: Sequence[str]) -> None:
        look, ratio = self._look, self.devicePixelRatioF()
        for kind in schema.entities:
            icon = type_icon(kind.colour, "line", theme=look.theme, ratio=ratio)
            self.type.addItem(icon, titled(kind.name, look.wording(kind.label, kind.name)), f"entity:{kind.name}")
        for event in schema.events:
            icon = type_icon(event.colour, "block", theme=look.theme, ratio=ratio)
            self.type.addItem(icon, titled(event.name, look.wording(event.label, event.name)), f"event:{event.name}")
        self.type.choose(f"{target.kind}:{target.type}" if target else "", stranger=look.say("gui.tagall.choose_type"))
        for scope in scopes:
            self.place.addItem(look.say(f"gui.tagall.scope.{scope}"), scope)
        self.place.choose(scopes[0], stranger="")
        for box, key in ((self.type, "as"), (self.place, "scope")):
            box.widen_list()
            box.setAccessibleName(look.say(f"gui.tagall.{key}"))
        self.text.setAccessibleName(look.say("gui.tagall.text"))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for row, (key, widget) in enumerate((("text", self.text), ("as", self.type), ("scope", self.place))):
            label = QLabel(self._look.say(f"gui.tagall.{key}"))
            label.setTextFormat(Qt.TextFormat.PlainText)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1, 1, 2)
        for rank, box in enumerate(self.switches.values()):
            grid.addWidget(box, 3 + rank // 2, 1 + rank % 2)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)

    def _connect(self) -> None:
        self.text.textChanged.connect(lambda _: self.query_changed.emit())
        for name, box in self.switches.items():
            box.toggled.connect(lambda _, name=name: self.over_changed.emit() if name == "over" else self.query_changed.emit())
        for choice in (self.type, self.place):
            choice.picked.connect(lambda _: self.what_changed.emit())


_KINDS: Final[dict[str, Kind]] = {"entity": "entity", "event": "event"}
