"""Everything that the window can show, as a table: a name, and what brings the window there and gives the widget to look at.

A further state is one more function, a further dialog one more line: ``dialog("settings", lambda s: Settings(s.window.look, s.window))``.
The tests that walk all widgets (clipped text, words of the other language, names for screen readers, ways out by Tab) read this table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QWidget

from annotator.gui.dialogs.export import ExportDialog
from annotator.gui.dialogs.key_sheet import KeySheet
from annotator.gui.dialogs.rescue import RescueDialog
from annotator.gui.hands import wait_until

from .conftest import ARTICLE, CTRL, Sit, Sitting, settle

Reach = Callable[[Sitting], QWidget]


@dataclass(frozen=True, slots=True)
class State:
    """`schema` is the label schema of the corpus in which the state is reached."""

    name: str
    reach: Reach
    schema: str


STATES: dict[str, State] = {}


def state(name: str, *, schema: str = "bkee") -> Callable[[Reach], Reach]:
    """Enter a function into the table."""

    def enter(reach: Reach) -> Reach:
        STATES[name] = State(name, reach, schema)
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
    (folder / "annotator.toml").write_text(f'schema = "{schema}"\n', encoding="utf-8")
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


def annotation(s: Sitting, text: str) -> str:
    document = s.session.document
    return next(item.id for item in document.annotations() if document.text.surface(item.spans) == text)


@contextmanager
def reached(s: Sitting, one: State) -> Iterator[QWidget]:
    """The widget of a state while it is shown; the window is as before behind it."""
    shown = one.reach(s)
    if s.window.session is not None:
        assert wait_until(lambda: s.session.is_saved or s.session.read_only is not None)
    settle()
    try:
        yield shown
    finally:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QMenu | QDialog) and widget.isVisible():
                widget.close()
        if s.window.session is None:
            s.open("a.txt")
        s.window.type_ahead.close_quietly()
        for line in s.window.corpus_panel.findChildren(QLineEdit):
            line.clear()
        for _ in range(4):
            s.press(Qt.Key.Key_Escape)
        s.window.view.setFocus()
        settle()


@state("article")
def _article(s: Sitting) -> QWidget:
    return s.window


@state("entity with a problem, a doubt and a note")
def _entity(s: Sitting) -> QWidget:
    s.window.control.jump(annotation(s, "tại Hà Nội"))
    if not s.window.inspector.flag.isChecked():
        s.press("m", modifiers=CTRL)
    s.window.inspector.note.setPlainText("hỏi lại")
    assert wait_until(lambda: s.window.inspector.problems.isVisible())
    return s.window


@state("frame open")
def _frame(s: Sitting) -> QWidget:
    s.window.control.jump(annotation(s, "bắt"))
    s.press(Qt.Key.Key_Return)
    return s.window


@state("role armed")
def _armed(s: Sitting) -> QWidget:
    _frame(s)
    s.press("t")
    return s.window


@state("several selected")
def _several(s: Sitting) -> QWidget:
    s.session.select_annotations(*(item.id for item in s.session.document.annotations()))
    return s.window


@state("leader")
def _leader(s: Sitting) -> QWidget:
    s.press("0")
    return s.window


@state("retype")
def _retype(s: Sitting) -> QWidget:
    s.window.control.jump(annotation(s, "tại Hà Nội"))
    s.press("*")
    return s.window


@state("refused")
def _refused(s: Sitting) -> QWidget:
    s.press("p")
    return s.window


@state("jump")
def _jump(s: Sitting) -> QWidget:
    s.press("q")
    return s.window


@state("type-ahead")
def _type_ahead(s: Sitting) -> QWidget:
    s.drag("Hai người")
    s.press("/")
    return s.window


@state("type-ahead without a match")
def _no_match(s: Sitting) -> QWidget:
    _type_ahead(s)
    s.window.type_ahead.edit.setText("xyzzy")
    return s.window


@state("no article matches")
def _filtered(s: Sitting) -> QWidget:
    s.window.corpus_panel.findChildren(QLineEdit)[0].setText("xyzzy")
    return s.window


@state("words and differences")
def _words(s: Sitting) -> QWidget:
    s.window.preferences.set_view(words=True)
    s.window.preferences.set_differences(True)
    return s.window


@state("read only")
def _read_only(s: Sitting) -> QWidget:
    s.open("c.txt")
    return s.window


@state("back to the article")
def _back(s: Sitting) -> QWidget:
    s.open("a.txt")
    s.window.preferences.set_view(words=False)
    s.window.preferences.set_differences(False)
    return s.window


@state("links", schema="ace2005")
def _links(s: Sitting) -> QWidget:
    if not s.session.document.relations:
        tools = s.window.desk.tools
        assert tools is not None
        person, place = annotation(s, "Trần Văn Nam"), annotation(s, "tại Hà Nội")
        for kind in ("same", "relation"):
            s.window.control.jump(annotation(s, "Hà Nội") if kind == "same" else person)
            tools.linker.begin(kind)  # type: ignore[arg-type]
            tools.linker.end(place, relation=tools.linker.allowed_relations(place)[0] if kind == "relation" else "")
    s.window.control.jump(annotation(s, "tại Hà Nội"))
    return s.window


@state("attributes", schema="ace2005")
def _attributes(s: Sitting) -> QWidget:
    s.window.control.jump(annotation(s, "bắt"))
    return s.window


def _menu(name: str) -> Reach:
    def reach(s: Sitting) -> QWidget:
        menu = s.window.menus.menus[name]
        menu.popup(s.window.mapToGlobal(s.window.rect().topLeft()))
        return menu

    return reach


for _name in ("file", "edit", "annotate", "words", "view", "go", "help"):
    STATES[f"menu {_name}"] = State(f"menu {_name}", _menu(_name), "bkee")


@state("context menu")
def _context(s: Sitting) -> QWidget:
    s.window.control.jump(annotation(s, "tại Hà Nội"))
    s.window.control.show_menu(s.window.menus, at=None)
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


@state("export")
def _export(s: Sitting) -> QWidget:
    corpus = s.window.desk.corpus
    assert corpus is not None
    s.saved()
    shown = ExportDialog(s.window.look, corpus, parent=s.window)
    shown.show()
    assert wait_until(lambda: shown.phase == "ready")
    return shown


dialog("key sheet", lambda s: KeySheet(s.window.look, s.session.schema, parent=s.window))
dialog("rescue", lambda s: RescueDialog(s.window.look, "disk", name="a.txt", parent=s.window))


@state("empty")
def _empty(s: Sitting) -> QWidget:
    s.window.desk.drop()
    return s.window
