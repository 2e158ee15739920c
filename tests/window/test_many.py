"""Several annotations at once: how they come to be selected together, and what is done to all of them in one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QTableView, QWidget

from annotator.core.checks import check
from annotator.gui.looks.elided import ElidedLabel
from tests.window.conftest import CTRL, SHIFT, Sitting, settle

Sit = Callable[..., Sitting]

ACE = 'schema = "ace2005"\n'


@pytest.fixture
def tagged(sit: Sit) -> Sitting:
    """T1 … T4: two PER, two GPE; E1 Die."""
    s = sit()
    for text, key, behind in (("Trần Văn Nam", "p", ""), ("Hà Nội", "g", ""), ("Hà Nội", "g", "Bà Lan"), ("Lan", "p", "")):
        s.mark(text, key, behind=behind)
    s.mark("tử vong", "3")
    s.press(Qt.Key.Key_Escape)
    return s


def steps(s: Sitting) -> int:
    return len(s.session.history._undo)


def add_click(s: Sitting, identifier: str, modifiers: Qt.KeyboardModifier = SHIFT) -> None:
    rect = s.window.view.chip_rect(identifier)
    assert rect is not None
    QTest.mouseClick(s.window.view.viewport(), Qt.MouseButton.LeftButton, modifiers, rect.center().toPoint())


def find(s: Sitting, name: str) -> QWidget:
    settle()
    found = [widget for widget in s.window.inspector.findChildren(QWidget, name) if widget.isVisible()]
    assert len(found) == 1, (name, len(found))
    return found[0]


def pick(s: Sitting, name: str, value: str) -> None:
    box = find(s, name)
    assert isinstance(box, QComboBox)
    assert box.findData(value) >= 0, value
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())
    settle()


def types(s: Sitting) -> list[str]:
    return [s.item(identifier).type for identifier in ("T1", "T2", "T3", "T4")]


@pytest.mark.parametrize("modifiers", [SHIFT, CTRL])
def test_a_click_with_shift_or_ctrl_adds_and_takes_away(tagged: Sitting, modifiers: Qt.KeyboardModifier) -> None:
    tagged.select("T1")
    add_click(tagged, "T2", modifiers)
    add_click(tagged, "T4", modifiers)
    assert set(tagged.session.selected) == {"T1", "T2", "T4"}
    add_click(tagged, "T2", modifiers)
    assert set(tagged.session.selected) == {"T1", "T4"}


def test_walking_with_shift_adds_and_a_step_back_lets_go(tagged: Sitting) -> None:
    order = [item.id for item in tagged.session.document.annotations()]
    tagged.press(Qt.Key.Key_Home, modifiers=CTRL)
    for count in (1, 2, 3):
        tagged.press(Qt.Key.Key_Down, modifiers=CTRL | SHIFT)
        assert list(tagged.session.selected) == order[:count]
    tagged.press(Qt.Key.Key_Up, modifiers=CTRL | SHIFT)
    assert list(tagged.session.selected) == order[:2]
    for _ in range(4):
        tagged.press(Qt.Key.Key_Down, modifiers=CTRL | SHIFT)
    assert list(tagged.session.selected) == order and tagged.refused("error.no-more-annotations")


def test_walking_on_from_several_goes_on_from_the_last(tagged: Sitting) -> None:
    order = [item.id for item in tagged.session.document.annotations()]
    tagged.press(Qt.Key.Key_Home, modifiers=CTRL)
    for _ in range(3):
        tagged.press(Qt.Key.Key_Down, modifiers=CTRL | SHIFT)
    tagged.press(Qt.Key.Key_Down, modifiers=CTRL)
    assert tagged.session.selected == (order[3],)


def test_all_all_of_a_type_and_all_with_a_text(tagged: Sitting) -> None:
    tagged.press("a", modifiers=CTRL)
    assert set(tagged.session.selected) == {"T1", "T2", "T3", "T4", "E1"}
    tagged.select("T1")
    tagged.press("t", modifiers=CTRL)
    assert set(tagged.session.selected) == {"T1", "T4"}
    tagged.select("T2")
    tagged.press("t", modifiers=CTRL | SHIFT)
    assert set(tagged.session.selected) == {"T2", "T3"}
    tagged.press(Qt.Key.Key_Escape)
    tagged.drag("Lan")
    tagged.press("t", modifiers=CTRL | SHIFT)
    assert set(tagged.session.selected) == {"T4"}
    tagged.drag("Công an")
    tagged.press("t", modifiers=CTRL | SHIFT)
    assert tagged.refused("error.no-annotation-of-text")


def test_the_same_text_is_the_same_composed_or_not_and_joined_or_not(sit: Sit) -> None:
    s = sit("Ông ở Ha\u0300_Nội và Hà_Nội , bà ở Hà Nội , Sài_Gòn và Đà_Nẵng .\n")
    for text in ("Ha\u0300_Nội", "Hà_Nội", "Hà Nội", "Sài_Gòn"):
        s.mark(text, "g")
    s.select("T1")
    s.press("t", modifiers=CTRL | SHIFT)
    assert set(s.session.selected) == {"T1", "T2", "T3"}


def test_in_the_list_all_is_what_the_filter_shows(tagged: Sitting) -> None:
    panel = tagged.window.annotations
    panel._filter.setText("gpe")
    table = panel.findChild(QTableView, "table")
    assert isinstance(table, QTableView)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_A, CTRL)
    assert set(tagged.session.selected) == {"T2", "T3"}


def test_retyping_acts_on_the_layer_in_one_step_and_says_what_it_passed_over(tagged: Sitting) -> None:
    before = steps(tagged)
    tagged.press("a", modifiers=CTRL)
    tagged.press("*", "l")
    assert types(tagged) == ["LOC"] * 4 and tagged.event("E1").type == "Die"
    loc = tagged.window.look.type_label(tagged.session.schema, "LOC")
    assert tagged.message == tagged.told("told.retyped_several", n=4, type=loc, passed=1)
    assert steps(tagged) == before + 1
    tagged.press("z", modifiers=CTRL)
    assert types(tagged) == ["PER", "GPE", "GPE", "PER"]


def test_a_type_of_another_layer_alone_is_refused(tagged: Sitting) -> None:
    tagged.press("a", modifiers=CTRL)
    add_click(tagged, "E1")
    tagged.press("*", "3")
    assert tagged.refused("error.type-of-other-layer", type="Die") and types(tagged) == ["PER", "GPE", "GPE", "PER"]


def test_the_bottom_line_and_typing_for_a_type_retype_several(tagged: Sitting) -> None:
    tagged.select("T1")
    add_click(tagged, "T4")
    tagged.hands.click_on(tagged.window.palette_line.button("l"))
    assert types(tagged) == ["LOC", "GPE", "GPE", "LOC"]
    tagged.press("/")
    tagged.type_text("ORG")
    QTest.keyClick(tagged.window.type_ahead.edit, Qt.Key.Key_Return)
    assert types(tagged) == ["ORG", "GPE", "GPE", "ORG"]


def test_deleting_and_flagging_are_one_step_each(tagged: Sitting) -> None:
    before = steps(tagged)
    tagged.press("a", modifiers=CTRL)
    tagged.press("m", modifiers=CTRL)
    assert all(item.flag == "question" for item in tagged.session.document.annotations())
    assert tagged.message == tagged.told("told.flagged", n=5)
    tagged.press(Qt.Key.Key_Delete)
    assert tagged.surfaces() == [] and tagged.message == tagged.told("told.deleted_several", n=5)
    assert steps(tagged) == before + 2
    tagged.press("z", "z", modifiers=CTRL)
    assert len(tagged.surfaces()) == 5 and not any(item.flag for item in tagged.session.document.annotations())


def test_an_attribute_is_set_where_it_may_be(sit: Sit, tmp_path: Path) -> None:
    folder = tmp_path / "ace"
    folder.mkdir()
    (folder / "a.txt").write_text("Bà Lan đến Hà Nội rồi đến Huế.\n", encoding="utf-8")
    (folder / "annotator.toml").write_text(ACE, encoding="utf-8")
    s = sit(folder=folder)
    s.mark("Lan", "p")
    first, second = s.mark("đến", "2"), s.mark("đến", "2", behind="rồi")
    s.press(Qt.Key.Key_Escape)
    before = steps(s)
    s.press("a", modifiers=CTRL)
    s.press("!")
    assert {s.item(name).attributes for name in (first, second)} == {(("polarity", "negative"),)}
    assert s.item("T1").attributes == () and steps(s) == before + 1
    assert "1" in s.message and "2" in s.message
    s.press("z", modifiers=CTRL)
    assert s.item(first).attributes == s.item(second).attributes == ()


def test_a_role_key_lets_all_that_is_selected_fill_it(tagged: Sitting) -> None:
    tagged.select("E1")
    before = steps(tagged)
    tagged.select("T1")
    add_click(tagged, "T4")
    tagged.press("v")
    assert sorted(tagged.roles("E1")) == [("Victim", "Bà Lan"), ("Victim", "Trần Văn Nam")]
    assert steps(tagged) == before + 1
    victim = tagged.window.look.role_label(tagged.session.schema, "Victim")
    assert tagged.message == tagged.told("told.arguments", role=victim, n=2, passed=0)


def test_what_does_not_fit_a_role_stops_all_until_it_is_forced(tagged: Sitting) -> None:
    tagged.select("E1")
    tagged.select("T1")
    add_click(tagged, "T2")
    tagged.press("v")
    assert tagged.refused("error.filler-not-allowed", role="Victim", type="GPE", allowed="PER") and tagged.roles("E1") == []
    tagged.press("v")
    assert len(tagged.roles("E1")) == 2


def test_fillers_get_another_role_in_one_step(tagged: Sitting) -> None:
    tagged.select("E1")
    tagged.press("a", modifiers=CTRL)
    for name in ("E1", "T2", "T3"):
        add_click(tagged, name)
    tagged.press("v")
    before = steps(tagged)
    tagged.select("T1")
    add_click(tagged, "T4")
    die = tagged.session.schema.event("Die")
    agent = die.role("Agent") if die else None
    assert agent is not None
    tagged.press("*", "*", agent.key)
    assert sorted(tagged.roles("E1")) == [("Agent", "Bà Lan"), ("Agent", "Trần Văn Nam")] and steps(tagged) == before + 1
    tagged.press("z", modifiers=CTRL)
    assert {role for role, _ in tagged.roles("E1")} == {"Victim"}
    pick(tagged, "several-role", "Agent")
    assert {role for role, _ in tagged.roles("E1")} == {"Agent"}


def test_another_role_needs_a_frame_and_a_role(tagged: Sitting) -> None:
    tagged.select("T1")
    tagged.press("*", "*")
    assert tagged.refused("refusal.role-needs-frame")
    tagged.select("E1")
    tagged.select("T1")
    tagged.press("*", "*", "v")
    assert tagged.refused("error.no-role-held", role="Victim")


def test_the_inspector_shows_what_several_share_and_changes_all(tagged: Sitting) -> None:
    tagged.select("T1")
    add_click(tagged, "T4")
    box = find(tagged, "several-type-entity")
    assert isinstance(box, QComboBox) and box.currentData() == "PER"
    add_click(tagged, "T2")
    assert box.currentIndex() == -1 and box.placeholderText() == tagged.told("gui.several.mixed")
    assert isinstance(chip := find(tagged, "several-PER"), QAbstractButton) and "2" in chip.text()
    before = steps(tagged)
    pick(tagged, "several-type-entity", "ORG")
    assert types(tagged) == ["ORG", "ORG", "GPE", "ORG"] and steps(tagged) == before + 1


def test_the_flag_has_a_third_state_and_a_click_flags_all(tagged: Sitting) -> None:
    tagged.select("T1")
    tagged.press("m", modifiers=CTRL)
    add_click(tagged, "T2")
    flag = tagged.window.inspector.several.flag
    assert flag.checkState() == Qt.CheckState.PartiallyChecked
    states = []
    for _ in range(2):
        QTest.mouseClick(flag, Qt.MouseButton.LeftButton, pos=flag.rect().topLeft() + flag.rect().center() / 4)
        states.append((flag.checkState(), tagged.item("T1").flag, tagged.item("T2").flag))
    assert states == [(Qt.CheckState.Checked, "question", "question"), (Qt.CheckState.Unchecked, "", "")]


def test_a_chip_of_the_page_keeps_only_its_type_selected(tagged: Sitting) -> None:
    tagged.press("a", modifiers=CTRL)
    tagged.hands.click_on(find(tagged, "several-GPE"))
    assert set(tagged.session.selected) == {"T2", "T3"}
    tagged.hands.click_on(find(tagged, "several-delete"))
    assert [name for name, _ in tagged.surfaces()].count("GPE") == 0


def test_one_text_is_asked_for_where_several_are_selected(tagged: Sitting) -> None:
    tagged.press("a", modifiers=CTRL)
    tagged.press(Qt.Key.Key_Space)
    assert tagged.refused("error.several-selected", n=5)


def test_the_head_of_an_entity_is_marked_and_taken_away(sit: Sit) -> None:
    s = sit()
    outer = s.mark("ông Trần Văn Nam", "p")
    s.drag("Trần Văn Nam")
    s.press("h", modifiers=CTRL)
    entity = s.session.document.entities[outer]
    assert entity.head == s.find("Trần Văn Nam")
    s.select(outer)
    assert any("Trần Văn Nam" in label.text() for label in find(s, "entity-head").findChildren(ElidedLabel))
    s.press("h", modifiers=CTRL)
    assert s.session.document.entities[outer].head is None
    s.press("z", modifiers=CTRL)
    s.drag("Trần Văn Nam")
    s.press("h", modifiers=CTRL)
    assert s.session.document.entities[outer].head is None
    s.drag("Huế")
    s.press("h", modifiers=CTRL)
    assert s.refused("error.no-entity-around")


def test_problems_are_told_by_the_labels_of_types_and_roles(sit: Sit) -> None:
    s = sit(language="vi")
    place = s.mark("Huế", "g")
    event = s.mark("tử vong", "3")
    s.select(place)
    s.press("v", "v")
    s.select(event)
    s.window.inspector.set_problems(check(s.session.document, s.session.schema))
    said = " ".join(label.text() for label in find(s, "problems").findChildren(ElidedLabel))
    labels = [s.window.look.role_label(s.session.schema, "Victim"), s.window.look.type_label(s.session.schema, "GPE")]
    assert all(label in said for label in labels) and "Victim" not in said and "GPE" not in said, said
