"""What the window does for a day with a corpus: the next unfinished article, the folders opened last, the time worked, what was learnt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from annotator.core.errors import AnnotatorError
from annotator.core.model import STATUSES
from annotator.store.corpus import Corpus
from annotator.store.files import is_there

from ..desk.effort import EffortKeeper
from ..keys.menus import Menus
from .centre import Centre
from .control import Control
from .dropping import DropTarget
from .recent import RecentMenu
from .returning import Returning

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

Handler = Callable[[], None]
# Below this a rate says nothing.
_RATED_FROM_SECONDS = 300


class CorpusHandlers(QObject):
    """The functions of the corpus's actions, and those who remember places, time and guesses for one window."""

    def __init__(self, control: Control) -> None:
        super().__init__(control.window)
        self._control = control
        self.returning = Returning(control)
        self.effort = EffortKeeper(control.desk.saver.writer)
        self.table: dict[str, Handler] = {
            "next_unfinished": self._go_on,
            "done_next": self._finish_and_go_on,
            "forget_learnt": self._ask_to_forget,
            "keep_effort": lambda: control.preferences.set_effort(not control.preferences.settings.effort),
            "restore": lambda: control.preferences.set_restore(not control.preferences.settings.restore),
            "forget_folders": control.preferences.forget_folders,
        }
        desk, effort = control.desk, self.effort
        desk.corpus_opened.connect(self._enter_corpus)
        desk.opened.connect(effort.follow)
        desk.leaving.connect(self._note_status)
        desk.stuck.connect(self._doubt_status)
        desk.learner.troubled.connect(control.refuse_error)
        control.panes.view.verticalScrollBar().valueChanged.connect(lambda _: effort.touch())
        effort.progressed.connect(self._show_effort)
        effort.troubled.connect(control.refuse_error)
        control.look.changed.connect(self._show_effort)

    def attach(self, menus: Menus, centre: Centre) -> None:
        """Put the folders opened last into the menu and on the empty page, and let things be dropped."""
        control, preferences = self._control, self._control.preferences
        below = (menus.actions["restore"], menus.actions["forget_folders"])
        recent = RecentMenu(control.look, lambda: preferences.settings.recent_folders, below=below, parent=control.window)
        recent.chosen.connect(self._open_recent)
        menus.menus["file"].insertMenu(self._behind(menus, "open_folder"), recent)
        centre.recent.chosen.connect(self._open_recent)
        self.returning.missing.connect(centre.recent.tell_gone)
        DropTarget(control, control.window)
        self.returning.attach()
        self._links = centre.recent
        self._menus = menus
        preferences.changed.connect(self.apply_preferences)
        self.apply_preferences()

    def apply_preferences(self) -> None:
        """Follow what the person chose."""
        settings = self._control.preferences.settings
        self.effort.switch(settings.effort)
        self._links.set_folders(settings.recent_folders)
        self._menus.check("keep_effort", settings.effort)
        self._menus.check("restore", settings.restore)

    def set_active(self, active: bool) -> None:
        """The window came to the front or left it."""
        self.effort.set_away(not active)

    def close(self) -> None:
        """Hand all that is remembered to the writer."""
        desk = self._control.desk
        self.returning.keep()
        self.effort.write_down()
        if desk.session is not None:
            desk.learner.leave(desk.session)
        desk.learner.keep()
        desk.learner.stop()

    def _enter_corpus(self, corpus: Corpus) -> None:
        self.effort.enter_corpus(corpus.root, corpus.settings.annotator)

    def _note_status(self) -> None:
        """The article may be left just now: whoever looks for the next unfinished one must not find it again."""
        session = self._control.session
        if session is not None and session.read_only is None:
            status = next(name for name in STATUSES if name == session.document.field("status"))
            self._control.panes.corpus.note_status(session.path, status)

    def _doubt_status(self) -> None:
        """It could not be saved: the list shows what the disk says."""
        if self._control.session is not None:
            self._control.panes.corpus.refresh(self._control.session.path)

    def _behind(self, menus: Menus, name: str) -> QAction:
        """The action that stands behind another in its menu."""
        actions = menus.menus["file"].actions()
        return actions[actions.index(menus.actions[name]) + 1]

    def _open_recent(self, name: str) -> None:
        """Open a folder of the list, or take it off where it is gone."""
        path = Path(name)
        if is_there(path):
            self._control.desk.open_paths([path])
        else:
            self._control.preferences.forget_folder(name)
            self._control.refuse_error(AnnotatorError("recent-gone", path=name))

    def _go_on(self) -> None:
        """Open the next article that is not done."""
        session, panel = self._control.session, self._control.panes.corpus
        path = panel.unfinished(session.path if session else None)
        if path is not None:
            self._control.desk.open_article(path)
        elif session is not None and session.document.field("status") not in ("done", "checked"):
            self._control.refuse_error(AnnotatorError("no-other-unfinished"))
        else:
            self._tell_all_done()

    def _finish_and_go_on(self) -> None:
        """Mark the article done, have it saved, and open the next one that is not."""
        tools, session = self._control.desk.tools, self._control.session
        if tools is None or session is None:
            return
        if session.document.field("status") not in ("done", "checked"):
            tools.shaper.set_status("done")
            if session.document.field("status") != "done":
                # Refused, and the reason was told.
                return
        self._control.desk.save_now()
        path = self._control.panes.corpus.unfinished(session.path)
        if path is not None:
            self._control.desk.open_article(path)
        else:
            self._tell_all_done()

    def _tell_all_done(self) -> None:
        panel = self._control.panes.corpus
        key = "told.all_done_filtered" if panel.is_filtered() else "told.all_done"
        self._control.tell(key, {"count": panel.count()})

    def _ask_to_forget(self) -> None:
        """Ask before what was learnt of the corpus is forgotten: there is no undo."""
        look, box = self._control.look, QMessageBox(self._control.window)
        box.setObjectName("forget")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(look.say("gui.forget.title"))
        box.setText(look.say("gui.forget.headline"))
        box.setInformativeText(look.say("gui.forget.what"))
        forget = box.addButton(look.say("gui.forget.do"), QMessageBox.ButtonRole.AcceptRole)
        stay = box.addButton(look.say("gui.forget.stay"), QMessageBox.ButtonRole.RejectRole)
        forget.setObjectName("forget-do")
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        forget.clicked.connect(self._forget)
        # The box keeps room for an icon at the left.
        if (layout := box.layout()) is not None:
            layout.setContentsMargins(8, 24, 24, 16)
        box.open()

    def _forget(self) -> None:
        self._control.desk.learner.forget()
        self._control.tell("told.forgot_learnt", {})

    def _decimal(self, value: float) -> str:
        """A number with one decimal, as the window's language writes it."""
        return f"{value:.1f}".replace(".", "," if self._control.look.language == "vi" else ".")

    def _show_effort(self) -> None:
        """The time worked today, and how many articles were done an hour."""
        panel, look, today, corpus = self._control.panes.corpus, self._control.look, self.effort.today, self._control.desk.corpus
        if today is None or corpus is None:
            panel.set_effort("")
            return
        from annotator.store.effort import effort_path

        hours, minutes = divmod(today.seconds // 60, 60)
        text = look.say("gui.effort.today", hours=hours, minutes=f"{minutes:02}")
        if today.seconds >= _RATED_FROM_SECONDS:
            text = f"{text} · {look.say('gui.effort.rate', rate=self._decimal(today.per_hour(today.finished)))}"
        made = look.say("gui.effort.made", made=today.made, rate=round(today.per_hour(today.made)), finished=today.finished)
        panel.set_effort(text, tip=f"{made}\n{look.say('gui.effort.kept', path=str(effort_path(corpus.root)))}")
