"""The card of the guided first run: which step it is, what to do by mouse and by key, and the ways on, back and out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ..looks.elided import ElidedLabel
from ..looks.look import Look

_MARGIN, _GAP, _DOT, _BAR = 16, 8, 10, 3


@dataclass(frozen=True, slots=True)
class Card:
    """What the card says: `lines` are a heading and a sentence each, `next_label` is on the button that goes on."""

    title: str
    lines: tuple[tuple[str, str], ...]
    next_label: str
    can_go_back: bool = True
    can_skip: bool = True


class Dots(QWidget):
    """A dot for each step: filled where it was done, a ring round the one that is shown."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._done: tuple[bool, ...] = ()
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_steps(self, done: Sequence[bool], at: int) -> None:
        self._done, self._at = tuple(done), at
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(len(self._done) * (_DOT + 8), _DOT + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rank, done in enumerate(self._done):
            dot = QRectF(rank * (_DOT + 8) + 4, 4, _DOT, _DOT)
            painter.setPen(QPen(theme.colour("good" if done else "quiet"), 1.4))
            painter.setBrush(theme.colour("good") if done else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(dot.adjusted(1.5, 1.5, -1.5, -1.5))
            if rank == self._at:
                painter.setPen(QPen(theme.colour("accent"), 1.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(dot.adjusted(-2, -2, 2, 2))


class CoachCard(QWidget):
    """Stands below the text and never takes the focus by itself. `left` says that the keyboard may go back to the text."""

    skip_requested = Signal()
    back_requested = Signal()
    next_requested = Signal()
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("coach")
        self._look = look
        self._rows: list[tuple[ElidedLabel, ElidedLabel]] = []
        self._tallest = 0
        self._build()

    def show_card(self, card: Card, *, step: str, done: Sequence[bool], at: int) -> None:
        """Show a step; `step` says its number."""
        font = self._look.interface_font()
        font.setBold(True)
        self._title.setFont(font)
        self._step.set_text(step)
        self._title.set_text(card.title)
        self._dots.show_steps(done, at)
        self.setAccessibleName(f"{step}: {card.title}".strip(": "))
        self.setAccessibleDescription(" ".join(text for _, text in card.lines))
        for rank, (heading, text) in enumerate(self._rows):
            held = card.lines[rank] if rank < len(card.lines) else ("", "")
            heading.setVisible(bool(held[0]))
            text.setVisible(bool(held[1]))
            heading.set_text(held[0])
            text.set_text(held[1])
        widest = max(self._rows[0][0].fontMetrics().horizontalAdvance(heading) for heading, _ in card.lines)
        self._grid.setColumnMinimumWidth(0, widest + 4 if widest else 0)
        self._grid.setHorizontalSpacing(_GAP if widest else 0)
        self._step.setVisible(bool(step))
        self.next_button.setText(card.next_label)
        self.back_button.setText(self._look.say("gui.coach.back"))
        self.skip_button.setText(self._look.say("gui.coach.skip"))
        self.back_button.setVisible(card.can_go_back)
        self.skip_button.setVisible(card.can_skip)
        self._keep_height()
        self.update()

    def labels(self) -> list[ElidedLabel]:
        """Everything on the card that is read."""
        return [self._step, self._title, *(label for row in self._rows for label in row)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._tallest = 0
            self._keep_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._look.theme
        painter.fillRect(self.rect(), theme.colour("raised"))
        painter.fillRect(QRectF(0, 0, self.width(), 1), theme.colour("hairline"))
        painter.fillRect(QRectF(0, 0, _BAR, self.height()), theme.colour("accent"))

    def _build(self) -> None:
        look = self._look
        # First, so that F6 reaches the button that goes on.
        self.next_button, self.back_button, self.skip_button = self.buttons = tuple(self._button(name) for name in ("next", "back", "skip"))
        self.next_button.clicked.connect(self.next_requested)
        self.back_button.clicked.connect(self.back_requested)
        self.skip_button.clicked.connect(self.skip_requested)
        self._step, self._title = ElidedLabel(look, colour="muted", lines=1), ElidedLabel(look, lines=2)
        self._step.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._dots = Dots(look)
        self._rows = [(ElidedLabel(look, colour="muted", lines=1), ElidedLabel(look)) for _ in range(2)]
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _GAP + 2, _MARGIN, _GAP + 2)
        column.setSpacing(_GAP)
        top = QHBoxLayout()
        top.setSpacing(_GAP)
        top.addWidget(self._dots)
        top.addWidget(self._step)
        top.addWidget(self._title, 1)
        column.addLayout(top)
        self._grid = grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for rank, (heading, text) in enumerate(self._rows):
            grid.addWidget(heading, rank, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, rank, 1)
        column.addLayout(grid)
        column.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(_GAP)
        buttons.addWidget(self.skip_button)
        buttons.addStretch(1)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.next_button)
        column.addLayout(buttons)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"coach-{name}")
        # By Tab and F6 only: a click leaves the focus on the text.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoDefault(True)
        return button

    def _keep_height(self) -> None:
        """As high as the highest step so far, so that the text above does not jump."""
        needed = self._column.heightForWidth(self.width()) if self.width() > 0 else 0
        self._tallest = max(self._tallest, needed)
        self.setFixedHeight(max(self._tallest, 1))
