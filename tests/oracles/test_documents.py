"""Documents that nobody would write: emoji, decomposed letters, nested, crossing and discontinuous spans, CR, NUL."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.document import Document
from annotator.formats.table import ExportOptions, Unit, joiner, writer
from annotator.segment.sentences import sentences
from tests import strategies
from tests.formats import articles
from tests.oracles.accounts import hold
from tests.oracles.readings import READINGS

# Of the two makers of documents, one draws what formats have stumbled over, the other does what a person's commands do.
documents = articles.documents() | strategies.documents().map(articles.with_words)


@pytest.mark.parametrize("name", READINGS)
@given(documents, st.sampled_from(["word", "word-whole", "syllable"]), st.sampled_from(["line", "auto"]))
def test_the_library_finds_what_the_account_says(name: str, document: Document, unit: Unit, cutting: str) -> None:
    options = ExportOptions(unit, "iob2", "article", sentences=cutting, split_line=sentences)
    rendered = writer(name)(document, articles.SCHEMA, options)
    join = joiner(name)
    records = rendered.files[0][1]
    data = b"".join(join(BytesIO(records), articles.SCHEMA)) if join else records
    places = [("article", tokens) for tokens in rendered.tokens or ()]
    hold(READINGS[name](data, places, {"article": document}), {"article": document}, rendered.account)
