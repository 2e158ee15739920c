"""The strip beside the scroll bar shows where annotations, doubts and problems are, and a click goes there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from annotator.core.commands import tag
from annotator.core.edits import Change, Edit
from annotator.core.model import Entity
from annotator.gui.canvas.ruler import KINDS, WIDTH, Ruler
from annotator.gui.hands import wait_until

from .conftest import CTRL, Sit, Sitting, settle

LONG = "".join(f"Dòng {number}: công an bắt ông Trần Văn Nam tại Hà Nội sáng 12/3.\n" for number in range(200))
MANY = 20_000


def strip(s: Sitting) -> Ruler:
    return s.window.looking.ruler


def picture(s: Sitting) -> QImage:
    settle()
    return strip(s).grab().toImage()


def click(s: Sitting, y: float) -> None:
    QTest.mouseClick(strip(s), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(WIDTH // 2, round(y)))
    settle()


def in_view(s: Sitting, offset: int) -> bool:
    rect = s.window.view.rect_of((offset, offset + 1))
    return rect.top() >= 0 and rect.bottom() <= s.window.view.viewport().height()


def marked(s: Sitting, kind: str, count: int) -> bool:
    return wait_until(lambda: len(strip(s).marks(kind)) == count, seconds=3)  # type: ignore[arg-type]


def test_an_annotation_is_marked_where_it_stands_and_a_click_goes_there(sit: Sit) -> None:
    s = sit(LONG)
    empty = picture(s)
    start = s.content.index("Hà Nội", s.content.index("Dòng 150"))
    s.session.do(tag(s.session.document, ((start, start + 6),), "GPE"))
    assert marked(s, "entity", 1)
    y = strip(s).y_of(start)
    assert abs(y / strip(s).height() - 0.75) < 0.05
    colour = QColor(s.window.view.scenery.style(s.session, s.item("T1")).colour)
    shown = picture(s)
    assert shown != empty and any(shown.pixelColor(3, round(y) + step) == colour for step in (-1, 0, 1))
    assert not in_view(s, start)
    click(s, y)
    assert in_view(s, start)
    s.press("z", modifiers=CTRL)
    assert marked(s, "entity", 0)


def test_a_click_between_marks_goes_to_that_part_of_the_text(sit: Sit) -> None:
    s = sit(LONG)
    click(s, strip(s).height() * 0.5)
    assert in_view(s, strip(s).offset_at(strip(s).height() * 0.5))
    assert 80 < s.session.document.text.line_at(s.window.view.sheet.top_offset()) < 120  # type: ignore[union-attr]


def test_every_kind_has_a_shape_of_its_own(sit: Sit) -> None:
    s = sit(LONG)
    blank = picture(s)
    shapes = {"entity": _drawn(s, blank, lambda: s.mark("Hà Nội", "g")), "question": _drawn(s, blank, lambda: doubt(s))}
    s.press("z", modifiers=CTRL)
    s.press("z", modifiers=CTRL)
    # Undo selects the text again, which has a mark as well.
    s.session.clear_selection()
    assert wait_until(lambda: picture(s) == blank, seconds=3)
    shapes["event"] = _drawn(s, blank, lambda: s.mark("bắt", "6"))
    s.press("z", modifiers=CTRL)
    s.session.clear_selection()
    start = s.content.index("Hà Nội")
    for kind in ("problem", "hit"):
        assert wait_until(lambda: picture(s) == blank, seconds=3)
        shapes[kind] = _drawn(s, blank, lambda kind=kind: strip(s).set_marks(kind, [start]))  # type: ignore[misc]
        strip(s).set_marks(kind, [])  # type: ignore[arg-type]
    assert all(shapes.values()) and len({frozenset(shape) for shape in shapes.values()}) == len(KINDS)


def doubt(s: Sitting) -> None:
    s.select("T1")
    s.press("m", modifiers=CTRL)
    s.session.clear_selection()
    assert marked(s, "question", 1)


def _drawn(s: Sitting, blank: QImage, act: Callable[[], object]) -> set[tuple[int, int]]:
    """The pixels, from the topmost one drawn, that something draws on the strip."""
    act()
    s.session.clear_selection()
    assert wait_until(lambda: picture(s) != blank, seconds=3)
    image = picture(s)
    found = {(x, y) for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y) != blank.pixelColor(x, y)}
    top = min(y for _, y in found)
    return {(x, y - top) for x, y in found}


def test_it_says_in_words_what_lies_there(sit: Sit) -> None:
    s = sit(LONG)
    s.mark("Hà Nội", "g")
    assert marked(s, "entity", 1)
    at = QPoint(WIDTH // 2, round(strip(s).y_of(s.item("T1").spans[0][0])))
    QApplication.sendEvent(strip(s), QHelpEvent(QEvent.Type.ToolTip, at, strip(s).mapToGlobal(at)))
    assert QToolTip.text().startswith(s.told("gui.ruler.line", line=1)) and s.told("gui.ruler.entity", n=1) in QToolTip.text()
    assert strip(s).accessibleName() == s.told("gui.ruler.name")
    s.window.preferences.set_language("vi")
    assert strip(s).accessibleName() == s.told("gui.ruler.name") != "Where the marks are in the text"


def test_the_menu_puts_it_away_and_the_text_takes_its_room(sit: Sit) -> None:
    s = sit(LONG)
    width = s.window.view.viewport().width()
    s.window.menus.actions["scroll_marks"].trigger()
    settle()
    assert not strip(s).isVisible() and s.window.view.viewport().width() == width + WIDTH
    assert not s.window.menus.actions["scroll_marks"].isChecked()
    s.window.menus.actions["scroll_marks"].trigger()
    settle()
    assert strip(s).isVisible() and strip(s).geometry().left() == s.window.view.viewport().geometry().right() + 1


def test_another_article_has_marks_of_its_own(sit: Sit) -> None:
    s = sit({"a.txt": LONG, "b.txt": LONG})
    s.mark("Hà Nội", "g")
    assert marked(s, "entity", 1)
    strip(s).set_marks("hit", [10, 5])
    s.open("b.txt")
    assert all(not strip(s).marks(kind) for kind in KINDS)


def test_many_annotations_are_read_in_slices_that_nobody_feels(sit: Sit) -> None:
    s = sit("Hà Nội " * MANY + "\n")
    made = (Entity(f"T{rank + 1}", "GPE", ((rank * 7, rank * 7 + 6),)) for rank in range(MANY))
    s.session.do(Edit("tag-entity", tuple(Change("entities", item.id, None, item) for item in made)))
    pauses: list[float] = []
    ticks = QTimer()
    clock = QElapsedTimer()
    ticks.timeout.connect(lambda: pauses.append(clock.restart()))
    assert marked(s, "entity", 0)
    clock.start()
    ticks.start(0)
    assert marked(s, "entity", MANY)
    # Not one pass over all of them: the window had many turns meanwhile.
    assert len(pauses) > 10
    assert sorted(strip(s).marks("entity")) == strip(s).marks("entity")
