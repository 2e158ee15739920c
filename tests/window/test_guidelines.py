"""The guidelines beside the text: opened at the type that is meant, following the selection, read anew, and never fetching anything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QTextDocument, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication

from annotator.gui.hands import wait_until
from annotator.gui.panels.annotations_model import Column
from annotator.gui.panels.guidelines import GUIDELINES, SCHEMA, GuidelinesPanel

from .conftest import ARTICLE, CTRL, SHIFT, Sit, Sitting, focus, settle

TEXT = """# Hướng dẫn

Đoạn mở đầu. Xem [trang này](https://example.org/a) và [phần sau](#tử-vong).

## 1. Người

Chức danh ở trong nhãn.

## Tử vong

{filling}

## Chết

Người chết luôn là *Nạn nhân*. <b>không</b> <script>alert(1)</script> ![hình](pic.png) ![xa](http://example.org/x.png)
"""
GUIDE = TEXT.format(filling="\n\n".join(f"Đoạn {number}." for number in range(80)))


def corpus(tmp_path: Path, guide: str | bytes | None = GUIDE, articles: Mapping[str, str] | None = None) -> Path:
    root = tmp_path / "corpus"
    root.mkdir()
    (root / "a.txt").write_text(ARTICLE, encoding="utf-8")
    said = 'schema = "bkee"\n'
    if guide is not None:
        (root / "huong-dan.md").write_bytes(guide if isinstance(guide, bytes) else guide.encode())
        said += 'guidelines = "huong-dan.md"\n'
    (root / "annotator.toml").write_text(said, encoding="utf-8")
    return root


def open_guide(s: Sitting) -> GuidelinesPanel:
    s.press(Qt.Key.Key_F1, modifiers=SHIFT)
    found = s.window.findChild(GuidelinesPanel)
    assert found is not None and found.isVisible()
    if s.window.desk.corpus.settings.guidelines is not None:  # type: ignore[union-attr]
        assert wait_until(lambda: found.tabs.isTabVisible(GUIDELINES), seconds=3)
    settle()
    return found


def says(pane: GuidelinesPanel, name: str) -> str:
    """What a label of the pane says, where it is seen."""
    label = pane.findChild(object, f"guidelines-{name}")
    return label.text() if label.isVisible() else ""  # type: ignore[attr-defined]


def test_opened_at_the_selected_type_and_closed_again(sit: Sit, tmp_path: Path) -> None:
    s = sit(folder=corpus(tmp_path))
    s.select(s.mark("Trần Văn Nam", "p"))
    pane = open_guide(s)
    assert pane.page().marked_text() == "1. Người" and s.window.menus.actions["guidelines"].isChecked()
    assert "PER" in says(pane, "title") and "person" in says(pane, "definition").lower() and not says(pane, "note")
    assert focus() is s.window.view
    assert s.window.centre.width() >= 400
    s.press(Qt.Key.Key_F1, modifiers=SHIFT)
    assert not pane.isVisible() and not s.window.menus.actions["guidelines"].isChecked()


def test_where_no_type_is_meant_it_begins_at_the_beginning(sit: Sit, tmp_path: Path) -> None:
    s = sit(folder=corpus(tmp_path))
    pane = open_guide(s)
    assert pane.page().verticalScrollBar().maximum() > 100
    assert pane.page().verticalScrollBar().value() == 0


def test_it_follows_the_selection_without_taking_the_focus(sit: Sit, tmp_path: Path) -> None:
    s = sit(folder=corpus(tmp_path))
    person, death = s.mark("Trần Văn Nam", "p"), s.mark("tử vong", "3")
    s.press(Qt.Key.Key_Escape)
    s.select(person)
    pane = open_guide(s)
    s.select(death)
    assert wait_until(lambda: pane.page().marked_text() == "Chết", seconds=2)
    assert focus() is s.window.view and pane.page().verticalScrollBar().value() > 500
    QTest.mouseClick(pane.follow, Qt.MouseButton.LeftButton, pos=QPoint(8, pane.follow.height() // 2))
    assert not s.window.preferences.settings.guidelines_follow
    s.select(person)
    assert wait_until(lambda: not any(timer.isActive() for timer in s.window.guiding.findChildren(QTimer)))
    assert pane.page().marked_text() == "Chết"
    s.window.view.setFocus()
    s.press(Qt.Key.Key_F1, modifiers=SHIFT)
    assert pane.isVisible() and pane.page().marked_text() == "1. Người"


def test_what_the_guidelines_do_not_name_is_said_with_its_definition(sit: Sit, tmp_path: Path) -> None:
    s = sit(folder=corpus(tmp_path), language="vi")
    s.select(s.mark("12/3", "t"))
    pane = open_guide(s)
    assert says(pane, "note") == s.told("gui.guidelines.nothing") and "Mốc hoặc khoảng thời gian" in says(pane, "definition")
    pane.tabs.setCurrentIndex(SCHEMA)
    assert pane.page().marked_text().startswith("■ Thời gian · TIME") or "TIME" in pane.page().marked_text()


def test_what_the_pointer_rests_on_is_meant(sit: Sit, tmp_path: Path) -> None:
    s = sit(folder=corpus(tmp_path))
    button = s.window.palette_line.button("3")
    assert button is not None
    QApplication.sendEvent(button, QEvent(QEvent.Type.Enter))
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    pane = open_guide(s)
    assert pane.page().marked_text() == "Chết"


def test_without_guidelines_it_shows_the_label_schema(sit: Sit) -> None:
    s = sit()
    s.select(s.mark("tử vong", "3"))
    pane = open_guide(s)
    text = pane.page().toPlainText()
    assert not pane.tabs.isTabVisible(GUIDELINES) and "Die" in pane.page().marked_text()
    die = s.session.schema.event("Die")
    assert die is not None and die.definition.en in text and ", ".join(die.triggers[:3]) in text and "Victim [v]" in text
    s.window.preferences.set_language("vi")
    assert die.definition.vi in pane.page().toPlainText() and "Chết" in pane.page().marked_text()


def test_the_file_is_shown_anew_when_the_window_is_activated(sit: Sit, tmp_path: Path) -> None:
    root = corpus(tmp_path)
    s = sit(folder=root)
    pane = open_guide(s)
    (root / "huong-dan.md").write_text("# Bản mới\n", encoding="utf-8")
    QApplication.sendEvent(s.window, QEvent(QEvent.Type.ActivationChange))
    assert wait_until(lambda: pane.page().toPlainText() == "Bản mới", seconds=3)
    (root / "huong-dan.md").unlink()
    QApplication.sendEvent(s.window, QEvent(QEvent.Type.ActivationChange))
    assert wait_until(lambda: says(pane, "note") != "", seconds=3)
    assert "huong-dan.md" in says(pane, "note")


def test_what_is_no_utf_8_is_told_in_words(sit: Sit, tmp_path: Path) -> None:
    s = sit(folder=corpus(tmp_path, "Nghị định".encode("utf-16")))
    pane = open_guide(s)
    path = str(s.folder / "huong-dan.md")
    assert says(pane, "note") == s.told("error.guidelines-not-utf8", path=path, line=1)


def test_markup_is_text_and_nothing_is_fetched(sit: Sit, tmp_path: Path) -> None:
    root = corpus(tmp_path)
    for place in (root / "pic.png", tmp_path / "secret.png"):
        picture = QImage(30, 20, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.red)
        assert picture.save(str(place))
    s = sit(folder=root)
    page = open_guide(s).page()
    assert "<b>không</b> <script>" in page.toPlainText()
    kind = QTextDocument.ResourceType.ImageResource.value
    sizes = {name: page.loadResource(kind, QUrl(name)).width() for name in (  # type: ignore[attr-defined]
        "pic.png", "http://example.org/x.png", "../secret.png", (tmp_path / "secret.png").as_uri(), "//example.org/pic.png", "none.png",
    )}  # fmt: skip
    assert sizes.pop("pic.png") == 30 and set(sizes.values()) == {1}


def test_a_link_is_told_and_not_followed(sit: Sit, tmp_path: Path) -> None:
    s = sit(folder=corpus(tmp_path))
    page = open_guide(s).page()
    before = page.toPlainText()
    page.anchorClicked.emit(QUrl("https://example.org/a"))
    assert s.message == s.told("told.address_copied", address="https://example.org/a")
    assert QGuiApplication.clipboard().text() == "https://example.org/a" and page.toPlainText() == before
    page.anchorClicked.emit(QUrl("#tử-vong"))
    assert page.verticalScrollBar().value() > 100


def test_the_keyboard_goes_in_scrolls_and_comes_back(sit: Sit, tmp_path: Path) -> None:
    s = sit(folder=corpus(tmp_path))
    pane = open_guide(s)
    s.press(Qt.Key.Key_F6)
    assert focus() is pane.page()
    QTest.keyClick(focus(), Qt.Key.Key_PageDown)
    assert pane.page().verticalScrollBar().value() > 0
    seen = set()
    for _ in range(12):
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
        seen.add(focus().objectName())
        if not pane.isAncestorOf(focus()):
            break
    assert {"guidelines-tabs", "guidelines-outline", "guidelines-follow", "guidelines-close"} <= seen and not pane.isAncestorOf(focus())
    for widget in (pane.page(), pane.tabs, pane.outline):
        widget.setFocus()
        QTest.keyClick(focus(), Qt.Key.Key_Escape)
        assert focus() is s.window.view
    pane.page().setFocus()
    QTest.keyClick(focus(), Qt.Key.Key_F1, SHIFT)
    assert not pane.isVisible() and focus() is s.window.view


def test_one_zoom_for_text_and_page(sit: Sit, tmp_path: Path) -> None:
    s = sit(folder=corpus(tmp_path))
    page = open_guide(s).page()
    before, at = page.document().defaultFont().pixelSize(), QPointF(40, 40)
    event = QWheelEvent(
        at, page.viewport().mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(page.viewport(), event)
    assert s.window.look.zoom > 1 and page.document().defaultFont().pixelSize() > before


@pytest.mark.parametrize("width", [1024, 1600])
def test_there_is_room_for_the_text(sit: Sit, tmp_path: Path, width: int) -> None:
    s = sit(folder=corpus(tmp_path))
    s.window.resize(width, 700)
    settle()
    pane = open_guide(s)
    assert s.window.centre.width() >= 440 and pane.width() >= 240
    assert s.window.corpus_panel.isVisible() == (width == 1600)
    s.press(Qt.Key.Key_F1, modifiers=SHIFT)
    assert s.window.corpus_panel.isVisible()


def test_it_is_there_again_at_the_next_start(sit: Sit, tmp_path: Path) -> None:
    root = corpus(tmp_path)
    s = sit(folder=root)
    open_guide(s)
    s.window.preferences.write()
    again = sit(folder=root)
    pane = again.window.findChild(GuidelinesPanel)
    assert pane is not None and pane.isVisible() and wait_until(lambda: pane.tabs.isTabVisible(GUIDELINES), seconds=3)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_definition_is_said_wherever_a_type_is(sit: Sit, language: str) -> None:
    s = sit(language=language)
    s.select(s.mark("tử vong", "3"))
    die = s.session.schema.event("Die")
    assert die is not None
    wanted = die.definition.said(language)  # type: ignore[arg-type]
    box = s.window.inspector.type_box
    assert wanted in box.itemData(box.findData("Die"), Qt.ItemDataRole.ToolTipRole)
    table = s.window.annotations.findChild(QAbstractItemView, "table")
    assert table is not None
    assert wanted in table.model().index(0, Column.TYPE).data(Qt.ItemDataRole.ToolTipRole)
    assert any(wanted in offer.tip for offer in s.window.palette_line.offers())
