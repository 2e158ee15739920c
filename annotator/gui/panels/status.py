"""The status bar: what just happened, where one is, and the truth about saving."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from ..looks.announcing import announce
from ..looks.elided import ElidedLabel
from ..looks.icons import icon
from ..looks.look import Look
from ..looks.wording import SUGGESTED
from ..work.session import Session

_STAYS_MS = 8000
_GAP, _SPACING = 12, 6


class StatusLine(QStatusBar):
    """Message on the left; document, snap level and saving on the right. What it says of saving is what the disk holds."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._session: Session | None = None
        self._busy = ""
        self._is_passing = False
        self._message = ElidedLabel(look, colour="muted", lines=1)
        self._message.setObjectName("message")
        self._counts = _label("counts")
        self._snap = _label("snap")
        self._suggestions = _label("suggestions")
        self._icon = QLabel()
        self._saving = _label("saving")
        self.setSizeGripEnabled(False)
        self.setContentsMargins(12, 0, 4, 0)
        self.addWidget(self._message, 1)
        for label in (self._suggestions, self._counts, self._snap):
            label.setContentsMargins(_GAP, 0, 0, 0)
            self.addPermanentWidget(label)
        self._box = self._saving_box()
        self.addPermanentWidget(self._box)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAYS_MS)
        self._timer.timeout.connect(lambda: self._say(self._busy))
        look.changed.connect(self.refresh)

    def set_session(self, session: Session | None) -> None:
        if self._session is not None:
            self._session.durable_changed.disconnect(self.refresh)
        self._session = session
        # What was said of one article is no word about the next.
        self._timer.stop()
        self.set_busy("")
        if session is not None:
            session.durable_changed.connect(self.refresh)
        self.refresh()

    def set_snap(self, name: str) -> None:
        """Name the snap level in words."""
        self._snap.setText(name)

    def tell(self, text: str, *, refused: bool = False, passing: bool = False) -> None:
        """Say what was done, or (`refused`) why it was not; `passing`: until something else is done."""
        self._say(("⚠ " if refused else "") + text, colour="warning" if refused else "muted")
        self._is_passing = passing
        self._timer.start()
        announce(self, text, urgent=refused)

    def forget_refusal(self) -> None:
        """Something else is done now: what was refused is past. What was done stays to be read, and so does what went wrong."""
        if self._is_passing:
            self.forget()

    def forget(self) -> None:
        """What was told is no longer so."""
        self._timer.stop()
        self._say(self._busy)

    def set_busy(self, text: str) -> None:
        """Say what is going on until something else is said; empty: nothing is."""
        self._busy = text
        self._say(text)

    @property
    def message(self) -> str:
        return self._message.text()

    @property
    def saving(self) -> str:
        """What is said about saving."""
        return self._saving.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def refresh(self) -> None:
        """Say anew what is known."""
        session, look = self._session, self._look
        self._snap.setVisible(session is not None)
        if session is None:
            self._counts.clear()
            self._suggestions.hide()
            self._saving.clear()
            self._icon.clear()
            return
        document = session.document
        arguments = sum(len(event.arguments) for event in document.events.values())
        self._counts.setText(
            look.say("gui.status.counts", entities=len(document.entities), events=len(document.events), arguments=arguments)
        )
        proposed = session.suggestions
        self._suggestions.setText(f"{SUGGESTED} {look.say('gui.status.suggestions', n=proposed)}")
        self._suggestions.setToolTip(look.say("gui.status.suggestions_tip"))
        self._suggestions.setVisible(proposed > 0)
        mark, text, colour = self._state(session)
        self._icon.setPixmap(icon(mark, look.theme).pixmap(14, 14))
        self._saving.setText(text)
        self._saving.setStyleSheet(f"color: {getattr(look.theme, colour)};")
        self._make_room()

    def _say(self, text: str, *, colour: str = "muted") -> None:
        self._is_passing = False
        self._message.set_colour(colour)
        self._message.set_text(text)
        self._make_room()

    def _make_room(self) -> None:
        """Let the counts, which the inspector tells as well, step aside for a message that is cut otherwise."""
        held = [label.sizeHint().width() for label in (self._counts, self._snap, self._box) if label is not self._snap or self._session]
        held += [0 if self._suggestions.isHidden() else self._suggestions.sizeHint().width() + _GAP]
        need = QFontMetrics(self._message.font()).horizontalAdvance(self._message.text())
        self._counts.setVisible(need + sum(held) + 2 * _GAP + len(held) * _SPACING <= self.width())

    def _state(self, session: Session) -> tuple[str, str, str]:
        """Icon, sentence and colour of the saving state."""
        look = self._look
        if session.read_only is not None:
            return "save-failed", look.say("gui.status.read_only"), "warning"
        if session.failure is not None and not session.is_saved:
            return "save-failed", look.say("gui.status.not_saved"), "error"
        if not session.is_saved:
            return "save-wait", look.say("gui.status.saving"), "muted"
        if session.durable.digest is None:
            return "save-ok", look.say("gui.status.untouched"), "muted"
        return "save-ok", look.say("gui.status.saved", revision=session.durable.revision), "good"

    def _saving_box(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self._saving)
        return box


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
