"""Scoring a corpus against another one, or against what a model wrote about a set that was exported from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from annotator.core.commands import layer_of
from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.errors import AnnotatorError
from annotator.core.model import Annotation
from annotator.formats.account import Loss
from annotator.store.corpus import Corpus
from annotator.store.files import digest, is_there, read_source
from annotator.store.sidecar import SUFFIX
from annotator.tasks import Progress, unheard
from annotator.tasks.exporting import names_to_write
from annotator.tasks.opening import load_trusted
from annotator.tasks.predictions import AUTO, read_predictions
from annotator.tasks.scoring import By, Score, score_documents


@dataclass(slots=True)
class Scored:
    """The score of the documents that both sides have, their names, and those that only one has: these are not counted.

    `problems` are predictions that could not be brought back to the text; they are not counted either.
    """

    by: By
    score: Score = field(default_factory=Score)
    documents: list[str] = field(default_factory=list)
    only_gold: list[str] = field(default_factory=list)
    only_predicted: list[str] = field(default_factory=list)
    refused: list[AnnotatorError] = field(default_factory=list)
    problems: list[Loss] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        return {
            "by": self.by,
            "documents": len(self.documents),
            "only_gold": self.only_gold,
            "only_predicted": self.only_predicted,
            **self.score.as_json(),
            "refused": [{"code": error.code, **error.where} for error in self.refused],
            "problems": [problem.as_json() for problem in self.problems],
        }


def score_source(
    gold: Corpus, source: Path, *, by: By = "whole", format_name: str = AUTO, tokens: Path | None = None, progress: Progress = unheard
) -> Scored:
    """Score what `source` holds: a folder of articles with sidecars, or a file or folder of an exported set's format.

    Raises AnnotatorError ``import-source-missing`` and as `read_predictions` and `Corpus.open` do.
    """
    if not is_there(source):
        raise AnnotatorError("import-source-missing", path=str(source))
    if format_name == AUTO and source.is_dir() and next(source.rglob(f"*{SUFFIX}"), None) is not None:
        return score_corpora(gold, Corpus.open(source), by=by, progress=progress)
    return score_predictions(gold, source, by=by, format_name=format_name, tokens=tokens, progress=progress)


def score_corpora(gold: Corpus, predicted: Corpus, *, by: By = "whole", progress: Progress = unheard) -> Scored:
    """Score the articles of one corpus against those of another that have the same bytes, else the same name and text.

    Of gold only what a human made or took over counts, of the other side everything.
    """
    scored = Scored(by)
    ours, theirs = names_to_write(gold, frozenset()), names_to_write(predicted, frozenset())
    partners = _partners(ours, theirs)
    scored.only_gold = [name for name in ours if name not in partners]
    scored.only_predicted = sorted(theirs.keys() - set(partners.values()))
    scores: list[Score] = []
    for number, (name, partner) in enumerate(partners.items()):
        progress(number, len(partners))
        try:
            left, right = load_trusted(ours[name]).document, load_trusted(theirs[partner]).document
            if left.text.content != right.text.content:
                raise AnnotatorError("texts-differ", path=str(theirs[partner]), other=str(ours[name]))
        except AnnotatorError as error:
            scored.refused.append(error)
            continue
        scores.append(score_documents(left, right, by=by, confirmed=True, name=name))
        scored.documents.append(name)
    scored.score = Score.of(scores)
    return scored


def score_predictions(
    gold: Corpus, source: Path, *, by: By = "whole", format_name: str = AUTO, tokens: Path | None = None, progress: Progress = unheard
) -> Scored:
    """Score a model's output against the articles that it speaks of."""
    predicted = read_predictions(gold, source, format_name=format_name, tokens=tokens, progress=progress)
    scored = Scored(by, problems=predicted.problems)
    scores: list[Score] = []
    for name, path in names_to_write(gold, frozenset()).items():
        if path not in predicted.items:
            scored.only_gold.append(name)
            continue
        try:
            document = load_trusted(path).document
        except AnnotatorError as error:
            scored.refused.append(error)
            continue
        found = _document(document, predicted.items[path])
        scores.append(score_documents(document, found, by=by, confirmed=True, name=name))
        scored.documents.append(name)
    scored.score = Score.of(scores)
    return scored


def _partners(ours: dict[str, Path], theirs: dict[str, Path]) -> dict[str, str]:
    """For each article of gold the other side's: of the same bytes and name, of the same bytes, of the same name."""
    by_bytes: dict[str, list[str]] = {}
    for name, path in theirs.items():
        by_bytes.setdefault(_print(path), []).append(name)
    prints = {name: _print(path) for name, path in ours.items()}
    found = {name: name for name in ours if name in by_bytes.get(prints[name], ())}
    free = theirs.keys() - found.values()
    for name in ours:
        if name not in found:
            partner = next((held for held in by_bytes.get(prints[name], ()) if held in free), name if name in free else None)
            if partner is not None:
                found[name] = partner
                free.discard(partner)
    return {name: found[name] for name in ours if name in found}


def _print(path: Path) -> str:
    """What tells a source's bytes from others; a file that cannot be read is like no other."""
    try:
        return digest(read_source(path)[0])
    except AnnotatorError:
        return str(path)


def _document(gold: Document, items: Iterable[Annotation]) -> Document:
    """The text of `gold` with other annotations."""
    document = Document(gold.text, gold.source)
    apply(document, Edit("read", tuple(Change(layer_of(item), item.id, None, item) for item in items)))
    return document
