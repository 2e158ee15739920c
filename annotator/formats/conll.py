"""CoNLL columns, separated by TAB: a token a line with its tag last, a blank line behind each sentence.

``conll`` has two columns and names each document by a comment ``# doc = NAME``; ``conll2003`` has the four of the shared task of 2003
(token, part of speech, phrase, entity; what we do not know is ``-X-`` and ``_``) and parts documents by a ``-DOCSTART-`` line. With a
column for each layer of entities that overlap, ``conll`` says so by a comment ``# layers = N`` and has as many tags a token.
Read are both, with TABs or blanks between the columns and tags of any scheme.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest
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
_LAYERS: Final = "# layers = "
# What stands in a column of which nothing is known.
_NOTHING: Final = frozenset({"-X-", "_", "-", "", "O"})
_LAYERED = re.compile(rb"[^\n]*\n# layers = [0-9]+\n")


def write_conll(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """Two columns, token and tag; with ``layers`` as many tags as the document needs, which `join_columns` makes those of the set."""
    return _write(document, options, form=CONLL, layered=True)


def join_columns(documents: Iterable[bytes], schema: Schema) -> Iterator[bytes]:
    """Rows of as many columns as the widest has: what a document has no further layer for is outside."""
    held = list(documents)
    # Only documents with layers may differ in their columns.
    if not any(_LAYERED.match(document) for document in held):
        yield from held
        return
    rows = [row for document in held for row in BytesIO(document)]
    most = max((row.count(b"\t") for row in rows), default=0)
    for row in rows:
        width = row.count(b"\t")
        yield row if width in (0, most) else row.rstrip(b"\n") + b"\tO" * (most - width) + b"\n"


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


def _write(document: Document, options: ExportOptions, *, form: Columns, layered: bool = False) -> Rendered:
    ledger = Ledger(document, named(document, options))
    scheme = SCHEMES[options.scheme]
    parts = [form.opening.format(name=" ".join(ledger.name.split()))]
    found = sentences(document, ledger, options, layered=layered)
    if layered and options.nesting == "layers":
        parts.append(f"{_LAYERS}{1 + max((len(sentence.further) for sentence in found), default=0)}\n")
    for sentence in found:
        columns = [tags(chunks, len(sentence.forms), scheme=scheme) for chunks in (sentence.chunks, *sentence.further)]
        tagged = map("\t".join, zip(*columns, strict=True))
        parts.append("\n".join(map(form.between.join, zip(sentence.forms, tagged, strict=True))) + "\n\n")
    ledger.leave_out_layers("events", "arguments", "relations")
    tokens = ledger.places(sentence.tokens for sentence in found)
    return Rendered(((form.suffix, "".join(parts).encode()),), ledger.close(), tokens)


class _Scan:
    """Goes through the lines of a file. Columns are apart by TAB if the first row has one, else by blanks."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found = [TokenArticle(name)]
        self._width = 0
        self._has_tabs = self._has_names = self._has_layers = False
        self._tokens: list[str] = []
        self._tags: list[tuple[str, ...]] = []
        self._begin = 0
        self._others: set[int] = set()

    def take(self, line: str, number: int) -> None:
        # Inside a sentence the mark's sign is a token like any other.
        mark = None if self._tokens else self._mark(line)
        if mark is not None:
            self._found.append(TokenArticle(mark))
        elif not line.strip(" \t"):
            self._end_sentence()
        elif not self._tokens and line.startswith(_LAYERS) and "\t" not in line:
            self._has_layers = True
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
        token, found = " ".join(fields[0].split()), tuple(fields[1:] if self._has_layers else fields[-1:])
        held = self._found[-1]
        if not self._has_layers and len(fields) == self._width:
            for column, value in enumerate(fields[1:-1], 2):
                if value not in _NOTHING and column not in self._others:
                    self._others.add(column)
                    held.bad.append(("field-not-kept", number, f"{column}: {value[:70]}"))
        if len(fields) != self._width:
            held.bad.append(("ragged-columns", number, line[:80]))
            found = found if len(fields) > 1 else ()
        else:
            held.bad += [("bad-tag", number, tag[:80]) for tag in found if not is_tag(tag)]
        if not token:
            held.bad.append(("empty-token", number, line[:80]))
            return
        self._begin = self._begin or number
        self._tokens.append(token)
        self._tags.append(tuple(tag if is_tag(tag) else OUTSIDE for tag in found))

    def _end_sentence(self) -> None:
        if self._tokens:
            columns = [list(column) for column in zip_longest(*self._tags, fillvalue=OUTSIDE)]
            first, *further = columns or [[OUTSIDE] * len(self._tokens)]
            self._found[-1].add(self._tokens, first, line=self._begin, further=further)
        self._tokens, self._tags, self._begin = [], [], 0
