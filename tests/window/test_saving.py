"""Saving that fails is told, keeps the document unsaved and the window open, until the person decides."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from annotator.gui.dialogs.rescue import RescueDialog
from annotator.gui.hands import wait_until
from annotator.store.sidecar import sidecar_path

from .conftest import CTRL, Sit, Sitting, settle


def block(s: Sitting) -> Path:
    """Put a folder where the sidecar should go."""
    path = sidecar_path(s.session.path)
    path.mkdir()
    return path


def failed(s: Sitting) -> bool:
    return wait_until(lambda: s.window.status.saving == s.told("gui.status.not_saved"), seconds=3)


class Answers:
    """Waits for the rescue dialog and clicks the buttons that were asked for, one each time it comes."""

    def __init__(self, *choices: str, meanwhile: Callable[[], None] | None = None) -> None:
        self.waiting = list(choices)
        self.seen: list[str] = []
        self._meanwhile = meanwhile
        self._timer = QTimer()
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, RescueDialog) or not self.waiting:
            return
        if self._meanwhile is not None:
            self._meanwhile()
        self.seen.append(" ".join(child.text() for child in dialog.findChildren(QPushButton)))
        button = dialog.findChild(QPushButton, self.waiting.pop(0))
        assert button is not None and button.isVisible()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_save_that_fails_is_told_and_done_again_when_it_can_be(sit: Sit) -> None:
    s = sit()
    path = block(s)
    s.mark("Huế", "g")
    assert failed(s) and not s.session.is_saved
    assert s.message.startswith("⚠") and "a.txt.ann.json" in s.message
    path.rmdir()
    s.press("s", modifiers=CTRL)
    assert wait_until(lambda: s.session.is_saved, seconds=3)
    assert s.sidecar()["entities"][0]["text"] == "Huế" and s.window.status.saving == s.told("gui.status.saved", revision=1)


def test_the_next_edit_tries_again(sit: Sit) -> None:
    s = sit()
    path = block(s)
    s.mark("Huế", "g")
    assert failed(s)
    path.rmdir()
    s.mark("Hà Nội", "g")
    assert wait_until(lambda: s.session.is_saved, seconds=3) and len(s.sidecar()["entities"]) == 2


def test_the_window_stays_when_the_person_says_so(sit: Sit) -> None:
    s = sit()
    block(s)
    s.mark("Huế", "g")
    assert failed(s)
    answers = Answers("stay")
    s.window.close()
    assert wait_until(lambda: bool(answers.seen), seconds=3)
    settle()
    assert s.window.isVisible() and not s.session.is_saved and s.surfaces() == [("GPE", "Huế")]


def test_escape_in_the_dialog_means_stay(sit: Sit) -> None:
    s = sit()
    block(s)
    s.mark("Huế", "g")
    asked = []

    def escape() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, RescueDialog):
            asked.append(dialog)
            QTest.keyClick(dialog, Qt.Key.Key_Escape)

    timer = QTimer()
    timer.timeout.connect(escape)
    timer.start(20)
    s.window.close()
    assert wait_until(lambda: bool(asked), seconds=3)
    timer.stop()
    settle()
    assert s.window.isVisible() and s.surfaces() == [("GPE", "Huế")]


def test_discarding_closes_and_leaves_the_disk_as_it_is(sit: Sit) -> None:
    s = sit()
    path = block(s)
    s.mark("Huế", "g")
    answers = Answers("discard")
    s.window.close()
    assert wait_until(lambda: not s.window.isVisible(), seconds=3)
    assert answers.seen and path.is_dir() and not list(path.iterdir())


def test_trying_again_closes_once_it_works(sit: Sit) -> None:
    s = sit()
    path = block(s)
    s.mark("Huế", "g")
    answers = Answers("retry", meanwhile=path.rmdir)
    s.window.close()
    assert wait_until(lambda: not s.window.isVisible(), seconds=3)
    assert answers.seen and s.sidecar()["entities"][0]["text"] == "Huế"


def test_trying_again_in_vain_asks_again(sit: Sit) -> None:
    s = sit()
    block(s)
    s.mark("Huế", "g")
    answers = Answers("retry", "retry", "stay")
    s.window.close()
    assert wait_until(lambda: len(answers.seen) == 3, seconds=3)
    settle()
    assert s.window.isVisible() and not s.session.is_saved


def test_a_copy_elsewhere_holds_everything_and_lets_the_window_close(sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    s = sit()
    block(s)
    s.mark("Huế", "g")
    copy = tmp_path / "copy.ann.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    answers = Answers("copy")
    s.window.close()
    assert wait_until(lambda: not s.window.isVisible(), seconds=3)
    assert answers.seen and "Huế" in copy.read_text()


def test_a_copy_that_cannot_be_written_keeps_the_window_and_what_was_there(
    sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    s = sit()
    block(s)
    s.mark("Huế", "g")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "nowhere" / "copy.json"), ""))
    answers = Answers("copy")
    s.window.close()
    assert wait_until(lambda: bool(answers.seen), seconds=3)
    settle()
    assert s.window.isVisible() and not s.session.is_saved and s.window.bubble.isVisible()


def test_what_another_program_wrote_is_not_overwritten(sit: Sit) -> None:
    s = sit()
    s.mark("Huế", "g")
    s.saved()
    theirs = s.raw().replace(b'"note": ""', b'"note": "x"')
    sidecar_path(s.session.path).write_bytes(theirs)
    s.mark("Hà Nội", "g")
    assert failed(s) and "a.txt.ann.json" in s.message
    assert s.raw() == theirs
    answers = Answers("discard")
    s.window.close()
    assert wait_until(lambda: not s.window.isVisible(), seconds=3)
    assert answers.seen and s.raw() == theirs


def test_a_sidecar_that_appears_meanwhile_is_not_overwritten(sit: Sit) -> None:
    s = sit()
    sidecar_path(s.session.path).write_bytes(b"{}\n")
    s.mark("Huế", "g")
    assert failed(s) and s.raw() == b"{}\n"


def test_another_article_is_not_opened_over_unsaved_work(sit: Sit) -> None:
    s = sit({"a.txt": "Ông Nam về Huế.\n", "b.txt": "Bà Lan ở Huế.\n"})
    block(s)
    s.mark("Huế", "g")
    answers = Answers("stay", "discard")
    s.press(Qt.Key.Key_PageDown, modifiers=CTRL)
    assert wait_until(lambda: len(answers.seen) == 1, seconds=3)
    settle()
    assert s.session.path.name == "a.txt" and s.surfaces() == [("GPE", "Huế")]
    s.window.activateWindow()
    assert QTest.qWaitForWindowActive(s.window)
    s.press(Qt.Key.Key_PageDown, modifiers=CTRL)
    assert wait_until(lambda: s.session.path.name == "b.txt", seconds=3)


def test_closing_waits_for_the_disk(sit: Sit) -> None:
    s = sit()
    s.mark("Huế", "g")
    assert not s.session.is_saved
    assert s.close()
    assert s.sidecar()["entities"][0]["text"] == "Huế"


def test_many_edits_at_once_end_in_the_last_state(sit: Sit) -> None:
    s = sit()
    for _ in range(20):
        s.mark("Huế", "g")
        s.press("z", modifiers=CTRL)
    s.mark("Huế", "l")
    saved = s.saved()
    assert [item["type"] for item in saved["entities"]] == ["LOC"] and saved["revision"] == s.session.durable.revision
    assert not list(s.folder.glob("*.tmp")) and len(list(s.folder.iterdir())) == 2


def test_a_copy_over_a_file_replaces_it_whole(sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    s = sit()
    block(s)
    s.mark("Huế", "g")
    copy = tmp_path / "copy.ann.json"
    copy.write_text("an older copy")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    answers = Answers("copy")
    s.window.close()
    assert wait_until(lambda: not s.window.isVisible(), seconds=3)
    assert answers.seen and "Huế" in copy.read_text() and list(tmp_path.glob("*copy*")) == [copy]
