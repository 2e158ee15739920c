"""Lanes: no two lines or chips over each other, and a chip never above its own line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.canvas.lanes import Extent, Place, assign_lanes


@st.composite
def extents(draw: st.DrawFn) -> list[Extent]:
    found = []
    for number in range(draw(st.integers(0, 14))):
        left = draw(st.integers(0, 300))
        width = draw(st.integers(1, 200))
        found.append(Extent(f"T{number}", float(left), float(left + width), float(draw(st.sampled_from((0, 24, 60, 120))))))
    return found


def overlap(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


@given(extents())
def test_nothing_lies_over_anything_in_a_lane(items: list[Extent]) -> None:
    places = assign_lanes(items)
    assert set(places) == {item.id for item in items}
    for item in items:
        assert 0 <= places[item.id].line <= places[item.id].chip
    for rank, one in enumerate(items):
        for other in items[rank + 1 :]:
            a, b = places[one.id], places[other.id]
            if a.line == b.line:
                assert not overlap((one.left, one.right), (other.left, other.right))
            if a.chip == b.chip and one.chip and other.chip:
                assert not overlap((one.left, one.left + one.chip), (other.left, other.left + other.chip))
            for chip, chip_place, line, line_place in ((one, a, other, b), (other, b, one, a)):
                # A chip hangs below its own lane's line; a neighbour's line in that lane must not run under it.
                if chip.chip and chip_place.chip == line_place.line:
                    assert not overlap((chip.left, chip.left + chip.chip), (line.left, line.right))


@given(extents())
def test_what_is_inside_stands_nearer_to_the_text(items: list[Extent]) -> None:
    places = assign_lanes(items)
    for inner in items:
        for outer in items:
            if outer.left <= inner.left and inner.right <= outer.right and inner.right - inner.left < outer.right - outer.left:
                assert places[inner.id].line < places[outer.id].line


@given(extents(), st.randoms())
def test_the_order_in_which_they_come_does_not_matter(items: list[Extent], draw: object) -> None:
    shuffled = list(items)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    assert assign_lanes(shuffled) == assign_lanes(items)


def test_the_common_cases() -> None:
    alone = [Extent("T1", 0, 50, 30), Extent("T2", 60, 100, 30)]
    assert assign_lanes(alone) == {"T1": Place(0, 0), "T2": Place(0, 0)}
    nested = [Extent("T1", 0, 100, 30), Extent("T2", 40, 60, 30)]
    assert assign_lanes(nested) == {"T1": Place(1, 1), "T2": Place(0, 0)}
    # A long chip goes down where it would come under its neighbour's line.
    assert assign_lanes([Extent("T1", 0, 10, 80), Extent("T2", 20, 60, 20)])["T1"].chip == 1
