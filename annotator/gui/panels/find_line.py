"""The line above the article in which one types what is to be found, and the switches of a search."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from annotator.core.search import Query

from ..looks.elided import ElidedLabel
from ..looks.icons import icon
from ..looks.look import Look

# Name of each switch, and what stands on it.
_SWITCHES: Final = (("case", "Aa"), ("marks", "á=a"), ("words", "[ab]"), ("expression", ".*"))
_ROOMY: Final = 540
# Widths in pixels: of the count, of a button with an icon, and of what a switch has beside its text.
_COUNT, _BUTTON, _BESIDE = 56, 32, 14


class QueryField(QWidget):
    """A text field with an input method, and switches beside it. `changed` says that something else is looked for."""

    changed = Signal()

    def __init__(self, look: Look, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._key = look, key
        self.edit = QLineEdit(self)
        self.edit.setObjectName("query")
        self.edit.setMinimumWidth(96)
        self.switches: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.edit, 1)
        row.addSpacing(4)
        for name, sign in _SWITCHES:
            button = QToolButton(self)
            button.setObjectName(name)
            button.setText(sign)
            button.setCheckable(True)
            # A click leaves the focus in the field; the keyboard comes here by Tab.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.toggled.connect(self._toggle)
            self.switches[name] = button
            row.addWidget(button)
        self.edit.textChanged.connect(lambda _: self.changed.emit())
        self.setFocusProxy(self.edit)
        self.restyle()

    def query(self) -> Query:
        """What is looked for."""
        on = {name: button.isChecked() for name, button in self.switches.items()}
        return Query(
            self.edit.text(), "expression" if on["expression"] else "plain",
            ignore_case=not on["case"], ignore_marks=on["marks"], whole_words=on["words"],
        )  # fmt: skip

    def set_query(self, query: Query) -> None:
        """Look for something else."""
        on = {"case": not query.ignore_case, "marks": query.ignore_marks, "words": query.whole_words, "expression": query.mode != "plain"}
        self.blockSignals(True)
        for name, button in self.switches.items():
            button.setChecked(on[name])
        self.edit.setText(query.text)
        self.blockSignals(False)
        self.changed.emit()

    def restyle(self) -> None:
        """Take over theme and language."""
        say = self._look.say
        self.edit.setPlaceholderText(say(self._key))
        self.edit.setAccessibleName(say(self._key))
        for name, button in self.switches.items():
            button.setFixedWidth(QFontMetrics(self._look.interface_font()).horizontalAdvance(button.text()) + _BESIDE)
            button.setToolTip(say(f"gui.find.{name}"))
            button.setAccessibleName(say(f"gui.find.{name}"))

    def _toggle(self) -> None:
        self.changed.emit()


class FindLine(QFrame):
    """Searches the open article as one types. It knows no article: who searches sets what it shows.

    `step_requested` carries 1 (next) or -1, `tag_requested` wishes to tag all that was found.
    """

    query_changed = Signal()
    step_requested = Signal(int)
    tag_requested = Signal()
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setObjectName("find-line")
        self.field = QueryField(look, "gui.find.placeholder", self)
        self.count = QLabel(self)
        self.count.setObjectName("find-count")
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.count.setMinimumWidth(_COUNT)
        self._colour = "muted"
        self._why = ElidedLabel(look, colour="error", lines=2, parent=self)
        self._why.setObjectName("find-why")
        self._why.hide()
        self.buttons = {name: self._button(name) for name in ("previous", "next", "tag", "close")}
        self._lay_out()
        self.field.changed.connect(self.query_changed)
        self.buttons["previous"].clicked.connect(lambda: self.step_requested.emit(-1))
        self.buttons["next"].clicked.connect(lambda: self.step_requested.emit(1))
        self.buttons["tag"].clicked.connect(self.tag_requested)
        self.buttons["close"].clicked.connect(self.closed)
        look.changed.connect(self.restyle)
        self.restyle()

    def ask(self, text: str) -> None:
        """Show the line with the focus in it; `text`, where there is any, is looked for."""
        self.show()
        if text:
            self.field.edit.setText(text)
        self.field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.edit.selectAll()

    def show_count(self, here: int | None, total: int) -> None:
        """Say which of how many one is at (from 0; None: at none of them)."""
        self._say("")
        key = "gui.find.none" if not total else "gui.find.total" if here is None else "gui.find.count"
        self._count(self._look.say(key, here=(here or 0) + 1, total=total), colour="muted" if total else "warning")

    def show_nothing(self) -> None:
        """Nothing is looked for."""
        self._say("")
        self._count("")

    def show_waiting(self) -> None:
        self._count("…")

    def refuse(self, why: str) -> None:
        """Say why nothing can be found by what was typed."""
        self._count("")
        self._say(why)

    def why(self) -> str:
        """What was refused last, or nothing."""
        return self._why.text()

    def restyle(self) -> None:
        """Take over theme and language."""
        look = self._look
        self.setFont(look.interface_font())
        self.setStyleSheet(f"#find-line {{ background: {look.theme.raised}; border: 0; border-bottom: 1px solid {look.theme.hairline}; }}")
        self.field.restyle()
        self._ink()
        for name, button in self.buttons.items():
            said = look.say(f"gui.find.{name}")
            button.setToolTip(said)
            button.setAccessibleName(said)
            if name == "tag":
                button.setText(look.say("gui.find.tag_short"))
            else:
                button.setIcon(icon(name, look.theme))
                button.setFixedWidth(_BUTTON)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field.edit.hasFocus():
            self.step_requested.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # What a menu and a shortcut have as well gives way in a narrow window.
        self.buttons["tag"].setVisible(self.width() >= _ROOMY)

    def _count(self, text: str, *, colour: str = "muted") -> None:
        self._colour = colour
        self.count.setText(text)
        self._ink()

    def _ink(self) -> None:
        palette = self.count.palette()
        palette.setColor(self.count.foregroundRole(), self._look.theme.colour(self._colour))
        self.count.setPalette(palette)

    def _say(self, why: str) -> None:
        self._why.set_text(why)
        self._why.setVisible(bool(why))

    def _button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"find-{name}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        for button in self.buttons.values():
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 5, 8, 5)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._why)
