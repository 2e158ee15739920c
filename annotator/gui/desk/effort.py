"""The time that is worked on each article, where the person switched that on: counted here, written to the corpus by the writer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.store.writer import Writer

from ..work.session import Session
from .places import name_in

# Few keep the time; those who do not need none of this at the start.
if TYPE_CHECKING:
    from datetime import datetime

    from annotator.store.effort import Effort, Stretch

PAUSE_MOST: Final = 60.0
# A stretch is written down at least so often, so that little is lost with the power.
_WRITTEN_EVERY_MS: Final = 300_000
_COUNTED: Final = ("entities", "events", "relations")


class Stopwatch:
    """Active seconds: the time between two signs of work, unless that is a pause of more than a minute."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._last: float | None = None

    def touch(self, at: float) -> None:
        """A sign of work at a moment of a clock that never goes back."""
        if self._last is not None and at - self._last <= PAUSE_MOST:
            self.seconds += at - self._last
        self._last = at

    def stop(self, at: float) -> None:
        """The person goes away, or the article is left."""
        self.touch(at)
        self._last = None

    def take(self) -> int:
        """The whole seconds so far; the rest is carried on."""
        whole = int(self.seconds)
        self.seconds -= whole
        return whole


class EffortKeeper(QObject):
    """Counts the work on one article after the other.

    `progressed` says that `today` changed; `troubled`, once a corpus, why nothing is kept.
    """

    progressed = Signal()
    troubled = Signal(object)
    _failed = Signal(str, object)
    _read = Signal(str, object)

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self._writer = writer
        self._clock: Callable[[], float] = time.monotonic
        self._now: Callable[[], datetime] = _now
        self._root: Path | None = None
        self._annotator = ""
        self._session: Session | None = None
        self._is_on = self._is_away = False
        self._stretches: list[Stretch] = []
        self._told: set[str] = set()
        self._number = 0
        self._begin()
        self._timer = QTimer(self, interval=_WRITTEN_EVERY_MS)
        self._timer.timeout.connect(self.write_down)
        self._failed.connect(self._hear_failed)
        self._read.connect(self._hear_read)

    @property
    def is_on(self) -> bool:
        return self._is_on

    @property
    def today(self) -> Effort | None:
        """What was worked today on the open corpus by whom its settings name; None where nothing is kept."""
        if not self._is_on or self._root is None:
            return None
        from annotator.store.effort import add_up

        day, running = self._now().date().isoformat(), self._running()
        return add_up([*self._stretches, *([running] if running else [])], lambda stretch: stretch.date == day)

    def switch(self, on: bool) -> None:
        """Keep the time from now on, or no longer."""
        if on != self._is_on:
            self.write_down()
            self._is_on = on
            self._begin()
            self._timer.start() if on else self._timer.stop()
            self._read_earlier()
            self.progressed.emit()

    def enter_corpus(self, root: Path | None, annotator: str) -> None:
        self._root, self._annotator = root, annotator
        self._stretches.clear()
        self._read_earlier()
        self.progressed.emit()

    def follow(self, session: Session | None) -> None:
        """Count the work on `session` from now on; what was done on the last one is written down."""
        self.write_down()
        if self._session is not None:
            self._session.edited.disconnect(self._count)
            self._session.selection_changed.disconnect(self.touch)
        self._session = session
        if session is not None:
            session.edited.connect(self._count)
            session.selection_changed.connect(self.touch)
        self._begin()
        self.touch()

    def touch(self) -> None:
        """A sign of work: something was selected, scrolled or changed."""
        if self._is_on and not self._is_away and self._session is not None:
            self._watch.touch(self._clock())

    def set_away(self, away: bool) -> None:
        """Whether the person is in another program."""
        if away and not self._is_away and self._is_on and self._session is not None:
            self._watch.stop(self._clock())
        self._is_away = away
        if not away:
            self.touch()

    def write_down(self) -> None:
        """Hand what was counted to the writer, and count on."""
        stretch = self._running()
        if stretch is not None and self._root is not None:
            self._stretches.append(stretch)
            self._number += 1
            self._writer.errand(f"effort {self._number}", partial(self._append, self._root, stretch))
            self._watch.take()
            self._note_beginning()
            self.progressed.emit()

    def _begin(self) -> None:
        self._watch = Stopwatch()
        self._note_beginning()

    def _note_beginning(self) -> None:
        self._began = self._now() if self._is_on else None
        self._made = self._changed = self._deleted = 0

    def _running(self) -> Stretch | None:
        """The stretch since the last one that was written down; None where there was no work."""
        session, root = self._session, self._root
        is_idle = self._watch.seconds < 1 and not (self._made or self._changed or self._deleted)
        if self._began is None or session is None or root is None or is_idle:
            return None
        from annotator.store.effort import Stretch

        who = session.document.field("annotator") or self._annotator
        day, start = self._began.date().isoformat(), self._began.strftime("%H:%M:%S")
        seconds, status = int(self._watch.seconds), session.document.field("status")
        return Stretch(day, start, who, name_in(root, session.path), seconds, self._made, self._changed, self._deleted, status)

    def _count(self, edit: Edit) -> None:
        self.touch()
        for change in edit.changes:
            if change.layer in _COUNTED:
                self._made += change.before is None
                self._deleted += change.after is None
                self._changed += change.before is not None and change.after is not None
        self.progressed.emit()

    def _read_earlier(self) -> None:
        """Learn what was worked on before today's window was opened, beside the window's thread."""
        if self._is_on and self._root is not None:
            day = self._now().date().isoformat()
            threading.Thread(target=self._read_beside, args=(self._root, day, self._annotator), name="effort", daemon=True).start()

    def _read_beside(self, root: Path, day: str, annotator: str) -> None:
        from annotator.store.effort import read_stretches

        with suppress(AnnotatorError, RuntimeError):
            earlier = [row for row in read_stretches(root) if row.date == day and (not annotator or row.annotator == annotator)]
            self._read.emit(str(root), earlier)

    def _hear_read(self, root: str, earlier: list[Stretch]) -> None:
        if str(self._root) == root:
            held = set(self._stretches)
            self._stretches[:0] = [row for row in earlier if row not in held]
            self.progressed.emit()

    def _append(self, root: Path, stretch: Stretch) -> None:
        """Runs in the writer's thread."""
        from annotator.store.effort import append_stretches

        try:
            append_stretches(root, [stretch])
        except AnnotatorError as error:
            self._failed.emit(str(root), error)

    def _hear_failed(self, root: str, error: AnnotatorError) -> None:
        if root not in self._told:
            self._told.add(root)
            self.troubled.emit(error)


def _now() -> datetime:
    from datetime import datetime

    return datetime.now()
