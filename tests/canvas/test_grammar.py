"""The grammar of keys as a table: strokes one after another, and what the last one means."""

from __future__ import annotations

import pytest

from annotator.core.schema import Schema
from annotator.gui.work.grammar import (
    ACTIONS,
    ChangeRole,
    Do,
    FillRole,
    Grammar,
    Ignore,
    Intent,
    Lead,
    MakeEntity,
    MakeEvent,
    Refuse,
    Retype,
    Stroke,
)
from annotator.tasks.schemas import BUILT_IN, find_schema

ESCAPE = Stroke("Escape")

TABLE: list[tuple[str, str, Intent]] = [
    # No frame open: a letter makes an entity, a digit or a leader an event.
    ("p", "", MakeEntity("PER")),
    ("P", "", MakeEntity("PER")),
    ("3", "", MakeEvent("Die")),
    ("0", "", Lead("0")),
    ("0 s", "", MakeEvent("Sentence")),
    ("0 S", "", MakeEvent("Sentence")),
    ("- t", "", MakeEvent("Injure")),
    ("z", "", Refuse("no-such-entity-key", "z")),
    # Frame open: a letter is a role, Shift and a letter an entity, digits and leaders work at any time.
    ("v", "Die", FillRole("Victim")),
    ("V", "Die", MakeEntity("VEH")),
    ("3", "Die", MakeEvent("Die")),
    ("0 r", "Die", MakeEvent("Release-parole")),
    ("p", "Die", Refuse("no-such-role", "p")),
    ("g", "Attack", FillRole("Attacker")),
    # A leader takes one key, whatever is open.
    ("0 z", "", Refuse("no-such-event-key", "0 z")),
    ("0 z p", "", MakeEntity("PER")),
    ("- 3", "", Refuse("no-such-event-key", "- 3")),
    ("0 Escape", "", Do("drop_leader")),
    ("0 Escape p", "", MakeEntity("PER")),
    # Retype: an entity's letter, an event's digit, or its leader and letter.
    ("*", "", Lead("*")),
    ("* p", "Die", Retype("PER")),
    ("* 3", "", Retype("Die")),
    ("* 0", "", Lead("*0")),
    ("* 0 x", "", Retype("Trial-hearing")),
    ("* - t", "", Retype("Injure")),
    ("* z", "", Refuse("no-such-entity-key", "z")),
    ("* 0 z", "", Refuse("no-such-event-key", "0 z")),
    ("* * p", "", MakeEntity("PER")),
    # Twice, in an open frame: another role.
    ("* *", "", Refuse("role-needs-frame", "*")),
    ("* *", "Die", Lead("**")),
    ("* * v", "Die", ChangeRole("Victim")),
    ("* * z", "Die", Refuse("no-role-to-give", "z")),
    ("* * Escape v", "Die", FillRole("Victim")),
    ("* Escape p", "", MakeEntity("PER")),
    ("* 0 Escape v", "Die", FillRole("Victim")),
]


def stroke(name: str) -> Stroke:
    return Stroke(name.lower(), shift=True) if len(name) == 1 and name.isupper() else Stroke(name)


@pytest.fixture(scope="module")
def schema() -> Schema:
    return find_schema("bkee")


@pytest.mark.parametrize(
    ("strokes", "frame", "meaning"), TABLE, ids=[f"{strokes} in {frame}" if frame else strokes for strokes, frame, _ in TABLE]
)
def test_strokes_mean_what_the_design_says(schema: Schema, strokes: str, frame: str, meaning: Intent) -> None:
    grammar = Grammar(schema)
    kind = schema.event(frame) if frame else None
    found: Intent = Ignore()
    for name in strokes.split(" "):
        found = grammar.read(stroke(name), frame=kind)
    assert found == meaning
    assert (grammar.leader is not None) == isinstance(meaning, Lead)


@pytest.mark.parametrize("pressed", ACTIONS, ids=str)
def test_actions_are_the_same_with_and_without_a_frame(schema: Schema, pressed: Stroke) -> None:
    for frame in (None, schema.event("Die")):
        assert Grammar(schema).read(pressed, frame=frame) == Do(ACTIONS[pressed])


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_key_of_every_schema_reaches_its_type(name: str) -> None:
    schema = find_schema(name)
    for entity in schema.entities:
        if entity.key:
            assert Grammar(schema).read(Stroke(entity.key), frame=None) == MakeEntity(entity.name)
            for event in schema.events:
                assert Grammar(schema).read(Stroke(entity.key, shift=True), frame=event) == MakeEntity(entity.name)
    for event in schema.events:
        if event.key:
            for prefix, wanted in (("", MakeEvent), ("* ", Retype)):
                grammar, found = Grammar(schema), None
                for key in f"{prefix}{event.key}".split(" "):
                    found = grammar.read(Stroke(key), frame=event)
                assert found == wanted(event.name)
        for role in event.roles:
            if role.key:
                assert Grammar(schema).read(Stroke(role.key), frame=event) == FillRole(role.role)


@pytest.mark.parametrize("name", BUILT_IN)
def test_no_key_is_one_that_an_input_method_takes(name: str) -> None:
    """No vowel, no d, no w, no bracket and not the reserved q: Telex and VNI make other letters of them."""
    schema = find_schema(name)
    keys = (
        [item.key for item in schema.entities]
        + [role.key for event in schema.events for role in event.roles]
        + [item.key for item in schema.events]
    )
    letters = {letter for key in keys for letter in key if letter.isalpha()}
    assert letters and not letters & set("aeiouydwq[]") and all(letter.isascii() and letter.islower() for letter in letters)


def test_control_and_alt_are_the_windows(schema: Schema) -> None:
    grammar = Grammar(schema)
    for pressed in (Stroke("p", ctrl=True), Stroke("p", alt=True), Stroke("3", ctrl=True), Stroke("Backspace"), Stroke("ấ")):
        assert grammar.read(pressed, frame=None) == Ignore()
