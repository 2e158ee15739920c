"""A file is replaced whole or not at all, whatever fails, and never over what someone else wrote."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.core.errors import AnnotatorError
from annotator.store.files import digest, write_whole

OLD, NEW = b"old " * 50_000, b"new " * 60_000
POSIX = pytest.mark.skipif(os.name == "nt", reason="asks for calls of POSIX")


@pytest.fixture
def held(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt.ann.json"
    path.write_bytes(OLD)
    return path


def refused(path: Path, *, expected: str | None = digest(OLD)) -> str:
    with pytest.raises(AnnotatorError) as caught:
        write_whole(path, NEW, expected=expected)
    assert caught.value.where["path"] == str(path)
    return caught.value.code


def test_it_is_replaced_and_made(held: Path, tmp_path: Path) -> None:
    assert write_whole(held, NEW, expected=digest(OLD)) == digest(NEW)
    assert write_whole(tmp_path / "é 👨‍👩‍👧.json", b"", expected=None) == digest(b"")
    assert held.read_bytes() == NEW
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("now", [b"theirs", None])
def test_what_changed_on_disk_is_left_alone(held: Path, now: bytes | None) -> None:
    held.unlink() if now is None else held.write_bytes(now)
    assert refused(held) == "changed-on-disk"
    assert (held.read_bytes() if held.exists() else None) == now


def test_what_appeared_meanwhile_is_left_alone(held: Path) -> None:
    assert refused(held, expected=None) == "changed-on-disk"
    assert held.read_bytes() == OLD


def test_a_change_between_writing_and_renaming_is_seen(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync

    def meddling(descriptor: int) -> None:
        real(descriptor)
        held.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", meddling)
    assert refused(held) == "changed-on-disk"
    assert held.read_bytes() == b"theirs" and len(list(held.parent.iterdir())) == 1


def failing(call: str, number: int, *, at: int = 1) -> Callable[[pytest.MonkeyPatch], None]:
    """Let the `at`-th call of a function of os fail."""

    def install(patch: pytest.MonkeyPatch) -> None:
        real, count = getattr(os, call), iter(range(1, 1000))

        def failpoint(*arguments: object, **options: object) -> object:
            if next(count) >= at:
                raise OSError(number, os.strerror(number))
            return real(*arguments, **options)

        patch.setattr(os, call, failpoint)

    return install


FAULTS = {
    "no room": (failing("write", errno.ENOSPC), "disk-full"),
    "no inode": (failing("open", errno.ENOSPC), "disk-full"),
    "disk error": (failing("fsync", errno.EIO), "write-failed"),
    "stale handle": (failing("close", errno.ESTALE), "write-failed"),
    "quota": (failing("fsync", errno.EDQUOT), "disk-full"),
    "read-only": (failing("open", errno.EROFS), "write-not-permitted"),
    "immutable": (failing("replace", errno.EPERM), "write-not-permitted"),
    "folder gone": (failing("open", errno.ENOENT), "folder-missing"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_leaves_the_old_bytes_whole(held: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    install, code = FAULTS[name]
    with monkeypatch.context() as patch:
        install(patch)
        assert refused(held) == code
    assert held.read_bytes() == OLD
    assert [path.name for path in held.parent.iterdir()] == [held.name]
    assert write_whole(held, NEW, expected=digest(OLD)) == digest(NEW)


def test_a_disk_that_reads_back_something_else_is_seen(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(len(data))))
    assert refused(held) == "write-failed"
    assert held.read_bytes() == OLD


def test_short_writes_are_continued(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:1000]))
    write_whole(held, NEW, expected=digest(OLD))
    assert held.read_bytes() == NEW


@POSIX
def test_a_rename_that_is_not_durable_is_not_acknowledged(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing("fsync", errno.EIO, at=2)(monkeypatch)
    assert refused(held) == "write-failed"
    assert held.read_bytes() == NEW


@POSIX
def test_a_file_size_limit_is_a_full_disk(held: Path) -> None:
    code = (
        "import resource, sys; from pathlib import Path; from annotator.store.files import write_whole\n"
        "from annotator.core.errors import AnnotatorError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))\n"
        "try: write_whole(Path(sys.argv[1]), b'x' * 100_000, expected=sys.argv[2])\n"
        "except AnnotatorError as error: print(error.code)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(held), digest(OLD)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "disk-full"
    assert held.read_bytes() == OLD and len(list(held.parent.iterdir())) == 1


@POSIX
def test_a_folder_that_may_not_be_written_is_named(as_ordinary_person: Path) -> None:
    path = as_ordinary_person / "a.json"
    path.write_bytes(OLD)
    as_ordinary_person.chmod(0o555)
    assert refused(path) == "write-not-permitted"
    assert path.read_bytes() == OLD


def test_a_file_set_read_only_is_not_replaced(held: Path) -> None:
    held.chmod(0o444)
    assert refused(held) == "write-not-permitted"
    assert held.read_bytes() == OLD
    held.chmod(0o644)


@POSIX
def test_rights_stay(held: Path) -> None:
    held.chmod(0o640)
    write_whole(held, NEW, expected=digest(OLD))
    assert stat.S_IMODE(held.stat().st_mode) == 0o640


@POSIX
def test_a_link_stays_a_link(held: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    link = tmp_path / "sub" / "b.json"
    link.symlink_to(held)
    write_whole(link, NEW, expected=digest(OLD))
    assert link.is_symlink() and held.read_bytes() == NEW
    dangling = tmp_path / "c.json"
    dangling.symlink_to(tmp_path / "elsewhere")
    assert refused(dangling, expected=None) == "dangling-link"
    assert not (tmp_path / "elsewhere").exists()


def killed_at(step: int, save: Callable[[], object]) -> bool:
    """Run `save` in a child that is killed at its `step`-th system call; whether it got that far."""
    child = os.fork()
    if child == 0:
        count = iter(range(1, 10_000))
        for name in ("open", "write", "fsync", "close", "replace", "fchmod"):
            real = getattr(os, name)

            def failpoint(*arguments: object, real: Callable[..., object] = real, **options: object) -> object:
                if next(count) == step:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*arguments, **options)

            setattr(os, name, failpoint)
        save()
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def states_after_kills(path: Path, save: Callable[[], object]) -> set[bytes]:
    """What is on disk after a kill at each system call of `save` in turn."""
    found = set()
    for step in range(1, 1000):
        path.write_bytes(OLD)
        if not killed_at(step, save):
            return found
        found.add(path.read_bytes())
    raise AssertionError("it never ends")


@POSIX
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_kill_at_any_moment_leaves_the_old_or_the_new(held: Path) -> None:
    def careless() -> None:
        descriptor = os.open(held, os.O_WRONLY | os.O_TRUNC)
        os.write(descriptor, NEW)
        os.close(descriptor)

    assert states_after_kills(held, lambda: write_whole(held, NEW, expected=digest(OLD))) == {OLD, NEW}
    # The harness is worth something only if it sees a save that truncates.
    assert b"" in states_after_kills(held, careless)
