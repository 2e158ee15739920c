"""The guided first run: five steps on a fresh copy of a raw sample, done by the person's own hand; a card says what to do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.core.edits import Change, Edit
from annotator.core.errors import AnnotatorError
from annotator.core.model import Event
from annotator.resources import samples

from ..desk.places import practice_folder
from ..keys.menus import Menus
from ..work.session import Session
from .centre import Centre
from .control import Control

if TYPE_CHECKING:
    from ..panels.coach import Card, CoachCard

_ARTICLE = "02-xet-xu-nhom-cho-vay-nang-lai.txt"
_TAKEN = (_ARTICLE, "annotator.toml", "guidelines.md")
_ENTITY, _EVENT, _ROLE = "PER", "Sentence", "Sentence"
# The actions that the sentences call by their keys.
_NAMED = ("undo", "redo", "done", "toggle_word", "view_words", "key_sheet", "guidelines", "open_folder")
# What each step is about, as it stands in the article.
_TEXTS = {"entity": "Vũ Đức Thắng", "event": "tuyên phạt", "role": "12 năm tù", "word": "Đinh Công Minh"}


@dataclass(frozen=True, slots=True)
class Step:
    """A step by the name of its sentences, and what of an edit does it."""

    name: str
    is_done_by: Callable[[Change], bool]


STEPS = (
    Step("entity", lambda change: change.layer == "entities" and change.before is None),
    Step("event", lambda change: change.layer == "events" and change.before is None),
    Step("role", lambda change: _arguments(change.after) > _arguments(change.before)),
    Step("word", lambda change: change.layer == "decisions"),
    Step("finish", lambda change: change.layer == "fields" and change.id == "status" and change.after == "done"),
)


class FirstRun(QObject):
    """Leads through the steps and goes on by itself when one was done. Nothing of a person's own is touched.

    `at` is the number of the step that is shown, ``len(STEPS)`` the words at the end, None where no run is going on.
    """

    def __init__(self, control: Control, centre: Centre) -> None:
        super().__init__(control.window)
        self._control, self._centre = control, centre
        self.card: CoachCard | None = None
        self.at: int | None = None
        self._done: set[int] = set()
        self._path: Path | None = None
        self._session: Session | None = None
        # What was open before: the run ends there.
        self._before: tuple[list[Path], Path | None] | None = None
        self.table: dict[str, Callable[[], None]] = {"first_run": self.start}
        centre.first_run_requested.connect(self.start)
        centre.offer_first_run(not control.preferences.settings.first_run)
        control.desk.opened.connect(self._take_session)
        control.look.changed.connect(self._tell)

    def attend(self, menus: Menus) -> None:
        """Let the card name the keys as they are."""
        self._menus = menus
        menus.rekeyed.connect(self._tell)

    def start(self) -> None:
        """Begin with the first step on a fresh copy, once what is open is on disk."""
        self._control.desk.leave(self._begin)

    def skip(self) -> None:
        """End the run before its end; what was open before comes back."""
        if self._control.preferences.settings.first_run != "done":
            self._control.preferences.remember(first_run="skipped")
        self._end()

    def go(self, step: int) -> None:
        """Show the step before or after; after the words at the end the run is over."""
        if self.at is None:
            return
        if self.at + step > len(STEPS):
            self._control.preferences.remember(first_run="done")
            self._end()
            return
        self.at = max(0, self.at + step)
        self._tell()
        self._reveal()

    def _begin(self) -> None:
        desk, session = self._control.desk, self._control.session
        folder = practice_folder()
        if desk.corpus is not None and desk.corpus.root != folder:
            self._before = (list(desk.corpus.files) or [desk.corpus.root], session.path if session else None)
        try:
            _copy_afresh(folder)
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else type(error).__name__
            self._control.refuse_error(AnnotatorError("samples-not-copied", path=str(folder), reason=reason))
            return
        self.at, self._done, self._path = 0, set(), folder / _ARTICLE
        # As a single file: a folder for practice is none to come back to.
        desk.open_paths([self._path])

    def _end(self) -> None:
        before, self._before = self._before, None
        self.at = self._path = None
        self._centre.offer_first_run(False)
        self._tell()
        self._control.panes.view.setFocus()
        if before is not None:
            self._control.desk.leave(lambda: self._go_back(*before))

    def _go_back(self, paths: list[Path], article: Path | None) -> None:
        self._control.desk.open_paths(paths)
        if article is not None:
            self._control.desk.open_article(article)

    def _take_session(self, session: Session | None) -> None:
        self._session = session
        if session is not None and self._path is not None:
            if session.path == self._path:
                session.edited.connect(self._follow)
            else:
                # Something else was opened: that is what the person wants now.
                self.at = self._path = self._before = None
        self._tell()

    def _follow(self, edit: Edit) -> None:
        """See what an edit has done, and go on where that was the step that is shown."""
        self._done |= {rank for rank, step in enumerate(STEPS) if any(map(step.is_done_by, edit.changes))}
        if self.at is not None and self.at in self._done and self.at < len(STEPS):
            left = [rank for rank in range(self.at, len(STEPS)) if rank not in self._done]
            self.at = left[0] if left else len(STEPS)
            self._reveal()
        self._tell()

    def _tell(self) -> None:
        """Show the card as things are, in the language of the window."""
        session = self._session
        shown = self.at is not None and session is not None and session.path == self._path
        if shown and self.card is None:
            self.card = self._make_card()
        if self.card is None:
            return
        if shown and session is not None and self.at is not None:
            look = self._control.look
            last = self.at == len(STEPS)
            says = "" if last else look.say("gui.coach.step", number=self.at + 1, all=len(STEPS))
            done = [rank in self._done for rank in range(len(STEPS))]
            self.card.show_card(self._last_card() if last else self._card(session, self.at), step=says, done=done, at=self.at)
        if not shown and any(button.hasFocus() for button in self.card.buttons):
            self._control.panes.view.setFocus()
        self.card.setVisible(shown)

    def _reveal(self) -> None:
        """Bring what the step is about into view."""
        if self._session is not None and self.at is not None and self.at < len(STEPS) and (name := STEPS[self.at].name) in _TEXTS:
            start = _place(self._session, name)
            self._control.panes.view.reveal((start, start + len(_TEXTS[name])), flash=True)

    def _card(self, session: Session, at: int) -> Card:
        from ..panels.coach import Card

        say, name = self._control.look.say, STEPS[at].name
        where = self._fields(session, name)
        lines = tuple((say(f"gui.coach.{means}"), say(f"gui.coach.{name}.{means}", **where)) for means in ("mouse", "keys"))
        return Card(say(f"gui.coach.{name}.title"), lines, say("gui.coach.next"), can_go_back=at > 0)

    def _last_card(self) -> Card:
        from ..panels.coach import Card

        say = self._control.look.say
        ends = "return" if self._before is not None else "stay"
        where = self._keys()
        lines = (("", say("gui.coach.end.keys", **where)), ("", say(f"gui.coach.end.{ends}", **where)))
        return Card(say("gui.coach.end.title"), lines, say("gui.coach.finish"), can_skip=False)

    def _fields(self, session: Session, name: str) -> dict[str, str | int]:
        """What the sentences name: the text and its line, and type, role and keys as the schema has them."""
        look, schema = self._control.look, session.schema
        event, entity = schema.event(_EVENT), schema.entity(_ENTITY)
        role = event.role(_ROLE) if event else None
        said: dict[str, tuple[str, str]] = {
            "entity": (look.type_label(schema, _ENTITY), entity.key if entity else ""),
            "event": (look.type_label(schema, _EVENT), event.key if event else ""),
            "role": (look.role_label(schema, _ROLE), role.key if role else ""),
        }
        label, key = said.get(name, ("", ""))
        first, _, second = key.partition(" ")
        line = session.document.text.line_at(_place(session, name)) + 1
        return {"text": _TEXTS.get(name, ""), "line": line, "label": label, "key": first, "second": second, **self._keys()}

    def _keys(self) -> dict[str, str]:
        return {name: self._menus.called(name) for name in _NAMED}

    def _make_card(self) -> CoachCard:
        from ..panels.coach import CoachCard

        card = CoachCard(self._control.look)
        card.hide()
        card.skip_requested.connect(self.skip)
        card.back_requested.connect(lambda: self.go(-1))
        card.next_requested.connect(lambda: self.go(1))
        card.left.connect(self._control.panes.view.setFocus)
        self._centre.show_below(card)
        self._control.extra_panes.append(card)
        return card


def _place(session: Session, name: str) -> int:
    """Where the text of a step begins; the headline, above the trigger, says some of it as well."""
    content = session.document.text.content
    return max(0, content.find(_TEXTS.get(name, ""), max(0, content.find(_TEXTS["event"]))))


def _arguments(value: object) -> int:
    return len(value.arguments) if isinstance(value, Event) else 0


def _copy_afresh(folder: Path) -> None:
    """Make the folder of the run anew; it holds nothing but what the run put there."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    for name in _TAKEN:
        shutil.copyfile(samples() / name, folder / name)
