"""Each check finds what it names, leaves alone what is right, and proposes only repairs after which it is silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given

from annotator.core.checks import CHECKS, Problem, check
from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.model import Argument, Cluster, Entity, Event, Item, Relation
from annotator.core.schema import Attribute, AttributeValue, Conventions, Schema
from annotator.core.text import Span, Spans
from tests.strategies import SCHEMA, documents, everything, plain_document

STRICT = replace(
    SCHEMA,
    conventions=Conventions(
        title_inside_person=True,
        passive_in_trigger=False,
        preposition_inside=False,
        crossing=False,
        trigger_words_most=2,
        nesting_expected=(("PER", "ORG"), ("ORG", "GPE")),
        agentless={"Die": ("tử vong", "thiệt mạng")},
        preposition_allow=("hôm",),
        titles=("ông", "phó chủ tịch", "chủ tịch"),
        prepositions=("trong", "từ", "lúc", "hôm"),
    ),
)


def spans(content: str, text: str) -> Spans:
    return ((content.index(text), content.index(text) + len(text)),)


def given_items(content: str, *items: Item, segmented: bool = True, pairs: int = 0) -> Document:
    document = plain_document(content, segmented=segmented, pairs=pairs)
    layers = {Entity: "entities", Event: "events", Relation: "relations", Cluster: "clusters"}
    apply(document, Edit("import", tuple(Change(layers[type(item)], item.id, None, item) for item in items)))  # type: ignore[arg-type]
    return document


def codes(document: Document, schema: Schema = STRICT) -> list[str]:
    return [problem.code for problem in check(document, schema)]


def only(document: Document, code: str, *, schema: Schema = STRICT) -> Problem:
    found = [problem for problem in check(document, schema) if problem.code == code]
    assert len(found) == 1, check(document, schema)
    return found[0]


def mended(document: Document, code: str, *, schema: Schema = STRICT) -> str:
    """The text of the annotation after the repair, which leaves no such problem and can be taken back."""
    problem, before = only(document, code, schema=schema), everything(document)
    assert problem.repair is not None
    back = apply(document, problem.repair)
    assert code not in codes(document, schema)
    item = document.annotation(problem.ids[0])
    text = document.text.surface(item.spans) if item else ""
    apply(document, back)
    assert everything(document) == before
    return text


@given(documents(edits=25))
def test_checks_only_look_and_every_repair_fits(document: Document) -> None:
    before = everything(document)
    problems = check(document, STRICT)
    assert everything(document) == before
    known = {code for entry in CHECKS for code in entry.codes}
    assert {problem.code for problem in problems} <= known
    assert [problem.start for problem in problems] == sorted(problem.start for problem in problems)
    assert check(document, STRICT) == problems
    for problem in problems:
        assert problem.severity == "warning", "commands make no document whose integrity is broken"
        if problem.repair is not None:
            back = apply(document, problem.repair)
            assert everything(document) != before
            same = [other for other in check(document, STRICT) if (other.code, other.ids) == (problem.code, problem.ids)]
            assert not same
            apply(document, back)


def test_a_sound_article_has_no_problem() -> None:
    content = "Ông Nguyễn_Văn_A bị bắt hôm 29/8 tại Hà_Nội ."
    document = given_items(
        content,
        Entity("T1", "PER", spans(content, "Ông Nguyễn_Văn_A")),
        Entity("T2", "TIME", spans(content, "hôm 29/8")),
        Entity("T3", "GPE", spans(content, "Hà_Nội")),
        Event("E1", "Attack", spans(content, "bắt"), (Argument("Agent", "T1"),)),
    )
    assert check(document, STRICT) == []


@pytest.mark.parametrize(
    ("held", "code"), [(((3, 3),), "span-empty"), (((2, 99),), "span-outside-text"), (((4, 6), (0, 2)), "fragments-out-of-order")]
)
def test_misplaced_spans_are_errors(held: Spans, code: str) -> None:
    problem = only(given_items("một hai", Entity("T1", "PER", held)), code)
    assert problem.severity == "error" and problem.ids == ("T1",)


def test_references_into_nothing_are_errors_with_a_repair() -> None:
    content = "một hai"
    document = given_items(
        content,
        Entity("T1", "PER", spans(content, "một"), head=(4, 6)),
        Event("E1", "Lạ", spans(content, "hai"), (Argument("Agent", "T9"), Argument("Agent", "R1"))),
        Relation("R1", "part-of", "T1", "T8"),
        Cluster("C1", "entities", ("T1", "E1", "T7")),
    )
    wanted = {"head-outside", "dangling-argument", "argument-wrong-layer", "dangling-relation", "member-wrong-layer", "dangling-member"}
    errors = [problem for problem in check(document, STRICT) if problem.severity == "error"]
    assert {problem.code for problem in errors} == wanted
    mended(document, "dangling-argument")
    mended(document, "dangling-relation")


def test_events_that_fill_themselves_are_told_once_a_knot() -> None:
    content = "a b c d"
    ring = {"E1": "E2", "E2": "E3", "E3": "E1", "E4": "E4"}
    events = [Event(name, "Die", spans(content, "abcd"[rank]), (Argument("Cause", ring[name]),)) for rank, name in enumerate(ring)]
    found = [problem.ids for problem in check(given_items(content, *events), STRICT) if problem.code == "event-fills-itself"]
    assert found == [("E1", "E2", "E3"), ("E4",)]


def test_a_long_chain_of_events_is_walked_without_recursion() -> None:
    count = 3000
    events = [
        Event(f"E{rank}", "Die", ((2 * rank, 2 * rank + 1),), (Argument("Cause", f"E{(rank + 1) % count}"),)) for rank in range(count)
    ]
    document = given_items("x " * count, *events)
    assert len(only(document, "event-fills-itself").ids) == count


@pytest.mark.parametrize(
    ("content", "held", "code", "text"),
    [
        ("vì nhà_nghỉ đóng", "hà_nghỉ", "edge-cuts-syllable", "nhà_nghỉ"),
        ("ít nhất 7 người chết", "7 ngườ", "edge-cuts-syllable", "7 người"),
        ("tại \u00a0Hà_Nội ,", "\u00a0Hà_Nội ", "blank-at-edge", "Hà_Nội"),
        ("tại \ufeffHà_Nội\r\n", "\ufeffHà_Nội\r\n", "blank-at-edge", "Hà_Nội"),
        ("( “ Hà_Nội ” ) .", "( “ Hà_Nội ” ) .", "punctuation-at-edge", "Hà_Nội"),
        ("tổ_chức “ Hà_Nội ” .", "tổ_chức “ Hà_Nội ” .", "punctuation-at-edge", "tổ_chức “ Hà_Nội ”"),
        ("Từ trong nhà ra", "Từ trong nhà", "preposition-inside", "nhà"),
        ("n👨‍👩‍👧 đến", "👨‍👩", "edge-cuts-character", "👨‍👩‍👧"),
    ],
)
def test_an_edge_is_mended(content: str, held: str, code: str, text: str) -> None:
    assert mended(given_items(content, Entity("T1", "ORG", spans(content, held))), code) == text


@pytest.mark.parametrize(
    ("content", "held"),
    [
        ("tổ_chức ( WHO ) nói", "tổ_chức ( WHO )"),
        ("ở TP. nói", "TP."),
        ("hơn 40% dân", "40%"),
        ("hôm qua", "hôm qua"),
        ("trong", "trong"),
        ("Từ_Liêm đẹp", "Từ_Liêm"),
        ("50 triệu USD.", "50 triệu USD"),
    ],
)
def test_an_edge_that_is_right_is_left_alone(content: str, held: str) -> None:
    assert codes(given_items(content, Entity("T1", "ORG", spans(content, held)))) == []


def test_an_edge_inside_a_word_has_no_certain_repair() -> None:
    content = "hôm giao lưu xong"
    document = given_items(content, Entity("T1", "ORG", spans(content, "giao")), segmented=False, pairs=0b100)
    problem = only(document, "edge-cuts-word")
    assert problem.repair is None and problem.where["word"] == "giao lưu"
    document.words.restart(segmented=False)
    assert codes(document) == [], "nothing is said about words before the machine has spoken"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("gặp Phó_Chủ_tịch Lê_An .", "Phó_Chủ_tịch Lê_An"),
        ("gặp (o\u0302ng Lê_An) .", "o\u0302ng Lê_An"),
        ("gặp Chủ tịch  Lê_An .", "Chủ tịch  Lê_An"),
    ],
)
def test_a_title_is_taken_in(content: str, text: str) -> None:
    assert mended(given_items(content, Entity("T1", "PER", spans(content, "Lê_An"))), "title-outside") == text


def test_a_title_of_its_own_or_on_another_line_or_behind_a_comma_stays_outside() -> None:
    for content in ("gặp ông\nLê_An", "gặp ông , Lê_An", "gặp tổng Lê_An"):
        assert codes(given_items(content, Entity("T1", "PER", spans(content, "Lê_An")))) == []
    content = "gặp ông Lê_An"
    title, name = Entity("T2", "PER", spans(content, "ông")), Entity("T1", "PER", spans(content, "Lê_An"))
    assert codes(given_items(content, name, title)) == []
    assert codes(given_items(content, replace(name, type="ORG"))) == []


def test_passives_are_left_out_of_triggers_unless_they_are_part_of_them() -> None:
    content = "ông bị bắt , bị chết , bị_thương , bị"
    assert mended(given_items(content, Event("E1", "Attack", spans(content, "bị bắt"))), "passive-inside") == "bắt"
    for event in (Event("E1", "Die", spans(content, "bị chết")), Event("E1", "Attack", spans(content, "bị_thương"))):
        assert codes(given_items(content, event)) == []
    inside = replace(STRICT, conventions=replace(STRICT.conventions, passive_in_trigger=True))
    assert mended(given_items(content, Event("E1", "Attack", spans(content, "bắt"))), "passive-outside", schema=inside) == "bị bắt"


def test_a_negation_before_a_trigger_proposes_the_polarity() -> None:
    content = "họ chưa tử_vong"
    event = Event("E1", "Die", spans(content, "tử_vong"))
    problem = only(given_items(content, event), "trigger-negated")
    assert problem.repair is not None and problem.where["word"] == "chưa"
    assert problem.repair.changes[0].after == replace(event, attributes=(("polarity", "negative"),))
    off = replace(STRICT, attributes=(Attribute("polarity", "event", enabled=False, values=(AttributeValue("negative"),)),))
    assert codes(given_items(content, event), off) == []
    assert codes(given_items(content, replace(event, attributes=(("polarity", "negative"),)))) == []


def test_an_agent_of_a_death_is_the_victim() -> None:
    content = "ông A tử_vong"
    items: list[Item] = [
        Entity("T1", "PER", spans(content, "ông A")),
        Event("E1", "Die", spans(content, "tử_vong"), (Argument("Agent", "T1"),)),
    ]
    problem = only(given_items(content, *items), "agent-without-victim")
    assert problem.ids == ("E1", "T1") and problem.repair is not None
    after = problem.repair.changes[0].after
    assert isinstance(after, Event) and after.arguments == (Argument("Victim", "T1"),)


def test_fillers_are_compared_with_the_schema() -> None:
    content = "a b c d e tử_vong"
    names = ("GPE", "TIME", "PER", "PER")
    items: list[Item] = [Entity(f"T{rank}", name, spans(content, "abcd"[rank])) for rank, name in enumerate(names)]
    arguments = (Argument("Agent", "T0"), Argument("Victim", "T1"), Argument("Victim", "T2"), Argument("Lạ", "T3"))
    event = Event("E1", "Die", spans(content, "tử_vong"), arguments)
    found = {problem.code: problem for problem in check(given_items(content, *items, event), STRICT)}
    assert set(found) == {"filler-rare", "filler-not-allowed", "more-fillers-than-usual", "unknown-role"}
    assert found["filler-rare"].ids == ("E1", "T0") and found["more-fillers-than-usual"].where["count"] == 2


def test_crossing_nesting_and_twins() -> None:
    content = "a b c d e f"

    def entity(identifier: str, name: str, *held: Span) -> Entity:
        return Entity(identifier, name, held)

    def found(*items: Entity) -> list[tuple[str, Sequence[str]]]:
        return [(problem.code, problem.ids) for problem in check(given_items(content, *items), STRICT)]

    assert found(entity("T1", "PER", (0, 5)), entity("T2", "PER", (4, 9))) == [("spans-cross", ("T2", "T1"))]
    assert found(entity("T1", "PER", (0, 5)), entity("T2", "PER", (0, 1), (8, 9))) == [], "they share a whole fragment"
    assert found(entity("T1", "PER", (0, 11)), entity("T2", "ORG", (2, 9)), entity("T3", "GPE", (4, 5))) == []
    assert found(entity("T1", "ORG", (0, 11)), entity("T2", "PER", (2, 9))) == [("nesting-unexpected", ("T2", "T1"))]
    assert found(entity("T1", "ORG", (0, 11)), entity("T2", "PER", (2, 11))) == [("nesting-unexpected", ("T2", "T1"))]
    assert found(entity("T1", "PER", (0, 1)), entity("T2", "ORG", (0, 1))) == [("same-span-twice", ("T1", "T2"))]
    twins = given_items(content, entity("T1", "PER", (0, 1)), entity("T2", "PER", (0, 1)), Relation("R1", "part-of", "T2", "T2"))
    assert codes(twins) == ["annotated-twice"]
    repair = only(twins, "annotated-twice").repair
    assert repair is not None
    apply(twins, repair)
    assert set(twins.entities) == {"T2"}, "the one that others use stays"


def test_what_the_schema_lacks_is_listed() -> None:
    content = "một hai"
    document = given_items(
        content,
        Entity("T1", "XXX", spans(content, "một"), attributes=(("lạ", "1"), ("generic", "maybe"))),
        Event("E1", "Die", spans(content, "hai"), attributes=(("tense", "past"),)),
        Relation("R1", "lạ", "T1", "T1"),
        Relation("R2", "works-for", "T1", "T1"),
    )
    apply(document, Edit("label", (Change("labels", "lạ", None, "x"), Change("labels", "topic", None, "war"))))
    unknown = ["unknown-label", "unknown-label-value", "relation-not-allowed", "unknown-attribute", "unknown-attribute-value"]
    assert codes(document) == [*unknown, "unknown-relation-type", "unknown-type"]


def test_a_long_trigger_is_counted_in_words() -> None:
    content = "xin giảm nhẹ hình_phạt"
    assert only(given_items(content, Event("E1", "Die", spans(content, content))), "trigger-long").where["count"] == 4
    assert codes(given_items(content, Event("E1", "Die", spans(content, "nhẹ hình_phạt")))) == []


def test_many_annotations_cost_their_number_only() -> None:
    """Piles of nested, crossing and equal spans too: eight times as many may not take much more than eight times as long."""

    def pile(count: int) -> Document:
        content = "giao_lưu " * (count + 20)
        nested = [Entity(f"T{3 * rank}", "PER", ((rank, 2 * count - rank),)) for rank in range(1, count)]
        equal = [Entity(f"T{3 * rank + 1}", "ORG", ((0, 8),)) for rank in range(1, count)]
        crossing = [Entity(f"T{3 * rank + 2}", "GPE", ((9 * rank, 9 * rank + 90),)) for rank in range(1, count)]
        return given_items(content, *nested, *equal, *crossing)

    def taken(document: Document) -> float:
        begun = process_time()
        check(document, STRICT)
        return process_time() - begun

    few, many = pile(100), pile(800)
    taken(few), taken(many)
    assert taken(many) < 40 * min(taken(few) for _ in range(3))
