"""What a file's bytes say: which encoding they are in, and whether they are text at all.

Accepted are UTF-8, UTF-16 with its mark, and Windows-1258 where it reads as Vietnamese; each must encode back to the same bytes.
TCVN3 (TCVN 5712:1993, VN3), VISCII (RFC 1456) and VNI-Windows are recognised by reading the bytes in each of them and counting
the syllables that Vietnamese could have; they are refused by name, because no codec of Python gives their bytes back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from annotator.core.errors import AnnotatorError

_MARK = "\ufeff"
_UTF_16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_UTF_32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_CONTROLS = bytes([*range(9), *range(14, 32), 127])
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# A stray NUL or escape is no reason to refuse an article; compressed data holds one in nine.
_CONTROLS_FEW, _CONTROLS_SHARE = 4, 0.02
_SAMPLE = 200_000
_PLAUSIBLE_SHARE = 0.8
_LONGEST_SYLLABLE = 12

_HIGH = range(0x80, 0x100)
_VISCII = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
_TCVN3_CODES = (
    *range(0xA1, 0xAF), *range(0xB5, 0xBA), *range(0xBB, 0xBF), *range(0xC6, 0xCD), *range(0xCE, 0xD9),
    *range(0xDC, 0xE0), *range(0xE1, 0xF0), *range(0xF1, 0xFF),
)  # fmt: skip
_TCVN3 = dict(zip(_TCVN3_CODES, "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ", strict=True))
# In VNI a letter is followed by a byte for its accents; combining marks in the same place say the same.
_VNI_MARKS = {
    0xF8: "\u0300", 0xF9: "\u0301", 0xFB: "\u0309", 0xF5: "\u0303", 0xEF: "\u0323",
    0xE2: "\u0302", 0xE0: "\u0302\u0300", 0xE1: "\u0302\u0301", 0xE5: "\u0302\u0309", 0xE3: "\u0302\u0303", 0xE4: "\u0302\u0323",
    0xEA: "\u0306", 0xE8: "\u0306\u0300", 0xE9: "\u0306\u0301", 0xFA: "\u0306\u0309", 0xFC: "\u0306\u0303", 0xEB: "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {0xF1: "đ", 0xF4: "ơ", 0xF6: "ư", 0xEC: "ì", 0xED: "í", 0xE6: "ỉ", 0xF3: "ĩ", 0xF2: "ị", 0xEE: "ỵ"}

_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
    r"(?:iê|yê|uyê|uô|ươ|ia|ya|uya|ua|ưa|oa|oă|oe|uâ|uê|uơ|uy|ai|ao|au|ay|âu|ây|eo|êu|iu|oi|ôi|ơi|ui|ưi|ưu|iêu|yêu|uôi|ươi|ươu"
    r"|oai|oay|oao|oeo|uay|uây|uyu|[aăâeêioôơuưy])"
    r"(?:ng|nh|ch|[ckmnpt])?"
)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")


def read_bytes(raw: bytes, *, path: str) -> tuple[str, str]:
    """The text of a file and the codec that gave it. The mark at the start, if any, stays as U+FEFF.

    Raises AnnotatorError ``file-empty``, ``file-not-text``, ``encoding-legacy`` (TCVN3, VNI, VISCII) or ``encoding-unknown``.
    """
    if raw[:4] in _UTF_32:
        raise AnnotatorError("encoding-legacy", path=path, encoding="UTF-32")
    encoding = _UTF_16.get(raw[:2], "utf-8")
    content = _decode(raw, encoding)
    if content is None:
        content, encoding = _read_eight_bits(raw, path=path, marked=encoding != "utf-8")
    if not content.strip(_MARK):
        raise AnnotatorError("file-empty", path=path)
    if _is_noise(len(_CONTROL.findall(content)), len(content)):
        raise AnnotatorError("file-not-text", path=path)
    return content, encoding


def _decode(raw: bytes, encoding: str) -> str | None:
    """The text, or None where the bytes are not in that encoding or it does not give them back."""
    try:
        content = raw.decode(encoding)
        return content if content.encode(encoding) == raw else None
    except UnicodeError:
        return None


def _is_noise(controls: int, characters: int) -> bool:
    return controls >= characters or (controls > _CONTROLS_FEW and controls > _CONTROLS_SHARE * characters)


def _read_eight_bits(raw: bytes, *, path: str, marked: bool) -> tuple[str, str]:
    if marked or _is_noise(len(raw) - len(raw.translate(None, _CONTROLS)), len(raw)):
        raise AnnotatorError("file-not-text", path=path)
    name = _recognise(raw[:_SAMPLE])
    content = _decode(raw, name) if name == "cp1258" else None
    if content is not None:
        return content, name
    if name in _READINGS and name != "cp1258":
        raise AnnotatorError("encoding-legacy", path=path, encoding=name)
    raise AnnotatorError("encoding-unknown", path=path)


def _recognise(raw: bytes) -> str:
    """The eight-bit encoding in which the bytes read as Vietnamese, empty where none does."""
    shares = {name: _vietnamese_share(read(raw)) for name, read in _READINGS.items()}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= _PLAUSIBLE_SHARE else ""


def _vietnamese_share(content: str) -> float:
    """Of the words with a letter beyond ASCII, the share that Vietnamese could have as a syllable."""
    words = [word for word in _WORD.findall(content) if not word.isascii()]
    return sum(map(_is_syllable, words)) / len(words) if words else 0.0


def _is_syllable(word: str) -> bool:
    if len(word) > _LONGEST_SYLLABLE:
        return False
    bare, tones = _TONES.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def _read_viscii(raw: bytes) -> str:
    return raw.decode("latin-1").translate(dict(zip(_HIGH, _VISCII, strict=True)))


def _read_tcvn3(raw: bytes) -> str:
    return raw.decode("latin-1").translate(_TCVN3)


def _read_vni(raw: bytes) -> str:
    both = _VNI_MARKS | _VNI_LETTERS
    capitals = {code - 0x20: reading.upper() for code, reading in both.items()}
    return raw.decode("latin-1").translate(capitals | both)


def _read_windows(raw: bytes) -> str:
    return raw.decode("cp1258", "replace")


# In this order a tie goes to the encoding that can be opened.
_READINGS: dict[str, Callable[[bytes], str]] = {
    "cp1258": _read_windows,
    "TCVN3": _read_tcvn3,
    "VNI": _read_vni,
    "VISCII": _read_viscii,
}
