"""What the inspector says of a suggestion: that a model proposed it, which one, how sure it was, and the button that takes it over."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from annotator.core.model import Annotation
from annotator.core.suggestions import is_suggestion

from ..looks.elided import ElidedLabel
from ..looks.look import Look
from ..looks.wording import SUGGESTED, proposed_by
from ..work.session import Session


class ProposalRow(QWidget):
    """Hidden where a person made the annotation or took it over."""

    accept_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("proposal")
        self._look = look
        self.label, self.button = ElidedLabel(look, lines=2), QPushButton()
        self.button.setObjectName("accept")
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.clicked.connect(self.accept_requested)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.label, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)

    def show_item(self, session: Session, item: Annotation) -> None:
        """Say who proposed `item`."""
        self.setVisible(is_suggestion(item))
        if is_suggestion(item):
            look = self._look
            self.label.set_text(f"{SUGGESTED} {proposed_by(look, item)}")
            self.button.setText(look.say("gui.proposal.accept"))
            self.button.setToolTip(escape(look.say("gui.proposal.accept_tip")))
            self.button.setEnabled(session.read_only is None)
