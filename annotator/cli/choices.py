"""The choices of an export as they were typed, over those of a recipe where one is named."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from annotator.core.errors import AnnotatorError
from annotator.formats.reduction import Reduction
from annotator.formats.type_maps import ALL_TYPES
from annotator.store.corpus import Corpus
from annotator.tasks.exporting import ExportRequest, folder_beside
from annotator.tasks.opening import open_corpus
from annotator.tasks.recipes import Recipe, read_recipe
from annotator.tasks.reducing import read_empty, read_type_map
from annotator.tasks.splitting import read_folds, read_split
from annotator.tasks.templating import read_template

_PLACES: Final = ("format", "corpus", "out")
# What an option sets, by the name of its parameter; one way of dividing goes instead of any other.
_DIVIDED: Final = ("split", "split_file", "folds")
_SETS: Final[Mapping[str, tuple[str, ...]]] = {
    **{name: (name,) for name in ("format", "unit", "scheme", "seed", "nesting", "sentences", "longest", "empty", "strict", "template")},
    **dict.fromkeys(_DIVIDED, _DIVIDED),
    "status": ("statuses",),
    "no_duplicates": ("duplicates",),
}
_REDUCES: Final[Mapping[str, str]] = {
    "origin": "origins",
    "types": "types",
    "names": "names",
    "extents": "extents",
    "text": "spelling",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an export is asked for: which corpus goes where, and the choices."""

    corpus: Corpus
    out: Path
    request: ExportRequest


def read_wish(given: Mapping[str, Any]) -> Wanted:
    """What was typed. With a recipe the format may be left out, and the folder too; what is typed all the same goes before the recipe.

    Raises what `open_corpus`, `read_recipe` and `read_choices` raise.
    """
    places = [str(given[name]) for name in _PLACES if given[name] is not None]
    if given["recipe"] is None:
        return Wanted(open_corpus(Path(places[1])), Path(places[2]), read_choices(given))
    # One place is the corpus, two are corpus and folder, three the format before them.
    typed = set(given["typed"])
    if len(places) < len(_PLACES):
        typed.discard("format")
        places.insert(0, "")
    corpus = open_corpus(Path(places[1]))
    recipe = read_recipe(corpus.root, given["recipe"])
    request = overlay(recipe, {**given, "format": places[0]}, typed=typed)
    out = Path(places[2]) if len(places) > 2 else recipe.folder or folder_beside(corpus.root, request.format)
    return Wanted(corpus, out, request)


def overlay(recipe: Recipe, given: Mapping[str, Any], *, typed: Collection[str]) -> ExportRequest:
    """The choices of a recipe with those options in place of its own that were `typed`. Raises as `read_choices`."""
    said = read_choices(given)
    kept = recipe.request
    changes = {field: getattr(said, field) for name in typed if name in _SETS for field in _SETS[name]}
    fewer = {field: getattr(said.reduction, field) for name, field in _REDUCES.items() if name in typed}
    return replace(kept, **changes, reduction=replace(kept.reduction, **fewer))


def read_choices(given: Mapping[str, Any]) -> ExportRequest:
    """What is asked for.

    Raises AnnotatorError ``bad-split``, ``bad-folds``, ``bad-empty``, ``bad-argument`` and what `read_type_map` and
    `read_template` raise.
    """
    if given["longest"] < 0:
        raise AnnotatorError("bad-argument", name="--longest", command="export")
    return ExportRequest(
        given["format"],
        given["unit"],
        given["scheme"],
        read_split(given["split"]) if given["split"] is not None else None,
        given["seed"],
        frozenset(given["status"]),
        Path(given["split_file"]) if given["split_file"] is not None else None,
        read_folds(given["folds"]) if given["folds"] is not None else 0,
        not given["no_duplicates"],
        nesting=given["nesting"],
        sentences=given["sentences"],
        longest=given["longest"],
        empty=read_empty(given["empty"]),
        strict=given["strict"],
        reduction=Reduction(
            given["origin"],
            read_type_map(Path(given["types"])) if given["types"] is not None else ALL_TYPES,
            given["names"],
            given["extents"],
            given["text"],
        ),
        template=read_template(Path(given["template"])) if given["template"] is not None else None,
    )
