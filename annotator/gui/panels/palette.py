"""The bottom line: what can be pressed now, as buttons that leave the focus on the canvas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from annotator.core.schema import EntityType, EventRole, EventType, Schema

from ..looks.colours import mix, readable
from ..looks.look import Look
from ..work.grammar import ChangeRole, Do, FillRole, Intent, Lead, Leader, MakeEntity, MakeEvent, Retype

_HEIGHT, _GAP, _MARGIN = 26, 4, 8
_WIDEST_LABEL = 150
_COMMONEST = "123456789"
# Wide enough for the key and most types: the button stands still whatever is guessed.
_GUESS_LABEL = 84
# Around a key's box, between it and the label, and behind the label.
_INSET, _BEFORE, _BEHIND = 3, 8, 6


_GUESS = Do("guess")


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can be pressed: its key, what it says and what it means. `mark` is the shape of its colour.

    `guess` is what Space would take, where that is offered; `muted` says that there is no guess, and `width` keeps its place the same.
    """

    key: str
    label: str
    tip: str
    intent: Intent
    colour: str = ""
    mark: str = "none"
    strong: bool = False
    muted: bool = False
    width: int = 0
    guess: Intent | None = None


class KeyButton(QAbstractButton):
    """A key in a small box and a label; the colour is a line for entities and a block for events."""

    def __init__(self, offer: Offer, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_offer(offer)

    def show_offer(self, offer: Offer) -> None:
        """Offer something; it takes as much room as what was offered first."""
        self.offer = offer
        self.setToolTip(offer.tip)
        self.setAccessibleName(f"{offer.label} ({offer.key})")
        self.setText(offer.label)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_width(QFontMetrics(self.font()), self.offer.key, self.offer.label, least=self.offer.width), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, metrics = self._look.theme, QFontMetrics(self.font())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        pressed = self.isDown() or self.offer.strong
        painter.setPen(QPen(theme.colour("accent" if self.offer.strong else "hairline"), 1))
        painter.setBrush(theme.colour("selection" if pressed else "raised" if self.underMouse() else "window"))
        painter.drawRoundedRect(box, 5, 5)
        width = _key_width(metrics, self.offer.key)
        badge = QRectF(_INSET, _INSET, width, _HEIGHT - 2 * _INSET)
        self._paint_badge(painter, badge)
        painter.setPen(theme.colour("muted" if self.offer.muted else "text"))
        label = metrics.elidedText(self.offer.label, Qt.TextElideMode.ElideRight, self.offer.width or _WIDEST_LABEL)
        painter.drawText(QRectF(width + _BEFORE, 0, self.width() - width - _BEFORE, _HEIGHT), Qt.AlignmentFlag.AlignVCenter, label)

    def _paint_badge(self, painter: QPainter, badge: QRectF) -> None:
        theme = self._look.theme
        colour = readable(self.offer.colour, theme.window, ratio=theme.ratio) if self.offer.colour else theme.muted
        filled = self.offer.mark == "block"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour if filled else mix(theme.window, colour, 0.12)))
        painter.drawRoundedRect(badge, 3, 3)
        if self.offer.mark == "line":
            painter.fillRect(QRectF(badge.left(), badge.bottom() - 2, badge.width(), 2), QColor(colour))
        painter.setPen(QColor(theme.window if filled else theme.text))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, self.offer.key)


def _key_width(metrics: QFontMetrics, key: str) -> int:
    return max(16, metrics.horizontalAdvance(key) + 8)


def _width(metrics: QFontMetrics, key: str, label: str, *, least: int = 0) -> int:
    """The width of a button; `least` is the room for the label where that is fixed."""
    return _key_width(metrics, key) + _BEFORE + (least or min(metrics.horizontalAdvance(label), _WIDEST_LABEL)) + _BEHIND


def _lines(widths: Iterable[int], room: int) -> int:
    """How many lines buttons of these widths take in `room` pixels."""
    lines, x = 0, room
    for width in widths:
        if lines == 0 or x + width > room:
            lines, x = lines + 1, 0
        x += width + _GAP
    return lines


class PaletteLine(QWidget):
    """Rows of buttons: entities or the open frame's roles, then the commonest events or a leader's second keys.

    The height is that of the fullest state, so that nothing jumps when a leader is pressed.
    """

    intent_chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._schema: Schema | None = None
        self._leader: Leader | None = None
        self._frame: EventType | None = None
        self._armed: str | None = None
        self._guess: Intent | None = None
        self._rows: list[list[KeyButton]] = []
        self._known: tuple[object, int] | None = None
        self._height = 0
        self.setObjectName("palette")
        look.changed.connect(self._rebuild)

    def set_state(self, schema: Schema | None, *, leader: Leader | None, frame: EventType | None, armed: str | None) -> None:
        """Offer what the grammar takes in this state."""
        state = (schema, leader, frame, armed)
        if state != (self._schema, self._leader, self._frame, self._armed):
            self._schema, self._leader, self._frame, self._armed = state
            self._rebuild()

    def set_guess(self, guess: Intent | None) -> None:
        """Show what Space would take now."""
        if guess != self._guess:
            self._guess = guess
            button = next((button for row in self._rows for button in row if button.offer.intent == _GUESS), None)
            if button is not None and self._schema is not None:
                button.show_offer(self._guessed(self._schema))

    def offers(self) -> list[Offer]:
        """What is offered now, in order."""
        return [button.offer for row in self._rows for button in row]

    def further(self) -> list[Offer]:
        """The events behind the leaders that are offered now, with both their keys."""
        schema, leads = self._schema, [offer.intent.leader for offer in self.offers() if isinstance(offer.intent, Lead)]
        if schema is None:
            return []
        return [
            self._event(item, item.key, retype=lead.startswith("*"))
            for lead in leads for item in schema.events if item.key.startswith(f"{lead[-1]} ")
        ]  # fmt: skip

    def button(self, key: str) -> KeyButton | None:
        """The button of a key."""
        return next((button for row in self._rows for button in row if button.offer.key == key), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def _rebuild(self) -> None:
        for row in self._rows:
            for button in row:
                button.hide()
                button.deleteLater()
        self._rows = []
        if self._schema is not None:
            for offers in (self._upper(self._schema), self._lower(self._schema)):
                self._rows.append([self._button(offer) for offer in offers])
        self._arrange()

    def _button(self, offer: Offer) -> KeyButton:
        button = KeyButton(offer, self._look, self)
        button.clicked.connect(lambda: self.intent_chosen.emit(offer.intent))
        button.show()
        return button

    def _upper(self, schema: Schema) -> list[Offer]:
        if self._leader == "*":
            return [self._entity(item, retype=True) for item in schema.entities if item.key]
        if self._leader == "**":
            return [self._role(schema, role, changes=True) for role in self._frame.roles if role.key] if self._frame else []
        each = self._leader == "\\"
        if self._leader is not None and not each:
            return []
        first = [] if each else [self._guessed(schema)]
        if self._frame is not None:
            return first + [self._role(schema, role, each=each) for role in self._frame.roles if role.key]
        return first + [self._entity(item, each=each) for item in schema.entities if item.key]

    def _lower(self, schema: Schema) -> list[Offer]:
        if self._leader in ("\\", "**"):
            return []
        retype = self._leader is not None and self._leader.startswith("*")
        led = self._leader[-1] if self._leader in ("0", "-", "*0", "*-") and self._leader else ""
        if led:
            return [self._event(item, item.key[2:], retype=retype) for item in schema.events if item.key.startswith(f"{led} ")]
        common = [self._event(item, item.key, retype=retype) for item in schema.events if item.key and item.key in _COMMONEST]
        leads: list[tuple[str, Leader]] = [("0", "*0" if retype else "0"), ("-", "*-" if retype else "-")]
        more = [
            Offer(key, "…", escape(self._look.say("gui.palette.more", key=key)), Lead(lead))
            for key, lead in leads
            if any(item.key.startswith(f"{key} ") for item in schema.events)
        ]
        return [*common, *more]

    def _guessed(self, schema: Schema) -> Offer:
        """What Space would take; what Space is for where there is no guess."""
        key, guess = self._look.say("gui.palette.space"), self._guess
        known: EntityType | EventType | None = None
        match guess:
            case FillRole(role=name):
                label, mark = self._look.role_label(schema, name), "none"
            case MakeEvent(type=name):
                label, mark, known = self._look.type_label(schema, name), "block", schema.event(name)
            case MakeEntity(type=name):
                label, mark, known = name, "line", schema.entity(name)
            case _:
                label, mark = self._look.say("gui.palette.guess"), "none"
        tip = self._tip(self._look.say("gui.palette.guess_tip"))
        return Offer(key, label, tip, _GUESS, known.colour if known else "", mark, muted=guess is None, width=_GUESS_LABEL, guess=guess)

    def _entity(self, item: EntityType, *, retype: bool = False, each: bool = False) -> Offer:
        tip = self._tip(f"{item.name} · {self._look.wording(item.label, item.name)}", item.definition.said(self._look.language))
        return Offer(item.key, item.name, tip, Retype(item.name) if retype else MakeEntity(item.name, each=each), item.colour, "line")

    def _event(self, item: EventType, key: str, *, retype: bool) -> Offer:
        label = self._look.wording(item.label, item.name)
        tip = self._tip(f"{label} · {item.name}", item.definition.said(self._look.language))
        return Offer(key, label, tip, Retype(item.name) if retype else MakeEvent(item.name), item.colour, "block")

    def _role(self, schema: Schema, role: EventRole, *, each: bool = False, changes: bool = False) -> Offer:
        label = self._look.role_label(schema, role.role)
        known = schema.role(role.role)
        definition = known.definition.said(self._look.language) if known else ""
        allowed = ", ".join(self._look.type_label(schema, name) for name in (*role.fillers, *role.rare))
        tip = self._tip(f"{label} · {role.role}", definition, allowed)
        intent = ChangeRole(role.role) if changes else FillRole(role.role, each=each)
        return Offer(role.key, label, tip, intent, strong=self._armed == role.role)

    def _tip(self, title: str, *lines: str) -> str:
        return "<br>".join([f"<b>{escape(title)}</b>", *(escape(line) for line in lines if line)])

    def _arrange(self) -> None:
        y = _GAP + 2
        for row in self._rows:
            x = _MARGIN
            for button in row:
                size = button.sizeHint()
                if x > _MARGIN and x + size.width() > self.width() - _MARGIN:
                    x, y = _MARGIN, y + _HEIGHT + _GAP
                button.setGeometry(x, y, size.width(), _HEIGHT)
                x += size.width() + _GAP
            y += _HEIGHT + _GAP if row else 0
        self.setFixedHeight(max(y + 2, self._fullest()) if self._rows else 0)

    def _fullest(self) -> int:
        """The height of the fullest state at this width: no frame, the frame of any event, the second keys of a leader."""
        if self._schema is None:
            return 0
        state = (self._schema, self._look.language, self.font().key()), self.width()
        if state != self._known:
            room = self.width() - 2 * _MARGIN
            rows = max(sum(_lines(row, room) for row in held) for held in self._states(self._schema))
            self._known, self._height = state, rows * (_HEIGHT + _GAP) + _GAP + 4
        return self._height

    def _states(self, schema: Schema) -> Iterator[tuple[list[int], ...]]:
        """The widths of the buttons of every state, row by row."""
        look, metrics = self._look, QFontMetrics(self.font())

        def widths(offered: Iterable[tuple[str, str]]) -> list[int]:
            return [_width(metrics, key, label) for key, label in offered]

        guess = _width(metrics, look.say("gui.palette.space"), "", least=_GUESS_LABEL)
        events = [(item.key, look.wording(item.label, item.name)) for item in schema.events if item.key]
        leads = {lead: [(key[2:], label) for key, label in events if key.startswith(f"{lead} ")] for lead in ("0", "-")}
        common = widths([*(held for held in events if held[0] in _COMMONEST), *((lead, "…") for lead, held in leads.items() if held)])
        yield [guess, *widths((item.key, item.name) for item in schema.entities if item.key)], common
        for event in schema.events:
            yield [guess, *widths((role.key, look.role_label(schema, role.role)) for role in event.roles if role.key)], common
        for led in leads.values():
            yield (widths(led),)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width(), 1), self._look.theme.colour("hairline"))
