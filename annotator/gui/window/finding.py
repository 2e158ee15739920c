"""Finding in the open article and in the corpus, and tagging all that was found: the lines, panels and dialogs of it, and their acts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from annotator.core.errors import AnnotatorError
from annotator.core.text import Span

from ..desk.stream import Stream
from ..keys.menus import Menus
from ..work.session import Session
from .centre import Centre
from .control import Control

if TYPE_CHECKING:
    from annotator.core.search import Query
    from annotator.tasks.searching import Finder

    from ..panels.corpus_hits import CorpusHits
    from ..panels.find_line import FindLine
    from .tagging_all import AllTagger

# A text of this length is searched at each letter without anybody noticing; a longer one beside the window's thread.
_AT_ONCE: Final = 100_000
_LONGEST_WORDS: Final = 120
_PANEL_HEIGHT: Final = 232


class Finding:
    """The searches of one window. Lines and panels are made when they are first asked for."""

    def __init__(self, control: Control, centre: Centre) -> None:
        self._control, self._centre = control, centre
        self.hits: list[Span] = []
        self.here: int | None = None
        # The place that was gone to last, whether or not it is still marked.
        self._been_at: Span | None = None
        self._finder: Finder | None = None
        self._anchor = 0
        self._follows = True
        self._wanted: tuple[Path, Span] | None = None
        self._has_line = False
        # A search goes on beside the window, and a step that was asked for meanwhile.
        self._is_looking = False
        self._step_waits = 0
        self._stream, self._corpus_stream = Stream(), Stream()
        self.table: dict[str, Callable[[], None]] = {
            "find": self.ask,
            "find_next": lambda: self.step(1),
            "find_previous": lambda: self.step(-1),
            "find_corpus": self.ask_corpus,
            "tag_all": lambda: self.tagger.ask(),
            "take_back_all": lambda: self.tagger.take_back(),
        }
        control.desk.opened.connect(self._take_session)
        control.window.destroyed.connect(self._stream.stop)
        control.window.destroyed.connect(self._corpus_stream.stop)

    def attend(self, menus: Menus) -> None:
        """Let the menu say whether there is a step to be taken back."""
        action = menus.actions["take_back_all"]
        menus.menus["annotate"].aboutToShow.connect(lambda: action.setEnabled(self.tagger.has_way_back))

    @cached_property
    def tagger(self) -> AllTagger:
        from .tagging_all import AllTagger

        return AllTagger(self._control, query=self.query, is_hit=self._is_hit)

    @cached_property
    def line(self) -> FindLine:
        """The line above the canvas."""
        from ..panels.find_line import FindLine

        line = FindLine(self._control.look, self._centre)
        line.hide()
        self._centre.put_above(line)
        line.query_changed.connect(self._search_as_typed)
        line.step_requested.connect(self.step)
        line.tag_requested.connect(lambda: self.tagger.ask())
        line.closed.connect(self.close)
        self._stream.came.connect(lambda batch: self._take(batch[0]))
        self._stream.ended.connect(self._hear_end)
        self._has_line = True
        self._control.panes_above.append(line)
        return line

    @cached_property
    def panel(self) -> CorpusHits:
        """The places found in the corpus, below the canvas."""
        from ..panels.corpus_hits import CorpusHits

        panel = CorpusHits(self._control.look, self._centre)
        panel.hide()
        panel.setFixedHeight(_PANEL_HEIGHT)
        self._centre.put_below(panel)
        panel.search_requested.connect(self._search_corpus)
        panel.stop_requested.connect(self._corpus_stream.stop)
        panel.place_chosen.connect(self._show_place)
        panel.closed.connect(self._close_panel)
        self._corpus_stream.came.connect(self._take_found)
        self._corpus_stream.ended.connect(panel.end)
        self._control.extra_panes.insert(0, panel)
        return panel

    def query(self) -> Query | None:
        """What is looked for in the line while it is shown."""
        if not self._has_line or self.line.isHidden():
            return None
        query = self.line.field.query()
        return query if query.text.strip() else None

    def ask(self) -> None:
        """Show the line, with what is selected in it."""
        session = self._control.session
        if session is None:
            return
        self._anchor = session.position()
        self._follows = True
        was_shown = self.query() is not None
        text = "" if was_shown and self._is_hit(session) else self._selected_words(session)
        line = self.line
        before = line.field.edit.text()
        line.ask(text)
        if not was_shown and line.field.edit.text() == before:
            self._search()
        if self.query() is None and len(session.document.text) > _AT_ONCE:
            # While the person thinks of what to type.
            finder = self._find_in(session)
            self._stream.start(lambda progress: finder.prepare())

    def step(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) place, from where the person is, and on at the other end."""
        session = self._control.session
        if session is None:
            return
        if not self._has_line or not self.line.field.edit.text().strip():
            self.ask()
            return
        if self.line.isHidden():
            # From where the person is now, not from where the search once began.
            self.line.show()
            self._follows = False
            self._search()
        if self._is_looking:
            self._step_waits = direction
            return
        if not self.hits:
            self._tell_none()
            return
        self._select(self._neighbour(session, direction), tell_turn=direction)
        self._anchor = session.position()

    def close(self) -> None:
        """Put the line away; the place found stays selected, and the keys of the canvas work on it."""
        self.line.hide()
        self._stream.leave(seconds=0)
        self._is_looking, self._step_waits = False, 0
        self.hits, self.here = [], None
        self._control.panes.view.show_hits((), None)
        self._control.panes.view.setFocus()

    def close_nearest(self) -> bool:
        """Put the line away; whether it was there. The panel of the corpus stays: one works along it."""
        shown = self._has_line and not self.line.isHidden()
        if shown:
            self.close()
        return shown

    def ask_corpus(self) -> None:
        """Show the panel for a search of the corpus, with what is looked for in the article, or what is selected, in it."""
        if self._control.desk.corpus is None:
            return
        from annotator.core.search import Query

        session = self._control.session
        words = self._selected_words(session) if session is not None else ""
        query = self.query() or (Query(words) if words else None)
        self.panel.ask(query)
        if query is not None:
            self._search_corpus(query)

    def _take_session(self, session: Session | None) -> None:
        """Another article: what is looked for is marked there as well, but nothing is selected."""
        self._finder, self.hits, self.here, self._been_at = None, [], None, None
        self._is_looking, self._step_waits = False, 0
        self._stream.leave(seconds=0)
        self._control.panes.view.show_hits((), None)
        if session is not None and self._wanted is not None:
            path, span = self._wanted
            if path == session.path:
                self._wanted = None
                self._go_to(session, span)
                self._control.panes.view.setFocus()
        if session is not None and self.query() is not None:
            self._follows, self._anchor = False, session.position()
            self._search()

    def _search_as_typed(self) -> None:
        self._follows = True
        self._search()

    def _find_in(self, session: Session) -> Finder:
        if self._finder is None:
            from annotator.tasks.searching import Finder

            self._finder = Finder(session.document.text)
        return self._finder

    def _search(self) -> None:
        """Look for what the line says now."""
        session, query = self._control.session, self.query()
        self._stream.leave(seconds=0)
        self._is_looking, self._step_waits = False, 0
        if session is None or query is None:
            self.hits, self.here = [], None
            self._control.panes.view.show_hits((), None)
            self.line.show_nothing()
            return
        finder = self._find_in(session)
        if query.mode == "plain" and len(session.document.text) <= _AT_ONCE:
            try:
                self._take(finder.find(query))
            except AnnotatorError as error:
                self._refuse(error)
            return
        self.line.show_waiting()
        self.hits, self.here, self._is_looking = [], None, True
        self._stream.start(lambda progress: iter([finder.find(query)]))

    def _take(self, hits: list[Span]) -> None:
        """The places found, in order: the first one from where the search began is gone to."""
        session = self._control.session
        if session is None:
            return
        waits, self._step_waits, self._is_looking = self._step_waits, 0, False
        self.hits, self.here = hits, None
        if hits and self._follows:
            self._select(bisect_left(hits, (self._anchor, 0)) % len(hits))
        elif hits and waits:
            self._select(self._neighbour(session, waits), tell_turn=waits)
        else:
            self._show()
            if waits:
                self._tell_none()
        self._follows = True

    def _hear_end(self, problem: AnnotatorError | None) -> None:
        if problem is not None and problem.code != "cancelled":
            self._refuse(problem)

    def _tell_none(self) -> None:
        self._control.panes.status.tell(self._control.look.say("gui.find.none"), refused=True, passing=True)

    def _refuse(self, error: AnnotatorError) -> None:
        self._is_looking = False
        self.hits, self.here = [], None
        self._control.panes.view.show_hits((), None)
        if error.code == "search-empty":
            self.line.show_nothing()
        else:
            self.line.refuse(self._control.look.explain(error))

    def _select(self, number: int, *, tell_turn: int = 0) -> None:
        session = self._control.session
        assert session is not None
        left = self.hits[self.here][0] if self.here is not None else session.position()
        if tell_turn and (self.hits[number][0] - left) * tell_turn < 0:
            self._control.panes.status.tell(self._control.look.say("told.find_end" if tell_turn < 0 else "told.find_start"))
        self.here = number
        self._been_at = span = self.hits[number]
        session.select_text((span,))
        self._control.panes.view.reveal(span)
        self._show()

    def _show(self) -> None:
        here = self.hits[self.here] if self.here is not None else None
        self._control.panes.view.show_hits(self.hits, here)
        self.line.show_count(self.here, len(self.hits))

    def _neighbour(self, session: Session, direction: int) -> int:
        """The place in front of or behind where the person is."""
        if self.here is not None and session.selection == (self.hits[self.here],):
            return (self.here + direction) % len(self.hits)
        at = session.position()
        number = bisect_right(self.hits, (at, 1 << 62)) if direction > 0 else bisect_left(self.hits, (at, 0)) - 1
        if direction > 0 and number > 0 and self.here is None and not session.selection:
            at_caret = self.hits[number - 1]
            # What begins at the caret itself is the next one, unless one has just been there.
            number -= at_caret[0] == at and at_caret != self._been_at
        return number % len(self.hits)

    def _is_hit(self, session: Session) -> bool:
        """Whether what is selected is just a place that was found."""
        return len(session.selection) == 1 and session.selection[0] in self.hits[slice(*self._around(session.selection[0]))]

    def _around(self, span: Span) -> tuple[int, int]:
        first = bisect_left(self.hits, span)
        return first, first + 1

    def _selected_words(self, session: Session) -> str:
        """What is selected, as far as it is something that one looks for: a few words of one line."""
        chosen = session.chosen()
        spans = session.selection or (chosen.spans if chosen else ())
        text = session.document.text.surface(spans) if spans else ""
        return text if len(text) <= _LONGEST_WORDS and "\n" not in text else ""

    def _search_corpus(self, query: Query) -> None:
        corpus = self._control.desk.corpus
        if corpus is None:
            return
        from annotator.tasks.searching import search_corpus

        self.panel.begin(corpus.root)
        self._corpus_stream.leave(seconds=0)
        self._corpus_stream.start(lambda progress: search_corpus(corpus, query, progress=progress))

    def _take_found(self, batch: list[object]) -> None:
        from annotator.tasks.searching import Searched

        if not self.panel.take(item for item in batch if isinstance(item, Searched)):
            self._corpus_stream.stop()

    def _show_place(self, path: Path, span: Span | None) -> None:
        """Open an article at a place."""
        session = self._control.session
        if session is not None and session.path == path:
            if span is not None:
                self._go_to(session, span)
            self._control.panes.view.setFocus()
            return
        self._wanted = (path, span) if span is not None else None
        self._control.desk.open_article(path)

    def _go_to(self, session: Session, span: Span) -> None:
        view = self._control.panes.view
        if span[1] <= len(session.document.text):
            session.select_text((span,))
            view.reveal(span, flash=True)

    def _close_panel(self) -> None:
        self._corpus_stream.stop()
        self.panel.hide()
        self._control.panes.view.setFocus()
