"""Writing what was asked for on the spot: a text into a file, never over an article."""

from __future__ import annotations

from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.store.files import digest_on_disk, is_there, name_problem, write_whole
from annotator.store.sidecar import Loaded, encode, has_sidecar, sidecar_path, take_snapshot


def write_text(path: Path, text: str, *, source: Path | None = None) -> None:
    """Replace or make a UTF-8 file, whole or not at all, with the folders that it needs.

    Raises AnnotatorError ``out-is-source`` where it is the file that the text was made from or one that has a sidecar, ``unwritable``,
    ``name-too-long``, and what `store.files.write_whole` raises.
    """
    if has_sidecar(path) or (source is not None and path.resolve() == source.resolve()):
        raise AnnotatorError("out-is-source", path=str(path))
    make_folder(path.parent)
    try:
        there = digest_on_disk(path)
    except OSError as error:
        raise name_problem(path) or AnnotatorError("unwritable", path=str(path), reason=error.strerror or type(error).__name__) from error
    write_whole(path, text.encode(), expected=there)


def write_back(loaded: Loaded) -> str:
    """Write the sidecar of an article that no window has open, and give its digest.

    Raises AnnotatorError ``source-changed-while-open``, ``changed-on-disk`` and what writing raises.
    """
    if digest_on_disk(loaded.path) != loaded.document.source.sha256:
        raise AnnotatorError("source-changed-while-open", path=str(loaded.path))
    data = encode(take_snapshot(loaded.document), revision=loaded.revision + 1)
    return write_whole(sidecar_path(loaded.path), data, expected=loaded.digest)


def make_folder(folder: Path) -> None:
    """Make a folder and those around it. Raises AnnotatorError ``unwritable``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AnnotatorError("unwritable", path=str(folder), reason=error.strerror or type(error).__name__) from error


def first_missing(folder: Path) -> Path | None:
    """The outermost of a folder and those around it that is not there, None where all are."""
    return next((place for place in reversed([folder, *folder.parents]) if not is_there(place)), None)


def remove_empty(folder: Path, made: Path | None) -> None:
    """Take away `folder` and those around it, as far as `made`, that were made for nothing."""
    while made is not None and folder.is_relative_to(made):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
