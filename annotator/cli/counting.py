"""The command that counts a corpus: a few tables, JSON, or a page with pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from annotator.cli.console import DONE, PROBLEMS, Console
from annotator.cli.dividing import tell_division
from annotator.core.model import STATUSES
from annotator.tasks.division import Wish
from annotator.tasks.figures import Figures, ranked
from annotator.tasks.opening import corpus_schema, open_corpus
from annotator.tasks.splitting import read_folds, read_split
from annotator.tasks.statistics_page import statistics_page
from annotator.tasks.stats import Stats, count_corpus
from annotator.tasks.writing import write_text


def stats(console: Console, *, corpus: str, html: str | None, as_json: bool, **given: Any) -> int:
    console.as_json = as_json
    held = open_corpus(Path(corpus))
    wish = read_wish(given)
    with console.progress() as tell:
        counted = count_corpus(held, wish, progress=tell)
    for error in counted.refused:
        console.complain(error)
    if html is not None:
        page = statistics_page(counted, corpus_schema(held), title=Path(corpus).resolve().name, language=console.language)
        write_text(Path(html), page)
        console.say("cli.stats.written", path=html)
    _tell_stats(console, counted)
    if counted.division is not None:
        console.print("")
        tell_division(console, counted.division)
    if as_json:
        console.answer(counted.as_json())
    return PROBLEMS if counted.refused else DONE


def read_wish(given: Mapping[str, Any]) -> Wish:
    """How the corpus is to be divided. Raises AnnotatorError ``bad-split`` and ``bad-folds``."""
    return Wish(
        read_split(given["split"]) if given["split"] is not None else None,
        Path(given["split_file"]) if given["split_file"] is not None else None,
        read_folds(given["folds"]) if given["folds"] is not None else 0,
        given["seed"],
        not given["no_duplicates"],
    )


def _tell_stats(console: Console, counted: Stats) -> None:
    heads = ("", "", *counted.parts) if counted.parts else ("", "")
    totals = {
        "documents": (counted.documents, *(held.documents for held in counted.parts.values())),
        "unreadable": (counted.unreadable, *(0 for _ in counted.parts)),
        **{name: _each(counted, get) for name, get in _SUMS.items()},
        "problems": (counted.problems.total(), *(held.problems.total() for held in counted.parts.values())),
    }
    console.table(heads, [(console.said(f"cli.stats.{name}"), *numbers) for name, numbers in totals.items()])
    if counted.effort is not None:
        effort = counted.effort
        hours, minutes = divmod(effort.seconds // 60, 60)
        counts = {"articles": effort.articles, "made": effort.made, "changed": effort.changed, "deleted": effort.deleted}
        console.print("")
        line = console.said("cli.stats.effort.line", hours=hours, minutes=minutes, **counts)
        console.print(f"{console.said('cli.stats.effort')}: {line}")
    for title, get in _TABLES.items():
        names = [name for name in STATUSES if get(counted.figures)[name]] if title == _STATUS else dict(ranked(get(counted.figures)))
        said = {name: console.said(f"status.{name}") if title == _STATUS else name for name in names}
        if said:
            console.print("")
            console.say(title)
            console.table(heads, [(shown, *_each(counted, lambda held: get(held)[name])) for name, shown in said.items()])  # noqa: B023


def _each(counted: Stats, get: Callable[[Figures], int]) -> tuple[int, ...]:
    """A number of the whole and of each part."""
    return get(counted.figures), *(get(held) for held in counted.parts.values())


_STATUS: Final = "cli.stats.status"
_SUMS: Final[Mapping[str, Callable[[Figures], int]]] = {
    "characters": lambda held: held.characters,
    "sentences": lambda held: held.sentences,
    "words": lambda held: held.words,
    "entities": lambda held: held.entities.total(),
    "events": lambda held: held.events.total(),
    "arguments": lambda held: held.roles.total(),
    "relations": lambda held: held.relations.total(),
}
_TABLES: Final[Mapping[str, Callable[[Figures], Counter[str]]]] = {
    _STATUS: lambda held: held.status,
    "cli.stats.by.entities": lambda held: held.entities,
    "cli.stats.by.events": lambda held: held.events,
    "cli.stats.by.roles": lambda held: held.roles,
}
