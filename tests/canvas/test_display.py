"""What is drawn of the text: one character for one in both views, so that offsets, caret and selection are the same."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.document import Document
from annotator.core.model import Source
from annotator.core.text import Text
from annotator.gui.canvas.blocks import cut_blocks
from annotator.gui.canvas.display import View, show
from annotator.tasks.opening import set_words
from tests.strategies import documents

VIEWS: tuple[View, ...] = ("syllables", "words")


def u16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(documents())
def test_both_views_draw_one_character_for_one(document: Document) -> None:
    content = document.text.content
    for start, end in cut_blocks(document.text):
        for view in VIEWS:
            shown = show(document, (start, end), view=view)
            assert len(shown.text) == end - start
            for offset in range(start, end):
                # Positions in the layout are UTF-16: each character takes as many units as the one that it stands for.
                assert u16(shown.text[offset - start]) == u16(content[offset])
            assert not any(sign in shown.text for sign in "\r\n\t\v\f\x85\u2028\u2029\ufeff\0")


@given(documents())
def test_the_views_differ_in_joins_alone(document: Document) -> None:
    content = document.text.content
    for span in cut_blocks(document.text):
        plain, joined = show(document, span, view="syllables"), show(document, span, view="words")
        differing = [span[0] + at for at, (a, b) in enumerate(zip(plain.text, joined.text, strict=True)) if a != b]
        assert set(differing) <= set(joined.joints) and plain.joints == ()
        for joint in joined.joints:
            assert joined.text_at(joint) == "_" and (content[joint].isspace() or content[joint] == "_")
            word = document.words.at(joint)
            assert word is not None and word[0] < joint < word[1] - 0


@given(documents(), st.integers(0, 10**6))
def test_a_word_reads_as_one_in_word_view(document: Document, pick: int) -> None:
    words = [word for line in document.words.lines() for word in line]
    if not words:
        return
    word = words[pick % len(words)]
    block = next(
        span for span in cut_blocks(document.text) if span[0] <= word[0] and word[1] <= max(span[1], word[1]) and word[0] < span[1]
    )
    if word[1] <= block[1]:
        shown = show(document, block, view="words").text[word[0] - block[0] : word[1] - block[0]]
        assert not any(letter.isspace() for letter in shown)


def drawn(content: str, *, segmented: bool, view: View) -> str:
    origin = "segmented" if segmented else "raw"
    document = Document(Text(content), Source("a.txt", "", "utf-8", len(content)), origin=origin)
    set_words(document)
    return "|".join(show(document, span, view=view).text for span in cut_blocks(document.text))


def test_both_kinds_of_text_in_both_views() -> None:
    raw, segmented = "Ông Nam ở Hà Nội.", "Ông Nam ở Hà_Nội . Xem a_b@x.vn"
    assert drawn(raw, segmented=False, view="syllables") == raw
    assert drawn(raw, segmented=False, view="words") == "Ông Nam ở Hà_Nội."
    assert drawn(segmented, segmented=True, view="syllables") == "Ông Nam ở Hà Nội . Xem a_b@x.vn"
    assert drawn(segmented, segmented=True, view="words") == segmented
    assert unicodedata.is_normalized("NFC", raw)


def test_what_a_layout_would_swallow_is_drawn_as_something() -> None:
    assert drawn("a\u2028b\u2029c\x00d\re\tf", segmented=False, view="syllables") == "a↵b¶c␀d e f"


HIDING = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200c\u200d\u2060\ufeff\u00ad\u00a0"
EMOJI = ("👩🏽\u200d🚀", "❤\ufe0f\u200d🔥", "👨\u200d👩\u200d👧", "🏳\ufe0f\u200d🌈")


@given(st.text(st.sampled_from("aệ _.\n😀ش" + HIDING), min_size=1, max_size=60), st.booleans())
def test_nothing_hides_and_nothing_turns_what_is_labelled(content: str, segmented: bool) -> None:
    document = Document(Text(content), Source("a.txt", "", "utf-8", len(content)), origin="segmented" if segmented else "raw")
    set_words(document)
    for start, end in cut_blocks(document.text):
        for view in VIEWS:
            shown = show(document, (start, end), view=view)
            assert len(shown.text) == end - start and u16(shown.text) == u16(content[start:end])
            for at, sign in enumerate(shown.text, start):
                seen = at == 0 and content[0] == "\ufeff"
                assert seen or (unicodedata.category(sign) != "Cf" and sign not in "\u00a0\u200b"), (at, shown.text)
                assert unicodedata.bidirectional(sign) in ("L", "AL", "ON", "WS", "ET", "CS") or seen
                if at in shown.signs:
                    assert content[at] in HIDING and content[at] != sign


def test_a_mark_in_front_of_the_text_is_nothing_and_one_inside_is_shown() -> None:
    assert drawn("\ufeffHuế", segmented=False, view="syllables") == "\u200bHuế"
    assert drawn("Hu\ufeffế", segmented=False, view="syllables") == "Hu⁀ế"
    assert drawn("Hà\u00a0Nội\u00ad", segmented=False, view="words") == "Hà_Nội¬"
    assert drawn("a\u200db", segmented=False, view="syllables") == "a‿b"


def test_joined_emoji_stay_joined() -> None:
    for emoji in EMOJI:
        assert drawn(f"Vui {emoji} quá", segmented=False, view="syllables") == f"Vui {emoji} quá"


def test_a_line_runs_as_most_of_its_letters_do() -> None:
    for content, runs in (("Ông Nam (שלום) ở Huế", "left to right"), ("שלום עולם abc", "right to left"), ("12 😀", "left to right")):
        document = Document(Text(content), Source("a.txt", "", "utf-8", len(content)))
        set_words(document)
        shown = show(document, (0, len(content)), view="syllables")
        assert shown.runs == runs and shown.is_mixed == ("ש" in content)
