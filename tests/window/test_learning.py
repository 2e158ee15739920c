"""First guesses learnt from the corpus at hand: from its finished articles, kept from day to day, forgotten on demand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox

from annotator.core import commands
from annotator.core.edits import apply
from annotator.core.model import Status
from annotator.gui.desk import learning
from annotator.gui.hands import wait_until
from annotator.store.sidecar import encode, load, sidecar_path
from annotator.store.snapshot import take_snapshot
from tests.window.conftest import Sit, Sitting, settle

TEXT = "Đồng Tâm và Đồng Tâm và Đồng Tâm\n"
PLACE = (0, 8)


def label(path: Path, type_name: str, *, status: Status = "done", revision: int = 1) -> Path:
    """An article that somebody labelled: its first words are of a type."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(TEXT, encoding="utf-8")
    sidecar_path(path).unlink(missing_ok=True)
    document = load(path).document
    apply(document, commands.tag(document, [PLACE], type_name))
    apply(document, commands.set_field(document, "status", status))
    sidecar_path(path).write_bytes(encode(take_snapshot(document), revision=revision))
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "new.txt").write_text(TEXT, encoding="utf-8")
    return folder


def begin(sit: Sit, root: Path) -> Sitting:
    """Sit down before the article that nobody labelled, once all is learnt."""
    sitting = sit(folder=root)
    learner = sitting.window.desk.learner
    assert wait_until(lambda: learner._reading is None)
    sitting.open("new.txt")
    return sitting


def guess(sitting: Sitting) -> str:
    """What Space makes of the text; it is taken back."""
    sitting.drag("Đồng Tâm")
    sitting.press(Qt.Key.Key_Space)
    made = [item.type for item in sitting.session.document.annotations()]
    if made:
        sitting.window.menus.actions["undo"].trigger()
    sitting.session.clear_selection()
    return made[0] if made else ""


def forget(sitting: Sitting) -> None:
    sitting.window.menus.actions["forget_learnt"].trigger()
    box = sitting.window.findChild(QMessageBox, "forget")
    assert box is not None
    button = box.findChild(QAbstractButton, "forget-do")
    assert button is not None
    button.click()
    settle()


def test_what_others_finished_is_guessed_and_what_they_have_not_finished_is_not(sit: Sit, root: Path) -> None:
    label(root / "1.txt", "ORG")
    label(root / "2.txt", "PER", status="doing")
    label(root / "3.txt", "PER", status="doing")
    before = {path.name: path.read_bytes() for path in root.iterdir()}
    sitting = begin(sit, root)
    assert guess(sitting) == "ORG"
    sitting.window.desk.drop()
    assert {name: (root / name).read_bytes() for name in before} == before


def test_what_was_learnt_is_kept_and_read_again_only_where_it_changed(sit: Sit, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    label(root / "1.txt", "ORG")
    label(root / "2.txt", "ORG")
    sitting = begin(sit, root)
    assert sitting.close() and learning.memory_path(root).exists()
    label(root / "2.txt", "GPE", revision=2)
    os.utime(sidecar_path(root / "2.txt"), ns=(1, 2))
    read: list[str] = []
    plain = learning.Reading._read

    def noted(self: learning.Reading, beside: Path, *rest: object, **named: object) -> object:
        read.append(beside.name)
        return plain(self, beside, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(learning.Reading, "_read", noted)
    again = begin(sit, root)
    assert read == ["2.txt.ann.json"]
    assert {name: sum(entry.facts.surfaces.values()) for name, entry in again.window.desk.learner.memory.entries.items()} == {
        "1.txt": 1,
        "2.txt": 1,
    }
    assert "đồng tâm\nentity\nGPE" in again.window.desk.learner.memory.entries["2.txt"].facts.surfaces


def test_what_is_gone_counts_no_longer(sit: Sit, root: Path) -> None:
    label(root / "1.txt", "ORG")
    assert begin(sit, root).close()
    sidecar_path(root / "1.txt").unlink()
    again = begin(sit, root)
    assert again.window.desk.learner.memory.entries == {} and guess(again) == ""


def test_what_is_open_counts_as_it_is(sit: Sit, root: Path) -> None:
    label(root / "1.txt", "ORG")
    sitting = begin(sit, root)
    sitting.mark("Đồng Tâm", "l", behind="và")
    sitting.hands.drag((24, 32))
    sitting.press("l")
    assert len(sitting.surfaces()) == 2
    sitting.drag("Đồng Tâm")
    sitting.press(Qt.Key.Key_Space)
    assert sitting.surfaces()[0] == ("LOC", "Đồng Tâm")


def test_after_forgetting_only_what_is_labelled_from_then_on_counts(sit: Sit, root: Path) -> None:
    for number in range(3):
        label(root / f"{number}.txt", "ORG")
    sitting = begin(sit, root)
    assert guess(sitting) == "ORG"
    forget(sitting)
    assert sitting.message == sitting.told("told.forgot_learnt")
    assert guess(sitting) == ""
    sitting.open("1.txt")
    sitting.open("new.txt")
    assert guess(sitting) == ""
    sitting.mark("Đồng Tâm", "l", behind="và")
    assert guess(sitting) == "LOC"


def test_what_was_forgotten_stays_forgotten_the_next_day(sit: Sit, root: Path) -> None:
    label(root / "1.txt", "ORG")
    label(root / "2.txt", "PER", status="doing")
    sitting = begin(sit, root)
    sitting.open("1.txt")
    forget(sitting)
    assert sitting.close()
    again = begin(sit, root)
    assert guess(again) == ""
    again.open("2.txt")
    again.open("new.txt")
    assert guess(again) == ""
    assert again.close()
    # Somebody labels on after the forgetting: that counts.
    label(root / "3.txt", "GPE")
    assert guess(begin(sit, root)) == "GPE"


def test_to_keep_is_one_key(sit: Sit, root: Path) -> None:
    label(root / "1.txt", "ORG")
    sitting = begin(sit, root)
    sitting.window.menus.actions["forget_learnt"].trigger()
    box = sitting.window.findChild(QMessageBox, "forget")
    assert box is not None
    box.reject()
    settle()
    assert guess(sitting) == "ORG"


def test_a_damaged_memory_is_told_once_and_made_anew(sit: Sit, root: Path, home: Path) -> None:
    label(root / "1.txt", "ORG")
    path = learning.memory_path(root)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"{")
    sitting = sit(folder=root)
    assert wait_until(lambda: sitting.told("error.lexicon-unreadable", path=str(path)) in sitting.message)
    assert wait_until(lambda: sitting.window.desk.learner._reading is None)
    sitting.open("new.txt")
    assert guess(sitting) == "ORG"


def test_a_damaged_sidecar_teaches_nothing(sit: Sit, root: Path) -> None:
    beside = sidecar_path(label(root / "1.txt", "ORG"))
    beside.write_bytes(beside.read_bytes().replace(b'"ORG"', b'"PER"'))
    assert guess(begin(sit, root)) == ""


def test_what_one_window_forgets_another_does_not_bring_back(sit: Sit, root: Path) -> None:
    label(root / "1.txt", "ORG")
    label(root / "2.txt", "ORG")
    one, other = begin(sit, root), begin(sit, root)
    forget(one)
    assert one.window.desk.saver.writer.flush(5.0)
    other.window.desk.learner._is_changed = True
    assert other.close() and one.close()
    assert "đồng tâm" not in learning.memory_path(root).read_text(encoding="utf-8")
    assert guess(begin(sit, root)) == ""


def test_a_memory_damaged_in_its_middle_still_says_what_was_forgotten(sit: Sit, root: Path) -> None:
    label(root / "1.txt", "ORG")
    label(root / "2.txt", "ORG")
    sitting = begin(sit, root)
    forget(sitting)
    assert sitting.close()
    path = learning.memory_path(root)
    lines = path.read_bytes().split(b"\n")
    path.write_bytes(b"\n".join([lines[0], b"[damaged],", *lines[1:]]))
    again = begin(sit, root)
    assert guess(again) == ""


def test_a_memory_of_brackets_alone_is_damaged(sit: Sit, root: Path) -> None:
    label(root / "1.txt", "ORG")
    path = learning.memory_path(root)
    path.parent.mkdir(parents=True)
    path.write_bytes(b'{"format": ' + b"[" * 100_000 + b"\n]}\n")
    assert list(begin(sit, root).window.desk.learner.memory.entries) == ["1.txt"]
