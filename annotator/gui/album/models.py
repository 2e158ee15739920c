"""Scenes around a model: its suggestions in an article, and the figures of the set that it is trained on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from annotator.core.model import Annotation, Argument, Entity, Event
from annotator.core.proposals import propose

from ..dialogs.statistics import StatisticsDialog
from ..hands import wait_until
from .day import Day, shown
from .places import MODEL, RAID

_MODEL: Final = "model:crf-1"
# Type, text, and the score in JSON.
_FOUND: Final = (
    ("WEA", "súng", "0.93"),
    ("LOC", "vùng biển Tây Nam", "0.71"),
    ("TIME", "rạng sáng 19/9", "0.98"),
    ("ORG", "Cảnh sát biển", "0.88"),
    ("PER", "Danh Hoàng Sơn", "0.96"),
)


class Models(Day):
    """What a model has to do with the corpus."""

    def _models(self) -> Iterator[Path]:
        """Suggestions beside what a person labelled, an event of them selected; then the types of the whole corpus."""
        self._open_folder(MODEL)
        self._open(MODEL / RAID)
        self._mark("Bốn kẻ", "p")
        self._mark("tàu cá KG-90418", "v")
        self._escape()
        session = self.session
        session.do(propose(session.document, session.schema, self._found(), origin=_MODEL).edit)
        self._window.control.jump(self._ids("events")[-1])
        yield self._picture("suggestions")
        self._escape()
        self._act("statistics")
        figures = shown(StatisticsDialog)
        wait_until(lambda: figures.phase == "counted" and not figures.jobs.is_running)
        figures.sections.setCurrentRow([section.name for section in figures.shown_sections()].index("types"))
        wait_until(lambda: not figures.finding.is_running)
        yield self._over("statistics")

    def _found(self) -> list[Annotation]:
        """What a model could have found in the article's second line."""
        line = "Bốn kẻ"
        held: list[Annotation] = [
            Entity(text, kind, (self._find(text, after=line),), extra=(("score", score),)) for kind, text, score in _FOUND
        ]
        held.append(Entity("who", "PER", (self._find(line),)))
        arguments = (Argument("Person", "who"), Argument("Time", "rạng sáng 19/9"))
        held.append(Event("arrest", "Arrest-jail", (self._find("bắt", after=line),), arguments, extra=(("score", "0.9"),)))
        return held
