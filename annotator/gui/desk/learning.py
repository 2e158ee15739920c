"""What the lexicon knows of the corpus: read and learnt beside the window's thread, taken over in slices, kept for the next day.

The thread touches nothing but files and a queue. Lexicon and memory belong to the window's thread.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from annotator.core.errors import AnnotatorError
from annotator.settings import state_folder
from annotator.store.corpus import Corpus
from annotator.store.files import digest, digest_on_disk, read_bounded, write_whole
from annotator.store.sidecar import sidecar_path
from annotator.store.writer import Writer
from annotator.suggest.lexicon import Facts, Lexicon, Mention, count_facts, facts_of
from annotator.suggest.memory import BYTES_MOST, Entry, Memory, Stamp, encode_memory, forget_before, read_entries, read_head

from ..work.session import Session
from .places import name_in

if TYPE_CHECKING:
    from annotator.store.mentions import Mentions

_FETCH_MS: Final = 25
# A slice of the window's time, short enough not to be felt.
_FETCH_SECONDS: Final = 0.004
# The reading begins when the first article stands, and leaves the others room.
_BEGUN_AFTER: Final = 0.4
_BREATH: Final = 0.002
# Larger sidecars are learnt from when they are opened: reading one holds the window up.
_SIDECAR_MOST: Final = 2_000_000
_ARTICLES_MOST: Final = 5_000
_KEPT_AFTER_MS: Final = 20_000
_FINISHED: Final = ("done", "checked")


@dataclass(frozen=True, slots=True)
class Begun:
    """The memory was read: when all was forgotten last (nanoseconds, 0: never)."""

    forgotten_at: int


@dataclass(frozen=True, slots=True)
class Noted:
    """What counts of an article; None: nothing is to be known of it any more. `news`: the memory did not have it so."""

    name: str
    entry: Entry | None
    news: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """Everything was looked at."""


News = Begun | Noted | AnnotatorError | Ended


def memory_path(root: Path) -> Path:
    """Where what was learnt of a corpus is kept."""
    return state_folder() / "lexicons" / f"{digest(os.fsencode(os.path.realpath(root)))[:32]}.json"


class Reading:
    """One reading of a corpus: first what is remembered, then the finished sidecars that are not as remembered."""

    def __init__(self, corpus: Corpus) -> None:
        # The list of problems belongs to whoever shows the corpus.
        self._corpus = replace(corpus, problems=[])
        self._news: SimpleQueue[News] = SimpleQueue()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="lexicon", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let the thread end at its next article. Nobody waits for it."""
        self._stopped.set()

    def fetch(self) -> Iterator[News]:
        """What is new, in order."""
        while not self._stopped.is_set() and not self._news.empty():
            yield self._news.get()

    def _run(self) -> None:
        if self._stopped.wait(_BEGUN_AFTER):
            return
        try:
            known, forgotten_at = self._remember()
            self._walk(known, forgotten_at)
        except Exception as error:
            # A guess less is no reason to disturb anyone's work; what it was is told all the same.
            self._news.put(AnnotatorError("unexpected", what=f"{type(error).__name__}: {error}"))
        self._news.put(Ended())

    def _remember(self) -> tuple[dict[str, Entry], int]:
        path = memory_path(self._corpus.root)
        known: dict[str, Entry] = {}
        forgotten_at = 0
        try:
            raw = read_bounded(path, most=2 * BYTES_MOST)
            forgotten_at = read_head(raw)
            self._news.put(Begun(forgotten_at))
            for name, entry in read_entries(raw):
                known[name] = entry
                self._news.put(Noted(name, entry, news=False))
                if len(known) % 16 == 0 and self._stopped.wait(_BREATH):
                    break
            return known, forgotten_at
        except AnnotatorError as error:
            if error.code != "file-missing":
                self._news.put(AnnotatorError("lexicon-unreadable", path=str(path)))
        except ValueError:
            self._news.put(AnnotatorError("lexicon-unreadable", path=str(path)))
        # What was forgotten stays so, as far as the file still says it.
        return known, forgotten_at

    def _walk(self, known: Mapping[str, Entry], forgotten_at: int) -> None:
        seen: set[str] = set()
        for number, path in enumerate(self._corpus.articles()):
            if number >= _ARTICLES_MOST or self._stopped.is_set():
                return
            name = name_in(self._corpus.root, path)
            seen.add(name)
            beside = sidecar_path(path)
            stamp = stamp_of(beside)
            held = known.get(name)
            if stamp is None or (held is not None and held.stamp == stamp):
                if held is not None and stamp is None:
                    self._news.put(Noted(name, None, news=True))
                continue
            entry = self._read(beside, stamp, held=held, forgotten_at=forgotten_at)
            if entry is not None or held is not None:
                self._news.put(Noted(name, entry, news=True))
            self._stopped.wait(_BREATH)
        for name in known.keys() - seen:
            self._news.put(Noted(name, None, news=True))

    def _read(self, beside: Path, stamp: Stamp, *, held: Entry | None, forgotten_at: int) -> Entry | None:
        """What counts of a sidecar: nothing of one that is not finished, is damaged or is older than the forgetting."""
        from annotator.store.mentions import read_mentions

        with suppress(AnnotatorError):
            raw = read_bounded(beside, most=_SIDECAR_MOST)
            print_of = digest(raw)
            if held is not None and held.digest == print_of:
                return replace(held, stamp=stamp)
            if stamp[0] > forgotten_at:
                found = read_mentions(raw, path=str(beside))
                if found.status in _FINISHED:
                    return Entry(print_of, stamp, count_facts(_mentions(found)))
        return None


def _mentions(found: Mentions) -> Iterator[Mention]:
    for entity in found.entities:
        yield Mention(entity.id, "entity", entity.type, entity.text, (), entity.origin)
    for event in found.events:
        arguments = tuple((argument.role, argument.target) for argument in event.arguments)
        yield Mention(event.id, "event", event.type, event.text, arguments, event.origin)


@dataclass(slots=True)
class Opened:
    """The article that is open: its name in the corpus, its sidecar as it was opened, and what it said then."""

    session: Session
    name: str
    digest: str | None
    stamp: Stamp | None
    facts: Facts


class Learner(QObject):
    """The lexicon of the open corpus and what keeps it. `ended` says that all was learnt, `troubled` what could not be read or kept."""

    ended = Signal()
    troubled = Signal(object)
    _failed = Signal(object)

    def __init__(self, writer: Writer) -> None:
        super().__init__()
        self.lexicon = Lexicon()
        self.memory = Memory()
        self._writer = writer
        self._corpus: Corpus | None = None
        self._reading: Reading | None = None
        self._opened: Opened | None = None
        self._is_changed = False
        # Articles that were left since the reading began.
        self._left: set[str] = set()
        self._timer = QTimer(self, interval=_FETCH_MS)
        self._timer.timeout.connect(self._fetch)
        self._keeping = QTimer(self, interval=_KEPT_AFTER_MS, singleShot=True)
        self._keeping.timeout.connect(self.keep)
        self._failed.connect(self.troubled)

    def begin(self, corpus: Corpus) -> None:
        """Learn another corpus, from what is remembered of it and from its finished articles."""
        self.keep()
        self.stop()
        self.lexicon, self.memory, self._opened, self._is_changed = Lexicon(), Memory(), None, False
        self._corpus = corpus
        self._read()

    def stop(self) -> None:
        """Read no further."""
        self._timer.stop()
        if self._reading is not None:
            self._reading.stop()
            self._reading = None

    def enter(self, session: Session) -> None:
        """An article was opened: it counts as it is, less what was forgotten of it."""
        name = name_in(self._corpus.root, session.path) if self._corpus else str(session.path)
        self._opened = Opened(session, name, session.durable.digest, stamp_of(sidecar_path(session.path)), facts_of(session.document))
        self.lexicon.take(str(session.path), self._opened.facts)
        self._weigh()

    def leave(self, session: Session) -> None:
        """An article is left: what it says now is remembered, if it was worked on, with the sidecar that says so."""
        self.lexicon.learn(str(session.path), session.document)
        opened, self._opened = self._opened, None
        if opened is None or opened.session is not session or not session.is_saved or session.durable.digest is None:
            return
        stamp = stamp_of(sidecar_path(session.path))
        if stamp is not None and (session.changes or opened.name in self.memory.entries):
            self.memory.entries.pop(opened.name, None)
            self._note(opened.name, Entry(session.durable.digest, stamp, self.lexicon.facts(str(session.path))))

    def forget(self) -> None:
        """Know nothing of the corpus any more. Only what is labelled from now on counts."""
        self.stop()
        self.lexicon.forget()
        self.memory.forget(time.time_ns())
        if self._opened is not None:
            session = self._opened.session
            self._opened.facts = facts_of(session.document)
            self.lexicon.discount(str(session.path), self._opened.facts)
        self._is_changed = True
        self.keep()

    def keep(self) -> None:
        """Hand what is known to the writer, if that is news."""
        self._keeping.stop()
        if self._is_changed and self._corpus is not None:
            self._is_changed = False
            path, held = memory_path(self._corpus.root), dict(self.memory.entries)
            self._writer.errand(f"lexicon {path}", partial(self._write, path, held, self.memory.forgotten_at))

    def _read(self) -> None:
        assert self._corpus is not None
        self._left.clear()
        self._reading = Reading(self._corpus)
        self._timer.start()

    def _fetch(self) -> None:
        """Take over what was read since the last time, for a moment."""
        if self._reading is None:
            return
        deadline = time.monotonic() + _FETCH_SECONDS
        for news in self._reading.fetch():
            self._take(news)
            if time.monotonic() > deadline:
                break

    def _take(self, news: News) -> None:
        match news:
            case Begun(forgotten_at):
                self.memory.forgotten_at = forgotten_at
                self._weigh()
            case Noted():
                self._take_noted(news)
            case Ended():
                self.stop()
                if self._is_changed:
                    self._keeping.start()
                self.ended.emit()
            case AnnotatorError():
                self.troubled.emit(news)

    def _take_noted(self, noted: Noted) -> None:
        name, entry = noted.name, noted.entry
        opened = self._opened if self._opened is not None and self._opened.name == name else None
        # What was saved since it was opened says itself what counts of it when it is left; so did what was left since the reading began.
        is_past = opened is not None and (entry is None or entry.digest != opened.digest)
        if (noted.news and is_past) or name in self._left:
            return
        if entry is None:
            self.memory.entries.pop(name, None)
        else:
            self.memory.entries[name] = entry
        self._is_changed = self._is_changed or noted.news
        if opened is not None:
            self._weigh()
        elif self._corpus is not None:
            self.lexicon.take(str(self._corpus.root / name), entry.facts if entry is not None else Facts())

    def _weigh(self) -> None:
        """Take off what the open article held already when all was forgotten."""
        opened = self._opened
        if opened is None or opened.digest is None:
            return
        counted = self.memory.counts(opened.name, digest=opened.digest, stamp=opened.stamp)
        rest = opened.facts.without(counted) if counted is not None else Facts()
        self.lexicon.discount(str(opened.session.path), rest)
        if rest:
            self.lexicon.learn(str(opened.session.path), opened.session.document)

    def _note(self, name: str, entry: Entry) -> None:
        self.memory.entries[name] = entry
        self._left.add(name)
        self._is_changed = True
        if not self._keeping.isActive():
            self._keeping.start()

    def _write(self, path: Path, entries: Mapping[str, Entry], forgotten_at: int) -> None:
        """Runs in the writer's thread."""
        try:
            later = _forgotten_at(path)
            if later > forgotten_at:
                # Another window forgot: what this one still knew must not bring it back.
                entries, forgotten_at = forget_before(entries, later), later
            data = encode_memory(forgotten_at, entries)
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data, expected=digest_on_disk(path))
        except AnnotatorError as error:
            self._failed.emit(error)
        except OSError as error:
            self._failed.emit(AnnotatorError("write-not-permitted", path=str(path), reason=type(error).__name__))


def _forgotten_at(path: Path) -> int:
    """When all was forgotten last, as the file says; 0 where it says nothing."""
    with suppress(AnnotatorError, ValueError):
        return read_head(read_bounded(path, most=2 * BYTES_MOST))
    return 0


def stamp_of(path: Path) -> Stamp | None:
    """When a file was changed last and how long it is; None where there is none."""
    try:
        held = path.stat()
    except (OSError, ValueError):
        return None
    return held.st_mtime_ns, held.st_size
