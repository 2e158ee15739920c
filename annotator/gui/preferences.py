"""The choices of a person as the window uses them, kept from one start to the next."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from annotator import messages
from annotator.core.errors import AnnotatorError
from annotator.core.schema import Language
from annotator.core.snapping import Snap
from annotator.settings import Settings, read_settings, with_folder, write_settings

from .look import Look
from .theme import ThemeName

_WRITTEN_AFTER_MS = 1500


class Preferences(QObject):
    """Settings and the look that follows from them. `changed` tells that view, snap or differences changed; `troubled` what went wrong."""

    changed = Signal()
    troubled = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.settings, self.problems = read_settings()
        self.look = Look(language=messages.language(self.settings.language or "system"), theme=self._theme(), zoom=self.settings.zoom / 100)
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

    def set_theme(self, theme: ThemeName) -> None:
        self._keep(replace(self.settings, theme=theme))
        self.look.set_theme(theme)

    def set_language(self, language: Language) -> None:
        self._keep(replace(self.settings, language=language))
        self.look.set_language(language)

    def zoom_by(self, steps: int) -> None:
        self.look.zoom_by(steps)
        self._keep(replace(self.settings, zoom=round(self.look.zoom * 100)))

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

    def _theme(self) -> ThemeName:
        if self.settings.theme != "system":
            return self.settings.theme
        return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"
