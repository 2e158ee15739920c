"""Small files beside the articles (places, guesses, the time worked), written by a thread of their own.

They hold up no save, not even on a disk that has gone to sleep, and a program that ends waits for them only so long: whatever is cut
off then is written whole or not at all, or is a row that the next one mends.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable


class Errands:
    """Runs one after another. The thread lives while there is something to do and keeps no program from ending."""

    def __init__(self) -> None:
        self._lock = threading.Condition()
        self._waiting: OrderedDict[str, Callable[[], None]] = OrderedDict()
        self._thread: threading.Thread | None = None

    def add(self, name: str, do: Callable[[], None]) -> None:
        """Have `do` run; it takes the place of one of the same name that waits. What goes wrong is for `do` to tell."""
        with self._lock:
            self._waiting[name] = do
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="annotator-errands", daemon=True)
                self._thread.start()

    def wait(self, timeout: float) -> bool:
        """Whether all is done within `timeout` seconds."""
        with self._lock:
            return self._lock.wait_for(lambda: self._thread is None, timeout)

    def _work(self) -> None:
        while (do := self._next()) is not None:
            try:
                do()
            except Exception as error:
                # A mistake in one must not keep the others from being run.
                threading.excepthook(threading.ExceptHookArgs((type(error), error, error.__traceback__, threading.current_thread())))

    def _next(self) -> Callable[[], None] | None:
        with self._lock:
            if self._waiting:
                return self._waiting.popitem(last=False)[1]
            self._thread = None
            self._lock.notify_all()
            return None
