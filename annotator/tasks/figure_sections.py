"""All sections of a corpus's statistics: the overview, what could not be read, and what `figure_tables` makes of the figures."""

from __future__ import annotations

from annotator.core.schema import Schema
from annotator.messages import Language, explain
from annotator.tasks.counted import ARTICLES, Pick
from annotator.tasks.figure_tables import FigureTables, Getter, Line, Section, Table, with_lines
from annotator.tasks.stats import Stats

_TOTALS: dict[str, Getter] = {
    "documents": lambda held: held.documents,
    "sentences": lambda held: held.sentences,
    "words": lambda held: held.words,
    "characters": lambda held: held.characters,
    "entities": lambda held: held.entities.total(),
    "events": lambda held: held.events.total(),
    "arguments": lambda held: held.roles.total(),
    "relations": lambda held: held.relations.total(),
}

_PICKS: dict[str, Pick] = {"documents": (("layer", ARTICLES),), "entities": (("layer", "entities"),), "events": (("layer", "triggers"),)}


def sections_of(stats: Stats, schema: Schema, language: Language) -> list[Section]:
    """All that there is to say, in order; a section without anything in it is left out, but for the first."""
    tables = FigureTables(stats.figures, stats.parts, schema, language)
    found = [
        _overview(stats, tables),
        _refused(stats, tables, language),
        tables.types(),
        tables.lengths(),
        tables.nesting(),
        tables.filled(),
        tables.edges(),
        tables.surfaces(),
        tables.ambiguous(),
    ]
    return [section for rank, section in enumerate(found) if rank == 0 or section.tables or section.told]


def _overview(stats: Stats, tables: FigureTables) -> Section:
    """The totals, and the articles by status, origin and annotator."""
    told = [] if stats.documents else [tables.said("empty")]
    if stats.documents and not stats.figures.annotations:
        told.append(tables.said("unlabelled"))
    if stats.figures.documents and not stats.figures.words:
        told.append(tables.said("wordless"))
    if stats.unreadable:
        told.append(tables.said("unreadable", n=stats.unreadable, total=stats.documents))
    if stats.figures.suggestions:
        told.append(tables.said("suggestions", n=stats.figures.suggestions))
    if stats.division is not None:
        told += [
            tables.said("missing", part=part, types=", ".join(tables.label(layer, name) for layer, name in types))
            for part, types in stats.division.missing().items()
        ]
    shown = with_lines([_totals(stats, tables), tables.statuses(), tables.origins(), tables.annotators()])
    return Section("overview", tables.said("overview"), shown, tuple(told))


def _totals(stats: Stats, tables: FigureTables) -> Table:
    """How much there is of everything. A damaged article is counted among the articles, and apart."""
    lines = [Line(tables.count(name), get(tables.whole), cells=tables.cells(get), pick=_PICKS.get(name)) for name, get in _TOTALS.items()]
    blank = (0,) * len(tables.parts)
    lines[0] = Line(tables.count("documents"), stats.documents, cells=lines[0].cells, pick=_PICKS["documents"])
    lines.insert(1, Line(tables.count("unreadable"), stats.unreadable, cells=blank, grave=True))
    problems = tables.cells(lambda held: held.problems.total())
    lines.insert(2, Line(tables.count("problems"), stats.problems.total(), cells=problems, grave=True))
    return Table(tables.said("totals"), tuple(lines), columns=tuple(tables.parts))


def _refused(stats: Stats, tables: FigureTables, language: Language) -> Section:
    told = [tables.said("refused.note"), *(explain(error, language) for error in stats.refused)] if stats.refused else []
    return Section("refused", tables.said("refused"), told=tuple(told))
