"""A schema file with a mistake is refused with the code and the very line of the mistake; a sound one is read as written."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import AnnotatorError
from annotator.core.schema import NO_COLOUR, Schema, Wording
from annotator.core.schema_toml import SIZE_LIMIT, read_schema

SOUND = """\
# A comment with [[entity]] and "quotes".
name = "own"
version = 2
language = "vi"
label = {en = "Own", vi = "Riêng"}
event_targets = false

[conventions]
crossing = false
titles = ["Ông", "bà"]
nesting_expected = [
  ["PER", "PER"],  # a comment with ] and "
  ["PER", "LOC"],
]
agentless = {Die = ["chết"]}

[[entity]]
name = "PER"
key = "p"
colour = "#2f6fb3"
label = {en = "Person", vi = "Người"}
definition = {en = '''A "person" [[entity]]
of flesh.''', vi = "Người."}
seen = 3

[[entity]]
name = "LOC"
key = "l"

[[role]]
name = "Victim"
key = "v"

[[role]]
name = "Place"
key = "l"

[[event]]
name = "Die"
key = "1"
triggers = ["chết", "tử vong"]
roles = [
  {role = "Victim", core = true, fillers = ["PER"], usual = 1, most = 2, filled = 0.9, seen = {PER = 7}},
  {role = "Place", key = "n", fillers = ["LOC"], rare = ["PER"]},
]

[[event]]
name = "Attack"
key = "0 r"
roles = [{role = "Place", fillers = ["LOC"]}]

[[relation]]
name = "Near"
key = "n"
sources = ["PER"]
targets = ["LOC"]

[[attribute]]
name = "polarity"
on = "event"
key = "!"
default = "positive"
values = [{name = "positive", vi = "khẳng định"}, {name = "negative", label = {en = "negated", vi = "phủ định"}}, "unknown"]

[[document_label]]
name = "topic"
values = ["war", {name = "law", en = "Law", vi = "Luật"}]
"""

# What is replaced, by what, the code, and a piece of the line that must be named.
MISTAKES = [
    ('version = 2', 'version = = 2', "schema-syntax", "version"),
    ('version = 2', 'version = 2\nversion = 3', "schema-syntax", "version = 3"),
    ('version = 2', 'version = 2 language = "vi"', "schema-syntax", "version = 2 "),
    ('name = "own"\n', '', "schema-name-missing", "# A comment"),
    ('version = 2', 'verson = 2', "schema-unknown-key", "verson"),
    ('crossing = false', 'crosing = false', "schema-unknown-key", "crosing"),
    ('"#2f6fb3"\n', '"#2f6fb3"\ncolor = "red"\n', "schema-unknown-key", "color ="),
    ('core = true', 'cor = true', "schema-unknown-key", "cor ="),
    ('vi = "Riêng"', 'fr = "Propre"', "schema-unknown-key", "fr ="),
    ('version = 2', 'version = "2"', "schema-not-number", "version"),
    ('version = 2', 'version = true', "schema-not-number", "version"),
    ('version = 2', 'version = 0', "schema-out-of-range", "version"),
    ('seen = 3', 'seen = -1', "schema-out-of-range", "seen = -1"),
    ('filled = 0.9', 'filled = 1.5', "schema-out-of-range", "filled"),
    ('filled = 0.9', 'filled = nan', "schema-out-of-range", "filled"),
    ('filled = 0.9', 'filled = "most"', "schema-not-number", "filled"),
    ('event_targets = false', 'event_targets = 0', "schema-not-flag", "event_targets"),
    ('crossing = false', 'crossing = "no"', "schema-not-flag", "crossing"),
    ('language = "vi"', 'language = "fr"', "schema-choice-unknown", "language"),
    ('name = "own"', 'name = 7', "schema-not-text", "name = 7"),
    ('titles = ["Ông", "bà"]', 'titles = "Ông"', "schema-not-list", "titles"),
    ('titles = ["Ông", "bà"]', 'titles = ["Ông", 5]', "schema-not-text", "titles"),
    ('titles = ["Ông", "bà"]', 'titles = ["Ông", " "]', "schema-text-empty", "titles"),
    ('label = {en = "Own", vi = "Riêng"}', 'label = ["Own"]', "schema-not-table", 'label = ["Own"]'),
    ('label = {en = "Own", vi = "Riêng"}', 'label = {en = 1}', "schema-not-text", "label = {en = 1}"),
    ('[conventions]', '[[conventions]]', "schema-not-table", "[[conventions]]"),
    ('name = "LOC"\n', '', "schema-name-missing", "[[entity]]#4"),
    ('name = "LOC"', 'name = ""', "schema-name-missing", 'name = ""'),
    ('name = "LOC"', 'name = "my place"', "schema-name-blank", "my place"),
    ('name = "LOC"', 'name = "PER"', "schema-name-twice", 'name = "PER"#2'),
    ('name = "Place"', 'name = "Victim"', "schema-name-twice", 'name = "Victim"#2'),
    ('name = "Attack"', 'name = "Die"', "schema-name-twice", 'name = "Die"#2'),
    ('name = "Attack"', 'name = "PER"', "schema-name-twice", 'name = "PER"#2'),
    ('key = "l"\n\n[[role]]', 'key = "p"\n\n[[role]]', "schema-key-clash", 'key = "p"#2'),
    ('key = "0 r"', 'key = "1"', "schema-key-clash", 'key = "1"#2'),
    ('key = "n", fillers', 'key = "v", fillers', "schema-key-clash", 'role = "Place", key = "v"'),
    ('name = "Place"\nkey = "l"', 'name = "Place"\nkey = "w"', "schema-key-unsafe", 'key = "w"'),
    ('key = "p"', 'key = "a"', "schema-key-unsafe", 'key = "a"'),
    ('key = "p"', 'key = "d"', "schema-key-unsafe", 'key = "d"'),
    ('key = "p"', 'key = "["', "schema-key-unsafe", 'key = "["'),
    ('key = "p"', 'key = "P"', "schema-key-unsafe", 'key = "P"'),
    ('key = "p"', 'key = "đ"', "schema-key-unsafe", 'key = "đ"'),
    ('key = "p"', 'key = "q"', "schema-key-reserved", 'key = "q"'),
    ('key = "p"', 'key = "ps"', "schema-key-not-one-letter", 'key = "ps"'),
    ('key = "0 r"', 'key = "0r"', "schema-event-key-form", 'key = "0r"'),
    ('key = "0 r"', 'key = "r"', "schema-event-key-form", 'key = "r"'),
    ('key = "0 r"', 'key = "0 e"', "schema-key-unsafe", 'key = "0 e"'),
    ('key = "0 r"', 'key = "- q"', "schema-key-reserved", 'key = "- q"'),
    ('key = "!"', 'key = "x"', "schema-attribute-key", 'key = "x"'),
    ('key = "n", fillers', 'key = "o", fillers', "schema-key-unsafe", 'key = "o", fillers'),
    ('role = "Place", key', 'role = "Pace", key', "schema-role-undefined", '"Pace"'),
    ('role = "Place", key = "n", ', '', "schema-role-undefined", 'rare = ["PER"]'),
    ('role = "Place", key = "n"', 'role = "Victim", key = "n"', "schema-role-repeated", 'role = "Victim", key = "n"'),
    ('fillers = ["LOC"], rare', 'fillers = ["LOK"], rare', "schema-filler-unknown", "LOK"),
    ('fillers = ["LOC"], rare', 'fillers = ["LOC", "LOC"], rare', "schema-filler-twice", '"LOC", "LOC"'),
    ('rare = ["PER"]', 'rare = ["PEER"]', "schema-filler-unknown", "PEER"),
    ('rare = ["PER"]', 'rare = ["LOC"]', "schema-filler-also-rare", 'rare = ["LOC"]'),
    ('fillers = ["PER"], usual', 'fillers = ["Attack"], usual', "schema-filler-is-event", '"Attack"], usual'),
    ('fillers = ["PER"], usual', 'fillers = [], usual', "schema-fillers-missing", 'fillers = []'),
    ('fillers = ["PER"], usual', 'usual', "schema-fillers-missing", 'core = true, usual'),
    ('seen = {PER = 7}', 'seen = {LOC = 7}', "schema-seen-no-filler", 'seen = {LOC'),
    ('seen = {PER = 7}', 'seen = {PER = "7"}', "schema-not-number", 'seen = {PER'),
    ('seen = {PER = 7}', 'seen = [7]', "schema-not-table", 'seen = [7]'),
    ('usual = 1, most = 2', 'usual = 3, most = 2', "schema-usual-above-most", "usual = 3"),
    ('usual = 1, most = 2', 'usual = 0, most = 2', "schema-out-of-range", "usual = 0"),
    ('"#2f6fb3"', '"#2f6fb"', "schema-colour", "colour"),
    ('"#2f6fb3"', '"blue"', "schema-colour", "colour"),
    ('default = "positive"', 'default = "positiv"', "schema-default-unknown", "default"),
    ('on = "event"', 'on = "events"', "schema-choice-unknown", 'on = "events"'),
    ('on = "event"\n', '', "schema-choice-unknown", "[[attribute]]"),
    ('values = ["war"', 'values = ["law"', "schema-name-twice", 'values = ["law"'),
    ('values = ["war", {name = "law", en = "Law", vi = "Luật"}]', 'values = []', "schema-values-missing", "values = []"),
    ('values = ["war"', 'values = [3', "schema-not-table", "values = [3"),
    ('["PER", "LOC"],\n]', '["PER", "LOK"],\n]', "schema-type-unknown", '["PER", "LOK"]'),
    ('["PER", "LOC"],\n]', '["PER"],\n]', "schema-not-pair", '["PER"],'),
    ('{Die = ["chết"]}', '{Dead = ["chết"]}', "schema-type-unknown", "agentless"),
    ('targets = ["LOC"]', 'targets = ["Die"]', "schema-type-unknown", '["Die"]'),
    ('sources = ["PER"]', 'sources = [\n"PER",\n"PRE"]', "schema-type-unknown", '"PRE"'),
    ('[[relation]]', '[relation]', "schema-not-list", "[relation]"),
]  # fmt: skip


def refusal(raw: bytes) -> tuple[str, Mapping[str, str | int]]:
    with pytest.raises(AnnotatorError) as caught:
        read_schema(raw, path="own.toml")
    assert caught.value.where["path"] == "own.toml"
    return caught.value.code, caught.value.where


def line_of(text: str, piece: str) -> int:
    """The line on which the piece stands; ``piece#2`` asks for the second such line."""
    wanted, rank = (piece[:-2], int(piece[-1])) if piece[-2:-1] == "#" else (piece, 1)
    return [number for number, line in enumerate(text.split("\n"), 1) if wanted in line][rank - 1]


@pytest.mark.parametrize(("old", "new", "code", "piece"), MISTAKES)
def test_a_mistake_is_named_with_its_line(old: str, new: str, code: str, piece: str) -> None:
    assert old in SOUND
    text = SOUND.replace(old, new, 1)
    found, where = refusal(text.encode())
    assert (found, where["line"]) == (code, line_of(text, piece))
    again, there = refusal(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert (again, there) == (found, where)


def test_a_sound_schema_is_read_as_written() -> None:
    schema = read_schema(SOUND.encode(), path="own.toml")
    assert (schema.name, schema.version, schema.language, schema.label) == ("own", 2, "vi", Wording("Own", "Riêng"))
    assert [(item.name, item.key, item.colour, item.seen) for item in schema.entities] == [
        ("PER", "p", "#2F6FB3", 3),
        ("LOC", "l", NO_COLOUR, 0),
    ]
    die = schema.event_by_key("1")
    assert die is not None
    victim, place = die.roles
    assert (victim.key, victim.core, victim.usual, victim.most, victim.filled, dict(victim.seen)) == ("v", True, 1, 2, 0.9, {"PER": 7})
    assert (place.key, place.fillers, place.rare) == ("n", ("LOC",), ("PER",))
    attack = schema.event("Attack")
    assert attack is not None
    assert attack.roles[0].key == "l"
    assert schema.conventions.titles == ("ông", "bà")
    assert schema.conventions.passives == ("bị", "được")
    assert (schema.conventions.crossing, schema.conventions.passive_in_trigger) == (False, None)
    assert schema.conventions.nesting_expected == (("PER", "PER"), ("PER", "LOC"))
    assert dict(schema.conventions.agentless) == {"Die": ("chết",)}
    assert [(value.name, value.label.en, value.label.vi) for value in schema.attributes[0].values] == [
        ("positive", "positive", "khẳng định"),
        ("negative", "negated", "phủ định"),
        ("unknown", "unknown", ""),
    ]
    assert [value.name for value in schema.labels[0].values] == ["war", "law"]


def test_the_nearest_known_name_is_proposed() -> None:
    assert refusal(SOUND.replace("crossing", "crosing").encode())[1]["nearest"] == "crossing"
    assert refusal(SOUND.replace('["LOC"], rare', '["LOK"], rare').encode())[1]["nearest"] == "LOC"
    assert refusal(SOUND.replace('role = "Place", key', 'role = "Plaec", key').encode())[1]["nearest"] == "Place"


def test_a_monstrous_name_is_quoted_in_part_and_at_once() -> None:
    _, where = refusal(SOUND.replace("crossing", "x" * 1_000_000).encode())
    assert len(str(where["key"])) == 80


def test_a_clash_names_both_lines() -> None:
    _, where = refusal(SOUND.replace('key = "0 r"', 'key = "1"').encode())
    assert (where["name"], where["other"]) == ("Attack", "Die")
    assert where["first"] == line_of(SOUND, 'key = "1"')


def test_events_may_fill_roles_where_the_schema_says_so() -> None:
    text = SOUND.replace("event_targets = false", "event_targets = true").replace('["PER"], usual', '["PER", "Attack"], usual')
    die = read_schema(text.encode(), path="own.toml").event("Die")
    assert die is not None
    assert die.roles[0].fillers == ("PER", "Attack")


def test_types_without_a_key_get_one() -> None:
    text = "\n".join(line for line in SOUND.split("\n") if not line.startswith("key = "))
    schema = read_schema(text.encode(), path="own.toml")
    assert [item.key for item in schema.entities] == ["p", "l"]
    assert [item.key for item in schema.events] == ["1", "2"]
    assert [[role.key for role in item.roles] for item in schema.events] == [["v", "n"], ["p"]]


@pytest.mark.parametrize(
    ("raw", "code", "line"),
    [
        (b"", "schema-name-missing", 1),
        (b'name = "a"\nlabel = "\xff"\n', "schema-not-utf8", 2),
        (b'name = "a"\n' + b"\xef\xbb\xbf", "schema-syntax", 2),
        (b'name = "a"\n\nlabel = [\n', "schema-syntax", 3),
        (b'name = "a"\nversion = ' + b"9" * 5000 + b"\n", "schema-syntax", 2),
        (b'name = "a"\nversion = ' + b"9" * 500 + b"\n", "schema-out-of-range", 2),
        (b'name = "a"\nlabel = ' + b"[" * 200_000, "schema-too-deep", 2),
        (b'name = "a"\n#' + b"x" * SIZE_LIMIT, "schema-too-large", 1),
        (b'name = "a"\n"ev\\u0065nts" = 3\n', "schema-unknown-key", 2),
        (b"name = 'a'\n\n[conventions.agentless]\nDie = ['x']\n", "schema-type-unknown", 4),
        (b"name = 'a'\nconventions.crossing = 4\n", "schema-not-flag", 2),
    ],
)
def test_files_that_are_no_schema(raw: bytes, code: str, line: int) -> None:
    found, where = refusal(raw)
    assert (found, where["line"]) == (code, line)


@given(st.binary(max_size=200) | st.text(st.sampled_from("[]{}=\"'\\#,.\n abentiy01"), max_size=120).map(str.encode))
def test_whatever_stands_in_the_file_the_answer_is_a_schema_or_a_line(raw: bytes) -> None:
    try:
        assert isinstance(read_schema(raw, path="own.toml"), Schema)
    except AnnotatorError as error:
        assert 1 <= int(error.where["line"]) <= raw.count(b"\n") + 1


@given(st.integers(0, len(SOUND)), st.integers(0, 12), st.sampled_from(["", "]", '"', "\n", "[[role]]\n", "a = {b = [1]}\n", "'''"]))
def test_a_schema_cut_anywhere_is_refused_with_a_line_or_read(at: int, length: int, put: str) -> None:
    text = SOUND[:at] + put + SOUND[at + length :]
    try:
        read_schema(text.encode(), path="own.toml")
    except AnnotatorError as error:
        assert 1 <= int(error.where["line"]) <= text.count("\n") + 1
