"""Tag schemes: chunks and tags are two forms of one thing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.tags import SCHEMES, Chunk, is_tag, spans, tags


@st.composite
def chunkings(draw: st.DrawFn) -> tuple[list[Chunk], int]:
    """Chunks that do not overlap, and the number of tokens."""
    pieces = draw(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["", "", "PER", "Part-Of", "B-X"])), max_size=8))
    chunks, at = [], 0
    for size, kind in pieces:
        if kind:
            chunks.append(Chunk(at, at + size, kind))
        at += size
    return chunks, at


@pytest.mark.parametrize("name", SCHEMES)
@given(held=chunkings())
def test_tags_and_chunks_are_inverse(name: str, held: tuple[list[Chunk], int]) -> None:
    chunks, length = held
    written = tags(chunks, length, scheme=SCHEMES[name])
    assert len(written) == length
    assert spans(written) == chunks
    assert tags(spans(written), length, scheme=SCHEMES[name]) == written


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("iob2", "B-PER I-PER B-PER O B-LOC"),
        ("bioes", "B-PER E-PER S-PER O S-LOC"),
        ("bilou", "B-PER L-PER U-PER O U-LOC"),
        ("iob1", "I-PER I-PER B-PER O I-LOC"),
    ],
)
def test_each_scheme_spells_the_same_chunks(name: str, written: str) -> None:
    chunks = [Chunk(0, 2, "PER"), Chunk(2, 3, "PER"), Chunk(4, 5, "LOC")]
    assert tags(chunks, 5, scheme=SCHEMES[name]) == written.split()
    assert spans(written.split()) == chunks


def test_a_tag_that_cannot_go_on_opens_a_chunk() -> None:
    assert spans(["I-PER", "E-LOC", "O", "I-LOC"]) == [Chunk(0, 1, "PER"), Chunk(1, 2, "LOC"), Chunk(3, 4, "LOC")]


@pytest.mark.parametrize(("tag", "proper"), [("O", True), ("B-PER", True), ("B-", False), ("PER", False), ("", False), ("X-PER", False)])
def test_what_is_a_tag(tag: str, proper: bool) -> None:
    assert is_tag(tag) is proper
