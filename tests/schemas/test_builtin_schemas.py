"""What every schema that ships must be: readable, whole in both languages, typable without a clash, and fit to be seen."""

from __future__ import annotations

import itertools
import math
import tomllib
import unicodedata
from pathlib import Path

import pytest

from annotator.core.schema import Schema, Wording
from annotator.core.schema_keys import ATTRIBUTE_KEYS, event_key_fault, letter_fault
from annotator.core.schema_toml import read_schema
from annotator.resources import resource

NAMES = ("ace2005", "bkee", "phoner", "vlsp")
# Marks on the second vowel of oa, oe, uy at the end of a syllable: the other of the two ways to write them (hoà for hòa).
NEW_TONE_PLACE = ("oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ")


def read(name: str) -> Schema:
    path = resource("schemas", f"{name}.toml")
    return read_schema(path.read_bytes(), path=path.name)


def wordings(schema: Schema) -> list[tuple[str, Wording]]:
    """Every label and definition, with the name of what it describes."""
    described = [*schema.entities, *schema.roles, *schema.events, *schema.relations]
    definitions = [(f"{item.name} definition", item.definition) for item in described]
    labels = [(item.name, item.label) for item in (*described, *schema.attributes, *schema.labels)]
    values = [(f"{item.name}.{value.name}", value.label) for item in schema.attributes for value in item.values]
    return [(schema.name, schema.label), *labels, *definitions, *values]


def lightness(colour: str) -> tuple[float, tuple[float, float, float]]:
    """Relative luminance (WCAG 2.2) and CIE L*a*b* of an sRGB colour."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116 for value in (x, luminance, z))
    return luminance, (116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz))


def test_the_folder_holds_these_schemas_under_their_own_names() -> None:
    assert sorted(path.stem for path in resource("schemas").glob("*.toml")) == sorted(NAMES)
    assert [read(name).name for name in NAMES] == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_said_in_both_languages(name: str) -> None:
    schema = read(name)
    incomplete = [what for what, wording in wordings(schema) if not wording.en.strip() or not wording.vi.strip()]
    assert incomplete == []
    assert [event.name for event in schema.events if not event.triggers or not event.ace] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_definition_is_one_line_that_ends_with_a_full_stop(name: str) -> None:
    said = [text for what, wording in wordings(read(name)) if what.endswith(" definition") for text in (wording.en, wording.vi)]
    assert [text for text in said if not text.endswith(".") or "\n" in text or len(text) > 140] == []


@pytest.mark.parametrize("name", NAMES)
def test_vietnamese_is_composed_and_keeps_to_one_place_of_the_tone_mark(name: str) -> None:
    text = resource("schemas", f"{name}.toml").read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    words = "".join(letter if letter.isalpha() else " " for letter in text.lower()).split()
    assert [word for word in words if word.endswith(NEW_TONE_PLACE) and not word.startswith("qu")] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_type_can_be_typed_and_no_key_means_two_things(name: str) -> None:
    schema = read(name)
    frames = [[role.key for role in event.roles] for event in schema.events]
    for keys in ([item.key for item in schema.entities], [item.key for item in schema.relations], *frames):
        assert [key for key in keys if letter_fault(key)] == []
        assert len(set(keys)) == len(keys)
    keys = [event.key for event in schema.events]
    assert [key for key in keys if event_key_fault(key)] == []
    assert len(set(keys)) == len(keys)
    assert all(item.key == "" or item.key in ATTRIBUTE_KEYS for item in schema.attributes)


@pytest.mark.parametrize("name", NAMES)
def test_keys_stand_in_the_file_and_are_not_left_to_chance(name: str) -> None:
    table = tomllib.loads(resource("schemas", f"{name}.toml").read_text(encoding="utf-8"))
    keyed = [item for kind in ("entity", "role", "event", "relation") for item in table.get(kind, [])]
    assert [item["name"] for item in keyed if not item.get("key")] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_role_has_one_key_wherever_it_stands(name: str) -> None:
    schema = read(name)
    assert {(item.role, item.key) for event in schema.events for item in event.roles} == {(role.name, role.key) for role in schema.roles}


@pytest.mark.parametrize("name", NAMES)
def test_colours_pass_contrast_and_entities_are_tellable_apart(name: str) -> None:
    schema = read(name)
    for item in (*schema.entities, *schema.events):
        contrast = 1.05 / (lightness(item.colour)[0] + 0.05)
        assert contrast >= 4.5, (item.name, contrast)
    for one, other in itertools.combinations(schema.entities, 2):
        assert math.dist(lightness(one.colour)[1], lightness(other.colour)[1]) >= 20, (one.name, other.name)


@pytest.mark.parametrize("name", NAMES)
def test_figures_agree_with_each_other(name: str) -> None:
    schema = read(name)
    for event in schema.events:
        for role in event.roles:
            counts = [role.seen.get(filler, 0) for filler in role.fillers]
            assert counts == sorted(counts, reverse=True), (event.name, role.role, "commonest filler first")
            assert bool(role.seen) == (role.filled > 0), (event.name, role.role)
            assert not role.filled or role.core == (role.filled >= 0.495), (event.name, role.role)
            assert role.usual <= max(role.most, 1), (event.name, role.role)
    for kind in (role for role in schema.roles if role.seen):
        found = [item for event in schema.events for item in event.roles if item.role == kind.name]
        assert kind.seen == sum(sum(item.seen.values()) for item in found), kind.name


@pytest.mark.parametrize("name", NAMES)
def test_typical_triggers_keep_the_schema_s_own_conventions(name: str) -> None:
    schema = read(name)
    for event in schema.events:
        assert len(set(event.triggers)) == len(event.triggers), event.name
        for trigger in event.triggers:
            assert trigger == trigger.strip().lower(), trigger
            assert all(letter.isalpha() or letter == " " for letter in trigger), trigger
            # "bị thương" is one word, with no form that lacks "bị".
            assert trigger.split()[0] not in schema.conventions.passives or trigger == "bị thương", trigger


def test_bkee_has_the_figures_of_its_corpus() -> None:
    schema = read("bkee")
    assert (len(schema.entities), len(schema.roles), len(schema.events)) == (13, 28, 33)
    assert sum(item.seen for item in schema.entities) == 9559
    assert sum(item.seen for item in schema.events) == 5351
    assert sum(item.seen for item in schema.roles) == 9729
    assert schema.brat_role_suffix == "-Arg"
    assert schema.attributes_on("event") == ()


def test_ace2005_has_its_events_relations_and_attributes() -> None:
    schema = read("ace2005")
    assert {"PER", "ORG", "GPE", "LOC", "FAC", "VEH", "WEA"} < {item.name for item in schema.entities}
    assert sorted(event.ace for event in schema.events) == sorted(event.ace for event in read("bkee").events)
    assert all(event.ace.endswith(f".{event.name}") for event in schema.events)
    assert {item.name for item in schema.relations} == {"PHYS", "PART-WHOLE", "PER-SOC", "ORG-AFF", "ART", "GEN-AFF"}
    assert [item.name for item in schema.attributes_on("event")] == ["polarity", "modality", "tense", "genericity"]
    assert schema.event_targets
    convict = schema.event("Convict")
    crime = convict.role("Crime") if convict else None
    assert crime is not None
    assert schema.event(crime.fillers[1]) is not None


def test_bkee_names_every_type_of_the_corpus(shared: Path) -> None:
    schema = read("bkee")
    folder = shared / "data" / "bkee-train"
    unknown = set()
    for path in sorted(folder.glob("*.ann"))[:80]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("T"):
                name = line.split("\t")[1].split()[0]
                if schema.entity(name) is None and schema.event(name) is None:
                    unknown.add(name)
    assert unknown == set()
