"""Suggestions taken over: what a person has already gains what it lacked, nothing stands there twice, undo brings all back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.core import commands, links
from annotator.core.accepting import accept
from annotator.core.checks import check
from annotator.core.document import Document, references
from annotator.core.edits import Change, Edit, apply
from annotator.core.model import HUMAN, Annotation, Argument, Entity, Event
from annotator.core.proposals import propose
from annotator.core.suggestions import is_suggestion, place_of, suggestions_in
from tests.strategies import SCHEMA, documents, everything, plain_document

CONTENT = "Công an bắt Nguyễn Văn A và Trần B hôm qua ."
ONE, OTHER = "model:crf", "model:another"
POLICE, MAN = Entity("x1", "ORG", ((0, 7),)), Entity("x2", "PER", ((12, 24),))
ARREST = Event("y1", "Arrest-Jail", ((8, 11),), (Argument("Agent", "x1"), Argument("Person", "x2")))
FOUND = (POLICE, MAN, ARREST)


def begun() -> Document:
    """A person tagged the man and his arrest; a model knows the police too."""
    document = plain_document(CONTENT)
    apply(document, commands.tag(document, [(12, 24)], "PER"))
    apply(document, commands.tag_event(document, [(8, 11)], "Arrest-Jail"))
    apply(document, links.add_argument(document, "E1", "Person", target="T1", schema=SCHEMA, force=True))
    return document


def said(event: Event) -> set[tuple[str, str]]:
    return {(argument.role, argument.target) for argument in event.arguments}


def test_the_event_of_a_person_gains_the_arguments_that_she_accepts() -> None:
    document = begun()
    apply(document, propose(document, SCHEMA, FOUND, origin=ONE).edit)
    assert said(document.events["E1"]) == {("Person", "T1")} and said(document.events["E2"]) == {("Agent", "T2")}
    before = everything(document)
    back = apply(document, accept(document, SCHEMA, ["E2"]))
    assert list(document.events) == ["E1"] and said(document.events["E1"]) == {("Person", "T1"), ("Agent", "T2")}
    assert not suggestions_in(document) and not propose(document, SCHEMA, FOUND, origin=ONE).edit
    apply(document, back)
    assert everything(document) == before


def test_arguments_that_were_refused_do_not_come_back() -> None:
    document = begun()
    apply(document, propose(document, SCHEMA, FOUND, origin=ONE).edit)
    apply(document, commands.remove(document, ["E2"]))
    for origin in (ONE, OTHER):
        apply(document, propose(document, SCHEMA, FOUND, origin=origin).edit)
    assert list(document.events) == ["E1"] and said(document.events["E1"]) == {("Person", "T1")}


def test_arguments_that_a_person_adds_herself_are_no_longer_suggested() -> None:
    document = begun()
    apply(document, propose(document, SCHEMA, FOUND, origin=ONE).edit)
    apply(document, links.add_argument(document, "E1", "Agent", target="T2", schema=SCHEMA, force=True))
    apply(document, propose(document, SCHEMA, FOUND, origin=ONE).edit)
    assert list(document.events) == ["E1"]


def test_what_two_models_found_is_one_annotation_once_one_of_them_is_accepted() -> None:
    document = plain_document(CONTENT)
    for origin in (ONE, OTHER):
        apply(document, propose(document, SCHEMA, FOUND, origin=origin).edit)
    assert len(document.entities) == 4 and len(document.events) == 2
    apply(document, accept(document, SCHEMA, ["E2"]))
    assert len(document.entities) == 2 and len(document.events) == 1 and not suggestions_in(document)
    assert not [problem for problem in check(document, SCHEMA) if problem.code == "annotated-twice"]


def test_a_note_on_a_suggestion_is_not_lost_with_it() -> None:
    document = plain_document(CONTENT)
    for origin in (ONE, OTHER):
        apply(document, propose(document, SCHEMA, [MAN], origin=origin).edit)
    apply(document, commands.set_note(document, "T2", "hỏi lại"))
    apply(document, accept(document, SCHEMA, ["T1"]))
    assert document.entities["T2"].note == "hỏi lại"


def test_no_event_becomes_its_own_filler() -> None:
    document = plain_document(CONTENT)
    places = {"E1": (8, 11), "E2": (28, 34)}
    mine = [Event(name, "Attack", (span,)) for name, span in places.items()]
    theirs = [
        Event("E3", "Attack", (places["E1"],), (Argument("Target", "E2"),), origin=ONE),
        Event("E4", "Attack", (places["E2"],), (Argument("Target", "E1"),), origin=ONE),
    ]
    apply(document, Edit("make", tuple(Change("events", item.id, None, item) for item in (*mine, *theirs))))
    apply(document, accept(document, SCHEMA, ["E3", "E4"]))
    assert said(document.events["E1"]) == {("Target", "E2")} and said(document.events["E4"]) == {("Target", "E1")}
    assert not _circles(document)


@given(documents(), st.data())
def test_nothing_stands_twice_nothing_is_lost_and_undo_restores(document: Document, data: st.DataObject) -> None:
    found = list(document.annotations())
    proposed = [item for item in found if data.draw(st.booleans())]
    apply(document, Edit("propose", tuple(Change(place_of(item)[0], item.id, item, replace(item, origin=ONE)) for item in proposed)))
    again = [replace(item, extra=()) for item in found if data.draw(st.booleans())]
    ids = {item.id for item in again}
    whole = [
        replace(item, arguments=tuple(held for held in item.arguments if held.target in ids)) if isinstance(item, Event) else item
        for item in again
    ]
    apply(document, propose(document, SCHEMA, whole, origin=OTHER).edit)
    chosen = [item.id for item in suggestions_in(document) if data.draw(st.booleans())]
    before, humans = everything(document), _places(document, HUMAN)
    everyone, circles = {place_of(item) for item in document.annotations()}, _circles(document)
    back = apply(document, accept(document, SCHEMA, chosen))
    # Whatever was there is there still, as the person's where it was taken over, and only her own doubles of before are doubles.
    assert {place_of(item) for item in document.annotations()} == everyone
    assert _circles(document) <= circles
    after = _places(document, HUMAN)
    assert all(number <= max(1, humans[place]) for place, number in after.items())
    held = {item.id for item in document.annotations()}
    users = [*document.events.values(), *document.relations.values(), *document.clusters.values()]
    assert {target for user in users for target in references(user)} <= held
    assert all(not is_suggestion(item) for identifier in chosen if (item := document.annotation(identifier)) is not None)
    apply(document, back)
    assert everything(document) == before


def _places(document: Document, origin: str) -> Counter[object]:
    items: list[Annotation] = list(document.annotations())
    return Counter(place_of(item) for item in items if item.origin == origin)


def _circles(document: Document) -> set[str]:
    """The events that fill themselves, directly or through others."""
    return {
        event.id
        for event in document.events.values()
        if any(links.reaches(argument.target, event.id, lookup=document.annotation) for argument in event.arguments)
    }
