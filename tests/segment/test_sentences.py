"""Sentences of a line: full stops that end one, and those that belong to an abbreviation, an initial, a number or a quotation."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

from annotator.segment.sentences import sentences
from tests.strategies import texts

CASES = [
    ["Công an TP. Hồ Chí Minh bắt ba người.", "Vụ việc xảy ra hôm qua."],
    ["ThS. Nguyễn Văn An phát biểu.", "PGS.TS. Lê Hòa đồng ý."],
    ["Th.S. Trần Minh nói vậy.", "Không ai tin."],
    ["Công_an TP . Hồ_Chí_Minh bắt ba người .", "Vụ_việc xảy ra hôm_qua ."],
    ["Ông Nguyễn Văn A. bị bắt ngày 7.3.2024 với 1.000.000 đồng."],
    ["Cảnh sát bắt Lê T. Hòa.", "Theo ông Nguyễn Văn B.", "Ngày 7/3 mới rõ."],
    ["“Tôi về đây. Anh ở lại nhé.” ông nói rồi đi.", "Trời mưa."],
    ["“Tôi về đây.”", "Ông nói vậy rồi đi."],
    ["Cá, tôm, cua v.v. bán đầy chợ.", "Ai cũng mua rau, củ, quả v.v.", "Nhưng giá cao."],
    ["Thật không?", "Thật!", "Chờ đã…", "Hôm nay ư?"],
    ["1. Nội dung chính của buổi họp.", "2. Phần hỏi đáp."],
    ["Giá xăng là 25.000 đồng/lít... và còn tăng."],
    ["Xem https://a.vn/b.html?x=1.", "Trang này cũ."],
]


@pytest.mark.parametrize("wanted", CASES, ids=lambda case: case[0][:30])
def test_lines_of_news(wanted: list[str]) -> None:
    line = " ".join(wanted)
    assert [line[start:end] for start, end in sentences(line)] == wanted


@given(texts())
def test_nothing_but_blanks_lies_between_sentences(content: str) -> None:
    for line in content.split("\n"):
        found = sentences(line, at=7)
        assert all(line[start - 7 : end - 7].strip() == line[start - 7 : end - 7] != "" for start, end in found)
        assert all(before[1] <= after[0] for before, after in pairwise(found))
        assert "".join(line.split()) == "".join("".join(line[start - 7 : end - 7].split()) for start, end in found)
