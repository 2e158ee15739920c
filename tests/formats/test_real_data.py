"""The formats on articles and files that nobody here wrote; looked at only where they lie beside the project."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.core.schema import Schema
from annotator.core.schema_toml import read_schema
from annotator.formats.account import Account
from annotator.formats.reduced_schema import reduce_schema
from annotator.formats.reduction import Reduction, reduce_document
from annotator.formats.table import FORMATS, ExportOptions, Format, Imported, ImportOptions, reader, writer
from annotator.formats.type_maps import Selection, TypeMap
from annotator.resources import resource
from tests.formats.articles import read_all, said, with_words, write_files
from tests.formats.records import forms


@pytest.fixture(scope="module")
def bkee() -> Schema:
    path = resource("schemas", "bkee.toml")
    return read_schema(path.read_bytes(), path=str(path))


# What a format costs besides, on articles that have neither fragments nor events as fillers.
OWN_LOSSES = {
    "prodigy": {"same-as-another"},
    "oneie": {"filler-in-other-sentence"},
    "dygiepp": {"same-as-another", "filler-in-other-sentence", "trigger-merged", "trigger-widened", "widened-to-trigger"},
    "trigger-bio": {"overlapping-trigger"},
    "argument-bio": {"filler-in-other-sentence", "second-role-of-filler", "overlapping-filler"},
    "hf-jsonl": {"filler-in-other-sentence", "not-in-tags"},
    "hf-parquet": {"filler-in-other-sentence", "not-in-tags"},
    "spacy": {"not-in-ents"},
    "chat": {"quotation-not-unique"},
}


@pytest.fixture(scope="module")
def articles(shared: Path, bkee: Schema) -> list[Imported]:
    folder = shared / "data" / "bkee-train"
    if not folder.is_dir():
        pytest.skip("the BKEE articles are not here (../shared/data/bkee-train)")
    return list(reader("brat")(folder, ImportOptions(bkee, looks_segmented=lambda _text: True)))


def test_every_article_of_bkee_comes_in(articles: list[Imported]) -> None:
    assert len(articles) == 632
    problems = Counter((loss.document, loss.what) for imported in articles for loss in imported.problems)
    assert problems == {
        ("EV-train-0155", "surface-differs"): 4,
        ("EV-train-0155", "trigger-not-taken"): 1,
        ("EV-train-0155", "argument-of-lost-event"): 3,
    }
    documents = [imported.document for imported in articles if imported.document is not None]
    assert sum(len(document.entities) for document in documents) == 9559 - 3
    assert sum(len(document.events) for document in documents) == 5351 - 1


def test_bkee_goes_out_to_brat_and_comes_back(articles: list[Imported], bkee: Schema, tmp_path: Path) -> None:
    for imported in articles[::8]:
        assert imported.document is not None
        rendered = writer("brat")(imported.document, bkee, ExportOptions())
        assert rendered.account.is_whole
        write_files(tmp_path, rendered, imported.name)
    back = {imported.name: imported for imported in read_all("brat", tmp_path, bkee, is_segmented=True)}
    for imported in articles[::8]:
        assert imported.document is not None
        found = back[imported.name]
        assert found.document is not None
        assert found.problems == ()
        assert found.content == imported.content
        assert said(found.document) == said(imported.document)


@pytest.mark.parametrize("row", [row for row in FORMATS.values() if row.writes], ids=lambda row: row.name)
def test_the_account_of_bkee_balances(articles: list[Imported], row: Format, bkee: Schema) -> None:
    documents = [with_words(imported.document) for imported in articles[::8] if imported.document is not None]
    account = Account.of(writer(row.name)(document, bkee, ExportOptions()).account for document in documents)
    held = sum(len(d.entities) + len(d.events) + sum(len(event.arguments) for event in d.events.values()) for d in documents)
    assert account.total.annotations == held
    for layer in row.holds:
        assert account.layers[layer].left_out <= 0.05 * account.layers[layer].annotations
    everything_else = {loss.what for loss in account.losses} - {"layer-not-held"}
    assert everything_else <= {"nested-flattened", "split-word", "blank-trimmed", "line-break-inside"} | OWN_LOSSES.get(row.name, set())


@pytest.fixture
def one_document(shared: Path) -> Path:
    folder = shared / "data" / "interop" / "one-document"
    if not folder.is_dir():
        pytest.skip("the document in many formats is not here (../shared/data/interop)")
    return folder


def test_the_document_in_many_formats(one_document: Path) -> None:
    (imported,) = read_all("brat", one_document)
    document = imported.document
    assert document is not None
    assert imported.problems == ()
    assert {item.id: document.text.surface(item.spans) for item in document.entities.values()} == {
        "T1": "Công an TP. Hồ Chí Minh",
        "T2": "TP. Hồ Chí Minh",
        "T3": "ông Nguyễn Văn A",
        "T4": "Ngày 7/3",
        "T5": "Trung tâm Y tế TP.\nHCM",
        "T6": "hai nạn nhân",
    }
    assert document.text.surface(document.entities["T5"].spans[:1]) == "Trung tâm Y tế"
    assert [(held.role, held.target) for held in document.events["E1"].arguments] == [("Agent", "T1"), ("Person", "T3")]
    assert document.events["E2"].attributes == (("Speculation", "true"),)
    assert document.entities["T3"].note == "cần kiểm tra"
    assert document.clusters["C1"].members == ("T1", "T5")
    assert [(held.source, held.target) for held in document.relations.values()] == [("T2", "T1")]


@pytest.mark.parametrize("name", ["vi.word.bio.conll", "vi.word.iobes.conll", "vi.conll2003"])
def test_columns_of_any_scheme_hold_the_same_entities(one_document: Path, name: str) -> None:
    (imported,) = read_all("conll", one_document / name)
    assert imported.problems == ()
    assert imported.document is not None
    found = [(item.type, imported.document.text.surface(item.spans)) for item in imported.document.annotations()]
    assert found[:2] == [("ORG", "Công_an TP. Hồ_Chí_Minh"), ("PER", "ông Nguyễn_Văn_A.")]
    assert len(found) == 6


def test_phoner_of_the_same_document(one_document: Path) -> None:
    (imported,) = read_all("phoner", one_document / "vi.phoner.word.json")
    assert imported.problems == ()
    assert imported.document is not None
    assert len(imported.document.entities) == 6
    assert re.match("Công_an TP. Hồ_Chí_Minh 🚓 bắt_giữ", imported.document.text.content)


def test_brat_s_own_news_article(shared: Path) -> None:
    folder = shared / "data" / "interop" / "brat" / "news"
    if not folder.is_dir():
        pytest.skip("brat's own article is not here (../shared/data/interop/brat)")
    (imported,) = read_all("brat", folder)
    assert imported.problems == ()
    assert imported.document is not None
    assert dict(imported.document.entities["T5"].attributes) == {"Mention": "Nominal", "Individual": "true"}


@pytest.mark.parametrize("name", ["conll", "oneie", "hf-jsonl"])
def test_tokens_of_bkee_composed_and_thinned_out_are_found_again(name: str, articles: list[Imported], bkee: Schema) -> None:
    reduction, options = Reduction(types=TypeMap(Selection(("PER", "GPE")))), ExportOptions(name="article", empty=0.0)
    respelled = 0
    for imported in articles:
        content = imported.document.text.content if imported.document else ""
        if imported.document is None or unicodedata.is_normalized("NFC", content):
            continue
        copy = reduce_document(with_words(imported.document), bkee, replace(reduction, spelling="nfc"))
        made = writer(name)(copy, reduce_schema(bkee, reduction.types, naming="schema"), options)
        places = [["_".join(unicodedata.normalize("NFC", content[slice(*span)]).split()) for span in row] for row in made.tokens or ()]
        assert places == forms(name, made.files[0][1].decode())
        respelled += len(places)
    assert respelled > 10
