"""What another annotation tool has to be given before it takes the data: the labels of the project."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import orjson

from annotator.core.schema import NO_COLOUR, Schema

SPAN_TYPES: Final = "span-types.json"
RELATION_TYPES: Final = "relation-types.json"
LABELLING_CONFIG: Final = "labelling-config.xml"
_KEYS: Final = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")


def doccano_files(schema: Schema) -> dict[str, bytes]:
    """The label files of a relation project, as doccano's own label page exports and imports them: one for spans, one for relations."""
    spans = [(item.name, item.key, item.colour) for item in schema.entities]
    spans += [(item.name, item.key, item.colour) for item in schema.events]
    names = dict.fromkeys([*(role.name for role in schema.roles), *(relation.name for relation in schema.relations)])
    return {SPAN_TYPES: _labels(spans), RELATION_TYPES: _labels((name, "", NO_COLOUR) for name in names)}


def labelstudio_files(schema: Schema) -> dict[str, bytes]:
    """The XML of the project's labelling setup."""
    from .labelstudio import labelling_config

    return {LABELLING_CONFIG: labelling_config(schema).encode()}


# The files by the format that needs them.
PROJECT_FILES: Final[Mapping[str, Callable[[Schema], dict[str, bytes]]]] = {"doccano": doccano_files, "labelstudio": labelstudio_files}


def _labels(types: Iterable[tuple[str, str, str]]) -> bytes:
    """Labels with a colour, and with a key where it is a letter or digit that no other label has."""
    rows = []
    taken: set[str] = set()
    for name, key, colour in types:
        suffix = key if key in _KEYS and key not in taken else None
        taken.add(key)
        rows.append({"text": name, "prefix_key": None, "suffix_key": suffix, "background_color": colour, "text_color": _ink(colour)})
    return orjson.dumps(rows, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _ink(colour: str) -> str:
    """Black or white, whichever is read more easily on a colour (``#RRGGBB``)."""
    try:
        red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    except ValueError:
        return "#FFFFFF"
    return "#000000" if 299 * red + 587 * green + 114 * blue > 140_000 else "#FFFFFF"
