"""Words: pyvi's model with exact offsets, and how text is recognised that comes segmented. Importing this loads no model."""

from annotator.core.text import Span
from annotator.segment.lines import segment_lines
from annotator.segment.model import Segmenter, default_segmenter
from annotator.segment.source import looks_segmented, read_joins_as_blanks

__all__ = [
    "Segmenter",
    "Span",
    "default_segmenter",
    "looks_segmented",
    "read_joins_as_blanks",
    "segment_lines",
]
