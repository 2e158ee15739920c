"""A label that never asks for more width than there is: it wraps anywhere if it must, and elides after a number of lines."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from .look import Look


def wrap(text: str, font: QFont, width: float, *, limit: int = 0) -> list[tuple[int, int]]:
    """Start and end of each line of `text` in `width` pixels, in code points; no more than `limit` lines (0: all)."""
    # A line break is Qt's own separator here, which counts as much.
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    rows: list[tuple[int, int]] = []
    u16 = text.encode("utf-16-le")
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 16.0))
        start, end = line.textStart(), line.textStart() + line.textLength()
        rows.append((len(u16[: 2 * start].decode("utf-16-le")), len(u16[: 2 * end].decode("utf-16-le"))))
        if limit and len(rows) >= limit:
            break
    layout.endLayout()
    return rows


def elide_at_blank(metrics: QFontMetrics, text: str, mode: Qt.TextElideMode, width: int) -> str:
    """`text` shortened at its left or right to `width` pixels, where it can be between two words; empty where not even a part fits."""
    shown = metrics.elidedText(text, mode, max(width, 0))
    if shown == text:
        return text
    if mode == Qt.TextElideMode.ElideLeft:
        kept = shown.removeprefix("…")
        whole = kept if text[: len(text) - len(kept)][-1:].isspace() else kept.partition(" ")[2]
        return f"… {whole.lstrip()}" if whole.strip() else shown
    kept = shown.removesuffix("…")
    whole = kept if text[len(kept)].isspace() else kept.rpartition(" ")[0]
    return f"{whole.rstrip()} …" if whole.strip() else shown


def paint_wrapped(painter: QPainter, rect: QRectF, text: str, *, lines: int = 0) -> None:
    """Draw `text` from the top of `rect` in the painter's font and colour; the last of `lines` (0: any number) is elided."""
    metrics = QFontMetrics(painter.font())
    rows = wrap(text, painter.font(), rect.width(), limit=lines + 1 if lines else 0)
    for number, (start, end) in enumerate(rows[: lines or None]):
        cut = number == lines - 1 and len(rows) > lines
        shown = metrics.elidedText(text[start:], Qt.TextElideMode.ElideRight, int(rect.width())) if cut else text[start:end].rstrip()
        painter.drawText(QPointF(rect.left(), rect.top() + number * metrics.lineSpacing() + metrics.ascent()), shown)


class ElidedLabel(QWidget):
    """Plain text in one of the theme's colours. `lines` 0: as many as it takes. What is cut off stands whole in the tooltip."""

    def __init__(self, look: Look, *, colour: str = "text", lines: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._colour, self._lines = look, colour, lines
        self._text = self._tip = ""
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def text(self) -> str:
        return self._text

    def set_text(self, text: str, *, tip: str = "") -> None:
        """Show `text`; `tip` is said on hover as well, with the whole text where it is cut."""
        if (text, tip) != (self._text, self._tip):
            self._text, self._tip = text, tip
            self.setAccessibleName(text)
            self._explain()
            self.updateGeometry()
            self.update()

    def set_colour(self, name: str) -> None:
        self._colour = name
        self.update()

    def is_cut(self) -> bool:
        """Whether not all of the text is seen."""
        return self._lines > 0 and len(wrap(self._text, self.font(), self.width(), limit=self._lines + 1)) > self._lines

    def sizeHint(self) -> QSize:
        width = min(QFontMetrics(self.font()).horizontalAdvance(self._text) + 2, 240)
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(16, QFontMetrics(self.font()).height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = max(1, len(wrap(self._text, self.font(), width, limit=self._lines)))
        return rows * QFontMetrics(self.font()).lineSpacing() + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._explain()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._look.theme.colour(self._colour))
        paint_wrapped(painter, QRectF(self.rect()), self._text, lines=self._lines)

    def _explain(self) -> None:
        whole = escape(self._text) if self.is_cut() else ""
        tip = "<br>".join(filter(None, [whole, escape(self._tip)]))
        self.setToolTip(tip)
