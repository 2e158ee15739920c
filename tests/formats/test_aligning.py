"""Places in a text of tokens are found again in the article, by the tokens' offsets exactly, by letters wherever letters can tell."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.document import Document
from annotator.core.text import Span
from annotator.formats.account import Ledger
from annotator.formats.aligning import Aligned, Letters, Original, TokenRow
from annotator.formats.passages import Passages
from annotator.formats.table import ExportOptions, Rendered, Unit, writer
from tests.formats.articles import SCHEMA, documents, read_all, write_files


def whole(document: Document, rendered: Rendered) -> set[str]:
    """The entities and events that the format wrote whole."""
    lost = {loss.id for loss in rendered.account.losses if not loss.detail}
    return {*document.entities, *document.events} - lost


def read_back(rendered: Rendered, name: str) -> Document:
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), rendered)
        (imported,) = read_all(name, Path(folder), SCHEMA)
    assert imported.document is not None
    return imported.document


@given(documents(), st.sampled_from(["word", "syllable"]), st.booleans())
def test_what_was_written_whole_is_found_at_its_very_place(document: Document, unit: Unit, exact: bool) -> None:
    rendered = writer("oneie")(document, SCHEMA, ExportOptions(unit, name="a"))
    if not rendered.files[0][1]:
        return
    back = read_back(rendered, "oneie")
    passages = Passages(document, Ledger(document, "a"), ExportOptions(unit=unit))
    rows = [TokenRow("a", tuple(passage.tokens)) for passage in passages] if exact else []
    aligned = Aligned(back.text.content, [Original("a", document.text.content, rows)])
    placed = [(item.type, aligned.place(item.spans)) for item in back.annotations()]
    found = {(kind, place[1]) for kind, place in placed if place is not None}
    spelled = {(kind, tuple(letters(document, span) for span in spans)) for kind, spans in found}
    for item in filter(None, map(document.annotation, whole(document, rendered))):
        signs = tuple(letters(document, span) for span in item.spans)
        if exact:
            assert (item.type, item.spans) in found
        elif all(signs):
            # What has no letters may stand on either side of the edge.
            assert (item.type, signs) in spelled


def letters(document: Document, span: Span) -> str:
    return Letters(document.text.content[slice(*span)]).text


def test_sentences_of_several_articles_and_in_another_order() -> None:
    one, two = Original("một", "Hà Nội mưa .\nHuế nắng .\n"), Original("hai", "Vinh mưa .\nHuế nắng .\n")
    content = "Vinh mưa .\nHuế nắng .\nHà_Nội mưa .\nHuế nắng .\nKhông ở đâu .\n"
    aligned = Aligned(content, [one, two])
    places = [aligned.place(((content.index(word, at), content.index(word, at) + len(word)),)) for word, at in
              (("Vinh", 0), ("Huế", 0), ("Hà_Nội", 0), ("Huế", 30), ("Không", 0))]  # fmt: skip
    assert places == [(two, ((0, 4),)), (two, ((11, 14),)), (one, ((0, 6),)), (one, ((13, 16),)), None]
    assert aligned.strange == [5] and aligned.found == [one, two]


def test_a_span_over_two_articles_has_no_place() -> None:
    aligned = Aligned("a b\nc d\n", [Original("x", "a b"), Original("y", "c d")])
    assert aligned.place(((0, 7),)) is None and aligned.place(((4, 7),)) is not None
