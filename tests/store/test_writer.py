"""Only what is durable is told as saved; nothing of someone else's is written over; nothing is written without need."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core import commands
from annotator.core.document import Document
from annotator.core.edits import apply
from annotator.core.errors import AnnotatorError
from annotator.store.files import digest
from annotator.store.sidecar import Loaded, load, sidecar_path, take_snapshot
from annotator.store.writer import Writer

PATIENCE = 20.0
TEXT = "Hà Nội mưa, Huế nắng, Đà Nẵng gió.\n"


class Desk:
    """An article, a writer, and what the writer said."""

    def __init__(self, folder: Path, *, delay: float = 0.0) -> None:
        self.path = folder / "bài số 1 👨‍👩‍👧.txt"
        self.path.write_text(TEXT, encoding="utf-8")
        self.saved: list[tuple[int, str]] = []
        self.failed: list[AnnotatorError] = []
        self.writer = Writer(on_saved=self.note, on_failed=lambda path, error: self.failed.append(error), delay=delay)
        self.loaded: Loaded = load(self.path)

    def note(self, path: Path, revision: int, found: str) -> None:
        assert path == self.path and digest(self.sidecar) == found
        self.saved.append((revision, found))

    @property
    def document(self) -> Document:
        return self.loaded.document

    @property
    def sidecar(self) -> bytes:
        return sidecar_path(self.path).read_bytes()

    def tag(self, start: int, end: int) -> None:
        apply(self.document, commands.tag(self.document, [(start, end)], "GPE"))
        self.save()

    def save(self) -> None:
        self.writer.save(self.path, take_snapshot(self.document), expected=self.loaded.digest, revision=self.loaded.revision)

    def reload(self) -> None:
        self.loaded = load(self.path)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.writer.forget(made.path)
    assert made.writer.close(PATIENCE)


def test_revisions_grow_by_one_and_what_was_told_is_there(desk: Desk) -> None:
    for number, span in enumerate([(0, 6), (12, 15), (22, 29)], 1):
        desk.tag(*span)
        assert desk.writer.flush(PATIENCE)
        assert desk.saved[-1] == (number, digest(desk.sidecar))
    desk.reload()
    assert len(desk.document.entities) == desk.loaded.revision == 3
    desk.tag(7, 10)
    assert desk.writer.flush(PATIENCE) and desk.saved[-1][0] == 4
    assert not desk.failed and not desk.writer.unsaved


def test_no_change_no_write(desk: Desk) -> None:
    desk.tag(0, 6)
    assert desk.writer.flush(PATIENCE)
    written = desk.sidecar, sidecar_path(desk.path).stat().st_mtime_ns
    desk.save()
    assert desk.writer.flush(PATIENCE)
    desk.writer.forget(desk.path)
    desk.reload()
    desk.save()
    assert desk.writer.flush(PATIENCE)
    assert [revision for revision, _ in desk.saved] == [1, 1, 1]
    assert (desk.sidecar, sidecar_path(desk.path).stat().st_mtime_ns) == written


def test_of_what_waits_only_the_latest_is_written(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on, real = threading.Event(), threading.Event(), os.fsync

    def slow(descriptor: int) -> None:
        begun.set()
        assert go_on.wait(PATIENCE)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", slow)
    desk.tag(0, 6)
    assert begun.wait(PATIENCE)
    for span in [(12, 15), (22, 29), (7, 10)]:
        desk.tag(*span)
    assert desk.writer.unsaved == {desk.path}
    assert not desk.writer.flush(0.01)
    go_on.set()
    assert desk.writer.flush(PATIENCE)
    assert [revision for revision, _ in desk.saved] == [1, 2]
    desk.reload()
    assert len(desk.document.entities) == 4


def test_giving_an_article_up_does_not_wait_for_a_disk_that_does_not_answer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on, real = threading.Event(), threading.Event(), os.fsync

    def asleep(descriptor: int) -> None:
        begun.set()
        go_on.wait(PATIENCE)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", asleep)
    desk.tag(0, 6)
    assert begun.wait(PATIENCE)
    asked = time.monotonic()
    desk.writer.forget(desk.path)
    assert time.monotonic() - asked < 4.0
    go_on.set()
    assert desk.writer.flush(PATIENCE)


def test_closing_does_not_wait_for_the_delay(tmp_path: Path) -> None:
    desk = Desk(tmp_path, delay=1000.0)
    desk.tag(0, 6)
    assert desk.writer.unsaved == {desk.path} and not desk.saved
    assert desk.writer.close(PATIENCE)
    assert [revision for revision, _ in desk.saved] == [1]
    with pytest.raises(AnnotatorError, match="writer-closed"):
        desk.save()


@pytest.mark.parametrize("changed", ["edited", "deleted", "appeared"])
def test_what_someone_else_did_is_not_written_over(desk: Desk, changed: str) -> None:
    if changed != "appeared":
        desk.tag(0, 6)
        assert desk.writer.flush(PATIENCE)
    theirs = None if changed == "deleted" else b"theirs"
    if theirs is None:
        sidecar_path(desk.path).unlink()
    else:
        sidecar_path(desk.path).write_bytes(theirs)
    desk.tag(12, 15)
    assert not desk.writer.flush(PATIENCE)
    assert [error.code for error in desk.failed] == ["changed-on-disk"]
    assert desk.writer.unsaved == {desk.path} and not desk.writer.close(PATIENCE)
    assert (desk.sidecar if sidecar_path(desk.path).exists() else None) == theirs


def test_undoing_does_not_hide_that_someone_else_wrote(desk: Desk) -> None:
    desk.tag(0, 6)
    assert desk.writer.flush(PATIENCE)
    sidecar_path(desk.path).write_bytes(b"theirs")
    desk.save()
    assert not desk.writer.flush(PATIENCE)
    assert [error.code for error in desk.failed] == ["changed-on-disk"]


def test_after_loading_again_it_goes_on_from_there(desk: Desk, tmp_path: Path) -> None:
    desk.tag(0, 6)
    assert desk.writer.flush(PATIENCE)
    (tmp_path / "other").mkdir()
    other = Desk(tmp_path / "other")
    other.tag(12, 15)
    other.tag(0, 6)
    assert other.writer.close(PATIENCE)
    sidecar_path(desk.path).write_bytes(other.sidecar)
    desk.tag(22, 29)
    assert not desk.writer.flush(PATIENCE)
    desk.reload()
    desk.tag(22, 29)
    assert desk.writer.flush(PATIENCE)
    desk.reload()
    assert len(desk.document.entities) == 3


@pytest.mark.parametrize("at", [1, 2])
def test_a_failed_save_stays_unsaved_until_another_succeeds(desk: Desk, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    desk.tag(0, 6)
    assert desk.writer.flush(PATIENCE)
    old, real, count = desk.sidecar, os.fsync, iter(range(1, 100))

    def failing(descriptor: int) -> None:
        if next(count) == at:
            raise OSError(errno.EIO, "disk")
        real(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        desk.tag(12, 15)
        assert not desk.writer.flush(PATIENCE)
    assert [error.code for error in desk.failed] == ["write-failed"] and len(desk.saved) == 1
    assert at == 2 or desk.sidecar == old
    desk.save()
    assert desk.writer.flush(PATIENCE) and desk.saved[-1][0] == 2
    assert load(desk.path).revision == 2


def test_what_could_not_be_read_whole_is_not_written_over(desk: Desk) -> None:
    broken = b'{"format": "annotator", "version": 1, "enti'
    sidecar_path(desk.path).write_bytes(broken)
    desk.reload()
    assert desk.loaded.read_only is not None
    desk.tag(0, 6)
    assert not desk.writer.flush(PATIENCE)
    assert [error.code for error in desk.failed] == ["sidecar-damaged"] and desk.sidecar == broken


def test_what_cannot_be_encoded_fails_aloud(desk: Desk) -> None:
    apply(desk.document, commands.set_field(desk.document, "note", "\ud800"))
    desk.save()
    assert not desk.writer.flush(PATIENCE)
    assert [error.code for error in desk.failed] == ["save-failed"]
    assert not sidecar_path(desk.path).exists()


def test_a_mistake_in_a_callback_does_not_stop_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, seen = Desk(tmp_path), []
    monkeypatch.setattr(threading, "excepthook", lambda told: seen.append(told.exc_type))
    desk.writer = Writer(on_saved=lambda *told: 1 // 0, on_failed=lambda *told: None)
    for span in [(0, 6), (12, 15)]:
        desk.tag(*span)
        assert desk.writer.flush(PATIENCE)
    assert desk.writer.close(PATIENCE)
    assert seen == [ZeroDivisionError] * 2


def test_a_program_that_ends_without_closing_still_saves(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from annotator.core import commands; from annotator.core.edits import apply\n"
        "from annotator.store.sidecar import load, take_snapshot; from annotator.store.writer import Writer\n"
        "path = Path(sys.argv[1]); document = load(path).document; apply(document, commands.tag(document, [(0, 6)], 'GPE'))\n"
        "writer = Writer(on_saved=lambda *told: None, on_failed=lambda *told: None, delay=0.05)\n"
        "writer.save(path, take_snapshot(document), expected=None, revision=0)"
    )
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, timeout=60)
    assert load(path).revision == 1


def test_of_two_writers_none_loses_what_was_acknowledged(tmp_path: Path) -> None:
    """Both add to what they loaded at the same time; the one that is refused loads again and adds its own."""
    path = tmp_path / "a.txt"
    path.write_text(TEXT * 20, encoding="utf-8")
    told: list[str] = []
    writers = [Writer(on_saved=lambda *_: told.append("saved"), on_failed=lambda _, error: told.append(error.code)) for _ in range(2)]

    def add(writer: Writer, loaded: Loaded, start: int) -> None:
        apply(loaded.document, commands.tag(loaded.document, [(start, start + 5)], "GPE"))
        writer.save(path, take_snapshot(loaded.document), expected=loaded.digest, revision=loaded.revision)
        writer.flush(PATIENCE)

    for start in range(0, 200, 20):
        for writer, loaded, place in [(writer, load(path), start + 10 * number) for number, writer in enumerate(writers)]:
            add(writer, loaded, place)
            if told[-1] != "saved":
                add(writer, load(path), place)
    assert told == ["saved", "changed-on-disk", "saved"] * 10
    assert sorted(item.spans[0][0] for item in load(path).document.entities.values()) == list(range(0, 200, 10))
    assert all(writer.close(PATIENCE) for writer in writers)


def test_an_errand_on_a_sleeping_disk_holds_up_no_save_and_no_end(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    woken = threading.Event()
    desk.writer.errand("asleep", lambda: (woken.wait(PATIENCE), None)[1])
    desk.tag(0, 6)
    begun = time.monotonic()
    assert desk.writer.close(1.0) and [revision for revision, _ in desk.saved] == [1]
    assert time.monotonic() - begun < 3.0
    assert not [one for one in threading.enumerate() if one.name.startswith("annotator-") and one.is_alive() and not one.daemon]
    woken.set()


def test_errands_run_beside_what_is_saved_and_the_newest_of_a_name_only(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    ran: list[str] = []
    held = threading.Event()
    desk.writer.errand("first", lambda: (held.wait(PATIENCE), ran.append("first"))[1])  # type: ignore[func-returns-value]
    desk.writer.errand("place", lambda: ran.append("old"))
    desk.writer.errand("place", lambda: ran.append("new"))
    desk.tag(0, 6)
    held.set()
    assert desk.writer.flush(PATIENCE)
    assert ran == ["first", "new"] and [revision for revision, _ in desk.saved] == [1]
    assert desk.writer.close(PATIENCE)
    desk.writer.errand("late", lambda: ran.append("late"))
    assert "late" not in ran
