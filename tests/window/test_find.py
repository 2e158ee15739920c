"""Finding in the article and in the corpus by key and by mouse: what is marked, selected, counted and said."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.core.text import Span
from annotator.gui.hands import wait_until
from annotator.gui.looks.hit_rows import HeadRow, PlaceRow
from annotator.gui.panels.corpus_hits import CorpusHits
from annotator.gui.panels.find_line import FindLine

from .conftest import CTRL, SHIFT, Sit, Sitting, focus, middle, settle

NAMES = "Ông Nam gặp bà Hoà ở Hà Nội.\nBà Hòa về Hà Nội, ông Nam ở lại.\nHoa nở ở Nam Định.\n"


def line(s: Sitting) -> FindLine:
    return s.window.finding.line


def panel(s: Sitting) -> CorpusHits:
    return s.window.finding.panel


def selected(s: Sitting) -> list[str]:
    return [s.content[start:end] for start, end in s.session.selection]


def look_for(s: Sitting, text: str) -> None:
    QTest.keyClick(focus(), Qt.Key.Key_F, CTRL)
    assert focus() is line(s).field.edit
    s.type_text(text)


def marked(s: Sitting) -> tuple[list[Span], Span | None]:
    return list(s.window.view.scenery.hits), s.window.view.scenery.hit


def test_what_is_typed_is_found_counted_and_selected_as_one_types(sit: Sit) -> None:
    s = sit(NAMES)
    look_for(s, "hòa")
    assert (line(s).count.text(), selected(s)) == ("1/2", ["Hoà"])
    assert marked(s) == ([s.find("Hoà"), s.find("Hòa")], s.find("Hoà"))
    s.type_text("x")
    assert line(s).count.text() == s.told("gui.find.none")
    assert marked(s) == ([], None)


def test_enter_goes_on_and_back_and_round(sit: Sit) -> None:
    s = sit(NAMES)
    look_for(s, "Nam")
    assert line(s).count.text() == "1/3"
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert (line(s).count.text(), s.session.selection) == ("2/3", (s.find("Nam", behind="Bà Hòa"),))
    QTest.keyClick(focus(), Qt.Key.Key_Return, SHIFT)
    QTest.keyClick(focus(), Qt.Key.Key_Return, SHIFT)
    assert line(s).count.text() == "3/3"
    assert s.message == s.told("told.find_end")
    QTest.mouseClick(line(s).buttons["next"], Qt.MouseButton.LeftButton)
    assert line(s).count.text() == "1/3" and focus() is line(s).field.edit


def test_after_escape_a_key_tags_the_place_and_ctrl_g_goes_to_the_next(sit: Sit) -> None:
    s = sit(NAMES)
    look_for(s, "Nam")
    QTest.keyClick(focus(), Qt.Key.Key_Escape)
    assert not line(s).isVisible() and focus() is s.window.view
    assert marked(s) == ([], None)
    s.press("p")
    assert s.surfaces() == [("PER", "Nam")]
    QTest.keyClick(focus(), Qt.Key.Key_G, CTRL)
    assert line(s).isVisible() and focus() is s.window.view
    assert s.session.selection == (s.find("Nam", behind="Bà Hòa"),)
    s.press("p")
    assert s.surfaces() == [("PER", "Nam"), ("PER", "Nam")]
    QTest.keyClick(focus(), Qt.Key.Key_G, CTRL | SHIFT)
    assert s.session.selection == (s.find("Nam"),)


def test_f6_leaves_the_line_open_and_the_place_selected(sit: Sit) -> None:
    s = sit(NAMES)
    look_for(s, "Hà Nội")
    QTest.keyClick(focus(), Qt.Key.Key_F6)
    assert focus() is s.window.view and line(s).isVisible()
    s.press("g")
    assert s.surfaces() == [("GPE", "Hà Nội")]
    assert len(marked(s)[0]) == 2


def test_switches(sit: Sit) -> None:
    s = sit(NAMES)
    look_for(s, "hoa")
    assert line(s).count.text() == "1/1"
    switches = line(s).field.switches
    QTest.mouseClick(switches["marks"], Qt.MouseButton.LeftButton)
    assert line(s).count.text().endswith("/3") and focus() is line(s).field.edit
    QTest.mouseClick(switches["case"], Qt.MouseButton.LeftButton)
    assert line(s).count.text() == s.told("gui.find.none")


def test_an_expression_and_its_mistake(sit: Sit) -> None:
    s = sit(NAMES)
    look_for(s, "Hà.")
    QTest.mouseClick(line(s).field.switches["expression"], Qt.MouseButton.LeftButton)
    assert wait_until(lambda: line(s).count.text() == "1/2")
    s.type_text("(")
    assert wait_until(lambda: line(s).why() != "")
    assert line(s).why() == s.told("error.search-expression", position=5) and line(s)._why.isVisible()
    assert marked(s) == ([], None)
    QTest.keyClick(focus(), Qt.Key.Key_Backspace)
    assert wait_until(lambda: line(s).count.text().endswith("/2")) and not line(s)._why.isVisible()


def test_what_is_selected_is_looked_for(sit: Sit) -> None:
    s = sit(NAMES)
    s.drag("Hà Nội", behind="Bà Hòa")
    QTest.keyClick(focus(), Qt.Key.Key_F, CTRL)
    assert (line(s).field.edit.text(), line(s).count.text()) == ("Hà Nội", "2/2")


def test_the_marks_follow_to_another_article_without_selecting_there(sit: Sit) -> None:
    s = sit({"a.txt": NAMES, "b.txt": "Nam và Nam.\n"})
    look_for(s, "nam")
    s.open("b.txt")
    assert marked(s) == ([(0, 3), (7, 10)], None)
    assert s.session.selection == () and line(s).count.text() == s.told("gui.find.total", total=2)
    QTest.keyClick(s.window.view, Qt.Key.Key_G, CTRL)
    assert line(s).count.text() == "1/2"


def test_typing_on_in_another_article_searches_from_where_one_is_there(sit: Sit) -> None:
    s = sit({"a.txt": NAMES, "b.txt": "Nam và Lan, Lan và Nam.\n"})
    s.drag("Nam Định")
    s.session.clear_selection()
    look_for(s, "N")
    s.open("b.txt")
    QTest.keyClick(focus(), Qt.Key.Key_F, CTRL)
    s.type_text("lan")
    assert (line(s).count.text(), s.session.selection) == ("1/2", ((7, 10),))
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    s.type_text("x")
    QTest.keyClick(focus(), Qt.Key.Key_Backspace)
    assert line(s).count.text() == "2/2"


def test_the_line_speaks_vietnamese(sit: Sit) -> None:
    s = sit(NAMES, language="vi")
    look_for(s, "không có")
    assert line(s).count.text() == "Không tìm thấy"
    s.window.preferences.set_language("en")
    assert line(s).buttons["next"].toolTip() == s.told("gui.find.next")


def test_a_decomposed_article_is_searched_in_its_own_offsets(sit: Sit) -> None:
    import unicodedata

    s = sit(unicodedata.normalize("NFD", NAMES))
    look_for(s, "hòa")
    assert (line(s).count.text(), selected(s)) == ("1/2", [unicodedata.normalize("NFD", "Hoà")])


def test_a_megabyte_is_searched_beside_the_window(sit: Sit) -> None:
    s = sit("x\n")
    (s.folder / "long.txt").write_text((NAMES * 13_000)[:1_000_000], encoding="utf-8")
    s.window.desk.open_article(s.folder / "long.txt")
    assert wait_until(lambda: s.session.path.name == "long.txt", seconds=30)
    look_for(s, "Hà Nội")
    assert wait_until(lambda: line(s).count.text().startswith("1/"), seconds=10)
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert line(s).count.text().startswith("2/")


def test_the_corpus_is_searched_and_enter_opens_an_article_at_the_place(sit: Sit) -> None:
    s = sit({"a.txt": NAMES, "b.txt": "Không có gì.\n", "c.txt": "Mưa.\nGiao_lưu ở Nam_Định .\n", "d.txt": b"\x00\x01\x02" * 300})
    QTest.keyClick(focus(), Qt.Key.Key_F, CTRL | SHIFT)
    assert focus() is panel(s).field.edit
    s.type_text("nam định")
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert wait_until(lambda: panel(s).standing.text() == s.told("gui.hits.found", n=2, articles=2))
    rows = panel(s).list.places.rows
    assert [row.name for row in rows if isinstance(row, HeadRow)] == ["a.txt", "c.txt", "d.txt"]
    assert [row.surface for row in rows if isinstance(row, PlaceRow)] == ["Nam Định", "Nam_Định"]
    assert any(isinstance(row, HeadRow) and row.is_problem for row in rows)
    assert focus() is panel(s).list
    # The first place is chosen already; its neighbours are the head of the next article and the place there.
    for _ in range(2):
        QTest.keyClick(focus(), Qt.Key.Key_Down)
    QTest.keyClick(focus(), Qt.Key.Key_Return)
    assert wait_until(lambda: s.session.path.name == "c.txt")
    settle()
    assert selected(s) == ["Nam_Định"] and focus() is s.window.view and panel(s).isVisible()
    QTest.mouseClick(panel(s).close_button, Qt.MouseButton.LeftButton)
    assert not panel(s).isVisible()


def test_a_place_is_opened_by_double_click_too(sit: Sit) -> None:
    s = sit({"a.txt": NAMES, "b.txt": "Về Huế.\n"})
    look_for(s, "huế")
    QTest.keyClick(focus(), Qt.Key.Key_F, CTRL | SHIFT)
    assert wait_until(lambda: panel(s).standing.text() == s.told("gui.hits.found", n=1, articles=1))
    where = panel(s).list.visualRect(panel(s).list.places.index(1)).center()
    QTest.mouseClick(panel(s).list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(panel(s).list.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert wait_until(lambda: s.session.path.name == "b.txt")
    settle()
    assert selected(s) == ["Huế"]


def test_the_close_button_leaves_the_place_selected(sit: Sit) -> None:
    s = sit(NAMES)
    look_for(s, "Hà Nội")
    QTest.mouseClick(line(s).buttons["close"], Qt.MouseButton.LeftButton, pos=middle(line(s).buttons["close"]))
    assert selected(s) == ["Hà Nội"] and focus() is s.window.view
