"""The files of a set while they are made: documents are kept aside, written where they belong, and moved to their place all at once."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from annotator.core.errors import AnnotatorError
from annotator.core.schema import Schema
from annotator.formats.manifest import MANIFEST, Written, read_written
from annotator.formats.table import Format, Rendered, joiner
from annotator.store.files import digest, digest_on_disk, is_there, name_problem
from annotator.tasks.companions import TOKENS, token_rows
from annotator.tasks.splitting import PARTS, WHOLE
from annotator.tasks.writing import first_missing, remove_empty

_ASIDE: Final = ".aside"
_STAGING: Final = ".annotator-export-"
_BUFFER: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class _Kept:
    """Where the bytes of one file of a document lie in the file of all of them."""

    suffix: str
    start: int
    length: int


@dataclass(slots=True)
class Stage:
    """A folder in which the files of a set are made. `sources` are the folders of the articles, `out` is where the set goes.

    `data` are the data files by outlet, `beside` what stands beside them, `digests` the SHA-256 of each as it was written.
    """

    row: Format
    folder: Path
    sources: frozenset[Path]
    out: Path
    data: dict[str, str] = field(default_factory=dict)
    beside: list[str] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    _kept: dict[str, list[_Kept]] = field(default_factory=dict)
    _made: set[Path] = field(default_factory=set)

    @contextmanager
    def taking(self) -> Iterator[_Intake]:
        """While documents come in: their bytes are kept aside until it is known where each goes, the places of their tokens written."""
        with (self.folder / _ASIDE).open("wb") as aside, (self.folder / TOKENS).open("wb", _BUFFER) as file:
            tokens = _Hashed(file)
            yield _Intake(self, aside, tokens, self._kept)
        if (self.folder / TOKENS).stat().st_size:
            self.beside.append(TOKENS)
            self.digests[TOKENS] = tokens.digest
        else:
            (self.folder / TOKENS).unlink()

    def write(self, outlets: Iterable[tuple[str, Sequence[str]]], schema: Schema) -> None:
        """Write the documents of each outlet into its file, or as files below it. Raises what the format's joiner raises."""
        with (self.folder / _ASIDE).open("rb") as aside:
            for place, names in outlets:
                if self.row.layout == "set":
                    self._write_set(aside, place, names, schema)
                else:
                    self._write_documents(aside, "" if place == WHOLE else place, names)
        (self.folder / _ASIDE).unlink()

    def add(self, name: str, data: bytes, *, beside: bool = True) -> None:
        """A file that stands beside the documents, or (`beside` False) belongs to them."""
        path = self.folder / name
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        path.write_bytes(data)
        self.digests[name] = digest(data)
        if beside:
            self.beside.append(name)
        else:
            self.data[name] = name

    def digests_of(self, names: Iterable[str]) -> dict[str, str]:
        """The SHA-256 of these files as they were written, sorted by name."""
        return {name: self.digests[name] for name in sorted(names)}

    def _write_set(self, aside: IO[bytes], place: str, names: Iterable[str], schema: Schema) -> None:
        name = f"{place}{self.row.suffix}"
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        held = (raw for document in names for _, raw in self._read(aside, document))
        join = joiner(self.row.name)
        with path.open("wb", _BUFFER) as file:
            hashed = _Hashed(file)
            for piece in join(held, schema) if join else held:
                hashed.write(piece)
        self.data[place] = name
        self.digests[name] = hashed.digest

    def _write_documents(self, aside: IO[bytes], place: str, names: Iterable[str]) -> None:
        for document in names:
            for suffix, raw in self._read(aside, document):
                name = (f"{place}/" if place else "") + document + suffix
                self.add(name, raw, beside=False)

    def _read(self, aside: IO[bytes], document: str) -> Iterator[tuple[str, bytes]]:
        for kept in self._kept[document]:
            aside.seek(kept.start)
            yield kept.suffix, aside.read(kept.length)


class _Hashed:
    """A file that is hashed as it is written: many small ones would else be opened and read once more for the manifest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._hash = file, hashlib.sha256()

    def write(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)

    @property
    def digest(self) -> str:
        """The SHA-256 of what was written until now, in hex."""
        return self._hash.hexdigest()


@dataclass(slots=True)
class _Intake:
    """Takes what was made of one document after another."""

    stage: Stage
    aside: IO[bytes]
    tokens: _Hashed
    kept: dict[str, list[_Kept]]
    at: int = 0

    def take(self, name: str, rendered: Rendered) -> None:
        """Keep a document. Raises AnnotatorError ``export-is-corpus`` where its text would be taken for an article of the corpus."""
        held = self.kept[name] = []
        for suffix, raw in rendered.files:
            if suffix == ".txt" and any(self.stage.out.resolve().is_relative_to(folder) for folder in self.stage.sources):
                raise AnnotatorError("export-is-corpus", path=str(self.stage.out))
            held.append(_Kept(suffix, self.at, len(raw)))
            self.at += self.aside.write(raw)
        self.tokens.write(token_rows(name, rendered))


def refuse_place(folders: Iterable[Path], out: Path) -> None:
    """The folders of the sources, and those around them, take no export: sources are never written."""
    if any(folder.is_relative_to(out.resolve()) for folder in folders):
        raise AnnotatorError("export-is-corpus", path=str(out))
    if is_there(out) and not out.is_dir():
        raise AnnotatorError("export-exists", path=str(out))


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """A new folder on the same disk as `out`, gone afterwards whatever happens: in `out` where that is there, else beside it."""
    if (too_long := next(filter(None, map(name_problem, (*reversed(out.parents), out))), None)) is not None:
        raise too_long
    out = out.resolve()
    folder = (out if out.is_dir() else out.parent) / f"{_STAGING}{secrets.token_hex(6)}.tmp"
    made = first_missing(out)
    try:
        folder.mkdir(parents=True)
        yield folder
    except OSError as error:
        raise AnnotatorError("unwritable", path=str(out), reason=error.strerror or type(error).__name__) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        remove_empty(out.parent, made)


def move(stage: Stage) -> None:
    """Put the finished files into their place: at once where nothing is there, else instead of an earlier export of the same format.

    Raises AnnotatorError ``export-exists`` where a file that is not of an earlier export would be lost or mixed with this one.
    """
    out = stage.out
    if not is_there(out):
        stage.folder.rename(out.resolve())
        return
    files = {path.relative_to(stage.folder).as_posix(): path for path in sorted(stage.folder.rglob("*")) if path.is_file()}
    stale = _stale(files.keys(), stage, read_written(out))
    for name, path in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, out / name)  # noqa: PTH105
    for path in stale:
        path.unlink()
        for folder in path.parents:
            if folder == out:
                break
            with suppress(OSError):
                folder.rmdir()


def _stale(files: Iterable[str], stage: Stage, earlier: Written | None) -> list[Path]:
    """What an earlier export left that this one does not replace. Raises AnnotatorError ``export-exists`` as `move`."""
    out, new = stage.out, set(files)
    ours = {name for name in _written(earlier) if _is_ours(out, name, earlier)}
    is_other = earlier is not None and earlier.format != stage.row.name and not ours.isdisjoint(earlier.data)
    # A person's own files, and what one changed in ours, are not ours to replace.
    if is_other or any(name not in ours and is_there(out / name) for name in {*new, *_taken(stage)}):
        raise AnnotatorError("export-exists", path=str(out))
    return [out / name for name in sorted(ours - new)]


def _written(earlier: Written | None) -> set[str]:
    """The names of the files that an earlier export wrote."""
    return {*earlier.data, *earlier.beside, MANIFEST} if earlier is not None else set()


def _is_ours(out: Path, name: str, earlier: Written | None) -> bool:
    """Whether a file that is there is as an earlier export wrote it."""
    if earlier is None:
        return False
    said = earlier.beside.get(name) or earlier.data.get(name)
    return name == MANIFEST or (said is not None and digest_on_disk(out / name) == said)


def _taken(stage: Stage) -> Iterator[str]:
    """The names by which a file would be taken for one of the set: of a set its parts, of documents every file that is there."""
    if stage.row.layout == "set":
        yield from (f"{part}{stage.row.suffix}" for part in (WHOLE, *PARTS))
    else:
        found = (path.relative_to(stage.out).as_posix() for path in stage.out.rglob("*") if path.is_file())
        yield from (name for name in found if not name.startswith(_STAGING))
