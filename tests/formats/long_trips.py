"""Every article of a corpus through every format and back, the account compared with what is found, to the last annotation.

    python -m tests.formats.long_trips [BRAT FOLDER] [FORMAT …]

Prints a row for each format and layer: annotations in, written whole, with a change, left out, and how many were found. A format whose
library is not installed is named. The exit status is 1 where anything differs.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

from annotator.core.document import Document
from annotator.formats.account import COUNTED, Account, Loss
from annotator.formats.reduction import HUMAN_ONLY, Reduction
from annotator.formats.table import FORMATS
from annotator.tasks.exporting import ExportRequest, export_corpus, names_to_write
from annotator.tasks.importing import import_corpus
from annotator.tasks.opening import Schemas, load_trusted, open_corpus
from tests.formats.found import Found, Rows, find, quotations
from tests.formats.trips import Sent, balance, check, check_quotations

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "bkee-train"
MODULES = {"hf": "pyarrow", "spacy": "spacy"}
ACE = "in ACE's names"


def main(arguments: Sequence[str]) -> int:
    folder = Path(arguments[0]) if arguments else SHARED
    wanted = arguments[1:] or [row.name for row in FORMATS.values() if row.writes]
    with tempfile.TemporaryDirectory() as place:
        corpus = Path(place) / "corpus"
        report = import_corpus("brat", folder, corpus)
        print(f"{report.documents} articles, {report.counts.total()} annotations; {len(report.problems)} lines not taken on the way in")
        print(f"{'format':24}{'layer':12}{'in':>8}{'whole':>8}{'changed':>9}{'left out':>10}{'found':>8}")
        sets = [(name, name, HUMAN_ONLY) for name in wanted]
        sets += [(name, f"{name}-ace", Reduction(names="ace")) for name in wanted if name in ACED]
        return max(_send(name, corpus, Path(place) / folder_name, reduction) for name, folder_name, reduction in sets)


# The formats whose own data has ACE's names of events.
ACED = ("oneie", "dygiepp")


def _send(name: str, corpus_folder: Path, out: Path, reduction: Reduction) -> int:
    began, title = perf_counter(), f"{name}{'' if reduction == HUMAN_ONLY else f' {ACE}'}"
    module = MODULES.get(FORMATS[name].extra or "")
    try:
        if module:
            __import__(module)
    except ImportError:
        print(f"{title:24}needs {module}, which is not installed")
        return 0
    corpus = open_corpus(corpus_folder)
    done = export_corpus(corpus, out, ExportRequest(name, reduction=reduction))
    documents = {held: load_trusted(path).document for held, path in names_to_write(corpus, frozenset()).items()}
    sent = _sent(documents, done.account)
    schema = Schemas(corpus).whole
    try:
        balance(sent, done.account)
        if name == "chat":
            check_quotations(out, sent)
            found = Found()
            for _, answer in quotations(out):
                found.mentions.update([("entities", "", ((rank, 0),)) for rank, _ in enumerate(answer["entities"])])
                found.mentions.update([("events", "", ((rank, 0),)) for rank, _ in enumerate(answer["events"])])
                found.arguments.update([("", (), "", (), "") for event in answer["events"] for _ in event["arguments"]])
        else:
            bases = {key: held.base for key, held in zip(documents, sent, strict=True)}
            found = find(name, out, schema, _rows(out, bases), bases=bases, is_segmented=True)
            check(name, sent, found, schema)
        fault = ""
    except AssertionError as error:
        fault = f"DIFFERS: {str(error)[:2000]}"
    _print(title, done.account, found, perf_counter() - began)
    print(fault, end="\n" if fault else "")
    return bool(fault)


def _sent(documents: Mapping[str, Document], account: Account) -> list[Sent]:
    """The articles with the losses of each and where each begins among all."""
    losses: dict[str, list[Loss]] = {name: [] for name in documents}
    for loss in account.losses:
        losses[loss.document].append(loss)
    found, base = [], 0
    for name, document in documents.items():
        found.append(Sent(document, Account(losses=tuple(losses[name])), base))
        base += len(document.text)
    return found


def _rows(out: Path, bases: Mapping[str, int]) -> Rows:
    path = out / "tokens.jsonl"
    rows = map(json.loads, path.read_text(encoding="utf-8").split("\n")[:-1]) if path.is_file() else ()
    return [[(bases[row["document"]] + start, bases[row["document"]] + end) for start, end in row["tokens"]] for row in rows]


def _print(title: str, account: Account, found: Found, seconds: float) -> None:
    numbers = {
        "entities": sum(number for (layer, *_), number in found.mentions.items() if layer == "entities"),
        "events": sum(number for (layer, *_), number in found.mentions.items() if layer == "events"),
        "arguments": found.arguments.total(),
        "relations": found.relations.total(),
    }
    for layer in COUNTED:
        held = account.layers[layer]
        row = f"{held.annotations:8}{held.whole:8}{held.changed:9}{held.left_out:10}{numbers[layer]:8}"
        print(f"{title:24}{layer:12}{row}{f'   {seconds:.1f} s' if layer == 'relations' else ''}")
        title = ""
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
