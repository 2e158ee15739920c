"""No text is cut off: every state of the window, both languages, at the smallest size that is promised and at 200 %."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPushButton,
    QToolButton,
    QWidget,
)

from annotator.core import commands
from annotator.gui.hands import wait_until
from annotator.gui.looks.controls import TickBox
from annotator.gui.looks.elided import ElidedLabel
from annotator.gui.panels.frame import RoleButton
from annotator.gui.panels.palette import KeyButton
from annotator.gui.work.grammar import Leader

from .conftest import Sit, settle
from .states import STATES, State, furnish, reached

SLACK = 1


def cut(widget: QWidget) -> str | None:
    """The text of a widget that does not fit into it, and why; None where all is seen."""
    room = widget.contentsRect()
    match widget:
        case QLabel() if widget.text():
            if widget.wordWrap():
                need = widget.heightForWidth(widget.width())
                return f"{widget.text()!r} needs {need} of {widget.height()} pixels' height" if need > widget.height() + SLACK else None
            return too_wide(widget.text(), widget.sizeHint().width(), widget.width())
        case ElidedLabel() if widget.text():
            # A text of the article may be long; then the whole of it is in the tooltip.
            return f"{widget.text()!r} is cut and not told" if widget.is_cut() and widget.text()[:20] not in plain(widget) else None
        case KeyButton():
            metrics = QFontMetrics(widget.font())
            key = max(16, metrics.horizontalAdvance(widget.offer.key) + 8)
            return too_wide(widget.text(), metrics.horizontalAdvance(widget.text()) + key + 14, widget.width())
        case RoleButton():
            return too_wide(widget.text(), widget.sizeHint().width(), widget.width())
        case QComboBox() if marked := [text for text in map(widget.itemText, range(widget.count())) if "&" in text]:
            return f"{marked} show the mark of a menu's letter"
        case QComboBox():
            need = QFontMetrics(widget.font()).horizontalAdvance(widget.currentText()) + 30 + (0 if widget.itemIcon(0).isNull() else 22)
            return too_wide(widget.currentText(), need, widget.width()) if widget.currentText() not in plain(widget) else None
        case TickBox():
            return too_wide(widget.text(), widget.sizeHint().width(), widget.width())
        case QAbstractButton() if widget.text() and not (isinstance(widget, QToolButton) and not widget.icon().isNull()):
            need = QFontMetrics(widget.font()).horizontalAdvance(widget.text().replace("&", ""))
            return too_wide(widget.text(), need, widget.width())
        case QLineEdit() if not widget.text():
            need = QFontMetrics(widget.font()).horizontalAdvance(widget.placeholderText())
            return too_wide(widget.placeholderText(), need, room.width() - 8)
        case _:
            return None


def too_wide(text: str, need: int, width: int) -> str | None:
    return f"{text!r} needs {need} of {width} pixels" if need > width + SLACK else None


def plain(widget: QWidget) -> str:
    return html.unescape(widget.toolTip())


def out_of_place(widget: QWidget, root: QWidget) -> str | None:
    """Whether a part of a widget lies beyond what holds it: beside it always, below it where nothing scrolls."""
    holder, below = widget.parentWidget(), True
    while holder is not None and widget is not root:
        below = below and not isinstance(holder.parentWidget(), QAbstractScrollArea)
        place = QRect(widget.mapTo(holder, QPoint(0, 0)), widget.size())
        beside = place.right() > holder.width() + SLACK or place.left() < -SLACK
        if beside or (below and place.bottom() > holder.height() + SLACK):
            return f"{type(widget).__name__} at {place} in {type(holder).__name__} {holder.size()}"
        if holder is root or holder.isWindow():
            break
        holder = holder.parentWidget()
    return None


def headers(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    for section in range(header.count() if model is not None and header.orientation() == Qt.Orientation.Horizontal else 0):
        text = str(model.headerData(section, header.orientation()) or "")
        sorts = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
        need = QFontMetrics(header.font()).horizontalAdvance(text) + 12 + (14 if sorts else 0)
        if text and not header.isSectionHidden(section) and (found := too_wide(text, need, header.sectionSize(section))):
            yield f"header {found}"


def mistakes(root: QWidget) -> Iterator[str]:
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisible() or (widget.window() is not root.window()):
            continue
        if isinstance(widget, QHeaderView):
            yield from headers(widget)
        if isinstance(widget, QMenuBar):
            yield from (f"menu {action.text()}" for action in widget.actions() if widget.actionGeometry(action).right() > widget.width())
        if (found := cut(widget)) is not None:
            yield found
        if isinstance(widget, QLabel | QAbstractButton | QComboBox | ElidedLabel | QLineEdit) and (lost := out_of_place(widget, root)):
            yield lost
    if isinstance(root, QMenu):
        yield from (f"menu row {action.text()!r}" for action in root.actions() if root.actionGeometry(action).right() > root.width())


@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_is_cut_off_is_found(sit: Sit, language: str) -> None:
    """The walk itself: a label without room, one beyond its holder, a button, a tick box and a column that are too narrow."""
    s = sit(language=language)
    s.mark("bắt", "6")
    s.saved()
    settle()
    assert not list(mistakes(s.window))
    label, beyond, button, tick = QLabel("một nhãn dài"), QLabel("x", s.window.centre), QPushButton("Xuất"), TickBox(s.window.look)
    tick.setText("còn ngờ")
    for widget in (label, button, tick):
        widget.setParent(s.window.centre)
        widget.resize(20, 20)
        widget.show()
    beyond.move(s.window.centre.width() - 2, 0)
    beyond.show()
    header = next(held for held in s.window.annotations.findChildren(QHeaderView) if held.orientation() == Qt.Orientation.Horizontal)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setMinimumSectionSize(4)
    header.resizeSection(1, 10)
    found = "\n".join(mistakes(s.window))
    assert [words for words in ("một nhãn dài", "QLabel at", "Xuất", "còn ngờ", "header") if words not in found] == []


SCHEMAS = sorted({one.schema for one in STATES.values()})


def of(schema: str) -> list[State]:
    return [one for one in STATES.values() if one.schema == schema]


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("schema", SCHEMAS)
def test_nothing_is_cut_off(sit: Sit, tmp_path: Path, schema: str, language: str) -> None:
    s = furnish(sit, tmp_path / "corpus", schema=schema, language=language)
    found: list[str] = []
    for one in of(schema):
        with reached(s, one) as shown:
            for zoom in (200, 100):
                s.window.preferences.set_zoom(zoom)
                settle()
                # Pages that scroll find their heights in several goes; what lasts is a mistake.
                wait_until(lambda root=shown: not any(mistakes(root)), seconds=1)
                found += [f"{one.name} at {zoom} %: {mistake}" for mistake in sorted(set(mistakes(shown)))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("schema", "language"), [("bkee", "vi"), ("bkee", "en"), ("ace2005", "vi")])
def test_the_bottom_line_is_as_high_in_every_state(sit: Sit, tmp_path: Path, schema: str, language: str) -> None:
    """Nothing above it jumps when a leader is pressed or a frame is opened, however narrow the window is."""
    s = furnish(sit, tmp_path / "corpus", schema=schema, language=language)
    line, known = s.window.palette_line, s.session.schema
    leaders: tuple[Leader, ...] = ("0", "-", "*", "*0", "*-", "\\")
    states = [*((None, leader) for leader in leaders), *((frame, held) for frame in known.events for held in (None, "**"))]
    for width in (900, 1024):
        s.window.resize(width, 700)
        settle()
        heights: set[int] = set()
        for frame, leader in ((None, None), *states):
            line.set_state(known, leader=leader, frame=frame, armed=None)
            heights.add(line.height())
            buttons = [button for button in line.findChildren(KeyButton) if button.isVisible()]
            assert all(line.rect().contains(button.geometry()) for button in buttons), (width, leader, frame)
        assert len(heights) == 1, (width, heights)


@pytest.mark.parametrize("zoom", [100, 200, 300])
def test_no_chip_leaves_the_canvas(sit: Sit, zoom: int) -> None:
    s = sit("Hôm nay ở đây người ta bắt bắt bắt bắt bắt bắt bắt bắt bắt bắt bắt bắt bắt.\n", language="vi")
    s.window.resize(1024, 700)
    s.window.preferences.set_zoom(zoom)
    settle()
    merge = max(s.session.schema.events, key=lambda item: len(item.label.said("vi"))).name
    spans = [found.span() for found in re.finditer("bắt", s.content)]
    for span in spans:
        s.session.do(commands.tag_event(s.session.document, (span,), merge))
    settle()
    width = s.window.view.viewport().width()
    for event in s.session.document.events:
        s.window.view.reveal(s.item(event).spans[0])
        rect = s.window.view.chip_rect(event)
        assert rect is not None and rect.left() >= 0 and rect.right() <= width, (rect, width)
