"""Type to find a label: what is typed, taken and left, and where the focus goes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.core.schema import Schema
from annotator.core.schema_toml import read_schema
from annotator.gui.dialogs.type_ahead import TypeAhead
from annotator.gui.looks.look import Look
from annotator.gui.work.grammar import FillRole, MakeEntity, MakeEvent
from annotator.resources import resource

# The screenless platform says this of every window that is shown.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@cache
def bkee() -> Schema:
    return read_schema(resource("schemas", "bkee.toml").read_bytes(), path="bkee.toml")


class Place:
    """A window with something that has the focus, and the type-ahead over it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.window.resize(1024, 700)
        self.other = QLineEdit()
        self.third = QLineEdit()
        column = QVBoxLayout(self.window)
        column.addWidget(self.other)
        column.addWidget(self.third)
        self.asked = TypeAhead(Look(language="vi"), self.window)
        self.taken: list[object] = []
        self.asked.chosen.connect(self.taken.append)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.other.setFocus()

    def ask(self, frame: str = "", at: QPoint | None = None) -> None:
        self.asked.ask(bkee(), bkee().event(frame), at=at)

    def shown(self) -> list[str]:
        return [item.name for item in self.asked.found.found]


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[Place]:
    yield Place(qtbot)


def test_typing_without_tone_marks_and_enter_takes_the_first(place: Place) -> None:
    place.ask()
    QTest.keyClicks(place.asked.edit, "ket an")
    QTest.keyClick(place.asked.edit, Qt.Key.Key_Return)
    assert place.taken == [MakeEvent("Sentence")]
    assert not place.asked.isVisible()
    assert QApplication.focusWidget() is place.other


def test_arrows_walk_and_stop_at_the_ends(place: Place) -> None:
    place.ask()
    QTest.keyClick(place.asked.edit, Qt.Key.Key_Up)
    QTest.keyClick(place.asked.edit, Qt.Key.Key_Down)
    second = place.shown()[1]
    QTest.keyClick(place.asked.edit, Qt.Key.Key_Enter)
    assert place.taken == [MakeEntity(second)]


def test_a_click_takes_the_row(place: Place) -> None:
    place.ask(frame="Die")
    row = place.shown().index("Place")
    QTest.mouseClick(
        place.asked.list.viewport(), Qt.MouseButton.LeftButton, pos=place.asked.list.visualRect(place.asked.found.index(row, 0)).center()
    )
    assert place.taken == [FillRole("Place")]


def test_roles_are_offered_only_in_an_open_frame(place: Place) -> None:
    place.ask()
    assert "Victim" not in place.shown()
    place.ask(frame="Die")
    assert place.shown()[0] == bkee().event("Die").roles[0].role  # type: ignore[union-attr]


def test_escape_closes_and_takes_nothing(place: Place) -> None:
    place.ask()
    QTest.keyClicks(place.asked.edit, "person")
    QTest.keyClick(place.asked.edit, Qt.Key.Key_Escape)
    assert place.taken == [] and not place.asked.isVisible()
    assert QApplication.focusWidget() is place.other


def test_a_click_elsewhere_closes_and_keeps_the_focus_there(place: Place) -> None:
    place.ask()
    place.third.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not place.asked.isVisible()
    assert QApplication.focusWidget() is place.third


def test_nothing_found_is_said_and_enter_does_nothing(place: Place) -> None:
    place.ask()
    QTest.keyClicks(place.asked.edit, "zzzzqqq")
    assert not place.asked.list.isVisible()
    QTest.keyClick(place.asked.edit, Qt.Key.Key_Return)
    assert place.taken == [] and place.asked.isVisible()


def test_asked_again_it_begins_anew(place: Place) -> None:
    place.ask()
    QTest.keyClicks(place.asked.edit, "xyz")
    QTest.keyClick(place.asked.edit, Qt.Key.Key_Escape)
    place.ask()
    assert place.asked.edit.text() == "" and len(place.shown()) == len(bkee().entities) + len(bkee().events)


@pytest.mark.parametrize("at", [QPoint(-50, -50), QPoint(2000, 2000), QPoint(900, 100), None])
def test_it_stays_inside_the_window(place: Place, at: QPoint | None) -> None:
    place.ask(at=at)
    assert place.window.rect().contains(place.asked.geometry())


def test_the_input_method_is_on(place: Place) -> None:
    place.ask()
    assert place.asked.edit.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
