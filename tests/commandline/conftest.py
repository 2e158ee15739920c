from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator import cli


@dataclass(frozen=True)
class Said:
    """What the program said and how it ended; `shown` are the paths given to the window, the tour or the picture."""

    status: int
    out: str
    err: str
    shown: tuple[object, ...]


Annotate = Callable[..., Said]


@pytest.fixture
def annotate(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Annotate:
    """Runs the program in this process, in English unless said otherwise."""

    def run(*arguments: object, language: str = "en") -> Said:
        monkeypatch.setenv("ANNOTATOR_LANG", language)
        shown: list[object] = []

        def show(paths: list[str]) -> int:
            shown.extend(paths)
            return 0

        def tour(folder: Path) -> int:
            shown.append(folder)
            return 0

        status = cli.main([str(part) for part in arguments], show=show, tour=tour, render=lambda path, out: shown.extend((path, out)))
        out, err = capsys.readouterr()
        return Said(status, out, err, tuple(shown))

    return run
