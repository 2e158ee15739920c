"""The pictures of the documents for users: the real window led through the states that the pages tell of, in one language after the other.

Every picture waits until all is saved and checked, so that the same machine always draws the same bytes.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QWidget

from annotator.core.schema import Language
from annotator.core.text import Span
from annotator.messages import LANGUAGES
from annotator.resources import samples

from .app import make_application, open_window
from .hands import Hands, wait_until
from .offscreen import prefer_offscreen
from .window import MainWindow
from .work.session import Session

SIZE = (1200, 760)
# Level 9 of PNG's compression, in the scale of Qt's writer.
_SMALLEST_FILE = 0
_COLOURS_KEPT, _COLOURS_MOST = 96, 256
_SETTLED = 0.25
_CTRL = Qt.KeyboardModifier.ControlModifier

ARTICLES, ACE, DAMAGED = Path("ngu-lieu"), Path("ace"), Path("hong")
TRIAL = "02-xet-xu-nhom-cho-vay-nang-lai.txt"
FINISHED = "01-tai-nan-cau-rach-dua.txt"
SEGMENTED = "03-sap-nhap-hai-cong-ty-det-may.txt"
VERDICT = (
    ("b", "Vũ Đức Thắng"),
    ("s", "12 năm tù"),
    ("j", "Tòa án nhân dân tỉnh Ninh Bình"),
    ("t", "chiều 22/11"),
    ("c", "cố ý gây thương tích"),
)


def make_album(pictures: Path, *, languages: tuple[Language, ...] = LANGUAGES) -> list[Path]:
    """Take every picture into ``pictures/LANGUAGE/NAME.png``; the files written.

    Nothing of the person's own settings is read or changed.
    """
    prefer_offscreen()
    make_application()
    home = os.environ.get("ANNOTATOR_HOME")
    taken: list[Path] = []
    try:
        for language in languages:
            folder = pictures.absolute() / language
            folder.mkdir(parents=True, exist_ok=True)
            # Relative paths, so that no picture shows where it was taken.
            with TemporaryDirectory() as place, chdir(place):
                os.environ["ANNOTATOR_HOME"] = str(Path(place) / "settings")
                album = Album(folder, language=language)
                taken += album.take()
                album.close()
    finally:
        os.environ.pop("ANNOTATOR_HOME", None)
        if home is not None:
            os.environ["ANNOTATOR_HOME"] = home
    return taken


class Album:
    """One window, one language. Texts are found in the open article, keys of types in its schema."""

    def __init__(self, folder: Path, *, language: Language) -> None:
        self._folder = folder
        _lay_out()
        self._window: MainWindow = open_window([ARTICLES], restore=False)
        self._window.resize(*SIZE)
        self._window.preferences.set_language(language)
        self._window.preferences.set_theme("light")
        self._hands = Hands(self._window.view)

    def take(self) -> Iterator[Path]:
        """Lead the window from state to state; a picture's path after each."""
        self._open(ARTICLES / TRIAL)
        yield self._picture("start")
        yield from self._verdict()
        yield from self._words()
        yield from self._keys()
        yield from self._dialogs()
        yield from self._attributes()
        yield from self._other_articles()

    def close(self) -> None:
        """Close the window once all is saved."""
        self._window.close()
        wait_until(lambda: not self._window.isVisible())

    @property
    def session(self) -> Session:
        """The article that is open."""
        assert self._window.session is not None
        return self._window.session

    def _verdict(self) -> Iterator[Path]:
        """The first event of the sample, step by step."""
        self._hands.double_click(self._find("tuyên phạt")[0])
        self._press("0", "s")
        yield self._picture("trigger")
        for key, text in VERDICT:
            self._mark(text, key, after="Sau hai ngày")
        yield self._picture("frame")
        yield self._picture("bottom-line", of=self._window.palette_line)

    def _words(self) -> Iterator[Path]:
        """The third line as the machine reads it, then set right."""
        self._escape()
        preferences = self._window.preferences
        preferences.set_view(words=True)
        yield self._picture("words-machine", of=self._window.view, beside="Các đồng phạm")
        self._hands.click(self._find("Thế Vũ lĩnh")[1] - len(" lĩnh"), modifiers=_CTRL)
        self._settle()
        self._mark("Lã Thế Vũ", "_")
        self._mark("Đinh Công Minh", "_")
        self._escape()
        preferences.set_differences(True)
        yield self._picture("words-right", of=self._window.view, beside="Các đồng phạm")
        preferences.set_differences(False)
        preferences.set_view(words=False)
        self._escape()

    def _keys(self) -> Iterator[Path]:
        """What single keys do: type-ahead, jumps, a list, a refusal, a problem."""
        self._press("/")
        self._window.type_ahead.edit.setText("ket an")
        yield self._picture("type-ahead")
        self._window.type_ahead.close_quietly()
        self._window.view.setFocus()
        self._press("q")
        yield self._picture("jump")
        self._escape()
        self._mark("bắt Thi và", "6", take="bắt")
        self._mark("Thi và Cường", "\\", "p", after="Sáng hôm sau")
        yield self._picture("list")
        self._mark("Sáng hôm sau", "T")
        self._mark("Sáng hôm sau", "p")
        yield self._picture("refusal", of=self._window.centralWidget())
        self._escape()
        self._mark("Trần Khắc Hiếu", "p")
        self._hands.click_chip(self._made())
        wait_until(lambda: bool(self._window.inspector.problems.isVisible()), seconds=5)
        yield self._picture("problem")
        self._escape()

    def _dialogs(self) -> Iterator[Path]:
        from .dialogs.export import ExportDialog
        from .dialogs.key_sheet import KeySheet

        window, corpus = self._window, self._window.desk.corpus
        assert corpus is not None
        dialog = ExportDialog(window.look, corpus, parent=window)
        dialog.form.format.setCurrentIndex(dialog.form.format.findData("conll"))
        yield self._dialog("export", dialog, ready=lambda: dialog.phase == "ready")
        yield self._dialog("key-sheet", KeySheet(window.look, window.desk.schema, parent=window), ready=lambda: True)

    def _attributes(self) -> Iterator[Path]:
        """An article under a schema that has attributes and relations."""
        self._open_folder(ACE)
        self._open(ACE / TRIAL)
        schema = self.session.schema
        appeal, person = schema.event("Appeal"), schema.entity("PER")
        assert appeal is not None and person is not None
        self._mark("Luật sư Kiều Anh Tuấn", person.key)
        self._mark("Thắng là chủ mưu", person.key, take="Thắng")
        self._mark("Thắng, nói", person.key, take="Thắng")
        first, second = self._ids("entities")[-2:]
        self._mark("kháng cáo", *appeal.key.split())
        self._press("?", ";", ";", ";")
        yield self._picture("attributes", of=self._window.inspector)
        self._escape()
        self._hands.click_chip(second)
        self._press("+")
        self._hands.click_chip(first)
        self._settle()
        self._escape()
        self._hands.click_chip(second)
        yield self._picture("links", of=self._window.inspector)

    def _other_articles(self) -> Iterator[Path]:
        """Finished, dark, segmented and damaged ones."""
        window = self._window
        self._open_folder(ARTICLES)
        self._open(ARTICLES / FINISHED)
        yield self._picture("corpus", of=window.corpus_panel, top=208)
        window.preferences.set_all_arcs(True)
        window.preferences.set_theme("dark")
        yield self._picture("dark")
        window.preferences.set_all_arcs(False)
        window.preferences.set_theme("light")
        self._open(ARTICLES / SEGMENTED)
        yield self._picture("segmented")
        self._open_folder(DAMAGED)
        yield self._picture("read-only")

    def _open_folder(self, folder: Path) -> None:
        self._window.open_paths([folder])
        wait_until(lambda: self._window.session is not None and self._window.session.path.parent == folder)

    def _open(self, path: Path) -> None:
        self._window.desk.open_article(path)
        wait_until(lambda: self._window.session is not None and self._window.session.path == path)
        words, lines = self.session.document.words, self.session.document.text.content.count("\n") + 1
        wait_until(lambda: all(words.is_known(line) for line in range(lines)))

    def _mark(self, text: str, *keys: str, take: str = "", after: str = "") -> None:
        """Drag over a text, or over `take` at its start, behind `after`, and press keys."""
        start = self._find(text, after=after)[0]
        self._hands.drag((start, start + len(take or text)))
        self._press(*keys)

    def _press(self, *keys: str) -> None:
        self._hands.press(*keys)
        self._settle()

    def _escape(self) -> None:
        self._hands.press(*[Qt.Key.Key_Escape] * 3)

    def _settle(self) -> None:
        """One edit, one revision: how often the window saved must not depend on the machine's speed."""
        session = self.session
        wait_until(lambda: session.is_saved or session.read_only is not None)

    def _at_rest(self) -> bool:
        """Whether checks and the list of articles have caught up: what they show comes a moment after an edit."""
        timers = [timer for owner in (self._window.checker, self._window.corpus_panel) for timer in owner.findChildren(QTimer)]
        return not any(timer.isActive() for timer in timers)

    def _find(self, text: str, *, after: str = "") -> Span:
        content = self.session.document.text.content
        start = content.index(text, content.index(after))
        return start, start + len(text)

    def _made(self) -> str:
        return self._ids("entities")[-1]

    def _ids(self, layer: str) -> list[str]:
        """The ids of a layer, the newest last."""
        held = self.session.document.entities if layer == "entities" else self.session.document.events
        return sorted(held, key=lambda name: int(name[1:]))

    def _dialog(self, name: str, dialog: QDialog, *, ready: Callable[[], bool]) -> Path:
        dialog.show()
        wait_until(ready)
        path = self._picture(name, of=dialog)
        dialog.close()
        dialog.deleteLater()
        return path

    def _picture(self, name: str, *, of: QWidget | None = None, beside: str = "", top: int = 0) -> Path:
        """The window, or a part of it, as it is now; `beside` keeps only the lines at that text of the canvas, `top` so many pixels."""
        self._settle()
        wait_until(self._at_rest)
        wait_until(lambda: False, seconds=_SETTLED)
        widget = of or self._window
        kept = QRect(0, 0, widget.width(), top or widget.height())
        if beside:
            spot = self._window.view.rect_of(self._find(beside)).toRect()
            kept = QRect(0, max(spot.top() - 24, 0), widget.width(), spot.height() + 112)
        path = self._folder / f"{name}.png"
        image = thin(widget.grab(kept).toImage())
        image.save(str(path), "PNG", _SMALLEST_FILE)  # type: ignore[call-overload]
        return path


def thin(image: QImage) -> QImage:
    """The picture in at most 256 of its own colours: the commonest, and a rarer one only where none so far is near it.

    A window has few colours and many shades of the edges of letters, so that nobody sees the difference, but the file is a third.
    """
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    counts = Counter(memoryview(image.constBits()).cast("B").cast("I").tolist())
    for near in (2, 5, 9, 14, 20):
        kept: list[tuple[int, int, int]] = []
        for value, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            red, green, blue = value >> 16 & 255, value >> 8 & 255, value & 255
            if len(kept) < _COLOURS_KEPT or not any(
                abs(red - r) <= near and abs(green - g) <= near and abs(blue - b) <= near for r, g, b in kept
            ):
                kept.append((red, green, blue))
                if len(kept) > _COLOURS_MOST:
                    break
        else:
            break
    table = [0xFF000000 | red << 16 | green << 8 | blue for red, green, blue in kept[:_COLOURS_MOST]]
    return image.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.ThresholdDither)


def _lay_out() -> None:
    """Copies of the samples; beside them one under another schema, and one with a damaged sidecar."""
    shutil.copytree(samples(), ARTICLES)
    for folder, name in ((ACE, TRIAL), (DAMAGED, FINISHED)):
        folder.mkdir()
        shutil.copy(ARTICLES / name, folder)
    (ACE / "annotator.toml").write_text('schema = "ace2005"\n', encoding="utf-8")
    sidecar = (ARTICLES / f"{FINISHED}.ann.json").read_bytes()
    (DAMAGED / f"{FINISHED}.ann.json").write_bytes(sidecar.replace(b'"Die"', b'"Dye"'))
