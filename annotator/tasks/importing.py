"""Importing: documents of another format become articles of a corpus, texts byte for byte, annotations as sidecars.

Nothing that exists is overwritten: an article of the same name and other bytes, or one that has a sidecar, is refused by name and the
rest goes on. What was annotated elsewhere is finished work: an article that brings annotations gets the status ``done``, one without
``todo``; a status that the source names itself is kept.
"""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Final, Literal

from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.errors import AnnotatorError
from annotator.core.schema import Schema
from annotator.formats.account import Loss
from annotator.formats.table import Imported, ImportOptions, Offsets, reader
from annotator.segment import looks_segmented
from annotator.store.corpus import SETTINGS
from annotator.store.files import digest, digest_on_disk, is_there, name_problem, read_source, write_whole
from annotator.store.sidecar import encode, has_sidecar, sidecar_path, take_snapshot
from annotator.tasks import Progress, unheard
from annotator.tasks.formats import find_format
from annotator.tasks.opening import corpus_schema, open_corpus, set_words
from annotator.tasks.schemas import BUILT_IN, DEFAULT, TypeNames, count_known, find_schema, guess_schema, types_of
from annotator.tasks.writing import make_folder

# The disk makes each file durable on its own; several at once wait together. No more than WAITING documents stand in line.
WRITERS: Final = 16
WAITING: Final = 64
# So many documents are looked at before the schema is chosen.
SAMPLE: Final = 200

Chosen = Literal["given", "found", "guessed"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A schema, what ``annotator.toml`` calls it, why it was taken and, where it was guessed, how many of the `types` met it knows.

    `file` is a schema file from elsewhere, which has to lie in the corpus.
    """

    schema: Schema
    name: str
    chosen: Chosen
    file: Path | None = None
    known: int = 0
    types: int = 0


@dataclass(slots=True)
class ImportReport:
    """What came in: counts by layer, the articles refused, and what was not taken of the others."""

    choice: Choice
    documents: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    refused: list[AnnotatorError] = field(default_factory=list)
    problems: list[Loss] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.refused and not self.problems

    def as_json(self) -> dict[str, object]:
        return {
            "documents": self.documents,
            "schema": self.choice.name,
            **{layer: self.counts[layer] for layer in ("entities", "events", "arguments", "relations")},
            "refused": [{"code": error.code, **error.where} for error in self.refused],
            "problems": [problem.as_json() for problem in self.problems],
        }


def import_corpus(
    format_name: str, source: Path, root: Path, *, schema: str | None = None, offsets: Offsets = "auto", progress: Progress = unheard
) -> ImportReport:
    """Bring `source` into the folder `root`, which is made where it is not there, and name the schema in its ``annotator.toml``.

    `offsets` is how a file counts that has no surfaces by which that could be seen.

    Raises AnnotatorError where nothing can come in: ``unknown-format``, ``import-source-missing``, ``not-folder``, ``nothing-to-import``,
    what the schema's readers and the format's reader raise, and what writing into `root` raises.
    """
    find_format(format_name, reads=True)
    if not is_there(source):
        raise AnnotatorError("import-source-missing", path=str(source))
    if is_there(root) and not root.is_dir():
        raise AnnotatorError("not-folder", path=str(root))
    choice = choose_schema(format_name, source, root, schema=schema)
    documents = _read(format_name, source, choice.schema, offsets=offsets)
    # The first one is asked for before anything is made: where there is none, no empty corpus is left behind.
    first = next(documents, None)
    if first is None:
        raise AnnotatorError("nothing-to-import", path=str(source))
    make_folder(root)
    _name_schema(choice, root)
    report = ImportReport(choice)
    with ThreadPoolExecutor(WRITERS) as pool:
        writing: deque[Future[Counter[str]]] = deque()
        for number, imported in enumerate(chain((first,), documents)):
            progress(number, 0)
            report.problems.extend(imported.problems)
            writing.append(pool.submit(_write, imported, root, choice.schema))
            if len(writing) > WAITING:
                _settle(report, writing.popleft())
        for written in writing:
            _settle(report, written)
    return report


def choose_schema(format_name: str, source: Path, root: Path, *, schema: str | None) -> Choice:
    """The schema asked for, else that of the corpus, else the built-in one that knows the most types of the first documents."""
    if schema is not None:
        file = None if schema in BUILT_IN else Path(schema)
        return Choice(find_schema(schema), file.name if file else schema, "given", file)
    if (root / SETTINGS).is_file():
        corpus = open_corpus(root)
        return Choice(corpus_schema(corpus), str(corpus.settings.schema or DEFAULT), "found")
    types = _sample_types(format_name, source)
    guessed = guess_schema(types)
    return Choice(guessed, guessed.name, "guessed", None, count_known(guessed, types), len(types))


def _name_schema(choice: Choice, root: Path) -> None:
    """Note the schema in a corpus that names none yet, and put a schema file from elsewhere there."""
    if (root / SETTINGS).exists():
        return
    if choice.file is not None:
        data, place = choice.file.read_bytes(), root / choice.name
        if not place.exists():
            write_whole(place, data, expected=None)
        elif digest_on_disk(place) != digest(data):
            raise AnnotatorError("import-schema-differs", path=str(place))
    write_whole(root / SETTINGS, f"schema = {json.dumps(choice.name, ensure_ascii=False)}\n".encode(), expected=None)


def _sample_types(format_name: str, source: Path) -> TypeNames:
    first = islice(_read(format_name, source, find_schema(DEFAULT)), SAMPLE)
    return types_of(imported.document for imported in first if imported.document is not None)


def _read(format_name: str, source: Path, schema: Schema, *, offsets: Offsets = "auto") -> Iterator[Imported]:
    options = ImportOptions(schema, read_source=read_source, looks_segmented=looks_segmented, offsets=offsets)
    return reader(format_name)(source, options)


def _settle(report: ImportReport, written: Future[Counter[str]]) -> None:
    try:
        report.counts.update(written.result())
        report.documents += 1
    except AnnotatorError as error:
        report.refused.append(error)


def _write(imported: Imported, root: Path, schema: Schema) -> Counter[str]:
    """Write an article and its sidecar; counts by layer.

    Raises AnnotatorError ``import-exists``, ``import-labelled``, ``import-name``, ``import-no-text`` or ``name-too-long``, and what
    writing raises.
    """
    document = imported.document
    if document is None:
        raise AnnotatorError("import-no-text", path=imported.name)
    path = root / f"{imported.name}.txt"
    if not path.resolve().is_relative_to(root.resolve()):
        raise AnnotatorError("import-name", path=imported.name)
    beside = sidecar_path(path)
    if (too_long := name_problem(beside)) is not None:
        raise too_long
    there = digest_on_disk(path) if path.exists() else None
    if there not in (None, digest(imported.content)):
        raise AnnotatorError("import-exists", path=str(path))
    if has_sidecar(path):
        raise AnnotatorError("import-labelled", path=str(path))
    set_words(document)
    apply(document, Edit("import", tuple(_fields(document, schema))))
    encoded = encode(take_snapshot(document), revision=1)
    if path.parent != root:
        make_folder(path.parent)
    if there is None:
        write_whole(path, imported.content, expected=None)
    write_whole(beside, encoded, expected=None)
    return Counter(
        entities=len(document.entities),
        events=len(document.events),
        arguments=sum(len(event.arguments) for event in document.events.values()),
        relations=len(document.relations),
    )


def _fields(document: Document, schema: Schema) -> Iterator[Change]:
    """The fields that an import sets: the schema, and the status where the source names none."""
    if document.field("schema") != schema.name:
        yield Change("fields", "schema", document.fields.get("schema"), schema.name)
    if "status" not in document.fields and (document.entities or document.events or document.relations):
        yield Change("fields", "status", None, "done")
