"""The keyboard page of the settings: every action with its keys, and a field that takes other keys as they are pressed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.suggest.matching import fold

from ..keys.actions import ACTIONS, ATTRIBUTE_KEYS, MENUS, ActionSpec
from ..keys.shortcuts import CHANGEABLE, Keys, changes, holder, live_keys, shown, usual_keys, why_not, with_keys
from ..looks.elided import ElidedLabel
from ..looks.look import Look
from ..preferences import Preferences

_NAME = Qt.ItemDataRole.UserRole
_MODIFIERS = frozenset({
    0, Qt.Key.Key_unknown, Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_Super_L,
    Qt.Key.Key_Super_R, Qt.Key.Key_Hyper_L, Qt.Key.Key_Hyper_R, Qt.Key.Key_Menu, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock,
    Qt.Key.Key_ScrollLock, Qt.Key.Key_Multi_key,
})  # fmt: skip
_HELD = (
    Qt.KeyboardModifier.ShiftModifier
    | Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def pressed_key(event: QKeyEvent) -> str:
    """The key press in Qt's portable spelling; empty for a modifier alone. A sign that Shift makes is named without Shift."""
    key, held = event.key(), event.modifiers() & _HELD
    if key in _MODIFIERS:
        return ""
    if 0x21 <= key < Qt.Key.Key_Escape and not chr(key).isalnum():
        held &= ~Qt.KeyboardModifier.ShiftModifier
    return QKeySequence(QKeyCombination(held, Qt.Key(key))).toString(QKeySequence.SequenceFormat.PortableText)


class KeyRecorder(QLineEdit):
    """Shows the keys that are pressed in it. Tab leaves it, Enter takes what it shows, Esc empties it and then closes the dialog."""

    recorded = Signal(str)
    confirmed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.key = ""
        self.setReadOnly(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def take(self, key: str) -> None:
        """Show a key (portable spelling), or none."""
        self.key = key
        self.setText(shown(key, self._look) if key else "")
        self.recorded.emit(key)

    def event(self, event: QEvent) -> bool:
        # Neither a shortcut of the window nor a mnemonic of the dialog may take the key away.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & _HELD
        match event.key():
            case Qt.Key.Key_Escape if plain and self.key:
                self.take("")
            case Qt.Key.Key_Escape if plain:
                event.ignore()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain:
                self.confirmed.emit()
            case _ if key := pressed_key(event):
                self.take(key)


class KeyPage(QWidget):
    """Actions by menu, found by typing; the keys of the chosen one are changed below. A clash is named before anything is done."""

    def __init__(self, preferences: Preferences, *, is_read: Callable[[QKeyCombination], bool]) -> None:
        super().__init__()
        self._preferences, self._is_read = preferences, is_read
        self._look: Look = preferences.look
        self.live, _ = live_keys(preferences.settings.shortcuts, is_read=is_read)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._tops: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self.search = self._line("search")
        self.recorder = KeyRecorder(self._look)
        self.tree = QTreeWidget()
        self.said = ElidedLabel(self._look, colour="muted", lines=2)
        self.said.setObjectName("said")
        self._buttons = {name: self._button(name) for name in ("set", "add", "none", "usual", "all_usual")}
        self._build()
        self._fill()
        self._show()
        self.search.textChanged.connect(self._filter)
        self.tree.currentItemChanged.connect(lambda *_: self.recorder.take(""))
        self.recorder.recorded.connect(lambda _: self._show())
        self.recorder.confirmed.connect(lambda: self._buttons["set"].click())
        preferences.changed.connect(self._follow)
        self._look.changed.connect(self._show)

    @property
    def chosen(self) -> str:
        """The action that is chosen in the list, empty where none is."""
        item = self.tree.currentItem()
        return str(item.data(0, _NAME) or "") if item is not None else ""

    def choose(self, name: str) -> None:
        """Choose an action in the list."""
        self.tree.setCurrentItem(self._items[name])

    def button(self, name: str) -> QPushButton:
        return self._buttons[name]

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit()
        line.setObjectName(name)
        line.setClearButtonEnabled(True)
        line.setPlaceholderText(self._look.say("gui.shortcuts.search"))
        line.setAccessibleName(self._look.say("gui.shortcuts.search"))
        return line

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self._look.say(f"gui.shortcuts.{name}"))
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def _build(self) -> None:
        say = self._look.say
        self.setFocusProxy(self.search)
        self.tree.setObjectName("actions")
        self.tree.setAccessibleName(say("gui.shortcuts.list"))
        self.tree.setColumnCount(2)
        self.tree.setHeaderLabels([say("gui.shortcuts.column_action"), say("gui.shortcuts.column_keys")])
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setStretchLastSection(False)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(12)
        self.tree.setStyleSheet("QTreeView::item { padding: 3px 4px; }")
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.recorder.setObjectName("recorder")
        self.recorder.setPlaceholderText(say("gui.shortcuts.press"))
        self.recorder.setAccessibleName(say("gui.shortcuts.press"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        column.addLayout(self._row(self.recorder, "set", "add"))
        column.addWidget(self.said)
        column.addLayout(self._row(None, "none", "usual", "all_usual"))
        self._buttons["set"].clicked.connect(lambda: self._set(add=False))
        self._buttons["add"].clicked.connect(lambda: self._set(add=True))
        self._buttons["none"].clicked.connect(lambda: self._keep(with_keys(self.live, self.chosen, ())))
        self._buttons["usual"].clicked.connect(self._restore)
        self._buttons["all_usual"].clicked.connect(lambda: self._keep(usual_keys()))

    def _row(self, field: QWidget | None, *names: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        if field is not None:
            row.addWidget(field, 1)
        for name in names:
            if name == "all_usual":
                row.addStretch(1)
            row.addWidget(self._buttons[name])
        return row

    def _fill(self) -> None:
        for menu in MENUS:
            top = QTreeWidgetItem([self._look.say(f"menu.{menu}").replace("&", ""), ""])
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            self.tree.addTopLevelItem(top)
            items: list[QTreeWidgetItem] = []
            self._tops.append((top, items))
            for spec in ACTIONS:
                if spec.menu == menu and spec.needs not in ATTRIBUTE_KEYS:
                    item = self._items[spec.name] = QTreeWidgetItem([self._called(spec), ""])
                    item.setData(0, _NAME, spec.name)
                    top.addChild(item)
                    items.append(item)
        self.tree.expandAll()

    def _called(self, spec: ActionSpec) -> str:
        return self._look.say(f"action.{spec.name}").replace("&", "").rstrip("…")

    def _filter(self, text: str) -> None:
        """Keep the actions that hold every word typed, with or without tone marks, in name or keys."""
        words = fold(text).split()
        for top, items in self._tops:
            for item in items:
                told = fold(f"{item.text(0)} {item.text(1)}")
                item.setHidden(not all(word in told for word in words))
            top.setHidden(all(item.isHidden() for item in items))

    def _follow(self) -> None:
        self.live, _ = live_keys(self._preferences.settings.shortcuts, is_read=self._is_read)
        self._show()

    def _set(self, *, add: bool) -> None:
        key = self.recorder.key
        if self.chosen in CHANGEABLE and key and why_not(key, is_read=self._is_read) is None:
            self._keep(with_keys(self.live, self.chosen, (*(self.live[self.chosen] if add else ()), key)))
            self.recorder.take("")

    def _restore(self) -> None:
        """Give the usual keys back; one that another action has by now is shown as if it had been pressed, so that the clash is named."""
        name, usual = self.chosen, usual_keys()[self.chosen]
        taken = [key for key in usual if holder(key, self.live) not in (None, name)]
        if taken:
            self.recorder.take(taken[0])
        else:
            self._keep(with_keys(self.live, name, usual))

    def _keep(self, live: dict[str, tuple[str, ...]]) -> None:
        """Take these keys over; what was kept for actions of other versions stays."""
        strangers = {name: keys for name, keys in self._preferences.settings.shortcuts.items() if name not in live}
        self._preferences.set_shortcuts({**strangers, **changes(live)})

    def _show(self) -> None:
        """Keys of every action, and what can be done with the chosen one and the key that was pressed."""
        fixed = self._look.say("gui.shortcuts.fixed")
        changed = changes(self.live)
        for name, item in self._items.items():
            keys = ", ".join(shown(key, self._look) for key in self.live[name])
            item.setText(1, keys if name in CHANGEABLE else f"{keys} · {fixed}")
            font = item.font(1)
            font.setBold(name in changed)
            item.setFont(1, font)
        self._offer(self.chosen, self.recorder.key, changed)

    def _offer(self, name: str, key: str, changed: Keys) -> None:
        free = name in CHANGEABLE
        why = why_not(key, is_read=self._is_read) if key else None
        other = holder(key, self.live) if key and why is None else None
        fits = free and bool(key) and why is None and other != name
        self.recorder.setEnabled(free)
        taking = fits and other is not None
        self._buttons["set"].setText(self._look.say("gui.shortcuts.take_over" if taking else "gui.shortcuts.set"))
        for button, on in (("set", fits), ("add", fits and bool(self.live[name])), ("none", free and bool(self.live[name])),
                           ("usual", name in changed), ("all_usual", bool(changed))):  # fmt: skip
            self._buttons[button].setEnabled(on)
        self._tell(name, key, why=why, other=other)

    def _tell(self, name: str, key: str, *, why: str | None, other: str | None) -> None:
        say, pressed = self._look.say, shown(key, self._look) if key else ""
        if not name:
            text = say("gui.shortcuts.choose")
        elif name not in CHANGEABLE:
            text = say("gui.shortcuts.fixed_why")
        elif not key:
            text = say("gui.shortcuts.hint")
        elif why is not None:
            text = say(f"gui.shortcuts.why_{why}", key=pressed)
        elif other == name:
            text = say("gui.shortcuts.same", key=pressed)
        elif other is not None:
            text = say("gui.shortcuts.taken", key=pressed, action=self._items[other].text(0))
        else:
            text = say("gui.shortcuts.free", key=pressed)
        self.said.set_colour("warning" if why is not None or (other is not None and other != name) else "muted")
        self.said.set_text(text)
