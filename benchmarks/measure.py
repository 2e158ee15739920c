"""What the benchmarks share: timing of fresh processes side by side, and one line a figure with its limit."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
OWN_FOLDERS = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA", "APPDATA")


class Report:
    """Prints figures as they come; `status` is 1 as soon as one is over its limit."""

    def __init__(self) -> None:
        self.status = 0

    def figure(self, what: str, value: float, *, limit: float, unit: str, detail: str = "") -> None:
        """One line: what was measured, its value and limit in `unit`, and the measurements behind it."""
        over = value > limit
        self.status |= over
        verdict = "OVER " if over else "     "
        print(f"{verdict}{what:<44} {value:8.2f} {unit:<2} limit {limit:g} {unit}" + (f"   ({detail})" if detail else ""), flush=True)

    def note(self, what: str, value: float, unit: str, detail: str = "") -> None:
        """One line for the table, of what has no limit."""
        print(f"     {what:<44} {value:8.2f} {unit:<2}" + (f"   ({detail})" if detail else ""), flush=True)

    def absent(self, what: str, why: str) -> None:
        """Says what was not measured."""
        print(f"     {what:<44} not measured: {why}", flush=True)


@contextmanager
def own_folders() -> Iterator[dict[str, str]]:
    """An environment without a screen whose user folders are empty and vanish afterwards."""
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as home:
        yield {**os.environ, "QT_QPA_PLATFORM": "offscreen"} | {name: str(Path(home) / name.lower()) for name in OWN_FOLDERS}


def seconds(command: Sequence[str], env: Mapping[str, str], *, accepted: Sequence[int] = (0,)) -> float:
    """How long a fresh process takes; stops everything when it fails."""
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=dict(env), stdin=subprocess.DEVNULL, capture_output=True, check=False)
    took = time.perf_counter() - begun
    if done.returncode not in accepted:
        sys.exit(f"{' '.join(command)[:200]} failed:\n{done.stderr.decode(errors='replace')[-2000:]}")
    return took


def side_by_side(commands: Mapping[str, Sequence[str]], env: Mapping[str, str], *, rounds: int) -> dict[str, float]:
    """The best time of each command, the commands taking turns so that a busy machine is busy for all of them.

    A first round, not counted, fills the caches of the disk.
    """
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            times[name].append(seconds(command, env))
    return {name: min(took[1:]) for name, took in times.items()}
