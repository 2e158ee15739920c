"""A folder of articles: what is listed, in which order, what its settings may say, and what a list shows without opening anything."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from annotator.core import commands
from annotator.core.edits import apply
from annotator.core.errors import AnnotatorError
from annotator.store.corpus import Corpus, Summary
from annotator.store.sidecar import encode, load, sidecar_path, take_snapshot

GOLDEN = Path(__file__).parent / "golden"


def article(path: Path, content: str = "Hà Nội") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def listed(corpus: Corpus) -> list[str]:
    return [path.relative_to(corpus.root).as_posix() for path in corpus.articles()]


def test_articles_come_in_natural_order_without_what_is_hidden(tmp_path: Path) -> None:
    nfd = unicodedata.normalize("NFD", "Hà Nội 😀.txt")
    others = [".hidden.txt", ".annotator/x.txt", "notes.md", "9.txt.ann.json"]
    for name in [*others, "10.txt", "9.txt", "b/2.txt", "b/1.txt", "A bài.txt", nfd]:
        article(tmp_path / name)
    assert listed(Corpus.open(tmp_path)) == ["9.txt", "10.txt", "A bài.txt", "b/1.txt", "b/2.txt", nfd]


def test_a_text_that_holds_the_guidelines_is_no_article(tmp_path: Path) -> None:
    article(tmp_path / "a.txt"), article(tmp_path / "guide.txt"), article(tmp_path / "annotator.toml", 'guidelines = "guide.txt"')
    corpus = Corpus.open(tmp_path)
    assert corpus.settings.guidelines == tmp_path / "guide.txt"
    assert listed(corpus) == ["a.txt"]


def test_articles_of_one_name_each_keep_their_own(tmp_path: Path) -> None:
    for folder, end in (("một", 2), ("hai", 6)):
        path = article(tmp_path / folder / "a.txt")
        document = load(path).document
        apply(document, commands.tag(document, [(0, end)], "GPE"))
        sidecar_path(path).write_bytes(encode(take_snapshot(document), revision=1))
    found = {path.parent.name: load(path).document.entities["T1"].spans for path in Corpus.open(tmp_path).articles()}
    assert found == {"một": ((0, 2),), "hai": ((0, 6),)}


@pytest.mark.skipif(os.name == "nt", reason="links ask for rights there")
def test_links_in_circles_and_out_of_the_corpus_are_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    article(root / "a" / "1.txt"), article(tmp_path / "outside" / "2.txt")
    (root / "a" / "up").symlink_to(root)
    (root / "b").symlink_to(root / "a")
    (root / "c").symlink_to(tmp_path / "outside")
    (root / "d").symlink_to(root / "d")
    corpus = Corpus.open(root)
    assert listed(corpus) == ["a/1.txt"]
    assert [(problem.code, problem.where["path"]) for problem in corpus.problems] == [("link-leaves-corpus", str(root / "c"))]


@pytest.mark.skipif(os.name == "nt", reason="rights work otherwise there")
def test_an_unreadable_folder_is_told_and_the_rest_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article(tmp_path / "a.txt"), article(tmp_path / "b" / "x.txt"), article(tmp_path / "c.txt")
    real = os.scandir

    def scandir(folder: Path) -> object:
        if Path(folder).name == "b":
            raise PermissionError
        return real(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    corpus, told = Corpus.open(tmp_path), []
    assert [path.name for path in corpus.articles(told.append)] == ["a.txt", "c.txt"]
    assert [problem.code for problem in told] == ["folder-unreadable"] == [problem.code for problem in corpus.problems]


def test_single_files_take_the_settings_of_their_folder(tmp_path: Path) -> None:
    article(tmp_path / "annotator.toml", 'annotator = "lan"\nschema = "bkee"')
    files = [article(tmp_path / "b.txt"), article(tmp_path / "a.md")]
    corpus = Corpus.open(*files, files[0])
    assert list(corpus.articles()) == files
    assert (corpus.settings.schema, corpus.settings.annotator, corpus.root) == ("bkee", "lan", tmp_path)


def test_places_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="place-missing"):
        Corpus.open(tmp_path / "none")
    with pytest.raises(AnnotatorError, match="folder-among-files"):
        Corpus.open(article(tmp_path / "a.txt"), tmp_path)


WRONG = {
    'schema = "bkee"\ncolour = "red"': ("settings-unknown-key", 2),
    '\n\nschema = ["bkee"]': ("settings-wrong-type", 3),
    'annotator = "lan"\nschema = "bkee': ("settings-syntax", 2),
    'schema = "../outside.toml"': ("path-leaves-corpus", 1),
    'schema = "/etc/passwd"': ("path-leaves-corpus", 1),
    'schema = "C:\\\\Windows\\\\x.toml"': ("path-leaves-corpus", 1),
    'schema = "link.toml"': ("path-leaves-corpus", 1),
    'guidelines = "a\\u0000b"': ("path-leaves-corpus", 1),
    'guidelines = "nothing.md"': ("settings-names-nothing", 1),
}


@pytest.mark.skipif(os.name == "nt", reason="asks for rights of POSIX")
def test_a_corpus_whose_folder_may_not_be_read_is_told(as_ordinary_person: Path) -> None:
    as_ordinary_person.chmod(0)
    with pytest.raises(AnnotatorError) as caught:
        Corpus.open(as_ordinary_person)
    assert (caught.value.code, caught.value.where["path"]) == ("folder-unreadable", str(as_ordinary_person))


@pytest.mark.parametrize("text", WRONG)
def test_settings_that_are_wrong_name_the_line(tmp_path: Path, text: str) -> None:
    article(tmp_path / "outside.toml", "")
    root = tmp_path / "corpus"
    article(root / "annotator.toml", text)
    (root / "link.toml").symlink_to(tmp_path / "outside.toml")
    with pytest.raises(AnnotatorError) as caught:
        Corpus.open(root)
    assert (caught.value.code, caught.value.where["line"]) == WRONG[text]
    assert caught.value.where["path"] == str(root / "annotator.toml")


def test_a_schema_is_a_name_or_a_file_of_the_folder(tmp_path: Path) -> None:
    article(tmp_path / "schemas" / "ours.toml", "")
    article(tmp_path / "annotator.toml", '\ufeffschema = "schemas/ours.toml"')
    assert Corpus.open(tmp_path).settings.schema == tmp_path / "schemas" / "ours.toml"


def test_a_summary_counts_without_the_text(tmp_path: Path) -> None:
    for name in ("raw", "segmented"):
        (tmp_path / f"{name}.txt.ann.json").write_bytes((GOLDEN / f"{name}.txt.ann.json").read_bytes())
    corpus = Corpus.open(tmp_path)
    assert corpus.summary(tmp_path / "raw.txt") == Summary(
        "doing", "lan", 9, 2, 8, flags=1, types=("GPE", "Meet", "ORG", "PER", "Sign", "TIME"), suggestions=1
    )
    assert corpus.summary(tmp_path / "segmented.txt") == Summary("done", "", 2, 1, 2, types=("GPE", "PER", "Transport"))
    assert corpus.summary(tmp_path / "none.txt") == Summary()


def test_a_summary_of_a_broken_sidecar_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt.ann.json").write_bytes((GOLDEN / "raw.txt.ann.json").read_bytes()[:-3])
    problem = Corpus.open(tmp_path).summary(tmp_path / "a.txt").problem
    assert problem is not None and problem.code == "sidecar-damaged"


def test_a_summary_of_a_name_that_no_sidecar_can_have_says_so(tmp_path: Path) -> None:
    path = article(tmp_path / ("b" * 246 + ".txt"))
    problem = Corpus.open(tmp_path).summary(path).problem
    assert problem is not None and problem.code == "name-too-long"


@pytest.mark.skipif(os.name == "nt", reason="links ask for rights there")
def test_a_summary_behind_a_folder_that_is_a_circle_says_so(tmp_path: Path) -> None:
    (tmp_path / "d").symlink_to(tmp_path / "d")
    problem = Corpus.open(tmp_path).summary(tmp_path / "d" / "a.txt").problem
    assert problem is not None and (problem.code, problem.where["reason"]) == ("file-unreadable", "ELOOP")
