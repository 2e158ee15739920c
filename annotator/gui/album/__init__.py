"""The pictures of the documents for users: the real window led through the states that the pages tell of, in one language after the other.

Every picture waits until all is saved and checked, so that the same machine always draws the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from annotator.core.schema import Language
from annotator.messages import LANGUAGES

from ..app import make_application
from ..offscreen import prefer_offscreen
from .labelling import Labelling
from .models import Models
from .places import ARTICLES, lay_out


def make_album(pictures: Path, *, languages: tuple[Language, ...] = LANGUAGES) -> list[Path]:
    """Take every picture into ``pictures/LANGUAGE/NAME.png``; the files written.

    Nothing of the person's own settings is read or changed.
    """
    prefer_offscreen()
    make_application()
    home = os.environ.get("ANNOTATOR_HOME")
    taken: list[Path] = []
    try:
        for language in languages:
            folder = pictures.absolute() / language
            folder.mkdir(parents=True, exist_ok=True)
            # Relative paths, so that no picture shows where it was taken.
            with TemporaryDirectory() as place, chdir(place):
                os.environ["ANNOTATOR_HOME"] = str(Path(place) / "settings")
                album = Album(folder, language=language)
                taken += album.take()
                album.close()
    finally:
        os.environ.pop("ANNOTATOR_HOME", None)
        if home is not None:
            os.environ["ANNOTATOR_HOME"] = home
    return taken


class Album(Labelling, Models):
    """One window, one language, on folders laid out in the current one."""

    def __init__(self, folder: Path, *, language: Language) -> None:
        lay_out()
        super().__init__(folder, ARTICLES)
        self._window.preferences.set_language(language)
        self._window.preferences.set_theme("light")

    def take(self) -> Iterator[Path]:
        """Lead the window from state to state; a picture's path after each."""
        yield from self._labelling()
        yield from self._searches()
        yield from self._dialogs()
        yield from self._attributes()
        yield from self._other_articles()
        yield from self._models()
        yield from self._around()
