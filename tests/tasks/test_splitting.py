"""Which document goes where: the laws of a draw, and what is said of a split file."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import AnnotatorError
from annotator.tasks.split_file import read_split_file
from annotator.tasks.splitting import PARTS, draw_folds, draw_parts, name_shares, quotas, read_folds, read_split

Documents = dict[str, dict[str, int]]
_TYPES = st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(1, 9), max_size=4)
documents = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=6), _TYPES, max_size=60)
all_shares = st.tuples(*[st.integers(0, 20)] * 3).filter(any).map(lambda shares: name_shares(read_split("/".join(map(str, shares)))))


@st.composite
def grouped(draw: st.DrawFn) -> tuple[Documents, list[list[str]]]:
    """Documents, some of them in groups that share none."""
    held = draw(documents)
    names = draw(st.permutations(sorted(held)))
    sizes = draw(st.lists(st.integers(2, 6), max_size=6))
    groups = []
    for size in sizes:
        if len(names) >= size:
            groups.append(list(names[:size]))
            names = names[size:]
    return held, groups


@given(held=documents, shares=all_shares, seed=st.integers(0, 5))
def test_every_document_falls_into_one_part_by_the_shares(held: Documents, shares: dict[str, float], seed: int) -> None:
    parts = draw_parts(held, shares, seed=seed)
    assert parts.keys() == held.keys() and set(parts.values()) <= shares.keys()
    sizes = Counter(parts.values())
    small = sum(share * len(held) < 1 for share in shares.values())
    for part, share in shares.items():
        assert abs(sizes[part] - share * len(held)) <= 1 + small
        assert sizes[part] or len(held) < len(shares)


@given(made=grouped(), shares=all_shares, seed=st.integers(0, 5))
def test_the_order_of_files_decides_nothing_and_groups_stay_together(
    made: tuple[Documents, list[list[str]]], shares: dict[str, float], seed: int
) -> None:
    held, groups = made
    parts = draw_parts(held, shares, seed=seed, together=groups)
    turned = {name: dict(reversed(held[name].items())) for name in reversed(held)}
    assert draw_parts(turned, shares, seed=seed, together=[group[::-1] for group in reversed(groups)]) == parts
    assert all(len({parts[name] for name in group}) == 1 for group in groups)
    units = len(held) - sum(len(group) - 1 for group in groups)
    assert len(set(parts.values())) == min(units, sum(map(bool, quotas(len(held), shares).values())))


@given(made=grouped(), folds=st.integers(2, 7), seed=st.integers(0, 3))
def test_folds_test_each_document_once(made: tuple[Documents, list[list[str]]], folds: int, seed: int) -> None:
    held, groups = made
    units = len(held) - sum(len(group) - 1 for group in groups)
    if units < folds:
        with pytest.raises(AnnotatorError, match="folds-too-many"):
            draw_folds(held, folds, seed=seed, together=groups)
        return
    tested = draw_folds(held, folds, seed=seed, together=groups)
    assert tested.keys() == held.keys() and {*tested.values()} == {f"fold-{number}" for number in range(1, folds + 1)}
    if not groups:
        sizes = Counter(tested.values()).values()
        assert max(sizes) - min(sizes) <= 1


def far(parts: Mapping[str, str], held: Documents, shares: Mapping[str, float]) -> float:
    """How far the types are from the shares, on average."""
    totals = sum((Counter(types) for types in held.values()), Counter[str]())
    inside = {part: sum((Counter(held[name]) for name in held if parts[name] == part), Counter[str]()) for part in shares}
    away = [abs(inside[part][kind] / totals[kind] - share) for kind in totals for part, share in shares.items()]
    return sum(away) / len(away)


def test_types_fall_by_the_shares_too() -> None:
    kinds = "ABCDEFGHIJ"
    held = {f"tin-{n}": {kind: 1 + n % 3 for rank, kind in enumerate(kinds) if n % (3 + 2 * rank) == 0} for n in range(400)}
    shares = {"train": 0.8, "dev": 0.1, "test": 0.1}
    by_name = {name: PARTS[0] if rank < 320 else PARTS[1] if rank < 360 else PARTS[2] for rank, name in enumerate(sorted(held))}
    for seed in range(3):
        parts = draw_parts(held, shares, seed=seed)
        assert far(parts, held, shares) < 0.01 < far(by_name, held, shares)
    drawn = [tuple(sorted(draw_parts(held, shares, seed=seed).items())) for seed in range(3)]
    assert all(one != other for one, other in combinations(drawn, 2))


def test_a_rare_type_is_not_all_in_one_part() -> None:
    held = {f"tin-{n:03}": ({"Rare": 1} if n < 10 else {"Common": 1}) for n in range(100)}
    parts = draw_parts(held, {"train": 0.8, "dev": 0.1, "test": 0.1}, seed=1)
    assert Counter(parts[name] for name, types in held.items() if "Rare" in types) == {"train": 8, "dev": 1, "test": 1}


@pytest.mark.parametrize("shares", ["", "0.8", "0.8/0.2", "1/-1/1", "0/0/0", "a/b/c", "nan/1/1", "inf/1/1", "1/1/1/1"])
def test_a_split_that_is_none_is_refused(shares: str) -> None:
    with pytest.raises(AnnotatorError, match="bad-split"):
        read_split(shares)


@pytest.mark.parametrize("folds", ["", "1", "0", "-3", "2.5", "k", "1001", "9" * 5000, "²"])
def test_folds_that_are_none_are_refused(folds: str) -> None:
    with pytest.raises(AnnotatorError, match="bad-folds"):
        read_folds(folds)


NAMES = ("sâu/tin 2", "tin-1")


@pytest.mark.parametrize(
    "said",
    [
        "tin-1\ttrain\nsâu/tin 2\ttest\n",
        "\ufeff\r\nsâu\\tin 2.txt\ttest\r\n\r\n./tin-1.txt\ttrain",
        '{"test": ["sâu/tin 2"], "train": ["tin-1.txt"]}',
    ],
)
def test_a_split_file_names_the_part_of_each_document(said: str, tmp_path: Path) -> None:
    path = tmp_path / "split.tsv"
    path.write_bytes(said.encode())
    assert read_split_file(path, NAMES, known=NAMES) == {"tin-1": "train", "sâu/tin 2": "test"}


@pytest.mark.parametrize(
    ("said", "code", "named"),
    [
        ("tin-1\ttrain\n", "split-name-missing", "sâu/tin 2"),
        ("tin-1\ttrain\ntin-1.txt\ttest\nsâu/tin 2\ttest\n", "split-name-twice", "tin-1.txt"),
        ('{"train": ["tin-1", "sâu/tin 2"], "test": ["tin-1"]}', "split-name-twice", "tin-1"),
        ('{"train": ["tin-1"], "train": ["tin-1"]}', "split-name-twice", "tin-1"),
        ("tin-1\ttrain\ntin-9\ttest\n", "split-name-unknown", "tin-9"),
        ("tin-1 train\n", "split-file-syntax", ""),
        ('{"train": "tin-1"}', "split-file-syntax", ""),
        ('{"train": [', "split-file-syntax", ""),
        ("tin-1\t../train\n", "split-part-unfit", ""),
        ("tin-1\tmanifest\n", "split-part-unfit", ""),
        ("tin-1\tannotation.conf\n", "split-part-unfit", ""),
        ("tin-1\tTrain\nsâu/tin 2\ttrain\n", "split-part-unfit", ""),
    ],
)
def test_a_split_file_that_does_not_fit_is_refused_by_name(said: str, code: str, named: str, tmp_path: Path) -> None:
    path = tmp_path / "split.tsv"
    path.write_bytes(said.encode())
    with pytest.raises(AnnotatorError, match=code) as caught:
        read_split_file(path, NAMES, known=NAMES)
    assert caught.value.where["path"] == str(path) and caught.value.where.get("name", "") == named


def test_json_of_parts_may_be_long(tmp_path: Path) -> None:
    names = [f"tin-{number}" for number in range(2000)]
    path = tmp_path / "split.json"
    path.write_text(json.dumps({"train": names[:1500], "silver.2": names[1500:]}), encoding="utf-8")
    assert Counter(read_split_file(path, names, known=names).values()) == {"train": 1500, "silver.2": 500}
