"""The checks, run a moment after each edit, for what the list of annotations marks as a problem."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from .session import Session

_PAUSE_MS = 350
# Some 15 ms of checking; a document with more annotations is checked by `annotator check`, where nobody waits.
MOST_ANNOTATIONS = 1_000


class Checker(QObject):
    """Checks one session's document whenever it has been at rest for a moment.

    `checked` carries the problems, `passed_over` whether they are not looked for because the document is too large.
    """

    checked = Signal(object)
    passed_over = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._session: Session | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._check)

    def follow(self, session: Session | None) -> None:
        """Check `session` now and after its edits."""
        if self._session is not None:
            self._session.edited.disconnect(self._wait)
        self._session = session
        # What was found in another article is no word about this one.
        self.checked.emit([])
        self.passed_over.emit(False)
        if session is not None:
            session.edited.connect(self._wait)
            self._timer.start()

    def _wait(self) -> None:
        self._timer.start()

    def _check(self) -> None:
        # Loaded with the first article, not with the empty window.
        from annotator.core.checks import check

        session = self._session
        if session is not None:
            few = len(session.document.index) <= MOST_ANNOTATIONS
            self.checked.emit(check(session.document, session.schema) if few else [])
            self.passed_over.emit(not few)
