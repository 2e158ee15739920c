"""The ring round what is selected leaves the text beside it to be read."""

from __future__ import annotations

from PySide6.QtGui import QImage

from .conftest import Sit, settle


def inked(image: QImage) -> int:
    """How many pixels are as dark as only text is in the light theme."""
    return sum(image.pixelColor(x, y).lightness() < 70 for x in range(image.width()) for y in range(image.height()))


def test_a_full_stop_right_behind_a_selected_annotation_is_seen(sit: Sit) -> None:
    s = sit("Bà Lan sống ở Hà Nội.\n")
    s.window.preferences.set_theme("light")
    made = s.mark("Hà Nội", "g")
    s.session.clear_selection()
    settle()
    viewport, stop = s.window.view.viewport(), s.window.view.rect_of(s.find(".")).toAlignedRect()
    usual = inked(viewport.grab(stop).toImage())
    s.session.select_annotations(made)
    settle()
    assert usual
    assert inked(viewport.grab(stop).toImage()) >= usual // 2
