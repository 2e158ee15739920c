"""What a model says of a DyGIE++ set, whose triggers are one token each, comes back to the very places of the articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.core.model import Annotation, Event
from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.importing import import_corpus
from annotator.tasks.opening import load_trusted, open_corpus
from annotator.tasks.predictions import read_predictions

# Triggers of several tokens, one of them at the edge of an entity, one cut out of a word, blanks in a row, an emoji and composed marks.
TEXT = "Công an  đã ra tay bắt giữ hai người 🚓 .\nHọ bị đưa ra xét xử ở Huế__cũ , rồi Ho\u0323 ra tòa_án lần hai .\n"
MARKS = [
    ("T1", "ORG", "Công an"), ("T2", "PER", "hai người"), ("T3", "GPE", "Huế"), ("T4", "PER", "Ho\u0323"),
    ("T5", "Arrest-jail", "ra tay bắt giữ"), ("T6", "Trial-hearing", "đưa ra xét xử"), ("T7", "Trial-hearing", "ra tòa"),
]  # fmt: skip
EVENTS = ["E1\tArrest-jail:T5 Agent-Arg:T1 Person-Arg:T2", "E2\tTrial-hearing:T6 Place-Arg:T3", "E3\tTrial-hearing:T7 Defendant-Arg:T4"]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "brat"
    folder.mkdir()
    for name in ("một", "hai"):
        lines = [f"{key}\t{kind} {TEXT.index(said)} {TEXT.index(said) + len(said)}\t{said}" for key, kind, said in MARKS]
        (folder / f"{name}.txt").write_bytes(TEXT.encode())
        (folder / f"{name}.ann").write_bytes("\n".join([*lines, *EVENTS, ""]).encode())
    assert import_corpus("brat", folder, tmp_path / "kho", schema="bkee").is_whole
    return tmp_path / "kho"


def told(items: list[Annotation]) -> list[object]:
    """What is compared: type and place of each annotation, roles with the places of their fillers."""
    spans = {item.id: item.spans for item in items}
    return sorted(
        (item.type, item.spans, sorted((held.role, spans[held.target]) for held in item.arguments) if isinstance(item, Event) else [])
        for item in items
    )


@pytest.mark.parametrize("beside", ["dygiepp", "conll", ""])
@pytest.mark.parametrize("unit", ["word", "syllable"])
def test_what_was_written_comes_back_as_it_was(beside: str, unit: str, corpus: Path, tmp_path: Path) -> None:
    """With the places of the set's own tokens, with those of another set of the same corpus, and by letters alone."""
    request = ExportRequest("dygiepp", unit=unit)  # type: ignore[arg-type]
    done = export_corpus(open_corpus(corpus), tmp_path / "set", request)
    assert done.account.total.left_out == 0
    assert {loss.what for loss in done.account.losses} >= {"trigger-merged"}
    rows = [json.loads(line) for line in (tmp_path / "set" / "all.jsonl").read_text(encoding="utf-8").split("\n")[:-1]]
    for row in rows:
        row |= {f"predicted_{layer}": row.pop(layer) for layer in ("ner", "events", "relations", "clusters")}
        row["predicted_ner"] = [[[*item, 4.2, 0.9] for item in sentence] for sentence in row["predicted_ner"]]
    out = tmp_path / "model"
    out.mkdir()
    (out / "out.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    if beside:
        export_corpus(open_corpus(corpus), tmp_path / "other", ExportRequest(beside, unit=unit))  # type: ignore[arg-type]
        (out / "tokens.jsonl").write_bytes((tmp_path / "other" / "tokens.jsonl").read_bytes())
    predicted = read_predictions(open_corpus(corpus), out / "out.jsonl", format_name="dygiepp")
    assert predicted.problems == [] and len(predicted.items) == 2
    for path, items in predicted.items.items():
        assert told(items) == told(list(load_trusted(path).document.annotations()))
