"""brat's spelling of names: what it refuses is mapped, counted as changed and, with the same schema, read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.model import Argument, Entity, Event
from annotator.core.schema import EntityType, EventRole, EventType, Role, Schema
from annotator.core.text import Text
from annotator.formats.brat_names import Names
from annotator.formats.table import ExportOptions, writer
from tests.formats.articles import SCHEMA, read_all, said, source_of, write_files

VIETNAMESE = Schema(
    "việt",
    entities=(EntityType("Người"), EntityType("Nguoi"), EntityType("Đơn vị")),
    events=(EventType("Cưới", roles=(EventRole("Người"), EventRole("Vai2"))),),
    roles=(Role("Người"), Role("Vai2")),
)


def wedding() -> Document:
    document = Document(Text("Nam cưới Lan"), source_of("Nam cưới Lan"))
    items = [Entity("T1", "Người", ((0, 3),)), Entity("T2", "Nguoi", ((9, 12),))]
    arguments = (Argument("Người", "T1"), Argument("Người", "T2"), Argument("Vai2", "T2"))
    event = Event("E1", "Cưới", ((4, 8),), arguments)
    changes = [Change("entities", item.id, None, item) for item in items] + [Change("events", "E1", None, event)]
    apply(document, Edit("make", tuple(changes)))
    return document


def test_names_that_brat_refuses_are_mapped_said_and_read_back(tmp_path: Path) -> None:
    document = wedding()
    rendered = writer("brat")(document, VIETNAMESE, ExportOptions())
    ann = dict(rendered.files)[".ann"].decode()
    assert ann.splitlines() == [
        "T1\tNguoi_ 0 3\tNam",
        "T2\tNguoi 9 12\tLan",
        "T3\tCuoi 4 8\tcưới",
        "E1\tCuoi:T3 Nguoi_:T1 Nguoi_2:T2 Vai2:T2",
    ]
    assert [(loss.id, loss.what, loss.detail) for loss in rendered.account.losses] == [
        ("T1", "type-renamed", ""),
        ("E1", "type-renamed", ""),
        ("E1", "role-renamed", "Người T1"),
        ("E1", "role-renamed", "Người T2"),
    ]
    write_files(tmp_path, rendered)
    (back,) = read_all("brat", tmp_path, VIETNAMESE)
    assert back.document is not None
    assert said(back.document) == said(document)


def test_a_role_that_ends_in_a_digit_is_counted_where_it_cannot_come_back() -> None:
    account = writer("brat")(wedding(), Schema("empty"), ExportOptions()).account
    assert ("E1", "role-number-lost", "Vai2 T2") in [(loss.id, loss.what, loss.detail) for loss in account.losses]


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("Victim-Arg", "Victim"),
        ("Victim-Arg2", "Victim"),
        ("Victim", "Victim"),
        ("Victim3", "Victim"),
        ("Other-Arg12", "Other"),
        ("Other", "Other"),
        ("7", "7"),
    ],
)
def test_roles_come_in_without_number_and_suffix(written: str, role: str) -> None:
    assert Names(SCHEMA).meant_role(written) == role


def test_a_suffix_that_the_schema_does_not_have_goes_where_the_role_is_known() -> None:
    names = Names(Schema("plain", roles=(Role("Victim"),)))
    assert names.meant_role("Victim-Arg2") == "Victim"
    assert names.meant_role("Other-Arg2") == "Other-Arg"


def test_a_role_that_ends_in_a_digit_keeps_it_where_the_schema_knows_it() -> None:
    names = Names(Schema("plain", brat_role_suffix="-Arg", roles=(Role("Arg1"),)))
    assert [names.meant_role(names.written_role("Arg1", number=number)) for number in (1, 2, 11)] == ["Arg1"] * 3
    assert [names.meant_role(spelled) for spelled in ("Arg1", "Arg12")] == ["Arg1"] * 2
