"""What must not outlive its moment, and what must: unsaved work while another article loads, old gestures, old refusals, held keys."""

from __future__ import annotations

import json

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from annotator.core.errors import AnnotatorError
from annotator.gui.hands import wait_until

from .conftest import ALT, ARTICLE, CTRL, SHIFT, Sit, focus

LARGE = "Trời mưa to ở Huế và Đà Nẵng từ sáng sớm đến chiều tối hôm qua.\n" * 2_500


def test_work_that_goes_on_while_a_large_article_loads_is_kept(sit: Sit) -> None:
    s = sit({"a.txt": ARTICLE, "b.txt": LARGE})
    s.window.desk.open_article(s.folder / "b.txt")
    s.mark("Huế", "g")
    assert wait_until(lambda: s.session.path.name == "b.txt")
    kept = json.loads((s.folder / "a.txt.ann.json").read_bytes())
    assert [item["text"] for item in kept["entities"]] == ["Huế"]


def test_going_back_to_the_open_article_stops_the_one_that_loads(sit: Sit) -> None:
    s = sit({"a.txt": ARTICLE, "b.txt": LARGE})
    s.window.desk.open_article(s.folder / "b.txt")
    s.window.desk.open_article(s.folder / "a.txt")
    assert not wait_until(lambda: s.session.path.name == "b.txt", seconds=0.7)


def test_a_fragment_belongs_to_the_annotation_that_is_selected_now(sit: Sit) -> None:
    s = sit()
    first, second = s.mark("Yên Khánh", "g"), s.mark("Huế", "g")
    s.select(first)
    s.press(Qt.Key.Key_Right, modifiers=CTRL | SHIFT)
    s.select(second)
    s.press(Qt.Key.Key_Right, modifiers=CTRL | SHIFT)
    assert s.item(second).spans[0][0] == s.find("Huế")[0]


def test_a_selection_after_tagging_does_not_start_where_the_last_one_did(sit: Sit) -> None:
    s = sit()
    s.walk("Yên Khánh")
    s.press("g")
    here = s.session.caret
    s.press(Qt.Key.Key_Right, modifiers=SHIFT)
    assert s.session.selection[0][0] >= here


def test_what_was_made_is_meant_only_right_after_it_was_made(sit: Sit) -> None:
    s = sit()
    place = s.mark("Huế", "g")
    s.hands.click(s.find("Bà Lan")[0])
    s.press(Qt.Key.Key_Right, modifiers=ALT)
    s.press("*", "p")
    assert (s.item(place).type, s.item(place).spans) == ("GPE", (s.find("Huế"),))
    s.mark("Bà Lan", "p")
    s.press(Qt.Key.Key_Right, modifiers=ALT)
    assert ("PER", "Bà Lan và") in s.surfaces()


def test_a_key_held_down_forces_nothing(sit: Sit) -> None:
    s = sit()
    s.mark("Huế", "g")
    s.drag("Huế")
    for repeated in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_P, Qt.KeyboardModifier.NoModifier, "p", repeated)
        QApplication.sendEvent(focus(), event)
    assert s.surfaces() == [("GPE", "Huế")]
    s.press("p")
    assert len(s.surfaces()) == 2


def test_an_article_that_became_read_only_takes_no_undo_and_can_be_left(sit: Sit) -> None:
    s = sit({"a.txt": ARTICLE, "b.txt": "Mưa to.\n"})
    s.mark("Huế", "g")
    s.saved()
    s.session.forbid(AnnotatorError("source-changed-while-open", path="a.txt"))
    s.press(Qt.Key.Key_Z, modifiers=CTRL)
    assert s.surfaces() == [("GPE", "Huế")] and s.session.is_saved
    s.window.desk.open_article(s.folder / "b.txt")
    assert wait_until(lambda: s.session.path.name == "b.txt")


def test_an_article_with_something_wrong_can_be_opened_again(sit: Sit) -> None:
    s = sit()
    (s.folder / "a.txt").write_text("Hôm qua. " + ARTICLE, encoding="utf-8")
    s.window.desk.look_at_source()
    assert s.session.read_only is not None
    s.window.desk.open_article(s.folder / "a.txt")
    assert wait_until(lambda: s.session.read_only is None) and s.content.startswith("Hôm qua.")


def test_the_sidecar_names_the_schema_that_it_is_labelled_with(sit: Sit) -> None:
    s = sit()
    s.mark("Huế", "g")
    assert s.saved()["schema"] == "bkee"
    s.window.desk.drop()
    path = s.folder / "a.txt.ann.json"
    path.unlink()
    (s.folder / "annotator.toml").write_text('schema = "vlsp"\n', encoding="utf-8")
    again = sit(folder=s.folder)
    again.drag("Huế")
    again.press(again.session.schema.entities[0].key)
    assert again.saved()["schema"] == "vlsp"


def test_moving_a_filler_keeps_the_order_of_files(sit: Sit) -> None:
    s = sit("An và Bình chết ở Huế.\n")
    event = s.mark("chết", "3")
    for name in ("An", "Bình"):
        s.drag(name)
        s.press("v")
    assert [text for _, text in s.roles(event)] == ["An", "Bình"]
    first = s.event(event).arguments[0].target
    assert s.window.desk.tools is not None
    s.window.desk.tools.shaper.set_spans(first, (s.find("Huế"),))
    assert [text for _, text in s.roles(event)] == ["Bình", "Huế"]
    s.press(Qt.Key.Key_Z, modifiers=CTRL)
    assert [text for _, text in s.roles(event)] == ["An", "Bình"]


def test_a_leader_waits_no_longer_once_something_else_is_pointed_at(sit: Sit) -> None:
    s = sit()
    s.drag("tuyên phạt")
    s.press("0")
    s.drag("Huế")
    # Not the second key of the leader any more: an entity.
    s.press("r")
    assert s.surfaces() == [("ORG", "Huế")]


def test_a_refused_click_is_told_on_the_spot(sit: Sit) -> None:
    s = sit()
    place = s.mark("Huế", "g")
    s.select(place)
    s.press("+")
    s.hands.click(s.find("Bà Lan")[0])
    assert s.refused("error.nothing-to-link")
