"""A person's choices come back, whatever has happened to their file."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import AnnotatorError
from annotator.settings import RECENT_MOST, Settings, read_settings, settings_path, state_folder, with_folder, write_settings


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> object:
    folder = tmp_path_factory.mktemp("home") / "own"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANNOTATOR_HOME", str(folder))
        yield folder


@given(
    st.builds(
        Settings,
        language=st.sampled_from(["", "en", "vi"]),
        zoom=st.integers(50, 400),
        differences=st.booleans(),
        annotator=st.text(),
        spacing=st.integers(80, 200),
        width=st.integers(40, 160),
        hidden=st.lists(st.text()).map(tuple),
        shortcuts=st.dictionaries(st.text(), st.lists(st.text()).map(tuple), max_size=4),
        recent_folders=st.lists(st.text()).map(tuple),
        others=st.dictionaries(st.sampled_from(["later", "sooner"]), st.integers() | st.none()),
    )
)
def test_choices_come_back(settings: Settings) -> None:
    write_settings(settings)
    assert read_settings() == (settings, ())
    assert [path.name for path in settings_path().parent.iterdir()] == [settings_path().name]


@given(st.binary(max_size=200) | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(lambda held: json.dumps(held).encode()))
def test_a_broken_file_gives_the_defaults_and_a_warning(raw: bytes) -> None:
    settings_path().write_bytes(raw)
    settings, faults = read_settings()
    assert settings == Settings()
    assert [fault.code for fault in faults] == ["choices-unreadable"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_pipe_in_its_place_holds_no_start_up() -> None:
    settings_path().unlink(missing_ok=True)
    os.mkfifo(settings_path())
    settings, faults = read_settings()
    settings_path().unlink()
    assert settings == Settings() and [fault.code for fault in faults] == ["choices-unreadable"]


WRONG = [
    ("language", "fr"), ("zoom", True), ("zoom", 10**9), ("zoom", "100"), ("theme", ["dark"]), ("recent_folders", [1]), ("spacing", 10),
    ("width", "84"), ("hidden", "corpus"), ("shortcuts", ["Ctrl+K"]), ("scroll_marks", 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_choice_costs_only_itself(name: str, value: object) -> None:
    settings_path().write_text(json.dumps({name: value, "annotator": "lan"}), encoding="utf-8")
    settings, faults = read_settings()
    assert settings == Settings(annotator="lan")
    assert [(fault.code, fault.where["name"]) for fault in faults] == [("choice-unknown", name)]


def test_a_wrong_entry_of_the_keys_costs_only_itself() -> None:
    held = {"copy": "Ctrl+K", "undo": ["Ctrl+U"], "later": []}
    settings_path().write_text(json.dumps({"shortcuts": held}), encoding="utf-8")
    settings, faults = read_settings()
    assert settings == Settings(shortcuts={"undo": ("Ctrl+U",), "later": ()})
    assert [fault.where["name"] for fault in faults] == ["shortcuts.copy"]


def test_the_folder_is_made_where_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "a" / "b"))
    write_settings(Settings(annotator="lan"))
    assert read_settings() == (Settings(annotator="lan"), ())


def test_no_file_is_no_fault(home: Path) -> None:
    settings_path().unlink(missing_ok=True)
    assert read_settings() == (Settings(), ())
    assert settings_path().parent == home == state_folder()


def test_the_folder_opened_last_heads_the_recent_ones() -> None:
    settings = Settings()
    for name in ["a", "b", "a", *map(str, range(RECENT_MOST))]:
        settings = with_folder(settings, Path(name))
    assert settings.last_folder == settings.recent_folders[0] == str(RECENT_MOST - 1)
    assert len(settings.recent_folders) == RECENT_MOST
    assert with_folder(replace(settings, recent_folders=("x", "y")), Path("y")).recent_folders == ("y", "x")


def test_what_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("ANNOTATOR_HOME", str(tmp_path / "file"))
    with pytest.raises(AnnotatorError, match="choices-not-saved"):
        write_settings(Settings())
