"""Small painted signs of the lists: how far an article is, what kind an annotation is, and what is wrong. Each is told by its shape."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from annotator.core.model import Status

from ..looks.colours import readable
from ..looks.theme import Theme

MARK: Final = 12.0
_STROKE: Final = 1.6
_STATUS_COLOURS: Final[dict[Status, str]] = {"todo": "quiet", "doing": "accent", "done": "good", "checked": "good"}


def paint_status(painter: QPainter, box: QRectF, status: Status, *, theme: Theme, background: str) -> None:
    """How far an article is: a ring, a ring half full, a disc, a disc with a check."""
    colour = QColor(readable(theme.colour(_STATUS_COLOURS[status]).name(), background, ratio=3))
    ring = box.adjusted(1, 1, -1, -1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, _STROKE))
    painter.setBrush(colour if status in ("done", "checked") else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    if status == "doing":
        painter.setBrush(colour)
        painter.drawPie(ring, 90 * 16, 180 * 16)
    elif status == "checked":
        painter.setPen(_pen(QColor(background), 1.8))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(_points(ring, (0.24, 0.53), (0.44, 0.72), (0.77, 0.32)))
    painter.restore()


def status_icon(status: Status, *, theme: Theme) -> QIcon:
    """The sign of a status for a list of choices."""
    made = QIcon()
    for scale in (1, 2, 3):
        pixmap = QPixmap(int(MARK * scale), int(MARK * scale))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.scale(scale, scale)
        paint_status(painter, QRectF(0, 0, MARK, MARK), status, theme=theme, background=theme.surface)
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        made.addPixmap(pixmap)
    return made


def paint_kind(painter: QPainter, box: QRectF, *, colour: str, is_event: bool, is_proposed: bool) -> None:
    """The colour of a type: a line under a frame for an entity, a block for an event; a diamond, with a dot for an event, where a
    model proposed it.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = box.adjusted(1, 1, -1, -1)
    ink = QColor(colour)
    if is_proposed:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(_pen(ink, 1.4))
        painter.drawPolygon(_points(shape, (0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5)))
        if is_event:
            painter.setBrush(ink)
            painter.drawEllipse(shape.center(), 1.4, 1.4)
        painter.restore()
        return
    if is_event:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(shape, 2.5, 2.5)
    else:
        pale = QColor(ink)
        pale.setAlphaF(0.16)
        painter.setBrush(pale)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(shape, 2.5, 2.5)
        painter.fillRect(QRectF(shape.left(), shape.bottom() - 2.5, shape.width(), 2.5), ink)
    painter.restore()


def paint_problem(painter: QPainter, box: QRectF, *, is_error: bool, theme: Theme, background: str) -> None:
    """A triangle with a stroke: full for an error, hollow for a warning."""
    colour = QColor(readable(theme.error if is_error else theme.warning, background, ratio=3))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(colour, 1.4))
    painter.setBrush(colour if is_error else Qt.BrushStyle.NoBrush)
    painter.drawPolygon(_points(box.adjusted(0.5, 1, -0.5, -1), (0.5, 0.02), (1.0, 0.98), (0.0, 0.98)))
    painter.setPen(_pen(QColor(background) if is_error else colour, 1.4))
    painter.drawLine(_at(box, 0.5, 0.42), _at(box, 0.5, 0.62))
    painter.drawPoint(_at(box, 0.5, 0.80))
    painter.restore()


def paint_flag(painter: QPainter, box: QRectF, *, theme: Theme, background: str) -> None:
    """A small flag: somebody was in doubt."""
    colour = QColor(readable(theme.warning, background, ratio=3))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_pen(colour, 1.4))
    painter.drawLine(_at(box, 0.2, 0.08), _at(box, 0.2, 0.95))
    cloth = QPainterPath(_at(box, 0.2, 0.12))
    for x, y in ((0.92, 0.12), (0.72, 0.34), (0.92, 0.58), (0.2, 0.58)):
        cloth.lineTo(_at(box, x, y))
    painter.fillPath(cloth, colour)
    painter.restore()


def _pen(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _at(box: QRectF, x: float, y: float) -> QPointF:
    """A point of `box` given in shares of its width and height."""
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height())


def _points(box: QRectF, *shares: tuple[float, float]) -> QPolygonF:
    return QPolygonF([_at(box, x, y) for x, y in shares])
