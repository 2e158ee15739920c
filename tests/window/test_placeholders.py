"""What an empty field says is read in every theme, in one line or in many."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from annotator.gui.looks.colours import contrast, mix
from annotator.gui.looks.theme import ThemeName

from .conftest import Sit, settle


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_what_an_empty_field_says_is_read(sit: Sit, theme: ThemeName) -> None:
    s = sit(language="vi")
    s.window.preferences.set_theme(theme)
    settle()
    fields = [field for kind in (QLineEdit, QPlainTextEdit) for field in s.window.findChildren(kind) if field.placeholderText()]
    assert {type(field).__name__ for field in fields} >= {"NoteEdit"}
    for field in fields:
        ink, ground = (field.palette().color(role) for role in (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Base))
        seen = mix(ground.name(), ink.name(), ink.alphaF())
        assert contrast(seen, ground.name()) >= s.window.look.theme.ratio, (field.placeholderText(), seen, ground.name())
