"""What lies on the desk: the corpus, the open article and those who work on it. Opening, leaving and walking from article to article."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.core.edits import Edit
from annotator.core.errors import AnnotatorError
from annotator.core.schema import Schema
from annotator.settings import state_folder
from annotator.store.corpus import Corpus
from annotator.store.files import digest_on_disk
from annotator.store.sidecar import quarantine, read_sidecar, sidecar_path
from annotator.suggest.lexicon import Lexicon

from ..work.session import Durable, Session
from .learning import Learner
from .saving import Saver

# What opens and labels an article is loaded with the first one, not with the empty window.
if TYPE_CHECKING:
    from annotator.tasks.opening import Opened, Schemas

    from ..work.tools import Tools

# Larger files are read and segmented beside the window's thread.
_AT_ONCE = 100_000
# In how many articles of a newly opened folder the first unfinished one is looked for.
_LOOKED_AT = 40


class Desk(QObject):
    """Owns the corpus, the session and the saver. The window shows what its signals tell.

    `opened` comes with a new session, `opening` with the path of a large article while it is read and with None when it is not wanted any
    more, `refused` with the reason when something was not opened (`article_refused` with its path as well), `stuck` when an article
    cannot be left because it cannot be saved.
    """

    corpus_opened = Signal(object)
    opening = Signal(object)
    opened = Signal(object)
    refused = Signal(object)
    article_refused = Signal(object, object)
    stuck = Signal(object)
    leaving = Signal()
    _loaded = Signal(object, object)
    _found = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.corpus: Corpus | None = None
        self.schemas: Schemas | None = None
        self.session: Session | None = None
        self.tools: Tools | None = None
        # The person's own name, for a corpus that names nobody.
        self.annotator = ""
        self.saver = Saver()
        self.learner = Learner(self.saver.writer)
        # Which article of a newly opened folder the person was at, where that is known.
        self.recall: Callable[[Corpus], Path | None] = lambda corpus: None
        self._wanted: Path | None = None
        self._loaded.connect(self._hear_loaded)
        self._found.connect(self._open_first)

    @property
    def schema(self) -> Schema | None:
        """The schema of the open article, else that of the corpus."""
        return self.session.schema if self.session else self.schemas.whole if self.schemas else None

    def warm_up(self) -> None:
        """Load the segmenter beside the window's thread, so that the first article does not wait for it."""
        threading.Thread(target=_load_segmenter, name="segmenter", daemon=True).start()

    @property
    def lexicon(self) -> Lexicon:
        """What was learnt of the open corpus."""
        return self.learner.lexicon

    def open_paths(self, paths: Sequence[Path], *, first: Path | None = None) -> None:
        """Open a folder, or files, as the corpus.

        Shown is `first`, else the article that was open last there, the first file or the first unfinished article.
        """
        from annotator.tasks.opening import Schemas

        try:
            corpus = Corpus.open(*paths)
            schemas = Schemas(corpus)
        except AnnotatorError as error:
            self.refused.emit(error)
            return
        self.leave(lambda: self._take_corpus(corpus, schemas, first=first))

    def open_article(self, path: Path) -> None:
        """Open an article once the one that is open is on disk.

        One that is open already stays as it is, unless something is wrong with it: then it is read again.
        """
        # Whatever is still being read is not wanted any more.
        self._wanted = path
        session = self.session
        if session is None or path != session.path or session.read_only is not None or session.failure is not None:
            self.leave(lambda: self._load(path))
        else:
            self.opening.emit(None)

    def save_now(self) -> None:
        """Write what is unsaved at once, a note that is being written included."""
        self.leaving.emit()
        self.saver.save()

    def leave(self, then: Callable[[], None]) -> None:
        """Do `then` once the open article is on disk; `stuck` tells where it cannot be saved.

        `leaving` comes first, so that a note that is being written is part of what is saved.
        """
        self.leaving.emit()
        self.saver.settle(lambda done: then() if done else self._say_stuck(then))

    def drop(self) -> None:
        """Give the open article up as it is on disk."""
        self._take_session(None)

    def look_at_source(self) -> None:
        """See whether another program changed the open article; it is read-only from then on, and says so.

        Large articles are left to the writer, which compares before each save.
        """
        session = self.session
        if session is None or session.read_only is not None or session.document.source.characters > _AT_ONCE:
            return
        with suppress(OSError):
            if digest_on_disk(session.path) != session.document.source.sha256:
                session.forbid(AnnotatorError("source-changed-while-open", path=str(session.path)))

    def _say_stuck(self, then: Callable[[], None]) -> None:
        self.stuck.emit(then)

    def _take_corpus(self, corpus: Corpus, schemas: Schemas, *, first: Path | None) -> None:
        self._take_session(None)
        self.corpus, self.schemas = corpus, schemas
        self.learner.begin(corpus)
        self._wanted = None
        first = first or self.recall(corpus)
        self.corpus_opened.emit(corpus)
        if first is not None or corpus.files:
            self._load(first or corpus.files[0])
        else:
            threading.Thread(target=self._look_for_first, args=(corpus,), name="first", daemon=True).start()

    def _look_for_first(self, corpus: Corpus) -> None:
        """Find what one would open next anyway, beside the window's thread: a folder may hold many thousand files."""
        with suppress(AnnotatorError, OSError):
            self._found.emit(corpus, _first_unfinished(corpus))

    def _open_first(self, corpus: Corpus, path: Path | None) -> None:
        # A person who chose something meanwhile keeps it.
        if path is not None and corpus is self.corpus and self._wanted is None and self.session is None:
            self._load(path)

    def _load(self, path: Path) -> None:
        self._wanted = path
        with suppress(OSError):
            if path.stat().st_size > _AT_ONCE:
                self.opening.emit(path)
                threading.Thread(target=self._load_beside, args=(path, self.schemas), name="opening", daemon=True).start()
                return
        from annotator.tasks.opening import open_article

        try:
            self._take_opened(open_article(path, schema=self.schemas.of(path) if self.schemas else None))
        except AnnotatorError as error:
            self._refuse(path, error)

    def _load_beside(self, path: Path, schemas: Schemas | None) -> None:
        from annotator.tasks.opening import open_article

        try:
            self._loaded.emit(path, open_article(path, schema=schemas.of(path) if schemas else None))
        except AnnotatorError as error:
            self._loaded.emit(path, error)
        except Exception as error:
            # Whatever it was, the window must not wait for an article that will never come.
            self._loaded.emit(path, AnnotatorError("unexpected", what=f"{type(error).__name__}: {error}"))

    def _hear_loaded(self, path: Path, result: Opened | AnnotatorError) -> None:
        if path != self._wanted:
            return
        if isinstance(result, AnnotatorError):
            self._refuse(path, result)
            return
        # Work went on while this one was read: it is on disk before anything else is shown.
        self.leave(lambda: self._take_opened(result) if path == self._wanted else None)

    def _take_opened(self, opened: Opened) -> None:
        loaded = opened.loaded
        durable = Durable(loaded.revision, loaded.digest)
        self._name_defaults(opened)
        session = Session(opened.document, opened.schema, path=loaded.path, durable=durable, read_only=loaded.read_only)
        if loaded.read_only is not None:
            _keep_copy(loaded.path)
        # A corpus that names its schema is what its articles are labelled with; the sidecar says so from the next edit on.
        session.claims_schema = self.corpus is not None and bool(self.corpus.settings_for(loaded.path).schema)
        self._take_session(session)

    def _refuse(self, path: Path, error: AnnotatorError) -> None:
        self.article_refused.emit(path, error)
        self.refused.emit(error)

    def _name_defaults(self, opened: Opened) -> None:
        """A document without a sidecar gets the schema and annotator of its corpus; it is written only once there is an edit."""
        if opened.loaded.digest is None:
            opened.document.fields["schema"] = opened.schema.name
            if name := (self.corpus.settings_for(opened.path).annotator if self.corpus else "") or self.annotator:
                opened.document.fields["annotator"] = name

    def _take_session(self, session: Session | None) -> None:
        if self.session is not None:
            self.learner.leave(self.session)
        self.session = session
        self.saver.follow(session)
        if session is None:
            self.tools = None
        else:
            from ..work.tools import Tools

            self.tools = Tools.of(session, self.lexicon)
            session.edited.connect(self._segment_again)
            self.learner.enter(session)
        self.opened.emit(session)

    def _segment_again(self, edit: Edit) -> None:
        """Whether the text came segmented was decided otherwise: its words are derived anew."""
        if self.session is not None and any(change.layer == "fields" and change.id == "origin" for change in edit.changes):
            from annotator.tasks.opening import set_words

            set_words(self.session.document)
            self.session.words_changed.emit()


def _first_unfinished(corpus: Corpus) -> Path | None:
    """The first article that is not done, looking at no more than a few: what one would open next anyway."""
    articles = list(islice(corpus.articles(), _LOOKED_AT))
    return next((path for path in articles if corpus.summary(path).status not in ("done", "checked")), next(iter(articles), None))


def _load_segmenter() -> None:
    # A missing model is told when an article needs it, with the article's name.
    with suppress(AnnotatorError):
        from annotator.segment import default_segmenter

        default_segmenter().words("ấm")


def _keep_copy(path: Path) -> None:
    """Keep what an unreadable sidecar holds in the state folder; the file itself is never touched."""
    with suppress(AnnotatorError, OSError):
        raw = read_sidecar(sidecar_path(path))
        if raw is not None:
            quarantine(path, raw, state_folder())
