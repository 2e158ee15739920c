"""Every colour of every schema reads on every theme: text at least 4.5 to 1, 7 to 1 in high contrast."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.looks.colours import READABLE, contrast, ink_on, mix, readable
from annotator.gui.looks.theme import THEMES, Theme
from annotator.tasks.schemas import BUILT_IN, find_schema

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
themes = pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))


def chip_contrast(colour: str, theme: Theme, *, trigger: bool) -> float:
    """The contrast of a chip's text, as the canvas paints it."""
    style = readable(colour, theme.surface)
    fill = style if trigger else mix(theme.surface, style, theme.tint)
    return contrast(ink_on(fill) if trigger else readable(style, fill), fill)


@themes
@pytest.mark.parametrize("name", BUILT_IN)
def test_the_chips_of_every_type_can_be_read(name: str, theme: Theme) -> None:
    schema = find_schema(name)
    assert all(chip_contrast(item.colour, theme, trigger=False) >= READABLE for item in schema.entities)
    assert all(chip_contrast(item.colour, theme, trigger=True) >= READABLE for item in schema.events)


@given(colours, st.sampled_from(list(THEMES.values())), st.booleans())
def test_the_chips_of_any_colour_can_be_read(colour: str, theme: Theme, trigger: bool) -> None:
    assert chip_contrast(colour, theme, trigger=trigger) >= READABLE


@given(colours, st.sampled_from(list(THEMES.values())))
def test_text_stays_readable_on_the_tint_of_any_colour(colour: str, theme: Theme) -> None:
    """The words themselves stand on the tint of their type; a lifted event's are half again as strong."""
    fill = mix(theme.surface, readable(colour, theme.surface), min(theme.tint * 1.5, 0.4))
    assert contrast(theme.text, fill) >= READABLE


@given(colours, colours)
def test_contrast_is_symmetric_and_bounded(first: str, second: str) -> None:
    assert contrast(first, second) == contrast(second, first) and 1 <= contrast(first, second) <= 21.01
    assert contrast(readable(first, second), second) >= READABLE


@themes
def test_the_words_of_the_window_can_be_read(theme: Theme) -> None:
    for ground in (theme.window, theme.surface, theme.raised):
        for name in ("text", "muted", "quiet", "error", "warning", "good", "unknown", "accent", "wave"):
            assert contrast(getattr(theme, name), ground) >= theme.ratio, (name, ground)
    assert contrast(theme.accent_ink, theme.accent) >= theme.ratio
    assert contrast(theme.text, theme.selection) >= theme.ratio


@themes
def test_what_is_selected_and_the_caret_are_seen(theme: Theme) -> None:
    # WCAG 2.1, 1.4.11: what is not text needs 3 to 1.
    assert contrast(theme.caret, theme.surface) >= 3 and contrast(theme.accent, theme.surface) >= 3
