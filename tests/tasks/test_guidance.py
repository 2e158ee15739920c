"""Guidelines: what is refused and why, and which passage speaks of a type."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import AnnotatorError
from annotator.core.schema import Wording
from annotator.tasks.guidance import GUIDELINES_MOST, Passage, Topic, find_passage, read_guidelines

INJURE = Topic("event", "Injure", Wording("Injure", "Bị thương"), Wording())
SUE = Topic("event", "Sue", Wording("Sue", "Kiện"), Wording())
PERSON = Topic("entity", "PER", Wording("Person", "Người"), Wording())


@pytest.mark.parametrize(
    ("raw", "code", "line"),
    [
        (b"a\n" * GUIDELINES_MOST, "guidelines-too-large", None),
        (b"# A\n\xff\n", "guidelines-not-utf8", 2),
        (b"# A\n\nx\0y\n", "guidelines-not-utf8", 3),
        (b"# A\n" + b">" * 100 + b" x\n", "guidelines-not-rendered", 2),
        (b"ok\n" + b"x" * 20_000, "guidelines-not-rendered", 2),
        (b"ok\n" + b"|a" * 6_000, "guidelines-not-rendered", 2),
    ],
)
def test_what_cannot_be_shown_is_told_with_its_line(tmp_path: Path, raw: bytes, code: str, line: int | None) -> None:
    path = tmp_path / "g.md"
    path.write_bytes(raw)
    with pytest.raises(AnnotatorError) as refused:
        read_guidelines(path)
    assert refused.value.code == code and refused.value.where.get("line") == line


def test_guidelines_that_went_away(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="file-missing"):
        read_guidelines(tmp_path / "g.md")


def test_a_mark_at_the_start_and_a_rule_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "g.md"
    path.write_bytes(b"\xef\xbb\xbf# A\n\n" + b"-" * 100 + b"\n" + b"* " * 40 + b"\n")
    assert read_guidelines(path).startswith("# A")


@pytest.mark.parametrize(
    ("passages", "topic", "found"),
    [
        ([Passage("Chung", 1), Passage("3.2 BI THUONG", 3)], INJURE, 1),
        ([Passage("x **Bị thương** y", 0, ("Bị thương",)), Passage("Bị thương / Injure", 2)], INJURE, 1),
        ([Passage("Injure – Bị thương", 2)], INJURE, 0),
        ([Passage("cho bị thương mà", 0, ("bị thương",)), Passage("của Bị thương khi", 0, ("Bị thương",))], INJURE, 1),
        ([Passage("như Bị thương", 0, ("Bị thương",)), Passage("Bị thương: là", 0, ("Bị thương",), leads=True)], INJURE, 1),
        ([Passage("Chết và bị thương nặng", 2)], INJURE, 0),
        ([Passage("Sự kiện", 2), Passage("In Sue, who sues", 0)], SUE, 1),
        ([Passage("Sự kiện", 2), Passage("Người kiện", 2), Passage("Kiện tụng", 2)], SUE, 2),
        ([Passage("Super PERSON", 2), Passage("the PER type")], PERSON, 1),
        ([Passage("người bị thương", 0), Passage("Sự kiện", 1)], PERSON, None),
    ],
)
def test_the_passage_that_speaks_of_a_type(passages: list[Passage], topic: Topic, found: int | None) -> None:
    assert find_passage(passages, topic) == found


@given(st.lists(st.builds(Passage, st.text(), st.integers(0, 3), st.lists(st.text()).map(tuple), st.booleans())))
def test_any_passages_are_searched(passages: list[Passage]) -> None:
    found = find_passage(passages, INJURE)
    assert found is None or 0 <= found < len(passages)


@given(st.lists(st.builds(Passage, st.text(), st.integers(0, 3))), st.sampled_from(["Bị thương", "BỊ THƯƠNG", "bi thuong", "Injure"]))
def test_a_heading_of_its_own_is_always_found(passages: list[Passage], heading: str) -> None:
    found = find_passage([*passages, Passage(heading, 2)], INJURE)
    assert found is not None
