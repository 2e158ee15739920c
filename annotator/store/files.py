"""Reading sources within bounds, and replacing a file whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from annotator.core.errors import AnnotatorError

from .charsets import read_bytes

SOURCE_MOST = 100_000_000
_SLICE = 1 << 20
_NAME_MOST = 255
_TEMPORARY = ".annotator-"

_READING = {
    FileNotFoundError: "file-missing",
    NotADirectoryError: "file-missing",
    PermissionError: "file-unreadable",
}
_WRITING = {
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EFBIG: "disk-full",
    errno.EACCES: "write-not-permitted",
    errno.EPERM: "write-not-permitted",
    errno.EROFS: "write-not-permitted",
    errno.ENAMETOOLONG: "name-too-long",
    errno.ENOENT: "folder-missing",
    errno.ENOTDIR: "folder-missing",
}


def read_source(path: Path) -> tuple[bytes, str, str]:
    """A source's bytes, its text and the codec that gives the one from the other, either way.

    Raises AnnotatorError ``file-missing``, ``file-unreadable``, ``not-a-file``, ``file-too-large``, ``name-not-unicode`` and what
    `charsets.read_bytes` raises.
    """
    try:
        path.name.encode()
    except UnicodeEncodeError:
        raise AnnotatorError("name-not-unicode", path=os.fsencode(path).decode("utf-8", "replace")) from None
    raw = read_bounded(path, most=SOURCE_MOST)
    content, encoding = read_bytes(raw, path=str(path))
    return raw, content, encoding


def read_bounded(path: Path, *, most: int) -> bytes:
    """All bytes of a regular file. Raises AnnotatorError as `read_source` does; `most` is in bytes."""
    try:
        known = path.stat()
        # Opening a pipe would wait for its other end.
        if not stat.S_ISREG(known.st_mode):
            raise AnnotatorError("not-a-file", path=str(path))
        with path.open("rb") as file:
            # As much as is there: room for the most would have to be made for each file, which costs more than reading it.
            raw = file.read(min(known.st_size, most) + 1)
            if known.st_size < len(raw) <= most:
                raw += file.read(most + 1 - len(raw))
    except (OSError, ValueError) as error:
        raise reading_problem(path, error) from error
    if len(raw) > most:
        raise AnnotatorError("file-too-large", path=str(path), megabytes=most // 1_000_000)
    return raw


def reading_problem(path: Path, error: Exception) -> AnnotatorError:
    """What the system's refusal to read a file means: ``file-missing``, ``name-too-long`` or ``file-unreadable``."""
    code = next((code for kind, code in _READING.items() if isinstance(error, kind)), "file-unreadable")
    too_long = name_problem(path) if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG else None
    return too_long or AnnotatorError(code, path=str(path), reason=_reason(error))


def is_there(path: Path) -> bool:
    """Whether a file or folder can be reached; one whose very name the system refuses is nowhere."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def digest(raw: bytes) -> str:
    """The SHA-256 of bytes, in hex."""
    # Loaded late, as all that an empty window has no use for.
    import hashlib

    return hashlib.sha256(raw).hexdigest()


def digest_on_disk(path: Path) -> str | None:
    """The SHA-256 of a file's bytes as they are now, None where there is none."""
    import hashlib

    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def name_problem(path: Path) -> AnnotatorError | None:
    """Why a file of this name cannot be made in its folder: ``name-too-long``, or None."""
    most = _NAME_MOST
    with suppress(OSError, AttributeError, ValueError):
        most = os.pathconf(path.parent, "PC_NAME_MAX")
    length = len(path.name.encode("utf-16-le")) // 2 if os.name == "nt" else len(os.fsencode(path.name))
    return AnnotatorError("name-too-long", path=str(path), length=length, most=most) if length > most else None


def write_whole(path: Path, data: bytes, *, expected: str | None) -> str:
    """Replace a file by `data`, durably, and give the digest of what is there now.

    `expected` is the digest of what must be on disk until then, None where nothing must be. The order: write all to a new file in the
    same folder, fsync, read back and compare, compare the old file with `expected`, rename, fsync the folder. Until the rename the old
    file is as it was; a rename whose folder could not be synced is an error too. A link is written through, to the file it names.
    Raises AnnotatorError ``changed-on-disk``, ``disk-full``, ``write-not-permitted``, ``name-too-long``, ``folder-missing``,
    ``dangling-link`` or ``write-failed``.
    """
    with _explained(path):
        target = _target(path)
        _refuse_changed(target, expected, path=path)
        temporary = target.with_name(f"{_TEMPORARY}{os.urandom(8).hex()}.tmp")
        try:
            _write_new(temporary, data, like=target)
            if temporary.read_bytes() != data:
                raise AnnotatorError("write-failed", path=str(path), reason="EIO")
            _refuse_changed(target, expected, path=path)
            os.replace(temporary, target)  # noqa: PTH105
        except BaseException:
            with suppress(OSError):
                temporary.unlink()
            raise
        _sync_folder(target.parent)
    return digest(data)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        code = _WRITING.get(error.errno or 0, "write-failed")
        too_long = name_problem(path) if error.errno == errno.ENAMETOOLONG else None
        raise too_long or AnnotatorError(code, path=str(path), reason=_reason(error)) from error


def _reason(error: Exception) -> str:
    """The system's short name of what went wrong."""
    number = error.errno if isinstance(error, OSError) else None
    return errno.errorcode.get(number or 0, type(error).__name__)


def _target(path: Path) -> Path:
    """The file itself where `path` is a link. A link to nothing is refused: it would name a file for us to make anywhere."""
    if not path.is_symlink():
        return path
    target = Path(os.path.realpath(path))
    if not target.is_file():
        raise AnnotatorError("dangling-link", path=str(path))
    return target


def _refuse_changed(target: Path, expected: str | None, *, path: Path) -> None:
    if digest_on_disk(target) != expected:
        raise AnnotatorError("changed-on-disk", path=str(path))


def _write_new(temporary: Path, data: bytes, *, like: Path) -> None:
    """Write a new file to the disk itself, with the rights of `like` where that exists."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    old = like.stat() if like.exists() else None
    # A rename asks for rights on the folder only; a file that was set read-only stays as it is, for root too.
    if old is not None and not (old.st_mode & 0o222 and os.access(like, os.W_OK)):
        raise PermissionError(errno.EACCES, "read-only", str(like))
    descriptor = os.open(temporary, flags, 0o666)
    try:
        if old is not None and os.name == "posix":
            with suppress(PermissionError):
                os.fchown(descriptor, old.st_uid, old.st_gid)
            os.fchmod(descriptor, stat.S_IMODE(old.st_mode))
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left[:_SLICE]) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable. Windows has no such call and journals renames itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems do not offer it for folders.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)
