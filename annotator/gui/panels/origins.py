"""The choice of whose annotations the list shows: everybody's, people's, or a model's open suggestions."""

from __future__ import annotations

from typing import Final, Literal, cast, get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ..looks.controls import ChoiceBox
from ..looks.look import Look

Origins = Literal["all", "human", "suggested"]
ORIGINS: Final[tuple[Origins, ...]] = get_args(Origins)


class OriginBox(ChoiceBox):
    """Hidden while there is no suggestion to tell apart. `changed` says that `origins` is another."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setObjectName("origins")
        self.origins: Origins = "all"
        self.picked.connect(self._pick)
        self.hide()

    def show_counts(self, *, human: int, suggested: int) -> None:
        """Say how many there are of each; without suggestions all are shown again."""
        counts = {"all": human + suggested, "human": human, "suggested": suggested}
        say = self._look.say
        if [self.itemText(row) for row in range(self.count())] != (
            texts := [say(f"gui.origins.{name}", n=counts[name]) for name in ORIGINS]
        ):
            self.clear()
            for name, text in zip(ORIGINS, texts, strict=True):
                self.addItem(text, name)
            self.setAccessibleName(say("gui.origins.name"))
            self.widen_list()
        if not suggested and self.origins != "all":
            self._pick("all")
        self.choose(self.origins, stranger="")
        self.setVisible(suggested > 0)

    def _pick(self, name: str) -> None:
        if name != self.origins:
            self.origins = cast(Origins, name)
            self.changed.emit()
