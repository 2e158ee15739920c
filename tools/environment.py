"""Makes the environment in the folder that is named, pinned by constraints.txt.

Standard library only: it runs before anything is installed.

    python3 tools/environment.py .venv
    python3 tools/environment.py .venv-oracles oracles

A further extra is pinned by ``constraints-EXTRA.txt`` too, which goes before constraints.txt where both name a package.

`installed` in that folder is written last. An environment without it was interrupted and is made from nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST, BEYOND = (3, 11), (3, 14)


def main(folder: Path, *extras: str) -> int:
    """Exit status: 0 when the environment is whole, with what tests need and these extras."""
    if not OLDEST <= sys.version_info[:2] < BEYOND:
        return refuse(f"Annotator needs Python 3.11, 3.12 or 3.13; {sys.executable} is {sys.version.split()[0]}.")
    stamp = folder / "installed"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (stamp.exists() and runs(python)):
        print(f"Making the environment in {folder} with Python {sys.version.split()[0]}; the first time takes a minute or two.", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        if not make(folder):
            return refuse(f"Python could not make an environment. On Debian type: sudo apt-get install {venv_package()}")
    stamp.unlink(missing_ok=True)
    if not install(python, folder / "constraints.txt", extras=extras):
        return refuse("The packages could not be installed; pip's own message is above. Is the network reachable?")
    # Where Python is told to write no byte code, every start of the program would compile all of it again.
    subprocess.run([python, "-m", "compileall", "-q", str(ROOT / "annotator")], stdout=subprocess.DEVNULL, check=False)
    stamp.touch()
    return 0


def runs(python: Path) -> bool:
    """Whether that interpreter starts and has pip."""
    try:
        return subprocess.run([python, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make(folder: Path) -> bool:
    """Makes an empty environment. Debian packs venv apart from Python: root gets it, everybody else is told its name."""
    command = [sys.executable, "-m", "venv", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return True
    if os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"Installing what Python needs to make environments: {venv_package()}", flush=True)
    for step in (["update"], ["install", "-y", "--no-install-recommends", venv_package()]):
        subprocess.run(["apt-get", "-qq", *step], env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
    shutil.rmtree(folder, ignore_errors=True)
    return subprocess.run(command, check=False).returncode == 0


def venv_package() -> str:
    """Debian's name of the package that holds venv for this Python."""
    return f"python3.{sys.version_info.minor}-venv"


def install(python: Path, pinned: Path, *, extras: Sequence[str]) -> bool:
    """Installs the build tool, then the project itself with all that its tests need. Pinned both times, hence no isolated build.

    `pinned` is written: the versions of all files of constraints together.
    """
    versions: dict[str, str] = {}
    for name in ("constraints.txt", *(f"constraints-{extra}.txt" for extra in extras)):
        versions |= {line.partition("==")[0]: line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if "==" in line}
    pinned.write_text("\n".join(versions.values()) + "\n", encoding="utf-8")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", str(pinned.resolve())]
    # Most of what an extra brings is never imported: it need not be compiled.
    pip += ["--no-compile"] if extras else []
    project = f".[{','.join(['test', *extras])}]"
    steps = ([*pip, "hatchling"], [*pip, "--no-build-isolation", "--editable", project])
    return all(subprocess.run(step, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode == 0 for step in steps)


def refuse(sentence: str) -> int:
    """Says in one line what is missing; exit status 1."""
    print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
