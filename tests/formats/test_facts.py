"""The table of facts against what the writers do: every claim of every format, one feature at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from annotator.core.document import Document
from annotator.core.model import Argument, Entity, Event
from annotator.core.text import Span
from annotator.formats.chat_template import Template
from annotator.formats.facts import FACTS, FEATURES, LAYER_OF, Feature, facts_of, held
from annotator.formats.table import CHOICES, FORMATS, Choice, ExportOptions, writer
from annotator.segment.sentences import sentences
from tests.formats.articles import SCHEMA, read_all
from tests.formats.features import CASES, HIT, LAN, NAM, PLAIN, TEXT, at, document, found

WRITTEN = [row.name for row in FORMATS.values() if row.writes]
OPTIONS = ExportOptions(name="bài", sentences="line", split_line=sentences)
# Each choice made another way than without it.
OTHERWISE: dict[Choice, ExportOptions] = {
    "unit": replace(OPTIONS, unit="syllable"),
    "scheme": replace(OPTIONS, scheme="bioes"),
    "nesting": replace(OPTIONS, nesting="innermost"),
    "layers": replace(OPTIONS, nesting="layers"),
    "sentences": replace(OPTIONS, sentences="auto"),
    "empty": replace(OPTIONS, empty=0.0),
    "template": replace(OPTIONS, template=Template("", "Đọc: {text}")),
}


def test_every_format_has_its_facts_and_every_feature_its_document() -> None:
    assert FACTS.keys() == FORMATS.keys() and set(CASES) == {*FEATURES} >= {*LAYER_OF} and set(OTHERWISE) == {*CHOICES}


@pytest.mark.parametrize("feature", FEATURES)
@pytest.mark.parametrize("name", WRITTEN)
def test_a_feature_is_held_as_the_table_says(name: str, feature: Feature) -> None:
    assert found(name, feature) == held(FORMATS[name], feature)


def articles() -> list[Document]:
    """Documents to which every choice means something: overlaps in each layer, two sentences on a line, an empty one."""
    filled = replace(HIT, arguments=(*HIT.arguments, Argument("Place", "T3"), Argument("Place", "T9")))
    inner, wide = Entity("T9", "LOC", at("Đồng Xuân")), Event("E9", "Attack", at("họ gặp"))
    two = TEXT.split("\n")[0].replace(" .", ".") + " Hôm sau họ gặp anh Tư.\nKhông có gì.\n"
    return [document([*(item for item in PLAIN if item is not HIT), filled, inner, wide]), document([NAM, LAN, HIT], text=two)]


@pytest.mark.parametrize("name", WRITTEN)
def test_the_choices_of_a_format_are_those_that_change_what_is_written(name: str) -> None:
    write = writer(name)

    def files(options: ExportOptions) -> list[object]:
        return [write(article, SCHEMA, options).files for article in articles()]

    plain = files(OPTIONS)
    taken = {choice for choice, options in OTHERWISE.items() if files(options) != plain}
    # Without a column for each layer, layers is outermost, which is what an export does by itself.
    assert taken == {*FORMATS[name].choices}


# The first and last place that a format gives the entity `T1` below, as they stand in its record.
PLACES: dict[str, Callable[[Any], Any]] = {
    "jsonl": lambda row: (row["entities"][0]["start"], row["entities"][0]["end"]),
    "oneie": lambda row: (row["entity_mentions"][0]["start"], row["entity_mentions"][0]["end"]),
    "dygiepp": lambda row: row["ner"][1][0][:2],
    "omnievent": lambda row: row["entities"][0]["mentions"][0]["position"],
    "hf-jsonl": lambda row: (row["spans"][0]["start"], row["spans"][0]["end"]),
    "hf-parquet": lambda row: (row["tables"]["spans"]["start"][0], row["tables"]["spans"]["end"][0]),
    "spacy": lambda row: row["entities"][0][:2],
    "prodigy": lambda row: (row["spans"][0]["start"], row["spans"][0]["end"]),
    "doccano": lambda row: (row["entities"][0]["start_offset"], row["entities"][0]["end_offset"]),
    "labelstudio": lambda row: [row["annotations"][0]["result"][0]["value"][key] for key in ("start", "end")],
    "gliner": lambda row: row["ner"][0][:2],
}
COUNTED_SO = {"code-point", "utf-16", "token", "document-token"}


def test_places_are_counted_as_the_table_says() -> None:
    text = "🚓 Xe .\nChị Lan\n"
    span: Span = (text.index("Lan"), text.index("Lan") + 3)
    article = document([Entity("T1", "PER", (span,))], text=text)
    expected = {"code-point": span, "utf-16": (span[0] + 1, span[1] + 1), "token": (1, 2), "document-token": (4, 5)}
    # The line break is a token there.
    own = {"spacy": (5, 6)}
    counted = {name for name in WRITTEN if facts_of(name).counts in COUNTED_SO}
    assert counted == {*PLACES, "brat"}
    for name, place in PLACES.items():
        facts, raw = facts_of(name), writer(name)(article, SCHEMA, OPTIONS).files[0][1]
        start, end = own.get(name, expected[facts.counts])
        assert tuple(place(orjson.loads(raw.splitlines()[-1]))) == (start, end - facts.end_included), name
    assert f"T1\tPER {span[0]} {span[1]}\tLan\n".encode() in dict(writer("brat")(article, SCHEMA, OPTIONS).files)[".ann"]


def test_what_is_said_of_vlsp_is_what_its_reader_finds(tmp_path: Path) -> None:
    text = '<ENAMEX TYPE="ORG">Sở  <ENAMEX TYPE="LOC"><ENAMEX TYPE="ORG">Huế</ENAMEX></ENAMEX></ENAMEX> .'
    (tmp_path / "a.muc").write_text(text, encoding="utf-8")
    (imported,) = read_all("vlsp", tmp_path)
    assert imported.document is not None and imported.document.text.content == "Sở  Huế ."
    assert [item.spans for item in imported.document.entities.values()] == [((0, 7),), ((4, 7),), ((4, 7),)]
    assert {held(FORMATS["vlsp"], feature) for feature in ("nested", "same-place", "cut-word", "blanks")} == {"whole"}
