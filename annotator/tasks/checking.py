"""Checking: every problem of a corpus, those of its files as well as those of its annotations. Nothing is written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.core.checks import Problem, Severity, check
from annotator.core.errors import AnnotatorError
from annotator.store.corpus import Corpus
from annotator.store.sidecar import SUFFIX
from annotator.tasks import Progress, unheard
from annotator.tasks.opening import Schemas, load_trusted


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of one document (its path below the corpus): of an annotation, or the reason why a file cannot be trusted."""

    document: str
    what: Problem | AnnotatorError

    @property
    def severity(self) -> Severity:
        return "error" if isinstance(self.what, AnnotatorError) else self.what.severity

    def as_json(self) -> dict[str, object]:
        if isinstance(self.what, AnnotatorError):
            return {"document": self.document, "code": self.what.code, "severity": "error", "ids": [], "start": 0, "end": 0}
        return {
            "document": self.document,
            "code": self.what.code,
            "severity": self.what.severity,
            "ids": list(self.what.ids),
            "start": self.what.start,
            "end": self.what.end,
        }


def check_corpus(corpus: Corpus, *, progress: Progress = unheard) -> Iterator[list[Finding]]:
    """The findings of each document in the order of the corpus, an empty list for one without any.

    Raises what the schema of the corpus raises.
    """
    schemas = Schemas(corpus)
    articles = list(corpus.articles())
    for number, path in enumerate(articles):
        progress(number, len(articles))
        name = path.relative_to(corpus.root).as_posix()
        yield [Finding(name, what) for what in check_article(path, schemas)]


def check_folders(corpus: Corpus) -> Iterator[Finding]:
    """What is wrong beside the documents: folders that the latest walk could not enter, sidecars whose article is gone."""
    for problem in corpus.problems:
        yield Finding(os.path.relpath(str(problem.where["path"]), corpus.root), problem)
    for path in sorted(corpus.root.rglob(f"*{SUFFIX}")):
        if not path.with_name(path.name.removesuffix(SUFFIX)).exists():
            yield Finding(path.relative_to(corpus.root).as_posix(), AnnotatorError("sidecar-orphan", path=str(path)))


def check_article(path: Path, schemas: Schemas) -> list[Problem | AnnotatorError]:
    """What is wrong with an article: the reason why it or its sidecar cannot be read, else the problems of its annotations."""
    try:
        return [*check(load_trusted(path).document, schemas.of(path))]
    except AnnotatorError as error:
        return [error]
