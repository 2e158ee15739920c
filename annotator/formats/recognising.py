"""Which format a file is in, told by its suffix or by the keys of its first record."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import orjson

from annotator.core.errors import AnnotatorError

_SUFFIXES: Final = {".ann": "brat", ".conll": "conll", ".conll2003": "conll", ".bio": "conll"}
# A record belongs to the first format of which it has one key of each group.
_KEYS: Final[tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]] = (
    ("oneie", (("tokens",), ("entity_mentions", "event_mentions", "graph"))),
    ("dygiepp", (("sentences",), ("ner", "events", "relations", "predicted_ner", "predicted_events", "predicted_relations"))),
    ("gliner", (("tokenized_text",), ("ner",))),
    ("phoner", (("words",), ("tags",))),
    ("labelstudio", (("data",), ("annotations", "completions", "predictions"))),
    ("prodigy", (("text",), ("spans",))),
    ("jsonl", (("text",), ("unit", "sha256", "fields"))),
    ("doccano", (("text",), ("label", "labels", "relations", "Comments"))),
    ("jsonl", (("text",), ("entities", "events"))),
)
_LOOK: Final = 64_000_000


def recognise(path: Path) -> str:
    """The name of a file's format, empty where none fits. Raises AnnotatorError ``unreadable``."""
    if path.suffix in _SUFFIXES:
        return _SUFFIXES[path.suffix]
    row = _first_record(path)
    return next((name for name, groups in _KEYS if all(any(key in row for key in group) for group in groups)), "")


def _first_record(path: Path) -> dict[str, object]:
    """The first object of a file of JSON Lines, of an array or of one object; empty where there is none."""
    try:
        with path.open("rb") as file:
            line = file.readline(_LOOK).removeprefix(b"\xef\xbb\xbf")
            try:
                found = orjson.loads(line)
            except orjson.JSONDecodeError:
                found = _parsed(line + file.read(_LOOK))
    except OSError as error:
        raise AnnotatorError("unreadable", path=str(path), reason=error.strerror or "") from error
    if isinstance(found, list):
        found = found[0] if found else {}
    return found if isinstance(found, dict) else {}


def _parsed(raw: bytes) -> object:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
