"""Which types and roles an export takes, and what they are called in it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.core.errors import AnnotatorError
from annotator.core.schema import Schema
from annotator.formats.type_maps import Selection, TypeMap
from annotator.tasks.reducing import read_type_map

from ..looks.controls import paint_tick
from ..looks.elided import ElidedLabel
from ..looks.look import Look

_SIZE: Final = (560, 560)
_TABLES: Final = ("entities", "events", "roles", "relations")
_NAME: Final = Qt.ItemDataRole.UserRole


class _TickDelegate(QStyledItemDelegate):
    """Draws the tick of a line as the other tick boxes are: seen in every theme."""

    def __init__(self, look: Look, parent: QTreeWidget) -> None:
        super().__init__(parent)
        self._look, self._tree = look, parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().paint(painter, option, index)
        held = QStyleOptionViewItem(option)
        self.initStyleOption(held, index)
        state = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole))
        place = self._tree.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, held, self._tree)
        theme = self._look.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_selected = QStyle.StateFlag.State_Selected in held.state
        painter.fillRect(place.adjusted(-2, -1, 2, 1), theme.colour("selection" if is_selected else "window"))
        paint_tick(painter, QRectF(place.center().x() - 6.5, place.center().y() - 6.5, 15, 15), state, theme=theme)
        painter.restore()


class TypesDialog(QDialog):
    """A tick for each name of the schema, and beside it the name that it gets. `chosen` carries the TypeMap."""

    chosen = Signal(object)

    def __init__(self, look: Look, schema: Schema, types: TypeMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._schema, self._types = look, schema, types
        self.setObjectName("export-types")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(look.say("gui.export.types_title"))
        self.resize(*_SIZE)
        self.tree = QTreeWidget()
        self.tree.setItemDelegateForColumn(0, _TickDelegate(look, self.tree))
        self._message = ElidedLabel(look, colour="muted")
        self._build()
        self.show_types(types)

    def show_types(self, types: TypeMap) -> None:
        """Tick and name everything as `types` say."""
        self._types = types
        self.tree.blockSignals(True)
        self.tree.clear()
        for table in _TABLES:
            self._add_table(table, getattr(types, table))
        self.tree.blockSignals(False)
        self._shown = self._read()

    def types(self) -> TypeMap:
        """What is chosen: as it was given, where nothing was changed."""
        return self._types if self._read() == self._shown else self._read()

    def items(self, table: str) -> Iterator[QTreeWidgetItem]:
        for rank in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(rank)
            if group is not None and group.data(0, _NAME) == table:
                yield from filter(None, (group.child(number) for number in range(group.childCount())))

    def _build(self) -> None:
        say = self._look.say
        self.tree.setObjectName("types-tree")
        self.tree.setAccessibleName(say("gui.export.types_title"))
        self.tree.setHeaderLabels([say("gui.export.types_type"), say("gui.export.types_name")])
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().resizeSection(1, 200)
        self.tree.setTabKeyNavigation(False)
        self.tree.setStyleSheet("QTreeView::item { padding: 3px 0; }")
        triggers = QAbstractItemView.EditTrigger
        self.tree.setEditTriggers(triggers.NoEditTriggers)
        self.tree.itemDoubleClicked.connect(lambda item, column: self._edit(item))
        self.tree.itemChanged.connect(self._take_name)
        self._message.set_text(say("gui.export.types_how"))
        buttons = {name: QPushButton(say(f"gui.export.types_{name}")) for name in ("file", "every", "rename", "use", "leave")}
        for name, button in buttons.items():
            button.setObjectName(f"types-{name}")
            button.setAutoDefault(False)
        buttons["use"].setDefault(True)
        buttons["file"].clicked.connect(self._browse)
        buttons["every"].clicked.connect(lambda: self.show_types(TypeMap()))
        buttons["rename"].clicked.connect(lambda: self._edit(self.tree.currentItem()))
        buttons["use"].clicked.connect(self._use)
        buttons["leave"].clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for name in ("file", "every", "rename"):
            foot.addWidget(buttons[name])
        foot.addStretch(1)
        for name in ("use", "leave"):
            foot.addWidget(buttons[name])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 16)
        outer.setSpacing(8)
        outer.addWidget(self._message)
        outer.addWidget(self.tree, 1)
        outer.addLayout(foot)

    def _add_table(self, table: str, selection: Selection) -> None:
        known = [item.name for item in getattr(self._schema, table)]
        # A folder inside may have a schema of its own, whose names the choices know.
        names = dict.fromkeys([*known, *(selection.include or ()), *selection.exclude, *selection.renamed])
        if not names:
            return
        group = QTreeWidgetItem(self.tree, [self._look.say(f"gui.export.types_of_{table}")])
        group.setData(0, _NAME, table)
        group.setFlags(group.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
        for name in names:
            label = self._look.role_label(self._schema, name) if table == "roles" else self._look.type_label(self._schema, name)
            item = QTreeWidgetItem(group, [label, selection.renamed.get(name, name)])
            item.setData(0, _NAME, name)
            item.setToolTip(0, escape(name))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEditable)
            item.setCheckState(0, Qt.CheckState.Checked if selection.takes(name) else Qt.CheckState.Unchecked)
        group.setExpanded(True)

    def _edit(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and item.parent() is not None:
            self.tree.editItem(item, 1)

    def _take_name(self, item: QTreeWidgetItem, column: int) -> None:
        """A name has no spaces, as it stands in columns; without one it is called as ever."""
        if column == 1 and item.parent() is not None:
            name = "_".join("".join(sign for sign in item.text(1) if sign.isprintable()).split()) or str(item.data(0, _NAME))
            if name != item.text(1):
                item.setText(1, name)

    def _read(self) -> TypeMap:
        entities, events, roles, relations = map(self._selection, _TABLES)
        return TypeMap(entities, events, roles, relations)

    def _selection(self, table: str) -> Selection:
        exclude, renamed = [], []
        for item in self.items(table):
            name = str(item.data(0, _NAME))
            if item.checkState(0) == Qt.CheckState.Unchecked:
                exclude.append(name)
            elif item.text(1) != name:
                renamed.append((name, item.text(1)))
        return Selection(None, tuple(exclude), tuple(renamed))

    def _use(self) -> None:
        self.chosen.emit(self.types())
        self.accept()

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self._look.say("gui.export.types_file"), "", "TOML (*.toml)")
        if chosen:
            self.read(Path(chosen))

    def read(self, path: Path) -> None:
        """Take the choices of a file; one that is not in order is told, and the choices stay."""
        try:
            types = read_type_map(path)
        except AnnotatorError as error:
            self._message.set_colour("error")
            self._message.set_text(self._look.explain(error))
        else:
            self._message.set_colour("muted")
            self._message.set_text(self._look.say("gui.export.types_how"))
            self.show_types(types)
