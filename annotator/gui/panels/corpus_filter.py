"""Filtering articles by what they hold: a quiet button with a menu, and below it a chip for each thing that is asked for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from html import escape

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annotator.core.schema import Schema

from ..looks.icons import icon
from ..looks.look import Look
from .corpus_model import CorpusModel, Wants

_PADDING, _CROSS = 8, 7


class WantsButton(QToolButton):
    """Opens the menu of what articles may hold. `changed` says that `wants` is another."""

    changed = Signal()

    def __init__(self, look: Look, model: CorpusModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._model = look, model
        self._schema: Schema | None = None
        self.wants = Wants()
        self.setObjectName("wants")
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAutoRaise(True)
        self.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)

    def set_schema(self, schema: Schema | None) -> None:
        """Types are called as `schema` calls them."""
        self._schema = schema

    def set_wants(self, wants: Wants) -> None:
        """Ask for something else."""
        if wants != self.wants:
            self.wants = wants
            self.restyle()
            self.changed.emit()

    def restyle(self) -> None:
        """Take over theme and language."""
        look = self._look
        self.setIcon(icon("filter", look.theme))
        names = [name for name, _ in self.asked()]
        told = f"{look.say('gui.corpus.wants')}: {', '.join(names)}" if names else look.say("gui.corpus.wants")
        self.setAccessibleName(told)
        self.setToolTip(escape(told))

    def asked(self) -> list[tuple[str, Wants]]:
        """Each thing that is asked for in words, with what is left without it."""
        say, wants = self._look.say, self.wants
        flagged = [(say("gui.corpus.flagged"), replace(wants, flagged=False))] if wants.flagged else []
        broken = [(say("gui.corpus.broken"), replace(wants, broken=False))] if wants.broken else []
        proposed = [(say("gui.corpus.suggested"), replace(wants, suggested=False))] if wants.suggested else []
        types = [(self._label(name), replace(wants, types=tuple(held for held in wants.types if held != name))) for name in wants.types]
        return [*flagged, *broken, *proposed, *types]

    def _label(self, name: str) -> str:
        return self._look.type_label(self._schema, name) if self._schema is not None else name

    def _fill(self) -> None:
        say, wants, model, menu = self._look.say, self.wants, self._model, self._menu
        menu.clear()
        self._add(menu, say("gui.corpus.flagged"), model.flagged, on=wants.flagged, then=replace(wants, flagged=not wants.flagged))
        self._add(menu, say("gui.corpus.broken"), model.broken, on=wants.broken, then=replace(wants, broken=not wants.broken))
        proposed = replace(wants, suggested=not wants.suggested)
        self._add(menu, say("gui.corpus.suggested"), model.suggested, on=wants.suggested, then=proposed)
        menu.addSeparator()
        for kind, counts in self._kinds().items():
            self._add_types(menu.addMenu(say(f"gui.corpus.holds_{kind}")), counts)
        menu.addSeparator()
        clear = menu.addAction(say("gui.corpus.wants_nothing"))
        clear.setObjectName("wants_nothing")
        clear.setEnabled(bool(wants))
        clear.triggered.connect(lambda: self.set_wants(Wants()))

    def _kinds(self) -> dict[str, Counter[str]]:
        """How many articles hold each type, entities and events apart; what the schema does not know stands with the entities."""
        found: dict[str, Counter[str]] = {"entity": Counter(), "event": Counter()}
        for name, count in self._model.types.items():
            is_event = self._schema is not None and self._schema.event(name) is not None
            found["event" if is_event else "entity"][name] = count
        # What is asked for can be taken back, even where no article holds it any more.
        for name in self.wants.types:
            if not any(name in counts for counts in found.values()):
                found["entity"][name] = 0
        return found

    def _add_types(self, menu: QMenu, counts: Counter[str]) -> None:
        menu.setEnabled(bool(+counts) or bool(counts.keys() & set(self.wants.types)))
        for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
            on = name in self.wants.types
            if count or on:
                held = tuple(one for one in self.wants.types if one != name) if on else (*self.wants.types, name)
                self._add(menu, self._label(name), count, on=on, then=replace(self.wants, types=held))

    def _add(self, menu: QMenu, text: str, count: int, *, on: bool, then: Wants) -> QAction:
        action = menu.addAction(f"{text.replace('&', '&&')}\t{count}")
        action.setCheckable(True)
        action.setChecked(on)
        action.setEnabled(count > 0 or on)
        action.triggered.connect(lambda: self.set_wants(then))
        return action


class WantChip(QAbstractButton):
    """One thing that is asked for, with a cross; pressing it asks for it no longer."""

    def __init__(self, look: Look, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setObjectName("want")
        self.setText(text)
        self.setAccessibleName(look.say("gui.corpus.want_less", name=text))
        self.setToolTip(escape(look.say("gui.corpus.want_less", name=text)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 3 * _PADDING + _CROSS + 3, metrics.height() + 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = self._look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(theme.colour("accent" if self.hasFocus() or self.underMouse() else "hairline"))
        painter.setBrush(theme.colour("selection"))
        painter.drawRoundedRect(box, 5, 5)
        room = box.adjusted(_PADDING, 0, -2 * _PADDING - _CROSS, 0)
        painter.setPen(theme.colour("text"))
        shown = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.setPen(QPen(theme.colour("text"), 1.4))
        middle, left, half = box.center().y(), box.right() - _PADDING - _CROSS, _CROSS / 2
        painter.drawLine(QPointF(left, middle - half), QPointF(left + _CROSS, middle + half))
        painter.drawLine(QPointF(left, middle + half), QPointF(left + _CROSS, middle - half))


class WantChips(QWidget):
    """The chips of a button, one below the other; not there where nothing is asked for."""

    def __init__(self, look: Look, button: WantsButton, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._button = look, button
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2, 0, 0)
        self._column.setSpacing(4)
        button.changed.connect(self.refill)
        self.refill()

    def refill(self) -> None:
        """Show what is asked for now, in the language of now."""
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        for chip in self.findChildren(WantChip):
            self._column.removeWidget(chip)
            chip.hide()
            chip.setParent(None)
            chip.deleteLater()
        asked = self._button.asked()
        chips = [self._chip(text, left) for text, left in asked]
        self.setVisible(bool(chips))
        if had_focus:
            (chips[0] if chips else self._button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _chip(self, text: str, left: Wants) -> WantChip:
        chip = WantChip(self._look, text, self)
        chip.setFont(self._look.interface_font())
        chip.clicked.connect(lambda: self._button.set_wants(left))
        self._column.addWidget(chip)
        return chip
