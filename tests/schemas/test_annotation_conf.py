"""brat's ``annotation.conf``: hierarchy, macros, counts, attributes; keys given out; mistakes named with their line."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import AnnotatorError
from annotator.core.schema import NO_COLOUR, Schema
from annotator.core.schema_brat import MANY, PRESENT, read_annotation_conf
from annotator.core.schema_keys import event_key_fault, letter_fault
from annotator.core.schema_toml import read_schema
from annotator.formats.brat_conf import annotation_conf
from annotator.resources import resource

CONF = """\
# Flood reports.
[entities]
!Place
\tRiver|Song
\tTown
\t\tDistrict
Person
-----
Amount

[relations]
<SPOT>=River|Town
Flows-Through Arg1:River, Arg2:Town
Lives-In\tArg1:Person, Arg2:<SPOT>
Lives-In\tArg1:Person, Arg2:Place
Near Arg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric
ENTITY-NESTING Arg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:contain

[events]
<WHEN>=Spot-Arg?:<SPOT>
!Disaster
    Flood  River-Arg:River, Depth-Arg{1-3}:Amount, <WHEN>
    Rescue Saved-Arg+:Person, Saver-Arg*:Person, <WHEN>
Report Speaker-Arg{2}:Person, Said-Arg:Disaster

[attributes]
Negated\tArg:<EVENT>
Certainty Arg:Disaster, Value:High|Low, <DEFAULT>:High
Checked Arg:<ANY>
"""


def read(text: str) -> Schema:
    return read_annotation_conf(text, path="annotation.conf")


def test_types_come_in_their_order_without_the_abstract_ones() -> None:
    schema = read(CONF)
    assert [item.name for item in schema.entities] == ["River", "Town", "District", "Person", "Amount"]
    assert [item.name for item in schema.events] == ["Flood", "Rescue", "Report"]
    assert [item.name for item in schema.relations] == ["Flows-Through", "Lives-In", "Near"]


def test_roles_lose_the_suffix_that_all_of_them_bear() -> None:
    schema = read(CONF)
    assert schema.brat_role_suffix == "-Arg"
    assert [role.name for role in schema.roles] == ["River", "Depth", "Spot", "Saved", "Saver", "Speaker", "Said"]
    mixed = read(CONF.replace("Said-Arg", "Said"))
    assert mixed.brat_role_suffix == ""
    assert [role.name for role in mixed.roles][:2] == ["River-Arg", "Depth-Arg"]


def test_counts_fillers_and_core() -> None:
    schema = read(CONF)
    roles = {item.role: item for event in schema.events for item in event.roles}
    assert {name: (item.core, item.usual, item.most) for name, item in roles.items()} == {
        "River": (True, 1, 1),
        "Depth": (True, 3, 3),
        "Spot": (False, 1, 1),
        "Saved": (True, MANY, MANY),
        "Saver": (False, MANY, MANY),
        "Speaker": (True, 2, 2),
        "Said": (True, 1, 1),
    }
    assert roles["Spot"].fillers == ("River", "Town", "District")
    assert roles["Said"].fillers == ("Flood", "Rescue")
    assert schema.event_targets
    assert not read(CONF.replace(", Said-Arg:Disaster", "")).event_targets


def test_relations_gather_their_lines_and_leave_any_entity_open() -> None:
    schema = read(CONF)
    lives, near = schema.relation("Lives-In"), schema.relation("Near")
    assert lives is not None
    assert near is not None
    assert (lives.sources, lives.targets) == (("Person",), ("River", "Town", "District"))
    assert (near.sources, near.targets) == ((), ())


def test_attributes_with_and_without_values() -> None:
    found = [(item.name, item.on, item.default, [value.name for value in item.values]) for item in read(CONF).attributes]
    assert found == [
        ("Negated", "event", "", [PRESENT]),
        ("Certainty", "event", "High", ["High", "Low"]),
        ("Checked", "entity", "", [PRESENT]),
        ("Checked", "event", "", [PRESENT]),
    ]


def test_every_type_can_be_typed_and_told_apart() -> None:
    schema = read(CONF)
    frames = [[role.key for role in event.roles] for event in schema.events]
    for keys in ([item.key for item in schema.entities], [item.key for item in schema.relations], *frames):
        assert [key for key in keys if letter_fault(key)] == []
        assert len(set(keys)) == len(keys)
    assert [event_key_fault(event.key) for event in schema.events] == ["", "", ""]
    assert [item.key for item in schema.entities] == ["r", "t", "s", "p", "m"]
    colours = [item.colour for item in (*schema.entities, *schema.events)]
    assert NO_COLOUR not in colours
    assert all(one != other for one, other in itertools.combinations(colours, 2))


def test_line_ends_and_marks_of_other_systems_change_nothing() -> None:
    assert read("\ufeff" + CONF.replace("\n", "\r\n")) == read(CONF)
    assert read("").entities == ()


@pytest.mark.parametrize(
    ("old", "new", "code", "piece"),
    [
        ("[events]", "[event]", "brat-conf-section", "[event]"),
        ("# Flood reports.", "Flood reports", "brat-conf-outside", "Flood reports"),
        ("Person, Arg2:<SPOT>", "Person, Arg2:<SPOTS>", "brat-conf-macro", "<SPOTS>"),
        ("River-Arg:River,", "River-Arg:Rivr,", "brat-conf-type-unknown", "Rivr"),
        ("River-Arg:River,", "River-Arg,", "brat-conf-argument", "River-Arg,"),
        ("River-Arg:River,", "River-Arg:,", "brat-conf-argument", "River-Arg:,"),
        ("Depth-Arg{1-3}", "Depth-Arg{3-1}", "brat-conf-count", "{3-1}"),
        ("Depth-Arg{1-3}", "Depth-Arg{0}", "brat-conf-count", "{0}"),
        ("Depth-Arg{1-3}", "Depth-Arg{x}", "brat-conf-count", "{x}"),
        ("Depth-Arg{1-3}", "River-Arg", "brat-conf-role-twice", "River-Arg:Amount"),
        ("Amount\n", "River\n", "brat-conf-name-twice", "River#2"),
        ("Report ", "Person ", "brat-conf-name-twice", "Person Speaker"),
        ("Amount\n", "Amount Arg1:Person\n", "brat-conf-argument", "Amount Arg1"),
        ("!Place\n", "!\n", "brat-conf-name", "!"),
        ("Arg1:River, Arg2:Town", "Arg1:River", "brat-conf-ends", "Arg1:River"),
        ("Arg1:River, Arg2:Town", "Arg1:River, Arg2:Flood", "brat-conf-end-no-entity", "Arg2:Flood"),
        ("Negated\tArg:<EVENT>", "Negated", "brat-conf-attribute-bearer", "Negated"),
        ("Negated\tArg:<EVENT>", "Negated\tArg:<RELATION>", "brat-conf-attribute-bearer", "Negated"),
        ("Checked Arg", "Negated Arg", "brat-conf-attribute-twice", "Negated Arg:<ANY>"),
        ("<DEFAULT>:High", "<DEFAULT>:Height", "brat-conf-default", "Height"),
        ("Value:High", "Values:High", "brat-conf-attribute-option", "Values:High"),
    ],
)
def test_a_mistake_is_named_with_its_line(old: str, new: str, code: str, piece: str) -> None:
    assert old in CONF
    text = CONF.replace(old, new, 1)
    with pytest.raises(AnnotatorError) as caught:
        read(text)
    wanted, rank = (piece[:-2], int(piece[-1])) if piece[-2:-1] == "#" else (piece, 1)
    lines = [number for number, line in enumerate(text.split("\n"), 1) if wanted in line]
    assert (caught.value.code, caught.value.where["line"]) == (code, lines[rank - 1])
    assert caught.value.where["path"] == "annotation.conf"


@given(st.integers(0, len(CONF)), st.integers(0, 12), st.sampled_from(["", "!", "|", "\n", "<X>", "Town", ":", "{"]))
def test_a_file_cut_anywhere_is_read_or_refused_with_a_line(at: int, length: int, put: str) -> None:
    text = CONF[:at] + put + CONF[at + length :]
    try:
        read(text)
    except AnnotatorError as error:
        assert 1 <= int(error.where["line"]) <= text.count("\n") + 1


def test_real_files_are_read(shared: Path) -> None:
    folder = shared / "data" / "interop"
    news = read((folder / "brat" / "news" / "annotation.conf").read_text(encoding="utf-8"))
    assert [len(news.entities), len(news.events), len(news.relations), len(news.attributes)] == [4, 10, 7, 4]
    assert news.brat_role_suffix == "-Arg"
    with pytest.raises(AnnotatorError) as caught:
        read((folder / "brat" / "ace05_conf" / "annotation.conf").read_text(encoding="utf-8"))
    assert (caught.value.code, caught.value.where["line"], caught.value.where["type"]) == ("brat-conf-type-unknown", 30, "TODO")


@pytest.mark.parametrize("name", ["ace2005", "bkee", "phoner", "vlsp"])
def test_what_is_exported_for_brat_is_read_back(name: str) -> None:
    schema = read_schema(resource("schemas", f"{name}.toml").read_bytes(), path=name)
    back = read(annotation_conf(schema))
    assert [item.name for item in back.entities] == [item.name for item in schema.entities]
    assert {item.name for item in back.roles} == {item.name for item in schema.roles}
    assert back.brat_role_suffix == schema.brat_role_suffix
    assert [(item.name, [role.role for role in item.roles]) for item in back.events] == [
        (item.name, [role.role for role in item.roles]) for item in schema.events
    ]
    assert [(item.name, item.sources, item.targets) for item in back.relations] == [
        (item.name, item.sources, item.targets) for item in schema.relations
    ]
    assert [(item.name, item.on) for item in back.attributes] == [(item.name, item.on) for item in schema.attributes if item.enabled]
