"""Conventions about where a span begins and ends: whole characters, whole words, nothing at an edge that does not belong there."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from annotator.core.checks.problems import Problem, Reading, warn
from annotator.core.checks.wordlists import Wordlist, wordlist
from annotator.core.commands import resize
from annotator.core.edits import Edit
from annotator.core.model import Annotation, Entity, Event
from annotator.core.schema import Conventions
from annotator.core.text import Span, Spans

PERSON_TYPES = frozenset({"PER", "PERSON"})

# What Python does not count as blank and a reader does not see: zero-width and directional marks, NUL, the byte order mark.
_INVISIBLE = frozenset("\0\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
# Punctuation by its category that is part of a number, a name or an address.
_PART_OF_WORD = frozenset("%‰#@&*")
_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "‘": "’", "«": "»", "‹": "›", '"': '"', "'": "'"}
_OPENERS = {closer: opener for opener, closer in _PAIRS.items()}


@dataclass(frozen=True, slots=True)
class Usage:
    """A class of words that guidelines want inside or outside certain annotations. `code` is completed by ``-inside`` or ``-outside``."""

    code: str
    wanted: Callable[[Conventions], bool | None]
    words: Callable[[Conventions], tuple[str, ...]]
    allowed: Callable[[Conventions], tuple[str, ...]]
    concerns: Callable[[Annotation], bool]


def _is_entity(item: Annotation) -> bool:
    return isinstance(item, Entity)


def _is_person(item: Annotation) -> bool:
    return isinstance(item, Entity) and item.type in PERSON_TYPES


def _is_event(item: Annotation) -> bool:
    return isinstance(item, Event)


USAGES = (
    Usage("title", lambda c: c.title_inside_person, lambda c: c.titles, lambda c: (), _is_person),
    Usage("passive", lambda c: c.passive_in_trigger, lambda c: c.passives, lambda c: (), _is_event),
    Usage("preposition", lambda c: c.preposition_inside, lambda c: c.prepositions, lambda c: c.preposition_allow, _is_entity),
)


def find_cut_characters(reading: Reading) -> Iterator[Problem]:
    """Edges inside what a reader sees as one character; the repair takes it whole."""
    text = reading.document.text
    for item in reading.annotations:
        if not all(text.is_grapheme_edge(start) and text.is_grapheme_edge(end) for start, end in item.spans):
            whole = tuple(text.widen_to_graphemes(start, end) for start, end in item.spans)
            yield warn(reading, "edge-cuts-character", item, repair=_resized(reading, item, whole))


def find_cut_words(reading: Reading) -> Iterator[Problem]:
    """Edges inside a word. Between letters it is a slip, and the repair takes the syllable whole; else word or span may be wrong."""
    for item in reading.annotations:
        cuts = [_cut(reading, span) for span in item.spans]
        word = next((cut[0] for cut in cuts if cut), None)
        if word is None:
            continue
        surface = reading.content[slice(*word)]
        whole = tuple(cut[1] if cut else span for span, cut in zip(item.spans, cuts, strict=True))
        if whole == item.spans:
            yield warn(reading, "edge-cuts-word", item, word=surface)
        else:
            yield warn(reading, "edge-cuts-syllable", item, word=surface, repair=_resized(reading, item, whole))


def find_blank_edges(reading: Reading) -> Iterator[Problem]:
    for item in reading.annotations:
        if any(_inked(reading, span) != span for span in item.spans):
            yield warn(reading, "blank-at-edge", item, repair=_trim(reading, item))


def find_punctuation_edges(reading: Reading) -> Iterator[Problem]:
    for item in reading.annotations:
        for span in item.spans:
            start, end = _inked(reading, span)
            mark = _loose_mark(reading, (start, end)) if start < end else ""
            if mark:
                yield warn(reading, "punctuation-at-edge", item, mark=mark, repair=_trim(reading, item))
                break


def find_misused_words(reading: Reading) -> Iterator[Problem]:
    """Titles, bị/được and prepositions on the wrong side of an annotation's start."""
    for usage in USAGES:
        wanted = usage.wanted(reading.conventions)
        words = wordlist(usage.words(reading.conventions))
        if wanted is None:
            continue
        find = _find_outside if wanted else _find_inside
        for item in reading.annotations:
            if usage.concerns(item):
                yield from find(reading, usage, item=item, words=words)


def _find_inside(reading: Reading, usage: Usage, *, item: Annotation, words: Wordlist) -> Iterator[Problem]:
    """A word inside at the start that should stay outside. One that is part of a longer word (bị thương, Từ Liêm) is none."""
    found = _unwanted(reading, usage, spans=item.spans, words=words)
    if found is None or _is_typical(reading, item):
        return
    surface, spans = reading.content[slice(*found)], item.spans
    # More than one may stand there (trong lúc): the repair leaves none of them.
    while found is not None:
        end = found[1]
        spans = _trimmed(reading, tuple((max(start, end), last) for start, last in spans if last > end))
        found = _unwanted(reading, usage, spans=spans, words=words) if spans else None
    yield warn(reading, f"{usage.code}-inside", item, word=surface, repair=_resized(reading, item, spans))


def _unwanted(reading: Reading, usage: Usage, *, spans: Spans, words: Wordlist) -> Span | None:
    """The word of a usage that an annotation begins with, if it is a word by itself, not allowed and not all that there is."""
    found = words.at_start(reading.content, spans[0])
    if found is None or found[1] == spans[-1][1] or _cuts(reading, found[1]):
        return None
    return None if reading.content[slice(*found)] in wordlist(usage.allowed(reading.conventions)) else found


def _find_outside(reading: Reading, usage: Usage, *, item: Annotation, words: Wordlist) -> Iterator[Problem]:
    """A word right before that should be inside. One that bears an annotation of its own stays; so does a second one in a row."""
    document, start = reading.document, item.spans[0][0]
    found = words.right_before(reading.content, start)
    if found is None or words.at_start(reading.content, item.spans[0]) or document.index.overlapping(*found):
        return
    if _cuts(reading, found[0]):
        return
    surface = reading.content[slice(*found)]
    spans = ((found[0], item.spans[0][1]), *item.spans[1:])
    yield warn(reading, f"{usage.code}-outside", item, word=surface, repair=_resized(reading, item, spans))


def _is_typical(reading: Reading, item: Annotation) -> bool:
    """Whether a trigger stands in the schema just as it is (bị thương, được bầu)."""
    known = reading.schema.event(item.type) if isinstance(item, Event) else None
    return known is not None and wordlist(known.triggers).names(reading.document.text, item.spans)


def _cut(reading: Reading, span: Span) -> tuple[Span, Span] | None:
    """The first known word that an edge of `span` cuts, and `span` with the syllables that it cuts taken whole."""
    content, (start, end) = reading.content, span
    first = _cut_word(reading, start, at=start)
    last = _cut_word(reading, end, at=end - 1)
    while first and start > first[0] and _is_letter(content[start]) and _is_letter(content[start - 1]):
        start -= 1
    while last and end < last[1] and _is_letter(content[end - 1]) and _is_letter(content[end]):
        end += 1
    word = first or last
    return (word, (start, end)) if word else None


def _cut_word(reading: Reading, edge: int, *, at: int) -> Span | None:
    """The known word around the code point `at` that `edge` cuts, with letters or digits on both sides."""
    document, content = reading.document, reading.content
    word = document.words.at(at)
    if word is None or not word[0] < edge < word[1] or not document.words.is_known(document.text.line_at(at)):
        return None
    if not document.text.is_grapheme_edge(edge):
        return None
    return word if _has_letters(content[word[0] : edge]) and _has_letters(content[edge : word[1]]) else None


def _cuts(reading: Reading, offset: int) -> bool:
    """Whether `offset` lies inside a known word, with letters or digits on both sides."""
    return _cut_word(reading, offset, at=offset) is not None


def _trim(reading: Reading, item: Annotation) -> Edit | None:
    return _resized(reading, item, _trimmed(reading, item.spans))


def _resized(reading: Reading, item: Annotation, spans: Spans) -> Edit | None:
    """The edit that gives an annotation these fragments; None where nothing would be left or nothing would change."""
    inked = tuple(span for span in spans if _has_ink(reading, span))
    return resize(reading.document, item.id, inked) if inked and inked != item.spans else None


def _trimmed(reading: Reading, spans: Spans) -> Spans:
    """Fragments without blanks and loose punctuation at their edges, as the conventions ask; those that were nothing else are gone."""
    kept = []
    for span in spans:
        start, end = _inked(reading, span)
        while start < end and reading.conventions.punctuation_at_edge and _loose_mark(reading, (start, end)):
            head, tail = _loose_edges(reading, (start, end))
            start, end = _inked(reading, (start + head, max(start + head, end - tail)))
        if start < end and _has_ink(reading, (start, end)):
            kept.append((start, end))
    return tuple(kept)


def _inked(reading: Reading, span: Span) -> Span:
    """`span` without blanks at its edges; what a reader sees as one character (CR LF, a blank with an accent) goes or stays whole."""
    content, text, (start, end) = reading.content, reading.document.text, span
    while start < end and _is_blank(content[start]) and not _has_ink(reading, (start, after := text.grapheme_after(start))):
        start = min(after, end)
    while start < end and _is_blank(content[end - 1]) and not _has_ink(reading, (before := text.grapheme_before(end), end)):
        end = max(before, start)
    return start, end


def _loose_mark(reading: Reading, span: Span) -> str:
    """The first punctuation mark at an edge of `span` that does not belong to what stands inside; empty if there is none."""
    head, tail = _loose_edges(reading, span)
    if not head and not tail:
        return ""
    return reading.content[span[0] if head else span[1] - 1]


def _loose_edges(reading: Reading, span: Span) -> tuple[int, int]:
    """How many code points, 0 or 1, are loose at the start and at the end. A bracket or quote whose partner stands inside is not."""
    content, text, (start, end) = reading.content, reading.document.text, span
    first, last = content[start], content[end - 1]
    head = _is_mark(first) and not (first in _PAIRS and content.find(_PAIRS[first], start + 1, end - 1) >= 0)
    tail = _is_mark(last) and not (last in _OPENERS and content.find(_OPENERS[last], start + 1, end - 1) >= 0)
    if last == "." and _is_abbreviation(content, (start, end)):
        tail = False
    # Where an edge cuts a word (9/|2), the mark belongs to the word: that is another check's finding.
    head = head and text.is_grapheme_edge(start + 1) and not _cuts(reading, start)
    tail = tail and text.is_grapheme_edge(end - 1) and not _cuts(reading, end)
    return int(head), int(tail)


def _is_abbreviation(content: str, span: Span) -> bool:
    """Whether the full stop at the end of `span` belongs to capitals (TP., U.S.)."""
    token = content[max(span[0], span[1] - 12) : span[1] - 1].replace("_", " ").split(" ")[-1]
    letters = [character for character in token if character.isalpha()]
    return "." in token or (0 < len(letters) <= 3 and all(letter.isupper() for letter in letters))


def _is_blank(character: str) -> bool:
    return character.isspace() or character in _INVISIBLE


def _is_mark(character: str) -> bool:
    return character not in _PART_OF_WORD and unicodedata.category(character).startswith("P")


def _is_letter(character: str) -> bool:
    """A letter, or an accent of decomposed text."""
    return character.isalpha() or unicodedata.combining(character) != 0


def _has_letters(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _has_ink(reading: Reading, span: Span) -> bool:
    return any(not _is_blank(reading.content[offset]) for offset in range(*span))
