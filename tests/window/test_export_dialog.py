"""The export dialog: what it says before it writes, what it writes, and how it stops."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.core import commands, links
from annotator.core.document import Document
from annotator.core.edits import apply
from annotator.core.schema_toml import read_schema
from annotator.gui.dialogs.export import ExportDialog
from annotator.gui.looks.look import Look
from annotator.resources import resource
from annotator.store.corpus import Corpus
from annotator.store.files import write_whole
from annotator.store.sidecar import encode, load, sidecar_path
from annotator.store.snapshot import take_snapshot
from annotator.tasks.exporting import ExportRequest, export_corpus

# The screenless platform says this of every window that is shown.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

TEXT = "Chiều 5/4, ông Nam tử vong tại Hà Nội.\nHai nghi phạm bị bắt.\n"
SCHEMA = read_schema(resource("schemas", "bkee.toml").read_bytes(), path="bkee.toml")


def annotate(document: Document) -> None:
    def at(words: str) -> list[tuple[int, int]]:
        start = TEXT.index(words)
        return [(start, start + len(words))]

    apply(document, commands.tag_event(document, at("tử vong"), "Die"))
    apply(document, links.fill(document, "E1", "Victim", spans=at("ông Nam"), schema=SCHEMA))
    apply(document, links.fill(document, "E1", "Place", spans=at("Hà Nội"), schema=SCHEMA))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two articles, one of them annotated and done, in a corpus under bkee."""
    root = tmp_path / "ngữ liệu"
    (root / "tháng 4").mkdir(parents=True)
    (root / "annotator.toml").write_text('schema = "bkee"\n', encoding="utf-8")
    (root / "trống.txt").write_text("Chưa có nhãn nào.\n", encoding="utf-8")
    path = root / "tháng 4" / "tai nạn.txt"
    path.write_text(TEXT, encoding="utf-8")
    document = load(path).document
    annotate(document)
    apply(document, commands.set_field(document, "status", "done"))
    write_whole(sidecar_path(path), encode(take_snapshot(document), revision=1), expected=None)
    return root


@pytest.fixture
def dialog(qtbot: QtBot, corpus: Path) -> Iterator[ExportDialog]:
    shown = ExportDialog(Look(language="vi"), Corpus.open(corpus))
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitUntil(lambda: shown.phase == "ready")
    yield shown
    shown.jobs.leave()


def choose(dialog: ExportDialog, qtbot: QtBot, **choices: str) -> None:
    for name, value in choices.items():
        box = getattr(dialog.form, name)
        box.setCurrentIndex(box.findData(value))
    qtbot.waitUntil(lambda: dialog.phase == "ready")


def click(dialog: ExportDialog) -> None:
    QTest.mouseClick(dialog.export_button, Qt.MouseButton.LeftButton)


def test_the_account_stands_there_before_anything_is_written(dialog: ExportDialog, qtbot: QtBot, corpus: Path) -> None:
    choose(dialog, qtbot, format="conll")
    assert [dialog.account.figure(layer, "left_out") for layer in ("entities", "events", "arguments")] == ["0", "1", "2"]
    assert dialog.account.figure("entities", "whole") == "2"
    assert [row.loss.document for row in dialog.losses.rows] == ["tháng 4/tai nạn"] * 3
    assert sorted(path.name for path in corpus.parent.iterdir()) == [corpus.name]


def test_the_preview_is_what_will_be_written(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    choose(dialog, qtbot, format="conll", status="done", unit="syllable", scheme="bioes")
    dialog.form.folder.setText(str(tmp_path / "ra"))
    click(dialog)
    qtbot.waitUntil(lambda: dialog.phase == "written")
    written = (tmp_path / "ra" / "all.conll").read_text(encoding="utf-8")
    assert written.startswith(dialog.preview.toPlainText())
    assert "Nam\tE-PER" in dialog.preview.toPlainText()


def test_export_writes_just_what_the_command_line_would(dialog: ExportDialog, qtbot: QtBot, corpus: Path, tmp_path: Path) -> None:
    choose(dialog, qtbot, format="jsonl", split="three")
    dialog.form.seed.setValue(7)
    dialog.form.folder.setText(str(tmp_path / "ra"))
    click(dialog)
    qtbot.waitUntil(lambda: dialog.phase == "written")
    export_corpus(Corpus.open(corpus), tmp_path / "đối chiếu", ExportRequest("jsonl", split=(0.8, 0.1, 0.1), seed=7))
    for part in ("train", "dev", "test"):
        name = f"{part}.jsonl"
        assert (tmp_path / "ra" / name).read_bytes() == (tmp_path / "đối chiếu" / name).read_bytes()
    assert str(tmp_path / "ra") in dialog.message()


def test_only_documents_that_are_done(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    choose(dialog, qtbot, format="jsonl", status="done")
    dialog.form.folder.setText(str(tmp_path / "ra"))
    click(dialog)
    qtbot.waitUntil(lambda: dialog.phase == "written")
    lines = (tmp_path / "ra" / "all.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 and json.loads(lines[0])


def test_unit_and_scheme_are_asked_only_where_they_mean_something(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose(dialog, qtbot, format="brat")
    assert not dialog.form.unit.isVisible() and not dialog.form.scheme.isVisible() and not dialog.form.seed.isVisible()
    choose(dialog, qtbot, format="conll", split="three")
    dialog.form.section("tags").open()
    assert dialog.form.unit.isVisible() and dialog.form.scheme.isVisible() and dialog.form.seed.isVisible()


def test_the_folder_follows_the_format_until_one_is_named(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose(dialog, qtbot, format="conll")
    assert dialog.form.folder.text().endswith("-conll")
    dialog.form.folder.clear()
    QTest.keyClicks(dialog.form.folder, "/my/own")
    choose(dialog, qtbot, format="brat")
    assert dialog.form.folder.text() == "/my/own"


def test_a_double_click_on_a_loss_names_its_place(dialog: ExportDialog, qtbot: QtBot) -> None:
    choose(dialog, qtbot, format="conll")
    row = next(number for number, held in enumerate(dialog.losses.rows) if held.loss.id == "E1")
    place = TEXT.index("tử vong")
    with qtbot.waitSignal(dialog.loss_chosen) as heard:
        dialog.table.doubleClicked.emit(dialog.losses.index(row, 0))
    assert heard.args == ["tháng 4/tai nạn", place, place + len("tử vong")]
    assert "tử vong" in str(dialog.losses.index(row, 2).data())


def test_a_folder_that_cannot_take_it_is_refused_in_place(dialog: ExportDialog, qtbot: QtBot, corpus: Path) -> None:
    dialog.form.folder.setText(str(corpus))
    click(dialog)
    qtbot.waitUntil(lambda: dialog.phase == "ready")
    assert str(corpus) in dialog.message()
    assert dialog.export_button.isEnabled()


def test_no_folder_no_export(dialog: ExportDialog) -> None:
    dialog.form.folder.clear()
    click(dialog)
    assert dialog.phase == "ready" and dialog.isVisible()


def test_an_unreadable_sidecar_is_named_before(qtbot: QtBot, corpus: Path) -> None:
    (corpus / "trống.txt.ann.json").write_text("{", encoding="utf-8")
    dialog = ExportDialog(Look(language="en"), Corpus.open(corpus))
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.phase == "ready")
    assert "trống.txt.ann.json" in dialog.message()
    assert dialog.account.figure("entities", "annotations") == "2"


def test_stopped_while_it_writes_nothing_is_left(dialog: ExportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.form.folder.setText(str(tmp_path / "ra"))
    click(dialog)
    dialog.reject()
    qtbot.waitUntil(lambda: dialog.phase != "writing")
    # Whether it was stopped in time or done already: what is there is whole or nothing.
    assert (tmp_path / "ra").exists() == (dialog.phase == "written")
    assert not list(tmp_path.glob(".*"))
    assert dialog.isVisible()


def test_closing_while_it_reads_is_quick_and_quiet(qtbot: QtBot, corpus: Path) -> None:
    dialog = ExportDialog(Look(language="en"), Corpus.open(corpus))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.reject()
    assert not dialog.isVisible()


def test_of_files_that_are_open_just_these_are_surveyed(qtbot: QtBot, corpus: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "khác" / "bài.txt"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes((corpus / "trống.txt").read_bytes())
    dialog = ExportDialog(Look(language="en"), Corpus.open(elsewhere, corpus / "tháng 4" / "tai nạn.txt"))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.phase == "ready")
    assert "2" in dialog.message() and "5" in dialog.message(), dialog.message()
    choose(dialog, qtbot, format="conll")
    with qtbot.waitSignal(dialog.loss_chosen) as heard:
        dialog.table.doubleClicked.emit(dialog.losses.index(0, 0))
    # A loss outside of the first file's folder is found all the same.
    assert elsewhere.parent / f"{heard.args[0]}.txt" == corpus / "tháng 4" / "tai nạn.txt"
    dialog.jobs.leave()
