"""What a machine without a screen, or without letters, is told: one line, and no abort."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

EMPTY_FONTS = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{folder}</dir></fontconfig>'


def start(tmp_path: Path, **env: str) -> subprocess.CompletedProcess[str]:
    dropped = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    env = {**kept, "ANNOTATOR_HOME": str(tmp_path / "home"), "ANNOTATOR_LANG": "en", **env}
    command = [sys.executable, "-m", "annotator"]
    return subprocess.run(command, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, check=False)


@pytest.mark.skipif(sys.platform != "linux", reason="displays are named by the environment on Linux only")
@pytest.mark.parametrize(
    "env",
    [
        {},
        {"DISPLAY": ":9876"},
        {"DISPLAY": "127.0.0.1:9876.0"},
        {"DISPLAY": "nonsense"},
        {"WAYLAND_DISPLAY": "wayland-9876"},
        {"QT_QPA_PLATFORM": "nonsense"},
    ],
)
def test_no_display_is_told_in_one_line(tmp_path: Path, env: dict[str, str]) -> None:
    done = start(tmp_path, **env)
    assert done.returncode == 2 and done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "display" in line and "annotator tour" in line


@pytest.mark.skipif(sys.platform != "linux", reason="fonts are found by fontconfig on Linux only")
def test_no_font_is_told_in_one_line(tmp_path: Path) -> None:
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(EMPTY_FONTS.format(folder=tmp_path / "none"), encoding="utf-8")
    done = start(tmp_path, QT_QPA_PLATFORM="offscreen", FONTCONFIG_FILE=str(fonts))
    assert done.returncode == 2, done.stderr
    assert any("font" in line and "fonts-dejavu" in line for line in done.stderr.splitlines())
