"""A whole corpus in and out: brat to sidecars, sidecars to CoNLL columns, on the 632 articles of ../shared/data/bkee-train.

    .venv/bin/python benchmarks/exchange.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import SHARED, Report, own_folders, seconds

CORPUS = SHARED / "data" / "bkee-train"
IMPORT_LIMIT = 10.0
EXPORT_LIMIT = 5.0
# Exit status 1 says that something was not taken whole, which is so with these articles: four surfaces fit no reading.
ACCEPTED = (0, 1)


def main() -> int:
    """Exit status: 1 if a time is over its limit."""
    report = Report()
    if not CORPUS.is_dir():
        report.absent("import brat, export conll", "../shared/data/bkee-train is not here")
        return report.status
    program = [sys.executable, "-m", "annotator"]
    with own_folders() as env, tempfile.TemporaryDirectory(prefix="annotator-bench-") as folder:
        into, out = Path(folder, "corpus"), Path(folder, "conll")
        took_in = seconds([*program, "import", "brat", str(CORPUS), str(into)], env, accepted=ACCEPTED)
        took_out = seconds([*program, "export", "conll", str(into), str(out)], env, accepted=ACCEPTED)
        documents = sum(1 for _ in into.rglob("*.ann.json"))
    report.figure("import brat", took_in, limit=IMPORT_LIMIT, unit="s", detail=f"{documents} documents")
    report.figure("export conll", took_out, limit=EXPORT_LIMIT, unit="s")
    return report.status


if __name__ == "__main__":
    sys.exit(main())
