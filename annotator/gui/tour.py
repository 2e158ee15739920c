"""The main job done by itself: two sample articles are labelled through the real window with real mouse and key events, saved and exported.

What it leaves in its folder are the copies with their sidecars, training sets, and pictures of the whole window on the way.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator import messages
from annotator.core.errors import AnnotatorError
from annotator.core.text import Span
from annotator.resources import samples
from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.opening import open_corpus
from annotator.tasks.writing import first_missing, remove_empty

from .app import make_application, open_window
from .hands import Hands, wait_until
from .offscreen import prefer_offscreen
from .window import MainWindow
from .work.session import Session

_TRAINING = ("conll", "jsonl", "brat")


@dataclass(frozen=True, slots=True)
class EventPlan:
    """A trigger with the keys of its type, and role keys with what fills them. Texts are found behind `after`."""

    after: str
    trigger: str
    keys: str
    arguments: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ArticlePlan:
    """What is labelled in one sample: entities as (key, text), events, and a stretch whose words are set right: split, then joined."""

    name: str
    entities: tuple[tuple[str, str], ...]
    events: tuple[EventPlan, ...]
    split: str = ""
    join: str = ""


RAW = ArticlePlan(
    "02-xet-xu-nhom-cho-vay-nang-lai.txt",
    entities=(("r", "Viện Kiểm sát nhân dân tỉnh Ninh Bình"), ("t", "tháng 3/2021"), ("p", "Anh Trần Khắc Hiếu")),
    events=(
        EventPlan(
            "Sau hai ngày",
            "tuyên phạt",
            "0s",
            (("j", "Tòa án nhân dân tỉnh Ninh Bình"), ("b", "Vũ Đức Thắng"), ("s", "12 năm tù"), ("t", "chiều 22/11")),
        ),
        EventPlan("Sáng hôm sau", "bắt", "6", (("g", "Công an huyện Yên Khánh"), ("p", "Thi"), ("p", "Cường"), ("t", "Sáng hôm sau"))),
    ),
    split="Thế Vũ lĩnh",
    join="Lã Thế Vũ",
)
SEGMENTED = ArticlePlan(
    "04-chuyen-tham-quang-tri.txt",
    entities=(("p", "Bounthavy_Keomany"), ("r", "Sở Ngoại_vụ"), ("g", "Lào")),
    events=(
        EventPlan("kể từ khi", "bầu", "-b", (("n", "Hội_đồng nhân_dân tỉnh Savannakhet"), ("c", "Tỉnh_trưởng"), ("t", "tháng 1"))),
        EventPlan(
            "Chiều cùng ngày",
            "hội_đàm",
            "9",
            (("n", "hai bên"), ("t", "Chiều cùng ngày"), ("l", "trụ_sở Ủy_ban nhân_dân tỉnh Quảng_Trị")),
        ),
    ),
)


def run_tour(folder: Path) -> int:
    """Do the tour in `folder`; 0 when every step held. Nothing of the person's own settings is read or changed."""
    prefer_offscreen()
    # Where Qt cannot draw, nothing has been copied yet.
    make_application()
    articles, pictures = _make_places(folder)
    os.environ["ANNOTATOR_HOME"] = str(folder / "settings")
    window = open_window([articles], restore=False)
    window.resize(1440, 900)
    guide = Guide(window, pictures)
    failed = [step for step, held in guide.steps(articles) if not held]
    corpus = open_corpus(articles)
    for format_name in _TRAINING:
        export_corpus(corpus, folder / "training" / format_name, ExportRequest(format_name))
    shutil.rmtree(folder / "settings", ignore_errors=True)
    for step in failed:
        print(messages.say("tour.failed", messages.language(), step=step), file=sys.stderr)
    return 1 if failed else 0


def _make_places(folder: Path) -> tuple[Path, Path]:
    """Copies of the samples and a folder for pictures; both, or nothing. Raises ``tour-folder-used`` and ``tour-not-written``."""
    places = articles, pictures = folder / "articles", folder / "pictures"
    try:
        if any(os.path.lexists(place) for place in places):
            raise AnnotatorError("tour-folder-used", path=str(folder))
        made = first_missing(folder)
        try:
            shutil.copytree(samples(), articles)
            pictures.mkdir()
        except OSError:
            for place in places:
                shutil.rmtree(place, ignore_errors=True)
            remove_empty(folder, made)
            raise
    except OSError as error:
        raise AnnotatorError("tour-not-written", path=str(folder), reason=error.strerror or type(error).__name__) from error
    return places


class Guide:
    """Leads the window through the main job and takes pictures on the way."""

    def __init__(self, window: MainWindow, pictures: Path) -> None:
        self._window = window
        self._pictures = pictures
        self._hands = Hands(window.view)

    def steps(self, articles: Path) -> Iterator[tuple[str, bool]]:
        """Every step as (what, whether it held)."""
        window, preferences = self._window, self._window.preferences
        preferences.set_language("en")
        self._picture("start")
        yield "open raw", self._open(articles / RAW.name)
        yield "split and join", self._set_words_right(RAW)
        yield "label by mouse", self._label(RAW, by_mouse=True)
        self._picture("event-frame")
        window.resize(1024, 700)
        self._picture("window-small")
        window.resize(1440, 900)
        preferences.set_view(words=True)
        preferences.set_differences(True)
        self._picture("words-and-differences")
        preferences.set_view(words=False)
        preferences.set_differences(False)
        yield "save raw", self._saved()
        preferences.set_language("vi")
        yield "open segmented", self._open(articles / SEGMENTED.name)
        yield "label by key", self._label(SEGMENTED, by_mouse=False)
        self._picture("khung-su-kien")
        self._hands.press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
        preferences.set_theme("dark")
        self._picture("giao-dien-toi")
        yield "save segmented", self._saved()
        yield "open finished", self._open(articles / "01-tai-nan-cau-rach-dua.txt")
        preferences.set_theme("light")
        self._picture("cua-so-sang")
        preferences.set_language("en")
        self._picture("window-light")
        preferences.set_theme("dark")
        self._picture("window-dark")
        preferences.set_theme("contrast")
        self._picture("tuong-phan-cao")
        preferences.set_theme("light")
        yield "close", self._close()

    def _open(self, path: Path) -> bool:
        self._window.desk.open_article(path)
        return wait_until(lambda: self._window.session is not None and self._window.session.path == path)

    def _set_words_right(self, plan: ArticlePlan) -> bool:
        """Split a stretch that the machine joined wrongly, then join the part that is one word."""
        session = self._session()
        for text in (plan.split, plan.join):
            self._hands.drag(self._find(text))
            self._hands.press("_")
        start, end = self._find(plan.join)
        return session.document.words.at(start) == (start, end)

    def _label(self, plan: ArticlePlan, *, by_mouse: bool) -> bool:
        session = self._session()
        for key, text in plan.entities:
            self._select(self._find(text), by_mouse=by_mouse)
            self._choose(key, by_mouse=by_mouse)
        for event in plan.events:
            self._hands.press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
            near = self._find(event.after)[0]
            self._select(self._find(event.trigger, behind=near), by_mouse=by_mouse)
            for key in event.keys:
                self._choose(key, by_mouse=by_mouse)
            for key, text in event.arguments:
                self._select(self._find(text, behind=near), by_mouse=by_mouse)
                self._choose(key, by_mouse=by_mouse)
        held = [len(item.arguments) for item in session.document.events.values()]
        return held == [len(event.arguments) for event in plan.events]

    def _select(self, span: Span, *, by_mouse: bool) -> None:
        if by_mouse:
            self._hands.drag(span)
        else:
            self._hands.walk_to(span)

    def _choose(self, key: str, *, by_mouse: bool) -> None:
        if by_mouse:
            self._hands.click_on(self._window.palette_line.button(key))
        else:
            self._hands.press(key)

    def _find(self, text: str, *, behind: int = 0) -> Span:
        start = self._session().document.text.content.index(text, behind)
        return start, start + len(text)

    def _saved(self) -> bool:
        session = self._session()
        return wait_until(lambda: session.is_saved) and session.durable.digest is not None

    def _close(self) -> bool:
        self._window.close()
        return wait_until(lambda: not self._window.isVisible())

    def _session(self) -> Session:
        assert self._window.session is not None
        return self._window.session

    def _picture(self, name: str) -> None:
        """A picture of the whole window as it is."""
        wait_until(lambda: False, seconds=0.4)
        QApplication.processEvents()
        self._window.grab().save(str(self._pictures / f"{name}.png"))
