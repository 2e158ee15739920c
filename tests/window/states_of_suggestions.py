"""States with a model's suggestions: in the text, selected, in the list by origin, and while a file of them comes in."""

from __future__ import annotations

import json

from PySide6.QtWidgets import QDialog, QWidget

from annotator.core.model import Argument, Entity, Event
from annotator.core.proposals import propose
from annotator.core.suggestions import suggestions_in
from annotator.gui.dialogs.proposals import ProposalsDialog
from annotator.gui.hands import wait_until

from .conftest import Sitting, settle
from .state_table import dialog, state


def _suggest(s: Sitting) -> None:
    """A few suggestions of a model named in words of the article, with scores."""
    document, score = s.session.document, (("score", "0.875"),)
    if not suggestions_in(document):
        event = next(item.name for item in s.session.schema.events)
        found = [
            Entity("a", "PER", (s.find("Lê Hòa"),), extra=score),
            Entity("b", s.session.schema.entities[0].name, (s.find("Tòa án"),), extra=score),
            Event("c", event, (s.find("tử vong"),), extra=score),
        ]
        s.session.do(propose(document, s.session.schema, found, origin="model:Bà Lan").edit)
    settle()


@state("suggestion selected")
def _selected(s: Sitting) -> QWidget:
    _suggest(s)
    s.window.control.jump(suggestions_in(s.session.document)[0].id)
    return s.window


@state("suggested arguments")
def _arguments(s: Sitting) -> QWidget:
    """What a model knows beyond a person's event: a second one at its words, selected."""
    document, schema = s.session.document, s.session.schema
    mine = next(event for event in document.events.values() if event.spans == (s.find("bắt"),))
    frame, filled = schema.event(mine.type), {held.role for held in mine.arguments}
    assert frame is not None
    lacking = Argument(next(held.role for held in frame.roles if held.role not in filled), "a")
    found = [Entity("a", "ORG", (s.find("Công an"),)), Event("b", mine.type, mine.spans, (lacking,), extra=(("score", "0.875"),))]
    s.session.do(propose(document, schema, found, origin="model:Bà Lan").edit)
    settle()
    s.window.control.jump(next(item.id for item in suggestions_in(document) if isinstance(item, Event) and item.spans == mine.spans))
    return s.window


@state("list of suggestions")
def _listed(s: Sitting) -> QWidget:
    _suggest(s)
    box = s.window.annotations.findChild(QWidget, "origins")
    assert box is not None
    box.setCurrentIndex(box.findData("suggested"))  # type: ignore[attr-defined]
    box.picked.emit("suggested")  # type: ignore[attr-defined]
    return s.window


@state("suggestions menu")
def _menu(s: Sitting) -> QWidget:
    menu = s.window.menus.menus["suggestions"]
    menu.popup(s.window.mapToGlobal(s.window.rect().center()))
    return menu


def _dialog(s: Sitting) -> QDialog:
    corpus = s.window.desk.corpus
    assert corpus is not None
    return ProposalsDialog(s.window.look, corpus, s.folder / "a.json", add_here=lambda report: None, leave=s.session.path, parent=s.window)


def _imported(s: Sitting) -> QDialog:
    """The account of an import that could not bring everything back."""
    empty: dict[str, list[str]] = {name: [] for name in ("entity_mentions", "relation_mentions", "event_mentions")}
    sentence = {"doc_id": "a", "sent_id": "a-0", "tokens": ["Bà", "Lan"], **empty}
    (s.folder / "a.json").write_text(json.dumps(sentence), encoding="utf-8")
    made = _dialog(s)
    assert isinstance(made, ProposalsDialog)
    made.run()
    assert wait_until(lambda: not made.stream.is_running), made.message()
    return made


dialog("import of suggestions", _dialog)
dialog("suggestions imported", _imported)
