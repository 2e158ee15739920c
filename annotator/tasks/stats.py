"""Counts of a corpus: the figures of all its articles and of the parts of a split, problems, and what could not be read."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

from annotator.core.checks import check
from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.schema import Schema
from annotator.formats.reduction import HUMAN_ONLY, reduce_document
from annotator.store.corpus import Corpus
from annotator.store.effort import Effort, add_up, effort_path, read_stretches
from annotator.store.files import is_there
from annotator.store.sidecar import Loaded
from annotator.tasks import Progress, unheard
from annotator.tasks.counted import Counted, counted_of
from annotator.tasks.division import Divider, Division, Wish
from annotator.tasks.exporting import names_to_write
from annotator.tasks.figures import Figures, add_figures
from annotator.tasks.inventory import Entry, Inventory, count_types
from annotator.tasks.opening import Schemas, load_trusted

# Beyond so many only the figures are kept, not where each annotation stands.
PLACES_MOST = 300_000


@dataclass(slots=True)
class Stats:
    """Counts over a corpus. `unreadable` are documents of which nothing else is counted; `refused` says why, of folders too.

    `figures` are those of all that was read, `parts` those of each part where a split was asked for, which `division` tells.
    `effort` is the time worked, None where the corpus keeps none. `places` are what was counted, where that was asked for.
    """

    documents: int = 0
    unreadable: int = 0
    refused: list[AnnotatorError] = field(default_factory=list)
    effort: Effort | None = None
    figures: Figures = field(default_factory=Figures)
    parts: dict[str, Figures] = field(default_factory=dict)
    division: Division | None = None
    places: list[Counted] = field(default_factory=list)

    @property
    def problems(self) -> Counter[str]:
        """Problems by severity; a document that cannot be read is one."""
        return self.figures.problems + Counter(error=self.unreadable)

    def as_json(self) -> dict[str, object]:
        figures = self.figures
        return {
            **figures.as_json(),
            "documents": self.documents,
            "unreadable": self.unreadable,
            "problems": {name: self.problems[name] for name in ("error", "warning")},
            "ambiguous": [{"layer": layer, "text": text, "types": dict(types)} for (layer, text), types in figures.ambiguous()],
            "cut_words": [
                {"layer": layer, "type": kind, "text": text, "word": word, "count": number}
                for (layer, kind, text), word, number in figures.worst_cuts()
            ],
            **({"parts": {name: part.as_json() for name, part in self.parts.items()}} if self.parts else {}),
            **({"split": self.division.as_json()} if self.division is not None else {}),
            **({"effort": asdict(self.effort)} if self.effort is not None else {}),
        }


def count_corpus(
    corpus: Corpus, wish: Wish | None = None, *, only: Path | None = None, places: bool = False, progress: Progress = unheard
) -> Stats:
    """The counts of a corpus, of one article where `only` names it, by part where `wish` divides it, with `places` where asked for.

    The parts are those of an export with its usual choices. Raises what the corpus's schema, `Divider` and `names_to_write` raise.
    """
    schemas = Schemas(corpus)
    stats = Stats()
    progress(0, 0)
    articles = [only] if only is not None else list(corpus.articles())
    if only is None:
        stats.refused.extend(corpus.problems)
        stats.effort = _effort(corpus, stats.refused)
    parting = _Parting(corpus, wish) if wish is not None and wish.kind != "whole" else None
    for number, path in enumerate(articles):
        progress(number, len(articles))
        stats.documents += 1
        try:
            loaded, schema = load_trusted(path), schemas.of(path)
        except AnnotatorError as error:
            stats.unreadable += 1
            stats.refused.append(error)
            continue
        document = loaded.document
        figures = Figures() if parting is not None else stats.figures
        shapes = figures.add(document, schema)
        figures.problems.update(problem.severity for problem in check(document, schema))
        if parting is not None:
            stats.figures.merge(figures)
            parting.add(loaded, schema, figures)
        if places and len(stats.places) < PLACES_MOST:
            stats.places.extend(counted_of(path, document, shapes))
    if parting is not None:
        stats.division, stats.parts = parting.close()
    return stats


def _effort(corpus: Corpus, refused: list[AnnotatorError]) -> Effort | None:
    try:
        return add_up(read_stretches(corpus.root)) if is_there(effort_path(corpus.root)) else None
    except AnnotatorError as error:
        refused.append(error)
        return None


class _Parting:
    """Divides a corpus as an export would, and adds up the figures of each part."""

    def __init__(self, corpus: Corpus, wish: Wish) -> None:
        names = names_to_write(corpus, frozenset())
        self._names = {path: name for name, path in names.items()}
        self._divider = Divider(wish, names.keys(), known=names.keys())
        self._inventory = Inventory()
        self._figures: dict[str, Figures] = {}

    def add(self, loaded: Loaded, schema: Schema, figures: Figures) -> None:
        name = self._names[loaded.path]
        written = reduce_document(loaded.document, schema, HUMAN_ONLY)
        self._divider.add(name, written)
        self._inventory.entries[name] = _entry(name, loaded, written, schema=schema)
        self._figures[name] = figures

    def close(self) -> tuple[Division, dict[str, Figures]]:
        division = self._divider.close(self._inventory)
        return division, {part: add_figures(self._figures[name] for name in division.members(part)) for part in division.parts}


def _entry(name: str, loaded: Loaded, document: Document, *, schema: Schema) -> Entry:
    source = loaded.document.source
    return Entry(
        name,
        source.name,
        source.sha256,
        loaded.digest,
        loaded.revision,
        document.field("status"),
        document.is_segmented,
        schema,
        count_types(document),
        0,
        0,
    )
