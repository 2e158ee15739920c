"""What an export would do, before anything is written: the first document as it will stand there, and the account of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from annotator.core.errors import AnnotatorError
from annotator.formats.account import Account, Loss
from annotator.formats.table import Layout, Rendered
from annotator.store.corpus import Corpus
from annotator.store.sidecar import Loaded
from annotator.tasks import Progress
from annotator.tasks.exporting import ExportRequest, names_to_write, render_each
from annotator.tasks.formats import find_format
from annotator.tasks.opening import Schemas
from annotator.tasks.reducing import Reducing

PREVIEW_LINES = 40
_LINE_MOST, _TEXT_MOST = 1000, 80
_WHOLE_LAYER = "layer-not-held"


@dataclass(frozen=True, slots=True)
class LossRow:
    """A loss with the article that it befalls and the text at its offsets (code points, half-open)."""

    loss: Loss
    path: Path
    text: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The first lines of a document's file and how many more there are."""

    document: str
    text: str
    more: int


@dataclass(frozen=True, slots=True)
class Survey:
    """The account of the documents that would be written, what each would lose, and those that cannot be read."""

    account: Account
    documents: int
    losses: tuple[LossRow, ...]
    preview: Preview | None
    refused: tuple[AnnotatorError, ...]


def survey_export(corpus: Corpus, request: ExportRequest, *, progress: Progress) -> Survey:
    """Render every document of a corpus as `export_corpus` does, writing nothing.

    Raises what `find_format`, `Schemas` and `names_to_write` raise, and what `progress` raises to stop.
    """
    row = find_format(request.format, writes=True)
    schemas = Reducing(Schemas(corpus), request.reduction, joint=row.ace)
    names = names_to_write(corpus, request.statuses)
    accounts: list[Account] = []
    losses: list[LossRow] = []
    refused: list[AnnotatorError] = list(corpus.problems)
    preview: Preview | None = None
    for item in render_each(names, schemas, request=request, refused=refused, progress=progress):
        preview = preview or _preview(item.name, item.rendered, suffix=row.suffix, layout=row.layout)
        accounts.append(item.rendered.account)
        losses.extend(_rows(item.loaded, item.rendered.account.losses))
    # What a format has no place for at all is said once above the list; what befell single annotations comes first.
    losses.sort(key=lambda held: held.loss.what == _WHOLE_LAYER)
    return Survey(Account.of(accounts), len(accounts), tuple(losses), preview, tuple(refused))


def _rows(loaded: Loaded, losses: Iterable[Loss]) -> Iterable[LossRow]:
    for loss in losses:
        text = loaded.document.text.content[loss.start : min(loss.end, loss.start + _TEXT_MOST)]
        yield LossRow(loss, loaded.path, " ".join(text.split()))


def _preview(name: str, rendered: Rendered, *, suffix: str, layout: Layout) -> Preview:
    """The beginning of the file of the format's own suffix, or of the document's part in the file of a set."""
    data = next((data for held, data in rendered.files if held == suffix), rendered.files[0][1] if rendered.files else b"")
    lines = data.decode("utf-8", "replace").split("\n")
    if lines and not lines[-1]:
        lines.pop()
    shown = [line if len(line) <= _LINE_MOST else line[:_LINE_MOST] + "…" for line in lines[:PREVIEW_LINES]]
    return Preview(name if layout == "set" else name + suffix, "\n".join(shown), max(0, len(lines) - PREVIEW_LINES))
