"""How an article of the corpus is drawn: its status, its name cut in the middle, its counts."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ..colours import mix, readable
from ..look import Look
from .corpus_model import Article, CorpusModel
from .marks import MARK, paint_problem, paint_status

_MARGIN: Final = 8
_PADDING: Final = 5
_LEAST_PLACE: Final = 24


class ArticleRows(QStyledItemDelegate):
    """Draws rows of a CorpusModel."""

    def __init__(self, look: Look, model: CorpusModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        # Every row has the height of its font alone, so that the list need not ask each of thousands.
        return QSize(120, QFontMetrics(option.font).height() + 2 * _PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        article = self._model.article(index.row())
        state: QStyle.StateFlag = option.state
        box = QRectF(option.rect)
        painter.save()
        painter.setFont(option.font)
        background = self._paint_ground(painter, box, state, is_open=article.path == self._model.open_path)
        mark = QRectF(box.left() + _MARGIN + 2, box.center().y() - MARK / 2, MARK, MARK)
        if article.problem is not None:
            paint_problem(painter, mark, is_error=True, theme=self._look.theme, background=background)
        elif article.status is not None:
            paint_status(painter, mark, article.status, theme=self._look.theme, background=background)
        self._paint_words(painter, box.adjusted(2 * _MARGIN + MARK + 2, 0, -_MARGIN, 0), article, background=background)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag, *, is_open: bool) -> str:
        """What lies behind a row; gives its colour."""
        theme = self._look.theme
        background = theme.window
        if state & QStyle.StateFlag.State_Selected:
            background = theme.selection
        elif state & QStyle.StateFlag.State_MouseOver:
            background = mix(theme.window, theme.selection, 0.35)
        painter.fillRect(box, QColor(background))
        if is_open:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), theme.colour("accent"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour("accent"))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        return background

    def _paint_words(self, painter: QPainter, box: QRectF, article: Article, *, background: str) -> None:
        metrics, theme = QFontMetrics(painter.font()), self._look.theme
        quiet = QColor(readable(theme.quiet, background))
        counts = _counts(article)
        right = box.right()
        if counts:
            width = metrics.horizontalAdvance(counts)
            painter.setPen(quiet)
            painter.drawText(QRectF(right - width, box.top(), width, box.height()), Qt.AlignmentFlag.AlignVCenter, counts)
            right -= width + _MARGIN
        name = metrics.elidedText(article.name, Qt.TextElideMode.ElideMiddle, int(right - box.left()))
        painter.setPen(quiet if article.problem is not None else theme.colour("text"))
        painter.drawText(QRectF(box.left(), box.top(), right - box.left(), box.height()), Qt.AlignmentFlag.AlignVCenter, name)
        left = box.left() + metrics.horizontalAdvance(name) + _MARGIN
        place = self._model.place_of(article)
        if place and right - left > _LEAST_PLACE:
            painter.setPen(quiet)
            cut = metrics.elidedText(place, Qt.TextElideMode.ElideMiddle, int(right - left))
            painter.drawText(QRectF(left, box.top(), right - left, box.height()), Qt.AlignmentFlag.AlignVCenter, cut)


class ProgressLine(QWidget):
    """A hairline, as far in the accent's colour as the work is done."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._share = 0.0
        self.setFixedHeight(2)

    def set_share(self, share: float) -> None:
        """`share` of the work is done, 0 to 1."""
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._look.theme.colour("hairline"))
        painter.fillRect(QRectF(0, 0, self.width() * self._share, self.height()), self._look.theme.colour("good"))


def _counts(article: Article) -> str:
    """Entities and events of an article; nothing where there are none."""
    summary = article.summary
    if summary is None or summary.problem is not None or not (summary.entities or summary.events):
        return ""
    return f"{summary.entities} · {summary.events}"
