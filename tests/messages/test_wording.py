"""One hand: catalogues, the Vietnamese README, schemas and the samples' guidelines keep one tone-mark style and one way of writing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.messages import LANGUAGES, Language, catalogue

ROOT = Path(__file__).resolve().parents[2]
# The tone of oa, oe, uy stands on their first vowel where nothing follows: hủy, xóa, tùy, hòa; behind q the u is no vowel.
LATE_TONE = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)
# Words that are written with capitals wherever they stand.
PROPER = {"Annotator", "Time", "Place", "English", "Việt", "Enter", "Delete", "Space", "Esc", "Tab", "Shift"}
TITLES = ("action.", "menu.", "gui.export.column", "gui.keys.", "gui.corpus.status", "edit.", "status.", "layer.")


def schema_wordings(held: object) -> Iterator[str]:
    """Every Vietnamese text of a schema file."""
    if isinstance(held, dict):
        if isinstance(held.get("vi"), str):
            yield held["vi"]
        for value in held.values():
            yield from schema_wordings(value)
    elif isinstance(held, list):
        for value in held:
            yield from schema_wordings(value)


def vietnamese() -> Iterator[tuple[str, str]]:
    yield from ((f"vi.json {key}", said) for key, said in catalogue("vi").items())
    for path in sorted((ROOT / "resources" / "schemas").glob("*.toml")):
        yield from ((path.name, said) for said in schema_wordings(tomllib.loads(path.read_text(encoding="utf-8"))))
    for path in (ROOT / "README.vi.md", *sorted((ROOT / "samples").glob("*.md")), *sorted((ROOT / "docs").rglob("*.vi.md"))):
        yield from ((path.name, line) for line in CODE.sub("", path.read_text(encoding="utf-8")).splitlines())


def test_one_tone_mark_style_everywhere() -> None:
    held = list(vietnamese())
    assert len(held) > 800
    assert [(where, text) for where, text in held if LATE_TONE.search(text)] == []


@pytest.mark.parametrize("late", ["huỷ", "xoá", "tuỳ", "hoà", "khoẻ", "Thuỵ"])
def test_the_other_style_is_found(late: str) -> None:
    assert LATE_TONE.search(late)
    assert not LATE_TONE.search("hủy xóa tùy hòa quý quỳ hoàn khoản toán thuyền khuỷu")


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentence_case_in_what_names_things(language: Language) -> None:
    capitals = []
    for key, said in catalogue(language).items():
        if key.startswith(TITLES) and ". " not in said:
            following = [word for word in re.sub(r"[&<>]", "", said).split()[1:] if word.isalpha() and word not in PROPER]
            capitals += [f"{key}: {said}" for word in following if word[0].isupper() and word[1:].islower()]
    assert capitals == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_blanks_and_dots(language: Language) -> None:
    for key, said in catalogue(language).items():
        assert "  " not in said and "..." not in said, key


# One term for one thing: what is not said, and what is said instead.
INSTEAD: dict[Language, dict[str, str]] = {
    "en": {
        "documents?": "article",
        "doubtful|in question|in doubt": "unsure",
        "labell?ed|labell?ing": "annotated, tagged",
        "blanks?": "space",
        "clusters?": "coreference group",
        "finished|completed": "done",
        "passed over": "skipped",
        # What a model proposed is a suggestion; what Space takes is a guess.
        "first suggestions?": "first guess",
        "take back|taken back": "undo",
        "snaps?|snapping": "select by",
        "leader": "key",
        "hash|boolean|string|integer|null|parsed?|regex|callback|buffer|invalid": "a plain word",
        r"(?:is|are) no \w+ of": "is not one of",
        "line below|line at the bottom": "bottom line",
    },
    "vi": {
        "bạn": "no pronoun",
        "tới": "đến",
        "còn ngờ|phân vân|đáng ngờ": "còn nghi vấn",
        "click|nhắp|bấm chuột": "nhấp",
        "nhấn|ấn phím": "bấm",
        "file|folder|tập tin|link": "tệp, thư mục, liên kết",
        "shortcut": "phím tắt",
        "cò sự kiện|từ khóa kích hoạt": "từ kích hoạt",
        "tham số": "tham tố",
        "thành phần lấp vai|bên giữ vai": "thực thể giữ vai",
        "chú thích": "ghi chú, nhãn",
        "lược đồ": "bộ nhãn",
        "tài liệu": "văn bản",
        "bắt dính": "chọn theo",
        "phân đoạn từ": "tách từ",
        "kết xuất": "xuất",
        "hàng dưới|dòng dưới(?! cùng)": "dòng dưới cùng",
        "nơi chốn": "nơi xảy ra",
        "ô thuộc tính": "khung thuộc tính",
        "khung (?:hướng dẫn|kế tiếp)": "ngăn",
        "không phải UTF-8": "không theo UTF-8",
    },
}
# What is typed or filled in is nobody's wording.
TYPED = re.compile(r'pip install \S+(?: \S+)?|\w+ = "[^"]*"|\["\w+", "\w+"\]|\{\w+\}|\[\w*\]|(?<!\w)-(?:, a| và| and|, một)|--\w+')


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_term_for_one_thing(language: Language) -> None:
    said = {key: TYPED.sub("x", sentence.replace("&", "")) for key, sentence in catalogue(language).items() if ".metavar." not in key}
    wrong = {
        f"{key}: {sentence} ({instead})"
        for term, instead in INSTEAD[language].items()
        for key, sentence in said.items()
        if re.search(rf"\b(?:{term})\b", sentence, re.IGNORECASE)
    }
    assert wrong == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotes_dashes_and_dots_are_those_of_print(language: Language) -> None:
    """Straight quotes stand only in what is typed into a file or a terminal; three dots belong to the word before them."""
    said = {key: TYPED.sub("x", sentence) for key, sentence in catalogue(language).items()}
    found = {
        key for key, sentence in said.items() if re.search(r"[\"'`]| - |--|\w …| %", sentence) or sentence.count("“") != sentence.count("”")
    }
    assert found == set()


# What names a thing or an act has no full stop; what says what is wrong and what to do about it has one, unless it ends in what is typed.
NAMES = (
    "action.", "menu.", "edit.", "status.", "layer.", "severity.", "loss.", "gui.snap.", "gui.settings.page", "gui.settings.theme",
    "gui.export.column", "gui.corpus.status", "gui.annotations.column", "gui.tagall.doubt.", "gui.tagall.scope", "gui.find.",
)  # fmt: skip
# Lists of short things, and reports that end in a part which may be left out.
LOOSE = ("gui.keys.", "gui.typeahead.", "told.", "cli.more", "cli.render.out")
SENTENCES = ("error.", "refusal.", "problem.", "gui.shortcuts.why", "tour.failed")
ENDS = re.compile(r"(?:[.:]|annotator formats|pip install .*|! \? ; ~)$")
# Nothing can be done about these, or what to do is all they say.
STATING = {
    "edge-cannot-move", "head-needs-text", "no-more-annotations", "no-more-articles", "nothing-changes", "nothing-to-redo",
    "nothing-to-take-back", "nothing-to-undo", "recent-gone", "schema-out-of-range",
}  # fmt: skip
SEVERAL = re.compile(r"[^\W\d_]\)?[.;] \S")


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_have_no_full_stop_and_sentences_have_one(language: Language) -> None:
    said = {key: re.sub("<<.*?>>$", "", sentence) for key, sentence in catalogue(language).items()}
    dotted = [
        key
        for key, sentence in said.items()
        if key.startswith((*NAMES, "gui.keys.")) and sentence.endswith(".") and key != "gui.keys.intro"
    ]
    assert dotted == []
    whole = (key for key in said if key.startswith(SENTENCES) or (SEVERAL.search(said[key]) and not key.startswith((*NAMES, *LOOSE))))
    assert [key for key in whole if not ENDS.search(said[key])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_says_what_to_do(language: Language) -> None:
    """What is wrong is parted from what to do about it; some name all there is to say, or the act itself."""
    bare = {
        key.removeprefix("error.")
        for key, said in catalogue(language).items()
        if key.startswith("error.") and not re.search(r"[;:,.] \S", re.sub(r"^\{path\}(?:, (?:line|dòng) \{line\})?:", "", said))
    }
    assert bare - STATING == set()


def test_both_languages_end_alike() -> None:
    english, vietnamese = catalogue("en"), catalogue("vi")
    assert [key for key in english for mark in ".…:" if english[key].endswith(mark) != vietnamese[key].endswith(mark)] == []
