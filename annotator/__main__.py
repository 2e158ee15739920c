"""The program: the command line, to which window, tour and picture are handed; they load the screen's library only when called."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Final

from annotator import cli
from annotator.core.errors import AnnotatorError

_TERMINATED: Final = 128 + signal.SIGTERM


def main() -> int:
    """Do what the arguments say; the exit status."""
    # What is half done is cleared away as on Ctrl+C; the window closes as a person would close it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(_TERMINATED))
    return cli.main(sys.argv[1:], show=_show, tour=_tour, render=_render)


def _show(paths: list[str]) -> int:
    try:
        from annotator.gui.app import run_window
    except ImportError as missing:
        raise _explain(missing) from missing
    return run_window(paths)


def _tour(folder: Path) -> int:
    try:
        from annotator.gui.tour import run_tour
    except ImportError as missing:
        raise _explain(missing) from missing
    return run_tour(folder)


def _render(path: Path, out: Path) -> None:
    try:
        from annotator.gui.render import render_document
    except ImportError as missing:
        raise _explain(missing) from missing
    render_document(path, out)


def _explain(missing: ImportError) -> Exception:
    """What stands between us and the window: Qt, or a library of the system that it needs. A module of ours is our own slip."""
    if (missing.name or "").startswith("annotator"):
        return missing
    return AnnotatorError("window-library", reason=str(missing))


if __name__ == "__main__":
    sys.exit(main())
