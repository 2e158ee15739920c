"""Changing what is there: types, edges, fragments, deletion; ids and links stay."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from .conftest import ALT, ARTICLE, CTRL, SHIFT, Sit, Sitting, check_slices, focus, settle

LEFT, RIGHT, UP, DOWN = Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down


def arrest(s: Sitting) -> str:
    """An event with three fillers: T1 Person, T2 Place, T3 Agent."""
    event = s.mark("bắt", "6")
    for key, text in (("p", "Trần Văn Nam"), ("l", "Hà Nội"), ("g", "Công an")):
        s.drag(text)
        s.press(key)
    s.press(Qt.Key.Key_Escape)
    return event


def test_retype_an_entity_with_its_links_kept(sit: Sit) -> None:
    s = sit()
    event = arrest(s)
    s.select("T2")
    s.press("*", "l")
    assert s.item("T2").type == "LOC" and ("Place", "Hà Nội") in s.roles(event)
    assert s.message == s.told("told.retyped")
    assert [item["type"] for item in s.saved()["entities"]] == ["ORG", "PER", "LOC"]


@pytest.mark.parametrize(("keys", "type_name"), [(("*", "3"), "Die"), (("*", "0", "x"), "Trial-hearing"), (("*", "-", "t"), "Injure")])
def test_retype_an_event_by_digit_and_leaders(sit: Sit, keys: tuple[str, ...], type_name: str) -> None:
    s = sit()
    event = arrest(s)
    s.select(event)
    s.press(*keys)
    assert s.event(event).type == type_name and len(s.event(event).arguments) == 3


def test_retype_by_the_buttons_and_by_the_inspector(sit: Sit) -> None:
    s = sit()
    event = arrest(s)
    s.select(event)
    palette = s.window.palette_line
    for key in ("*", "0"):
        if key == "*":
            s.press(key)
        else:
            s.hands.click_on(palette.button(key))
    s.hands.click_on(palette.button("c"))
    assert s.event(event).type == "Convict"
    s.select("T2")
    box = s.window.inspector.type_box
    box.setCurrentIndex(box.findData("FAC"))
    box.activated.emit(box.currentIndex())
    assert s.item("T2").type == "FAC"


def test_a_type_of_the_other_layer_is_refused(sit: Sit) -> None:
    s = sit()
    arrest(s)
    s.select("T2")
    s.press("*", "3")
    assert s.refused("error.type-of-other-layer", type="Die") and s.item("T2").type == "GPE"


def test_delete_takes_what_hangs_on_it_and_undo_brings_it_back_in_one_step(sit: Sit) -> None:
    s = sit()
    event = arrest(s)
    before = s.surfaces(), s.roles(event)
    s.select("T1")
    s.press(Qt.Key.Key_Delete)
    assert s.roles(event) == [("Agent", "Công an"), ("Place", "Hà Nội")] and s.session.selected == ()
    s.press("z", modifiers=CTRL)
    assert (s.surfaces(), s.roles(event)) == before
    s.select(event)
    s.press(Qt.Key.Key_Delete)
    assert s.session.document.events == {} and len(s.session.document.entities) == 3
    s.press("z", modifiers=CTRL)
    assert (s.surfaces(), s.roles(event)) == before


def test_several_are_deleted_in_one_step(sit: Sit) -> None:
    s = sit()
    arrest(s)
    for identifier in ("T1", "T2"):
        rect = s.window.view.chip_rect(identifier)
        assert rect is not None
        QTest.mouseClick(s.window.view.viewport(), Qt.MouseButton.LeftButton, CTRL, rect.center().toPoint())
    assert s.session.selected == ("T1", "T2")
    s.press(Qt.Key.Key_Delete)
    assert sorted(s.session.document.entities) == ["T3"]
    s.press("z", modifiers=CTRL)
    assert sorted(s.session.document.entities) == ["T1", "T2", "T3"]


def test_edges_move_by_units_and_by_characters(sit: Sit) -> None:
    s = sit()
    event = arrest(s)
    s.select("T3")
    steps = [
        (RIGHT, "Công an huyện"),
        (RIGHT, "Công an huyện Yên Khánh"),
        (LEFT, "Công an huyện"),
        (UP, "Công an huyệ"),
        (DOWN, "Công an huyện"),
    ]
    for key, text in steps:
        s.press(key, modifiers=ALT)
        assert s.surfaces()[0] == ("ORG", text)
    s.press(",")
    assert s.message == s.told("told.edge_start")
    for key, text in ((RIGHT, "huyện"), (DOWN, "uyện"), (UP, "huyện"), (LEFT, "Công an huyện")):
        s.press(key, modifiers=ALT)
        assert s.surfaces()[0] == ("ORG", text)
    s.press(",")
    assert s.message == s.told("told.edge_end")
    assert s.session.selected == ("T3",) and ("Agent", "Công an huyện") in s.roles(event)
    check_slices(s.saved(), ARTICLE)


def test_edges_of_a_selection_move_too_and_change_nothing(sit: Sit) -> None:
    s = sit()
    s.drag("Hà Nội")
    s.press(RIGHT, modifiers=ALT)
    assert s.session.selection == (s.find("Hà Nội sáng"),) and not s.session.changes
    s.press(",")
    s.press(LEFT, modifiers=ALT)
    assert s.session.selection == (s.find("tại Hà Nội sáng"),)


def test_an_edge_does_not_cross_the_other_one(sit: Sit) -> None:
    s = sit()
    s.select(s.mark("Huế", "g"))
    for _ in range(2):
        s.press(UP, modifiers=ALT)
    assert s.surfaces() == [("GPE", "H")]
    s.press(UP, modifiers=ALT)
    assert s.refused("error.edge-cannot-move") and s.surfaces() == [("GPE", "H")]


def drag_edge(s: Sitting, identifier: str, edge: str, to: int) -> None:
    """Take the edge of the selected annotation with the mouse and drop it at the left of the character at `to`."""
    view = s.window.view
    start, end = s.item(identifier).spans[0][0], s.item(identifier).spans[-1][1]
    rect = view.rect_of((start, start + 1)) if edge == "start" else view.rect_of((end - 1, end))
    begin = QPoint(round(rect.left() if edge == "start" else rect.right()), round(rect.center().y()))
    target = view.rect_of((to, to + 1))
    goal = QPoint(round(target.left()), round(target.center().y()))
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, begin)
    QTest.mouseMove(view.viewport(), QPoint((begin.x() + goal.x()) // 2, begin.y()))
    QTest.mouseMove(view.viewport(), goal)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, goal)


def test_an_edge_is_dragged(sit: Sit) -> None:
    s = sit()
    event = arrest(s)
    s.select("T3")
    drag_edge(s, "T3", "end", ARTICLE.index(" đã"))
    assert s.surfaces()[0] == ("ORG", "Công an huyện Yên Khánh") and s.session.selected == ("T3",)
    drag_edge(s, "T3", "start", ARTICLE.index("huyện"))
    assert s.surfaces()[0] == ("ORG", "huyện Yên Khánh") and ("Agent", "huyện Yên Khánh") in s.roles(event)
    assert len(s.session.history._undo) == 6
    assert s.session.preview is None
    check_slices(s.saved(), ARTICLE)


def test_ctrl_and_drag_add_a_fragment(sit: Sit) -> None:
    s = sit()
    s.select(s.mark("Lê Hòa", "p"))
    s.drag("12 năm tù", modifiers=CTRL)
    assert s.surfaces() == [("PER", "Lê Hòa 12 năm tù")]
    s.drag("giết", modifiers=CTRL)
    assert s.item("T1").spans == (s.find("Lê Hòa 12 năm tù"), s.find("giết"))
    saved = s.saved()
    assert saved["entities"][0]["text"] == "Lê Hòa 12 năm tù giết"
    s.press("z", modifiers=CTRL)
    assert s.item("T1").spans == (s.find("Lê Hòa 12 năm tù"),)


def test_a_selection_of_several_fragments_is_tagged_as_one(sit: Sit) -> None:
    s = sit()
    s.drag("Hai")
    s.drag("tai nạn", modifiers=CTRL)
    assert s.session.selection == (s.find("Hai"), s.find("tai nạn"))
    s.press("3")
    assert s.surfaces() == [("Die", "Hai tai nạn")]
    check_slices(s.saved(), ARTICLE)


def test_ctrl_shift_arrows_add_a_fragment_by_key(sit: Sit) -> None:
    s = sit()
    s.walk("Hai")
    s.press(RIGHT, RIGHT, modifiers=CTRL | SHIFT)
    assert s.session.selection == (s.find("Hai"), s.find("tử vong"))
    s.press("3")
    assert s.surfaces() == [("Die", "Hai tử vong")]
    check_slices(s.saved(), ARTICLE)


def test_ctrl_shift_arrows_add_a_fragment_to_an_annotation(sit: Sit) -> None:
    s = sit()
    event = arrest(s)
    s.select("T3")
    s.press(RIGHT, RIGHT, RIGHT, modifiers=CTRL | SHIFT)
    assert s.item("T3").spans == (s.find("Công an"), s.find("đã")) and s.session.selected == ("T3",)
    assert ("Agent", "Công an đã") in s.roles(event)
    check_slices(s.saved(), ARTICLE)


def test_a_fragment_by_key_grows_with_shift(sit: Sit) -> None:
    s = sit()
    s.walk("Hai")
    s.press(RIGHT, RIGHT, modifiers=CTRL | SHIFT)
    s.press(RIGHT, modifiers=SHIFT)
    assert s.session.selection == (s.find("Hai"), s.find("tử vong trong"))


def test_a_double_click_takes_the_innermost_and_again_the_next_outward(sit: Sit) -> None:
    s = sit()
    outer = s.mark("ông Trần Văn Nam", "p")
    s.press(Qt.Key.Key_F3)
    inner = s.mark("Văn Nam", "p")
    at = ARTICLE.index("Nam tại")
    for wanted in (inner, outer, inner):
        s.hands.double_click(at)
        assert s.session.selected == (wanted,)


def test_walking_the_annotations_by_key(sit: Sit) -> None:
    s = sit()
    arrest(s)
    s.hands.click(0)
    order = [item.id for item in s.session.document.annotations()]
    seen = []
    for _ in order:
        s.press(DOWN, modifiers=CTRL)
        seen.append(s.session.selected[0])
    # The caret stands in front of the first one.
    assert seen == order
    s.press(DOWN, modifiers=CTRL)
    assert s.refused("error.no-more-annotations")
    for wanted in reversed(order[:-1]):
        s.press(UP, modifiers=CTRL)
        assert s.session.selected == (wanted,)


def test_space_guesses_from_the_schema_and_from_what_was_labelled(sit: Sit) -> None:
    s = sit()
    s.drag("tử vong")
    s.press(Qt.Key.Key_Space)
    assert s.surfaces() == [("Die", "tử vong")]
    s.drag("Hai người")
    s.press(Qt.Key.Key_Space)
    assert s.roles("E1") == [("Victim", "Hai người")]
    s.press(Qt.Key.Key_Escape)
    s.drag("Huế")
    s.press(Qt.Key.Key_Space)
    assert s.refused("error.no-guess", text="Huế")


def test_the_bottom_line_shows_what_space_would_take(sit: Sit) -> None:
    s = sit()
    line = s.window.palette_line
    guess = line.offers()[0]
    assert guess.muted and guess.label == s.window.look.say("gui.palette.guess")
    s.drag("tử vong")
    assert line.offers()[0].label == s.window.look.type_label(s.session.schema, "Die")
    s.hands.click_on(line.button(guess.key))
    assert s.surfaces() == [("Die", "tử vong")]
    assert line.offers()[0].muted
    s.drag("Hai người")
    assert line.offers()[0].label == s.window.look.role_label(s.session.schema, "Victim")
    s.press("z", modifiers=CTRL)
    s.drag("Yên Khánh")
    assert line.offers()[0].muted


def test_space_learns_from_the_article_before(sit: Sit) -> None:
    s = sit({"a.txt": ARTICLE, "b.txt": "Ông Lê Hòa về Huế.\n"})
    s.mark("Huế", "g")
    s.saved()
    s.open("b.txt")
    s.drag("Huế")
    s.press(Qt.Key.Key_Space)
    assert s.surfaces() == [("GPE", "Huế")]


def test_space_learns_within_the_article(sit: Sit) -> None:
    s = sit()
    s.mark("Hà Nội", "g")
    s.drag("Hà Nội", behind="sống")
    s.press(Qt.Key.Key_Space)
    assert s.surfaces() == [("GPE", "Hà Nội")] * 2


def test_the_type_ahead_finds_without_tone_marks(sit: Sit) -> None:
    s = sit()
    s.drag("tuyên phạt")
    s.press("/")
    assert s.window.type_ahead.isVisible()
    s.type_text("ket an")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    settle()
    assert s.surfaces() == [("Sentence", "tuyên phạt")] and focus() is s.window.view
    assert s.session.frame == "E1"
    s.drag("Lê Hòa")
    s.press("/")
    s.type_text("bi cao")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    settle()
    assert s.roles("E1") == [("Defendant", "Lê Hòa")]


def test_the_type_ahead_closed_gives_the_keyboard_back(sit: Sit) -> None:
    s = sit()
    span = s.drag("Huế")
    s.press("/")
    s.type_text("gp")
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    settle()
    assert focus() is s.window.view and s.session.selection == (span,) and not s.session.changes


def test_flag_note_and_attribute_by_the_inspector(sit: Sit) -> None:
    s = sit()
    event = arrest(s)
    s.select(event)
    s.hands.click_on(s.window.inspector.flag)
    s.press(Qt.Key.Key_Return, modifiers=CTRL)
    s.type_text("hỏi lại")
    QTest.keyClick(focus(), Qt.Key.Key_Return, CTRL)
    settle()
    assert focus() is s.window.view
    saved = s.saved()["events"][0]
    assert (saved["flag"], saved["note"]) == ("question", "hỏi lại")
    assert len(saved["arguments"]) == 3
