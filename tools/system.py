"""Sees to what Qt takes from the system: installs it on Debian and its kin when root, else says what to type.

    .venv/bin/python tools/system.py offscreen|screen

Runs on the environment's own Python. Exit status 0 when nothing is missing.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

# library → Debian's package
OFFSCREEN = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
SCREEN = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
NEEDED = {"offscreen": OFFSCREEN, "screen": OFFSCREEN | SCREEN}
FONT = "fonts-dejavu-core"
# Qt itself is asked which fonts it sees; the exit status says whether one of them has the letters.
ASK_FONTS = """
import sys
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QGuiApplication
application = QGuiApplication(["fonts", "-platform", "offscreen"])
families = QFontDatabase.families(QFontDatabase.WritingSystem.Vietnamese)
sys.exit(not any(all(QFontMetrics(QFont(name)).inFontUcs4(ord(letter)) for letter in "ăđơưẠẵỹ") for name in families))
"""


def main(kind: str) -> int:
    """Exit status: 0 when every library loads and a font with Vietnamese letters is there."""
    if sys.platform != "linux":
        return 0
    lacking = missing(kind)
    if lacking and may_install() and install(lacking):
        lacking = missing(kind)
    if not lacking:
        return 0
    print(f"Qt needs what this system lacks: {' '.join(lacking)}. {advice(lacking)}", file=sys.stderr)
    return 1


def missing(kind: str) -> list[str]:
    """Debian's names of the packages that are missing, the font's among them."""
    libraries = [package for library, package in NEEDED[kind].items() if not loads(library)]
    # Where Qt cannot start it finds no font either; one more small package then does no harm.
    return libraries + ([] if font_found() else [FONT])


def loads(library: str) -> bool:
    """Whether the system's loader finds it."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def font_found() -> bool:
    """Whether Qt sees a font with the letters of Vietnamese."""
    return subprocess.run([sys.executable, "-c", ASK_FONTS], capture_output=True, check=False).returncode == 0


def may_install() -> bool:
    """Whether this is root on a system with apt."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> bool:
    """Whether apt installed them."""
    print(f"Installing what Qt needs: {' '.join(packages)}", flush=True)
    return apt("update") and apt("install", "-y", "--no-install-recommends", *packages)


def apt(*step: str) -> bool:
    """Whether apt did that without asking anything."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(["apt-get", "-qq", *step], env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
    return done.returncode == 0


def advice(packages: list[str]) -> str:
    """What to type, where that is known."""
    if shutil.which("apt-get"):
        return f"Type: sudo apt-get install {' '.join(packages)}"
    return "Install your system's packages of these names (they are Debian's), then try again."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
