"""Laws of every format: what goes out comes back, the account balances, no character of the text is lost."""

from __future__ import annotations

import tempfile
import unicodedata
from collections import Counter
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.errors import AnnotatorError
from annotator.core.model import Entity, Event, Value
from annotator.core.text import Text
from annotator.formats.account import COUNTED, Account, Ledger
from annotator.formats.passages import Passages
from annotator.formats.table import FORMATS, SCHEME_NAMES, UNITS, ExportOptions, Rendered, SchemeName, Unit, writer
from annotator.formats.tags import spans
from tests.formats.articles import SCHEMA, documents, read_all, said, source_of, with_words, write_files

WRITTEN = sorted(row.name for row in FORMATS.values() if row.writes)


def render(name: str, document: Document, unit: Unit = "word", scheme: SchemeName = "iob2") -> Rendered:
    return writer(name)(document, SCHEMA, ExportOptions(unit, scheme, "article"))


def come_back(name: str, document: Document) -> tuple[Document, Account]:
    rendered = render(name, document)
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), rendered)
        (imported,) = read_all(name, Path(folder), is_segmented=document.is_segmented)
    assert imported.document is not None
    assert imported.problems == ()
    assert imported.content == document.text.content.encode()
    return imported.document, rendered.account


def squeeze(text: str) -> str:
    """Without what joins or parts words: the one thing that token formats may change."""
    return "".join(letter for letter in unicodedata.normalize("NFC", text) if not letter.isspace() and letter not in "_\ufeff")


def even(item: Value) -> Value:
    """An item without the order of arguments that begin at one place: no file says which of two such fillers comes first."""
    return replace(item, arguments=tuple(sorted(item.arguments, key=repr))) if isinstance(item, Event) else item


@given(documents())
def test_jsonl_brings_everything_back(document: Document) -> None:
    back, account = come_back("jsonl", document)
    assert said(back) == said(document)
    assert account.is_whole


@given(documents())
def test_brat_brings_everything_back_that_it_calls_whole(document: Document) -> None:
    back, account = come_back("brat", document)
    changed = {loss.id for loss in account.losses}
    assert account.total.left_out == 0
    for layer in ("entities", "events", "relations", "clusters"):
        before, after = document.layer(layer), back.layer(layer)
        assert before.keys() == after.keys()
        assert [even(before[key]) for key in before if key not in changed] == [even(after[key]) for key in before if key not in changed]
    assert back.text.content == document.text.content
    assert {loss.what for loss in account.losses} <= {"line-break-at-edge"}


@given(documents(), st.sampled_from(UNITS))
def test_a_token_is_written_as_it_stands_with_its_blanks_joined(document: Document, unit: Unit) -> None:
    content = document.text.content
    for passage in Passages(document, Ledger(document, "article"), ExportOptions(unit)):
        assert passage.forms == ["_".join(content[start:end].split()) for start, end in passage.tokens]


@given(documents(), st.sampled_from(WRITTEN), st.sampled_from(UNITS), st.sampled_from(SCHEME_NAMES))
def test_the_account_balances(document: Document, name: str, unit: Unit, scheme: SchemeName) -> None:
    account = render(name, document, unit, scheme).account
    held = {
        "entities": len(document.entities),
        "events": len(document.events),
        "relations": len(document.relations),
        "arguments": sum(len(event.arguments) for event in document.events.values()),
    }
    row = account.as_json()
    for layer in COUNTED:
        counts = account.layers[layer]
        assert counts.annotations == held[layer] == counts.whole + counts.changed + counts.left_out
        assert min(counts.whole, counts.changed, counts.left_out) >= 0
        assert not counts.whole or layer in FORMATS[name].holds
    assert row["annotations"] == sum(held.values()) == row["whole"] + row["changed"] + row["left_out"]
    assert len(row["losses"]) >= row["changed"] + row["left_out"]
    assert Account.of([account, account]).total.annotations == 2 * row["annotations"]
    assert all(0 <= loss.start < loss.end <= len(document.text) for loss in account.losses)


def rows_of(name: str, data: bytes) -> list[tuple[list[str], list[str]]]:
    """Sentences of tokens and tags as a reader of a few lines finds them."""
    if name == "phoner":
        return [(row["words"], row["tags"]) for row in map(orjson.loads, data.decode().split("\n")[:-1])]
    found = []
    for block in data.decode().split("\n\n"):
        lines = [line.split("\t") for line in block.split("\n") if line and not line.startswith(("# ", "-DOCSTART-\t"))]
        assert all(len(line) == (4 if name == "conll2003" else 2) for line in lines)
        if lines:
            found.append(([line[0] for line in lines], [line[-1] for line in lines]))
    return found


@given(documents(), st.sampled_from(["conll", "conll2003", "phoner"]), st.sampled_from(UNITS), st.sampled_from(SCHEME_NAMES))
def test_tokens_hold_the_whole_text_and_tags_the_entities(document: Document, name: str, unit: Unit, scheme: SchemeName) -> None:
    rendered = render(name, document, unit, scheme)
    rows = rows_of(name, rendered.files[0][1])
    tokens = [token for words, _ in rows for token in words]
    assert squeeze("".join(tokens)) == squeeze(document.text.content)
    assert all(token and token == "".join(token.split()) for token in tokens)
    found = Counter((chunk.type, squeeze("".join(words[chunk.start : chunk.end]))) for words, tags in rows for chunk in spans(tags))
    lost = {loss.id for loss in rendered.account.losses}
    whole = Counter((item.type, squeeze(document.text.surface(item.spans))) for item in document.entities.values() if item.id not in lost)
    assert whole <= found
    assert found.total() == len(document.entities) - rendered.account.layers["entities"].left_out


@given(documents())
def test_conll_of_segmented_text_is_stable(document: Document) -> None:
    """What was read from columns is written as the same columns."""
    first = render("conll", document).files[0][1]
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), render("conll", document))
        (imported,) = read_all("conll", Path(folder), is_segmented=True)
    assert imported.document is not None
    assert imported.problems == ()
    assert imported.name == "article"
    assert render("conll", with_words(imported.document)).files[0][1] == first


def test_a_word_that_looks_like_a_mark_of_a_document_stays_a_word() -> None:
    """What CoNLL-2003 uses as a mark is a token where documents are named."""
    document = article("-DOCSTART- x.\n-DOCSTART-\n", Entity("T1", "PER", ((0, 10),)))
    written = render("conll", document)
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), written)
        (imported,) = read_all("conll", Path(folder), is_segmented=True)
    assert imported.document is not None and imported.problems == ()
    assert render("conll", with_words(imported.document)).files[0][1] == written.files[0][1]


def article(content: str, *entities: Entity) -> Document:
    document = Document(Text(content), source_of(content), origin="segmented")
    apply(document, Edit("make", tuple(Change("entities", item.id, None, item) for item in entities)))
    return with_words(document)


@pytest.mark.parametrize(
    ("unit", "rows", "losses"),
    [
        ("word", ["ông B-PER", "Nguyễn_Văn I-PER", "A O"], {"split-word"}),
        ("word-whole", ["ông B-PER", "Nguyễn_Văn_A I-PER"], {"widened-to-word"}),
        ("syllable", ["ông B-PER", "Nguyễn I-PER", "Văn I-PER", "A O"], set()),
    ],
)
def test_an_edge_inside_a_word(unit: Unit, rows: list[str], losses: set[str]) -> None:
    rendered = render("conll", article("ông Nguyễn_Văn_A", Entity("T1", "PER", ((0, 14),))), unit)
    assert rendered.files[0][1].decode().split("\n")[1:-2] == [row.replace(" ", "\t") for row in rows]
    assert {loss.what for loss in rendered.account.losses} == losses


def test_a_joint_at_the_edge_is_told_of() -> None:
    rendered = render("conll", article("ông Nguyễn_Văn_A", Entity("T1", "PER", ((0, 11),))))
    assert rendered.files[0][1].decode().split("\n")[1:-2] == ["ông\tB-PER", "Nguyễn\tI-PER", "Văn_A\tO"]
    assert {loss.what for loss in rendered.account.losses} == {"split-word", "blank-trimmed"}


@pytest.mark.parametrize(
    ("spans_by_id", "whats"),
    [
        ({"T1": ((0, 5),), "T2": ((0, 2),)}, {"T2": "nested-flattened"}),
        ({"T1": ((0, 5),), "T2": ((0, 5),)}, {"T2": "nested-flattened"}),
        ({"T1": ((3, 8),), "T2": ((0, 5),)}, {"T1": "crossing-left-out"}),
        ({"T1": ((0, 2), (6, 8))}, {"T1": "fragments-merged"}),
        ({"T1": ((0, 2), (6, 8)), "T2": ((3, 5),)}, {"T1": "fragments-collide"}),
        ({"T1": ((2, 5),)}, {"T1": "blank-trimmed"}),
        ({"T1": ((6, 11),)}, {"T1": "line-break-inside"}),
    ],
)
def test_what_a_flat_layer_costs(spans_by_id: dict[str, tuple[tuple[int, int], ...]], whats: dict[str, str]) -> None:
    document = article("ab cd ef\ngh", *(Entity(key, "PER", held) for key, held in spans_by_id.items()))
    assert {loss.id: loss.what for loss in render("conll", document).account.losses} == whats


def test_a_line_break_inside_an_entity_joins_the_lines() -> None:
    rendered = render("conll", article("ab\ncd ef\n\ngh", Entity("T1", "PER", ((0, 5),))))
    assert rendered.files[0][1].decode() == "# doc = article\nab\tB-PER\ncd\tI-PER\nef\tO\n\ngh\tO\n\n"


@example("")
@given(st.sampled_from(["../../etc/passwd", "/a/b", "a\x00b", "C:\\x", "..", "a\nb", "con "]))
def test_names_stay_inside_the_corpus(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "set.jsonl").write_bytes(orjson.dumps({"name": name, "text": "a"}))
        (imported,) = read_all("jsonl", Path(folder))
    parts = imported.name.split("/")
    assert all(parts) and ".." not in parts and not imported.name.startswith("/") and imported.name.isprintable()


@settings(max_examples=20)
@given(documents())
def test_same_document_same_bytes(document: Document) -> None:
    assert [render(name, document).files for name in WRITTEN] == [render(name, document).files for name in WRITTEN]


def test_no_tokens_are_written_before_the_words_are_known() -> None:
    document = Document(Text("Nam"), source_of("Nam"))
    with pytest.raises(AnnotatorError, match="words-not-known"):
        render("conll", document)


def letters_of(document: Document) -> Counter[tuple[str, str]]:
    """Annotations by type and letters: what can be compared where tokens were made of the text."""
    return Counter((item.type, squeeze(document.text.surface(item.spans))) for item in document.annotations())


@given(documents(), st.sampled_from(["oneie", "dygiepp", "prodigy", "doccano", "labelstudio"]))
def test_what_event_formats_call_whole_comes_back(document: Document, name: str) -> None:
    rendered = render(name, document)
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), rendered)
        back = list(read_all(name, Path(folder), is_segmented=document.is_segmented))
    assert len(back) <= 1
    lost = {loss.id for loss in rendered.account.losses}
    held = back[0].document if back and back[0].document else Document(Text(""), source_of(""))
    found = letters_of(held)
    whole = Counter((item.type, squeeze(document.text.surface(item.spans))) for item in document.annotations() if item.id not in lost)
    assert whole <= found
    written = {layer: counts.annotations - counts.left_out for layer, counts in rendered.account.layers.items()}
    assert found.total() == written["entities"] + written["events"]
    assert sum(len(event.arguments) for event in held.events.values()) == written["arguments"]
