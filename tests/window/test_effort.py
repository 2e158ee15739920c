"""The time worked: kept only where that was switched on, in the corpus, without pauses and without what is done elsewhere."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLabel

from annotator.gui.desk.effort import PAUSE_MOST, Stopwatch
from annotator.gui.hands import wait_until
from annotator.store.effort import Stretch, effort_path, read_stretches
from annotator.store.writer import Writer
from tests.window.conftest import ARTICLE, Sit, Sitting, settle


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


def keep(sitting: Sitting) -> Clock:
    """Switch the keeping on; time goes by the clock that is given."""
    clock, effort = Clock(), sitting.window.corpus_handlers.effort
    effort._clock, effort._now = clock, lambda: datetime(2026, 11, 22, 8, 0, 0)
    sitting.window.menus.actions["keep_effort"].trigger()
    effort.touch()
    return clock


def work(sitting: Sitting, clock: Clock, *pauses: float) -> None:
    """Move the caret again and again, after these seconds each."""
    for pause in pauses:
        clock.seconds += pause
        sitting.session.place_caret((sitting.session.caret + 1) % 20, active=False)


def written(sitting: Sitting) -> list[Stretch]:
    writer: Writer = sitting.window.desk.saver.writer
    assert writer.flush(10.0)
    return read_stretches(sitting.folder)


def told(sitting: Sitting) -> str:
    label = sitting.window.corpus_panel.findChild(QLabel, "effort")
    assert label is not None
    return label.text().replace("\n", " · ") if label.isVisible() else ""


@given(st.lists(st.floats(0, 200), max_size=20))
def test_only_the_time_between_signs_of_work_counts(pauses: list[float]) -> None:
    watch, now = Stopwatch(), 0.0
    watch.touch(now)
    for pause in pauses:
        now += pause
        watch.touch(now)
    expected = sum(pause for pause in pauses if pause < PAUSE_MOST)
    assert abs(watch.seconds - expected) <= PAUSE_MOST * sum(abs(pause - PAUSE_MOST) < 1e-6 for pause in pauses) + 1e-6


def test_nothing_is_kept_unless_it_was_switched_on(sit: Sit) -> None:
    sitting = sit({"a.txt": ARTICLE, "b.txt": ARTICLE})
    sitting.mark("Hà Nội", "g")
    sitting.open("b.txt")
    assert written(sitting) == [] and not effort_path(sitting.folder).parent.exists()
    assert told(sitting) == ""


def test_a_row_says_who_worked_how_long_on_what_and_what_was_made(sit: Sit) -> None:
    sitting = sit({"a.txt": ARTICLE, "b.txt": ARTICLE, "annotator.toml": 'annotator = "lan"\n'})
    clock = keep(sitting)
    work(sitting, clock, 10, 20, 300, 30)
    made = sitting.mark("Hà Nội", "g")
    sitting.select(made)
    sitting.press("*", "l")
    sitting.window.menus.actions["done"].trigger()
    sitting.open("b.txt")
    assert written(sitting) == [Stretch("2026-11-22", "08:00:00", "lan", "a.txt", 60, 1, 1, 0, "done")]
    clock.seconds += 5
    sitting.window.menus.actions["keep_effort"].trigger()
    assert written(sitting)[1:] == []


def test_the_time_in_another_program_does_not_count(sit: Sit) -> None:
    sitting = sit({"a.txt": ARTICLE, "b.txt": ARTICLE})
    clock = keep(sitting)
    work(sitting, clock, 10)
    clock.seconds += 5
    sitting.window.corpus_handlers.set_active(False)
    clock.seconds += 40
    sitting.window.corpus_handlers.set_active(True)
    work(sitting, clock, 7)
    sitting.open("b.txt")
    assert [row.seconds for row in written(sitting)] == [22]


def test_the_panel_says_how_long_was_worked_today(sit: Sit) -> None:
    sitting = sit({"a.txt": ARTICLE, "b.txt": ARTICLE})
    clock = keep(sitting)
    work(sitting, clock, *[60] * 40)
    sitting.window.menus.actions["done"].trigger()
    assert told(sitting) == "Worked today: 0:40 · 1.5 articles/h"
    sitting.window.preferences.set_language("vi")
    assert told(sitting) == "Hôm nay đã làm: 0:40 · 1,5 văn bản/giờ"
    sitting.window.menus.actions["keep_effort"].trigger()
    assert told(sitting) == ""


def test_what_was_worked_earlier_today_counts(sit: Sit) -> None:
    sitting = sit({"a.txt": ARTICLE, "b.txt": ARTICLE})
    effort_path(sitting.folder).parent.mkdir()
    rows = ["date,start,annotator,article,seconds,made,changed,deleted,status"]
    rows += [f"2026-11-{day},07:00:00,,b.txt,3600,1,0,0,doing" for day in (21, 22)]
    effort_path(sitting.folder).write_text("\n".join(rows) + "\n", encoding="utf-8")
    keep(sitting)
    assert wait_until(lambda: told(sitting).startswith("Worked today: 1:00"))


def test_a_corpus_that_cannot_be_written_is_told_once_and_nothing_else_is_lost(sit: Sit) -> None:
    sitting = sit({"a.txt": ARTICLE, "b.txt": ARTICLE})
    # A file where the folder should be: nobody can write there, root neither.
    effort_path(sitting.folder).parent.write_text("", encoding="utf-8")
    clock = keep(sitting)
    work(sitting, clock, 10)
    sitting.mark("Hà Nội", "g")
    sitting.open("b.txt")
    assert wait_until(lambda: str(effort_path(sitting.folder)) in sitting.message)
    sitting.window.bubble.hide()
    work(sitting, clock, 10)
    sitting.open("a.txt")
    assert sitting.window.desk.saver.writer.flush(10.0)
    settle()
    assert not sitting.window.bubble.isVisible()
    assert [entity["text"] for entity in sitting.sidecar("a.txt")["entities"]] == ["Hà Nội"]


def test_the_choice_is_kept(sit: Sit, home: Path) -> None:
    sitting = sit()
    keep(sitting)
    assert sitting.close()
    from annotator.settings import read_settings

    assert read_settings()[0].effort
