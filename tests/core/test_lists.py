"""Items of a list in running text."""

from __future__ import annotations

import pytest

from annotator.core.document import Document
from annotator.core.lists import list_items
from annotator.core.model import Origin, Source
from annotator.core.text import Text


def make(content: str, *, origin: Origin) -> Document:
    document = Document(Text(content), Source("a.txt", "", "utf-8", len(content)), origin=origin)
    for line in range(document.text.line_count):
        document.words.set_machine(line, document.words.machine(line))
    return document


@pytest.mark.parametrize(
    ("content", "items"),
    [
        ("Thi , Cường , Minh , Vũ", ["Thi", "Cường", "Minh", "Vũ"]),
        ("Thi , Cường và Vũ", ["Thi", "Cường", "Vũ"]),
        ("Lã_Thế_Vũ cùng Bùi Mạnh_Cường", ["Lã_Thế_Vũ", "Bùi Mạnh_Cường"]),
        ("Bộ Khoa_học_và_Công_nghệ ; Bộ Y_tế", ["Bộ Khoa_học_và_Công_nghệ", "Bộ Y_tế"]),
        ("Thi", ["Thi"]),
        (", , và", []),
        ("Thi ,\nCường", ["Thi", "Cường"]),
    ],
)
def test_items_are_what_stands_between_separators(content: str, items: list[str]) -> None:
    document = make(content, origin="segmented")
    assert [content[start:end] for start, end in list_items(document, [(0, len(content))])] == items


def test_items_keep_to_the_selection() -> None:
    document = make("xa Thi , Cường , Minh gần", origin="raw")
    assert [document.text.content[slice(*item)] for item in list_items(document, [(3, 20)])] == ["Thi", "Cường", "Min"]
