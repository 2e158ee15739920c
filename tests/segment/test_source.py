"""Text that comes segmented: recognised, its own words kept, and readable as its author typed it."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.segment import Segmenter, looks_segmented, read_joins_as_blanks, segment_lines

TEXTS = st.text(st.sampled_from("aếĐ1_ .@:/w\n\r\xa0\u0301") | st.characters(), max_size=60)
SEGMENTED = "Đoàn đại_biểu Quốc_hội tỉnh Nghệ_An tiếp_xúc cử_tri tại TP._Vinh ."
RAW = "Đoàn đại biểu Quốc hội tỉnh Nghệ An tiếp xúc cử tri tại TP. Vinh."


@pytest.mark.parametrize(
    ("text", "segmented"),
    [
        (SEGMENTED, True),
        (normalize("NFD", SEGMENTED), True),
        (RAW, False),
        ("", False),
        ("  \n", False),
        ("giao_lưu", True),
        ("một " * 49 + "giao_lưu", True),
        ("một " * 50 + "giao_lưu", False),
        ("điền vào ___ hoặc _ hoặc a_ hoặc _b", False),
        ("mã 12_345 và 7_8", False),
        ("xem https://bao.vn/tin_moi và (www.bao.vn/tin_moi), bao.vn/tin_moi", False),
        ("viết cho toa_soan@bao.vn hay to_a.so_an@bao_moi.com.vn", False),
        ("viết cho toa_soan@bao.vn về giao_lưu", True),
    ],
)
def test_segmented_text_is_recognised(text: str, segmented: bool) -> None:
    assert looks_segmented(text) is segmented


@given(TEXTS)
def test_reading_joins_as_blanks_moves_nothing(text: str) -> None:
    read = read_joins_as_blanks(text)
    assert len(read) == len(text)
    assert all(new == old or (old, new) == ("_", " ") for old, new in zip(text, read, strict=True))
    assert read_joins_as_blanks(read) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("giao_lưu quốc_phòng", "giao lưu quốc phòng"),
        ("Nguyễn_Phú_Trọng , TP._Hồ_Chí_Minh", "Nguyễn Phú Trọng , TP. Hồ Chí Minh"),
        (normalize("NFD", "hòa_bình"), normalize("NFD", "hòa bình")),
        ("quý_3 năm_2023", "quý 3 năm 2023"),
        ("_a a_ a__b _ __", "_a a_ a__b _ __"),
        ("https://a.vn/b_c x_y@z.vn d_e", "https://a.vn/b_c x_y@z.vn d e"),
    ],
)
def test_joins_are_read_as_blanks(text: str, read: str) -> None:
    assert read_joins_as_blanks(text) == read


def test_pyvi_can_be_asked_about_segmented_text(segmenter: Segmenter) -> None:
    text = "Hai nước giao_lưu quốc_phòng ."
    (words,) = segment_lines(read_joins_as_blanks(text), segmenter=segmenter)
    assert [text[start:end] for start, end in words] == ["Hai", "nước", "giao_lưu", "quốc_phòng", "."]


def test_the_two_articles_are_told_apart(shared: Path) -> None:
    raw, segmented = (path.read_bytes().decode() for path in sorted((shared / "seeds").iterdir()))
    assert (looks_segmented(raw), looks_segmented(segmented)) == (False, True)


def test_all_segmented_articles_are_recognised(shared: Path) -> None:
    texts = [path.read_bytes().decode() for path in (shared / "data" / "bkee-train").glob("*.txt")]
    assert all(map(looks_segmented, texts))
    assert not any(looks_segmented(read_joins_as_blanks(text)) for text in texts)
