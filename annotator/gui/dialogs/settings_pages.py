"""The pages of the settings that are forms: looks and text, and what labelling begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from annotator.settings import Language, Snap, Theme

from ..looks.controls import ChoiceBox, TickBox
from ..looks.elided import ElidedLabel
from ..looks.fonts import FamilyFinder
from ..looks.look import ZOOMS, Look
from ..preferences import Preferences

_SPACINGS = (90, 100, 115, 130, 150)
_WIDTHS = (60, 70, 76, 84, 90, 100, 120)
_LABELS = 176
_SAMPLE_HEIGHT = 88


class Form(QWidget):
    """Fields under one another, each with its label; the focus given to the page goes to the first."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self._look: Look = preferences.look
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, _LABELS)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(16)
        self._column.addLayout(self._grid)

    def choice(self, name: str, options: Iterable[tuple[str, str]], pick: Callable[[str], None]) -> ChoiceBox:
        """Add a closed choice: (value, wording) each."""
        box = ChoiceBox(self._look)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for value, wording in options:
            box.addItem(wording, value)
        box.widen_list()
        box.picked.connect(pick)
        self.add(name, box)
        return box

    def tick(self, name: str, turn: Callable[[bool], None]) -> TickBox:
        """Add a switch."""
        box = TickBox(self._look)
        box.setText(self._look.say(f"gui.settings.{name}"))
        box.setObjectName(name)
        box.toggled.connect(turn)
        self._grid.addWidget(box, self._grid.rowCount(), 1)
        return box

    def add(self, name: str, field: QWidget) -> None:
        """Add a field with its label."""
        field.setObjectName(name)
        field.setAccessibleName(self._look.say(f"gui.settings.{name}"))
        label = ElidedLabel(self._look, colour="muted", lines=2)
        label.set_text(self._look.say(f"gui.settings.{name}"))
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(field, row, 1)
        if self.focusProxy() is None:
            self.setFocusProxy(field)

    def hint(self, key: str) -> None:
        """Add a quiet line under the last field."""
        label = ElidedLabel(self._look, colour="muted")
        label.set_text(self._look.say(key))
        self._grid.addWidget(label, self._grid.rowCount(), 1)


class LookPage(Form):
    """Language, theme, and how the article is set, with a line that shows it."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__(preferences)
        say = self._look.say
        # Languages are called by their own names.
        named = [(name, say(f"action.language_{name}").replace("&", "")) for name in ("en", "vi")]
        languages = [("", say("gui.settings.language_system")), *named]
        themes = [(name, say(f"gui.settings.theme_{name}")) for name in ("system", "light", "dark", "contrast")]
        self._language = self.choice("language", languages, lambda name: preferences.set_language(cast(Language, name)))
        self._theme = self.choice("theme", themes, lambda name: preferences.set_theme(cast(Theme, name)))
        own = [("", say("gui.settings.family_own", family=self._look.family))]
        self._family = self.choice("family", own, preferences.set_family)
        sizes = [(str(round(zoom * 100)), f"{round(zoom * 100)} %") for zoom in ZOOMS]
        self._size = self.choice("size", sizes, lambda percent: preferences.set_zoom(int(percent)))
        spacings = [(str(percent), f"{percent} %") for percent in _SPACINGS]
        self._spacing = self.choice("spacing", spacings, lambda percent: preferences.set_spacing(int(percent)))
        widths = [(str(count), self._characters(count)) for count in _WIDTHS]
        self._width = self.choice("width", widths, lambda count: preferences.set_width(int(count)))
        self._add_sample()
        self._show()
        preferences.changed.connect(self._show)
        self._look.changed.connect(self._show)
        self._finder = FamilyFinder(self)
        self._finder.found.connect(self._offer_families)
        self._finder.start()

    def _add_sample(self) -> None:
        """A sentence in the font of the article, in as many lines as it takes."""
        self._sample = ElidedLabel(self._look)
        self._sample.setObjectName("sample")
        self._sample.set_text(self._look.say("gui.settings.sample"))
        self._sample.setMinimumSize(QSize(16, _SAMPLE_HEIGHT))
        rule = QFrame()
        rule.setFrameShape(QFrame.Shape.HLine)
        rule.setFrameShadow(QFrame.Shadow.Plain)
        rule.setForegroundRole(QPalette.ColorRole.Mid)
        self._column.addWidget(rule)
        self._column.addWidget(self._sample)
        self._column.addStretch(1)

    def _offer_families(self, names: list[str]) -> None:
        for name in names:
            self._family.addItem(name, name)
        self._family.widen_list()
        self._show()

    def _show(self) -> None:
        held = self._preferences.settings
        self._language.choose(held.language, stranger=held.language)
        self._theme.choose(held.theme, stranger=held.theme)
        self._family.choose(held.family, stranger=held.family)
        self._size.choose(str(held.zoom), stranger=f"{held.zoom} %")
        self._spacing.choose(str(held.spacing), stranger=f"{held.spacing} %")
        self._width.choose(str(held.width), stranger=self._characters(held.width))
        self._sample.setFont(self._look.text_font())
        self._sample.updateGeometry()
        self._sample.update()

    def _characters(self, count: int) -> str:
        return self._look.say("gui.settings.characters", n=count)


class LabelPage(Form):
    """Who labels, and what is shown and how selections snap."""

    def __init__(self, preferences: Preferences) -> None:
        super().__init__(preferences)
        say = self._look.say
        self._name = QLineEdit()
        self._name.setMaxLength(100)
        self._name.textEdited.connect(lambda text: preferences.set_annotator(text.strip()))
        self.add("annotator", self._name)
        self.hint("gui.settings.annotator_hint")
        views = [(name, say(f"gui.settings.view_{name}")) for name in ("syllables", "words")]
        self._view = self.choice("view", views, lambda name: preferences.set_view(words=name == "words"))
        snaps = [(name, say(f"gui.snap.{name}")) for name in ("word", "syllable", "character")]
        self._snap = self.choice("snap", snaps, lambda name: preferences.set_snap(cast(Snap, name)))
        arcs = [(name, say(f"gui.settings.arcs_{name}")) for name in ("selected", "all")]
        self._arcs = self.choice("arcs", arcs, lambda name: preferences.set_all_arcs(name == "all"))
        self._differences = self.tick("differences", preferences.set_differences)
        self._marks = self.tick("scroll_marks", preferences.set_scroll_marks)
        self._column.addStretch(1)
        self._name.setText(preferences.settings.annotator)
        self._show()
        preferences.changed.connect(self._show)

    def _show(self) -> None:
        held = self._preferences.settings
        self._view.choose(held.view, stranger=held.view)
        self._snap.choose(held.snap, stranger=held.snap)
        self._arcs.choose(held.arcs, stranger=held.arcs)
        self._differences.setChecked(held.differences)
        self._marks.setChecked(held.scroll_marks)
