"""The figures of a set in words and tables, in one language: window, page and dataset card show these, each in its own way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from annotator.core.model import HUMAN, STATUSES
from annotator.core.schema import Schema
from annotator.messages import Language, say
from annotator.tasks.counted import ARTICLES, Pick
from annotator.tasks.figures import MODEL, SPANNED, Figures, Filled, ranked

# Lengths from here on share a row.
LONG: Final = 16
# How many rows of a list that may be endless are shown.
WORST: Final = 200
COMMONEST: Final = 10
# Fewer examples of a type than this teach a model little.
FEW: Final = 20
_LAYERS: Final = {"entities": "entities", "triggers": "events"}

_Key = TypeVar("_Key")
Getter = Callable[[Figures], int]
# Name, schema's own name, getter, pick.
Wanted = tuple[str, str, Getter, Pick]


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its name, a further word beside it, the number, what it is a share of (0: of nothing), and the number of a full bar.

    `cells` are further numbers, one for each of the table's `columns`. `pick` says which annotations or articles it counts, None where
    there are none to show; `layer` and `type` are those of a row that is a type of the schema. What a `grave` row
    counts should not be there.
    """

    name: str
    number: int
    beside: str = ""
    whole: int = 0
    longest: int = 0
    cells: tuple[int, ...] = ()
    pick: Pick | None = None
    layer: str = ""
    type: str = ""
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a title; `beside` and `total` stand by the title, `note` says what is counted, `columns` name the further numbers.

    `is_small` tables of a section are alike and may stand side by side.
    """

    title: str
    lines: tuple[Line, ...]
    note: str = ""
    beside: str = ""
    total: int | None = None
    columns: tuple[str, ...] = ()
    is_small: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Tables about one thing; `told` are sentences in front of them. `name` is the same in every language."""

    name: str
    title: str
    tables: tuple[Table, ...] = ()
    told: tuple[str, ...] = ()


class FigureTables:
    """Makes the sections of the figures of a whole and of its parts."""

    def __init__(self, whole: Figures, parts: Mapping[str, Figures], schema: Schema, language: Language, *, bare: bool = False) -> None:
        """`bare`: types and roles go by the names that they have in data, not by their labels."""
        self.whole, self.parts = whole, parts
        self._schema, self._language, self._bare = schema, language, bare

    def said(self, key: str, **where: str | int) -> str:
        """A sentence of the statistics."""
        return say(f"page.stats.{key}", self._language, **where)

    def types(self) -> Section:
        """Counts by type, each with its share, the types that nothing has, and those of which there is little."""
        tables = [
            self.by_type("entities", lambda held: held.entities, lambda name: (("layer", "entities"), ("type", name))),
            self.by_type("events", lambda held: held.events, lambda name: (("layer", "triggers"), ("type", name))),
            self.by_type("roles", lambda held: held.roles, lambda name: (("role", name),)),
            self.by_type("relations", lambda held: held.relations, lambda name: None),
        ]
        return Section("types", self.said("types"), with_lines(tables))

    def by_type(self, layer: str, table_of: Callable[[Figures], Counter[str]], pick: Callable[[str], Pick | None]) -> Table:
        """The types of a layer, the commonest first; the note names those of the schema that nothing has."""
        rows = ranked(table_of(self.whole))
        total = table_of(self.whole).total()
        longest = rows[0][1] if rows else 0
        lines = tuple(
            Line(
                self.label(layer, name), number, _beside(name, self.label(layer, name)), total, longest,
                self.cells(_at(table_of, name)), pick(name), layer, name,
            )
            for name, number in rows
        )  # fmt: skip
        notes = []
        unused = [name for name in self._known(layer) if name not in table_of(self.whole)]
        if unused and rows:
            notes.append(self.said("unused", types=", ".join(self.label(layer, name) for name in unused)))
        few = sum(number < FEW for _, number in rows)
        if few and layer != "roles":
            notes.append(self.said("few", n=few, least=FEW))
        title = say(f"cli.stats.by.{layer}", self._language)
        return Table(title, lines, " ".join(notes), total=total, columns=tuple(self.parts))

    def lengths(self) -> Section:
        """How many words annotations have."""
        return Section("lengths", self.said("lengths"), with_lines([self.length_table(layer) for layer in SPANNED]))

    def length_table(self, layer: str) -> Table:
        """The annotations of a layer (`SPANNED`) by their number of words; the longest share a row."""
        numbers = sorted(number for number in self.whole.lengths[layer] if number < LONG)
        wanted: list[Wanted] = [
            (str(number), "", _at(lambda held: held.lengths[layer], number), (("layer", layer), ("length", number)))
            for number in numbers
        ]
        if any(number >= LONG for number in self.whole.lengths[layer]):
            wanted.append((f"{LONG}+", "", lambda held: _from_on(held.lengths[layer]), (("layer", layer), ("longer", LONG))))
        return self._table(f"lengths.{layer}", wanted, note="lengths.note")

    def nesting(self) -> Section:
        """How deep entities lie in each other, which cross, and what is in several fragments."""
        entities = self.whole.entities.total()
        wanted: list[Wanted] = [
            (self.said("nesting.depth", n=depth), "", _at(lambda held: held.depths, depth), (("depth", depth),))
            for depth in sorted(self.whole.depths)
        ]
        beside: list[Wanted] = [(self.said("nesting.crossing"), "", lambda held: held.crossing, (("crosses", True),))]
        for layer in SPANNED:
            pick: Pick = (("layer", layer), ("in_fragments", True))
            beside.append((self.said(f"nesting.fragments.{layer}"), "", _at(lambda held: held.fragments, layer), pick))
        if not self.whole.annotations:
            return Section("nesting", self.said("nesting"))
        tables = [
            self._table("nesting.depths", wanted, full=entities, note="nesting.note"),
            self._table("nesting.shapes", beside, full=self.whole.annotations),
        ]
        return Section("nesting", self.said("nesting"), with_lines(tables))

    def filled(self) -> Section:
        """A table for each event type: in how many of its events each role is filled."""
        tables = tuple(self._filled_table(name, held) for name, held in self.whole.ranked_filled())
        told = (self.said("filled.note"),) if tables else ()
        return Section("filled", self.said("filled"), tables, told)

    def edges(self) -> Section:
        """How spans agree with words: in all, by type, and those that disagree most often."""
        whole = self.whole
        wanted: list[Wanted] = [
            (self.said("edges.at_words"), "", lambda held: held.at_words, (("annotation", True), ("cuts", False))),
            (self.said("edges.cut"), "", lambda held: held.cut, (("cuts", True),)),
        ]
        if not whole.at_words + whole.cut:
            return Section("edges", self.said("edges"))
        tables = [self._table("edges.all", wanted, full=whole.at_words + whole.cut, note="edges.note"), self._cut_types(), self._worst()]
        return Section("edges", self.said("edges"), with_lines(tables))

    def surfaces(self) -> Section:
        """The commonest texts of each type."""
        by_type: dict[tuple[str, str], Counter[str]] = {}
        for (layer, kind, surface), number in self.whole.surfaces.items():
            by_type.setdefault((layer, kind), Counter())[surface] += number
        tables = []
        for (layer, kind), held in sorted(by_type.items(), key=lambda pair: (pair[0][0], -pair[1].total(), pair[0])):
            total, shown = held.total(), ranked(held)[:COMMONEST]
            lines = tuple(
                Line(text, number, "", total, shown[0][1], pick=(("layer", layer), ("type", kind), ("surface", text)))
                for text, number in shown
            )
            note = self.said("surfaces.different", n=len(held))
            label = self.label(_LAYERS[layer], kind)
            tables.append(Table(label, lines, note, _beside(kind, label), total, is_small=True))
        return Section("surfaces", self.said("surfaces"), tuple(tables))

    def ambiguous(self) -> Section:
        """Texts that have more than one type."""
        found = self.whole.ambiguous()
        lines = []
        for (layer, surface), types in found[:WORST]:
            (commonest, most), *others = ranked(types)
            for name, number in others:
                named = (self.label(_LAYERS[layer], kind) for kind in (name, commonest))
                said = self.said("ambiguous.line", **dict(zip(("type", "commonest"), named, strict=True)), n=most)
                pick: Pick = (("layer", layer), ("type", name), ("surface", surface))
                lines.append(Line(surface, number, said, types.total(), types.total(), pick=pick))
        table = Table(self.said("ambiguous.texts"), tuple(lines), self._shown("ambiguous.note", len(found)), total=len(found))
        return Section("ambiguous", self.said("ambiguous"), with_lines([table]))

    def label(self, layer: str, name: str) -> str:
        """A type or role in the language; its bare name where the schema lacks it."""
        if self._bare:
            return name
        schema = self._schema
        known = {"entities": schema.entity, "events": schema.event, "roles": schema.role, "relations": schema.relation}[layer](name)
        return (known.label.said(self._language) if known is not None else "") or name

    def statuses(self) -> Table:
        """The articles by status."""
        wanted: list[Wanted] = [
            (
                say(f"status.{name}", self._language), "",
                _at(lambda held: held.status, str(name)), (("layer", ARTICLES), ("type", name)),
            )
            for name in STATUSES if self.whole.status[name]
        ]  # fmt: skip
        return self._table("", wanted, full=self.whole.documents, title=say("cli.stats.status", self._language))

    def origins(self) -> Table:
        """The annotations by who made them: persons, or a model that nobody has confirmed."""
        wanted: list[Wanted] = [
            (self._origin(name), "", _at(lambda held: held.origins, name), (("origin", name),))
            for name, _ in ranked(self.whole.origins)
        ]
        return self._table("origins", wanted, full=self.whole.annotations)

    def _origin(self, name: str) -> str:
        if name == HUMAN:
            return self.said("origins.human")
        return self.said("origins.model", name=name.removeprefix(MODEL)) if name.startswith(MODEL) else name

    def annotators(self) -> Table:
        """The articles of each annotator, and what is in them."""
        columns = ("entities", "events", "arguments")
        lines = tuple(
            Line(
                name or self.said("nobody"), counts["documents"], "", self.whole.documents, self.whole.documents,
                tuple(counts[column] for column in columns), (("layer", ARTICLES), ("annotator", name)),
            )
            for name, counts in sorted(self.whole.annotators.items())
        )  # fmt: skip
        return Table(self.said("annotators"), lines, columns=tuple(self.count(name) for name in columns))

    def _filled_table(self, name: str, filled: Filled) -> Table:
        known = self._schema.event(name)
        core = {role.role for role in known.roles if role.core} if known else set()
        lines = []

        def roles(held: Figures) -> Counter[str]:
            return held.filled[name].roles if name in held.filled else Counter()

        for role, number in filled.roles.items():
            label = self.label("roles", role)
            beside = " · ".join(filter(None, [_beside(role, label), self.said("filled.core") if role in core else ""]))
            pick: Pick = (("layer", "triggers"), ("type", name), ("role", role))
            cells = self.cells(_at(roles, role))
            lines.append(Line(label, number, beside, filled.events, filled.events, cells, pick, "roles", role))
        label = self.label("events", name)
        note = "" if lines else self.said("filled.none")
        columns = tuple(self.parts)
        return Table(label, tuple(lines), note, _beside(name, label), filled.events, columns, is_small=True)

    def _cut_types(self) -> Table:
        lines = []
        for (layer, kind), number in sorted(self.whole.cut_types.items(), key=lambda held: (-held[1], held[0])):
            table = self.whole.entities if layer == "entities" else self.whole.events
            label = self.label(_LAYERS[layer], kind)
            pick: Pick = (("layer", layer), ("type", kind), ("cuts", True))
            cells = self.cells(_at(lambda held: held.cut_types, (layer, kind)))
            lines.append(Line(label, number, _beside(kind, label), table[kind], table[kind], cells, pick, _LAYERS[layer], kind))
        return Table(self.said("edges.types"), tuple(lines), self.said("edges.types.note"), columns=tuple(self.parts))

    def _worst(self) -> Table:
        found = self.whole.worst_cuts()
        lines = []
        for (layer, kind, surface), word, number in found[:WORST]:
            inside = self.said("edges.inside", word=" ".join(word.split()), type=self.label(_LAYERS[layer], kind))
            pick: Pick = (("layer", layer), ("type", kind), ("surface", surface), ("word", word))
            lines.append(Line(surface, number, inside, self.whole.cut, found[0][2], pick=pick))
        return Table(self.said("edges.worst"), tuple(lines), self._shown("edges.worst.note", len(found)))

    def _shown(self, key: str, there: int) -> str:
        more = self.said("more", shown=WORST, n=there) if there > WORST else ""
        return f"{self.said(key)} {more}".strip()

    def _table(self, key: str, wanted: Iterable[Wanted], *, full: int | None = None, note: str = "", title: str = "") -> Table:
        """Bars: shares of `full`, which is a bar of full length, else of their sum, the longest of full length."""
        held = [(name, beside, get(self.whole), self.cells(get), pick) for name, beside, get, pick in wanted]
        numbers = [number for _, _, number, _, _ in held]
        whole, longest = (sum(numbers), max(numbers, default=0)) if full is None else (full, full)
        lines = tuple(Line(name, number, beside, whole, longest, cells, pick) for name, beside, number, cells, pick in held)
        return Table(title or self.said(key), lines, self.said(note) if note else "", columns=tuple(self.parts))

    def cells(self, get: Getter) -> tuple[int, ...]:
        """A number of each part."""
        return tuple(get(held) for held in self.parts.values())

    def count(self, name: str) -> str:
        """What the number of something is called."""
        return say(f"cli.stats.{name}", self._language)

    def _known(self, layer: str) -> Iterator[str]:
        schema = self._schema
        items: Sequence[object] = {
            "entities": schema.entities, "events": schema.events, "roles": schema.roles, "relations": schema.relations,
        }[layer]  # fmt: skip
        return (str(getattr(item, "name", "")) for item in items)


def share(number: int, whole: int, language: Language) -> str:
    """``12.5 %`` as the language writes it; nothing of nothing is nothing."""
    percent = f"{100 * number / whole if whole else 0:.1f}"
    return f"{percent.replace('.', ',') if language == 'vi' else percent} %"


def grouped(number: int, language: Language) -> str:
    """A number with the thousands apart as the language writes them."""
    shown = f"{number:,}"
    return shown.replace(",", ".") if language == "vi" else shown


def with_lines(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables that have any."""
    return tuple(table for table in tables if table.lines)


def _at(table: Callable[[Figures], Counter[_Key]], key: _Key) -> Getter:
    """What a table says under `key`."""
    return lambda held: table(held)[key]


def _beside(name: str, label: str) -> str:
    return name if name != label else ""


def _from_on(lengths: Counter[int]) -> int:
    return sum(count for number, count in lengths.items() if number >= LONG)
