"""Finding a type or role by what a person types: without tone marks, over names, labels and typical triggers, slips forgiven."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from annotator.core.schema import EventType, Schema, Wording

CandidateKind = Literal["role", "entity", "event"]

# Slips are looked for from this length on: two letters are near too much.
_SLIP_FROM: Final = 3
_SLIP_LEAST: Final = 72.0
_MARKS = re.compile(r"[\u0300-\u036f]")
_GAPS = re.compile(r"[\s_\-/,.·()]+")

# How well a term answers, best first.
_WHOLE, _START, _WORD, _WORDS, _INSIDE, _SLIP = range(6)
Rank = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A text under which something is found: folded, and with its marks. `typical` is a trigger word, not a name."""

    folded: str
    marked: str
    typical: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that can be chosen; `seen` is how often it stands in the corpus that the schema was drawn from."""

    kind: CandidateKind
    name: str
    key: str
    seen: int
    terms: tuple[Term, ...]


def fold(text: str) -> str:
    """`text` in lower case without tone marks and with ``đ`` as ``d``; signs between words as one blank."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.casefold())).replace("đ", "d")
    return _GAPS.sub(" ", bare).strip()


def candidates(schema: Schema, frame: EventType | None = None) -> list[Candidate]:
    """What can be chosen: the roles of an open frame, then entity types, then event types, each in the schema's order."""
    found: list[Candidate] = []
    for held in frame.roles if frame else ():
        role = schema.role(held.role)
        label = role.label if role else Wording()
        found.append(Candidate("role", held.role, held.key, sum(held.seen.values()), tuple(_terms([held.role], label))))
    for entity in schema.entities:
        found.append(Candidate("entity", entity.name, entity.key, entity.seen, tuple(_terms([entity.name], entity.label))))
    for event in schema.events:
        terms = tuple(_terms([event.name, event.ace], event.label, typical=event.triggers))
        found.append(Candidate("event", event.name, event.key, event.seen, terms))
    return found


def match(query: str, among: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that answer `query`, best first; all of them, in their order, for an empty one.

    The whole of a term beats its start, the start of a word what lies inside it; names and labels beat typical triggers, roles of the
    open frame other things. A term that has the very tone marks typed comes first. Slips count only where nothing else answers.
    """
    folded = fold(query)
    if not folded:
        return list(among)
    marked = _marked(query)
    ranked = [(rank, place) for place, item in enumerate(among) if (rank := _rank(item, folded, marked)) is not None]
    if not ranked and len(folded) >= _SLIP_FROM:
        ranked = [(rank, place) for place, item in enumerate(among) if (rank := _slip_rank(item, folded)) is not None]
    return [among[place] for _, place in sorted(ranked)]


def _terms(names: Iterable[str], label: Wording, *, typical: Iterable[str] = ()) -> Iterator[Term]:
    for text in dict.fromkeys([*names, label.en, label.vi]):
        if text:
            yield Term(fold(text), _marked(text), False)
    for text in typical:
        yield Term(fold(text), _marked(text), True)


def _marked(text: str) -> str:
    return _GAPS.sub(" ", unicodedata.normalize("NFC", text.casefold())).strip()


def _rank(item: Candidate, folded: str, marked: str) -> Rank | None:
    ranks = [
        (answer, term.typical, marked not in term.marked, len(term.folded))
        for term in item.terms
        if (answer := _answer(term.folded, folded)) is not None
    ]
    if not ranks:
        return None
    answer, typical, unlike, length = min(ranks)
    return answer, typical, unlike, item.kind != "role", -item.seen, length


def _answer(term: str, query: str) -> int | None:
    if term == query:
        return _WHOLE
    if term.startswith(query):
        return _START
    if f" {query}" in term:
        return _WORD
    words = term.split()
    if all(any(word.startswith(part) for word in words) for part in query.split()):
        return _WORDS
    return _INSIDE if query in term else None


def _slip_rank(item: Candidate, folded: str) -> Rank | None:
    likeness = max((_likeness(term.folded, folded) for term in item.terms), default=0.0)
    return (_SLIP, -likeness, item.kind != "role", -item.seen) if likeness >= _SLIP_LEAST else None


def _likeness(term: str, query: str) -> float:
    """How like `query` is to the term, its start or one of its words: 0 to 100 (Indel similarity)."""
    from rapidfuzz import fuzz

    parts = {term, term[: len(query)], *(term.split() if " " not in query else ())}
    return max(fuzz.ratio(part, query, score_cutoff=_SLIP_LEAST) for part in parts)
