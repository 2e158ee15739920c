"""One line of a megabyte behaves like any text: what is laid out is what is seen."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from annotator.gui.hands import wait_until

from .conftest import CTRL, Sit, Sitting, check_slices, settle

SYLLABLES = "nhà nước người dân thành phố Huế ông Nam bà Lan đi về làm việc trong khi đó hôm qua sáng nay trên đường quốc lộ xe tải"


def long_line(size: int = 1_000_000) -> str:
    """Words drawn at random, a full stop now and then, and not one line break."""
    draw, syllables = random.Random(7), SYLLABLES.split()

    def words() -> Iterator[str]:
        held = 0
        while held < size:
            word = draw.choice(syllables)
            held += len(word.encode()) + 1
            yield word if draw.random() > 0.06 else f"{word}."

    return " ".join(words())


@pytest.fixture(scope="module")
def content() -> str:
    made = long_line()
    assert len(made.encode()) >= 1_000_000 and "\n" not in made
    return made


def laid_out(s: Sitting) -> int:
    sheet = s.window.view.sheet
    assert sheet is not None
    return len(sheet.page.cache)


def test_a_line_of_a_megabyte_opens_scrolls_and_is_tagged(sit: Sit, content: str) -> None:
    s = sit("Ông Nam về Huế.\n")
    (s.folder / "b.txt").write_text(content)
    s.window.desk.open_article(s.folder / "b.txt")
    # A large article is read beside the window's thread; the status bar says so meanwhile.
    assert s.message == s.told("gui.opening", name="b.txt") and s.session.path.name == "a.txt"
    assert wait_until(lambda: s.session.path.name == "b.txt", seconds=20)
    assert s.message == ""
    s.window.grab()
    assert s.session.document.text.line_count == 1 and s.session.document.words.is_complete
    assert 0 < laid_out(s) < 30
    view, bar = s.window.view, s.window.view.verticalScrollBar()
    span = (len(content) // 2, content.index(" ", len(content) // 2))
    start = content.index(" Huế ", span[1]) + 1
    for _ in range(3):
        bar.setValue(bar.value() + view.viewport().height())
        s.window.grab()
    bar.setValue(bar.maximum() // 2)
    s.window.grab()
    assert laid_out(s) < 60
    s.press(Qt.Key.Key_F3)
    s.hands.drag((start, start + 3))
    s.press("g")
    assert s.surfaces() == [("GPE", "Huế")]
    chip = view.chip_rect("T1")
    assert chip is not None and view.viewport().rect().intersects(chip.toRect())
    assert laid_out(s) < 90
    assert wait_until(lambda: s.session.is_saved, seconds=10)
    check_slices(s.sidecar("b.txt"), content)
    s.press(Qt.Key.Key_End, modifiers=CTRL)
    settle()
    assert s.session.caret == len(content) and bar.value() == bar.maximum()
    s.press(Qt.Key.Key_Home, modifiers=CTRL)
    assert s.session.caret == 0 and bar.value() < view.viewport().height()
    s.press(Qt.Key.Key_F7)
    s.window.grab()
    assert laid_out(s) < 90


def test_a_large_file_that_cannot_be_read_is_refused_and_nothing_is_left_waiting(sit: Sit) -> None:
    s = sit("Ông Nam về Huế.\n")
    (s.folder / "b.txt").write_bytes(bytes(range(256)) * 800)
    s.window.desk.open_article(s.folder / "b.txt")
    assert wait_until(lambda: s.message.startswith("⚠") and "b.txt" in s.message, seconds=5)
    assert s.session.path.name == "a.txt"
    # When the refusal has been read, the bar does not go back to saying that the file is being opened.
    s.window.status._timer.timeout.emit()
    assert s.message == ""
