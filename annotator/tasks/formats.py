"""Formats by name, with what stands between a person and one of them: a slip in its name, a direction it does not go, a missing extra."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

from annotator.core.errors import AnnotatorError
from annotator.core.schema_fields import find_nearest
from annotator.formats.table import FORMATS, Format

# The module that an extra of pyproject.toml brings.
EXTRAS: Final = {"hf": "pyarrow", "spacy": "spacy", "uima": "cassis", "scale": "distributed"}


def find_format(name: str, *, reads: bool = False, writes: bool = False) -> Format:
    """A row of the table.

    Raises AnnotatorError ``unknown-format`` with the nearest name, ``format-not-read``, ``format-not-written`` or ``extra-missing``.
    """
    row = FORMATS.get(name)
    if row is None:
        raise AnnotatorError("unknown-format", format=name, nearest=find_nearest(name, FORMATS))
    if reads and not row.reads:
        raise AnnotatorError("format-not-read", format=name)
    if writes and not row.writes:
        raise AnnotatorError("format-not-written", format=name)
    if (reads or writes) and not has_extra(row):
        raise AnnotatorError("extra-missing", format=name, extra=row.extra or "")
    return row


def has_extra(row: Format) -> bool:
    """Whether the optional library of a format is installed."""
    return row.extra is None or find_spec(EXTRAS[row.extra]) is not None
