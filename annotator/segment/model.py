"""pyvi's word segmentation with exact offsets: its weights, its lexicon and its rules, in a decoder of our own.

pyvi labels every token `B_W` (a word begins) or `I_W` (it goes on) with a linear chain over features of the two tokens on either side.
With two labels only differences count, so each weight is kept as its *margin*, weight(I_W) - weight(B_W), and so is the score of a prefix.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import chain, compress
from string import punctuation

from annotator.core.errors import AnnotatorError
from annotator.core.text import Span
from annotator.segment.syllables import syllables

_BEGIN, _INSIDE = "B_W", "I_W"
_CHUNKS_KEPT = 50_000
_TOKENS_KEPT = 50_000
_LONGEST_KEPT = 40

_Thirds = frozenset[str]
_Seconds = dict[str, tuple[float, float, _Thirds | None]]
_NO_SECONDS: _Seconds = {}


@dataclass(slots=True, eq=False)
class _Token:
    """A token's part in every score: its own margin and what it adds to its neighbours', the words that it begins, whether it joins."""

    own: float
    to_next: float
    to_previous: float
    lower: str
    seconds: _Seconds
    joining: int


# Joining class: a token joins the one before if its class is not 0 and not above the other's.
_NEVER, _LOWER, _TITLE = 0, 1, 2


@dataclass(slots=True, eq=False)
class _Chunk:
    """The tokens of a text without U+0020, their edges in it, and which are inseparable from the one before; `single` is all of it."""

    single: _Token | None
    tokens: tuple[_Token, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    inseparable: tuple[int, ...]


class _Margins:
    """The model's margins under the names of pyvi's features. Raises `ValueError` where the model has others."""

    WORDS = ("word.lower():", "-1:word.lower():", "+1:word.lower():")
    FLAGS = ("bias", *(f"{place}word.{test}()" for place in ("", "-1:", "+1:") for test in ("istitle", "isupper")), "word.isdigit()",
             "-1:word.bi_gram()", "+1:word.bi_gram()", "-2:word.tri_gram()", "+2:word.tri_gram()")  # fmt: skip

    def __init__(self, states: dict[tuple[str, str], float]) -> None:
        self.flags = dict.fromkeys(self.FLAGS, 0.0)
        self.words: dict[str, dict[str, float]] = {name: {} for name in self.WORDS}
        for (attribute, label), weight in states.items():
            margin = weight if label == _INSIDE else -weight
            if attribute in self.flags:
                self.flags[attribute] += margin
                continue
            name, colon, word = attribute.partition("():")
            table = self.words.get(name + colon)
            if table is None:
                raise ValueError(f"unknown feature {attribute}")
            table[word] = table.get(word, 0.0) + margin

    def of(self, place: str, token: str, lower: str) -> float:
        """What a token adds at a place: ``""`` to itself, ``"-1:"`` to its right neighbour, ``"+1:"`` to its left one."""
        margin = self.words[f"{place}word.lower():"].get(lower, 0.0)
        if token.istitle():
            margin += self.flags[f"{place}word.istitle()"]
        if token.isupper():
            margin += self.flags[f"{place}word.isupper()"]
        return margin


class Segmenter:
    """Words of a line, identical to ``ViTokenizer.tokenize`` of that line, as spans. `name` is the origin in sidecars: ``pyvi 0.1.1``.

    May be used from several threads at once: its caches hold values that depend on their key alone, and are emptied when full.
    """

    def __init__(self, name: str, model: bytes, lexicon: bytes) -> None:
        """Of a CRFsuite file and a list of words, one a line. Raises `ValueError` where they are not what pyvi's rules need."""
        from annotator.segment.crfsuite import read_chain
        from annotator.segment.pyvi_files import lexicon_entries

        weights = read_chain(model)
        if set(weights.labels) != {_BEGIN, _INSIDE}:
            raise ValueError("labels other than B_W and I_W")
        self.name = name
        self._margins = _Margins(weights.states)
        self._transitions = tuple(weights.transitions.get((a, b), 0.0) for a in (_BEGIN, _INSIDE) for b in (_BEGIN, _INSIDE))
        flags = self._margins.flags
        self._lexicon = _index(lexicon_entries(lexicon), flags["-1:word.bi_gram()"], flags["+1:word.bi_gram()"])
        self._third = flags["-2:word.tri_gram()"], flags["+2:word.tri_gram()"]
        self._chunks: dict[str, _Chunk] = {}
        self._tokens: dict[str, _Token] = {}

    @classmethod
    def load(cls) -> Segmenter:
        """The segmenter of the installed pyvi, which is not imported; 0.1 s, so not at start-up.

        Raises ``model-missing`` where pyvi or one of its files is not there, ``model-refused`` where they are not what they should be.
        """
        from annotator.segment.pyvi_files import LEXICON, MODEL, pyvi_folder, pyvi_name, read_file, unpack_model

        folder = pyvi_folder()
        pickled, lexicon = read_file(folder / MODEL), read_file(folder / LEXICON)
        try:
            return cls(pyvi_name(), unpack_model(pickled), lexicon)
        except ValueError as reason:
            raise AnnotatorError("model-refused", path=str((folder / MODEL).parent)) from reason

    def words(self, line: str, *, at: int = 0) -> list[Span]:
        """The words of one line without its newline: spans of code points, half-open, counted from `at` at the line's start.

        They ascend and never overlap; what lies between them is blanks only.
        """
        tokens: list[_Token] = []
        starts: list[int] = []
        ends: list[int] = []
        inseparable: list[int] = []
        kept = self._chunks.get
        end = at - 1
        # Only U+0020 divides here, so that positions are sums; the other blanks are left to the expression inside the chunk.
        for text in line.split(" "):
            start = end + 1
            end = start + len(text)
            chunk = kept(text) or self._chunk(text)
            if chunk.single is not None:
                tokens.append(chunk.single)
                starts.append(start)
                ends.append(end)
            elif chunk.tokens:
                inseparable += [len(tokens) + index for index in chunk.inseparable]
                tokens += chunk.tokens
                starts += [start + edge for edge in chunk.starts]
                ends += [start + edge for edge in chunk.ends]
        if not tokens:
            return []
        begins = self._begins(tokens)
        for index in inseparable:
            begins[index] = 0
        return list(zip(compress(starts, begins), compress(ends, chain(begins[1:], (1,))), strict=True))

    def _chunk(self, text: str) -> _Chunk:
        found = syllables(text)
        tokens = tuple(self._token(token) for token, _, _, _ in found)
        chunk = _Chunk(
            single=tokens[0] if len(found) == 1 and found[0][1:3] == (0, len(text)) else None,
            tokens=tokens,
            starts=tuple(start for _, start, _, _ in found),
            ends=tuple(end for _, _, end, _ in found),
            inseparable=tuple(index for index, (_, _, _, inseparable) in enumerate(found) if inseparable),
        )
        if len(text) <= _LONGEST_KEPT:
            if len(self._chunks) >= _CHUNKS_KEPT:
                self._chunks.clear()
            self._chunks[text] = chunk
        return chunk

    def _token(self, text: str) -> _Token:
        kept = self._tokens.get(text)
        if kept is not None:
            return kept
        margins, lower = self._margins, text.lower()
        # CRFsuite takes its attributes as C strings: what stands after a NUL does not count.
        attribute = lower.partition("\0")[0]
        own = margins.of("", text, attribute) + margins.flags["bias"]
        if text.isdigit():
            own += margins.flags["word.isdigit()"]
        closed = text in punctuation or text[0].isdigit()
        token = _Token(
            own=own,
            to_next=margins.of("-1:", text, attribute),
            to_previous=margins.of("+1:", text, attribute),
            lower=lower,
            seconds=self._lexicon.get(lower, _NO_SECONDS),
            joining=_NEVER if closed else _TITLE if text[0].istitle() else _LOWER,
        )
        if len(text) <= _LONGEST_KEPT:
            if len(self._tokens) >= _TOKENS_KEPT:
                self._tokens.clear()
            self._tokens[text] = token
        return token

    def _begins(self, tokens: list[_Token]) -> bytearray:
        """For each token 1 where a word begins, 0 where it belongs to the word of the token before."""
        begins = bytearray(b"\1") * len(tokens)
        for index in compress(range(len(tokens)), self._labels(self._scores(tokens))):
            if index and tokens[index - 1].joining >= tokens[index].joining > _NEVER:
                begins[index] = 0
        return begins

    def _scores(self, tokens: list[_Token]) -> list[float]:
        """The margin of each token from itself, its neighbours and the lexicon's words around it."""
        third_after, third_before = self._third
        scores: list[float] = []
        previous = from_left = 0.0
        seconds, thirds = _NO_SECONDS, None
        for token in tokens:
            score = token.own + from_left
            to_previous, from_left = token.to_previous, token.to_next
            lower = token.lower
            if thirds is not None and lower in thirds:
                score += third_after
                scores[-1] += third_before
            if lower in seconds:
                after, before, thirds = seconds[lower]
                score += after
                to_previous += before
            else:
                thirds = None
            seconds = token.seconds
            scores.append(previous + to_previous)
            previous = score
        scores.append(previous)
        # The first entry is what the first token adds to a left neighbour that it does not have.
        del scores[0]
        return scores

    def _labels(self, scores: list[float]) -> bytearray:
        """Viterbi: 1 for each token that goes on with a word, on the best path.

        Above one threshold of the prefix's margin either label is best preceded by `I_W`, below another by `B_W`: there the label is
        certain at once. Only between the two does it depend on the label after, and only those are traced back.
        """
        bb, bi, ib, ii = self._transitions
        to_begin, to_inside = bb - ib, bi - ii
        low, high = min(to_begin, to_inside), max(to_begin, to_inside)
        opposite = to_begin < to_inside
        from_begin, from_inside = bi - bb, ii - ib
        labels = bytearray(len(scores))
        unsure: list[int] = []
        margin = step = 0.0
        for index, score in enumerate(scores):
            margin = score + step
            if margin <= low:
                step = from_begin
            elif margin > high:
                labels[index] = 1
                step = from_inside
            else:
                unsure.append(index)
                step = bi - ib - margin if opposite else margin + ii - bb
        last = len(scores) - 1
        labels[last] = margin > 0
        for index in reversed(unsure):
            if index != last:
                labels[index] = labels[index + 1] ^ opposite
        return labels


def _index(entries: list[list[str]], after: float, before: float) -> dict[str, _Seconds]:
    """The lexicon by first, second, third syllable, with what a word of two adds to the margin of its second and of its first."""
    lexicon: dict[str, _Seconds] = {}
    thirds: dict[tuple[str, str], set[str]] = {}
    for entry in entries:
        first, second = entry[:2]
        if len(entry) == 2:
            lexicon.setdefault(first, {})[second] = (after, before, None)
        else:
            thirds.setdefault((first, second), set()).add(entry[2])
    for (first, second), closing in thirds.items():
        seconds = lexicon.setdefault(first, {})
        weights = seconds.get(second, (0.0, 0.0, None))
        seconds[second] = (weights[0], weights[1], frozenset(closing))
    return lexicon


@cache
def default_segmenter() -> Segmenter:
    """The one segmenter of the process, loaded at the first call. Raises as `Segmenter.load`."""
    return Segmenter.load()
