"""The canvas: the article on the screen, scrolled, painted and pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from annotator.core.edits import Edit
from annotator.core.snapping import Snap
from annotator.core.text import Span

from ..looks.look import Look
from ..work.grammar import Stroke
from ..work.session import Session
from .caret import sentence, step
from .codes import place_codes
from .display import View
from .jump import Jump
from .keys import Composed, FragmentMove, KeyMeaning, Motion, Move, read_key
from .paint import Scene, paint_arcs, paint_block, paint_codes
from .pointer import Hit, Pointer
from .scenery import Scenery
from .sheet import BOTTOM, LEFT, TOP, Sheet

_FLASH_MS = 450
_SCROLL_MS = 30


def _may_repeat(stroke: Stroke) -> bool:
    """Whether a held key goes on: moving edges and walking do."""
    return stroke.key in ("Left", "Right", "Up", "Down")


class ArticleView(QAbstractScrollArea):
    """Draws the session's document and says what the person did; it changes nothing itself.

    The gestures of the mouse are signals of `pointer`.
    """

    stroke_pressed = Signal(object)
    composed_typed = Signal(str)
    caret_moved = Signal(int, bool)
    fragment_moved = Signal(int)
    menu_requested = Signal(QPoint)
    zoom_requested = Signal(int)
    hits_shown = Signal(object)
    session_shown = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.session: Session | None = None
        self.sheet: Sheet | None = None
        self.view: View = "syllables"
        self.snap: Snap = "word"
        self.show_differences = False
        self.show_all_arcs = False
        # Whether Tab means something to the grammar just now; otherwise it moves the focus.
        self.wants_tab = False
        self.scenery = Scenery(look)
        self.pointer = Pointer(self)
        self._hovered: str | None = None
        self._flash: Span | None = None
        self._goal_x: float | None = None
        self._jump: Jump | None = None
        self._dragged_to = QPointF()
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(_SCROLL_MS)
        self._scrolling.timeout.connect(self._scroll_on)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # An input method would turn keys of the grammar into letters before they arrive here.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        look.changed.connect(self._restyle)

    def set_session(self, session: Session | None) -> None:
        """Show another document, or none."""
        if self.session is not None:
            self.session.edited.disconnect(self._follow_edit)
            self.session.selection_changed.disconnect(self._refresh)
            self.session.frame_changed.disconnect(self._redecorate)
            self.session.words_changed.disconnect(self._redecorate)
        self.session, self.sheet, self._hovered, self._jump = session, None, None, None
        self.scenery.forget()
        if session is not None:
            session.edited.connect(self._follow_edit)
            session.selection_changed.connect(self._refresh)
            session.frame_changed.connect(self._redecorate)
            session.words_changed.connect(self._redecorate)
            self.sheet = Sheet(session, self.look, scenery=self.scenery, viewport=self.viewport(), bar=self.verticalScrollBar())
            self.sheet.view = self.view
        self.verticalScrollBar().setValue(0)
        self._refresh()
        self.session_shown.emit()

    def set_options(self, *, view: View, snap: Snap, differences: bool) -> None:
        """Which view is drawn, what selections snap to, and whether differences from the machine are marked."""
        changed = (view, differences) != (self.view, self.show_differences)
        self.view, self.snap, self.show_differences = view, snap, differences
        if self.sheet is not None:
            self.sheet.view = view
        if changed:
            self._redecorate()

    def show_hits(self, hits: Sequence[Span], here: Span | None) -> None:
        """Mark what was searched for, in order; `here` is the one where the person is."""
        self.scenery.hits, self.scenery.hit = hits, here
        self.hits_shown.emit(hits)
        self._refresh()

    def set_all_arcs(self, shown: bool) -> None:
        self.show_all_arcs = shown
        self._refresh()

    def reveal(self, span: Span, *, flash: bool = False) -> None:
        """Scroll until the start of `span` is in view; `flash` marks it for a moment."""
        if self.sheet is None:
            return
        self.sheet.reveal(span)
        if flash:
            self._flash = span
            QTimer.singleShot(_FLASH_MS, self, self._end_flash)
        self._refresh()

    def rect_of(self, span: Span) -> QRectF:
        """Where the start of `span` is on the viewport."""
        return self.sheet.rect_of(span) if self.sheet else QRectF()

    def chip_rect(self, identifier: str) -> QRectF | None:
        """Where an annotation's chip is on the viewport."""
        return self.sheet.chip_rect(identifier) if self.sheet else None

    def hit(self, point: QPointF) -> Hit:
        """What lies under a point of the viewport."""
        return self.sheet.hit(point) if self.sheet else Hit(0, 0, inside=False)

    def start_jump(self, *, extend: bool) -> None:
        """Show a code on every word in view; the next two keys go to one of them, any other key ends it."""
        if self.sheet is not None:
            self._jump = Jump(self.sheet.words_in_view(), extend=extend)
            self._refresh()

    @property
    def jump(self) -> Jump | None:
        """The jump that waits for its keys."""
        return self._jump

    def paint_all(self, painter: QPainter) -> float:
        """Draw the whole document from its top, whatever is scrolled into view; its height comes back."""
        screen = self.sheet
        if screen is None or self.session is None:
            return 0.0
        scene = self.scenery.scene(self.session, hovered=None, flash=None, caret_shown=False, level=self.snap)
        left = screen.left()
        screen.each_block(lambda number: self._paint_block(painter, number, QPointF(left, TOP + screen.page.heights.top(number)), scene))
        return screen.page.heights.total + TOP + BOTTOM

    def pages(self, height: float) -> list[tuple[float, float]]:
        """Tops and bottoms of pages of at most `height` pixels, cut between blocks where a block is not taller than a page."""
        assert self.sheet is not None
        heights = self.sheet.page.heights
        cuts, total = [0.0], heights.total + TOP + BOTTOM
        for number in range(len(heights)):
            bottom = TOP + heights.top(number + 1)
            while bottom - cuts[-1] > height:
                top = TOP + heights.top(number)
                cuts.append(top if top > cuts[-1] and bottom - top <= height else cuts[-1] + height)
        return list(pairwise([*cuts, total]))

    def paintEvent(self, event: QPaintEvent) -> None:
        # A painter that is still active when an exception leaves would take the process with it.
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), self.look.theme.colour("surface"))
            if self.sheet is not None and self.session is not None:
                self._paint(painter, self.session, self.sheet)

    def _paint(self, painter: QPainter, session: Session, sheet: Sheet) -> None:
        numbers = sheet.settle()
        scene = self.scenery.scene(session, hovered=self._hovered, flash=self._flash, caret_shown=self.hasFocus(), level=self.snap)
        # Arcs lie under everything, so that no letter and no chip is ever crossed out.
        self._paint_arcs(painter, sheet)
        for number in numbers:
            self._paint_block(painter, number, sheet.origin(number), scene)
        if self._jump is not None:
            paint_codes(painter, place_codes(sheet, self._jump.shown(), numbers), theme=self.look.theme, metrics=sheet.metrics)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        meaning = read_key(event)
        if self._jump is not None and self._read_jump(self._jump, meaning):
            return
        match meaning:
            case None:
                event.ignore()
            case Move(motion=motion, extend=extend):
                self._move(motion, extend=extend)
            case FragmentMove(step=direction):
                self.fragment_moved.emit(direction)
            case Stroke() if event.isAutoRepeat() and not _may_repeat(meaning):
                # A key held down must not force what was just refused, nor tag twice.
                pass
            case Composed(letter=letter):
                self.composed_typed.emit(letter)
            case _:
                self.stroke_pressed.emit(meaning)

    def event(self, event: QEvent) -> bool:
        # Keys of the grammar belong to the canvas while it has the focus, before any shortcut of the window.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._claims(event):
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return False if forward and self.wants_tab else super().focusNextPrevChild(forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._goal_x = self._jump = None
            self.pointer.press(event.position(), event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer.move(event.position())
        if self.pointer.is_busy:
            self._dragged_to = event.position()
            if self._beyond(self._dragged_to) and not self._scrolling.isActive():
                self._scrolling.start()
        else:
            self._hover(event.position(), event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._scrolling.stop()
            self.pointer.release(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pointer.double_click(event.position())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_requested.emit(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hovered(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._refresh()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._jump = None
        self._refresh()

    def _claims(self, event: QKeyEvent) -> bool:
        return event.key() not in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and read_key(event) is not None

    def _beyond(self, point: QPointF) -> float:
        """How far a point lies above (negative) or below the viewport."""
        return min(point.y(), 0.0) or max(point.y() - self.viewport().height(), 0.0)

    def _scroll_on(self) -> None:
        """While something is dragged over the edge, the text comes to meet it, the faster the farther."""
        beyond = self._beyond(self._dragged_to)
        if not beyond or not self.pointer.is_busy:
            self._scrolling.stop()
            return
        step = max(-60.0, min(60.0, beyond))
        self.verticalScrollBar().setValue(round(self.verticalScrollBar().value() + step))
        self.pointer.move(self._dragged_to)

    def _read_jump(self, jump: Jump, meaning: KeyMeaning | None) -> bool:
        """Take a key for the jump; False where it is none and the jump is over."""
        if meaning is None:
            return True
        fits = isinstance(meaning, Stroke) and len(meaning.key) == 1 and not meaning.ctrl and jump.type(meaning.key)
        word = jump.reached() if fits else None
        if not fits or word is not None:
            self._jump = None
        if word is not None:
            self.caret_moved.emit(word[0], jump.extend)
        self._refresh()
        return fits or (isinstance(meaning, Stroke) and meaning.key == "Escape")

    def _move(self, motion: Motion, *, extend: bool) -> None:
        if self.session is None or self.sheet is None:
            return
        document, caret = self.session.document, self.session.caret
        if motion not in ("up", "down", "page_up", "page_down"):
            self._goal_x = None
        match motion:
            case "left" | "right":
                found = step(document, caret, direction=1 if motion == "right" else -1, level=self.snap)
            case "sentence_left" | "sentence_right":
                found = sentence(document, caret, direction=1 if motion == "sentence_right" else -1)
            case "start" | "end":
                found = 0 if motion == "start" else len(document.text)
            case "line_start" | "line_end":
                line = self.sheet.place(caret)[1]
                found = line.start if motion == "line_start" else max(line.end - 1, line.start)
            case _:
                found = self._vertical(self.sheet, caret, motion)
        self.caret_moved.emit(found, extend)
        self.reveal((self.session.caret, self.session.caret + 1))

    def _vertical(self, screen: Sheet, caret: int, motion: Motion) -> int:
        """The offset a line or a page above or below, in the column where the moves began."""
        if self._goal_x is None:
            self._goal_x = screen.rect_of((caret, caret + 1)).center().x()
        by = self.viewport().height() * 0.85 if motion.startswith("page") else 0.0
        return screen.line_above_or_below(caret, down=motion.endswith("down"), x=self._goal_x, by=by)

    def _hover(self, point: QPointF, on_screen: QPoint) -> None:
        hit = self.hit(point)
        shape = Qt.CursorShape.SizeHorCursor if hit.edge else Qt.CursorShape.PointingHandCursor if hit.chip else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        if hit.chip != self._hovered:
            self._set_hovered(hit.chip)
            if hit.chip and self.session:
                QToolTip.showText(on_screen, self.scenery.tooltip(self.session, hit.chip), self.viewport())

    def _set_hovered(self, identifier: str | None) -> None:
        if identifier != self._hovered:
            self._hovered = identifier
            self._refresh()

    def _end_flash(self) -> None:
        self._flash = None
        self._refresh()

    def _refresh(self) -> None:
        self.viewport().update()

    def _restyle(self) -> None:
        self.scenery.forget()
        self._lay_out()

    def _redecorate(self) -> None:
        if self.sheet is not None:
            self.sheet.page.cache.clear()
        self._refresh()

    def _lay_out(self) -> None:
        """Lay everything out anew; the text at the top stays there."""
        if self.sheet is not None:
            kept = self.sheet.top_offset()
            self.sheet.lay_out()
            if kept:
                self.sheet.scroll_to(kept)
        self._refresh()

    def _follow_edit(self, edit: Edit) -> None:
        if self.sheet is not None:
            self.sheet.follow_edit(edit)
        self._refresh()

    def _paint_block(self, painter: QPainter, number: int, origin: QPointF, scene: Scene) -> None:
        screen, session = self.sheet, self.session
        assert screen is not None and session is not None
        block = screen.block(number)
        text = session.document.text
        line = text.line_at(block.start)
        if text.line_starts[line] == block.start:
            painter.setFont(screen.metrics.chip_font)
            painter.setPen(self.look.theme.colour("quiet"))
            gutter = QRectF(origin.x() - LEFT, origin.y(), LEFT - 16, screen.metrics.line)
            painter.drawText(gutter, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(line + 1))
        self.scenery.dress(scene, session, block, differences=self.show_differences)
        paint_block(painter, block, origin, scene=scene, metrics=screen.metrics)

    def _paint_arcs(self, painter: QPainter, sheet: Sheet) -> None:
        assert self.session is not None
        for event in self.scenery.arc_events(self.session, self._hovered, everything=self.show_all_arcs):
            start = sheet.stop_of(event.id)
            ends = [sheet.stop_of(argument.target) for argument in event.arguments]
            if start is not None:
                colour = self.scenery.style(self.session, event).colour
                paint_arcs(painter, start, [end for end in ends if end is not None], colour=colour, margin=sheet.left() - 9)
