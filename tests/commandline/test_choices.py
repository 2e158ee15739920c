"""The choices of an export as a user types them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from annotator.cli.choices import read_choices
from annotator.cli.syntax import COMMANDS, Option, run
from annotator.formats.reduced_schema import NAMINGS
from annotator.formats.reduction import EXTENTS, ORIGINS
from annotator.formats.spelling import SPELLINGS
from annotator.formats.table import CUTTINGS, NESTINGS, SCHEME_NAMES, UNITS
from annotator.tasks.exporting import LONGEST, ExportRequest
from annotator.tasks.recipe_text import KEYS
from tests.commandline.conftest import Annotate
from tests.tasks.corpora import make_corpus

TABLES = {
    "unit": UNITS, "scheme": SCHEME_NAMES, "nesting": NESTINGS, "sentences": CUTTINGS, "extents": EXTENTS, "names": NAMINGS,
    "origin": ORIGINS, "text": SPELLINGS,
}  # fmt: skip


def test_what_may_be_typed_is_what_there_is() -> None:
    options = {held.name: held for held in COMMANDS["export"] if isinstance(held, Option)}
    assert {name: options[name].choices for name in TABLES} == TABLES
    assert options["longest"].default == LONGEST


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--nesting", "inner"), "outermost innermost longest layers"),
        (("--nesting", "layers"), "oneie"),
        (("--sentences", "all"), "line auto long"),
        (("--text", "nfd"), "raw nfc old new"),
        (("--origin", "model"), "human all"),
        (("--empty", "some"), "0.3"),
        (("--empty", "2"), "keep"),
        (("--longest", "-1"), "--longest"),
        (("--longest", "many"), "--longest"),
        (("--types", "none.toml"), "none.toml"),
        (("--template", "none.toml"), "chat"),
        (("--strikt",), "--strict"),
    ],
)
def test_a_wrong_choice_is_one_line(annotate: Annotate, tmp_path: Path, arguments: tuple[str, ...], told: str, language: str) -> None:
    said = annotate("export", "oneie", make_corpus(tmp_path / "kho"), tmp_path / "out", *arguments, language=language)
    assert said.status == 2 and said.out == "" and said.err.count("\n") == 1 and told in said.err
    assert not (tmp_path / "out").exists()


def test_choices_reach_the_files(annotate: Annotate, tmp_path: Path) -> None:
    corpus, types = make_corpus(tmp_path / "kho"), tmp_path / "types.toml"
    types.write_text('[entities]\nmap = { PER = "NGƯỜI" }\n[roles]\nexclude = ["Place"]\n', encoding="utf-8")
    said = annotate("export", "oneie", corpus, tmp_path / "out", "--types", types, "--names", "ace", "--empty", "drop", "--json")
    rows = [json.loads(line) for line in (tmp_path / "out" / "all.json").read_text(encoding="utf-8").splitlines()]
    assert said.status == 0 and len(rows) == 2 and {row["event_mentions"][0]["event_type"] for row in rows} == {"Justice:Arrest-Jail"}
    assert {item["entity_type"] for row in rows for item in row["entity_mentions"]} == {"NGƯỜI", "GPE", "ORG"}
    account = json.loads(said.out)
    assert account["layers"]["entities"] == {"annotations": 6, "whole": 2, "changed": 2, "left_out": 2}
    assert account["layers"]["arguments"] == {"annotations": 4, "whole": 3, "changed": 0, "left_out": 1}


@pytest.mark.parametrize("language", ["en", "vi"])
def test_strict_prints_the_account_and_writes_nothing(annotate: Annotate, tmp_path: Path, language: str) -> None:
    corpus = make_corpus(tmp_path / "kho")
    said = annotate("export", "conll", corpus, tmp_path / "out", "--strict", language=language)
    assert said.status == 1 and not (tmp_path / "out").exists()
    assert "--strict" in said.out and "6" in said.out
    assert annotate("export", "brat", corpus, tmp_path / "out", "--strict").status == 0


def test_long_sentences_are_told(annotate: Annotate, tmp_path: Path) -> None:
    said = annotate("export", "conll", make_corpus(tmp_path / "kho"), tmp_path / "out", "--longest", "3")
    assert said.status == 0 and "a sentence longer than the limit" in said.out


ANOTHER = {
    "--unit": "syllable", "--scheme": "bioes", "--split": "1/0/1", "--split-file": "parts.tsv", "--folds": "3", "--seed": "7",
    "--no-duplicates": None, "--status": "done", "--types": "types.toml", "--names": "ace", "--origin": "all", "--extents": "head",
    "--nesting": "innermost", "--sentences": "auto", "--longest": "9", "--empty": "0.3", "--text": "nfc", "--strict": None,
    "--template": "own.toml",
}  # fmt: skip


def test_every_option_reaches_the_request(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("types.toml").write_text('[entities]\nexclude = ["TIME"]\n', encoding="utf-8")
    Path("own.toml").write_text('user = "{text}"\n', encoding="utf-8")
    asked: list[ExportRequest] = []

    def perform(_name: str, given: Mapping[str, object]) -> int:
        asked.append(read_choices(given))
        return 0

    def ask(*options: str) -> ExportRequest:
        assert run(["export", "conll", "kho", "out", *options], "en", show=lambda _: 1, perform=perform) == 0
        return asked[-1]

    usual = ask()
    assert usual == ExportRequest("conll")
    flags = {held.flags[-1] for held in COMMANDS["export"] if isinstance(held, Option)} - {"--json", "--recipe"}
    assert flags == ANOTHER.keys()
    requests = [ask(flag, *([value] if value else [])) for flag, value in ANOTHER.items()]
    assert usual not in requests and all(request not in requests[:number] for number, request in enumerate(requests))


def test_a_recipe_has_every_choice_under_the_name_of_its_option() -> None:
    flags = {held.flags[-1] for held in COMMANDS["export"] if isinstance(held, Option)}
    told = {f"--{key}" for key in KEYS}
    assert flags - told == {"--recipe", "--json", "--no-duplicates"} and told - flags == {"--format", "--folder", "--duplicates"}


def test_a_template_of_ones_own_is_taken_and_told_by_its_hash(annotate: Annotate, tmp_path: Path) -> None:
    corpus, own = make_corpus(tmp_path / "kho"), tmp_path / "own.toml"
    own.write_text('system = "Chỉ tìm: {events}"\nuser = "{text}"\nassistant = "{answer}"\n', encoding="utf-8")
    assert annotate("export", "chat", corpus, tmp_path / "out", "--template", own).status == 0
    rows = [json.loads(line) for line in (tmp_path / "out" / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 2 and all(row["messages"][0]["content"].startswith("Chỉ tìm: - ") for row in rows)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert manifest["options"]["template"] == {"name": "own.toml", "sha256": sha256(own.read_bytes()).hexdigest()}
    assert not any(str(tmp_path) in json.dumps(held) for held in (manifest, rows))
    said = annotate("export", "oneie", corpus, tmp_path / "oneie", "--template", own)
    assert said.status == 2 and "chat" in said.err and not (tmp_path / "oneie").exists()


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_slip_in_a_template_is_one_line_with_its_place(annotate: Annotate, tmp_path: Path, language: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text('user = """\nĐọc: {text}\n{ten}"""\n', encoding="utf-8")
    said = annotate("export", "chat", make_corpus(tmp_path / "kho"), tmp_path / "out", "--template", own, language=language)
    assert said.status == 2 and said.err.count("\n") == 1 and f"{own}:3: " in said.err and "{ten}" in said.err and "{name}" in said.err
    said = annotate("export", "chat", tmp_path / "kho", tmp_path / "out", "--template", tmp_path / "none.toml", language=language)
    assert said.status == 2 and said.err.count("\n") == 1 and "none.toml" in said.err and not (tmp_path / "out").exists()


def test_strict_tells_of_no_split_that_was_not_made(annotate: Annotate, tmp_path: Path) -> None:
    arguments = ("export", "conll", make_corpus(tmp_path / "kho"), tmp_path / "out", "--split", "1/0/1")
    assert "Articles in each part" in annotate(*arguments).out and "split" in json.loads(annotate(*arguments, "--json").out)
    assert "Articles in each part" not in annotate(*arguments, "--strict").out
    assert "split" not in json.loads(annotate(*arguments, "--strict", "--json").out)


def test_a_template_that_is_no_file_is_not_waited_for(annotate: Annotate, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "own.toml")
    said = annotate("export", "chat", make_corpus(tmp_path / "kho"), tmp_path / "out", "--template", tmp_path / "own.toml")
    assert said.status == 2 and said.err.count("\n") == 1 and "own.toml" in said.err


def test_a_place_that_no_disk_takes_is_refused_in_one_line(annotate: Annotate, tmp_path: Path) -> None:
    corpus, long = make_corpus(tmp_path / "kho"), "x" * 300
    for said in (
        annotate("export", "jsonl", corpus, tmp_path / long),
        annotate("export", "jsonl", corpus, tmp_path / long / "set"),
        annotate("stats", corpus, "--html", tmp_path / f"{long}.html"),
        annotate("stats", corpus, "--html", tmp_path),
    ):
        assert said.status == 2 and said.err.count("\n") == 1 and "Error" not in said.err and "{" not in said.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kho", "kho-brat"]
