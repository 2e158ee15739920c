"""Recipes in the export dialog: kept by name in the corpus folder, chosen, renamed, deleted; a damaged one is named and left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.export import ExportDialog
from annotator.gui.looks.look import Look
from annotator.store.corpus import Corpus
from annotator.tasks.exporting import ExportRequest
from annotator.tasks.recipes import Recipe, list_recipes, read_recipe, recipe_path, recipes_folder, save_recipe

from .test_export_dialog import choose, corpus, dialog

__all__ = ["corpus", "dialog"]
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def settled(dialog: ExportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.phase == "ready" and not dialog.recipes.files.is_running, timeout=10_000)


def save(dialog: ExportDialog, qtbot: QtBot, name: str) -> None:
    """Save…, the name, Enter: by key alone."""
    bar = dialog.recipes
    dialog.activateWindow()
    bar.save_button.setFocus()
    QTest.keyClick(bar.save_button, Qt.Key.Key_Space)
    assert bar.name.isVisible()
    bar.name.setText(name)
    QTest.keyClick(bar.name, Qt.Key.Key_Return)
    settled(dialog, qtbot)


def pick(dialog: ExportDialog, qtbot: QtBot, name: str) -> None:
    qtbot.waitUntil(lambda: dialog.recipes.box.findData(name) >= 0, timeout=10_000)
    dialog.recipes.box.setCurrentIndex(dialog.recipes.box.findData(name))
    dialog.recipes.box.picked.emit(name)
    settled(dialog, qtbot)


def test_saved_and_chosen_another_day(dialog: ExportDialog, qtbot: QtBot, corpus: Path) -> None:
    choose(dialog, qtbot, format="conll", unit="syllable", scheme="bioes", status="done")
    save(dialog, qtbot, "Âm tiết, đã xong")
    wanted = ExportRequest("conll", "syllable", "bioes", statuses=frozenset({"done", "checked"}))
    assert read_recipe(corpus, "Âm tiết, đã xong").request == wanted and not dialog.recipes.message()
    again = ExportDialog(Look(language="en"), Corpus.open(corpus))
    qtbot.addWidget(again)
    again.show()
    pick(again, qtbot, "Âm tiết, đã xong")
    assert again.form.request() == wanted and again.preview.toPlainText() == dialog.preview.toPlainText()
    again.close()


def test_it_is_told_that_the_choices_are_others_now(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose(dialog, qtbot, format="conll")
    save(dialog, qtbot, "của Lan")
    choose(dialog, qtbot, unit="syllable")
    assert dialog.recipes.message() == dialog._look.say("gui.export.recipe_changed")
    choose(dialog, qtbot, unit="word")
    assert not dialog.recipes.message()
    pick(dialog, qtbot, "")
    choose(dialog, qtbot, unit="syllable")
    assert not dialog.recipes.message()


def test_the_button_says_when_it_replaces(dialog: ExportDialog, qtbot: QtBot, corpus: Path) -> None:
    save(dialog, qtbot, "của Lan")
    choose(dialog, qtbot, format="jsonl")
    dialog.recipes.ask("save")
    assert dialog.recipes.name.text() == "của Lan" and dialog.recipes.do_button.text() == dialog._look.say("gui.export.recipe_do_replace")
    dialog.recipes.name.setText("Của LAN")
    assert dialog.recipes.do_button.text() == dialog._look.say("gui.export.recipe_do_replace")
    QTest.mouseClick(dialog.recipes.do_button, Qt.MouseButton.LeftButton)
    settled(dialog, qtbot)
    assert list_recipes(corpus) == ["của Lan"] and read_recipe(corpus, "của Lan").request.format == "jsonl"


def test_renamed_and_deleted(dialog: ExportDialog, qtbot: QtBot, corpus: Path) -> None:
    save(dialog, qtbot, "một")
    dialog.recipes.ask("rename")
    dialog.recipes.name.setText("hai")
    QTest.keyClick(dialog.recipes.name, Qt.Key.Key_Return)
    settled(dialog, qtbot)
    assert list_recipes(corpus) == ["hai"] and dialog.recipes.box.currentData() == "hai"
    dialog.recipes.ask("delete")
    QTest.mouseClick(dialog.recipes.leave_button, Qt.MouseButton.LeftButton)
    assert list_recipes(corpus) == ["hai"]
    dialog.recipes.ask("delete")
    QTest.mouseClick(dialog.recipes.do_button, Qt.MouseButton.LeftButton)
    settled(dialog, qtbot)
    assert list_recipes(corpus) == [] and dialog.recipes.box.currentData() == "" and dialog.isVisible()


def test_escape_leaves_the_name_and_not_the_dialog(dialog: ExportDialog, qtbot: QtBot, corpus: Path) -> None:
    dialog.recipes.ask("save")
    QTest.keyClick(dialog.recipes.name, Qt.Key.Key_Escape)
    assert dialog.isVisible() and not dialog.recipes.name.isVisible() and list_recipes(corpus) == []


def test_a_name_that_is_none_is_told_in_place(dialog: ExportDialog, qtbot: QtBot, corpus: Path) -> None:
    save(dialog, qtbot, "a/b")
    assert "a/b" in dialog.recipes.message() and dialog.recipes.name.isVisible() and list_recipes(corpus) == []


def test_a_damaged_recipe_changes_nothing_and_is_not_lost(dialog: ExportDialog, qtbot: QtBot, corpus: Path) -> None:
    choose(dialog, qtbot, format="conll", unit="syllable")
    before, path = dialog.form.request(), recipes_folder(corpus) / "hỏng.toml"
    save(dialog, qtbot, "lành")
    path.write_text('format = "brat"\nunits = "word"\n', encoding="utf-8")
    raw = path.read_bytes()
    dialog.recipes._run(dialog.recipes._list)
    pick(dialog, qtbot, "hỏng")
    assert str(path) in dialog.recipes.message() and "units" in dialog.recipes.message()
    assert dialog.form.request() == before and dialog.export_button.isEnabled()
    save(dialog, qtbot, "hỏng")
    assert path.read_bytes() == raw and "units" in dialog.recipes.message()
    save(dialog, qtbot, "khác")
    assert list_recipes(corpus) == ["hỏng", "khác", "lành"] and dialog.recipes.box.currentData() == "khác"


def test_a_folder_that_cannot_be_written_is_told(dialog: ExportDialog, qtbot: QtBot, corpus: Path) -> None:
    (corpus / ".annotator").write_text("đây là tệp", encoding="utf-8")
    save(dialog, qtbot, "của Lan")
    assert str(corpus / ".annotator") in dialog.recipes.message() and dialog.isVisible()
    assert (corpus / ".annotator").read_text(encoding="utf-8") == "đây là tệp"


def test_the_folder_of_a_recipe_is_kept_where_a_person_named_one(dialog: ExportDialog, qtbot: QtBot, corpus: Path, tmp_path: Path) -> None:
    dialog.form.folder.clear()
    QTest.keyClicks(dialog.form.folder, str(tmp_path / "ra"))
    save(dialog, qtbot, "ra")
    assert 'folder = "../ra"' in (recipes_folder(corpus) / "ra.toml").read_text(encoding="utf-8")
    pick(dialog, qtbot, "")
    save_recipe(corpus, Recipe("theo định dạng", ExportRequest("jsonl")))
    dialog.recipes._run(dialog.recipes._list)
    pick(dialog, qtbot, "theo định dạng")
    assert dialog.form.folder.text().endswith("-jsonl")
    pick(dialog, qtbot, "ra")
    assert dialog.form.target() == tmp_path / "ra"


def test_what_another_person_saved_meanwhile_is_not_written_over_unasked(dialog: ExportDialog, qtbot: QtBot, corpus: Path) -> None:
    settled(dialog, qtbot)
    save_recipe(corpus, Recipe("Chung", ExportRequest("conll")))
    bar, say = dialog.recipes, dialog._look.say
    save(dialog, qtbot, "Chung")
    qtbot.waitUntil(lambda: bar.do_button.text() == say("gui.export.recipe_do_replace"))
    assert read_recipe(corpus, "Chung").request.format == "conll" and "Chung" in bar.message() and bar.asking == "save"
    QTest.keyClick(bar.name, Qt.Key.Key_Return)
    settled(dialog, qtbot)
    assert read_recipe(corpus, "Chung").request.format == "brat" and not bar.asking


def test_a_recipe_that_somebody_deleted_goes_from_the_list(dialog: ExportDialog, qtbot: QtBot, corpus: Path) -> None:
    settled(dialog, qtbot)
    save(dialog, qtbot, "cũ")
    recipe_path(corpus, "cũ").unlink()
    pick(dialog, qtbot, "cũ")
    qtbot.waitUntil(lambda: dialog.recipes.box.findData("cũ") < 0)
    assert "cũ" in dialog.recipes.message()
