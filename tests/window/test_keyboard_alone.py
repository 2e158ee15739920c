"""The whole work without a mouse: from a folder's path to the export, round the panes both ways, and out of everything by Tab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QMenu, QWidget
from shiboken6 import isValid

from annotator.gui.dialogs.export import ExportDialog
from annotator.gui.hands import wait_until
from annotator.gui.looks.elided import ElidedLabel

from .conftest import ARTICLE, CTRL, SHIFT, Sit, Sitting, focus, settle
from .states import STATES, furnish, reached

NONE = Qt.KeyboardModifier.NoModifier


def key(pressed: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key on whatever has the focus, else on the window."""
    held = QApplication.focusWidget() or QApplication.activeWindow()
    assert held is not None
    QTest.keyClick(held, pressed, modifiers)
    settle()


def tab_to(wanted: QWidget, *, most: int = 60) -> None:
    """Go to a widget by Tab alone."""
    for _ in range(most):
        held = QApplication.focusWidget()
        if held is not None and (held is wanted or wanted.isAncestorOf(held)):
            return
        key(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {wanted.objectName() or wanted}")


def in_text(s: Sitting, text: str, *keys: str, behind: str = "") -> None:
    """Select a text by key and press keys."""
    s.window.view.setFocus()
    s.walk(text, behind=behind)
    s.press(*keys)


def pane_to(s: Sitting, wanted: str) -> None:
    """Go to a pane by F6 alone."""
    for _ in range(6):
        if pane_of(s, QApplication.focusWidget()) == wanted:
            return
        key(Qt.Key.Key_F6)
    raise AssertionError(f"F6 never comes to {wanted}")


def walk_to(s: Sitting, identifier: str) -> None:
    """Select an annotation by Ctrl+Up, from the end of the text."""
    s.press(Qt.Key.Key_Escape)
    s.press(Qt.Key.Key_End, modifiers=CTRL)
    for _ in range(20):
        s.press(Qt.Key.Key_Up, modifiers=CTRL)
        if s.session.selected == (identifier,):
            return
    raise AssertionError(f"Ctrl+Up never comes to {identifier}")


def pane_of(s: Sitting, widget: QWidget | None) -> str:
    panes = {"articles": s.window.corpus_panel, "inspector": s.window.inspector, "annotations": s.window.annotations, "text": s.window.view}
    return next((name for name, pane in panes.items() if widget is not None and (pane is widget or pane.isAncestorOf(widget))), "")


def test_from_a_folder_to_the_export(sit: Sit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    s = sit({"first.txt": "Huế.\n"})
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "a.txt").write_text("Huế.\n", encoding="utf-8")
    (folder / "b.txt").write_text(ARTICLE, encoding="utf-8")
    open_by_path(s, folder, monkeypatch)
    assert wait_until(lambda: s.window.corpus_panel.count() == 2 and s.window.session is not None and s.session.path == folder / "a.txt")
    settle()
    # The list of articles: F6 goes there, an arrow and Enter open one.
    pane_to(s, "articles")
    tab_to(s.window.corpus_panel._list)
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    assert wait_until(lambda: s.window.session is not None and s.session.path.name == "b.txt"), (QApplication.focusWidget(), s.message)
    s.window.view.setFocus()
    # An event with two roles, and an entity whose edge is wrong.
    in_text(s, "bắt", "6")
    in_text(s, "Trần Văn Nam", "p")
    in_text(s, "huyện Yên Khánh", "l")
    assert s.surfaces() == [("GPE", "huyện Yên Khánh"), ("Arrest-jail", "bắt"), ("PER", "Trần Văn Nam")]
    assert s.roles("E1") == [("Person", "Trần Văn Nam"), ("Place", "huyện Yên Khánh")]
    s.press(Qt.Key.Key_Escape)
    # A word is corrected.
    s.walk("vụ tai nạn")
    before = s.session.document.words.at(s.find("tai nạn")[0])
    s.press("_")
    assert s.session.document.words.at(s.find("tai nạn")[0]) != before
    inspect(s)
    check_list_and_problems(s)
    export(s, tmp_path / "out")


def open_by_path(s: Sitting, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Ctrl+Shift+O; the dialog is the system's, its answer the path that was typed there."""
    patch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    key(Qt.Key.Key_O, CTRL | SHIFT)


def inspect(s: Sitting) -> None:
    """In doubt, a note, another type: from the text into the inspector and back."""
    walk_to(s, "T1")
    key(Qt.Key.Key_M, CTRL)
    key(Qt.Key.Key_Return, CTRL)
    assert focus() is s.window.inspector.note
    s.type_text("hoi lai")
    key(Qt.Key.Key_Return, CTRL)
    assert focus() is s.window.view
    item = s.item("T1")
    assert (item.flag, item.note) == ("question", "hoi lai")
    key(Qt.Key.Key_F6)
    assert pane_of(s, QApplication.focusWidget()) == "inspector"
    tab_to(s.window.inspector.flag)
    key(Qt.Key.Key_Space)
    assert s.item("T1").flag == ""
    tab_to(s.window.inspector.type_box)
    key(Qt.Key.Key_Down)
    assert s.item("T1").type != item.type
    s.window.view.setFocus()


def check_list_and_problems(s: Sitting) -> None:
    """A wrong edge is found in the list, and mended by its button."""
    in_text(s, "tại Hà Nội", "G")
    walk_to(s, "T3")
    repairs = s.window.inspector.problems
    assert wait_until(lambda: any(held.isVisible() for held in repairs.findChildren(QAbstractButton)))
    repair = next(held for held in repairs.findChildren(QAbstractButton) if held.isVisible())
    key(Qt.Key.Key_F6)
    tab_to(repair)
    key(Qt.Key.Key_Space)
    assert ("GPE", "Hà Nội") in s.surfaces()
    pane_to(s, "annotations")
    tab_to(s.window.annotations._table)
    key(Qt.Key.Key_PageUp)
    rows = s.window.annotations._table.model().rowCount()
    seen = set()
    for _ in range(rows):
        seen.add(s.session.selected)
        key(Qt.Key.Key_Down)
    assert len(seen | {s.session.selected}) >= rows
    assert wait_until(lambda: s.session.is_saved)


def export(s: Sitting, target: Path) -> None:
    """Ctrl+E, Tab to the folder, the path, Enter."""
    written: list[str] = []

    def answer() -> None:
        shown = next((held for held in QApplication.topLevelWidgets() if isinstance(held, ExportDialog) and held.isVisible()), None)
        if shown is None:
            return
        clock.stop()
        try:
            assert wait_until(lambda: shown.phase == "ready")
            tab_to(shown.form.folder)
            shown.form.folder.selectAll()
            QTest.keyClicks(shown.form.folder, str(target))
            tab_to(shown.export_button)
            QTest.keyClick(focus(), Qt.Key.Key_Space)
            assert wait_until(lambda: shown.phase == "written"), shown.message()
            written.append(shown.message())
            QTest.keyClick(focus(), Qt.Key.Key_Escape)
        finally:
            if shown.isVisible():
                shown.close()

    clock = QTimer(s.window)
    clock.timeout.connect(answer)
    clock.start(10)
    s.window.view.setFocus()
    QTest.keyClick(s.window, Qt.Key.Key_E, CTRL)
    assert wait_until(lambda: bool(written)) and any(target.rglob("*"))


@pytest.mark.parametrize(("modifiers", "order"), [(NONE, ["inspector", "annotations", "articles", "text"]),
                                                  (SHIFT, ["articles", "annotations", "inspector", "text"])])  # fmt: skip
def test_panes_go_round_both_ways(sit: Sit, modifiers: Qt.KeyboardModifier, order: list[str]) -> None:
    s = sit({"a.txt": ARTICLE, "b.txt": ARTICLE})
    s.select(s.mark("Huế", "g"))
    seen = []
    for _ in range(8):
        key(Qt.Key.Key_F6, modifiers)
        seen.append(pane_of(s, QApplication.focusWidget()))
    assert seen == order * 2


def focusable(root: QWidget) -> Iterator[QWidget]:
    for widget in [root, *root.findChildren(QWidget)]:
        by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if by_tab and widget.isVisible() and widget.isEnabled() and widget.window() is root.window() and widget.focusProxy() is None:
            yield widget


@pytest.mark.parametrize("schema", sorted({one.schema for one in STATES.values()}))
def test_tab_leads_out_of_everything(sit: Sit, tmp_path: Path, schema: str) -> None:
    s = furnish(sit, tmp_path / "corpus", schema=schema, language="vi")
    trapped: list[str] = []
    for one in STATES.values():
        if one.schema != schema:
            continue
        with reached(s, one) as shown:
            if isinstance(shown, QMenu):
                continue
            # What has the focus comes first: a line that closes when it is left is no longer there afterwards.
            stops = sorted(focusable(shown), key=lambda held: held is not QApplication.focusWidget())
            for widget in stops:
                for pressed, modifiers in ((Qt.Key.Key_Tab, NONE), (Qt.Key.Key_Backtab, SHIFT)):
                    if not isValid(widget):
                        # The checks came through meanwhile: another button stands in its place.
                        break
                    if widget.isVisible():
                        widget.setFocus()
                    if QApplication.focusWidget() is not widget or len(stops) < 2:
                        continue
                    key(pressed, modifiers)
                    if QApplication.focusWidget() is widget:
                        trapped.append(f"{one.name}: {type(widget).__name__} {widget.objectName()} holds {pressed.name}")
    assert not trapped, "\n".join(trapped)


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("schema", sorted({one.schema for one in STATES.values()}))
def test_everything_has_a_name_for_who_cannot_see(sit: Sit, tmp_path: Path, schema: str, language: str) -> None:
    s = furnish(sit, tmp_path / "corpus", schema=schema, language=language)
    nameless: set[str] = set()
    for one in STATES.values():
        if one.schema == schema:
            with reached(s, one) as shown:
                buttons = [held for held in shown.findChildren(QAbstractButton) if held.isVisible() and held.window() is shown.window()]
                for widget in {*focusable(shown), *buttons}:
                    if not name_of(widget) and not isinstance(widget, QMenu | QDialog):
                        nameless.add(f"{one.name}: {type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}")
    assert not nameless, "\n".join(sorted(nameless))


def name_of(widget: QWidget) -> str:
    if isinstance(widget.parent(), QLineEdit):
        # The small pictures in a line are its action's; Qt makes a button of each without handing on its name.
        return " ".join(action.text() or action.toolTip() for action in widget.actions())
    face = QAccessible.queryAccessibleInterface(widget)
    return face.text(QAccessible.Text.Name) if face is not None else ""


def test_what_is_only_read_is_no_stop(sit: Sit) -> None:
    s = sit()
    assert not [held for held in focusable(s.window) if isinstance(held, QLabel | ElidedLabel)]
