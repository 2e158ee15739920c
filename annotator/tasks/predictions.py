"""What a model found on a set that was exported from a corpus, brought back to the articles: as suggestions, or to be scored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from annotator.core.commands import set_field
from annotator.core.document import Document
from annotator.core.edits import Edit, apply
from annotator.core.errors import AnnotatorError
from annotator.core.model import Annotation, Entity, Event, extent
from annotator.core.proposals import propose
from annotator.core.schema import Schema
from annotator.core.suggestions import PREFIX
from annotator.core.text import Spans
from annotator.formats.account import Loss
from annotator.formats.aligning import Aligned, Original, TokenRow, rows_by_document
from annotator.formats.json_lines import records
from annotator.formats.recognising import recognise
from annotator.formats.sources import found_files, read_utf8, safe_name
from annotator.formats.table import FORMATS, Imported, ImportOptions, reader
from annotator.formats.telling import event_name
from annotator.formats.tokens import without_blanks
from annotator.store.corpus import Corpus
from annotator.store.files import is_there, read_source
from annotator.tasks import Progress, unheard
from annotator.tasks.exporting import names_to_write
from annotator.tasks.formats import find_format
from annotator.tasks.opening import Schemas, load_trusted
from annotator.tasks.tagging_all import Tagged
from annotator.tasks.writing import write_back

AUTO: Final = "auto"
TOKENS: Final = "tokens.jsonl"
_COUNTED: Final = ("documents", "added", "again", "human", "repeated", "rejected", "unknown", "removed", "kept")
_SUFFIXES: Final = (".json", ".jsonl", ".conll", ".conll2003", ".bio", ".ann")


@dataclass(slots=True)
class Predicted:
    """What a file says of each article that it speaks of, offsets in the article's text, and what could not be brought back."""

    format: str
    items: dict[Path, list[Annotation]] = field(default_factory=dict)
    problems: list[Loss] = field(default_factory=list)


@dataclass(slots=True)
class ProposalReport:
    """What became of a model's output, in annotations.

    `unknown` are those of a type that the schema lacks, however they are counted besides. `done` are the articles written, none on a dry
    run, each with what takes it back; `left` are the annotations for the article that was to be left alone. `is_stopped` says that not
    all articles were come to.
    """

    model: str
    format: str
    documents: int = 0
    added: int = 0
    again: int = 0
    human: int = 0
    repeated: int = 0
    rejected: int = 0
    removed: int = 0
    kept: int = 0
    unknown: int = 0
    problems: list[Loss] = field(default_factory=list)
    refused: list[AnnotatorError] = field(default_factory=list)
    done: list[Tagged] = field(default_factory=list)
    left: list[Annotation] = field(default_factory=list)
    is_stopped: bool = False

    @property
    def is_whole(self) -> bool:
        return not self.refused and not self.problems

    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in _COUNTED}

    def as_json(self) -> dict[str, object]:
        return {
            "model": self.model,
            "format": self.format,
            **self.counts(),
            "written": len(self.done),
            "refused": [{"code": error.code, **error.where} for error in self.refused],
            "problems": [problem.as_json() for problem in self.problems],
        }


def import_predictions(
    corpus: Corpus, source: Path, *, model: str = "", format_name: str = AUTO, tokens: Path | None = None, dry_run: bool = False,
    leave: Path | None = None, progress: Progress = unheard,
) -> ProposalReport:  # fmt: skip
    """Put a model's output into the sidecars of a corpus as suggestions of ``model:NAME``; `model` is the source's name where it is empty.

    One edit for each article; one whose sidecar cannot be trusted or written is left as it is and named. The article `leave`, which a
    window has open, is left to `propose_to`. Where `progress` raises ``cancelled`` between two articles, the report says what was done
    so far. Raises AnnotatorError as `read_predictions`, and ``bad-model-name``.
    """
    name = model or source.stem
    if not name.isprintable() or not name.strip():
        raise AnnotatorError("bad-model-name", name=name)
    predicted = read_predictions(corpus, source, format_name=format_name, tokens=tokens, progress=progress)
    report = ProposalReport(name, predicted.format, problems=predicted.problems)
    schemas = Schemas(corpus)
    for number, (path, items) in enumerate(predicted.items.items()):
        if path == leave:
            report.left = items
            continue
        try:
            progress(number, len(predicted.items))
            done = _propose(report, path, items, schemas.of(path), annotator=corpus.settings_for(path).annotator, dry_run=dry_run)
        except AnnotatorError as error:
            if error.code == "cancelled":
                report.is_stopped = True
                break
            report.refused.append(error)
        else:
            report.done += done
    return report


def propose_to(report: ProposalReport, document: Document, items: Sequence[Annotation], *, schema: Schema, name: str) -> Edit:
    """The edit that suggests `items` in the article `name`; what becomes of them is added to the report."""
    proposal = propose(document, schema, items, origin=PREFIX + report.model)
    report.documents += 1
    report.added += proposal.added
    report.again += proposal.again
    report.human += proposal.human
    report.repeated += proposal.repeated
    report.rejected += proposal.refused
    report.removed += proposal.removed
    report.kept += proposal.kept
    report.unknown += sum(schema.entity(item.type) is None and schema.event(item.type) is None for item in items)
    for drop in proposal.dropped:
        start, end = extent(drop.event)
        said = f"{drop.event.type} {drop.argument.role} {drop.argument.target}"
        report.problems.append(Loss(name, drop.event.id, start, end, drop.what, detail=said))
    return proposal.edit


def _propose(
    report: ProposalReport, path: Path, items: Sequence[Annotation], schema: Schema, *, annotator: str, dry_run: bool
) -> list[Tagged]:
    """The edit of one article, written if there is anything to write."""
    loaded = load_trusted(path)
    document = loaded.document
    # Counted once it is written: of an article that is refused nothing was suggested.
    counted = ProposalReport(report.model, report.format)
    edit = propose_to(counted, document, items, schema=schema, name=path.stem)
    after = None
    if edit and not dry_run:
        if loaded.digest is None:
            claims = (("schema", schema.name), ("annotator", annotator))
            fields = (change for name, value in claims for change in set_field(document, name, value).changes)
            edit = Edit(edit.name, (*edit.changes, *fields))
        inverse = apply(document, edit)
        after = Tagged(path, counted.added, inverse, loaded.digest, write_back(loaded))
    for name, count in counted.counts().items():
        setattr(report, name, getattr(report, name) + count)
    report.problems += counted.problems
    return [after] if after is not None else []


def read_predictions(
    corpus: Corpus, source: Path, *, format_name: str = AUTO, tokens: Path | None = None, progress: Progress = unheard
) -> Predicted:
    """What the file, or the files of the folder, `source` say of the articles of `corpus`.

    `tokens` is the ``tokens.jsonl`` of the exported set; without it the one beside `source`, if there is one. Raises AnnotatorError
    ``import-source-missing``, ``nothing-to-import``, ``format-not-recognised``, and what `find_format` raises.
    """
    name, files = _files(source, format_name)
    shelf = _Shelf(corpus, _token_rows(source, tokens))
    predicted = Predicted(name)
    read = reader(name)
    for number, file in enumerate(files):
        progress(number, len(files))
        for imported in read(file, ImportOptions(shelf.schema, read_source=read_source, predicted=True)):
            _take(predicted, imported, shelf)
    return predicted


def _files(source: Path, format_name: str) -> tuple[str, list[Path]]:
    """The format and the files in it: what lies beside the data in a folder (labels, tokens, a manifest) is in none."""
    if format_name != AUTO:
        find_format(format_name, reads=True)
    if not is_there(source):
        raise AnnotatorError("import-source-missing", path=str(source))
    if source.is_file():
        name = recognise(source) if format_name == AUTO else format_name
        if not name:
            raise AnnotatorError("format-not-recognised", path=str(source))
        return name, [source]
    found = [path for path, _ in found_files(source, _SUFFIXES)] if format_name == AUTO or FORMATS[format_name].layout == "set" else []
    known = {path: held for path in found if not path.name.endswith(TOKENS) and (held := recognise(path))}
    name = next(iter(known.values()), "") if format_name == AUTO else format_name
    if not name:
        raise AnnotatorError("format-not-recognised", path=str(source))
    if FORMATS[name].layout == "document":
        return name, [source]
    files = [path for path, held in known.items() if held == name or {held, name} <= _ALIKE]
    if not files:
        raise AnnotatorError("nothing-to-import", path=str(source), suffixes=FORMATS[name].suffix)
    return name, files


# Column files are told from each other by nothing but their suffix.
_ALIKE: Final = frozenset({"conll", "conll2003", "phoner"})


def _token_rows(source: Path, tokens: Path | None) -> dict[str, list[TokenRow]]:
    if tokens is not None and not tokens.is_file():
        raise AnnotatorError("file-missing", path=str(tokens))
    folder = source if source.is_dir() else source.parent
    files = [tokens] if tokens is not None else sorted(folder.glob(f"*{TOKENS}"))
    rows: list[dict[str, object]] = []
    for file in files:
        _, text, _ = read_utf8(file)
        rows += (row for _, row in records(text, file.name, []))
    return rows_by_document(rows)


class _Shelf:
    """The articles of a corpus by the names that they have in a set; a text is read when it is first asked for."""

    def __init__(self, corpus: Corpus, rows: dict[str, list[TokenRow]]) -> None:
        self._schemas = Schemas(corpus)
        self._rows = {_plain(name): held for name, held in rows.items()}
        self._paths = {_plain(name): path for name, path in names_to_write(corpus, frozenset()).items()}
        self._read: dict[str, Original | None] = {}
        # Documents of the file so far: several may speak of one article.
        self.taken = 0
        self.last = ""
        # A file may speak of articles of several folders, each with the types of its own schema.
        self.schema = _united(self._schemas.whole, [self._schemas.of(path) for path in self._paths.values()])

    def path(self, original: Original) -> Path:
        return self._paths[original.name]

    def schema_of(self, original: Original) -> Schema:
        return self._schemas.of(self.path(original))

    def find(self, name: str) -> Original | None:
        """The article of that name, None where there is none or its text cannot be read."""
        key = _plain(name)
        if key not in self._read:
            path = self._paths.get(key)
            try:
                self._read[key] = None if path is None else Original(key, read_source(path)[1], self._rows.get(key, ()))
            except AnnotatorError:
                self._read[key] = None
        return self._read[key]

    def in_line(self) -> list[Original]:
        """All articles in the order of a set, beginning behind the last one of which anything was found."""
        names = list(self._paths)
        after = names.index(self.last) + 1 if self.last else 0
        return [original for name in (*names[after:], *names[:after]) if (original := self.find(name)) is not None]


def _united(whole: Schema, others: Iterable[Schema]) -> Schema:
    """A schema that knows the types and roles of several, the first one's where two have the same name."""
    held = [*({schema.name: schema for schema in others if schema is not whole}.values()), whole]
    if len(held) == 1:
        return whole
    return replace(
        whole,
        entities=tuple({item.name: item for schema in held for item in schema.entities}.values()),
        events=tuple({item.name: item for schema in held for item in schema.events}.values()),
        roles=tuple({item.name: item for schema in held for item in schema.roles}.values()),
        relations=tuple({item.name: item for schema in held for item in schema.relations}.values()),
    )


def _plain(name: str) -> str:
    """A name as every format can bear it."""
    return safe_name(" ".join(name.split()), fallback=name).casefold()


def _take(predicted: Predicted, imported: Imported, shelf: _Shelf) -> None:
    """Bring one article of a file back: to the one of its name, else to those in which its lines are found."""
    predicted.problems += imported.problems
    document = imported.document
    if document is None:
        return
    named = shelf.find(imported.name)
    aligned = Aligned(document.text.content, [named]) if named is not None else None
    if aligned is None or not aligned.found:
        aligned = Aligned(document.text.content, shelf.in_line())
    for original in aligned.found:
        shelf.last = original.name
        predicted.items.setdefault(shelf.path(original), [])
    for line in aligned.strange:
        start, end = document.text.line_span(line - 1)
        detail = document.text.content[start : min(end, start + 80)]
        predicted.problems.append(Loss(imported.name, "", 0, 0, "sentence-not-found", line, detail))
    shelf.taken += 1
    _place(predicted, imported.name, document, aligned, shelf=shelf)


def _place(predicted: Predicted, name: str, document: Document, aligned: Aligned, *, shelf: _Shelf) -> None:
    """Add what a document of the file says, each to its article; ids are made such that no other document of the file has them."""
    home: dict[str, Original] = {}
    placed: list[Annotation] = []
    for item in document.annotations():
        found = aligned.place(item.spans)
        if found is None:
            said = f"{item.type} {document.text.surface(item.spans)}"[:80]
            predicted.problems.append(Loss(name, item.id, 0, 0, "place-not-found", detail=said))
        else:
            home[item.id] = found[0]
            placed.append(_typed(_moved(item, found[1], aligned), shelf.schema_of(found[0])))
    for relation in document.relations.values():
        predicted.problems.append(Loss(name, relation.id, 0, 0, "relation-not-proposed", detail=relation.type))
    for item in placed:
        kept = replace(item, id=f"{shelf.taken}\0{item.id}")
        if isinstance(kept, Event):
            here = [argument for argument in kept.arguments if home.get(argument.target) is home[item.id]]
            for argument in kept.arguments:
                if argument not in here:
                    said = f"{argument.role} {argument.target}"
                    predicted.problems.append(Loss(name, item.id, *extent(item), "filler-left-out", detail=said))
            kept = replace(kept, arguments=tuple(replace(argument, target=f"{shelf.taken}\0{argument.target}") for argument in here))
        predicted.items[shelf.path(home[item.id])].append(kept)


def _moved(item: Annotation, spans: Spans, aligned: Aligned) -> Annotation:
    if isinstance(item, Event):
        return replace(item, spans=spans)
    head = aligned.place((item.head,)) if item.head is not None else None
    return replace(item, spans=spans, head=head[1][0] if head is not None else None)


def _typed(item: Annotation, schema: Schema) -> Annotation:
    """An item of the layer that its type belongs to (taggers write triggers as they write entities), its type spelled as in the schema:
    that of the very article, which of several in the corpus the reader of the file could not know.
    """
    event = event_name(schema, item.type)
    if isinstance(item, Event) and event:
        return replace(item, type=event)
    if isinstance(item, Entity) and event and not schema.entity(item.type):
        return Event(item.id, event, item.spans, (), item.attributes, item.flag, item.note, item.origin, item.extra)
    if schema.entity(item.type) or schema.event(item.type):
        return item
    known: Iterable[str] = (held.name for held in (schema.events if isinstance(item, Event) else schema.entities))
    return replace(item, type=next((name for name in known if without_blanks(name) == item.type), item.type))


