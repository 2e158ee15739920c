"""The guidelines of the corpus beside the text, opened at the type that is worked on; the label schema is their second page."""

from __future__ import annotations

from html import escape
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from annotator.core.errors import AnnotatorError
from annotator.core.schema import Schema
from annotator.tasks.guidance import Passage, Topic, find_passage

from ..looks.badges import titled
from ..looks.controls import ChoiceBox, TickBox
from ..looks.elided import ElidedLabel
from ..looks.icons import icon
from ..looks.look import Look
from .guidelines_page import PageView
from .guidelines_schema import Place, schema_page, schema_places

_LEAST, _MARGIN, _GAP = 240, 12, 8
_OUTLINE_DEPTH = 3
GUIDELINES, SCHEMA = 0, 1


class GuidelinesPanel(QWidget):
    """Two pages to read: the corpus's guidelines, where it has any, and what its label schema says of every type and role.

    `close_requested` and `left` (back to the text) are wishes; `follow_toggled` tells the switch; `address_chosen` a link to elsewhere.
    """

    close_requested = Signal()
    left = Signal()
    follow_toggled = Signal(bool)
    address_chosen = Signal(str)
    zoom_requested = Signal(int)

    def __init__(self, look: Look, *, follow: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guidelines")
        self._look = look
        self._schema: Schema | None = None
        self._text: str | None = None
        self._error: AnnotatorError | None = None
        self._folder = Path()
        # The pages that are not as they should be; they are put together once they are seen.
        self._stale = {GUIDELINES, SCHEMA}
        self._passages: list[Passage] = []
        self._places: dict[Place, int] = {}
        self.topic: Topic | None = None
        self._build(follow)
        look.changed.connect(self._renew)
        self._renew()

    def set_schema(self, schema: Schema | None) -> None:
        """Show another label schema."""
        if schema is not self._schema:
            self._schema, self.topic = schema, None
            self._stale.add(SCHEMA)
            self._word()

    def set_guidelines(self, text: str | None, *, folder: Path, error: AnnotatorError | None = None) -> None:
        """Show other guidelines (`text` None: there are none, or `error` says why they cannot be shown). What is read stays in place."""
        had = self._has_guidelines
        kept = self.pages[GUIDELINES].verticalScrollBar().value() if text is not None and self._text is not None else None
        self._text, self._error, self._folder = text, error, folder
        self._stale.add(GUIDELINES)
        self._word()
        if had != self._has_guidelines:
            self.tabs.setCurrentIndex(GUIDELINES if self._has_guidelines else SCHEMA)
        if kept is not None:
            self.pages[GUIDELINES].verticalScrollBar().setValue(kept)

    def show_topic(self, topic: Topic | None) -> None:
        """Go to what is said of a type or role on both pages. The focus stays where it is."""
        self.topic = topic
        if self.isVisible():
            self._find()

    def page(self) -> PageView:
        """The page in front."""
        return self.pages[self.tabs.currentIndex()]

    def sizeHint(self) -> QSize:
        return QSize(320, 400)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._render()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self.topic = None

    @property
    def _has_guidelines(self) -> bool:
        return self._text is not None or self._error is not None

    def _build(self, follow: bool) -> None:
        look = self._look
        # First, so that F6 reaches the page itself.
        self._stack = QStackedWidget(self)
        self.pages = (PageView(look), PageView(look))
        self.tabs, self.outline = QTabBar(), ChoiceBox(look)
        self._title, self._definition = ElidedLabel(look, lines=1), ElidedLabel(look, colour="muted", lines=3)
        self._note = ElidedLabel(look, colour="warning", lines=4)
        self.follow, self._close = TickBox(look), QToolButton()
        for widget, name in (
            (self.pages[GUIDELINES], "guidelines-page"), (self.pages[SCHEMA], "schema-page"), (self.tabs, "guidelines-tabs"),
            (self.outline, "guidelines-outline"), (self.follow, "guidelines-follow"), (self._close, "guidelines-close"),
            (self._title, "guidelines-title"), (self._definition, "guidelines-definition"), (self._note, "guidelines-note"),
        ):  # fmt: skip
            widget.setObjectName(name)
        for page in self.pages:
            self._stack.addWidget(page)
            page.left.connect(self.left)
            page.address_chosen.connect(self.address_chosen)
            page.zoom_requested.connect(self.zoom_requested)
        for _ in self.pages:
            self.tabs.addTab("")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.currentChanged.connect(self._turn)
        self.outline.picked.connect(lambda number: self.page().go_to(int(number), mark=False))
        self.follow.setChecked(follow)
        self.follow.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.follow.toggled.connect(self.follow_toggled)
        self._close.setAutoRaise(True)
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.close_requested)
        self.setMinimumWidth(_LEAST)
        self._lay_out()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(_GAP, _GAP, _GAP, 0)
        top.setSpacing(_GAP)
        top.addWidget(self.tabs, 1)
        top.addWidget(self._close)
        said = QVBoxLayout()
        said.setContentsMargins(_MARGIN, _GAP, _MARGIN, _GAP)
        said.setSpacing(_GAP // 2)
        for widget in (self._title, self._definition, self._note, self.outline):
            said.addWidget(widget)
        below = QHBoxLayout()
        below.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
        below.addWidget(self.follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(said)
        column.addWidget(self._stack, 1)
        column.addLayout(below)

    def _renew(self) -> None:
        """Word and draw everything anew."""
        self._stale = {GUIDELINES, SCHEMA}
        self._word()

    def _word(self) -> None:
        """Word what stands around the pages; these themselves only while they are seen."""
        say, theme = self._look.say, self._look.theme
        self.setAccessibleName(say("gui.guidelines.name"))
        for number, key in ((GUIDELINES, "tab"), (SCHEMA, "schema_tab")):
            self.tabs.setTabText(number, say(f"gui.guidelines.{key}"))
            self.pages[number].setAccessibleName(say(f"gui.guidelines.{key}"))
        self.tabs.setTabVisible(GUIDELINES, self._has_guidelines)
        self.tabs.setAccessibleName(say("gui.guidelines.pages"))
        self.tabs.setStyleSheet(
            f"QTabBar::tab {{ padding: 4px 8px; border: 0; border-bottom: 2px solid transparent; color: {theme.muted}; }}"
            f"QTabBar::tab:selected {{ color: {theme.text}; border-bottom-color: {theme.accent}; }}"
            f"QTabBar::tab:focus {{ background: {theme.selection}; }}"
        )
        self.outline.setAccessibleName(say("gui.guidelines.outline"))
        self.follow.setText(say("gui.guidelines.follow"))
        self.follow.setToolTip(escape(say("gui.guidelines.follow_tip")))
        self._close.setIcon(icon("close", theme))
        self._close.setToolTip(escape(say("gui.guidelines.close")))
        self._close.setAccessibleName(say("gui.guidelines.close"))
        font = self._look.interface_font()
        font.setBold(True)
        self._title.setFont(font)
        if self.isVisible():
            self._render()

    def _render(self) -> None:
        """Put together what is not as it should be, and go where it was asked to be."""
        stale, self._stale, schema = self._stale, set(), self._schema
        if SCHEMA in stale:
            self.pages[SCHEMA].show_markup(schema_page(schema, self._look) if schema else "")
            headings = [number for number, passage in enumerate(self.pages[SCHEMA].passages()) if passage.level == 3]
            self._places = dict(zip(schema_places(schema) if schema else (), headings, strict=False))
        if GUIDELINES in stale:
            self.pages[GUIDELINES].show_markdown(self._text or "", folder=self._folder)
            self._passages = self.pages[GUIDELINES].passages()
        if stale:
            self._turn(self.tabs.currentIndex())
        else:
            self._find()

    def _find(self) -> None:
        """Mark what is said of the topic, and say so where nothing is."""
        topic, found = self.topic, None
        if topic is not None:
            place = self._places.get((topic.kind, topic.name))
            if place is not None:
                self.pages[SCHEMA].go_to(place)
            found = find_passage(self._passages, topic) if self._text is not None else None
            if found is not None:
                self.pages[GUIDELINES].go_to(found)
        if found is None:
            self.pages[GUIDELINES].unmark()
        self._tell(missed=topic is not None and self._text is not None and found is None)

    def _tell(self, *, missed: bool) -> None:
        topic, look = self.topic, self._look
        at_guidelines = self.tabs.currentIndex() == GUIDELINES and self._has_guidelines
        self._title.setVisible(topic is not None and at_guidelines)
        definition = topic.definition.said(look.language) if topic else ""
        self._definition.setVisible(bool(definition) and at_guidelines)
        if topic is not None:
            self._title.set_text(titled(topic.name, look.wording(topic.label, topic.name)))
            self._definition.set_text(definition)
        note = look.explain(self._error) if self._error else look.say("gui.guidelines.nothing") if missed else ""
        self._note.set_text(note)
        self._note.setVisible(bool(note) and at_guidelines)

    def _turn(self, number: int) -> None:
        """Another page came to the front."""
        self._stack.setCurrentIndex(number)
        with QSignalBlocker(self.outline):
            self.outline.clear()
            for rank, passage in enumerate(self.pages[number].passages()):
                if 0 < passage.level <= _OUTLINE_DEPTH and passage.text.strip():
                    self.outline.addItem("    " * (passage.level - 1) + passage.text.strip(), str(rank))
            self.outline.widen_list()
        self.outline.choose("", stranger=self._look.say("gui.guidelines.outline"))
        self.outline.setVisible(self.outline.count() > 1)
        if not self._stale:
            self._find()
