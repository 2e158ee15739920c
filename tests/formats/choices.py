"""Choices of an export, drawn: what is written of a document, and how it is cut."""

from __future__ import annotations

from typing import get_args

from hypothesis import strategies as st

from annotator.core.document import Document
from annotator.formats.reduced_schema import NAMINGS, reduce_schema
from annotator.formats.reduction import EXTENTS, ORIGINS, Reduction, reduce_document
from annotator.formats.spelling import SPELLINGS
from annotator.formats.table import CUTTINGS, NESTINGS, UNITS, ExportOptions, Rendered, Unit, writer
from annotator.formats.type_maps import Selection, TypeMap
from annotator.segment.sentences import sentences
from tests.formats.articles import SCHEMA, TYPES

assert get_args(Unit) == UNITS


def selections(*names: str) -> st.SearchStrategy[Selection]:
    some = st.lists(st.sampled_from(names), max_size=2).map(tuple)
    renamed = st.dictionaries(st.sampled_from(names), st.sampled_from(["Một", names[0]]), max_size=2)
    return st.builds(Selection, st.none() | some, some, renamed.map(lambda held: tuple(held.items())))


type_maps = st.just(TypeMap()) | st.builds(
    TypeMap, selections(*TYPES), selections("Attack", "Meet"), selections("Agent", "Victim", "Place"), selections("Part-Of")
)
reductions = st.builds(
    Reduction, st.sampled_from(ORIGINS), type_maps, st.sampled_from(NAMINGS), st.sampled_from(EXTENTS), st.sampled_from(SPELLINGS)
)
options = st.builds(
    ExportOptions,
    st.sampled_from(UNITS),
    st.just("iob2"),
    st.just("article"),
    st.sampled_from(NESTINGS),
    st.sampled_from(CUTTINGS),
    split_line=st.just(sentences),
    longest=st.sampled_from([0, 1, 512]),
    empty=st.sampled_from([0.0, 0.5, 1.0]),
)


def render_reduced(name: str, document: Document, reduction: Reduction, chosen: ExportOptions) -> Rendered:
    """What is written of a document under these choices."""
    schema = reduce_schema(SCHEMA, reduction.types, naming=reduction.names)
    return writer(name)(reduce_document(document, SCHEMA, reduction), schema, chosen)
