"""Exporting: a corpus becomes a training set, with an account of what the format could not hold.

Everything is written into a folder beside the one asked for and moved there when it is complete: a failed or cancelled export leaves
nothing. The same corpus and choices give the same bytes.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Final

from annotator.core.errors import AnnotatorError
from annotator.core.schema import Schema
from annotator.formats.account import Account
from annotator.formats.reduction import HUMAN_ONLY, Reduction
from annotator.formats.table import Cutting, ExportOptions, Format, Nesting, Rendered, SchemeName, Unit, joiner, writer
from annotator.segment.sentences import sentences
from annotator.store.corpus import Corpus
from annotator.store.files import is_there
from annotator.store.sidecar import Loaded
from annotator.tasks import Progress, unheard
from annotator.tasks.formats import find_format
from annotator.tasks.opening import Schemas, load_trusted
from annotator.tasks.reducing import Reducing
from annotator.tasks.writing import first_missing, remove_empty

PARTS: Final = ("train", "dev", "test")
WHOLE: Final = "all"
# What the usual encoders take; in tokens of ours, of which theirs are parts.
LONGEST: Final = 512
_RECORDS: Final = ".records"
_STAGING: Final = ".annotator-export-"

Shares = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """The choices of an export. `split` are the shares of train, dev and test; no `statuses`: documents of every status.

    `nesting`, `sentences`, `longest` (tokens) and `empty` are those of `ExportOptions`; `strict`: nothing is written if anything is lost.
    """

    format: str
    unit: Unit = "word"
    scheme: SchemeName = "iob2"
    split: Shares | None = None
    seed: int = 1
    statuses: frozenset[str] = frozenset()
    nesting: Nesting = "outermost"
    sentences: Cutting = "long"
    longest: int = LONGEST
    empty: float = 1.0
    strict: bool = False
    reduction: Reduction = HUMAN_ONLY

    def options(self, name: str) -> ExportOptions:
        """The choices for the document of that name."""
        return ExportOptions(
            self.unit,
            self.scheme,
            name,
            self.nesting,
            self.sentences,
            split_line=sentences,
            longest=self.longest,
            empty=self.empty,
            seed=self.seed,
        )


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the account of all documents, how many they are, the files by name, and the documents that could not be read.

    `is_written` is False where a strict export would have lost something: the target is as it was.
    """

    account: Account
    documents: int
    files: tuple[str, ...]
    refused: tuple[AnnotatorError, ...] = ()
    is_written: bool = True


def read_split(shares: str) -> Shares:
    """``0.8/0.1/0.1`` (or ``80/10/10``) as shares of one. Raises AnnotatorError ``bad-split``."""
    try:
        parts = [float(part) for part in shares.split("/")]
    except ValueError:
        parts = []
    total = sum(parts)
    if len(parts) != len(PARTS) or not all(0 <= part < float("inf") for part in parts) or not 0 < total < float("inf"):
        raise AnnotatorError("bad-split", value=shares)
    return parts[0] / total, parts[1] / total, parts[2] / total


def draw_parts(names: Sequence[str], shares: Shares, *, seed: int) -> dict[str, str]:
    """The part of each document: its name and the seed decide its place in a line that is cut by the shares.

    A document more or less moves few others; the order of `names` decides nothing.
    """
    line = sorted(names, key=lambda name: sha256(f"{seed}\0{name}".encode()).digest())
    cuts = [round(len(line) * sum(shares[: rank + 1])) for rank in range(len(PARTS))]
    return {name: next(part for part, cut in zip(PARTS, cuts, strict=True) if place < cut) for place, name in enumerate(line)}


def export_corpus(corpus: Corpus, out: Path, request: ExportRequest, *, progress: Progress = unheard) -> Exported:
    """Write the articles of `corpus`, a folder's or the single files that it holds, into the folder `out`.

    Articles that cannot be read, or whose sidecar cannot be trusted, are left out and named. Raises AnnotatorError for a format or schema
    that is not there, ``format-without-layers``, ``export-is-corpus``, ``export-exists``, ``export-name-twice`` and what writing raises.
    """
    row = find_format(request.format, writes=True)
    if request.nesting == "layers" and not row.layers:
        raise AnnotatorError("format-without-layers", format=row.name)
    schemas = Reducing(Schemas(corpus), request.reduction, joint=row.ace)
    folders = _folders(corpus)
    _refuse_place(folders, out)
    names = names_to_write(corpus, request.statuses)
    parts = draw_parts(list(names), request.split, seed=request.seed) if request.split else dict.fromkeys(names, WHOLE)
    accounts: list[Account] = []
    refused = list(corpus.problems)
    with _staging(out) as staging:
        with ExitStack() as stack:
            target = _Target(row, staging, folders=folders, out=out, stack=stack)
            target.open_parts([part for part, share in zip(PARTS, request.split, strict=True) if share] if request.split else [WHOLE])
            for name, loaded, rendered in render_each(names, schemas, request=request, refused=refused, progress=progress):
                part = parts[name] if request.split or row.layout == "set" else ""
                target.take(rendered, name, part=part)
                target.schemas[Path(part, name).parent] = schemas.of(loaded.path)
                accounts.append(rendered.account)
            target.join(schemas.whole)
            target.add_companions(schemas.whole)
        account = Account.of(accounts)
        is_written = not request.strict or (account.is_whole and not refused)
        files = _move(staging, out, row=row) if is_written else ()
    return Exported(account, len(accounts), files, tuple(refused), is_written)


def render_each(
    names: Mapping[str, Path], schemas: Reducing, *, request: ExportRequest, refused: list[AnnotatorError], progress: Progress
) -> Iterator[tuple[str, Loaded, Rendered]]:
    """Each document with its name and what is to be written of it; those that cannot be read go to `refused`.

    Raises what `progress` raises to stop, and ``types-unknown-name``.
    """
    write = writer(request.format)
    schemas.refuse_unknown(names.values())
    for number, (name, path) in enumerate(names.items()):
        progress(number, len(names))
        try:
            loaded = load_trusted(path)
            rendered = write(schemas.document(loaded.document, path), schemas.of(path), request.options(name))
        except AnnotatorError as error:
            refused.append(error)
        else:
            yield name, loaded, rendered
    progress(len(names), len(names))


def names_to_write(corpus: Corpus, statuses: frozenset[str]) -> dict[str, Path]:
    """The articles by the name that they have in a set: the path without suffix below the corpus, of single files below the folder
    that they have in common.

    Raises AnnotatorError ``export-name-twice``.
    """
    names: dict[str, Path] = {}
    name_of = _names_of_files(corpus.files)
    for path in corpus.articles():
        if statuses:
            summary = corpus.summary(path)
            # One whose sidecar cannot be read has no status that is known: it is kept, and refused by name when it is opened.
            if summary.problem is None and summary.status not in statuses:
                continue
        name = name_of[path] if corpus.files else path.relative_to(corpus.root).with_suffix("").as_posix()
        if name in names:
            raise AnnotatorError("export-name-twice", path=name)
        names[name] = path
    return names


def _names_of_files(files: Sequence[Path]) -> dict[Path, str]:
    """Each file's path without suffix below the folder that all have in common; with its drive where there is none."""
    # Links in the folders are followed, so that no name climbs out by "..", the file's own name stays.
    places = {path: path.parent.resolve() / path.name for path in files}
    try:
        common = os.path.commonpath([place.parent for place in places.values()]) if places else ""
    except ValueError:
        return {path: place.with_suffix("").as_posix().replace(":", "").lstrip("/") for path, place in places.items()}
    return {path: place.relative_to(common).with_suffix("").as_posix() for path, place in places.items()}


def _folders(corpus: Corpus) -> frozenset[Path]:
    """Where the sources lie, links followed."""
    return frozenset(folder.resolve() for folder in ([path.parent for path in corpus.files] or [corpus.root]))


@dataclass(slots=True)
class _Target:
    """The files of an export while they are made."""

    row: Format
    staging: Path
    folders: frozenset[Path]
    out: Path
    stack: ExitStack
    schemas: dict[Path, Schema] = field(default_factory=dict)
    _open: dict[str, IO[bytes]] = field(default_factory=dict)

    def open_parts(self, parts: Iterable[str]) -> None:
        """Begin the files of a format that has one a set, or those of the records of which they are made."""
        if self.row.layout == "set":
            suffix = _RECORDS if self.row.join else self.row.suffix
            for part in parts:
                self._open[part] = self.stack.enter_context((self.staging / f"{part}{suffix}").open("wb"))

    def join(self, schema: Schema) -> None:
        """Make the files of the records where that is more than one behind the other."""
        join = joiner(self.row.name)
        if join is None:
            return
        for part, records in self._open.items():
            records.close()
            path = self.staging / f"{part}{_RECORDS}"
            with path.open("rb") as lines, (self.staging / f"{part}{self.row.suffix}").open("wb") as file:
                file.writelines(join(lines, schema))
            path.unlink()

    def take(self, rendered: Rendered, name: str, *, part: str) -> None:
        """Add what was made of a document: records to the file of its part, or files of its own."""
        for suffix, data in rendered.files:
            if self.row.layout == "set":
                self._open[part].write(data)
                continue
            if suffix == ".txt" and any(self.out.resolve().is_relative_to(folder) for folder in self.folders):
                raise AnnotatorError("export-is-corpus", path=str(self.out))
            path = self.staging / part / f"{name}{suffix}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def add_companions(self, whole: Schema) -> None:
        """Write what a set needs besides its documents.

        brat goes by the nearest ``annotation.conf``: where folders differ in their schema, each has its own.
        """
        if self.row.name == "brat":
            from annotator.formats.brat_conf import annotation_conf

            differ = any(schema is not whole for schema in self.schemas.values())
            for folder, schema in {Path(): whole, **(self.schemas if differ else {})}.items():
                (self.staging / folder / "annotation.conf").write_bytes(annotation_conf(schema).encode())


def _refuse_place(folders: Iterable[Path], out: Path) -> None:
    """The folders of the sources, and those around them, take no export: sources are never written."""
    if any(folder.is_relative_to(out.resolve()) for folder in folders):
        raise AnnotatorError("export-is-corpus", path=str(out))
    if is_there(out) and not out.is_dir():
        raise AnnotatorError("export-exists", path=str(out))


@contextmanager
def _staging(out: Path) -> Iterator[Path]:
    """A new folder on the same disk as `out`, gone afterwards whatever happens: in `out` where that is there, else beside it."""
    out = out.resolve()
    staging = (out if out.is_dir() else out.parent) / f"{_STAGING}{secrets.token_hex(6)}.tmp"
    made = first_missing(out)
    try:
        staging.mkdir(parents=True)
        yield staging
    except OSError as error:
        raise AnnotatorError("unwritable", path=str(out), reason=error.strerror or type(error).__name__) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        remove_empty(out.parent, made)


def _move(staging: Path, out: Path, *, row: Format) -> tuple[str, ...]:
    """Put the finished files into `out`: at once where it is not there, else in the place of an earlier export."""
    files = {path.relative_to(staging).as_posix(): path for path in sorted(staging.rglob("*")) if path.is_file()}
    if not is_there(out):
        staging.rename(out.resolve())
        return tuple(files)
    stale = _stale(files, out, row=row)
    for name, path in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, out / name)  # noqa: PTH105
    for path in stale:
        path.unlink()
    return tuple(files)


def _stale(files: Mapping[str, Path], out: Path, *, row: Format) -> list[Path]:
    """What an earlier export left that this one does not replace: parts of a set are taken away, other documents make it refuse."""
    if row.layout == "set":
        parts = [f"{part}{row.suffix}" for part in (WHOLE, *PARTS)]
        return [out / part for part in parts if part not in files and (out / part).is_file()]
    for path in out.rglob("*"):
        name = path.relative_to(out).as_posix()
        if path.is_file() and name not in files and not name.startswith(_STAGING):
            raise AnnotatorError("export-exists", path=str(out))
    return []
