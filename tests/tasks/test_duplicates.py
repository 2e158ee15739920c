"""Articles that are nearly the same are found, those that are not are not; sentences that stand in two parts are told."""

from __future__ import annotations

import random
import unicodedata
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.segment.sentences import sentences
from annotator.tasks.duplicates import ALIKE, SHINGLE, Likeness, split_groups, words_of

WORDS = [f"từ{number}" for number in range(500)]


def shingles(text: str) -> set[tuple[str, ...]]:
    words = words_of(text)
    return {tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1))} if words else set()


def jaccard(one: str, other: str) -> float:
    first, second = shingles(one), shingles(other)
    return len(first & second) / len(first | second) if first and second else 0.0


def take(texts: dict[str, str]) -> Likeness:
    likeness = Likeness()
    for name, text in texts.items():
        likeness.add(name, text)
    return likeness


@settings(max_examples=25)
@given(seed=st.integers(0, 10**6))
def test_groups_are_the_articles_that_share_four_fifths(seed: int) -> None:
    """The plain comparison of each with each gives the same groups."""
    draw = random.Random(seed)
    texts: dict[str, str] = {}
    for number in range(8):
        words = draw.choices(WORDS, k=draw.choice([0, 3, 40, 120]))
        for copy in range(draw.randint(1, 3)):
            changed = [draw.choice(WORDS) if draw.random() < 0.01 * copy else word for word in words]
            texts[f"{number}-{copy}"] = " ".join(changed)
    joined = {name: {name} for name in texts}
    for one, other in combinations(texts, 2):
        if jaccard(texts[one], texts[other]) >= ALIKE and joined[one] is not joined[other]:
            joined[one] |= joined[other]
            for name in joined[one]:
                joined[name] = joined[one]
    wanted = sorted({tuple(sorted(group)) for group in joined.values() if len(group) > 1})
    assert take(texts).groups() == wanted


def test_case_joints_marks_and_tones_in_two_forms_make_no_difference() -> None:
    raw = "Công an tỉnh Bình Dương bắt giữ ba người, thu hai xe máy."
    segmented = "Công_an tỉnh Bình_Dương bắt_giữ ba người , thu hai xe_máy ."
    decomposed = unicodedata.normalize("NFD", raw.upper())
    assert take({"a": raw, "b": segmented, "c": decomposed, "d": "", "e": "…"}).groups() == [("a", "b", "c")]


def test_a_sentence_in_two_parts_leaks_with_its_places() -> None:
    shared = "Theo cơ quan điều tra, hai người này đã khai nhận hành vi."
    texts = {
        "một": f"Tin thứ nhất. {shared} Hết tin.",
        "hai": f"Tin khác hẳn.\nNgắn thôi.\n{shared.replace('cơ quan', 'cơ_quan').upper()}",
        "ba": f"{shared} Tin thứ ba ở cùng phần với tin thứ nhất.",
        "bốn": "Ngắn thôi. Tin thứ nhất.",
    }
    likeness = take(texts)
    (leak,) = likeness.leaks({"một": "train", "ba": "train", "hai": "test", "bốn": "test"})
    assert leak.parts == ("test", "train")
    assert [place.document for place in leak.places] == ["ba", "hai", "một"]
    surfaces = [texts[place.document][place.start : place.end] for place in leak.places]
    assert [words_of(surface) for surface in surfaces] == [words_of(shared)] * 3
    assert likeness.leaks(dict.fromkeys(texts, "train")) == []


def test_groups_that_a_split_parts_are_told() -> None:
    groups = [("a", "b"), ("c", "d")]
    assert split_groups(groups, {"a": "train", "b": "test", "c": "test", "d": "test"}) == [("a", "b")]


@given(st.text("aĐ_ .\n\u0301\u0323\u1ea1?T“”1\t", max_size=60))
def test_an_articles_words_are_those_of_its_sentences(text: str) -> None:
    """They are taken sentence by sentence: none is cut, none lies in between."""
    held = [word for line in text.split("\n") for start, end in sentences(line) for word in words_of(line[start:end])]
    assert held == words_of(text)
