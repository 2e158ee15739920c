"""A set goes out, comes back as a model would write it, and every annotation lies where it lay, as a suggestion."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import orjson
import pytest

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.model import Annotation
from annotator.formats.account import Account, Ledger
from annotator.formats.passages import Passages
from annotator.formats.table import ExportOptions
from annotator.resources import samples
from annotator.store.sidecar import has_sidecar, sidecar_path
from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.opening import load_article, open_corpus
from annotator.tasks.predictions import import_predictions, read_predictions
from annotator.tasks.tagging_all import take_back_articles
from tests.tasks.corpora import bytes_below, make_corpus

TOKEN_FORMATS = ("conll", "conll2003", "phoner", "oneie", "dygiepp", "gliner")
CHARACTER_FORMATS = ("brat", "jsonl", "prodigy", "doccano", "labelstudio")
Place = tuple[str, str, tuple[tuple[int, int], ...]]


def place(item: Annotation) -> Place:
    return type(item).__name__, item.type, item.spans


def annotations(document: Document) -> list[Annotation]:
    return [*document.entities.values(), *document.events.values()]


def roles(document: Document) -> Counter[tuple[str, str, Place]]:
    """Each argument by its event's type, its role and where its filler lies."""
    told = [(event.type, held) for event in document.events.values() for held in event.arguments]
    return Counter((event, held.role, place(document.entities[held.target])) for event, held in told)


def emptied(corpus: Path, target: Path) -> Path:
    """A copy of a corpus without anything that was annotated."""
    shutil.copytree(corpus, target, ignore=shutil.ignore_patterns("*.ann.json"))
    return target


def write_tokens(corpus: Path, out: Path) -> None:
    """What an export leaves beside its data: the tokens of each sentence."""
    lines = []
    held = open_corpus(corpus)
    for path in held.articles():
        document = load_article(path).document
        name = path.relative_to(corpus).with_suffix("").as_posix()
        for passage in Passages(document, Ledger(document, name), ExportOptions()):
            lines.append(orjson.dumps({"document": name, "sentence": passage.number, "tokens": passage.tokens}))
    (out / "tokens.jsonl").write_bytes(b"\n".join(lines) + b"\n")


def whole(corpus: Path, account: Account, layers: tuple[str, ...]) -> dict[str, set[Place]]:
    """The entities and events of each document that a format wrote whole. A reader's argument has a detail, an annotation none."""
    lost = {(loss.document, loss.id) for loss in account.losses if not loss.detail}
    found: dict[str, set[Place]] = {}
    for path in open_corpus(corpus).articles():
        name = path.relative_to(corpus).with_suffix("").as_posix()
        document = load_article(path).document
        kept: list[Annotation] = [*(document.entities.values() if "entities" in layers else ())]
        kept += document.events.values() if "events" in layers else ()
        found[name] = {place(item) for item in kept if (name, item.id) not in lost}
    return found


@pytest.mark.parametrize("tokens", [False, True])
@pytest.mark.parametrize("name", TOKEN_FORMATS)
def test_what_the_account_calls_whole_is_suggested_where_it_lay(tmp_path: Path, name: str, tokens: bool) -> None:
    out, blank = tmp_path / "out", emptied(samples(), tmp_path / "kho")
    account = export_corpus(open_corpus(samples()), out, ExportRequest(name)).account
    if tokens:
        write_tokens(samples(), out)
    before = bytes_below(blank)
    report = import_predictions(open_corpus(blank), out, model="crf", format_name=name if name.startswith("conll") else "auto")
    layers = ("entities", "events") if name in ("oneie", "dygiepp") else ("entities",)
    wanted = whole(samples(), account, layers)
    assert sum(map(len, wanted.values())) > 50 and not report.refused
    for document, places in wanted.items():
        found = annotations(load_article(blank / f"{document}.txt").document)
        assert places <= {place(item) for item in found}, document
        assert all(item.origin == "model:crf" for item in found)
    assert report.added == sum(len(annotations(load_article(path).document)) for path in open_corpus(blank).articles())
    # The whole step can be taken back, article by article.
    assert all(isinstance(path, Path) for path in take_back_articles(report.done)) and bytes_below(blank) == before


@pytest.mark.parametrize("name", CHARACTER_FORMATS)
def test_formats_of_characters_bring_everything_back(tmp_path: Path, name: str) -> None:
    out, corpus = tmp_path / "out", make_corpus(tmp_path / "kho")
    blank = emptied(corpus, tmp_path / "leer")
    export_corpus(open_corpus(corpus), out, ExportRequest(name))
    report = import_predictions(open_corpus(blank), out, model="crf")
    assert (report.documents, report.added, report.problems, report.refused) == (2, 8, [], [])
    for path in open_corpus(corpus).articles():
        theirs = load_article(blank / path.relative_to(corpus)).document
        ours = load_article(path).document
        assert {place(item) for item in annotations(ours)} == {place(item) for item in annotations(theirs)}
        assert roles(ours) == roles(theirs)


def test_the_tokens_of_the_set_may_lie_elsewhere(tmp_path: Path) -> None:
    # A word of which no letter can be compared is found by its token alone.
    corpus, away = tmp_path / "kho", tmp_path / "away"
    corpus.mkdir()
    away.mkdir()
    (corpus / "a.txt").write_text("Chỗ trống  ____ : ____ .\n", encoding="utf-8")
    rows = '{"document": "a", "sentence": 0, "tokens": [[0, 3], [4, 9], [11, 15], [16, 17], [18, 22], [23, 24]]}\n'
    (away / "tokens.jsonl").write_text(rows, encoding="utf-8")
    (tmp_path / "x.conll").write_text("# doc = a\nChỗ\tO\ntrống\tO\n____\tO\n:\tO\n____\tB-NUM\n.\tO\n\n", encoding="utf-8")
    missed = import_predictions(open_corpus(corpus), tmp_path / "x.conll", dry_run=True)
    assert [problem.what for problem in missed.problems] == ["place-not-found"]
    assert import_predictions(open_corpus(corpus), tmp_path / "x.conll", tokens=away / "tokens.jsonl").is_whole
    (item,) = load_article(corpus / "a.txt").document.entities.values()
    assert item.spans == ((18, 22),)
    with pytest.raises(AnnotatorError, match="file-missing"):
        import_predictions(open_corpus(corpus), tmp_path / "x.conll", tokens=away / "none.jsonl")


def test_what_a_human_annotated_is_left_alone_to_the_byte(tmp_path: Path) -> None:
    corpus, out = make_corpus(tmp_path / "kho"), tmp_path / "out"
    export_corpus(open_corpus(corpus), out, ExportRequest("oneie"))
    before = bytes_below(corpus)
    report = import_predictions(open_corpus(corpus), out)
    assert (report.model, report.human, report.added, report.done) == ("out", 8, 0, []) and bytes_below(corpus) == before


def one_line(corpus: Path, row: dict[str, object], *, file: str = "found.json") -> Path:
    path = corpus.with_name(file)
    path.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


ONEIE: dict[str, object] = {
    "doc_id": "tin-1", "sent_id": "tin-1-0", "tokens": ["Hai", "nghi_phạm", "bị", "bắt", "ở", "Đồng_Nai", "."],
    "graph": {
        "entities": [[5, 6, "GPE", "NAM", 0.875], [0, 2, "PER", "NOM", 0.5]],
        "triggers": [[3, 4, "Arrest-jail", 0.75]],
        "roles": [[0, 1, "Person", 0.25]],
        "relations": [],
    },
}  # fmt: skip
DYGIE: dict[str, object] = {
    "doc_key": "tin-1", "sentences": [["Hai", "nghi", "phạm", "bị", "bắt", "ở", "Đồng", "Nai", "."]],
    "ner": [[[0, 0, "ORG"]]],
    "predicted_ner": [[[6, 7, "GPE", 11.5, 0.875], [0, 2, "PER", 3.25, 0.5]]],
    "predicted_events": [[[[4, "Arrest-jail", 4.5, 0.75], [0, 2, "Person", 1.5, 0.25]]]],
}  # fmt: skip
LABELSTUDIO: dict[str, object] = {
    "data": {"text": "Hai nghi phạm bị bắt ở Đồng Nai.\nÔng Lê Văn Tám nhập viện ngày 2/9.\n"},
    "annotations": [{"result": []}],
    "predictions": [{"result": [
        {"id": "a", "type": "labels", "score": 0.875, "value": {"start": 23, "end": 31, "text": "Đồng Nai", "labels": ["GPE"]}},
        {"id": "b", "type": "labels", "score": 0.5, "value": {"start": 0, "end": 13, "text": "Hai nghi phạm", "labels": ["PER"]}},
        {"id": "c", "type": "labels", "score": 0.75, "value": {"start": 17, "end": 20, "text": "bắt", "labels": ["Arrest-jail"]}},
        {"type": "relation", "from_id": "c", "to_id": "b", "labels": ["Person"]},
    ]}],
}  # fmt: skip


@pytest.mark.parametrize("row", [ONEIE, DYGIE, LABELSTUDIO], ids=["oneie", "dygiepp", "labelstudio"])
def test_what_a_predictor_wrote_is_told_from_gold_and_scores_survive_in_the_sidecar(tmp_path: Path, row: dict[str, object]) -> None:
    blank = emptied(make_corpus(tmp_path / "kho"), tmp_path / "leer")
    report = import_predictions(open_corpus(blank), one_line(blank, row), model="crf")
    assert (report.documents, report.added, report.problems) == (1, 3, [])
    document = load_article(blank / "tin-1.txt").document
    found = {(document.text.surface(item.spans), item.type): dict(item.extra) for item in annotations(document)}
    assert found == {
        ("Đồng Nai", "GPE"): {"score": "0.875"},
        ("Hai nghi phạm", "PER"): {"score": "0.5"},
        ("bắt", "Arrest-jail"): {"score": "0.75"},
    }
    assert roles(document) == {("Arrest-jail", "Person", ("Entity", "PER", ((0, 13),))): 1}
    assert not has_sidecar(blank / "sâu" / "tin 2.txt")


def test_sentences_with_characters_find_their_article(tmp_path: Path) -> None:
    # What a tagger says of one sentence that it was given, without a name.
    person = {"start": 4, "end": 14, "text": "Lê Văn Tám", "label": "PER", "score": 0.9}
    time = {"start": 25, "end": 33, "text": "ngày 2/9", "label": "TIME"}
    row: dict[str, object] = {"text": "Ông Lê Văn Tám nhập viện ngày 2/9.", "entities": [person, time]}
    blank = emptied(make_corpus(tmp_path / "kho"), tmp_path / "leer")
    report = import_predictions(open_corpus(blank), one_line(blank, row, file="found.jsonl"))
    document = load_article(blank / "tin-1.txt").document
    assert report.is_whole and report.format == "jsonl"
    found = {(item.type, document.text.surface(item.spans), item.extra) for item in document.annotations()}
    assert found == {("PER", "Lê Văn Tám", (("score", "0.9"),)), ("TIME", "ngày 2/9", ())}


def test_a_dry_run_writes_nothing_and_counts_the_same(tmp_path: Path) -> None:
    blank = emptied(make_corpus(tmp_path / "kho"), tmp_path / "leer")
    source, before = one_line(blank, ONEIE), bytes_below(blank)
    dry = import_predictions(open_corpus(blank), source, dry_run=True)
    assert bytes_below(blank) == before and dry.done == []
    assert import_predictions(open_corpus(blank), source).counts() == dry.counts()


def test_what_cannot_be_placed_is_listed(tmp_path: Path) -> None:
    blank = emptied(make_corpus(tmp_path / "kho"), tmp_path / "leer")
    strange = {"doc_id": "tin-1", "sent_id": "s", "tokens": ["Chuyện", "khác"], "entity_mentions": [
        {"id": "T1", "entity_type": "PER", "start": 0, "end": 2}], "event_mentions": []}  # fmt: skip
    report = import_predictions(open_corpus(blank), one_line(blank, strange))
    assert [problem.what for problem in report.problems] == ["sentence-not-found", "place-not-found"] and report.documents == 0


def test_a_closed_article_that_cannot_be_trusted_is_named_and_left(tmp_path: Path) -> None:
    blank = emptied(make_corpus(tmp_path / "kho"), tmp_path / "leer")
    sidecar_path(blank / "tin-1.txt").write_bytes(b"{")
    report = import_predictions(open_corpus(blank), one_line(blank, ONEIE))
    assert [error.code for error in report.refused] == ["sidecar-damaged"] and sidecar_path(blank / "tin-1.txt").read_bytes() == b"{"


def test_what_lies_beside_the_data_is_not_read_as_data(tmp_path: Path) -> None:
    corpus, out = make_corpus(tmp_path / "kho"), tmp_path / "out"
    export_corpus(open_corpus(corpus), out, ExportRequest("gliner"))
    write_tokens(corpus, out)
    (out / "labels.json").write_text('{"id2label": {"0": "O"}}\n', encoding="utf-8")
    predicted = read_predictions(open_corpus(corpus), out)
    assert (predicted.format, predicted.problems) == ("gliner", []) and sum(map(len, predicted.items.values())) == 6


def test_a_normalised_copy_finds_its_letters_again(tmp_path: Path) -> None:
    corpus = tmp_path / "kho"
    corpus.mkdir()
    # The article is decomposed and has an old tone mark; the set was composed and has the new one.
    (corpus / "a.txt").write_bytes("Ông Ho\u0300a ơ\u0309 Hà Nô\u0323i .\n".encode())
    (tmp_path / "found.conll").write_text("# doc = a\nÔng\tO\nHoà\tB-PER\nở\tO\nHà_Nội\tB-GPE\n.\tO\n\n", encoding="utf-8")
    report = import_predictions(open_corpus(corpus), tmp_path / "found.conll")
    document = load_article(corpus / "a.txt").document
    assert report.is_whole
    assert [document.text.surface(item.spans) for item in document.annotations()] == ["Ho\u0300a", "Hà Nô\u0323i"]


def test_a_tagger_of_triggers_suggests_events(tmp_path: Path) -> None:
    corpus, out = make_corpus(tmp_path / "kho"), tmp_path / "out"
    blank = emptied(corpus, tmp_path / "leer")
    export_corpus(open_corpus(corpus), out, ExportRequest("trigger-bio"))
    report = import_predictions(open_corpus(blank), out)
    assert (report.added, report.problems) == (2, [])
    assert [item.type for item in load_article(blank / "tin-1.txt").document.events.values()] == ["Arrest-jail"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"source": "x.json"}, "format-not-recognised"),
        ({"source": "nowhere"}, "import-source-missing"),
        ({"source": "x.json", "format_name": "onie"}, "unknown-format"),
        ({"source": "x.json", "format_name": "omnievent"}, "format-not-read"),
        ({"source": "x.json", "model": "a\nb"}, "bad-model-name"),
    ],
)
def test_refusals(tmp_path: Path, given: dict[str, str], code: str) -> None:
    corpus = make_corpus(tmp_path / "kho")
    (tmp_path / "x.json").write_text('{"a": 1}\n', encoding="utf-8")
    with pytest.raises(AnnotatorError, match=code):
        import_predictions(
            open_corpus(corpus), tmp_path / given["source"], model=given.get("model", ""), format_name=given.get("format_name", "auto")
        )
