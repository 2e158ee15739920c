"""Recipes in the export dialog: chosen by name, saved, renamed and deleted on the spot. Files are touched beside the window's thread."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from annotator.core.errors import AnnotatorError
from annotator.tasks.recipes import Recipe, delete_recipe, list_recipes, read_recipe, recipe_path, rename_recipe, save_recipe

from ..desk.stream import Stream
from ..looks.controls import ChoiceBox
from ..looks.elided import ElidedLabel
from ..looks.look import Look
from .export_fields import Fields, pick

Asking = Literal["", "save", "rename", "delete"]


class _NameLine(QLineEdit):
    """A line that Escape leaves instead of closing the dialog, and in which Enter does not press the dialog's button."""

    left, entered = Signal(), Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class RecipeBar(QWidget):
    """The recipe that is chosen, and what can be done with it.

    `chosen` carries a Recipe that was read, or one of no name where a person wants none. `make` gives the choices as they stand under a
    name and may raise AnnotatorError.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, root: Path, *, make: Callable[[str], Recipe], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._root, self._make = look, root, make
        self.current: Recipe | None = None
        # Its name; of one that cannot be read there is no more.
        self.selected = ""
        self._busy = ""
        self.asking: Asking = ""
        self._names: list[str] = []
        self.files = Stream()
        self._build()
        self.files.came.connect(lambda batch: self._take(batch[-1]))
        self.files.ended.connect(lambda error: self._tell(error) if error is not None else None)
        self._run(self._list)

    def message(self) -> str:
        """What it says under the name: an error, or that the choices are not those of the recipe any more."""
        return self._message.text() if self._message.isVisibleTo(self) else ""

    def remember(self, recipe: Recipe | None) -> None:
        """Take a recipe for the one that is chosen, its choices being shown already."""
        self._select(recipe)
        self.follow()

    def follow(self) -> None:
        """The choices may be others than those of the recipe now."""
        if self.current is None:
            if not self.selected:
                self._say("", "muted")
            return
        try:
            made = self._make(self.current.name)
            is_same = (made.request, made.folder) == (self.current.request, self.current.folder)
        except AnnotatorError:
            is_same = False
        self._say("" if is_same else self._look.say("gui.export.recipe_changed"), "muted")

    def ask(self, what: Asking) -> None:
        """Show the line in which a name is typed, or in which deleting is confirmed."""
        self.asking = what
        self._ask_row.setVisible(bool(what))
        self._bar.setVisible(not what)
        self._question.setVisible(what == "delete")
        if not what:
            self.follow()
            (self.box if self.isVisible() else self).setFocus()
            return
        name = self.selected
        self.name.setVisible(what != "delete")
        self.name.setText(name)
        self._say("", "muted")
        self._question.set_text(self._look.say("gui.export.recipe_delete_really", name=name))
        self._show_do()
        (self.do_button if what == "delete" else self.name).setFocus()
        self.name.selectAll()

    def _build(self) -> None:
        say = self._look.say
        fields = Fields(self._look)
        self._bar, self._ask_row = QWidget(), QWidget()
        self.box = ChoiceBox(self._look)
        self.box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.box.setObjectName("recipe")
        self.box.setAccessibleName(say("gui.export.recipe"))
        self.box.picked.connect(self._pick)
        self.save_button, self.more_button = QPushButton(say("gui.export.recipe_save")), QPushButton("⋯")
        self.save_button.setObjectName("recipe-save")
        self.save_button.clicked.connect(lambda: self.ask("save"))
        self.more_button.setObjectName("recipe-more")
        self.more_button.setAccessibleName(say("gui.export.recipe_more"))
        self.more_button.setToolTip(say("gui.export.recipe_more"))
        self.more_button.setMenu(self._menu())
        self.more_button.setStyleSheet("QPushButton { padding: 4px 8px; } QPushButton::menu-indicator { width: 0; image: none; }")
        self.name = _NameLine()
        self.name.setObjectName("recipe-name")
        self.name.setAccessibleName(say("gui.export.recipe_name"))
        self.name.setPlaceholderText(say("gui.export.recipe_name"))
        self.name.textChanged.connect(lambda _: self._show_do())
        self.name.left.connect(lambda: self.ask(""))
        self.name.entered.connect(self._do)
        self._question = ElidedLabel(self._look, lines=2)
        self.do_button, self.leave_button = QPushButton(), QPushButton(say("gui.export.recipe_leave"))
        self.do_button.setObjectName("recipe-do")
        self.do_button.clicked.connect(self._do)
        self.leave_button.setObjectName("recipe-leave")
        self.leave_button.clicked.connect(lambda: self.ask(""))
        _row(self._bar, self.box, self.save_button, self.more_button)
        _row(self._ask_row, self.name, self.do_button, self.leave_button)
        field = QWidget()
        column = QVBoxLayout(field)
        column.setContentsMargins(0, 0, 0, 0)
        self._message = ElidedLabel(self._look, colour="muted")
        self._message.setObjectName("recipe-message")
        column.addWidget(self._bar)
        column.addWidget(self._ask_row)
        for hidden in (self._ask_row, self._question, self._message):
            hidden.hide()
        fields.add_wide("question", self._question)
        fields.add("recipe", field)
        fields.add_wide("message", self._message)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(fields)
        self._fill()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        self._actions = [QAction(self._look.say(f"gui.export.recipe_{what}"), menu) for what in ("rename", "delete")]
        self._actions[0].triggered.connect(lambda: self.ask("rename"))
        self._actions[1].triggered.connect(lambda: self.ask("delete"))
        menu.addActions(self._actions)
        return menu

    def _fill(self) -> None:
        """The names, with the one that is selected."""
        self.box.blockSignals(True)
        self.box.clear()
        self.box.addItem(self._look.say("gui.export.recipe_none"), "")
        for held in self._names:
            self.box.addItem(held, held)
        self.box.widen_list()
        self.box.blockSignals(False)
        pick(self.box, self.selected if self.selected in self._names else "")
        self.more_button.setEnabled(bool(self.box.currentData()))

    def _replaces(self) -> bool:
        """Whether a recipe of the name that is typed is known to be there."""
        return self.asking == "save" and _plain(self.name.text().strip()) in map(_plain, self._names)

    def _show_do(self) -> None:
        """Say on the button what it does: a recipe of that name may be there already."""
        key_said = "replace" if self._replaces() else self.asking or "save"
        self.do_button.setText(self._look.say(f"gui.export.recipe_do_{key_said}"))
        self.do_button.setEnabled(self.asking == "delete" or bool(self.name.text().strip()))

    def _pick(self, name: str) -> None:
        self._say("", "muted")
        if not name:
            self.remember(None)
            return
        self._run(lambda: read_recipe(self._root, name), busy=name)

    def _do(self) -> None:
        name, what, old = self.name.text().strip(), self.asking, self.selected
        try:
            if what == "delete":
                self._run(lambda: self._deleted(old))
                return
            recipe_path(self._root, name)
            if what == "rename":
                self._run(lambda: self._renamed(old, name))
            elif what == "save":
                made, over = self._make(name), self._replaces()
                self._run(lambda: self._saved(made, over=over))
        except AnnotatorError as error:
            self._tell(error)

    def _list(self) -> object:
        return list_recipes(self._root)

    def _saved(self, made: Recipe, *, over: bool) -> object:
        # Written over is only what the button said: another person may have saved one of that name since.
        saved = save_recipe(self._root, made, replace=over)
        return list_recipes(self._root), saved

    def _renamed(self, old: str, new: str) -> object:
        name = rename_recipe(self._root, old, new)
        return list_recipes(self._root), name

    def _deleted(self, name: str) -> object:
        delete_recipe(self._root, name)
        return list_recipes(self._root), None

    def _run(self, work: Callable[[], object], *, busy: str = "") -> None:
        self._busy = busy
        self.files.start(lambda _progress: iter((work(),)))

    def _take(self, result: object) -> None:
        match result:
            case Recipe():
                self._select(result)
                self._say("", "muted")
                self.chosen.emit(result)
                self.follow()
            case list():
                self._names = result
                self._fill()
                self._show_do()
            case (list(names), str(name)):
                self._names, self.selected = names, name
                self.current = replace(self.current, name=name) if self.current is not None else None
                self._fill()
                self.ask("")
            case (list(names), Recipe() | None as held):
                self._names = names
                self._select(held)
                self.ask("")

    def _select(self, recipe: Recipe | None) -> None:
        self.current, self.selected = recipe, recipe.name if recipe is not None else ""
        self._fill()

    def _tell(self, error: AnnotatorError) -> None:
        """Say what is wrong. The choices stay as they are; a recipe that cannot be read can still be renamed or deleted."""
        self._say(self._look.explain(error), "error")
        if self._busy:
            self.current, self.selected = None, self._busy
            self._fill()
        if error.code in ("recipe-exists", "recipe-missing"):
            # The folder is not as it was when the names were listed.
            self._run(self._list)

    def _say(self, text: str, colour: str) -> None:
        self._message.set_colour(colour)
        self._message.set_text(text)
        self._message.setVisible(bool(text))


def _plain(name: str) -> str:
    """A name as it is compared: however its letters are composed, capital or small."""
    return unicodedata.normalize("NFC", name).casefold()


def _row(holder: QWidget, *widgets: QWidget) -> None:
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for number, widget in enumerate(widgets):
        line.addWidget(widget, 0 if number else 1)
        if isinstance(widget, QPushButton):
            widget.setAutoDefault(False)
