"""What of a document is written and how it is cut: whatever is chosen, the account is about the document itself and balances."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.commands import layer_of
from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.errors import AnnotatorError
from annotator.core.model import Annotation, Argument, Entity, Event, Item, Relation
from annotator.core.schema_toml import read_schema
from annotator.core.text import Text
from annotator.formats.account import COUNTED
from annotator.formats.conll import join_columns
from annotator.formats.huggingface import join_jsonl, tag_names
from annotator.formats.labels import labels_json, widen_schema
from annotator.formats.reduced_schema import reduce_schema
from annotator.formats.reduction import Reduction, reduce_document
from annotator.formats.spelling import spell
from annotator.formats.table import FORMATS, Cutting, ExportOptions, Nesting, writer
from annotator.formats.type_maps import Selection, TypeMap, check_types, read_types
from annotator.resources import resource
from annotator.segment.sentences import sentences
from tests.formats.articles import SCHEMA, documents, read_all, said, source_of, with_words, write_files
from tests.formats.choices import options, reductions, render_reduced
from tests.formats.test_laws import rows_of, squeeze

WRITTEN = sorted(row.name for row in FORMATS.values() if row.writes)
ALL = Reduction("all")


def article(content: str, *items: Item) -> Document:
    document = Document(Text(content), source_of(content), origin="segmented")
    apply(document, Edit("make", tuple(Change(layer_of(item), item.id, None, item) for item in items)))
    return with_words(document)


def conll(document: Document, reduction: Reduction = ALL, **chosen: object) -> tuple[str, dict[str, str]]:
    """The columns that are written, and the losses by id."""
    made = render_reduced("conll", document, reduction, ExportOptions(name="article", **chosen))  # type: ignore[arg-type]
    return made.files[0][1].decode().split("\n", 1)[1], {loss.id: loss.what for loss in made.account.losses if loss.id[0] == "T"}


@settings(max_examples=250)
@given(documents(), st.sampled_from(WRITTEN), reductions, options)
def test_the_account_balances_whatever_is_chosen(document: Document, name: str, reduction: Reduction, chosen: ExportOptions) -> None:
    before = said(document)
    account = render_reduced(name, document, reduction, chosen).account
    assert said(document) == before
    held = {
        "entities": len(document.entities),
        "events": len(document.events),
        "relations": len(document.relations),
        "arguments": sum(len(event.arguments) for event in document.events.values()),
    }
    for layer in COUNTED:
        counts = account.layers[layer]
        assert counts.annotations == held[layer] and min(counts.whole, counts.changed, counts.left_out) >= 0
    assert len(account.losses) >= account.total.changed + account.total.left_out
    for loss in account.losses:
        relation = document.relations.get(loss.id)
        item = document.annotation(relation.source if relation else loss.id)
        assert item is not None and (loss.start, loss.end) == (item.spans[0][0], item.spans[-1][1])
    assert all(0 <= warning.start < warning.end <= len(document.text) for warning in account.warnings)
    by_argument = {(loss.id, loss.detail) for loss in account.losses if loss.detail}
    assert by_argument <= {(event.id, f"{held.role} {held.target}") for event in document.events.values() for held in event.arguments}


@given(documents(), reductions)
def test_a_copy_holds_what_the_account_does_not_call_left_out(document: Document, reduction: Reduction) -> None:
    copy = reduce_document(document, SCHEMA, reduction)
    account = writer("jsonl")(copy, reduce_schema(SCHEMA, reduction.types, naming="schema"), ExportOptions(name="article")).account
    counts = {layer: held.whole + held.changed for layer, held in account.layers.items()}
    assert (len(copy.entities), len(copy.events), len(copy.relations)) == (counts["entities"], counts["events"], counts["relations"])
    assert sum(len(event.arguments) for event in copy.events.values()) == counts["arguments"]
    if reduction.origins == "human":
        assert all(item.origin == "human" for item in copy.annotations())
    changed = {loss.id for loss in account.losses}
    for item in copy.annotations():
        old = document.annotation(item.id)
        assert old is not None
        if item.id not in changed:
            assert (item.type, copy.text.surface(item.spans)) == (old.type, document.text.surface(old.spans))


@given(documents())
def test_nothing_to_do_is_the_document_itself(document: Document) -> None:
    assert reduce_document(document, SCHEMA, ALL) is document


@settings(max_examples=150)
@given(documents(), st.sampled_from(["oneie", "dygiepp", "prodigy", "doccano", "labelstudio", "jsonl"]), reductions, options)
def test_what_the_account_calls_written_is_read_back(
    document: Document, name: str, reduction: Reduction, chosen: ExportOptions
) -> None:
    made = render_reduced(name, document, reduction, chosen)
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), made)
        back = [held.document for held in read_all(name, Path(folder), is_segmented=document.is_segmented) if held.document]
    written = {layer: counts.whole + counts.changed for layer, counts in made.account.layers.items()}
    assert sum(len(list(held.annotations())) for held in back) == written["entities"] + written["events"]
    assert sum(len(event.arguments) for held in back for event in held.events.values()) == written["arguments"]


@given(documents(), reductions)
def test_a_copy_has_the_words_of_the_document(document: Document, reduction: Reduction) -> None:
    copy = reduce_document(document, SCHEMA, reduction)
    assert copy.words.is_complete and copy.text.line_count == document.text.line_count
    for line in range(copy.text.line_count):
        before, after = ("".join(held.text.surface((word,)) for word in held.words.line(line)) for held in (document, copy))
        assert after == spell(before, reduction.spelling).content or reduction.spelling in ("old", "new")
        assert len(copy.words.line(line)) <= len(document.words.line(line))
    assert list(copy.decisions.values()) == list(document.decisions.values())


def test_what_models_proposed_is_left_out_and_what_hangs_on_it() -> None:
    entities = [Entity("T1", "PER", ((0, 2),), origin="model:crf"), Entity("T2", "LOC", ((3, 5),))]
    event = Event("E1", "Attack", ((6, 8),), (Argument("Agent", "T1"), Argument("Place", "T2")))
    document = article("ab cd ef", *entities, event, Relation("R1", "Part-Of", "T1", "T2"))
    made = render_reduced("jsonl", document, Reduction(), ExportOptions(name="article"))
    assert [(loss.id, loss.what, loss.detail) for loss in made.account.losses] == [
        ("T1", "proposed-only", ""),
        ("E1", "filler-left-out", "Agent T1"),
        ("R1", "end-left-out", ""),
    ]
    assert b'"target":"T2"' in made.files[0][1] and b"T1" not in made.files[0][1]
    assert render_reduced("jsonl", document, ALL, ExportOptions()).account.is_whole


def test_a_place_of_an_argument_is_the_originals() -> None:
    entities = [Entity("T1", "PER", ((0, 2),)), Entity("T2", "LOC", ((3, 5),)), Entity("T3", "LOC", ((9, 11),))]
    event = Event("E1", "Attack", ((6, 8),), (Argument("Agent", "T1"), Argument("Place", "T2"), Argument("Place", "T3")))
    roles = TypeMap(roles=Selection(exclude=("Agent",)))
    made = render_reduced("oneie", article("ab cd ef\ngh", *entities, event), Reduction(types=roles), ExportOptions())
    losses = [(loss.what, loss.detail) for loss in made.account.losses]
    assert losses == [("role-not-wanted", "Agent T1"), ("filler-in-other-sentence", "Place T3")]


def test_heads() -> None:
    marked, bare = Entity("T1", "PER", ((0, 5),), head=(3, 5)), Entity("T2", "LOC", ((6, 8),))
    made = render_reduced("conll", article("ab cd ef", marked, bare), Reduction(extents="head"), ExportOptions(name="article"))
    assert made.files[0][1].decode().split("\n")[1:4] == ["ab\tO", "cd\tB-PER", "ef\tB-LOC"]
    assert [(loss.id, loss.start, loss.end, loss.what) for loss in made.account.losses] == [("T1", 0, 5, "head-only")]
    assert [(loss.id, loss.what) for loss in made.account.warnings] == [("T2", "head-not-marked")]


def test_decomposed_text_is_composed_and_the_losses_name_the_original() -> None:
    content = "o\u0302ng Ha\u0300 No\u0323\u0302i ở"
    entities = Entity("T1", "PER", ((0, 4),)), Entity("T2", "LOC", ((5, 14),)), Entity("T3", "LOC", ((15, 16),))
    made = render_reduced("doccano", article(content, *entities), Reduction(spelling="nfc"), ExportOptions(name="article"))
    assert '"text":"ông Hà Nội ở"' in made.files[0][1].decode()
    assert b'"start_offset":4,"end_offset":10' in made.files[0][1] and b'"start_offset":11,"end_offset":12' in made.files[0][1]
    assert [(loss.id, loss.start, loss.end) for loss in made.account.losses] == [("T1", 0, 4), ("T2", 5, 14)]


def test_tone_marks_of_the_copy() -> None:
    document = article("Toà án huỷ bỏ", Entity("T1", "ORG", ((0, 6),)))
    assert conll(document, Reduction(spelling="old")) == ("Tòa\tB-ORG\nán\tI-ORG\nhủy\tO\nbỏ\tO\n\n", {"T1": "text-respelled"})
    assert document.text.content == "Toà án huỷ bỏ"


@pytest.mark.parametrize(
    ("nesting", "kept"),
    [("outermost", {"T1"}), ("longest", {"T1"}), ("innermost", {"T2", "T3"})],
)
def test_nesting(nesting: Nesting, kept: set[str]) -> None:
    document = article("ab cd ef gh", *(Entity(f"T{n}", "PER", (span,)) for n, span in enumerate([(0, 11), (0, 2), (6, 8)], 1)))
    _, lost = conll(document, nesting=nesting)
    assert {"T1", "T2", "T3"} - lost.keys() == kept
    assert set(lost.values()) == ({"outer-left-out"} if nesting == "innermost" else {"nested-flattened"})


TWO = "Ông Tám đi chợ . Bà Tư ở nhà ."


@pytest.mark.parametrize(("choice", "count"), [("line", 1), ("long", 1), ("auto", 2)])
def test_sentences_of_a_line(choice: Cutting, count: int) -> None:
    written, lost = conll(article(TWO), sentences=choice, split_line=sentences)
    assert len(written.strip().split("\n\n")) == count and not lost


def test_long_lines_are_split_unless_a_mention_runs_across() -> None:
    long = " ".join([TWO] * 11)
    assert len(conll(article(long), split_line=sentences)[0].strip().split("\n\n")) == 22
    across = Entity("T1", "PER", ((11, 19),))
    written, lost = conll(article(long, across), split_line=sentences)
    assert len(written.strip().split("\n\n")) == 21 and not lost


def test_long_sentences_are_listed_and_cost_nothing() -> None:
    made = render_reduced("oneie", article(f"{TWO}\nab"), ALL, ExportOptions(name="article", longest=9))
    (warning,) = made.account.warnings
    assert (warning.what, warning.start, warning.end, warning.detail) == ("sentence-too-long", 0, len(TWO), "10")
    assert made.account.is_whole and made.account.as_json()["warnings"][0]["detail"] == "10"


def test_empty_sentences_are_dropped_with_what_is_in_them() -> None:
    content = "".join(f"câu {number}\n" for number in range(400))
    last = len(content)
    items: list[Annotation] = [Entity("T1", "PER", ((0, 3),)), Event("E1", "Meet", ((last, last + 2),))]
    document = article(f"{content}ab", *items)
    sizes = []
    for share in (0.0, 0.3, 1.0):
        made = render_reduced("oneie", document, ALL, ExportOptions(name="article", empty=share))
        assert made.files == render_reduced("oneie", document, ALL, ExportOptions(name="article", empty=share)).files
        sizes.append(made.files[0][1].count(b"\n"))
    assert sizes[0] == 1 and 80 < sizes[1] < 160 and sizes[2] == 401
    dropped = render_reduced("oneie", document, ALL, ExportOptions(name="article", empty=0.0)).account
    assert [(loss.id, loss.what) for loss in dropped.losses] == [("T1", "sentence-left-out")]
    # Where a format holds no event, a sentence is empty without an entity; one that holds the whole text keeps it.
    assert conll(document, empty=0.0)[0].count("\n\n") == 1
    assert render_reduced("prodigy", document, ALL, ExportOptions(empty=0.0)).account.is_whole


TYPES = b"""
[entities]
include = ["PER", "LOC"]
exclude = ["LOC"]
map = { PER = "PERSON" }
[roles]
map = { Victim = "Patient" }
"""


def test_types_from_a_file() -> None:
    types = read_types(TYPES, path="types.toml")
    check_types(types, [SCHEMA], path="types.toml")
    items = [Entity(f"T{n}", kind, ((3 * n, 3 * n + 2),)) for n, kind in enumerate(("PER", "ORG", "LOC"))]
    document = article("ab cd ef gh", *items, Event("E1", "Meet", ((9, 11),), (Argument("Victim", "T0"), Argument("Place", "T1"))))
    made = render_reduced("oneie", document, Reduction(types=types), ExportOptions(name="article"))
    assert {(loss.id, loss.what, loss.detail) for loss in made.account.losses} == {
        ("T1", "type-not-wanted", ""), ("T2", "type-not-wanted", ""), ("T0", "type-mapped", ""),
        ("E1", "role-mapped", "Victim T0"), ("E1", "filler-left-out", "Place T1"),
    }  # fmt: skip
    assert b'"entity_type":"PERSON"' in made.files[0][1] and b'"role":"Patient"' in made.files[0][1]
    schema = reduce_schema(SCHEMA, types, naming="schema")
    assert [item.name for item in schema.entities] == ["PERSON"]
    assert [role.role for role in schema.events[0].roles] == ["Agent", "Patient", "Place"]


@pytest.mark.parametrize(
    ("raw", "code", "where"),
    [
        (b"[entities", "types-not-toml", {}),
        (b"\xff", "types-not-toml", {}),
        (b"[entity]", "types-unknown-key", {"nearest": "entities"}),
        (b"[events]\nonly = []", "types-unknown-key", {"nearest": "include"}),
        (b"entities = 1", "types-bad-value", {"key": "entities"}),
        (b"[entities]\ninclude = 'PER'", "types-bad-value", {"key": "entities.include"}),
        (b"[entities]\nmap = {PER = 'a b'}", "types-bad-value", {"key": "entities.map"}),
        (b"[entities]\nmap = {PERS = 'P'}", "types-unknown-name", {"table": "entities", "nearest": "PER"}),
        (b"[events]\nexclude = ['Atack']", "types-unknown-name", {"table": "events", "nearest": "Attack"}),
    ],
)
def test_a_wrong_file_of_types_is_refused(raw: bytes, code: str, where: dict[str, str]) -> None:
    with pytest.raises(AnnotatorError, match=code) as refused:
        check_types(read_types(raw, path="types.toml"), [SCHEMA], path="types.toml")
    assert where.items() <= refused.value.where.items()


def test_names_of_ace_cost_nothing_while_they_tell_types_apart() -> None:
    path = resource("schemas", "bkee.toml")
    schema = read_schema(path.read_bytes(), path=str(path))
    document = article("ab cd", Event("E1", "Attack", ((0, 2),)), Event("E2", "Own", ((3, 5),)))
    for joint in (".", ":"):
        copy = reduce_document(document, schema, Reduction(names="ace"), joint=joint)
        made = writer("oneie")(copy, schema, ExportOptions(name="article"))
        assert f'"event_type":"Conflict{joint}Attack"'.encode() in made.files[0][1] and b'"event_type":"Own"' in made.files[0][1]
        assert made.account.is_whole
    assert len({item.name for item in reduce_schema(schema, TypeMap(), naming="ace").events}) == len(schema.events)


@given(documents())
def test_with_a_column_for_each_layer_nothing_is_left_out_and_all_comes_back(document: Document) -> None:
    made = render_reduced("conll", document, ALL, ExportOptions(name="article", nesting="layers", split_line=sentences))
    held = {loss.what for loss in made.account.losses if loss.id in document.entities and loss.what != "layer-not-held"}
    assert not held & {"nested-flattened", "outer-left-out", "crossing-left-out", "fragments-collide"}
    joined = b"".join(join_columns([made.files[0][1]], SCHEMA))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "article.conll").write_bytes(joined)
        back = read_all("conll", Path(folder), is_segmented=True)
    read = [held.document for held in back if held.document]
    found = Counter((item.type, squeeze(held.text.surface(item.spans))) for held in read for item in held.annotations())
    lost = {loss.id for loss in made.account.losses}
    whole = Counter((item.type, squeeze(document.text.surface(item.spans))) for item in document.entities.values() if item.id not in lost)
    counts = made.account.layers["entities"]
    assert whole <= found and found.total() == counts.whole + counts.changed and all(one.problems == () for one in back)


def test_tags_of_a_set_are_numbered_for_all_its_documents() -> None:
    """The types that no schema knows are numbered in order, whichever document has them, and always behind those of the schema."""
    found = [article("ab cd", Entity("T1", name, ((0, 5),))) for name in ("ZZ", "PER", "AA")]
    written = [render_reduced("hf-jsonl", held, ALL, ExportOptions(name="article")).files[0][1] for held in found]
    rows = [json.loads(line) for line in b"".join(join_jsonl(written, SCHEMA)).splitlines()]
    names = tag_names(SCHEMA, {"AA", "ZZ"})
    assert [[names[tag] for tag in row["ner_tags"]] for row in rows] == [[f"B-{name}", f"I-{name}"] for name in ("ZZ", "PER", "AA")]
    assert names[-4:] == ["B-AA", "I-AA", "B-ZZ", "I-ZZ"] and list(rows[0]) == ["id", "document", "tokens", "ner_tags", "spans", "events"]


def test_the_labels_name_the_tag_of_a_type_that_is_but_blanks() -> None:
    kinds = ("PER", "a b", " ", "\u3000")
    written, _ = conll(article("ab cd ef gh", *(Entity(f"T{n}", kind, ((3 * n, 3 * n + 2),)) for n, kind in enumerate(kinds))))
    wide = widen_schema(SCHEMA, others=(), met={"entities": set(kinds), "events": set(), "roles": set(), "relations": set()})
    known = json.loads(labels_json(wide, scheme="iob2"))["entities"]["label2id"]
    assert {tag for _, tags in rows_of("conll", written.encode()) for tag in tags} == {"B-PER", "B-a_b", "B-_"} <= known.keys()


def test_columns_of_a_set_are_as_many_as_its_widest_document_needs() -> None:
    nested = article("ab cd", Entity("T1", "PER", ((0, 5),)), Entity("T2", "LOC", ((3, 5),)))
    chosen = ExportOptions(name="article", nesting="layers")
    written = [render_reduced("conll", held, ALL, chosen).files[0][1] for held in (article("ef"), nested)]
    assert b"".join(join_columns(written, SCHEMA)).decode() == (
        "# doc = article\n# layers = 1\nef\tO\tO\n\n# doc = article\n# layers = 2\nab\tB-PER\tO\ncd\tI-PER\tB-LOC\n\n"
    )


def test_columns_still_part_sentences() -> None:
    written, _ = conll(article(TWO), sentences="auto", split_line=sentences)
    assert [len(tokens) for tokens, _ in rows_of("conll", written.encode())] == [5, 5]
