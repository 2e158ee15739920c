"""The HTML edition: every page of docs/ as a file that opens without a network, with a list of pages and a switch of language.

Only what is in Markdown is shown; there is no script in it. Links between pages lead to their HTML, links out of docs/ to the checkout.
"""

from __future__ import annotations

import os
import re
import shutil
from html import escape
from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from annotator.messages import LANGUAGES, Language

from .pages import DOCS, PAGES, PICTURES, RECIPES, page_path

_LANGUAGE_NAMES: Final[dict[Language, str]] = {"en": "English", "vi": "Tiếng Việt"}
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")
_STYLE = Path(__file__).with_name("style.css")

_PAGE = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="stylesheet" href="../style.css">
</head>
<body>
<header><a href="index.html">Annotator</a><nav class="languages">{languages}</nav></header>
<div class="columns">
<nav class="pages"><ul>
{pages}
</ul></nav>
<main>
{body}</main>
</div>
</body>
</html>
"""
_FRONT = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Annotator</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<main class="front"><h1>Annotator</h1><p>{languages}</p></main>
</body>
</html>
"""


def write_edition(folder: Path) -> int:
    """Write all pages into `folder`, over what an earlier edition left there; how many were written."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_STYLE, folder / "style.css")
    for shown in (PICTURES, RECIPES):
        shutil.copytree(shown, folder / shown.name, dirs_exist_ok=True)
    for language in LANGUAGES:
        (folder / language).mkdir(exist_ok=True)
        for name in PAGES:
            (folder / language / f"{name}.html").write_text(to_html(language, name, folder=folder), encoding="utf-8")
    front = " · ".join(f'<a href="{code}/index.html" lang="{code}">{word}</a>' for code, word in _LANGUAGE_NAMES.items())
    (folder / "index.html").write_text(_FRONT.format(languages=front), encoding="utf-8")
    return len(LANGUAGES) * len(PAGES)


def to_html(language: Language, name: str, *, folder: Path) -> str:
    """One page as it stands in the edition in `folder`."""
    path = page_path(language, name)
    reader = markdown()
    tokens = reader.parse(path.read_text(encoding="utf-8"))
    _number_headings(tokens)
    for token in walk(tokens):
        if token.type == "link_open":
            token.attrSet("href", _target(str(token.attrGet("href")), path, folder=folder / language))
        elif token.type == "image":
            token.attrSet("loading", "lazy")
    body = reader.renderer.render(tokens, reader.options, {})
    # Wide tables scroll in themselves, not with the page.
    body = body.replace("<table>", '<div class="wide"><table>').replace("</table>", "</table></div>")
    return _PAGE.format(
        language=language,
        title=escape(f"{heading(path)} – Annotator"),
        languages=_switch(language, name),
        pages="\n".join(_entry(language, one, here=name) for one in PAGES),
        body=body,
    )


def markdown() -> MarkdownIt:
    """The reader of the pages: CommonMark with tables."""
    return MarkdownIt("commonmark").enable("table")


def walk(tokens: list[Token]) -> list[Token]:
    """All tokens, inline ones included, in their order."""
    found: list[Token] = []
    for token in tokens:
        found += [token, *walk(token.children or [])]
    return found


def heading(path: Path) -> str:
    """The first heading of a page."""
    return next(line[2:].strip() for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# "))


def slugs(tokens: list[Token]) -> list[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    found: list[str] = []
    for rank, token in enumerate(tokens):
        if token.type == "heading_open":
            text = "".join(part.content for part in tokens[rank + 1].children or [])
            plain = _NOT_IN_SLUG.sub("", text.lower()).replace(" ", "-")
            same = sum(1 for one in found if one == plain or re.fullmatch(rf"{re.escape(plain)}-\d+", one))
            found.append(f"{plain}-{same}" if same else plain)
    return found


def _number_headings(tokens: list[Token]) -> None:
    opened = [token for token in tokens if token.type == "heading_open"]
    for token, slug in zip(opened, slugs(tokens), strict=True):
        token.attrSet("id", slug)


def _target(href: str, path: Path, *, folder: Path) -> str:
    """A link of a page as it has to be in the edition."""
    bare, mark, anchor = href.partition("#")
    if not bare or ":" in bare:
        return href
    meant = (path.parent / bare).resolve()
    if meant.is_relative_to(DOCS):
        return f"{bare.removesuffix('.md')}.html{mark}{anchor}" if bare.endswith(".md") else href
    return f"{Path(os.path.relpath(meant, folder)).as_posix()}{mark}{anchor}"


def _switch(language: Language, name: str) -> str:
    links = (
        f"<b>{word}</b>" if code == language else f'<a href="../{code}/{name}.html" lang="{code}" hreflang="{code}">{word}</a>'
        for code, word in _LANGUAGE_NAMES.items()
    )
    return " ".join(links)


def _entry(language: Language, name: str, *, here: str) -> str:
    current = ' aria-current="page"' if name == here else ""
    return f'<li><a href="{name}.html"{current}>{escape(heading(page_path(language, name)))}</a></li>'
