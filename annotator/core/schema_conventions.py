"""Reading ``[conventions]`` of a schema file: what a corpus' guidelines say about spans and fillers, and which checks are on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import fields
from types import MappingProxyType

from annotator.core.schema import Conventions
from annotator.core.schema_fields import Fault, Fields, find_nearest
from annotator.core.schema_lines import Trail

_KEYS = tuple(field.name for field in fields(Conventions))


def known_type(name: str, trail: Trail, known: set[str]) -> str:
    """The name, if it is one of the known; otherwise a `Fault` that proposes the nearest."""
    if name not in known:
        raise Fault("schema-type-unknown", trail, type=name, nearest=find_nearest(name, known))
    return name


def read_conventions(top: Fields, *, entities: set[str], events: set[str]) -> Conventions:
    """The conventions of a schema. Words are taken in NFC and lower case; a list that is left out keeps its default."""
    item = Fields(top.table("conventions"), top.at("conventions"), known=_KEYS)
    plain = Conventions()

    def words(key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        return _fold(item.texts(key)) if key in item else default

    def usage(key: str) -> bool | None:
        return item.flag(key) if key in item else None

    return Conventions(
        title_inside_person=usage("title_inside_person"),
        passive_in_trigger=usage("passive_in_trigger"),
        preposition_inside=usage("preposition_inside"),
        crossing=usage("crossing"),
        edge_cuts_word=item.flag("edge_cuts_word", True),
        blank_at_edge=item.flag("blank_at_edge", True),
        punctuation_at_edge=item.flag("punctuation_at_edge", True),
        same_span_twice=item.flag("same_span_twice", True),
        rare_filler=item.flag("rare_filler", True),
        more_than_usual=item.flag("more_than_usual", True),
        negated_trigger=item.flag("negated_trigger", True),
        trigger_words_most=item.number("trigger_words_most"),
        nesting_expected=_read_pairs(item, entities),
        agentless=_read_agentless(item, events),
        preposition_allow=words("preposition_allow", plain.preposition_allow),
        passives=words("passives", plain.passives),
        negations=words("negations", plain.negations),
        titles=words("titles", plain.titles),
        prepositions=words("prepositions", plain.prepositions),
    )


def _fold(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unicodedata.normalize("NFC", word.lower()) for word in words))


def _read_pairs(item: Fields, entities: set[str]) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for rank, written in enumerate(item.items("nesting_expected")):
        trail = item.at("nesting_expected", rank)
        match written:
            case [str(outer), str(inner)]:
                pairs.append((known_type(outer, (*trail, 0), entities), known_type(inner, (*trail, 1), entities)))
            case _:
                raise Fault("schema-not-pair", trail, key="nesting_expected")
    return tuple(pairs)


def _read_agentless(item: Fields, events: set[str]) -> Mapping[str, tuple[str, ...]]:
    trail, table = item.at("agentless"), item.table("agentless")
    lists = Fields(table, trail, known=tuple(table))
    return MappingProxyType({known_type(name, (*trail, name), events): _fold(lists.texts(name)) for name in table})
