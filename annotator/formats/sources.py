"""Where readers find their files, and the names under which articles come in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from annotator.core.errors import AnnotatorError

from .manifest import MANIFEST, read_written

# Path → the file's bytes, its text (BOM and CR kept) and the codec that decoded it.
SourceReader = Callable[[Path], tuple[bytes, str, str]]

# A sidecar is no exchange file, although its name ends like one.
_SIDECAR = ".ann.json"
_UNFIT = re.compile(r'[\x00-\x1f<>:"|?*\\]')


def read_utf8(path: Path) -> tuple[bytes, str, str]:
    """A UTF-8 file as bytes, text and codec. Raises AnnotatorError ``unreadable``, ``not-utf-8``."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise AnnotatorError("unreadable", path=str(path), reason=error.strerror or "") from error
    try:
        return raw, raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        raise AnnotatorError("not-utf-8", path=str(path), start=error.start) from error


def found_files(source: Path, suffixes: tuple[str, ...]) -> list[tuple[Path, str]]:
    """The files to read, sorted, each with its name below `source` (POSIX, no suffix); a file stands for itself, a folder is walked whole.
    What our own exports laid beside their data is passed over.

    Raises AnnotatorError ``import-source-missing``, ``nothing-to-import``.
    """
    if source.is_file():
        return [(source, source.stem)]
    if not source.is_dir():
        raise AnnotatorError("import-source-missing", path=str(source))
    found = (path for path in source.rglob("*") if path.name.endswith(suffixes) and not path.name.endswith(_SIDECAR))
    beside = _beside_data(source)
    paths = sorted(path for path in found if path.is_file() and path not in beside)
    if not paths:
        raise AnnotatorError("nothing-to-import", path=str(source), suffixes=" ".join(suffixes))
    return [(path, path.relative_to(source).with_suffix("").as_posix()) for path in paths]


def _beside_data(source: Path) -> frozenset[Path]:
    """The files below a folder that the manifests of our exports tell from the data, these themselves included."""
    found: set[Path] = set()
    for path in source.rglob(MANIFEST):
        held = read_written(path.parent)
        if held is not None:
            found.update((path, *(path.parent / name for name in held.beside)))
    return frozenset(found)


def safe_name(name: str, *, fallback: str) -> str:
    """`name` as a relative POSIX path that stays inside the folder it is written to; `fallback` where nothing is left of it."""
    parts = [_UNFIT.sub("_", part).strip() for part in PurePosixPath(name.replace("\\", "/")).parts]
    kept = [part for part in parts if part and part.strip(". ") and part != "/"]
    return "/".join(kept) or fallback


class Names:
    """Gives each article of one import a name of its own: a second ``a`` becomes ``a-2``."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, name: str, *, fallback: str) -> str:
        wanted = given = safe_name(name, fallback=fallback)
        number = 1
        # Some file systems know no difference between capitals and small letters.
        while given.casefold() in self._taken:
            number += 1
            given = f"{wanted}-{number}"
        self._taken.add(given.casefold())
        return given
