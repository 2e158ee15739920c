"""The pages as tests read them: their headings, links, quotations and blocks of code."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from markdown_it.token import Token

from annotator.messages import LANGUAGES, Language
from tools.documents.edition import markdown, slugs, walk
from tools.documents.pages import PAGES, ROOT, page_path

EVERY = [(language, name) for language in LANGUAGES for name in PAGES]
READMES = [ROOT / "README.md", ROOT / "README.vi.md"]


@cache
def read(path: Path) -> list[Token]:
    return markdown().parse(path.read_text(encoding="utf-8"))


def of(language: Language, name: str) -> list[Token]:
    return read(page_path(language, name))


def heading_levels(tokens: list[Token]) -> list[str]:
    return [token.tag for token in tokens if token.type == "heading_open"]


def links(tokens: list[Token]) -> Iterator[tuple[str, str]]:
    """What is linked to or shown: ``a`` or ``img``, and where."""
    for token in walk(tokens):
        if token.type == "link_open":
            yield "a", unquote(str(token.attrGet("href")))
        elif token.type == "image":
            yield "img", str(token.attrGet("src"))


def anchors(path: Path) -> set[str]:
    return set(slugs(read(path)))


def quotations(tokens: list[Token]) -> Iterator[str]:
    """Each paragraph of a block quote: a sentence that the program says."""
    depth = 0
    for token in tokens:
        depth += (token.type == "blockquote_open") - (token.type == "blockquote_close")
        if depth and token.type == "inline":
            yield "".join(part.content if part.type != "softbreak" else " " for part in token.children or [])


def slanted(tokens: list[Token]) -> Iterator[str]:
    """What stands in italics."""
    for token in tokens:
        parts = token.children or []
        for rank, part in enumerate(parts):
            if part.type == "em_open":
                yield parts[rank + 1].content


def code_spans(tokens: list[Token]) -> Iterator[str]:
    for token in walk(tokens):
        if token.type == "code_inline":
            yield token.content


def blocks(tokens: list[Token], kind: str) -> list[str]:
    """The fenced blocks of one language."""
    return [token.content for token in tokens if token.type == "fence" and token.info == kind]


def rows(tokens: list[Token]) -> Iterator[list[str]]:
    """The rows of all tables, heads included, as plain text."""
    cells: list[str] = []
    for rank, token in enumerate(tokens):
        if token.type == "tr_open":
            cells = []
        elif token.type in ("td_open", "th_open"):
            cells.append("".join(part.content for part in tokens[rank + 1].children or []))
        elif token.type == "tr_close":
            yield cells
