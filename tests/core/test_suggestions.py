"""Suggestions answered: what a person does to one makes it the person's or refuses it, and neither comes back with the same output."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import commands, links
from annotator.core.accepting import accept
from annotator.core.checks import check
from annotator.core.document import Document, references
from annotator.core.edits import Change, Edit, apply
from annotator.core.model import HUMAN, Annotation, Argument, Entity, Event, Item
from annotator.core.proposals import propose
from annotator.core.suggestions import is_suggestion, model_of, place_of, score_of, suggestions_in
from tests.strategies import SCHEMA, Step, documents, everything, make_edit, plain_document, steps

CONTENT = "Công an bắt Nguyễn Văn A và Trần B hôm qua ."
ORIGIN = "model:crf"
POLICE, MAN = Entity("x1", "ORG", ((0, 7),)), Entity("x2", "PER", ((12, 24),), extra=(("score", "0.875"),))
ARREST = Event("y1", "Arrest-Jail", ((8, 11),), (Argument("Agent", "x1"), Argument("Person", "x2")))
FOUND = (POLICE, MAN, ARREST)


def proposed() -> Document:
    document = plain_document(CONTENT)
    apply(document, propose(document, SCHEMA, FOUND, origin=ORIGIN).edit)
    return document


def origins(document: Document) -> dict[str, str]:
    return {item.id: item.origin for item in document.annotations()}


def comes_again(document: Document) -> int:
    return propose(document, SCHEMA, FOUND, origin=ORIGIN).added


def test_an_event_is_taken_over_with_what_fills_it() -> None:
    document = proposed()
    apply(document, accept(document, SCHEMA, ["E1"]))
    assert origins(document) == {"T1": HUMAN, "E1": HUMAN, "T2": HUMAN}


def test_a_filler_is_taken_over_by_itself() -> None:
    document = proposed()
    apply(document, accept(document, SCHEMA, ["T2"]))
    assert origins(document) == {"T1": ORIGIN, "E1": ORIGIN, "T2": HUMAN}


@pytest.mark.parametrize("origin", [ORIGIN, "model:another"])
def test_what_was_deleted_does_not_come_back_whoever_proposes_it(origin: str) -> None:
    document = proposed()
    before = everything(document)
    back = apply(document, commands.remove(document, ["T2"]))
    again = propose(document, SCHEMA, FOUND, origin=origin)
    assert again.refused == 1 and "T2" not in origins(document) and not again.dropped
    apply(document, again.edit)
    assert [item for item in document.entities.values() if item.type == "PER"] == []
    apply(document, again.edit.inverse())
    apply(document, back)
    assert everything(document) == before and not propose(document, SCHEMA, FOUND, origin=ORIGIN).edit


def test_a_retyped_or_moved_suggestion_is_human_and_its_old_shape_stays_away() -> None:
    document = proposed()
    apply(document, commands.retype(document, ["T2"], "ORG"))
    apply(document, commands.resize(document, "T1", [(0, 4)]))
    assert origins(document) == {"T1": HUMAN, "E1": ORIGIN, "T2": HUMAN}
    assert comes_again(document) == 0
    apply(document, propose(document, SCHEMA, FOUND, origin=ORIGIN).edit)
    assert sorted(document.entities) == ["T1", "T2"]


def test_a_head_an_attribute_an_argument_or_a_link_make_it_human() -> None:
    for edit in (
        lambda document: commands.set_head(document, "T2", (12, 18)),
        lambda document: commands.set_attribute(document, ["T2"], "Polarity", value="Negative"),
        lambda document: links.relate(document, "T2", "T1", type_name="X", schema=SCHEMA, force=True),
        lambda document: links.unite(document, "T2", "T1"),
        lambda document: links.remove_argument(document, "E1", document.events["E1"].arguments[0]),
    ):
        document = proposed()
        apply(document, edit(document))
        assert origins(document)["T2"] == HUMAN


def test_doubt_and_notes_are_questions_not_answers() -> None:
    document = proposed()
    apply(document, commands.set_flag(document, ["T1"], "question"))
    apply(document, commands.set_note(document, "T2", "hỏi lại"))
    assert set(origins(document).values()) == {ORIGIN}


def test_checks_are_silent_about_suggestions() -> None:
    document = plain_document(CONTENT)
    strange = Entity("x", "NO-SUCH-TYPE", ((1, 3),))
    apply(document, propose(document, SCHEMA, [strange], origin=ORIGIN).edit)
    assert check(document, SCHEMA) == []
    apply(document, accept(document, SCHEMA, ["T1"]))
    assert check(document, SCHEMA)


def test_score_and_model_are_read() -> None:
    document = proposed()
    assert score_of(document.entities["T2"]) == 0.875 and score_of(document.entities["T1"]) is None
    assert score_of(replace(MAN, extra=(("score", "[1"),))) is None
    assert model_of(document.entities["T2"]) == "crf" and model_of(replace(MAN, origin=HUMAN)) == ""
    assert [item.id for item in suggestions_in(document, (0, 10))] == ["T1", "E1"]
    assert [item.id for item in suggestions_in(document)] == ["T1", "E1", "T2"]


@given(documents(), st.lists(steps, max_size=8), st.data())
def test_whatever_a_person_does_nothing_answered_comes_back(document: Document, taken: list[Step], data: st.DataObject) -> None:
    changes = []
    for item in list(document.annotations()):
        if data.draw(st.booleans()):
            changes.append(Change(place_of(item)[0], item.id, item, replace(item, origin=ORIGIN)))
    apply(document, Edit("propose", tuple(changes)))
    found = suggestions_in(document)
    # What a person took over and only then deleted or moved was never refused as a suggestion.
    own: set[object] = set()
    for step in taken:
        before = everything(document)
        edit = make_edit(document, step)
        if edit is None:
            continue
        held = {item.id: item for item in suggestions_in(document)}
        back = apply(document, edit)
        _holds(document, edit, held)
        apply(document, back)
        assert everything(document) == before
        apply(document, edit)
        humans = [change.before for change in edit.changes if isinstance(change.before, Annotation) and not is_suggestion(change.before)]
        own |= {place_of(item) for item in humans}
    open_before = {place_of(item) for item in suggestions_in(document)}
    answered = [item for item in found if place_of(item) not in open_before | own]
    lonely = [replace(item, arguments=()) if isinstance(item, Event) else item for item in answered]
    assert propose(document, SCHEMA, lonely, origin="model:other").added == 0


def _holds(document: Document, edit: Edit, held: dict[str, Annotation]) -> None:
    """What an edit made of a person's names no suggestion; what it took from its place is remembered."""
    for change in edit.changes:
        after = change.after
        if isinstance(after, Item) and not is_suggestion(after) and edit.name not in ("delete", "resize"):
            assert not any(is_suggestion(document.annotation(target)) for target in references(after)), (edit, after)
    for identifier, item in held.items():
        now = document.annotation(identifier)
        if now is None or (now.type, now.spans) != (item.type, item.spans):
            assert propose(document, SCHEMA, [_alone(item)], origin=ORIGIN).added == 0


def _alone(item: Annotation) -> Annotation:
    return replace(item, arguments=()) if isinstance(item, Event) else item
