"""What a check finds: a problem with its place, its wording's fields and, where one is certain, the edit that mends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from annotator.core.document import Document
from annotator.core.edits import Edit
from annotator.core.model import Annotation, Entity, Event, extent, id_order
from annotator.core.schema import Conventions, Schema
from annotator.core.suggestions import is_suggestion

Severity = Literal["error", "warning"]

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `ids` are the items that it concerns, the one to jump to first; `start` … `end` are code points, half-open.

    The sentence stands in the catalogue under ``problem.<code>`` and takes its fields from `where`. `repair` is proposed, never made.
    """

    code: str
    severity: Severity
    ids: tuple[str, ...]
    start: int
    end: int
    where: Mapping[str, str | int]
    repair: Edit | None = None


@dataclass(frozen=True)
class Reading:
    """A document as the checks read it. Its lists hold only annotations whose fragments ascend within the text: the others are errors.

    Suggestions of a model are in none of them: nobody has said yet that they are right.
    """

    document: Document
    schema: Schema

    @property
    def conventions(self) -> Conventions:
        return self.schema.conventions

    @cached_property
    def content(self) -> str:
        return self.document.text.content

    @cached_property
    def annotations(self) -> list[Annotation]:
        """Sound entities and events in reading order, outer before inner."""
        sound = (item for item in self.document.annotations() if misplaced(item, len(self.content)) is None)
        return [item for item in sound if not is_suggestion(item)]

    @cached_property
    def entities(self) -> list[Entity]:
        return [item for item in self.annotations if isinstance(item, Entity)]

    @cached_property
    def events(self) -> list[Event]:
        return [item for item in self.annotations if isinstance(item, Event)]

    def has_words(self, item: Annotation) -> bool:
        """Whether the machine has spoken about each line of an annotation; until then nothing can be said about its words."""
        document = self.document
        return all(
            document.words.is_known(line)
            for start, end in item.spans
            for line in range(document.text.line_at(start), document.text.line_at(end - 1) + 1)
        )


def misplaced(item: Annotation, length: int) -> tuple[int, int] | None:
    """The first fragment that is empty, outside a text of `length` code points or not behind the one before it; None where all is well."""
    last = 0
    for start, end in item.spans:
        if not last <= start < end <= length:
            return start, end
        last = end
    return None


def warn(
    reading: Reading, code: str, item: Annotation, *, repair: Edit | None = None, others: tuple[str, ...] = (), **where: str | int
) -> Problem:
    """A warning at an annotation; its id, type and text are always among the fields."""
    return _problem(reading, code, item, severity="warning", repair=repair, others=others, where=where)


def accuse(
    reading: Reading, code: str, item: Annotation, *, repair: Edit | None = None, others: tuple[str, ...] = (), **where: str | int
) -> Problem:
    """An error at an annotation, as `warn`."""
    return _problem(reading, code, item, severity="error", repair=repair, others=others, where=where)


def shown(reading: Reading, item: Annotation) -> str:
    """The text of an annotation for a sentence, its beginning only where it is long."""
    start, end = extent(item)
    if end - start <= _SHOWN:
        return reading.document.text.surface(item.spans)
    return reading.content[max(start, 0) : max(start, 0) + _SHOWN] + "…"


def file_rank(problem: Problem) -> tuple[int, int, str, tuple[tuple[int, str], ...]]:
    """The order of problems in a list: by place, then code, then ids."""
    return problem.start, problem.end, problem.code, tuple(id_order(identifier) for identifier in problem.ids)


def _problem(
    reading: Reading,
    code: str,
    item: Annotation,
    *,
    severity: Severity,
    repair: Edit | None,
    others: tuple[str, ...],
    where: Mapping[str, str | int],
) -> Problem:
    start, end = extent(item)
    fields = {"id": item.id, "type": item.type, "text": shown(reading, item), **where}
    return Problem(code, severity, (item.id, *others), start, end, fields, repair)
