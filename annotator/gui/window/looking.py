"""How the window looks and is set: settings, theme of the system, panes, full screen, shortcuts, marks beside the text, copying."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core.errors import AnnotatorError
from annotator.settings import settings_path

from ..canvas.keys import read_key
from ..canvas.ruler import Ruler
from ..keys.menus import Menus
from ..keys.shortcuts import Keys, live_keys, shown
from ..work.checking import Checker
from ..work.session import Session
from .control import Control

if TYPE_CHECKING:
    from ..dialogs.settings import Page

Handler = Callable[[], None]
PANES: Final = ("corpus", "side")
_FULL: Final = Qt.WindowState.WindowFullScreen


class Looking(QObject):
    """The actions of `table` by name. `attach` is told once what exists only when the window was put together."""

    def __init__(self, control: Control, *, escape: Handler, put_away: Callable[[], bool]) -> None:
        super().__init__(control.window)
        self._control = control
        self._close_one, self._put_away = escape, put_away
        self._before = Qt.WindowState.WindowNoState
        self._in_full: set[str] = set()
        self._chosen: Keys | None = None
        self._untold: list[AnnotatorError] = list(control.preferences.problems)
        self.ruler = Ruler(control.panes.view)
        self.table: dict[str, Handler] = {
            "copy": lambda: self._copy(joined=False),
            "copy_words": lambda: self._copy(joined=True),
            "escape": self._escape,
            "full_screen": self._turn_full_screen,
            "key_sheet": self._show_keys,
            "scroll_marks": lambda: control.preferences.set_scroll_marks(not control.preferences.settings.scroll_marks),
            "settings": lambda: self._show_settings("look"),
            "shortcuts": lambda: self._show_settings("keys"),
            "show_corpus": lambda: self._turn_pane("corpus"),
            "show_side": lambda: self._turn_pane("side"),
            "theme_system": lambda: control.preferences.set_theme("system"),
        }

    def attach(self, menus: Menus, *, side: QWidget, checker: Checker) -> None:
        """Begin: `side` is the right of the window."""
        control = self._control
        self._menus = menus
        self._panes: dict[str, QWidget] = {"corpus": control.panes.corpus, "side": side}
        control.window.installEventFilter(self)
        control.preferences.changed.connect(self._apply)
        control.desk.opened.connect(self._show_session)
        checker.checked.connect(lambda problems: self.ruler.set_marks("problem", [problem.start for problem in problems]))
        control.panes.view.hits_shown.connect(lambda hits: self.ruler.set_marks("hit", [start for start, _ in hits]))
        self.ruler.jump_requested.connect(lambda offset: control.panes.view.reveal((offset, offset + 1), flash=True))
        menus.switched.connect(self._check)
        control.arrange = self._arrange
        self._apply()
        QTimer.singleShot(0, self, self._tell_problems)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The window manager may turn full screen on and off as well.
        if event.type() == QEvent.Type.WindowStateChange:
            if not self._is_full():
                self._in_full.clear()
            self._arrange()
        return False

    def _apply(self) -> None:
        settings = self._control.preferences.settings
        self._control.desk.annotator = settings.annotator
        if settings.shortcuts != self._chosen:
            self._chosen = settings.shortcuts
            live, odd = live_keys(settings.shortcuts, is_read=is_read_by_text)
            self._menus.set_keys(live)
            self._untold += [AnnotatorError("choice-unknown", path=str(settings_path()), name=f"shortcuts.{name}") for name in odd]
        self.ruler.set_shown(settings.scroll_marks)
        self._arrange()

    def _arrange(self) -> None:
        """Show the panes that are wanted as the window is now; in full screen there are none unless asked for."""
        control = self._control
        full, hidden = self._is_full(), control.preferences.settings.hidden
        for name, pane in self._panes.items():
            wanted = (name in self._in_full if full else name not in hidden) and name not in control.aside
            focus = QApplication.focusWidget()
            if not wanted and focus is not None and pane.isAncestorOf(focus):
                control.panes.view.setFocus()
            pane.setVisible(wanted)
        self._menus.toolbar.setVisible(not full)
        self._check()

    def _check(self) -> None:
        """Show each switch as things are."""
        self._menus.check("full_screen", self._is_full())
        self._menus.check("scroll_marks", self._control.preferences.settings.scroll_marks)
        for name, pane in self._panes.items():
            self._menus.check(f"show_{name}", not pane.isHidden())

    def _is_full(self) -> bool:
        return bool(self._control.window.windowState() & _FULL)

    def _turn_full_screen(self) -> None:
        window = self._control.window
        if self._is_full():
            window.setWindowState(self._before)
            self._control.panes.status.forget()
        else:
            self._before = window.windowState()
            window.setWindowState(self._before | _FULL)
            self._control.panes.view.setFocus()
            keys = self._menus.keys["full_screen"][:1]
            self._control.tell("told.full_screen", {"key": shown(keys[0], self._control.look)} if keys else {})

    def _turn_pane(self, name: str) -> None:
        preferences = self._control.preferences
        if name in self._control.aside:
            # It gave way to something else, and is wanted back.
            self._control.aside.remove(name)
            self._arrange()
        elif self._is_full():
            self._in_full ^= {name}
            self._arrange()
        else:
            hidden = set(preferences.settings.hidden) ^ {name}
            preferences.set_hidden(tuple(sorted(hidden)))

    def _escape(self) -> None:
        """Close what is open; with nothing left to close in the text the find line, then leave the full screen.

        What was told of what is closed now is no longer so.
        """
        self._control.panes.status.forget()
        if self._let_go():
            return
        session, tools = self._control.session, self._control.desk.tools
        waiting = tools is not None and tools.grammar.leader is not None
        chosen = session is not None and bool(session.selection or session.selected or session.caret_active)
        begun = session is not None and (session.link is not None or session.armed is not None or session.frame is not None)
        if waiting or chosen or begun:
            self._close_one()
        elif not self._put_away() and self._is_full():
            self._turn_full_screen()

    def _let_go(self) -> bool:
        """Give up what is being dragged; whether something was."""
        pointer, session = self._control.panes.view.pointer, self._control.session
        if not pointer.is_busy or session is None:
            return False
        pointer.let_go()
        session.show_preview(None)
        if session.selection:
            session.clear_selection()
        return True

    def _show_session(self, session: Session | None) -> None:
        self.ruler.set_session(session)
        # What the first article's opening would wipe away is said again behind it.
        QTimer.singleShot(0, self, self._tell_problems)

    def _tell_problems(self) -> None:
        """Say which choices of the person's file could not be taken."""
        if self._untold:
            self._control.refuse(" ".join(map(self._control.look.explain, self._untold)))
            if self._control.session is not None:
                self._untold = []

    def _show_settings(self, page: Page) -> None:
        from ..dialogs.settings import SettingsDialog

        dialog = SettingsDialog(self._control.preferences, is_read=is_read_by_text, parent=self._control.window)
        dialog.show_page(page)
        dialog.open()

    def _show_keys(self) -> None:
        from ..dialogs.key_sheet import KeySheet

        control = self._control
        sheet = KeySheet(control.look, control.desk.schema, keys=self._menus.keys, parent=control.window)
        sheet.change_requested.connect(lambda: self._show_settings("keys"))
        sheet.open()

    def _copy(self, *, joined: bool) -> None:
        """Copy the selected text, or the selected annotations with a line each."""
        from ..work.copying import copied_lines, copied_text

        tools = self._control.desk.tools
        session = self._control.session
        items = session.selected_annotations() if session else []
        spans = tools.doing.target_spans() if tools else ()
        if session is None or not (items or spans):
            self._control.refuse_error(AnnotatorError("nothing-selected"))
            return
        text = copied_lines(session.document, items, joined=joined) if items else copied_text(session.document, spans, joined=joined)
        QGuiApplication.clipboard().setText(text)


def is_read_by_text(pressed: QKeyCombination) -> bool:
    """Whether the canvas reads a key itself, so that no action ever hears it there."""
    key, held = pressed.key(), pressed.keyboardModifiers()
    plain = not held & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier)
    text = chr(key) if plain and key < Qt.Key.Key_Escape else ""
    return read_key(QKeyEvent(QEvent.Type.KeyPress, key, held, text)) is not None
