"""A sidecar read alone says the same of its document as the document itself."""

from __future__ import annotations

from hypothesis import given

from annotator.core.document import Document
from annotator.gui.desk.learning import _mentions
from annotator.store.encoding import encode_once
from annotator.store.mentions import read_mentions
from annotator.store.snapshot import take_snapshot
from annotator.suggest.lexicon import count_facts, facts_of
from tests.store.documents import documents


@given(documents())
def test_what_is_learnt_from_a_sidecar_is_what_is_learnt_from_its_document(document: Document) -> None:
    raw = encode_once(take_snapshot(document), revision=1)
    found = read_mentions(raw, path="a")
    assert found.status == document.field("status")
    assert count_facts(_mentions(found)) == facts_of(document)
