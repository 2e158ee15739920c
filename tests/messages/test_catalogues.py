"""The catalogues are complete, agree with each other and with what the sources say, and read as Vietnamese should."""

from __future__ import annotations

import ast
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from annotator.core.checks import CHECKS
from annotator.core.document import FIELD_DEFAULTS
from annotator.core.errors import AnnotatorError
from annotator.core.model import STATUSES
from annotator.formats.facts import FEATURES, Counting
from annotator.formats.table import FORMATS, OFFSETS, UNITS
from annotator.messages import LANGUAGES, Language, catalogue, explain, language, say

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "annotator"
FIELD = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")
KEBAB = re.compile(r"[a-z]+(-[a-z0-9]+)+")
REFUSING = re.compile(r"(no|nothing|not)(-[a-z]+)+")
# Constants of formats and of modules that name errors by variables which look like codes and are none.
NO_CODES = {
    *("utf-8", "utf-16-le", "utf-16-be", "utf-8-sig", "latin-1", "read-only"),
    *(*UNITS, *FORMATS, *FEATURES, *OFFSETS, *get_args(Counting)),
}
# What these functions add to the fields that are given them.
ADDED = {"AnnotatorError": set(), "Fault": {"path", "line", "first"}, "refuse": {"path", "line"}}
# A letter of Vietnamese may carry its tone on the last vowel of oa, oe, uy; this project puts it on the first: hủy, xóa, tùy.
LATE_TONE = re.compile(r"(o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)


def trees(*below: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.joinpath(*below).rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def constants(node: ast.AST) -> set[str]:
    return {part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)}


def codes_of(argument: ast.expr) -> set[str]:
    """The codes that an argument may stand for: itself, or the branches of a choice."""
    match argument:
        case ast.Constant(value=str(code)):
            return {code}
        case ast.IfExp(body=body, orelse=orelse):
            return codes_of(body) | codes_of(orelse)
        case _:
            return set()


def raised() -> Iterator[tuple[str, set[str] | None, str]]:
    """Each error of the sources: its code, the fields it is given (None: not to be seen), and where."""
    for path, tree in trees():
        unseen = False
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in ADDED and node.args:
                found = codes_of(node.args[0])
                unseen |= not found
                fields = {keyword.arg for keyword in node.keywords if keyword.arg}
                known = None if any(keyword.arg is None for keyword in node.keywords) else fields | ADDED[called(node)]
                for code in found:
                    yield code, known, f"{path.name}:{node.lineno}"
        # Where a code comes from a table or a function of the file, everything there that looks like one has to be known. In the
        # window, where icons and actions look alike, the codes handed on are those that refuse.
        looks_alike = KEBAB if "gui" not in path.parts else REFUSING
        for code in constants(tree) - NO_CODES if unseen else ():
            if looks_alike.fullmatch(code) and not code.startswith("annotator-"):
                yield code, None, path.name


def test_both_languages_have_the_same_keys_and_fields() -> None:
    english, vietnamese = catalogue("en"), catalogue("vi")
    assert english.keys() == vietnamese.keys()
    different = [key for key in english if set(FIELD.findall(english[key])) != set(FIELD.findall(vietnamese[key]))]
    assert different == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_file_is_sound(name: str) -> None:
    path = ROOT / "resources" / "i18n" / f"{name}.json"
    pairs = json.loads(path.read_bytes(), object_pairs_hook=list)
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys))
    for key, sentence in pairs:
        assert sentence and sentence == sentence.strip() and sentence == unicodedata.normalize("NFC", sentence), key
        assert "\n" not in sentence and sentence.count("<<") == sentence.count(">>"), key


def test_tone_marks_stand_in_one_place() -> None:
    assert [key for key, sentence in catalogue("vi").items() if LATE_TONE.search(sentence)] == []
    assert LATE_TONE.search("huỷ") and LATE_TONE.search("xoá") and not LATE_TONE.search("hủy xóa tùy quý hoàn")


def test_every_error_has_a_sentence() -> None:
    missing = {f"{code} ({place})" for code, _, place in raised() if f"error.{code}" not in catalogue("en")}
    assert missing == set()


def test_every_sentence_of_an_error_is_given_its_fields() -> None:
    short = set()
    for code, given, place in raised():
        sentence = re.sub(r"<<.*?>>", "", catalogue("en").get(f"error.{code}", ""))
        if given is not None and not set(FIELD.findall(sentence)) <= given:
            short.add(f"{code} ({place}) lacks {set(FIELD.findall(sentence)) - given}")
    assert short == set()


def test_every_loss_has_a_wording() -> None:
    known = {key.partition(".")[2] for key in catalogue("en") if key.startswith(("loss.", "error."))}
    missing = {
        f"{code} ({path.name})"
        for path, tree in trees("formats")
        for code in constants(tree) - NO_CODES
        if KEBAB.fullmatch(code) and code not in known
    }
    assert missing == set()


def test_every_problem_has_a_sentence() -> None:
    assert [code for entry in CHECKS for code in entry.codes if f"problem.{code}" not in catalogue("en")] == []


def test_every_edit_has_a_name() -> None:
    names = {f"set-{field}" for field in FIELD_DEFAULTS}
    for _, tree in trees("core"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in {"Edit", "_edit", "_revise", "_decide"}:
                names |= {code for argument in node.args[:2] for code in codes_of(argument)}
    assert {"retype", "tag-event", "join-words", "delete"} <= names
    assert [name for name in sorted(names) if f"edit.{name}" not in catalogue("en")] == []


def test_every_status_and_layer_has_a_name() -> None:
    wanted = [*(f"status.{name}" for name in STATUSES), *(f"layer.{name}" for name in ("entities", "events", "arguments", "relations"))]
    assert [key for key in wanted if key not in catalogue("vi")] == []


def test_a_missing_key_shows_itself() -> None:
    assert say("error.never-heard-of", "vi", path="a.txt") == "error.never-heard-of"


def test_a_missing_field_shows_itself_and_an_empty_part_is_left_out() -> None:
    assert say("error.file-missing", "en") == "{path}: there is no such file; check the name."
    without, with_it = (say("error.unknown-format", "en", format="x", nearest=nearest) for nearest in ("", "xmi"))
    assert "Nearest" not in without and "Nearest: xmi." in with_it


@pytest.mark.parametrize("name", LANGUAGES)
def test_braces_in_a_name_are_only_a_name(name: Language) -> None:
    assert "{path}{0}.txt" in say("error.file-missing", name, path="{path}{0}.txt")


def test_an_error_is_one_line_whatever_the_name() -> None:
    told = explain(AnnotatorError("file-empty", path="a\nb\u2028c\x1b[31m\u00e0.txt"), "en")
    assert told.splitlines() == [told] and "\x1b" not in told and "à.txt" in told


@pytest.mark.parametrize(
    ("environment", "preferred", "expected"),
    [
        ({"ANNOTATOR_LANG": "vi", "LANG": "en_US.UTF-8"}, "en", "vi"),
        ({"LANG": "en_US.UTF-8"}, "vi", "vi"),
        ({"LANG": "vi_VN.UTF-8"}, "", "vi"),
        ({"LC_ALL": "en_GB", "LANG": "vi_VN"}, "", "en"),
        ({"LANG": "fr_FR.UTF-8"}, "", "en"),
        ({"ANNOTATOR_LANG": "xx", "LANG": "C"}, "", "en"),
    ],
)
def test_the_language_of_the_user(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], preferred: str, expected: str) -> None:
    for name in ("ANNOTATOR_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language(preferred) == expected
