"""Tagging all occurrences is one edit that comes back whole, and never lies over what is there unless asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core import commands
from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.errors import AnnotatorError
from annotator.core.model import Argument, Event, Source
from annotator.core.occurrences import Target, judge, tag_all, take_back
from annotator.core.text import Span, Text

CONTENT = "Hà_Nội và Nam ở Hà_Nội , An ở An_Giang . Nam về ."
spans = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 8)).map(lambda held: (held[0], held[0] + held[1])), max_size=6)
PLACE, PERSON, TRIGGER = Target("entity", "GPE"), Target("entity", "PER"), Target("event", "Meet")


def document() -> Document:
    return Document(Text(CONTENT), Source("a.txt", "0", "utf-8", len(CONTENT)), origin="segmented")


def state(held: Document) -> tuple[object, ...]:
    return dict(held.entities), dict(held.events), dict(held.fields)


def at(text: str, *, behind: int = 0) -> Span:
    start = CONTENT.index(text, behind)
    return start, start + len(text)


@given(spans, spans, st.sampled_from([PLACE, PERSON, TRIGGER]), st.booleans())
def test_one_edit_there_and_back_and_never_over_another(held: list[Span], wanted: list[Span], target: Target, over_existing: bool) -> None:
    article = document()
    for span in held:
        apply(article, commands.tag(article, [span], "ORG", force=True)) if CONTENT[slice(*span)].strip() else None
    before = state(article)
    try:
        edit = tag_all(article, [span for span in wanted if CONTENT[slice(*span)].strip()], target, over_existing=over_existing)
    except AnnotatorError as error:
        assert error.code == "nothing-to-tag"
        return
    back = apply(article, edit)
    made = [change.after for change in edit.changes]
    assert len({change.id for change in edit.changes}) == len(made)
    if target.kind == "entity" and not over_existing:
        assert not any(judge(document_with(held), item.spans[0], target).doubt == "taken" for item in made)  # type: ignore[union-attr]
    apply(article, take_back(article, back))
    assert state(article) == before


def document_with(held: list[Span]) -> Document:
    article = document()
    for span in held:
        if CONTENT[slice(*span)].strip():
            apply(article, commands.tag(article, [span], "ORG", force=True))
    return article


def test_doubts() -> None:
    article = document()
    assert judge(article, at("Hà_Nội"), PLACE).doubt == ""
    assert judge(article, at("An", behind=20), PLACE).doubt == ""
    assert judge(article, at("An", behind=28), PERSON).doubt == "cuts-word"
    apply(article, commands.tag(article, [at("An_Giang")], "GPE"))
    assert judge(article, at("An", behind=28), PERSON).doubt == "taken"
    assert judge(article, at("An_Giang"), PLACE).doubt == "tagged"
    assert judge(article, at("An_Giang"), TRIGGER).doubt == "overlaps"
    assert judge(article, at("An_Giang"), PERSON).may_be_tagged(over_existing=True)
    assert not judge(article, at("An_Giang"), PLACE).may_be_tagged(over_existing=True)


def test_what_something_hangs_on_is_not_taken_back() -> None:
    article = document()
    back = apply(article, tag_all(article, [at("Nam"), at("Nam", behind=20)], PERSON))
    trigger = Event("E1", "Meet", (at("về"),), (Argument("Person", "T1"),))
    apply(article, Edit("tag-event", (Change("events", "E1", None, trigger),)))
    with pytest.raises(AnnotatorError, match="changed-since-tagged"):
        take_back(article, back)


def test_what_was_changed_since_is_not_taken_back() -> None:
    article = document()
    back = apply(article, tag_all(article, [at("Nam")], PERSON))
    apply(article, commands.set_note(article, "T1", "!"))
    with pytest.raises(AnnotatorError, match="changed-since-tagged"):
        take_back(article, back)
