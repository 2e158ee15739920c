"""A page of guidelines: Markdown or our own markup to read and scroll, one passage marked. It never fetches anything from elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, Qt, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from annotator.core.errors import AnnotatorError
from annotator.store.files import read_bounded
from annotator.suggest.matching import fold
from annotator.tasks.guidance import Passage

from ..looks.look import Look

_PIXELS, _MARGIN, _INDENT = 14, 12, 18
# The page is narrow: it grows half as fast as the text.
_ZOOMED = 0.5
_LINE_HEIGHT = 118
_PICTURE_BYTES, _PICTURE_PIXELS = 8_000_000, 6_000
_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


class PageView(QTextBrowser):
    """Shows a page. `left` says that the keyboard may go back to the text, `address_chosen` that a link to elsewhere was clicked."""

    left = Signal()
    address_chosen = Signal(str)
    zoom_requested = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._folder: Path | None = None
        self._marked: int | None = None
        # The passage that stays at the top while the page gets another width; none once a person has scrolled.
        self._goal: int | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        # Its menu would speak English whatever the language of the window.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().setDocumentMargin(_MARGIN)
        self.anchorClicked.connect(self._follow_link)
        self.verticalScrollBar().actionTriggered.connect(self._forget_goal)

    def show_markdown(self, text: str, *, folder: Path) -> None:
        """Show Markdown; pictures are taken from `folder` only, and markup of HTML is shown as it is written."""
        self._folder = folder
        self._prepare()
        self.document().setMarkdown(text, _FEATURES)
        self._dress()

    def show_markup(self, html: str) -> None:
        """Show a page of our own making."""
        self._folder = None
        self._prepare()
        self.document().setHtml(html)
        self._dress()

    def passages(self) -> list[Passage]:
        """The page paragraph by paragraph, as it is rendered."""
        found = []
        block = self.document().begin()
        while block.isValid():
            found.append(_passage(block))
            block = block.next()
        return found

    def go_to(self, number: int, *, mark: bool = True) -> None:
        """Bring a paragraph to the top and mark it."""
        self._goal = number
        if mark:
            self._mark(number)
        self._scroll_to(number)

    def unmark(self) -> None:
        self._marked = None
        self.setExtraSelections([])

    def marked_text(self) -> str:
        """The paragraph that is marked; empty where none is."""
        return self.document().findBlockByNumber(self._marked).text() if self._marked is not None else ""

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture of the corpus, or a blank where there is none: without an answer Qt would look for the file itself."""
        picture = self._picture(QUrl(name)) if kind == QTextDocument.ResourceType.ImageResource.value else None
        return picture or _blank()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # What is selected here is what Ctrl+C copies here.
        copies = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy) and self.textCursor().hasSelection()
        if event.type() == QEvent.Type.ShortcutOverride and copies:
            event.accept()
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Page and text have one size.
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._goal is not None:
            self._scroll_to(self._goal)

    def _prepare(self) -> None:
        theme, font = self._look.theme, self._look.interface_font()
        font.setPixelSize(self._pixels(_PIXELS))
        self.document().setIndentWidth(self._pixels(_INDENT))
        self.document().setDefaultFont(font)
        self.setStyleSheet(f"QTextBrowser {{ background: {theme.surface}; color: {theme.text}; border: 0; }}")

    def _pixels(self, plain: int) -> int:
        """So many pixels at 100 %, at the present zoom."""
        return round(plain * (1 + (self._look.zoom - 1) * _ZOOMED))

    def _dress(self) -> None:
        """What Markdown leaves to the reader: the colour of links, and headings that stand apart without shouting."""
        self._goal = None
        self.unmark()
        whole = QTextCursor(self.document())
        # One edit, laid out once.
        whole.beginEditBlock()
        block = self.document().begin()
        while block.isValid():
            self._space(block)
            self._tint_links(block)
            block = block.next()
        whole.endEditBlock()
        self.document().setDocumentMargin(_MARGIN)
        # Qt leaves its cursor behind the last letter and scrolls to it.
        self.setTextCursor(QTextCursor(self.document()))
        self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def _space(self, block: QTextBlock) -> None:
        level, cursor = block.blockFormat().headingLevel(), QTextCursor(block)
        spaced = QTextBlockFormat()
        spaced.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        spaced.setTopMargin(self._pixels(12) if level and block.blockNumber() else 0)
        spaced.setBottomMargin(self._pixels(5))
        cursor.mergeBlockFormat(spaced)
        if level:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            shape = QTextCharFormat()
            shape.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
            shape.setProperty(QTextFormat.Property.FontPixelSize, self._pixels(_PIXELS + 1 + max(0, 4 - 2 * level)))
            shape.setFontWeight(700)
            cursor.mergeCharFormat(shape)

    def _tint_links(self, block: QTextBlock) -> None:
        pieces = block.begin()
        spans = []
        while not pieces.atEnd():
            piece = pieces.fragment()
            if piece.charFormat().isAnchor() and piece.charFormat().anchorHref():
                spans.append((piece.position(), piece.length()))
            pieces += 1
        for start, length in spans:
            cursor = QTextCursor(block)
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            shape = QTextCharFormat()
            shape.setForeground(self._look.theme.colour("accent"))
            shape.setFontUnderline(True)
            cursor.mergeCharFormat(shape)

    def _mark(self, number: int) -> None:
        self._marked = number
        chosen = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document().findBlockByNumber(number))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        chosen.cursor = cursor
        shape = QTextCharFormat()
        shape.setBackground(self._look.theme.colour("selection"))
        chosen.format = shape
        self.setExtraSelections([chosen])
        # Where a screen reader reads on.
        cursor.setPosition(cursor.block().position())
        self.setTextCursor(cursor)

    def _scroll_to(self, number: int) -> None:
        block = self.document().findBlockByNumber(number)
        if block.isValid():
            top = self.document().documentLayout().blockBoundingRect(block).top()
            self.verticalScrollBar().setValue(round(top) - 6)

    def _forget_goal(self, action: int) -> None:
        self._goal = None

    def _follow_link(self, url: QUrl) -> None:
        """A link within the page goes there; any other is only told."""
        if url.hasFragment() and not url.path() and not url.scheme() and not url.host():
            wanted = fold(url.fragment(QUrl.ComponentFormattingOption.FullyDecoded))
            found = [number for number, passage in enumerate(self.passages()) if passage.level and fold(passage.text) == wanted]
            if found:
                self.go_to(found[0], mark=False)
        else:
            self.address_chosen.emit(url.toDisplayString())

    def _picture(self, url: QUrl) -> QImage | None:
        if self._folder is None or url.host() or url.scheme() not in ("", "file"):
            return None
        home = Path(os.path.realpath(self._folder))
        try:
            place = Path(os.path.realpath(home / (url.toLocalFile() if url.scheme() else url.path())))
            if not place.is_relative_to(home):
                return None
            raw = QByteArray(read_bounded(place, most=_PICTURE_BYTES))
        except (AnnotatorError, OSError, ValueError):
            return None
        device = QBuffer(raw)
        device.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(device)
        size = reader.size()
        if not size.isValid() or max(size.width(), size.height()) > _PICTURE_PIXELS:
            return None
        picture = reader.read()
        room = max(80, self.viewport().width() - 2 * _MARGIN - 4)
        if picture.width() > room:
            picture = picture.scaledToWidth(room, Qt.TransformationMode.SmoothTransformation)
        return None if picture.isNull() else picture


def _passage(block: QTextBlock) -> Passage:
    """A rendered paragraph with its emphasised runs: bold, slanted or in the fixed font of code."""
    runs: list[str] = []
    leads, before = False, False
    pieces = block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        shape = piece.charFormat()
        strong = shape.fontWeight() > 400 or shape.fontItalic() or shape.fontFixedPitch()
        if strong and before:
            runs[-1] += piece.text()
        elif strong:
            leads = leads or (not runs and piece.position() == block.position())
            runs.append(piece.text())
        before = strong
        pieces += 1
    level = block.blockFormat().headingLevel()
    return Passage(block.text(), level, () if level else tuple(runs), leads)


def _blank() -> QImage:
    blank = QImage(1, 1, QImage.Format.Format_ARGB32)
    blank.fill(Qt.GlobalColor.transparent)
    return blank
