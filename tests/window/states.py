"""Everything that the window can show, as a table: a name, and what brings the window there and gives the widget to look at.

A further state is one more function, a further dialog one more line: ``dialog("settings", lambda s: Settings(s.window.look, s.window))``.
The tests that walk all widgets (clipped text, words of the other language, names for screen readers, ways out by Tab) read this table.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from annotator.gui.dialogs.key_sheet import KeySheet
from annotator.gui.dialogs.rescue import RescueDialog
from annotator.gui.hands import wait_until

from . import states_of_exports, states_of_panes, states_of_searches, states_of_statistics, states_of_suggestions
from .conftest import CTRL, Sitting
from .state_table import STATES, Reach, State, annotation, dialog, furnish, reached, state

__all__ = [
    "STATES",
    "State",
    "furnish",
    "reached",
    "states_of_exports",
    "states_of_panes",
    "states_of_searches",
    "states_of_statistics",
    "states_of_suggestions",
]


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


dialog("key sheet", lambda s: KeySheet(s.window.look, s.session.schema, parent=s.window))
dialog("rescue", lambda s: RescueDialog(s.window.look, "disk", name="a.txt", parent=s.window))


@state("empty")
def _empty(s: Sitting) -> QWidget:
    s.window.desk.drop()
    return s.window
