"""The help sheet of keys: the grammar in groups, and the keys of the schema that is open."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.core.schema import EntityType, EventType, Schema

from ..keys.key_table import KEY_GROUPS, NEEDS, KeyGroup, KeyRow
from ..keys.shortcuts import Keys, shown, usual_keys
from ..looks.badges import Badge, Mark, titled
from ..looks.elided import ElidedLabel
from ..looks.look import Look

_SIZE = (920, 620)
_KEYS, _TYPE_KEYS = 176, 40
_GESTURE = re.compile(r"<(\w+)>")
_ACTION = re.compile(r"@(\w+)")


class KeySheet(QDialog):
    """All keys in two columns that scroll. `keys` are those that the actions have at present; `change_requested`: they shall be others."""

    change_requested = Signal()

    def __init__(self, look: Look, schema: Schema | None, *, keys: Keys | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._keys = usual_keys() if keys is None else keys
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, parent is not None)
        self._schema = schema
        self.setObjectName("key-sheet")
        self.setWindowTitle(look.say("gui.keys.title"))
        self.resize(*_SIZE)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 16, 16, 16)
        outer.setSpacing(12)
        intro = ElidedLabel(look, colour="muted")
        intro.set_text(look.say("gui.keys.intro"))
        outer.addWidget(intro)
        outer.addWidget(self._scrolled(schema), 1)
        outer.addLayout(self._buttons())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The key that opened the sheet closes it as well.
        pressed = QKeySequence(event.keyCombination())
        if any(pressed == QKeySequence(key) for key in self._keys["key_sheet"]):
            self.accept()
        else:
            super().keyPressEvent(event)

    def _buttons(self) -> QHBoxLayout:
        close = QPushButton(self._look.say("gui.keys.close"))
        close.setObjectName("close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        change = QPushButton(self._look.say("gui.keys.change"))
        change.setObjectName("change")
        change.setAutoDefault(False)
        change.clicked.connect(self._change)
        row = QHBoxLayout()
        row.addWidget(change)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def _scrolled(self, schema: Schema | None) -> QScrollArea:
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 16, 0)
        columns.setSpacing(32)
        left, right = QVBoxLayout(), QVBoxLayout()
        # The grammar left, the schema right; the short groups fill up the right column.
        for group in KEY_GROUPS[:4]:
            self._add_group(left, group)
        if schema is not None:
            self._add_types(right, "entities", [item for item in schema.entities if item.key], mark="line")
            self._add_types(right, "events", [item for item in schema.events if item.key], mark="block")
        for group in KEY_GROUPS[4:]:
            self._add_group(left if schema is not None else right, group)
        for column in (left, right):
            column.setSpacing(6)
            column.addStretch(1)
            columns.addLayout(column, 1)
        area = QScrollArea()
        area.setObjectName("keys")
        area.setAccessibleName(self._look.say("gui.keys.title"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        return area

    def _add_group(self, column: QVBoxLayout, group: KeyGroup) -> None:
        self._begin(column, self._look.say(group.title))
        for row in group.rows:
            if not self._is_of_use(row):
                continue
            badges = [Badge(self._worded(key), self._look) for key in row.keys if self._is_set(key)]
            if not badges:
                continue
            column.addLayout(self._row(badges, self._look.say(row.says), width=_KEYS))
        column.addSpacing(20)

    def _is_of_use(self, row: KeyRow) -> bool:
        """Whether the schema has anything for a row's keys."""
        match NEEDS.get(row.says):
            case "attributes":
                return self._schema is not None and any(attribute.enabled for attribute in self._schema.attributes)
            case "relations":
                return self._schema is not None and bool(self._schema.relations)
            case _:
                return True

    def _add_types(self, column: QVBoxLayout, name: str, types: list[EntityType] | list[EventType], *, mark: Mark) -> None:
        self._begin(column, self._look.say(f"gui.keys.{name}"))
        for item in types:
            label = self._look.wording(item.label, item.name)
            badge = Badge(item.key, self._look, colour=item.colour, mark=mark)
            column.addLayout(self._row([badge], titled(item.name, label), width=_TYPE_KEYS))
        column.addSpacing(20)

    def _begin(self, column: QVBoxLayout, title: str) -> None:
        heading = QLabel(title)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        font = heading.font()
        font.setWeight(QFont.Weight.DemiBold)
        heading.setFont(font)
        column.addWidget(heading)
        column.addSpacing(2)

    def _row(self, badges: list[Badge], says: str, *, width: int) -> QHBoxLayout:
        cell = QWidget()
        cell.setFixedWidth(width)
        lines = QVBoxLayout(cell)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        room = 0
        for badge in badges:
            room -= badge.sizeHint().width() + 4
            if room < 0:
                # All descriptions stand below each other, however many keys there are.
                room = width - badge.sizeHint().width()
                keys = QHBoxLayout()
                keys.setSpacing(4)
                keys.setAlignment(Qt.AlignmentFlag.AlignLeft)
                lines.addLayout(keys)
            keys.addWidget(badge)
        label = ElidedLabel(self._look)
        label.set_text(says)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(cell, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _worded(self, key: str) -> str:
        told = _ACTION.sub(lambda found: shown(self._keys[found[1]][0], self._look), key)
        return _GESTURE.sub(lambda found: self._look.say(f"gui.keys.gesture.{found[1]}"), told)

    def _is_set(self, key: str) -> bool:
        """Whether the actions that a row names have a key at all."""
        return all(self._keys[name] for name in _ACTION.findall(key))

    def _change(self) -> None:
        self.accept()
        self.change_requested.emit()
