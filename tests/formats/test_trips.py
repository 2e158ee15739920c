"""Out and back, every format: what the account says is what is found in the file, annotation by annotation."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.document import Document
from annotator.formats.table import SCHEME_NAMES, ExportOptions, SchemeName, writer
from tests.formats.articles import ODD_SCHEMA, SCHEMA, documents, odd_documents
from tests.formats.choices import options
from tests.formats.trips import TRIPS, Sent, balance, check, check_quotations, lay_out, trip

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


@given(documents())
def test_conversations_quote_what_their_account_says(document: Document) -> None:
    rendered = writer("chat")(document, SCHEMA, ExportOptions(name="article"))
    with tempfile.TemporaryDirectory() as folder:
        lay_out("chat", document, rendered, Path(folder), SCHEMA)
        check_quotations(Path(folder), [Sent(document, rendered.account)])
