"""Whole sets, exported as a user does and read back by the formats' own libraries."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.formats.table import FORMATS
from annotator.tasks.exporting import ExportRequest
from tests.oracles.accounts import hold
from tests.oracles.conftest import Corpora
from tests.oracles.readings import READINGS, records_of
from tests.oracles.sets import SETS, written


@pytest.mark.parametrize("name", READINGS)
@pytest.mark.parametrize("chosen", SETS)
def test_the_library_finds_what_the_account_says(chosen: str, name: str, corpora: Corpora, tmp_path: Path) -> None:
    corpus, statuses = SETS[chosen]
    done, documents = written(corpora.of(corpus), tmp_path, ExportRequest(name, statuses=statuses))
    data = (tmp_path / f"all{FORMATS[name].suffix}").read_bytes()
    hold(READINGS[name](data, records_of(tmp_path / "tokens.jsonl"), documents), documents, done.account)
    assert all(done.account.layers[layer].whole for layer in FORMATS[name].holds if layer != "relations")
