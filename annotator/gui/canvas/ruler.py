"""The strip beside the scroll bar: where in the article there are annotations, doubts, problems and what was searched for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final, Literal

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from annotator.core.edits import Edit
from annotator.core.model import Event

from ..work.session import Session
from .view import ArticleView

MarkKind = Literal["entity", "event", "question", "problem", "hit"]
KINDS: Final[tuple[MarkKind, ...]] = ("entity", "event", "question", "problem", "hit")

WIDTH: Final = 14
_REST_MS: Final = 200
_SLICE: Final = 1000
_NEAR: Final = 3


@dataclass(slots=True)
class Ruled:
    """What stands in the article: of each kind the offsets in ascending order, and the colour at each offset."""

    offsets: dict[MarkKind, list[int]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    colours: dict[MarkKind, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})


class Ruler(QWidget):
    """A narrow strip on the right of a canvas, drawn from a picture that is made anew when edits have rested for a moment.

    `jump_requested` carries the offset (a code point) that a click asks for. Kinds differ by place and shape, not by colour alone:
    entities are thin lines, events blocks, doubts rings, problems triangles, what was searched for a line over the whole width.
    """

    jump_requested = Signal(int)

    def __init__(self, view: ArticleView) -> None:
        super().__init__(view)
        self._view = view
        self._session: Session | None = None
        self._ruled = Ruled()
        self._given: dict[MarkKind, list[int]] = {}
        self._picture: QPixmap | None = None
        self._work: Iterator[None] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._collect)
        self._slices = QTimer(self)
        self._slices.timeout.connect(self._go_on)
        # While one scrolls, blocks turn out higher than they were estimated: the marks follow once that has rested.
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_REST_MS)
        self._settling.timeout.connect(self._forget_picture)
        self.setObjectName("ruler")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        view.installEventFilter(self)
        view.look.changed.connect(self._retell)
        view.verticalScrollBar().rangeChanged.connect(lambda *_: self._settling.start())
        self._retell()

    def set_session(self, session: Session | None) -> None:
        """Show another document, or none. What was given of the last one is forgotten."""
        if self._session is not None:
            self._session.edited.disconnect(self._follow_edit)
            self._session.selection_changed.disconnect(self.update)
        self._session, self._ruled, self._given = session, Ruled(), {}
        self._forget_picture()
        self._stop()
        if session is not None:
            session.edited.connect(self._follow_edit)
            session.selection_changed.connect(self.update)
            self._rest.start()

    def set_marks(self, kind: MarkKind, offsets: Sequence[int]) -> None:
        """Mark places (code points) of a kind that the document itself does not know: problems, and what was searched for."""
        found = sorted(offsets)
        if found != self._given.get(kind, []):
            self._given[kind] = found
            self._forget_picture()

    def set_shown(self, shown: bool) -> None:
        """Show the strip, or leave its room to the text."""
        self._view.setViewportMargins(0, 0, WIDTH if shown else 0, 0)
        self.setVisible(shown)
        self._place()

    def marks(self, kind: MarkKind) -> list[int]:
        """The offsets that are marked as `kind`."""
        return self._given[kind] if kind in self._given else self._ruled.offsets[kind]

    def y_of(self, offset: int) -> float:
        """How far down the strip a code point is marked."""
        sheet, session = self._view.sheet, self._session
        if sheet is None or session is None:
            return 0.0
        heights, number = sheet.page.heights, sheet.page.block_of(offset)
        start, end = sheet.page.blocks[number]
        share = min(1.0, (offset - start) / max(1, end - start))
        return (heights.top(number) + share * heights.height(number)) / max(1.0, heights.total) * (self.height() - 4) + 2

    def offset_at(self, y: float) -> int:
        """The marked offset nearest to a height of the strip, else the code point that belongs there."""
        first, last = self._offset(y - _NEAR), self._offset(y + _NEAR)
        near = [offset for kind in KINDS for offset in self._between(kind, first, last + 1)]
        plain = self._offset(y)
        return min(near, key=lambda offset: abs(offset - plain), default=plain)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self._view.look.theme.colour("surface"))
            if self._view.sheet is None or self._session is None:
                return
            if self._picture is None or self._picture.devicePixelRatio() != self.devicePixelRatioF():
                self._picture = self._drawn()
            painter.drawPixmap(0, 0, self._picture)
            self._paint_selection(painter, self._session)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._session is not None:
            self.jump_requested.emit(self.offset_at(event.position().y()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._told(event.pos().y()), self)
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest):
            # Behind the canvas's own answer to it.
            QTimer.singleShot(0, self, self._place)
        return False

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 100)

    def _place(self) -> None:
        area = self._view.viewport().geometry()
        self.setGeometry(area.right() + 1, area.top(), WIDTH, area.height())
        self._forget_picture()

    def _forget_picture(self) -> None:
        self._picture = None
        self.update()

    def _retell(self) -> None:
        look = self._view.look
        self.setAccessibleName(look.say("gui.ruler.name"))
        self.setAccessibleDescription(look.say("gui.ruler.what"))
        if self._session is not None:
            self._rest.start()
        self._forget_picture()

    def _follow_edit(self, edit: Edit) -> None:
        self._rest.start()

    def _stop(self) -> None:
        self._rest.stop()
        self._slices.stop()
        self._work = None

    def _collect(self) -> None:
        """Read the document anew, a slice at a time: twenty thousand annotations must not be felt."""
        if self._session is not None:
            self._work = self._read(self._session)
            self._slices.start(0)

    def _go_on(self) -> None:
        if self._work is None or next(self._work, self) is self:
            self._slices.stop()
            self._work = None

    def _read(self, session: Session) -> Iterator[None]:
        changes, found = session.changes, Ruled()
        for rank, item in enumerate(session.document.annotations()):
            if rank % _SLICE == _SLICE - 1:
                yield
                if session.changes != changes:
                    # Edited in between: the next rest begins anew.
                    return
            kind: MarkKind = "event" if isinstance(item, Event) else "entity"
            at = item.spans[0][0]
            found.offsets[kind].append(at)
            found.colours[kind].append(self._view.scenery.style(session, item).colour)
            if item.flag == "question":
                found.offsets["question"].append(at)
        self._ruled = found
        self._forget_picture()

    def _offset(self, y: float) -> int:
        """The code point at a height of the strip."""
        sheet, session = self._view.sheet, self._session
        if sheet is None or session is None:
            return 0
        heights = sheet.page.heights
        height = max(0.0, min(1.0, (y - 2) / max(1, self.height() - 4))) * heights.total
        number = heights.block_at(height)
        start, end = sheet.page.blocks[number]
        share = (height - heights.top(number)) / max(1.0, heights.height(number))
        return min(start + int(max(0.0, share) * (end - start)), max(0, len(session.document.text) - 1))

    def _between(self, kind: MarkKind, first: int, last: int) -> list[int]:
        offsets = self.marks(kind)
        return offsets[bisect_left(offsets, first) : bisect_left(offsets, last)]

    def _told(self, y: float) -> str:
        """What lies at a height: how many of each kind, and where."""
        session, look = self._session, self._view.look
        if session is None:
            return ""
        first, last = self._offset(y - _NEAR), self._offset(y + _NEAR) + 1
        counts = [(kind, len(self._between(kind, first, last))) for kind in KINDS]
        said = [look.say(f"gui.ruler.{kind}", n=count) for kind, count in counts if count]
        line = session.document.text.line_at(self.offset_at(y)) + 1
        return escape(" · ".join([look.say("gui.ruler.line", line=line), *said]))

    def _drawn(self) -> QPixmap:
        """The picture of the marks. One row of pixels takes one mark of a kind, however many there are."""
        ratio = self.devicePixelRatioF()
        picture = QPixmap(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        starts = [self._offset(row) for row in range(self.height() + 1)]
        with QPainter(picture) as painter:
            for kind in KINDS:
                for row, rank in self._rows(kind, starts):
                    self._paint_mark(painter, kind, row, rank)
        return picture

    def _rows(self, kind: MarkKind, starts: list[int]) -> Iterator[tuple[int, int]]:
        """The rows of pixels that hold a mark, each with the rank of its first one."""
        offsets, rank = self.marks(kind), 0
        while rank < len(offsets):
            row = bisect_right(starts, offsets[rank]) - 1
            yield row, rank
            after = starts[row + 1] if row + 1 < len(starts) else offsets[-1] + 1
            rank = max(rank + 1, bisect_left(offsets, after, rank))

    def _paint_mark(self, painter: QPainter, kind: MarkKind, row: int, rank: int) -> None:
        theme = self._view.look.theme
        match kind:
            case "entity":
                painter.fillRect(QRectF(2, row, 4, 2), QColor(self._ruled.colours[kind][rank]))
            case "event":
                painter.fillRect(QRectF(1, row - 1, 6, 4), QColor(self._ruled.colours[kind][rank]))
            case "question":
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(theme.colour("warning"), 1.4))
                painter.setBrush(theme.colour("surface"))
                painter.drawEllipse(QPointF(10.5, row + 1), 2.2, 2.2)
            case "problem":
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("error"))
                painter.drawPolygon(QPolygonF([QPointF(10.5, row - 2), QPointF(13.5, row + 3), QPointF(7.5, row + 3)]))
            case "hit":
                painter.fillRect(QRectF(0, row, WIDTH, 1.5), theme.colour("accent"))

    def _paint_selection(self, painter: QPainter, session: Session) -> None:
        """A bar at the edge beside what is selected."""
        if session.selection or session.selected:
            y = self.y_of(session.position())
            painter.fillRect(QRectF(0, y - 3, 1.5, 7), self._view.look.theme.colour("caret"))
