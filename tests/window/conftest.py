"""A person at the window: a folder of articles, the real window on it, real mouse and key events, and the files on disk to look at."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.core.model import Annotation, Event
from annotator.core.text import Span
from annotator.gui.app import open_window
from annotator.gui.hands import Hands, wait_until
from annotator.gui.looks.wording import worded
from annotator.gui.window import MainWindow
from annotator.gui.work.session import Session
from annotator.store.sidecar import sidecar_path

CTRL, SHIFT, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
ARTICLE = (
    "Công an huyện Yên Khánh đã bắt ông Trần Văn Nam tại Hà Nội sáng 12/3.\n"
    "Hai người tử vong trong vụ tai nạn ở Huế.\n"
    "Tòa án tuyên phạt bị cáo Lê Hòa 12 năm tù về tội giết người.\n"
    "Bà Lan và ông Nam sống ở Hà Nội.\n"
)

# Long enough to be scrolled.
LONG = "".join(f"Dòng {number}: công an bắt ông Nam ở Hà Nội.\n" for number in range(300))

def pytest_itemcollected(item: pytest.Item) -> None:
    # The offscreen platform says so of every window with a least size and of every menu; no mistake of ours.
    item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", "This plugin does not support", extend=True))


@dataclass
class Sitting:
    """A person before one window on one folder. Offsets are code points; texts are found in the open article."""

    window: MainWindow
    folder: Path

    @property
    def hands(self) -> Hands:
        return Hands(self.window.view)

    @property
    def session(self) -> Session:
        assert self.window.session is not None
        return self.window.session

    @property
    def content(self) -> str:
        return self.session.document.text.content

    def find(self, text: str, *, behind: str = "") -> Span:
        """Where `text` stands for the first time, or for the first time behind another text."""
        start = self.content.index(text, self.content.index(behind) if behind else 0)
        return start, start + len(text)

    def drag(self, text: str, *, behind: str = "", modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Span:
        span = self.find(text, behind=behind)
        self.hands.drag(span, modifiers=modifiers)
        return span

    def walk(self, text: str, *, behind: str = "") -> Span:
        """Select a text by key alone."""
        span = self.find(text, behind=behind)
        self.hands.walk_to(span)
        return span

    def press(self, *keys: str | Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.hands.press(*keys, modifiers=modifiers)

    def mark(self, text: str, *keys: str, behind: str = "") -> str:
        """Tag a text by mouse and key; the id of what was made."""
        before = {item.id for item in self.session.document.annotations()}
        self.drag(text, behind=behind)
        self.press(*keys)
        made = [item.id for item in self.session.document.annotations() if item.id not in before]
        assert len(made) == 1, (text, keys, self.message)
        return made[0]

    def select(self, identifier: str) -> None:
        """Select an annotation by a click on its chip."""
        self.window.view.reveal(self.item(identifier).spans[0])
        self.hands.click_chip(identifier)
        assert self.session.selected == (identifier,)

    def item(self, identifier: str) -> Annotation:
        found = self.session.document.annotation(identifier)
        assert found is not None, identifier
        return found

    def event(self, identifier: str) -> Event:
        return self.session.document.events[identifier]

    def surfaces(self) -> list[tuple[str, str]]:
        """Type and text of every annotation, in reading order."""
        document = self.session.document
        return [(item.type, document.text.surface(item.spans)) for item in document.annotations()]

    def roles(self, identifier: str) -> list[tuple[str, str]]:
        """Roles of an event with the texts that fill them, in the order of the document."""
        document = self.session.document
        return [(held.role, document.text.surface(self.item(held.target).spans)) for held in self.event(identifier).arguments]

    def type_text(self, letters: str) -> None:
        """Type into what has the focus: plain keys, and letters with marks as an input method commits them."""
        for letter in letters:
            if letter.isascii():
                QTest.keyClick(focus(), letter)
            else:
                event = QInputMethodEvent("", [])
                event.setCommitString(letter)
                QApplication.sendEvent(focus(), event)

    def key(
        self, key: Qt.Key | int, text: str = "", *, scan: int = 0, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """A key event as the window system sends it: key, text and scan code may each say something else."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self.window.view, QKeyEvent(kind, int(key), modifiers, scan, 0, 0, text))

    def open(self, name: str) -> None:
        """Open another article of the folder, as the corpus list does."""
        path = self.folder / name
        self.window.corpus_panel.article_chosen.emit(path)
        assert wait_until(lambda: self.window.session is not None and self.session.path == path), self.message
        settle()

    def saved(self) -> dict[str, Any]:
        """The sidecar of the open article once all is on disk."""
        session = self.session
        assert wait_until(lambda: session.is_saved), self.window.status.saving
        return self.sidecar(session.path.name)

    def sidecar(self, name: str = "a.txt") -> dict[str, Any]:
        return dict(json.loads(sidecar_path(self.folder / name).read_bytes()))

    def raw(self, name: str = "a.txt") -> bytes:
        return sidecar_path(self.folder / name).read_bytes()

    @property
    def message(self) -> str:
        """What the status bar says."""
        return self.window.status.message

    def told(self, key: str, /, **where: str | int) -> str:
        """A sentence of the catalogue in the window's language."""
        return self.window.look.say(key, **where)

    def refused(self, key: str, /, **where: str | int) -> bool:
        """Whether bubble and status bar both say this refusal; types and roles are given by name and said by label."""
        code = key.removeprefix("error.")
        sentence = self.told(key, **worded(self.window.look, self.session.schema, where, code=code))
        assert sentence != key, "not in the catalogue"
        bubble = self.window.bubble
        return bubble.isVisible() and bubble.text() == sentence and self.message == f"⚠ {sentence}"

    def close(self) -> bool:
        self.window.close()
        return wait_until(lambda: not self.window.isVisible(), seconds=5)


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def settle() -> None:
    """Let what is queued happen, and what was thrown away go, as it does whenever the application waits for a person."""
    for _ in range(3):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def check_slices(saved: Mapping[str, Any], content: str) -> None:
    """The law of a sidecar: every `text` is the slice at its offsets."""
    for item in [*saved["entities"], *saved["events"]]:
        assert item["text"] == " ".join(content[start:end] for start, end in item["spans"]), item


def middle(widget: QWidget) -> QPoint:
    return widget.rect().center()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's own folder for settings and state."""
    folder = tmp_path / "home"
    monkeypatch.setenv("ANNOTATOR_HOME", str(folder))
    monkeypatch.delenv("ANNOTATOR_LANG", raising=False)
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    return folder


Sit = Callable[..., Sitting]
Start = Callable[..., MainWindow]


@pytest.fixture
def sit(qapp: QApplication, tmp_path: Path, home: Path) -> Iterator[Sit]:
    """Makes a sitting: articles by name (text or bytes) are written into a folder, the window opens on it and has listed it."""
    windows: list[MainWindow] = []

    def opened(articles: Mapping[str, str | bytes] | str | bytes = ARTICLE, *, language: str = "en", folder: Path | None = None) -> Sitting:
        root = folder or tmp_path / "corpus"
        root.mkdir(exist_ok=True)
        held = articles if isinstance(articles, Mapping) else {"a.txt": articles}
        for name, content in held.items() if folder is None else ():
            (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        hook = sys.excepthook
        window = open_window([root], restore=False)
        # The window tells of its mistakes and goes on; here each of them fails the test.
        sys.excepthook = hook
        windows.append(window)
        window.preferences.set_language(language)  # type: ignore[arg-type]
        window.resize(1280, 800)
        if window.session is None and (first := next(iter(sorted(root.glob("*.txt"))), None)):
            window.desk.open_article(first)
        sitting = Sitting(window, root)
        assert wait_until(lambda: window.session is not None), sitting.message
        assert QTest.qWaitForWindowActive(window)
        window.view.setFocus()
        settle()
        return sitting

    yield opened
    for window in windows:
        dispose(window)


@pytest.fixture
def start(qapp: QApplication, home: Path) -> Iterator[Start]:
    """Starts the program as without a path, or with one."""
    windows: list[MainWindow] = []

    def started(*paths: Path) -> MainWindow:
        window = open_window(list(paths), resume=not paths)
        windows.append(window)
        settle()
        return window

    yield started
    for window in windows:
        dispose(window)


def dispose(window: MainWindow) -> None:
    """Close a window whatever is in it, and wait for its threads."""
    window.desk.drop()
    window.close()
    assert wait_until(lambda: not window.isVisible(), seconds=5)
    assert window.desk.saver.writer.flush(5.0)
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()
