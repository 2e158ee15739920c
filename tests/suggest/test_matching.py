"""What is typed finds what is meant: tone marks, case and slips do not stand in the way."""

from __future__ import annotations

import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.schema import Schema
from annotator.core.schema_toml import read_schema
from annotator.resources import resource
from annotator.suggest.matching import candidates, fold, match


@cache
def bkee() -> Schema:
    return read_schema(resource("schemas", "bkee.toml").read_bytes(), path="bkee.toml")


def names(query: str, frame: str = "") -> list[str]:
    return [item.name for item in match(query, candidates(bkee(), bkee().event(frame)))]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("ket an", "Sentence"),
        ("kết án", "Sentence"),
        ("KẾT ÁN", "Sentence"),
        (unicodedata.normalize("NFD", "kết án"), "Sentence"),
        ("tuyen an", "Sentence"),
        ("dia diem", "LOC"),
        ("địa điểm", "LOC"),
        ("person", "PER"),
        ("to chuc", "ORG"),
        ("gpe", "GPE"),
        ("die", "Die"),
        ("tu vong", "Die"),
        ("tử_vong", "Die"),
        ("vũ khí", "WEA"),
        ("pha san", "Declare-bankruptcy"),
    ],
)
def test_the_first_answer(query: str, first: str) -> None:
    assert names(query)[0] == first


def test_the_start_of_a_word_beats_what_lies_inside() -> None:
    found = match("an", candidates(bkee()))
    starts = [any(f" {term.folded}".find(" an") >= 0 for term in item.terms) for item in found]
    assert True in starts and False in starts
    assert starts == sorted(starts, reverse=True)


def test_tone_marks_decide_where_they_are_typed() -> None:
    typed = [item for item in match("án", candidates(bkee())) if item.kind == "event"]
    assert any("án" in term.marked for term in typed[0].terms)


@pytest.mark.parametrize(("slip", "meant"), [("tuyne an", "Sentence"), ("perosn", "PER"), ("organizaton", "ORG"), ("tu vogn", "Die")])
def test_a_slip_is_forgiven(slip: str, meant: str) -> None:
    assert meant in names(slip)[:3]


def test_nonsense_finds_nothing() -> None:
    assert names("zzzzqqq") == []


def test_an_open_frame_offers_its_roles_first() -> None:
    assert names("", frame="Die")[: len(bkee().event("Die").roles)] == [role.role for role in bkee().event("Die").roles]  # type: ignore[union-attr]
    assert names("nan nhan", frame="Die")[0] == "Victim"
    assert "Victim" not in names("nan nhan")
    assert names("thoi gian", frame="Die")[:2] == ["Time", "TIME"]


@given(st.sampled_from([term.marked for item in candidates(bkee()) for term in item.terms]), st.sampled_from(["NFC", "NFD"]))
def test_every_term_finds_its_owner_with_and_without_marks(term: str, form: str) -> None:
    wanted = {item.name for item in candidates(bkee()) if fold(term) in [held.folded for held in item.terms]}
    for query in (unicodedata.normalize(form, term), fold(term), term.upper()):  # type: ignore[arg-type]
        assert set(names(query)[: len(wanted)]) == wanted


@given(st.text(max_size=20))
def test_any_text_can_be_typed(query: str) -> None:
    found = match(query, candidates(bkee()))
    assert len({(item.kind, item.name) for item in found}) == len(found)
    assert fold(fold(query)) == fold(query)
