"""What was learnt comes back the next day as it was, forgotten things stay forgotten, and a damaged file is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.suggest import memory
from annotator.suggest.lexicon import Facts
from annotator.suggest.memory import Entry, Memory, encode_memory, read_entries, read_head
from tests.suggest.test_lexicon import facts

entries = st.dictionaries(
    st.text(max_size=8), st.builds(Entry, st.text("0123456789abcdef", max_size=8), st.tuples(st.integers(0), st.integers(0)), facts)
)


@given(entries, st.integers(0))
def test_what_is_kept_comes_back(held: dict[str, Entry], forgotten_at: int) -> None:
    raw = encode_memory(forgotten_at, held)
    assert read_head(raw) == forgotten_at and dict(read_entries(raw)) == held
    assert isinstance(json.loads(raw), dict)


@given(entries, st.integers(1))
def test_what_was_there_when_all_was_forgotten_counts_for_nothing(held: dict[str, Entry], at: int) -> None:
    kept = Memory(0, dict(held))
    kept.forget(at)
    for name, entry in held.items():
        assert kept.counts(name, digest=entry.digest, stamp=(at + 1, 0)) == Facts()
        assert kept.counts(name, digest="another", stamp=(at, 0)) == Facts()
        assert kept.counts(name, digest="another", stamp=(at + 1, 0)) is None


@given(entries, st.data())
def test_a_damaged_file_is_refused_or_read_as_far_as_it_holds(held: dict[str, Entry], data: st.DataObject) -> None:
    raw = encode_memory(1, held)
    place = data.draw(st.integers(0, len(raw) - 1))
    damaged = raw[:place] + data.draw(st.binary(max_size=3)) + raw[place + data.draw(st.integers(0, 40)) :]
    try:
        assert read_head(damaged) >= 0
        for name, entry in read_entries(damaged):
            assert isinstance(name, str) and all(times > 0 for times in entry.facts.surfaces.values())
    except ValueError:
        pass


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]\n]}\n", b'{"format": "annotator-lexicon", "version": 2, "articles": [\n]}\n'])
def test_what_is_no_memory_is_refused(raw: bytes) -> None:
    with pytest.raises(ValueError):
        read_head(raw)


def test_the_file_is_bounded_and_the_articles_noted_last_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    held = {f"bài {number}": Entry("0" * 64, (1, 1), Facts({f"từ {number}\nentity\nPER": 1})) for number in range(200)}
    monkeypatch.setattr(memory, "BYTES_MOST", 2_000)
    raw = encode_memory(0, held)
    assert len(raw) <= 2_000
    kept = [name for name, _ in read_entries(raw)]
    assert kept and kept == list(held)[-len(kept) :]
