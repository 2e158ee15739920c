"""Remembered places: what is written is read again, and neither corpora nor articles pile up for ever."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.gui.desk.places import (
    ARTICLES_MOST,
    CORPORA_MOST,
    CorpusPlace,
    Places,
    Spot,
    copy_corpora,
    encode_places,
    note_spot,
    read_places,
    write_places,
)
from annotator.gui.window.recent import short_path

spots = st.builds(Spot, st.integers(0), st.integers(0))
corpora = st.dictionaries(
    st.text(max_size=6), st.builds(CorpusPlace, st.text(max_size=6), st.dictionaries(st.text(max_size=6), spots, max_size=3)), max_size=4
)
sizes = st.lists(st.integers(0), max_size=3).map(tuple)
known = st.builds(
    Places, st.lists(st.text(max_size=6), max_size=3).map(tuple), st.dictionaries(st.text(max_size=6), sizes, max_size=2), corpora
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(known)
def test_what_is_remembered_is_read_again(home: Path, held: Places) -> None:
    write_places(encode_places(held.last, held.splitters, copy_corpora(held)))
    assert read_places() == (held, None)


def test_the_oldest_places_are_forgotten(tmp_path: Path) -> None:
    held = Places()
    for number in range(CORPORA_MOST + 5):
        held.enter(tmp_path / str(number))
    assert len(held.corpora) == CORPORA_MOST and str(tmp_path / "0") not in held.corpora
    place = held.enter(tmp_path / "10")
    assert next(reversed(held.corpora)) == str((tmp_path / "10").resolve())
    for number in range(ARTICLES_MOST + 5):
        note_spot(place, f"{number}.txt", Spot(number, 0))
    assert len(place.spots) == ARTICLES_MOST and "0.txt" not in place.spots and place.article == f"{ARTICLES_MOST + 4}.txt"


def test_a_path_is_named_as_a_person_names_it() -> None:
    home = Path.home()
    assert short_path(home / "bài") == str(Path("~/bài"))
    assert short_path(Path("/a/b")) == str(Path("/a/b"))
    long = short_path(home / "một thư mục có tên rất dài" / "hai" / "ba bốn năm sáu bảy" / "tháng 1")
    assert long.startswith("~") and "…" in long and long.endswith("tháng 1")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_pipe_in_its_place_holds_no_start_up(home: Path) -> None:
    home.mkdir()
    os.mkfifo(home / "places.json")
    held, problem = read_places()
    assert held == Places() and problem is not None and problem.code == "places-unreadable"
