"""Counts of a corpus: documents by status, annotations by type, words and problems."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field

from annotator.core.checks import check
from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.model import STATUSES
from annotator.core.schema import Schema
from annotator.store.corpus import Corpus
from annotator.store.effort import Effort, add_up, effort_path, read_stretches
from annotator.store.files import is_there
from annotator.tasks import Progress, unheard
from annotator.tasks.figures import Figures
from annotator.tasks.opening import Schemas, load_trusted


@dataclass(slots=True)
class Stats:
    """Counts over a corpus. `unreadable` are documents of which nothing else is counted; `refused` says why, of folders too.

    `effort` is the time worked, None where the corpus keeps none.
    """

    documents: int = 0
    unreadable: int = 0
    characters: int = 0
    words: int = 0
    status: Counter[str] = field(default_factory=Counter)
    entities: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    refused: list[AnnotatorError] = field(default_factory=list)
    effort: Effort | None = None
    figures: Figures = field(default_factory=Figures)

    def add(self, document: Document, schema: Schema) -> None:
        self.figures.add(document, schema)
        self.characters += len(document.text)
        self.words += sum(len(line) for line in document.words.lines())
        self.status[document.field("status")] += 1
        self.entities.update(item.type for item in document.entities.values())
        self.events.update(item.type for item in document.events.values())
        self.roles.update(argument.role for item in document.events.values() for argument in item.arguments)
        self.relations.update(item.type for item in document.relations.values())

    def as_json(self) -> dict[str, object]:
        tables = {"entities": self.entities, "events": self.events, "roles": self.roles, "relations": self.relations}
        return {
            "documents": self.documents,
            "unreadable": self.unreadable,
            "characters": self.characters,
            "words": self.words,
            "status": {name: self.status[name] for name in STATUSES},
            **{name: {"total": table.total(), "by_type": dict(ranked(table))} for name, table in tables.items()},
            "problems": {name: self.problems[name] for name in ("error", "warning")},
            **self.figures.as_json(),
            **({"effort": asdict(self.effort)} if self.effort is not None else {}),
        }


def ranked(table: Counter[str]) -> list[tuple[str, int]]:
    """Names and counts, the commonest first, equals by name."""
    return sorted(table.items(), key=lambda pair: (-pair[1], pair[0]))


def count_corpus(corpus: Corpus, *, progress: Progress = unheard) -> Stats:
    """The counts of a corpus. Raises what its schema raises."""
    schemas = Schemas(corpus)
    stats = Stats()
    articles = list(corpus.articles())
    stats.refused.extend(corpus.problems)
    try:
        stats.effort = add_up(read_stretches(corpus.root)) if is_there(effort_path(corpus.root)) else None
    except AnnotatorError as error:
        stats.refused.append(error)
    for number, path in enumerate(articles):
        progress(number, len(articles))
        stats.documents += 1
        try:
            document, schema = load_trusted(path).document, schemas.of(path)
        except AnnotatorError as error:
            stats.unreadable += 1
            stats.problems["error"] += 1
            stats.refused.append(error)
            continue
        stats.add(document, schema)
        stats.problems.update(problem.severity for problem in check(document, schema))
    return stats
