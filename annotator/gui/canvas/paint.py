"""Drawing blocks: tints behind the words, the text, lines and chips in the lanes, selection, caret and arcs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from annotator.core.text import Span, Spans

from ..looks.colours import ink_on, mix, readable
from ..looks.theme import Theme
from .layout import Block, Line, Mark, Metrics, lane_top

_DIMMED = 0.4


@dataclass(frozen=True, slots=True)
class Style:
    """How one annotation is drawn. `colour` reads on the theme's surface; a suggestion is dashed."""

    colour: str
    is_trigger: bool
    is_suggestion: bool


@dataclass(slots=True)
class Scene:
    """What is drawn besides the text: styles by id, what is selected, hovered or lifted, the selection and the caret."""

    theme: Theme
    styles: Mapping[str, Style] = field(default_factory=dict)
    heads: Mapping[str, Span] = field(default_factory=dict)
    selected: frozenset[str] = frozenset()
    hovered: str | None = None
    lifted: frozenset[str] = frozenset()
    selection: Spans = ()
    caret: int | None = None
    caret_unit: Span | None = None
    waves: tuple[Span, ...] = ()
    flash: Span | None = None
    hits: Spans = ()
    hit: Span | None = None


def paint_block(painter: QPainter, block: Block, origin: QPointF, *, scene: Scene, metrics: Metrics) -> None:
    """Draw a block with its top left at `origin`."""
    for line in block.lines:
        _paint_tints(painter, line, origin, scene=scene, metrics=metrics)
        for span in scene.selection:
            _fill(painter, block, line, origin, span=span, colour=scene.theme.colour("selection"), metrics=metrics)
        for span in scene.hits:
            _paint_hit(painter, block, line, origin, span=span, scene=scene, metrics=metrics)
        if scene.flash is not None:
            _fill(painter, block, line, origin, span=scene.flash, colour=scene.theme.colour("accent"), metrics=metrics, opacity=0.35)
        # Under the text: a full stop right behind a selected annotation is still seen.
        for mark in line.marks:
            if mark.id in scene.selected and mark.id in scene.styles:
                _paint_ring(painter, line, mark, origin, scene=scene, metrics=metrics)
    painter.setPen(scene.theme.colour("text"))
    block.layout.draw(painter, origin)
    for line in block.lines:
        for mark in line.marks:
            _paint_mark(painter, line, mark, origin, scene=scene, metrics=metrics)
            if mark.id in scene.heads:
                _paint_head(painter, block, line, mark, origin, scene=scene, metrics=metrics)
        for span in scene.waves:
            _paint_wave(painter, block, line, origin, span=span, scene=scene, metrics=metrics)
        _paint_caret(painter, block, line, origin, scene=scene, metrics=metrics)


@dataclass(frozen=True, slots=True)
class Stop:
    """Where an arc ends: the middle of a chip's lower edge, and the height of the free rail under its line."""

    x: float
    chip_bottom: float
    rail: float


def paint_arcs(painter: QPainter, start: Stop, ends: list[Stop], *, colour: str, margin: float) -> None:
    """Join a trigger to its fillers along the gaps between lines and, from line to line, down the margin: no text is crossed."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = QColor(colour)
    ink.setAlphaF(0.7)
    painter.setPen(QPen(ink, 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for end in ends:
        path = QPainterPath(QPointF(start.x, start.chip_bottom))
        path.lineTo(start.x, start.rail)
        if end.rail != start.rail:
            path.lineTo(margin, start.rail)
            path.lineTo(margin, end.rail)
        path.lineTo(end.x, end.rail)
        path.lineTo(end.x, end.chip_bottom)
        painter.drawPath(path)
    painter.restore()


def paint_codes(painter: QPainter, codes: Iterable[tuple[str, QRectF]], *, theme: Theme, metrics: Metrics) -> None:
    """Draw the code of each word above its beginning, so that the word can still be read."""
    painter.setFont(metrics.chip_font)
    for code, box in codes:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(box, 2, 2)
        painter.setPen(theme.colour("accent_ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, code)


def _opacity(mark: Mark, scene: Scene) -> float:
    return _DIMMED if scene.hovered is not None and scene.lifted and mark.id not in scene.lifted else 1.0


def _paint_tints(painter: QPainter, line: Line, origin: QPointF, *, scene: Scene, metrics: Metrics) -> None:
    # The widest first, so that what is inside stays visible on top.
    for mark in sorted(line.marks, key=lambda item: -item.lane):
        style = scene.styles.get(mark.id)
        if style is None:
            continue
        share = scene.theme.tint * (1.5 if mark.id in scene.lifted else 1.0)
        painter.setOpacity(_opacity(mark, scene))
        for left, right in mark.parts:
            rect = QRectF(origin.x() + left - 1, origin.y() + line.top, right - left + 2, metrics.line)
            painter.fillRect(rect, QColor(mix(scene.theme.surface, style.colour, min(share, 0.4))))
    painter.setOpacity(1.0)


def _fill(
    painter: QPainter, block: Block, line: Line, origin: QPointF, *, span: Span, colour: QColor, metrics: Metrics, opacity: float = 1.0
) -> None:
    start, end = span
    if start >= line.end or end <= line.start:
        return
    left, right = block.extent_of(line, start, end)
    painter.setOpacity(opacity)
    painter.fillRect(QRectF(origin.x() + left, origin.y() + line.top - 1, max(right - left, 2), metrics.line + 2), colour)
    painter.setOpacity(1.0)


def _paint_hit(painter: QPainter, block: Block, line: Line, origin: QPointF, *, span: Span, scene: Scene, metrics: Metrics) -> None:
    """A place that was searched for: a tint in a dotted frame, in a heavy one where one is just now."""
    start, end = span
    if start >= line.end or end <= line.start:
        return
    left, right = block.extent_of(line, start, end)
    box, here = QRectF(origin.x() + left - 1, origin.y() + line.top - 1, right - left + 2, metrics.line + 2), span == scene.hit
    tint = scene.theme.colour("warning")
    tint.setAlphaF(0.18)
    # On top of the selection's own colour the text would be hard to read.
    if span not in scene.selection:
        painter.fillRect(box, tint)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(scene.theme.colour("warning"), 2.0 if here else 1.0, Qt.PenStyle.SolidLine if here else Qt.PenStyle.DotLine))
    painter.drawRect(box)


def _paint_mark(painter: QPainter, line: Line, mark: Mark, origin: QPointF, *, scene: Scene, metrics: Metrics) -> None:
    style = scene.styles.get(mark.id)
    if style is None:
        return
    painter.setOpacity(_opacity(mark, scene))
    y = origin.y() + lane_top(line, mark.lane, metrics)
    pen = QPen(QColor(style.colour), 3.0 if style.is_trigger else 2.0)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if style.is_suggestion:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    for left, right in mark.parts:
        painter.drawLine(QPointF(origin.x() + left, y + 1), QPointF(origin.x() + right, y + 1))
    _paint_bridge(painter, mark, QPointF(origin.x(), y + 1), colour=style.colour)
    if mark.chip is not None:
        _paint_chip(painter, mark.chip.translated(origin), mark.text, style=style, scene=scene, metrics=metrics)
    painter.setOpacity(1.0)


def _paint_head(
    painter: QPainter, block: Block, line: Line, mark: Mark, origin: QPointF, *, scene: Scene, metrics: Metrics
) -> None:
    """A row of dots right over an entity's line, under the text that is its head."""
    start, end = scene.heads[mark.id]
    style = scene.styles.get(mark.id)
    if style is None or start >= line.end or end <= line.start:
        return
    left, right = block.extent_of(line, start, end)
    y = origin.y() + lane_top(line, mark.lane, metrics) - 2.2
    painter.save()
    painter.setOpacity(_opacity(mark, scene))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(style.colour), 2.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setDashPattern([0.01, 2.0])
    painter.setPen(pen)
    painter.drawLine(QPointF(origin.x() + left + 2, y), QPointF(origin.x() + right - 1, y))
    painter.restore()


def _paint_bridge(painter: QPainter, mark: Mark, origin: QPointF, *, colour: str) -> None:
    """A dotted line between the fragments of one annotation."""
    painter.setPen(QPen(QColor(colour), 1.4, Qt.PenStyle.DotLine))
    for (_, left), (right, _) in pairwise(mark.parts):
        painter.drawLine(origin + QPointF(left + 1, 0), origin + QPointF(right - 1, 0))


def _paint_ring(painter: QPainter, line: Line, mark: Mark, origin: QPointF, *, scene: Scene, metrics: Metrics) -> None:
    painter.save()
    painter.setOpacity(_opacity(mark, scene))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(scene.theme.colour("accent"), 1.8))
    beside = max(metrics.line / 20, 1)
    for left, right in mark.parts:
        box = QRectF(origin.x() + left - beside, origin.y() + line.top - 1, right - left + 2 * beside, metrics.line + 2)
        painter.drawRoundedRect(box, 4, 4)
    painter.restore()


def _paint_chip(painter: QPainter, chip: QRectF, text: str, *, style: Style, scene: Scene, metrics: Metrics) -> None:
    surface = scene.theme.surface
    full = style.is_trigger and not style.is_suggestion
    fill = style.colour if full else surface if style.is_suggestion else mix(surface, style.colour, scene.theme.tint)
    ink = ink_on(fill) if full else readable(style.colour, fill, ratio=scene.theme.ratio)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill))
    if style.is_suggestion:
        painter.setPen(QPen(QColor(style.colour), 2.0 if style.is_trigger else 1.2, Qt.PenStyle.DashLine))
        chip = chip.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(chip, 3, 3)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setFont(metrics.chip_font)
    painter.setPen(QColor(ink))
    painter.drawText(QPointF(chip.left() + 4, chip.top() + metrics.chip_ascent), text)


def _paint_wave(painter: QPainter, block: Block, line: Line, origin: QPointF, *, span: Span, scene: Scene, metrics: Metrics) -> None:
    """A wavy line under what the machine would have segmented otherwise."""
    start, end = span
    if start >= line.end or end <= line.start:
        return
    left, right = block.extent_of(line, start, end)
    y = origin.y() + line.top + metrics.line - 1
    path = QPainterPath(QPointF(origin.x() + left, y))
    x, up = left, True
    while x < right:
        x = min(x + 3, right)
        path.lineTo(QPointF(origin.x() + x, y - (2 if up else 0)))
        up = not up
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(scene.theme.colour("wave"), 1.3))
    painter.drawPath(path)
    painter.restore()


def _paint_caret(painter: QPainter, block: Block, line: Line, origin: QPointF, *, scene: Scene, metrics: Metrics) -> None:
    unit = scene.caret_unit
    if unit is not None and unit[0] < line.end and line.start < unit[1]:
        left, right = block.extent_of(line, *unit)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(scene.theme.colour("caret"), 1.6, Qt.PenStyle.SolidLine))
        painter.drawRoundedRect(QRectF(origin.x() + left - 2, origin.y() + line.top - 1, right - left + 4, metrics.line + 2), 3, 3)
        painter.restore()
    caret = scene.caret
    is_last = line is block.lines[-1]
    if caret is not None and (line.start <= caret < line.end or (is_last and caret == line.end) or (line.start == line.end == caret)):
        x = origin.x() + block.x_of(line, caret)
        painter.fillRect(QRectF(x - 1, origin.y() + line.top, 2, metrics.line), scene.theme.colour("caret"))
