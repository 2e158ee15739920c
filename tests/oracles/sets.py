"""Training sets that the oracles read: which articles of which corpus, and how they are written."""

from __future__ import annotations

from pathlib import Path

from annotator.tasks.exporting import Exported, ExportRequest, export_corpus, names_to_write
from annotator.tasks.opening import load_trusted, open_corpus
from tests.oracles.readings import Documents

FINISHED = frozenset({"done", "checked"})
# Corpus and statuses by name.
SETS: dict[str, tuple[str, frozenset[str]]] = {
    "samples": ("samples", frozenset()),
    "finished samples": ("samples", FINISHED),
    "golden": ("golden", frozenset()),
    "bkee": ("bkee", frozenset()),
}


def written(corpus: Path, out: Path, request: ExportRequest) -> tuple[Exported, Documents]:
    """What was written, and the documents by their names in the set."""
    opened = open_corpus(corpus)
    names = names_to_write(opened, request.statuses)
    done = export_corpus(opened, out, request)
    assert not done.refused and done.documents == len(names)
    return done, {name: load_trusted(path).document for name, path in names.items()}
