"""The guidelines of a corpus: reading them, and finding the passage that speaks of a type or role."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from annotator.core.errors import AnnotatorError
from annotator.core.schema import EntityType, EventType, RelationType, Role, Schema, Wording
from annotator.store.files import read_bounded
from annotator.suggest.matching import fold

# More than anybody reads beside a text; shown at once, it is laid out in a moment that is not felt.
GUIDELINES_MOST: Final = 300_000
# No guidelines need more; the time that Qt takes to render a line or a table grows with the square of its length.
_NESTED_MOST: Final = 64
_LINE_MOST: Final = 10_000
_CELLS_MOST: Final = 5_000

TopicKind = Literal["entity", "event", "role", "relation"]

_NESTING = re.compile(r"[ \t>*+-]*")
_NUMBERED = re.compile(r"^\s*(?:[\divxlc]+[.)]\s*)+|^\s*[a-z][.)]\s+", re.IGNORECASE)
_PARTS = re.compile(r"[/,;:·|()\[\]–—=]|\s-\s|\bvà\b|\band\b", re.IGNORECASE)
_WORD = re.compile(r"\w")
_AROUND: Final = " .:,;"


@dataclass(frozen=True, slots=True)
class Topic:
    """A type or role that guidelines may speak of: `terms` are its name and labels."""

    kind: TopicKind
    name: str
    label: Wording
    definition: Wording

    @property
    def terms(self) -> tuple[str, ...]:
        return tuple(term for term in dict.fromkeys((self.name, self.label.vi, self.label.en)) if _WORD.search(term))


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph as rendered: `level` is that of a heading (0: none), `strong` are its emphasised runs, `leads`: it begins with one."""

    text: str
    level: int = 0
    strong: tuple[str, ...] = ()
    leads: bool = False


def read_guidelines(path: Path) -> str:
    """The guidelines as Markdown.

    Raises AnnotatorError ``guidelines-too-large`` (`kilobytes`), ``guidelines-not-utf8`` (`line`), ``guidelines-not-rendered``
    (`line`: too long, nested too deep, or the first of too large a table), and what `files.read_bounded` raises.
    """
    try:
        raw = read_bounded(path, most=GUIDELINES_MOST)
    except AnnotatorError as error:
        if error.code != "file-too-large":
            raise
        raise AnnotatorError("guidelines-too-large", path=str(path), kilobytes=GUIDELINES_MOST // 1000) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnnotatorError("guidelines-not-utf8", path=str(path), line=raw.count(b"\n", 0, error.start) + 1) from None
    if "\0" in text:
        raise AnnotatorError("guidelines-not-utf8", path=str(path), line=text.count("\n", 0, text.index("\0")) + 1)
    for number, line in enumerate(text.split("\n"), 1):
        if _is_excessive(line):
            raise AnnotatorError("guidelines-not-rendered", path=str(path), line=number)
    if text.count("|") > _CELLS_MOST:
        raise AnnotatorError("guidelines-not-rendered", path=str(path), line=text.count("\n", 0, text.index("|")) + 1)
    return text


def topic_of(schema: Schema, kind: TopicKind, name: str) -> Topic:
    """The topic of a type or role; one that the schema lacks has its name only."""
    known: EntityType | EventType | Role | RelationType | None
    match kind:
        case "entity":
            known = schema.entity(name)
        case "event":
            known = schema.event(name)
        case "role":
            known = schema.role(name)
        case "relation":
            known = schema.relation(name)
    return Topic(kind, name, known.label, known.definition) if known else Topic(kind, name, Wording(), Wording())


def find_passage(passages: Sequence[Passage], topic: Topic) -> int | None:
    """The number of the passage that speaks of `topic`, None where none does.

    A heading that is its name or label comes first, then a paragraph that begins with it emphasised, a heading that holds it among
    other words, an emphasised mention anywhere, and at last the bare name. Tone marks and case count only between equals.
    """
    ranked = [(rank, number) for number, passage in enumerate(passages) if (rank := _rank(passage, topic)) is not None]
    return min(ranked)[1] if ranked else None


def _is_excessive(line: str) -> bool:
    if len(line) > _LINE_MOST:
        return True
    found = _NESTING.match(line)
    marks = found[0].strip() if found else ""
    # A row of one sign is a rule.
    return sum(sign in ">*+-" for sign in marks) > _NESTED_MOST and set(marks) - {"-"} != set() and set(marks) - {"*"} != set()


def _rank(passage: Passage, topic: Topic) -> tuple[int, int] | None:
    return min((answer for term in topic.terms for answer in _answers(passage, term, is_name=term == topic.name)), default=None)


def _answers(passage: Passage, term: str, *, is_name: bool) -> Iterator[tuple[int, int]]:
    """How a passage speaks of a term, the lower the better, and how unlike it is written."""
    folded = fold(term)
    if passage.level:
        title = _NUMBERED.sub("", passage.text)
        for part in (title, *filter(_WORD.search, _PARTS.split(title))):
            if fold(part) == folded:
                yield 0, _unlike(term, part)
        # One short word is part of too many others: "kiện" of "sự kiện".
        if (" " in folded or fold(title).startswith(f"{folded} ")) and f" {folded} " in f" {fold(title)} ":
            yield 2, _unlike(term, title)
    for rank, run in enumerate(passage.strong):
        if fold(run.strip(_AROUND)) == folded:
            yield (1 if passage.leads and rank == 0 else 3), _unlike(term, run.strip(_AROUND))
    if is_name and re.search(rf"(?<![\w-]){re.escape(term)}(?![\w-])", passage.text):
        yield (2 if passage.level else 4), 0


def _unlike(term: str, written: str) -> int:
    """0 where it is written as the term is, 1 in another case, 2 with other tone marks."""
    term, written = unicodedata.normalize("NFC", term), unicodedata.normalize("NFC", written)
    return 0 if term in written else 1 if term.casefold() in written.casefold() else 2
