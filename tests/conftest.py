"""What every test stands on: no screen, no folder of the person who runs it, and laws of a chosen length."""

from __future__ import annotations

import gc
import os

# Before anything imports Qt: without a screen it aborts, and with one no window should flash up.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

ROOT = Path(__file__).resolve().parent.parent
OWN_FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "APPDATA")

# The same examples every time, so that a push fails for what it changed; ANNOTATOR_EXAMPLES=5000 makes a long night of new ones.
settings.register_profile(
    "annotator",
    max_examples=int(os.environ.get("ANNOTATOR_EXAMPLES", "100")),
    derandomize="ANNOTATOR_EXAMPLES" not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("annotator")


def pytest_runtest_teardown() -> None:
    """Once a window was made, garbage is collected on the main thread alone; a test without an event loop does it here."""
    if not gc.isenabled():
        gc.collect()
        # What outlives its test (a closed window's Python half, held by Qt's connections) is looked at once, not by every later collection.
        gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that stands for the user's settings, logs and caches."""
    home = tmp_path_factory.mktemp("user")
    with pytest.MonkeyPatch.context() as patch:
        for name in OWN_FOLDERS:
            patch.setenv(name, str(home / name.lower()))
        yield home


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it, whichever test needs one first."""
    from annotator.gui.app import make_application

    return make_application()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of third-party data beside the project, for tests that only look at it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("third-party data is not here (../shared)")
    return folder
