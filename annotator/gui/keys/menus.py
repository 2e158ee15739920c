"""The window's actions made from their table: menus, toolbar, shortcuts, and their wording in the language of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from html import escape

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QWidget

from ..looks.icons import icon
from ..looks.look import Look
from .actions import ACTIONS, ATTRIBUTE_KEYS, MENUS, TOOLBAR, ActionSpec
from .shortcuts import Keys, shown, usual_keys
from .standing import Standing

Handler = Callable[[], None]

# Where macOS puts an action, whatever menu it stands in elsewhere.
_ROLES = {
    "quit": QAction.MenuRole.QuitRole,
    "settings": QAction.MenuRole.PreferencesRole,
    "about": QAction.MenuRole.AboutRole,
}


class Menus(QObject):
    """QActions by name, each with its handler. `switched` says that a switch was used: it may have been refused; `rekeyed` that
    shortcuts are others now.

    What cannot be done is grey while a menu is open. Otherwise an action stays alive, for a key that does nothing must say why.
    """

    switched = Signal()
    rekeyed = Signal()

    def __init__(
        self, window: QMainWindow, look: Look, *, handlers: Mapping[str, Handler], canvas: QWidget, standing: Callable[[], Standing]
    ) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._standing = standing
        self._open: frozenset[str] = frozenset()
        self._groups: dict[str, QActionGroup] = {}
        self.keys: Keys = usual_keys()
        self.actions: dict[str, QAction] = {spec.name: self._make(spec, handlers[spec.name], canvas) for spec in ACTIONS}
        self.menus: dict[str, QMenu] = {name: QMenu(window) for name in MENUS}
        self._fill_menus()
        self.toolbar = self._make_toolbar()
        self.retell()
        look.changed.connect(self.retell)

    def set_available(self, *, corpus: bool, document: bool) -> None:
        """Enable what has open what it needs."""
        now_open = frozenset({"", *(["corpus"] if corpus else []), *(["document"] if document else [])})
        if now_open != self._open:
            self._open = now_open
            self._wake(ACTIONS)

    def attend(self, menu: QMenu, specs: Iterable[ActionSpec]) -> None:
        """Let a menu show truly what can be done, whenever it is shown."""
        specs = tuple(specs)
        menu.aboutToShow.connect(partial(self._grey, specs))
        menu.aboutToHide.connect(partial(self._wake, specs))

    def check(self, name: str, on: bool) -> None:
        """Show a switch as on or off without carrying it out."""
        self.actions[name].setChecked(on)

    def set_keys(self, keys: Keys) -> None:
        """Give the actions other shortcuts; those that the canvas reads stay as they are."""
        self.keys = keys
        for spec in ACTIONS:
            if not spec.in_canvas:
                self.actions[spec.name].setShortcuts([QKeySequence(key) for key in keys[spec.name]])
        self.retell()
        self.rekeyed.emit()

    def called(self, name: str) -> str:
        """What a sentence calls an action by: its first key, or its name where it has none."""
        keys = self.keys[name]
        return shown(keys[0], self._look) if keys else f"“{self._look.say(f'action.{name}').replace('&', '').rstrip('…')}”"

    def retell(self) -> None:
        """Word and tint everything anew."""
        for name, menu in self.menus.items():
            menu.setTitle(self._look.say(f"menu.{name}"))
        for spec in ACTIONS:
            action = self.actions[spec.name]
            if spec.needs in ATTRIBUTE_KEYS:
                self._name_attribute(spec, self._standing())
                continue
            text, first = self._look.say(f"action.{spec.name}"), self.keys[spec.name][:1]
            keys = ", ".join(shown(key, self._look) for key in first)
            # Beside the text stands the key as everywhere else; Qt would write Space and Return, whatever the language.
            action.setText(f"{text}\t{keys}" if keys else text)
            action.setIconText(text.replace("&", "").rstrip("…"))
            plain = escape(action.iconText())
            action.setToolTip(f"{plain} ({escape(keys)})" if keys else plain)
            if spec.icon:
                action.setIcon(icon(spec.icon, self._look.theme))
        self.toolbar.setWindowTitle(self._look.say("gui.toolbar"))

    def _grey(self, specs: Iterable[ActionSpec]) -> None:
        standing = self._standing()
        for spec in specs:
            met = spec.needs in self._open or spec.needs in standing.held
            self.actions[spec.name].setEnabled(met and (standing.is_writable or not spec.writes))
            if spec.needs in ATTRIBUTE_KEYS:
                self._name_attribute(spec, standing)

    def _wake(self, specs: Iterable[ActionSpec]) -> None:
        for spec in specs:
            self.actions[spec.name].setEnabled((spec.needs if spec.needs in ("", "corpus") else "document") in self._open)

    def _name_attribute(self, spec: ActionSpec, standing: Standing) -> None:
        """An attribute is called as the schema calls it, and is not there where the schema has none."""
        label = standing.attributes.get(spec.needs, "")
        self.actions[spec.name].setText(self._look.say("action.attribute", name=(label or spec.needs).replace("&", "&&")))
        self.actions[spec.name].setVisible(bool(label))

    def _make(self, spec: ActionSpec, handler: Handler, canvas: QWidget) -> QAction:
        action = QAction(self._window)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checks)
        action.setShortcuts([QKeySequence(key) for key in self.keys[spec.name]])
        if spec.in_canvas:
            # Shown in the menu; the canvas reads the key itself, so that it never fires while someone types a note.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            canvas.addAction(action)
        else:
            self._window.addAction(action)
        if spec.group:
            group = self._groups.setdefault(spec.group, QActionGroup(self._window))
            group.addAction(action)
        # No role is guessed from an action's name.
        action.setMenuRole(_ROLES.get(spec.name, QAction.MenuRole.NoRole))
        action.triggered.connect(lambda: handler())
        if spec.checks:
            action.triggered.connect(lambda: self.switched.emit())
        return action

    def _fill_menus(self) -> None:
        bar = self._window.menuBar()
        for name in MENUS:
            menu = self.menus[name]
            bar.addMenu(menu)
            self.attend(menu, [spec for spec in ACTIONS if spec.menu == name])
            for spec in ACTIONS:
                if spec.menu == name:
                    menu.addAction(self.actions[spec.name])
                    if spec.ends_section:
                        menu.addSeparator()

    def _make_toolbar(self) -> QToolBar:
        toolbar = QToolBar(self._window)
        toolbar.setObjectName("toolbar")
        toolbar.setMovable(False)
        toolbar.setIconSize(QSize(20, 20))
        toolbar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        for name in TOOLBAR:
            if name:
                toolbar.addAction(self.actions[name])
                button = toolbar.widgetForAction(self.actions[name])
                button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            else:
                toolbar.addSeparator()
        self._window.addToolBar(toolbar)
        return toolbar
