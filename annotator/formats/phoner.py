"""PhoNER's two forms (Truong, Dao & Nguyen 2021): JSON Lines ``{"words", "tags"}``, a sentence a line, and token, one blank, tag.

Written is the first; both are read. Neither has a place for the names of documents, so a file comes in as one article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import orjson

from annotator.core.document import Document
from annotator.core.schema import Schema

from .account import Ledger
from .columns import TokenArticle, article
from .conll import read_columns
from .json_lines import row_lines
from .sentences import sentences
from .sources import Names, found_files
from .table import ExportOptions, Imported, ImportOptions, Rendered, named, read_each
from .tags import SCHEMES, tags

_SUFFIXES: Final = (".jsonl", ".json", ".conll")
_JSON: Final = re.compile(r'\s*\{\s*"')


def write_phoner(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """A line of JSON for each sentence."""
    ledger = Ledger(document, named(document, options))
    scheme = SCHEMES[options.scheme]
    held = sentences(document, ledger, options)
    rows = [{"words": sentence.forms, "tags": tags(sentence.chunks, len(sentence.forms), scheme=scheme)} for sentence in held]
    ledger.leave_out_layers("events", "arguments", "relations")
    tokens = ledger.places(sentence.tokens for sentence in held)
    return Rendered(((".jsonl", row_lines(rows)),), ledger.close(), tokens)


def read_phoner(source: Path, options: ImportOptions) -> Iterator[Imported]:
    """An article for each file, in either form.

    Raises AnnotatorError ``import-source-missing``, ``nothing-to-import``; what is wrong in a file is in the problems.
    """
    names = Names()

    def take(text: str, name: str) -> Iterator[Imported]:
        for held in [_read_lines(text, name)] if _JSON.match(text) else read_columns(text, name):
            held.name = names.take(held.name, fallback=name)
            yield article(held, options)

    return read_each(found_files(source, _SUFFIXES), take)


def _read_lines(text: str, name: str) -> TokenArticle:
    held = TokenArticle(name)
    others: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError:
            held.bad.append(("bad-json", number, line[:80]))
            continue
        for field in row.keys() - {"words", "tags"} if isinstance(row, dict) else ():
            others.setdefault(field, number)
        pairs = _pairs(row)
        if pairs is None:
            held.bad.append(("bad-sentence", number, line[:80]))
            continue
        if not all(word for word, _ in pairs):
            held.bad.append(("empty-token", number, line[:80]))
        kept = [(word, tag) for word, tag in pairs if word]
        held.add([word for word, _ in kept], [tag for _, tag in kept], line=number)
    held.bad += [("field-not-kept", number, field) for field, number in sorted(others.items())]
    return held


def _pairs(row: object) -> list[tuple[str, str]] | None:
    """Words and tags of a record side by side, or None where it is not made as it should be."""
    if not isinstance(row, dict):
        return None
    words, found = row.get("words"), row.get("tags")
    if not isinstance(words, list) or not isinstance(found, list) or len(words) != len(found):
        return None
    if not all(isinstance(item, str) for item in (*words, *found)):
        return None
    return [(" ".join(word.split()), tag) for word, tag in zip(words, found, strict=True)]
