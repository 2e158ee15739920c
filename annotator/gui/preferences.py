"""The choices of a person as the window uses them, kept from one start to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from annotator import messages
from annotator.core.errors import AnnotatorError
from annotator.core.snapping import Snap
from annotator.settings import Language as LanguageChoice
from annotator.settings import Settings, read_settings, with_folder, write_settings
from annotator.settings import Theme as ThemeChoice

from .looks.look import Look
from .looks.theme import ThemeName

_WRITTEN_AFTER_MS = 1500


class Preferences(QObject):
    """Settings and the look that follows from them. `changed` tells that view, snap or differences changed; `troubled` what went wrong."""

    changed = Signal()
    troubled = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.settings, self.problems = read_settings()
        # What the system asks for those who see less (from Qt 6.10 on). Both are held: the second does not outlive the first.
        self._hints = QGuiApplication.styleHints()
        self._asked: Any = self._hints.accessibility() if hasattr(self._hints, "accessibility") else None
        self.look = Look(language=messages.language(self.settings.language or "system"), theme=self._theme(), zoom=self.settings.zoom / 100)
        self._set_reading()
        # A theme that was chosen stays; otherwise the system's is followed while the window is open.
        self._hints.colorSchemeChanged.connect(self._follow_scheme)
        if self._asked is not None:
            self._asked.contrastPreferenceChanged.connect(self._follow_contrast)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WRITTEN_AFTER_MS)
        self._timer.timeout.connect(self.write)

    def set_view(self, *, words: bool) -> None:
        self._keep(replace(self.settings, view="words" if words else "syllables"))

    def set_snap(self, snap: Snap) -> None:
        self._keep(replace(self.settings, snap=snap))

    def set_differences(self, shown: bool) -> None:
        self._keep(replace(self.settings, differences=shown))

    def set_all_arcs(self, shown: bool) -> None:
        self._keep(replace(self.settings, arcs="all" if shown else "selected"))

    def set_theme(self, theme: ThemeChoice) -> None:
        """Take a theme, or follow the system's."""
        self._keep(replace(self.settings, theme=theme))
        self.look.set_theme(self._theme())

    def set_language(self, language: LanguageChoice) -> None:
        """Take a language, or (empty) the system's."""
        self._keep(replace(self.settings, language=language))
        self.look.set_language(messages.language(language or "system"))

    def set_family(self, family: str) -> None:
        """Set the article in a font family; empty: in the window's own."""
        self._keep(replace(self.settings, family=family))
        self._set_reading()

    def set_spacing(self, percent: int) -> None:
        self._keep(replace(self.settings, spacing=percent))
        self._set_reading()

    def set_width(self, characters: int) -> None:
        """Let a line have at most so many characters."""
        self._keep(replace(self.settings, width=characters))
        self._set_reading()

    def set_scroll_marks(self, shown: bool) -> None:
        self._keep(replace(self.settings, scroll_marks=shown))

    def set_hidden(self, panes: tuple[str, ...]) -> None:
        """Remember which panes are put away."""
        self._keep(replace(self.settings, hidden=panes))

    def set_shortcuts(self, shortcuts: Mapping[str, tuple[str, ...]]) -> None:
        """Remember the keys that are not the usual ones."""
        self._keep(replace(self.settings, shortcuts=dict(shortcuts)))

    def set_annotator(self, name: str) -> None:
        self._keep(replace(self.settings, annotator=name))

    def set_zoom(self, percent: int) -> None:
        self.look.zoom_to(percent / 100)
        self._keep(replace(self.settings, zoom=percent))

    def zoom_by(self, steps: int) -> None:
        self.look.zoom_by(steps)
        self._keep(replace(self.settings, zoom=round(self.look.zoom * 100)))

    def set_restore(self, on: bool) -> None:
        """Whether what was open last is opened at the start."""
        self._keep(replace(self.settings, restore=on))

    def set_effort(self, on: bool) -> None:
        """Whether the time worked is kept in the corpus."""
        self._keep(replace(self.settings, effort=on))

    def forget_folder(self, name: str) -> None:
        self._keep(replace(self.settings, recent_folders=tuple(held for held in self.settings.recent_folders if held != name)))

    def forget_folders(self) -> None:
        self._keep(replace(self.settings, recent_folders=()))

    def remember_folder(self, folder: Path) -> None:
        self._keep(with_folder(self.settings, folder))

    def remember_window(self, *, geometry: str) -> None:
        self._keep(replace(self.settings, geometry=geometry))

    def remember(self, **choices: Any) -> None:
        """Keep other choices of a person, by their names in the settings."""
        self._keep(replace(self.settings, **choices))

    def write(self) -> None:
        """Write what changed, now."""
        self._timer.stop()
        try:
            write_settings(self.settings)
        except AnnotatorError as error:
            self.troubled.emit(error)

    def _keep(self, settings: Settings) -> None:
        if settings != self.settings:
            self.settings = settings
            self._timer.start()
            self.changed.emit()

    def _set_reading(self) -> None:
        held = self.settings
        self.look.set_reading(family=held.family, spacing=held.spacing / 100, width=held.width)

    def _follow_scheme(self, scheme: Qt.ColorScheme) -> None:
        if self.settings.theme == "system":
            self.look.set_theme(_theme_for(scheme, strong=self._wants_contrast()))

    def _follow_contrast(self, wanted: object) -> None:
        if self.settings.theme == "system":
            self.look.set_theme(_theme_for(self._hints.colorScheme(), strong=_is_high(wanted)))

    def _theme(self) -> ThemeName:
        if self.settings.theme != "system":
            return self.settings.theme
        return _theme_for(self._hints.colorScheme(), strong=self._wants_contrast())

    def _wants_contrast(self) -> bool:
        return self._asked is not None and _is_high(self._asked.contrastPreference())


def _theme_for(scheme: Qt.ColorScheme, *, strong: bool) -> ThemeName:
    if strong:
        return "contrast"
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def _is_high(preference: object) -> bool:
    return getattr(preference, "name", "") == "HighContrast"
