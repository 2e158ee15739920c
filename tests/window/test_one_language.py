"""A screen in one language shows no word of the other, whatever state the window is in."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from annotator.core.schema import Schema
from annotator.formats.table import FORMATS
from annotator.gui.looks.badges import Badge
from annotator.gui.looks.elided import ElidedLabel
from annotator.gui.window.first_run import _ARTICLE, _TEXTS
from annotator.messages import Language, catalogue
from annotator.tasks.schemas import find_schema

from .conftest import ARTICLE, Sit
from .states import STATES, furnish, reached

WORD = re.compile(r"[^\W\d_]+")
FIELD = re.compile(r"\{\w+\}|https?://\S+")
# A shortcut behind an action's name: what stands on the keys.
KEYS = re.compile(r"\((?:(?:Ctrl|Alt|Shift|Meta)\+)*(?:Space|Left|Right|Up|Down|Return|Del|Esc|\S)\)")
# A folder shown short: its names are nobody's language.
_PLACE = re.compile(r"…[\\/]\S+")
OTHER: dict[Language, Language] = {"en": "vi", "vi": "en"}
# The names of the languages are said in themselves; the rest are names of things.
NAMES = "English Tiếng Việt Annotator annotator check disk txt json hỏi lại xyzzy một tên tệp rất dài của bài báo nào đó"
# What the first run names of its article.
FIRST_RUN = " ".join((_ARTICLE, *_TEXTS.values()))


def words(texts: Iterable[str]) -> set[str]:
    """The words of texts; letters by themselves are keys and numbers of things."""
    return {word.lower() for text in texts for word in WORD.findall(text) if len(word) > 1 or not word.isascii()}


def wording(schema: Schema, language: Language) -> Iterator[str]:
    """What a schema says in one language."""
    for item in (*schema.entities, *schema.events, *schema.roles, *schema.relations):
        yield item.label.said(language)
        yield getattr(item, "definition", item.label).said(language)
    for attribute in schema.attributes:
        yield from (held.label.said(language) for held in (attribute, *attribute.values))


def names(schema: Schema) -> Iterator[str]:
    """Names as they stand in files: the same in both languages."""
    for item in (*schema.entities, *schema.events, *schema.roles, *schema.relations, *schema.attributes):
        yield item.name
    for attribute in schema.attributes:
        yield from (value.name for value in attribute.values)


def vocabulary(language: Language, schema: Schema) -> set[str]:
    """The words that a language of the program has, those of the schema's labels and definitions among them."""
    said = (FIELD.sub(" ", sentence) for sentence in catalogue(language).values())
    return words([*said, *wording(schema, language)])


def visible_texts(root: QWidget) -> Iterator[str]:
    """What can be read on a widget, its tooltips and names for screen readers included."""
    for widget in [root, *root.findChildren(QWidget)]:
        if not widget.isVisible() or (isinstance(widget, QMenu) and widget is not root):
            continue
        yield from (widget.toolTip(), widget.accessibleName(), widget.windowTitle())
        match widget:
            case QLabel() | QAbstractButton() | ElidedLabel():
                yield widget.text()
            case Badge():
                yield widget.text
            case QLineEdit() | QPlainTextEdit():
                yield widget.placeholderText()
            case QComboBox():
                yield from (widget.itemText(row) for row in range(widget.count()))
            case QMenu() | QMenuBar():
                yield from (action.text() for action in widget.actions() if action.isVisible())
            case QAbstractItemView():
                yield from cells(widget)
            case _:
                pass
    yield from (action.toolTip() for action in root.findChildren(QAction) if action.isVisible())


def cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    whole = QModelIndex()
    columns = view.horizontalHeader().count() if isinstance(view, QTableView) else 1
    for column in range(columns if model is not None else 0):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(model.rowCount(whole)):
            index = model.index(row, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                yield str(index.data(role) or "")


def spoken(text: str) -> set[str]:
    # What stands in braces is typed so in a template, whatever the language.
    bare = FIELD.sub(" ", text)
    return words([KEYS.sub(" ", html.unescape(re.sub(r"<[^>]*>", " ", re.sub("&(?!\\w+;)", "", bare))))])


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("schema", sorted({one.schema for one in STATES.values()}))
def test_no_word_of_the_other_language(sit: Sit, tmp_path: Path, schema: str, language: Language) -> None:
    known = find_schema(schema)
    own, other = vocabulary(language, known), vocabulary(OTHER[language], known)
    foreign = other - own - words([ARTICLE, NAMES, FIRST_RUN, *FORMATS, *names(known)])
    below = re.compile(re.escape(str(tmp_path)) + r"\S*")
    assert len(foreign) > 500
    s = furnish(sit, tmp_path / "corpus", schema=schema, language=language)
    found: dict[str, str] = {}
    seen = 0
    for one in STATES.values():
        if one.schema == schema:
            with reached(s, one) as shown:
                texts = {_PLACE.sub("", below.sub("", text)) for text in visible_texts(shown)}
                seen += len(texts)
                found |= {text: f"{one.name}: {text!r} has {alien}" for text in texts if (alien := sorted(spoken(text) & foreign))}
    assert seen > 50 and not found, "\n".join(found.values())


def test_a_word_of_the_other_language_is_found(sit: Sit) -> None:
    s = sit(language="vi")
    stray = QLabel("Saved on disk", s.window.centre)
    stray.setTextFormat(Qt.TextFormat.PlainText)
    stray.show()
    foreign = vocabulary("en", s.session.schema) - vocabulary("vi", s.session.schema)
    assert any(spoken(text) & foreign for text in visible_texts(s.window) if "Saved" in text)
