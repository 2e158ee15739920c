"""Tagging all occurrences in a corpus of several schemas, by way of links, and the way back that outlives the window."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.core.occurrences import Target
from annotator.core.search import Query
from annotator.store.corpus import Corpus
from annotator.store.sidecar import sidecar_path
from annotator.tasks.steps import StepFile
from annotator.tasks.tagging_all import Refused, Seen, Tagged, Wish, preview_corpus, tag_articles, take_back_articles

from .corpora import bytes_below

PERSON, DIE = Target("entity", "PER"), Target("event", "Die")
TEXT = "Nam gặp Lan . Nam về .\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A corpus of one schema with a folder of another inside."""
    folder = tmp_path / "corpus"
    (folder / "inner").mkdir(parents=True)
    (folder / "annotator.toml").write_text('schema = "bkee"\n')
    (folder / "inner" / "annotator.toml").write_text('schema = "vlsp"\nannotator = "mai"\n')
    for name in ("a.txt", "b.txt", "inner/c.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    return folder


def look(root: Path, target: Target, *, without: Path | None = None, text: str = "Nam") -> list[Seen]:
    return list(preview_corpus(Corpus.open(root), Query(text, whole_words=True), target, without=without))


def wish(seen: list[Seen]) -> list[Wish]:
    return [Wish(held, tuple(place.hit.span for place in held.places)) for held in seen]


def sidecar(path: Path) -> dict[str, object]:
    return dict(json.loads(sidecar_path(path).read_bytes()))


def test_an_article_is_tagged_by_the_schema_and_for_the_annotator_of_its_own_folder(root: Path) -> None:
    done = list(tag_articles(wish(look(root, PERSON)), PERSON, Corpus.open(root), annotator="lan"))
    assert all(isinstance(item, Tagged) for item in done) and len(done) == 3
    said = {name: (sidecar(root / name)["schema"], sidecar(root / name)["annotator"]) for name in ("a.txt", "b.txt", "inner/c.txt")}
    assert said == {"a.txt": ("bkee", "lan"), "b.txt": ("bkee", "lan"), "inner/c.txt": ("vlsp", "mai")}


def test_no_article_gets_a_type_that_its_schema_does_not_have(root: Path) -> None:
    seen = {held.path.name: held for held in look(root, DIE)}
    problem = seen["c.txt"].problem
    assert problem is not None and problem.code == "type-not-in-schema"
    assert seen["a.txt"].problem is None
    # Even where the settings have changed between looking and writing.
    done = list(tag_articles(wish(list(seen.values())), DIE, Corpus.open(root)))
    refused = [item for item in done if isinstance(item, Refused)]
    assert [(item.path.name, item.reason.code) for item in refused] == [("c.txt", "type-not-in-schema")]
    assert not sidecar_path(root / "inner" / "c.txt").exists()


def test_a_folder_whose_settings_are_broken_is_told_and_left(root: Path) -> None:
    asked = wish(look(root, PERSON))
    (root / "inner" / "annotator.toml").write_text("schema = ")
    assert {held.path.name: held.problem.code if held.problem else "" for held in look(root, PERSON)} == {
        "a.txt": "", "b.txt": "", "c.txt": "settings-syntax",
    }  # fmt: skip
    done = list(tag_articles(asked, PERSON, Corpus.open(root)))
    assert [item.reason.code for item in done if isinstance(item, Refused)] == ["settings-syntax"]


def test_the_open_article_is_left_out_by_whatever_name_it_goes(root: Path) -> None:
    linked = root.parent / "linked"
    linked.symlink_to(root, target_is_directory=True)
    assert [held.path.name for held in look(root, PERSON, without=linked / "a.txt")] == ["b.txt", "c.txt"]


def test_what_was_done_can_be_taken_back_from_its_file(root: Path, home: Path) -> None:
    before = bytes_below(root)
    file = StepFile(root)
    file.begin()
    asked = wish(look(root, PERSON))
    kept = [item for item in tag_articles(asked, PERSON, Corpus.open(root), note=file.note) if isinstance(item, Tagged)]
    assert file.problem is None and bytes_below(root) != before
    read = StepFile(root).read()
    for one, other in zip(read, kept, strict=True):
        assert (one.path, one.made, one.before, one.after) == (other.path, other.made, other.before, other.after)
        assert set(one.inverse.changes) == set(other.inverse.changes)
    assert "Nam" not in file.path.read_text()
    assert len(list(take_back_articles(read))) == 3 and bytes_below(root) == before


def test_a_step_that_was_begun_and_did_nothing_leaves_the_one_before(root: Path, home: Path) -> None:
    file = StepFile(root)
    file.begin()
    list(tag_articles(wish(look(root, PERSON)), PERSON, Corpus.open(root), note=file.note))
    again = StepFile(root)
    again.begin()
    assert len(again.read()) == 3
    list(tag_articles(wish(look(root, PERSON, text="Lan")), PERSON, Corpus.open(root), note=again.note))
    assert [item.made for item in StepFile(root).read()] == [1, 1, 1]
    again.cross_out(root / "a.txt")
    assert len(StepFile(root).read()) == 2


def test_a_window_that_ends_its_step_leaves_that_of_another(root: Path, home: Path) -> None:
    one, other = StepFile(root), StepFile(root)
    for file, text in ((one, "Nam"), (other, "Lan")):
        file.begin()
        list(tag_articles(wish(look(root, PERSON, text=text)), PERSON, Corpus.open(root), note=file.note))
    one.cross_out(root / "a.txt")
    one.forget()
    left = StepFile(root)
    assert [item.made for item in left.read()] == [1, 1, 1]
    left.cross_out(root / "a.txt")
    assert len(left.read()) == 2
    left.forget()
    assert not other.holds_any


def test_a_damaged_file_gives_what_is_whole_of_it(root: Path, home: Path) -> None:
    file = StepFile(root)
    file.begin()
    list(tag_articles(wish(look(root, PERSON)), PERSON, Corpus.open(root), note=file.note))
    whole, chance = file.path.read_bytes(), random.Random(7)
    for _ in range(300):
        raw = bytearray(whole[: chance.randrange(len(whole) + 1)])
        for _ in range(chance.randrange(3)):
            if raw:
                raw[chance.randrange(len(raw))] = chance.randrange(256)
        file.path.write_bytes(raw)
        assert len(file.read()) <= 6


def test_in_an_article_that_was_worked_on_in_the_window_only_what_was_made_goes(root: Path, home: Path) -> None:
    asked = wish(look(root, PERSON))[:1]
    done = next(iter(tag_articles(asked, PERSON, Corpus.open(root))))
    assert isinstance(done, Tagged)
    assert list(take_back_articles([Tagged(done.path, done.made, done.inverse, "", "")])) == [done.path]
    assert sidecar(done.path)["entities"] == [] and sidecar(done.path)["status"] == "doing"


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_program_killed_in_the_middle_leaves_a_way_back_to_the_first_byte(root: Path, home: Path) -> None:
    """The corpus is as it was, whenever the program was killed."""
    for number in range(40):
        (root / f"d{number:02}.txt").write_text(TEXT * 3, encoding="utf-8")
    before = bytes_below(root)
    script = (
        "import sys; from pathlib import Path; from tests.tasks.test_tagging_all import *\n"
        "root = Path(sys.argv[1]); file = StepFile(root); file.begin(); asked = wish(look(root, PERSON)); print('go', flush=True)\n"
        "for item in tag_articles(asked, PERSON, Corpus.open(root), note=file.note): print(item.path.name, flush=True)\n"
    )
    for killed_after in (1, 7, 23):
        env = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
        with subprocess.Popen([sys.executable, "-c", script, str(root)], env=env, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(killed_after + 1):
                process.stdout.readline()
            process.send_signal(signal.SIGKILL)
        written = {name for name in bytes_below(root) if name not in before}
        assert len(written) >= killed_after
        told = list(take_back_articles(StepFile(root).read()))
        assert not [item for item in told if isinstance(item, Refused)]
        left = {name: held for name, held in bytes_below(root).items() if not name.endswith(".tmp")}
        assert left == before
