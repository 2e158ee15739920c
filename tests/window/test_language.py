"""Both languages, at run time: no key of the catalogue is ever seen, and everything that is said changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QLineEdit, QMenu, QPlainTextEdit, QWidget

from annotator.gui.keys.actions import ACTIONS
from annotator.gui.looks.elided import ElidedLabel
from annotator.gui.panels.annotations import AnnotationTable
from annotator.gui.panels.annotations_model import Column
from annotator.messages import catalogue

from .conftest import CTRL, Sit, Sitting

AREAS = sorted({key.split(".")[0] for language in ("en", "vi") for key in catalogue(language)})  # type: ignore[arg-type]
KEY = re.compile(rf"(?<![\w.])(?:{'|'.join(AREAS)})\.[a-z][\w-]*(?:\.[\w-]+)*(?![\w.])")
FIELD = re.compile(r"\{\w+\}")
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def said(root: QObject, *, shown: bool = False) -> Iterator[tuple[str, str]]:
    """Everything that a window can say, or only what is `shown` just now: (where, text)."""
    for thing in [root, *root.findChildren(QObject)]:
        if shown and isinstance(thing, QWidget) and not thing.isVisible():
            continue
        where = f"{type(thing).__name__} {thing.objectName()}"
        if isinstance(thing, QWidget):
            yield from ((where, text) for text in (thing.toolTip(), thing.accessibleName(), thing.windowTitle(), thing.statusTip()))
        if isinstance(thing, QAction):
            yield from ((where, text) for text in (thing.text(), thing.toolTip()))
        if isinstance(thing, QMenu):
            yield where, thing.title()
        if isinstance(thing, QLabel | QAbstractButton | ElidedLabel):
            yield where, thing.text()
        if isinstance(thing, QLineEdit | QPlainTextEdit):
            yield where, thing.placeholderText()
        if isinstance(thing, QComboBox):
            yield from ((where, thing.itemText(row)) for row in range(thing.count()))
        if isinstance(thing, QAbstractItemView) and thing.model() is not None:
            yield from ((where, text) for text in cells(thing))


def cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for column in range(len(Column) if isinstance(view, AnnotationTable) else 1):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(model.rowCount()):
            yield from (str(model.index(row, column).data(role) or "") for role in ROLES)


def check_words(s: Sitting) -> None:
    everything = [*said(s.window), *((offer.key, offer.tip) for offer in s.window.palette_line.offers())]
    assert len(everything) > 300
    for where, text in everything:
        assert not KEY.search(text.replace("a.txt.ann.json", "")), (where, text)
        assert not FIELD.search(text), (where, text)


def states(s: Sitting) -> Iterator[None]:
    """The window in what it can be: empty handed, an annotation shown, a frame open, a leader pressed, something refused, read-only."""
    yield
    event = s.mark("bắt", "6")
    s.drag("Trần Văn Nam")
    s.press("p")
    yield
    s.press("0")
    yield
    s.press("z")
    yield
    s.press(Qt.Key.Key_Escape)
    s.select("T1")
    s.press("m", modifiers=CTRL)
    yield
    s.select(event)
    s.press("/")
    yield
    s.press("/")


@pytest.mark.parametrize("language", ["en", "vi"])
def test_no_key_of_the_catalogue_is_seen(sit: Sit, language: str) -> None:
    s = sit(language=language)
    for _ in states(s):
        s.window.grab()
        check_words(s)


def test_the_language_changes_while_the_window_is_open(sit: Sit) -> None:
    s = sit()
    for _ in states(s):
        spoken = {}
        for language in ("vi", "en"):
            s.window.preferences.set_language(language)  # type: ignore[arg-type]
            check_words(s)
            spoken[language] = {spec.name: s.window.menus.actions[spec.name].text() for spec in ACTIONS}
        same = [name for name, text in spoken["en"].items() if text == spoken["vi"][name]]
        assert set(same) <= {"language_en", "language_vi"}


def test_what_the_panes_say_is_in_the_language_chosen(sit: Sit) -> None:
    s = sit()
    s.mark("bắt", "6")
    spoken = {}
    for language in ("en", "vi"):
        s.window.menus.actions[f"language_{language}"].trigger()
        labels = [text for _, text in said(s.window, shown=True) if text]
        spoken[language] = set(labels)
        catalogued = set(catalogue(language).values())  # type: ignore[arg-type]
        other = set(catalogue("en" if language == "vi" else "vi").values()) - catalogued
        assert not {text for text in labels if text in other and text not in ("English", "Tiếng Việt")}
        assert s.window.palette_line.offers()[1].label == s.window.look.role_label(s.session.schema, "Person")
    assert len(spoken["en"] - spoken["vi"]) > 80


def test_a_read_only_article_and_an_empty_window_speak_too(sit: Sit) -> None:
    s = sit()
    (s.folder / "b.txt").write_text("Huế\n")
    (s.folder / "b.txt.ann.json").write_bytes(b"{")
    s.open("b.txt")
    for language in ("vi", "en"):
        s.window.preferences.set_language(language)  # type: ignore[arg-type]
        check_words(s)
    s.window.desk.drop()
    for language in ("vi", "en"):
        s.window.preferences.set_language(language)  # type: ignore[arg-type]
        for where, text in said(s.window):
            assert not KEY.search(text.replace(".ann.json", "")), (where, text)


def test_text_of_a_stranger_is_shown_as_it_is_and_never_as_markup(sit: Sit) -> None:
    s = sit("Giá <b>tăng</b> ở <img src=x> Huế.\n")
    s.press(Qt.Key.Key_F4)
    s.select(s.mark("<b>tăng</b>", "m"))
    s.window.grab()
    for thing in s.window.findChildren(QLabel):
        assert thing.textFormat() == Qt.TextFormat.PlainText or not thing.text(), thing.objectName()
    for where, text in said(s.window):
        if "<img" in text or "<b>tăng" in text:
            assert where.split()[0] in ("ElidedLabel", "AnnotationTable", "Chip"), (where, text)
    s.saved()
    assert s.sidecar()["entities"][0]["text"] == "<b>tăng</b>"
