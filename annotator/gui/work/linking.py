"""What links annotations to one another: same entity, relations, attributes by key, and Time and Place from the event before."""

from __future__ import annotations

from annotator.core import commands, links, query
from annotator.core.edits import Change, Edit
from annotator.core.errors import AnnotatorError
from annotator.core.model import Annotation, Entity, Event
from annotator.core.schema import Attribute

from .doing import Doing
from .session import Link, LinkKind, Session

# What events of one sentence usually share. Roles of other names are not passed on.
INHERITED = ("Time", "Place")


class Linker:
    """Begins a link at one annotation and ends it at another; sets attributes of the annotation that is meant."""

    def __init__(self, doing: Doing) -> None:
        self.doing = doing

    @property
    def session(self) -> Session:
        return self.doing.session

    def begin(self, kind: LinkKind) -> None:
        """Let the next annotation that is clicked, or reached by key and Enter, be linked with the one that is meant.

        Several that are selected are the same at once.
        """
        if (several := self.doing.several()) is not None:
            if kind == "same":
                self._unite_all()
            else:
                self.doing.refuse(several)
            return
        source = self.session.chosen() or self._under_caret() or next(iter(self.doing.last_made()), None) or self.session.frame_event()
        if source is None:
            self.doing.refuse(AnnotatorError("nothing-to-link"))
            return
        self.session.begin_link(Link(kind, source.id))
        self.doing.told.emit(f"told.link_{kind}", {"text": self.session.document.text.surface(source.spans)})

    def allowed_relations(self, target: str) -> list[str]:
        """The relation types that may lead from where the link began to `target`."""
        session, link = self.session, self.session.link
        source, end = session.document.annotation(link.source) if link else None, session.document.annotation(target)
        if source is None or end is None:
            return []
        return [
            item.name
            for item in session.schema.relations
            if (not item.sources or source.type in item.sources) and (not item.targets or end.type in item.targets)
        ]

    def end(self, target: str, *, relation: str = "") -> None:
        """End the link at `target`; a relation of the type `relation`."""
        session, link = self.session, self.session.link
        if link is None:
            return

        def make(force: bool) -> None:
            if link.kind == "same":
                edit = links.unite(session.document, link.source, target)
            else:
                edit = links.relate(session.document, link.source, target, type_name=relation, schema=session.schema, force=force)
            session.end_link()
            done = session.do(edit)
            # What was linked last begins the next link: a chain of mentions goes on with the same key.
            session.clear_selection()
            self.doing.remember(target)
            self.doing.tell(done, "told.linked")

        self.doing.attempt(("link", link.kind, relation, target), make)

    def remove_relation(self, identifier: str) -> None:
        self.doing.do(lambda: commands.remove(self.session.document, [identifier]), "told.unlinked")

    def leave_cluster(self, identifier: str) -> None:
        """Take an annotation out of what it was said to be the same as."""
        self.doing.do(lambda: links.leave_cluster(self.session.document, identifier), "told.unlinked")

    def cycle_attribute(self, key: str) -> None:
        """Give the attribute of that key its next value; of several selected annotations those that may have it."""
        if len(self.session.selected) > 1:
            self._cycle_all(key)
            return
        item = self._meant()
        found = self._attribute(key, item)
        if item is None or found is None:
            self.doing.refuse(AnnotatorError("no-such-attribute", key=key))
            return
        following = _following(found, item)
        self.doing.do(
            lambda: commands.set_attribute(self.session.document, [item.id], found.name, value=following, default=found.default),
            "told.attribute",
            attribute=found.name,
            value=following,
        )

    def _cycle_all(self, key: str) -> None:
        """All get the value that follows the first one's, entities and events each their own attribute of that key, in one step."""
        items, document = self.session.selected_annotations(), self.session.document
        changes: list[Change] = []
        given: list[tuple[Attribute, str]] = []
        reached = 0
        for layer in (Event, Entity):
            held = [item for item in items if isinstance(item, layer)]
            found = self._attribute(key, held[0]) if held else None
            if found is not None:
                value = _following(found, held[0])
                ids = [item.id for item in held]
                changes += commands.set_attribute(document, ids, found.name, value=value, default=found.default).changes
                given.append((found, value))
                reached += len(ids)
        if not given:
            self.doing.refuse(AnnotatorError("no-such-attribute", key=key))
            return
        first, value = given[0]
        self.doing.do(
            lambda: Edit("set-attribute", tuple(changes)),
            "told.attribute_several",
            attribute=first.name,
            value=value,
            n=reached,
            passed=len(items) - reached,
        )

    def inherit(self) -> None:
        """Let the event that is meant take Time and Place from the sentence's previous event."""
        if (several := self.doing.several()) is not None:
            self.doing.refuse(several)
            return
        item = self._meant()
        if not isinstance(item, Event):
            self.doing.refuse(AnnotatorError("no-event-here"))
            return
        event = item.id
        self.doing.do(lambda: links.inherit(self.session.document, event, roles=INHERITED, schema=self.session.schema), "told.changed")

    def _unite_all(self) -> None:
        ids = [item.id for item in self.session.selected_annotations()]
        self.doing.do(lambda: links.unite_all(self.session.document, ids), "told.linked_several", n=len(ids))

    def _under_caret(self) -> Annotation | None:
        """The annotation of just the selected text, or the innermost one at a caret that was moved by key."""
        session = self.session
        if session.selection:
            return next(iter(query.with_spans(session.document, session.selection)), None)
        return next(iter(query.stack_at(session.document, session.caret)), None) if session.caret_active else None

    def _meant(self) -> Annotation | None:
        """The selected annotation, else the open frame's event, else what was made last."""
        return self.session.chosen() or self.session.frame_event() or next(iter(self.doing.last_made()), None)

    def _attribute(self, key: str, item: Annotation | None) -> Attribute | None:
        on = self.session.schema.attributes_on("event" if isinstance(item, Event) else "entity")
        return next((held for held in on if held.key == key), None)


def _following(attribute: Attribute, item: Annotation) -> str:
    """The value behind the one that an annotation has."""
    values = [value.name for value in attribute.values]
    now = dict(item.attributes).get(attribute.name, attribute.default)
    return values[(values.index(now) + 1) % len(values)] if now in values else values[0]
