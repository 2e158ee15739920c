"""The recipes without their libraries: both languages run the same commands, ours are understood, the scripts are short and quoted."""

from __future__ import annotations

import ast
from collections.abc import Mapping

import pytest

from annotator.cli.syntax import COMMANDS, run
from tests.docs.pages import blocks, of
from tests.docs.recipes import commands
from tools.documents.pages import QUOTING, RECIPES

SCRIPTS = {"recipe-spacy": "spacy_predict.py", "recipe-crf": "crf_entities.py"}
LINES_MOST = 120


@pytest.mark.parametrize("name", QUOTING)
def test_both_languages_run_the_same_commands_and_quote_the_same_script(name: str) -> None:
    assert commands("en", name) == commands("vi", name) != []
    (english,), (vietnamese,) = (blocks(of(language, name), "python") for language in ("en", "vi"))
    assert english == vietnamese == (RECIPES / SCRIPTS[name]).read_text(encoding="utf-8")
    assert any(SCRIPTS[name] in word for words in commands("en", name) for word in words)


@pytest.mark.parametrize("name", QUOTING)
def test_our_commands_are_understood(name: str) -> None:
    done: list[str] = []

    def perform(command: str, _given: Mapping[str, object]) -> int:
        done.append(command)
        return 0

    for _, *words in commands("en", name):
        if words[:2] == ["-m", "annotator"]:
            assert run(words[2:], "en", show=lambda paths: pytest.fail(f"{paths} is no command"), perform=perform) == 0
    assert done == ["export", "score", "import"] and set(done) <= COMMANDS.keys()


@pytest.mark.parametrize("path", sorted(RECIPES.glob("*.py")), ids=lambda path: path.name)
def test_a_script_is_short_and_stands_alone(path: object) -> None:
    text = (RECIPES / str(path)).read_text(encoding="utf-8")
    assert text.count("\n") <= LINES_MOST
    imported = {node.module or "" for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)}
    assert not [name for name in imported if name.startswith("annotator")]
    assert {path.name for path in RECIPES.glob("*.py")} == set(SCRIPTS.values())
