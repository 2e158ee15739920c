"""Whole sets, exported as a user does and read back by the formats' own libraries."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.formats.table import FORMATS
from annotator.tasks.exporting import Exported, ExportRequest, export_corpus, names_to_write
from annotator.tasks.opening import load_trusted, open_corpus
from tests.oracles.accounts import hold
from tests.oracles.conftest import Corpora
from tests.oracles.readings import READINGS, Documents, records_of

FINISHED = frozenset({"done", "checked"})
SETS = {
    "samples": ("samples", frozenset[str]()),
    "finished samples": ("samples", FINISHED),
    "golden": ("golden", frozenset[str]()),
    "bkee": ("bkee", frozenset[str]()),
}


def exported(corpus: Path, out: Path, request: ExportRequest) -> tuple[Exported, Documents]:
    """What was written, and the documents by their names in the set."""
    opened = open_corpus(corpus)
    names = names_to_write(opened, request.statuses)
    done = export_corpus(opened, out, request)
    assert not done.refused and done.documents == len(names)
    return done, {name: load_trusted(path).document for name, path in names.items()}


@pytest.mark.parametrize("name", READINGS)
@pytest.mark.parametrize("chosen", SETS)
def test_the_library_finds_what_the_account_says(chosen: str, name: str, corpora: Corpora, tmp_path: Path) -> None:
    corpus, statuses = SETS[chosen]
    done, documents = exported(corpora.of(corpus), tmp_path, ExportRequest(name, statuses=statuses))
    data = (tmp_path / f"all{FORMATS[name].suffix}").read_bytes()
    hold(READINGS[name](data, records_of(tmp_path / "tokens.jsonl"), documents), documents, done.account)
    assert done.account.layers[next(iter(FORMATS[name].holds))].whole >= 5
