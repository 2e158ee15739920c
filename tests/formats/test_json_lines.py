"""Rows as lines of JSON."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.json_lines import row_lines

TEXTS = st.text(st.sampled_from('a"\\\\{}[],:\n\r\u2028'), max_size=12) | st.sampled_from(['},{"a":', '"},{"a":"', '}\n{"a":'])


INNER = st.builds(lambda c, a: {"c": c, "a": a}, TEXTS, TEXTS)
ROWS = st.builds(lambda a, b: {"a": a, "b": b}, TEXTS, st.lists(INNER, max_size=3))


@given(st.lists(ROWS, max_size=4))
def test_each_row_is_a_line_whatever_its_texts_hold(rows: list[dict[str, object]]) -> None:
    raw = row_lines(rows)
    assert [json.loads(line) for line in raw.split(b"\n")[:-1]] == rows and raw[-1:] == (b"\n" if rows else b"")
