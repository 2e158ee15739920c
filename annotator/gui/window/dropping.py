"""Files and folders that are dragged onto the window: a sheet over it says what dropping them would do, and dropping them opens them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QMainWindow, QPlainTextEdit, QWidget

from annotator.core.errors import AnnotatorError
from annotator.store.corpus import ARTICLE
from annotator.store.sidecar import SUFFIX

from ..looks.look import Look
from .control import Control

# More names than these are not looked at one by one.
_FILES_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Dropped:
    """What would be opened, or why nothing is."""

    paths: tuple[Path, ...] = ()
    problem: AnnotatorError | None = None


def judge(urls: Sequence[QUrl]) -> Dropped:
    """One folder, or articles; a sidecar stands for its article.

    The problem is ``drop-not-local``, ``drop-several-folders``, ``folder-among-files``, ``drop-too-many`` or ``drop-no-article``.
    """
    if not urls or not all(url.isLocalFile() for url in urls):
        return Dropped(problem=AnnotatorError("drop-not-local"))
    if len(urls) > _FILES_MOST:
        return Dropped(problem=AnnotatorError("drop-too-many", most=_FILES_MOST))
    paths = [Path(url.toLocalFile()) for url in urls]
    folders = [path for path in paths if path.is_dir()]
    if len(folders) > 1 and len(folders) == len(paths):
        return Dropped(problem=AnnotatorError("drop-several-folders"))
    if folders and len(paths) > 1:
        return Dropped(problem=AnnotatorError("folder-among-files", path=str(folders[0])))
    articles = paths if folders else [_article(path) for path in paths]
    strange = next((path for path in articles if not folders and not path.name.lower().endswith(ARTICLE)), None)
    if strange is not None:
        return Dropped(problem=AnnotatorError("drop-no-article", path=str(strange)))
    return Dropped(tuple(dict.fromkeys(articles)))


def _article(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(SUFFIX)) if path.name.endswith(ARTICLE + SUFFIX) else path


class DropSheet(QWidget):
    """Lies over the window while something is dragged over it, and says what would come of it."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.text, self._is_refused = "", False
        self.setObjectName("drop-sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def tell(self, text: str, *, refused: bool) -> None:
        self.text, self._is_refused = text, refused
        self.setAccessibleName(text)
        self.setGeometry(self.window().rect())
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(theme.window)
        veil.setAlphaF(0.95)
        painter.fillRect(self.rect(), veil)
        colour = theme.colour("warning" if self._is_refused else "accent")
        painter.setPen(QPen(colour, 2, Qt.PenStyle.DashLine))
        box = QRectF(self.rect()).adjusted(16, 16, -16, -16)
        painter.drawRoundedRect(box, 8, 8)
        font = QFont(self._look.interface_font())
        font.setPixelSize(20)
        painter.setFont(font)
        room, set_so = box.adjusted(32, 32, -32, -32), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        # What lies under the words would be read into them.
        painter.fillRect(painter.boundingRect(room, set_so, self.text).adjusted(-16, -16, 16, 16), theme.colour("window"))
        painter.setPen(theme.colour("warning" if self._is_refused else "text"))
        painter.drawText(room, set_so, self.text)


class DropTarget(QObject):
    """Takes what is dragged onto the window."""

    def __init__(self, control: Control, window: QMainWindow) -> None:
        super().__init__(window)
        self._control = control
        self._sheet = DropSheet(control.look, window)
        window.setAcceptDrops(True)
        # Text fields would take a file's name as text to be inserted.
        fields = [*window.findChildren(QLineEdit), *(area.viewport() for area in window.findChildren(QPlainTextEdit))]
        for widget in (window, *fields):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragLeave:
            self._sheet.hide()
        if not isinstance(event, QDropEvent) or not event.mimeData().hasUrls():
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.DragEnter:
            dropped = judge(event.mimeData().urls())
            self._sheet.tell(self._say(dropped), refused=dropped.problem is not None)
        elif event.type() == QEvent.Type.Drop:
            self._sheet.hide()
            self._open(judge(event.mimeData().urls()))
        return True

    def _open(self, dropped: Dropped) -> None:
        if dropped.problem is not None:
            self._control.refuse_error(dropped.problem)
        else:
            self._control.desk.open_paths(list(dropped.paths))

    def _say(self, dropped: Dropped) -> str:
        look = self._control.look
        if dropped.problem is not None:
            return f"⚠ {look.explain(dropped.problem)}"
        if len(dropped.paths) > 1:
            return look.say("gui.drop.files", count=len(dropped.paths))
        return look.say("gui.drop.one", name=dropped.paths[0].name)
