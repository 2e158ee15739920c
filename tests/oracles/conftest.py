"""The libraries that read back what was exported, and the corpora that they read."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from annotator.resources import samples
from annotator.tasks.importing import import_corpus
from tests.formats.articles import GOLDEN

LIBRARIES = ("datasets", "label_studio_sdk", "nervaluate", "pyarrow", "pycrfsuite", "spacy", "yaml")
BKEE_ARTICLES = 60
HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """`make oracles` asks for the libraries, and fails without one; elsewhere one line of the summary stands for all tests here."""
    if "ANNOTATOR_ORACLES" in os.environ or all(map(find_spec, LIBRARIES)):
        return
    ours = [item for item in items if item.path.is_relative_to(HERE)]
    for item in ours[:1]:
        said = f"{len(ours)} tests ask the formats' own libraries, which are not in this environment: `make oracles` runs them"
        item.add_marker(pytest.mark.skip(reason=said))
    items[:] = [item for item in items if item in ours[:1] or not item.path.is_relative_to(HERE)]
    config.hook.pytest_deselected(items=ours[1:])


@pytest.fixture(scope="session", autouse=True)
def libraries(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing here asks a server, and what `datasets` keeps of a file goes with the tests."""
    os.environ |= {"HF_HOME": str(tmp_path_factory.mktemp("hub")), "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}


@pytest.fixture(scope="session")
def corpora(libraries: None, tmp_path_factory: pytest.TempPathFactory) -> Corpora:
    return Corpora(tmp_path_factory.mktemp("corpora"))


class Corpora:
    """Corpora by name, each made when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, name: str) -> Path:
        """The folder of `name`, a method of this class."""
        place = self._folder / name
        if not place.exists():
            getattr(self, name)(place)
        return place

    def samples(self, place: Path) -> None:
        """The articles that ship, labelled or not."""
        shutil.copytree(samples(), place)

    def golden(self, place: Path) -> None:
        """Nested and discontinuous spans, emoji, relations, attributes, notes, BOM and CR."""
        brat = place.with_name("golden-brat")
        for case in sorted(path for path in GOLDEN.iterdir() if path.is_dir()):
            (brat / case.name).mkdir(parents=True)
            for file in case.glob("article.*"):
                shutil.copy(file, brat / case.name)
        import_corpus("brat", brat, place)

    def bkee(self, place: Path) -> None:
        """Every tenth article of BKEE, where it lies beside the project."""
        source = HERE.parents[2] / "shared" / "data" / "bkee-train"
        if not source.is_dir():
            pytest.skip("the BKEE articles are not here (../shared/data/bkee-train)")
        brat = place.with_name("bkee-brat")
        brat.mkdir()
        texts = sorted(source.rglob("*.txt"))
        for text in texts[:: len(texts) // BKEE_ARTICLES]:
            shutil.copy(text, brat)
            shutil.copy(text.with_suffix(".ann"), brat)
        import_corpus("brat", brat, place)
