"""States of the export dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotator.gui.dialogs.export import ExportDialog
from annotator.gui.dialogs.export_types import TypesDialog
from annotator.gui.hands import wait_until
from annotator.tasks.exporting import ExportRequest
from annotator.tasks.recipes import Recipe, recipes_folder, save_recipe

from .conftest import Sitting
from .state_table import Reach, state

# Words that are nobody's language in these tests.
NAME = "hỏi lại"


def shown(s: Sitting, **choices: str) -> ExportDialog:
    corpus = s.window.desk.corpus
    assert corpus is not None
    s.saved()
    held = ExportDialog(s.window.look, corpus, parent=s.window)
    held.show()
    for name, value in choices.items():
        box = getattr(held.form, name)
        box.setCurrentIndex(box.findData(value))
    settled(held)
    return held


def settled(dialog: ExportDialog) -> None:
    assert wait_until(lambda: dialog.phase in ("ready", "written") and not dialog.recipes.files.is_running), dialog.message()


def pick(dialog: ExportDialog, name: str) -> None:
    assert wait_until(lambda: dialog.recipes.box.findData(name) > 0)
    dialog.recipes.box.setCurrentIndex(dialog.recipes.box.findData(name))
    dialog.recipes.box.picked.emit(name)
    settled(dialog)


def with_choices(*, sections: tuple[str, ...] = (), tab: int = 0, **choices: str) -> Reach:
    def reach(s: Sitting) -> QWidget:
        held = shown(s, **choices)
        for name in sections:
            held.form.section(name).open()
        held.tabs.setCurrentIndex(tab)
        return held

    return reach


state("export")(with_choices())
state("export, annotations and text")(with_choices(format="oneie", sections=("content",)))
state("export, folds")(with_choices(format="conll", split="folds", tab=1))
state("export, shares")(with_choices(format="oneie", split="three", scheme="bioes", status="some"))
state("export, missing extra")(with_choices(format="spacy"))


@state("export, chat")
def _chat(s: Sitting) -> QWidget:
    # Names of files are nobody's language either.
    (s.folder / "own.toml").write_text(f'user = "{NAME}: {{text}}"\n', encoding="utf-8")
    held = shown(s, format="chat")
    held.form.template.setText("own.toml")
    held.form.changed.emit()
    settled(held)
    return held


@state("export, a damaged template")
def _damaged_template(s: Sitting) -> QWidget:
    (s.folder / "own.toml").write_text('user = "{txt}"\n', encoding="utf-8")
    held = shown(s, format="chat")
    held.form.template.setText("own.toml")
    held.form.changed.emit()
    settled(held)
    return held


@state("export, losses, tags and sentences")
def _share(s: Sitting) -> QWidget:
    held = shown(s, format="conll")
    held.form.section("tags").open()
    held.form.section("sentences").open()
    held.form.cutting.empty.setCurrentIndex(2)
    settled(held)
    return held


@state("export, nothing may be lost")
def _strict(s: Sitting) -> QWidget:
    held = shown(s, format="conll")
    held.form.strict.setChecked(True)
    settled(held)
    return held


def with_recipe(what: str = "") -> Reach:
    def reach(s: Sitting) -> QWidget:
        save_recipe(s.folder, Recipe(NAME, ExportRequest("phoner", "syllable", folds=2)), replace=True)
        held = shown(s)
        pick(held, NAME)
        held.form.unit.setCurrentIndex(0)
        settled(held)
        held.recipes.ask(what)  # type: ignore[arg-type]
        return held

    return reach


state("export, a recipe changed")(with_recipe())
for _what in ("save", "delete"):
    state(f"export, {_what} a recipe")(with_recipe(_what))


@state("export, a damaged recipe")
def _damaged(s: Sitting) -> QWidget:
    path = recipes_folder(s.folder) / "một bài.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"format = \n")
    held = shown(s)
    pick(held, "một bài")
    return held


@state("export, types")
def _types(s: Sitting) -> QWidget:
    held = shown(s)
    held.form.content.types_button.click()
    found = held.findChild(TypesDialog)
    assert found is not None
    return found


@state("export, writing")
def _writing(s: Sitting) -> QWidget:
    held = shown(s)
    held._enter("writing")
    held._show_progress(1, 3)
    return held


@state("export, written")
def _written(s: Sitting) -> QWidget:
    held = shown(s, format="jsonl")
    held.form.folder.setText(str(s.folder.parent / "set"))
    held.export_button.click()
    assert wait_until(lambda: held.phase == "written"), held.message()
    return held


@state("export, failed")
def _failed(s: Sitting) -> QWidget:
    held = shown(s)
    held.form.folder.setText(str(s.folder))
    held.export_button.click()
    settled(held)
    return held
