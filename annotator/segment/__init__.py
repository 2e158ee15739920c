"""Words: pyvi's model with exact offsets, and the words of text that is segmented already. Importing this loads no model."""

from annotator.core.text import Span
from annotator.segment.lines import Origin, segment_lines
from annotator.segment.model import Segmenter, default_segmenter
from annotator.segment.source import looks_segmented, read_joins_as_blanks, source_words

__all__ = [
    "Origin",
    "Segmenter",
    "Span",
    "default_segmenter",
    "looks_segmented",
    "read_joins_as_blanks",
    "segment_lines",
    "source_words",
]
