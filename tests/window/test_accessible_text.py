"""What a screen reader is told of any article: positions, labels and units that fit together, and nothing told to nobody."""

from __future__ import annotations

import ctypes
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import Shiboken

from annotator.core.document import Document
from annotator.gui.canvas.accessible_article import ArticleText
from annotator.gui.canvas.accessible_slots import answer_the_rest
from annotator.gui.canvas.accessible_text import Boundary, SpokenText
from annotator.gui.canvas.view import ArticleView
from annotator.gui.looks.look import Look
from annotator.gui.work.session import Durable, Session
from tests.strategies import SCHEMA, documents

from .conftest import CTRL, Sit

UNITS = (
    Boundary.CharBoundary, Boundary.WordBoundary, Boundary.SentenceBoundary, Boundary.LineBoundary, Boundary.ParagraphBoundary,
)  # fmt: skip
SYSTEM_V = sys.platform == "linux" and platform.machine() == "x86_64"


@pytest.fixture(scope="module")
def view(qapp: QApplication) -> ArticleView:
    canvas = ArticleView(Look(language="vi"))
    canvas.resize(600, 400)
    return canvas


def show(view: ArticleView, document: Document) -> SpokenText:
    view.set_session(Session(document, SCHEMA, path=Path("a.txt"), durable=Durable(0, None), read_only=None))
    return SpokenText(view)


def u16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(document=documents())
def test_every_offset_has_its_position_and_back(view: ArticleView, document: Document) -> None:
    spoken, content = show(view, document), document.text.content
    assert spoken.count() == u16(content)
    for offset in range(len(content) + 1):
        position = u16(content[:offset])
        assert spoken.u16_of(offset) == position and spoken.offset(position) == offset
        assert spoken.slice(0, position) + spoken.slice(position, -1) == spoken.slice(0, -1)
    # One character for one, so that the reader's positions are ours.
    assert u16(spoken.slice(0, -1)) == spoken.count() and len(spoken.slice(0, -1)) == len(content)


@given(document=documents())
def test_runs_of_labels_lie_end_to_end_over_the_text(view: ArticleView, document: Document) -> None:
    spoken, at = show(view, document), 0
    while at < spoken.count():
        said, start, end = spoken.labels(at)
        assert start == at < end
        for offset in range(spoken.offset(start), spoken.offset(end)):
            over = [item for item in document.annotations() if any(s <= offset < e for s, e in item.spans)]
            assert bool(over) == bool(said)
            assert all(spoken.said_of([item]).partition(",")[0] in said for item in over)
            assert spoken.labels(spoken.u16_of(offset)) == (said, start, end)
        at = end
    assert spoken.labels(at) == ("", at, at)


@given(document=documents())
@pytest.mark.parametrize("boundary", UNITS, ids=str)
def test_units_lie_end_to_end_over_the_text(view: ArticleView, document: Document, boundary: Boundary) -> None:
    spoken, at, before = show(view, document), 0, ("", 0, 0)
    while at < spoken.count():
        unit = spoken.at(at, boundary)
        assert unit[1] == at < unit[2] and unit[0] == spoken.slice(at, unit[2])
        assert spoken.at(unit[2] - 1, boundary) == unit and spoken.before(at, boundary) == before
        if unit[2] < spoken.count():
            assert spoken.after(at, boundary) == spoken.at(unit[2], boundary)
        before, at = unit, unit[2]


@pytest.mark.skipif(not SYSTEM_V, reason="Qt asks for these in Python's place on Linux with x86-64 only")
@given(document=documents(), pick=st.integers(0, 10**6))
def test_qt_itself_gets_the_answers_that_pyside_leaves_out(view: ArticleView, document: Document, pick: int) -> None:
    spoken = show(view, document)
    text = ArticleText(view, spoken)
    assert not answer_the_rest(text, spoken), "a table that is not Qt's own any more is left alone"
    address = Shiboken.getCppPointer(text)[0]
    table = ctypes.cast(ctypes.c_void_p.from_address(address).value or 0, ctypes.POINTER(ctypes.c_void_p))
    start, end = ctypes.c_int(-7), ctypes.c_int(-7)
    session = view.session
    assert session is not None
    at = pick % len(document.text)
    session.select_text(((at, at + 1),))
    select = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(table[2] or 0)
    select(address, 0, ctypes.addressof(start), ctypes.addressof(end))
    assert [(start.value, end.value)] == spoken.selections()
    select(address, 5, ctypes.addressof(start), ctypes.addressof(end))
    assert (start.value, end.value) == (0, 0)
    # A QString: what it shares, where its letters are, how many.
    string = (ctypes.c_void_p * 3)()
    ask = ctypes.CFUNCTYPE(ctypes.c_void_p, *[ctypes.c_void_p] * 2, ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(table[17] or 0)
    ask(ctypes.addressof(string), address, spoken.u16_of(at), ctypes.addressof(start), ctypes.addressof(end))
    length = string[2] or 0
    said = ctypes.string_at(string[1], 2 * length).decode("utf-16-le") if length else ""
    assert (said, start.value, end.value) == spoken.labels(spoken.u16_of(at))


def test_places_on_the_screen_lead_back_to_their_characters(sit: Sit) -> None:
    s = sit("Ông Nam 😀 sống ở Hà Nội.\n" * 400)
    face = QAccessible.queryAccessibleInterface(s.window.view)
    text = face.textInterface()
    for word in ("Nam", "😀", "sống", "Hà Nội"):
        position = u16(s.content[: s.find(word)[0]])
        rect = text.characterRect(position)
        assert rect.height() > 8 and rect.width() > 1
        assert text.offsetAtPoint(rect.center()) == position
    assert text.offsetAtPoint(QPoint(-5, -5)) == -1
    # Asking about the end of a long text lays out its one block.
    assert text.characterRect(text.characterCount() - 3).top() > rect.top()
    assert s.window.view.sheet is not None and len(s.window.view.sheet.page.cache) < 60


def test_a_reader_moves_the_caret_and_selects(sit: Sit) -> None:
    s = sit("Ông Nam 😀 sống ở Hà Nội.\n")
    text = QAccessible.queryAccessibleInterface(s.window.view).textInterface()
    text.setCursorPosition(u16("Ông Nam 😀 "))
    assert s.session.caret == len("Ông Nam 😀 ") and s.session.caret_active
    start = u16("Ông Nam 😀 sống ở ")
    text.addSelection(start, start + 6)
    text.addSelection(0, 7)
    assert [s.content[a:b] for a, b in s.session.selection] == ["Ông Nam", "Hà Nội"]
    text.removeSelection(0)
    s.press("g")
    assert s.surfaces() == [("GPE", "Hà Nội")]
    text.setSelection(0, 3, 4)
    assert s.session.selection == (), "a blank is nothing to select"


def test_labels_are_told_with_role_and_doubt_in_the_language_of_the_window(sit: Sit) -> None:
    s = sit(language="vi")
    face = QAccessible.queryAccessibleInterface(s.window.view)
    s.mark("bắt", "6")
    s.drag("Trần Văn Nam")
    s.press("p")
    s.select("T1")
    s.press("m", modifiers=CTRL)
    said = face.text(QAccessible.Text.Description)
    role = s.window.look.role_label(s.session.schema, "Person")
    assert said == f"Người, {role}, còn nghi vấn: Trần Văn Nam"
    assert face.text(QAccessible.Text.Name) == "Văn bản a.txt"


def test_nothing_is_said_while_nobody_listens(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    s = sit()
    told: list[QAccessibleEvent] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", told.append)
    s.mark("tử vong", "3")
    s.walk("Huế")
    assert told == [] and not QAccessible.isActive()


@pytest.mark.skipif(not SYSTEM_V, reason="another calling convention")
def test_canvases_come_and_go_and_nobody_looks_into_what_is_freed() -> None:
    """Memory that is given back is overwritten here: whoever still looks into it crashes."""
    script = (
        "import gc; from pathlib import Path; from PySide6.QtCore import QCoreApplication, QEvent\n"
        "from PySide6.QtGui import QAccessible; from annotator.gui.app import make_application\n"
        "from annotator.gui.canvas.accessible_article import make_accessible\n"
        "from annotator.gui.canvas.view import ArticleView; from annotator.gui.looks.look import Look\n"
        "app, look = make_application(), Look(language='vi')\n"
        "for number in range(6):\n"
        "    view = ArticleView(look); held = make_accessible(view) if number % 2 else QAccessible.queryAccessibleInterface(view)\n"
        "    view.deleteLater(); QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)\n"
        "    del view, held; gc.collect()\n"
        "print('whole')\n"
    )
    env = {**os.environ, "PYTHONMALLOC": "debug", "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, "whole\n"), done.stderr
