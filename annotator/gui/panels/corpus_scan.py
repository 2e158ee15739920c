"""Walking a corpus on a thread of its own: first the names, then what each sidecar says, always what is asked for before the rest."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from typing import Final

from annotator.core.errors import AnnotatorError
from annotator.store.corpus import Corpus, Summary
from annotator.store.files import read_source

_BATCH: Final = 64
_BATCH_SECONDS: Final = 0.05
# Larger sources are judged when they are opened: reading them all would keep the disk busy for no gain.
_LOOKED_INTO: Final = 256_000


@dataclass(frozen=True, slots=True)
class Found:
    """Articles of the corpus, in its order."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What an article's sidecar says now; `problem` also where the source itself cannot be read. `asked`: it answers `Scan.want`."""

    path: Path
    summary: Summary
    asked: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A folder or link that was passed over."""

    problem: AnnotatorError


@dataclass(frozen=True, slots=True)
class Listed:
    """Everything was found and read once."""


News = Found | Known | LeftOut | Listed


class Scan:
    """Reads one corpus in the background. Its thread touches nothing but files and two queues; whoever wants the news fetches it."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._news: SimpleQueue[News] = SimpleQueue()
        self._wanted: SimpleQueue[Path | None] = SimpleQueue()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="corpus", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let the thread end at its next article. Nobody waits for it."""
        self._stopped.set()
        self._wanted.put(None)

    def want(self, path: Path) -> None:
        """Read an article before all others, or once more."""
        self._wanted.put(path)

    def fetch(self) -> Iterator[News]:
        """What is new, in order."""
        while not self._news.empty():
            yield self._news.get()

    def _run(self) -> None:
        known: set[Path] = set()
        for path in self._list():
            if not self._answer(known):
                return
            if path not in known:
                self._read(path, asked=False)
        self._news.put(Listed())
        while (wanted := self._wanted.get()) is not None:
            self._read(wanted, asked=True)

    def _list(self) -> list[Path]:
        """All articles, told in batches while they are found."""
        found: list[Path] = []
        told, last = 0, time.monotonic()
        for path in self._corpus.articles(lambda problem: self._news.put(LeftOut(problem))):
            if self._stopped.is_set():
                return []
            found.append(path)
            if len(found) - told >= _BATCH or time.monotonic() - last > _BATCH_SECONDS:
                self._news.put(Found(tuple(found[told:])))
                told, last = len(found), time.monotonic()
        self._news.put(Found(tuple(found[told:])))
        return found

    def _answer(self, known: set[Path]) -> bool:
        """Read what was asked for in the meantime; False where nothing more is wanted."""
        while not self._wanted.empty():
            path = self._wanted.get()
            if path is None:
                return False
            known.add(path)
            self._read(path, asked=True)
        return not self._stopped.is_set()

    def _read(self, path: Path, *, asked: bool) -> None:
        try:
            summary = self._corpus.summary(path)
            if summary.problem is None and (problem := _source_problem(path)) is not None:
                summary = replace(summary, problem=problem)
        except Exception as error:
            # A mistake of ours at one article is told there; the others are read all the same.
            summary = Summary(problem=AnnotatorError("unexpected", what=f"{type(error).__name__}: {error}"))
        self._news.put(Known(path, summary, asked))


def _source_problem(path: Path) -> AnnotatorError | None:
    """Why the source cannot be opened, None where it can or where it is large."""
    try:
        if path.stat().st_size <= _LOOKED_INTO:
            read_source(path)
    except AnnotatorError as problem:
        return problem
    except OSError as error:
        return AnnotatorError("file-unreadable", path=str(path), reason=type(error).__name__)
    return None
