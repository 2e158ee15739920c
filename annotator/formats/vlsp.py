"""VLSP 2018's named entities: text with nested ``<ENAMEX TYPE="…">`` around them; what is left without the tags is the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from .gathering import Gathering
from .sources import Names, found_files
from .table import Imported, ImportOptions, read_each

_SUFFIXES: Final = (".muc", ".txt", ".vlsp")
_TAG: Final = re.compile(r"<ENAMEX\s+TYPE\s*=\s*\"([^\"<>]*)\"\s*>|</ENAMEX>")
# What the shared task calls its types, and what our schema of it does.
TYPES: Final = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC", "MISCELLANEOUS": "MISC"}


def read_vlsp(source: Path, options: ImportOptions) -> Iterator[Imported]:
    """An article for each file.

    Raises AnnotatorError ``import-source-missing``, ``nothing-to-import``; tags that do not match are in the problems.
    """
    names = Names()

    def take(text: str, name: str) -> Iterator[Imported]:
        yield _article(names.take(name, fallback=name), text, options)

    return read_each(found_files(source, _SUFFIXES), take)


def _article(name: str, text: str, options: ImportOptions) -> Imported:
    parts: list[str] = []
    length, at, line = 0, 0, 1
    waiting: list[tuple[str, int, int]] = []
    spans: list[tuple[str, int, int, int]] = []
    stray: list[int] = []
    for tag in _TAG.finditer(text):
        piece = text[at : tag.start()]
        parts.append(piece)
        length, at, line = length + len(piece), tag.end(), line + piece.count("\n")
        if tag[1] is not None:
            waiting.append((tag[1], length, line))
        elif waiting:
            kind, start, begun = waiting.pop()
            spans.append((kind, start, length, begun))
        else:
            stray.append(line)
    parts.append(text[at:])
    found = Gathering(name, "".join(parts), options)
    for rank, (kind, start, end, begun) in enumerate(sorted(spans, key=lambda span: (span[1], -span[2]))):
        known = kind if options.schema.entity(kind) else TYPES.get(kind.upper(), kind)
        found.mention(rank, known, ((start, end),) if start < end else (), kind="entity", line=begun)
    for begun in (*stray, *(held[2] for held in waiting)):
        found.draft.miss("", "tag-without-partner", line=begun)
    return found.close()
