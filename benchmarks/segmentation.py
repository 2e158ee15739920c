"""Words: our segmenter against ``ViTokenizer.tokenize`` line by line, as time of ours : pyvi's in the same run; and what loading costs.

    .venv/bin/python benchmarks/segmentation.py

Each takes its turn, so that a busy machine is busy for both. Without ../shared the articles of samples/ are read over and over.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from functools import partial
from itertools import cycle, islice
from time import process_time

from measure import ROOT, SHARED, Report

from annotator.segment import Segmenter, read_joins_as_blanks, segment_lines

ROUNDS = 3
LINES = 6_000
LONG = 1_000_000
# Times of ours : pyvi's. Measured: 0.10 to 0.15 with empty caches, 0.08 with full ones.
COLD_LIMIT = 0.25
WARM_LIMIT = 0.15
LOAD_LIMIT = 0.3
LONG_LIMIT = 2.0


def main() -> int:
    """Exit status: 1 if a figure is over its limit."""
    report = Report()
    lines = _lines()
    load = min(_seconds(Segmenter.load) for _ in range(ROUNDS))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyvi import ViTokenizer
    theirs, cold, warm = [], [], []
    for _ in range(ROUNDS):
        segmenter = Segmenter.load()
        theirs.append(_seconds(partial(_each, ViTokenizer.tokenize, lines)))
        cold.append(_seconds(partial(_each, segmenter.words, lines)))
        warm.append(_seconds(partial(_each, segmenter.words, lines)))
    characters = sum(map(len, lines))
    for what, times, limit in (("empty caches", cold, COLD_LIMIT), ("full caches", warm, WARM_LIMIT)):
        ours, pyvi = min(times), min(theirs)
        detail = f"{pyvi / ours:.1f} times as fast: {ours:.2f} s : {pyvi:.2f} s for {characters:,} characters"
        report.figure(f"words : pyvi's, {what}", ours / pyvi, limit=limit, unit="x", detail=detail)
    report.figure("loading the model", load, limit=LOAD_LIMIT, unit="s")
    line = " ".join(islice(cycle(lines), LINES))
    line = (line * (LONG // len(line) + 1))[:LONG]
    long = _seconds(lambda: list(segment_lines(line)))
    report.figure("one line of 1,000,000 characters", long, limit=LONG_LIMIT, unit="s")
    return report.status


def _lines() -> list[str]:
    corpus = SHARED / "data" / "bkee-train"
    folder = corpus if corpus.is_dir() else ROOT / "samples"
    paths = sorted(folder.rglob("*.txt"))
    if not paths:
        sys.exit(f"{folder} holds no article")
    lines = [read_joins_as_blanks(line) for path in paths for line in path.read_bytes().decode().split("\n")]
    return list(islice(cycle(lines), LINES))


def _each(work: Callable[[str], object], lines: list[str]) -> None:
    for line in lines:
        work(line)


def _seconds(work: Callable[[], object]) -> float:
    begun = process_time()
    work()
    return process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
