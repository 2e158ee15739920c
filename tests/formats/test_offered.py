"""Each choice of an export is offered exactly where it changes something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from annotator.core import commands, links
from annotator.core.document import Document
from annotator.core.edits import apply
from annotator.core.schema import Schema
from annotator.formats.offered import Offer, offered
from annotator.formats.reduced_schema import reduce_schema
from annotator.formats.reduction import Reduction, reduce_document
from annotator.formats.table import FORMATS, writer
from annotator.store.sidecar import load
from annotator.tasks.exporting import ExportRequest, fit_options
from annotator.tasks.opening import set_words
from annotator.tasks.schemas import find_schema

TEXT: Final = "Sáng 5/4, công an huyện Yên Khánh bắt ông Nam. Bà Lan ở Hà Nội.\nTrời nắng đẹp.\nHai người tử vong.\n"
_BIG: Final = TEXT.index("công an huyện"), TEXT.index(" bắt")
_SMALL: Final = TEXT.index("huyện Yên"), TEXT.index(" bắt")
ANOTHER: Final[Mapping[Offer, tuple[dict[str, object], ...]]] = {
    "unit": ({"unit": "syllable"}, {"unit": "word-whole"}),
    "scheme": ({"scheme": "bioes"},),
    "nesting": ({"nesting": "innermost"},),
    "sentences": ({"sentences": "auto"},),
    "longest": ({"longest": 3},),
    "empty": ({"empty": 0.0},),
    "names": ({"reduction": Reduction(names="ace")},),
    "extents": ({"reduction": Reduction(extents="head")},),
}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Schema]:
    """Events with nested fillers, one with a head, in two of four sentences."""
    schema = find_schema("bkee")
    path: Path = tmp_path_factory.mktemp("kho") / "bài.txt"
    path.write_text(TEXT, encoding="utf-8")
    document = load(path).document
    set_words(document)

    def at(words: str) -> tuple[tuple[int, int], ...]:
        return ((TEXT.index(words), TEXT.index(words) + len(words)),)

    apply(document, commands.tag_event(document, at("bắt"), "Arrest-jail"))
    apply(document, links.fill(document, "E1", "Agent", spans=(_BIG,), schema=schema))
    apply(document, links.fill(document, "E1", "Agent", spans=(_SMALL,), schema=schema))
    apply(document, links.fill(document, "E1", "Person", spans=at("Nam"), schema=schema))
    apply(document, commands.tag_event(document, at("huyện Yên"), "Die"))
    apply(document, commands.tag_event(document, at("Yên"), "Injure"))
    apply(document, commands.tag_event(document, at("người tử"), "Injure"))
    apply(document, commands.tag(document, at("Hai người tử"), "PER"))
    apply(document, commands.set_head(document, "T1", at("công an")[0]))
    return document, schema


def write(name: str, rich: tuple[Document, Schema], choices: dict[str, object]) -> object:
    """The bytes, what became of each annotation, and the sentences that are too long."""
    request = ExportRequest(name, **choices)  # type: ignore[arg-type]
    document, schema = rich
    reduced = reduce_document(document, schema, request.reduction, joint=FORMATS[name].ace)
    held = reduce_schema(schema, request.reduction.types, naming=request.reduction.names, joint=FORMATS[name].ace)
    rendered = writer(name)(reduced, held, replace(fit_options(FORMATS[name], request), name="bài"))
    account = rendered.account
    return rendered.files, account.layers, account.losses, [held for held in account.warnings if held.what == "sentence-too-long"]


@pytest.mark.parametrize("name", [row.name for row in FORMATS.values() if row.writes])
def test_a_choice_is_offered_where_it_changes_something(rich: tuple[Document, Schema], name: str) -> None:
    usual = write(name, rich, {})
    for choice, others in ANOTHER.items():
        changes = [write(name, rich, other) != usual for other in others]
        assert all(changes) if choice in offered(name) else not any(changes), (name, choice, changes)
