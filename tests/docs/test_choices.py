"""The page about the choices of an export: its file of types is read, and it tells every choice there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.cli.syntax import COMMANDS, Option
from annotator.formats.chat_template import PLACEHOLDERS, parse_template
from annotator.formats.table import CUTTINGS, FORMATS, NESTINGS
from annotator.formats.type_maps import check_types, read_types
from annotator.messages import LANGUAGES, Language
from annotator.tasks.exporting import fit_options
from annotator.tasks.recipe_text import KEYS, decode_recipe
from annotator.tasks.schemas import find_schema
from tests.docs.pages import blocks, code_spans, of

BOTH = pytest.mark.parametrize("language", LANGUAGES)


@BOTH
def test_the_file_of_types_fits_the_schema(language: Language) -> None:
    text, *_ = blocks(of(language, "choices"), "toml")
    types = read_types(text.encode(), path="types.toml")
    check_types(types, [find_schema("bkee")], path="types.toml")
    assert types.entities.renamed["LOC"] == "PLACE" and not types.events.takes("Meet")


@BOTH
def test_the_template_is_taken_and_every_placeholder_told(language: Language) -> None:
    page = of(language, "choices")
    _, text, _ = blocks(page, "toml")
    assert "{events}" in parse_template(text.encode(), path="own.toml", name="own.toml").system
    assert {f"{{{name}}}" for names in PLACEHOLDERS.values() for name in names} <= set(code_spans(page))


@BOTH
def test_the_recipe_is_read_and_has_every_choice(language: Language) -> None:
    *_, text = blocks(of(language, "choices"), "toml")
    recipe = decode_recipe(text.encode(), name="", path=Path("thesis.toml"), root=Path("/kho"))
    check_types(recipe.request.reduction.types, [find_schema("bkee")], path="thesis.toml")
    # It can be used as it stands: what another format or another split would need is told beneath it.
    assert fit_options(FORMATS[recipe.request.format], recipe.request).sentences == "long"
    elsewhere = {"split-file", "folds", "template"}
    assert set(KEYS) - {key for key in KEYS if f"{key} = " in text or f"[{key}." in text} == elsewhere
    told = " ".join(code_spans(of(language, "choices")))
    assert all(f"{key} = " in told for key in elsewhere)


@BOTH
def test_every_choice_is_told(language: Language) -> None:
    page = of(language, "choices")
    told = " ".join([*code_spans(page), *blocks(page, "text")])
    known = {flag for held in COMMANDS["export"] if isinstance(held, Option) for flag in held.flags}
    elsewhere = {"--unit", "--scheme", "--split", "--status", "--json"}
    assert {flag for flag in known - elsewhere if flag not in told} == set()
    assert not [name for name in (*NESTINGS, *CUTTINGS) if name not in told]
