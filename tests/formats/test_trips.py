"""Out and back, every format: what the account says is what is found in the file, annotation by annotation."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.commands import layer_of
from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.model import Argument, Cluster, Entity, Event, Item, Relation
from annotator.core.text import Span, Text
from annotator.formats.reduced_schema import NAMINGS, Naming, reduce_schema
from annotator.formats.reduction import Reduction, reduce_document
from annotator.formats.table import FORMATS, SCHEME_NAMES, UNITS, ExportOptions, SchemeName, Unit, writer
from annotator.segment.sentences import sentences
from annotator.tasks.opening import Schemas, load_trusted, open_corpus
from tests.conftest import ROOT
from tests.formats.articles import ODD_SCHEMA, SCHEMA, documents, odd_documents, read_all, source_of, with_words, write_files
from tests.formats.choices import options
from tests.formats.found import find
from tests.formats.trips import FRAGMENTS, TRIPS, Sent, balance, check, check_quotations, lay_out, trip

SAMPLES = ROOT / "samples"
OPTIONS = ExportOptions(name="article", sentences="auto", split_line=sentences)
# The formats that are read with ACE's names for what they are.
READ_IN_ACE = frozenset({"oneie", "dygiepp"})

# Parquet's rows are those of hf-jsonl, and the library that writes them is an extra: the long trips have it.
SHORT = sorted(set(TRIPS) - {"hf-parquet"})


@pytest.mark.parametrize("name", SHORT)
@settings(max_examples=8)
@given(documents(), options, st.sampled_from(SCHEME_NAMES))
def test_a_file_holds_what_its_account_says(name: str, document: Document, chosen: ExportOptions, scheme: SchemeName) -> None:
    account, found = trip(name, document, SCHEMA, replace(chosen, scheme=scheme))
    balance([Sent(document, account)], account)
    check(name, [Sent(document, account)], found, SCHEMA, unit=chosen.unit)


@pytest.mark.parametrize("name", SHORT)
@settings(max_examples=8)
@given(odd_documents(), options)
def test_names_that_no_schema_or_the_wrong_layer_knows_are_told_of(name: str, document: Document, chosen: ExportOptions) -> None:
    account, found = trip(name, document, ODD_SCHEMA, chosen)
    balance([Sent(document, account)], account)
    check(name, [Sent(document, account)], found, ODD_SCHEMA, unit=chosen.unit)


ONE = "\ufeffCông an TP. Hồ Chí Minh 🚓 bắt giữ ông Nguyễn Văn A.\r\nTrung tâm Y tế quận 1, TP.\r\nHCM, xác nhận Ho\u0323 tử vong.\r\n"


def one_document() -> Document:
    """An article with all that breaks a format: nested, in fragments over a line's end, emoji, relation, cluster, attribute, note."""

    def at(said: str) -> Span:
        return ONE.index(said), ONE.index(said) + len(said)

    items: list[Item] = [
        Entity("T1", "ORG", (at("Công an TP. Hồ Chí Minh"),)),
        Entity("T2", "LOC", (at("TP. Hồ Chí Minh"),), head=at("Hồ Chí Minh")),
        Entity("T3", "PER", (at("ông Nguyễn Văn A"),), (("Mention", "NAM"),), "question", "cần kiểm tra\nlại"),
        Entity("T4", "ORG", (at("Trung tâm Y tế"), at("TP.\r\nHCM"))),
        Entity("T5", "PER", (at("Ho\u0323"),)),
        Event("E1", "Attack", (at("bắt giữ"),), (Argument("Agent", "T1"), Argument("Victim", "T3")), (("Negated", "true"),)),
        Event("E2", "Meet", (at("tử vong"),), (Argument("Agent", "T5"), Argument("Agent", "E1"), Argument("Place", "T2"))),
        Relation("R1", "Part-Of", "T2", "T1"),
        Cluster("C1", "entities", ("T1", "T4")),
    ]
    document = Document(Text(ONE), source_of(ONE))
    for item in items:
        apply(document, Edit("make", (Change(layer_of(item), item.id, None, item),)))
    return with_words(document)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("name", SHORT)
def test_one_document_of_everything(name: str, unit: Unit) -> None:
    document = one_document()
    account, found = trip(name, document, SCHEMA, ExportOptions(unit, name="article", split_line=sentences))
    balance([Sent(document, account)], account)
    check(name, [Sent(document, account)], found, SCHEMA, unit=unit)
    if name in FRAGMENTS:
        assert account.is_whole


@pytest.fixture(scope="module")
def articles() -> dict[Path, Document]:
    found = {path: load_trusted(path).document for folder in (SAMPLES, SAMPLES / "ace2005") for path in sorted(folder.glob("*.txt"))}
    assert len(found) == 12
    return found


@pytest.mark.parametrize("names", NAMINGS)
@pytest.mark.parametrize("name", SHORT)
def test_the_samples(name: str, names: Naming, articles: dict[Path, Document], tmp_path: Path) -> None:
    schemas = Schemas(open_corpus(SAMPLES))
    for path, document in articles.items():
        schema, joint = schemas.of(path), FORMATS[name].ace
        reduction = Reduction("all", names=names)
        if names == "ace" and name not in READ_IN_ACE:
            continue
        written = reduce_document(document, schema, reduction, joint=joint)
        rendered = writer(name)(written, reduce_schema(schema, reduction.types, naming=names, joint=joint), OPTIONS)
        folder = tmp_path / path.stem
        folder.mkdir()
        how = lay_out(name, document, rendered, folder, schema)
        found = find(how, folder, schema, rendered.tokens or (), is_segmented=document.is_segmented)
        sent = [Sent(document, rendered.account)]
        balance(sent, rendered.account)
        check(name, sent, found, schema)


@pytest.mark.parametrize("name", sorted(FRAGMENTS))
def test_the_samples_come_back_as_they_are(name: str, articles: dict[Path, Document], tmp_path: Path) -> None:
    schemas = Schemas(open_corpus(SAMPLES))
    for path, document in articles.items():
        rendered = writer(name)(document, schemas.of(path), ExportOptions(name=path.stem))
        assert rendered.account.is_whole
        write_files(tmp_path / path.stem, rendered, path.stem)
        (back,) = read_all(name, tmp_path / path.stem, schemas.of(path), is_segmented=document.is_segmented)
        assert back.document is not None and back.content == path.read_bytes()
        for layer in ("entities", "events", "relations", "clusters"):
            assert dict(back.document.layer(layer)) == dict(document.layer(layer))


@given(documents())
def test_conversations_quote_what_their_account_says(document: Document) -> None:
    rendered = writer("chat")(document, SCHEMA, ExportOptions(name="article"))
    with tempfile.TemporaryDirectory() as folder:
        lay_out("chat", document, rendered, Path(folder), SCHEMA)
        check_quotations(Path(folder), [Sent(document, rendered.account)])
