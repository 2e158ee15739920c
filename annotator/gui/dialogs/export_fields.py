"""Rows of a form: a name on the left, what is chosen on the right, each shown only where it means something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from ..looks.controls import ChoiceBox, TickBox
from ..looks.elided import ElidedLabel
from ..looks.look import Look

_NAMES_WIDTH = 112
_TYPING_MS = 300


class NumberBox(QSpinBox):
    """A whole number. The wheel scrolls the form, whatever field the pointer is over."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _outline(self, self._look)


class PercentBox(QDoubleSpinBox):
    """A number with decimals; the wheel as in `NumberBox`."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        _outline(self, self._look)


def _outline(box: QAbstractSpinBox, look: Look) -> None:
    """The hairline of the other fields: the style's own frame is not seen on dark."""
    painter = QPainter(box)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.theme.colour("accent" if box.hasFocus() else "hairline"), 1))
    painter.drawRoundedRect(QRectF(box.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


_Box = TypeVar("_Box", NumberBox, PercentBox)


class Fields(QWidget):
    """Named rows. `changed` says that a person or the program chose otherwise; what is typed is heard when the typing pauses."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._rows: dict[str, tuple[QWidget, ...]] = {}
        self._typing = QTimer(self, interval=_TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self.changed)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, _NAMES_WIDTH)

    def say(self, name: str) -> str:
        return self._look.say(f"gui.export.{name}")

    def show_row(self, name: str, shown: bool) -> None:
        for widget in self._rows[name]:
            widget.setVisible(shown)

    def is_shown(self, name: str) -> bool:
        """Whether a row would be seen if the form were."""
        return not self._rows[name][-1].isHidden()

    def flush(self) -> None:
        """Hear now of what is being typed."""
        if self._typing.isActive():
            self._typing.stop()
            self.changed.emit()

    def hush(self) -> None:
        """Forget what was being typed: it is heard of otherwise."""
        self._typing.stop()

    def add(self, name: str, field: QWidget) -> None:
        label = ElidedLabel(self._look, colour="muted", lines=2)
        label.set_text(self.say(name))
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(field, row, 1)
        self._rows[name] = (label, field)

    def add_wide(self, name: str, field: QWidget) -> None:
        """A row without a name on the left: under the fields."""
        self._grid.addWidget(field, self._grid.rowCount(), 1)
        self._rows[name] = (field,)

    def choice(self, name: str, choices: Sequence[tuple[str, str]]) -> ChoiceBox:
        box = ChoiceBox(self._look)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setObjectName(name)
        box.setAccessibleName(self.say(name))
        for value, label in choices:
            box.addItem(label, value)
        box.widen_list()
        self.add(name, box)
        box.currentIndexChanged.connect(lambda _: self.changed.emit())
        return box

    def number(self, name: str, usual: int, *, least: int = 0, most: int = 2**31 - 1) -> NumberBox:
        box = NumberBox(self._look)
        box.setRange(least, most)
        box.setValue(usual)
        return self._spin(name, box)

    def percent(self, name: str, usual: float) -> PercentBox:
        box = PercentBox(self._look)
        box.setRange(0.01, 99.99)
        box.setDecimals(2)
        box.setSuffix("%")
        box.setValue(usual)
        return self._spin(name, box)

    def tick(self, name: str, *, is_on: bool = False, quiet: bool = False) -> TickBox:
        box = TickBox(self._look)
        box.setObjectName(name)
        box.setText(self.say(name))
        box.setChecked(is_on)
        self.add_wide(name, box)
        if not quiet:
            box.toggled.connect(lambda _: self.changed.emit())
        return box

    def path(self, name: str, edit: QLineEdit, *, browse: Callable[[], None], heard: bool) -> None:
        """A path that can be typed or looked for."""
        edit.setObjectName(name)
        edit.setAccessibleName(self.say(name))
        edit.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button = QPushButton(self.say("browse"))
        button.setObjectName("browse" if name == "folder" else f"browse-{name}")
        button.setAccessibleName(f"{self.say('browse')} {self.say(name)}")
        button.setAutoDefault(False)
        button.clicked.connect(browse)
        field = QWidget()
        line = QHBoxLayout(field)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(edit, 1)
        line.addWidget(button)
        self.add(name, field)
        if heard:
            edit.textEdited.connect(lambda _: self._typing.start())

    def file(self, name: str, root: Path) -> QLineEdit:
        """A file that is there, told from `root`; which ones are shown at first is said under the name with an ``s``."""
        edit = QLineEdit()

        def browse() -> None:
            chosen, _ = QFileDialog.getOpenFileName(self, self.say(name), str(root), self.say(f"{name}s"))
            if chosen:
                edit.setText(chosen)
                self.changed.emit()

        self.path(name, edit, browse=browse, heard=True)
        return edit

    def line(self, name: str, text: str) -> QLineEdit:
        edit = QLineEdit(text)
        edit.setObjectName(name)
        edit.setAccessibleName(self.say(name))
        self.add(name, edit)
        edit.textEdited.connect(lambda _: self._typing.start())
        return edit

    def _spin(self, name: str, box: _Box) -> _Box:
        box.setObjectName(name)
        box.setAccessibleName(self.say(name))
        box.setMinimumHeight(box.fontMetrics().height() + 12)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.add(name, box)
        box.valueChanged.connect(lambda _: self._typing.start())
        return box


def named_file(edit: QLineEdit, root: Path) -> Path | None:
    """The file that is named in a field, told from `root`; None where none is."""
    named = edit.text().strip()
    return root / Path(named).expanduser() if named else None


Stamp = tuple[Path, int, int]


def stamp(path: Path) -> Stamp:
    """By what a file is known to be as it was: its time and size, of one that is not there or cannot be asked -1."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return path, -1, -1
    return path, found.st_mtime_ns, found.st_size


def pick(box: ChoiceBox, value: object) -> None:
    """Choose by value, in silence."""
    with QSignalBlocker(box):
        box.setCurrentIndex(box.findData(value))
    box.update()
