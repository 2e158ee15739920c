"""Starting loads nothing heavy: asked of a fresh interpreter, which lists what it has loaded when it is done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEVER_AT_START = {"pyvi", "sklearn", "sklearn_crfsuite", "scipy", "numpy", "pyarrow", "spacy", "cassis", "dask"}
SCREEN = {"PySide6", "shiboken6"}

LOADED = """
import json, sys
try:
    {code}
finally:
    print("\\nloaded", json.dumps(sorted({{name.split(".")[0] for name in sys.modules}})))
"""
COMMAND = "import sys; sys.argv = ['annotator', {!r}]; from annotator.__main__ import main; sys.exit(main())"
COMMANDS = ["--help", "formats", "schemas"] if (ROOT / "annotator" / "__main__.py").exists() else []
WINDOWS = ["import annotator.gui.app"] if (ROOT / "annotator" / "gui" / "app.py").exists() else []


def loaded(code: str) -> set[str]:
    """The top-level modules that `code` has loaded when it ends, by its own account."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(code=code)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout.rpartition("\nloaded ")[2]))


@pytest.mark.parametrize("word", COMMANDS)
def test_the_command_line_starts_light(word: str) -> None:
    names = loaded(COMMAND.format(word))
    assert "annotator" in names
    assert names & (NEVER_AT_START | SCREEN) == set()


@pytest.mark.parametrize("code", WINDOWS)
def test_the_window_starts_without_the_segmenter(code: str) -> None:
    names = loaded(code)
    assert "PySide6" in names
    assert names & NEVER_AT_START == set()


FEW_SESSIONS_NEED = {
    "annotator.core.checks",
    "annotator.core.occurrences",
    "annotator.core.search",
    "annotator.formats",
    "annotator.gui.dialogs",
    "annotator.gui.panels.coach",
    "annotator.gui.panels.corpus_hits",
    "annotator.gui.panels.find_line",
    "annotator.gui.panels.guidelines",
    "annotator.gui.window.tagging_all",
    "annotator.segment",
    "socket",
}
# The names are asked for while the window stands: on its way out it may load more.
MODULES = """
import os, sys, json
from annotator.gui.app import open_window
window = open_window([])
print(json.dumps(sorted(sys.modules)), flush=True)
os._exit(0)
"""


def test_the_empty_window_waits_for_nothing_that_few_sessions_need(tmp_path: Path) -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "ANNOTATOR_HOME": str(tmp_path)}
    command = [sys.executable, "-c", MODULES]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", timeout=60, check=False)
    names = set(json.loads(done.stdout))
    assert "annotator.gui.window.main" in names
    assert names & FEW_SESSIONS_NEED == set(), done.stderr


def test_a_heavy_start_is_seen() -> None:
    assert loaded("import numpy, PySide6.QtCore") & (NEVER_AT_START | SCREEN) >= {"numpy", "PySide6", "shiboken6"}
