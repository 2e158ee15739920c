"""CoNLL columns, separated by TAB: a token a line with its tag last, a blank line behind each sentence.

``conll`` has two columns and names each document by a comment ``# doc = NAME``; ``conll2003`` has the four of the shared task of 2003
(token, part of speech, phrase, entity; what we do not know is ``-X-`` and ``_``) and parts documents by a ``-DOCSTART-`` line.
Read are both, with TABs or blanks between the columns and tags of any scheme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from annotator.core.document import Document
from annotator.core.schema import Schema

from .account import Ledger
from .columns import TokenArticle, article
from .sentences import sentences
from .sources import Names, found_files
from .table import ExportOptions, Imported, ImportOptions, Rendered, named, read_each
from .tags import OUTSIDE, SCHEMES, is_tag, tags


@dataclass(frozen=True, slots=True)
class Columns:
    """A form of the table: what opens a document (``{name}`` is filled in) and what stands between token and tag."""

    suffix: str
    opening: str
    between: str


CONLL: Final = Columns(".conll", "# doc = {name}\n", "\t")
CONLL2003: Final = Columns(".conll2003", "-DOCSTART-\t-X-\t-X-\tO\n\n", "\t-X-\t_\t")
_SUFFIXES: Final = (".conll", ".conll2003", ".bio")
_DOCUMENT = re.compile(r"# (?:doc|newdoc id|document)\s*[=:]\s*(.*)")
_DOCSTART: Final = "-DOCSTART-"


def write_conll(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """Two columns: token and tag."""
    return _write(document, options, form=CONLL)


def write_conll2003(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """Four columns: token, ``-X-``, ``_`` and tag."""
    return _write(document, options, form=CONLL2003)


def read_conll(source: Path, options: ImportOptions) -> Iterator[Imported]:
    """The articles of column files: parted by document marks, else one a file.

    Raises AnnotatorError ``import-source-missing``, ``nothing-to-import``; what is wrong in a file is in the problems.
    """
    names = Names()

    def take(text: str, name: str) -> Iterator[Imported]:
        for held in read_columns(text, name):
            held.name = names.take(held.name, fallback=name)
            yield article(held, options)

    return read_each(found_files(source, _SUFFIXES), take)


read_conll2003 = read_conll


def read_columns(text: str, name: str) -> list[TokenArticle]:
    """The articles of one column file's text (no BOM); without a mark it is one article called `name`."""
    scan = _Scan(name)
    for number, line in enumerate(text.split("\n"), 1):
        scan.take(line.rstrip("\r"), number)
    return scan.close()


def _write(document: Document, options: ExportOptions, *, form: Columns) -> Rendered:
    ledger = Ledger(document, named(document, options))
    scheme, between = SCHEMES[options.scheme], form.between
    parts = [form.opening.format(name=" ".join(ledger.name.split()))]
    for sentence in sentences(document, ledger, options):
        found = tags(sentence.chunks, len(sentence.forms), scheme=scheme)
        parts += [f"{token}{between}{tag}\n" for token, tag in zip(sentence.forms, found, strict=True)]
        parts.append("\n")
    ledger.leave_out_layers("events", "arguments", "relations")
    return Rendered(((form.suffix, "".join(parts).encode()),), ledger.close())


class _Scan:
    """Goes through the lines of a file. Columns are apart by TAB if the first row has one, else by blanks."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found = [TokenArticle(name)]
        self._width = 0
        self._has_tabs = self._has_names = False
        self._tokens: list[str] = []
        self._tags: list[str] = []
        self._begin = 0

    def take(self, line: str, number: int) -> None:
        # Inside a sentence the mark's sign is a token like any other.
        mark = None if self._tokens else self._mark(line)
        if mark is not None:
            self._found.append(TokenArticle(mark))
        elif not line.strip(" \t"):
            self._end_sentence()
        elif not self._is_comment(line):
            self._row(line, number)

    def close(self) -> list[TokenArticle]:
        """The articles that hold anything."""
        self._end_sentence()
        return [held for held in self._found if held.sentences or held.bad]

    def _mark(self, line: str) -> str | None:
        """The name of the document that a line opens, None where it opens none."""
        found = _DOCUMENT.fullmatch(line) if "\t" not in line else None
        if found:
            self._has_names = True
            return found.group(1).strip() or self._name
        # Where documents are named, the other mark's sign is a word of the text, but for the columns that only the mark has.
        first, *others = line.split()[:2] or [""]
        return self._name if first == _DOCSTART and (not self._has_names or others == ["-X-"]) else None

    def _is_comment(self, line: str) -> bool:
        # Apart by blanks, "# O" is a row: the token "#" outside any entity.
        return line.startswith("# ") and "\t" not in line and not is_tag(line.rsplit(" ", 1)[-1])

    def _row(self, line: str, number: int) -> None:
        if not self._width:
            self._has_tabs = "\t" in line
        fields = line.split("\t") if self._has_tabs else line.split()
        self._width = self._width or max(2, len(fields))
        token, tag = " ".join(fields[0].split()), fields[-1]
        held = self._found[-1]
        if len(fields) != self._width:
            held.bad.append(("ragged-columns", number, line[:80]))
            tag = tag if len(fields) > 1 and is_tag(tag) else OUTSIDE
        elif not is_tag(tag):
            held.bad.append(("bad-tag", number, tag[:80]))
            tag = OUTSIDE
        if not token:
            held.bad.append(("empty-token", number, line[:80]))
            return
        self._begin = self._begin or number
        self._tokens.append(token)
        self._tags.append(tag)

    def _end_sentence(self) -> None:
        if self._tokens:
            self._found[-1].add(self._tokens, self._tags, line=self._begin)
        self._tokens, self._tags, self._begin = [], [], 0
