"""What the checks find is told beside the annotation; a repair is made when it is asked for, and undone like anything else."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from annotator.core.commands import retype
from annotator.gui.hands import wait_until

from .conftest import Sit


def test_a_proposed_repair_waits_for_its_button(sit: Sit) -> None:
    s = sit()
    place = s.mark("tại Hà Nội", "g")
    s.select(place)
    repairs = s.window.inspector.problems
    assert wait_until(lambda: any(held.isVisible() for held in repairs.findChildren(QPushButton)))
    # Found, told, and not touched.
    assert s.surfaces() == [("GPE", "tại Hà Nội")]
    (button,) = (held for held in repairs.findChildren(QPushButton) if held.isVisible())
    s.hands.click_on(button)
    assert s.surfaces() == [("GPE", "Hà Nội")]
    assert wait_until(lambda: not repairs.isVisible())
    s.press(Qt.Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert s.surfaces() == [("GPE", "tại Hà Nội")]


def test_a_type_that_the_schema_lacks_is_told(sit: Sit) -> None:
    s = sit()
    place = s.mark("Hà Nội", "g")
    assert s.window.desk.tools is not None
    s.window.desk.tools.shaper.repair(retype(s.session.document, [place], "CITY"))
    s.select(place)
    problems = s.window.inspector.problems
    assert wait_until(problems.isVisible)
