"""The links of an annotation: its relations, and what means the same; a click goes to the other end, the cross takes the link away."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from annotator.core import query
from annotator.core.model import Annotation

from ..looks.elided import ElidedLabel
from ..looks.look import Look
from ..work.session import Session
from .chips import Chip
from .frame_rows import shown_text

_CROSS = 18


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link as it is shown: what it says, the annotation at its other end, and the relation (empty: coreference)."""

    says: str
    other: str
    relation: str
    colour: str


class LinkRows(QWidget):
    """Hidden where an annotation has no links.

    `relation_removed` carries a relation's id, `cluster_left` that of the annotation which is taken out of its cluster.
    """

    jump_requested = Signal(str)
    relation_removed = Signal(str)
    cluster_left = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("links")
        self._look = look
        self._item = ""
        self._shown: list[LinkRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._title = ElidedLabel(look, colour="muted", lines=1)
        self._column.addWidget(self._title)

    def show_item(self, session: Session, item: Annotation) -> None:
        self._title.set_text(self._look.say("gui.inspector.links"))
        rows = [*self._relations(session, item), *self._same(session, item)]
        if (item.id, rows) != (self._item, self._shown):
            self._item, self._shown = item.id, rows
            self._rebuild()
        self.setVisible(bool(rows))

    def reset(self) -> None:
        """Word everything anew the next time."""
        self._item, self._shown = "", []
        self._rebuild()

    def _relations(self, session: Session, item: Annotation) -> list[LinkRow]:
        rows = []
        for relation in query.relations_of(session.document, item.id):
            leads_away = relation.source == item.id
            other = session.document.annotation(relation.target if leads_away else relation.source)
            if other is not None:
                key = "gui.inspector.relation_to" if leads_away else "gui.inspector.relation_from"
                label = self._look.type_label(session.schema, relation.type)
                says = self._look.say(key, type=label, text=shown_text(session.document, other))
                rows.append(LinkRow(says, other.id, relation.id, self._colour(session, other)))
        return rows

    def _same(self, session: Session, item: Annotation) -> list[LinkRow]:
        cluster = query.cluster_of(session.document, item.id)
        others = [session.document.annotation(member) for member in cluster.members if member != item.id] if cluster else []
        rows = []
        for other in others:
            if other is not None:
                says = self._look.say("gui.inspector.same", text=shown_text(session.document, other))
                rows.append(LinkRow(says, other.id, "", self._colour(session, other)))
        return rows

    def _colour(self, session: Session, item: Annotation) -> str:
        known = session.schema.entity(item.type) or session.schema.event(item.type)
        return known.colour if known else ""

    def _rebuild(self) -> None:
        while (held := self._column.takeAt(1)) is not None:
            if (widget := held.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row in self._shown:
            self._column.addWidget(self._line(row))

    def _line(self, row: LinkRow) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        chip = Chip(self._look, row.says, colour=row.colour, mark="line")
        chip.clicked.connect(lambda *_: self.jump_requested.emit(row.other))
        cross = QToolButton()
        cross.setText("×")
        cross.setAutoRaise(True)
        cross.setFixedSize(_CROSS, _CROSS)
        cross.setStyleSheet("padding: 0")
        cross.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        tip = self._look.say("gui.inspector.unlink", text=row.says)
        cross.setToolTip(escape(tip))
        cross.setAccessibleName(tip)
        cross.clicked.connect(lambda *_: self._remove(row))
        line.addWidget(chip, 1)
        line.addWidget(cross)
        return holder

    def _remove(self, row: LinkRow) -> None:
        if row.relation:
            self.relation_removed.emit(row.relation)
        else:
            self.cluster_left.emit(row.other)
