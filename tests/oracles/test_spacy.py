"""spaCy's own trainer and its check of training data on what was exported."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from annotator.tasks.exporting import ExportRequest
from tests.oracles.conftest import Corpora
from tests.oracles.readings import blank, chunks_of
from tests.oracles.sets import SETS, written


@pytest.mark.parametrize("nesting", ["outermost", "innermost"])
@pytest.mark.parametrize("chosen", SETS)
def test_the_trainer_gets_every_entity(chosen: str, nesting: Any, corpora: Corpora, tmp_path: Path) -> None:
    from spacy.training import Corpus

    corpus, statuses = SETS[chosen]
    done, documents = written(corpora.of(corpus), tmp_path, ExportRequest("spacy", statuses=statuses, nesting=nesting))
    examples = {example.reference.user_data["name"]: example for example in Corpus(tmp_path / "all.spacy")(blank())}
    # The trainer leaves out documents that are empty, of which there are none.
    assert examples.keys() == documents.keys()
    for name, example in examples.items():
        assert example.text == example.predicted.text == documents[name].text.content
    nested = sum(loss.what == "not-in-ents" for loss in done.account.losses)
    counts = done.account.layers["entities"]
    assert sum(len(example.reference.ents) for example in examples.values()) == counts.whole + counts.changed - nested
    assert nested or chosen != "bkee"


def test_the_check_of_training_data_finds_no_error(
    corpora: Corpora, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from spacy.cli.init_config import init_config

    checking = import_module("spacy.cli.debug_data")

    # That a few articles are a small set is known.
    monkeypatch.setattr(checking, "BLANK_MODEL_MIN_THRESHOLD", 1)
    written(corpora.of("samples"), tmp_path / "out", ExportRequest("spacy", split=(0.5, 0.5, 0.0)))
    init_config(lang="xx", pipeline=["ner", "spancat"]).to_disk(tmp_path / "config.cfg")
    places = {f"paths.{part}": str(tmp_path / "out" / f"{part}.spacy") for part in ("train", "dev")}
    # It leaves by SystemExit where it finds an error.
    checking.debug_data(tmp_path / "config.cfg", config_overrides=places, silent=False, no_format=True)
    said = capsys.readouterr().out
    assert "No entities consisting of or starting/ending with whitespace" in said
    assert "0 missing value(s)" in said and "No overlap between training and evaluation data" in said


@pytest.mark.parametrize("chosen", SETS)
def test_bioes_says_what_iob2_says(chosen: str, corpora: Corpora, tmp_path: Path) -> None:
    """BIOES is spaCy's BILUO under two other letters; what spaCy reads there, nervaluate reads in IOB2."""
    from spacy.training.iob_utils import tags_to_entities

    corpus, statuses = SETS[chosen]
    tags: dict[str, list[list[str]]] = {}
    for scheme in ("iob2", "bioes"):
        request = ExportRequest("conll", statuses=statuses, scheme="bioes" if scheme == "bioes" else "iob2")
        written(corpora.of(corpus), tmp_path / scheme, request)
        blocks = (tmp_path / scheme / "all.conll").read_text(encoding="utf-8").split("\n\n")
        rows = [[line.split("\t")[-1] for line in block.split("\n") if "\t" in line] for block in blocks]
        tags[scheme] = [row for row in rows if row]
    renamed = [[{"E": "L", "S": "U"}.get(tag[0], tag[0]) + tag[1:] for tag in row] for row in tags["bioes"]]
    found = [Counter((kind, start, last + 1) for kind, start, last in tags_to_entities(row)) for row in renamed]
    assert found == [Counter(held) for held in chunks_of(tags["iob2"])]
    assert sum(map(len, found)) > 10


@pytest.mark.parametrize("chosen", SETS)
def test_spacy_converts_the_columns_of_2003(chosen: str, corpora: Corpora, tmp_path: Path) -> None:
    """`spacy convert` takes four columns as they are; it knows no mark of documents but one of its own, so the marks are taken out."""
    from spacy.training.converters import conll_ner_to_docs

    corpus, statuses = SETS[chosen]
    done, _ = written(corpora.of(corpus), tmp_path, ExportRequest("conll2003", statuses=statuses))
    raw = (tmp_path / "all.conll2003").read_text(encoding="utf-8")
    docs = list(conll_ner_to_docs(raw.replace("-DOCSTART-\t-X-\t-X-\tO\n\n", ""), n_sents=0, no_print=True))
    blocks = [[line.split("\t") for line in block.split("\n") if line] for block in raw.split("\n\n")]
    tokens = [row[0] for block in blocks for row in block if row[:2] != ["-DOCSTART-", "-X-"]]
    assert [token.text for doc in docs for token in doc] == tokens
    counts = done.account.layers["entities"]
    assert sum(len(doc.ents) for doc in docs) == counts.whole + counts.changed
