"""Long work beside the window's thread that gives one thing after another: a search, a preview, many articles to be written."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QObject, Signal

from annotator.core.errors import AnnotatorError
from annotator.tasks import Progress

Work = Callable[[Progress], Iterator[object]]

# How long what was found may wait for more, so that a thousand small finds are not a thousand events.
_GATHERED_SECONDS: Final = 0.05


class Stream(QObject):
    """One work at a time. Starting another stops the one before, of which nothing more is heard.

    `came` carries a list of what the work gave, `ended` None or the AnnotatorError that it ended with (``cancelled`` after `stop`).
    It has no parent, so that a work that ends late never speaks through an object that is gone.
    """

    came = Signal(object)
    progressed = Signal(int, int)
    ended = Signal(object)
    _reported = Signal(int, str, object)

    def __init__(self) -> None:
        super().__init__()
        self._number = 0
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self.is_running = False
        self._reported.connect(self._pass_on)

    def start(self, work: Work) -> None:
        """Run `work`, which is given a progress that raises ``cancelled`` when it is to stop."""
        self.stop()
        self._number += 1
        self._stop = threading.Event()
        self.is_running = True
        thread = threading.Thread(target=self._run, args=(self._number, work, self._stop), daemon=True, name="stream")
        self._threads = [held for held in self._threads if held.is_alive()] + [thread]
        thread.start()

    def stop(self) -> None:
        """Let the work end where it next tells of its progress."""
        self._stop.set()

    def leave(self, *, seconds: float = 2.0) -> None:
        """Stop, wait for the work to end, and hear nothing more of it."""
        self.stop()
        self._number += 1
        self.is_running = False
        for thread in self._threads:
            thread.join(seconds)

    def _run(self, number: int, work: Work, stop: threading.Event) -> None:
        gathered: list[object] = []
        last = time.monotonic()

        def flush(*, at_once: bool = False) -> bool:
            nonlocal gathered, last
            if not at_once and time.monotonic() - last < _GATHERED_SECONDS:
                return False
            if gathered:
                self._reported.emit(number, "came", gathered)
            gathered, last = [], time.monotonic()
            return True

        def progress(done: int, total: int) -> None:
            if stop.is_set():
                raise AnnotatorError("cancelled")
            if flush():
                self._reported.emit(number, "progressed", (done, total))

        end: AnnotatorError | None = None
        try:
            for item in work(progress):
                gathered.append(item)
        except AnnotatorError as error:
            end = error
        except Exception as error:
            end = AnnotatorError("unexpected", what=f"{type(error).__name__}: {error}")
        flush(at_once=True)
        self._reported.emit(number, "ended", end)

    def _pass_on(self, number: int, what: str, value: object) -> None:
        if number != self._number:
            return
        match what, value:
            case "came", _:
                self.came.emit(value)
            case "progressed", (int(done), int(total)):
                self.progressed.emit(done, total)
            case _:
                self.is_running = False
                self.ended.emit(value)
