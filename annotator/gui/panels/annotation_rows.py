"""How a row of the annotation list is drawn: the mark and name of its type, its text, its place, doubts and problems."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.core.model import Annotation, Event
from annotator.core.suggestions import is_suggestion

from ..looks.colours import mix, readable
from ..looks.look import Look
from .annotations_model import AnnotationsModel, Column
from .marks import MARK, paint_flag, paint_kind, paint_problem

_MARGIN: Final = 6


class AnnotationRows(QStyledItemDelegate):
    """Draws the cells of an AnnotationsModel."""

    def __init__(self, look: Look, model: AnnotationsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        item = self._model.item(index.row())
        if item is None:
            return
        state: QStyle.StateFlag = option.state
        box = QRectF(option.rect)
        theme = self._look.theme
        background = theme.window
        if state & QStyle.StateFlag.State_Selected:
            background = theme.selection
        elif state & QStyle.StateFlag.State_MouseOver:
            background = mix(theme.window, theme.selection, 0.35)
        painter.save()
        painter.setFont(option.font)
        painter.fillRect(box, QColor(background))
        match Column(index.column()):
            case Column.TYPE:
                self._paint_type(painter, box, item, background=background)
            case Column.MARK:
                self._paint_marks(painter, box, item, background=background)
            case Column.TEXT:
                self._paint_text(painter, box.adjusted(_MARGIN, 0, -_MARGIN, 0), self._model.text(item), colour=theme.text)
            case Column.PLACE:
                place = box.adjusted(0, 0, -_MARGIN, 0)
                self._paint_text(painter, place, self._model.place(item), colour=readable(theme.quiet, background), is_right=True)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour("accent"))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()

    def _paint_type(self, painter: QPainter, box: QRectF, item: Annotation, *, background: str) -> None:
        mark = QRectF(box.left() + _MARGIN + 2, box.center().y() - MARK / 2, MARK, MARK)
        colour = readable(self._model.colour(item), background)
        paint_kind(painter, mark, colour=colour, is_event=isinstance(item, Event), is_proposed=is_suggestion(item))
        theme = self._look.theme
        ink = theme.text if self._model.is_known(item) else readable(theme.unknown, background)
        self._paint_text(painter, box.adjusted(2 * _MARGIN + MARK + 2, 0, -2, 0), self._model.type_name(item), colour=ink)

    def _paint_marks(self, painter: QPainter, box: QRectF, item: Annotation, *, background: str) -> None:
        mark = QRectF(box.left() + 4, box.center().y() - MARK / 2, MARK, MARK)
        if item.flag:
            paint_flag(painter, mark, theme=self._look.theme, background=background)
        gravity = self._model.concern(item)
        if gravity in ("error", "warning"):
            place = mark.translated(MARK + 4, 0)
            paint_problem(painter, place, is_error=gravity == "error", theme=self._look.theme, background=background)

    def _paint_text(self, painter: QPainter, box: QRectF, text: str, *, colour: str, is_right: bool = False) -> None:
        cut = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.setPen(QColor(colour))
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, cut)
