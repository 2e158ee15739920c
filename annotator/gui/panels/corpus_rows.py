"""How an article of the corpus is drawn: its status, its name cut in the middle, its counts."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QComboBox, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ..looks.colours import mix, readable
from ..looks.look import Look
from .corpus_model import STANDINGS, Article, CorpusModel, Standing
from .marks import MARK, paint_problem, paint_status, status_icon

_MARGIN: Final = 8
_PLACE_SHARE: Final = 0.35


class ArticleRows(QStyledItemDelegate):
    """Draws rows of a CorpusModel."""

    def __init__(self, look: Look, model: CorpusModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._model = model

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
        right = float(box.right())
        if counts:
            width = metrics.horizontalAdvance(counts)
            painter.setPen(quiet)
            painter.drawText(QRectF(right - width, box.top(), width, box.height()), Qt.AlignmentFlag.AlignVCenter, counts)
            right -= width + _MARGIN
        room = right - box.left()
        place = self._model.place_of(article)
        # The folder is all that tells namesakes apart, so the name makes room for some of it.
        folder = min(float(metrics.horizontalAdvance(place)), room * _PLACE_SHARE)
        name = metrics.elidedText(article.name, Qt.TextElideMode.ElideMiddle, int(room - (folder + _MARGIN if place else 0)))
        painter.setPen(quiet if article.problem is not None else theme.colour("text"))
        painter.drawText(QRectF(box.left(), box.top(), room, box.height()), Qt.AlignmentFlag.AlignVCenter, name)
        if place:
            left = box.left() + metrics.horizontalAdvance(name) + _MARGIN
            painter.setPen(quiet)
            cut = metrics.elidedText(place, Qt.TextElideMode.ElideLeft, int(right - left))
            painter.drawText(QRectF(left, box.top(), right - left, box.height()), Qt.AlignmentFlag.AlignVCenter, cut)


class StandingChoice(QComboBox):
    """The choice of a status, drawn as quietly as a label: its sign, its name and a small arrow."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setIconSize(QSize(int(MARK), int(MARK)))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.addItems(STANDINGS)

    @property
    def standing(self) -> Standing:
        return STANDINGS[max(0, self.currentIndex())]

    def restyle(self) -> None:
        """Take over theme and language."""
        look = self._look
        self.setAccessibleName(look.say("gui.corpus.standing"))
        self.setToolTip(look.say("gui.corpus.standing"))
        for rank, standing in enumerate(STANDINGS):
            self.setItemText(rank, look.say(f"gui.corpus.status_{standing}"))
            if standing != "all":
                self.setItemIcon(rank, status_icon(standing, theme=look.theme))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        widest = max(metrics.horizontalAdvance(self.itemText(rank)) for rank in range(self.count()))
        return QSize(int(widest + MARK) + 4 * _MARGIN, metrics.height() + _MARGIN)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.hasFocus() or self.underMouse():
            painter.setPen(theme.colour("accent" if self.hasFocus() else "hairline"))
            painter.drawRoundedRect(box, 5, 5)
        left = box.left() + 6
        if self.standing != "all":
            sign = QRectF(left, box.center().y() - MARK / 2, MARK, MARK)
            paint_status(painter, sign, self.standing, theme=theme, background=theme.window)
            left += MARK + 6
        width = QFontMetrics(self.font()).horizontalAdvance(self.currentText())
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(left, box.top(), width + 2, box.height()), Qt.AlignmentFlag.AlignVCenter, self.currentText())
        middle, right = box.center().y(), left + width + 8
        painter.setPen(QPen(theme.colour("muted"), 1.6))
        painter.drawPolyline([QPointF(right, middle - 1.5), QPointF(right + 3.5, middle + 2), QPointF(right + 7, middle - 1.5)])


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
