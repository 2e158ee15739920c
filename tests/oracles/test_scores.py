"""`annotator score` beside nervaluate: strict is our classification, exact our identification, wherever nothing overlaps."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.model import Entity
from annotator.core.text import Text
from annotator.formats.tags import spans
from annotator.tasks.exporting import ExportRequest
from annotator.tasks.importing import import_corpus
from annotator.tasks.opening import open_corpus
from annotator.tasks.scoring import Tally, score_documents
from annotator.tasks.scoring_corpora import score_source
from tests.formats.articles import TYPES, source_of
from tests.oracles.conftest import Corpora
from tests.oracles.sets import SETS, written

TAGS = ["O", *(f"{letter}-{name}" for name in TYPES for letter in "BI")]
Sentences = list[list[str]]


def well_formed(tags: list[str]) -> list[str]:
    """Tags of which every chunk begins with ``B``."""
    kept = list(tags)
    for rank, tag in enumerate(tags):
        if tag[0] == "I" and (rank == 0 or kept[rank - 1][1:] != tag[1:]):
            kept[rank] = "B" + tag[1:]
    return kept


@st.composite
def sentences(draw: st.DrawFn) -> tuple[Sentences, Sentences]:
    """Sentences tagged twice, the second time mostly as the first."""
    gold, predicted = [], []
    for length in draw(st.lists(st.integers(1, 8), min_size=1, max_size=4)):
        gold.append(well_formed(draw(st.lists(st.sampled_from(TAGS), min_size=length, max_size=length))))
        predicted.append(well_formed([draw(st.sampled_from([tag, tag, tag, *TAGS])) for tag in gold[-1]]))
    return gold, predicted


def document_of(tagged: Sentences) -> Document:
    """A line for each sentence, two characters a token."""
    content = "\n".join(" ".join("x" for _ in tags) for tags in tagged)
    document, entities, at = Document(Text(content), source_of(content)), [], 0
    for tags in tagged:
        for chunk in spans(tags):
            entities.append(Entity(f"T{len(entities) + 1}", chunk.type, ((at + 2 * chunk.start, at + 2 * chunk.end - 1),)))
        at += 2 * len(tags)
    apply(document, Edit("make", tuple(Change("entities", item.id, None, item) for item in entities)))
    return document


def nervaluated(gold: Sentences, predicted: Sentences, types: list[str]) -> Any:
    from nervaluate import Evaluator

    return Evaluator(gold, predicted, types, loader="list").evaluate()


def same(ours: Tally, theirs: Any) -> bool:
    """Whether both count the same. Where nothing was there or found, nervaluate says 0, we say 1: no rate is compared."""
    rates = [(ours.precision, theirs.precision, ours.predicted), (ours.recall, theirs.recall, ours.gold)]
    rates.append((ours.f1, theirs.f1, ours.gold and ours.predicted))
    counts = (ours.gold, ours.predicted, ours.matched) == (theirs.possible, theirs.actual, theirs.correct)
    return counts and all(left == pytest.approx(right) for left, right, is_told in rates if is_told)


@given(sentences())
def test_what_does_not_overlap_is_scored_as_nervaluate_does(tagged: tuple[Sentences, Sentences]) -> None:
    gold, predicted = tagged
    entities = score_documents(document_of(gold), document_of(predicted)).layers["entities"]
    theirs = nervaluated(gold, predicted, list(TYPES))
    assert same(entities.classification, theirs["overall"]["strict"])
    assert same(entities.identification, theirs["overall"]["exact"])
    assert entities.types.keys() == theirs["entities"].keys()
    assert all(same(tally, theirs["entities"][name]["strict"]) for name, tally in entities.types.items())


def mistaken(raw: str, chance: random.Random) -> tuple[str, list[tuple[list[str], list[str]]]]:
    """A column file as a model would tag it, and the tags of each sentence, right and as the model has them."""
    blocks, pairs = [], []
    for block in raw.split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line]
        right = [row[-1] for row in rows if len(row) > 1]
        found = well_formed([chance.choices(["O", tag.replace("PER", "ORG"), tag], [1, 2, 20])[0] for tag in right])
        tags = iter(found)
        blocks.append("\n".join("\t".join([*row[:-1], next(tags)]) if len(row) > 1 else row[0] for row in rows))
        pairs += [(right, found)] if right else []
    return "\n\n".join(blocks), pairs


@pytest.mark.parametrize("chosen", SETS)
def test_a_model_s_tags_are_scored_as_nervaluate_does(chosen: str, corpora: Corpora, tmp_path: Path) -> None:
    """The tags of a set, taken for gold since they are flat, and those tags with the mistakes of a model."""
    corpus, statuses = SETS[chosen]
    written(corpora.of(corpus), tmp_path / "out", ExportRequest("conll", statuses=statuses))
    file = tmp_path / "out" / "all.conll"
    # In this schema SENTENCE is an entity: where it is unknown, a model's SENTENCE is taken for the event Sentence.
    import_corpus("conll", file, tmp_path / "gold", schema="ace2005")
    model, pairs = mistaken(file.read_text(encoding="utf-8"), random.Random(7))
    (tmp_path / "model.conll").write_text(model, encoding="utf-8")
    types = sorted({tag[2:] for pair in pairs for tags in pair for tag in tags if tag != "O"})
    theirs = nervaluated([right for right, _ in pairs], [found for _, found in pairs], types)
    scored = score_source(open_corpus(tmp_path / "gold"), tmp_path / "model.conll", format_name="conll")
    assert not (scored.refused or scored.problems or scored.only_gold)
    entities = scored.score.layers["entities"]
    assert same(entities.classification, theirs["overall"]["strict"]) and 0.5 < entities.classification.f1 < 1
    assert same(entities.identification, theirs["overall"]["exact"])
    assert all(same(tally, theirs["entities"][name]["strict"]) for name, tally in entities.types.items())
