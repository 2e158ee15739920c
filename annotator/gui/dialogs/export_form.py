"""The choices of an export, as a form."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QSpinBox, QWidget

from annotator.formats.account import COUNTED
from annotator.formats.table import FORMATS, SCHEME_NAMES, UNITS, Format, SchemeName, Unit
from annotator.tasks.exporting import ExportRequest, Shares
from annotator.tasks.formats import has_extra

from ..looks.controls import ChoiceBox
from ..looks.elided import ElidedLabel
from ..looks.look import Look

_THREE: Shares = (0.8, 0.1, 0.1)
_DONE = frozenset({"done", "checked"})
_SCHEME_LABELS = {"iob2": "IOB2", "bioes": "BIOES"}


@dataclass(slots=True)
class _Line:
    label: ElidedLabel
    field: QWidget


class ExportForm(QWidget):
    """Format, unit, scheme, split, status and folder. `changed` says that the account has to be made anew.

    The folder follows the format until a person names one.
    """

    changed = Signal()

    def __init__(self, look: Look, root: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._root = look, root
        self._own_folder = False
        self._lines: dict[str, _Line] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        say = look.say
        self.format = self._choice("format", [(row.name, self._format_label(row)) for row in FORMATS.values() if row.writes])
        self._loses = ElidedLabel(look, colour="muted")
        self._loses.setObjectName("loses")
        self._grid.addWidget(self._loses, self._grid.rowCount(), 1)
        self.unit = self._choice("unit", [(name, say(f"gui.export.unit_{name.replace('-', '_')}")) for name in UNITS])
        self.scheme = self._choice("scheme", [(name, _SCHEME_LABELS[name]) for name in SCHEME_NAMES])
        self.split = self._choice("split", [(name, say(f"gui.export.split_{name}")) for name in ("none", "three")])
        self.seed = QSpinBox()
        self.seed.setRange(0, 2**31 - 1)
        self.seed.setValue(1)
        self.seed.setObjectName("seed")
        self.seed.setAccessibleName(say("gui.export.seed"))
        self._add("seed", self.seed)
        self.status = self._choice("status", [(name, say(f"gui.export.status_{name}")) for name in ("all", "done")])
        self.folder = QLineEdit()
        self._add("folder", self._folder_field())
        self._follow_format()
        self._show_split()
        self.format.currentIndexChanged.connect(self._follow_format)
        self.split.currentIndexChanged.connect(self._show_split)
        for box in (self.format, self.unit, self.scheme, self.status):
            box.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.folder.textEdited.connect(self._take_folder)

    def request(self) -> ExportRequest:
        """The choices as they stand."""
        return ExportRequest(
            self.format.currentData(),
            unit=cast(Unit, self.unit.currentData()),
            scheme=cast(SchemeName, self.scheme.currentData()),
            split=_THREE if self.split.currentData() == "three" else None,
            seed=self.seed.value(),
            statuses=_DONE if self.status.currentData() == "done" else frozenset(),
        )

    def target(self) -> Path | None:
        """The folder to write into, None where none is named."""
        named = self.folder.text().strip()
        return Path(named).expanduser() if named else None

    def _choice(self, name: str, choices: list[tuple[str, str]]) -> ChoiceBox:
        box = ChoiceBox(self._look)
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.setObjectName(name)
        box.setAccessibleName(self._look.say(f"gui.export.{name}"))
        for value, label in choices:
            box.addItem(label, value)
        box.widen_list()
        self._add(name, box)
        return box

    def _add(self, name: str, field: QWidget) -> None:
        label = ElidedLabel(self._look, colour="muted", lines=2)
        label.set_text(self._look.say(f"gui.export.{name}"))
        self._lines[name] = _Line(label, field)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(field, row, 1)
        self._grid.setColumnMinimumWidth(0, 104)

    def _folder_field(self) -> QWidget:
        field = QWidget()
        line = QHBoxLayout(field)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self.folder.setObjectName("folder")
        self.folder.setAccessibleName(self._look.say("gui.export.folder"))
        self.folder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        browse = QPushButton(self._look.say("gui.export.browse"))
        browse.setObjectName("browse")
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        line.addWidget(self.folder, 1)
        line.addWidget(browse)
        return field

    def _format_label(self, row: Format) -> str:
        label = f"{row.name} ({row.suffix})"
        return label if has_extra(row) else f"{label}, {self._look.say('gui.export.needs_extra', extra=row.extra or '')}"

    def _follow_format(self) -> None:
        row = FORMATS[self.format.currentData()]
        for name in ("unit", "scheme"):
            self._lines[name].label.setVisible(row.tags)
            self._lines[name].field.setVisible(row.tags)
        missing = [self._look.say(f"layer.{layer}").lower() for layer in COUNTED if layer not in row.holds]
        known = "gui.export.loses" if missing else "gui.export.holds_all"
        self._loses.set_text(self._look.say(known, layers=", ".join(missing)))
        if not self._own_folder:
            self.folder.setText(str(self._root.parent / f"{self._root.name}-{row.name}"))

    def _show_split(self) -> None:
        split = self.split.currentData() != "none"
        self._lines["seed"].label.setVisible(split)
        self._lines["seed"].field.setVisible(split)

    def _take_folder(self) -> None:
        self._own_folder = bool(self.folder.text().strip())

    def _browse(self) -> None:
        start = self.target() or self._root.parent
        found = next((place for place in (start, *start.parents) if place.is_dir()), self._root)
        chosen = QFileDialog.getExistingDirectory(self, self._look.say("gui.export.browse_title"), str(found))
        if chosen:
            self.folder.setText(chosen)
            self._own_folder = True
