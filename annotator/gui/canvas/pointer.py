"""What the mouse does on the canvas: presses, moves and releases become clicks, drags and moved edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from PySide6.QtCore import QObject, QPointF, Qt, Signal

from annotator.core.text import Span

Edge = Literal["start", "end"]
_DRAG_BEGINS = 4.0


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under a point: the code point there (its offset), the caret edge nearest to the point, and a chip or an edge.

    `inside` is false beside or below the text.
    """

    offset: int
    nearest: int
    inside: bool
    chip: str | None = None
    edge: tuple[str, Edge] | None = None


class Target(Protocol):
    """What can be hit."""

    def hit(self, point: QPointF) -> Hit: ...


class Pointer(QObject):
    """The state between a press and its release.

    `dragged` and `edge_dragged` come on the way (final False) and at the end (final True); offsets are code points.
    What is held with the button counts as it was when the button went down: nobody lets go of two hands at once.
    """

    clicked = Signal(int, bool)
    extended = Signal(int)
    chip_clicked = Signal(str, bool)
    double_clicked = Signal(int)
    dragged = Signal(object, bool, bool)
    gap_clicked = Signal(int)
    edge_dragged = Signal(str, str, int, bool)

    def __init__(self, target: Target) -> None:
        super().__init__()
        self._target = target
        self._pressed: tuple[Hit, QPointF] | None = None
        self._ctrl = self._shift = False
        self._dragging = False

    @property
    def is_busy(self) -> bool:
        """Whether a button is held."""
        return self._pressed is not None

    def press(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        self._pressed = self._target.hit(point), point
        self._ctrl = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        self._shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        self._dragging = False

    def move(self, point: QPointF) -> None:
        if self._pressed is None:
            return
        begun, at = self._pressed
        if not self._dragging and (point - at).manhattanLength() < _DRAG_BEGINS:
            return
        self._dragging = True
        self._drag(begun, self._target.hit(point), final=False)

    def release(self, point: QPointF) -> None:
        if self._pressed is None:
            return
        begun, _ = self._pressed
        self._pressed = None
        if self._dragging:
            self._drag(begun, self._target.hit(point), final=True)
        else:
            self._click(begun)

    def let_go(self) -> None:
        """Forget what was pressed: the release means nothing any more."""
        self._pressed = None

    def double_click(self, point: QPointF) -> None:
        self._pressed = None
        hit = self._target.hit(point)
        if hit.inside:
            self.double_clicked.emit(hit.offset)

    def _drag(self, begun: Hit, now: Hit, *, final: bool) -> None:
        if begun.edge is not None:
            self.edge_dragged.emit(*begun.edge, now.nearest, final)
            return
        first, last = sorted((begun.offset, now.offset))
        gesture: Span = (first, last + 1)
        self.dragged.emit(gesture, final, self._ctrl)

    def _click(self, hit: Hit) -> None:
        if hit.chip is not None:
            self.chip_clicked.emit(hit.chip, self._ctrl or self._shift)
        elif self._ctrl and hit.inside:
            self.gap_clicked.emit(hit.offset)
        elif self._shift:
            self.extended.emit(hit.offset if hit.inside else hit.nearest)
        elif not self._ctrl:
            # With Ctrl a click beside the text was meant for a chip: it takes nothing away.
            self.clicked.emit(hit.offset if hit.inside else hit.nearest, hit.inside)
