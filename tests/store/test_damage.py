"""A sidecar that is not what was written opens read-only, and what it then shows is true of the text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.text import Text
from annotator.store.decoding import Decoded, decode
from annotator.store.encoding import body_of, seal
from annotator.store.files import digest
from annotator.store.sidecar import load, sidecar_path
from tests.store.documents import source_of

GOLDEN = Path(__file__).parent / "golden"
SOUND = (GOLDEN / "raw.txt.ann.json").read_bytes()
CONTENT = (GOLDEN / "raw.txt").read_bytes().decode()
SOURCE = source_of(CONTENT, "raw.txt")


def read(raw: bytes) -> Decoded:
    return decode(raw, Text(CONTENT), source=SOURCE, path="x")


def test_the_sound_one_is_sound() -> None:
    assert read(SOUND).problem is None


def flips() -> Iterator[bytes]:
    for place in range(len(SOUND)):
        flipped = bytearray(SOUND)
        flipped[place] ^= 1 << place % 8
        yield bytes(flipped)


def test_no_flipped_bit_goes_unseen() -> None:
    for place, flipped in enumerate(flips()):
        problem = read(flipped).problem
        assert problem is not None and problem.code in {"sidecar-damaged", "newer-version"}, place


def test_without_the_checksum_flipped_bits_would_go_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotator.store.decoding.is_sealed", lambda raw: True)
    sound = read(SOUND)
    unseen = [found for found in map(read, flips()) if found.problem is None and found != sound]
    assert len(unseen) > 100


def test_no_truncation_goes_unseen() -> None:
    assert all(read(SOUND[:length]).problem is not None for length in range(len(SOUND)))


@given(st.data())
def test_no_splice_goes_unseen(data: st.DataObject) -> None:
    places = st.integers(0, len(SOUND))
    start, end, other = data.draw(places), data.draw(places), data.draw(places)
    spliced = SOUND[:start] + data.draw(st.binary(max_size=20)) + SOUND[other:end] + SOUND[end:]
    assert spliced == SOUND or read(spliced).problem is not None


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    assert read(raw).problem is not None
    assert read(seal(raw, revision=1)).problem is not None


@pytest.mark.parametrize("raw", [b"[" * 10**6, b'{"a":' * 10**6, b"", b"null", b"\xff\xfe", b'{"version": 1e999}'])
def test_deep_and_odd_files_are_refused(raw: bytes) -> None:
    problem = read(raw).problem
    assert problem is not None and problem.code == "sidecar-damaged"


MISFITS = {
    "text": (b'"text": "UBND"', b'"text": "UBNB"', "T1.spans"),
    "span out of the text": (b'"spans": [[0, 4]]', b'"spans": [[0, 4000]]', "T1.spans"),
    "span backwards": (b'"spans": [[0, 4]]', b'"spans": [[4, 0]]', "T1.spans"),
    "span below zero": (b'"spans": [[0, 4]]', b'"spans": [[-1, 4]]', "T1.spans"),
    "no spans": (b'"spans": [[0, 4]]', b'"spans": []', "T1.spans"),
    "huge offset": (b'"spans": [[0, 4]]', b'"spans": [[0, 36893488147419103232]]', "T1.spans"),
    "offset as text": (b'"spans": [[0, 4]]', b'"spans": [[0, "4"]]', "entities[1].spans[0][1]"),
    "id twice": (b'"id": "E1"', b'"id": "T1"', "T1.id"),
    "no id": (b'"id": "E1"', b'"id": ""', "events[0].id"),
    "dangling argument": (b'"target": "T2"', b'"target": "T99"', "E1 → T99"),
    "unknown status": (b'"status": "doing"', b'"status": "going"', "status"),
    "decision behind the text": (b'"decisions": [[', b'"decisions": [[99999, "join"], [', "segmentation.decisions"),
    "head outside": (b'"head": [', b'"head": [30, 31], "x": [', "T3.head"),
    "characters": (b'"characters": ', b'"characters": 1', "source.characters"),
    "encoding": (b'"encoding": "utf-8"', b'"encoding": "latin-1"', "source.encoding"),
    "key left out": (b'"clusters": ', b'"klusters": ', ""),
    "ambiguous unknown key": (b'"labels": ', b'"source.x": 1, "labels": ', "source.x"),
}


@pytest.mark.parametrize("name", MISFITS)
def test_what_contradicts_itself_or_the_text_is_named(name: str) -> None:
    old, new, at = MISFITS[name]
    body = body_of(SOUND)
    assert old in body
    decoded = read(seal(body.replace(old, new, 1), revision=4))
    assert decoded.problem is not None
    assert (decoded.problem.code, decoded.problem.where["at"]) == ("sidecar-does-not-fit", at)


def beside(folder: Path, content: str, raw: bytes) -> Path:
    path = folder / "raw.txt"
    path.write_bytes(content.encode())
    sidecar_path(path).write_bytes(raw)
    return path


def test_of_another_text_only_what_still_reads_the_same_is_shown(tmp_path: Path) -> None:
    changed = CONTENT.replace("Huế", "Hội An")
    loaded = load(beside(tmp_path, changed, SOUND))
    assert loaded.read_only is not None and loaded.read_only.code == "source-changed"
    assert loaded.digest == digest(SOUND) and loaded.unreadable is None
    assert "T1" in loaded.document.entities and len(loaded.document.entities) < len(load(GOLDEN / "raw.txt").document.entities)
    assert not loaded.document.decisions
    for event in loaded.document.events.values():
        assert all(loaded.document.annotation(argument.target) for argument in event.arguments)


def test_a_newer_version_is_shown_and_not_touched(tmp_path: Path) -> None:
    later = body_of(SOUND).replace(b'"labels": ', b'"moods": {"a": [1]}, "labels": ')
    whole = seal(later, revision=4).replace(b'"version": 1', b'"version": 2')
    start = whole.rindex(b'"checksum"')
    resealed = whole[:start] + b'"checksum": "%b"\n}\n' % digest(whole[:start]).encode()
    loaded = load(beside(tmp_path, CONTENT, resealed))
    assert loaded.read_only is not None and loaded.read_only.code == "newer-version"
    assert loaded.document.entities
    assert load(beside(tmp_path, CONTENT, whole)).document.entities == {}


@pytest.mark.parametrize("kind", ["folder", "link to nothing"])
def test_what_is_no_file_is_not_written_over(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Huế", encoding="utf-8")
    if kind == "folder":
        sidecar_path(path).mkdir()
    else:
        sidecar_path(path).symlink_to(tmp_path / "elsewhere")
    loaded = load(path)
    assert loaded.read_only is not None and loaded.read_only.code in {"not-a-file", "dangling-link"}


def test_a_name_too_long_for_its_sidecar_opens_read_only(tmp_path: Path) -> None:
    path = tmp_path / ("ộ" * 50 + "a" * 100 + ".txt")
    path.write_text("Huế", encoding="utf-8")
    loaded = load(path)
    assert loaded.read_only is not None and loaded.read_only.code == "name-too-long"
