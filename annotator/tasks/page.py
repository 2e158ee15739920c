"""One self-contained page of HTML that shows an annotated article: for reading and passing on, without a script and without a network."""

from __future__ import annotations

from html import escape
from itertools import pairwise

from annotator.core.document import Document
from annotator.core.model import Annotation, Event
from annotator.core.schema import NO_COLOUR, Language, Schema

_STYLE = """
body{font:16px/2.3 "Noto Sans","DejaVu Sans",sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#1b1f23;background:#fff}
p{margin:.4em 0}span.a{padding-bottom:2px}sub{font-size:.62em;font-weight:600;margin:0 .25em 0 .1em;vertical-align:-.7em}
sub.t{color:#fff;border-radius:3px;padding:1px 4px}table{border-collapse:collapse;font-size:14px;line-height:1.5}
td,th{text-align:left;padding:3px 12px 3px 0;vertical-align:top;border-bottom:1px solid #dde1e5}
"""


def html_page(document: Document, schema: Schema, *, language: Language) -> str:
    """The page: the text with a line under each annotation in its type's colour, then a table of the events. All text is escaped."""
    name = escape(document.source.name)
    paragraphs = "\n".join(f"<p>{_line(document, schema, line)}</p>" for line in range(document.text.line_count))
    return (
        f'<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"><title>{name}</title><style>{_STYLE}</style></head>\n'
        f"<body><h1>{name}</h1>\n{paragraphs}\n{_events(document, schema, language)}</body></html>\n"
    )


def _line(document: Document, schema: Schema, line: int) -> str:
    """A line cut at every edge of an annotation; each piece carries the lines of all that cover it."""
    start, end = document.text.line_span(line)
    held = [document.annotation(identifier) for identifier in document.index.overlapping(start, end)]
    items = sorted((item for item in held if item is not None), key=lambda item: (item.spans[0][0], -item.spans[-1][1], item.id))
    edges = {start, end, *(edge for item in items for span in item.spans for edge in span if start < edge < end)}
    cuts = sorted(edges)
    return "".join(_piece(document, schema, items, piece) for piece in pairwise(cuts)) or "&nbsp;"


def _piece(document: Document, schema: Schema, items: list[Annotation], piece: tuple[int, int]) -> str:
    start, end = piece
    text = escape(document.text.content[start:end])
    over = [item for item in items if any(s <= start and end <= e for s, e in item.spans)]
    if not over:
        return text
    lines = ",".join(
        f"inset 0 -{3 * rank + 2}px 0 -{3 * rank}px {_colour(schema, item)}" if not rank else f"0 {3 * rank}px 0 0 {_colour(schema, item)}"
        for rank, item in enumerate(reversed(over))
    )
    chips = "".join(_chip(schema, item) for item in over if item.spans[-1][1] == end)
    title = escape(", ".join(f"{item.id} {item.type}" for item in over))
    return f'<span class="a" style="box-shadow:{lines}" title="{title}">{text}</span>{chips}'


def _chip(schema: Schema, item: Annotation) -> str:
    colour = _colour(schema, item)
    if isinstance(item, Event):
        return f'<sub class="t" style="background:{colour}">{escape(item.type)}</sub>'
    return f'<sub style="color:{colour}">{escape(item.type)}</sub>'


def _colour(schema: Schema, item: Annotation) -> str:
    known = schema.event(item.type) if isinstance(item, Event) else schema.entity(item.type)
    return known.colour if known else NO_COLOUR


def _events(document: Document, schema: Schema, language: Language) -> str:
    rows = []
    for event in sorted(document.events.values(), key=lambda item: (item.spans, item.id)):
        known = schema.event(event.type)
        label = (known.label.said(language) if known else "") or event.type
        cells = []
        for argument in event.arguments:
            target = document.annotation(argument.target)
            role = schema.role(argument.role)
            said = (role.label.said(language) if role else "") or argument.role
            cells.append(f"{escape(said)}: {escape(document.text.surface(target.spans) if target else argument.target)}")
        rows.append(f"<tr><th>{escape(label)}</th><td>{escape(document.text.surface(event.spans))}</td><td>{'<br>'.join(cells)}</td></tr>")
    return f"<table>{''.join(rows)}</table>\n" if rows else ""
