"""The choices of an export, as a form: what is often chosen in sight, the rest in sections that open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QVBoxLayout, QWidget

from annotator.formats.account import COUNTED
from annotator.formats.offered import offered
from annotator.formats.table import FORMATS, UNITS, Format, Unit
from annotator.tasks.exporting import ExportRequest, folder_beside
from annotator.tasks.formats import has_extra
from annotator.tasks.recipe_text import Recipe

from ..looks.elided import ElidedLabel
from ..looks.look import Look
from ..looks.section import Section
from .export_fields import Fields, Stamp, named_file, pick, stamp
from .export_sections import ContentFields, PartFields, SentenceFields, StatusFields, TagFields


class ExportForm(QWidget):
    """All choices and the folder. `changed` says that preview and account have to be made anew.

    What the format cannot use is not offered; a choice made for another format comes back with that. The folder follows the format until
    a person names one.
    """

    changed = Signal()

    def __init__(self, look: Look, root: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._root = look, root
        self._own_folder = False
        self._followed = ""
        self._build_fields()
        self._build_sections()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self._first, self.articles, self.parts, self._last, *self.sections):
            column.addWidget(part)
        self._follow_format()
        for fields in self._all_fields():
            fields.changed.connect(self._hear)
        self.folder.textEdited.connect(self._take_folder)

    def request(self) -> ExportRequest:
        """The choices as they stand. Raises AnnotatorError ``bad-split``, ``no-split-file``, ``no-status``."""
        chosen: dict[str, Any] = {**self.parts.give(), **self.tags.give(), **self.cutting.give()}
        if self._first.is_shown("unit"):
            chosen["unit"] = cast(Unit, self.unit.currentData())
        if self._first.is_shown("template"):
            chosen["template"] = named_file(self.template, self._root)
        return ExportRequest(
            self.format.currentData(),
            **chosen,
            statuses=self.articles.give(),
            strict=self.strict.isChecked(),
            reduction=self.content.give(),
        )

    def recipe(self, name: str) -> Recipe:
        """The choices under a name, with the folder where a person named one. Raises as `request`."""
        return Recipe(name, self.request(), self.target() if self._own_folder else None)

    def show_recipe(self, recipe: Recipe) -> None:
        """Choose what a recipe says; `changed` tells of it once."""
        request = recipe.request
        for fields in self._all_fields():
            fields.hush()
        pick(self.format, request.format)
        self._follow_format()
        pick(self.unit, request.unit)
        self.template.setText(str(request.template or ""))
        self.articles.take(request.statuses)
        self.parts.take(request)
        self.tags.take(request)
        self.cutting.take(request)
        self.content.take(request.reduction)
        with QSignalBlocker(self.strict):
            self.strict.setChecked(request.strict)
        self._own_folder = recipe.folder is not None
        self.folder.setText(str(recipe.folder or folder_beside(self._root, request.format)))
        self._hear()

    def flush(self) -> None:
        """Hear at once of what was typed just now."""
        for fields in self._all_fields():
            fields.flush()

    def stamps(self) -> tuple[Stamp, ...]:
        """The files that the choices name, by which one that was mended since is known."""
        fields = ((self._first, "template", self.template), (self.parts, "split_file", self.parts.split_file))
        found = (named_file(edit, self._root) for held, name, edit in fields if held.is_shown(name))
        return tuple(stamp(path) for path in found if path is not None)

    def target(self) -> Path | None:
        """The folder to write into, None where none is named."""
        named = self.folder.text().strip()
        return Path(named).expanduser() if named else None

    def row(self) -> Format:
        return FORMATS[self.format.currentData()]

    def _build_fields(self) -> None:
        look = self._look
        self._first, self._last = Fields(look), Fields(look)
        formats = [(row.name, self._format_label(row)) for row in FORMATS.values() if row.writes]
        self.format = self._first.choice("format", formats)
        self._loses = ElidedLabel(look, colour="muted")
        self._loses.setObjectName("loses")
        self._first.add_wide("loses", self._loses)
        self.unit = self._first.choice("unit", [(name, look.say(f"gui.export.unit_{name.replace('-', '_')}")) for name in UNITS])
        self.template = self._first.file("template", self._root)
        self.template.setPlaceholderText(look.say("gui.export.template_built_in"))
        self.articles, self.parts = StatusFields(look), PartFields(look, self._root)
        self.folder = QLineEdit()
        self._last.path("folder", self.folder, browse=self._browse, heard=False)
        self.strict = self._last.tick("strict")
        # By the names that they have on the command line.
        self.status, self.split, self.seed = self.articles.status, self.parts.split, self.parts.seed

    def _build_sections(self) -> None:
        look = self._look
        self.tags, self.cutting, self.content = TagFields(look), SentenceFields(look), ContentFields(look)
        self.scheme, self.nesting, self.sentences = self.tags.scheme, self.tags.nesting, self.cutting.sentences
        bodies: Sequence[tuple[str, TagFields | SentenceFields | ContentFields]] = (
            ("tags", self.tags), ("sentences", self.cutting), ("content", self.content),
        )  # fmt: skip
        self._bodies = dict(bodies)
        self.sections = [Section(look, name, look.say(f"gui.export.section_{name}"), body=body) for name, body in bodies]

    def section(self, name: str) -> Section:
        return next(held for held in self.sections if held.body is self._bodies[name])

    def _all_fields(self) -> tuple[Fields, ...]:
        return self._first, self._last, self.articles, self.parts, self.tags, self.cutting, self.content

    def _hear(self) -> None:
        self._follow_format()
        self.changed.emit()

    def _format_label(self, row: Format) -> str:
        label = f"{row.name} ({row.suffix})"
        return label if has_extra(row) else f"{label}, {self._look.say('gui.export.needs_extra', extra=row.extra or '')}"

    def _follow_format(self) -> None:
        """Offer what the format can use, and say what it is for and what it cannot hold."""
        row = self.row()
        choices = offered(row.name)
        for name in ("unit", "template"):
            self._first.show_row(name, name in choices)
        for section, body in zip(self.sections, self._bodies.values(), strict=True):
            section.setVisible(body.offer(row, choices))
            section.head.set_summary(", ".join(body.summary()))
        self.parts.draw_sentences(0 < self.cutting.kept() < 1)
        missing = [self._look.say(f"layer.{layer}").lower() for layer in COUNTED if layer not in row.holds]
        known = "gui.export.loses" if missing else "gui.export.holds_all"
        self._loses.set_text(f"{self._look.say(f'format.{row.name}')} {self._look.say(known, layers=', '.join(missing))}")
        if not self._own_folder and self._followed != row.name:
            self.folder.setText(str(folder_beside(self._root, row.name)))
        self._followed = row.name

    def _take_folder(self) -> None:
        self._own_folder = bool(self.folder.text().strip())

    def _browse(self) -> None:
        start = self.target() or self._root.parent
        found = next((place for place in (start, *start.parents) if place.is_dir()), self._root)
        chosen = QFileDialog.getExistingDirectory(self, self._look.say("gui.export.browse_title"), str(found))
        if chosen:
            self.folder.setText(chosen)
            self._own_folder = True
