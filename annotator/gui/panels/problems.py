"""What the checks say about the annotation that is shown, each with the repair that it proposes: nothing is repaired unasked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from annotator.core.schema import Schema

from ..looks.elided import ElidedLabel
from ..looks.look import Look
from ..looks.wording import problem_sentence

if TYPE_CHECKING:
    from annotator.core.checks.problems import Problem

_COLOURS = {"error": "error", "warning": "warning"}


class ProblemRows(QWidget):
    """A row for each problem of one annotation. `repair_requested` carries the edit of a problem whose button was pressed."""

    repair_requested = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("problems")
        self._look = look
        self._problems: list[Problem] = []
        self._shown: tuple[Problem, ...] = ()
        self._schema: Schema | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def set_problems(self, problems: Iterable[Problem]) -> None:
        """Take what the checks found in the whole document."""
        self._problems = list(problems)

    def show_item(self, schema: Schema, identifier: str) -> None:
        """Show the problems of one annotation; `schema` words the names in them."""
        self._schema = schema
        found = tuple(problem for problem in self._problems if problem.ids[:1] == (identifier,))
        if found != self._shown:
            self._shown = found
            self._rebuild()
        self.setVisible(bool(found))

    def reset(self) -> None:
        """Word everything anew the next time."""
        self._shown = ()
        self._rebuild()

    def _rebuild(self) -> None:
        held_focus = next((button.objectName() for button in self.findChildren(QPushButton) if button.hasFocus()), "")
        while (held := self._column.takeAt(0)) is not None:
            if (widget := held.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        rows = [self._row(problem) for problem in self._shown]
        for row in rows:
            self._column.addWidget(row)
        if held_focus:
            # The checks came through while the keyboard was here: it does not fall out of the panel.
            for button in (found for row in rows for found in row.findChildren(QPushButton, held_focus)):
                button.setFocus()

    def _row(self, problem: Problem) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        says = ElidedLabel(self._look, colour=_COLOURS[problem.severity], lines=4)
        assert self._schema is not None
        says.set_text(f"⚠ {problem_sentence(self._look, self._schema, problem.code, where=problem.where)}")
        line.addWidget(says, 1)
        repair = problem.repair
        if repair is not None:
            button = QPushButton(self._look.say("gui.inspector.repair"))
            button.setObjectName(f"repair-{problem.code}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(f"{button.text()}: {says.text()}")
            button.clicked.connect(lambda *_: self.repair_requested.emit(repair))
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row
