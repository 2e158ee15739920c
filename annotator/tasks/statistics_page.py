"""The counts of a corpus as one self-contained page of HTML: bars in light and dark, without a script and without a network.

The page is well-formed XML as well, and its numbers are those of ``annotator stats --json``.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from annotator.core.schema import Schema
from annotator.messages import Language, say
from annotator.tasks.figure_sections import sections_of
from annotator.tasks.figure_tables import Line, Section, Table, grouped, share
from annotator.tasks.stats import Stats

_STYLE: Final = """
:root{color-scheme:light dark;--ink:#1b1f23;--soft:#57606a;--paper:#ffffff;--line:#d8dee4;--bar:#3b6ea8;--rail:#eef1f4;--warn:#8a5300}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8ea;--soft:#a3abb3;--paper:#16191d;--line:#333a41;--bar:#7aa7d9;--rail:#242a30;
--warn:#e8b25c}}
@media (prefers-contrast:more){:root{--soft:var(--ink);--line:var(--ink)}}
body{font:16px/1.5 "Noto Sans","DejaVu Sans",system-ui,sans-serif;max-width:64em;margin:2em auto;padding:0 1.25em;color:var(--ink);
background:var(--paper)}
h1{font-size:1.6em;line-height:1.25;margin:0 0 .1em;overflow-wrap:anywhere}
h2{font-size:1.25em;margin:2.2em 0 .4em;padding-top:.6em;border-top:1px solid var(--line)}
h3{font-size:1em;margin:1.4em 0 .2em}p{color:var(--soft);margin:.2em 0 .6em}p.told{color:var(--warn)}
nav ul{display:flex;flex-wrap:wrap;gap:.2em 1.2em;padding:0;margin:.8em 0 0;list-style:none}nav a{color:var(--bar)}
table{border-collapse:collapse;width:100%}
td,th{text-align:left;padding:3px 12px 3px 0;border-bottom:1px solid var(--line);font-weight:400;vertical-align:middle}
th.name{overflow-wrap:anywhere;width:34%}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.n,th.n{width:5.2em}td.bar{padding-right:0;width:30%;min-width:4em}
thead th{color:var(--soft);border-bottom-color:var(--soft)}small{color:var(--soft)}svg{display:block;width:100%;height:10px}
svg .rail{fill:var(--rail)}svg .value{fill:var(--bar)}
.side{display:grid;grid-template-columns:repeat(auto-fill,minmax(26em,1fr));gap:.4em 2.5em}
.side td.bar{width:22%}
.totals{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5em,1fr));gap:.8em 1.5em;padding:0;list-style:none}
.totals b{display:block;font-size:1.4em;font-weight:600}
.wide{overflow-x:auto}
@media (max-width:34em){.side{grid-template-columns:1fr}td.bar{display:none}}
@media print{:root{--ink:#000000;--soft:#444444;--paper:#ffffff;--line:#cccccc;--warn:#000000}
body{max-width:none;margin:0;font-size:11px}nav{display:none}h2,h3{break-after:avoid}tr,.totals li{break-inside:avoid}
svg .rail{fill:#fff;stroke:#bbb}svg .value{fill:#444}.side{grid-template-columns:1fr 1fr}*{print-color-adjust:exact}}
"""


def statistics_page(stats: Stats, schema: Schema, *, title: str, language: Language) -> str:
    """The page; `title` is the name of the corpus. All text is escaped."""
    sections = sections_of(stats, schema, language)
    page = _Page(language)
    name, heading = escape(title), escape(say("page.stats.title", language))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/><title>{heading}: {name}</title>'
        f"<style>{_STYLE}</style></head>\n<body><header><h1>{name}</h1>\n<p>{heading}</p>\n{page.contents(sections)}</header>\n<main>"
        f"{''.join(page.section(section) for section in sections)}</main></body></html>\n"
    )


class _Page:
    def __init__(self, language: Language) -> None:
        self._language: Language = language

    def contents(self, sections: list[Section]) -> str:
        """The way to each section."""
        links = "".join(f'<li><a href="#{section.name}">{escape(section.title)}</a></li>' for section in sections)
        return f'<nav aria-label="{escape(self._said("contents"))}"><ul>{links}</ul></nav>'

    def section(self, section: Section) -> str:
        """A heading, what is told, and the tables; small ones side by side."""
        return f'<section id="{section.name}"><h2>{escape(section.title)}</h2>\n{"".join(self._inside(section))}</section>\n'

    def _inside(self, section: Section) -> Iterator[str]:
        tone = ' class="told"' if section.name in ("overview", "refused") else ""
        yield from (f"<p{tone}>{escape(sentence)}</p>" for sentence in section.told)
        small = [table for table in section.tables if table.is_small]
        for rank, table in enumerate(section.tables):
            # The first table of all is read at a glance.
            is_totals = section.name == "overview" and rank == 0
            if not table.is_small:
                yield self._totals(table) if is_totals and not table.columns else self._table(table)
        if small:
            side = "" if small[0].columns else ' class="side"'
            yield f"<div{side}>{''.join(f'<div>{self._table(table)}</div>' for table in small)}</div>"

    def _totals(self, table: Table) -> str:
        held = "".join(f"<li><b>{self._number(line.number)}</b>{escape(line.name)}</li>" for line in table.lines)
        return f'<ul class="totals">{held}</ul>'

    def _table(self, table: Table) -> str:
        beside = " · ".join(filter(None, [escape(table.beside), self._number(table.total) if table.total is not None else ""]))
        heading = f"<h3>{escape(table.title)}{f' <small>{beside}</small>' if beside else ''}</h3>"
        note = f"<p>{escape(table.note)}</p>" if table.note else ""
        rows = "".join(map(self._row, table.lines))
        body = f'<div class="wide"><table>{self._head(table)}<tbody>{rows}</tbody></table></div>' if rows else ""
        return f"{heading}{note}{body}\n"

    def _head(self, table: Table) -> str:
        if not table.columns:
            return ""
        shared = '<th class="n" scope="col">%</th>' if any(line.whole for line in table.lines) else ""
        columns = "".join(f'<th class="n" scope="col">{escape(column)}</th>' for column in table.columns)
        name, count = escape(self._said("name")), escape(self._said("count"))
        first = f'<th class="name" scope="col">{name}</th><th class="n" scope="col">{count}</th>'
        return f"<thead><tr>{first}{shared}{columns}{'<th></th>' if shared else ''}</tr></thead>"

    def _row(self, line: Line) -> str:
        beside = f" <small>{escape(line.beside)}</small>" if line.beside else ""
        cells = "".join(f'<td class="n">{self._number(number)}</td>' for number in line.cells)
        head = f'<tr><th class="name" scope="row">{escape(line.name)}{beside}</th><td class="n">{self._number(line.number)}</td>'
        if not line.whole:
            return f"{head}{cells}</tr>"
        percent = f'<td class="n"><small>{share(line.number, line.whole, self._language)}</small></td>'
        return f'{head}{percent}{cells}<td class="bar">{_bar(line)}</td></tr>'

    def _number(self, number: int) -> str:
        """As the language writes it; ``data`` holds the bare number."""
        return f'<data value="{number}">{grouped(number, self._language)}</data>'

    def _said(self, key: str) -> str:
        return say(f"page.stats.{key}", self._language)


def _bar(line: Line) -> str:
    length = 100 * line.number / line.longest if line.longest else 0
    value = f'<rect class="value" width="{length:.2f}%" height="10" rx="2"/>' if length else ""
    return f'<svg aria-hidden="true"><rect class="rail" width="100%" height="10" rx="2"/>{value}</svg>'
