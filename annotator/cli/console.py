"""What the command line says, and where: results on standard output, errors and progress on standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from annotator.core.errors import AnnotatorError
from annotator.messages import explain, language, one_line, say
from annotator.tasks import Progress, unheard

PROGRAM: Final = "annotator"

# Exit statuses.
DONE: Final = 0
PROBLEMS: Final = 1
REFUSED: Final = 2


class Console:
    """The two streams in the language of the user. With `as_json` nothing is said but errors and, last, one line of JSON."""

    def __init__(self) -> None:
        self.language = language(_preferred())
        self.as_json = False

    def said(self, key: str, /, **where: str | int) -> str:
        return say(key, self.language, **where)

    def say(self, key: str, /, **where: str | int) -> None:
        """Print a sentence of the catalogue."""
        self.print(one_line(self.said(key, **where)))

    def print(self, text: str) -> None:
        if not self.as_json:
            print(text)

    def answer(self, value: object) -> None:
        """Print the result as one line of JSON."""
        print(json.dumps(value, ensure_ascii=False))

    def complain(self, error: AnnotatorError) -> None:
        if sys.stderr is not None:
            print(f"{PROGRAM}: {explain(error, self.language)}", file=sys.stderr)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str | int]]) -> None:
        """Print rows under `heads`: drawn for a person, else tab-separated. Numbers stand to the right."""
        if self.as_json:
            return
        if not sys.stdout.isatty():
            for row in ([*heads] if any(heads) else [], *rows):
                if row:
                    print("\t".join(str(cell) for cell in row))
            return
        from rich.console import Console as Screen
        from rich.table import Table
        from rich.text import Text

        kept = [tuple(row) for row in rows]
        table = Table(show_header=any(heads), box=None, pad_edge=False)
        for column, head in enumerate(heads):
            numeric = bool(kept) and all(isinstance(row[column], int) for row in kept)
            table.add_column(Text(head), justify="right" if numeric else "left")
        for row in kept:
            table.add_row(*(Text(str(cell)) for cell in row))
        Screen(file=sys.stdout).print(table)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A bar while a person looks on, else nothing."""
        if sys.stderr is None or not sys.stderr.isatty():
            yield unheard
            return
        from rich.console import Console as Screen
        from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
        with Bar(*columns, console=Screen(file=sys.stderr), transient=True) as bar:
            work = bar.add_task("", total=None)

            def tell(done: int, total: int) -> None:
                text = self.said("cli.working", done=done, total=total) if total else self.said("cli.working-on", done=done)
                bar.update(work, completed=done, total=total or None, description=text)

            yield tell


def _preferred() -> str:
    """The language that the settings name; where the environment names one, they are not asked."""
    if os.environ.get("ANNOTATOR_LANG"):
        return ""
    from annotator.settings import read_settings

    return read_settings()[0].language
