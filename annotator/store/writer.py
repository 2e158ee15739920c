"""The one thread that owns all sidecar files while they are written.

It takes immutable snapshots and answers with the revision that is durable. The newest snapshot of an article replaces one that still
waits. Undo after a restart and recovery after a crash come with an append-only log of edits, which this thread will own as well: a
module `log` beside this one, written to before a snapshot is asked for and cut back where `_settle` has made a revision durable.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from annotator.core.errors import AnnotatorError

from .errands import Errands
from .files import digest, digest_on_disk, name_problem, write_whole
from .sidecar import read_sidecar, sidecar_path
from .snapshot import Snapshot

if TYPE_CHECKING:
    from .encoding import Encoder

Saved = Callable[[Path, int, str], None]
Failed = Callable[[Path, AnnotatorError], None]

_ENCODERS_KEPT: Final = 4
_ERRANDS_SECONDS: Final = 5.0
_FORGETTING_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class _Chain:
    """What this thread knows of a sidecar on disk.

    `base` is the digest that the window loaded, `digest` and `revision` are what is there now, `content` is the digest of all but
    revision and checksum, None where it was not read or is not known to be durable.
    """

    base: str | None
    digest: str | None
    revision: int
    content: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Request:
    snapshot: Snapshot
    expected: str | None
    revision: int
    due: float


class Writer:
    """Saves snapshots, one at a time. `on_saved(path, revision, digest)` and `on_failed(path, error)` are called in its thread.

    The thread lives while there is something to write and keeps the program from ending before that is done. `delay` in seconds is how
    long a snapshot waits for a newer one of the same article; it is counted from the first that waits.
    """

    def __init__(self, *, on_saved: Saved, on_failed: Failed, delay: float = 0.0) -> None:
        self._on_saved = on_saved
        self._on_failed = on_failed
        self._delay = delay
        self._lock = threading.Condition()
        self._waiting: OrderedDict[Path, _Request] = OrderedDict()
        self._errands = Errands()
        self._busy: Path | None = None
        self._telling = False
        self._thread: threading.Thread | None = None
        self._hurry = 0
        self._closed = False
        self._failed: set[Path] = set()
        self._chains: dict[Path, _Chain] = {}
        self._encoders: OrderedDict[Path, Encoder] = OrderedDict()

    @property
    def unsaved(self) -> frozenset[Path]:
        """The articles whose newest snapshot is not on disk: waiting, being written, or failed."""
        with self._lock:
            return frozenset(self._waiting) | self._failed | ({self._busy} if self._busy else set())

    def save(self, path: Path, snapshot: Snapshot, *, expected: str | None, revision: int) -> None:
        """Ask for the sidecar of the article at `path` to say what `snapshot` says.

        `expected` and `revision` are those of `Loaded`, the same with every call until the article is loaded again; what was written
        since is known here. Raises AnnotatorError ``writer-closed``.
        """
        with self._lock:
            if self._closed:
                raise AnnotatorError("writer-closed", path=str(path))
            earlier = self._waiting.get(path)
            due = earlier.due if earlier else time.monotonic() + self._delay
            self._waiting[path] = _Request(snapshot, expected, revision, due)
            self._failed.discard(path)
            self._begin()

    def errand(self, name: str, do: Callable[[], None]) -> None:
        """Have `do`, which writes some other small file, run beside what is saved: see `Errands.add`. A closed writer runs none."""
        with self._lock:
            if not self._closed:
                self._errands.add(name, do)

    def forget(self, path: Path) -> None:
        """Drop what is known of an article that was closed or is to be loaded again. What waits or failed is dropped with it.

        What is being written is waited for, but not on a disk that does not answer: the window asks this.
        """
        with self._lock:
            self._waiting.pop(path, None)
            self._lock.wait_for(lambda: self._busy != path, _FORGETTING_SECONDS)
            for held in (self._waiting, self._chains, self._encoders):
                held.pop(path, None)
            self._failed.discard(path)

    def flush(self, timeout: float | None = None) -> bool:
        """Write all that waits, now, and tell of it. Whether nothing is left unsaved within `timeout` seconds.

        Errands are waited for as long, but for no more than a few seconds: no article hangs on them.
        """
        end = time.monotonic() + (_ERRANDS_SECONDS if timeout is None else min(timeout, _ERRANDS_SECONDS))
        with self._lock:
            self._hurry += 1
            self._lock.notify_all()
            try:
                done = self._lock.wait_for(self._is_idle, timeout)
            finally:
                self._hurry -= 1
        self._errands.wait(max(0.0, end - time.monotonic()))
        with self._lock:
            return done and not self._failed

    def close(self, timeout: float | None = None) -> bool:
        """`flush`, and take nothing more. Where something is left unsaved it gives False and the writer stays open."""
        done = self.flush(timeout)
        with self._lock:
            self._closed = done and not self._waiting
            return self._closed

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="annotator-writer", daemon=False)
            self._thread.start()
        self._lock.notify_all()

    def _is_idle(self) -> bool:
        return not (self._waiting or self._busy or self._telling)

    def _work(self) -> None:
        while (task := self._next()) is not None:
            answer = task()
            # Told only once `unsaved` agrees, and before `flush` is over.
            self._pass(telling=True)
            _tell(answer)
            self._pass(telling=False)

    def _pass(self, *, telling: bool) -> None:
        with self._lock:
            self._busy, self._telling = None, telling
            self._lock.notify_all()

    def _next(self) -> Callable[[], Callable[[], None]] | None:
        """How to do what is due next, and then to tell of it; None, and the end of the thread, where nothing waits."""
        with self._lock:
            while self._waiting:
                path = min(self._waiting, key=lambda name: self._waiting[name].due)
                left = self._waiting[path].due - time.monotonic()
                if left <= 0 or self._hurry:
                    self._busy = path
                    return partial(self._answer, path, self._waiting.pop(path))
                self._lock.wait(left)
            self._thread = None
            return None

    def _answer(self, path: Path, request: _Request) -> Callable[[], None]:
        """Carry a request out; what is given tells the window how it went."""
        try:
            chain = self._settle(path, request)
        except Exception as error:
            problem = error if isinstance(error, AnnotatorError) else AnnotatorError("save-failed", path=str(path), reason=str(error))
            with self._lock:
                self._failed.add(path)
            return lambda: self._on_failed(path, problem)
        return lambda: self._on_saved(path, chain.revision, chain.digest or "")

    def _settle(self, path: Path, request: _Request) -> _Chain:
        """Bring the disk to what the request says, in a new revision if that is news."""
        from .encoding import seal

        # The offsets are those of the text that was read; under another one they would all be wrong.
        if digest_on_disk(path) != request.snapshot.source.sha256:
            raise AnnotatorError("source-changed-while-open", path=str(path))
        beside = sidecar_path(path)
        body = self._encoder(path).body(request.snapshot)
        content = digest(body)
        chain = self._chain(path, request, beside=beside)
        if chain.content == content:
            if digest_on_disk(beside) != chain.digest:
                raise AnnotatorError("changed-on-disk", path=str(beside))
        else:
            problem = name_problem(beside)
            if problem is not None:
                raise problem
            data = seal(body, revision=chain.revision + 1)
            try:
                written = write_whole(beside, data, expected=chain.digest)
            except AnnotatorError:
                # Renamed, but the folder was not synced: ours is there, unacknowledged, and is written again the next time.
                if _is_there(beside, digest(data)):
                    self._chains[path] = replace(chain, digest=digest(data), content=None)
                raise
            chain = replace(chain, digest=written, revision=chain.revision + 1, content=content)
        self._chains[path] = chain
        return chain

    def _chain(self, path: Path, request: _Request, *, beside: Path) -> _Chain:
        """What is known of a sidecar; the article having been loaded anew, it is what was loaded."""
        known = self._chains.get(path)
        if known is not None and known.base == request.expected:
            return known
        raw = read_sidecar(beside) if request.expected is not None else None
        content = None
        if raw is not None and digest(raw) == request.expected:
            from .decoding import kind_problem
            from .encoding import body_of

            # What could not be read whole is never written over, whatever a window asks.
            problem = kind_problem(raw, path=str(beside))
            if problem is not None:
                raise problem
            content = digest(body_of(raw))
        return _Chain(request.expected, request.expected, request.revision, content)

    def _encoder(self, path: Path) -> Encoder:
        """The encoder of an article, with the lines that it made the last time; those of the articles saved last are kept."""
        from .encoding import Encoder

        encoder = self._encoders.get(path) or Encoder(pause=lambda: time.sleep(0))
        self._encoders[path] = encoder
        self._encoders.move_to_end(path)
        while len(self._encoders) > _ENCODERS_KEPT:
            self._encoders.popitem(last=False)
        return encoder


def _is_there(path: Path, wanted: str) -> bool:
    try:
        return digest_on_disk(path) == wanted
    except OSError:
        return False


def _tell(answer: Callable[[], None]) -> None:
    """Pass an answer on. A mistake in the window's code must not stop the saving of what else waits."""
    try:
        answer()
    except Exception as error:
        threading.excepthook(threading.ExceptHookArgs((type(error), error, error.__traceback__, threading.current_thread())))
