"""Recipes of exports, kept by name as files in the corpus folder: ``.annotator/recipes/NAME.toml``."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Final

from annotator.core.errors import AnnotatorError
from annotator.core.schema_fields import find_nearest
from annotator.store.corpus import natural
from annotator.store.files import digest, name_problem, read_bounded, write_whole
from annotator.tasks.recipe_text import Recipe as Recipe
from annotator.tasks.recipe_text import decode_recipe, encode_recipe
from annotator.tasks.writing import make_folder

SUFFIX: Final = ".toml"
_FOLDER: Final = (".annotator", "recipes")
_MOST: Final = 1_000_000
_NAME_MOST: Final = 80
# What some disk or system takes for something else than a part of a name.
_UNFIT: Final = frozenset('/\\:*?"<>|')
_RESERVED: Final = frozenset(("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10))))


def recipes_folder(root: Path) -> Path:
    """Where the recipes of a corpus lie."""
    return root.joinpath(*_FOLDER)


def recipe_path(root: Path, name: str) -> Path:
    """The file of a recipe, whether it is there or not. Raises AnnotatorError ``recipe-name-unfit``."""
    held = unicodedata.normalize("NFC", name.strip())
    is_fit = held and len(held) <= _NAME_MOST and held.isprintable() and not _UNFIT & set(held) and held[0] != "." and held[-1] != "."
    if not is_fit or held.casefold().partition(".")[0] in _RESERVED:
        raise AnnotatorError("recipe-name-unfit", name=held)
    path = recipes_folder(root) / f"{held}{SUFFIX}"
    problem = name_problem(path)
    if problem is not None:
        raise problem
    return path


def list_recipes(root: Path) -> list[str]:
    """The names of a corpus's recipes in natural order, those that cannot be read too; none where the folder cannot be read."""
    try:
        found = [path.stem for path in recipes_folder(root).iterdir() if path.suffix == SUFFIX and path.name[0] != "."]
    except OSError:
        return []
    return sorted(found, key=natural)


def read_recipe(root: Path, name: str) -> Recipe:
    """A recipe by its name.

    Raises AnnotatorError ``recipe-missing`` with the nearest there is, and what `read_bounded` and `decode_recipe` raise.
    """
    path = _found(root, name)
    return decode_recipe(read_bounded(path, most=_MOST), name=path.stem, path=path, root=root)


def save_recipe(root: Path, recipe: Recipe, *, replace: bool = False) -> Recipe:
    """Write a recipe into the corpus and give it as it is found again.

    Another of its name is only written over with `replace`, and one that cannot be read never: what a person wrote there is not lost.
    Raises AnnotatorError ``recipe-exists``, ``recipe-name-unfit``, what `read_recipe` raises of the one there, and what writing raises.
    """
    path = recipe_path(root, recipe.name)
    there = _same_name(root, path.stem)
    expected = None
    if there is not None:
        if not replace:
            raise AnnotatorError("recipe-exists", name=there.stem)
        raw = read_bounded(there, most=_MOST)
        decode_recipe(raw, name=there.stem, path=there, root=root)
        path, expected = there, digest(raw)
    data = encode_recipe(recipe, root)
    make_folder(path.parent)
    write_whole(path, data, expected=expected)
    return decode_recipe(data, name=path.stem, path=path, root=root)


def rename_recipe(root: Path, name: str, new: str) -> str:
    """Call a recipe otherwise; gives the name as it is kept.

    Raises AnnotatorError ``recipe-missing``, ``recipe-exists``, ``recipe-name-unfit``, ``unwritable``.
    """
    path, target = _found(root, name), recipe_path(root, new)
    there = _same_name(root, target.stem)
    if there is not None and there != path:
        raise AnnotatorError("recipe-exists", name=there.stem)
    try:
        path.rename(target)
    except OSError as error:
        raise AnnotatorError("unwritable", path=str(target), reason=error.strerror or type(error).__name__) from error
    return target.stem


def delete_recipe(root: Path, name: str) -> None:
    """Take a recipe away. Raises AnnotatorError ``recipe-missing``, ``unwritable``."""
    path = _found(root, name)
    try:
        path.unlink()
    except OSError as error:
        raise AnnotatorError("unwritable", path=str(path), reason=error.strerror or type(error).__name__) from error


def _found(root: Path, name: str) -> Path:
    """The file of a recipe that is there, however its letters are composed."""
    path = _same_name(root, name.strip().removesuffix(SUFFIX)) or _same_name(root, name.strip())
    if path is None:
        raise AnnotatorError("recipe-missing", name=name, path=str(recipes_folder(root)), nearest=find_nearest(name, list_recipes(root)))
    return path


def _same_name(root: Path, name: str) -> Path | None:
    """The file of this name; not every disk knows capitals from small letters, so none may differ from another by them alone."""
    wanted = _plain(name)
    held = next((other for other in list_recipes(root) if other == name), None)
    held = held or next((other for other in list_recipes(root) if _plain(other) == wanted), None)
    return recipes_folder(root) / f"{held}{SUFFIX}" if held is not None else None


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
