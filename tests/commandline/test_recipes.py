"""An export by the name of a recipe."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.cli.choices import read_wish
from annotator.cli.syntax import run
from annotator.formats.reduction import Reduction
from annotator.tasks.exporting import ExportRequest
from annotator.tasks.recipes import Recipe, recipes_folder, save_recipe
from tests.commandline.conftest import Annotate
from tests.commandline.test_choices import ANOTHER
from tests.tasks.corpora import bytes_below, make_corpus

REQUEST = ExportRequest("conll", "syllable", "bioes", split=(0.5, 0.0, 0.5), seed=3, reduction=Reduction(spelling="new"))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    root = make_corpus(tmp_path / "kho")
    save_recipe(root, Recipe("của Lan", REQUEST))
    return root


def test_a_recipe_writes_what_the_flags_would(annotate: Annotate, corpus: Path, tmp_path: Path) -> None:
    flags = ("--unit", "syllable", "--scheme", "bioes", "--split", "1/0/1", "--seed", "3", "--text", "new")
    assert annotate("export", "conll", corpus, tmp_path / "cờ", *flags).status == 0
    assert annotate("export", corpus, tmp_path / "ra", "--recipe", "của lan").status == 0
    assert bytes_below(tmp_path / "ra") == bytes_below(tmp_path / "cờ")


def test_without_a_folder_it_goes_beside_the_corpus_or_where_the_recipe_says(annotate: Annotate, corpus: Path, tmp_path: Path) -> None:
    said = annotate("export", corpus, "--recipe", "của Lan")
    assert said.status == 0 and str(tmp_path / "kho-conll") in said.out and (tmp_path / "kho-conll" / "train.conll").is_file()
    save_recipe(corpus, Recipe("nơi khác", REQUEST, tmp_path / "nơi" / "khác"))
    assert annotate("export", corpus, "--recipe", "nơi khác").status == 0
    assert (tmp_path / "nơi" / "khác" / "train.conll").is_file()


def test_what_is_typed_goes_before_the_recipe(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("types.toml").write_text('[entities]\nexclude = ["TIME"]\n', encoding="utf-8")
    Path("own.toml").write_text('user = "{text}"\n', encoding="utf-8")
    asked: list[ExportRequest] = []

    def perform(_name: str, given: dict[str, object]) -> int:
        asked.append(read_wish(given).request)
        return 0

    def ask(*arguments: str) -> ExportRequest:
        assert run(["export", *arguments, "--recipe", "của Lan"], "vi", show=lambda _: 1, perform=perform) == 0  # type: ignore[arg-type]
        return asked[-1]

    assert ask("kho") == REQUEST
    assert ask("jsonl", "kho", "ra").format == "jsonl" and ask("kho", "ra").format == "conll"
    # Typed as it is without a recipe it counts all the same.
    assert ask("kho", "--unit", "word").unit == "word" and ask("kho", "--text", "raw").reduction == Reduction()
    assert (ask("kho", "--folds", "3").split, ask("kho", "--folds", "3").folds) == (None, 3)
    save_recipe(corpus, Recipe("của Lan", replace(REQUEST, nesting="layers", template=corpus / "own.toml")), replace=True)
    # Said for the recipe's own format, no matter in another one unless it is typed.
    assert (ask("phoner", "kho", "ra").nesting, ask("phoner", "kho", "ra").template) == ("outermost", None)
    assert ask("phoner", "kho", "ra", "--template", "own.toml").template == Path("own.toml")
    assert ask("chat", "kho", "ra").template == Path("kho/own.toml") and ask("conll", "kho", "ra").nesting == "layers"
    save_recipe(corpus, Recipe("của Lan", REQUEST), replace=True)
    for flag, value in ANOTHER.items():
        if flag not in ("--unit", "--scheme", "--split"):
            assert ask("kho", flag, *([value] if value else [])) != REQUEST, flag


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_recipe_that_is_not_there_or_not_in_order_is_one_line(annotate: Annotate, corpus: Path, tmp_path: Path, language: str) -> None:
    said = annotate("export", corpus, tmp_path / "ra", "--recipe", "của Lán", language=language)
    assert said.status == 2 and said.err.count("\n") == 1 and "của Lan" in said.err
    (recipes_folder(corpus) / "hỏng.toml").write_text('format = "conll"\nunits = "word"\n', encoding="utf-8")
    said = annotate("export", corpus, tmp_path / "ra", "--recipe", "hỏng", language=language)
    assert said.status == 2 and said.err.count("\n") == 1 and "hỏng.toml" in said.err and "units" in said.err
    assert not (tmp_path / "ra").exists()
    for missing in (("export",), ("export", "conll"), ("export", "conll", corpus)):
        said = annotate(*missing, language=language)
        assert said.status == 2 and said.err.count("\n") == 1 and "--help" in said.err
