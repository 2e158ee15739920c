"""Words of articles as text: where each lies, or the text with ``_`` between the syllables of a word."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.text import Span
from annotator.store.files import is_there
from annotator.tasks.opening import load_article, open_corpus
from annotator.tasks.writing import write_text

Form = Literal["underscore", "json"]

JSON_FILE = "words.jsonl"

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Segmented:
    """The words of one article, line by line, in code points; `name` is its path below what was asked for."""

    name: str
    path: Path
    document: Document

    @property
    def words(self) -> list[Span]:
        return [word for line in self.document.words.lines() for word in line]

    def joined(self) -> str:
        """The text with ``_`` for the blanks inside a word and words apart by blanks; what lies between words and lines stays."""
        document = self.document
        content = document.text.content
        parts: list[str] = []
        for line in range(document.text.line_count):
            at, end = document.text.line_span(line)
            for number, word in enumerate(document.words.line(line)):
                gap = _unjoined(content[at : word[0]]) if document.is_segmented else content[at : word[0]]
                parts.append(gap or (" " if number else ""))
                parts.append(_BLANKS.sub("_", content[slice(*word)]))
                at = word[1]
            parts.append(content[at:end])
            parts.append("\n")
        return "".join(parts[:-1])

    def said(self, form: Form) -> str:
        """The text with ``_``, or one line of JSON with the name and the words' spans."""
        if form == "json":
            return json.dumps({"name": self.name, "words": self.words}, ensure_ascii=False) + "\n"
        return self.joined()


@dataclass(slots=True)
class SegmentOutlet:
    """Where segmented articles go: texts into a folder, the text of an article that is `alone` into a file, JSON into one file."""

    out: Path
    form: Form
    alone: bool
    _lines: list[str] = field(default_factory=list)

    def take(self, segmented: Segmented) -> None:
        """Raises what `writing.write_text` raises, and AnnotatorError ``out-not-folder``."""
        if self.form == "json":
            self._lines.append(segmented.said("json"))
        elif self.alone and not self.out.is_dir():
            write_text(self.out, segmented.joined(), source=segmented.path)
        elif self.out.exists() and not self.out.is_dir():
            raise AnnotatorError("out-not-folder", path=str(self.out))
        else:
            write_text(self.out / segmented.name, segmented.joined(), source=segmented.path)

    def close(self) -> None:
        """Write what goes into one file."""
        if self._lines:
            write_text(self.out / JSON_FILE if self.out.is_dir() else self.out, "".join(self._lines))


def _unjoined(gap: str) -> str:
    """A gap of segmented text: an ``_`` that joins no word any more is a blank."""
    return gap.replace("_", " ")


def find_articles(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """The articles of files and folders, each with the name that it goes by. Raises AnnotatorError ``place-missing``."""
    for path in paths:
        if path.is_dir():
            for article in open_corpus(path).articles():
                yield article, article.relative_to(path).as_posix()
        elif is_there(path):
            yield path, path.name
        else:
            raise AnnotatorError("place-missing", path=str(path))


def segment_article(path: Path, name: str) -> Segmented:
    """An article's words with the corrections of its sidecar; a sidecar that cannot be trusted is passed over."""
    return Segmented(name, path, load_article(path).document)
