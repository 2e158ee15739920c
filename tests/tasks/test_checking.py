from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from annotator.core.errors import AnnotatorError
from annotator.tasks.checking import check_corpus, check_folders
from annotator.tasks.opening import load_trusted, open_article, open_corpus
from annotator.tasks.schemas import find_schema, guess_schema
from annotator.tasks.stats import count_corpus
from tests.tasks.corpora import bytes_below, make_corpus


def rewrite(path: Path, **changes: object) -> None:
    """Change fields of a sidecar and seal it again."""
    lines = path.read_text(encoding="utf-8").split("\n")
    held = "\n".join(lines[:-3]) + "\n"
    for name, value in changes.items():
        before = json.loads(held + '"checksum": ""}')[name]
        held = held.replace(f'"{name}": {json.dumps(before)}', f'"{name}": {json.dumps(value)}', 1)
    path.write_text(held + f'"checksum": "{sha256(held.encode()).hexdigest()}"\n}}\n', encoding="utf-8")


def codes(corpus: Path) -> dict[str, str]:
    """The code and severity of what is wrong, by document."""
    held = open_corpus(corpus)
    found = [finding for findings in check_corpus(held) for finding in findings] + list(check_folders(held))
    return {finding.document: f"{finding.severity} {finding.what.code}" for finding in found}


def test_a_sound_corpus_has_no_errors_and_is_left_alone(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    before = bytes_below(corpus)
    assert codes(corpus) == {} and count_corpus(open_corpus(corpus)).figures.entities["PER"] == 3
    assert bytes_below(corpus) == before


def test_what_is_wrong_with_files_is_told_by_name(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    (corpus / "empty.txt").write_bytes(b"")
    (corpus / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (corpus / "gone.txt.ann.json").write_bytes(b"{}")
    rewrite(corpus / "tin-1.txt.ann.json", version=99)
    (corpus / "sâu" / "tin 2.txt").write_bytes(b"Another text now.\n")
    before = bytes_below(corpus)
    assert codes(corpus) == {
        "empty.txt": "error file-empty",
        "binary.txt": "error file-not-text",
        "gone.txt.ann.json": "error sidecar-orphan",
        "tin-1.txt": "error newer-version",
        "sâu/tin 2.txt": "error source-changed",
    }
    assert bytes_below(corpus) == before
    stats = count_corpus(open_corpus(corpus))
    assert (stats.documents, stats.unreadable, stats.problems["error"]) == (4, 4, 4)


def test_a_type_that_the_schema_lacks_is_kept_and_listed(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    (corpus / "annotator.toml").write_text('schema = "vlsp"\n', encoding="utf-8")
    held = open_corpus(corpus)
    found = [finding for findings in check_corpus(held) for finding in findings]
    assert {finding.what.where["type"] for finding in found if finding.what.code == "unknown-type"} == {"GPE", "TIME", "Arrest-jail"}  # type: ignore[union-attr]
    assert {finding.severity for finding in found} == {"warning"}


@pytest.mark.parametrize("settings", ['schema = "bkeee"\n', 'schema = "mine.toml"\n', "schema = bkee\n", 'colour = "red"\n'])
def test_a_corpus_whose_schema_cannot_be_had_is_refused(tmp_path: Path, settings: str) -> None:
    corpus = make_corpus(tmp_path / "kho")
    (corpus / "annotator.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(AnnotatorError) as refused:
        codes(corpus)
    assert refused.value.where.get("nearest", "bkee") == "bkee"


def test_opening_gives_words_and_schema_and_writes_nothing(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    (corpus / "annotator.toml").write_text('schema = "ace2005"\n', encoding="utf-8")
    (corpus / "mới.txt").write_text("Công_an tỉnh bắt_giữ ba người .\n", encoding="utf-8")
    before = bytes_below(corpus)
    for name, segmented in (("tin-1.txt", False), ("sâu/tin 2.txt", True), ("mới.txt", True)):
        opened = open_article(corpus / name)
        assert opened.document.words.is_complete and opened.document.is_segmented is segmented
        assert opened.schema.name == "ace2005" and opened.read_only is None
    assert bytes_below(corpus) == before
    alone = tmp_path / "alone.txt"
    alone.write_text("Một câu.\n", encoding="utf-8")
    assert open_article(alone).schema.name == "bkee"


def test_schemas_by_name_path_and_guess(tmp_path: Path) -> None:
    (tmp_path / "annotation.conf").write_text("[entities]\nNgười\n[relations]\n[events]\n[attributes]\n", encoding="utf-8")
    assert find_schema("annotation.conf", beside=tmp_path).entity("Người") is not None
    with pytest.raises(AnnotatorError) as refused:
        find_schema("ace2004", beside=tmp_path)
    assert (refused.value.code, refused.value.where["nearest"]) == ("schema-unknown", "ace2005")
    guesses = {
        "phoner": {"PATIENT_ID", "LOCATION", "DATE"},
        "vlsp": {"PER", "LOC", "MISC"},
        "bkee": set(),
    }
    for name, types in guesses.items():
        assert guess_schema(frozenset(("entities", kind) for kind in types)).name == name


def test_a_name_that_no_sidecar_can_have_is_found_and_the_rest_checked(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    name = "b" * 246 + ".txt"
    (corpus / name).write_text("Một câu .\n", encoding="utf-8")
    assert codes(corpus) == {name: "error name-too-long"}
    counted = count_corpus(open_corpus(corpus))
    assert (counted.documents, counted.unreadable, [error.code for error in counted.refused]) == (3, 1, ["name-too-long"])


def test_only_what_can_be_trusted_is_loaded_so(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    assert load_trusted(corpus / "tin-1.txt").read_only is None
    broken = corpus / "tin-1.txt.ann.json"
    broken.write_bytes(broken.read_bytes()[:60])
    with pytest.raises(AnnotatorError, match="sidecar-damaged"):
        load_trusted(corpus / "tin-1.txt")
