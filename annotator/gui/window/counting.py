"""The statistics in the window: the dialog that steps aside for a place in an article and comes back where it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from annotator.core.errors import AnnotatorError
from annotator.core.model import extent

from ..work.session import Session
from .control import Control

if TYPE_CHECKING:
    from annotator.tasks.counted import Counted

    from ..dialogs.statistics import StatisticsDialog


class Counting:
    """Shows the statistics of the open corpus. The dialog is made when it is first asked for, and goes with its corpus."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._dialog: StatisticsDialog | None = None
        self._wanted: Counted | None = None
        self.table: dict[str, Callable[[], None]] = {"statistics": self.ask}
        control.desk.corpus_opened.connect(self._drop)
        control.desk.opened.connect(self._take_session)
        control.window.destroyed.connect(self._stop)

    def ask(self) -> None:
        """Count what is on the disk, the open article saved first, and show it."""
        if self._control.desk.corpus is not None:
            self._control.desk.leave(self._show)

    def _show(self) -> None:
        corpus = self._control.desk.corpus
        if corpus is None:
            return
        if self._dialog is None:
            from ..dialogs.statistics import StatisticsDialog

            self._dialog = StatisticsDialog(self._control.look, corpus, open_article=self._open_article, parent=self._control.window)
            self._dialog.place_chosen.connect(self._go)
            self._dialog.rejected.connect(self._return)
        dialog = self._dialog
        dialog.form.set_article(self._open_article() is not None)
        dialog.refresh()
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def _open_article(self) -> Path | None:
        return self._control.session.path if self._control.session is not None else None

    def _go(self, path: Path, item: Counted | None) -> None:
        """Step aside for a place: the statistics come back where they were."""
        if self._dialog is not None:
            self._dialog.hide()
        self._return()
        session = self._control.session
        if session is not None and session.path == path:
            self._show_place(session, item)
        else:
            self._wanted = item
            self._control.desk.open_article(path)

    def _take_session(self, session: Session | None) -> None:
        item, self._wanted = self._wanted, None
        if session is not None and item is not None and item.path == session.path:
            self._show_place(session, item)

    def _show_place(self, session: Session, item: Counted | None) -> None:
        """Select the annotation; where it is not what was counted any more, the text that it stood at."""
        if item is None:
            return
        held = session.document.annotation(item.id)
        if session.document.source.sha256 != item.source:
            # Said once the article is shown: what is opened wipes out what was said before.
            problem = AnnotatorError("place-of-other-text", path=str(item.path))
            QTimer.singleShot(0, self._control.window, lambda: self._control.refuse_error(problem))
        elif held is not None and extent(held) == item.span:
            self._control.jump(item.id)
        else:
            session.select_text((item.span,))
            self._control.panes.view.reveal(item.span, flash=True)

    def _return(self) -> None:
        """The keyboard is the article's again."""
        self._control.window.activateWindow()
        self._control.panes.view.setFocus()

    def _stop(self) -> None:
        """The window is gone, and the dialog with it; its work ends."""
        if self._dialog is not None:
            self._dialog.leave()

    def _drop(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.leave()
            dialog.close()
            dialog.deleteLater()
