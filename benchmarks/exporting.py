"""What a training set costs: exporting, importing, counting and scoring the 632 articles of ../shared/data/bkee-train.

    .venv/bin/python benchmarks/exporting.py [FORMAT …]

Times are of the processor and of one process. An export is all that a person pays for: the articles read, the set written with its
account and with what lies beside it. It is measured against reading and parsing the same sidecars, which here is what the program's own
store does before it hands out a document: article and sidecar read, decoded, the checksum and every span verified. Formats of a library
are measured against a loop over that library (`library_loops`). The two sides take turns, the best time of each is taken.
"""

from __future__ import annotations

import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

import orjson
from measure import ROOT, SHARED, Report, own_folders, seconds

sys.path.insert(0, str(ROOT))

import library_loops

from annotator.formats.table import FORMATS
from annotator.store.sidecar import load, sidecar_path
from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.importing import import_corpus
from annotator.tasks.opening import open_corpus
from annotator.tasks.scoring_corpora import score_corpora
from annotator.tasks.stats import count_corpus

BRAT = SHARED / "data" / "bkee-train"
OWN_LIMIT = 4.0
LIBRARY_LIMIT = 1.5
DUPLICATES_LIMIT = 0.5
ROUNDS = 9
COPIES = 60
LIBRARIES: Mapping[str, tuple[str, Callable[..., None]]] = {
    "spacy": ("spacy", library_loops.write_spacy),
    "hf-parquet": ("pyarrow", library_loops.write_parquet),
}


class Costs:
    """A corpus in a folder, and what is done with it."""

    def __init__(self, folder: Path, source: Path, report: Report) -> None:
        self.folder, self.source, self.report = folder, source, report
        self.root = folder / "corpus"
        self.articles = sorted(open_corpus(self.root).articles())
        self._made: list[Path] = []

    def read(self) -> None:
        """Every document, as the store gives it."""
        for path in self.articles:
            load(path)

    def parse(self) -> None:
        """The bytes of article and sidecar, the latter parsed by the fastest parser there is and thrown away."""
        for path in self.articles:
            path.read_bytes()
            orjson.loads(sidecar_path(path).read_bytes())

    def export(self, name: str, *, split: bool = False, duplicates: bool = True) -> None:
        """The set as a person gets it who asks for nothing else than the format, or for a division by lot as well."""
        shares = (0.8, 0.1, 0.1) if split else None
        export_corpus(open_corpus(self.root), self.place(), ExportRequest(name, split=shares, duplicates=duplicates))

    def place(self) -> Path:
        """A new place for a set. None is removed between two rounds: looking for a free inode, ext4 without a journal passes over those
        that were freed in the last minutes, one by one, so that each file of a round would pay for all files of the round before.
        """
        self._made.append(self.folder / f"out{len(self._made)}")
        return self._made[-1]

    def clear(self) -> None:
        """Remove what was made until now."""
        for folder in self._made:
            shutil.rmtree(folder, ignore_errors=True)

    def measure_format(self, name: str) -> None:
        """An own format against reading, a library's against its loop."""
        library, loop = LIBRARIES.get(name, ("", None))
        if library and find_spec(library) is None:
            self.report.absent(f"export {name}", f"{library} is not installed")
        elif loop is not None:
            once, whole = best({"loop": lambda: loop(self.articles, self.folder / "loop"), "export": lambda: self.export(name)}).values()
            self._tell(f"export {name} / loop over {library}", whole, once, limit=LIBRARY_LIMIT)
        else:
            once, whole = best({"read": self.read, "export": lambda: self.export(name)}).values()
            self._tell(f"export {name} / reading", whole, once, limit=OWN_LIMIT)

    def measure_reading(self) -> None:
        """Reading itself, against the barest there is."""
        bare, once = best({"parse": self.parse, "read": self.read}).values()
        self.report.note("reading / bare read and orjson.loads", once / bare, "×", f"{once:.3f} s : {bare:.3f} s")

    def measure_duplicates(self) -> None:
        """The share of a divided export that looking for near-duplicates and shared sentences takes."""
        without, looked = best(
            {"without": lambda: self.export("conll", split=True, duplicates=False), "with": lambda: self.export("conll", split=True)}
        ).values()
        share = (looked - without) / looked
        self.report.figure("near-duplicates, share of a split", share, limit=DUPLICATES_LIMIT, unit="", detail=f"{looked:.3f} s")

    def measure_ways(self) -> None:
        """What comes in, and what is counted, once each for the table: no limit."""
        oneie = self.folder / "oneie"
        export_corpus(open_corpus(self.root), oneie, ExportRequest("oneie"))
        for what, done in {
            "import brat": lambda: import_corpus("brat", self.source, self.place()),
            "import oneie": lambda: import_corpus("oneie", oneie, self.place()),
            "stats": lambda: count_corpus(open_corpus(self.root)),
            "score (against itself)": lambda: score_corpora(open_corpus(self.root), open_corpus(self.root)),
        }.items():
            once, whole = best({"read": self.read, "done": done}, rounds=2).values()
            self.report.note(f"{what} / reading", whole / once, "×", f"{whole:.3f} s : {once:.3f} s")

    def _tell(self, what: str, whole: float, once: float, *, limit: float) -> None:
        self.report.figure(what, whole / once, limit=limit, unit="×", detail=f"{whole:.3f} s : {once:.3f} s")


def best(sides: Mapping[str, Callable[[], object]], *, rounds: int = ROUNDS) -> dict[str, float]:
    """The least time of the processor that each side took, in seconds, the sides taking turns; a first round fills the caches."""
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds + 1):
        for name, side in sides.items():
            gc.collect()
            begun = time.process_time()
            side()
            times[name].append(time.process_time() - begun)
    return {name: min(took[1:]) for name, took in times.items()}


def source_of(folder: Path, report: Report) -> Path:
    """BKEE's articles in brat's form; without them the finished samples, over and over."""
    if BRAT.is_dir():
        return BRAT
    report.absent("with the articles of ../shared", f"it is not here; the finished samples {COPIES} times instead")
    grown, once = folder / "grown", folder / "once"
    export_corpus(open_corpus(ROOT / "samples"), once, ExportRequest("brat", statuses=frozenset(("done", "checked"))))
    for number in range(COPIES):
        shutil.copytree(once, grown / f"{number:03}", ignore=shutil.ignore_patterns("*.json*"))
    shutil.copy(once / "annotation.conf", grown)
    return grown


def main() -> int:
    """Exit status: 1 if a cost is over its limit."""
    report = Report()
    wanted = sys.argv[1:] or [name for name, row in FORMATS.items() if row.writes]
    with tempfile.TemporaryDirectory() as place, own_folders() as env:
        folder = Path(place)
        source = source_of(folder, report)
        program = [sys.executable, "-m", "annotator", "import", "brat", str(source), str(folder / "corpus")]
        seconds(program, env, accepted=(0, 1))
        costs = Costs(folder, source, report)
        costs.measure_reading()
        for name in wanted:
            costs.measure_format(name)
            costs.clear()
        if not sys.argv[1:]:
            costs.measure_duplicates()
            costs.measure_ways()
    return report.status


if __name__ == "__main__":
    sys.exit(main())
