"""Room where it is needed: heads of the list of annotations, codes of a jump, the menu of events, the lists of dialogs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QMenu, QTableView

from annotator.gui.canvas.codes import clear_of
from annotator.gui.window.control import Control
from annotator.messages import LANGUAGES, Language

from .conftest import ARTICLE, Sit, Sitting, settle
from .states_of_exports import settled, shown
from .states_of_panes import popup
from .states_of_statistics import show_section, statistics

# What Qt takes beside a head's text, and beside that of the sorted column with its arrow.
BESIDE, ARROW = 8, 26
CODE = QRectF(100, 80, 30, 24)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heads_of_the_list_are_read_whatever_it_is_sorted_by(sit: Sit, language: Language) -> None:
    s = sit(language=language)
    s.window.resize(1024, 700)
    table = s.window.annotations.findChild(QTableView, "table")
    assert table is not None
    header = table.horizontalHeader()
    for column in range(3):
        header.setSortIndicator(column, Qt.SortOrder.AscendingOrder)
        settle()
        for section in range(3):
            text = str(table.model().headerData(section, Qt.Orientation.Horizontal))
            room = header.sectionSize(section) - (ARROW if section == column else BESIDE)
            assert header.fontMetrics().horizontalAdvance(text) <= room, (language, text, column)


@given(st.floats(40, 100), st.floats(10, 40), st.floats(0, 200))
def test_a_code_gives_way_to_the_chip_above_it(top: float, height: float, left: float) -> None:
    chip = QRectF(left, top, 60, height)
    box = clear_of([chip], CODE, most=1000)
    assert box.x() == CODE.x() and box.y() >= CODE.y()
    if chip.top() < CODE.top():
        assert not box.intersects(chip.adjusted(0, 0, 0, -3))
    assert clear_of([chip], CODE, most=14).y() - CODE.y() <= 10


def test_a_code_of_the_first_line_is_seen_whole() -> None:
    assert clear_of([], QRectF(0, -9, 30, 24), most=20).top() == 0


def context_menu(s: Sitting) -> QMenu:
    control: Control = s.window.control
    s.drag("Hai người")
    control.show_menu(s.window.menus, at=None)
    return popup()


def test_the_menu_at_the_pointer_holds_every_event_once_with_its_keys(sit: Sit) -> None:
    s = sit()
    menu = context_menu(s)
    named = [action.text().partition("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert len(named) == len(set(named))
    more = next(held for action in menu.actions() if isinstance(held := action.menu(), QMenu))
    keys = [text.partition("\t")[2] for entry in (menu, more) for text in (action.text() for action in entry.actions())]
    assert all(keys.count(item.key) == 1 for item in s.session.schema.events if item.key)
    wanted = next(item for item in s.session.schema.events if item.key.startswith("0 "))
    next(action for action in more.actions() if action.text().endswith(f"\t{wanted.key}")).trigger()
    settle()
    assert [event.type for event in s.session.document.events.values()][-1:] == [wanted.name]


def test_an_export_that_loses_nothing_shows_no_empty_list(sit: Sit) -> None:
    s = sit()
    s.drag("Hai người")
    s.press("1")
    held = shown(s, format="brat")
    assert held.losses_view.table.isHidden()
    held.form.format.setCurrentIndex(held.form.format.findData("conll"))
    settled(held)
    assert not held.losses_view.table.isHidden()
    held.close()


def test_every_article_that_could_not_be_counted_is_in_the_list(sit: Sit) -> None:
    damaged = {f"x{number}.txt{suffix}": text for number in range(9) for suffix, text in (("", "Huế\n"), (".ann.json", "{"))}
    s = sit({"a.txt": ARTICLE, **damaged})
    held = statistics(s)
    show_section(held, "refused")
    names = [row.name for row in held.places.places.rows]
    assert names == [f"x{number}.txt.ann.json" for number in range(9)]
    overview = held.shown_sections()[0].tables[0].lines
    assert next(line.number for line in overview if line.grave) == 9
    held.close()
