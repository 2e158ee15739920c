"""Coming back to where one was: what was open, the article, the caret and what stood at the top, and how wide the panes were."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSplitter

from annotator.core.errors import AnnotatorError
from annotator.store.corpus import Corpus
from annotator.store.files import is_there

from ..desk.places import (
    CorpusPlace,
    Places,
    Spot,
    copy_corpora,
    encode_places,
    name_in,
    note_spot,
    practice_folder,
    read_places,
    write_places,
)
from ..work.session import Session
from .control import Control

_NOTED_AFTER_MS = 5_000


class Returning(QObject):
    """Remembers places as they are left and goes back to them. `missing` names what was open last and is gone."""

    missing = Signal(str)
    _failed = Signal(object)
    _looked = Signal(object, object)

    def __init__(self, control: Control) -> None:
        super().__init__(control.window)
        self._control = control
        self._places: Places | None = None
        self._place: CorpusPlace | None = None
        self._session: Session | None = None
        self._is_told = False
        self._timer = QTimer(self, interval=_NOTED_AFTER_MS, singleShot=True)
        self._timer.timeout.connect(self.keep)
        desk = control.desk
        desk.recall = self._recall
        desk.corpus_opened.connect(self._enter_corpus)
        desk.leaving.connect(self._note)
        self._failed.connect(self._hear_failed)
        self._looked.connect(self._resume)

    def attach(self) -> None:
        """Go back whenever an article is opened, from now on: after those that show it."""
        self._control.desk.opened.connect(self._go_back)

    @property
    def places(self) -> Places:
        """What is remembered; read when it is first asked for."""
        if self._places is None:
            self._places, problem = read_places()
            if problem is not None:
                # Behind whatever is told about the opening itself.
                QTimer.singleShot(0, self, partial(self._control.refuse_error, problem))
        return self._places

    def resume(self) -> None:
        """Open what was open last, or say what is gone of it. A disk that does not answer holds nobody up: the window stays empty."""
        last = [Path(name) for name in self.places.last]
        if last:
            threading.Thread(target=self._look, args=(last,), name="returning", daemon=True).start()

    def _look(self, last: list[Path]) -> None:
        """Beside the window's thread."""
        there = [path for path in last if is_there(path)]
        # The window may be gone by now.
        with suppress(RuntimeError):
            self._looked.emit(last, there)

    def _resume(self, last: list[Path], there: list[Path]) -> None:
        if self._control.desk.corpus is not None:
            # A person who opened something meanwhile keeps it.
            return
        if len(there) < len(last):
            self.missing.emit(str(next(path for path in last if path not in there)))
        if there:
            self._control.desk.open_paths(there, first=self._last_of(there))

    def restore_panes(self) -> None:
        """Give the panes the sizes that they had when the window was closed."""
        for name, splitter in self._splitters().items():
            sizes = self.places.splitters.get(name, ())
            if len(sizes) == splitter.count() and all(size < 20_000 for size in sizes) and any(sizes):
                splitter.setSizes(sizes)

    def keep(self) -> None:
        """Hand what is known to the writer."""
        self._timer.stop()
        self._note()
        if self._places is None:
            return
        held = self._places
        held.splitters.update({name: self._sizes(splitter) for name, splitter in self._splitters().items()})
        encode = partial(encode_places, held.last, dict(held.splitters), copy_corpora(held))
        self._control.desk.saver.writer.errand("places", partial(self._write, encode))

    def _recall(self, corpus: Corpus) -> Path | None:
        """The article of a folder that was open last."""
        path = None if corpus.files else self._last_article(corpus.root)
        return path if path is not None and is_there(path) else None

    def _last_of(self, paths: list[Path]) -> Path | None:
        """Which of the files that were open was before the person."""
        path = self._last_article(paths[0].parent)
        return path if path in paths else None

    def _last_article(self, root: Path) -> Path | None:
        place = self.places.enter(root)
        return root / place.article if place.article else None

    def _enter_corpus(self, corpus: Corpus) -> None:
        if corpus.root == practice_folder():
            # Whoever closes the window in the middle of the first run comes back to what was open before it.
            self._place = None
            return
        places = self.places
        self._place = places.enter(corpus.root)
        places.last = tuple(str(path.absolute()) for path in corpus.files or (corpus.root,))
        self._timer.start()

    def _go_back(self, session: Session | None) -> None:
        """An article is shown: the caret and the text at the top are where they were when it was left."""
        self._session = session
        corpus, place, view = self._control.desk.corpus, self._place, self._control.panes.view
        if session is None or corpus is None or place is None:
            return
        name = name_in(corpus.root, session.path)
        session.selection_changed.connect(self._await)
        spot = place.spots.get(name)
        place.article = name
        if spot is not None:
            text = session.document.text
            caret, top = min(spot.caret, len(text)), min(spot.top, len(text))
            session.place_caret(caret if text.is_grapheme_edge(caret) else text.grapheme_before(caret), active=False)
            if top and view.sheet is not None:
                view.sheet.scroll_to(top)
        self._await()

    def _await(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _note(self) -> None:
        """Remember where the person is now."""
        session, corpus, sheet = self._session, self._control.desk.corpus, self._control.panes.view.sheet
        if session is None or session is not self._control.session or sheet is None:
            return
        if self._place is not None and corpus is not None:
            note_spot(self._place, name_in(corpus.root, session.path), Spot(session.caret, sheet.top_offset()))

    def _sizes(self, splitter: QSplitter) -> tuple[int, ...]:
        """The sizes of the panes that are always there; one that comes and goes took its room from the pane before it."""
        sizes: list[int] = []
        for rank, size in enumerate(splitter.sizes()):
            if sizes and splitter.widget(rank) in self._control.extra_panes:
                sizes[-1] += size
            else:
                sizes.append(size)
        return tuple(sizes)

    def _splitters(self) -> dict[str, QSplitter]:
        return {splitter.objectName(): splitter for splitter in self._control.window.findChildren(QSplitter) if splitter.objectName()}

    def _write(self, encode: Callable[[], bytes]) -> None:
        """Runs in the writer's thread."""
        try:
            write_places(encode())
        except AnnotatorError as error:
            self._failed.emit(error)

    def _hear_failed(self, error: AnnotatorError) -> None:
        if not self._is_told:
            self._is_told = True
            self._control.refuse_error(error)
