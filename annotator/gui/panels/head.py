"""The head of an entity, as the inspector shows it."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from annotator.core.model import Annotation, Entity

from ..looks.elided import ElidedLabel
from ..looks.look import Look
from ..work.session import Session

_CROSS = 18


class HeadRow(QWidget):
    """Names the head and takes the mark away; hidden where an annotation has none. `removed` carries the entity's id."""

    removed = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entity-head")
        self._look = look
        self._id = ""
        self._label, self._cross = ElidedLabel(look, lines=2), QToolButton()
        self._cross.setText("×")
        self._cross.setObjectName("head-remove")
        self._cross.setAutoRaise(True)
        self._cross.setFixedSize(_CROSS, _CROSS)
        self._cross.setStyleSheet("padding: 0")
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.clicked.connect(lambda: self.removed.emit(self._id))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self._label, 1)
        line.addWidget(self._cross, 0, Qt.AlignmentFlag.AlignTop)

    def show_item(self, session: Session, item: Annotation) -> None:
        """Show the head of `item`."""
        self._id = item.id
        head = item.head if isinstance(item, Entity) else None
        self.setVisible(head is not None)
        if head is not None:
            from annotator.segment import read_joins_as_blanks

            text = session.document.text.surface((head,))
            plain = " ".join((read_joins_as_blanks(text) if session.document.is_segmented else text).split())
            self._label.set_text(self._look.say("gui.inspector.head", text=plain))
            says = self._look.say("gui.inspector.head_remove")
            self._cross.setToolTip(escape(says))
            self._cross.setAccessibleName(says)
            self._cross.setVisible(session.read_only is None)
