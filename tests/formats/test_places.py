"""However a copy is spelled, cut and thinned out, its tokens are found again in the article, letter by letter."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.document import Document
from annotator.core.edits import Change, Edit, apply
from annotator.core.text import Span, Text
from annotator.formats.account import Reduced
from annotator.formats.reduction import Reduction, reduce_document
from annotator.formats.table import ExportOptions
from tests.formats.articles import SCHEMA, documents, source_of, with_words
from tests.formats.choices import options, reductions, render_reduced
from tests.formats.records import TOKENS, forms

TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0309\u0303\u0323"))


def letters(text: str, reduction: Reduction) -> str:
    """What a token and its place have in common: no blanks or joints, and with another spelling no tone marks."""
    bare = "".join(text.replace("_", "").split())
    return bare if reduction.spelling == "raw" else unicodedata.normalize("NFC", unicodedata.normalize("NFD", bare).translate(TONES))


@settings(max_examples=300)
@given(documents(), st.sampled_from(TOKENS), reductions, options)
def test_tokens_lie_where_their_letters_are(document: Document, name: str, reduction: Reduction, chosen: ExportOptions) -> None:
    made = render_reduced(name, document, reduction, replace(chosen, name="article"))
    assert made.tokens is not None
    written = forms(name, made.files[0][1].decode("utf-8", "surrogatepass"))
    content = document.text.content
    found = [[letters(content[start:end], reduction) for start, end in tokens] for tokens in made.tokens]
    assert found == [[letters(form, reduction) for form in record] for record in written]
    assert all(0 <= start < end <= len(content) for tokens in made.tokens for start, end in tokens)


def test_places_are_those_of_the_decomposed_article() -> None:
    content = "\ufeff" + unicodedata.normalize("NFD", "Tòa án xử.\nĐà Nẵng mưa.\n")
    document = with_words(Document(Text(content), source_of(content), origin="segmented"))
    made = render_reduced("phoner", document, Reduction("all", spelling="nfc"), ExportOptions(name="article"))
    assert made.tokens is not None and forms("phoner", made.files[0][1].decode())[1] == ["Đà", "Nẵng", "mưa."]
    # Composed, the second line would begin at 12.
    assert made.tokens[1][0] == (16, 19) and content[slice(*made.tokens[1][1])] == unicodedata.normalize("NFD", "Nẵng")


def test_a_join_stays_where_a_blank_is_spelled_anew_with_the_marks_behind_it() -> None:
    content = "xe_tải\u2000\u0301\u0323c chở"
    document = Document(Text(content), source_of(content), origin="segmented")
    apply(document, Edit("join", (Change("decisions", 7, None, "join"),)))
    copy = reduce_document(document, SCHEMA, Reduction("all", spelling="nfc"))
    assert document.words.lines() == [[(0, 10), (11, 14)]]
    assert [copy.text.content[start:end] for start, end in copy.words.lines()[0]] == ["xe_tải\u2002\u0323\u0301c", "chở"]


@given(st.text("aeoôạ \n_" + "\u0300\u0301\u0302\u0323\u0344\u031b\u0958\u212b\u1100\u1161\u11a8", max_size=30), st.data())
def test_a_stretch_of_the_copy_lies_in_the_stretch_it_came_from(content: str, data: st.DataObject) -> None:
    document = Document(Text(content), source_of(content))
    copy = reduce_document(document, SCHEMA, Reduction("all", spelling="nfc"))
    if not isinstance(copy, Reduced):
        return
    start, end = sorted(data.draw(st.tuples(*2 * [st.integers(0, len(copy.text.content))])))
    spans: list[Span] = [(0, len(copy.text.content)), (start, end)]
    (whole, part) = (copy.trail.span(span) for span in spans)
    assert whole == (0, len(content)) and 0 <= part[0] <= part[1] <= len(content)
