"""States of the statistics: each section, by part, of one article, while it counts, and of nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotator.gui.dialogs.statistics import StatisticsDialog
from annotator.gui.hands import wait_until

from .conftest import Sitting, settle
from .state_table import Reach, act, state

SECTIONS = ("overview", "refused", "types", "lengths", "nesting", "filled", "edges", "surfaces")


def statistics(s: Sitting) -> StatisticsDialog:
    """The dialog, counted to the end."""
    act(s, "statistics")
    assert wait_until(lambda: any(held.isVisible() for held in s.window.findChildren(StatisticsDialog)))
    shown = next(held for held in s.window.findChildren(StatisticsDialog) if held.isVisible())
    counted(shown)
    return shown


def counted(shown: StatisticsDialog) -> None:
    assert wait_until(lambda: shown.phase == "counted" and not shown.jobs.is_running, seconds=20), shown.message()
    settle()


def show_section(shown: StatisticsDialog, name: str) -> None:
    """Go to a section, and wait for the places of its first row."""
    names = [section.name for section in shown.shown_sections()]
    shown.sections.setCurrentRow(names.index(name))
    assert wait_until(lambda: not shown.finding.is_running)
    settle()


def section(name: str) -> Reach:
    def reach(s: Sitting) -> QWidget:
        shown = statistics(s)
        show_section(shown, name)
        return shown

    return reach


for _name in SECTIONS:
    state(f"statistics, {_name}")(section(_name))


@state("statistics by part")
def _by_part(s: Sitting) -> QWidget:
    shown = statistics(s)
    choose(shown, "split", "three")
    show_section(shown, "types")
    return shown


@state("statistics of one article")
def _of_one(s: Sitting) -> QWidget:
    shown = statistics(s)
    choose(shown, "split", "none")
    choose(shown, "scope", "article")
    return shown


def choose(shown: StatisticsDialog, name: str, value: str) -> None:
    """Choose as a person does, and wait for the counts."""
    box = getattr(shown.form, name)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())
    counted(shown)
