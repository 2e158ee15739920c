"""What the window and the command line both do: open, segment, import, export, check, count. Nothing here prints or knows a widget.

Long work takes a `Progress`, which is told how many of how many documents are done (0 of them: nobody knows yet). One that raises
``AnnotatorError("cancelled")`` stops the work.
"""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]


def unheard(done: int, total: int) -> None:
    """The progress that nobody follows."""
