"""States of the panes around the text: inspector, guidelines, corpus, first run, and the window itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from annotator.gui.hands import wait_until
from annotator.gui.looks.elided import ElidedLabel
from annotator.gui.panels.corpus_filter import WantsButton
from annotator.gui.panels.corpus_model import Wants
from annotator.gui.panels.guidelines import GUIDELINES, SCHEMA, GuidelinesPanel
from annotator.gui.window.dropping import DropSheet
from annotator.gui.window.first_run import STEPS
from annotator.gui.window.recent import RecentMenu

from .conftest import Sitting, settle
from .state_table import Reach, act, annotation, state

# In words of the article, as all names that a state brings with it: they are in neither language of the window.
FOLDER = "/home/lan/Hà Nội/Công an huyện Yên Khánh/Bà Lan và ông Nam sống ở Hà Nội/Tòa án tuyên phạt"


@state("entities selected")
def _entities(s: Sitting) -> QWidget:
    s.session.select_annotations(*(item.id for item in s.session.document.entities.values()))
    return s.window


@state("mixed attributes selected", schema="ace2005")
def _mixed(s: Sitting) -> QWidget:
    """Two events of which one is negated."""
    if len(s.session.document.events) < 2:
        s.mark("giết", s.session.schema.events[0].key)
        s.press(Qt.Key.Key_Escape)
        s.press(Qt.Key.Key_Escape)
        s.window.control.jump(annotation(s, "giết"))
        s.press("!")
    s.session.select_annotations(*s.session.document.events)
    return s.window


@state("document page")
def _document(s: Sitting) -> QWidget:
    act(s, "document_page")
    return s.window


@state("head marked")
def _head(s: Sitting) -> QWidget:
    named = annotation(s, "Trần Văn Nam")
    s.window.control.jump(named)
    if s.session.document.entities[named].head is None:
        s.drag("Nam", behind="Trần Văn")
        act(s, "mark_head")
        s.window.control.jump(named)
    return s.window


@state("first guess shown")
def _guess(s: Sitting) -> QWidget:
    s.drag("tử vong")
    return s.window


@state("frame with long labels")
def _verdict(s: Sitting) -> QWidget:
    if not any(event.type == "Sentence" for event in s.session.document.events.values()):
        s.mark("tuyên phạt", "0", "s")
        s.press(Qt.Key.Key_Escape)
        s.press(Qt.Key.Key_Escape)
    s.window.control.jump(annotation(s, "tuyên phạt"))
    s.press(Qt.Key.Key_Return)
    s.session.clear_selection()
    return s.window


@state("list leader")
def _each(s: Sitting) -> QWidget:
    s.press("\\")
    return s.window


@state("list leader in a frame")
def _each_role(s: Sitting) -> QWidget:
    _framed(s)
    s.press("\\")
    return s.window


@state("role leader")
def _role(s: Sitting) -> QWidget:
    _framed(s)
    s.press("*", "*")
    return s.window


@state("second keys of a retype")
def _retype_event(s: Sitting) -> QWidget:
    s.press("*", "0")
    return s.window


def _framed(s: Sitting) -> None:
    s.window.control.jump(annotation(s, "bắt"))
    s.press(Qt.Key.Key_Return)
    s.session.clear_selection()


@state("relation menu", schema="ace2005")
def _relations(s: Sitting) -> QWidget:
    linker = s.window.desk.tools.linker  # type: ignore[union-attr]
    place = annotation(s, "tại Hà Nội")
    s.window.control.jump(annotation(s, "Trần Văn Nam"))
    linker.begin("relation")
    s.window.control.ask_relation(place, linker.allowed_relations(place))
    return popup()


@state("context menu, words")
def _submenu(s: Sitting) -> QWidget:
    s.window.control.jump(annotation(s, "tại Hà Nội"))
    s.window.control.show_menu(s.window.menus, at=None)
    shown = [action.menu() for action in popup().actions() if action.menu() is not None][-1]
    assert isinstance(shown, QMenu)
    shown.popup(s.window.mapToGlobal(s.window.rect().center()))
    return shown


def popup() -> QMenu:
    settle()
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, QMenu)
    return shown


def guidelines(page: int) -> Reach:
    """The guidelines at the type of an event."""

    def reach(s: Sitting) -> QWidget:
        s.window.control.jump(annotation(s, "bắt"))
        if not s.window.guiding.is_shown:
            act(s, "guidelines")
        pane = s.window.findChildren(GuidelinesPanel)[0]
        assert page == SCHEMA or wait_until(lambda: pane.tabs.isTabVisible(GUIDELINES))
        pane.tabs.setCurrentIndex(page)
        return s.window

    return reach


state("guidelines", leads_on=True)(guidelines(GUIDELINES))
state("guidelines, schema page", leads_on=True)(guidelines(SCHEMA))


@state("guidelines that say nothing of a type", leads_on=True)
def _silent(s: Sitting) -> QWidget:
    guidelines(GUIDELINES)(s)
    s.window.control.jump(annotation(s, "huyện Yên Khánh"))
    pane = s.window.findChildren(GuidelinesPanel)[0]
    assert wait_until(lambda: pane.topic is not None and pane.topic.name == "GPE")
    return s.window


@state("guidelines that cannot be read")
def _unread(s: Sitting) -> QWidget:
    path = s.folder / "guidelines.md"
    whole = path.read_bytes()
    path.unlink()
    guidelines(GUIDELINES)(s)
    s.window.guiding.look_again()
    note = s.window.findChildren(ElidedLabel, "guidelines-note")[0]
    assert wait_until(lambda: note.isVisible() and "guidelines.md" in note.text())
    path.write_bytes(whole)
    return s.window


@state("no guidelines", schema="ace2005")
def _none(s: Sitting) -> QWidget:
    return guidelines(SCHEMA)(s)


def coached(step: int) -> Reach:
    """A step of the first run; the last is the words at its end."""

    def reach(s: Sitting) -> QWidget:
        run = s.window.first_run
        if run.at is None:
            act(s, "first_run")
            assert wait_until(lambda: run.at == 0 and run.card is not None and run.card.isVisible())
        run.go(step - (run.at or 0))
        return s.window

    return reach


for _step in range(len(STEPS) + 1):
    state(f"first run, {_step + 1}", leads_on=_step < len(STEPS))(coached(_step))


@state("recent folders")
def _recent(s: Sitting) -> QWidget:
    for name in (FOLDER, "/home/lan/b"):
        s.window.preferences.remember_folder(Path(name))
    menu = s.window.findChildren(RecentMenu)[0]
    menu.popup(s.window.mapToGlobal(s.window.rect().topLeft()))
    return menu


@state("what articles may hold")
def _wants(s: Sitting) -> QWidget:
    button = s.window.corpus_panel.findChildren(WantsButton)[0]
    menu = button.menu()
    menu.popup(s.window.mapToGlobal(s.window.rect().topLeft()))
    return menu


@state("articles filtered")
def _chips(s: Sitting) -> QWidget:
    s.window.corpus_panel.findChildren(WantsButton)[0].set_wants(Wants(flagged=True, broken=True, types=("PER", "Arrest-jail")))
    return s.window


@state("something dragged over the window")
def _drop(s: Sitting) -> QWidget:
    drag(s, s.folder / "a.txt")
    return s.window.findChildren(DropSheet)[0]


@state("something that cannot be dropped")
def _no_drop(s: Sitting) -> QWidget:
    drag(s, s.folder / "c.png")
    return s.window.findChildren(DropSheet)[0]


def drag(s: Sitting, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(s.window, QDragEnterEvent(QPointF(400, 300).toPoint(), Qt.DropAction.CopyAction, data, buttons, held))


@state("full screen")
def _full(s: Sitting) -> QWidget:
    act(s, "full_screen")
    return s.window


@state("panes hidden")
def _hidden(s: Sitting) -> QWidget:
    s.window.preferences.set_hidden(("corpus", "side"))
    return s.window


@state("time worked")
def _effort(s: Sitting) -> QWidget:
    effort = s.window.corpus_handlers.effort
    effort.switch(True)
    effort._clock = iter(range(0, 10**9, 60)).__next__
    for _ in range(8):
        effort.touch()
    effort.progressed.emit()
    s.window.preferences.set_effort(True)
    return s.window


@state("nothing open, with folders to come back to")
def _empty_again(s: Sitting) -> QWidget:
    s.window.preferences.remember_folder(Path(FOLDER))
    s.window.desk.drop()
    s.window.corpus_handlers.returning.missing.emit("/media/lan/Hà Nội/12/3")
    return s.window
