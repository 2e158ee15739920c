"""A day with a corpus: back to where one was, folders at hand, things dropped on the window, what is left to do."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QWidget

from annotator.gui.hands import wait_until
from annotator.gui.window import MainWindow, returning
from annotator.settings import Settings, read_settings, with_folder, write_settings
from tests.window.conftest import ARTICLE, CTRL, LONG, SHIFT, Sit, Sitting, Start, settle


def below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def message(window: MainWindow) -> str:
    return window.status.message


def press(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window, key, modifiers)
    settle()


def test_the_program_starts_where_it_was_left(sit: Sit, start: Start) -> None:
    sitting = sit({"a.txt": ARTICLE, "b.txt": LONG})
    before = below(sitting.folder)
    sitting.open("b.txt")
    caret = sitting.find("Dòng 150")[0]
    sitting.session.place_caret(caret, active=True)
    sitting.window.view.reveal((caret, caret + 1))
    settle()
    assert sitting.window.view.sheet is not None
    top = sitting.window.view.sheet.top_offset()
    assert top > 0
    assert sitting.close()
    again = start()
    assert wait_until(lambda: again.session is not None)
    settle()
    assert again.session is not None and again.view.sheet is not None
    assert (again.session.path.name, again.session.caret) == ("b.txt", caret)
    assert again.view.sheet.top_offset() == top
    assert again.session.selection == () and not again.session.caret_active
    assert below(sitting.folder) == before


def test_a_folder_named_opens_at_the_article_and_caret_left_there(sit: Sit, start: Start, tmp_path: Path) -> None:
    sitting = sit({"a.txt": ARTICLE, "b.txt": ARTICLE})
    sitting.open("b.txt")
    sitting.session.place_caret(30, active=False)
    other = tmp_path / "other"
    other.mkdir()
    (other / "c.txt").write_text(ARTICLE, encoding="utf-8")
    sitting.window.open_paths([other])
    assert wait_until(lambda: sitting.window.session is not None and sitting.session.path.name == "c.txt")
    assert sitting.close()
    again = start(sitting.folder)
    assert wait_until(lambda: again.session is not None)
    assert again.session is not None and (again.session.path.name, again.session.caret) == ("b.txt", 30)


def test_files_that_were_open_are_open_again(sit: Sit, start: Start) -> None:
    sitting = sit({"a.txt": ARTICLE, "b.txt": ARTICLE, "c.txt": ARTICLE})
    sitting.window.open_paths([sitting.folder / "b.txt", sitting.folder / "c.txt"])
    assert wait_until(lambda: sitting.window.session is not None and sitting.session.path.name == "b.txt")
    sitting.open("c.txt")
    assert sitting.close()
    again = start()
    assert wait_until(lambda: again.session is not None and again.corpus_panel.count() == 2)
    assert again.session is not None and again.session.path.name == "c.txt"


def test_walking_back_to_an_article_goes_to_its_caret(sit: Sit) -> None:
    sitting = sit({"a.txt": ARTICLE, "b.txt": ARTICLE})
    sitting.session.place_caret(40, active=False)
    sitting.open("b.txt")
    assert sitting.session.caret == 0
    sitting.open("a.txt")
    assert sitting.session.caret == 40


def test_the_panes_are_as_wide_as_they_were(sit: Sit, start: Start) -> None:
    sitting = sit()
    splitter = sitting.window.corpus_handlers.returning._splitters()["panes"]
    splitter.setSizes([300, 600, 380])
    settle()
    wanted = splitter.sizes()
    assert sitting.close()
    again = start()
    again.resize(sitting.window.size())
    settle()
    assert again.corpus_handlers.returning._splitters()["panes"].sizes() == wanted


def test_a_folder_that_is_gone_is_told_on_the_empty_page(home: Path, sit: Sit, start: Start) -> None:
    sitting = sit()
    assert sitting.close()
    sitting.folder.rename(sitting.folder.with_name("moved"))
    again = start()
    assert again.session is None
    told = again.centre.findChild(QLabel, "gone")
    assert told is not None and wait_until(told.isVisible) and str(sitting.folder) in told.text()


def test_one_may_start_empty(sit: Sit, start: Start) -> None:
    sitting = sit()
    sitting.window.menus.actions["restore"].trigger()
    assert sitting.close()
    assert not read_settings()[0].restore
    again = start()
    settle()
    assert again.session is None and again.desk.corpus is None
    assert not again.menus.actions["restore"].isChecked()


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"version": 1, "last": 3}', b'{"version": 1, "corpora": {"a": 1}}', b"\xff{"])
def test_a_damaged_memory_of_places_is_told_and_passed_over(home: Path, start: Start, damage: bytes) -> None:
    home.mkdir()
    (home / "places.json").write_bytes(damage)
    window = start()
    assert wait_until(lambda: window.look.say("error.places-unreadable", path=str(home / "places.json")) in message(window))
    assert window.session is None


def test_an_empty_start_writes_no_places(home: Path, start: Start) -> None:
    window = start()
    window.close()
    assert wait_until(lambda: not window.isVisible())
    held = json.loads((home / "places.json").read_bytes()) if (home / "places.json").exists() else {"last": []}
    assert held["last"] == []


def recent(window: MainWindow) -> tuple[QMenu, list[str]]:
    menu = window.findChild(QMenu, "recent")
    assert menu is not None
    menu.aboutToShow.emit()
    return menu, [action.text() for action in menu.actions() if action.text()]


def test_recent_folders_are_in_the_menu_and_one_that_is_gone_leaves_it(sit: Sit, home: Path, tmp_path: Path) -> None:
    sitting = sit()
    other = tmp_path / "other"
    other.mkdir()
    (other / "c.txt").write_text(ARTICLE, encoding="utf-8")
    sitting.window.open_paths([other])
    assert wait_until(lambda: sitting.window.session is not None and sitting.session.path.name == "c.txt")
    menu, texts = recent(sitting.window)
    assert texts[0].endswith("other") and texts[1].endswith("corpus")
    menu.actions()[1].trigger()
    assert wait_until(lambda: sitting.window.session is not None and sitting.session.path.name == "a.txt")
    (other / "c.txt").unlink()
    other.rmdir()
    menu, texts = recent(sitting.window)
    menu.actions()[1].trigger()
    assert sitting.refused("error.recent-gone", path=str(other))
    assert not any(text.endswith("other") for text in recent(sitting.window)[1])
    sitting.window.menus.actions["forget_folders"].trigger()
    assert sitting.window.preferences.settings.recent_folders == ()
    assert recent(sitting.window)[1][0] == sitting.told("gui.recent.none")


def test_recent_folders_are_links_on_the_empty_page_that_a_key_follows(home: Path, start: Start, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    write_settings(with_folder(Settings(), folder))
    window = start()
    links = [link for link in window.centre.findChildren(QPushButton, "recent-folder") if link.isVisible()]
    assert [link.text() for link in links] == [str(folder)] or links[0].text().endswith("corpus")
    assert links[0].focusPolicy() & Qt.FocusPolicy.TabFocus
    links[0].setFocus()
    QTest.keyClick(links[0], Qt.Key.Key_Space)
    assert wait_until(lambda: window.session is not None)


def drag(onto: QWidget, *urls: QUrl) -> QMimeData:
    """Something is dragged onto the window, or a field of it."""
    data = QMimeData()
    data.setUrls(list(urls))
    event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(onto, event)
    assert event.isAccepted()
    return data


def drop(onto: QWidget, *urls: QUrl) -> None:
    data = drag(onto, *urls)
    kind, place = QEvent.Type.Drop, QPointF(5, 5)
    event = QDropEvent(place, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, kind)
    QApplication.sendEvent(onto, event)
    settle()


def sheet(window: MainWindow) -> QWidget:
    found = window.findChild(QWidget, "drop-sheet")
    assert found is not None
    return found


def local(*paths: Path) -> list[QUrl]:
    return [QUrl.fromLocalFile(str(path)) for path in paths]


def test_a_folder_that_is_dropped_opens(sit: Sit, tmp_path: Path) -> None:
    sitting = sit()
    other = tmp_path / "other"
    other.mkdir()
    (other / "c.txt").write_text(ARTICLE, encoding="utf-8")
    drag(sitting.window, *local(other))
    assert sheet(sitting.window).isVisible() and sheet(sitting.window).accessibleName() == sitting.told("gui.drop.one", name="other")
    QApplication.sendEvent(sitting.window, QDragLeaveEvent())
    assert not sheet(sitting.window).isVisible() and sitting.session.path.name == "a.txt"
    drop(sitting.window, *local(other))
    assert not sheet(sitting.window).isVisible()
    assert wait_until(lambda: sitting.window.session is not None and sitting.session.path.name == "c.txt")


def test_a_file_dropped_on_a_text_field_opens_and_is_not_written_into_it(sit: Sit) -> None:
    sitting = sit({"a.txt": ARTICLE, "b.txt": ARTICLE})
    field = sitting.window.corpus_panel._filter
    drop(field, *local(sitting.folder / "b.txt"))
    assert wait_until(lambda: sitting.window.session is not None and sitting.session.path.name == "b.txt")
    assert field.text() == ""


def test_files_that_are_dropped_open_as_a_set_and_a_sidecar_as_its_article(sit: Sit) -> None:
    sitting = sit({"a.txt": ARTICLE, "b.txt": ARTICLE, "c.txt": ARTICLE})
    drop(sitting.window, *local(sitting.folder / "b.txt", sitting.folder / "c.txt.ann.json", sitting.folder / "c.txt"))
    assert wait_until(lambda: sitting.window.session is not None and sitting.session.path.name == "b.txt")
    assert wait_until(lambda: sitting.window.corpus_panel.count() == 2)


def test_what_cannot_be_opened_is_refused_with_the_reason(sit: Sit, tmp_path: Path) -> None:
    sitting = sit()
    picture = tmp_path / "ảnh.png"
    picture.write_bytes(b"")
    drop(sitting.window, *local(picture))
    assert sitting.refused("error.drop-no-article", path=str(picture))
    drop(sitting.window, *local(sitting.folder / "a.txt", sitting.folder))
    assert sitting.refused("error.folder-among-files", path=str(sitting.folder))
    drop(sitting.window, *local(sitting.folder, tmp_path))
    assert sitting.refused("error.drop-several-folders")
    drop(sitting.window, QUrl("https://example.org/a.txt"))
    assert sitting.refused("error.drop-not-local")
    assert sitting.session.path.name == "a.txt"


def three(sit: Sit) -> Sitting:
    sitting = sit({"a.txt": ARTICLE, "b.txt": ARTICLE, "c.txt": ARTICLE})
    assert wait_until(lambda: sitting.window.corpus_panel.count() == 3)
    return sitting


def test_done_and_next_goes_round_and_says_when_all_is_done(sit: Sit) -> None:
    sitting = three(sit)
    sitting.open("b.txt")
    for expected in ("c.txt", "a.txt"):
        press(sitting.window, Qt.Key.Key_D, CTRL | SHIFT)
        assert wait_until(lambda name=expected: sitting.window.session is not None and sitting.session.path.name == name)
    assert sitting.sidecar("b.txt")["status"] == sitting.sidecar("c.txt")["status"] == "done"
    press(sitting.window, Qt.Key.Key_F5)
    assert sitting.refused("error.no-other-unfinished")
    press(sitting.window, Qt.Key.Key_D, CTRL | SHIFT)
    assert sitting.session.path.name == "a.txt" and sitting.message == sitting.told("told.all_done", count=3)
    assert sitting.saved()["status"] == "done"
    press(sitting.window, Qt.Key.Key_F5)
    assert sitting.message == sitting.told("told.all_done", count=3)


def test_the_next_unfinished_is_one_that_the_filter_shows(sit: Sit) -> None:
    sitting = three(sit)
    sitting.window.corpus_panel._filter.setText("c")
    press(sitting.window, Qt.Key.Key_F5)
    assert wait_until(lambda: sitting.window.session is not None and sitting.session.path.name == "c.txt")
    press(sitting.window, Qt.Key.Key_D, CTRL | SHIFT)
    assert sitting.message == sitting.told("told.all_done_filtered")


def test_what_is_read_only_is_not_called_done(sit: Sit) -> None:
    sitting = sit({"a.txt": ARTICLE, "a.txt.ann.json": b"{", "b.txt": ARTICLE})
    sitting.open("a.txt")
    press(sitting.window, Qt.Key.Key_D, CTRL | SHIFT)
    assert sitting.session.path.name == "a.txt" and sitting.raw() == b"{"


def test_a_folder_on_a_disk_that_does_not_answer_leaves_the_window_live(sit: Sit, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    sitting = sit(ARTICLE)
    assert sitting.close()
    woken = threading.Event()

    def answer_late(path: Path) -> bool:
        woken.wait(20)
        return path.exists()

    monkeypatch.setattr(returning, "is_there", answer_late)
    again = start()
    assert again.isVisible() and again.session is None and again.desk.corpus is None
    woken.set()
    assert wait_until(lambda: again.session is not None)


def test_what_was_opened_before_the_disk_answered_stays(sit: Sit, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sitting = sit(ARTICLE)
    assert sitting.close()
    woken, looked = threading.Event(), []
    monkeypatch.setattr(returning, "is_there", lambda path: (woken.wait(20), looked.append(path), path.exists())[-1])
    again = start()
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.txt").write_text(LONG, encoding="utf-8")
    again.open_paths([other / "b.txt"])
    assert wait_until(lambda: again.session is not None)
    woken.set()
    assert wait_until(lambda: bool(looked))
    settle()
    assert again.session is not None and again.session.path.name == "b.txt"


def test_a_place_of_the_window_that_is_none_is_passed_over(start: Start) -> None:
    write_settings(Settings(geometry="Đây là đâu?"))
    assert start().isVisible()
