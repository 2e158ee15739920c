"""The commands: each calls a task, says what came of it and gives the exit status."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from annotator.cli.choices import read_choices
from annotator.cli.console import DONE, PROBLEMS, REFUSED, Console
from annotator.cli.dividing import tell_division
from annotator.cli.evaluating import PREDICTIONS, predictions, score
from annotator.core.errors import AnnotatorError
from annotator.core.model import STATUSES
from annotator.formats.account import COUNTED, Account, Loss
from annotator.formats.table import FORMATS, Counting
from annotator.messages import explain, one_line
from annotator.store.files import is_there
from annotator.tasks.checking import Finding, check_corpus, check_folders
from annotator.tasks.exporting import Exported, export_corpus
from annotator.tasks.formats import has_extra
from annotator.tasks.importing import ImportReport, import_corpus
from annotator.tasks.opening import corpus_schema, open_corpus
from annotator.tasks.schemas import BUILT_IN, find_schema
from annotator.tasks.segmenting import Form, SegmentOutlet, find_articles, segment_article
from annotator.tasks.statistics_page import statistics_page
from annotator.tasks.stats import Stats, count_corpus, ranked
from annotator.tasks.writing import write_text

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
    dry_run: bool, as_json: bool, offsets: Counting = "auto",
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


def export(console: Console, *, corpus: str, out: str, as_json: bool, **given: Any) -> int:
    console.as_json = as_json
    request = read_choices(given)
    held = open_corpus(Path(corpus))
    with console.progress() as tell:
        exported = export_corpus(held, Path(out), request, progress=tell)
    _tell_export(console, exported, out)
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


def stats(console: Console, *, corpus: str, html: str | None, as_json: bool) -> int:
    held = open_corpus(Path(corpus))
    with console.progress() as tell:
        counted = count_corpus(held, progress=tell)
    for error in counted.refused:
        console.complain(error)
    if html is not None:
        page = statistics_page(counted, corpus_schema(held), title=Path(corpus).resolve().name, language=console.language)
        write_text(Path(html), page)
        if not as_json:
            console.say("cli.stats.written", path=html)
    if as_json:
        console.answer(counted.as_json())
    else:
        _tell_stats(console, counted)
    return PROBLEMS if counted.refused else DONE


def _tell_stats(console: Console, counted: Stats) -> None:
    totals = {
        "documents": counted.documents,
        "unreadable": counted.unreadable,
        "characters": counted.characters,
        "words": counted.words,
        "entities": counted.entities.total(),
        "events": counted.events.total(),
        "arguments": counted.roles.total(),
        "relations": counted.relations.total(),
        "problems": counted.problems.total(),
    }
    console.table(("", ""), [(console.said(f"cli.stats.{name}"), total) for name, total in totals.items()])
    if counted.effort is not None:
        effort = counted.effort
        hours, minutes = divmod(effort.seconds // 60, 60)
        counts = {"articles": effort.articles, "made": effort.made, "changed": effort.changed, "deleted": effort.deleted}
        console.print("")
        line = console.said("cli.stats.effort.line", hours=hours, minutes=minutes, **counts)
        console.print(f"{console.said('cli.stats.effort')}: {line}")
    statuses = [(console.said(f"status.{name}"), counted.status[name]) for name in STATUSES if counted.status[name]]
    tables = {"entities": counted.entities, "events": counted.events, "roles": counted.roles}
    blocks = [("cli.stats.status", statuses), *((f"cli.stats.by.{name}", ranked(table)) for name, table in tables.items())]
    for title, rows in blocks:
        if rows:
            console.print("")
            console.say(title)
            console.table(("", ""), rows)


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


def formats(console: Console, *, as_json: bool) -> int:
    rows = [
        {"name": row.name, "suffix": row.suffix, "layout": row.layout, "reads": row.reads, "writes": row.writes, "holds": list(row.holds)}
        | ({"extra": row.extra, "installed": has_extra(row)} if row.extra else {})
        for row in FORMATS.values()
    ]
    if as_json:
        console.answer(rows)
        return DONE
    lines = []
    for row in FORMATS.values():
        ways = [console.said(f"cli.formats.{way}") for way, is_there in (("reads", row.reads), ("writes", row.writes)) if is_there]
        holds = ", ".join(console.said(f"layer.{layer}").lower() for layer in row.holds)
        needs = "" if has_extra(row) else console.said("cli.formats.needs", extra=row.extra or "")
        lines.append((row.name, row.suffix, ", ".join(ways), holds, needs))
    console.table(("", "", "", "", ""), lines)
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
