"""A recipe as TOML: every choice of an export under the name that it has on the command line, the types in tables of their own.

Paths are told from the corpus folder, so that a corpus that is moved or shared keeps its recipes.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from annotator.core.errors import AnnotatorError
from annotator.core.model import STATUSES
from annotator.core.schema_fields import find_nearest
from annotator.formats.reduced_schema import NAMINGS
from annotator.formats.reduction import EXTENTS, ORIGINS, Reduction
from annotator.formats.spelling import SPELLINGS
from annotator.formats.table import CUTTINGS, FORMATS, NESTINGS, SCHEME_NAMES, UNITS
from annotator.formats.type_maps import Selection, TypeMap, take_types
from annotator.tasks.exporting import LONGEST, ExportRequest
from annotator.tasks.reducing import DROP, KEEP, read_empty
from annotator.tasks.splitting import Shares, read_folds, read_split

WHOLE_SET: Final = "none"
_LINE: Final = re.compile(r"line (\d+)")
_SEED_MOST: Final = 2**63 - 1
_HEAD: Final = "# What an export of this corpus writes. Use it in the window, or with: annotator export CORPUS --recipe NAME\n"
_WORDS: Final[Mapping[str, Sequence[str]]] = {
    "unit": UNITS,
    "scheme": SCHEME_NAMES,
    "nesting": NESTINGS,
    "sentences": CUTTINGS,
    "origin": ORIGINS,
    "names": NAMINGS,
    "extents": EXTENTS,
    "text": SPELLINGS,
}
# What stands where a recipe says nothing: the first of the words, but for these.
_USUAL: Final = {"sentences": "long"}
KEYS: Final = (
    "format", "unit", "scheme", "nesting", "sentences", "longest", "empty", "status", "origin", "names", "extents", "text", "template",
    "split", "split-file", "folds", "seed", "duplicates", "strict", "folder", "types",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipe:
    """The choices of an export under a name; `folder` is where it is written, None where that follows corpus and format."""

    name: str
    request: ExportRequest
    folder: Path | None = None


def encode_recipe(recipe: Recipe, root: Path) -> bytes:
    """The recipe as a file of the corpus at `root`. Raises AnnotatorError ``name-not-unicode``."""
    text = _HEAD + "".join(f"{key} = {value}\n" for key, value in _lines(recipe, root)) + "".join(_tables(recipe.request.reduction.types))
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise AnnotatorError("name-not-unicode", path=text.encode("utf-8", "replace").decode()) from None


def decode_recipe(raw: bytes, *, name: str, path: Path, root: Path) -> Recipe:
    """What a recipe's file says; what it does not mention is as ever.

    Raises AnnotatorError with the file's path: ``recipe-not-toml``, ``recipe-unknown-key`` (all of them), ``recipe-bad-value``, and what
    `take_types` raises.
    """
    try:
        held = tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise AnnotatorError("recipe-not-toml", path=str(path), line=raw.count(b"\n", 0, error.start) + 1) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = _LINE.search(str(error))
        raise AnnotatorError("recipe-not-toml", path=str(path), line=int(found[1]) if found else raw.count(b"\n") + 1) from None
    unknown = [key for key in held if key not in KEYS]
    if unknown:
        raise AnnotatorError("recipe-unknown-key", path=str(path), keys=", ".join(unknown), nearest=find_nearest(unknown[0], KEYS))
    return _Reader(held, path, root).recipe(name)


def _lines(recipe: Recipe, root: Path) -> Iterator[tuple[str, str]]:
    request, reduction = recipe.request, recipe.request.reduction
    words = {
        "unit": request.unit,
        "scheme": request.scheme,
        "nesting": request.nesting,
        "sentences": request.sentences,
        "longest": request.longest,
        "empty": {1.0: KEEP, 0.0: DROP}.get(request.empty, request.empty),
        "status": [name for name in STATUSES if name in request.statuses],
        "origin": reduction.origins,
        "names": reduction.names,
        "extents": reduction.extents,
        "text": reduction.spelling,
    }
    yield "format", _value(request.format)
    for key, value in words.items():
        yield key, _value(value)
    if request.template is not None:
        yield "template", _value(_told(request.template, root))
    yield _division(request, root)
    yield "seed", _value(request.seed)
    yield "duplicates", _value(request.duplicates)
    yield "strict", _value(request.strict)
    if recipe.folder is not None:
        yield "folder", _value(_told(recipe.folder, root))


def _division(request: ExportRequest, root: Path) -> tuple[str, str]:
    if request.split_file is not None:
        return "split-file", _value(_told(request.split_file, root))
    if request.folds:
        return "folds", _value(request.folds)
    return "split", _value("/".join(map(said_share, request.split)) if request.split else WHOLE_SET)


def said_share(share: float) -> str:
    """A share of one as it is typed: no more digits than it has."""
    return f"{share:.15g}"


def _tables(types: TypeMap) -> Iterator[str]:
    for table in ("entities", "events", "roles", "relations"):
        selection: Selection = getattr(types, table)
        if selection != Selection():
            yield f"\n[types.{table}]\n"
            yield from (f"{key} = {_value(value)}\n" for key, value in selection.as_json().items())


def _value(value: object) -> str:
    """A value as TOML: JSON's strings, numbers and lists are its own, tables stand in one line."""
    match value:
        case dict():
            return "{" + ", ".join(f"{_value(key)} = {_value(held)}" for key, held in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_value, value)) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _told(path: Path, root: Path) -> str:
    """A path from the corpus folder where both lie in one folder, else as it is."""
    home, place = Path(os.path.realpath(root)), path.expanduser()
    place = Path(os.path.realpath(place.parent)) / place.name
    near = place.is_relative_to(home.parent)
    return Path(os.path.relpath(place, home)).as_posix() if near else str(place)


class _Reader:
    """Takes the keys of a recipe one by one. Each method raises ``recipe-bad-value`` with the key and what it may be."""

    def __init__(self, held: Mapping[str, Any], path: Path, root: Path) -> None:
        self._held, self._path, self._root = held, path, root

    def recipe(self, name: str) -> Recipe:
        words = {key: self.word(key, allowed) for key, allowed in _WORDS.items()}
        formats = [row.name for row in FORMATS.values() if row.writes]
        if "format" not in self._held:
            raise self.fault("format", formats)
        request = ExportRequest(
            self.word("format", formats),
            words["unit"],
            words["scheme"],
            self.shares(),
            self.number("seed", 1, least=0, most=_SEED_MOST),
            self.statuses(),
            self.place("split-file"),
            self.folds(),
            self.flag("duplicates", True),
            nesting=words["nesting"],
            sentences=words["sentences"],
            longest=self.number("longest", LONGEST, least=0, most=10**9),
            empty=self.empty(),
            strict=self.flag("strict", False),
            reduction=Reduction(words["origin"], self.types(), words["names"], words["extents"], words["text"]),
            template=self.place("template"),
        )
        if sum((request.split is not None, request.split_file is not None, request.folds > 0)) > 1:
            raise AnnotatorError("recipe-split-twice", path=str(self._path))
        return Recipe(name, request, self.place("folder"))

    def word(self, key: str, allowed: Sequence[str]) -> Any:
        value = self._held.get(key, _USUAL.get(key, allowed[0]))
        if value not in allowed:
            raise self.fault(key, allowed)
        return value

    def number(self, key: str, usual: int, *, least: int, most: int) -> int:
        value = self._held.get(key, usual)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.fault(key, (f"{least} – {most}",))
        return value

    def flag(self, key: str, usual: bool) -> bool:
        value = self._held.get(key, usual)
        if not isinstance(value, bool):
            raise self.fault(key, ("true", "false"))
        return value

    def statuses(self) -> frozenset[str]:
        value = self._held.get("status", [])
        if not isinstance(value, list) or not all(isinstance(name, str) and name in STATUSES for name in value):
            raise self.fault("status", STATUSES)
        return frozenset(value)

    def shares(self) -> Shares | None:
        value = self._held.get("split", WHOLE_SET)
        if value == WHOLE_SET:
            return None
        try:
            return read_split(value if isinstance(value, str) else "")
        except AnnotatorError:
            raise self.fault("split", (WHOLE_SET, "0.8/0.1/0.1")) from None

    def folds(self) -> int:
        value = self._held.get("folds", 0)
        try:
            return 0 if value == 0 and isinstance(value, int) else read_folds(str(value) if isinstance(value, int) else "")
        except AnnotatorError:
            raise self.fault("folds", ("2 – 1000",)) from None

    def empty(self) -> float:
        value = self._held.get("empty", KEEP)
        try:
            return read_empty("" if isinstance(value, bool) else str(value))
        except AnnotatorError:
            raise self.fault("empty", (KEEP, DROP, "0.3")) from None

    def place(self, key: str) -> Path | None:
        value = self._held.get(key, "")
        if not isinstance(value, str) or "\0" in value:
            raise self.fault(key, ("",))
        return Path(os.path.normpath(self._root / Path(value).expanduser())) if value else None

    def types(self) -> TypeMap:
        value = self._held.get("types", {})
        if not isinstance(value, dict):
            raise AnnotatorError("types-bad-value", path=str(self._path), key="types")
        return take_types(value, path=str(self._path)) if value else TypeMap()

    def fault(self, key: str, allowed: Sequence[str]) -> AnnotatorError:
        return AnnotatorError("recipe-bad-value", path=str(self._path), key=key, allowed=", ".join(filter(None, allowed)))
