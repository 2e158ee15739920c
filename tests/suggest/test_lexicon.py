"""What is learnt counts, whatever the order; what is forgotten or proposed by a model does not."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from annotator.core import commands
from annotator.core.edits import apply
from annotator.core.schema import Schema
from annotator.suggest.lexicon import Facts, Lexicon, Mention, count_facts, facts_of
from annotator.tasks.schemas import find_schema
from tests.store.documents import documents
from tests.strategies import plain_document

SCHEMA: Schema = find_schema("bkee")
SURFACES = ("hà nội", "tử vong", "hai")
ENTITIES, EVENTS = ("GPE", "PER", "NUM"), ("Die", "Injure")

mentions = st.builds(
    Mention,
    st.sampled_from(["T1", "T2", "T3"]),
    st.just("entity"),
    st.sampled_from(ENTITIES),
    st.sampled_from(SURFACES),
    st.just(()),
    st.sampled_from(["human", "human", "model:crf"]),
) | st.builds(
    Mention,
    st.sampled_from(["E1", "E2"]),
    st.just("event"),
    st.sampled_from(EVENTS),
    st.sampled_from(SURFACES),
    st.lists(st.tuples(st.sampled_from(["Victim", "Agent", "Place"]), st.sampled_from(["T1", "T2", "T9"])), max_size=2).map(tuple),
)
facts = st.lists(mentions, max_size=8).map(count_facts)
corpora = st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), facts, max_size=4)


def answers(lexicon: Lexicon) -> list[object]:
    """Everything that it can be asked."""
    types = [lexicon.guess_type(surface, SCHEMA, kinds=kinds) for surface in SURFACES for kinds in (("entity",), ("event",))]  # type: ignore[arg-type]
    events = [event for event in SCHEMA.events if event.name in EVENTS]
    return [*types, *(lexicon.guess_role(event, filler, ()) for event in events for filler in ("", *ENTITIES))]


def learnt(corpus: Mapping[str, Facts]) -> Lexicon:
    lexicon = Lexicon()
    for name, held in corpus.items():
        lexicon.take(name, held)
    return lexicon


@given(corpora)
def test_the_order_of_learning_changes_no_guess(corpus: Mapping[str, Facts]) -> None:
    assert answers(learnt(corpus)) == answers(learnt(dict(reversed(corpus.items()))))


@given(corpora, st.sampled_from(["a", "b", "x"]), facts)
def test_what_is_learnt_again_replaces_what_it_said_before(corpus: Mapping[str, Facts], name: str, other: Facts) -> None:
    lexicon = learnt(corpus)
    lexicon.take(name, other)
    lexicon.take(name, corpus.get(name, Facts()))
    assert answers(lexicon) == answers(learnt(corpus))
    assert vars(lexicon) == vars(learnt(corpus)) or set(corpus) - {name}


@given(corpora)
def test_to_forget_is_to_begin_anew(corpus: Mapping[str, Facts]) -> None:
    lexicon = learnt(corpus)
    lexicon.forget()
    assert vars(lexicon) == vars(Lexicon())


@given(facts, facts)
def test_what_is_taken_off_and_put_back_is_the_whole(one: Facts, other: Facts) -> None:
    rest = one.without(other)
    assert one.without(Facts()) == one and not one.without(one)
    for counts, held, less in ((rest.surfaces, one.surfaces, other.surfaces), (rest.roles, one.roles, other.roles)):
        assert all(times == held[key] - less.get(key, 0) > 0 for key, times in counts.items())


@given(documents())
def test_the_facts_of_a_document_count_what_a_person_labelled(document: object) -> None:
    held = facts_of(document)  # type: ignore[arg-type]
    confirmed = [item for item in document.annotations() if not item.origin.startswith("model:")]  # type: ignore[attr-defined]
    assert sum(held.surfaces.values()) == len(confirmed)


def test_what_is_discounted_does_not_count_and_what_comes_after_does() -> None:
    document = plain_document("Hà Nội và Hà Nội và Huế")
    apply(document, commands.tag(document, [(0, 6)], "PER"))
    lexicon = Lexicon()
    lexicon.discount("a", facts_of(document))
    lexicon.learn("a", document)
    assert lexicon.guess_type("Hà Nội", SCHEMA, kinds=("entity",)) is None
    apply(document, commands.tag(document, [(10, 16)], "GPE"))
    lexicon.learn("a", document)
    assert lexicon.guess_type("hà_nội", SCHEMA, kinds=("entity",)) == ("entity", "GPE")
