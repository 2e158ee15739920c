"""The corpus panel: what is listed, marked, filtered, chosen and greyed, while the window goes on."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot

from annotator.core import commands
from annotator.core.edits import apply
from annotator.core.errors import AnnotatorError
from annotator.core.model import Status
from annotator.gui.looks.look import Look
from annotator.gui.panels.corpus import CorpusPanel
from annotator.gui.panels.corpus_model import STANDINGS
from annotator.store.corpus import Corpus
from annotator.store.sidecar import encode, load, sidecar_path
from annotator.store.snapshot import take_snapshot

# The offscreen platform says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

NAMES = ("Hà Nội.txt", "bài 2.txt", "bài 10.txt", "Đà Nẵng.txt")


def write(root: Path, name: str, *, status: Status = "todo", entities: int = 0) -> Path:
    """An article and, where there is something to say, its sidecar."""
    path = root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("Ông Nam đến Huế hôm qua.\n", encoding="utf-8")
    if status != "todo" or entities:
        document = load(path).document
        for start in range(entities):
            apply(document, commands.tag(document, [(start, start + 1)], "PER"))
        apply(document, commands.set_field(document, "status", status))
        sidecar_path(path).write_bytes(encode(take_snapshot(document), revision=1))
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, status in zip(NAMES, STANDINGS[1:], strict=True):
        write(tmp_path, name, status=status)  # type: ignore[arg-type]
    return tmp_path


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[[Path | None], CorpusPanel]]:
    """Makes a panel that has listed a folder."""

    def shown(folder: Path | None) -> CorpusPanel:
        panel = CorpusPanel(Look(language="en"))
        qtbot.addWidget(panel)
        panel.resize(260, 400)
        panel.show()
        if folder is not None:
            with qtbot.waitSignal(panel.listed):
                panel.set_corpus(Corpus.open(folder))
        return panel

    yield shown


def articles(panel: CorpusPanel) -> QTableView:
    found = panel.findChild(QTableView, "articles")
    assert isinstance(found, QTableView)
    return found


def names(panel: CorpusPanel) -> list[str]:
    return [str(index.data()) for index in rows(panel)]


def rows(panel: CorpusPanel) -> list[QModelIndex]:
    model = articles(panel).model()
    return [model.index(row, 0) for row in range(model.rowCount())]


def told(panel: CorpusPanel, name: str) -> str:
    """What a screen reader says of an article."""
    return next(str(index.data(Qt.ItemDataRole.AccessibleTextRole)) for index in rows(panel) if index.data() == name)


def sift(panel: CorpusPanel, text: str, standing: str = "all") -> None:
    field, choice = panel.findChild(QLineEdit), panel.findChild(QComboBox, "standing")
    assert isinstance(field, QLineEdit) and isinstance(choice, QComboBox)
    field.setText(text)
    choice.setCurrentIndex(STANDINGS.index(standing))  # type: ignore[arg-type]


def mark_of(panel: CorpusPanel, row: int) -> QImage:
    """The sign in front of a row."""
    box = articles(panel).visualRect(rows(panel)[row])
    return articles(panel).viewport().grab(box.adjusted(8, 2, 24 - box.width(), -2)).toImage()


def test_articles_stand_in_the_order_of_the_folder(root: Path, show: Callable[[Path], CorpusPanel]) -> None:
    panel = show(root)
    assert names(panel) == ["bài 2", "bài 10", "Hà Nội", "Đà Nẵng"]
    assert panel.count() == 4


def test_each_status_has_a_sign_of_its_own_and_counts_towards_the_progress(root: Path, show: Callable[[Path], CorpusPanel]) -> None:
    panel = show(root)
    marks = [mark_of(panel, row) for row in range(4)]
    assert all(marks[i] != marks[j] for i in range(4) for j in range(i))
    assert [told(panel, Path(name).stem).split(", ")[1] for name in NAMES] == [
        Look(language="en").say(f"gui.corpus.status_{status}") for status in STANDINGS[1:]
    ]
    assert panel._model.finished == 2


def test_the_filter_knows_neither_tones_nor_case(root: Path, show: Callable[[Path], CorpusPanel]) -> None:
    panel = show(root)
    sift(panel, "da nang")
    assert names(panel) == ["Đà Nẵng"]
    sift(panel, "BÀI")
    assert names(panel) == ["bài 2", "bài 10"]
    sift(panel, "nothing like it")
    assert names(panel) == [] and not articles(panel).isVisible()


def test_a_decomposed_name_is_found(tmp_path: Path, show: Callable[[Path], CorpusPanel]) -> None:
    write(tmp_path, unicodedata.normalize("NFD", "Huế.txt"))
    panel = show(tmp_path)
    sift(panel, "hue")
    assert panel.count() == len(names(panel)) == 1


@pytest.mark.parametrize("standing", STANDINGS[1:])
def test_the_filter_of_status_keeps_what_stands_so(root: Path, show: Callable[[Path], CorpusPanel], standing: str) -> None:
    panel = show(root)
    sift(panel, "", standing)
    assert names(panel) == [Path(NAMES[STANDINGS.index(standing) - 1]).stem]  # type: ignore[arg-type]


def test_a_click_and_enter_choose(root: Path, show: Callable[[Path], CorpusPanel], qtbot: QtBot) -> None:
    panel = show(root)
    place = articles(panel).visualRect(rows(panel)[1]).center()
    with qtbot.waitSignal(panel.article_chosen) as clicked:
        qtbot.mouseClick(articles(panel).viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert clicked.args == [root / "bài 10.txt"]
    qtbot.keyClick(articles(panel), Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.article_chosen) as entered:
        qtbot.keyClick(articles(panel), Qt.Key.Key_Return)
    assert entered.args == [root / "Hà Nội.txt"]


def test_from_the_filter_line_down_goes_to_the_list_and_escape_empties(
    root: Path, show: Callable[[Path], CorpusPanel], qtbot: QtBot
) -> None:
    panel = show(root)
    field = panel.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "ha")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert panel.focusWidget() is articles(panel)
    assert articles(panel).currentIndex().data() == "Hà Nội"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert len(names(panel)) == 4


def test_neighbours_are_those_that_the_filter_keeps(root: Path, show: Callable[[Path], CorpusPanel]) -> None:
    panel = show(root)
    second, tenth, hanoi, danang = (root / name for name in ("bài 2.txt", "bài 10.txt", "Hà Nội.txt", "Đà Nẵng.txt"))
    assert panel.neighbour(second, 1) == tenth
    assert panel.neighbour(danang, 1) is None and panel.neighbour(second, -1) is None
    sift(panel, "n")
    assert names(panel) == ["Hà Nội", "Đà Nẵng"]
    assert panel.neighbour(hanoi, 1) == danang
    assert panel.neighbour(tenth, 1) == hanoi and panel.neighbour(tenth, -1) is None
    assert panel.neighbour(root / "elsewhere.txt", 1) is None


def test_broken_and_refused_articles_are_listed_with_the_reason(root: Path, show: Callable[[Path], CorpusPanel]) -> None:
    write(root, "hỏng.txt", status="doing")
    sidecar_path(root / "hỏng.txt").write_text("{", encoding="utf-8")
    (root / "rỗng.txt").write_bytes(b"")
    (root / "ảnh.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0")
    panel = show(root)
    look = Look(language="en")
    for name in ("hỏng", "rỗng", "ảnh"):
        article = next(panel._model.article(row) for row in range(7) if panel._model.article(row).name == name)
        assert article.problem is not None
        assert look.explain(article.problem) in told(panel, name)
    assert panel.count() == 7
    sift(panel, "", "todo")
    assert names(panel) == ["Hà Nội"]


def test_an_article_that_would_not_open_is_greyed(root: Path, show: Callable[[Path], CorpusPanel]) -> None:
    panel = show(root)
    before = mark_of(panel, 0)
    panel.refuse(root / "bài 2.txt", AnnotatorError("file-missing", path="bài 2.txt"))
    assert Look(language="en").explain(AnnotatorError("file-missing", path="bài 2.txt")) in told(panel, "bài 2")
    assert mark_of(panel, 0) != before


def test_a_saved_article_is_read_anew(root: Path, show: Callable[[Path], CorpusPanel], qtbot: QtBot) -> None:
    panel = show(root)
    panel.select(root / "Hà Nội.txt")
    write(root, "Hà Nội.txt", status="done", entities=3)
    panel.refresh(root / "Hà Nội.txt")
    qtbot.waitUntil(lambda: panel._model.finished == 3)
    assert told(panel, "Hà Nội").endswith(Look(language="en").say("gui.corpus.counts", entities=3, events=0))


def test_the_open_article_stays_though_its_status_no_longer_fits(root: Path, show: Callable[[Path], CorpusPanel], qtbot: QtBot) -> None:
    write(root, "thêm.txt")
    panel = show(root)
    sift(panel, "", "todo")
    panel.select(root / "Hà Nội.txt")
    write(root, "Hà Nội.txt", status="doing")
    panel.refresh(root / "Hà Nội.txt")
    qtbot.waitUntil(lambda: "doing" in {panel._model.article(row).status for row in range(len(names(panel)))})
    assert names(panel) == ["Hà Nội", "thêm"]
    assert panel.neighbour(root / "Hà Nội.txt", 1) == root / "thêm.txt"
    panel.select(root / "thêm.txt")
    assert names(panel) == ["thêm"]


def test_an_article_selected_before_it_was_found_is_selected_then(root: Path, qtbot: QtBot) -> None:
    panel = CorpusPanel(Look(language="vi"))
    qtbot.addWidget(panel)
    with qtbot.waitSignal(panel.listed):
        panel.set_corpus(Corpus.open(root))
        panel.select(root / "Đà Nẵng.txt")
    assert articles(panel).currentIndex().data() == "Đà Nẵng"


def test_namesakes_show_their_folders(tmp_path: Path, show: Callable[[Path], CorpusPanel]) -> None:
    for name in ("2023/tin.txt", "2024/tin.txt", "riêng/khác.txt"):
        write(tmp_path, name)
    panel = show(tmp_path)
    places = [panel._model.place_of(panel._model.article(row)) for row in range(3)]
    assert places == ["2023", "2024", ""]


def test_without_a_folder_the_panel_says_what_to_do(show: Callable[[Path | None], CorpusPanel], qtbot: QtBot, tmp_path: Path) -> None:
    panel = show(None)
    hint, button = panel.findChild(QLabel, "hint"), panel.findChild(QPushButton, "open")
    assert isinstance(hint, QLabel) and isinstance(button, QPushButton)
    assert hint.isVisible() and hint.text() == Look(language="en").say("gui.corpus.nothing")
    with qtbot.waitSignal(panel.open_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(panel.listed):
        panel.set_corpus(Corpus.open(tmp_path))
    assert hint.isVisible() and hint.text() == Look(language="en").say("gui.corpus.empty")


def test_an_article_can_be_chosen_while_thousands_are_still_being_read(tmp_path: Path, qtbot: QtBot) -> None:
    for number in range(3000):
        (tmp_path / f"{number}.txt").write_bytes(b"A b c.\n")
    panel = CorpusPanel(Look(language="en"))
    qtbot.addWidget(panel)
    panel.resize(260, 400)
    panel.show()
    listed: list[bool] = []
    panel.listed.connect(lambda: listed.append(True))
    panel.set_corpus(Corpus.open(tmp_path))
    qtbot.waitUntil(lambda: panel.count() > 0)
    with qtbot.waitSignal(panel.article_chosen) as chosen:
        qtbot.mouseClick(articles(panel).viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 5))
    assert chosen.args == [tmp_path / "0.txt"] and not listed
    qtbot.waitUntil(lambda: bool(listed), timeout=20_000)
    assert panel.count() == 3000


def test_another_corpus_replaces_the_first_at_once(root: Path, tmp_path_factory: pytest.TempPathFactory, qtbot: QtBot) -> None:
    other = tmp_path_factory.mktemp("other")
    write(other, "khác.txt")
    panel = CorpusPanel(Look(language="en"))
    qtbot.addWidget(panel)
    panel.set_corpus(Corpus.open(root))
    with qtbot.waitSignal(panel.listed):
        panel.set_corpus(Corpus.open(other))
    assert names(panel) == ["khác"]
    panel.set_corpus(None)
    assert panel.count() == 0


def test_a_name_that_no_sidecar_can_have_is_told_at_its_article(show: Callable[[Path | None], CorpusPanel], root: Path) -> None:
    path = write(root, "b" * 246 + ".txt")
    panel = show(root)
    assert len(names(panel)) == len(NAMES) + 1
    assert "shorter name" in told(panel, path.stem)


def test_a_mistake_at_one_article_is_told_there_and_the_others_are_read(
    show: Callable[[Path | None], CorpusPanel], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.stat

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.name == "bài 2.txt":
            raise RuntimeError("no such luck")
        return real(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    panel = show(root)
    assert len(names(panel)) == len(NAMES)
    assert "no such luck" in told(panel, "bài 2") and "no such luck" not in told(panel, "bài 10")
