"""The counts of a corpus as one self-contained page of HTML: bars in light and dark, without a script and without a network.

The page is well-formed XML as well, and its numbers are those of ``annotator stats --json``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Final

from annotator.core.model import STATUSES
from annotator.core.schema import Schema
from annotator.messages import Language, say
from annotator.tasks.stats import Stats, ranked

_STYLE: Final = """
:root{color-scheme:light dark;--ink:#1b1f23;--soft:#57606a;--paper:#ffffff;--line:#d8dee4;--bar:#3b6ea8;--rail:#eef1f4}
@media (prefers-color-scheme:dark){:root{--ink:#e6e8ea;--soft:#a3abb3;--paper:#16191d;--line:#333a41;--bar:#7aa7d9;--rail:#242a30}}
body{font:16px/1.5 "Noto Sans","DejaVu Sans",system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1.25em;color:var(--ink);
background:var(--paper)}
h1{font-size:1.6em;margin:0 0 .2em}h2{font-size:1.1em;margin:2em 0 .4em}h3{font-size:1em;margin:1.2em 0 .2em}
p{color:var(--soft);margin:.2em 0 .6em}
table{border-collapse:collapse;width:100%;table-layout:fixed}
td,th{text-align:left;padding:3px 12px 3px 0;border-bottom:1px solid var(--line);font-weight:400}
th.name{width:34%;overflow-wrap:anywhere}td.n,th.n{text-align:right;width:6em;font-variant-numeric:tabular-nums;white-space:nowrap}td.bar{padding-right:0}
thead th{color:var(--soft)}small{color:var(--soft)}svg{display:block;width:100%;height:10px}
svg .rail{fill:var(--rail)}svg .value{fill:var(--bar)}
.totals{display:grid;grid-template-columns:repeat(auto-fill,minmax(9em,1fr));gap:.8em 1.5em;padding:0;list-style:none}
.totals b{display:block;font-size:1.4em;font-weight:600}
@media print{body{max-width:none;margin:0}h2{break-after:avoid}tr{break-inside:avoid}}
"""
# Lengths from here on share a row.
_LONG: Final = 16


@dataclass(frozen=True, slots=True)
class Row:
    """A bar: its name, a further word beside it, the number, what it is a share of, and the number of a bar of full length."""

    name: str
    beside: str
    number: int
    whole: int
    longest: int


def statistics_page(stats: Stats, schema: Schema, *, title: str, language: Language) -> str:
    """The page; `title` is the name of the corpus. All text is escaped."""
    page = _Page(stats, schema, language)
    sections = "\n".join(part for part in page.sections() if part)
    name = escape(title)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"/><title>{escape(page.said("title"))}: {name}</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>{name}</h1>\n<p>{escape(page.said('title'))}</p>\n{sections}\n</body></html>\n"
    )


class _Page:
    def __init__(self, stats: Stats, schema: Schema, language: Language) -> None:
        self._stats, self._schema, self._language = stats, schema, language

    def said(self, key: str, **where: str | int) -> str:
        return say(f"page.stats.{key}", self._language, **where)

    def sections(self) -> Iterable[str]:
        stats, figures = self._stats, self._stats.figures
        yield self._totals()
        statuses = [(say(f"status.{name}", self._language), "", stats.status[name]) for name in STATUSES if stats.status[name]]
        yield self._section(say("cli.stats.status", self._language), _rows(statuses, full=stats.documents))
        for name, table, label in (
            ("entities", stats.entities, self._entity),
            ("events", stats.events, self._event),
            ("roles", stats.roles, self._role),
        ):
            yield self._section(say(f"cli.stats.by.{name}", self._language), _rows((label(held), held, n) for held, n in ranked(table)))
        for layer, lengths in figures.lengths.items():
            shown = [(str(number), "", lengths[number]) for number in sorted(lengths) if number < _LONG]
            long = sum(count for number, count in lengths.items() if number >= _LONG)
            shown += [(f"{_LONG}+", "", long)] if long else []
            yield self._section(self.said(f"lengths.{layer}"), _rows(shown), self.said("lengths.note"))
        yield self._nesting()
        yield self._filled()
        edges = [(self.said("edges.at_words"), "", figures.at_words), (self.said("edges.cut"), "", figures.cut)]
        yield self._section(self.said("edges"), _rows(edges, full=figures.at_words + figures.cut), self.said("edges.note"))
        yield self._annotators()

    def _totals(self) -> str:
        stats = self._stats
        totals = {
            "documents": stats.documents,
            "unreadable": stats.unreadable,
            "characters": stats.characters,
            "words": stats.words,
            "entities": stats.entities.total(),
            "events": stats.events.total(),
            "arguments": stats.roles.total(),
            "relations": stats.relations.total(),
            "problems": stats.problems.total(),
        }
        held = "".join(f"<li><b>{self._number(n)}</b>{escape(say(f'cli.stats.{name}', self._language))}</li>" for name, n in totals.items())
        told = self.said("suggestions", n=stats.figures.suggestions) if stats.figures.suggestions else ""
        return f'<ul class="totals">{held}</ul>' + (f"<p>{escape(told)}</p>" if told else "")

    def _nesting(self) -> str:
        figures = self._stats.figures
        shown = [(self.said("nesting.depth", n=depth), "", figures.depths[depth]) for depth in sorted(figures.depths)]
        beside = {"crossing": figures.crossing, "fragments": figures.fragments["entities"]}
        shown += [(self.said(f"nesting.{name}"), "", number) for name, number in beside.items()]
        rows = _rows(shown, full=figures.depths.total())
        return self._section(self.said("nesting"), rows, self.said("nesting.note")) if figures.depths else ""

    def _filled(self) -> str:
        """A table for each event type: how many of its events have each role filled."""
        parts = []
        for name, held in sorted(self._stats.figures.filled.items(), key=lambda pair: (-pair[1].events, pair[0])):
            rows = _rows(((self._role(role), role, n) for role, n in held.roles.items()), full=held.events)
            heading = f"<h3>{escape(self._event(name))} <small>{escape(name)} · {self._number(held.events)}</small></h3>"
            parts.append(heading + (self._table(rows) if rows else ""))
        note = f"<p>{escape(self.said('filled.note'))}</p>"
        return f"<h2>{escape(self.said('filled'))}</h2>{note}{''.join(parts)}" if parts else ""

    def _annotators(self) -> str:
        columns = ("documents", "entities", "events", "arguments")
        heads = "".join(f'<th class="n" scope="col">{escape(say(f"cli.stats.{name}", self._language))}</th>' for name in columns)
        rows = []
        for name, counts in sorted(self._stats.figures.annotators.items()):
            cells = "".join(f'<td class="n">{self._number(counts[column])}</td>' for column in columns)
            rows.append(f'<tr><th class="name" scope="row">{escape(name or self.said("nobody"))}</th>{cells}</tr>')
        if not rows:
            return ""
        head = f'<thead><tr><th class="name" scope="col">{escape(self.said("annotator"))}</th>{heads}</tr></thead>'
        return f"<h2>{escape(self.said('annotators'))}</h2><table>{head}<tbody>{''.join(rows)}</tbody></table>"

    def _section(self, title: str, rows: list[Row], note: str = "") -> str:
        told = f"<p>{escape(note)}</p>" if note else ""
        return f"<h2>{escape(title)}</h2>{told}{self._table(rows)}" if rows else ""

    def _table(self, rows: Iterable[Row]) -> str:
        return f"<table><tbody>{''.join(map(self._row, rows))}</tbody></table>"

    def _row(self, row: Row) -> str:
        beside = f" <small>{escape(row.beside)}</small>" if row.beside and row.beside != row.name else ""
        share = 100 * row.number / row.whole if row.whole else 0
        percent = f"{share:.1f}".replace(".", "," if self._language == "vi" else ".")
        value = _value(100 * row.number / row.longest if row.longest else 0)
        bar = f'<svg aria-hidden="true"><rect class="rail" width="100%" height="10" rx="2"/>{value}</svg>'
        return (
            f'<tr><th class="name" scope="row">{escape(row.name)}{beside}</th><td class="n">{self._number(row.number)}</td>'
            f'<td class="n"><small>{percent} %</small></td><td class="bar">{bar}</td></tr>'
        )

    def _number(self, number: int) -> str:
        """With the thousands apart as the language writes them; ``data`` holds the bare number."""
        shown = f"{number:,}".replace(",", "." if self._language == "vi" else ",")
        return f'<data value="{number}">{shown}</data>'

    def _entity(self, name: str) -> str:
        return self._label(self._schema.entity(name), name)

    def _event(self, name: str) -> str:
        return self._label(self._schema.event(name), name)

    def _role(self, name: str) -> str:
        return self._label(self._schema.role(name), name)

    def _label(self, held: object, name: str) -> str:
        label = getattr(held, "label", None)
        return (label.said(self._language) if label is not None else "") or name


def _rows(shown: Iterable[tuple[str, str, int]], *, full: int | None = None) -> list[Row]:
    """Bars: shares of `full`, which is a bar of full length, else of their sum, the longest of full length."""
    held = list(shown)
    numbers = [number for _, _, number in held]
    whole, longest = (sum(numbers), max(numbers, default=0)) if full is None else (full, full)
    return [Row(name, beside, number, whole, longest) for name, beside, number in held]


def _value(length: float) -> str:
    return f'<rect class="value" width="{length:.2f}%" height="10" rx="2"/>' if length else ""
