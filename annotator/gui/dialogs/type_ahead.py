"""Type to find a label: a line to type in over a list of types and roles, floating over the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from annotator.core.schema import EventType, Schema

from ..looks.elided import ElidedLabel
from ..looks.look import Look
from ..work.grammar import FillRole, Intent, MakeEntity, MakeEvent
from .type_ahead_list import FoundList, FoundRow

_WIDTH, _ROWS, _MARGIN = 420, 9, 8
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -_ROWS, Qt.Key.Key_PageDown: _ROWS}


class TypeAhead(QFrame):
    """Floats over its parent and gives the focus back when it closes; a click elsewhere closes it.

    `chosen` carries what was taken: MakeEntity, MakeEvent or FillRole.
    """

    chosen = Signal(object)
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._window = look, parent
        self._focus_before: QWidget | None = None
        self.setObjectName("type-ahead")
        self.setAutoFillBackground(True)
        self.edit = _Line(self)
        self.edit.setObjectName("type-ahead-text")
        self.edit.left.connect(self._leave)
        self.found = FoundList(look, self)
        self.list = self._listing()
        self._nothing, self._hint = ElidedLabel(look, colour="muted", lines=1), ElidedLabel(look, colour="muted", lines=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_MARGIN)
        for widget in (self.edit, self.list, self._nothing, self._hint):
            column.addWidget(widget)
        self.edit.textChanged.connect(self._search)
        self.edit.installEventFilter(self)
        look.changed.connect(self._word)
        self._word()
        self.hide()

    def ask(self, schema: Schema, frame: EventType | None, *, at: QPoint | None = None) -> None:
        """Open over everything that can be chosen; `at` is in the parent's coordinates, None the upper middle."""
        self._focus_before = QApplication.focusWidget()
        self.found.offer(schema, frame.name if frame else "")
        self.edit.clear()
        self._search("")
        self._place(at)
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_quietly(self) -> None:
        """Close, choosing nothing; the focus goes back to where it was."""
        if not self.isVisible():
            return
        before, self._focus_before = self._focus_before, None
        now = QApplication.focusWidget()
        had = now is not None and self.isAncestorOf(now)
        self.hide()
        if had and before is not None:
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._take_key(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._look.theme
        painter.fillRect(self.rect(), theme.colour("raised"))
        painter.setPen(QPen(theme.colour("quiet"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _listing(self) -> QListView:
        listing = QListView(self)
        listing.setObjectName("type-ahead-list")
        listing.setModel(self.found)
        listing.setItemDelegate(FoundRow(self._look, listing))
        listing.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        listing.setFrameShape(QFrame.Shape.NoFrame)
        listing.setUniformItemSizes(True)
        listing.setMouseTracking(True)
        listing.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        listing.clicked.connect(self._take)
        return listing

    def _word(self) -> None:
        self.edit.setPlaceholderText(self._look.say("gui.typeahead.placeholder"))
        self.edit.setAccessibleName(self._look.say("gui.typeahead.name"))
        self.list.setAccessibleName(self._look.say("gui.typeahead.list"))
        self._nothing.set_text(self._look.say("gui.typeahead.nothing"))
        self._hint.set_text(self._look.say("gui.typeahead.hint"))

    def _search(self, query: str) -> None:
        self.found.search(query)
        self._nothing.setVisible(not self.found.found)
        self.list.setVisible(bool(self.found.found))
        self._fit()
        if self.found.found:
            self._point_at(0)

    def _fit(self) -> None:
        """As high as the rows found, up to a fixed number; the width never changes."""
        row = max(self.list.sizeHintForRow(0), 1)
        self.list.setFixedHeight(row * min(len(self.found.found), _ROWS))
        self.resize(self.width(), self.sizeHint().height())

    def _place(self, at: QPoint | None) -> None:
        around = self._window.rect()
        self.resize(min(_WIDTH, around.width() - 2 * _MARGIN), self.sizeHint().height())
        wanted = at or QPoint((around.width() - self.width()) // 2, around.height() // 6)
        room = QRect(_MARGIN, _MARGIN, around.width() - 2 * _MARGIN - self.width(), around.height() - 2 * _MARGIN - self.height())
        self.move(max(room.left(), min(wanted.x(), room.right())), max(room.top(), min(wanted.y(), room.bottom())))

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        # Tab leads out of everything, and from here back to the text.
        if key in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.close_quietly()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentIndex())
        elif key in _STEPS:
            self._point_at(self.list.currentIndex().row() + _STEPS[key])
        else:
            return False
        return True

    def _point_at(self, row: int) -> None:
        last = len(self.found.found) - 1
        if last >= 0:
            self.list.setCurrentIndex(self.found.index(max(0, min(row, last)), 0))

    def _take(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        item = self.found.found[index.row()]
        intents: dict[str, Intent] = {"role": FillRole(item.name), "entity": MakeEntity(item.name), "event": MakeEvent(item.name)}
        self.close_quietly()
        self.chosen.emit(intents[item.kind])

    def _leave(self) -> None:
        """The focus went elsewhere by a click or another window's doing: it stays there."""
        self._focus_before = None
        self.close_quietly()


class _Line(QLineEdit):
    """The line to type in; tells when the focus leaves it for good."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A menu of the line or an input method's window takes the focus for a moment only.
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()
