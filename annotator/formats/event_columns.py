"""Events as columns, separated by TAB, a blank line behind each sample: triggers alone, or one sample a trigger with its arguments.

``trigger-bio`` has token and trigger tag. ``argument-bio`` has token, the tag of the one trigger that the sample is about, and the tag
of its roles: the two steps of a pipeline that finds triggers first, then the arguments of each.
"""

from __future__ import annotations

from collections.abc import Iterator

from annotator.core.document import Document
from annotator.core.model import Event
from annotator.core.schema import Schema

from .account import Ledger
from .nesting import flat
from .passages import Link, Passage, Passages, Run
from .table import ExportOptions, Nesting, Rendered, named
from .tags import SCHEMES, Chunk, tags
from .tokens import type_name, without_blanks


def write_trigger_bio(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """Two columns: token and tag of the trigger."""
    ledger = Ledger(document, named(document, options))
    ledger.leave_out_layers("entities", "arguments", "relations")
    parts = [_opening(ledger.name)]
    passages = Passages(document, ledger, options)
    for passage in passages:
        kept, dropped = flat(passage.events, nesting=options.nesting)
        for run, _ in dropped:
            ledger.leave_out("events", run.item.id, what="overlapping-trigger")
        chunks = [Chunk(run.start, run.end, type_name(run.item, ledger)) for run in kept]
        parts.append(_rows(passage, tags(chunks, len(passage.forms), scheme=SCHEMES[options.scheme])))
    return Rendered(((".bio", "".join(parts).encode()),), ledger.close(), passages.tokens)


def write_argument_bio(document: Document, schema: Schema, options: ExportOptions) -> Rendered:
    """Three columns for each event: token, tag of its trigger, tags of its roles."""
    ledger = Ledger(document, named(document, options))
    ledger.leave_out_layers("entities", "relations")
    passages = Passages(document, ledger, options)
    parts = [_opening(ledger.name)]
    for passage in passages:
        for run in passage.events:
            parts.append(f"# event = {run.item.id}\n")
            parts.append(_sample(passage, run, passages, ledger, options))
    samples = ledger.places(passage.tokens for passage in passages for _ in passage.events)
    return Rendered(((".bio", "".join(parts).encode()),), ledger.close(), samples)


def _sample(passage: Passage, run: Run, passages: Passages, ledger: Ledger, options: ExportOptions) -> str:
    assert isinstance(run.item, Event)
    scheme = SCHEMES[options.scheme]
    trigger = tags([Chunk(run.start, run.end, type_name(run.item, ledger))], len(passage.forms), scheme=scheme)
    chunks = list(_roles(run.item, list(passages.links(run.item, events=True)), ledger, nesting=options.nesting))
    return _rows(passage, trigger, tags(chunks, len(passage.forms), scheme=scheme))


def _roles(event: Event, links: list[Link], ledger: Ledger, *, nesting: Nesting) -> Iterator[Chunk]:
    """One chunk a filler; of fillers that overlap one stays, of two roles of one filler the first."""
    taken: dict[str, Link] = {}
    for link in links:
        if link.filler.item.id in taken:
            ledger.leave_out("arguments", (event.id, link.place), what="second-role-of-filler")
        else:
            taken[link.filler.item.id] = link
    kept, dropped = flat([link.filler for link in taken.values()], nesting=nesting)
    for run, _ in dropped:
        ledger.leave_out("arguments", (event.id, taken[run.item.id].place), what="overlapping-filler")
    for run in kept:
        link = taken[run.item.id]
        role = without_blanks(link.argument.role)
        if role != link.argument.role:
            ledger.change("arguments", (event.id, link.place), what="type-renamed")
        yield Chunk(run.start, run.end, role)


def _rows(passage: Passage, *columns: list[str]) -> str:
    return "\n".join(map("\t".join, zip(passage.forms, *columns, strict=True))) + "\n\n"


def _opening(name: str) -> str:
    return f"# doc = {' '.join(name.split())}\n"
