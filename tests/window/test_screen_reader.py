"""A screen reader at the real program: a display, a bus and the accessibility service of our own, and a client that knows nothing of us."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import pytest

ROOT = Path(__file__).resolve().parents[2]
READER = Path(__file__).with_name("screen_reader.py")
ARTICLE = "Ông Nam 😀 sống ở Hà Nội. Bà Lan ở Huế.\nHọ gặp nhau ở Đà Nẵng.\n"
SYSTEM_PYTHON = "/usr/bin/python3"
LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
# What each Debian package brings that is needed here.
PROGRAMS = {"xvfb": "Xvfb", "xdotool": "xdotool", "dbus-daemon": "dbus-daemon"}


def missing() -> list[str]:
    """The packages that would have to be installed."""
    if sys.platform != "linux":
        return ["Linux itself"]
    lacking = [package for package, program in PROGRAMS.items() if shutil.which(program) is None]
    lacking += [] if any(map(os.path.exists, LAUNCHERS)) else ["at-spi2-core"]
    asked = [SYSTEM_PYTHON, "-c", "import pyatspi; from gi.repository import Atspi, GLib"]
    if not Path(SYSTEM_PYTHON).exists() or subprocess.run(asked, capture_output=True, check=False).returncode:
        lacking += ["python3-pyatspi", "gir1.2-atspi-2.0"]
    return lacking


@contextmanager
def running(command: list[str], env: dict[str, str], **pipes: object) -> Iterator[subprocess.Popen[str]]:
    """A program in a process group of its own, which is ended as a whole."""
    process = subprocess.Popen(command, env=env, start_new_session=True, text=True, **pipes)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(process.pid, number)
                process.wait(5)
                break
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


def line_of(stream: IO[str] | None, what: str) -> str:
    """The line in which a server says where it is to be found."""
    assert stream is not None
    assert select.select([stream], [], [], 15)[0], f"{what} did not start"
    return stream.readline().strip()


@contextmanager
def desktop(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of a display with a bus and the accessibility service on it, none of which anybody else uses."""
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "AT_SPI_", "WAYLAND_", "QT_"))}
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    env = {**kept, "XDG_RUNTIME_DIR": str(runtime), "NO_AT_BRIDGE": "0"}
    with ExitStack() as stack:
        screen = stack.enter_context(running(["Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], env, **quiet))
        env["DISPLAY"] = ":" + line_of(screen.stdout, "Xvfb")
        bus = stack.enter_context(running(["dbus-daemon", "--session", "--nofork", "--print-address=1"], env, **quiet))
        env["DBUS_SESSION_BUS_ADDRESS"] = line_of(bus.stdout, "dbus-daemon")
        launcher = next(filter(os.path.exists, LAUNCHERS))
        stack.enter_context(running([launcher, "--launch-immediately"], env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        yield env


@pytest.mark.xdist_group("screen")
@pytest.mark.timeout(90)
def test_a_screen_reader_reads_points_and_tags(tmp_path: Path) -> None:
    if lacking := missing():
        pytest.skip(f"a screen reader needs what is not installed here: {' '.join(lacking)}")
    article = tmp_path / "a.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    with desktop(tmp_path) as env:
        own = {"ANNOTATOR_HOME": str(tmp_path / "home"), "ANNOTATOR_LANG": "vi", "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        program = {**env, **own, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
        errors = tmp_path / "errors"
        with errors.open("w") as said, running([sys.executable, "-m", "annotator", str(article)], program, stdout=said, stderr=said):
            command = [SYSTEM_PYTHON, str(READER), "a.txt", "Hà Nội"]
            done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
            assert done.returncode == 0, (done.stderr, errors.read_text())
        assert "Traceback" not in errors.read_text(), errors.read_text()
    check(json.loads(done.stdout.splitlines()[-1]))


def check(seen: dict[str, object]) -> None:
    length = len("Hà Nội")
    assert seen["role"] == "text" and seen["name"] == "Văn bản a.txt"
    assert {"focusable", "multi-line", "read-only"} <= set(seen["states"])  # type: ignore[call-overload]
    # The emoji takes two positions, and what stands behind it is found where it is.
    assert seen["text"] == ARTICLE and seen["count"] == len(ARTICLE) + 1
    assert seen["cut out"] == "Hà Nội"
    assert seen["sentence"] == ["Ông Nam 😀 sống ở Hà Nội. ", 0, 26]
    assert seen["caret"] and seen["under the caret"] == [4, 7]
    left, top, width, height = seen["extents"]  # type: ignore[misc]
    assert left > 0 and top > 0 and 20 < width < 200 and 10 < height < 60
    assert seen["at the point"] == 0
    # The label is an attribute of the text, on the word alone, in words of the interface's language. Qt knows no better name for it.
    assert seen["labels"] == ["family-name:Địa danh hành chính"] and seen["run"] == [0, length] and seen["beside"] == []
    assert seen["description"] == "Địa danh hành chính"
    assert seen["selected from outside"] == [[0, 3]]
