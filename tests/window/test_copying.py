"""What goes to the clipboard: syllables with blanks, or words joined by ``_``, of raw and of segmented text, of text and of annotations."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from annotator.core.document import Document
from annotator.core.model import Source
from annotator.core.text import Text
from annotator.gui.panels.annotations import AnnotationTable
from annotator.gui.work.copying import copied_text

from .conftest import CTRL, SHIFT, Sit, Sitting

SEGMENTED = "Thủ_tướng đã thăm Hà_Nội , gặp các doanh_nghiệp lớn .\nÔng nói về hợp_tác quốc_phòng giữa hai nước .\n"


def copied(s: Sitting, *, joined: bool = False) -> str:
    QGuiApplication.clipboard().clear()
    QTest.keyClick(s.window.view, Qt.Key.Key_C, CTRL | SHIFT if joined else CTRL)
    return QGuiApplication.clipboard().text()


def select(s: Sitting, text: str) -> None:
    s.session.select_text((s.find(text),))


def test_segmented_text_is_copied_plain_and_with_its_words(sit: Sit) -> None:
    s = sit(SEGMENTED)
    s.drag("hợp_tác quốc_phòng")
    assert copied(s) == "hợp tác quốc phòng"
    assert copied(s, joined=True) == "hợp_tác quốc_phòng"


def test_raw_text_is_copied_plain_and_with_the_words_decided(sit: Sit) -> None:
    s = sit("Ông Trần Văn Nam sống ở đây.\n")
    s.drag("Trần Văn Nam")
    joined_first = copied(s, joined=True)
    s.press("_")
    s.drag("Trần Văn Nam")
    assert copied(s) == "Trần Văn Nam"
    assert {joined_first, copied(s, joined=True)} >= {"Trần_Văn_Nam"} and copied(s, joined=True) != joined_first


def test_a_word_that_was_split_is_joined_no_more(sit: Sit) -> None:
    s = sit(SEGMENTED)
    s.drag("quốc_phòng")
    s.press("_")
    select(s, "về hợp_tác quốc_phòng giữa")
    assert copied(s, joined=True) == "về hợp_tác quốc phòng giữa"
    assert copied(s) == "về hợp tác quốc phòng giữa"


def test_the_view_changes_nothing_and_line_breaks_stay(sit: Sit) -> None:
    s = sit(SEGMENTED)
    select(s, "doanh_nghiệp lớn .\nÔng nói")
    plain, joined = copied(s), copied(s, joined=True)
    s.press(Qt.Key.Key_F7)
    assert (copied(s), copied(s, joined=True)) == (plain, joined) == ("doanh nghiệp lớn .\nÔng nói", "doanh_nghiệp lớn .\nÔng nói")


def test_fragments_are_joined_by_a_blank(sit: Sit) -> None:
    s = sit(SEGMENTED)
    s.drag("Hà_Nội")
    s.drag("hợp_tác", modifiers=CTRL)
    assert copied(s) == "Hà Nội hợp tác"


def test_annotations_are_copied_a_line_each_wherever_they_were_selected(sit: Sit) -> None:
    s = sit(SEGMENTED)
    first, second = s.mark("Hà_Nội", "g"), s.mark("doanh_nghiệp", "r")
    s.select(first)
    assert copied(s, joined=True) == "Hà_Nội"
    s.session.select_annotations(second, first)
    assert copied(s) == "Hà Nội\ndoanh nghiệp"
    table = s.window.annotations.findChild(AnnotationTable)
    assert table is not None
    table.setFocus()
    table.selectAll()
    QGuiApplication.clipboard().clear()
    QTest.keyClick(table, Qt.Key.Key_C, CTRL | SHIFT)
    assert QGuiApplication.clipboard().text() == "Hà_Nội\ndoanh_nghiệp"


def test_nothing_selected_is_said(sit: Sit) -> None:
    s = sit(SEGMENTED)
    QGuiApplication.clipboard().setText("kept")
    QTest.keyClick(s.window.view, Qt.Key.Key_C, CTRL | SHIFT)
    assert s.refused("error.nothing-selected") and QGuiApplication.clipboard().text() == "kept"


def test_both_stand_in_the_menu_under_plain_names(sit: Sit) -> None:
    s = sit(SEGMENTED, language="en")
    names = [s.window.menus.actions[name].text().replace("&", "").partition("\t")[0] for name in ("copy", "copy_words")]
    assert names == ["Copy", "Copy with words joined by _"]


def document(content: str, *, segmented: bool) -> Document:
    return Document(Text(content), Source("a.txt", "", "utf-8", len(content)), origin="segmented" if segmented else "raw")


@given(st.text("aă_. \n1", max_size=40), st.integers(0, 40), st.integers(0, 40), st.booleans())
def test_nothing_but_blanks_and_joins_ever_changes(content: str, first: int, last: int, segmented: bool) -> None:
    held = document(content, segmented=segmented)
    start, end = min(first, last, len(content)), min(max(first, last), len(content))
    source = content[start:end]
    for joined in (False, True):
        text = copied_text(held, ((start, end),), joined=joined)
        assert re.sub("[_ ]", "", text) == re.sub("[_ ]", "", source)
    if not segmented:
        assert copied_text(held, ((start, end),), joined=False) == source
