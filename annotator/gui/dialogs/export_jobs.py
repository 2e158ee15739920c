"""The work of the export dialog beside the window's thread: one job at a time, told apart by its number, stopped at the next document."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from annotator.core.errors import AnnotatorError
from annotator.tasks import Progress

Work = Callable[[Progress], object]


class ExportJobs(QObject):
    """Starting a job stops the one before; what a stopped job still says is not passed on.

    It has no parent, so that a job that ends late never speaks through an object that is gone.
    """

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)
    _reported = Signal(int, str, object)

    def __init__(self) -> None:
        super().__init__()
        self._number = 0
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []
        self._reported.connect(self._pass_on)

    def start(self, work: Work) -> None:
        """Do `work`, which is given a progress that raises ``cancelled`` when the job is to stop."""
        self.stop()
        self._number += 1
        self._stop = threading.Event()
        thread = threading.Thread(target=self._run, args=(self._number, work, self._stop), daemon=True, name="export")
        self._threads = [held for held in self._threads if held.is_alive()] + [thread]
        thread.start()

    def stop(self) -> None:
        """Stop the job at the next document; it ends with ``failed`` and the code ``cancelled`` unless another one is started."""
        self._stop.set()

    def leave(self, *, seconds: float = 2.0) -> None:
        """Stop, and hear nothing more of it."""
        self.stop()
        self._number += 1
        for thread in self._threads:
            thread.join(seconds)

    def _run(self, number: int, work: Work, stop: threading.Event) -> None:
        def progress(done: int, total: int) -> None:
            if stop.is_set():
                raise AnnotatorError("cancelled")
            self._reported.emit(number, "progressed", (done, total))

        try:
            self._reported.emit(number, "finished", work(progress))
        except AnnotatorError as error:
            self._reported.emit(number, "failed", error)
        except Exception as error:
            self._reported.emit(number, "failed", AnnotatorError("unexpected", what=f"{type(error).__name__}: {error}"))

    def _pass_on(self, number: int, what: str, value: object) -> None:
        if number != self._number:
            return
        match what, value:
            case "progressed", (int(done), int(total)):
                self.progressed.emit(done, total)
            case "finished", _:
                self.finished.emit(value)
            case _:
                self.failed.emit(value)
