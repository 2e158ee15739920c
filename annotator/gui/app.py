"""Starting the window: what must be there first, the application, and what happens on the way out."""

from __future__ import annotations

import os
import re
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtCore import QLibraryInfo, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory

from annotator.core.errors import AnnotatorError

from .canvas.accessible import install as install_accessible
from .collecting import Collector
from .looks.look import Look, reading_family
from .looks.theme import qt_palette, style_sheet
from .preferences import Preferences
from .window import MainWindow

# Once an article stands on the screen.
_COLLECTED_AFTER_MS = 300
# This version loses a reference to None at every call that returns nothing and aborts after some thousands, on Python 3.11 and older.
_BROKEN = ("6.12.0", (3, 12))


def run_window(paths: Sequence[str]) -> int:
    """Show the window on files or a folder until it is closed. Raises AnnotatorError where it cannot be shown."""
    window = open_window([Path(name) for name in paths], resume=not paths)
    _close_on_signals(window)
    return QApplication.exec()


def open_window(paths: Sequence[Path], *, restore: bool = True, resume: bool = False) -> MainWindow:
    """The window, shown, with `paths` open. Makes the application where there is none yet.

    `restore` gives the window the place and panes that it had, `resume` opens what was open last, unless the person wants it empty.
    """
    app = make_application()
    preferences = Preferences()
    _dress(app, preferences.look)
    # Before any widget listens: what a widget takes from the application is then there when the look changes.
    preferences.look.changed.connect(lambda: _dress(app, preferences.look))
    window = MainWindow(preferences)
    if restore:
        window.restore_place()
    _catch_exceptions(window)
    collector = app.findChild(Collector, "collector")
    if collector is not None:
        window.desk.opened.connect(lambda _: QTimer.singleShot(_COLLECTED_AFTER_MS, collector, collector.collect_all))
    window.show()
    if paths:
        window.open_paths(list(paths))
    elif resume and preferences.settings.restore:
        window.corpus_handlers.returning.resume()
    return window


def make_application() -> QApplication:
    """The one QApplication. Raises ``qt-broken``, ``no-display`` and ``no-font``."""
    held = QApplication.instance()
    if isinstance(held, QApplication):
        return held
    _refuse_broken_qt()
    _refuse_no_display()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Annotator")
    app.setStyle(QStyleFactory.create("Fusion"))
    QGuiApplication.setQuitOnLastWindowClosed(True)
    Collector(app).setObjectName("collector")
    install_accessible()
    if not reading_family():
        raise AnnotatorError("no-font")
    return app


def _dress(app: QApplication, look: Look) -> None:
    """Give the application the palette, font and style sheet of a look, where these are others: every widget is polished anew."""
    sheet, font = style_sheet(look.theme), look.interface_font()
    if app.styleSheet() != sheet or app.font() != font:
        app.setPalette(qt_palette(look.theme))
        app.setFont(font)
        app.setStyleSheet(sheet)


def _refuse_broken_qt() -> None:
    version, since = _BROKEN
    if PySide6.__version__ == version and sys.version_info[:2] < since:
        raise AnnotatorError("qt-broken", version=version, python=".".join(map(str, sys.version_info[:2])))


def _refuse_no_display() -> None:
    """Qt aborts the process where there is no display: say it in words before."""
    if sys.platform != "linux":
        return
    platform = os.environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if platform and not _has_plugin(platform):
        raise AnnotatorError("no-display")
    if (not platform or platform.startswith(("xcb", "wayland"))) and not (_answers_x11() or _answers_wayland()):
        raise AnnotatorError("no-display")


def _has_plugin(platform: str) -> bool:
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    return (plugins / f"libq{platform}.so").exists() or platform.startswith("wayland")


def _answers_x11() -> bool:
    """Whether an X server listens at DISPLAY (``host:number.screen``; no host: a socket of this machine)."""
    found = re.fullmatch(r"(?:(.*?)(?:/unix)?)?:(\d+)(?:\.\d+)?", os.environ.get("DISPLAY", ""))
    if found is None:
        return False
    host, number = found[1] or "", int(found[2])
    if host not in ("", "unix"):
        return _connects((host, 6000 + number))
    path = f"/tmp/.X11-unix/X{number}"
    return _connects(path) or _connects("\0" + path)


def _answers_wayland() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    return bool(name) and _connects(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name))


def _connects(address: str | tuple[str, int]) -> bool:
    """Whether somebody listens at a path of this machine, or at host and port."""
    # Asked on Linux alone.
    import socket

    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.settimeout(2)
        try:
            tried.connect(address)
        except OSError:
            return False
        return True


def _catch_exceptions(window: MainWindow) -> None:
    """A mistake of the program is told in the window and on stderr; the window goes on and what was done stays saved."""

    def told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, AnnotatorError):
            window.control.refuse_error(error)
            return
        traceback.print_exception(kind, error, trace)
        window.status.tell(window.look.say("gui.unexpected", reason=f"{kind.__name__}: {error}"), refused=True)

    sys.excepthook = told


def _close_on_signals(window: MainWindow) -> None:
    """SIGTERM and SIGINT close the window as a person would, so that nothing is lost."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: window.close())
    # Python looks at signals between its own instructions only, and Qt's loop runs none while nothing happens.
    timer = QTimer(window)
    timer.timeout.connect(lambda: None)
    timer.start(250)
