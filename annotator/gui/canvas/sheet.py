"""The part of a page that is in view: which blocks lie where on the viewport, and what lies under a point."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QScrollBar, QWidget

from annotator.core import query
from annotator.core.edits import Edit
from annotator.core.model import Event, Item, extent
from annotator.core.text import Span

from ..looks.look import Look
from ..work.session import Session
from .display import View, show
from .layout import Block, Line, Metrics, Page
from .paint import Stop
from .pointer import Edge, Hit
from .scenery import Scenery

LEFT, RIGHT, TOP, BOTTOM = 56, 28, 20, 80
# Edits of more changes than this name most of what was laid out.
_MANY = 1_000
_EDGE_REACH = 4


class Sheet:
    """A session's document on a viewport: laid out where one looks, estimated elsewhere. Points and rectangles are the viewport's."""

    def __init__(self, session: Session, look: Look, *, scenery: Scenery, viewport: QWidget, bar: QScrollBar) -> None:
        self.session = session
        self.look = look
        self.scenery = scenery
        self.view: View = "syllables"
        self._viewport = viewport
        self._bar = bar
        self.lay_out()

    def lay_out(self) -> None:
        """Start anew with the viewport's present width and the look's fonts."""
        self.metrics = Metrics.of(self.look.text_font(), self.look.chip_font(), spacing=self.look.spacing)
        width = min(self._viewport.width() - LEFT - RIGHT, int(self.metrics.typical * self.look.width))
        self.page = Page(self.session.document, metrics=self.metrics, width=width)
        self.update_range()

    def top_offset(self) -> int:
        """The code point at the viewport's top."""
        return self.page.blocks[self.page.heights.block_at(max(0.0, self._bar.value() - TOP))][0]

    def scroll_to(self, offset: int) -> None:
        """Bring a code point's block to the viewport's top."""
        # Rounded up: a part of a pixel less, and the block above would count as the one at the top.
        self._bar.setValue(ceil(self.page.heights.top(self.page.block_of(offset)) + TOP))

    def update_range(self) -> None:
        height = self._viewport.height()
        self._bar.setPageStep(height)
        self._bar.setSingleStep(round(self.metrics.pitch))
        self._bar.setRange(0, max(0, round(self.page.heights.total + TOP + BOTTOM - height)))

    def block(self, number: int) -> Block:
        """A block, laid out and decorated if it is not yet."""
        page = self.page
        held = page.cache.get(number)
        if held is not None:
            return held
        span, document = page.blocks[number], self.session.document
        shown = show(document, span, view=self.view)
        block = Block(
            document, span, shown, metrics=self.metrics, width=page.width, last_of_line=page.is_last_of_line(number),
            quiet=self.look.theme.colour("quiet"), loud=self.look.theme.colour("warning"),
        )  # fmt: skip
        annotations = query.overlapping(document, (span[0], max(span[1], span[0] + 1)))
        block.decorate(annotations, metrics=self.metrics, chip_text=lambda item: self.scenery.chip_text(self.session, item))
        above = page.heights.top(number) + page.heights.height(number) + TOP <= self._bar.value()
        if change := page.keep(number, block):
            self.update_range()
            if above:
                self._bar.setValue(round(self._bar.value() + change))
        return block

    def visible(self) -> list[int]:
        """The numbers of the blocks in view, as far as their heights are known."""
        top = self._bar.value() - TOP
        first = self.page.heights.block_at(max(0.0, top))
        return list(range(first, self.page.heights.block_at(max(0.0, top + self._viewport.height())) + 1))

    def words_in_view(self) -> list[Span]:
        """The words of which the start is in view and that hold a letter or digit, in order."""
        content, height = self.session.document.text.content, self._viewport.height()
        found: list[Span] = []
        for number in self.settle():
            block, origin = self.block(number), self.origin(number)
            for line in block.lines:
                if origin.y() + line.top >= 0 and origin.y() + line.top + self.metrics.line <= height:
                    words = self.session.document.words.overlapping(line.start, line.end)
                    found += [word for word in words if line.start <= word[0] and any(map(str.isalnum, content[word[0] : word[1]]))]
        return found

    def settle(self) -> list[int]:
        """Lay out what is in view; estimates that give way may bring further blocks into view."""
        seen: list[int] = []
        while (visible := self.visible()) != seen:
            seen = visible
            for number in visible:
                self.block(number)
        return seen

    def left(self) -> float:
        """The left edge of the text: the column is centred."""
        return LEFT + max(0.0, (self._viewport.width() - LEFT - RIGHT - self.page.width) / 2)

    def origin(self, number: int) -> QPointF:
        """The top left of a block."""
        return QPointF(self.left(), TOP + self.page.heights.top(number) - self._bar.value())

    def place(self, offset: int) -> tuple[Block, Line, QPointF]:
        """The block and visual line that hold a code point, and the block's origin."""
        number = self.page.block_of(offset)
        block = self.block(number)
        return block, block.line_of(offset), self.origin(number)

    def rect_of(self, span: Span) -> QRectF:
        """Where the start of `span` is: from its first character to its end on that line."""
        block, line, origin = self.place(span[0])
        left, right = block.extent_of(line, *span)
        return QRectF(origin.x() + left, origin.y() + line.top, max(right - left, 1), self.metrics.line)

    def chip_rect(self, identifier: str) -> QRectF | None:
        """Where an annotation's chip is."""
        item = self.session.document.annotation(identifier)
        if item is None:
            return None
        _, line, origin = self.place(item.spans[0][0])
        found = (mark.chip for mark in line.marks if mark.id == identifier and mark.chip is not None)
        return next((chip.translated(origin) for chip in found), None)

    def stop_of(self, identifier: str) -> Stop | None:
        """Where an arc to an annotation ends."""
        chip, item = self.chip_rect(identifier), self.session.document.annotation(identifier)
        if chip is None or item is None:
            return None
        _, line, origin = self.place(item.spans[0][0])
        return Stop(chip.center().x(), chip.bottom(), origin.y() + line.top + line.height - 2)

    def reveal(self, span: Span) -> None:
        """Scroll until the start of `span` is in view."""
        # What is laid out on the way may turn out higher than it was estimated and push the place out of view again.
        for _ in range(3):
            _, line, origin = self.place(span[0])
            top, height = origin.y() + line.top, self._viewport.height()
            if top < 8:
                self._bar.setValue(round(self._bar.value() + top - min(60, height / 5)))
            elif top + line.height > height - 8:
                self._bar.setValue(round(self._bar.value() + top + line.height - height + min(80, height / 4)))
            else:
                break
            self.settle()

    def hit(self, point: QPointF) -> Hit:
        """What lies under a point."""
        number = self.page.heights.block_at(max(0.0, point.y() + self._bar.value() - TOP))
        block, origin = self.block(number), self.origin(number)
        local = point - origin
        line = block.line_at(local.y())
        chip = next((mark.id for mark in line.marks if mark.chip is not None and mark.chip.contains(local)), None)
        on = min(block.offset(line.qt.xToCursor(local.x(), line.qt.CursorPosition.CursorOnCharacter)), max(line.end - 1, line.start))
        nearest = block.offset(line.qt.xToCursor(local.x()))
        left, right = block.extent_of(line, line.start, line.end)
        inside = left <= local.x() <= right and line.top - 2 <= local.y() < line.top + line.height and line.end > line.start
        return Hit(on, nearest, inside=inside, chip=chip, edge=self._edge_at(block, line, local))

    def line_above_or_below(self, caret: int, *, down: bool, x: float, by: float) -> int:
        """The code point at `x` one line (`by` = 0) or `by` pixels above or below the caret's line; the caret where there is none."""
        _, line, origin = self.place(caret)
        top = origin.y() + line.top
        y = top + (max(by, line.height) + 3 if down else -max(by, 3.0))
        absolute = y + self._bar.value() - TOP
        if not by and not 0 <= absolute <= self.page.heights.total:
            return caret
        return self.hit(QPointF(x, y)).offset

    def follow_edit(self, edit: Edit) -> None:
        """Forget the layout of just the blocks that an edit touched, of all where it touched more than are held."""
        if len(edit.changes) > _MANY:
            self.page.cache.clear()
            return
        for change in edit.changes:
            if change.layer == "fields" and change.id == "origin":
                self.page.cache.clear()
            elif change.layer == "decisions":
                self.page.forget(self.page.block_of(int(change.id)))
            for value in (change.before, change.after):
                if isinstance(value, Item):
                    self._forget(value)

    def each_block(self, draw: Callable[[int], None]) -> None:
        """Call `draw` for every block of the document, laid out."""
        for number in range(len(self.page.blocks)):
            self.block(number)
        for number in range(len(self.page.blocks)):
            draw(number)

    def _forget(self, item: Item) -> None:
        targets = [argument.target for argument in item.arguments] if isinstance(item, Event) else []
        for annotation in [item, *(self.session.document.annotation(target) for target in targets)]:
            for start, end in getattr(annotation, "spans", ()):
                for number in range(self.page.block_of(start), self.page.block_of(end - 1) + 1):
                    self.page.forget(number)

    def _edge_at(self, block: Block, line: Line, local: QPointF) -> tuple[str, Edge] | None:
        """The edge of the selected annotation that a press here would drag."""
        chosen = self.session.chosen()
        if chosen is None or local.y() > line.top + self.metrics.line + 3:
            return None
        start, end = extent(chosen)
        if line.start <= start < line.end and abs(block.x_of(line, start) - local.x()) <= _EDGE_REACH:
            return chosen.id, "start"
        if line.start < end <= line.end and abs(block.x_of(line, end) - local.x()) <= _EDGE_REACH:
            return chosen.id, "end"
        return None
