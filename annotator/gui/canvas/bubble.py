"""A word on the spot: why something was refused, beside what was selected. It goes by itself and takes no click."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from ..looks.look import Look

_STAYS_MS = 6000
_WIDEST = 420


class Bubble(QLabel):
    """A small label over the canvas."""

    def __init__(self, look: Look, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._look = look
        self._viewport = viewport
        self.setObjectName("bubble")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_STAYS_MS)
        self._timer.timeout.connect(self.hide)
        viewport.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What it points at is elsewhere now; the status bar still says it.
        if event.type() == QEvent.Type.Resize:
            self.hide()
        return False

    def tell(self, text: str, *, near: QRectF) -> None:
        """Show `text` under a rectangle of the viewport, or above it where there is no room."""
        theme = self._look.theme
        self.setStyleSheet(
            f"background: {theme.raised}; color: {theme.text}; border: 1px solid {theme.warning}; border-radius: 5px; padding: 6px 9px;"
        )
        self.setText(text)
        viewport = self._viewport
        self.setFixedWidth(min(_WIDEST, viewport.width() - 16, self.fontMetrics().horizontalAdvance(text) + 26))
        self.adjustSize()
        x = min(max(8, int(near.left())), max(8, viewport.width() - self.width() - 8))
        below = int(near.bottom()) + 10
        y = below if below + self.height() < viewport.height() else int(near.top()) - self.height() - 8
        self.move(x, max(8, y))
        self.show()
        self.raise_()
        self._timer.start()
