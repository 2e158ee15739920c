"""Exporting from the window: the dialog begins with what was chosen last, and a loss leads to its place in the article."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.core.text import Span

from .control import Control

if TYPE_CHECKING:
    from annotator.tasks.recipe_text import Recipe

    from ..dialogs.export import ExportDialog


class ExportHandlers:
    """Opens the export dialog. The choices are kept for each corpus while the program runs: who mends a loss comes back to them."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._last: dict[Path, Recipe] = {}
        self.table: dict[str, Callable[[], None]] = {"export": self._export}

    def _export(self) -> None:
        # Dialogs that few sessions open are not paid for at the start.
        from ..dialogs.export import ExportDialog

        control = self._control
        corpus = control.desk.corpus
        if corpus is not None:
            dialog = ExportDialog(control.look, corpus, start=self._last.get(corpus.root), parent=control.window)
            dialog.loss_chosen.connect(lambda name, start, end: self._show_loss(dialog, corpus.root / f"{name}.txt", (start, end)))
            control.desk.leave(lambda: self._run(dialog, corpus.root))

    def _run(self, dialog: ExportDialog, root: Path) -> None:
        dialog.exec()
        last = dialog.last()
        if last is not None:
            self._last[root] = last
        dialog.deleteLater()

    def _show_loss(self, dialog: ExportDialog, path: Path, span: Span) -> None:
        """Leave the export for the place of a loss."""
        dialog.reject()
        self._control.desk.open_article(path)
        session = self._control.session
        if session is not None and session.path == path and span[1] > span[0]:
            session.select_text((span,))
            self._control.panes.view.reveal(span, flash=True)
