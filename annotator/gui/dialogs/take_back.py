"""Taking the last tag-all of the corpus back: how far it is, what was restored, and which articles were left as they are and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from annotator.core.errors import AnnotatorError
from annotator.tasks import Progress
from annotator.tasks.tagging_all import Refused, Tagged, take_back_articles

from ..desk.stream import Stream
from ..looks.elided import ElidedLabel
from ..looks.hit_rows import HeadRow, PlaceList
from ..looks.look import Look

_SIZE, _SIZE_WITH_REASONS = (480, 136), (560, 320)


class TakeBackDialog(QDialog):
    """Restores the articles of a step, one by one. `restored` and `refused` say afterwards what became of each.

    `already` are those restored before this was opened (the open article), or refused. `cross_out` is told of each that was come to,
    beside the window's thread; `is_stopped` says that some were not.
    """

    def __init__(
        self, look: Look, step: Sequence[Tagged], *, already: Sequence[Path | Refused], cross_out: Callable[[Path], None],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._look = look
        self.restored = [item for item in already if isinstance(item, Path)]
        self.refused = [item for item in already if isinstance(item, Refused)]
        self.is_stopped = False
        self.stream = Stream()
        self.setObjectName("take-back")
        self.setWindowTitle(look.say("gui.takeback.title"))
        self.resize(*_SIZE)
        self._message = ElidedLabel(look, lines=3)
        self._message.setObjectName("message")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setFixedHeight(4)
        self.list = PlaceList(look, self)
        self.list.setAccessibleName(look.say("gui.takeback.list"))
        self.list.show_reasons()
        self.close_button = QPushButton(look.say("gui.tagall.stop"))
        self.close_button.setObjectName("take-back-close")
        self.close_button.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        for widget in (self._message, self._progress):
            column.addWidget(widget)
        self.list.hide()
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        column.addLayout(foot)
        self.stream.came.connect(self._take)
        self.stream.progressed.connect(self._show_progress)
        self.stream.ended.connect(self._end)
        self._show_progress(0, len(step))
        self.stream.start(lambda progress: _take_back(step, cross_out, progress=progress))

    def message(self) -> str:
        """What the dialog says at the moment."""
        return self._message.text()

    def reject(self) -> None:
        """Close; while articles are written, stop at the next one."""
        if self.stream.is_running:
            self.stream.stop()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.stream.is_running:
            self.stream.stop()
            event.ignore()
        else:
            super().closeEvent(event)

    def _take(self, batch: list[object]) -> None:
        self.restored += [item for item in batch if isinstance(item, Path)]
        self.refused += [item for item in batch if isinstance(item, Refused)]

    def _show_progress(self, done: int, total: int) -> None:
        self._progress.setRange(0, max(total, 1))
        self._progress.setValue(done)
        self._message.set_text(self._look.say("gui.takeback.working", done=done, total=total))

    def _end(self, problem: AnnotatorError | None) -> None:
        self.is_stopped = problem is not None
        self._progress.hide()
        self.close_button.setText(self._look.say("gui.tagall.close"))
        if self.refused:
            self.list.show()
            self.resize(*_SIZE_WITH_REASONS)
        self.list.places.add([HeadRow(None, item.path.name, self._look.explain(item.reason), is_problem=True) for item in self.refused])
        self._message.set_colour("warning" if self.refused or problem else "good")
        self._message.set_text(self._look.say("gui.takeback.done", n=len(self.restored), refused=len(self.refused)))


def _take_back(step: Sequence[Tagged], cross_out: Callable[[Path], None], *, progress: Progress) -> Iterator[Path | Refused]:
    for item in take_back_articles(step, progress=progress):
        cross_out(item.path if isinstance(item, Refused) else item)
        yield item
