"""A set divided into parts: what was asked for, where each document went, and how well it came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from annotator.core.document import Document
from annotator.core.errors import AnnotatorError
from annotator.core.text import Span
from annotator.formats.account import Reduced
from annotator.tasks.duplicates import Leak, Likeness, split_groups
from annotator.tasks.inventory import Inventory, TypeKey
from annotator.tasks.split_file import order_parts, read_split_file
from annotator.tasks.splitting import WHOLE, Shares, draw_folds, draw_parts, name_folds, name_shares

Kind = Literal["whole", "shares", "file", "folds"]
# Of fewer annotations than this no part can have its share.
COUNTABLE: Final = 10


@dataclass(frozen=True, slots=True)
class Wish:
    """How a set is to be divided: by shares, by a file, or into folds; by none of them it stays whole.

    `duplicates`: near-duplicates are looked for, and kept together where documents are drawn.
    """

    split: Shares | None = None
    file: Path | None = None
    folds: int = 0
    seed: int = 1
    duplicates: bool = True

    @property
    def kind(self) -> Kind:
        """Raises AnnotatorError ``split-twice`` where it is asked for in two ways."""
        asked: list[Kind] = []
        if self.split is not None:
            asked.append("shares")
        if self.file is not None:
            asked.append("file")
        if self.folds:
            asked.append("folds")
        if len(asked) > 1:
            raise AnnotatorError("split-twice")
        return asked[0] if asked else "whole"


@dataclass(frozen=True, slots=True)
class Division:
    """Where each document went. `parts` are in order, `part_of` names the part of each document: with folds the one that tests it.

    `groups` are near-duplicates, `torn` those of them that a file put into different parts.
    """

    kind: Kind
    parts: tuple[str, ...]
    part_of: Mapping[str, str]
    shares: Mapping[str, float] = field(default_factory=dict)
    types: Mapping[str, Counter[TypeKey]] = field(default_factory=dict)
    groups: tuple[tuple[str, ...], ...] = ()
    torn: tuple[tuple[str, ...], ...] = ()
    leaks: tuple[Leak, ...] = ()

    def members(self, part: str) -> list[str]:
        """The documents of a part, in the order of the corpus."""
        return [name for name, held in self.part_of.items() if held == part]

    def outlets(self) -> Iterator[tuple[str, list[str]]]:
        """What is written: the place of each file or folder, such as ``train`` or ``fold-1/test``, and the documents in it."""
        for part in self.parts:
            if self.kind == "folds":
                yield f"{part}/train", [name for name, held in self.part_of.items() if held != part]
                yield f"{part}/test", self.members(part)
            else:
                yield part, self.members(part)

    def balance(self) -> dict[TypeKey, dict[str, float]]:
        """The share of each type that is in each part, types that are rare (`COUNTABLE`) left out."""
        totals = sum(self.types.values(), Counter[TypeKey]())
        kept = sorted(key for key, number in totals.items() if number >= COUNTABLE)
        return {key: {part: self.types[part][key] / totals[key] for part in self.parts} for key in kept}

    def missing(self) -> dict[str, list[TypeKey]]:
        """The types that a part has none of, though another has; parts that lack none are left out."""
        every = sorted({key for counts in self.types.values() for key in counts})
        found = {part: [key for key in every if not self.types[part][key]] for part in self.parts}
        return {part: keys for part, keys in found.items() if keys}

    def as_json(self) -> dict[str, object]:
        """The division as ``--json`` and the manifest have it."""
        return {
            "kind": self.kind,
            "parts": {
                part: {"documents": len(self.members(part)), "annotations": self.types[part].total(), "share": round(self.shares[part], 6)}
                for part in self.parts
            },
            "missing": {part: [f"{layer}/{name}" for layer, name in keys] for part, keys in self.missing().items()},
            "duplicates": [list(group) for group in self.groups],
            "torn": [list(group) for group in self.torn],
            "leaks": [
                {"parts": list(leak.parts), "places": [[place.document, place.start, place.end] for place in leak.places]}
                for leak in self.leaks
            ],
        }


class Divider:
    """Hears of each document and then says where it goes."""

    def __init__(self, wish: Wish, names: Collection[str], *, known: Collection[str]) -> None:
        """`names` are the documents to divide, `known` all that the corpus has.

        Raises AnnotatorError ``split-twice`` and what `read_split_file` raises.
        """
        self._wish, self._kind = wish, wish.kind
        self._said = read_split_file(wish.file, names, known=known) if wish.file is not None else {}
        self._likeness = Likeness() if wish.duplicates and self._kind != "whole" else None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is divided."""
        return self._kind == "whole"

    def add(self, name: str, document: Document, *, tokens: Iterable[Sequence[Span]] | None = None) -> None:
        """Take in the text of a document as it is written; places are told in the article itself.

        `tokens` are those of each record where records are sentences: a sentence of which none is written cannot leak.
        """
        if self._likeness is not None:
            place = document.trail.span if isinstance(document, Reduced) else None
            written = None if tokens is None else [(record[0][0], record[-1][1]) for record in tokens if record]
            self._likeness.add(name, document.text.content, place=place, written=written)

    def close(self, inventory: Inventory) -> Division:
        """Where everything goes. Raises AnnotatorError ``folds-too-many``."""
        names = list(inventory.entries)
        if self._kind == "whole":
            return Division("whole", (WHOLE,), dict.fromkeys(names, WHOLE))
        groups = self._likeness.groups() if self._likeness is not None else []
        shares, drawn = self._draw(inventory, groups)
        part_of = {name: drawn[name] for name in names}
        return Division(
            self._kind,
            tuple(shares),
            part_of,
            shares,
            {part: inventory.count(name for name in names if part_of[name] == part) for part in shares},
            tuple(groups),
            tuple(split_groups(groups, part_of)),
            tuple(self._likeness.leaks(part_of)) if self._likeness is not None else (),
        )

    def _draw(self, inventory: Inventory, groups: list[tuple[str, ...]]) -> tuple[dict[str, float], dict[str, str]]:
        """The share of each part, and the part of each document."""
        wish = self._wish
        types = {name: {"/".join(key): count for key, count in entry.types.items()} for name, entry in inventory.entries.items()}
        if wish.folds:
            shares = dict.fromkeys(name_folds(wish.folds), 1 / wish.folds)
            return shares, draw_folds(types, wish.folds, seed=wish.seed, together=groups)
        if wish.split is not None:
            shares = name_shares(wish.split)
            return shares, draw_parts(types, shares, seed=wish.seed, together=groups)
        held = Counter(self._said[name] for name in types)
        return {part: held[part] / max(1, len(types)) for part in order_parts(self._said.values())}, self._said
