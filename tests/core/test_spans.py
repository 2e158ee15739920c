"""The index by position answers as a plain list does, whatever was added and removed."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from annotator.core.spans import SpanIndex
from annotator.core.text import Spans

Rank = tuple[int, int, str]

# Small offsets meet often, large ones reach the coarse bins.
offsets = st.one_of(st.integers(0, 40), st.integers(0, 40_000), st.sampled_from((63, 64, 511, 512, 4095, 4096, 32_767, 32_768, 1 << 27)))


@st.composite
def fragments(draw: st.DrawFn) -> Spans:
    edges = sorted(draw(st.sets(offsets, min_size=2, max_size=6)))
    return tuple(zip(edges[::2], edges[1::2], strict=False))


class IndexAndList(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.index, self.held, self.count = SpanIndex(), dict[str, Spans](), 0

    @rule(spans=fragments())
    def add(self, spans: Spans) -> None:
        self.count += 1
        self.held[f"T{self.count}"] = spans
        self.index.add(f"T{self.count}", spans)

    @rule(choice=st.integers(0, 99))
    def remove(self, choice: int) -> None:
        if self.held:
            identifier = list(self.held)[choice % len(self.held)]
            self.index.remove(identifier, self.held.pop(identifier))

    @rule(start=offsets, end=offsets)
    def look(self, start: int, end: int) -> None:
        wanted = {name for name, spans in self.held.items() if any(max(first, start) < min(last, end) for first, last in spans)}
        assert self.index.overlapping(start, end) == wanted

    @rule(rank=st.tuples(offsets, offsets.map(lambda end: -end), st.sampled_from(("", "T1", "T3"))))
    def walk(self, rank: Rank) -> None:
        assert list(self.index.after(rank)) == [name for name in self.order() if self.rank(name) > rank]
        assert list(self.index.before(rank)) == [name for name in reversed(self.order()) if self.rank(name) < rank]

    @invariant()
    def same_order(self) -> None:
        assert list(self.index.in_order()) == self.order()
        assert len(self.index) == len(self.held)

    def rank(self, name: str) -> Rank:
        spans = self.held[name]
        return spans[0][0], -spans[-1][1], name

    def order(self) -> list[str]:
        return sorted(self.held, key=self.rank)


IndexAndList.TestCase.settings = settings(stateful_step_count=25)
TestIndexAndList = IndexAndList.TestCase
