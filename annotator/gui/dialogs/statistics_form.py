"""What is counted: the corpus or the open article, and the parts into which it is divided."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from annotator.tasks.division import Wish
from annotator.tasks.splitting import Shares

from ..looks.controls import ChoiceBox
from ..looks.elided import ElidedLabel
from ..looks.look import Look

_THREE: Final[Shares] = (0.8, 0.1, 0.1)
_FOLDS: Final = 5
_SCOPES: Final = ("corpus", "article")
_SPLITS: Final = ("none", "three", "folds", "file")


class StatisticsForm(QWidget):
    """Two choices in a row. `changed` says that something else is to be counted; of one article there are no parts."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._file: Path | None = None
        self._split = "none"
        self.scope, self.split = ChoiceBox(look), ChoiceBox(look)
        self._labels = {name: ElidedLabel(look, colour="muted", lines=1) for name in ("scope", "split")}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for name, box, choices in (("scope", self.scope, _SCOPES), ("split", self.split, _SPLITS)):
            box.setObjectName(f"statistics-{name}")
            box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            for choice in choices:
                box.addItem("", choice)
            if name == "split":
                row.addSpacing(24)
            row.addWidget(self._labels[name], 2, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(box, 4)
        self.restyle()
        self.scope.activated.connect(self._take_scope)
        self.split.activated.connect(self._take_split)

    def scope_name(self) -> str:
        """``corpus`` or ``article``."""
        return str(self.scope.currentData())

    def wish(self) -> Wish | None:
        """How the corpus is to be divided, None where it is not."""
        match self._split:
            case "three":
                return Wish(_THREE)
            case "folds":
                return Wish(folds=_FOLDS)
            case "file" if self._file is not None:
                return Wish(file=self._file)
            case _:
                return None

    def set_article(self, there: bool) -> None:
        """Whether an article is open that might be counted alone."""
        if not there and self.scope_name() == "article":
            self.scope.setCurrentIndex(0)
            self._take_scope()
        self.scope.setEnabled(there)

    def take_file(self, path: Path) -> None:
        """Divide as a file says."""
        self._file, self._split = path, "file"
        self.split.setCurrentIndex(self.split.findData("file"))
        self.changed.emit()

    def restyle(self) -> None:
        """Take over the language."""
        say = self._look.say
        for name, box in (("scope", self.scope), ("split", self.split)):
            self._labels[name].set_text(say(f"gui.stats.{name}"))
            box.setAccessibleName(say(f"gui.stats.{name}"))
            for rank in range(box.count()):
                box.setItemText(rank, say(f"gui.stats.{name}_{box.itemData(rank)}", folds=_FOLDS))
            box.widen_list()

    def _take_scope(self) -> None:
        self.split.setEnabled(self.scope_name() == "corpus")
        self.changed.emit()

    def _take_split(self) -> None:
        chosen = str(self.split.currentData())
        if chosen == "file":
            named, _ = QFileDialog.getOpenFileName(self, self._look.say("gui.stats.split_title"))
            if named:
                self.take_file(Path(named))
            else:
                self.split.setCurrentIndex(self.split.findData(self._split))
            return
        self._split = chosen
        self.changed.emit()
