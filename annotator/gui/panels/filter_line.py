"""The line above a list in which one types what the list should keep."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from ..looks.icons import icon
from ..looks.look import Look


class FilterLine(QLineEdit):
    """A text field with a lens, and a cross once something is typed. Esc empties it, Down goes to the list."""

    left_downwards = Signal()

    def __init__(self, look: Look, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._key = key
        self._lens = QAction(self)
        self._cross = QAction(self)
        self._cross.triggered.connect(self.clear)
        self.addAction(self._lens, QLineEdit.ActionPosition.LeadingPosition)
        self.addAction(self._cross, QLineEdit.ActionPosition.TrailingPosition)
        self.textChanged.connect(self._show_cross)
        self._show_cross("")
        self.restyle()

    def restyle(self) -> None:
        """Take over theme and language."""
        self._lens.setIcon(icon("search", self._look.theme))
        self._cross.setIcon(icon("close", self._look.theme))
        self._cross.setText(self._look.say("gui.filter.clear"))
        self._cross.setToolTip(self._look.say("gui.filter.clear"))
        self._lens.setText(self._look.say(self._key))
        # Qt makes a button of each action and does not hand on its name to screen readers.
        for button in self.findChildren(QToolButton):
            button.setAccessibleName(next((action.text() for action in button.actions()), ""))
        self.setPlaceholderText(self._look.say(self._key))
        self.setAccessibleName(self._look.say(self._key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        else:
            super().keyPressEvent(event)

    def _show_cross(self, text: str) -> None:
        self._cross.setVisible(bool(text))
