"""Which files are text, and that every text encodes back to its bytes."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import AnnotatorError
from annotator.store.charsets import _TCVN3, _VISCII, _VNI_LETTERS, _VNI_MARKS, read_bytes
from annotator.store.files import read_source

NEWS = (
    "Chiều 3/5, Công an tỉnh Đắk Lắk cho biết đã khởi tố vụ án, bắt tạm giam Nguyễn Văn Bưởi để điều tra hành vi lừa đảo. "
    "Trước đó, nhiều người ở huyện Krông Pắk tố cáo bị mất hàng tỷ đồng khi góp vốn vào cửa hàng của ông ta."
)
TONES = "\u0300\u0301\u0303\u0309\u0323"


def in_windows(text: str) -> bytes:
    """Windows-1258 as keyboards make it: letters with circumflex, breve or horn, then the tone."""
    out = ""
    for letter in unicodedata.normalize("NFD", text):
        if letter in "\u0302\u0306\u031b":
            at = len(out) - 1 if out[-1] not in TONES else len(out) - 2
            out = out[:at] + unicodedata.normalize("NFC", out[at] + letter) + out[at + 1 :]
        else:
            out += letter
    return out.encode("cp1258")


def in_table(text: str, table: dict[str, int]) -> bytes:
    return bytes(table.get(letter, ord(letter) if letter.isascii() else 0x3F) for letter in text)


def in_vni(text: str) -> bytes:
    letters = {letter: code for code, letter in _VNI_LETTERS.items()} | {
        letter.upper(): code - 0x20 for code, letter in _VNI_LETTERS.items()
    }
    marks = {marks: code for code, marks in _VNI_MARKS.items()}
    out = bytearray()
    for letter in text:
        if letter in letters:
            out.append(letters[letter])
        elif letter.isascii():
            out += letter.encode()
        else:
            decomposed = unicodedata.normalize("NFD", letter)
            base = unicodedata.normalize("NFC", decomposed[0] + "\u031b") if "\u031b" in decomposed else decomposed[0]
            rest = decomposed[1:].replace("\u031b", "")
            order = "".join(sorted(rest, key=lambda mark: mark in TONES))
            out += (bytes([letters[base]]) if base in letters else base.encode()) + bytes([marks[order]])
    return bytes(out)


LEGACY = {
    "TCVN3": in_table(NEWS, {letter: code for code, letter in _TCVN3.items()}),
    "VISCII": in_table(NEWS, {letter: code for code, letter in enumerate(_VISCII, 0x80)}),
    "VNI": in_vni(NEWS),
    "UTF-32": NEWS.encode("utf-32"),
}


@pytest.mark.parametrize("encoding", LEGACY)
def test_old_encodings_are_refused_by_name(encoding: str) -> None:
    with pytest.raises(AnnotatorError) as caught:
        read_bytes(LEGACY[encoding], path="x")
    assert (caught.value.code, caught.value.where["encoding"]) == ("encoding-legacy", encoding)


def test_known_words_in_old_encodings() -> None:
    assert in_table("Việt Nam", {letter: code for code, letter in _TCVN3.items()}) == b"Vi\xd6t Nam"
    assert in_table("Việt Nam", {letter: code for code, letter in enumerate(_VISCII, 0x80)}) == b"Vi\xaet Nam"
    assert in_vni("Việt Nam") == b"Vie\xe4t Nam"


def test_windows_1258_is_read_where_it_is_vietnamese() -> None:
    raw = in_windows(NEWS)
    content, encoding = read_bytes(raw, path="x")
    assert encoding == "cp1258" and content.encode("cp1258") == raw
    assert unicodedata.normalize("NFC", content) == unicodedata.normalize("NFC", NEWS)


FOREIGN = ["Müller fährt über die Straße.", "Él vivió en España, ¿señor?", "L'été dernier, la fête a commencé à Besançon."]


@pytest.mark.parametrize("text", FOREIGN)
def test_eight_bits_that_are_not_vietnamese_are_unknown(text: str) -> None:
    with pytest.raises(AnnotatorError, match="encoding-unknown"):
        read_bytes(text.encode("latin-1"), path="x")


PRINTED = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8"])
@given(text=PRINTED.filter(lambda text: bool(text.strip("\ufeff"))))
def test_marks_stay_and_bytes_come_back(encoding: str, text: str) -> None:
    raw = ("\ufeff" + text).encode(encoding)
    content, found = read_bytes(raw, path="x")
    assert (content, found) == ("\ufeff" + text, encoding)
    assert content.encode(found) == raw


@given(st.binary(max_size=300))
def test_whatever_is_read_encodes_back(raw: bytes) -> None:
    try:
        content, encoding = read_bytes(raw, path="x")
    except AnnotatorError as error:
        assert error.code in {"file-empty", "file-not-text", "encoding-legacy", "encoding-unknown"}
    else:
        assert content.encode(encoding) == raw


BINARY = {
    "all bytes": bytes(range(256)) * 40,
    "ELF": b"\x7fELF\x02\x01\x01" + bytes(57),
    "PNG": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
    "UTF-16 without a mark": "Plain English".encode("utf-16-le"),
    "half a UTF-16 letter": "\ufeffHuế".encode("utf-16-le") + b"x",
    "NULs": bytes(1000),
}


@pytest.mark.parametrize("name", BINARY)
def test_what_is_not_text_is_refused(name: str) -> None:
    with pytest.raises(AnnotatorError, match="file-not-text"):
        read_bytes(BINARY[name], path="x")


@pytest.mark.parametrize("text", ["Huế\x00 mưa", "a\u2028b", "\u202eHuế", "dòng\rmột\r\nhai\n", "\x1b[1mHuế"])
def test_odd_characters_are_still_text(text: str) -> None:
    assert read_bytes(text.encode(), path="x") == (text, "utf-8")


@pytest.mark.parametrize("raw", [b"", "\ufeff".encode(), "\ufeff".encode("utf-16-le")])
def test_nothing_is_refused_as_empty(raw: bytes) -> None:
    with pytest.raises(AnnotatorError, match="file-empty"):
        read_bytes(raw, path="x")


def test_what_cannot_be_read_is_refused_with_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.store.files.SOURCE_MOST", 10)
    (tmp_path / "large.txt").write_bytes(b"x" * 11)
    (tmp_path / "folder.txt").mkdir()
    cases = {"large.txt": "file-too-large", "folder.txt": "not-a-file", "none.txt": "file-missing", "large.txt/a.txt": "file-missing"}
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.txt")
        cases["pipe.txt"] = "not-a-file"
    for name, code in cases.items():
        with pytest.raises(AnnotatorError) as caught:
            read_source(tmp_path / name)
        assert (caught.value.code, caught.value.where["path"]) == (code, str(tmp_path / name))


@pytest.mark.skipif(os.name == "nt", reason="names are always Unicode there")
def test_a_name_that_is_not_unicode_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="name-not-unicode"):
        read_source(tmp_path / os.fsdecode(b"b\xe0i.txt"))


def test_the_seeds_are_read(shared: Path) -> None:
    for path in (shared / "seeds").glob("*.txt"):
        raw, content, encoding = read_source(path)
        assert content.encode(encoding) == raw == path.read_bytes()
