"""The statistics in the card of a data set: tables by part, and a picture beside it that is the same whenever the corpus is."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

from annotator.resources import samples
from annotator.tasks.exporting import ExportRequest, export_corpus
from annotator.tasks.figures import Figures
from annotator.tasks.opening import open_corpus
from annotator.tasks.statistics_card import PICTURE, card_picture, card_statistics
from annotator.tasks.stats import count_corpus
from tests.formats.articles import SCHEMA

SVG = "{http://www.w3.org/2000/svg}"


def cells(card: str, name: str, *, below: str) -> list[str]:
    """The cells of a row of the table under a heading."""
    rows = card.partition(f"### {below}\n")[2].partition("###")[0].splitlines()
    (row,) = [row for row in rows if row.startswith(f"| {name} |")]
    return [cell.strip() for cell in row.strip("|").split("|")[1:]]


def test_the_card_has_the_figures_by_part_and_its_picture(tmp_path: Path) -> None:
    request = ExportRequest("hf-jsonl", split=(0.5, 0.25, 0.25))
    exported = export_corpus(open_corpus(samples()), tmp_path / "out", request)
    card = (tmp_path / "out" / "README.md").read_text(encoding="utf-8")
    counted = count_corpus(open_corpus(samples()))
    assert f"]({PICTURE})" in card and PICTURE in exported.beside
    for role, number in counted.figures.roles.items():
        whole, _, *parts = cells(card, role, below="Arguments by role")
        assert int(whole) == number == sum(map(int, parts)) and len(parts) == 3
    assert int(cells(card, "1", below="Length of entities in words")[0]) == counted.figures.lengths["entities"][1]
    for name, held in counted.figures.filled.items():
        assert cells(card, name, below="Roles filled, by event type")[0] == str(held.events)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert PICTURE in manifest["beside"]


def test_the_picture_is_by_itself_and_the_same_again(tmp_path: Path) -> None:
    for name in ("one", "two"):
        export_corpus(open_corpus(samples()), tmp_path / name, ExportRequest("hf-jsonl"))
    first, second = ((tmp_path / name / PICTURE).read_bytes() for name in ("one", "two"))
    assert first == second and b"http" not in first.replace(b"http://www.w3.org/2000/svg", b"") and b"<script" not in first
    figures = count_corpus(open_corpus(samples())).figures
    texts = [part.text for part in ET.fromstring(first.decode()).iter(f"{SVG}text")]
    for name, number in (figures.entities | figures.events).items():
        assert texts[texts.index(name) + 1] == f"{number:,}"


def test_names_are_no_markup() -> None:
    figures = Figures()
    figures.entities["<b>&|*"] = 3
    figures.roles["a|b_c"] = 2
    assert ET.fromstring(card_picture(figures, SCHEMA).decode()).findtext(f".//{SVG}text[@class='n']") == "<b>&|*"
    assert "| a\\|b\\_c | 2 | 100.0 % |" in card_statistics(figures, {}, SCHEMA)
