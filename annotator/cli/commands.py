"""The commands: each calls a task, says what came of it and gives the exit status."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from annotator.cli.choices import read_wish
from annotator.cli.console import DONE, PROBLEMS, REFUSED, Console
from annotator.cli.counting import stats
from annotator.cli.describing import formats
from annotator.cli.dividing import tell_division
from annotator.cli.evaluating import PREDICTIONS, predictions, score
from annotator.core.errors import AnnotatorError
from annotator.formats.account import COUNTED, Account, Loss
from annotator.formats.table import Offsets
from annotator.messages import explain, one_line
from annotator.store.files import is_there
from annotator.tasks.checking import Finding, check_corpus, check_folders
from annotator.tasks.exporting import Exported, export_corpus
from annotator.tasks.importing import ImportReport, import_corpus
from annotator.tasks.opening import open_corpus
from annotator.tasks.schemas import BUILT_IN, find_schema
from annotator.tasks.segmenting import Form, SegmentOutlet, find_articles, segment_article

SHOWN: Final = 20
PICTURES: Final = (".png", ".svg", ".pdf", ".html")


def segment(console: Console, *, paths: tuple[str, ...], out: str | None, form: Form) -> int:
    articles = list(find_articles(map(Path, paths)))
    alone = len(paths) == 1 and Path(paths[0]).is_file()
    outlet = SegmentOutlet(Path(out), form, alone=alone) if out is not None else None
    refused = False
    with console.progress() as tell:
        for number, (path, name) in enumerate(articles):
            tell(number, len(articles))
            try:
                segmented = segment_article(path, name)
                if outlet is not None:
                    outlet.take(segmented)
                else:
                    console.print(segmented.said(form).removesuffix("\n"))
            except AnnotatorError as error:
                console.complain(error)
                refused = True
    if outlet is not None:
        outlet.close()
    return REFUSED if refused else DONE


def import_(
    console: Console, *, format: str, source: str, corpus: str, schema: str | None, model: str | None, as_format: str, tokens: str | None,
    dry_run: bool, as_json: bool, offsets: Offsets = "auto",
) -> int:  # fmt: skip
    console.as_json = as_json
    if format == PREDICTIONS:
        for name, is_given in (("--schema", schema is not None), ("--offsets", offsets != "auto")):
            if is_given:
                raise AnnotatorError("not-for-predictions", name=name)
        return predictions(
            console, source=source, corpus=corpus, model=model, as_format=as_format, tokens=tokens, dry_run=dry_run, as_json=as_json
        )
    for name, given in (("--model", model), ("--format", as_format != "auto"), ("--tokens", tokens), ("--dry-run", dry_run)):
        if given:
            raise AnnotatorError("only-for-predictions", name=name)
    with console.progress() as tell:
        report = import_corpus(format, Path(source), Path(corpus), schema=schema, offsets=offsets, progress=tell)
    choice = report.choice
    console.say(f"cli.schema-{choice.chosen}", schema=choice.name, known=choice.known, types=choice.types)
    layers = {layer: report.counts[layer] for layer in ("entities", "events", "arguments")}
    console.say("cli.imported", documents=report.documents, path=corpus, **layers)
    _tell_import_problems(console, report)
    if as_json:
        console.answer(report.as_json())
    return DONE if report.is_whole else PROBLEMS


def _tell_import_problems(console: Console, report: ImportReport) -> None:
    if report.problems:
        console.say("cli.import-lost", lost=len(report.problems))
        _tell_losses(console, report.problems)
    for error in report.refused[:SHOWN]:
        console.complain(error)
    if report.refused:
        console.say("cli.import-refused", refused=len(report.refused))


def export(console: Console, *, as_json: bool, **given: Any) -> int:
    console.as_json = as_json
    wanted = read_wish(given)
    with console.progress() as tell:
        exported = export_corpus(wanted.corpus, wanted.out, wanted.request, progress=tell)
    _tell_export(console, exported, str(wanted.out))
    if exported.is_written:
        tell_division(console, exported.division)
    if as_json:
        division = {"split": exported.division.as_json()} if exported.is_written and exported.division.kind != "whole" else {}
        console.answer({**exported.account.as_json(), **division})
    return PROBLEMS if exported.refused or not exported.is_written else DONE


def _tell_export(console: Console, exported: Exported, out: str) -> None:
    account = exported.account
    for error in exported.refused:
        console.complain(error)
    console.say("cli.exported" if exported.is_written else "cli.strict-nothing-written", documents=exported.documents, path=out)
    console.table([console.said(f"cli.account.{head}") for head in ("layer", *_COUNTS)], _account_rows(console, account))
    if account.is_whole:
        console.say("cli.nothing-lost")
    for title, losses in (("losses", account.losses), ("warnings", account.warnings)):
        if losses:
            console.say(f"cli.account.{title}")
            console.table(("", "", ""), _kinds_of_loss(console, losses))


_COUNTS: Final = ("annotations", "whole", "changed", "left_out")


def _account_rows(console: Console, account: Account) -> list[tuple[str | int, ...]]:
    return [
        (console.said(f"layer.{layer}"), counts.annotations, counts.whole, counts.changed, counts.left_out)
        for layer in COUNTED
        if (counts := account.layers[layer]).annotations
    ]


def _kinds_of_loss(console: Console, found: Sequence[Loss]) -> list[tuple[str | int, ...]]:
    """How often each kind of loss occurs, the commonest first, with the first place of each."""
    kinds: dict[str, list[Loss]] = {}
    for loss in found:
        kinds.setdefault(loss.what, []).append(loss)
    rows: list[tuple[str | int, ...]] = []
    for what, losses in sorted(kinds.items(), key=lambda kind: -len(kind[1])):
        first = one_line(f"{losses[0].document} {losses[0].start}–{losses[0].end}")
        rows.append((len(losses), console.said(f"loss.{what}"), console.said("cli.account.example", place=first)))
    return rows


def _tell_losses(console: Console, losses: Sequence[Loss]) -> None:
    """The first losses by line, the others by number."""
    for loss in losses[:SHOWN]:
        place = f"{loss.document}:{loss.line}" if loss.line else f"{loss.document} {loss.start}–{loss.end}"
        detail = f" ({loss.detail})" if loss.detail else ""
        console.print(one_line(f"  {place} {loss.id}: {console.said(f'loss.{loss.what}')}{detail}"))
    if len(losses) > SHOWN:
        console.say("cli.more", n=len(losses) - SHOWN)


def check(console: Console, *, corpus: str, as_json: bool) -> int:
    console.as_json = as_json
    held = open_corpus(Path(corpus))
    found: list[Finding] = []
    documents = 0
    with console.progress() as tell:
        for findings in check_corpus(held, progress=tell):
            documents += 1
            found += findings
    found += check_folders(held)
    for finding in found:
        console.print(_line(console, finding))
    errors = sum(finding.severity == "error" for finding in found)
    console.say("cli.checked", documents=documents, errors=errors, warnings=len(found) - errors)
    if as_json:
        console.answer({"problems": [_row(console, finding) for finding in found], "errors": errors, "warnings": len(found) - errors})
    return PROBLEMS if errors else DONE


def _line(console: Console, finding: Finding) -> str:
    where = finding.what
    place = finding.document if isinstance(where, AnnotatorError) else f"{finding.document} {where.start}–{where.end} {' '.join(where.ids)}"
    return one_line(f"{place}: {console.said(f'severity.{finding.severity}')}: {_sentence(console, finding)}")


def _row(console: Console, finding: Finding) -> dict[str, object]:
    return {**finding.as_json(), "message": _sentence(console, finding)}


def _sentence(console: Console, finding: Finding) -> str:
    if isinstance(finding.what, AnnotatorError):
        return explain(finding.what, console.language)
    return one_line(console.said(f"problem.{finding.what.code}", **finding.what.where))


def render(console: Console, draw: Callable[[Path, Path], None], *, document: str, out: str) -> int:
    source, target = Path(document), Path(out)
    if target.suffix.lower() not in PICTURES:
        raise AnnotatorError("picture-unknown", path=out)
    if not is_there(source):
        raise AnnotatorError("place-missing", path=document)
    if not target.parent.is_dir():
        raise AnnotatorError("folder-missing", path=str(target.parent))
    draw(source, target)
    return DONE


def schemas(console: Console, *, as_json: bool) -> int:
    rows: list[tuple[str, str, dict[str, int]]] = []
    for name in BUILT_IN:
        held = find_schema(name)
        counts = {"entities": len(held.entities), "events": len(held.events), "roles": len(held.roles)}
        rows.append((name, held.label.said(console.language), counts))
    if as_json:
        console.answer([{"name": name, "label": label, **counts} for name, label, counts in rows])
    else:
        console.table(("", "", ""), [(name, label, console.said("cli.schemas.counts", **counts)) for name, label, counts in rows])
    return DONE


TASKS: Final[Mapping[str, Callable[..., int]]] = {
    "segment": segment,
    "import": import_,
    "export": export,
    "check": check,
    "stats": stats,
    "score": score,
    "formats": formats,
    "schemas": schemas,
}
