"""Finished articles made again from nothing through the real window, by mouse and keys or by keyboard alone, every stroke counted.

    .venv/bin/python benchmarks/replay.py --brat FOLDER --documents N --mode mouse|keyboard --hook none|telex|vni

Without `--brat` the finished sample articles are made. The last line is one JSON object; exit status 1 where what was made differs from
the gold. A stroke is a key, a click or a drag; a chord and a double click are one. The count is divided by entities + triggers +
arguments. Turning the wheel is no stroke.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from input_methods import Hook
from person import Mode, Person
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.core import links
from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.model import Annotation, Argument, Entity, Event
from annotator.core.schema import EventRole, EventType
from annotator.gui.app import open_window
from annotator.gui.hands import wait_until
from annotator.gui.offscreen import hush_platform
from annotator.gui.window import MainWindow
from annotator.gui.work.grammar import MakeEvent
from annotator.gui.work.linking import INHERITED
from annotator.resources import samples
from annotator.store.corpus import SETTINGS, Corpus
from annotator.store.sidecar import sidecar_path
from annotator.tasks.importing import import_corpus
from annotator.tasks.opening import open_article

SIZE = (1280, 800)


class Replay:
    """Makes one article after another as its gold has it."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self._made: dict[str, str] = {}
        self._same: dict[str, tuple[str, ...]] = {}

    def article(self, gold: Document) -> None:
        self._made = {}
        self._same = {member: cluster.members for cluster in gold.clusters.values() for member in cluster.members}
        for event in _fillers_first(gold):
            self._event(gold, event)
        for entity in sorted(gold.entities.values(), key=lambda item: (item.spans, item.id)):
            if entity.id not in self._made:
                self._entity(entity)
        self._relations(gold)

    def _unite(self, identifier: str) -> None:
        """Say of what was just made that it is the same as what was made before."""
        person = self.person
        before = [self._made[member] for member in self._same.get(identifier, ()) if member != identifier and member in self._made]
        found = person.session.document.annotation(before[-1]) if before else None
        if found is not None:
            person.link("+", found)

    def _relations(self, gold: Document) -> None:
        """What is linked last begins the next link."""
        person, schema = self.person, self.person.session.schema
        while gold.relations and person.session.frame is not None:
            person.press(Qt.Key.Key_Escape)
        linked = ""
        for relation in gold.relations.values():
            source, target = (person.session.document.annotation(self._made[end]) for end in (relation.source, relation.target))
            known = schema.relation(relation.type)
            if source is None or target is None or known is None:
                continue
            if source.id != linked:
                person.choose(source)
            person.link(">", target)
            person.pick(known.key)
            linked = target.id

    def _event(self, gold: Document, event: Event) -> None:
        person, schema = self.person, self.person.session.schema
        known = schema.event(event.type)
        if known is None:
            return
        before = set(person.session.document.events)
        person.select(event.spans)
        # A leader and a letter are two strokes; Space is one, where the guess in the bottom line is right.
        if " " in known.key and person.guess() == MakeEvent(event.type):
            self._insist(Qt.Key.Key_Space)
        else:
            self._insist(*known.key.replace(" ", ""))
        made = person.made(before, Event)
        if made is None:
            return
        self._made[event.id] = made.id
        self._describe(event, made)
        self._unite(event.id)
        inherited = self._inherit(event, made.id)
        for argument in sorted(event.arguments, key=lambda held: self._place(gold, held.target)):
            if argument in inherited:
                continue
            target, role = gold.annotation(argument.target), known.role(argument.role)
            if target is not None and role is not None:
                self._argument(target, role, known)

    def _inherit(self, event: Event, made: str) -> list[Argument]:
        """Take Time and Place from the event before, where that gives nothing that does not belong here; what it gave."""
        session = self.person.session
        try:
            after = links.inherit(session.document, made, roles=INHERITED, schema=session.schema).changes[0].after
        except AnnotatorError:
            return []
        given = {(argument.role, argument.target) for argument in after.arguments} if isinstance(after, Event) else set()
        wanted = {(argument.role, self._made.get(argument.target, "")): argument for argument in event.arguments}
        if not given or not given <= wanted.keys():
            return []
        self.person.press("=")
        return [wanted[pair] for pair in given]

    def _argument(self, target: Annotation, role: EventRole, known: EventType) -> None:
        """Let what lies at the target's place fill a role; Tab gives a new filler the right type."""
        person = self.person
        types = [*role.fillers, *role.rare]
        is_new = target.id not in self._made
        if is_new and target.type not in types and isinstance(target, Entity):
            self._entity(target)
            is_new = False
        before = set(person.session.document.entities)
        person.select(target.spans)
        self._insist(role.key)
        made = person.made(before, Entity) if is_new else None
        if made is not None:
            self._made[target.id] = made.id
            away = (types.index(target.type) - types.index(made.type)) % len(types)
            wanted = person.session.schema.entity(target.type)
            # Far down the list the type's own key is nearer than Tab.
            person.press(*(["*", wanted.key] if away > 2 and wanted is not None else [Qt.Key.Key_Tab] * away))
            self._describe(target, made)
            self._unite(target.id)

    def _entity(self, entity: Entity) -> None:
        person = self.person
        known = person.session.schema.entity(entity.type)
        if known is None:
            return
        before = set(person.session.document.entities)
        person.select(entity.spans)
        self._insist(known.key.upper())
        made = person.made(before, Entity)
        if made is not None:
            self._made[entity.id] = made.id
            self._describe(entity, made)
            self._unite(entity.id)

    def _insist(self, *keys: str | Qt.Key) -> None:
        """Press keys; where they are refused, the last stroke's keys once more force them."""
        self.person.press(*keys)
        if self.person.refused():
            self.person.press(*keys)

    def _describe(self, wanted: Annotation, made: Annotation) -> None:
        """Attributes and flag of what was just made."""
        session = self.person.session
        on = session.schema.attributes_on("event" if isinstance(wanted, Event) else "entity")
        held = dict(wanted.attributes)
        for attribute in on:
            values = [value.name for value in attribute.values]
            wish = held.get(attribute.name, attribute.default)
            if wish in values and attribute.default in values and attribute.key:
                self.person.press(*[attribute.key] * ((values.index(wish) - values.index(attribute.default)) % len(values)))
        if wanted.flag == "question":
            self.person.choose(made)
            if self.person.mode == "keyboard":
                self.person.press(Qt.Key.Key_Up, modifiers=Qt.KeyboardModifier.ControlModifier)
                self.person.press(Qt.Key.Key_Down, modifiers=Qt.KeyboardModifier.ControlModifier)
            self.person.press(Qt.Key.Key_M, modifiers=Qt.KeyboardModifier.ControlModifier)

    def _place(self, gold: Document, identifier: str) -> tuple[tuple[int, int], ...]:
        found = gold.annotation(identifier)
        return found.spans if found else ()


def _fillers_first(gold: Document) -> list[Event]:
    """The events in reading order, but one that fills a role of another before that one."""
    order: dict[str, Event] = {}

    def add(event: Event) -> None:
        for argument in event.arguments:
            if argument.target in gold.events:
                add(gold.events[argument.target])
        order.setdefault(event.id, event)

    for event in sorted(gold.events.values(), key=lambda item: (item.spans, item.id)):
        add(event)
    return list(order.values())


def content(document: Document) -> Counter[object]:
    """What is compared: annotations by type, spans, flag and attributes, and events with their fillers by what they are, not by id."""

    def said(item: Annotation | None) -> object:
        return (type(item).__name__, item.type, item.spans, item.flag, item.attributes) if item else None

    held: Counter[object] = Counter(said(item) for item in document.entities.values())
    for event in document.events.values():
        fillers = sorted(repr((argument.role, said(document.annotation(argument.target)))) for argument in event.arguments)
        held[said(event), tuple(fillers)] += 1
    for relation in document.relations.values():
        held[relation.type, said(document.annotation(relation.source)), said(document.annotation(relation.target))] += 1
    for cluster in document.clusters.values():
        held["cluster", frozenset(map(said, map(document.annotation, cluster.members)))] += 1
    return held


def gather(options: argparse.Namespace, work: Path) -> tuple[Path, list[str]]:
    """A folder with the gold and the names of its finished articles."""
    if options.brat is None:
        shutil.copytree(samples(), work / "gold")
    else:
        chosen = sorted(options.brat.glob("*.ann"))[: options.documents]
        (work / "brat").mkdir()
        for ann in chosen:
            for path in (ann, ann.with_suffix(".txt")):
                shutil.copy(path, work / "brat")
        import_corpus("brat", work / "brat", work / "gold", schema=options.schema)
    found = Corpus.open(work / "gold")
    names = [path.relative_to(found.root).as_posix() for path in found.articles() if sidecar_path(path).exists()]
    return work / "gold", sorted(names)[: options.documents]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--brat", type=Path)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--mode", choices=("mouse", "keyboard"), default="mouse")
    parser.add_argument("--hook", choices=("none", "telex", "vni"), default="none")
    parser.add_argument("--schema", default="bkee")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="replay-") as folder:
        os.environ["ANNOTATOR_HOME"] = str(Path(folder) / "home")
        return replay(options, Path(folder), options.mode)


def _without_labels(gold: Path, names: list[str], again: Path) -> Path:
    """A folder of the same articles with nothing labelled, and with the settings of their folders."""
    settings = [path.relative_to(gold).as_posix() for pattern in (SETTINGS, "*.md") for path in gold.rglob(pattern)]
    for name in (*names, *settings):
        (again / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(gold / name, again / name)
    return again


def _next_article(window: MainWindow, person: Person, *, is_first: bool) -> Path:
    """Go on to the next article by key: a stroke like any other. The first one is opened with the folder."""
    before = window.session.path if window.session else None
    if is_first:
        wait_until(lambda: window.session is not None and window.corpus_panel.count() > 0)
    else:
        person.press(Qt.Key.Key_PageDown, modifiers=Qt.KeyboardModifier.ControlModifier)
    if not wait_until(lambda: window.session is not None and window.session.path != before) or window.session is None:
        sys.exit(f"no article opened behind {before}")
    return window.session.path


def replay(options: argparse.Namespace, work: Path, mode: Mode) -> int:
    gold_folder, names = gather(options, work)
    again = _without_labels(gold_folder, names, work / "again")
    if options.brat is not None:
        (again / SETTINGS).write_text(f'schema = "{options.schema}"\n', encoding="utf-8")
    hush_platform()
    window = open_window([], restore=False)
    window.resize(*SIZE)
    hook = None if options.hook == "none" else Hook(options.hook)
    application = QApplication.instance()
    if hook is not None and application is not None:
        application.installEventFilter(hook)
    person = Person(window, mode)
    maker = Replay(person)
    annotations = differences = 0
    window.open_paths([again])
    for rank in range(len(names)):
        path = _next_article(window, person, is_first=rank == 0)
        name = path.relative_to(again).as_posix()
        gold = open_article(gold_folder / name).document
        maker.article(gold)
        wait_until(lambda: person.session.is_saved)
        made = open_article(again / name).document
        apart = (content(gold) - content(made)) + (content(made) - content(gold))
        for what in list(apart)[:3]:
            print(f"{name}: {what}", file=sys.stderr)
        differences += apart.total()
        annotations += len(gold.entities) + len(gold.events) + sum(len(event.arguments) for event in gold.events.values())
    window.close()
    wait_until(lambda: not window.isVisible())
    print(json.dumps({"documents": len(names), "annotations": annotations, "strokes": person.strokes,
                      "per_annotation": round(person.strokes / max(1, annotations), 3), "differences": differences}))  # fmt: skip
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
