"""What was learnt of a corpus, as it is kept from one day to the next: for each article the facts of one state of its sidecar.

The file is JSON with an article a line, so that it can be read and written in slices.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from .lexicon import Facts

FORMAT: Final = "annotator-lexicon"
VERSION: Final = 1
ARTICLES_MOST: Final = 5_000
BYTES_MOST: Final = 8_000_000
_END: Final = b"]}\n"

# When a file was changed last (nanoseconds) and its size in bytes.
Stamp = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """What counts of the sidecar of this digest; nothing of one that was there when all was forgotten."""

    digest: str
    stamp: Stamp
    facts: Facts = field(default_factory=Facts)


@dataclass(slots=True)
class Memory:
    """Entries by the article's name in its corpus. What is older than `forgotten_at` (nanoseconds) is not learnt again."""

    forgotten_at: int = 0
    entries: dict[str, Entry] = field(default_factory=dict)

    def forget(self, at: int) -> None:
        """Let nothing that is there now count any more."""
        self.forgotten_at = at
        self.entries = {name: replace(entry, facts=Facts()) for name, entry in self.entries.items()}

    def counts(self, name: str, *, digest: str, stamp: Stamp | None) -> Facts | None:
        """What counts of an article whose sidecar is that of `digest`, where anything is known of it; None: all that it says."""
        entry = self.entries.get(name)
        if entry is not None and entry.digest == digest:
            return entry.facts
        return Facts() if stamp is not None and stamp[0] <= self.forgotten_at else None


def forget_before(entries: Mapping[str, Entry], at: int) -> dict[str, Entry]:
    """`entries` less what was there when all was forgotten at `at` (nanoseconds), as another window may have it done."""
    return {name: replace(entry, facts=Facts()) if entry.stamp[0] <= at else entry for name, entry in entries.items()}


def encode_memory(forgotten_at: int, entries: Mapping[str, Entry]) -> bytes:
    """The file, the articles noted last kept where not all have room."""
    head = f'{{"format": "{FORMAT}", "version": {VERSION}, "forgotten_at": {forgotten_at}, "articles": [\n'.encode()
    lines: list[bytes] = []
    room = BYTES_MOST - len(head) - len(_END)
    for name, entry in [*entries.items()][: -ARTICLES_MOST - 1 : -1]:
        line = json.dumps([name, entry.digest, entry.stamp, entry.facts.surfaces, entry.facts.roles], ensure_ascii=False)
        lines.append(line.encode("utf-8", "surrogatepass"))
        room -= len(lines[-1]) + 2
        if room < 0:
            lines.pop()
            break
    return head + b",\n".join(reversed(lines)) + b"\n" + _END


def read_head(raw: bytes) -> int:
    """`forgotten_at` of a file. Raises ValueError where it is none of this version or does not end as it should."""
    head, _, _ = raw.partition(b"\n")
    try:
        held = json.loads(head + _END)
    except RecursionError:
        raise ValueError("no lexicon") from None
    if held.get("format") != FORMAT or held.get("version") != VERSION or not raw.endswith(b"\n" + _END):
        raise ValueError("no lexicon")
    return _number(held.get("forgotten_at"))


def read_entries(raw: bytes) -> Iterator[tuple[str, Entry]]:
    """The entries one by one. Raises ValueError at the first line that does not hold."""
    for line in raw.split(b"\n")[1:-2]:
        if line:
            try:
                name, digest, (changed, size), surfaces, roles = json.loads(line.removesuffix(b",").decode("utf-8", "surrogatepass"))
                facts = Facts(_counts(surfaces), _counts(roles))
                entry = Entry(_text(digest), (_number(changed), _number(size)), facts)
                yield _text(name), entry
            except (TypeError, RecursionError) as error:
                raise ValueError("no entry") from error


def _counts(held: object) -> dict[str, int]:
    """Counts by keys of three parts. Raises ValueError where they are none."""
    if not isinstance(held, dict) or any(key.count("\n") < 2 for key in held) or not all(map(_number, held.values())):
        raise ValueError("no counts")
    return held


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("no text")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("no number")
    return value
