"""The sidecar of an article: where it lies, how it is read and what an unreadable one leaves behind.

``article.txt`` has ``article.txt.ann.json`` in the same folder. Reading writes nothing. A sidecar that does not hold in every point
opens its article read-only, with the reason and with what can still be trusted.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from annotator.core.document import Document
from annotator.core.edits import fill
from annotator.core.errors import AnnotatorError
from annotator.core.model import Origin, Source
from annotator.core.text import Text

from .files import digest, name_problem, read_bounded, read_source, reading_problem, write_whole
from .snapshot import Snapshot, take_snapshot

if TYPE_CHECKING:
    from .decoding import Decoded

__all__ = ["SUFFIX", "Loaded", "Snapshot", "encode", "has_sidecar", "load", "quarantine", "read_sidecar", "sidecar_path", "take_snapshot"]

SUFFIX: Final = ".ann.json"
SIDECAR_MOST: Final = 256_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """An article as opened. `digest` is that of the sidecar's bytes, None where there is none.

    `read_only` says why nothing may be written back, `unreadable` holds the bytes of a sidecar that `quarantine` should keep a copy of.
    """

    document: Document
    path: Path
    revision: int = 0
    digest: str | None = None
    read_only: AnnotatorError | None = None
    unreadable: bytes | None = None


def sidecar_path(source: Path) -> Path:
    """Where the sidecar of a source lies."""
    return source.with_name(source.name + SUFFIX)


def encode(snapshot: Snapshot, *, revision: int) -> bytes:
    """The bytes of a sidecar."""
    from .encoding import encode_once

    return encode_once(snapshot, revision=revision)


def _raw(content: str) -> Origin:
    return "raw"


def load(path: Path, *, origin_of: Callable[[str], Origin] = _raw) -> Loaded:
    """Open an article with its sidecar. `origin_of` says of a text without one whether it came segmented.

    Raises what `files.read_source` raises. Sets `read_only` for a name that no sidecar can have (``name-too-long``), and for a sidecar
    that could not be read (``file-unreadable``, ``not-a-file``, ``file-too-large``, ``dangling-link``), is broken (``sidecar-damaged``),
    contradicts itself or the text (``sidecar-does-not-fit``), belongs to another text (``source-changed``) or to a later program
    (``newer-version``).
    """
    raw, content, encoding = read_source(path)
    source, text = Source(path.name, digest(raw), encoding, len(content)), Text(content)
    beside = sidecar_path(path)
    problem = name_problem(beside)
    held = None
    if problem is None:
        try:
            held = read_sidecar(beside)
        except AnnotatorError as error:
            problem = error
    if held is None:
        return Loaded(Document(text, source, origin=origin_of(content)), path, read_only=problem)
    from .decoding import decode

    decoded = decode(held, text, source=source, path=str(beside))
    return Loaded(
        _document(text, source, decoded=decoded, otherwise=origin_of),
        path,
        revision=decoded.revision,
        digest=digest(held),
        read_only=decoded.problem,
        unreadable=held if decoded.problem is not None and decoded.problem.code == "sidecar-damaged" else None,
    )


def read_sidecar(path: Path) -> bytes | None:
    """The bytes of a sidecar, None where there is none.

    Raises as `files.read_bounded` does, ``name-too-long`` where its name is one that no file can have, and ``dangling-link``.
    """
    try:
        is_link = stat.S_ISLNK(path.lstat().st_mode)
        # Writing there would make a file elsewhere.
        if is_link and not path.exists():
            raise AnnotatorError("dangling-link", path=str(path))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise reading_problem(path, error) from error
    return read_bounded(path, most=SIDECAR_MOST)


def has_sidecar(source: Path) -> bool:
    """Whether anything stands where the sidecar of a source belongs; a name too long for one has none."""
    try:
        sidecar_path(source).lstat()
    except (OSError, ValueError):
        return False
    return True


def quarantine(path: Path, raw: bytes, state_folder: Path) -> Path:
    """Keep a copy of an unreadable sidecar, once for the same bytes, and give its path. Raises as `files.write_whole` does."""
    folder = state_folder / "unreadable"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AnnotatorError("write-not-permitted", path=str(folder), reason=type(error).__name__) from error
    print_of = digest(raw)
    copy = folder / f"{print_of[:16]}-{_shortened(path.name)}"
    if not copy.exists():
        write_whole(copy, raw, expected=None)
    return copy


def _shortened(name: str) -> str:
    """The end of a name, short enough to stand behind a digest."""
    return name.encode("utf-8", "replace")[-200:].decode("utf-8", "ignore")


def _document(text: Text, source: Source, *, decoded: Decoded, otherwise: Callable[[str], Origin]) -> Document:
    document = Document(text, source, origin=decoded.origin or otherwise(text.content), extra=decoded.extra)
    fill(document, decoded.changes)
    return document
