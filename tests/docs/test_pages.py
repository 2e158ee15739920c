"""The documents for users hold together: both languages alike, every link and picture there, every name of the window as it is."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from annotator.gui.keys.actions import ACTIONS, MENUS
from annotator.gui.keys.key_table import KEY_GROUPS
from annotator.messages import LANGUAGES, Language, catalogue
from tests.docs.pages import EVERY, READMES, anchors, code_spans, heading_levels, links, of, quotations, read, slanted
from tests.messages.test_catalogues import LATE_TONE
from tools.documents.edition import write_edition
from tools.documents.keys import keycap
from tools.documents.markdown import words
from tools.documents.pages import DOCS, PAGES, PICTURES, ROOT, generated, page_path

MOST_BYTES = 4_000_000
_SHORTCUT = re.compile(r"(?:(?:Ctrl|Alt|Shift)\+\S+|F\d+)")
_FIELD = re.compile(r"\\\{\w+\\\}")
_OPTIONAL = re.compile("<<(.*?)>>")


def test_the_generated_pages_are_what_the_tables_give() -> None:
    stale = [str(path.relative_to(DOCS)) for path, text in generated().items() if path.read_text("utf-8") != text]
    assert stale == [], "make docs draws them anew"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_keys_names_keys_and_not_actions(language: Language) -> None:
    spans = set(code_spans(of(language, "keys")))
    assert not [text for text in spans if "@" in text or "<" in text]
    assert {"Ctrl+F", "Ctrl+Shift+L", "F5", "* * " + ("role’s letter" if language == "en" else "chữ của vai trò")} <= spans


def test_both_languages_have_every_page_with_the_same_headings() -> None:
    for language in LANGUAGES:
        assert {path.stem for path in (DOCS / language).glob("*.md")} == set(PAGES)
    for name in PAGES:
        assert heading_levels(of("en", name)) == heading_levels(of("vi", name)), name


PATHS = [*(page_path(*one) for one in EVERY), *READMES, DOCS / "formats.md"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_and_picture_is_there(path: Path) -> None:
    for kind, target in links(read(path)):
        bare, _, anchor = target.partition("#")
        if ":" in bare:
            continue
        meant = (path.parent / bare).resolve() if bare else path
        assert meant.exists(), target
        if kind == "a" and anchor:
            assert anchor in anchors(meant), target


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_a_page_shows_the_window_in_its_own_language(language: Language, name: str) -> None:
    shown = [target for kind, target in links(of(language, name)) if kind == "img"]
    assert all(target.startswith(f"../pictures/{language}/") for target in shown)


def test_pictures_are_the_same_in_both_languages_all_shown_and_small() -> None:
    taken = [{path.name for path in (PICTURES / language).glob("*.png")} for language in LANGUAGES]
    shown = {Path(target).name for language, name in EVERY for kind, target in links(of(language, name)) if kind == "img"}
    assert taken[0] == taken[1] == shown
    assert sum(path.stat().st_size for path in PICTURES.rglob("*/*.png")) < MOST_BYTES


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_menus_are_called_as_in_the_window(language: Language, name: str) -> None:
    for path in (text for text in slanted(of(language, name)) if "▸" in text):
        menu, _, action = path.partition(" ▸ ")
        assert action in menu_of(language).get(menu, set()), path


@pytest.mark.parametrize(("path", "language"), list(zip(READMES, LANGUAGES, strict=True)), ids=LANGUAGES)
def test_the_readmes_call_menus_so_too(path: Path, language: Language) -> None:
    named = [text.partition(" ▸ ") for text in slanted(read(path)) if "▸" in text]
    assert len(named) >= 3
    assert [(menu, action) for menu, _, action in named if action not in menu_of(language).get(menu, set())] == []


@cache
def menu_of(language: Language) -> dict[str, set[str]]:
    """The actions of each menu of the menu bar, as they are called."""
    said = catalogue(language)
    return {
        words(said[f"menu.{menu}"]): {words(said.get(f"action.{spec.name}", "")) for spec in ACTIONS if spec.menu == menu} for menu in MENUS
    }


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_keys_are_keys_of_the_window(language: Language, name: str) -> None:
    known = {keycap(key, language) for spec in ACTIONS for key in spec.keys} | {"Shift", "Ctrl"}
    known |= {key for group in KEY_GROUPS for row in group.rows for key in row.keys}
    for text in code_spans(of(language, name)):
        if _SHORTCUT.fullmatch(text) and name != "keys":
            assert text in known, text


@pytest.mark.parametrize(("language", "name"), EVERY)
def test_quoted_sentences_are_sentences_of_the_program(language: Language, name: str) -> None:
    for sentence in quotations(of(language, name)):
        assert any(form.fullmatch(sentence) for form in sentences(language)), sentence


@cache
def sentences(language: Language) -> list[re.Pattern[str]]:
    """What the program may say, with anything in place of the fields."""
    return [
        re.compile(_FIELD.sub("(.+?)", re.escape(_OPTIONAL.sub(r"\1", sentence))))
        for key, sentence in catalogue(language).items()
        if key.startswith(("error.", "refusal.", "gui."))
    ]


def test_vietnamese_pages_keep_the_tone_marks_of_the_window() -> None:
    for name in PAGES:
        text = page_path("vi", name).read_text("utf-8")
        assert not [found[0] for found in LATE_TONE.finditer(text)], name
        assert not re.search(r"\bbạn\b", text, re.IGNORECASE), name


def test_the_edition_opens_without_a_network(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    assert write_edition(folder) == len(EVERY)
    for page in folder.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "<script" not in text and "http" not in re.sub(r"<code[^>]*>.*?</code>", "", text, flags=re.DOTALL)
        ids = set(re.findall(r' id="([^"]+)"', text))
        for target in re.findall(r'(?:href|src)="([^"]+)"', text):
            bare, _, anchor = target.partition("#")
            assert (page.parent / bare).exists() if bare else anchor in ids, f"{page.name}: {target}"
    assert 'href="../vi/events.html"' in (folder / "en" / "events.html").read_text(encoding="utf-8")
