"""The icons: a drawing for every name, inked by the theme, sharp on every screen, quieter where disabled."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from pytestqt.qtbot import QtBot

from annotator.gui.keys.actions import ACTIONS
from annotator.gui.looks.icons import ICONS, icon
from annotator.gui.looks.theme import THEMES
from annotator.resources import resource


def picture(name: str, theme: str, *, mode: QIcon.Mode = QIcon.Mode.Normal, scale: float = 1.0) -> QImage:
    return icon(name, THEMES[theme]).pixmap(QSize(24, 24), scale, mode).toImage()  # type: ignore[index]


def inks(image: QImage) -> set[str]:
    """The colours of the pixels that a line covers whole."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() > 250}


def is_near(one: QColor, other: QColor) -> bool:
    """Where strokes cross, colours are mixed twice and may be a step off."""
    return all(abs(a - b) <= 4 for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_in_the_colour_of_its_theme(qtbot: QtBot, name: str) -> None:
    for theme in THEMES.values():
        allowed = [QColor(value) for value in (theme.muted, theme.good, theme.warning, theme.error)]
        found = [QColor(ink) for ink in inks(picture(name, theme.name, scale=3.0))]
        assert found and all(any(is_near(ink, wanted) for wanted in allowed) for ink in found)


def test_an_icon_differs_by_theme_and_is_made_once_for_each(qtbot: QtBot) -> None:
    assert picture("undo", "light") != picture("undo", "dark")
    assert icon("undo", THEMES["dark"]) is icon("undo", THEMES["dark"])


def test_no_two_icons_look_the_same(qtbot: QtBot) -> None:
    drawn = [picture(name, "light").convertToFormat(QImage.Format.Format_Alpha8) for name in ICONS]
    assert all(drawn[i] != drawn[j] for i in range(len(drawn)) for j in range(i))


def test_a_disabled_icon_is_quieter(qtbot: QtBot) -> None:
    background = QColor(THEMES["light"].window)
    enabled, disabled = (
        min(QColor(ink).lightness() for ink in inks(picture("export", "light", mode=mode, scale=3.0)))
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)
    )
    assert enabled < disabled < background.lightness()


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_an_icon_has_the_pixels_of_the_screen(qtbot: QtBot, scale: int) -> None:
    assert picture("help", "light", scale=scale).width() == 24 * scale


def test_drawings_and_names_are_the_same_set_of_one_family() -> None:
    files = {path.stem: path for path in resource("icons").glob("*.svg")}
    assert set(files) == set(ICONS)
    for path in files.values():
        root = ElementTree.parse(path).getroot()
        assert (root.get("viewBox"), root.get("stroke"), root.get("stroke-width")) == ("0 0 24 24", "currentColor", "1.6"), path.name
        assert not re.search(r"#[0-9a-fA-F]{3}", path.read_text(encoding="utf-8")), path.name


def test_every_action_names_an_icon_that_there_is() -> None:
    assert {spec.icon for spec in ACTIONS} - {""} <= set(ICONS)


def test_an_unknown_name_is_refused(qtbot: QtBot) -> None:
    with pytest.raises(ValueError, match="kaleidoscope"):
        icon("kaleidoscope", THEMES["light"])
