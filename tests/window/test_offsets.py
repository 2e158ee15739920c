"""Texts that break naive offsets: what is selected on the screen is what stands in the sidecar, and no character is ever cut."""

from __future__ import annotations

import unicodedata

import pytest
import regex
from PySide6.QtCore import Qt

from .conftest import ALT, SHIFT, Sit, check_slices

ARTICLES = {
    "emoji": "🎉🎉 Ông Nam 👨‍👩‍👧‍👦 đến Huế 🇻🇳 hôm qua 👍🏽 với bà Lan.\n😀 Bà Lan ở Huế.\n",
    "crlf": "Ông Nam về Huế.\r\nBà Lan ở Hà Nội.\r\n\r\nHuế mưa to.\r\n",
    "bom": "\ufeffHuế có mưa to.\nÔng Nam đến Huế.\n",
    "nfd": unicodedata.normalize("NFD", "Ông Nguyễn Văn Nam đến thành phố Huế.\nBà Lan ở Hà Nội.\n"),
    "separators": "Ông Nam\u2028đến Huế\u2029rồi về Hà Nội\x85cùng bà Lan\x0cở Huế.\nBà Lan\u00a0ở\u200bHuế.\n",
    "astral": "𝔸𝔹 Nam 𠀀𠀁 ở Huế 🏳️‍🌈 và Lan.\n",
    "tabs": "Tên:\tNam\t\tQuê:\tHuế\nTên:\tLan\x01\tQuê:\tVinh\x00.\n",
    "cr alone": "Ông Nam\rđến Huế\rrồi về.\nBà Lan ở Huế.\n",
}


def clusters(content: str) -> set[int]:
    return {0, *(found.end() for found in regex.finditer(r"\X", content))}


def wanted(content: str) -> list[str]:
    huế = unicodedata.normalize("NFD", "Huế") if unicodedata.normalize("NFD", content) == content and "Huế" not in content else "Huế"
    return [name for name in ("Nam", huế, "Lan") if name in content]


@pytest.mark.parametrize("name", ARTICLES)
def test_every_place_is_tagged_by_mouse_where_it_is_seen(sit: Sit, name: str) -> None:
    content = ARTICLES[name]
    s = sit(content)
    assert s.content == content
    s.press(Qt.Key.Key_F4)
    expected = []
    for text in wanted(content):
        start = 0
        while (start := content.find(text, start)) >= 0:
            span = (start, start + len(text))
            s.hands.drag(span)
            s.press("p")
            expected.append(span)
            start += len(text)
    saved = s.saved()
    check_slices(saved, content)
    assert sorted(tuple(item["spans"][0]) for item in saved["entities"]) == sorted(expected)
    assert saved["source"]["characters"] == len(content)
    assert (s.folder / "a.txt").read_bytes() == content.encode()


@pytest.mark.parametrize("name", ARTICLES)
def test_no_selection_ever_cuts_a_character(sit: Sit, name: str) -> None:
    content = ARTICLES[name]
    s = sit(content)
    edges = clusters(content)
    for level in (Qt.Key.Key_F4, Qt.Key.Key_F3, Qt.Key.Key_F2):
        s.press(level)
        for start in range(0, len(content) - 2, 3):
            if content[start] in "\n\r" or content[start + 2] in "\n\r":
                continue
            s.hands.drag((start, start + 3))
            assert all(edge in edges for span in s.session.selection for edge in span), (start, s.session.selection)
        s.hands.click(0)
        for _ in range(12):
            s.press(Qt.Key.Key_Right, modifiers=SHIFT)
            assert all(edge in edges for span in s.session.selection for edge in span)


def test_edges_move_by_what_a_reader_sees_as_a_character(sit: Sit) -> None:
    content = ARTICLES["emoji"]
    s = sit(content)
    s.press(Qt.Key.Key_F3)
    s.select(s.mark("Nam", "p"))
    edges = clusters(content)
    for key in [Qt.Key.Key_Down] * 6 + [Qt.Key.Key_Up] * 4:
        s.press(key, modifiers=ALT)
        assert s.item("T1").spans[0][1] in edges
    s.press(",")
    for key in [Qt.Key.Key_Up] * 6:
        s.press(key, modifiers=ALT)
        assert s.item("T1").spans[0][0] in edges
    check_slices(s.saved(), content)


@pytest.mark.parametrize("name", ["emoji", "bom", "nfd", "separators"])
def test_the_sidecar_reads_back_in_the_window(sit: Sit, name: str) -> None:
    s = sit(ARTICLES[name])
    for text in wanted(ARTICLES[name]):
        s.mark(text, "p")
    s.saved()
    before, raw = s.surfaces(), s.raw()
    assert s.close()
    s = sit(folder=s.folder)
    assert s.session.read_only is None and s.surfaces() == before
    for item in list(s.session.document.annotations()):
        s.select(item.id)
    assert s.close() and s.raw() == raw


@pytest.mark.parametrize(
    ("encoding", "text"), [("utf-16", "Ông Nam ở Huế 🎉.\n"), ("utf-8-sig", "Huế mưa to.\n"), ("utf-16-le", "\ufeffHuế mưa.\n")]
)
def test_encodings_keep_code_points(sit: Sit, encoding: str, text: str) -> None:
    s = sit(text.encode(encoding))
    span = s.find("Huế")
    s.hands.drag(span)
    s.press("g")
    saved = s.saved()
    check_slices(saved, s.content)
    assert saved["entities"][0]["spans"] == [list(span)] and (s.folder / "a.txt").read_bytes() == text.encode(encoding)
