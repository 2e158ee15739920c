"""Escape closes one thing after the other, and every refusal is said on the spot and in the status bar, in the window's language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from .conftest import Sit

ESCAPE = Qt.Key.Key_Escape


def test_escape_closes_leader_then_selection_then_frame(sit: Sit) -> None:
    s = sit()
    event = s.mark("tử vong", "3")
    span = s.drag("Huế")
    s.press("0")
    palette = s.window.palette_line
    assert palette.button("r") is not None and palette.button("r").offer.label == "Release or parole"
    s.press(ESCAPE)
    assert palette.button("v") is not None and palette.button("v").offer.label == "Victim"
    assert s.session.selection == (span,) and s.session.frame == event
    s.press(ESCAPE)
    assert s.session.selection == () and s.session.frame == event
    s.press(ESCAPE)
    assert s.session.frame is None and palette.offers()[1].label == "PER"
    s.press(ESCAPE)
    assert s.session.changes == 1


def test_escape_drops_a_role_that_waits_before_it_closes_the_frame(sit: Sit) -> None:
    s = sit()
    event = s.mark("tử vong", "3")
    s.press("v", ESCAPE)
    assert s.session.armed is None and s.session.frame == event
    s.press(ESCAPE)
    assert s.session.frame is None


def test_escape_drops_selected_annotations_and_the_word_under_the_caret(sit: Sit) -> None:
    s = sit()
    s.select(s.mark("Huế", "g"))
    s.press(ESCAPE)
    assert s.session.selected == ()
    s.press(Qt.Key.Key_Right, ESCAPE, "g")
    assert s.refused("error.nothing-selected")


@pytest.mark.parametrize("action", ["escape"])
def test_the_menu_closes_a_leader_too(sit: Sit, action: str) -> None:
    s = sit()
    span = s.drag("Huế")
    s.press("0")
    s.window.menus.actions[action].trigger()
    assert s.session.selection == (span,)
    s.press("g")
    assert s.surfaces() == [("GPE", "Huế")]


@pytest.mark.parametrize("leader", ["0", "-", "*"])
def test_an_unknown_key_after_a_leader_is_refused_and_drops_it(sit: Sit, leader: str) -> None:
    s = sit()
    s.drag("Huế")
    s.press(leader, "z")
    assert s.window.bubble.isVisible() and "z" in s.window.bubble.text() and s.surfaces() == []
    s.press("g")
    assert s.surfaces() == [("GPE", "Huế")]


def test_an_event_key_after_a_leader_is_named_whole(sit: Sit) -> None:
    s = sit()
    s.drag("Huế")
    s.press("0", "z")
    assert s.refused("refusal.no-such-event-key", key="0 z")


def test_unknown_keys_say_what_is_here(sit: Sit) -> None:
    s = sit()
    s.drag("Huế")
    s.press("z")
    assert s.refused("refusal.no-such-entity-key", key="z")
    s.mark("tử vong", "3")
    s.drag("Huế")
    s.press("z")
    assert s.refused("refusal.no-such-role", key="z")


def test_a_refusal_is_said_in_vietnamese_where_the_window_is(sit: Sit) -> None:
    s = sit(language="vi")
    s.press("p")
    assert s.refused("error.nothing-selected")
    english = s.window.bubble.text()
    s.window.preferences.set_language("en")
    s.press("p")
    assert s.refused("error.nothing-selected") and s.window.bubble.text() != english


def test_forcing_holds_only_for_the_same_key_on_the_same_text(sit: Sit) -> None:
    s = sit()
    s.mark("Huế", "g")
    s.mark("Hà Nội", "g")
    s.drag("Huế")
    s.press("l")
    s.drag("Hà Nội")
    s.press("l")
    assert s.refused("error.span-tagged", type="GPE") and len(s.surfaces()) == 2
    s.press("f")
    assert s.refused("error.span-tagged", type="GPE") and len(s.surfaces()) == 2
    s.press("f")
    assert ("FAC", "Hà Nội") in s.surfaces() and len(s.surfaces()) == 3


def test_what_cannot_be_forced_stays_refused(sit: Sit) -> None:
    s = sit()
    for _ in range(3):
        s.press("p")
        assert s.refused("error.nothing-selected")
    s.press(Qt.Key.Key_Delete)
    assert s.refused("error.nothing-to-delete")
    s.press(Qt.Key.Key_Delete)
    assert s.refused("error.nothing-to-delete") and not s.session.changes


def test_the_bubble_stands_beside_the_selection_and_never_over_it(sit: Sit) -> None:
    s = sit()
    s.mark("Huế", "g")
    s.drag("Huế")
    s.press("l")
    span = s.window.view.rect_of(s.session.selection[0]).toRect()
    bubble = s.window.bubble.geometry()
    assert not bubble.intersects(span) and s.window.view.viewport().rect().contains(bubble)
    s.drag("Hà Nội")
    assert not s.window.bubble.isVisible()


def test_a_role_without_a_frame_is_an_entity_key(sit: Sit) -> None:
    s = sit()
    s.drag("Huế")
    s.press("l")
    assert s.surfaces() == [("LOC", "Huế")]


def test_keys_of_the_grammar_are_letters_in_a_note(sit: Sit) -> None:
    s = sit()
    s.select(s.mark("Huế", "g"))
    s.press(Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    s.type_text("p3 g/,_*")
    assert s.window.inspector.note.toPlainText() == "p3 g/,_*"
    assert s.session.changes == 1
