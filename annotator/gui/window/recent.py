"""The folders opened last: in a menu, and as links on the empty page."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from ..looks.look import Look

_SHORT_MOST = 48
_LINKS_MOST = 6


def short_path(path: Path, *, most: int = _SHORT_MOST) -> str:
    """A path as a person names it: the own folder as ``~``, the middle left out where it is longer than `most` characters."""
    home = Path.home()
    text = str(Path("~") / path.relative_to(home)) if path != home and path.is_relative_to(home) else str(path)
    parts = Path(text).parts
    while len(text) > most and len(parts) > 3:
        parts = (parts[0], *parts[2:])
        text = str(Path(parts[0], "…", *parts[1:]))
    return text if len(text) <= 2 * most else f"{text[: most // 2]}…{text[-most:]}"


class RecentMenu(QMenu):
    """A submenu of the folders opened last, filled when it is shown. What is in it besides is handed to it."""

    chosen = Signal(str)

    def __init__(self, look: Look, folders: Callable[[], tuple[str, ...]], *, below: tuple[QAction, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._folders, self._below = look, folders, below
        self.setObjectName("recent")
        self.aboutToShow.connect(self.fill)
        look.changed.connect(self._retell)
        self._retell()

    def fill(self) -> None:
        """List the folders as they are now. Whether one is still there is seen when it is chosen: a lost drive must not hold up a menu."""
        self.clear()
        folders = self._folders()
        for rank, name in enumerate(folders, 1):
            key = f"&{rank}  " if rank < 10 else ""
            action = self.addAction(key + short_path(Path(name)).replace("&", "&&"))
            action.setToolTip(f"<p style='white-space:pre'>{escape(name)}</p>")
            action.triggered.connect(lambda _=False, name=name: self.chosen.emit(name))
        if not folders:
            self.addAction(self._look.say("gui.recent.none")).setEnabled(False)
        self.addSeparator()
        for action in self._below:
            self.addAction(action)

    def _retell(self) -> None:
        self.setTitle(self._look.say("gui.recent.menu"))


class RecentLinks(QWidget):
    """The latest folders as links, with a line above them for what went wrong at the start."""

    chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("recent-links")
        self._look = look
        self._folders: tuple[str, ...] = ()
        self._note, self._title = QLabel(), QLabel()
        self._note.setObjectName("gone")
        for label in (self._note, self._title):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self._note)
        self._column.addSpacing(8)
        self._column.addWidget(self._title)
        self._links: list[QPushButton] = []
        self._gone = ""
        look.changed.connect(self._retell)
        self._retell()

    def set_folders(self, folders: tuple[str, ...]) -> None:
        """Offer these folders, the latest first."""
        if folders[:_LINKS_MOST] != self._folders:
            self._folders = folders[:_LINKS_MOST]
            self._retell()

    def tell_gone(self, path: str) -> None:
        """Say that what was to be opened is no longer there."""
        self._gone = path
        self._retell()

    def _retell(self) -> None:
        theme, say = self._look.theme, self._look.say
        self._note.setText(say("gui.recent.missing", path=self._gone) if self._gone else "")
        self._note.setVisible(bool(self._gone))
        self._note.setStyleSheet(f"color: {theme.warning};")
        self._title.setText(say("gui.recent.title"))
        self._title.setStyleSheet(f"color: {theme.muted};")
        self._title.setVisible(bool(self._folders))
        for link in self._links:
            self._column.removeWidget(link)
            link.hide()
            link.deleteLater()
        self._links = [self._link(name) for name in self._folders]

    def _link(self, name: str) -> QPushButton:
        theme = self._look.theme
        link = QPushButton(short_path(Path(name)).replace("&", "&&"), self)
        link.setObjectName("recent-folder")
        link.setFlat(True)
        link.setAutoDefault(True)
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setToolTip(f"<p style='white-space:pre'>{escape(name)}</p>")
        link.setAccessibleName(self._look.say("gui.recent.open", path=name))
        link.setMinimumSize(QSize(0, 26))
        link.setStyleSheet(
            f"QPushButton {{ color: {theme.accent}; background: transparent; border: 1px solid transparent; border-radius: 5px;"
            " padding: 2px 8px; }"
            f"QPushButton:hover {{ text-decoration: underline; }} QPushButton:focus {{ border-color: {theme.accent}; }}"
        )
        link.clicked.connect(lambda: self.chosen.emit(name))
        self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignHCenter)
        return link
