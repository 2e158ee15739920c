"""The text that goes to the clipboard: plain, with blanks between all syllables, or with the syllables of a word joined by ``_``."""

from __future__ import annotations

import re
from itertools import pairwise

from annotator.core.document import Document
from annotator.core.model import Annotation, extent
from annotator.core.text import Span, Spans

_TOKEN = re.compile(r"\S+")
_BREAKS = re.compile(r"\s*[\r\n]\s*")
_BOM = "\ufeff"


def copied_text(document: Document, spans: Spans, *, joined: bool) -> str:
    """The text of fragments (code points, half-open) with one blank between them.

    `joined`: the present words stand as in segmented text, one ``_`` between their syllables; otherwise no ``_`` of segmentation is
    left. Line breaks stay; a byte order mark does not travel.
    """
    return " ".join(_piece(document, span, joined=joined) for span in spans)


def copied_lines(document: Document, items: list[Annotation], *, joined: bool) -> str:
    """The text of one annotation, or of several in reading order, a line each."""
    texts = [copied_text(document, item.spans, joined=joined) for item in sorted(items, key=extent)]
    return texts[0] if len(texts) == 1 else "\n".join(_BREAKS.sub(" ", text) for text in texts)


def _piece(document: Document, span: Span, *, joined: bool) -> str:
    start, end = span
    content = document.text.content
    gaps: dict[int, tuple[int, str]] = {}
    if document.is_segmented:
        for found in _TOKEN.finditer(content, *_whole_tokens(content, span)):
            gaps |= {joint: (joint + 1, " ") for joint in document.words.joints(found.span())}
    if joined:
        for word in document.words.overlapping(start, end):
            gaps |= {left[1]: (right[0], "_") for left, right in pairwise(document.words.syllables(word))}
    parts, at = [], start
    for first in sorted(gaps):
        last, sign = gaps[first]
        if at <= first and first < end and last > start:
            parts += [content[at:first], sign]
            at = min(last, end)
    return "".join([*parts, content[at:end]]).replace(_BOM, "")


def _whole_tokens(content: str, span: Span) -> Span:
    """`span`, widened to the ends of the tokens that it cuts: whether a ``_`` joins is seen from what stands around it."""
    start, end = span
    while start > 0 and not content[start - 1].isspace():
        start -= 1
    while end < len(content) and not content[end].isspace():
        end += 1
    return start, end
