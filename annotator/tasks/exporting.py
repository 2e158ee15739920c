"""Exporting: a corpus becomes a training set, with an account of what the format could not hold.

Everything is written into a folder beside the one asked for and moved there when it is complete: a failed or cancelled export leaves
nothing. The same corpus and choices give the same bytes. The files themselves are made in `staging`.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.schema import Schema
from annotator.formats.account import Account
from annotator.formats.manifest import MANIFEST
from annotator.formats.reduction import HUMAN_ONLY, Reduction
from annotator.formats.table import Cutting, ExportOptions, Format, Nesting, Rendered, SchemeName, Unit, writer
from annotator.segment.sentences import sentences
from annotator.store.corpus import Corpus
from annotator.store.sidecar import Loaded
from annotator.tasks import Progress, unheard
from annotator.tasks.companions import MadeSet, companions, has_card, manifest
from annotator.tasks.division import Divider, Division, Wish
from annotator.tasks.figures import Figures
from annotator.tasks.formats import find_format
from annotator.tasks.inventory import Inventory, unwritten
from annotator.tasks.opening import Schemas, load_trusted
from annotator.tasks.reducing import Reducing
from annotator.tasks.splitting import WHOLE
from annotator.tasks.splitting import Shares as Shares
from annotator.tasks.staging import Stage, move, refuse_place, staging
from annotator.tasks.templating import read_template

# What the usual encoders take; in tokens of ours, of which theirs are parts.
LONGEST: Final = 512


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """The choices of an export. `split` are the shares of train, dev and test; no `statuses`: documents of every status.

    Instead of shares a set may be split by a file or into `folds`; `duplicates` keeps near-duplicates on one side of any split.
    `nesting`, `sentences`, `longest` (tokens) and `empty` are those of `ExportOptions`, `reduction` says what of a document is written;
    `template` is a file, read when an export begins; `strict`: nothing is written if anything is lost.
    """

    format: str
    unit: Unit = "word"
    scheme: SchemeName = "iob2"
    split: Shares | None = None
    seed: int = 1
    statuses: frozenset[str] = frozenset()
    split_file: Path | None = None
    folds: int = 0
    duplicates: bool = True
    nesting: Nesting = "outermost"
    sentences: Cutting = "long"
    longest: int = LONGEST
    empty: float = 1.0
    strict: bool = False
    reduction: Reduction = HUMAN_ONLY
    template: Path | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the account of all documents, how many they are, the files of data by name, and those beside them.

    `refused` are the documents that could not be read, `division` says where each of the others went. `is_written` is False where a
    strict export would have lost something: the target is as it was.
    """

    account: Account
    documents: int
    files: tuple[str, ...]
    refused: tuple[AnnotatorError, ...]
    beside: tuple[str, ...]
    division: Division
    is_written: bool = True


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An article on its way out: its name in the set, how it was read, document and schema as they are written, and what was made of it."""

    name: str
    loaded: Loaded
    document: Document
    schema: Schema
    rendered: Rendered


def export_corpus(corpus: Corpus, out: Path, request: ExportRequest, *, progress: Progress = unheard) -> Exported:
    """Write the articles of `corpus`, a folder's or the single files that it holds, into the folder `out`.

    Articles that cannot be read, or whose sidecar cannot be trusted, are left out and named. Raises AnnotatorError for a format or schema
    that is not there, what `fit_options` raises, ``nothing-to-export``, ``export-is-corpus``, ``export-exists``, ``export-name-twice``,
    what `Divider` raises and what writing raises.
    """
    row = find_format(request.format, writes=True)
    options = fit_options(row, request)
    schemas = Reducing(Schemas(corpus), request.reduction, joint=row.ace)
    sources = _folders(corpus)
    refuse_place(sources, out)
    names = names_to_write(corpus, request.statuses)
    if not names and not corpus.problems:
        raise AnnotatorError("nothing-to-export", path=str(corpus.root))
    dividing = divider(corpus, request, names)
    accounts: list[Account] = []
    refused = list(corpus.problems)
    inventory = Inventory()
    figures: defaultdict[str, Figures] = defaultdict(Figures)
    with staging(out) as folder:
        stage = Stage(row, folder, sources, out)
        with stage.taking() as intake:
            for item in render_each(names, schemas, row=row, options=options, refused=refused, progress=progress):
                intake.take(item.name, item.rendered)
                inventory.add(item.name, item.loaded, item.document, item.rendered, schema=item.schema)
                dividing.add(item.name, item.document, tokens=item.rendered.tokens)
                if has_card(row):
                    of = WHOLE if dividing.is_whole else item.name
                    figures[of].add_written(item.document, item.schema, without=unwritten(item.rendered))
                accounts.append(item.rendered.account)
                del item
        division = dividing.close(inventory)
        # The last moment to stop.
        progress(len(names), len(names))
        account = Account.of(accounts)
        if request.strict and (refused or not account.is_whole):
            return Exported(account, len(accounts), (), tuple(refused), (), division, is_written=False)
        widened = inventory.widen(schemas.whole)
        stage.write(division.outlets(), widened)
        made = MadeSet(row, request, inventory, division, schemas.whole, widened, request.scheme, figures, options.template)
        _add_companions(stage, made)
        move(stage)
    return Exported(account, len(accounts), tuple(sorted(stage.data.values())), tuple(refused), tuple(sorted(stage.beside)), division)


def fit_options(row: Format, request: ExportRequest) -> ExportOptions:
    """The choices as the writer of a format takes them, for a document that has no name yet; the template is read.

    Raises AnnotatorError ``format-without-layers``, ``format-without-template`` and what `read_template` raises.
    """
    if request.nesting == "layers" and not row.layers:
        raise AnnotatorError("format-without-layers", format=row.name)
    if request.template is not None and not row.template:
        raise AnnotatorError("format-without-template", format=row.name)
    return ExportOptions(
        request.unit,
        request.scheme,
        nesting=request.nesting,
        sentences=request.sentences,
        split_line=sentences,
        longest=request.longest,
        empty=request.empty,
        seed=request.seed,
        template=read_template(request.template) if request.template is not None else None,
    )


def folder_beside(root: Path, format: str) -> Path:
    """Where a corpus's set of a format goes if nobody says otherwise: a folder beside the corpus, named after both."""
    home = root.resolve()
    return home.with_name(f"{home.name}-{format}") if home.name else home / format


def divider(corpus: Corpus, request: ExportRequest, names: Mapping[str, Path]) -> Divider:
    """What divides the documents `names` as is asked for. Raises what `Divider` raises."""
    known = names_to_write(corpus, frozenset()) if request.split_file is not None and request.statuses else names
    wish = Wish(request.split, request.split_file, request.folds, request.seed, request.duplicates)
    return Divider(wish, names.keys(), known=known.keys())


def _add_companions(stage: Stage, made: MadeSet) -> None:
    """Lay beside the documents what belongs to them, the manifest last."""
    if made.row.name == "brat":
        for name, conf in _brat_confs(made).items():
            stage.add(name, conf, beside=False)
    for name, held in companions(made, data=stage.data).items():
        stage.add(name, held)
    stage.add(MANIFEST, manifest(made, data=stage.digests_of(stage.data.values()), beside=stage.digests_of(stage.beside)))


def _brat_confs(made: MadeSet) -> dict[str, bytes]:
    """brat goes by the nearest ``annotation.conf``: where folders differ in their schema, each has its own."""
    from annotator.formats.brat_conf import annotation_conf

    schemas: dict[Path, Schema] = {Path(): made.own}
    if any(schema is not made.own for schema in made.inventory.schemas):
        for place, names in made.division.outlets():
            for name in names:
                folder = Path("" if place == WHOLE else place, name).parent
                schemas[folder] = made.inventory.entries[name].schema
    return {(folder / "annotation.conf").as_posix(): annotation_conf(schema).encode() for folder, schema in schemas.items()}


def render_each(
    names: Mapping[str, Path], schemas: Reducing, *, row: Format, options: ExportOptions, refused: list[AnnotatorError], progress: Progress
) -> Iterator[Outgoing]:
    """Each document with what is to be written of it; those that cannot be read go to `refused`. Needs no extra.

    Raises what `progress` raises to stop, and ``types-unknown-name``.
    """
    write = writer(row.name)
    schemas.refuse_unknown(names.values())
    for number, (name, path) in enumerate(names.items()):
        progress(number, len(names))
        try:
            # Where no token is written nobody asks for words.
            loaded = load_trusted(path, words=row.tags)
            document, schema = schemas.reduce(loaded.document, path)
            rendered = write(document, schema, replace(options, name=name))
        except AnnotatorError as error:
            refused.append(error)
        else:
            item = Outgoing(name, loaded, document, schema, rendered)
            # One document at a time: the next is read into the room of this one, which is also faster.
            del loaded, document, rendered
            yield item
            del item
    progress(len(names), len(names))


def names_to_write(corpus: Corpus, statuses: frozenset[str]) -> dict[str, Path]:
    """The articles by the name that they have in a set: the path without suffix below the corpus, of single files below the folder
    that they have in common.

    Raises AnnotatorError ``export-name-twice``.
    """
    names: dict[str, Path] = {}
    name_of = _names_of_files(corpus.files)
    folders: dict[str, str] = {}
    for path in corpus.articles():
        if statuses:
            summary = corpus.summary(path)
            # One whose sidecar cannot be read has no status that is known: it is kept, and refused by name when it is opened.
            if summary.problem is None and summary.status not in statuses:
                continue
        if corpus.files:
            name = name_of[path]
        else:
            folder = os.path.dirname(path)  # noqa: PTH120
            if folder not in folders:
                folders[folder] = _prefix(path.parent.relative_to(corpus.root))
            name = folders[folder] + path.stem
        if name in names:
            raise AnnotatorError("export-name-twice", path=name)
        names[name] = path
    return names


def _prefix(folder: Path) -> str:
    """What stands in front of the names of the articles in a folder of the corpus."""
    return "" if folder == Path() else f"{folder.as_posix()}/"


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
