"""What a block shows: the document's characters, one for one, with joins drawn as the view asks. No Qt here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from annotator.core.document import Document
from annotator.core.text import Span

View = Literal["syllables", "words"]

_TOKEN = re.compile(r"\S+")
# What a text layout would swallow, break at or draw as nothing, each replaced by one visible or blank character of equal UTF-16 length.
_SHOWN_AS = {ord("\r"): " ", ord("\t"): " ", ord("\v"): " ", ord("\f"): " ", 0x85: " ", 0x2028: "↵", 0x2029: "¶", 0xFEFF: "\u200b"}
_SHOWN_AS |= {code: chr(0x2400 + code) for code in range(32) if code not in _SHOWN_AS and code != ord("\n")}
# What nobody would see: each stands as a small sign in its place. None of the signs turns the direction of what follows, so that no
# text is shown in another order than it is stored because of a mark that hides (Boucher and Anderson 2021, "Trojan Source").
_SIGNS = {
    "\u200e": "→", "\u200f": "←", "\u061c": "←", "\u202a": "⇢", "\u202b": "⇠", "\u202d": "⇒", "\u202e": "⇐", "\u202c": "↧",
    "\u2066": "↦", "\u2067": "↤", "\u2068": "↔", "\u2069": "↥", "\u200b": "¦", "\u200c": "‖", "\u200d": "‿", "\u2060": "⁀",
    "\ufeff": "⁀", "\u00ad": "¬", "\u180e": "¤", **dict.fromkeys(map(chr, (*range(0x2061, 0x2065), *range(0x206A, 0x2070))), "¤"),
    "\u00a0": "·", "\u202f": "·",
}  # fmt: skip
_SIGNED = re.compile(f"[{''.join(_SIGNS)}]")
# Joined emoji: what a zero-width joiner stands between, with variation selectors and skin tones behind the first.
_EMOJI = "[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]"
_JOINS_EMOJI = re.compile(f"(?<={_EMOJI})\u200d(?={_EMOJI})|(?<=[\ufe0f\u20e3])\u200d(?={_EMOJI})")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


@dataclass(frozen=True, slots=True)
class Shown:
    """The text of a block as drawn, the offsets of its joining marks, the block's own start, and the offsets of signs for what hides.

    `runs` says which way the block as a whole runs; `is_mixed` that some of its letters may run the other way.
    """

    text: str
    joints: tuple[int, ...]
    start: int
    signs: tuple[int, ...] = ()
    runs: Literal["left to right", "right to left"] = "left to right"
    is_mixed: bool = False

    def text_at(self, offset: int) -> str:
        return self.text[offset - self.start] if offset - self.start < len(self.text) else " "


def show(document: Document, span: Span, *, view: View) -> Shown:
    """A block's characters as `view` draws them: ``_`` inside words in word view, blanks between syllables in syllable view."""
    start, end = span
    content = document.text.content[start:end]
    characters = list(content.translate(_SHOWN_AS))
    # A byte order mark in front of everything is no character of the article's.
    hidden = [at for at in _hidden(content) if start + at or content[at] != "\ufeff"]
    for at in hidden:
        characters[at] = _SIGNS[content[at]]
    if document.is_segmented:
        for found in _TOKEN.finditer(document.text.content, start, end):
            for joint in document.words.joints(found.span()):
                characters[joint - start] = " "
    joints: list[int] = []
    if view == "words":
        for word in document.words.overlapping(start, end):
            parts = document.words.syllables(word)
            gaps = [(left[1], right[0]) for left, right in pairwise(parts)]
            joints += [offset for first, last in gaps for offset in range(first, last) if start <= offset < end]
        for offset in joints:
            characters[offset - start] = "_"
    signs = tuple(start + at for at in hidden if characters[at] == _SIGNS[content[at]])
    backwards = len(_RIGHT_TO_LEFT.findall(content))
    most = backwards > sum(map(str.isalpha, content)) / 2 if backwards else False
    return Shown("".join(characters), tuple(joints), start, signs, "right to left" if most else "left to right", bool(backwards))


def _hidden(content: str) -> list[int]:
    """Where characters stand that would not be seen; the joiners within an emoji are part of what is seen."""
    if content.isascii():
        return []
    joiners = {found.start() for found in _JOINS_EMOJI.finditer(content)}
    return [found.start() for found in _SIGNED.finditer(content) if found.start() not in joiners]
