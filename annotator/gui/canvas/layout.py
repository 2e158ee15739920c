"""Blocks laid out for the screen: text lines with their places, and the marks of annotations on them.

Positions inside a QTextLayout are UTF-16 and named ``u16_…``; everything else counts code points of the document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from annotator.core.document import Document
from annotator.core.model import Annotation
from annotator.core.text import Span

from .blocks import Heights, cut_blocks
from .display import Shown
from .lanes import Extent, assign_lanes

ChipText = Callable[[Annotation], str]
_LINE_HEIGHT = 1.75
# What the width of a usual character is measured on: blanks and narrow letters are as frequent here as in an article.
_TYPICAL = "Sáng nay, công an huyện đã bắt hai nghi can tại một nhà trọ ở phường Trường Thọ, thu giữ 12 triệu đồng."
_HIGHEST = "ỔẤg"
_CACHED_BLOCKS = 400
# How far chips may reach into the margin, in pixels.
_BEYOND = 20


@dataclass(frozen=True, slots=True)
class Metrics:
    """What the fonts of one zoom give, in pixels: `average` is a wide estimate of a character, `typical` what one takes in an article.

    `chip_ascent` is the height of a chip above the line that its letters stand on.
    """

    text_font: QFont
    chip_font: QFont
    line: float
    chip: float
    average: float
    typical: float
    chip_ascent: float
    spacing: float = 1.0

    @staticmethod
    def of(text_font: QFont, chip_font: QFont, *, spacing: float = 1.0) -> Metrics:
        words, chips = QFontMetricsF(text_font), QFontMetricsF(chip_font)
        typical = words.horizontalAdvance(_TYPICAL) / len(_TYPICAL)
        # A font's own ascent does not hold its capitals with two marks.
        marked = chips.tightBoundingRect(_HIGHEST)
        above, below = max(chips.ascent(), -marked.top()), 1.25 * max(chips.descent(), marked.bottom())
        average = words.horizontalAdvance("n")
        return Metrics(text_font, chip_font, words.height(), above + below, average, typical, above, spacing)

    @property
    def gap(self) -> float:
        """What is free between a line and its chip, and between a chip and what follows, together with the line: more in large type."""
        return max(5.0, self.chip * 0.3)

    @property
    def lane(self) -> float:
        """The height of one lane: a line of two pixels, a gap and the chip."""
        return self.chip + self.gap

    @property
    def pitch(self) -> float:
        """The height of a text line without lanes."""
        return round(self.line * _LINE_HEIGHT * self.spacing)

    def chip_width(self, text: str) -> float:
        return QFontMetricsF(self.chip_font).horizontalAdvance(text) + 8

    def fit_chip(self, text: str, most: float) -> tuple[str, float]:
        """A chip's text and width; a text that is wider than `most` pixels is cut, and said whole on hover."""
        width = self.chip_width(text)
        if width <= most:
            return text, width
        return QFontMetricsF(self.chip_font).elidedText(text, Qt.TextElideMode.ElideRight, most - 8), most


@dataclass(slots=True)
class Mark:
    """An annotation on one visual line. `parts` are the stretches (left, right) of its fragments there; `chip` is None where it goes on."""

    id: str
    lane: int
    chip_lane: int
    parts: list[tuple[float, float]]
    chip: QRectF | None
    text: str
    starts: bool
    ends: bool


@dataclass(slots=True)
class Line:
    """One visual line of a block; `top` is measured from the block's top."""

    start: int
    end: int
    qt: QTextLine
    top: float = 0.0
    height: float = 0.0
    marks: list[Mark] = field(default_factory=list)


class Block:
    """A stretch of the text, laid out at one width and decorated with its annotations."""

    def __init__(
        self, document: Document, span: Span, shown: Shown, *, metrics: Metrics, width: float, last_of_line: bool, quiet: QColor,
        loud: QColor,
    ) -> None:
        self.start, self.end = span
        self._text = document.text
        self._base = document.text.u16_of(self.start)
        self.shown = shown
        self.gap = metrics.line * 0.45 if last_of_line else 0.0
        self.layout = QTextLayout(shown.text, metrics.text_font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        # Said outright: else a first letter from elsewhere would turn a whole Vietnamese line, and each chunk of it its own way.
        turned = shown.runs == "right to left"
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if turned else Qt.LayoutDirection.LeftToRight)
        self.layout.setTextOption(option)
        self.layout.setCacheEnabled(True)
        # Formats come first: setting them throws a finished layout away.
        self.layout.setFormats(self._formats(quiet, loud))
        self._reach = width + _BEYOND
        self.lines: list[Line] = []
        self.layout.beginLayout()
        while (qt := self.layout.createLine()).isValid():
            qt.setLineWidth(width)
            self.lines.append(Line(self.offset(qt.textStart()), self.offset(qt.textStart() + qt.textLength()), qt))
        self.layout.endLayout()
        self.height = 0.0

    def u16(self, offset: int) -> int:
        return self._text.u16_of(offset) - self._base

    def offset(self, u16_offset: int) -> int:
        return self._text.of_u16(u16_offset + self._base)

    def decorate(self, annotations: Sequence[Annotation], *, metrics: Metrics, chip_text: ChipText) -> None:
        """Give each visual line its marks and place the lines under one another."""
        top = 0.0
        for line in self.lines:
            self._mark(line, annotations, metrics=metrics, chip_text=chip_text)
            lanes = max((mark.chip_lane + 1 for mark in line.marks), default=0)
            line.top = top
            line.height = max(metrics.pitch, metrics.line + lanes * metrics.lane + metrics.gap - 1)
            line.qt.setPosition(QPointF(0, top))
            for mark in line.marks:
                if mark.chip is not None:
                    mark.chip.moveTop(lane_top(line, mark.chip_lane, metrics) + (metrics.gap + 1) / 2)
            top += line.height
        self.height = top + self.gap

    def line_of(self, offset: int) -> Line:
        """The visual line that holds the code point at `offset`."""
        for line in self.lines:
            if offset < line.end:
                return line
        return self.lines[-1]

    def line_at(self, y: float) -> Line:
        """The visual line at a height measured from the block's top."""
        for line in self.lines:
            if y < line.top + line.height:
                return line
        return self.lines[-1]

    def x_of(self, line: Line, offset: int) -> float:
        """The pixel in front of a code point of `line`."""
        found: tuple[float, int] = line.qt.cursorToX(self.u16(min(max(offset, line.start), line.end)))  # type: ignore[assignment]
        return found[0]

    def extent_of(self, line: Line, start: int, end: int) -> tuple[float, float]:
        """Left and right of ``start`` … ``end`` on `line`, whichever way its letters run; a blank at the line's end takes no room."""
        first, last = max(start, line.start), min(end, line.end)
        while last > first and self.shown.text_at(last - 1).isspace():
            last -= 1
        if self.shown.is_mixed and last > first:
            # Where letters run both ways the outermost edge may be that of any of them.
            edges = [edge for offset in range(first, last) for edge in self._cell(line, offset)]
        else:
            edges = [self.x_of(line, first), self.x_of(line, last)]
        return min(edges), max(edges)

    def _cell(self, line: Line, offset: int) -> tuple[float, float]:
        """Both edges of a character on a line of which letters run both ways, the one where it begins first.

        Where a run against the line's direction begins Qt names one place for both edges: that of the caret there, the run's far end.
        The character ends where the next one of the run begins, and begins where what follows the run does.
        """
        begins, ends = self.x_of(line, offset), self._x_behind(line, offset)
        following = self.x_of(line, offset + 1)
        if begins != ends or (following == ends and offset + 1 < line.end):
            return begins, ends
        forward, at = self.shown.runs == "left to right", offset + 1
        if at < line.end and (self._x_behind(line, at) > following) == forward:
            return following, begins
        while at + 1 < line.end and self._x_behind(line, at) == self.x_of(line, at + 1):
            at += 1
        whole = line.qt.naturalTextRect()
        outermost = whole.right() if forward else whole.left()
        return self.x_of(line, at + 1) if at + 1 < line.end else outermost, following

    def _x_behind(self, line: Line, offset: int) -> float:
        found: tuple[float, int] = line.qt.cursorToX(self.u16(offset), QTextLine.Edge.Trailing)  # type: ignore[assignment]
        return found[0]

    def _formats(self, quiet: QColor, loud: QColor) -> list[QTextLayout.FormatRange]:
        """The joining marks between syllables and fixed blanks drawn quiet, the signs of what hides so that they catch the eye."""
        formats = []
        for offset in sorted({*self.shown.joints, *self.shown.signs}):
            part = QTextLayout.FormatRange()
            part.start, part.length, part.format = self.u16(offset), 1, QTextCharFormat()
            part.format.setForeground(quiet if self.shown.text_at(offset) in "_·" else loud)
            formats.append(part)
        return formats

    def _mark(self, line: Line, annotations: Sequence[Annotation], *, metrics: Metrics, chip_text: ChipText) -> None:
        line.marks = []
        extents: list[Extent] = []
        for item in annotations:
            parts = [self.extent_of(line, s, e) for s, e in item.spans if s < line.end and line.start < e]
            if not parts:
                continue
            starts = item.spans[0][0] >= line.start
            text, width = metrics.fit_chip(chip_text(item), self._reach) if starts else ("", 0.0)
            left = min(part[0] for part in parts)
            # A chip that has no room below its words begins before them.
            shift = max(0.0, left + width - self._reach) if starts else 0.0
            line.marks.append(Mark(item.id, 0, 0, parts, QRectF(left - shift, 0, width, metrics.chip) if starts else None, text, starts,
                                   item.spans[-1][1] <= line.end))  # fmt: skip
            extents.append(Extent(item.id, left, max(part[1] for part in parts), width, shift))
        places = assign_lanes(extents)
        for mark in line.marks:
            mark.lane, mark.chip_lane = places[mark.id].line, places[mark.id].chip


def lane_top(line: Line, lane: int, metrics: Metrics) -> float:
    """The top of a lane, measured from the block's top."""
    return line.top + metrics.line + 1 + lane * metrics.lane


class Page:
    """All blocks of a document at one width: laid out when they come into view, estimated before."""

    def __init__(self, document: Document, *, metrics: Metrics, width: float) -> None:
        self.document = document
        self.metrics = metrics
        self.width = max(width, 60.0)
        self.blocks = cut_blocks(document.text)
        self._starts = [start for start, _ in self.blocks]
        self.heights = Heights([self._estimate(span) for span in self.blocks])
        self.cache: dict[int, Block] = {}

    def block_of(self, offset: int) -> int:
        """The number of the block that holds a code point; the ``\\n`` behind a line belongs to the line."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def is_last_of_line(self, number: int) -> bool:
        following = number + 1
        return following >= len(self.blocks) or self.blocks[following][0] > self.blocks[number][1]

    def keep(self, number: int, block: Block) -> float:
        """Remember a block that was laid out; the change of its height comes back."""
        if len(self.cache) >= _CACHED_BLOCKS:
            self.cache.pop(next(iter(self.cache)))
        self.cache[number] = block
        return self.heights.set_height(number, block.height)

    def forget(self, number: int) -> None:
        self.cache.pop(number, None)

    def _estimate(self, span: Span) -> float:
        lines = max(1, round((span[1] - span[0]) * self.metrics.average / self.width + 0.45))
        return lines * self.metrics.pitch + self.metrics.line * 0.45
