"""What commands make, keep and refuse."""

from __future__ import annotations

import pytest

from annotator.core import commands, links
from annotator.core.accepting import accept
from annotator.core.document import Document
from annotator.core.edits import Edit, apply
from annotator.core.errors import AnnotatorError
from annotator.core.model import Argument, Event
from annotator.core.text import Span
from tests.strategies import SCHEMA, plain_document

TEXT = "Hôm 29/8 , ông Thi , Cường , Minh tử vong vì bị bắn tại Hà Nội ."


@pytest.fixture
def document() -> Document:
    return plain_document(TEXT)


def at(text: str) -> Span:
    return TEXT.index(text), TEXT.index(text) + len(text)


def do(document: Document, edit: Edit) -> None:
    apply(document, edit)


def test_touching_fragments_become_one(document: Document) -> None:
    do(document, commands.tag(document, [at("ông"), at("Thi"), at("Minh")], "PER"))
    assert document.entities["T1"].spans == (at("ông Thi"), at("Minh"))
    do(document, commands.add_fragment(document, "T1", at("Cường")))
    assert len(document.entities["T1"].spans) == 3


@pytest.mark.parametrize(
    ("spans", "code"),
    [
        ([], "nothing-selected"),
        ([(3, 4)], "nothing-selected"),
        ([(5, 5)], "outside-text"),
        ([(0, 999)], "outside-text"),
        ([(-1, 3)], "outside-text"),
    ],
)
def test_spans_that_hold_no_text_are_refused(document: Document, spans: list[Span], code: str) -> None:
    for command in (commands.tag, commands.tag_event):
        with pytest.raises(AnnotatorError, match=code):
            command(document, spans, "PER")


def test_the_same_twice_is_refused_unless_forced(document: Document) -> None:
    do(document, commands.tag(document, [at("Thi")], "PER"))
    do(document, commands.tag_event(document, [at("Thi")], "Die"))
    with pytest.raises(AnnotatorError, match="already-tagged"):
        commands.tag(document, [at("Thi")], "PER")
    do(document, commands.tag(document, [at("Thi")], "ORG"))
    do(document, commands.tag(document, [at("Thi")], "PER", force=True))
    assert len(document.entities) == 3


def test_moving_edges_keeps_id_and_links_and_drops_a_head_left_outside(document: Document) -> None:
    do(document, commands.tag(document, [at("ông Thi")], "PER"))
    do(document, commands.tag_event(document, [at("tử vong")], "Die"))
    do(document, links.add_argument(document, "E1", "Victim", target="T1", schema=SCHEMA))
    do(document, commands.set_head(document, "T1", at("Thi")))
    do(document, commands.resize(document, "T1", [at("ông")]))
    assert document.entities["T1"].head is None
    assert [event.id for event in document.users("T1")] == ["E1"]


def test_what_a_person_changes_is_hers(document: Document) -> None:
    do(document, commands.tag(document, [at("Thi")], "PER", origin="model:x"))
    do(document, commands.tag(document, [at("Minh")], "PER", origin="model:x"))
    do(document, commands.set_note(document, "T1", "ai?"))
    do(document, commands.retype(document, ["T2"], "ORG"))
    assert (document.entities["T1"].origin, document.entities["T2"].origin) == ("model:x", "human")
    do(document, accept(document, SCHEMA, ["T1"]))
    assert document.entities["T1"].origin == "human"


def test_a_default_is_stored_by_leaving_it_out(document: Document) -> None:
    do(document, commands.tag_event(document, [at("bắn")], "Attack"))
    do(document, commands.set_attribute(document, ["E1"], "polarity", value="negative", default="positive"))
    assert document.events["E1"].attributes == (("polarity", "negative"),)
    do(document, commands.set_attribute(document, ["E1"], "polarity", value="positive", default="positive"))
    assert document.events["E1"].attributes == ()
    do(document, commands.set_field(document, "status", "done"))
    do(document, commands.set_field(document, "status", "todo"))
    assert document.fields == {}


def test_a_role_key_makes_the_filler_or_takes_the_one_there(document: Document) -> None:
    do(document, commands.tag_event(document, [at("tử vong")], "Die"))
    do(document, links.fill(document, "E1", "Victim", spans=[at("Thi")], schema=SCHEMA))
    do(document, links.fill(document, "E1", "Agent", spans=[at("Thi")], schema=SCHEMA))
    assert {item.type for item in document.entities.values()} == {"PER"} and len(document.entities) == 1
    assert document.events["E1"].arguments == (Argument("Agent", "T1"), Argument("Victim", "T1"))


def test_a_wanted_type_takes_the_entity_of_that_type(document: Document) -> None:
    do(document, commands.tag_event(document, [at("tử vong")], "Die"))
    do(document, commands.tag(document, [at("Thi")], "PER"))
    do(document, commands.tag(document, [at("Thi")], "ORG"))
    do(document, links.fill(document, "E1", "Agent", spans=[at("Thi")], schema=SCHEMA, type_name="ORG"))
    assert document.events["E1"].arguments == (Argument("Agent", "T2"),) and len(document.entities) == 2


def test_a_list_is_filled_in_one_step_each_item_once(document: Document) -> None:
    do(document, commands.tag_event(document, [at("tử vong")], "Die"))
    items = [[at(name)] for name in ("Thi", "Cường", "Minh", "Thi")]
    do(document, links.fill_all(document, "E1", "Victim", items=items, schema=SCHEMA))
    assert [document.text.surface(item.spans) for item in document.entities.values()] == ["Thi", "Cường", "Minh"]
    assert [argument.target for argument in document.events["E1"].arguments] == ["T1", "T2", "T3"]


def test_arguments_stand_by_role_then_by_place(document: Document) -> None:
    do(document, commands.tag_event(document, [at("tử vong")], "Die"))
    for role, text in (("Time", "29/8"), ("Victim", "Minh"), ("Victim", "Thi"), ("Agent", "ông")):
        do(document, links.fill(document, "E1", role, spans=[at(text)], schema=SCHEMA))
    assert [argument.role for argument in document.events["E1"].arguments] == ["Agent", "Victim", "Victim", "Time"]
    assert [argument.target for argument in document.events["E1"].arguments][1:3] == ["T3", "T2"]


def test_a_filler_outside_the_schema_is_refused_unless_forced(document: Document) -> None:
    do(document, commands.tag_event(document, [at("tử vong")], "Die"))
    do(document, commands.tag(document, [at("29/8")], "TIME"))
    for role, code in (("Victim", "filler-not-allowed"), ("Place", "role-not-of-event")):
        with pytest.raises(AnnotatorError, match=code):
            links.add_argument(document, "E1", role, target="T1", schema=SCHEMA)
        do(document, links.add_argument(document, "E1", role, target="T1", schema=SCHEMA, force=True))
    with pytest.raises(AnnotatorError, match="argument-exists"):
        links.add_argument(document, "E1", "Victim", target="T1", schema=SCHEMA, force=True)


def test_no_event_fills_itself_not_even_through_others(document: Document) -> None:
    do(document, commands.tag_event(document, [at("tử vong")], "Die"))
    do(document, commands.tag_event(document, [at("bắn")], "Attack"))
    do(document, links.add_argument(document, "E1", "Cause", target="E2", schema=SCHEMA))
    for event, target in (("E2", "E1"), ("E1", "E1")):
        with pytest.raises(AnnotatorError, match="own-argument"):
            links.add_argument(document, event, "Cause", target=target, schema=SCHEMA, force=True)


def test_deleting_takes_along_what_hangs_on_it(document: Document) -> None:
    do(document, commands.tag_event(document, [at("tử vong")], "Die"))
    for text in ("Thi", "Cường", "Minh"):
        do(document, links.fill(document, "E1", "Victim", spans=[at(text)], schema=SCHEMA))
    do(document, links.relate(document, "T1", "T2", type_name="part-of", schema=SCHEMA))
    do(document, links.unite(document, "T1", "T2"))
    do(document, commands.remove(document, ["T1"]))
    assert not document.relations and not document.clusters
    assert document.events["E1"] == Event("E1", "Die", (at("tử vong"),), (Argument("Victim", "T2"), Argument("Victim", "T3")))


def test_clusters_that_are_united_are_one(document: Document) -> None:
    for text in ("Thi", "Cường", "Minh", "ông"):
        do(document, commands.tag(document, [at(text)], "PER"))
    do(document, links.unite(document, "T1", "T2"))
    do(document, links.unite(document, "T3", "T4"))
    do(document, links.unite(document, "T2", "T3"))
    assert {key: set(cluster.members) for key, cluster in document.clusters.items()} == {"C1": {"T1", "T2", "T3", "T4"}}
    assert document.fields["retired C"] == "2", "the number of the one that went must outlive the file's closing"
    with pytest.raises(AnnotatorError, match="cluster-exists"):
        links.unite(document, "T1", "T4")


def test_a_cluster_left_by_all_but_one_goes_with_its_number(document: Document) -> None:
    for text in ("Thi", "Cường", "Minh"):
        do(document, commands.tag(document, [at(text)], "PER"))
    do(document, links.unite(document, "T1", "T2"))
    do(document, links.unite(document, "T2", "T3"))
    do(document, links.leave_cluster(document, "T2"))
    assert document.clusters["C1"].members == ("T1", "T3")
    do(document, links.leave_cluster(document, "T1"))
    assert not document.clusters and document.fields["retired C"] == "1"


def test_relations_are_held_to_the_schema(document: Document) -> None:
    do(document, commands.tag(document, [at("Thi")], "PER"))
    do(document, commands.tag(document, [at("Hà Nội")], "GPE"))
    with pytest.raises(AnnotatorError, match="relation-not-allowed"):
        links.relate(document, "T1", "T2", type_name="works-for", schema=SCHEMA)
    do(document, links.relate(document, "T1", "T2", type_name="works-for", schema=SCHEMA, force=True))
    with pytest.raises(AnnotatorError, match="relation-exists"):
        links.relate(document, "T1", "T2", type_name="works-for", schema=SCHEMA, force=True)


def test_several_fill_a_role_at_once_and_those_that_hold_it_are_passed_over(document: Document) -> None:
    do(document, commands.tag_event(document, [at("tử vong")], "Die"))
    for name in ("Thi", "Cường", "Minh"):
        do(document, commands.tag(document, [at(name)], "PER"))
    do(document, links.add_argument(document, "E1", "Victim", target="T2", schema=SCHEMA))
    edit = links.add_arguments(document, "E1", "Victim", targets=["T3", "T2", "T1", "T3"], schema=SCHEMA)
    assert len(edit.changes) == 1
    do(document, edit)
    assert [argument.target for argument in document.events["E1"].arguments] == ["T1", "T2", "T3"]
    with pytest.raises(AnnotatorError, match="argument-exists"):
        links.add_arguments(document, "E1", "Victim", targets=["T1", "T2"], schema=SCHEMA)
    do(document, commands.tag(document, [at("Hà Nội")], "GPE"))
    with pytest.raises(AnnotatorError, match="filler-not-allowed"):
        links.add_arguments(document, "E1", "Victim", targets=["T1", "T4"], schema=SCHEMA)
    with pytest.raises(AnnotatorError, match="own-argument"):
        links.add_arguments(document, "E1", "Cause", targets=["T1", "E1"], schema=SCHEMA, force=True)


def test_another_role_stands_in_place_of_all_that_a_filler_held(document: Document) -> None:
    do(document, commands.tag_event(document, [at("tử vong")], "Die"))
    for name in ("Thi", "Cường", "Minh"):
        do(document, commands.tag(document, [at(name)], "PER"))
    for target, role in (("T1", "Victim"), ("T2", "Victim"), ("T2", "Agent"), ("T3", "Agent")):
        do(document, links.add_argument(document, "E1", role, target=target, schema=SCHEMA))
    edit = links.give_role(document, "E1", "Agent", targets=["T1", "T2"], schema=SCHEMA)
    do(document, edit)
    assert document.events["E1"].arguments == (Argument("Agent", "T1"), Argument("Agent", "T2"), Argument("Agent", "T3"))
    with pytest.raises(AnnotatorError, match="no-role-held"):
        links.give_role(document, "E1", "Agent", targets=["T1", "T3"], schema=SCHEMA)
    with pytest.raises(AnnotatorError, match="filler-not-allowed"):
        links.give_role(document, "E1", "Time", targets=["T1"], schema=SCHEMA)


def test_the_head_belongs_to_the_innermost_entity_around_it(document: Document) -> None:
    for text, name in (("ông Thi , Cường", "PER"), ("ông Thi", "PER"), ("Thi", "PER")):
        do(document, commands.tag(document, [at(text)], name))
    do(document, commands.mark_head(document, at("Thi")))
    assert {name: item.head for name, item in document.entities.items()} == {"T1": None, "T2": at("Thi"), "T3": None}
    do(document, commands.mark_head(document, at("Thi")))
    assert document.entities["T2"].head is None
    do(document, commands.mark_head(document, at("ông Thi , Cường")))
    assert document.entities["T1"].head == at("ông Thi , Cường")
    with pytest.raises(AnnotatorError, match="no-entity-around"):
        commands.mark_head(document, at("Hà Nội"))
