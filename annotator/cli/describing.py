"""The command that tells of the formats: what each holds, how it counts, what it changes and leaves out."""

from __future__ import annotations

from annotator.cli.console import DONE, Console
from annotator.formats.facts import LAYER_OF, counting, features
from annotator.formats.table import FORMATS, Format
from annotator.tasks.formats import has_extra


def formats(console: Console, *, as_json: bool) -> int:
    if as_json:
        console.answer([_row(row) for row in FORMATS.values()])
        return DONE
    lines = []
    for row in FORMATS.values():
        ways = [console.said(f"cli.formats.{way}") for way, is_there in (("reads", row.reads), ("writes", row.writes)) if is_there]
        holds = ", ".join(console.said(f"layer.{layer}").lower() for layer in row.holds)
        needs = "" if has_extra(row) else console.said("cli.formats.needs", extra=row.extra or "")
        lines.append((row.name, row.suffix, ", ".join(ways), holds, needs))
    console.table(("", "", "", "", ""), lines)
    console.print("")
    console.say("cli.formats.counts")
    for row in FORMATS.values():
        console.print(f"  {row.name}: {'; '.join(_facts(console, row))}")
    return DONE


def _row(row: Format) -> dict[str, object]:
    found: dict[str, object] = {
        "name": row.name,
        "suffix": row.suffix,
        "layout": row.layout,
        "reads": row.reads,
        "writes": row.writes,
        "holds": list(row.holds),
        "choices": list(row.choices),
        "counts": counting(row.name)[0],
        "end_included": "counts.end-included" in counting(row.name)[1],
        "changed": list(features(row, "changed")),
        "left_out": list(features(row, "out")),
    }
    return found | ({"extra": row.extra, "installed": has_extra(row)} if row.extra else {})


def _facts(console: Console, row: Format) -> list[str]:
    said = [", ".join(console.said(key) for key in counting(row.name)[1])]
    for key, names in (("changed", [*features(row, "changed")]), ("out", [*features(row, "out")])):
        # What is no annotation of its own is told by --json and in the manual: here it would hide the rest.
        if names := [name for name in names if name in LAYER_OF]:
            said.append(console.said(f"cli.formats.{key}", names=", ".join(console.said(f"feature.{name}") for name in names)))
    return said
