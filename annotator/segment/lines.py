"""The words of a whole text, line by line: lines are what ``text.split("\\n")`` gives, offsets count from the text's start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, assert_never

from annotator.core.text import Span
from annotator.segment.model import Segmenter, default_segmenter
from annotator.segment.source import source_words

Origin = Literal["pyvi", "source"]


def segment_lines(text: str, *, origin: Origin, segmenter: Segmenter | None = None) -> Iterator[list[Span]]:
    """One list of words a line: pyvi's, or those that the source has itself. Spans are code points of `text`, half-open.

    Lines are segmented as they are asked for, so that long work can go in slices. What pyvi would say about a text that is segmented
    already are pyvi's words of ``read_joins_as_blanks(text)``. Without `segmenter` the process's own is used, and loaded if it has to
    be: raises as `Segmenter.load`.
    """
    match origin:
        case "pyvi":
            words = (segmenter or default_segmenter()).words
        case "source":
            words = source_words
        case _:
            assert_never(origin)
    return (words(text[start:end], at=start) for start, end in _lines(text))


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, end
        start = end + 1
    yield start, len(text)
