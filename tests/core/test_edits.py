"""Laws of edits: each is taken back exactly, fits whole or not at all, and a document is never more than its plain layers say."""

from __future__ import annotations

import os
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.document import PREFIX, RETIRED, Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.errors import AnnotatorError
from annotator.core.history import History
from annotator.core.model import Annotation, Entity, Item, Key, Layer, Value
from tests.strategies import Step, contents, documents, everything, make_edit, plain_document, steps, used

# The whole comparison runs this many random edits; two million is the figure for a night.
EDITS = int(os.environ.get("ANNOTATOR_EDITS", "4000"))
TEXT = (
    "Hôm 29/8 , Công an tỉnh bắt ông Nguyễn_Văn_A 👨‍👩‍👧 vì giao_lưu .\r\nÔng Thi , Cường , Minh tử vong tại Hà Nội .\n\n"
    "Không ai bị bắt .\nCông an tỉnh giao_lưu quốc_phòng ."
)


@given(documents(), steps)
def test_an_edit_and_its_inverse_leave_the_document_as_it_was(document: Document, step: Step) -> None:
    before = everything(document)
    edit = make_edit(document, step)
    assert everything(document) == before, "a command must not touch the document"
    if edit is not None:
        back = apply(document, edit)
        assert back == edit.inverse() and back.inverse() == edit
        assert apply(document, back) == edit
        assert everything(document) == before


@given(documents(), steps, st.integers(0, 99))
def test_an_edit_that_does_not_fit_is_refused_whole(document: Document, step: Step, rank: int) -> None:
    edit = make_edit(document, step)
    if not edit:
        return
    place = rank % len(edit.changes)
    changes = list(edit.changes)
    changes[place] = replace(changes[place], before="something else")
    before = everything(document)
    with pytest.raises(AnnotatorError, match="edit-does-not-fit"):
        apply(document, Edit(edit.name, tuple(changes)))
    assert everything(document) == before


def test_an_annotation_without_spans_is_refused_whole() -> None:
    document = plain_document("một hai")
    before = everything(document)
    good = Change("entities", "T1", None, Entity("T1", "PER", ((0, 3),)))
    with pytest.raises(AnnotatorError, match="nothing-selected"):
        apply(document, Edit("import", (good, Change("entities", "T2", None, Entity("T2", "PER", ())))))
    assert everything(document) == before


@given(documents(edits=0), st.lists(steps, max_size=25))
def test_undoing_all_and_redoing_all_passes_the_same_states(document: Document, given_steps: list[Step]) -> None:
    history, states = History(document), [everything(document)]
    for step in given_steps:
        edit = make_edit(document, step)
        if edit:
            history.do(edit)
            states.append(everything(document))
    for state in reversed(states[:-1]):
        assert history.undo() is not None
        assert everything(document) == state
    assert history.undo() is None and history.undoable is None
    for state in states[1:]:
        assert history.redo() is not None
        assert everything(document) == state
    assert history.redo() is None and history.redoable is None


def test_doing_something_else_forgets_what_could_be_redone() -> None:
    document = plain_document("một hai ba")
    history = History(document)
    for number in (0, 4):
        edit = make_edit(document, (0, number, 2, 0))
        assert edit is not None
        history.do(edit)
    history.undo()
    history.do(Edit("nothing", ()))
    assert history.redoable is not None, "an edit that changes nothing leaves no trace"
    again = make_edit(document, (0, 8, 1, 0))
    assert again is not None
    history.do(again)
    assert history.redoable is None


@given(documents(edits=0), st.lists(st.tuples(steps, st.sampled_from(("do", "do", "do", "undo", "redo"))), max_size=40))
def test_an_id_means_one_thing_for_ever(document: Document, moves: list[tuple[Step, str]]) -> None:
    """What was once said under an id is all that ever bears it, through deleting, undoing and redoing."""
    history = History(document)
    given_ids: set[str] = set()
    for step, move in moves:
        if move == "do":
            edit = make_edit(document, step)
            if edit is None:
                continue
            made = {str(change.id) for change in edit.changes if change.before is None and isinstance(change.after, Item)}
            assert not made & given_ids
            given_ids |= made
            history.do(edit)
        else:
            history.undo() if move == "undo" else history.redo()


@given(documents(edits=20), st.lists(steps, max_size=12))
def test_an_id_deleted_is_not_given_again_after_the_file_was_closed(document: Document, given_steps: list[Step]) -> None:
    """Only what is written counts then: a fresh document with the same layers."""
    gone: set[Key] = set()
    for step in given_steps:
        edit = make_edit(document, step)
        if edit:
            gone |= {change.id for change in edit.changes if change.after is None and change.layer in PREFIX}
            apply(document, edit)
    reopened = plain_document(document.text.content)
    apply(reopened, Edit("open", tuple(_written(document))))
    for layer in PREFIX:
        assert reopened.new_id(layer) not in gone


def test_changes_of_one_edit_may_build_on_each_other() -> None:
    document = plain_document("một hai")
    first, second = (Entity("T1", name, ((0, 3),)) for name in ("PER", "ORG"))
    back = apply(document, Edit("import", (Change("entities", "T1", None, first), Change("entities", "T1", first, second))))
    assert document.entities == {"T1": second}
    apply(document, back)
    assert document.entities == {} and list(document.index.in_order()) == []


@given(documents(edits=30), st.lists(steps.map(lambda step: (15, *step[1:])), max_size=4))
def test_deleting_leaves_nothing_dangling(document: Document, given_steps: list[Step]) -> None:
    for step in given_steps:
        edit = make_edit(document, step)
        if edit:
            apply(document, edit)
        assert all(document.annotation(target) for target in used(document))
        assert all(len(cluster.members) > 1 for cluster in document.clusters.values())


def test_a_document_equals_a_plain_model_after_any_edits() -> None:
    """Layers, order, index, links and history against dictionaries that are copied whole at every step."""
    random, document = Random(20), plain_document(TEXT, pairs=0b1001)
    history, states, model, rank = History(document), [contents(document)], contents(document), 0
    for _ in range(EDITS):
        kind = random.random()
        if kind < 0.12 and rank:
            history.undo()
            rank -= 1
            model = _copy(states[rank])
        elif kind < 0.2 and rank < len(states) - 1:
            history.redo()
            rank += 1
            model = _copy(states[rank])
        else:
            edit = make_edit(document, _step(random, document))
            if edit:
                history.do(edit)
                _carry_out(model, edit)
                rank += 1
                states[rank:] = [_copy(model)]
        assert contents(document) == model
        _compare(document, random)


def _step(random: Random, document: Document) -> Step:
    kind = 15 if len(document.index) > 40 else random.randrange(1000)
    return kind, random.randrange(10_000), random.randrange(1000), random.randrange(100)


def _copy(model: dict[Layer, dict[Key, Value]]) -> dict[Layer, dict[Key, Value]]:
    return {layer: dict(values) for layer, values in model.items()}


def _carry_out(model: dict[Layer, dict[Key, Value]], edit: Edit) -> None:
    for change in edit.changes:
        assert model[change.layer].get(change.id) == change.before
        if change.after is None:
            del model[change.layer][change.id]
        else:
            model[change.layer][change.id] = change.after


def _compare(document: Document, random: Random) -> None:
    items: list[Annotation] = [*document.entities.values(), *document.events.values()]
    order = sorted(items, key=lambda item: (item.spans[0][0], -item.spans[-1][1], item.id))
    assert list(document.annotations()) == order
    start = random.randrange(len(document.text))
    end = start + random.randrange(20)
    found = {item.id for item in items if any(max(start, first) < min(end, last) for first, last in item.spans)}
    assert document.index.overlapping(start, end) == found
    links = used(document)
    for identifier in [*document.entities, *document.events, *document.clusters]:
        assert {user.id for user in document.users(identifier)} == links.get(identifier, set())
    for layer, prefix in PREFIX.items():
        present = [int(str(key)[1:]) for key in document.layer(layer)]
        assert int(document.new_id(layer)[1:]) > max([*present, int(document.fields.get(RETIRED + prefix, "0"))])
        if present:
            chosen = random.choice(present)
            assert document.is_highest(f"{prefix}{chosen}") == (chosen == max(present))


def _written(document: Document) -> list[Change]:
    return [Change(layer, key, None, value) for layer, values in contents(document).items() for key, value in values.items()]
