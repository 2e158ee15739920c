"""The annotation list: rows follow edits, filter and sort, and the selection goes both ways."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QTableView
from pytestqt.qtbot import QtBot

from annotator.core import commands
from annotator.core.checks import check
from annotator.core.document import Document
from annotator.core.edits import Change, Edit
from annotator.core.model import Entity, Source, extent
from annotator.core.text import Text
from annotator.gui.looks.look import Look
from annotator.gui.panels.annotations import AnnotationsPanel
from annotator.gui.panels.annotations_model import Column
from annotator.gui.work.session import Durable, Session
from annotator.tasks.schemas import find_schema

TEXT = "Ông Nam bị bắt ở Huế.\nBà Đào chết tại Đà Nẵng.\n"
WORDS = (("Nam", "PER"), ("Huế", "GPE"), ("Đào", "PER"), ("Đà Nẵng", "GPE"))
TRIGGERS = (("bắt", "Arrest-Jail"), ("chết", "Die"))

# The offscreen platform says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def new_session(text: str = TEXT) -> Session:
    document = Document(Text(text), Source("bài.txt", "", "utf-8", len(text)))
    return Session(document, find_schema("bkee"), path=Path("bài.txt"), durable=Durable(0, None), read_only=None)


def span_of(text: str) -> tuple[int, int]:
    start = TEXT.index(text)
    return start, start + len(text)


@pytest.fixture
def session() -> Session:
    """Four entities, T1 … T4, and two events, E1 and E2."""
    made = new_session()
    for text, name in WORDS:
        made.do(commands.tag(made.document, [span_of(text)], name))
    for text, name in TRIGGERS:
        made.do(commands.tag_event(made.document, [span_of(text)], name))
    return made


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> AnnotationsPanel:
    """A panel bound to the session as the window binds it."""
    made = AnnotationsPanel(Look(language="vi"))
    qtbot.addWidget(made)
    made.resize(420, 400)
    made.annotations_chosen.connect(lambda ids: session.select_annotations(*ids))
    made.set_session(session)
    made.show()
    return made


def table(panel: AnnotationsPanel) -> QTableView:
    found = panel.findChild(QTableView, "table")
    assert isinstance(found, QTableView)
    return found


def column(panel: AnnotationsPanel, which: Column = Column.TEXT) -> list[str]:
    model = table(panel).model()
    return [str(model.index(row, which).data()) for row in range(model.rowCount())]


def selected(panel: AnnotationsPanel) -> list[str]:
    return sorted(str(index.siblingAtColumn(Column.TEXT).data()) for index in table(panel).selectionModel().selectedRows())


def sift(panel: AnnotationsPanel, text: str) -> None:
    field = panel.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setText(text)


def click(qtbot: QtBot, panel: AnnotationsPanel, text: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QPoint:
    view = table(panel)
    place = view.visualRect(view.model().index(column(panel).index(text), Column.TEXT)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, modifier, place)
    return place


def test_annotations_stand_in_reading_order_with_type_and_line(panel: AnnotationsPanel) -> None:
    assert column(panel) == ["Nam", "bắt", "Huế", "Đào", "chết", "Đà Nẵng"]
    assert column(panel, Column.PLACE) == ["1", "1", "1", "2", "2", "2"]
    assert column(panel, Column.TYPE)[:1] == ["PER"] and column(panel, Column.TYPE)[4] == "Chết"
    assert panel._count.text() == "6"


def test_an_edit_and_its_undo_change_the_rows_that_they_name(panel: AnnotationsPanel, session: Session) -> None:
    session.do(commands.tag(session.document, [span_of("Ông")], "JOB"))
    assert column(panel)[0] == "Ông"
    session.do(commands.remove(session.document, ["T1", "E1"]))
    assert column(panel) == ["Ông", "Huế", "Đào", "chết", "Đà Nẵng"]
    session.undo()
    session.undo()
    assert column(panel) == ["Nam", "bắt", "Huế", "Đào", "chết", "Đà Nẵng"]
    session.redo()
    assert column(panel)[0] == "Ông" and panel._count.text() == "7"


def test_a_moved_edge_moves_its_row(panel: AnnotationsPanel, session: Session) -> None:
    session.do(commands.resize(session.document, "T4", [span_of("Bà Đào")]))
    assert column(panel) == ["Nam", "bắt", "Huế", "Bà Đào", "Đào", "chết"]


def test_an_edit_touches_no_other_row(panel: AnnotationsPanel, session: Session) -> None:
    model, heard = table(panel).model(), []
    model.modelReset.connect(lambda: heard.append("reset"))
    model.dataChanged.connect(lambda first, last: heard.append((first.row(), last.row())))
    model.rowsInserted.connect(lambda parent, first, last: heard.append(("in", first, last)))
    session.do(commands.retype(session.document, ["T2"], "LOC"))
    session.do(commands.tag(session.document, [span_of("Bà")], "JOB"))
    session.do(commands.set_field(session.document, "note", "xong"))
    assert heard == [(2, 2), ("in", 3, 3)]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("da nang", ["Đà Nẵng"]),
        ("gpe", ["Huế", "Đà Nẵng"]),
        ("chet", ["chết"]),
        ("DAO", ["Đào"]),
        ("địa danh", ["Huế", "Đà Nẵng"]),
        ("zzz", []),
    ],
)
def test_the_filter_looks_into_type_label_and_text(panel: AnnotationsPanel, typed: str, left: list[str]) -> None:
    sift(panel, typed)
    assert column(panel) == left
    sift(panel, "")
    assert len(column(panel)) == 6


def test_what_is_tagged_under_a_filter_appears_only_if_it_fits(panel: AnnotationsPanel, session: Session) -> None:
    sift(panel, "gpe")
    session.do(commands.tag(session.document, [span_of("Ông")], "JOB"))
    session.do(commands.retype(session.document, ["T1"], "GPE"))
    assert column(panel) == ["Nam", "Huế", "Đà Nẵng"]
    session.undo()
    assert column(panel) == ["Huế", "Đà Nẵng"]


def test_a_header_sorts_and_sorts_back(panel: AnnotationsPanel, session: Session) -> None:
    table(panel).sortByColumn(Column.TEXT, Qt.SortOrder.AscendingOrder)
    assert column(panel) == ["bắt", "chết", "Đà Nẵng", "Đào", "Huế", "Nam"]
    table(panel).sortByColumn(Column.PLACE, Qt.SortOrder.DescendingOrder)
    assert column(panel) == ["Đà Nẵng", "chết", "Đào", "Huế", "bắt", "Nam"]
    session.do(commands.tag(session.document, [span_of("Bà")], "JOB"))
    assert column(panel) == ["Đà Nẵng", "chết", "Đào", "Bà", "Huế", "bắt", "Nam"]
    session.undo()
    assert column(panel) == ["Đà Nẵng", "chết", "Đào", "Huế", "bắt", "Nam"]


def test_a_row_chosen_is_selected_in_the_text(panel: AnnotationsPanel, session: Session, qtbot: QtBot) -> None:
    click(qtbot, panel, "Huế")
    assert session.selected == ("T2",)
    click(qtbot, panel, "chết", Qt.KeyboardModifier.ControlModifier)
    assert set(session.selected) == {"T2", "E2"}
    click(qtbot, panel, "Nam")
    click(qtbot, panel, "Huế", Qt.KeyboardModifier.ShiftModifier)
    assert session.selected == ("T1", "E1", "T2")


def test_what_is_selected_in_the_text_is_selected_here_and_told_to_nobody(panel: AnnotationsPanel, session: Session) -> None:
    told: list[tuple[str, ...]] = []
    panel.annotations_chosen.connect(told.append)
    session.select_annotations("T3", "E1")
    assert selected(panel) == ["bắt", "Đào"]
    session.select_text(((0, 3),))
    assert selected(panel) == []
    session.select_annotations("T3")
    session.do(commands.tag(session.document, [span_of("Ông")], "JOB"))
    table(panel).sortByColumn(Column.TEXT, Qt.SortOrder.DescendingOrder)
    sift(panel, "zzz")
    sift(panel, "")
    session.do(commands.resize(session.document, "T3", [span_of("Bà Đào")]))
    assert selected(panel) == ["Bà Đào"] and session.selected == ("T3",)
    session.do(commands.remove(session.document, ["T3"]))
    assert selected(panel) == [] and told == []


def test_double_click_and_enter_jump_and_delete_asks(panel: AnnotationsPanel, session: Session, qtbot: QtBot) -> None:
    place = click(qtbot, panel, "Đào")
    with qtbot.waitSignal(panel.jump_requested) as jumped:
        qtbot.mouseDClick(table(panel).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert jumped.args == ["T3"]
    qtbot.keyClick(table(panel), Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.jump_requested) as entered:
        qtbot.keyClick(table(panel), Qt.Key.Key_Return)
    assert entered.args == ["E2"] and session.selected == ("E2",)
    with qtbot.waitSignal(panel.delete_requested):
        qtbot.keyClick(table(panel), Qt.Key.Key_Delete)
    assert len(column(panel)) == 6


def test_doubt_unknown_types_and_problems_are_told(panel: AnnotationsPanel, session: Session) -> None:
    session.do(commands.set_flag(session.document, ["T1"], "question"))
    session.do(commands.retype(session.document, ["T2"], "KHÔNG-CÓ"))
    panel.set_problems(check(session.document, session.schema))
    worries = [str(table(panel).model().index(row, Column.MARK).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(6)]
    look = Look(language="vi")
    told = [look.say(f"problem.{problem.code}", **problem.where) for problem in check(session.document, session.schema)]
    assert worries[0].endswith(look.say("gui.annotations.in_doubt"))
    assert worries[2] in told and worries[5] == ""
    table(panel).sortByColumn(Column.MARK, Qt.SortOrder.DescendingOrder)
    assert column(panel)[0] == "Đà Nẵng" and "Huế" in column(panel)[-len(told) :]


def test_markup_in_the_text_stays_text(qtbot: QtBot) -> None:
    session = new_session("<b>Nam</b> & con\n")
    session.do(commands.tag(session.document, [(0, 10)], "PER"))
    panel = AnnotationsPanel(Look(language="en"))
    qtbot.addWidget(panel)
    panel.set_session(session)
    tip = str(table(panel).model().index(0, Column.TEXT).data(Qt.ItemDataRole.ToolTipRole))
    assert "&lt;b&gt;Nam" in tip and "<b>" not in tip


def test_in_a_text_of_one_line_the_character_tells_the_place(qtbot: QtBot) -> None:
    session = new_session("Ông Nam đi Huế .\n")
    session.do(commands.tag(session.document, [(4, 7)], "PER"))
    panel = AnnotationsPanel(Look(language="en"))
    qtbot.addWidget(panel)
    panel.set_session(session)
    assert column(panel, Column.PLACE) == ["5"]


def test_the_empty_list_says_what_to_do(qtbot: QtBot) -> None:
    look = Look(language="en")
    panel = AnnotationsPanel(look)
    qtbot.addWidget(panel)
    panel.show()
    hint = panel.findChild(QLabel, "hint")
    assert isinstance(hint, QLabel)
    assert hint.isVisible() and hint.text() == look.say("gui.annotations.no_document")
    session = new_session()
    panel.set_session(session)
    assert hint.text() == look.say("gui.annotations.none")
    session.do(commands.tag(session.document, [(0, 3)], "PER"))
    assert not hint.isVisible() and column(panel) == ["Ông"]
    panel.set_session(None)
    assert hint.isVisible() and column(panel) == []


def test_a_huge_edit_and_its_undo_keep_list_and_document_alike(qtbot: QtBot, panel: AnnotationsPanel, session: Session) -> None:
    places = [(start, end) for start in range(40) for end in range(start + 1, 46)]
    made = [Change("entities", f"T{100 + rank}", None, Entity(f"T{100 + rank}", "PER", (span,))) for rank, span in enumerate(places)]
    session.do(Edit("import", tuple(made)))
    model = panel._model
    assert [model.id_at(row) for row in range(model.rowCount())] == [
        item.id for item in sorted(session.document.annotations(), key=lambda item: (extent(item)[0], -extent(item)[1], int(item.id[1:])))
    ]
    table(panel).selectAll()
    assert len(session.selected) == len(made) + 6
    session.undo()
    assert len(column(panel)) == 6 and len(session.selected) == 6


def test_the_list_is_worded_anew_in_the_other_language(panel: AnnotationsPanel, session: Session) -> None:
    session.select_annotations("E2")
    panel._look.set_language("en")
    assert column(panel, Column.TYPE)[4] == "Die" and selected(panel) == ["chết"]


def test_another_document_leaves_the_first_alone(panel: AnnotationsPanel, session: Session) -> None:
    other = new_session()
    panel.set_session(other)
    session.do(commands.remove(session.document, ["T1"]))
    other.do(commands.tag(other.document, [span_of("Huế")], "GPE"))
    assert column(panel) == ["Huế"]
    index: QModelIndex = table(panel).model().index(0, 0)
    assert not table(panel).selectionModel().isSelected(index)
