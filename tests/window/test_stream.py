"""Work beside the window: what it gives arrives in order, it ends when it is stopped, and nothing more is heard of one left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from PySide6.QtWidgets import QApplication

from annotator.core.errors import AnnotatorError
from annotator.gui.desk.stream import Stream
from annotator.gui.hands import wait_until
from annotator.tasks import Progress

from .conftest import settle


class Listener:
    """Hears what a stream says."""

    def __init__(self, stream: Stream) -> None:
        self.heard: list[object] = []
        self.ends: list[AnnotatorError | None] = []
        stream.came.connect(lambda batch: self.heard.extend(batch))
        stream.ended.connect(self.ends.append)


def test_everything_arrives_in_order(qapp: QApplication) -> None:
    stream = Stream()
    listener = Listener(stream)
    stream.start(lambda progress: iter(range(1_000)))
    assert wait_until(lambda: bool(listener.ends))
    assert listener.heard == list(range(1_000)) and listener.ends == [None] and not stream.is_running


def test_a_stopped_work_ends_as_cancelled_and_keeps_what_it_gave(qapp: QApplication) -> None:
    stream, go_on = Stream(), threading.Event()
    listener = Listener(stream)

    def work(progress: Progress) -> Iterator[object]:
        yield "first"
        go_on.wait(5)
        progress(1, 2)
        yield "second"

    stream.start(work)
    stream.stop()
    go_on.set()
    assert wait_until(lambda: bool(listener.ends))
    assert listener.heard == ["first"]
    assert [end.code for end in listener.ends if end is not None] == ["cancelled"]


def test_nothing_is_heard_of_work_left_behind(qapp: QApplication) -> None:
    stream, go_on = Stream(), threading.Event()
    listener = Listener(stream)

    def slow(progress: Progress) -> Iterator[object]:
        go_on.wait(5)
        yield "old"

    stream.start(slow)
    stream.start(lambda progress: iter(["new"]))
    assert wait_until(lambda: bool(listener.ends))
    go_on.set()
    stream.leave()
    settle()
    assert listener.heard == ["new"] and listener.ends == [None]


def test_a_mistake_in_the_work_is_told(qapp: QApplication) -> None:
    stream = Stream()
    listener = Listener(stream)

    def broken(progress: Progress) -> Iterator[object]:
        yield 1
        raise RuntimeError("no")

    stream.start(broken)
    assert wait_until(lambda: bool(listener.ends))
    assert listener.heard == [1]
    assert [end.code for end in listener.ends if end is not None] == ["unexpected"]
