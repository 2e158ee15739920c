"""What an export would do, before anything is written: the first document as it will stand there, the account, and the parts of the set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.formats.account import Account, Loss
from annotator.formats.table import FORMATS, Format
from annotator.store.corpus import Corpus
from annotator.store.sidecar import Loaded
from annotator.tasks import Progress
from annotator.tasks.division import Divider, Division
from annotator.tasks.exporting import ExportRequest, Outgoing, divider, fit_options, names_to_write, render_each
from annotator.tasks.formats import find_format
from annotator.tasks.inventory import Inventory
from annotator.tasks.opening import Schemas
from annotator.tasks.previewing import Preview as Preview
from annotator.tasks.previewing import preview
from annotator.tasks.reducing import Reducing

_TEXT_MOST = 80
_WHOLE_LAYER = "layer-not-held"


@dataclass(frozen=True, slots=True)
class LossRow:
    """A loss with the article that it befalls and the text at its offsets (code points, half-open). A `warning` costs nothing."""

    loss: Loss
    path: Path
    text: str
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Survey:
    """The account of the documents that would be written, what each would lose, those that cannot be read, and the parts of the set.

    `skipped` are the articles of another status; `problem` is why nothing could be written, though all else is known; `paths` are
    the articles by their names in the set.
    """

    account: Account
    documents: int
    losses: tuple[LossRow, ...]
    preview: Preview | None
    refused: tuple[AnnotatorError, ...]
    skipped: int = 0
    division: Division | None = None
    problem: AnnotatorError | None = None
    paths: Mapping[str, Path] = field(default_factory=dict)


def survey_export(corpus: Corpus, request: ExportRequest, *, progress: Progress) -> Survey:
    """What `survey_each` gives at the end. Raises as it does."""
    *_, last = survey_each(corpus, request, progress=progress)
    assert isinstance(last, Survey)
    return last


def survey_each(corpus: Corpus, request: ExportRequest, *, progress: Progress) -> Iterator[Preview | Survey]:
    """Render every document of a corpus as `export_corpus` does, writing nothing: the preview as soon as there is one, then the survey.

    Raises what `find_format`, `fit_options`, `Schemas` and `names_to_write` raise, and what `progress` raises to stop; that an extra is
    missing or that the set cannot be divided as asked is the survey's `problem`.
    """
    row, problem = _format(request.format)
    options = fit_options(row, request)
    schemas = Reducing(Schemas(corpus), request.reduction, joint=row.ace)
    names = names_to_write(corpus, request.statuses)
    skipped = len(names_to_write(corpus, frozenset())) - len(names) if request.statuses else 0
    parts = _Parts(corpus, request, names)
    accounts: list[Account] = []
    losses: list[LossRow] = []
    refused: list[AnnotatorError] = list(corpus.problems)
    shown: Preview | None = None
    for item in render_each(names, schemas, row=row, options=options, refused=refused, progress=progress):
        if shown is None or not shown.text:
            # One of which no sentence is wanted has nothing to show: the next is tried.
            found = preview(item.name, item.rendered, row=row, schema=item.schema)
            if shown is None or found.text:
                shown = found
                yield shown
        accounts.append(item.rendered.account)
        losses.extend(_rows(item.loaded, item.rendered.account.losses))
        losses.extend(_rows(item.loaded, item.rendered.account.warnings, warning=True))
        parts.add(item)
    # What a format has no place for at all is said once above the list; what befell single annotations comes first.
    losses.sort(key=lambda held: (held.warning, held.loss.what == _WHOLE_LAYER))
    division = parts.close()
    account = Account.of(accounts)
    yield Survey(account, len(accounts), tuple(losses), shown, tuple(refused), skipped, division, problem or parts.problem, names)


def _format(name: str) -> tuple[Format, AnnotatorError | None]:
    """A row of the table, and what is missing for it."""
    try:
        return find_format(name, writes=True), None
    except AnnotatorError as error:
        if error.code != "extra-missing":
            raise
        return FORMATS[name], error


class _Parts:
    """How the set would be divided; nothing is done where it stays whole. What stands in the way is its `problem`."""

    def __init__(self, corpus: Corpus, request: ExportRequest, names: Mapping[str, Path]) -> None:
        self.problem: AnnotatorError | None = None
        self._inventory = Inventory()
        self._divider: Divider | None = None
        if request.split is not None or request.split_file is not None or request.folds:
            with self._noted():
                self._divider = divider(corpus, request, names)

    def add(self, item: Outgoing) -> None:
        if self._divider is not None:
            self._inventory.add(item.name, item.loaded, item.document, item.rendered, schema=item.schema)
            self._divider.add(item.name, item.document, tokens=item.rendered.tokens)

    def close(self) -> Division | None:
        if self._divider is not None and self._inventory.entries:
            with self._noted():
                return self._divider.close(self._inventory)
        return None

    @contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            yield
        except AnnotatorError as error:
            self.problem = error


def _rows(loaded: Loaded, losses: Iterable[Loss], *, warning: bool = False) -> Iterable[LossRow]:
    for loss in losses:
        text = loaded.document.text.content[loss.start : min(loss.end, loss.start + _TEXT_MOST)]
        yield LossRow(loss, loaded.path, " ".join(text.split()), warning)
