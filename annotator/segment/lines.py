"""The machine's words of a whole text, line by line: lines are what ``text.split("\\n")`` gives, offsets count from the text's start."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.text import Span
from annotator.segment.model import Segmenter, default_segmenter


def segment_lines(text: str, *, segmenter: Segmenter | None = None) -> Iterator[list[Span]]:
    """One list of pyvi's words a line. Spans are code points of `text`, half-open.

    Lines are segmented as they are asked for, so that long work can go in slices. What pyvi would say about a text that is segmented
    already are its words of ``read_joins_as_blanks(text)``. Without `segmenter` the process's own is used, and loaded if it has to
    be: raises as `Segmenter.load`.
    """
    words = (segmenter or default_segmenter()).words
    return (words(text[start:end], at=start) for start, end in _lines(text))


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, end
        start = end + 1
    yield start, len(text)
