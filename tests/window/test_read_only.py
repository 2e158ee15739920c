"""What cannot be trusted opens read-only with the reason, and looking at an article writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.core import commands
from annotator.core.edits import apply
from annotator.store.sidecar import encode, load, sidecar_path
from annotator.store.snapshot import take_snapshot

from .conftest import ARTICLE, CTRL, Sit, settle

Spoil = Callable[[Path, bytes], None]


def good_sidecar(source: Path) -> bytes:
    document = load(source).document
    start = ARTICLE.index("Huế")
    apply(document, commands.tag(document, [(start, start + 3)], "GPE"))
    return encode(take_snapshot(document), revision=1)


def broken(source: Path, good: bytes) -> None:
    sidecar_path(source).write_bytes(good[: len(good) // 2])


def flipped(source: Path, good: bytes) -> None:
    sidecar_path(source).write_bytes(good.replace("Huế".encode(), "Huê".encode()))


def newer(source: Path, good: bytes) -> None:
    sidecar_path(source).write_bytes(good.replace(b'"version": 1', b'"version": 9'))


def other_text(source: Path, good: bytes) -> None:
    sidecar_path(source).write_bytes(good)
    source.write_bytes(source.read_bytes().replace("Huế".encode(), b"Vinh"))


def no_json(source: Path, good: bytes) -> None:
    sidecar_path(source).write_bytes(b"\x00\xff")


CASES: list[tuple[Spoil, str]] = [
    (broken, "sidecar-damaged"),
    (flipped, "sidecar-damaged"),
    (newer, "newer-version"),
    (other_text, "source-changed"),
    (no_json, "sidecar-damaged"),
]


def listing(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Everything in a folder: names, bytes and when each was written."""
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(("spoil", "code"), CASES, ids=[spoil.__name__ for spoil, _ in CASES])
def test_a_sidecar_that_does_not_hold_is_shown_and_never_written_over(sit: Sit, tmp_path: Path, spoil: Spoil, code: str) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    source = folder / "a.txt"
    source.write_bytes(ARTICLE.encode())
    spoil(source, good_sidecar(source))
    before = listing(folder)
    s = sit(folder=folder)
    banner = s.window.centre.banner
    assert s.session.read_only is not None and s.session.read_only.code == code
    assert banner.isVisible() and s.window.look.explain(s.session.read_only) in banner.text()
    assert s.window.status.saving == s.told("gui.status.read_only")
    reason = s.window.look.explain(s.session.read_only)
    s.drag("Hà Nội")
    s.press("g")
    assert s.window.bubble.isVisible() and s.window.bubble.text() == reason and s.message == f"⚠ {reason}"
    s.press("_", "3")
    s.press("d", modifiers=CTRL)
    s.press("z", modifiers=CTRL)
    assert not s.session.changes and ("GPE", "Hà Nội") not in s.surfaces()
    assert s.close()
    assert listing(folder) == before


def test_a_broken_sidecar_is_copied_to_the_persons_own_folder(sit: Sit, tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    source = folder / "a.txt"
    source.write_bytes(ARTICLE.encode())
    broken(source, good_sidecar(source))
    sit(folder=folder)
    copies = list((home / "unreadable").iterdir())
    assert [copy.read_bytes() for copy in copies] == [sidecar_path(source).read_bytes()]


def test_the_banner_speaks_the_windows_language_and_goes_with_the_article(sit: Sit, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_bytes(ARTICLE.encode())
    no_json(folder / "a.txt", b"")
    s = sit(folder=folder)
    english = s.window.centre.banner.text()
    s.window.preferences.set_language("vi")
    vietnamese = s.window.centre.banner.text()
    assert english != vietnamese and s.session.read_only is not None
    assert s.window.look.explain(s.session.read_only) in vietnamese
    s.open("b.txt")
    assert not s.window.centre.banner.isVisible()
    s.mark("Huế", "g")
    assert s.saved()["entities"][0]["text"] == "Huế"


def test_looking_writes_nothing(sit: Sit) -> None:
    s = sit({"a.txt": ARTICLE * 40, "b.txt": ARTICLE, "đ.txt": "Đoàn đại_biểu thăm Quảng_Trị .\n"})
    before = listing(s.folder)
    bar = s.window.view.verticalScrollBar()
    for name in ("a.txt", "b.txt", "đ.txt", "a.txt"):
        s.open(name)
        for key in (Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F9, Qt.Key.Key_F3, Qt.Key.Key_F2, Qt.Key.Key_PageDown):
            s.press(key)
        bar.setValue(bar.maximum())
        s.window.grab()
        s.hands.click(3)
        s.hands.double_click(0)
        s.drag(s.content[:9])
        s.press("/")
        QTest.keyClick(s.window.type_ahead.edit, Qt.Key.Key_Escape)
        settle()
        s.press(Qt.Key.Key_Escape, "*", Qt.Key.Key_Escape)
    assert s.window.desk.session is not None and not s.session.changes
    assert s.close()
    assert listing(s.folder) == before


def test_looking_at_a_finished_article_writes_nothing(sit: Sit) -> None:
    s = sit()
    s.mark("Huế", "g")
    s.press("d", modifiers=CTRL)
    s.saved()
    assert s.close()
    before = listing(s.folder)
    s = sit(folder=s.folder)
    s.select("T1")
    s.press(Qt.Key.Key_Return, modifiers=CTRL)
    assert s.close()
    assert listing(s.folder) == before


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "file-empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "file-not-text"),
        (b"Huy\xfan \xd7\x81", "encoding-unknown"),
    ],
)
def test_an_article_that_cannot_be_opened_is_named_and_the_rest_opens(sit: Sit, raw: bytes, code: str) -> None:
    s = sit({"a.txt": ARTICLE, "b.txt": raw})
    s.window.desk.open_article(s.folder / "b.txt")
    settle()
    assert "b.txt" in s.message and s.window.bubble.isVisible()
    assert s.session.path.name == "a.txt"
    s.mark("Huế", "g")
    assert s.saved()["entities"]
