"""Files that are wrong: what holds comes in, what does not is listed with its line, and nothing stops the rest."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from annotator.core.errors import AnnotatorError
from annotator.formats.account import Loss
from annotator.formats.table import FORMATS, Imported, ImportOptions, reader, writer
from tests.formats.articles import SCHEMA, read_all

TEXT = "Nam gặp Lan ở Huế .\n"
GOOD = ["T1\tPER 0 3\tNam", "T2\tMeet 4 7\tgặp", "E1\tMeet:T2 Agent-Arg:T1"]


def import_brat(folder: Path, lines: list[str]) -> Imported:
    (folder / "bài.txt").write_bytes(TEXT.encode())
    (folder / "bài.ann").write_bytes("\n".join(lines).encode())
    (imported,) = read_all("brat", folder)
    return imported


def told(problems: tuple[Loss, ...]) -> list[tuple[int, str, str]]:
    return [(loss.line, loss.what, loss.id) for loss in problems]


@pytest.mark.parametrize(
    ("line", "what", "identifier"),
    [
        ("T9\tPER 8 11\tMai", "surface-differs", "T9"),
        ("T9\tPER 8 99\tLan", "offset-outside", "T9"),
        ("T9\tPER 11 8\tLan", "offset-outside", "T9"),
        ("T9\tPER 3 4\t ", "blank-span", "T9"),
        ("T9\tPER x y\tLan", "malformed-line", "T9"),
        ("T9 PER 8 11 Lan", "malformed-line", "T9 PER 8 11 Lan"),
        ("T1\tPER 8 11\tLan", "duplicate-id", "T1"),
        ("E9\tMeet Agent-Arg:T1", "malformed-line", "E9"),
        ("E9\tMeet:T7 Agent-Arg:T1", "event-without-trigger", "E9"),
        ("E1\tMeet:T2", "duplicate-id", "E1"),
        ("E9\tMeet:T2 Victim-Arg:T8", "argument-without-filler", "E9"),
        ("E9\tMeet:T2 Victim-Arg", "malformed-argument", "E9"),
        ("E9\tMeet:T2 Victim-Arg:E9", "argument-in-circle", "E9"),
        ("E9\tAttack:T2", "trigger-type-differs", "E9"),
        ("R1\tPart-Of Arg1:T1 Arg2:T9", "relation-without-end", "R1"),
        ("R1\tPart-Of Arg1:T1", "malformed-line", "R1"),
        ("*\tEquiv T1", "malformed-line", "*"),
        ("*\tOther T1 T2", "unknown-line", ""),
        ("A1\tMention T9 NAM", "remark-without-target", "A1"),
        ("A1\tMention", "malformed-line", "A1"),
        ("#1\tAnnotatorNotes T9\tNote", "remark-without-target", "#1"),
        ("X1\tsomething", "unknown-line", ""),
        ("<html>", "unknown-line", ""),
    ],
)
def test_a_bad_line_costs_only_itself(line: str, what: str, identifier: str, tmp_path: Path) -> None:
    imported = import_brat(tmp_path, [*GOOD, line])
    assert told(imported.problems)[:1] == [(4, what, identifier)]
    assert imported.document is not None
    assert imported.document.entities["T1"].spans == ((0, 3),)
    assert [(held.role, held.target) for held in imported.document.events["E1"].arguments] == [("Agent", "T1")]


def test_an_event_goes_with_its_trigger_and_names_its_arguments(tmp_path: Path) -> None:
    imported = import_brat(tmp_path, ["T1\tPER 0 3\tNam", "T2\tMeet 4 7\tgap", "E1\tMeet:T2 Agent-Arg:T1 Place-Arg:T1", "A1\tNegated E1"])
    assert told(imported.problems) == [
        (2, "surface-differs", "T2"),
        (4, "remark-without-target", "A1"),
        (3, "trigger-not-taken", "E1"),
        (3, "argument-of-lost-event", "E1"),
        (3, "argument-of-lost-event", "E1"),
    ]
    assert imported.problems[0].detail == "gap"
    assert imported.document is not None
    assert [*imported.document.entities] == ["T1"]


def test_a_circle_of_events_is_opened(tmp_path: Path) -> None:
    lines = ["T1\tMeet 0 3\tNam", "T2\tMeet 4 7\tgặp", "E1\tMeet:T1 Agent-Arg:E2", "E2\tMeet:T2 Agent-Arg:E1"]
    imported = import_brat(tmp_path, lines)
    assert told(imported.problems) == [(4, "argument-in-circle", "E2")]
    assert imported.document is not None
    assert [len(event.arguments) for event in imported.document.events.values()] == [1, 0]


def test_a_trigger_that_fills_a_role_is_a_mention_too(tmp_path: Path) -> None:
    imported = import_brat(tmp_path, [*GOOD, "T3\tAttack 8 11\tLan", "E2\tAttack:T3 Victim-Arg:T2"])
    assert imported.problems == ()
    assert imported.document is not None
    assert imported.document.entities["T2"].type == "Meet"
    assert imported.document.events["E2"].arguments[0].target == "T2"


def test_spellings_of_other_tools_are_read(tmp_path: Path) -> None:
    lines = ["\ufeffT1\tPER 0 3\tNam", "", "T2\tMeet 4 7", "E1\tMeet:T2 Agent-Arg3:T1 ", "T3\tLOC 12 13;14 17\tở Huế"]
    imported = import_brat(tmp_path, [line + "\r" for line in lines])
    assert imported.problems == ()
    assert imported.document is not None
    assert [(held.role, held.target) for held in imported.document.events["E1"].arguments] == [("Agent", "T1")]
    assert imported.document.entities["T3"].spans == ((12, 17),)


def test_bytes_that_are_no_utf_8(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "a.ann").write_bytes("\n".join(GOOD).encode() + b"\n#1\tAnnotatorNotes T1\t\xff\n")
    (imported,) = read_all("brat", tmp_path)
    assert told(imported.problems) == [(4, "line-not-utf-8", "")]
    assert imported.document is not None
    assert len(imported.document.events) == 1


def test_articles_without_their_text_are_named_and_the_rest_comes_in(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name, content in (("a", b"\xff\xfe\xff"), ("sub/b", TEXT.encode())):
        (tmp_path / f"{name}.txt").write_bytes(content)
        (tmp_path / f"{name}.ann").write_bytes(GOOD[0].encode())
    (tmp_path / "c.ann").write_bytes(b"")
    found = {imported.name: imported for imported in read_all("brat", tmp_path)}
    assert {name: [loss.what for loss in imported.problems] for name, imported in found.items()} == {
        "a": ["text-unreadable"],
        "c": ["text-missing"],
        "sub/b": [],
    }
    assert [name for name, imported in found.items() if imported.document is None] == ["a", "c"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "bad-json"),
        ("[1]", "no-text"),
        ('{"name": "x"}', "no-text"),
        ('{"text": "Nam", "entities": [{"type": "PER", "start": 0, "end": 9}]}', "offset-outside"),
        ('{"text": "Nam", "entities": [{"type": "PER", "start": 0, "end": 3, "text": "Lan"}]}', "surface-differs"),
        ('{"text": "Nam", "entities": [{"type": "PER", "start": "0", "end": 3}]}', "no-offsets"),
        ('{"text": "Nam", "entities": [7]}', "malformed-item"),
        ('{"text": "Nam", "entities": [{"id": "T1", "start": 0, "end": 1}, {"id": "T1", "start": 0, "end": 3}]}', "duplicate-id"),
        ('{"text": "Nam", "events": [{"trigger": {"start": 0, "end": 3}, "arguments": [{"role": "Agent", "target": "T9"}]}]}',
         "argument-without-filler"),
        ('{"text": "Nam", "relations": [{"type": "x", "source": "T1", "target": "T2"}]}', "relation-without-end"),
        ('{"text": "Nam", "decisions": [[99, "join"]]}', "bad-decision"),
        ('{"text": "Nam", "fields": {"status": "lost"}}', "bad-field"),
        ('{"text": "Nam", "sha256": "0"}', "hash-differs"),
        ('{"text": "Nam", "encoding": "zip"}', "encoding-not-usable"),
    ],
)  # fmt: skip
def test_a_bad_line_of_json(line: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "set.jsonl").write_text(f'{{"name": "one", "text": "Lan"}}\n\n{line}\n{{"name": "two", "text": "Mai"}}\n', encoding="utf-8")
    found = read_all("jsonl", tmp_path)
    assert [(loss.line, loss.what) for imported in found for loss in imported.problems] == [(3, what)]
    assert {"one", "two"} <= {imported.name for imported in found if imported.document is not None}


def test_json_of_other_makers(tmp_path: Path) -> None:
    row = {
        "id": 17,
        "text": "🚒 Nam gặp Lan",
        "entities": [
            {"id": "a", "label": "PER", "start": 3, "end": 6, "text": "Nam"},
            {"id": 2, "label": "PER", "start": 11, "end": 14, "text": "Lan"},
        ],
        "events": [{"type": "Meet", "trigger": {"start": 7, "end": 10, "text": "gặp"}, "arguments": [{"role": "Agent", "target": 2}]}],
    }
    (tmp_path / "set.jsonl").write_bytes(orjson.dumps(row))
    (imported,) = read_all("jsonl", tmp_path)
    assert imported.problems == ()
    assert imported.name == "17"
    assert imported.document is not None
    assert [item.spans for item in imported.document.annotations()] == [((2, 5),), ((6, 9),), ((10, 13),)]
    assert imported.document.events["E1"].arguments[0].target == "T2"


@pytest.mark.parametrize(
    ("lines", "problems", "tokens"),
    [
        (["Nam\tB-PER", "gặp"], [(2, "ragged-columns")], "Nam gặp"),
        (["Nam\tB-PER", "gặp\tX\tO"], [(2, "ragged-columns")], "Nam gặp"),
        (["Nam\tB-PER", "gặp\tMEET"], [(2, "bad-tag")], "Nam gặp"),
        (["Nam\tB-PER", "\tO", "gặp\tO"], [(2, "empty-token")], "Nam gặp"),
        (["# a comment", "Nam\tB-PER", "#\tO"], [], "Nam #"),
        (["Nam B-PER", "# O", "gặp O"], [], "Nam # gặp"),
        (["\ufeffNam B-PER\r", "gặp O\r", "\r"], [], "Nam gặp"),
        (["Nam -X- _ S-PER", "gặp -X- _ O"], [], "Nam gặp"),
    ],
)
def test_bad_columns(lines: list[str], problems: list[tuple[int, str]], tokens: str, tmp_path: Path) -> None:
    (tmp_path / "set.conll").write_bytes("\n".join(lines).encode())
    (imported,) = read_all("conll", tmp_path)
    assert [(loss.line, loss.what) for loss in imported.problems] == problems
    assert imported.content.decode() == f"{tokens}\n"
    assert imported.document is not None
    assert [item.spans for item in imported.document.entities.values()] == [((0, 3),)]


def test_documents_of_one_column_file_keep_apart(tmp_path: Path) -> None:
    text = "# doc = a/x\nNam\tB-PER\n\n# doc = a/x\nLan\tB-PER\n\n-DOCSTART-\t-X-\n\nMai\tO\n"
    (tmp_path / "set.conll").write_text(text, encoding="utf-8")
    assert [(imported.name, imported.content) for imported in read_all("conll", tmp_path)] == [
        ("a/x", b"Nam\n"), ("a/x-2", b"Lan\n"), ("set", b"Mai\n"),
    ]  # fmt: skip


def test_phoner_in_both_forms(tmp_path: Path) -> None:
    rows = [
        '{"words": ["Bệnh_nhân", "Nam"], "tags": ["O", "B-NAME"]}',
        '{"words": ["Huế"], "tags": []}',
        "{",
        '{"words": ["Huế"], "tags": ["B-LOCATION"]}',
    ]
    (tmp_path / "a.json").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "b.conll").write_text("Bệnh_nhân O\nNam B-NAME\n\nHuế B-LOCATION\n", encoding="utf-8")
    first, second = read_all("phoner", tmp_path)
    assert [(loss.line, loss.what) for loss in first.problems] == [(2, "bad-sentence"), (3, "bad-json")]
    assert first.content == second.content == "Bệnh_nhân Nam\nHuế\n".encode()
    for imported in (first, second):
        assert imported.document is not None
        found = [(item.type, item.spans) for item in imported.document.entities.values()]
        assert found == [("NAME", ((10, 13),)), ("LOCATION", ((14, 17),))]


@pytest.mark.parametrize("name", [row.name for row in FORMATS.values() if row.reads])
def test_nothing_to_import_is_said_at_once(name: str, tmp_path: Path) -> None:
    options = ImportOptions(SCHEMA)
    with pytest.raises(AnnotatorError, match="import-source-missing"):
        reader(name)(tmp_path / "nowhere", options)
    with pytest.raises(AnnotatorError, match="nothing-to-import"):
        reader(name)(tmp_path, options)


def test_unknown_format() -> None:
    with pytest.raises(AnnotatorError, match="unknown-format"):
        writer("conl")
