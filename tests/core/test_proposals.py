"""A model's suggestions beside what people made: nothing of a human's moves, the model's own of before gives way, undo restores."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.core import commands
from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.model import HUMAN, Annotation, Argument, Entity, Event
from annotator.core.proposals import propose
from annotator.core.schema import Schema
from annotator.core.text import Text
from tests.formats.articles import SCHEMA, documents, said, source_of

CONTENT = "Công an bắt Nguyễn Văn A và Trần B hôm qua ."
ORIGIN = "model:crf"


def made(*items: Annotation) -> Document:
    document = Document(Text(CONTENT), source_of(CONTENT))
    apply(document, Edit("make", tuple(Change(commands.layer_of(item), item.id, None, item) for item in items)))
    return document


def annotations(document: Document) -> list[Annotation]:
    return [*document.entities.values(), *document.events.values()]


POLICE, MAN, OTHER = Entity("x1", "ORG", ((0, 7),)), Entity("x2", "PER", ((12, 24),)), Entity("x3", "PER", ((28, 34),))
ARREST = Event("y1", "Attack", ((8, 11),), (Argument("Agent", "x1"), Argument("Victim", "x2")))


def test_what_a_model_found_is_added_under_its_name_and_taken_back() -> None:
    document = made()
    before = said(document)
    proposal = propose(document, SCHEMA, [POLICE, MAN, ARREST], origin=ORIGIN)
    back = apply(document, proposal.edit)
    assert (proposal.added, proposal.human, proposal.removed) == (3, 0, 0)
    assert {item.origin for item in annotations(document)} == {ORIGIN}
    (event,) = document.events.values()
    fillers = [(held.role, document.entities[held.target].spans) for held in event.arguments]
    assert fillers == [("Agent", ((0, 7),)), ("Victim", ((12, 24),))]
    apply(document, back)
    assert said(document) == before


def test_a_human_annotation_is_not_suggested_again_and_its_event_not_touched() -> None:
    document = made(replace(MAN, id="T7"), Event("E1", "Attack", ((8, 11),), (Argument("Victim", "T7"),)))
    proposal = propose(document, SCHEMA, [POLICE, MAN, ARREST], origin=ORIGIN)
    held = document.events["E1"]
    apply(document, proposal.edit)
    assert (proposal.added, proposal.human) == (2, 1) and document.events["E1"] == held
    # The victim is there already; the agent is proposed beside what the person made.
    assert document.events["E2"] == replace(held, id="E2", arguments=(Argument("Agent", "T8"),), origin=ORIGIN)
    assert not propose(document, SCHEMA, [POLICE, MAN, ARREST], origin=ORIGIN).edit


def test_the_same_output_again_changes_nothing_and_another_replaces_it() -> None:
    document = made()
    apply(document, propose(document, SCHEMA, [POLICE, MAN, ARREST], origin=ORIGIN).edit)
    again = propose(document, SCHEMA, [POLICE, MAN, ARREST], origin=ORIGIN)
    assert not again.edit and again.again == 3
    apply(document, propose(document, SCHEMA, [OTHER], origin="model:other").edit)
    later = propose(document, SCHEMA, [OTHER], origin=ORIGIN)
    apply(document, later.edit)
    assert (later.added, later.removed) == (1, 3)
    assert sorted((item.type, item.origin) for item in annotations(document)) == [("PER", ORIGIN), ("PER", "model:other")]


def test_a_suggestion_that_someone_works_with_stays() -> None:
    document = made()
    apply(document, propose(document, SCHEMA, [POLICE, MAN, OTHER], origin=ORIGIN).edit)
    police, man, other = document.entities
    apply(document, commands.set_flag(document, [police], "question"))
    apply(document, Edit("make", (Change("events", "E1", None, Event("E1", "Attack", ((8, 11),), (Argument("Victim", man),))),)))
    proposal = propose(document, SCHEMA, [], origin=ORIGIN)
    apply(document, proposal.edit)
    assert (proposal.kept, proposal.removed) == (2, 1) and set(document.entities) == {police, man} and other not in document.entities


def test_a_score_stays_with_its_item_and_a_new_one_replaces_it() -> None:
    document = made()
    for score in ("0.5", "0.75"):
        apply(document, propose(document, SCHEMA, [replace(MAN, extra=(("score", score),))], origin=ORIGIN).edit)
    assert [item.extra for item in document.entities.values()] == [(("score", "0.75"),)]


@given(documents(), st.data())
def test_humans_stay_undo_restores_and_twice_is_once(document: Document, data: st.DataObject) -> None:
    found = [replace(item, extra=()) for item in annotations(document) if data.draw(st.booleans())]
    ids = {item.id for item in found}
    items: list[Annotation] = [
        replace(item, arguments=tuple(held for held in item.arguments if held.target in ids)) if isinstance(item, Event) else item
        for item in found
    ]
    origin = data.draw(st.sampled_from([ORIGIN, "model:từ điển"]))
    before = said(document)
    humans = {item.id: item for item in annotations(document) if item.origin == HUMAN}
    proposal = propose(document, SCHEMA, items, origin=origin)
    assert proposal.added + proposal.again + proposal.human + proposal.repeated == len(items)
    back = apply(document, proposal.edit)
    assert humans == {item.id: item for item in annotations(document) if item.origin == HUMAN}
    placed = {(type(item), item.type, item.spans) for item in annotations(document)}
    assert {(type(item), item.type, item.spans) for item in items} <= placed
    targets = {held.target for event in document.events.values() for held in event.arguments}
    assert targets <= {item.id for item in annotations(document)}
    assert not propose(document, Schema("none"), items, origin=origin).removed
    assert not propose(document, SCHEMA, items, origin=origin).edit
    apply(document, back)
    assert said(document) == before
