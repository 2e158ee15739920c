"""The inspector: what it shows of a selection or an open frame, and what a click or a word written there asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator.core import commands, links
from annotator.core.document import Document
from annotator.core.edits import Change, Edit
from annotator.core.errors import AnnotatorError
from annotator.core.model import Argument, Source
from annotator.core.schema import Language, Schema
from annotator.core.schema_toml import read_schema
from annotator.core.text import Text
from annotator.gui.looks.elided import ElidedLabel
from annotator.gui.looks.look import Look
from annotator.gui.panels.inspector import InspectorPanel
from annotator.gui.work.doing import Doing
from annotator.gui.work.labelling import Labeller
from annotator.gui.work.session import Durable, Session
from annotator.gui.work.shaping import Shaper
from annotator.resources import resource
from annotator.suggest.lexicon import Lexicon

# The screenless platform says this of every window that is shown.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

TEXT = "Chiều 5/4, ông Nam, chủ tịch một xã vùng biên giới rất xa trung tâm tỉnh, tử vong tại Hà Nội sau vụ tấn công.\n"
BKEE = read_schema(resource("schemas", "bkee.toml").read_bytes(), path="bkee.toml")
WITH_ATTRIBUTES = replace(BKEE, attributes=tuple(replace(item, enabled=True) for item in BKEE.attributes))
VICTIM = "ông Nam, chủ tịch một xã vùng biên giới rất xa trung tâm tỉnh"


def at(words: str) -> tuple[tuple[int, int], ...]:
    start = TEXT.index(words)
    return ((start, start + len(words)),)


def open_session(schema: Schema = BKEE, *, read_only: AnnotatorError | None = None) -> Session:
    """E1 Die with Victim T1 and Place T2, E2 Attack with Target T1."""
    document = Document(Text(TEXT), Source("a.txt", "x", "utf-8", len(TEXT)))
    session = Session(document, schema, path=Path("a.txt"), durable=Durable(0, None), read_only=None)
    session.do(commands.tag_event(document, at("tử vong"), "Die"))
    session.do(links.fill(document, "E1", "Victim", spans=at(VICTIM), schema=schema))
    session.do(links.fill(document, "E1", "Place", spans=at("Hà Nội"), schema=schema))
    session.do(commands.tag_event(document, at("tấn công"), "Attack"))
    session.do(links.fill(document, "E2", "Target", spans=at(VICTIM), schema=schema))
    session.read_only = read_only
    return session


class Place:
    """The panel as narrow as it may get, wired to a labeller as the window does it."""

    def __init__(self, qtbot: QtBot, session: Session, language: Language = "vi") -> None:
        self.session, self.doing = session, Doing(session)
        self.labeller, self.shaper = Labeller(self.doing, Lexicon()), Shaper(self.doing)
        self.look = Look(language=language)
        self.host = QWidget()
        self.other = QLineEdit(self.host)
        self.panel = panel = InspectorPanel(self.look, self.host)
        panel.setGeometry(0, 40, 260, 640)
        self.host.resize(300, 700)
        panel.retype_requested.connect(self.labeller.retype)
        panel.attribute_chosen.connect(
            lambda item, name, value, default: self.shaper.set_attribute(item, name, value=value, default=default)
        )
        panel.flag_toggled.connect(lambda on: self.shaper.set_flag(on=on))
        panel.note_edited.connect(self.shaper.set_note)
        panel.delete_requested.connect(self.labeller.delete)
        panel.frame_requested.connect(self.labeller.open_frame)
        panel.argument_removed.connect(self.labeller.remove_argument)
        panel.role_requested.connect(self.labeller.fill)
        self.jumps: list[str] = []
        panel.jump_requested.connect(self.jumps.append)
        panel.set_session(session)
        qtbot.addWidget(self.host)
        self.host.show()
        self.host.activateWindow()
        qtbot.waitUntil(self.host.isActiveWindow)
        self.other.setFocus()

    def find(self, name: str) -> QWidget:
        """The one visible widget of that name."""
        QApplication.processEvents()
        found = [widget for widget in self.panel.findChildren(QWidget, name) if widget.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)}"
        return found[0]

    def click(self, name: str) -> None:
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton, pos=QPoint(8, 8))

    def says(self) -> list[str]:
        """All the text that is seen."""
        QApplication.processEvents()
        kinds = (ElidedLabel, QAbstractButton)
        return [widget.text() for kind in kinds for widget in self.panel.findChildren(kind) if widget.isVisible() and widget.text()]

    def pick_type(self, name: str) -> None:
        box = self.panel.type_box
        box.setCurrentIndex(box.findData(name))
        box.activated.emit(box.currentIndex())


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[Place]:
    yield Place(qtbot, open_session())


def test_with_nothing_selected_it_says_how_to_begin(place: Place) -> None:
    assert f"{place.look.say('gui.inspector.empty_1')} {place.look.say('gui.inspector.empty_2')}" in place.says()


def test_an_entity_names_the_events_it_fills_and_a_click_goes_there(place: Place) -> None:
    place.session.select_annotations("T1")
    assert place.panel.type_box.currentData() == "PER"
    assert any("Nạn nhân" in text and "tử vong" in text for text in place.says())
    place.click("fills-E2")
    assert place.jumps == ["E2"]


def test_a_long_text_is_cut_after_three_lines_and_whole_in_the_tooltip(place: Place) -> None:
    place.session.select_text(at("Chiều"))
    place.session.do(commands.tag(place.session.document, ((0, len(TEXT) - 1),), "PER"))
    place.session.select_annotations("T3")
    surface = place.find("surface")
    assert isinstance(surface, ElidedLabel) and surface.is_cut()
    assert TEXT.strip() in surface.toolTip()


def test_segmented_text_is_read_with_blanks(qtbot: QtBot) -> None:
    text = "Ông Nam tử_vong tại Hà_Nội ."
    document = Document(Text(text), Source("a.txt", "x", "utf-8", len(text)), origin="segmented")
    session = Session(document, BKEE, path=Path("a.txt"), durable=Durable(0, None), read_only=None)
    session.do(commands.tag_event(document, ((8, 15),), "Die"))
    session.do(links.fill(document, "E1", "Place", spans=((20, 26),), schema=BKEE))
    place = Place(qtbot, session)
    session.open_frame("E1")
    assert {"tử vong", "Hà Nội"} <= set(place.says())


def test_choosing_a_type_retypes_what_is_shown(place: Place) -> None:
    place.session.select_annotations("T1")
    place.pick_type("ORG")
    assert place.session.document.entities["T1"].type == "ORG"
    assert place.panel.type_box.currentData() == "ORG"


def test_the_open_frame_is_retyped_even_while_text_is_selected(place: Place) -> None:
    place.session.open_frame("E1")
    place.session.select_text(at("Chiều 5/4"))
    place.pick_type("Injure")
    assert place.session.document.events["E1"].type == "Injure"


def test_a_type_that_the_schema_lacks_is_shown_and_kept(qtbot: QtBot) -> None:
    session = open_session()
    session.do(commands.retype(session.document, ["T1"], "ALIEN"))
    place = Place(qtbot, session)
    session.select_annotations("T1")
    assert place.panel.type_box.currentIndex() == -1
    assert "ALIEN" in place.panel.type_box.placeholderText()
    assert place.look.say("gui.inspector.unknown_definition") in place.says()


def test_the_frame_has_a_row_for_each_role_of_the_schema(place: Place) -> None:
    place.session.open_frame("E1")
    die = BKEE.event("Die")
    assert die is not None
    for role in die.roles:
        row = place.panel.frame.row(role.role)
        assert row is not None and row.key == role.key
        assert place.find(f"role-{role.role}").isVisible()
    victim = place.panel.frame.row("Victim")
    assert victim is not None and [filler.text for filler in victim.fillers] == [VICTIM]


def test_an_empty_core_role_is_said_to_be_missing_and_others_are_not(place: Place) -> None:
    place.session.open_frame("E1")
    place.click("remove-Victim-T1")
    assert [argument.role for argument in place.session.document.events["E1"].arguments] == ["Place"]
    missing = place.look.say("gui.frame.missing")
    assert [text for text in place.says() if text == missing] == [missing]


def test_only_the_row_that_changed_is_built_anew(place: Place) -> None:
    place.session.open_frame("E1")
    kept, gone = place.find("filler-Place-T2"), place.find("filler-Victim-T1")
    place.session.do(commands.resize(place.session.document, "T1", at("ông Nam")))
    assert place.find("filler-Place-T2") is kept
    assert place.find("filler-Victim-T1") is not gone
    assert "ông Nam" in place.says()


def test_a_click_on_a_filler_goes_to_it(place: Place) -> None:
    place.session.open_frame("E1")
    place.click("filler-Victim-T1")
    assert place.jumps == ["T1"]


def test_a_role_is_armed_by_its_label_and_says_that_it_waits(place: Place) -> None:
    place.session.open_frame("E1")
    place.click("role-Time")
    assert place.session.armed == "Time"
    assert place.look.say("gui.frame.armed") in place.says()
    place.session.select_text(at("Chiều 5/4"))
    place.labeller.selection_made()
    assert place.find("filler-Time-T3").isVisible()
    assert place.look.say("gui.frame.armed") not in place.says()


def test_a_role_of_a_selected_event_opens_its_frame_and_never_takes_the_trigger(place: Place) -> None:
    place.session.select_annotations("E2")
    place.click("role-Attacker")
    assert (place.session.frame, place.session.armed) == ("E2", "Attacker")
    assert [argument.role for argument in place.session.document.events["E2"].arguments] == ["Target"]


def test_clicks_leave_the_keyboard_where_it_was(place: Place) -> None:
    place.session.open_frame("E1")
    for name in ("role-Time", "filler-Victim-T1", "remove-Place-T2", "flag", "delete"):
        place.click(name)
        assert place.other.hasFocus(), name


def test_a_role_that_the_schema_lacks_is_kept_and_explained(place: Place) -> None:
    event = place.session.document.events["E1"]
    strange = replace(event, arguments=(*event.arguments, Argument("Astronaut", "T2")))
    place.session.do(Edit("add-argument", (Change("events", "E1", event, strange),)))
    place.session.open_frame("E1")
    row = place.panel.frame.row("Astronaut")
    assert row is not None and not row.known
    place.click("role-Astronaut")
    assert place.session.armed is None


def test_attributes_are_chosen_and_the_default_is_stored_by_leaving_it_out(qtbot: QtBot) -> None:
    place = Place(qtbot, open_session(WITH_ATTRIBUTES))
    place.session.select_annotations("E1")
    box = place.find("attribute-polarity")
    for value, stored in (("negative", (("polarity", "negative"),)), ("positive", ())):
        box.setCurrentIndex(box.findData(value))  # type: ignore[attr-defined]
        box.activated.emit(box.currentIndex())  # type: ignore[attr-defined]
        assert place.session.document.events["E1"].attributes == stored


def test_attributes_that_the_schema_switches_off_are_not_asked_for(place: Place) -> None:
    place.session.select_annotations("E1")
    assert not [widget for widget in place.panel.findChildren(QWidget) if widget.objectName().startswith("attribute-")]


def test_the_flag_follows_undo(place: Place) -> None:
    place.session.select_annotations("T1")
    place.click("flag")
    assert place.session.document.entities["T1"].flag == "question"
    place.session.undo()
    assert not place.panel.flag.isChecked()


def test_a_note_is_committed_by_ctrl_enter(place: Place, qtbot: QtBot) -> None:
    place.session.select_annotations("T1")
    place.panel.edit_note()
    QTest.keyClicks(place.panel.note, "xem lai")
    with qtbot.waitSignal(place.panel.editing_finished):
        QTest.keyClick(place.panel.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert place.session.document.entities["T1"].note == "xem lai"


def test_a_note_is_committed_when_the_keyboard_goes_elsewhere(place: Place) -> None:
    place.session.select_annotations("T1")
    place.panel.edit_note()
    QTest.keyClicks(place.panel.note, "a")
    place.other.setFocus()
    assert place.session.document.entities["T1"].note == "a"


def test_a_note_is_not_lost_when_another_annotation_is_selected(place: Place) -> None:
    place.session.select_annotations("T1")
    place.panel.edit_note()
    QTest.keyClicks(place.panel.note, "cua T1")
    place.session.select_annotations("T2")
    assert place.session.document.entities["T1"].note == "cua T1"
    assert place.session.document.entities["T2"].note == ""
    assert place.panel.note.toPlainText() == ""


def test_a_draft_outlives_edits_elsewhere(place: Place) -> None:
    place.session.select_annotations("T1")
    place.panel.edit_note()
    QTest.keyClicks(place.panel.note, "draft")
    place.session.do(commands.set_flag(place.session.document, ["T1"], "question"))
    place.session.do(commands.set_note(place.session.document, "T2", "khác"))
    assert place.panel.note.toPlainText() == "draft"
    place.panel.finish_editing()
    assert place.session.document.entities["T1"].note == "draft"


def test_a_draft_goes_into_its_own_document_when_another_is_opened(place: Place) -> None:
    place.session.select_annotations("T1")
    place.panel.edit_note()
    QTest.keyClicks(place.panel.note, "abc")
    following = open_session()
    place.doing.session = following
    place.panel.set_session(following)
    assert place.session.document.entities["T1"].note == "abc"
    assert following.document.entities["T1"].note == ""


def test_undo_brings_the_old_note_back_into_view(place: Place) -> None:
    place.session.select_annotations("T1")
    place.panel.edit_note()
    QTest.keyClicks(place.panel.note, "abc")
    place.other.setFocus()
    place.session.undo()
    assert place.panel.note.toPlainText() == ""


def test_deleting_removes_what_is_shown(place: Place) -> None:
    place.session.open_frame("E1")
    place.click("delete")
    assert list(place.session.document.events) == ["E2"]
    assert place.panel.shown() is None


def test_open_frame_is_offered_for_an_event_that_is_only_selected(place: Place) -> None:
    place.session.select_annotations("E2")
    place.click("open-frame")
    assert place.session.frame == "E2"
    assert not place.panel.open_button.isVisible()


def test_several_selected_are_counted(place: Place) -> None:
    place.session.select_annotations("T1", "T2", "E1")
    assert place.says()[0] == place.look.say("gui.inspector.several", n=3)


def test_a_read_only_document_cannot_be_changed_here(qtbot: QtBot) -> None:
    place = Place(qtbot, open_session(read_only=AnnotatorError("sidecar-newer", path="a")))
    place.session.open_frame("E1")
    assert place.panel.note.isReadOnly() and not place.panel.type_box.isEnabled() and not place.panel.flag.isEnabled()
    assert not [widget for widget in place.panel.findChildren(QWidget) if widget.objectName().startswith("remove-")]


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("shown", ["T1", "E1", "E2"])
def test_nothing_reaches_beyond_260_pixels(qtbot: QtBot, language: Language, shown: str) -> None:
    place = Place(qtbot, open_session(WITH_ATTRIBUTES), language)
    place.session.select_annotations(shown)
    if shown == "E2":
        place.session.open_frame("E2")
        place.session.arm("Attacker")
    place.says()
    for widget in place.panel.findChildren(QWidget):
        if widget.isVisible() and widget.window() is place.host:
            right = widget.mapTo(place.panel, widget.rect().topRight()).x()
            assert right <= place.panel.width(), f"{type(widget).__name__} {widget.objectName()}: {right}"


def test_the_language_changes_in_place(place: Place) -> None:
    place.session.open_frame("E1")
    assert "Nạn nhân" in place.says()
    place.look.set_language("en")
    assert "Victim" in place.says() and "Nạn nhân" not in place.says()
