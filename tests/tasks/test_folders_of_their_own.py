"""A folder inside a corpus may name settings of its own: the nearest that says something holds, everywhere alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.errors import AnnotatorError
from annotator.store.corpus import Corpus
from annotator.tasks.checking import check_corpus
from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.importing import import_corpus
from annotator.tasks.opening import Schemas
from annotator.tasks.stats import count_corpus


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """A corpus of `bkee` with a folder under `ace2005`, labelled by each one's own types."""
    brat = tmp_path / "brat"
    (brat / "lô 2" / "sâu").mkdir(parents=True)
    ace = ("SENTENCE", "Arrest-Jail")
    for name, crime, event in (("a", "CRIME", "Arrest-jail"), ("lô 2/b", *ace), ("lô 2/sâu/c", *ace)):
        (brat / f"{name}.txt").write_text("Công an bắt bốn người.\n", encoding="utf-8")
        (brat / f"{name}.ann").write_text(f"T1\t{crime} 12 21\tbốn người\nT2\t{event} 8 11\tbắt\nE1\t{event}:T2\n", encoding="utf-8")
    import_corpus("brat", brat, tmp_path / "kho", schema="bkee")
    root = tmp_path / "kho"
    (root / "annotator.toml").write_text('schema = "bkee"\nannotator = "lan"\n', encoding="utf-8")
    (root / "lô 2" / "annotator.toml").write_text('schema = "ace2005"\n', encoding="utf-8")
    (root / "lô 2" / "sâu" / "annotator.toml").write_text('annotator = "hoa"\n', encoding="utf-8")
    return Corpus.open(root)


def test_each_setting_is_the_nearest_folders(corpus: Corpus) -> None:
    held = {path.name: corpus.settings_for(path) for path in corpus.articles()}
    said = {name: (settings.schema, settings.annotator) for name, settings in held.items()}
    assert said == {"a.txt": ("bkee", "lan"), "b.txt": ("ace2005", "lan"), "c.txt": ("ace2005", "hoa")}
    schemas = Schemas(corpus)
    assert [schemas.of(path).name for path in corpus.articles()] == ["bkee", "ace2005", "ace2005"]


def test_check_and_counts_go_by_the_nearest_schema(corpus: Corpus) -> None:
    unknown = [finding.what.code for findings in check_corpus(corpus) for finding in findings if "unknown" in finding.what.code]
    assert unknown == []
    assert count_corpus(corpus).problems["error"] == 0


def test_brat_gets_the_types_of_each_folder(corpus: Corpus, tmp_path: Path) -> None:
    done = export_corpus(corpus, tmp_path / "out", ExportRequest("brat"))
    assert done.documents == 3 and not done.refused
    confs = {path.parent.name: "SENTENCE" in path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("annotation.conf")}
    assert confs == {"out": False, "lô 2": True, "sâu": True}


def test_settings_that_cannot_be_read_concern_their_folder_only(corpus: Corpus) -> None:
    (corpus.root / "lô 2" / "annotator.toml").write_text("schema = bkee\n", encoding="utf-8")
    found = {findings[0].document: findings[0].what.code for findings in check_corpus(corpus) if findings}
    assert found.pop("a.txt", "") != "settings-syntax"
    assert found == {"lô 2/b.txt": "settings-syntax", "lô 2/sâu/c.txt": "settings-syntax"}
    with pytest.raises(AnnotatorError, match="settings-syntax"):
        Schemas(corpus).of(corpus.root / "lô 2" / "b.txt")
    assert Schemas(corpus).of(corpus.root / "a.txt").name == "bkee"


def test_guidelines_of_a_folder_are_no_article(corpus: Corpus) -> None:
    (corpus.root / "lô 2" / "huong-dan.txt").write_text("Gán mọi sự kiện.\n", encoding="utf-8")
    (corpus.root / "lô 2" / "annotator.toml").write_text('schema = "ace2005"\nguidelines = "huong-dan.txt"\n', encoding="utf-8")
    assert [path.name for path in corpus.articles()] == ["a.txt", "b.txt", "c.txt"]
    guidelines = corpus.settings_for(corpus.root / "lô 2" / "sâu" / "c.txt").guidelines
    assert guidelines is not None and guidelines.name == "huong-dan.txt"
