"""An event and its roles: trigger first, then what fills them, by mouse, by key and by a role that waits."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from annotator.gui.panels.frame import RoleButton

from .conftest import ARTICLE, CTRL, Sit, check_slices, focus, settle

ROLES = [("Agent", "Công an huyện Yên Khánh"), ("Person", "Trần Văn Nam"), ("Time", "sáng 12/3"), ("Place", "Hà Nội")]


def test_three_roles_by_drag_and_key(sit: Sit) -> None:
    s = sit()
    event = s.mark("bắt", "6")
    for key, text in (("t", "sáng 12/3"), ("p", "Trần Văn Nam"), ("g", "Công an huyện Yên Khánh"), ("l", "Hà Nội")):
        s.drag(text)
        s.press(key)
        assert s.session.selection == () and s.session.frame == event
    # In the schema's order of roles, however they were filled.
    order = [role.name for role in s.session.schema.roles]
    assert s.roles(event) == sorted(ROLES, key=lambda pair: order.index(pair[0]))
    saved = s.saved()
    check_slices(saved, ARTICLE)
    types = {item["id"]: item["type"] for item in saved["entities"]}
    held = {argument["role"]: types[argument["target"]] for argument in saved["events"][0]["arguments"]}
    # Each filler has the first type of its role's fillers.
    assert held == {"Agent": "ORG", "Person": "PER", "Time": "TIME", "Place": "GPE"}


def test_three_roles_by_the_keyboard_alone(sit: Sit) -> None:
    s = sit()
    s.walk("tuyên phạt")
    s.press("0", "s")
    event = s.session.frame
    assert event is not None
    for key, text in (("j", "Tòa án"), ("b", "Lê Hòa"), ("s", "12 năm tù"), ("c", "giết người")):
        s.walk(text)
        s.press(key)
    assert dict(s.roles(event)) == {
        "Adjudicator": "Tòa án", "Defendant": "Lê Hòa", "Sentence": "12 năm tù", "Crime": "giết người",
    }  # fmt: skip
    check_slices(s.saved(), ARTICLE)


def test_three_roles_by_buttons_that_wait_for_the_pointer(sit: Sit) -> None:
    s = sit()
    s.drag("bắt")
    s.hands.click_on(s.window.palette_line.button("6"))
    event = s.session.frame
    assert event is not None
    s.hands.click_on(s.window.palette_line.button("p"))
    assert s.session.armed == "Person" and focus() is s.window.view
    s.hands.click(ARTICLE.index("Văn Nam"))
    assert s.session.armed is None
    s.hands.click_on(s.window.palette_line.button("g"))
    s.drag("Công an huyện Yên Khánh")
    s.hands.click_on(s.window.palette_line.button("l"))
    s.hands.double_click(ARTICLE.index("Nội"))
    assert sorted(s.roles(event)) == [("Agent", "Công an huyện Yên Khánh"), ("Person", "Trần Văn Nam"), ("Place", "Hà Nội")]


def test_a_role_of_the_inspector_waits_for_the_pointer_too(sit: Sit) -> None:
    s = sit()
    event = s.mark("tử vong", "3")
    button = next(child for child in s.window.inspector.frame.findChildren(RoleButton) if child.objectName() == "role-Victim")
    s.hands.click_on(button)
    assert s.session.armed == "Victim"
    s.drag("Hai người")
    assert s.roles(event) == [("Victim", "Hai người")]
    assert focus() is s.window.view


def test_an_armed_role_is_dropped_by_its_own_key(sit: Sit) -> None:
    s = sit()
    s.mark("tử vong", "3")
    s.press("v")
    assert s.session.armed == "Victim"
    s.press("v")
    assert s.session.armed is None
    s.drag("Hai người")
    assert len(s.surfaces()) == 1


def test_an_entity_that_is_there_is_taken_and_not_made_again(sit: Sit) -> None:
    s = sit()
    entity = s.mark("Trần Văn Nam", "p")
    event = s.mark("bắt", "6")
    s.drag("Trần Văn Nam")
    s.press("p")
    assert [argument.target for argument in s.event(event).arguments] == [entity]
    assert len(s.session.document.entities) == 1


def test_an_armed_role_takes_the_entity_under_the_click(sit: Sit) -> None:
    s = sit()
    entity = s.mark("ông Trần Văn Nam", "p")
    event = s.mark("bắt", "6")
    s.press("p")
    s.hands.click(ARTICLE.index("ông Trần") + 1)
    assert [argument.target for argument in s.event(event).arguments] == [entity]
    s.press("g")
    s.hands.click_chip(entity)
    assert s.roles(event) == [("Agent", "ông Trần Văn Nam"), ("Person", "ông Trần Văn Nam")]


def test_one_filler_holds_two_roles_and_one_role_several(sit: Sit) -> None:
    s = sit()
    event = s.mark("bắt", "6")
    for key, text in (("p", "Trần Văn Nam"), ("g", "Trần Văn Nam"), ("p", "Lê Hòa"), ("p", "Bà Lan")):
        s.drag(text)
        s.press(key)
    people = [("Person", "Trần Văn Nam"), ("Person", "Lê Hòa"), ("Person", "Bà Lan")]
    assert s.roles(event) == [("Agent", "Trần Văn Nam"), *people]
    assert len(s.session.document.entities) == 3
    s.drag("Lê Hòa")
    s.press("p")
    assert s.refused("error.argument-exists", role="Person")


def test_a_filler_of_a_type_the_role_does_not_take_is_refused_and_forced(sit: Sit) -> None:
    s = sit()
    place = s.mark("Hà Nội", "g")
    event = s.mark("tử vong", "3")
    s.select(place)
    s.press("v")
    assert s.refused("error.filler-not-allowed", role="Victim", type="GPE", allowed="PER")
    assert s.roles(event) == []
    s.press("v")
    assert s.roles(event) == [("Victim", "Hà Nội")]


def test_tab_right_after_a_role_key_cycles_the_type_and_moves_the_focus_otherwise(sit: Sit) -> None:
    s = sit()
    event = s.mark("bắt", "6")
    s.drag("Hà Nội")
    s.press("l")
    seen = []
    for _ in range(3):
        s.press(Qt.Key.Key_Tab)
        assert focus() is s.window.view
        seen.append(s.surfaces()[-1][0])
    assert seen == ["LOC", "FAC", "GPE"]
    assert s.roles(event) == [("Place", "Hà Nội")] and len(s.session.document.entities) == 1
    s.press(Qt.Key.Key_Escape)
    s.drag("Lê Hòa")
    s.press(Qt.Key.Key_Tab)
    assert focus() is not s.window.view
    assert s.surfaces()[-1] == ("GPE", "Hà Nội")


def test_no_tab_after_an_entity_that_was_there(sit: Sit) -> None:
    s = sit()
    s.mark("Hà Nội", "g")
    s.mark("bắt", "6")
    s.drag("Hà Nội")
    s.press("l", Qt.Key.Key_Tab)
    assert focus() is not s.window.view and ("GPE", "Hà Nội") in s.surfaces()


def test_a_filler_of_another_sentence_and_the_frame_in_the_inspector(sit: Sit) -> None:
    s = sit()
    event = s.mark("tử vong", "3")
    s.drag("Bà Lan")
    s.press("v")
    row = s.window.inspector.frame.row("Victim")
    assert row is not None and [filler.text for filler in row.fillers] == ["Bà Lan"] and not row.missing
    cross = s.window.inspector.frame.findChild(QToolButton, f"remove-Victim-{s.event(event).arguments[0].target}")
    s.window.inspector.frame.window().grab()
    s.hands.click_on(cross)
    assert s.roles(event) == [] and ("PER", "Bà Lan") in s.surfaces()


def test_enter_opens_the_frame_of_the_selected_event_or_of_what_it_fills(sit: Sit) -> None:
    s = sit()
    event = s.mark("tử vong", "3")
    s.drag("Hai người")
    s.press("v", Qt.Key.Key_Escape)
    assert s.session.frame is None
    s.hands.double_click(ARTICLE.index("người"))
    s.press(Qt.Key.Key_Return)
    assert s.session.frame == event
    s.press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
    s.mark("Huế", "g")
    s.hands.double_click(ARTICLE.index("Huế"))
    s.press(Qt.Key.Key_Enter)
    assert s.refused("error.no-event-here") and s.session.frame is None


def test_a_click_on_a_trigger_opens_its_frame(sit: Sit) -> None:
    s = sit()
    event = s.mark("tử vong", "3")
    s.press(Qt.Key.Key_Escape)
    s.hands.click_chip(event)
    assert s.session.frame == event and s.session.selected == (event,)
    # What is shown at the bottom are its roles now.
    assert [offer.label for offer in s.window.palette_line.offers()][1:3] == ["Victim", "Agent"]


def test_an_event_fills_no_role_of_itself(sit: Sit) -> None:
    s = sit()
    event = s.mark("tử vong", "3")
    s.select(event)
    s.press("v")
    assert s.session.armed == "Victim" and s.roles(event) == []
    QTest.mouseClick(s.window.view.viewport(), Qt.MouseButton.LeftButton, CTRL, s.hands.point(0))
    settle()
