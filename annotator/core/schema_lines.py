"""On which line of a TOML text each of its values stands.

The standard reader forgets lines. This walk runs only once a mistake was found, and only over text which that reader accepted.
A trail names a value by keys and positions: ``("event", 3, "roles", 0, "key")`` is the key of the first role of the fourth event.
"""

from __future__ import annotations

import re

Trail = tuple[str | int, ...]

_SKIP = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}' r"|'''(?:[^']|'(?!''))*'{3,5}" r'|"(?:[^"\\\n]|\\.)*"' r"|'[^'\n]*'",
    re.DOTALL,
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]\}\n#]*")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PLAIN_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\"}


def find_line(text: str, trail: Trail) -> int:
    """The line (from 1) of the value that the trail names, or of its nearest enclosing value that stands in the text."""
    marks = _Walk(text).marks
    while trail and trail not in marks:
        trail = trail[:-1]
    return text.count("\n", 0, marks[trail]) + 1 if trail else 1


class _Walk:
    """One pass over a text; `marks` maps every trail to the code point at which it first stands."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._counts: dict[Trail, int] = {}
        self.marks: dict[Trail, int] = {}
        table: Trail = ()
        while self._skip():
            table = self._header() if text[self._at] == "[" else self._statement(table)

    def _skip(self) -> bool:
        self._at = self._end(_SKIP)
        return self._at < len(self._text)

    def _end(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self._text, self._at)
        return match.end() if match else self._at

    def _header(self) -> Trail:
        start = self._at
        is_array = self._text.startswith("[[", start)
        self._at += 2 if is_array else 1
        names = self._key()
        self._at += 2 if is_array else 1
        table: Trail = ()
        for rank, name in enumerate(names):
            table = (*table, name)
            if is_array and rank == len(names) - 1:
                self._counts[table] = self._counts.get(table, 0) + 1
            if table in self._counts:
                self.marks.setdefault(table, start)
                table = (*table, self._counts[table] - 1)
            self.marks.setdefault(table, start)
        return table

    def _statement(self, table: Trail) -> Trail:
        start = self._at
        trail = table
        for name in self._key():
            trail = (*trail, name)
            self.marks.setdefault(trail, start)
        self._at = self._end(_BLANK) + 1
        self._value(trail)
        return table

    def _key(self) -> list[str]:
        """The parts of a dotted key; leaves the place after it."""
        parts: list[str] = []
        while True:
            self._at = self._end(_BLANK)
            start, quoted = self._at, self._text[self._at] in "\"'"
            self._at = max(self._end(_STRING if quoted else _BARE), start + 1)
            written = self._text[start : self._at]
            parts.append(_unquote(written) if quoted else written)
            self._at = self._end(_BLANK)
            if not self._text.startswith(".", self._at):
                return parts
            self._at += 1

    def _value(self, trail: Trail) -> None:
        self._at = self._end(_BLANK)
        match self._text[self._at : self._at + 1]:
            case "[":
                self._array(trail)
            case "{":
                self._inline(trail)
            case '"' | "'":
                self._at = self._end(_STRING)
            case _:
                self._at = self._end(_SCALAR)

    def _array(self, trail: Trail) -> None:
        self._at += 1
        rank = 0
        while self._skip() and self._text[self._at] != "]":
            self.marks.setdefault((*trail, rank), self._at)
            self._value((*trail, rank))
            rank += 1
        self._at += 1

    def _inline(self, trail: Trail) -> None:
        self._at += 1
        while self._skip() and self._text[self._at] != "}":
            self._statement(trail)
        self._at += 1


def _unquote(written: str) -> str:
    if written[0] == "'":
        return written[1:-1]
    return _ESCAPE.sub(
        lambda match: chr(int(match[1] or match[2], 16)) if match[1] or match[2] else _PLAIN_ESCAPES.get(match[3], match[3]),
        written[1:-1],
    )
