"""Menus offer what can be done and show how things are; keys pressed in vain are answered in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from annotator.core.commands import set_flag
from annotator.core.edits import Change, Edit
from annotator.core.errors import AnnotatorError
from annotator.core.model import Entity
from annotator.gui.hands import wait_until
from annotator.gui.keys.actions import ACTIONS

from .conftest import ARTICLE, CTRL, Sit, Sitting, settle

LIST = "Công an bắt Thi, Cường, Minh và Vũ tại Hà Nội sáng 12/3.\n"


@contextmanager
def opened(s: Sitting, name: str) -> Iterator[set[str]]:
    """A menu of the menu bar while it is open: the names of what can be chosen in it."""
    menu = s.window.menus.menus[name]
    menu.popup(s.window.mapToGlobal(QPoint(10, 30)))
    try:
        yield {action.objectName() for action in menu.actions() if action.isEnabled() and action.isVisible() and not action.isSeparator()}
    finally:
        menu.close()
        # The offscreen platform leaves a closed menu active.
        s.window.activateWindow()
        assert QTest.qWaitForWindowActive(s.window)
        settle()


def offered(s: Sitting, name: str) -> set[str]:
    with opened(s, name) as names:
        return names


def right_click(s: Sitting, at: QPoint) -> QMenu:
    viewport = s.window.view.viewport()
    QApplication.sendEvent(viewport, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, viewport.mapToGlobal(at)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_after_the_list_key_the_bottom_line_offers_what_it_takes(sit: Sit) -> None:
    s = sit(LIST)
    palette = s.window.palette_line
    plain = [offer.key for offer in palette.offers() if offer.mark == "line"]
    s.drag("Thi, Cường, Minh và Vũ")
    s.press("\\")
    assert [offer.key for offer in palette.offers()] == plain
    s.hands.click_on(palette.button("p"))
    assert s.surfaces() == [("PER", name) for name in ("Thi", "Cường", "Minh", "Vũ")]


def test_after_the_list_key_an_open_frame_offers_its_roles(sit: Sit) -> None:
    s = sit(LIST)
    event = s.mark("bắt", "6")
    s.drag("Thi, Cường, Minh và Vũ")
    s.press("\\")
    assert "3" not in {offer.key for offer in s.window.palette_line.offers()}
    s.hands.click_on(s.window.palette_line.button("p"))
    assert s.roles(event) == [("Person", name) for name in ("Thi", "Cường", "Minh", "Vũ")]


@pytest.mark.parametrize("name", ["done", "is_segmented"])
def test_a_refused_switch_shows_how_things_are(sit: Sit, name: str) -> None:
    s = sit()
    action = s.window.menus.actions[name]
    before = action.isChecked()
    s.session.forbid(AnnotatorError("source-changed-while-open", path="a.txt"))
    action.trigger()
    assert action.isChecked() == before and s.window.bubble.isVisible()


def test_a_switch_of_a_group_that_is_chosen_again_stays(sit: Sit) -> None:
    s = sit()
    s.window.menus.actions["snap_word"].trigger()
    assert s.window.menus.actions["snap_word"].isChecked()


def test_menus_offer_what_can_be_done(sit: Sit) -> None:
    s = sit()
    always = {"find", "find_next", "find_previous", "find_corpus", "document_page"}
    assert offered(s, "edit") == always
    assert not {"guess", "retype", "each", "edge_left", "link_same", "inherit", "open_frame"} & offered(s, "annotate")
    s.drag("Hà Nội")
    assert offered(s, "edit") == {"copy", "copy_words", *always}
    assert {"guess", "each", "edge_left"} <= offered(s, "annotate")
    s.select(s.mark("Huế", "g"))
    gathering = {"select_all", "select_same_type", "select_same_text"}
    assert offered(s, "edit") == {"undo", "copy", "copy_words", "delete", "flag", "edit_note", *gathering, *always}
    names = offered(s, "annotate")
    assert {"retype", "edge_left", "link_same"} <= names and not {"link_relation", "open_frame", "inherit"} & names
    s.press("z", modifiers=CTRL)
    assert "redo" in offered(s, "edit") and "undo" not in offered(s, "edit")
    s.select(s.mark("tử vong", "3"))
    assert {"open_frame", "inherit"} <= offered(s, "annotate")


def test_a_read_only_article_offers_nothing_that_writes(sit: Sit) -> None:
    s = sit()
    s.select(s.mark("tử vong", "3"))
    s.session.forbid(AnnotatorError("source-changed-while-open", path="a.txt"))
    writing = {spec.name for spec in ACTIONS if spec.writes}
    for name in ("edit", "annotate", "words", "go"):
        assert not writing & offered(s, name), name
    assert "copy" in offered(s, "edit") and "open_frame" in offered(s, "annotate")
    menu = right_click(s, s.hands.point(ARTICLE.index("tử vong")))
    chosen = {action.objectName() for action in menu.actions() if action.isEnabled() and action.text()}
    assert chosen - {""} == {"open_frame", "copy"}
    menu.close()


def test_no_key_falls_silent_where_a_menu_would_be_grey(sit: Sit) -> None:
    s = sit()
    offered(s, "edit")
    offered(s, "words")
    for key, code in (("z", "nothing-to-undo"), ("y", "nothing-to-redo"), ("c", "nothing-selected"), ("m", "nothing-selected")):
        s.press(key, modifiers=CTRL)
        assert s.refused(f"error.{code}"), key
    s.press("j", modifiers=CTRL)
    assert s.refused("error.nothing-selected")
    s.press(Qt.Key.Key_Delete)
    assert s.refused("error.nothing-to-delete")


def test_leaders_are_in_the_menu(sit: Sit) -> None:
    s = sit(LIST)
    s.select(s.mark("Hà Nội", "g"))
    s.window.menus.actions["retype"].trigger()
    s.press("l")
    assert s.surfaces() == [("LOC", "Hà Nội")]
    s.drag("Thi, Cường, Minh và Vũ")
    s.window.menus.actions["each"].trigger()
    s.press("p")
    assert len(s.surfaces()) == 5


def test_attributes_are_in_the_menu_under_the_schemas_names(sit: Sit, tmp_path: Path) -> None:
    folder = tmp_path / "ace"
    folder.mkdir()
    (folder / "a.txt").write_text("Bà Lan đến Hà Nội.\n", encoding="utf-8")
    (folder / "annotator.toml").write_text('schema = "ace2005"\n', encoding="utf-8")
    s = sit(folder=folder)
    place, event = s.mark("Hà Nội", "g"), s.mark("đến", "1")
    s.select(event)
    polarity = next(item for item in s.session.schema.attributes if item.key == "!" and item.enabled)
    action = s.window.menus.actions["attribute_1"]
    with opened(s, "annotate") as names:
        assert "attribute_1" in names and polarity.label.en in action.text()
    action.trigger()
    assert dict(s.event(event).attributes)[polarity.name] == polarity.values[1].name
    s.select(place)
    assert "attribute_1" not in offered(s, "annotate")


def test_attributes_that_the_schema_lacks_are_not_in_the_menu(sit: Sit) -> None:
    s = sit()
    s.select(s.mark("tử vong", "3"))
    offered(s, "annotate")
    assert not any(s.window.menus.actions[f"attribute_{rank}"].isVisible() for rank in (1, 2, 3, 4))


def test_a_note_needs_one_annotation_and_says_so(sit: Sit) -> None:
    s = sit()
    s.press(Qt.Key.Key_Return, modifiers=CTRL)
    assert s.refused("error.note-needs-annotation")
    s.session.select_annotations(s.mark("Huế", "g"), s.mark("Hà Nội", "g"))
    s.press(Qt.Key.Key_Return, modifiers=CTRL)
    assert s.refused("error.note-needs-one")


def test_saving_what_is_saved_says_so(sit: Sit) -> None:
    s = sit()
    s.press("s", modifiers=CTRL)
    assert s.message == s.told("told.nothing_to_save")
    s.session.forbid(AnnotatorError("source-changed-while-open", path="a.txt"))
    s.press("s", modifiers=CTRL)
    assert s.window.bubble.isVisible() and s.session.read_only is not None
    assert s.window.bubble.text() == s.window.look.explain(s.session.read_only)


def test_saving_takes_the_note_that_is_being_written(sit: Sit) -> None:
    s = sit()
    item = s.mark("Huế", "g")
    s.select(item)
    s.saved()
    s.press(Qt.Key.Key_Return, modifiers=CTRL)
    s.type_text("so")
    QTest.keyClick(s.window.inspector.note, Qt.Key.Key_S, CTRL)
    assert s.item(item).note == "so"
    assert s.saved()["entities"][0]["note"] == "so"


def test_a_right_click_means_what_lies_under_it(sit: Sit) -> None:
    s = sit()
    first, second = s.mark("Huế", "g"), s.mark("Hà Nội", "g")
    s.select(first)
    menu = right_click(s, s.hands.point(ARTICLE.index("Hà Nội") + 1))
    assert s.session.selected == (second,)
    next(action for action in menu.actions() if action.objectName() == "delete").trigger()
    menu.close()
    settle()
    assert s.surfaces() == [("GPE", "Huế")]
    rect = s.window.view.chip_rect(first)
    assert rect is not None
    right_click(s, rect.center().toPoint()).close()
    assert s.session.selected == (first,)
    right_click(s, s.hands.point(ARTICLE.index("tòa".capitalize()))).close()
    assert s.content[slice(*s.session.selection[0])].startswith("Tòa")


def test_a_right_click_inside_the_selection_keeps_it(sit: Sit) -> None:
    s = sit()
    s.mark("Nam", "p")
    span = s.drag("ông Trần Văn Nam")
    right_click(s, s.hands.point(span[1] - 2)).close()
    assert s.session.selection == (span,)
    both = (s.mark("Huế", "g"), s.mark("Hà Nội", "g"))
    s.session.select_annotations(*both)
    right_click(s, s.hands.point(ARTICLE.index("Huế"))).close()
    assert s.session.selected == both


def test_the_menu_key_means_the_selection(sit: Sit) -> None:
    s = sit()
    s.mark("Hai", "p")
    view = s.window.view
    s.select(s.mark("Huế", "g"))
    before = s.session.selected
    middle = s.hands.point(ARTICLE.index("Hai"))
    QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, view.mapToGlobal(middle)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu) and s.session.selected == before
    menu.close()


def test_walking_on_passes_an_article_that_cannot_be_opened(sit: Sit) -> None:
    s = sit({"a.txt": ARTICLE, "b.txt": b"", "c.txt": ARTICLE})
    assert wait_until(lambda: s.window.corpus_panel.count() == 3)
    s.press(Qt.Key.Key_PageDown, modifiers=CTRL)
    settle()
    assert s.session.path.name == "a.txt" and "b.txt" in s.message
    s.press(Qt.Key.Key_PageDown, modifiers=CTRL)
    assert wait_until(lambda: s.session.path.name == "c.txt")
    s.press(Qt.Key.Key_PageUp, modifiers=CTRL)
    assert wait_until(lambda: s.session.path.name == "a.txt")
    # Once it can be opened it is an article like any other.
    (s.folder / "b.txt").write_text("Huế\n")
    s.open("b.txt")
    s.press(Qt.Key.Key_PageUp, modifiers=CTRL)
    assert wait_until(lambda: s.session.path.name == "a.txt")
    s.press(Qt.Key.Key_PageDown, modifiers=CTRL)
    assert wait_until(lambda: s.session.path.name == "b.txt")


def test_the_inspector_follows_an_article_that_becomes_read_only(sit: Sit) -> None:
    s = sit()
    s.select(s.mark("Huế", "g"))
    inspector = s.window.inspector
    assert inspector.flag.isEnabled() and not inspector.note.isReadOnly()
    s.session.forbid(AnnotatorError("source-changed-while-open", path="a.txt"))
    assert not inspector.flag.isEnabled() and inspector.note.isReadOnly() and not inspector.type_box.isEnabled()


def test_a_document_too_large_to_check_says_so(sit: Sit) -> None:
    s = sit({"a.txt": "Huế " * 1_001, "b.txt": "Huế\n"})
    line = s.window.annotations.findChild(QLabel, "unchecked")
    assert isinstance(line, QLabel) and not line.isVisible()
    made = [Entity(id=f"T{rank + 1}", type="GPE", spans=((4 * rank, 4 * rank + 3),)) for rank in range(1_001)]
    s.session.do(Edit("tag-entity", tuple(Change("entities", item.id, None, item) for item in made)))
    assert wait_until(line.isVisible)
    assert line.text() == s.told("gui.annotations.unchecked", most=1_000)
    s.session.do(set_flag(s.session.document, ["T1"], "question"))
    s.open("b.txt")
    assert not line.isVisible()
