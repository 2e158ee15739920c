"""An official split as a file: a document's name, a TAB and its part on each line, or JSON of a list of names for each part."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from annotator.core.errors import AnnotatorError
from annotator.core.schema_fields import find_nearest
from annotator.store.files import read_bounded
from annotator.tasks.splitting import PARTS, WHOLE

_MOST: Final = 64_000_000
_PART: Final = re.compile(r"\w(?:[\w.-]{0,60}\w)?")
# A part is a file or a folder of the set; these stand for something else there.
_TAKEN: Final = frozenset(
    (
        WHOLE, "manifest", "labels", "schema", "tokens", "readme", "statistics", "annotation", "span-types", "relation-types",
        "labelling-config",
    )
)  # fmt: skip
_ARTICLE: Final = ".txt"


def read_split_file(path: Path, names: Collection[str], *, known: Collection[str]) -> dict[str, str]:
    """The part of each of `names`; `known` are all names of the corpus, those too that are not asked for. A name may end in ``.txt``.

    Raises AnnotatorError with the file and the name: ``split-name-twice``, ``split-name-unknown`` (the corpus has no such document),
    ``split-name-missing`` (the file does not say), ``split-part-unfit``, ``split-file-syntax``, and what `read_bounded` raises.
    """
    parts: dict[str, str] = {}
    spelt: dict[str, str] = {}
    for line, said, part in _rows(path):
        name = _named(said, known)
        if name not in known:
            raise AnnotatorError("split-name-unknown", path=str(path), line=line, name=said, nearest=find_nearest(said, known))
        if name in parts:
            raise AnnotatorError("split-name-twice", path=str(path), line=line, name=said)
        # Not every disk knows capitals from small letters.
        if not _PART.fullmatch(part) or part.casefold().partition(".")[0] in _TAKEN or spelt.setdefault(part.casefold(), part) != part:
            raise AnnotatorError("split-part-unfit", path=str(path), line=line, part=part)
        parts[name] = part
    for name in names:
        if name not in parts:
            raise AnnotatorError("split-name-missing", path=str(path), name=name)
    return {name: parts[name] for name in names}


def order_parts(parts: Collection[str]) -> list[str]:
    """Each part once: train, dev and test first, others by name."""
    rank = {part: number for number, part in enumerate(PARTS)}
    return sorted(set(parts), key=lambda part: (rank.get(part, len(PARTS)), part))


def _rows(path: Path) -> Iterator[tuple[int, str, str]]:
    """Line (0 in JSON), name and part."""
    try:
        text = read_bounded(path, most=_MOST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnnotatorError("split-file-syntax", path=str(path), line=0) from error
    if text.lstrip().startswith("{"):
        yield from _json_rows(path, text)
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            name, tab, part = line.strip("\r").rpartition("\t")
            if not tab or not name.strip():
                raise AnnotatorError("split-file-syntax", path=str(path), line=number)
            yield number, name.strip(), part.strip()


def _json_rows(path: Path, text: str) -> Iterator[tuple[int, str, str]]:
    try:
        # As pairs: a part that is named twice keeps both its lists.
        pairs = json.loads(text, object_pairs_hook=lambda pairs: pairs)
    except (ValueError, RecursionError) as error:
        raise AnnotatorError("split-file-syntax", path=str(path), line=getattr(error, "lineno", 0)) from None
    for part, names in pairs:
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise AnnotatorError("split-file-syntax", path=str(path), line=0)
        for name in names:
            yield 0, name, part


def _named(said: str, known: Collection[str]) -> str:
    name = said.replace("\\", "/").removeprefix("./")
    return name.removesuffix(_ARTICLE) if name not in known else name
