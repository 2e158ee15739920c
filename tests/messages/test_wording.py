"""One hand: catalogues, the Vietnamese README, schemas and the samples' guidelines keep one tone-mark style and one way of writing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.messages import LANGUAGES, Language, catalogue

ROOT = Path(__file__).resolve().parents[2]
# The tone of oa, oe, uy stands on their first vowel where nothing follows: hủy, xóa, tùy, hòa; behind q the u is no vowel.
LATE_TONE = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
# Words that are written with capitals wherever they stand.
PROPER = {"Annotator", "Time", "Place", "English", "Việt", "Enter", "Delete", "Space", "Esc", "Tab", "Shift"}
TITLES = ("action.", "menu.", "gui.export.column", "gui.keys.", "gui.corpus.status", "edit.", "status.", "layer.")


def schema_wordings(held: object) -> Iterator[str]:
    """Every Vietnamese text of a schema file."""
    if isinstance(held, dict):
        if isinstance(held.get("vi"), str):
            yield held["vi"]
        for value in held.values():
            yield from schema_wordings(value)
    elif isinstance(held, list):
        for value in held:
            yield from schema_wordings(value)


def vietnamese() -> Iterator[tuple[str, str]]:
    yield from ((f"vi.json {key}", said) for key, said in catalogue("vi").items())
    for path in sorted((ROOT / "resources" / "schemas").glob("*.toml")):
        yield from ((path.name, said) for said in schema_wordings(tomllib.loads(path.read_text(encoding="utf-8"))))
    for path in (ROOT / "README.vi.md", *sorted((ROOT / "samples").glob("*.md")), *sorted((ROOT / "docs").rglob("*.vi.md"))):
        yield from ((path.name, line) for line in CODE.sub("", path.read_text(encoding="utf-8")).splitlines())


def test_one_tone_mark_style_everywhere() -> None:
    held = list(vietnamese())
    assert len(held) > 800
    assert [(where, text) for where, text in held if LATE_TONE.search(text)] == []


@pytest.mark.parametrize("late", ["huỷ", "xoá", "tuỳ", "hoà", "khoẻ", "Thuỵ"])
def test_the_other_style_is_found(late: str) -> None:
    assert LATE_TONE.search(late)
    assert not LATE_TONE.search("hủy xóa tùy hòa quý quỳ hoàn khoản toán thuyền khuỷu")


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentence_case_in_what_names_things(language: Language) -> None:
    capitals = []
    for key, said in catalogue(language).items():
        if key.startswith(TITLES) and ". " not in said:
            following = [word for word in re.sub(r"[&<>]", "", said).split()[1:] if word.isalpha() and word not in PROPER]
            capitals += [f"{key}: {said}" for word in following if word[0].isupper() and word[1:].islower()]
    assert capitals == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_blanks_and_dots(language: Language) -> None:
    for key, said in catalogue(language).items():
        assert "  " not in said and "..." not in said, key
