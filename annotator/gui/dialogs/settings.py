"""The settings: how the window looks and reads, what labelling begins with, and the keyboard. Each choice takes effect at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QKeyCombination, Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from ..preferences import Preferences
from .settings_pages import LabelPage, LookPage
from .shortcuts import KeyPage

Page = Literal["look", "label", "keys"]
PAGES: tuple[Page, ...] = ("look", "label", "keys")
_SIZE = (640, 600)


class SettingsDialog(QDialog):
    """Three pages over one button. There is nothing to confirm: what is chosen is seen in the window behind."""

    def __init__(self, preferences: Preferences, *, is_read: Callable[[QKeyCombination], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preferences, self._is_read = preferences, is_read
        self._look = preferences.look
        self._language = self._look.language
        self.setObjectName("settings")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self._tabs = QTabWidget()
        self._close = QPushButton()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(16)
        outer.addWidget(self._tabs, 1)
        outer.addLayout(self._buttons())
        self._fill()
        self._look.changed.connect(self._follow_language)

    def show_page(self, page: Page) -> None:
        """Bring a page to the front, with the focus on its first field."""
        self._tabs.setCurrentIndex(PAGES.index(page))
        self._tabs.currentWidget().setFocus()

    def _buttons(self) -> QLayout:
        self._close.setObjectName("close")
        self._close.setAutoDefault(False)
        self._close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._close)
        return row

    def _fill(self) -> None:
        say = self._look.say
        self.setWindowTitle(say("gui.settings.title"))
        self._close.setText(say("gui.settings.close"))
        self._tabs.setAccessibleName(say("gui.settings.title"))
        self._tabs.addTab(LookPage(self._preferences), say("gui.settings.page_look"))
        self._tabs.addTab(LabelPage(self._preferences), say("gui.settings.page_label"))
        self._tabs.addTab(KeyPage(self._preferences, is_read=self._is_read), say("gui.settings.page_keys"))

    def _follow_language(self) -> None:
        if self._look.language != self._language:
            self._language = self._look.language
            # Not now: it is a field of a page that has just said so.
            QTimer.singleShot(0, self, self._retell)

    def _focused(self) -> QWidget | None:
        return self.focusWidget()

    def _retell(self) -> None:
        """Make the pages anew in the other language; the focus stays on the same field."""
        here, focus = self._tabs.currentIndex(), self._focused()
        name = focus.objectName() if focus else ""
        while (page := self._tabs.widget(0)) is not None:
            self._tabs.removeTab(0)
            page.deleteLater()
        self._fill()
        self._tabs.setCurrentIndex(here)
        again = self._tabs.currentWidget().findChild(QWidget, name) if name else None
        (again or self._close).setFocus()
