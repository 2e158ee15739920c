"""The figures of a corpus: parts add up to the whole, each row counts what it leads to, and what cannot be read is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.core.errors import AnnotatorError
from annotator.core.model import Entity
from annotator.messages import LANGUAGES, Language
from annotator.resources import samples
from annotator.store.sidecar import sidecar_path
from annotator.tasks import unheard
from annotator.tasks.counted import pick_counted, show_counted
from annotator.tasks.division import Wish
from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.figure_sections import sections_of
from annotator.tasks.figure_tables import Line
from annotator.tasks.figures import Figures, add_figures
from annotator.tasks.opening import corpus_schema, open_corpus
from annotator.tasks.stats import Stats, count_corpus
from tests.formats.articles import SCHEMA, with_words
from tests.tasks.corpora import make_corpus
from tests.tasks.test_scoring import made


def lines(stats: Stats, corpus: Path, language: Language = "en") -> list[Line]:
    return [
        line
        for section in sections_of(stats, corpus_schema(open_corpus(corpus)), language)
        for table in section.tables
        for line in table.lines
    ]


@pytest.mark.parametrize("wish", [Wish((0.8, 0.1, 0.1)), Wish(folds=3)], ids=["shares", "folds"])
def test_the_parts_add_up_to_the_whole(wish: Wish) -> None:
    stats, whole = count_corpus(open_corpus(samples()), wish), count_corpus(open_corpus(samples()))
    assert stats.figures == whole.figures == add_figures(stats.parts.values()) and len(stats.parts) == 3
    assert whole.parts == {} and whole.division is None
    # Columns of annotators are no parts.
    summed = [line for line in lines(stats, samples()) if len(line.cells) == 3 and ("layer", "articles") not in (line.pick or ())]
    assert len(summed) > 50 and all(sum(line.cells) == line.number for line in summed)


def test_the_parts_are_those_of_an_export(tmp_path: Path) -> None:
    wish = Wish((0.5, 0.25, 0.25), seed=7)
    exported = export_corpus(open_corpus(samples()), tmp_path / "out", ExportRequest("jsonl", split=wish.split, seed=7))
    counted = count_corpus(open_corpus(samples()), wish)
    assert counted.division == exported.division


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_counts_what_it_leads_to(language: Language) -> None:
    stats = count_corpus(open_corpus(samples()), places=True)
    led = [line for line in lines(stats, samples(), language) if line.pick is not None]
    assert len(led) > 100
    for line in led:
        found = pick_counted(stats.places, line.pick or ())
        # A role is counted by its fillers among the roles, by its events everywhere else.
        fillers = line.layer == "roles" and len(line.pick or ()) == 1
        assert len(found) == line.number or (fillers and 0 < len(found) <= line.number), line


def test_places_are_shown_with_the_text_around_them(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    places = pick_counted(count_corpus(open_corpus(corpus), places=True).places, (("layer", "triggers"),))
    shown = [(item.type, hit.surface, hit.before) for searched, items in show_counted(places, unheard)
             for hit, item in zip(searched.hits, items, strict=True)]  # fmt: skip
    assert ("Arrest-jail", "bắt", "Hai nghi phạm bị ") in shown and len(shown) == 2
    (corpus / "tin-1.txt").write_text("Khác hẳn.\n", encoding="utf-8")
    changed = [searched for searched, _ in show_counted(places, unheard) if searched.problem is not None]
    assert [searched.path.name for searched in changed] == ["tin-1.txt"]


def test_what_cannot_be_read_is_counted_apart_and_named(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    sidecar_path(corpus / "tin-1.txt").write_bytes(b"{")
    stats = count_corpus(open_corpus(corpus), Wish((0.5, 0.5, 0.0)))
    assert (stats.documents, stats.unreadable, stats.figures.documents) == (2, 1, 1)
    sections = {section.name: section for section in sections_of(stats, corpus_schema(open_corpus(corpus)), "vi")}
    assert any("tin-1.txt" in sentence for sentence in sections["refused"].told)
    assert any("1 trong 2" in sentence for sentence in sections["overview"].told)
    assert sum(held.documents for held in stats.parts.values()) == 1


def test_nothing_at_all_has_figures(tmp_path: Path) -> None:
    empty = tmp_path / "trống"
    empty.mkdir()
    stats = count_corpus(open_corpus(empty), Wish((0.8, 0.1, 0.1)))
    (overview,) = sections_of(stats, corpus_schema(open_corpus(empty)), "en")
    assert overview.told == ("There is no article in this corpus yet.",)
    assert all(line.number == 0 for table in overview.tables for line in table.lines)


def test_one_article_is_counted_alone(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    alone = count_corpus(open_corpus(corpus), only=corpus / "tin-1.txt")
    assert (alone.documents, alone.figures.entities.total(), alone.figures.events["Arrest-jail"]) == (1, 4, 1)


def test_counting_stops_when_told(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done:
            raise AnnotatorError("cancelled")

    with pytest.raises(AnnotatorError, match="cancelled"):
        count_corpus(open_corpus(make_corpus(tmp_path / "kho")), progress=stop)


def test_texts_of_two_types_and_words_that_are_cut() -> None:
    # Words are pairs of tokens: "Công an", "bắt Nguyễn", "Văn A", "và Trần", "B ở", "Hà Nội", "hôm qua", ".".
    found = Figures()
    for first in ("PER", "PER", "ORG"):
        found.add(with_words(made(Entity("T1", first, ((0, 7),)), Entity("T2", "PER", ((12, 24),)))), SCHEMA)
    assert found.ambiguous() == [(("entities", "Công an"), {"PER": 2, "ORG": 1})]
    (surface, word, number), *others = found.worst_cuts()
    assert (surface[2], word, number, others) == ("Nguyễn Văn A", "bắt Nguyễn", 3, [])
    assert found.cut_types == {("entities", "PER"): 3} and (found.at_words, found.cut) == (3, 3)
