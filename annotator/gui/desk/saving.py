"""Between the session and the writer: every edit goes to disk within a second, and only what the disk holds is shown as saved."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.store.snapshot import take_snapshot
from annotator.store.writer import Writer

from ..work.session import Durable, Session

_PAUSE_MS = 120
_TRIED_AGAIN_MS = 5_000
_LONGEST_PAUSE_MS = 60_000


class Saver(QObject):
    """Hands snapshots of one session to the writer's thread a moment after an edit.

    The writer answers in its own thread; the answers cross over as queued signals.
    """

    _answered = Signal(str, int, str)
    _failed = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.writer = Writer(on_saved=self._on_saved, on_failed=self._on_failed)
        self.session: Session | None = None
        self._asked = 0
        self._base: Durable | None = None
        self._then: Callable[[bool], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.save)
        # What failed is tried again by itself: a full disk is emptied, a network drive comes back.
        self._pause = _TRIED_AGAIN_MS
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.save)
        self._answered.connect(self._hear_saved)
        self._failed.connect(self._hear_failed)

    def follow(self, session: Session | None) -> None:
        """Save what happens to `session` from now on."""
        if self.session is not None:
            self.session.edited.disconnect(self._notice)
            self.writer.forget(self.session.path)
        self._timer.stop()
        self._again.stop()
        self._pause = _TRIED_AGAIN_MS
        self.session, self._asked = session, 0
        self._base = session.durable if session else None
        if session is not None:
            session.edited.connect(self._notice)

    def save(self) -> None:
        """Ask for the present state to be written, at once."""
        session, base = self.session, self._base
        self._timer.stop()
        if session is None or base is None or session.read_only is not None or session.is_saved:
            return
        self._asked = session.changes
        self.writer.save(session.path, take_snapshot(session.document), expected=base.digest, revision=base.revision)

    def settle(self, then: Callable[[bool], None]) -> None:
        """Call `then(True)` once all is on disk, `then(False)` where the disk refuses. The window stays live meanwhile."""
        if self.session is None or self.session.is_saved:
            then(True)
            return
        if self.session.read_only is not None:
            # It became so while it was open: nothing more will be written of it.
            then(False)
            return
        self._then = then
        self.save()

    def _notice(self, edit: Edit) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _on_saved(self, path: Path, revision: int, digest: str) -> None:
        self._answered.emit(str(path), revision, digest)

    def _on_failed(self, path: Path, error: AnnotatorError) -> None:
        self._failed.emit(str(path), error)

    def _hear_saved(self, path: str, revision: int, digest: str) -> None:
        session = self.session
        if session is None or str(session.path) != path:
            return
        # The answer may be to an older snapshot than the last one asked for; that one is then still with the writer.
        if session.path not in self.writer.unsaved:
            session.mark_durable(Durable(revision, digest), at=self._asked)
        self._again.stop()
        self._pause = _TRIED_AGAIN_MS
        if session.is_saved:
            self._finish(True)
        elif not self._timer.isActive() and session.path not in self.writer.unsaved:
            self.save()

    def _hear_failed(self, path: str, error: AnnotatorError) -> None:
        if self.session is not None and str(self.session.path) == path:
            self.session.mark_failed(error)
            self._again.start(self._pause)
            self._pause = min(self._pause * 2, _LONGEST_PAUSE_MS)
            self._finish(False)

    def _finish(self, done: bool) -> None:
        then, self._then = self._then, None
        if then is not None:
            then(done)
