"""The command line: what the arguments ask for is done, errors are one line each, and the exit status says how it went.

Exit status: 0 done, 1 problems found, 2 wrong use or input that cannot be read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from annotator.cli.console import DONE, REFUSED, Console
from annotator.cli.syntax import run
from annotator.core.errors import AnnotatorError

__all__ = ["main"]

INTERRUPTED = 130


def main(
    arguments: Sequence[str],
    *,
    show: Callable[[list[str]], int],
    tour: Callable[[Path], int],
    render: Callable[[Path, Path], None],
) -> int:
    """Do what `arguments` say and give the exit status; `show`, `tour` and `render` are what needs a screen's library."""
    for stream in (sys.stdout, sys.stderr):
        _speak_utf8(stream)
    console = Console()

    def perform(name: str, given: Mapping[str, Any]) -> int:
        if name == "tour":
            return tour(Path(given["folder"]))
        # What the commands import is needed by none of the helps.
        from annotator.cli import commands

        return commands.render(console, render, **given) if name == "render" else commands.TASKS[name](console, **given)

    try:
        status = run(arguments, console.language, show=show, perform=perform)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status
    except AnnotatorError as error:
        console.complain(error)
        return REFUSED
    except BrokenPipeError:
        _close_quietly()
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if os.environ.get("ANNOTATOR_DEBUG"):
            raise
        console.complain(AnnotatorError("unexpected", what=f"{type(error).__name__}: {error}"))
        return REFUSED


def _speak_utf8(stream: TextIO | None) -> None:
    """Whatever the locale: names and texts are Vietnamese, and a name that is no text at all is spelled out."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _close_quietly() -> None:
    """The reader of our output has gone: give what is left to nobody, so that closing the stream says nothing either."""
    with suppress(OSError, ValueError):
        nobody = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nobody, sys.stdout.fileno())
        os.close(nobody)
