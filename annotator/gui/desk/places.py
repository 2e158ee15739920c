"""Where the person was: what was open last, and for each corpus its last article and the caret of each. A file of the state folder."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from annotator.core.errors import AnnotatorError
from annotator.settings import state_folder
from annotator.store.files import digest_on_disk, read_bounded, write_whole

CORPORA_MOST: Final = 20
ARTICLES_MOST: Final = 300
PATHS_MOST: Final = 200
_BYTES_MOST: Final = 4_000_000
_FILE: Final = "places.json"
_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in an article, in code points: the caret, and what stands at the top of the window."""

    caret: int
    top: int


@dataclass(slots=True)
class CorpusPlace:
    """`article` is the one that was open last; `spots` are by article, the one visited last at the end. Names are paths in the corpus."""

    article: str = ""
    spots: dict[str, Spot] = field(default_factory=dict)


@dataclass(slots=True)
class Places:
    """`last` are the paths that were open, `splitters` the sizes of the panes by name, `corpora` stand by root, the latest at the end."""

    last: tuple[str, ...] = ()
    splitters: dict[str, tuple[int, ...]] = field(default_factory=dict)
    corpora: dict[str, CorpusPlace] = field(default_factory=dict)

    def enter(self, root: Path) -> CorpusPlace:
        """The place of a corpus, from now on the latest; the oldest are forgotten."""
        key = os.path.realpath(root)
        place = self.corpora.pop(key, None) or CorpusPlace()
        self.corpora[key] = place
        _cut(self.corpora, CORPORA_MOST)
        return place


def note_spot(place: CorpusPlace, name: str, spot: Spot) -> None:
    """Remember where one was in an article; the articles not visited for longest are forgotten."""
    place.article = name
    place.spots.pop(name, None)
    place.spots[name] = spot
    _cut(place.spots, ARTICLES_MOST)


def practice_folder() -> Path:
    """Where the guided first run works on its copy; no place to come back to."""
    return state_folder() / "first-run"


def name_in(root: Path, path: Path) -> str:
    """An article's name in its corpus: the path below `root`, else the whole path."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def read_places() -> tuple[Places, AnnotatorError | None]:
    """What was remembered; ``places-unreadable`` and nothing where the file is damaged."""
    path = state_folder() / _FILE
    try:
        return _decode(json.loads(read_bounded(path, most=_BYTES_MOST))), None
    except (AnnotatorError, ValueError, TypeError, AttributeError, RecursionError) as error:
        if isinstance(error, AnnotatorError) and error.code == "file-missing":
            return Places(), None
        return Places(), AnnotatorError("places-unreadable", path=str(path))


def encode_places(last: tuple[str, ...], splitters: Mapping[str, tuple[int, ...]], corpora: Mapping[str, CorpusPlace]) -> bytes:
    """The bytes of the file."""
    held = {
        "version": _VERSION,
        "last": last,
        "splitters": splitters,
        "corpora": {
            root: {"article": place.article, "spots": {name: (spot.caret, spot.top) for name, spot in place.spots.items()}}
            for root, place in corpora.items()
        },
    }
    return json.dumps(held, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def copy_corpora(places: Places) -> dict[str, CorpusPlace]:
    """What another thread may read while the person goes on."""
    return {root: CorpusPlace(place.article, dict(place.spots)) for root, place in places.corpora.items()}


def write_places(data: bytes) -> None:
    """Replace the file, whole or not at all. Raises what `write_whole` raises."""
    path = state_folder() / _FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        there = digest_on_disk(path)
    except OSError as error:
        raise AnnotatorError("write-not-permitted", path=str(path), reason=type(error).__name__) from error
    write_whole(path, data, expected=there)


def _cut(held: dict[str, Any], most: int) -> None:
    """Forget what stands first until no more than `most` is left."""
    while len(held) > most:
        del held[next(iter(held))]


def _decode(held: Any) -> Places:
    """Raises ValueError, TypeError or AttributeError where the file holds something else."""
    if held.get("version") != _VERSION:
        raise ValueError
    corpora = {
        str(root): CorpusPlace(_text(place["article"]), {str(name): Spot(*map(_natural, spot)) for name, spot in place["spots"].items()})
        for root, place in _items(held, "corpora")
    }
    _cut(corpora, CORPORA_MOST)
    splitters = {str(name): tuple(map(_natural, sizes)) for name, sizes in _items(held, "splitters")}
    return Places(tuple(map(_text, held.get("last", ())))[:PATHS_MOST], splitters, corpora)


def _items(held: Any, name: str) -> Any:
    found = held.get(name, {})
    if any("article" not in place or "spots" not in place for place in found.values() if isinstance(place, dict)):
        raise ValueError
    return found.items()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _natural(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError
    return value
