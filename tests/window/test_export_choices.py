"""The choices of an export: which are offered, what they change in preview, account and parts, and what stands in the way."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from annotator.core.errors import AnnotatorError
from annotator.core.model import Entity
from annotator.formats.offered import offered
from annotator.formats.reduction import Reduction
from annotator.formats.table import FORMATS
from annotator.formats.type_maps import Selection, TypeMap
from annotator.gui.dialogs.export import ExportDialog
from annotator.gui.dialogs.export_types import TypesDialog
from annotator.store.corpus import Corpus
from annotator.store.sidecar import load
from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.formats import has_extra
from annotator.tasks.recipe_text import Recipe
from annotator.tasks.surveying import survey_export

from .conftest import ARTICLE, Sit, settle
from .test_export_dialog import choose, click, corpus, dialog

__all__ = ["corpus", "dialog"]
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

EVERYTHING = Recipe(
    "",
    ExportRequest(
        "conll", "syllable", "bioes", split=(0.5, 0.25, 0.25), seed=7, statuses=frozenset({"done", "todo"}), duplicates=False,
        nesting="layers", sentences="auto", longest=9, empty=0.25, strict=True,
        reduction=Reduction("all", TypeMap(Selection(exclude=("TIME",), map=(("PER", "NGƯỜI"),))), extents="head", spelling="new"),
    ),
    Path("/nơi/khác"),
)  # fmt: skip


def ready(dialog: ExportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.phase == "ready", timeout=10_000)


def test_every_choice_is_shown_and_given_back(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.form.show_recipe(EVERYTHING)
    assert dialog.form.recipe("") == EVERYTHING
    by_file = ExportRequest("brat", split_file=Path("/chia/parts.tsv"))
    chat = ExportRequest("chat", template=Path("/khuôn.toml"))
    others = (ExportRequest("argument-bio", folds=7), by_file, ExportRequest("oneie", empty=0.0), chat)
    usual = {held.name: held.default for held in fields(ExportRequest)}
    assert all(any(getattr(request, name) != value for request in (EVERYTHING.request, *others)) for name, value in usual.items())
    for request in others:
        dialog.form.show_recipe(Recipe("", request))
        assert dialog.form.request() == request
    ready(dialog, qtbot)


@pytest.mark.parametrize("name", ["brat", "conll", "oneie", "trigger-bio", "prodigy", "gliner", "chat"])
def test_what_a_format_cannot_use_is_not_offered(dialog: ExportDialog, qtbot: QtBot, name: str) -> None:
    choose(dialog, qtbot, format=name)
    form = dialog.form
    for section in form.sections:
        section.open()
    widgets = {
        "unit": form.unit, "scheme": form.scheme, "nesting": form.nesting, "sentences": form.sentences, "longest": form.cutting.longest,
        "empty": form.cutting.empty, "names": form.content.names, "extents": form.content.extents, "template": form.template,
    }  # fmt: skip
    found = {choice for choice, widget in widgets.items() if widget.isVisible()}
    assert (found | {"layers"} if form.nesting.findData("layers") >= 0 else found) == offered(name)


def test_a_choice_of_another_format_costs_nothing_and_comes_back(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose(dialog, qtbot, format="conll", scheme="bioes", unit="syllable")
    choose(dialog, qtbot, format="brat")
    assert dialog.form.request() == ExportRequest("brat")
    choose(dialog, qtbot, format="conll")
    assert dialog.form.request() == ExportRequest("conll", "syllable", "bioes")


def test_a_closed_section_says_what_was_chosen_in_it(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose(dialog, qtbot, format="conll", scheme="bioes")
    assert dialog.form.section("tags").head.summary() == "BIOES" and not dialog.form.section("sentences").head.summary()
    QTest.keyClick(dialog.form.section("tags").head, Qt.Key.Key_Space)
    assert dialog.form.scheme.isVisible()


def test_the_preview_follows_the_choices(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose(dialog, qtbot, format="conll", status="done")
    assert "Nam\tI-PER" in dialog.preview.toPlainText()
    dialog.form.content.choose_types(TypeMap(Selection(map=(("PER", "NGƯỜI"),))))
    ready(dialog, qtbot)
    assert "Nam\tI-NGƯỜI" in dialog.preview.toPlainText()
    choose(dialog, qtbot, format="phoner", unit="syllable")
    assert dialog.preview.toPlainText().startswith('{"words":["Chiều"')


def test_a_template_is_seen_in_the_preview_and_a_slip_in_it_told(dialog: ExportDialog, qtbot: QtBot, corpus: Path, tmp_path: Path) -> None:
    own = corpus / "own.toml"

    def write(text: str, name: str) -> None:
        own.write_text(text, encoding="utf-8")
        dialog.form.template.selectAll()
        with qtbot.waitSignal(dialog.form.changed):
            QTest.keyClicks(dialog.form.template, name)
        ready(dialog, qtbot)

    choose(dialog, qtbot, format="chat", status="done")
    assert '{"messages":[{"role":"system"' in dialog.preview.toPlainText()
    write('user = "Đọc nhé: {text}"\n', "own.toml")
    assert dialog.preview.toPlainText().startswith('{"messages":[{"role":"user","content":"Đọc nhé: ')
    write('user = """\n{text}\n{ten}"""\n', "./own.toml")
    assert f"{own}:3: " in dialog.message() and "{ten}" in dialog.message() and not dialog.export_button.isEnabled()
    assert not dialog.preview.toPlainText()
    # Another format has no use for it.
    choose(dialog, qtbot, format="oneie")
    assert dialog.export_button.isEnabled() and dialog.form.request().template is None
    choose(dialog, qtbot, format="chat")
    write('user = "Đây: {text}"\n', "own.toml")
    dialog.form.folder.setText(str(tmp_path / "ra"))
    click(dialog)
    qtbot.waitUntil(lambda: dialog.phase == "written")
    assert "Đây: " in (tmp_path / "ra" / "all.jsonl").read_text(encoding="utf-8")


def test_who_comes_back_from_an_editor_sees_the_template_as_it_is_now(dialog: ExportDialog, qtbot: QtBot, corpus: Path) -> None:
    own, editor = corpus / "own.toml", QPushButton("soạn")
    own.write_text('user = "{ten}"\n', encoding="utf-8")
    qtbot.addWidget(editor)
    dialog.form.show_recipe(Recipe("", ExportRequest("chat", statuses=frozenset({"done", "checked"}), template=own)))
    ready(dialog, qtbot)
    assert "{ten}" in dialog.message()
    for text in ("Đọc nhé: {text}", "Đọc: {text}"):
        editor.show()
        editor.activateWindow()
        qtbot.waitUntil(editor.isActiveWindow)
        own.write_text(f'user = "{text}"\n', encoding="utf-8")
        dialog.activateWindow()
        qtbot.waitUntil(lambda: text.partition("{")[0] in dialog.preview.toPlainText())  # noqa: B023
        ready(dialog, qtbot)
    assert dialog.export_button.isEnabled()


def test_files_are_looked_for_with_a_button(dialog: ExportDialog, qtbot: QtBot, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = corpus / "own.toml"
    own.write_text('user = "Đọc nhé: {text}"\n', encoding="utf-8")
    monkeypatch.setattr("annotator.gui.dialogs.export_fields.QFileDialog.getOpenFileName", lambda *_: (str(own), ""))
    choose(dialog, qtbot, format="chat", status="done")
    button = dialog.findChild(QPushButton, "browse-template")
    assert button is not None and "Khuôn mẫu" in button.accessibleName()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    ready(dialog, qtbot)
    assert "Đọc nhé" in dialog.preview.toPlainText() and dialog.form.request().template == own


@pytest.mark.parametrize("name", ["hf-parquet", "spacy"])
def test_a_file_of_bytes_is_told_in_words(dialog: ExportDialog, qtbot: QtBot, name: str) -> None:
    choose(dialog, qtbot, format=name, status="done")
    text = dialog.preview.toPlainText()
    assert "tử vong" in text.replace("_", " ") and "Die" in text and "Victim" in text and "PER" in text
    if has_extra(FORMATS[name]):
        assert dialog.export_button.isEnabled()
    else:
        assert f'pip install "annotator[{FORMATS[name].extra}]"' in dialog.message() and not dialog.export_button.isEnabled()
        assert dialog.account.figure("entities", "whole") == "2"


def test_what_came_too_late_is_not_shown(dialog: ExportDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow preview of choices that were changed since is dropped, however it ends."""
    import annotator.gui.dialogs.export as module

    held, real = threading.Event(), module.survey_each

    def slow(corpus: Corpus, request: ExportRequest, *, progress: object) -> Iterator[object]:
        if request.format == "conll":
            held.wait(10)
            # Deaf to the wish to stop, as reading from a slow disk is.
            yield from real(corpus, request, progress=lambda done, total: None)
        else:
            yield from real(corpus, request, progress=lambda done, total: None)

    monkeypatch.setattr(module, "survey_each", slow)
    dialog.form.format.setCurrentIndex(dialog.form.format.findData("conll"))
    choose(dialog, qtbot, format="phoner", status="done")
    held.set()
    for thread in dialog.jobs._threads:
        thread.join(10)
    settle()
    assert dialog.preview.toPlainText().startswith('{"words"') and dialog.phase == "ready"


def test_articles_of_another_status_are_told(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose(dialog, qtbot, status="done")
    assert dialog.message().endswith(": 1.")
    choose(dialog, qtbot, status="some")
    for tick in dialog.form.articles.ticks.values():
        tick.setChecked(False)
    ready(dialog, qtbot)
    assert dialog.message() == dialog._look.explain(AnnotatorError("no-status")) and not dialog.export_button.isEnabled()
    dialog.form.articles.ticks["todo"].setChecked(True)
    ready(dialog, qtbot)
    assert dialog.form.request().statuses == {"todo"} and dialog.export_button.isEnabled()


def test_losses_can_be_narrowed_to_one_kind(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.form.cutting.longest.setValue(2)
    choose(dialog, qtbot, format="conll")
    qtbot.waitUntil(lambda: len(dialog.losses.kinds()) == 2, timeout=10_000)
    kind = dialog.losses_view.kind
    kind.setCurrentIndex(kind.findData("sentence-too-long"))
    kind.picked.emit("sentence-too-long")
    assert {row.loss.what for row in dialog.losses.rows} == {"sentence-too-long"}
    # What only is to be known is no loss.
    assert ": 3." in dialog.losses_view.title.text()


def annotated(corpus: Path) -> list[Entity]:
    return list(load(corpus / "tháng 4" / "tai nạn.txt").document.entities.values())


def test_types_left_out_are_in_the_account(dialog: ExportDialog, qtbot: QtBot, corpus: Path) -> None:
    choose(dialog, qtbot, format="jsonl")
    QTest.mouseClick(dialog.form.content.types_button, Qt.MouseButton.LeftButton)
    types = dialog.findChild(TypesDialog)
    assert types is not None
    items = {str(item.text(1)): item for item in types.items("entities")}
    items["PER"].setCheckState(0, Qt.CheckState.Unchecked)
    (place,) = (name for name in ("GPE", "LOC", "FAC") if name in {row.type for row in annotated(corpus)})
    items[place].setText(1, " NƠI  CHỐN ")
    use = types.findChild(QPushButton, "types-use")
    assert use is not None and items[place].text(1) == "NƠI_CHỐN"
    QTest.mouseClick(use, Qt.MouseButton.LeftButton)
    ready(dialog, qtbot)
    assert dialog.form.content.types == TypeMap(Selection(exclude=("PER",), map=((place, "NƠI_CHỐN"),)))
    assert dialog.account.figure("entities", "left_out") == "1" and dialog.account.figure("arguments", "left_out") == "1"
    assert {row.loss.what for row in dialog.losses.rows} == {"type-not-wanted", "filler-left-out", "type-mapped"}


def test_types_of_a_file_and_a_file_that_is_none(qtbot: QtBot, dialog: ExportDialog, tmp_path: Path) -> None:
    dialog._choose_types()
    types = dialog.findChild(TypesDialog)
    assert types is not None
    (tmp_path / "types.toml").write_text('[events]\ninclude = ["Die"]\n', encoding="utf-8")
    types.read(tmp_path / "types.toml")
    assert [item.text(1) for item in types.items("events") if item.checkState(0) == Qt.CheckState.Checked] == ["Die"]
    # As the file says it, not as all others left out.
    assert types.types().events == Selection(include=("Die",))
    types.read(tmp_path / "không có.toml")
    assert "không có.toml" in types._message.text() and types.types().events == Selection(include=("Die",))
    types.reject()


def test_the_parts_stand_there_before_anything_is_written(qtbot: QtBot, corpus: Path, dialog: ExportDialog) -> None:
    text = "Chiều qua công an thành phố đã bắt giữ hai nghi phạm tại một quán cà phê gần chợ.\n" * 3
    for name in ("một", "hai"):
        (corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    (corpus / "chia.tsv").write_text("trống\ttrain\ntháng 4/tai nạn\ttest\nmột\ttrain\nhai\ttest\n", encoding="utf-8")
    choose(dialog, qtbot, format="jsonl", split="folds")
    dialog.form.parts.folds.setValue(2)
    qtbot.waitUntil(lambda: [row.cells[0] for row in dialog.parts.parts.rows] == ["fold-1", "fold-2"], timeout=10_000)
    assert any("hai, một" in row.cells[1] or "một, hai" in row.cells[1] for row in dialog.parts.notes.rows)
    choose(dialog, qtbot, split="file")
    assert not dialog.export_button.isEnabled() and dialog.message() == dialog._look.explain(AnnotatorError("no-split-file"))
    dialog.form.parts.split_file.setText(str(corpus / "chia.tsv"))
    dialog.form.parts.changed.emit()
    ready(dialog, qtbot)
    assert [row.cells[:2] for row in dialog.parts.parts.rows] == [("train", "2"), ("test", "2")]
    leak = next(number for number, row in enumerate(dialog.parts.notes.rows) if row.span[1])
    with qtbot.waitSignal(dialog.loss_chosen) as heard:
        dialog.parts.note_table.chosen.emit(leak)
    assert heard.args[0] in ("một", "hai") and heard.args[2] > heard.args[1]


def test_a_set_that_cannot_be_divided_so_is_told_with_its_account(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose(dialog, qtbot, format="jsonl", split="folds")
    assert "5" in dialog.message() and not dialog.export_button.isEnabled()
    assert dialog.account.figure("entities", "annotations") == "2"
    choose(dialog, qtbot, split="three")
    dialog.form.parts.shares.setText("80")
    dialog.form.parts.changed.emit()
    assert dialog.message() == dialog._look.explain(AnnotatorError("bad-split", value="80")) and not dialog.export_button.isEnabled()


def test_no_loss_allowed_nothing_written(dialog: ExportDialog, qtbot: QtBot) -> None:
    dialog.form.strict.setChecked(True)
    choose(dialog, qtbot, format="conll")
    assert not dialog.export_button.isEnabled() and "3" in dialog.message()
    choose(dialog, qtbot, format="jsonl")
    assert dialog.export_button.isEnabled()


@pytest.mark.parametrize("way", ["cancelled", "failed"])
def test_a_set_that_was_not_finished_leaves_nothing(
    dialog: ExportDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """Stopped, or out of room, with half of the articles written aside: an earlier set stays to the byte, no other file is left."""
    import annotator.tasks.exporting as module

    out = tmp_path / "ra"
    export_corpus(Corpus.open(dialog._corpus.root), out, ExportRequest("jsonl"))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    choose(dialog, qtbot, format="jsonl", split="three")
    dialog.form.folder.setText(str(out))
    at_work, go_on, real = threading.Event(), threading.Event(), module.move

    def move(stage: module.Stage) -> None:
        assert any(path.suffix == ".jsonl" for path in stage.folder.rglob("*"))
        at_work.set()
        assert go_on.wait(10)
        if way == "failed":
            raise OSError(28, "No space left on device")
        raise AnnotatorError("cancelled")

    monkeypatch.setattr(module, "move", move)
    click(dialog)
    assert at_work.wait(10) and dialog.phase == "writing" and dialog.cancel_button.text() == dialog._look.say("gui.export.stop")
    dialog.reject()
    go_on.set()
    ready(dialog, qtbot)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert dialog.isVisible() and dialog.export_button.isEnabled()
    assert dialog.message() == dialog._look.say("gui.export.cancelled") or str(out) in dialog.message()
    monkeypatch.setattr(module, "move", real)
    click(dialog)
    qtbot.waitUntil(lambda: dialog.phase == "written", timeout=10_000)
    assert (out / "train.jsonl").is_file()


def test_a_loss_leads_into_the_article_and_the_choices_are_kept(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    s = sit({"a.txt": ARTICLE, "b.txt": ARTICLE})
    event = s.mark("bắt", "6")
    s.saved()
    s.open("b.txt")
    seen: list[str] = []

    def work(dialog: ExportDialog) -> int:
        """What a person does while the dialog is open."""
        from annotator.gui.hands import wait_until

        dialog.show()
        if not seen:
            dialog.form.unit.setCurrentIndex(dialog.form.unit.findData("syllable"))
            dialog.form.format.setCurrentIndex(dialog.form.format.findData("conll"))
        assert wait_until(lambda: dialog.phase == "ready")
        seen.append(f"{dialog.form.format.currentData()} {dialog.form.unit.currentData()}")
        if len(seen) == 1:
            dialog.table.setCurrentIndex(dialog.losses.index(0, 0))
            QTest.keyClick(dialog.table, Qt.Key.Key_Return)
        dialog.reject()
        return 0

    monkeypatch.setattr(ExportDialog, "exec", work)
    s.window.menus.actions["export"].trigger()
    settle()
    assert s.session.path.name == "a.txt" and s.session.selection == (s.item(event).spans[0],)
    s.window.menus.actions["export"].trigger()
    assert seen == ["conll syllable", "conll syllable"]


def test_a_survey_says_the_same_as_the_export(corpus: Path, tmp_path: Path) -> None:
    request = EVERYTHING.request
    held = survey_export(Corpus.open(corpus), request, progress=lambda done, total: None)
    written = export_corpus(Corpus.open(corpus), tmp_path / "ra", replace(request, strict=False))
    assert (held.account, held.documents, held.division) == (written.account, written.documents, written.division)
