"""Scores by law and by hand: entities, triggers and arguments as ACE 2005 is scored."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.commands import layer_of
from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.model import Annotation, Argument, Entity, Event
from annotator.core.text import Text
from annotator.formats.reduction import HUMAN_ONLY
from annotator.resources import samples
from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.opening import open_corpus
from annotator.tasks.scoring import BY, SCORED, By, Score, Tally, score_documents
from annotator.tasks.scoring_corpora import score_corpora, score_source
from tests.formats.articles import documents, source_of
from tests.tasks.corpora import make_corpus

CONTENT = "Công an bắt Nguyễn Văn A và Trần B ở Hà Nội hôm qua ."


def made(*items: Annotation, content: str = CONTENT) -> Document:
    document = Document(Text(content), source_of(content))
    apply(document, Edit("make", tuple(Change(layer_of(item), item.id, None, item) for item in items)))
    return document


def items_of(document: Document) -> list[Annotation]:
    return [*document.entities.values(), *document.events.values()]


def tallies(score: Score) -> list[Tally]:
    return [tally for layer in SCORED for held in (score.layers[layer],) for tally in (held.identification, held.classification)]


def fillers(*pairs: tuple[str, str]) -> tuple[Argument, ...]:
    return tuple(Argument(role, target) for role, target in pairs)


GOLD = made(
    Entity("T1", "ORG", ((0, 7),)),
    Entity("T2", "PER", ((12, 24),), head=(12, 18)),
    Entity("T3", "PER", ((28, 34),)),
    Entity("T4", "GPE", ((37, 43),)),
    Event("E1", "Arrest", ((8, 11),), fillers(("Agent", "T1"), ("Person", "T2"), ("Person", "T3"), ("Place", "T4"))),
)
PREDICTED = made(
    Entity("T1", "PER", ((0, 7),)),  # another type
    Entity("T2", "PER", ((12, 22),), head=(12, 18)),  # another span, the same head
    Entity("T4", "GPE", ((37, 43),)),  # right; T3 is missing
    Entity("T5", "TIME", ((44, 51),)),  # spurious
    Event("E1", "Arrest", ((8, 11),), fillers(("Person", "T1"), ("Person", "T2"), ("Place", "T4"), ("Time", "T5"))),
    Event("E2", "Meet", ((25, 27),), fillers(("Place", "T4"))),  # spurious, and its argument too
)


def test_a_small_case_counted_by_hand() -> None:
    score = score_documents(GOLD, PREDICTED)
    entities, triggers, arguments = (score.layers[layer] for layer in SCORED)
    assert (entities.identification, entities.classification) == (Tally(4, 4, 2), Tally(4, 4, 1))
    assert (triggers.identification, triggers.classification) == (Tally(1, 2, 1), Tally(1, 2, 1))
    assert (arguments.identification, arguments.classification) == (Tally(4, 5, 2), Tally(4, 5, 1))
    assert entities.types == {"ORG": Tally(1, 0, 0), "PER": Tally(2, 2, 0), "GPE": Tally(1, 1, 1), "TIME": Tally(0, 1, 0)}
    assert arguments.types == {
        "Agent": Tally(1, 0, 0), "Person": Tally(2, 2, 0), "Place": Tally(1, 2, 1), "Time": Tally(0, 1, 0),
    }  # fmt: skip
    assert arguments.frames == {"Arrest": Tally(4, 4, 1), "Meet": Tally(0, 1, 0)}
    assert (arguments.classification.precision, arguments.classification.recall) == (1 / 5, 1 / 4)
    assert arguments.classification.f1 == pytest.approx(2 / 9)


def test_by_head_two_spans_with_one_head_agree() -> None:
    score = score_documents(GOLD, PREDICTED, by="head")
    assert score.layers["entities"].classification == Tally(4, 4, 2)
    assert score.layers["arguments"].classification == Tally(4, 5, 2)
    assert score.layers["triggers"].classification == Tally(1, 2, 1)


def test_disagreements_say_what_differs_and_where() -> None:
    found = [
        (held.layer, held.kind, held.span, held.gold and held.gold.label, held.predicted and held.predicted.label, held.text)
        for held in score_documents(GOLD, PREDICTED, name="tin").disagreements
    ]
    assert found == [
        ("entities", "wrong-type", (0, 7), "ORG", "PER", "Công an"),
        ("entities", "wrong-span", (12, 24), "PER", "PER", "Nguyễn Văn A"),
        ("entities", "missing", (28, 34), "PER", None, "Trần B"),
        ("entities", "spurious", (44, 51), None, "TIME", "hôm qua"),
        ("triggers", "spurious", (25, 27), None, "Meet", "và"),
        ("arguments", "wrong-type", (0, 7), "Agent", "Person", "Công an"),
        ("arguments", "wrong-span", (12, 24), "Person", "Person", "Nguyễn Văn A"),
        ("arguments", "missing", (28, 34), "Person", None, "Trần B"),
        ("arguments", "spurious", (37, 43), None, "Place", "Hà Nội"),
        ("arguments", "spurious", (44, 51), None, "Time", "hôm qua"),
    ]


def test_suggestions_of_a_model_are_no_gold() -> None:
    gold = made(*(replace(item, origin="model:crf") if item.id in ("T4", "E1") else item for item in items_of(GOLD)))
    score = score_documents(gold, PREDICTED, confirmed=True)
    assert [held.gold for held in tallies(score)] == [3, 3, 0, 0, 0, 0]


@given(documents(), st.sampled_from(BY))
def test_a_document_agrees_with_itself(document: Document, by: By) -> None:
    score = score_documents(document, document, by=by)
    assert score.disagreements == ()
    for tally in tallies(score):
        assert tally.gold == tally.predicted == tally.matched and (tally.precision, tally.recall, tally.f1) == (1, 1, 1)
    assert score.layers["entities"].classification.gold == len(document.entities)
    assert score.layers["triggers"].classification.gold == len(document.events)
    assert score.layers["arguments"].classification.gold == sum(len(event.arguments) for event in document.events.values())


@st.composite
def changed(draw: st.DrawFn, document: Document) -> Document:
    """Another annotation of the same text: types, places and arguments changed or left out."""
    items: list[Annotation] = []
    for item in items_of(document):
        kind = draw(st.sampled_from(["kept", "kept", "retyped", "moved"]))
        if kind == "retyped":
            item = replace(item, type="PER" if isinstance(item, Entity) else "Meet")
        elif kind == "moved" and item.spans[0][1] - item.spans[0][0] > 1:
            item = replace(item, spans=((item.spans[0][0] + 1, item.spans[0][1]), *item.spans[1:]))
        if isinstance(item, Event):
            item = replace(item, arguments=tuple(held for held in item.arguments if draw(st.booleans())))
        items.append(item)
    return made(*items, content=document.text.content)


@given(documents(), st.data(), st.sampled_from(BY))
def test_swapping_swaps_precision_and_recall(document: Document, data: st.DataObject, by: By) -> None:
    other = data.draw(changed(document))
    there, back = score_documents(document, other, by=by), score_documents(other, document, by=by)
    for one, two in zip(tallies(there), tallies(back), strict=True):
        assert (one.precision, one.recall, one.f1, one.matched) == (two.recall, two.precision, two.f1, two.matched)
    for score in (there, back):
        for layer in SCORED:
            held, found = score.layers[layer], [one for one in score.disagreements if one.layer == layer]
            assert held.classification == sum(held.types.values(), Tally())
            assert held.classification.matched <= held.identification.matched
            # Each one that has no equal is told of once.
            assert sum(one.gold is not None for one in found) == held.classification.gold - held.classification.matched
            assert sum(one.predicted is not None for one in found) == held.classification.predicted - held.classification.matched


@given(documents(), st.data())
def test_a_dropped_argument_costs_exactly_one(document: Document, data: st.DataObject) -> None:
    filled = [event for event in document.events.values() if event.arguments]
    if not filled:
        return
    event = data.draw(st.sampled_from(filled))
    place = data.draw(st.integers(0, len(event.arguments) - 1))
    less = replace(event, arguments=event.arguments[:place] + event.arguments[place + 1 :])
    other = made(*(less if item.id == event.id else item for item in items_of(document)), content=document.text.content)
    score = score_documents(document, other)
    total = sum(len(held.arguments) for held in document.events.values())
    assert score.layers["arguments"].classification == score.layers["arguments"].identification == Tally(total, total - 1, total - 1)
    assert [(held.layer, held.kind) for held in score.disagreements] == [("arguments", "missing")]


def test_corpora_are_matched_by_their_bytes_else_by_name(tmp_path: Path) -> None:
    gold, other = make_corpus(tmp_path / "a"), tmp_path / "b"
    shutil.copytree(gold, other)
    for suffix in ("", ".ann.json"):
        (other / f"tin-1.txt{suffix}").rename(other / f"khác.txt{suffix}")
    (other / "mới.txt").write_text("Bài mới .\n", encoding="utf-8")
    scored = score_corpora(open_corpus(gold), open_corpus(other))
    assert (scored.documents, scored.only_gold, scored.only_predicted) == (["sâu/tin 2", "tin-1"], [], ["mới"])
    assert scored.score.layers["entities"].classification == Tally(6, 6, 6) and scored.refused == []
    (other / "khác.txt").write_text("Chữ khác .\n", encoding="utf-8")
    (other / "khác.txt").rename(other / "tin-1.txt")
    scored = score_corpora(open_corpus(gold), open_corpus(other))
    assert scored.documents == ["sâu/tin 2"] and [error.code for error in scored.refused] == ["texts-differ"]


def test_an_exported_set_scores_full_against_its_corpus(tmp_path: Path) -> None:
    export_corpus(open_corpus(samples()), tmp_path / "out", ExportRequest("jsonl"))
    scored = score_source(open_corpus(samples()), tmp_path / "out")
    assert scored.score.disagreements == () and scored.score.layers["arguments"].classification.gold > 50
    assert score_source(open_corpus(samples()), samples()).score == scored.score


@pytest.mark.parametrize("name", ["brat", "jsonl", "oneie", "dygiepp", "prodigy", "doccano"])
def test_a_set_in_aces_names_comes_back_under_those_of_each_articles_own_schema(name: str, tmp_path: Path) -> None:
    """The samples have two schemas, whose types are spelled differently and have the same names with ACE."""
    export_corpus(open_corpus(samples()), tmp_path / "out", ExportRequest(name, reduction=replace(HUMAN_ONLY, names="ace")))
    triggers = score_source(open_corpus(samples()), tmp_path / "out").score.layers["triggers"].classification
    assert triggers == Tally(triggers.gold, triggers.gold, triggers.gold) and triggers.gold > 100
