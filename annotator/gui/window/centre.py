"""The middle of the window: the canvas under a line that says when it is read-only, or what to do when nothing is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ..canvas.view import ArticleView
from ..looks.look import Look
from ..work.session import Session
from .recent import RecentLinks

_READABLE = 340


class Centre(QWidget):
    """Shows the canvas, or an empty page with the ways to begin."""

    folder_requested = Signal()
    samples_requested = Signal()
    first_run_requested = Signal()

    def __init__(self, look: Look, view: ArticleView) -> None:
        super().__init__()
        self._look = look
        self._session: Session | None = None
        self.banner = QLabel()
        self.banner.setObjectName("banner")
        self.banner.setTextFormat(Qt.TextFormat.PlainText)
        self.banner.setWordWrap(True)
        self.banner.hide()
        self._title, self._hint = QLabel(), QLabel()
        self._folder, self._samples = QPushButton(), QPushButton()
        self.recent = RecentLinks(look)
        self._first_run = QPushButton()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty_page())
        self._stack.addWidget(view)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)
        look.changed.connect(self._retell)
        self._retell()

    def put_above(self, widget: QWidget) -> None:
        """Place a line between the banner and the canvas."""
        self._column.insertWidget(1, widget)

    def put_below(self, widget: QWidget) -> None:
        self._column.addWidget(widget)

    def show_session(self, session: Session | None) -> None:
        """Show the canvas of `session`, or the empty page."""
        if self._session is not None:
            self._session.durable_changed.disconnect(self._retell)
        self._session = session
        if session is not None:
            session.durable_changed.connect(self._retell)
        self._stack.setCurrentIndex(0 if session is None else 1)
        self._retell()

    def offer_first_run(self, on: bool) -> None:
        """Offer the guided first run on the empty page, or no more."""
        self._first_run.setVisible(on)

    def show_below(self, widget: QWidget) -> None:
        """Give a widget the lower edge, below the text so that it hides none of it."""
        self._column.addWidget(widget)

    def _empty_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.setSpacing(16)
        for label in (self._title, self._hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setMinimumWidth(_READABLE)
            column.addWidget(label)
        row = QHBoxLayout()
        row.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.setSpacing(8)
        self._folder.clicked.connect(self.folder_requested)
        self._samples.clicked.connect(self.samples_requested)
        row.addWidget(self._folder)
        row.addWidget(self._samples)
        self._first_run.clicked.connect(self.first_run_requested)
        row.addWidget(self._first_run)
        column.addLayout(row)
        column.addWidget(self.recent)
        return page

    def _retell(self) -> None:
        look, theme = self._look, self._look.theme
        self._title.setText(look.say("gui.empty.title"))
        self._hint.setText(look.say("gui.empty.hint"))
        self._folder.setText(look.say("gui.empty.folder"))
        self._samples.setText(look.say("gui.empty.samples"))
        self._first_run.setText(look.say("gui.empty.first_run"))
        font = look.interface_font()
        font.setPixelSize(20)
        self._title.setFont(font)
        self._hint.setStyleSheet(f"color: {theme.muted};")
        reason = self._session.read_only if self._session else None
        self.banner.setVisible(reason is not None)
        self.banner.setStyleSheet(
            f"background: {theme.raised}; color: {theme.warning}; border-bottom: 1px solid {theme.hairline}; padding: 8px 16px;"
        )
        self.banner.setText(look.say("gui.read_only", reason=look.explain(reason)) if reason else "")
