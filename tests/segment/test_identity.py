"""Every line's words are those of ``ViTokenizer.tokenize``, asked of pyvi itself.

ANNOTATOR_EXAMPLES sets the length of both the law and the reading of third-party text: 1,500 reads all of it and takes some minutes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.text import Span
from annotator.segment import Segmenter, read_joins_as_blanks
from annotator.segment.pyvi_files import LEXICON, lexicon_entries, pyvi_folder

Form = Literal["NFC", "NFD"]
EXAMPLES = settings().max_examples

SENTENCES = [
    "Sáng 12/3, Công an TP. Đà Nẵng khởi tố ông Lê Văn Bình để điều tra hành vi lừa đảo chiếm đoạt tài sản.",
    "Bão số 5 đổ bộ vào Quảng Bình khiến ba người chết, hai mươi ngôi nhà tốc mái.",
    "Giá vàng tăng lên 54.200.000 đồng/lượng, tức khoảng 1,5 % so với hôm qua (USD. giảm nhẹ).",
    "Liên hệ toa.soan@bao-moi.com.vn hoặc https://bao-moi.vn/tin_tuc?id=29 để gửi bài; xem thêm www.bao-moi.vn.",
    "nền hòa bình thế giới, nền hoà bình thế giới",
    "Ứng cử viên họ Đào đề nghị quốc tế hoá nhân dân tệ và mở băng thông rộng.",
    "“Chúng tôi sẽ kháng cáo”, luật sư của bà Trần Thị Hạnh nói với phóng viên...",
    "\tĐội tuyển\xa0Việt Nam  thắng 2-0 -> vào chung kết ==> COVID-19 ",
    "",
    " \u3000\xa0",
]

LETTERS = "aăâeêioôơuưyđðbcghklmnpqrstvxAĂÂEÊIOÔƠUƯYĐÐNTV"
MARKS = "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"
OTHER_MARKS = "\u0316\u0327\u0334\u0344\u20dd\u0f71\u0f73\ufe0f"
SYLLABLES = re.findall(
    r"\S+",
    "hòa hoà bình giao lưu quốc phòng Việt Nam Nguyễn Phú Trọng công an khởi tố bất động sản đại biểu là và của vô tuyến điện truyền hình",
)
SIGNS = re.findall(
    r"\S+",
    """_ . , @ : / - + = > ( ) " ' ! ? % & * | … “ ” ... ==> -> >> :// 1,5 54.200.000 29/8 11/2022 50.000đ COVID-19 TP. VN. Tp. Đ. Ð.""",
)
ADDRESSES = ["http://", "https://a.vn/x_y?z=1", "www.x.vn", "a.b@c.vn", "@x.y", "a@b@c.d.e", ".@a.b"]
ODD = [
    *"\0\x01\x1b\x7f\x85\u200b\u200d\ufeff\u180eΣσİıßǅÅK豈漢각²½Ⅷ٣ʰ",
    *("👩\u200d👩\u200d👧", "🇻🇳", "👍🏽", "✈\ufe0f", "\u1100\u1161\u11a8", "\u09c7\u09be"),
]
BLANKS = [" ", " ", " ", "  ", "\t", "\xa0", "\r", "\u2028", "\u3000", "\x1f"]
ANY = st.characters(exclude_categories=["Cs"], exclude_characters="\n")


def decomposed(words: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return words.map(lambda word: normalize("NFD", word))


WORDS = st.sampled_from(SYLLABLES)
PIECES = st.one_of(
    WORDS,
    WORDS.map(str.title) | WORDS.map(str.upper),
    decomposed(WORDS),
    decomposed(WORDS).flatmap(st.permutations).map("".join),
    st.text(LETTERS, min_size=1, max_size=5),
    st.text(MARKS, min_size=1, max_size=3),
    st.text(MARKS + OTHER_MARKS, min_size=1, max_size=3),
    st.sampled_from(SIGNS),
    st.sampled_from(ADDRESSES),
    st.sampled_from(ODD),
    st.sampled_from(BLANKS),
    ANY,
)
LINES = st.lists(st.tuples(PIECES, st.sampled_from(["", " "])).map("".join), max_size=20).map("".join)


@pytest.mark.parametrize("line", SENTENCES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_sentences_have_the_words_of_pyvi(segmenter: Segmenter, tokenize: Callable[[str], str], line: str, form: Form) -> None:
    line = normalize(form, line)
    words = [normalize("NFC", "_".join(line[start:end].split())) for start, end in segmenter.words(line)]
    assert words == tokenize(line).split()


@settings(max_examples=EXAMPLES * 10)
@given(LINES)
def test_any_line_has_the_words_of_pyvi(segmenter: Segmenter, pyvi_words: Callable[[str], list[Span]], line: str) -> None:
    assert segmenter.words(line) == pyvi_words(line)


def test_long_runs_of_marks_below_the_cap_have_the_words_of_pyvi(segmenter: Segmenter, pyvi_words: Callable[[str], list[Span]]) -> None:
    line = "hoa" + "\u0301\u0323\u0316" * 15 + " bình " + "x" * 70 + "e\u0301"
    assert segmenter.words(line) == pyvi_words(line)


def test_words_of_the_lexicon_have_the_words_of_pyvi(segmenter: Segmenter, pyvi_words: Callable[[str], list[Span]]) -> None:
    entries = lexicon_entries((pyvi_folder() / LEXICON).read_bytes())
    entries.sort(key=len)
    lines = [f"Họ nói {' '.join(entry)} là việc mới" for entry in entries[:: max(1, len(entries) // (EXAMPLES * 20))]]
    assert {line.count(" ") for line in lines} == {6, 7}
    assert [line for line in lines if segmenter.words(line) != pyvi_words(line)] == []


def third_party_lines(shared: Path) -> Iterator[str]:
    for path in (*sorted((shared / "seeds").iterdir()), *sorted((shared / "data" / "bkee-train").glob("*.txt"))):
        for line in path.read_bytes().decode().split("\n"):
            yield line
            yield read_joins_as_blanks(line)
    for path in sorted((shared / "data" / "ud-vtb").glob("*.conllu")):
        yield from (line.removeprefix("# text = ") for line in path.read_text("utf-8").split("\n") if line.startswith("# text = "))


def test_third_party_text_has_the_words_of_pyvi(segmenter: Segmenter, pyvi_words: Callable[[str], list[Span]], shared: Path) -> None:
    lines = list(third_party_lines(shared))
    step = max(1, len(lines) // (EXAMPLES * 20))
    different = [line for line in lines[::step] if segmenter.words(line) != pyvi_words(line)]
    assert different == []
