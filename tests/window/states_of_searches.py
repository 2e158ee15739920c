"""States of finding, tagging all and what is asked for in dialogs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from annotator.core.errors import AnnotatorError
from annotator.gui.dialogs.settings import SettingsDialog
from annotator.gui.dialogs.shortcuts import KeyPage
from annotator.gui.dialogs.tag_all import TagAllDialog
from annotator.gui.dialogs.take_back import TakeBackDialog
from annotator.gui.hands import wait_until
from annotator.gui.window.looking import is_read_by_text
from annotator.tasks.tagging_all import Refused

from .conftest import Sitting, settle
from .state_table import Reach, act, annotation, dialog, state


def looks_for(text: str, *, expression: bool = False) -> Reach:
    """The line above the text with `text` in it."""

    def reach(s: Sitting) -> QWidget:
        s.session.clear_selection()
        act(s, "find")
        field = s.window.finding.line.field
        field.edit.clear()
        field.switches["expression"].setChecked(expression)
        field.edit.setText(text)
        assert wait_until(lambda: s.window.finding.line.count.text() != "…")
        return s.window

    return reach


state("find line")(looks_for(""))
state("find line with hits")(looks_for("Nam"))
state("find line without a hit")(looks_for("xyzzy"))
state("find line with a bad expression")(looks_for("(Nam", expression=True))


@state("corpus hits")
def _corpus_hits(s: Sitting) -> QWidget:
    s.drag("Hà Nội")
    act(s, "find_corpus")
    assert wait_until(lambda: bool(s.window.finding.panel.list.places.rows))
    return s.window


@state("corpus hits, none")
def _no_corpus_hits(s: Sitting) -> QWidget:
    act(s, "find_corpus")
    panel = s.window.finding.panel
    panel.field.edit.setText("xyzzy")
    panel.search_button.click()
    assert wait_until(lambda: panel.standing.text() == s.told("gui.hits.none"))
    return s.window


def tag_all(*, over: bool = False, scope: str = "document") -> Reach:
    """The dialog for a name of which one place is annotated."""

    def reach(s: Sitting) -> QWidget:
        s.window.control.jump(annotation(s, "Trần Văn Nam"))
        act(s, "tag_all")
        shown = QApplication.activeModalWidget()
        assert isinstance(shown, TagAllDialog), s.message
        shown.form.switches["words"].setChecked(False)
        shown.form.text.setText("Nam")
        shown.form.switches["over"].setChecked(over)
        shown.form.place.setCurrentIndex(shown.form.place.findData(scope))
        shown.form.place.picked.emit(scope)
        # What was typed is looked for once the typing pauses.
        assert wait_until(lambda: not any(timer.isActive() for timer in shown.findChildren(QTimer)))
        assert wait_until(lambda: shown.phase == "ready" and bool(shown.list.places.rows))
        return shown

    return reach


state("tag all, some blocked")(tag_all())
state("tag all, over what is there")(tag_all(over=True))
state("tag all in the corpus")(tag_all(scope="corpus"))


def _taken_back(s: Sitting) -> TakeBackDialog:
    refused = [Refused(s.folder / "b một tên tệp rất dài của một bài báo nào đó.txt", AnnotatorError("source-changed", path="b.txt"))]
    return TakeBackDialog(s.window.look, [], already=[Path("a.txt"), *refused], cross_out=lambda path: None, parent=s.window)


dialog("take back", _taken_back)


def settings(page: str) -> Reach:
    def reach(s: Sitting) -> QWidget:
        shown = SettingsDialog(s.window.preferences, is_read=is_read_by_text, parent=s.window)
        shown.show_page(page)  # type: ignore[arg-type]
        shown.show()
        settle()
        return shown

    return reach


for _page in ("look", "label", "keys"):
    state(f"settings, {_page}")(settings(_page))


@state("shortcuts with a clash")
def _clash(s: Sitting) -> QWidget:
    shown = settings("keys")(s)
    page = shown.findChildren(KeyPage)[0]
    page.choose("view_words")
    page.recorder.take("Ctrl+Z")
    return shown


@state("forget what was learnt")
def _forget(s: Sitting) -> QWidget:
    act(s, "forget_learnt")
    shown = s.window.findChild(QDialog, "forget")
    assert shown is not None
    return shown
