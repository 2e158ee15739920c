"""The house keeps its rules; each rule is shown to refuse a small house that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture.house import (
    GUI_MAY_IMPORT,
    LINES_MOST,
    MAY_IMPORT,
    broken_layers,
    circles,
    foreign_in_core,
    long_files,
    read_house,
    screen_outside_gui,
)

ROOT = Path(__file__).resolve().parents[2]


def test_every_part_imports_only_what_the_table_allows() -> None:
    assert list(broken_layers(read_house(ROOT))) == []


def test_no_circle_of_imports() -> None:
    assert circles(read_house(ROOT)) == []


def test_core_needs_two_libraries_only() -> None:
    assert list(foreign_in_core(read_house(ROOT))) == []


def test_only_gui_knows_the_screen() -> None:
    assert list(screen_outside_gui(read_house(ROOT))) == []


def test_no_file_is_too_long_to_read() -> None:
    assert list(long_files(ROOT)) == []


def test_the_tables_themselves_have_no_circle() -> None:
    for table in (MAY_IMPORT, GUI_MAY_IMPORT):
        assert all(name not in table[other] for name, below in table.items() for other in below)


def build(root: Path, files: dict[str, str]) -> Path:
    for name, code in files.items():
        path = root / "annotator" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code, encoding="utf-8")
    return root


EMPTY = {"__init__.py": "", "core/__init__.py": "", "core/text.py": "", "store/__init__.py": "", "tasks/__init__.py": ""}
GUI = {"gui/__init__.py": "", "gui/work/session.py": "", "gui/window.py": "", "gui/canvas/__init__.py": "", "gui/panels/listing.py": ""}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("core/text.py", "from annotator.store import writer"),
        ("core/text.py", "import annotator.tasks"),
        ("core/text.py", "def load():\n    from annotator import store"),
        ("core/text.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from annotator.store import writer"),
        ("core/text.py", "from ..store import writer"),
        ("core/text.py", "import importlib\nimportlib.import_module('annotator.store')"),
        ("resources.py", "from annotator.core import text"),
        ("store/writer.py", "from annotator.formats import brat"),
        ("suggest/lexicon.py", "from annotator.store import writer"),
        ("cli.py", "from annotator.gui import app"),
        ("gui/app.py", "from annotator import cli"),
        ("tasks/opening.py", "import annotator.cli"),
        ("__init__.py", "from annotator.core import text"),
        ("gui/__init__.py", "from annotator.gui import window"),
        ("gui/work/session.py", "from annotator.gui import window"),
        ("gui/work/session.py", "from annotator.gui.panels import listing"),
        ("gui/canvas/view.py", "from annotator.gui.panels import listing"),
        ("gui/panels/listing.py", "from .. import window"),
        ("gui/window.py", "from annotator.gui import app"),
        ("oddments.py", ""),
    ],
)
def test_a_forbidden_import_is_seen(tmp_path: Path, name: str, code: str) -> None:
    house = read_house(build(tmp_path, EMPTY | GUI | {"gui/app.py": "", "cli.py": ""} | {name: code}))
    assert len(list(broken_layers(house))) == 1


def test_a_sound_house_passes(tmp_path: Path) -> None:
    sound = {
        "__main__.py": "def main():\n    from annotator.gui import app\n    from annotator import cli",
        "cli.py": "import rich\nfrom annotator import __version__, tasks",
        "core/text.py": "import regex, json\nfrom collections import deque",
        "core/edits.py": "from annotator.core import text\nfrom .text import x",
        "gui/app.py": "from PySide6 import QtWidgets\nfrom annotator.gui import window",
        "gui/window.py": "from annotator.gui.canvas import view\nfrom .panels import listing\nfrom annotator.tasks import opening",
        "gui/canvas/view.py": "from annotator.gui.work import session",
    }
    house = read_house(build(tmp_path, EMPTY | GUI | sound))
    findings = [*broken_layers(house), *circles(house), *foreign_in_core(house), *screen_outside_gui(house), *long_files(tmp_path)]
    assert findings == []


@pytest.mark.parametrize("second", ["from annotator.core import text", "def later():\n    import annotator.core.text"])
def test_a_circle_is_seen(tmp_path: Path, second: str) -> None:
    house = read_house(build(tmp_path, EMPTY | {"core/text.py": "from annotator.core.edits import apply", "core/edits.py": second}))
    assert {"core.text", "core.edits"} <= set(circles(house))


@pytest.mark.parametrize("library", ["orjson", "numpy", "rich.table"])
def test_a_library_in_core_is_seen(tmp_path: Path, library: str) -> None:
    house = read_house(build(tmp_path, EMPTY | {"core/text.py": f"def f():\n    import {library}"}))
    assert list(foreign_in_core(house)) == [f"core.text:2 imports {library}"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("tasks/drawing.py", "def f():\n    from PySide6.QtGui import QImage"),
        ("cli.py", "import shiboken6"),
        ("__main__.py", "from annotator.gui import app"),
    ],
)
def test_the_screen_outside_gui_is_seen(tmp_path: Path, name: str, code: str) -> None:
    assert len(list(screen_outside_gui(read_house(build(tmp_path, EMPTY | GUI | {"gui/app.py": ""} | {name: code}))))) == 1


def test_a_long_file_is_seen(tmp_path: Path) -> None:
    build(tmp_path, EMPTY | {"core/text.py": "x = 1\n" * (LINES_MOST + 1), "core/edits.py": "x = 1\n" * LINES_MOST})
    assert list(long_files(tmp_path)) == [str(Path("annotator/core/text.py")) + f" has {LINES_MOST + 1} lines"]
