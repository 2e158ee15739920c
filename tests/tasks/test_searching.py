"""Searching a small corpus, tagging what was found there in one step, and taking that back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.core.errors import AnnotatorError
from annotator.core.occurrences import Target
from annotator.core.search import Query
from annotator.store.corpus import Corpus
from annotator.store.sidecar import sidecar_path
from annotator.tasks.checking import check_corpus
from annotator.tasks.opening import load_article
from annotator.tasks.searching import Finder, search_corpus
from annotator.tasks.tagging_all import Refused, Tagged, Wish, preview_corpus, tag_articles, take_back_articles

from .corpora import bytes_below, make_corpus

PLACE = Target("entity", "GPE")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The two articles of `make_corpus`, one untouched, one that is no text, one with a damaged sidecar."""
    root = make_corpus(tmp_path / "corpus")
    (root / "tin-3.txt").write_text("Từ Đồng Nai về Bình Dương. Chợ đồng nai đông.\n", encoding="utf-8")
    (root / "tin-4.txt").write_bytes(b"\x00\x01\x02" * 400)
    (root / "tin-5.txt").write_text("Mưa ở Đồng Nai.\n", encoding="utf-8")
    sidecar_path(root / "tin-5.txt").write_text("{ damaged", encoding="utf-8")
    return root


def wishes(root: Path, query: Query, target: Target = PLACE, *, over_existing: bool = False) -> list[Wish]:
    seen = [held for held in preview_corpus(Corpus.open(root), query, target) if held.problem is None]
    chosen = [
        (held, tuple(place.hit.span for place in held.places if place.occurrence.is_certain(over_existing=over_existing))) for held in seen
    ]
    return [Wish(held, spans) for held, spans in chosen if spans]


def tag(root: Path, query: Query, target: Target = PLACE) -> list[Tagged | Refused]:
    return list(tag_articles(wishes(root, query, target), target, Corpus.open(root), annotator="lan"))


def surfaces(path: Path) -> list[tuple[str, str]]:
    document = load_article(path).document
    return [(item.type, document.text.surface(item.spans)) for item in document.annotations()]


def test_hits_come_with_line_and_context_and_unreadable_articles_are_told(folder: Path) -> None:
    before = bytes_below(folder)
    found = {item.path.name: item for item in search_corpus(Corpus.open(folder), Query("binh duong", ignore_marks=True))}
    assert found["tin-4.txt"].problem is not None and not found["tin-4.txt"].hits
    only = found["tin 2.txt"].hits[0]
    assert (only.line, only.before, only.surface, only.behind) == (0, "Công_an tỉnh ", "Bình_Dương", " bắt_giữ ba người .")
    assert [hit.surface for hit in found["tin-3.txt"].hits] == ["Bình Dương"]
    assert set(found) == {"tin-4.txt", "tin 2.txt", "tin-3.txt"}
    assert bytes_below(folder) == before


def test_a_search_is_stopped_between_articles(folder: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done:
            raise AnnotatorError("cancelled")

    with pytest.raises(AnnotatorError, match="cancelled"):
        list(search_corpus(Corpus.open(folder), Query("o"), progress=stop))


def test_a_bad_expression_is_refused_before_anything_is_read(folder: Path) -> None:
    with pytest.raises(AnnotatorError, match="search-expression"):
        next(search_corpus(Corpus.open(folder), Query("(", mode="expression")))


def test_a_finder_answers_as_one_types(folder: Path) -> None:
    finder = Finder(load_article(folder / "tin-3.txt").document.text)
    assert [len(finder.find(Query("đồng nai"[:size]))) for size in range(1, 9)] == [3, 2, 2, 2, 2, 2, 2, 2]


def test_the_preview_says_what_speaks_against_a_place(folder: Path) -> None:
    seen = {item.path.name: item for item in preview_corpus(Corpus.open(folder), Query("đồng nai"), PLACE)}
    assert [place.occurrence.doubt for place in seen["tin-1.txt"].places] == ["tagged"]
    assert seen["tin-3.txt"].places[0].occurrence.doubt == ""
    assert seen["tin-5.txt"].problem is not None and seen["tin-5.txt"].problem.code == "sidecar-damaged"
    inside = {item.path.name: item for item in preview_corpus(Corpus.open(folder), Query("dương"), PLACE)}
    assert [place.occurrence.doubt for place in inside["tin 2.txt"].places] == ["taken"]
    assert [place.occurrence.doubt for place in inside["tin-3.txt"].places] == ["cuts-word"]


def test_every_occurrence_is_tagged_and_taken_back(folder: Path) -> None:
    before = bytes_below(folder)
    assert tag(folder, Query("đồng lúa")) == []
    step = tag(folder, Query("Bình Dương"))
    done = [item for item in step if isinstance(item, Tagged)]
    assert [(item.path.name, item.made, item.before) for item in done] == [("tin-3.txt", 1, None)]
    assert surfaces(folder / "tin-3.txt") == [("GPE", "Bình Dương")]
    saved = json.loads(sidecar_path(folder / "tin-3.txt").read_bytes())
    assert (saved["status"], saved["annotator"], saved["schema"], saved["revision"]) == ("doing", "lan", "bkee", 1)
    assert not [problem for found in check_corpus(Corpus.open(folder)) for problem in found if problem.document == "tin-3.txt"]
    assert list(take_back_articles(done)) == [folder / "tin-3.txt"]
    assert bytes_below(folder) == before


def test_a_sidecar_that_was_there_is_as_it_was_but_for_its_revision(folder: Path) -> None:
    trigger, path = Target("event", "Arrest-jail"), folder / "tin-1.txt"
    before = surfaces(path)
    step = [item for item in tag(folder, Query("nhập viện"), trigger) if isinstance(item, Tagged)]
    assert sorted(surfaces(path)) == sorted([*before, ("Arrest-jail", "nhập viện")])
    assert list(take_back_articles(step)) == [path]
    assert surfaces(path) == before


def test_what_changed_since_is_refused(folder: Path) -> None:
    path, query = folder / "tin-3.txt", Query("Bình Dương")
    asked = wishes(folder, query)
    path.write_text("Bình Dương\n", encoding="utf-8")
    refused = next(iter(tag_articles(asked, PLACE, Corpus.open(folder))))
    assert isinstance(refused, Refused) and refused.reason.code == "changed-since-shown"
    assert not sidecar_path(path).exists()
    done = [item for item in tag(folder, query) if isinstance(item, Tagged)]
    list(tag_articles(wishes(folder, Query("Dương")), PLACE, Corpus.open(folder)))
    again = load_article(path)
    assert again.digest == done[0].after
    sidecar_path(path).write_bytes(sidecar_path(path).read_bytes() + b"\n")
    refused = next(iter(take_back_articles(done)))
    assert isinstance(refused, Refused) and refused.reason.code == "changed-since-tagged"
    assert sidecar_path(path).exists()


def test_a_read_only_sidecar_is_left_alone(folder: Path) -> None:
    beside = sidecar_path(folder / "tin-1.txt")
    beside.chmod(0o444)
    query, target = Query("nhập viện"), Target("event", "Arrest-jail")
    seen = next(item for item in preview_corpus(Corpus.open(folder), query, target) if item.path.name == "tin-1.txt")
    assert seen.problem is not None and seen.problem.code == "write-not-permitted"
    before = beside.read_bytes()
    refused = next(iter(tag_articles([Wish(seen, (seen.places[0].hit.span,))], target, Corpus.open(folder))))
    assert isinstance(refused, Refused) and refused.reason.code == "write-not-permitted"
    assert beside.read_bytes() == before
