"""The recipes of the manual, run as they stand there: from the samples to a trained model, its predictions scored and brought back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.messages import LANGUAGES
from annotator.resources import samples
from tests.docs.recipes import commands
from tools.documents.pages import RECIPES, ROOT

# A few articles teach little: what the page says of them holds at least so far.
LEAST_F1 = {"recipe-spacy": 0.0, "recipe-crf": 0.3}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", LEAST_F1)
def test_a_recipe_leads_from_the_samples_to_suggestions(name: str, tmp_path: Path) -> None:
    shutil.copytree(samples(), tmp_path / "corpus")
    for script in RECIPES.glob("*.py"):
        shutil.copy(script, tmp_path)
    for words in commands(LANGUAGES[0], name):
        perform(words, tmp_path)
    score = json.loads(perform([sys.executable, "-m", "annotator", "score", "corpus", predicted(tmp_path), "--json"], tmp_path))
    assert score["documents"] >= 1 and score["layers"]["entities"]["classification"]["f1"] >= LEAST_F1[name]
    suggested = [
        item
        for path in (tmp_path / "corpus").rglob("*.ann.json")
        for item in json.loads(path.read_bytes())["entities"]
        if item.get("origin", "").startswith("model:")
    ]
    assert suggested


def predicted(folder: Path) -> str:
    """The file of predictions, below `folder`."""
    (found,) = folder.rglob("predicted.*")
    return str(found.relative_to(folder))


def perform(words: list[str], folder: Path) -> str:
    """What a command prints; a command that fails fails the test with all that it said."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ANNOTATOR_LANG": "en", "PYTHONUTF8": "1"}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}\n{done.stderr}"
    return done.stdout
