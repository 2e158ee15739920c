"""The time worked on the articles of a corpus: ``.annotator/effort.csv`` in its folder, a row a stretch of work, appended only.

The columns, UTF-8, commas between them, quoted as CSV is (RFC 4180, line feeds):

``date``        the day the stretch began, YYYY-MM-DD, where the annotator is
``start``       the time it began, HH:MM:SS
``annotator``   who the article's sidecar, else the corpus, names; may be empty
``article``     path inside the corpus, ``/`` between folders
``seconds``     active time: pauses of more than a minute and time in other programs are left out
``made``, ``changed``, ``deleted``   entities, events and relations that were; what is undone counts the other way round
``status``      of the article at the end of the stretch

A name that a spreadsheet would take for a formula (it begins with ``= + - @`` or a tab) has a ``'`` in front, which is no part of it.
"""

from __future__ import annotations

import csv
import errno
import io
import os
import re
import stat
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Final

from annotator.core.errors import AnnotatorError

from .files import read_bounded

FOLDER: Final = ".annotator"
FILE: Final = "effort.csv"
_BYTES_MOST: Final = 50_000_000
_FINISHED: Final = ("done", "checked")
_FORMULA: Final = re.compile(r"'*[=+\-@\t]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A row of the file."""

    date: str
    start: str
    annotator: str
    article: str
    seconds: int
    made: int
    changed: int
    deleted: int
    status: str


COLUMNS: Final = tuple(column.name for column in fields(Stretch))
_NUMBERS: Final = ("seconds", "made", "changed", "deleted")


@dataclass(frozen=True, slots=True)
class Effort:
    """Stretches added up. `finished` are the articles that were done at the end of the last stretch on them."""

    seconds: int = 0
    made: int = 0
    changed: int = 0
    deleted: int = 0
    articles: int = 0
    finished: int = 0

    def per_hour(self, number: int) -> float:
        return number * 3600 / self.seconds if self.seconds else 0.0


def effort_path(root: Path) -> Path:
    return root / FOLDER / FILE


def append_stretches(root: Path, stretches: Iterable[Stretch]) -> None:
    """Add rows to the file of a corpus, durably; it is made with its heading where it is not there yet.

    What a link leads to, were it another file of the corpus, and what is no file is left alone. Raises AnnotatorError
    ``effort-not-kept``.
    """
    path = effort_path(root)
    try:
        path.parent.mkdir(exist_ok=True)
        if Path(os.path.realpath(path)) != effort_path(Path(os.path.realpath(root))):
            raise OSError("link")
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags, 0o666)
        try:
            held = os.fstat(descriptor)
            if not stat.S_ISREG(held.st_mode) or held.st_nlink > 1:
                raise OSError("not a file of its own")
            rows = _rows(stretches, head=held.st_size == 0, torn=_is_torn(path, held.st_size))
            if os.write(descriptor, rows) < len(rows):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or type(error).__name__
        raise AnnotatorError("effort-not-kept", path=str(path), reason=reason) from error


def _is_torn(path: Path, size: int) -> bool:
    """Whether the last row was never finished: what follows must not become part of it."""
    if not size:
        return False
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() != b"\n"


def _rows(stretches: Iterable[Stretch], *, head: bool, torn: bool) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if torn:
        text.write("\n")
    if head:
        writer.writerow(COLUMNS)
    writer.writerows([_guarded(value) for value in astuple(stretch)] for stretch in stretches)
    return text.getvalue().encode("utf-8", "replace")


def _guarded(value: str | int) -> str | int:
    """A value that no spreadsheet reckons with: names come from strangers."""
    return "'" + value if isinstance(value, str) and _FORMULA.match(value) else value


def _bare(value: str) -> str:
    return value[1:] if value[:1] == "'" and _FORMULA.match(value) else value


def read_stretches(root: Path) -> list[Stretch]:
    """The rows of a corpus, none where none are kept; what is no row is passed over. Raises what `files.read_bounded` raises."""
    path = effort_path(root)
    try:
        path.lstat()
    except (OSError, ValueError):
        return []
    text = read_bounded(path, most=_BYTES_MOST).decode("utf-8-sig", "replace").replace("\0", "")
    rows = csv.DictReader(io.StringIO(text, newline=""), restval="")
    found = []
    try:
        for row in rows:
            values = {name: _bare(str(row.get(name) or "")) for name in COLUMNS}
            if all(values[name].isascii() and values[name].isdigit() and len(values[name]) < 10 for name in _NUMBERS):
                numbers = {name: int(values.pop(name)) for name in _NUMBERS}
                found.append(Stretch(**values, **numbers))  # type: ignore[arg-type]
    except csv.Error:
        pass
    return found


def add_up(stretches: Iterable[Stretch], keep: Callable[[Stretch], bool] = lambda stretch: True) -> Effort:
    """The sums of the stretches that `keep` keeps."""
    sums: defaultdict[str, int] = defaultdict(int)
    standing: dict[str, str] = {}
    for stretch in stretches:
        if keep(stretch):
            for name in _NUMBERS:
                sums[name] += getattr(stretch, name)
            standing[stretch.article] = stretch.status
    finished = sum(status in _FINISHED for status in standing.values())
    return Effort(**sums, articles=len(standing), finished=finished)
