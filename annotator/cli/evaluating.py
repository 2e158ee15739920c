"""The commands around a model: its output comes back as suggestions, and is scored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from annotator.cli.console import DONE, PROBLEMS, Console
from annotator.core.errors import AnnotatorError
from annotator.formats.account import Loss
from annotator.messages import one_line
from annotator.tasks.opening import open_corpus
from annotator.tasks.predictions import ProposalReport, import_predictions
from annotator.tasks.scoring import KINDS, SCORED, By, Disagreement, LayerScore, Mark, Tally
from annotator.tasks.scoring_corpora import Scored, score_source

# What `import` is asked for instead of a format.
PREDICTIONS: Final = "predictions"
_SHOWN: Final = 20
_HEADS: Final = ("what", "gold", "predicted", "matched", "precision", "recall", "f1")


def predictions(
    console: Console, *, source: str, corpus: str, model: str | None, as_format: str, tokens: str | None, dry_run: bool, as_json: bool
) -> int:
    """Put a model's output into the sidecars of a corpus."""
    with console.progress() as tell:
        report = import_predictions(
            open_corpus(Path(corpus)),
            Path(source),
            model=model or "",
            format_name=as_format,
            tokens=Path(tokens) if tokens is not None else None,
            dry_run=dry_run,
            progress=tell,
        )
    _tell_proposals(console, report, corpus, dry_run=dry_run)
    if as_json:
        console.answer(report.as_json())
    return DONE if report.is_whole else PROBLEMS


def _tell_proposals(console: Console, report: ProposalReport, corpus: str, *, dry_run: bool) -> None:
    for error in report.refused:
        console.complain(error)
    console.say("cli.predictions.dry" if dry_run else "cli.predictions.done", path=corpus, model=report.model, format=report.format)
    console.table(("", ""), [(console.said(f"cli.predictions.{name}"), count) for name, count in report.counts().items()])
    if report.problems:
        console.say("cli.predictions.lost", lost=len(report.problems))
        _tell_problems(console, report.problems)


def _tell_problems(console: Console, problems: Sequence[Loss]) -> None:
    for loss in problems[:_SHOWN]:
        where = f"{loss.document}:{loss.line}" if loss.line else f"{loss.document} {loss.id}"
        told = console.said(f"loss.{loss.what}")
        console.print(one_line(f"  {where}: {told}{f' ({loss.detail})' if loss.detail else ''}"))
    if len(problems) > _SHOWN:
        console.say("cli.more", n=len(problems) - _SHOWN)


def score(
    console: Console, *, gold: str, predicted: str, by: By, as_format: str, tokens: str | None, as_json: bool
) -> int:
    console.as_json = as_json
    for place in (gold, predicted):
        if not Path(place).exists():
            raise AnnotatorError("place-missing", path=place)
    with console.progress() as tell:
        scored = score_source(
            open_corpus(Path(gold)),
            Path(predicted),
            by=by,
            format_name=as_format,
            tokens=Path(tokens) if tokens is not None else None,
            progress=tell,
        )
    for error in scored.refused:
        console.complain(error)
    if scored.problems:
        console.say("cli.score.unplaced", n=len(scored.problems))
        _tell_problems(console, scored.problems)
    if not scored.documents:
        # Where nothing was compared, nothing would disagree either.
        raise AnnotatorError("nothing-to-score", path=predicted, other=gold)
    _tell_scores(console, scored)
    _tell_disagreements(console, scored.score.disagreements)
    if as_json:
        console.answer(scored.as_json())
    return PROBLEMS if scored.refused or scored.problems else DONE


def _tell_scores(console: Console, scored: Scored) -> None:
    console.say("cli.score.documents", documents=len(scored.documents), by=console.said(f"cli.score.by.{scored.by}"))
    for side, names in (("only-gold", scored.only_gold), ("only-predicted", scored.only_predicted)):
        if names:
            console.say(f"cli.score.{side}", n=len(names), first=names[0])
    heads = [console.said(f"cli.score.{head}") for head in _HEADS]
    layers = scored.score.layers
    console.table(heads, [row for layer in SCORED for row in _layer_rows(console, layer, layers[layer])])
    tables = [(f"cli.score.types.{layer}", layers[layer].types) for layer in SCORED]
    for title, table in (*tables, ("cli.score.types.frames", layers["arguments"].frames)):
        if table:
            console.print("")
            console.say(title)
            console.table(heads, [_row(name, table[name]) for name in sorted(table, key=lambda name: (-table[name].gold, name))])


def _layer_rows(console: Console, layer: str, held: LayerScore) -> list[tuple[str | int, ...]]:
    measures = {"identification": held.identification, "classification": held.classification}
    return [_row(f"{console.said(f'cli.score.{layer}')}: {console.said(f'cli.score.{name}')}", tally) for name, tally in measures.items()]


def _row(name: str, tally: Tally) -> tuple[str | int, ...]:
    rates = (f"{100 * rate:.2f}" for rate in (tally.precision, tally.recall, tally.f1))
    return one_line(name), tally.gold, tally.predicted, tally.matched, *rates


def _tell_disagreements(console: Console, found: tuple[Disagreement, ...]) -> None:
    """How many of each kind, then the first with their place."""
    if not found:
        console.say("cli.score.none")
        return
    console.print("")
    console.say("cli.score.disagreements", n=len(found))
    counts = [(console.said(f"cli.score.{kind}"), sum(held.kind == kind for held in found)) for kind in KINDS]
    console.table(("", ""), [row for row in counts if row[1]])
    for held in found[:_SHOWN]:
        start, end = held.span
        sides = " → ".join(_said(mark) for mark in (held.gold, held.predicted) if mark is not None)
        place = f"{held.document} {start}–{end}"
        kind = f"{console.said(f'cli.score.{held.layer}')}, {console.said(f'cli.score.{held.kind}').lower()}"
        console.print(one_line(f"  {place}: {kind}: {sides} “{held.text}”"))
    if len(found) > _SHOWN:
        console.say("cli.more", n=len(found) - _SHOWN)


def _said(mark: Mark) -> str:
    where = " ".join(f"{start}–{end}" for start, end in mark.spans)
    return f"{f'{mark.frame} ' if mark.frame else ''}{mark.label} [{where}]"
