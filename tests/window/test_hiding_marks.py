"""Marks that hide or turn text are seen, and what is labelled is what is read."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt

from .conftest import Sit

TROJAN = "Ông \u202eNam\u202c và bà\u200b Lan\u2066 ở\u2069 Huế.\n"


def test_a_text_that_would_be_turned_is_read_as_it_is_stored(sit: Sit) -> None:
    s = sit(TROJAN)
    places = [s.window.view.rect_of((at, at + 1)).left() for at in range(len(TROJAN) - 1)]
    assert all(left < right for left, right in pairwise(places)), "every character stands to the right of the one before"
    shown = s.window.view.sheet.place(0)[0].shown  # type: ignore[union-attr]
    assert shown.text == "Ông ⇐Nam↧ và bà¦ Lan↦ ở↥ Huế."
    s.drag("Nam")
    s.press("p")
    assert s.item("T1").spans and "Nam" in s.surfaces()[0][1]


def test_what_runs_the_other_way_is_selected_where_it_is_seen(sit: Sit) -> None:
    s = sit("Ông Nam nói שלום ש עולם với ש bà Lan.\nשלום עולם abc\n")
    s.press(Qt.Key.Key_F3)
    for word in ("Nam", "שלום", "עולם", "Lan"):
        s.drag(word)
        assert [s.content[a:b] for a, b in s.session.selection] == [word]
    s.press(Qt.Key.Key_F4)
    view = s.window.view
    for at in range(len(s.content)):
        if not s.content[at].isspace():
            s.hands.click(at)
            assert s.session.caret == at, s.content[at]
    cells = [view.rect_of((at, at + 1)) for at in range(*s.find("Ông Nam nói שלום ש עולם"))]
    assert abs(sum(cell.width() for cell in cells) - view.rect_of(s.find("Ông Nam nói שלום ש עולם")).width()) < 2 * len(cells)
    start, end = s.find("שלום עולם abc")
    # The line of another script runs from the right, and its first letter stands there.
    assert view.rect_of((start, start + 1)).left() > view.rect_of((end - 4, end)).left()
