"""The formats as a table, and what writers and readers take and give. A format's module is imported when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path, PurePosixPath
from typing import Final, Literal, cast, get_args

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.schema import Schema
from annotator.core.schema_fields import find_nearest
from annotator.core.text import Span

from .account import COUNTED, Account, CountedLayer, Loss
from .chat_template import Template
from .sources import SourceReader, read_utf8

Layout = Literal["set", "document"]
Unit = Literal["word", "word-whole", "syllable"]
SchemeName = Literal["iob2", "bioes"]
Choice = Literal["unit", "scheme", "nesting", "layers", "sentences", "empty", "template"]
Offsets = Literal["auto", "utf-16", "code-point"]
Nesting = Literal["outermost", "innermost", "longest", "layers"]
Cutting = Literal["line", "auto", "long"]
LineSplitter = Callable[[str], list[Span]]
OFFSETS: Final[tuple[Offsets, ...]] = get_args(Offsets)
UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
CHOICES: Final[tuple[Choice, ...]] = get_args(Choice)
NESTINGS: Final[tuple[Nesting, ...]] = get_args(Nesting)
CUTTINGS: Final[tuple[Cutting, ...]] = get_args(Cutting)
SCHEME_NAMES: Final[tuple[SchemeName, ...]] = get_args(SchemeName)


def _whole_line(line: str) -> list[Span]:
    return [(0, len(line))]


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """The choices of an export, and what the layers above lend: how a line is cut into sentences (code points of the line, half-open).

    `name` is the document's path in its corpus, POSIX, without suffix; empty: the source's own name. It stands in the records and losses.
    `nesting` says which of several that overlap stay where there is room for one; ``layers`` gives each its own column in a format that
    has `Format.layers`, and is ``outermost`` in the others. `sentences` are the lines, the sentences of every line
    (``auto``) or only those of lines over 100 words (``long``); those of more than `longest` tokens are listed (0: none is). `empty` is the
    share of sentences without an event (without an entity where the format holds no event) that is kept, drawn by `seed`. `template`
    stands around each text of a conversation, None: the program's own in the language of the schema.
    """

    unit: Unit = "word"
    scheme: SchemeName = "iob2"
    name: str = ""
    nesting: Nesting = "outermost"
    sentences: Cutting = "long"
    split_line: LineSplitter = _whole_line
    longest: int = 0
    empty: float = 1.0
    seed: int = 1
    template: Template | None = None


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The choices of an import, and what the layers above lend: how a source file is decoded and whether a text came segmented.

    `predicted`: where a record has what a model found beside what was annotated, the model's is wanted. `offsets` is how a file counts
    that has no surfaces by which that could be seen; ``auto``: as its tool does.
    """

    schema: Schema
    read_source: SourceReader = read_utf8
    looks_segmented: Callable[[str], bool] = field(default=lambda _text: False)
    predicted: bool = False
    offsets: Offsets = "auto"


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a writer made of one document: bytes by suffix, and the account.

    In a format of one file a set the bytes are records that follow each other in the set's file. `tokens`, of formats whose records
    are tokens without offsets: for each record the code points of its tokens in the article, however the copy is spelled, so that a model's
    output finds back.
    """

    files: tuple[tuple[str, bytes], ...]
    account: Account
    tokens: tuple[tuple[Span, ...], ...] | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """One article that a reader found: where it belongs (POSIX, no suffix), its bytes, and what was said about it.

    `document` is None where the text could not be had; `problems` lists what was not taken.
    """

    name: str
    content: bytes
    document: Document | None
    problems: tuple[Loss, ...] = ()


def named(document: Document, options: ExportOptions) -> str:
    """The name under which a document stands in records and losses."""
    return options.name or PurePosixPath(document.source.name).stem or "article"


def read_each(files: Iterable[tuple[Path, str]], take: Callable[[str, str], Iterable[Imported]]) -> Iterator[Imported]:
    """What `take` makes of each UTF-8 file's text (without a BOM) and name; a file that cannot be read has no document and says why."""
    for path, name in files:
        try:
            _, text, _ = read_utf8(path)
        except AnnotatorError as error:
            yield Imported(name, b"", None, (Loss(name, "", 0, 0, "text-unreadable", detail=error.code),))
        else:
            yield from take(text.removeprefix("\ufeff"), name)


Writer = Callable[[Document, Schema, ExportOptions], Rendered]
Joiner = Callable[[Iterable[bytes], Schema], Iterator[bytes]]
Reader = Callable[[Path, ImportOptions], Iterator[Imported]]


@dataclass(frozen=True, slots=True)
class Format:
    """A row of the table. `write` and `read` are ``module:function``; empty where the format only comes in or only goes out.

    `holds` are the layers that the format has a place for (`facts` has more), `choices` those that mean something to it beyond what every
    format takes (types, origin, spelling …), `extra` is the optional dependency that brings its library. `join` (``module:function``)
    makes the set's file of its documents' bytes, records of a line each, where that is more than one behind the other. `ace` stands
    between the two parts of ACE's event names, as the format's own data has it.
    """

    name: str
    suffix: str
    layout: Layout
    write: str = ""
    read: str = ""
    holds: tuple[CountedLayer, ...] = COUNTED
    choices: tuple[Choice, ...] = ()
    extra: str | None = None
    join: str = ""
    ace: str = "."

    @property
    def reads(self) -> bool:
        return bool(self.read)

    @property
    def writes(self) -> bool:
        return bool(self.write)

    @property
    def tags(self) -> bool:
        """Whether it is made of tokens, so that their unit means something."""
        return "unit" in self.choices

    @property
    def layers(self) -> bool:
        """Whether it can have one column a layer of entities that overlap."""
        return "layers" in self.choices

    @property
    def template(self) -> bool:
        """Whether its records are made by a template."""
        return "template" in self.choices


_ENTITIES: Final[tuple[CountedLayer, ...]] = ("entities",)
_EVENTS: Final[tuple[CountedLayer, ...]] = ("entities", "events", "arguments")
_SENTENCES: Final[tuple[Choice, ...]] = ("unit", "sentences", "empty")
_COLUMNS: Final[tuple[Choice, ...]] = ("unit", "scheme", "nesting", "sentences", "empty")
_TAGGED: Final[tuple[Choice, ...]] = ("unit", "nesting", "sentences", "empty")
_PAIRS: Final[tuple[Choice, ...]] = ("unit", "scheme", "nesting", "sentences")
_JOIN: Final = "conll:join_columns"
_ROWS: Final = (
    Format("brat", ".ann", "document", "brat_writer:write_brat", "brat_reader:read_brat", ace="_"),
    Format("conll", ".conll", "set", "conll:write_conll", "conll:read_conll", _ENTITIES, (*_COLUMNS, "layers"), join=_JOIN),
    Format("conll2003", ".conll2003", "set", "conll:write_conll2003", "conll:read_conll2003", _ENTITIES, _COLUMNS),
    Format("phoner", ".jsonl", "set", "phoner:write_phoner", "phoner:read_phoner", _ENTITIES, _COLUMNS),
    Format("jsonl", ".jsonl", "set", "jsonl:write_jsonl", "jsonl:read_jsonl"),
    Format("oneie", ".json", "set", "oneie:write_oneie", "oneie:read_oneie", choices=_SENTENCES, ace=":"),
    Format("dygiepp", ".jsonl", "set", "dygiepp:write_dygiepp", "dygiepp:read_dygiepp", choices=_SENTENCES),
    Format("omnievent", ".jsonl", "set", "omnievent:write_omnievent", holds=_EVENTS),
    Format("trigger-bio", ".bio", "set", "event_columns:write_trigger_bio", holds=("events",), choices=_COLUMNS),
    Format("argument-bio", ".bio", "set", "event_columns:write_argument_bio", holds=("events", "arguments"), choices=_PAIRS),
    Format("hf-jsonl", ".jsonl", "set", "huggingface:write_huggingface", "", _EVENTS, _TAGGED, join="huggingface:join_jsonl"),
    Format("hf-parquet", ".parquet", "set", "parquet:write_parquet", "", _EVENTS, _TAGGED, "hf", "parquet:join_parquet"),
    Format("chat", ".jsonl", "set", "chat:write_chat", holds=_EVENTS, choices=("template",)),
    Format("spacy", ".spacy", "set", "spacy_docs:write_spacy", "", _EVENTS, ("unit", "nesting"), "spacy", "spacy_docs:join_spacy"),
    Format("prodigy", ".jsonl", "set", "prodigy:write_prodigy", "prodigy:read_prodigy", choices=("unit",)),
    Format("doccano", ".jsonl", "set", "doccano:write_doccano", "doccano:read_doccano"),
    Format("labelstudio", ".json", "set", "labelstudio:write_labelstudio", "labelstudio:read_labelstudio", join="labelstudio:join_tasks"),
    Format("vlsp", ".muc", "document", read="vlsp:read_vlsp", holds=_ENTITIES),
    Format("gliner", ".jsonl", "set", "gliner:write_gliner", "gliner:read_gliner", ("entities", "relations"), _SENTENCES),
)
FORMATS: Final[dict[str, Format]] = {row.name: row for row in _ROWS}


def writer(name: str) -> Writer:
    """The writer of a format. Raises AnnotatorError ``unknown-format``, ``format-not-written``."""
    row = _row(name)
    if not row.writes:
        raise AnnotatorError("format-not-written", format=name)
    return cast(Writer, _function(row.write))


def joiner(name: str) -> Joiner | None:
    """What makes the set's file of a format's records; None where they stand one behind the other. Raises as `writer`."""
    row = _row(name)
    return cast(Joiner, _function(row.join)) if row.join else None


def reader(name: str) -> Reader:
    """The reader of a format. Raises AnnotatorError ``unknown-format``, ``format-not-read``."""
    row = _row(name)
    if not row.reads:
        raise AnnotatorError("format-not-read", format=name)
    return cast(Reader, _function(row.read))


def _row(name: str) -> Format:
    row = FORMATS.get(name)
    if row is None:
        raise AnnotatorError("unknown-format", format=name, nearest=find_nearest(name, FORMATS))
    return row


def _function(place: str) -> object:
    module, _, function = place.partition(":")
    return getattr(import_module(f"{__package__}.{module}"), function)
