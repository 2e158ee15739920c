"""The table of all that the window can show: how a state is entered into it, how it is reached, and how the window comes back from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QWidget

from annotator.gui.dialogs.export import ExportDialog
from annotator.gui.hands import wait_until
from annotator.gui.panels.corpus_filter import WantsButton
from annotator.gui.panels.corpus_model import Wants
from annotator.gui.window.dropping import DropSheet
from annotator.resources import resource

from .conftest import ARTICLE, Sit, Sitting, settle

# In words of the article: what the guidelines say is in neither language of the window.
GUIDELINES = """# Bà Lan và ông Nam

Hai người sống ở Hà Nội.

## PER

Ông Trần Văn Nam, bà Lan, bị cáo Lê Hòa.

## Arrest-jail

Công an bắt ông Nam.
"""
# No schema that ships asks for labels of the document; the page that shows them is to be seen.
LABELS = """
[[document_label]]
name = "topic"
label = {en = "Topic", vi = "Chủ đề"}
values = [{name = "crime", label = {en = "Crime", vi = "Hình sự"}}]
"""
Reach = Callable[[Sitting], QWidget]


@dataclass(frozen=True, slots=True)
class State:
    """`schema` is the label schema of the corpus in which the state is reached; one that `leads_on` is where the next one begins."""

    name: str
    reach: Reach
    schema: str
    leads_on: bool = False


STATES: dict[str, State] = {}


def state(name: str, *, schema: str = "bkee", leads_on: bool = False) -> Callable[[Reach], Reach]:
    """Enter a function into the table."""

    def enter(reach: Reach) -> Reach:
        STATES[name] = State(name, reach, schema, leads_on)
        return reach

    return enter


def dialog(name: str, make: Callable[[Sitting], QDialog]) -> None:
    """Enter a dialog into the table: it is made and shown over the window."""

    def reach(s: Sitting) -> QWidget:
        made = make(s)
        made.show()
        return made

    STATES[name] = State(name, reach, "bkee")


def furnish(sit: Sit, folder: Path, *, schema: str, language: str) -> Sitting:
    """A corpus of three articles, the first with what an hour of work leaves in it, the last with a sidecar that cannot be read."""
    folder.mkdir()
    if schema == "bkee":
        (folder / "bkee.toml").write_text(resource("schemas", "bkee.toml").read_text(encoding="utf-8") + LABELS, encoding="utf-8")
        schema = "bkee.toml"
    has_guidelines = 'guidelines = "guidelines.md"\n' if schema == "bkee.toml" else ""
    (folder / "annotator.toml").write_text(f'schema = "{schema}"\n{has_guidelines}', encoding="utf-8")
    (folder / "guidelines.md").write_text(GUIDELINES, encoding="utf-8")
    for name in ("a.txt", "b một tên tệp rất dài của một bài báo nào đó.txt"):
        (folder / name).write_text(ARTICLE, encoding="utf-8")
    (folder / "c.txt").write_text("Huế\n", encoding="utf-8")
    (folder / "c.txt.ann.json").write_bytes(b"{")
    s = sit(folder=folder, language=language)
    s.window.resize(1024, 700)
    work(s)
    return s


def work(s: Sitting) -> None:
    """An event with two fillers, an entity in doubt with a note, and one whose edge is wrong."""
    event = next(iter(item for item in s.session.schema.events if item.name.startswith("Arrest")))
    s.drag("bắt")
    s.press(*event.key.split())
    for text, role in (("Trần Văn Nam", "Person"), ("huyện Yên Khánh", "Place")):
        key = next(held.key for held in event.roles if held.role == role)
        s.drag(text)
        s.press(key)
    s.press(Qt.Key.Key_Escape)
    s.press(Qt.Key.Key_Escape)
    for text, behind in (("tại Hà Nội", ""), ("Hà Nội", "Bà Lan")):
        s.drag(text, behind=behind)
        s.press("G")
    s.press(Qt.Key.Key_Escape)
    s.saved()
    settle()


def act(s: Sitting, name: str) -> None:
    """Do what a menu or a shortcut does, by the action's name."""
    s.window.menus.actions[name].trigger()
    settle()


def annotation(s: Sitting, text: str) -> str:
    document = s.session.document
    return next(item.id for item in document.annotations() if document.text.surface(item.spans) == text)


@contextmanager
def reached(s: Sitting, one: State) -> Iterator[QWidget]:
    """The widget of a state while it is shown; behind it the window is as before, or as the next state needs it."""
    shown = one.reach(s)
    if s.window.session is not None:
        assert wait_until(lambda: s.session.is_saved or s.session.read_only is not None)
    settle()
    try:
        yield shown
    finally:
        if not one.leads_on:
            tidy_up(s)


def tidy_up(s: Sitting) -> None:
    """Close whatever is open, and put back whatever was put away."""
    window = s.window
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QMenu | QDialog) and widget.isVisible():
            if isinstance(widget, ExportDialog) and widget.phase == "writing":
                # Nothing is written there, so nothing would end, and the dialog would cover all that follows.
                widget._enter("ready")
            widget.close()
    if window.windowState() != Qt.WindowState.WindowNoState:
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(1024, 700)
    if window.first_run.at is not None:
        window.first_run.skip()
        assert wait_until(lambda: window.session is not None and window.session.path.parent == s.folder)
    if window.session is None:
        s.open("a.txt")
    if window.guiding.is_shown:
        act(s, "guidelines")
    if window.guiding.is_shown:
        # It had gone to another type first.
        act(s, "guidelines")
    for name in ("find-line", "corpus-hits"):
        for part in window.centre.findChildren(QWidget, name):
            part.closed.emit()  # type: ignore[attr-defined]
    for sheet in window.findChildren(DropSheet):
        sheet.hide()
    window.preferences.set_hidden(())
    window.preferences.set_effort(False)
    window.type_ahead.close_quietly()
    window.corpus_panel.findChildren(WantsButton)[0].set_wants(Wants())
    for line in window.corpus_panel.findChildren(QLineEdit):
        line.clear()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    for _ in range(4):
        s.press(Qt.Key.Key_Escape)
    window.view.setFocus()
    settle()
