"""Tour and picture as a person starts them: without a screen they need none, and a tour that is refused leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.core.errors import AnnotatorError
from annotator.gui.tour import run_tour

ROOT = Path(__file__).resolve().parents[2]


def annotate(*arguments: object, platform: str) -> subprocess.CompletedProcess[str]:
    """The program without a display. `platform` is what QT_QPA_PLATFORM says."""
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    env |= {"PYTHONPATH": str(ROOT), "ANNOTATOR_LANG": "en", "QT_QPA_PLATFORM": platform}
    command = [sys.executable, "-m", "annotator", *map(str, arguments)]
    return subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=60, check=False)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a display")
def test_a_tour_without_a_display_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    said = annotate("tour", tmp_path / "new" / "deep", platform="xcb")
    assert said.returncode == 2 and said.stderr.startswith("annotator: ") and said.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("held", ["articles", "pictures"])
def test_a_folder_that_was_used_stays_as_it_is(qapp: object, tmp_path: Path, held: str) -> None:
    (tmp_path / held).mkdir()
    with pytest.raises(AnnotatorError, match="tour-folder-used"):
        run_tour(tmp_path)
    assert [path.name for path in tmp_path.rglob("*")] == [held]


def test_a_folder_that_cannot_be_made_is_told(qapp: object, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file" / "deep", tmp_path / ("a" * 300)):
        with pytest.raises(AnnotatorError, match="tour-not-written"):
            run_tour(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_picture_needs_no_display_where_the_platform_is_left_empty(tmp_path: Path) -> None:
    article, out = tmp_path / "bài.txt", tmp_path / "bài.png"
    article.write_text("Một câu.\n", encoding="utf-8")
    said = annotate("render", article, "-o", out, platform="")
    assert (said.returncode, said.stderr) == (0, "") and out.read_bytes().startswith(b"\x89PNG")
