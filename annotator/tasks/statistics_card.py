"""The statistics of a written set for its card: tables of Markdown by part, and one picture of the types as SVG."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from xml.sax.saxutils import escape

from annotator.core.schema import Schema
from annotator.tasks.figure_tables import FigureTables, Line, Table, grouped, share
from annotator.tasks.figures import Figures, Filled

PICTURE: Final = "statistics.svg"
_LANGUAGE: Final = "en"
_NAME, _BAR, _NUMBER, _ROW, _GAP = 250, 420, 70, 22, 40
_STYLE: Final = (
    "text{font:13px 'Noto Sans','DejaVu Sans',sans-serif;fill:#1b1f23}.h{font-weight:600;font-size:15px}.n{text-anchor:end}"
    ".v{fill:#3b6ea8}.r{fill:#eef1f4}.p{fill:#ffffff}"
    "@media (prefers-color-scheme:dark){text{fill:#e6e8ea}.v{fill:#7aa7d9}.r{fill:#242a30}.p{fill:#16191d}}"
)


def card_statistics(whole: Figures, parts: Mapping[str, Figures], schema: Schema) -> list[str]:
    """Lines of Markdown that follow the counts by type in the card, with the picture that lies beside it."""
    tables = FigureTables(whole, parts if len(parts) > 1 else {}, schema, _LANGUAGE, bare=True)
    lines = [f"![Annotations by type]({PICTURE})", ""] if whole.annotations else []
    shown = [table for table in tables.types().tables if table.lines[0].layer == "roles"]
    # Of the words that are cut only how many: single texts are for those who label, a card does not quote the articles.
    shown += [*tables.lengths().tables, *tables.nesting().tables, *tables.edges().tables[:1]]
    for table in shown:
        lines += _table(table)
    return lines + list(_filled(whole, tables))


def card_picture(whole: Figures, schema: Schema) -> bytes:
    """Bars of the entities and events by type. It loads nothing, and follows the reader's light or dark."""
    tables = FigureTables(whole, {}, schema, _LANGUAGE, bare=True)
    shown = [table for table in tables.types().tables if table.lines[0].layer in ("entities", "events")]
    drawn: list[str] = []
    top = 16
    for table in shown:
        drawn.append(f'<text class="h" x="16" y="{top + 14}">{escape(table.title)}</text>')
        top += 28
        for line in table.lines:
            drawn.extend(_bar(line, top))
            top += _ROW
        top += _GAP - _ROW
    width, height = _NAME + _BAR + _NUMBER + 32, max(top, 32)
    said = "; ".join(f"{line.name} {line.number}" for table in shown for line in table.lines)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">'
    ground = f'<rect class="p" width="{width}" height="{height}"/>'
    title = f"<title>Annotations by type</title><desc>{escape(said)}</desc>"
    return "\n".join([head, title, f"<style>{_STYLE}</style>", ground, *drawn, "</svg>", ""]).encode()


def _bar(line: Line, top: int) -> Iterator[str]:
    length = round(_BAR * line.number / line.longest, 1) if line.longest else 0
    left = _NAME + 16
    yield f'<text class="n" x="{_NAME}" y="{top + 14}">{escape(_short(line.name))}</text>'
    yield f'<rect class="r" x="{left}" y="{top + 4}" width="{_BAR}" height="12" rx="2"/>'
    yield f'<rect class="v" x="{left}" y="{top + 4}" width="{length}" height="12" rx="2"/>'
    yield f'<text class="n" x="{left + _BAR + _NUMBER}" y="{top + 14}">{grouped(line.number, _LANGUAGE)}</text>'


def _short(name: str) -> str:
    return name if len(name) <= 34 else name[:33] + "…"


def _table(table: Table) -> Iterator[str]:
    """A heading, the note and the rows: number, share, and a number for each part."""
    yield f"### {table.title}"
    yield ""
    if table.note:
        yield from (_plain(table.note), "")
    yield from _row(["", "count", "share", *table.columns])
    yield from _row(["---", "---:", "---:", *("---:" for _ in table.columns)])
    for line in table.lines:
        beside = f" ({line.beside})" if line.beside else ""
        yield from _row([line.name + beside, str(line.number), share(line.number, line.whole, _LANGUAGE), *map(str, line.cells)])
    yield ""


def _filled(whole: Figures, tables: FigureTables) -> Iterator[str]:
    """One row for each event type: its roles by how many of the events have a filler for them."""
    if not whole.filled:
        return
    yield "### Roles filled, by event type"
    yield ""
    yield from _row(["event type", "events", "share of them in which the role is filled"])
    yield from _row(["---", "---:", "---"])
    for name, filled in whole.ranked_filled():
        yield from _row([tables.label("events", name), str(filled.events), ", ".join(_roles(filled, tables)) or "–"])
    yield ""


def _roles(filled: Filled, tables: FigureTables) -> Iterator[str]:
    for role, number in sorted(filled.roles.items(), key=lambda pair: -pair[1]):
        yield f"{tables.label('roles', role)} {round(100 * number / filled.events)} %"


def _row(cells: Iterable[str]) -> Iterator[str]:
    yield f"| {' | '.join(map(_plain, cells))} |"


def _plain(text: str) -> str:
    """Text that Markdown takes as it is."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")
