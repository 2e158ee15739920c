"""What the canvas draws for each annotation: style, chip, tooltip, and what is lifted when the pointer rests on one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from html import escape

from annotator.core import query
from annotator.core.model import Annotation, Entity, Event
from annotator.core.snapping import Snap, unit_at
from annotator.core.suggestions import is_suggestion
from annotator.core.text import Span

from ..looks.colours import readable
from ..looks.look import Look
from ..looks.wording import SUGGESTED, proposed_by
from ..work.session import Session
from .layout import Block
from .paint import Scene, Style


class Scenery:
    """Turns annotations into what is drawn of them, under one look."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self._styles: dict[tuple[str, bool, bool], Style] = {}
        # What is searched for, in order, and where one is just now.
        self.hits: Sequence[Span] = ()
        self.hit: Span | None = None

    def forget(self) -> None:
        """The theme changed: styles are made anew."""
        self._styles.clear()

    def style(self, session: Session, item: Annotation) -> Style:
        """The style of an annotation; a type that the schema lacks is grey."""
        is_event = isinstance(item, Event)
        key = (item.type, is_event, is_suggestion(item))
        held = self._styles.get(key)
        if held is None:
            known = session.schema.event(item.type) if is_event else session.schema.entity(item.type)
            colour = known.colour if known else self.look.theme.unknown
            held = self._styles[key] = Style(readable(colour, self.look.theme.surface, ratio=self.look.theme.ratio), is_event, key[2])
        return held

    def chip_text(self, session: Session, item: Annotation) -> str:
        """A type's short name; a suggestion bears a sign, a filler of the open frame its role, a flagged one its doubt."""
        text = self.look.type_label(session.schema, item.type) if isinstance(item, Event) else item.type
        event = session.frame_event()
        roles = [argument.role for argument in event.arguments if argument.target == item.id] if event else []
        if roles:
            text += " · " + ", ".join(self.look.role_label(session.schema, role) for role in roles)
        sign = f"{SUGGESTED} " if is_suggestion(item) else ""
        return sign + text + (" ?" if item.flag == "question" else "")

    def tooltip(self, session: Session, identifier: str) -> str:
        """Type, label and definition of an annotation, as escaped text."""
        item = session.document.annotation(identifier)
        if item is None:
            return ""
        known = session.schema.event(item.type) if isinstance(item, Event) else session.schema.entity(item.type)
        if known is None:
            return escape(self.look.say("canvas.unknown_type", type=item.type))
        lines = [f"<b>{escape(self.look.wording(known.label, item.type))}</b> · {escape(item.type)}"]
        definition = known.definition.said(self.look.language)
        lines += [escape(definition)] if definition else []
        lines += [escape(f"{SUGGESTED} {proposed_by(self.look, item)}")] if is_suggestion(item) else []
        lines += [escape(self.look.say("canvas.note", note=item.note))] if item.note else []
        return "<br>".join(lines)

    def scene(self, session: Session, *, hovered: str | None, flash: Span | None, caret_shown: bool, level: Snap) -> Scene:
        """What is drawn everywhere on the page."""
        scene = Scene(self.look.theme, flash=flash, hovered=hovered, selection=(session.preview,) if session.preview else session.selection)
        scene.selected = frozenset(session.selected)
        scene.lifted = self._lifted(session, hovered or session.frame)
        if not session.selection and not session.selected:
            scene.caret_unit = unit_at(session.document, session.caret, level=level) if session.caret_active else None
            scene.caret = session.caret if caret_shown and scene.caret_unit is None else None
        return scene

    def dress(self, scene: Scene, session: Session, block: Block, *, differences: bool) -> None:
        """What is drawn in one block: the styles of its annotations and where its words differ from the machine's."""
        styles, heads = {}, {}
        for line in block.lines:
            for mark in line.marks:
                item = session.document.annotation(mark.id)
                if item is not None:
                    styles[mark.id] = self.style(session, item)
                    if isinstance(item, Entity) and item.head is not None:
                        heads[mark.id] = item.head
        scene.styles, scene.heads = styles, heads
        scene.waves = tuple(self._waves(session, block)) if differences else ()
        first = bisect_right(self.hits, block.start, key=lambda span: span[1])
        scene.hits = tuple(self.hits[first : bisect_left(self.hits, block.end, key=lambda span: span[0])])
        scene.hit = self.hit

    def arc_events(self, session: Session, hovered: str | None, *, everything: bool) -> list[Event]:
        """The events whose arguments are joined by arcs: the open or hovered or selected one, or all."""
        if everything:
            return list(session.document.events.values())
        wanted = [hovered, session.frame, *session.selected]
        return [session.document.events[name] for name in dict.fromkeys(wanted) if name in session.document.events]

    def _waves(self, session: Session, block: Block) -> Iterator[Span]:
        line = session.document.text.line_at(block.start)
        opinion = session.machine_opinion(line)
        for word in session.document.words.differing(line, opinion):
            if word[0] < block.end and block.start < word[1]:
                yield word

    def _lifted(self, session: Session, identifier: str | None) -> frozenset[str]:
        """An annotation together with the events around it and what fills them."""
        item = session.document.annotation(identifier) if identifier else None
        if item is None:
            return frozenset()
        events = [item] if isinstance(item, Event) else query.events_filled_by(session.document, item.id)
        return frozenset([item.id, *(name for event in events for name in (event.id, *(a.target for a in event.arguments)))])
