"""Laws of keys: what is given out is safe, unique and always the same."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.schema import EntityType, EventRole, EventType, RelationType, Role, Schema
from annotator.core.schema_keys import (
    SAFE_LETTERS,
    allocate_event_keys,
    allocate_letters,
    event_key_fault,
    fill_keys,
    letter_fault,
)

names = st.text(st.sampled_from(string.ascii_letters + "-_đêQ9&"), min_size=1, max_size=12)
name_lists = st.lists(names, max_size=30, unique=True)
letters = st.sampled_from(SAFE_LETTERS)


@st.composite
def schemas(draw: st.DrawFn) -> Schema:
    """Schemas of which some types have keys, without a clash, and some have none."""
    roles = draw(st.lists(names, max_size=12, unique=True))
    events = []
    for name in draw(name_lists):
        frame = draw(st.lists(st.sampled_from(roles), unique=True, max_size=12)) if roles else []
        own = draw(st.lists(letters, unique=True, max_size=len(frame)))
        keys = own + [""] * (len(frame) - len(own))
        events.append(
            EventType(
                name=name,
                seen=draw(st.integers(0, 5)),
                roles=tuple(EventRole(role=role, key=key, fillers=("PER",)) for role, key in zip(frame, keys, strict=True)),
            )
        )
    entities = draw(name_lists)
    keyed = draw(st.lists(letters, unique=True, max_size=len(entities)))
    return Schema(
        name="drawn",
        entities=tuple(
            EntityType(name=name, key=key) for name, key in zip(entities, keyed + [""] * (len(entities) - len(keyed)), strict=True)
        ),
        events=tuple(events),
        roles=tuple(Role(name=name) for name in roles),
        relations=tuple(RelationType(name=name) for name in draw(name_lists)),
    )


@given(name_lists, st.sets(letters))
def test_letters_are_safe_unique_free_and_given_while_there_are_any(asked: list[str], taken: set[str]) -> None:
    given_out = allocate_letters(asked, taken=taken)
    keys = list(given_out.values())
    assert [key for key in keys if letter_fault(key)] == []
    assert len(set(keys)) == len(keys)
    assert not set(keys) & taken
    assert list(given_out) == asked[: len(SAFE_LETTERS) - len(taken)]


@given(name_lists)
def test_event_keys_are_safe_and_unique_digits_first(asked: list[str]) -> None:
    given_out = allocate_event_keys(asked)
    keys = list(given_out.values())
    assert [key for key in keys if event_key_fault(key)] == []
    assert len(set(keys)) == len(keys) == len(asked)
    assert keys[:9] == list("123456789")[: len(asked)]
    assert all(key.startswith("0 ") for key in keys[9:26])


@given(schemas())
def test_filling_keeps_what_is_set_and_leaves_no_clash(schema: Schema) -> None:
    filled = fill_keys(schema)
    assert fill_keys(filled) == filled == fill_keys(schema)
    for before, after in zip((*schema.entities, *schema.relations), (*filled.entities, *filled.relations), strict=True):
        assert after.key == before.key or not before.key
    for keys in ([item.key for item in filled.entities], [item.key for item in filled.relations]):
        assert len({*keys} - {""}) == min(len(keys), len(SAFE_LETTERS)) == sum(key != "" for key in keys)
    for before, after in zip(schema.events, filled.events, strict=True):
        assert event_key_fault(after.key) == ""
        keys = [role.key for role in after.roles]
        assert len(set(keys)) == len(keys)
        assert [key for key in keys if letter_fault(key)] == []
        assert all(new.key == old.key for old, new in zip(before.roles, after.roles, strict=True) if old.key)
    assert len({event.key for event in filled.events}) == len(filled.events)


def test_the_commonest_events_get_the_digits() -> None:
    events = tuple(EventType(name=f"Event{letter}", seen=rank) for rank, letter in enumerate(string.ascii_uppercase[:12]))
    filled = fill_keys(Schema(name="drawn", events=events))
    assert {event.name for event in filled.events if len(event.key) == 1} == {event.name for event in events[3:]}


def test_a_letter_tells_its_name() -> None:
    assert allocate_letters(["Person", "Place", "Time", "Adjudicator", "PATIENT_ID", "Start-position"]) == {
        "Person": "p", "Place": "l", "Time": "t", "Adjudicator": "j", "PATIENT_ID": "n", "Start-position": "s",
    }  # fmt: skip


def test_a_role_keeps_one_key_in_all_frames_where_that_is_possible() -> None:
    frames = (("Agent", "Giver"), ("Giver", "Goal"), ("Agent", "Goal"))
    events = tuple(EventType(name=str(rank), roles=tuple(EventRole(role=role) for role in frame)) for rank, frame in enumerate(frames))
    filled = fill_keys(Schema(name="drawn", events=events, roles=tuple(Role(name=name) for name in ("Agent", "Giver", "Goal"))))
    keys = {(item.role, item.key) for event in filled.events for item in event.roles}
    assert len(keys) == 3


@pytest.mark.parametrize("key", ["a", "w", "d", "[", "]", "{", "y", "1", "P", "đ", "é", ";", " "])
def test_keys_that_an_input_method_would_take_are_unsafe(key: str) -> None:
    assert letter_fault(key) == "schema-key-unsafe"


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("0", "schema-event-key-form"),
        ("10", "schema-event-key-form"),
        ("b", "schema-event-key-form"),
        ("0b", "schema-event-key-form"),
        ("1 b", "schema-event-key-form"),
        ("²", "schema-event-key-form"),
        ("0 a", "schema-key-unsafe"),
        ("- q", "schema-key-reserved"),
        ("9", ""),
        ("0 b", ""),
        ("- z", ""),
    ],
)
def test_the_form_of_an_event_s_key(key: str, code: str) -> None:
    assert event_key_fault(key) == code
