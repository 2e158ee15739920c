"""The note of an annotation: committed when it is left, when Ctrl+Enter is pressed, and before another annotation is shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

_LINES = 3
_FINISHING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NoteEdit(QPlainTextEdit):
    """Edits the note of one annotation. `committed` carries its id and the new note; nothing is said where nothing changed."""

    committed = Signal(str, str)
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._id = ""
        self._stored = ""

    def show_note(self, identifier: str, note: str) -> None:
        """Show the note of an annotation. A draft for the same one is kept, a draft for another one is committed first."""
        if identifier != self._id:
            self.commit()
            self._id = identifier
        elif self.toPlainText() != self._stored or note == self._stored:
            self._stored = note
            return
        self._stored = note
        self.setPlainText(note)

    def commit(self) -> None:
        """Tell of what was written, if it differs from what is stored."""
        draft = self.take_draft()
        if draft is not None:
            self.committed.emit(*draft)

    def take_draft(self) -> tuple[str, str] | None:
        """The id and what was written of a note that is not committed yet, which is then no longer due; None where there is none."""
        written = self.toPlainText()
        if not self._id or written == self._stored:
            return None
        self._stored = written
        return self._id, written

    def forget(self) -> None:
        """Show nothing; a draft is committed first."""
        self.show_note("", "")

    def event(self, event: QEvent) -> bool:
        # Ctrl+Enter belongs to the note while it is written, whatever the window uses it for.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _finishes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _finishes(event):
            self.commit()
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def fit(self) -> None:
        """As high as three lines of its font."""
        self.setFixedHeight(QFontMetrics(self.font()).lineSpacing() * _LINES + 22)


def _finishes(event: QKeyEvent) -> bool:
    ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return event.key() == Qt.Key.Key_Escape or (ctrl and event.key() in _FINISHING)
