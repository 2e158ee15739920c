"""Runs every benchmark of this folder in a process of its own. Exit status: 1 if one is over a limit or fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
NOT_BENCHMARKS = {"measure", "run_all", "person", "input_methods", "library_loops"}


def main() -> int:
    """The worst exit status of all."""
    worst = 0
    for path in sorted(FOLDER.glob("*.py")):
        if path.stem not in NOT_BENCHMARKS:
            print(path.stem, flush=True)
            worst |= subprocess.run([sys.executable, path], cwd=FOLDER.parent, check=False).returncode != 0
    return worst


if __name__ == "__main__":
    sys.exit(main())
