"""The statistics as a page: well-formed, by itself, in the language asked for, and with the numbers of the JSON."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from annotator.core.document import Document
from annotator.core.model import Entity, Event
from annotator.messages import LANGUAGES, Language, say
from annotator.resources import samples
from annotator.store.sidecar import sidecar_path
from annotator.tasks.figures import Figures
from annotator.tasks.opening import corpus_schema, open_corpus
from annotator.tasks.statistics_page import statistics_page
from annotator.tasks.stats import Stats, count_corpus
from tests.formats.articles import SCHEMA, with_words
from tests.tasks.corpora import make_corpus
from tests.tasks.test_scoring import made

HTML = "{http://www.w3.org/1999/xhtml}"


def page_of(corpus: Path, language: Language, title: str = "kho") -> tuple[Stats, str]:
    held = open_corpus(corpus)
    counted = count_corpus(held)
    return counted, statistics_page(counted, corpus_schema(held), title=title, language=language)


def parsed(page: str) -> ET.Element:
    return ET.fromstring(page.removeprefix("<!DOCTYPE html>\n"))


def tables(page: str) -> dict[str, dict[str, int]]:
    """The rows of each heading's table: name (the further word where it has one) → number."""
    found: dict[str, dict[str, int]] = {}
    heading = ""
    for part in parsed(page).iter():
        if part.tag in (f"{HTML}h2", f"{HTML}h3"):
            heading = (part.text or "").strip()
        elif part.tag == f"{HTML}tr" and part.find(f"{HTML}th") is not None and part.find(f"{HTML}td") is not None:
            head, number = part.find(f"{HTML}th"), part.find(f".//{HTML}data")
            assert head is not None and number is not None
            beside = head.find(f"{HTML}small")
            name = (beside.text if beside is not None else head.text) or ""
            found.setdefault(heading, {})[name] = int(number.get("value", ""))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_the_numbers_of_the_json(language: Language) -> None:
    counted, page = page_of(samples(), language)
    row, shown = counted.as_json(), tables(page)
    for name in ("entities", "events", "roles"):
        table = row[name]
        assert isinstance(table, dict) and shown[say(f"cli.stats.by.{name}", language)] == table["by_type"] != {}
    for layer, lengths in row["lengths"].items():  # type: ignore[attr-defined]
        held = shown[say(f"page.stats.lengths.{layer}", language)]
        assert sum(held.values()) == sum(lengths.values()) and all(held[n] == lengths[n] for n in lengths if int(n) < 16)
    edges = [*shown[say("page.stats.edges.all", language)].values()]
    assert edges == [counted.figures.at_words, counted.figures.cut]
    frames = parsed(page).findall(f".//{HTML}section[@id='filled']/{HTML}div/{HTML}div")
    numbers = [[int(part.get("value", "")) for part in frame.iter(f"{HTML}data")] for frame in frames]
    assert numbers == [[held.events, *held.roles.values()] for _, held in counted.figures.ranked_filled()] != []
    totals = [int(part.get("value", "")) for part in parsed(page).iterfind(f".//{HTML}ul//{HTML}data")]
    assert totals[0] == row["documents"] and totals[6:9] == [row[name]["total"] for name in ("entities", "events", "roles")]  # type: ignore[index]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_stands_by_itself(language: Language) -> None:
    _, page = page_of(samples(), language)
    assert parsed(page).get("lang") == language and "page.stats." not in page and "cli.stats." not in page
    assert "prefers-color-scheme:dark" in page and "<script" not in page and "url(" not in page and "@import" not in page
    # The one address is the name of XHTML, which nothing fetches.
    assert set(re.findall(r"https?://[^\"' ]+", page)) == {"http://www.w3.org/1999/xhtml"}
    # Its links lead to its own sections.
    places = {f"#{part.get('id')}" for part in parsed(page).iterfind(f".//{HTML}section")}
    assert places == {part.get("href") for part in parsed(page).iter() if part.get("href")} != set()
    assert not any(part.get("src") for part in parsed(page).iter())


def test_names_are_escaped_and_an_empty_corpus_has_a_page(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path / "kho")
    beside = sidecar_path(corpus / "tin-1.txt")
    beside.unlink()
    _, page = page_of(corpus, "vi", title='<kho & "ngữ liệu">')
    heading = parsed(page).find(f".//{HTML}h1")
    assert heading is not None and heading.text == '<kho & "ngữ liệu">'
    empty = tmp_path / "trống"
    empty.mkdir()
    assert parsed(page_of(empty, "en")[1]).tag == f"{HTML}html"


def figures(document: Document) -> Figures:
    found = Figures()
    found.add(with_words(document), SCHEMA)
    return found


def test_figures_counted_by_hand() -> None:
    # Words are pairs of tokens: "Công an", "bắt Nguyễn", "Văn A", "và Trần", "B ở", "Hà Nội", "hôm qua", ".".
    found = figures(
        made(
            Entity("T1", "ORG", ((0, 7),)),
            Entity("T2", "PER", ((12, 24),)),
            Entity("T3", "LOC", ((12, 18),)),
            Entity("T4", "PER", ((19, 34),)),
            Entity("T5", "LOC", ((0, 7), (37, 43)), origin="model:crf"),
            Event("E1", "Attack", ((8, 18),)),
        )
    )
    assert found.lengths == {"entities": {1: 2, 2: 2, 3: 1}, "triggers": {1: 1}}
    assert (found.at_words, found.cut, found.fragments["entities"], found.suggestions) == (3, 3, 1, 1)
    assert found.filled["Attack"].events == 1 and found.filled["Attack"].roles == {"Agent": 0, "Victim": 0, "Place": 0}
    assert found.crossing == 1
