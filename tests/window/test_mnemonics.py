"""The underlined letters of menus: each opens one thing only, and a keyboard without an input method has it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMenu

from annotator.gui.keys.actions import ATTRIBUTE_KEYS, MENUS
from annotator.messages import LANGUAGES, Language

from .conftest import Sit, Sitting

MNEMONIC = re.compile(r"(?<!&)&([^&])")
# Called by the schema, without a letter of their own.
UNLETTERED = {f"attribute_{rank}" for rank, _ in enumerate(ATTRIBUTE_KEYS, 1)}


def letters(menu: QMenu, *, only: frozenset[str] | None = None) -> list[tuple[str, str]]:
    """The letter of each entry of a menu ("" for none) with its text, attributes and recent folders left aside."""
    found = []
    for action in menu.actions():
        name = action.objectName() or ("submenu" if action.menu() is not None else "")
        if name and name not in UNLETTERED and (only is None or name in only):
            letter = MNEMONIC.search(action.text())
            found.append((letter[1].lower() if letter else "", action.text()))
    return found


def all_menus(s: Sitting) -> Iterator[QMenu]:
    for name in MENUS:
        menu = s.window.menus.menus[name]
        yield menu
        yield from (action.menu() for action in menu.actions() if isinstance(action.menu(), QMenu))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_opens_one_thing_in_each_menu(sit: Sit, language: Language) -> None:
    s = sit(language=language)
    menus = list(all_menus(s))
    assert len(menus) > len(MENUS)
    for menu in menus:
        found = letters(menu)
        assert [text for letter, text in found if not re.fullmatch("[a-z]", letter)] == []
        assert sorted(letter for letter, _ in found) == sorted({letter for letter, _ in found}), found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_opens_one_menu(sit: Sit, language: Language) -> None:
    s = sit(language=language)
    found = [MNEMONIC.search(s.told(f"menu.{name}")) for name in MENUS]
    assert len({letter[1].lower() for letter in found if letter and letter[1].isascii()}) == len(MENUS)
