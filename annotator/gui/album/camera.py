"""One window led by hand, and pictures of it: what every scene of the album needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QWidget

from annotator.core.text import Span

from ..app import open_window
from ..hands import Hands, wait_until
from ..window import MainWindow
from ..work.session import Session

SIZE = (1200, 760)
CTRL = Qt.KeyboardModifier.ControlModifier
# Level 9 of PNG's compression, in the scale of Qt's writer.
_SMALLEST_FILE = 0
_COLOURS_KEPT, _COLOURS_MOST = 96, 256
_SETTLED = 0.25


class Camera:
    """Points at and photographs one window on one folder. Texts are found in the open article, keys of types in its schema."""

    def __init__(self, folder: Path, articles: Path) -> None:
        self._folder = folder
        self._window: MainWindow = open_window([articles], restore=False)
        self._window.resize(*SIZE)
        self._hands = Hands(self._window.view)

    @property
    def session(self) -> Session:
        """The article that is open."""
        assert self._window.session is not None
        return self._window.session

    def close(self) -> None:
        """Close the window once all is saved."""
        self._window.close()
        wait_until(lambda: not self._window.isVisible())

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
