"""Tagging all occurrences: a preview that can be trusted, one step in the article, and a way back in the corpus."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from annotator.gui.dialogs.tag_all import TagAllDialog
from annotator.gui.dialogs.take_back import TakeBackDialog
from annotator.gui.hands import wait_until
from annotator.gui.looks.hit_rows import HeadRow, PlaceRow
from annotator.store.sidecar import sidecar_path

from .conftest import CTRL, SHIFT, Sit, Sitting, focus

TEXT = "Nam gặp Lan ở Hà_Nội . Nam và Namibia . Ông Nam về .\n"
CORPUS = {"a.txt": TEXT, "b.txt": "Nam ở Huế .\nNam_Định có Nam .\n", "c.txt": "Không có ai .\n", "d.txt": "Nam bị hỏng .\n"}


def opened_dialog(s: Sitting) -> TagAllDialog:
    """The dialog, opened by its keys."""
    QTest.keyClick(focus(), Qt.Key.Key_L, CTRL | SHIFT)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TagAllDialog), s.message
    assert wait_until(dialog.isActiveWindow) and wait_until(lambda: dialog.phase == "ready")
    return dialog


def is_over(s: Sitting) -> bool:
    """Whether the dialog is gone and the person is back at the canvas."""
    gone = wait_until(lambda: QApplication.activeModalWidget() is None)
    # As a window manager does, which the tests have none of.
    s.window.activateWindow()
    return gone and wait_until(s.window.isActiveWindow) and focus() is s.window.view


def places(dialog: TagAllDialog) -> list[tuple[str, bool | None, str]]:
    return [(row.surface, row.ticked, row.note) for row in dialog.list.places.rows if isinstance(row, PlaceRow)]


def pick(dialog: TagAllDialog, *, type_name: str = "", scope: str = "") -> None:
    for box, name in ((dialog.form.type, type_name), (dialog.form.place, scope)):
        if name:
            box.setCurrentIndex(box.findData(name))
            box.picked.emit(name)
    assert wait_until(lambda: dialog.phase == "ready")


def segmented(s: Sitting) -> None:
    if not s.session.document.is_segmented:
        s.window.menus.actions["is_segmented"].trigger()


def test_all_occurrences_of_an_annotation_in_one_step(sit: Sit) -> None:
    s = sit(TEXT)
    segmented(s)
    s.select(s.mark("Nam", "p"))

    dialog = opened_dialog(s)
    assert dialog.form.query().text == "Nam" and dialog.form.target() is not None
    person = s.window.look.type_label(s.session.schema, "PER")
    assert places(dialog) == [("Nam", None, s.told("gui.tagall.doubt.tagged", type=person)), ("Nam", True, ""), ("Nam", True, "")]
    assert dialog.tag_button.text() == s.told("gui.tagall.tag", n=2)
    QTest.keyClick(dialog.tag_button, Qt.Key.Key_Return)
    assert is_over(s)
    assert s.surfaces() == [("PER", "Nam")] * 3
    assert s.message.endswith(s.told("told.tagged_all", n=2, type=s.window.look.type_label(s.session.schema, "PER"), tagged=1))
    s.press("z", modifiers=CTRL)
    assert s.surfaces() == [("PER", "Nam")]
    s.press("y", modifiers=CTRL)
    assert s.surfaces() == [("PER", "Nam")] * 3


def test_space_and_mouse_tick_and_parts_of_words_are_left_unless_ticked(sit: Sit) -> None:
    s = sit(TEXT)
    segmented(s)
    s.drag("Nam")

    dialog = opened_dialog(s)
    dialog.form.switches["words"].setChecked(False)
    pick(dialog, type_name="entity:PER")
    assert wait_until(lambda: len(places(dialog)) == 4)
    assert [ticked for _, ticked, _ in places(dialog)] == [True, True, False, True]
    assert places(dialog)[2][2] == s.told("gui.tagall.doubt.cuts-word")
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.tag_button.text() == s.told("gui.tagall.tag", n=2)
    row = dialog.list.visualRect(dialog.list.places.index(3))
    QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(row.left() + 16, row.center().y()))
    QTest.mouseClick(dialog.none_button, Qt.MouseButton.LeftButton)
    assert not dialog.tag_button.isEnabled()
    QTest.mouseClick(dialog.all_button, Qt.MouseButton.LeftButton)
    assert dialog.tag_button.text() == s.told("gui.tagall.tag", n=4)
    QTest.mouseClick(dialog.none_button, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(row.left() + 16, row.center().y()))
    QTest.mouseClick(dialog.tag_button, Qt.MouseButton.LeftButton)
    assert is_over(s)
    assert s.session.document.entities["T1"].spans == (s.find("Nam", behind="Ông"),)
    assert len(s.surfaces()) == 1


def test_nothing_is_tagged_over_another_annotation_unless_asked(sit: Sit) -> None:
    s = sit(TEXT)
    segmented(s)
    s.mark("Ông Nam", "p")
    s.drag("Nam")
    dialog = opened_dialog(s)
    pick(dialog, type_name="entity:ORG")
    assert [ticked for _, ticked, _ in places(dialog)] == [True, True, None]
    QTest.mouseClick(dialog.all_button, Qt.MouseButton.LeftButton)
    assert dialog.tag_button.text() == s.told("gui.tagall.tag", n=2)
    dialog.form.switches["over"].setChecked(True)
    assert [ticked for _, ticked, _ in places(dialog)] == [True, True, True]
    dialog.form.switches["over"].setChecked(False)
    QTest.mouseClick(dialog.tag_button, Qt.MouseButton.LeftButton)
    assert is_over(s)
    assert s.surfaces() == [("ORG", "Nam"), ("ORG", "Nam"), ("PER", "Ông Nam")]


def test_triggers_from_the_find_line_by_expression(sit: Sit) -> None:
    s = sit(TEXT)
    segmented(s)
    QTest.keyClick(s.window.view, Qt.Key.Key_F, CTRL)
    s.type_text(r"g.p|v(?!.)")
    QTest.mouseClick(s.window.finding.line.field.switches["expression"], Qt.MouseButton.LeftButton)
    assert wait_until(lambda: len(s.window.finding.hits) == 1)

    dialog = opened_dialog(s)
    assert dialog.form.query().mode == "expression"
    pick(dialog, type_name="event:Meet")
    assert places(dialog) == [("gặp", True, "")]
    QTest.mouseClick(dialog.tag_button, Qt.MouseButton.LeftButton)
    assert is_over(s)
    assert s.surfaces() == [("Meet", "gặp")]


def test_the_find_line_has_a_button_for_it_and_escape_changes_nothing(sit: Sit) -> None:
    s = sit(TEXT)
    QTest.keyClick(s.window.view, Qt.Key.Key_F, CTRL)
    s.type_text("lan")
    button = s.window.finding.line.buttons["tag"]
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TagAllDialog) and wait_until(dialog.isActiveWindow)
    assert dialog.form.query().text == "lan"
    closed(s, dialog)
    assert s.surfaces() == [] and s.session.history.undoable is None


def test_a_mistake_in_an_expression_is_told_in_the_dialog(sit: Sit) -> None:
    s = sit(TEXT)
    s.drag("Lan")
    dialog = opened_dialog(s)
    pick(dialog, type_name="entity:PER")
    dialog.form.text.setText("(Lan")
    dialog.form.switches["expression"].setChecked(True)
    assert wait_until(lambda: dialog.message() == s.told("error.search-expression", position=5))
    assert not dialog.tag_button.isEnabled() and places(dialog) == []
    closed(s, dialog)


def test_a_long_selection_is_where_one_looks(sit: Sit) -> None:
    s = sit("Nam ở đây .\nNam ở kia .\nNam .\n")
    segmented(s)
    s.session.select_text((s.find("Nam ở đây .\nNam ở kia"),))

    dialog = opened_dialog(s)
    assert dialog.form.scope() == "selection" and not dialog.tag_button.isEnabled()
    dialog.form.text.setText("Nam")
    pick(dialog, type_name="entity:PER")
    assert len(places(dialog)) == 2
    pick(dialog, scope="document")
    assert len(places(dialog)) == 3
    pick(dialog, scope="selection")
    QTest.mouseClick(dialog.tag_button, Qt.MouseButton.LeftButton)
    assert is_over(s)
    assert s.surfaces() == [("PER", "Nam")] * 2


def corpus(sit: Sit) -> Sitting:
    s = sit(CORPUS)
    sidecar_path(s.folder / "d.txt").write_text("{ damaged", encoding="utf-8")
    s.open("b.txt")
    segmented(s)
    s.mark("Huế", "g")
    s.saved()
    s.open("a.txt")
    segmented(s)
    s.drag("Nam")
    return s


def tag_corpus(s: Sitting) -> TagAllDialog:
    """Tag every ticked place of the corpus; the dialog, which says what was done."""
    dialog = opened_dialog(s)
    pick(dialog, type_name="entity:PER", scope="corpus")
    heads = [(row.name, row.is_problem) for row in dialog.list.places.rows if isinstance(row, HeadRow)]
    assert heads == [("a.txt", False), ("b.txt", False), ("d.txt", True)]
    assert [ticked for _, ticked, _ in places(dialog)] == [True, True, True, True, False, True]
    assert dialog.tag_button.text() == s.told("gui.tagall.tag", n=5)
    QTest.mouseClick(dialog.tag_button, Qt.MouseButton.LeftButton)
    assert wait_until(lambda: dialog.phase == "done")
    assert dialog.message() == s.told("gui.tagall.done", n=5, articles=2, left=1)
    return dialog


def closed(s: Sitting, dialog: QDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert is_over(s)


def entities(s: Sitting, name: str) -> list[str]:
    return [item["text"] for item in s.sidecar(name)["entities"]]


def taken_back(s: Sitting) -> list[str]:
    """What the way back said and which reasons it gave; closed by Esc."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, TakeBackDialog), s.message
    assert wait_until(dialog.isActiveWindow) and wait_until(lambda: not dialog.stream.is_running)
    said = [dialog.message(), *(row.note for row in dialog.list.places.rows if isinstance(row, HeadRow))]
    closed(s, dialog)
    return said


def take_back(s: Sitting) -> list[str]:
    s.window.menus.actions["take_back_all"].trigger()
    assert wait_until(lambda: QApplication.activeModalWidget() is not None)
    return taken_back(s)


def test_the_corpus_is_tagged_and_taken_back(sit: Sit) -> None:
    s = corpus(sit)
    closed(s, tag_corpus(s))
    assert [item["text"] for item in s.saved()["entities"]] == ["Nam"] * 3
    assert entities(s, "b.txt") == ["Nam", "Huế", "Nam"] and not sidecar_path(s.folder / "c.txt").exists()
    assert take_back(s) == [s.told("gui.takeback.done", n=2)]
    assert s.surfaces() == [] and entities(s, "b.txt") == ["Huế"]
    s.window.menus.actions["take_back_all"].trigger()
    assert s.refused("error.nothing-to-take-back")


def test_what_was_changed_since_is_not_taken_back(sit: Sit) -> None:
    s = corpus(sit)
    closed(s, tag_corpus(s))
    s.open("b.txt")
    s.mark("Nam_Định", "g")
    s.saved()
    s.open("c.txt")
    said = take_back(s)
    assert said == [s.told("gui.takeback.done", n=1, refused=1), s.told("error.changed-since-tagged")]
    assert entities(s, "a.txt") == [] and entities(s, "b.txt") == ["Nam", "Huế", "Nam_Định", "Nam"]


def test_what_was_undone_by_hand_is_no_trouble_for_the_way_back(sit: Sit) -> None:
    s = corpus(sit)
    closed(s, tag_corpus(s))
    s.press("z", modifiers=CTRL)
    assert s.surfaces() == []
    assert take_back(s) == [s.told("gui.takeback.done", n=2)]
    assert s.surfaces() == [] and entities(s, "b.txt") == ["Huế"]


def test_the_way_back_outlives_the_window(sit: Sit) -> None:
    s = corpus(sit)
    closed(s, tag_corpus(s))
    s.saved()
    assert s.close()
    again = sit(folder=s.folder)
    again.open("c.txt")
    assert take_back(again) == [again.told("gui.takeback.done", n=2)]
    assert entities(again, "a.txt") == [] and entities(again, "b.txt") == ["Huế"]
    again.window.menus.actions["take_back_all"].trigger()
    assert again.refused("error.nothing-to-take-back")


def test_the_way_back_is_in_the_dialog_too(sit: Sit) -> None:
    s = corpus(sit)
    dialog = tag_corpus(s)
    QTest.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)
    assert wait_until(lambda: isinstance(QApplication.activeModalWidget(), TakeBackDialog))
    assert taken_back(s) == [s.told("gui.takeback.done", n=2)]
    assert s.surfaces() == [] and entities(s, "b.txt") == ["Huế"]


def test_the_way_back_in_an_article_opened_since_is_a_step_of_its_own(sit: Sit) -> None:
    s = corpus(sit)
    closed(s, tag_corpus(s))
    s.open("b.txt")
    assert take_back(s) == [s.told("gui.takeback.done", n=2)]
    assert s.surfaces() == [("GPE", "Huế")]
    s.press("z", modifiers=CTRL)
    assert s.surfaces() == [("PER", "Nam"), ("GPE", "Huế"), ("PER", "Nam")]


def test_the_menu_offers_the_way_back_only_while_there_is_one(sit: Sit) -> None:
    s = corpus(sit)
    menu, action = s.window.menus.menus["annotate"], s.window.menus.actions["take_back_all"]

    def offered() -> bool:
        menu.aboutToShow.emit()
        now = action.isEnabled()
        menu.aboutToHide.emit()
        return now

    assert not offered()
    closed(s, tag_corpus(s))
    assert offered()


def test_a_read_only_article_is_refused(sit: Sit, tmp_path: Path) -> None:
    s = sit(CORPUS)
    sidecar_path(s.folder / "d.txt").write_text("{ damaged", encoding="utf-8")
    s.open("d.txt")
    assert s.session.read_only is not None
    QTest.keyClick(s.window.view, Qt.Key.Key_L, CTRL | SHIFT)
    assert s.message == f"⚠ {s.window.look.explain(s.session.read_only)}"
