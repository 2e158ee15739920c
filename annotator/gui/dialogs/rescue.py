"""The question that is asked when a document is to be closed and its last changes could not be saved."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ..looks.elided import ElidedLabel
from ..looks.look import Look

Rescue = Literal["retry", "copy", "discard", "stay"]
_WIDTH = 480


class RescueDialog(QDialog):
    """Try again, save a copy elsewhere, close without saving, or stay; closing the dialog means stay."""

    def __init__(self, look: Look, problem_text: str, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.choice: Rescue = "stay"
        self.setObjectName("rescue")
        self.setModal(True)
        self.setWindowTitle(look.say("gui.rescue.title"))
        self.setMinimumWidth(_WIDTH)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(8)
        headline = look.say("gui.rescue.headline", name=name) if name else look.say("gui.rescue.headline_unnamed")
        for text, colour, heavy in ((headline, "text", True), (problem_text, "error", False), (look.say("gui.rescue.what"), "text", False)):
            outer.addWidget(self._line(text, colour, heavy=heavy))
        outer.addSpacing(16)
        outer.addLayout(self._buttons())

    def _line(self, text: str, colour: str, *, heavy: bool) -> ElidedLabel:
        label = ElidedLabel(self._look, colour=colour)
        if heavy:
            font = label.font()
            font.setWeight(QFont.Weight.DemiBold)
            label.setFont(font)
        label.set_text(text)
        return label

    def _buttons(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        choices: tuple[tuple[Rescue, Rescue], ...] = (("retry", "copy"), ("discard", "stay"))
        for pair in choices:
            row = QHBoxLayout()
            row.setSpacing(8)
            for choice in pair:
                row.addWidget(self._button(choice), 1)
            column.addLayout(row)
        return column

    def _button(self, choice: Rescue) -> QPushButton:
        button = QPushButton(self._look.say(f"gui.rescue.{choice}"))
        button.setObjectName(choice)
        button.setAutoDefault(False)
        button.setDefault(choice == "retry")
        button.clicked.connect(lambda: self._choose(choice))
        if choice == "retry":
            button.setFocus(Qt.FocusReason.OtherFocusReason)
        return button

    def _choose(self, choice: Rescue) -> None:
        self.choice = choice
        self.accept()


def ask_rescue(parent: QWidget | None, look: Look, problem_text: str, *, name: str = "") -> Rescue:
    """What to do with the unsaved changes of the document `name`; `problem_text` says why they could not be saved."""
    dialog = RescueDialog(look, problem_text, name=name, parent=parent)
    dialog.exec()
    choice = dialog.choice
    dialog.deleteLater()
    return choice
