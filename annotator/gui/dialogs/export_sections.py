"""The choices of an export, theme by theme: each takes a request to show, gives back what is chosen, and says it in few words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from annotator.core.errors import AnnotatorError
from annotator.core.model import STATUSES
from annotator.formats.reduced_schema import NAMINGS
from annotator.formats.reduction import EXTENTS, ORIGINS, Reduction
from annotator.formats.spelling import SPELLINGS
from annotator.formats.table import CUTTINGS, NESTINGS, SCHEME_NAMES, Format
from annotator.formats.type_maps import TypeMap
from annotator.tasks.exporting import LONGEST, ExportRequest
from annotator.tasks.recipe_text import said_share
from annotator.tasks.splitting import Shares, read_split

from ..looks.controls import TickBox
from ..looks.look import Look
from .export_fields import Fields, named_file, pick

_SCHEME_LABELS: Final = {"iob2": "IOB2", "bioes": "BIOES"}
_STATUS_SETS: Final = {"all": frozenset[str](), "done": frozenset({"done", "checked"}), "checked": frozenset({"checked"})}
_SHARES: Final = "80/10/10"


class StatusFields(Fields):
    """Which articles: all, those that are done, or those of statuses that are ticked."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.status = self.choice("status", [(name, self.say(f"status_{name}")) for name in (*_STATUS_SETS, "some")])
        field = QWidget()
        grid = QGridLayout(field)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        self.ticks: dict[str, TickBox] = {}
        for number, name in enumerate(STATUSES):
            tick = self.ticks[name] = TickBox(look)
            tick.setObjectName(f"status-{name}")
            tick.setText(look.say(f"status.{name}"))
            tick.setChecked(True)
            tick.toggled.connect(lambda _: self.changed.emit())
            grid.addWidget(tick, number // 2, number % 2)
        self.add_wide("statuses", field)
        self.show_row("statuses", False)
        self.status.currentIndexChanged.connect(lambda _: self._follow())

    def take(self, statuses: Collection[str]) -> None:
        named = next((name for name, held in _STATUS_SETS.items() if held == frozenset(statuses)), "some")
        pick(self.status, named)
        for name, tick in self.ticks.items():
            with QSignalBlocker(tick):
                tick.setChecked(named == "all" or name in statuses)
        self.show_row("statuses", named == "some")

    def give(self) -> frozenset[str]:
        """The statuses, none where all are meant. Raises AnnotatorError ``no-status`` where none is ticked."""
        chosen = frozenset(name for name, tick in self.ticks.items() if tick.isChecked())
        if self.status.currentData() == "some" and not chosen:
            raise AnnotatorError("no-status")
        return _STATUS_SETS.get(self.status.currentData(), chosen)

    def _follow(self) -> None:
        """Begin the ticks with what was chosen before."""
        named = self.status.currentData()
        self.show_row("statuses", named == "some")
        if named in _STATUS_SETS:
            for name, tick in self.ticks.items():
                with QSignalBlocker(tick):
                    tick.setChecked(named == "all" or name in _STATUS_SETS[named])


class PartFields(Fields):
    """How the set is divided: not, by shares, by a file or into folds."""

    def __init__(self, look: Look, root: Path) -> None:
        super().__init__(look)
        self._root = root
        self._held: tuple[str, Shares] | None = None
        self._draws_sentences = False
        self.split = self.choice("split", [(name, self.say(f"split_{name}")) for name in ("none", "three", "file", "folds")])
        self.shares = self.line("shares", _SHARES)
        self.split_file = self.file("split_file", root)
        self.folds = self.number("folds", 5, least=2, most=1000)
        self.seed = self.number("seed", 1)
        self.duplicates = self.tick("duplicates", is_on=True)
        self._follow()
        self.split.currentIndexChanged.connect(lambda _: self._follow())

    def take(self, request: ExportRequest) -> None:
        way = "file" if request.split_file is not None else "folds" if request.folds else "three" if request.split else "none"
        pick(self.split, way)
        if request.split is not None:
            percent = [100 * share for share in request.split]
            whole = all(abs(share - round(share)) < 1e-9 for share in percent)
            text = "/".join(str(round(share)) if whole else said_share(share) for share in (percent if whole else request.split))
            self._held = text, request.split
            self.shares.setText(text)
        with QSignalBlocker(self.folds), QSignalBlocker(self.seed), QSignalBlocker(self.duplicates):
            self.folds.setValue(request.folds or self.folds.value())
            self.seed.setValue(min(request.seed, self.seed.maximum()))
            self.duplicates.setChecked(request.duplicates)
        if request.split_file is not None:
            self.split_file.setText(str(request.split_file))
        self._follow()

    def give(self) -> dict[str, object]:
        """The choices as a request has them. Raises AnnotatorError ``bad-split``, ``no-split-file``."""
        found: dict[str, object] = {"seed": self.seed.value(), "duplicates": self.duplicates.isChecked()}
        match self.split.currentData():
            case "three":
                text = self.shares.text().strip()
                found["split"] = self._held[1] if self._held and self._held[0] == text else read_split(text)
            case "file":
                found["split_file"] = named_file(self.split_file, self._root)
                if found["split_file"] is None:
                    raise AnnotatorError("no-split-file")
            case "folds":
                found["folds"] = self.folds.value()
        return found

    def draw_sentences(self, draws: bool) -> None:
        """Whether the seed draws sentences too."""
        self._draws_sentences = draws
        self._follow()

    def _follow(self) -> None:
        way = self.split.currentData()
        for name, ways in (("shares", ("three",)), ("split_file", ("file",)), ("folds", ("folds",))):
            self.show_row(name, way in ways)
        self.show_row("seed", way in ("three", "folds") or self._draws_sentences)
        self.show_row("duplicates", way != "none")


class TagFields(Fields):
    """The tag scheme, and what stays where annotations overlap."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.scheme = self.choice("scheme", [(name, _SCHEME_LABELS[name]) for name in SCHEME_NAMES])
        self.nesting = self.choice("nesting", [(name, self.say(f"nesting_{name}")) for name in NESTINGS])
        self._layers = True

    def offer(self, row: Format, choices: Collection[str]) -> bool:
        for name in ("scheme", "nesting"):
            self.show_row(name, name in choices)
        layers = "layers" in choices
        if layers != self._layers:
            self._layers = layers
            with QSignalBlocker(self.nesting):
                if layers:
                    self.nesting.addItem(self.say("nesting_layers"), "layers")
                else:
                    if self.nesting.currentData() == "layers":
                        self.nesting.setCurrentIndex(0)
                    self.nesting.removeItem(self.nesting.findData("layers"))
        return bool({"scheme", "nesting"} & set(choices))

    def take(self, request: ExportRequest) -> None:
        pick(self.scheme, request.scheme)
        pick(self.nesting, request.nesting if self.nesting.findData(request.nesting) >= 0 else "outermost")

    def give(self) -> dict[str, object]:
        return {name: getattr(self, name).currentData() for name in ("scheme", "nesting") if self.is_shown(name)}

    def summary(self) -> list[str]:
        return [box.currentText() for name, box in (("scheme", self.scheme), ("nesting", self.nesting))
                if self.is_shown(name) and box.currentIndex()]  # fmt: skip


class SentenceFields(Fields):
    """What a sentence is, which of them are listed as too long, and how many without an event stay."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.sentences = self.choice("sentences", [(name, self.say(f"sentences_{name}")) for name in ("long", "line", "auto")])
        assert {self.sentences.itemData(row) for row in range(self.sentences.count())} == set(CUTTINGS)
        self.longest = self.number("longest", LONGEST, most=10**9)
        self.longest.setSpecialValueText(self.say("longest_none"))
        self.empty = self.choice("empty", [(name, self.say(f"empty_{name}")) for name in ("keep", "drop", "share")])
        self.share = self.percent("empty_share_of", 30)
        self.empty.currentIndexChanged.connect(lambda _: self._follow())
        self._offered: Collection[str] = ()

    def offer(self, row: Format, choices: Collection[str]) -> bool:
        self._offered = choices
        for name in ("sentences", "longest", "empty"):
            self.show_row(name, name in choices)
        for rank, name in enumerate(("keep", "drop", "share")):
            about = "" if "events" in row.holds else "_entity"
            self.empty.setItemText(rank, self.say(f"empty_{name}{about}"))
        self._follow()
        return "sentences" in choices

    def take(self, request: ExportRequest) -> None:
        pick(self.sentences, request.sentences)
        pick(self.empty, {1.0: "keep", 0.0: "drop"}.get(request.empty, "share"))
        with QSignalBlocker(self.longest), QSignalBlocker(self.share):
            self.longest.setValue(request.longest)
            if 0 < request.empty < 1:
                self.share.setValue(100 * request.empty)
        self._follow()

    def give(self) -> dict[str, object]:
        found: dict[str, object] = {"sentences": self.sentences.currentData(), "longest": self.longest.value(), "empty": self.kept()}
        return {name: value for name, value in found.items() if self.is_shown(name)}

    def kept(self) -> float:
        """The share of sentences without an event that stays."""
        if not self.is_shown("empty"):
            return 1.0
        return {"keep": 1.0, "drop": 0.0}.get(self.empty.currentData(), round(self.share.value() / 100, 6))

    def summary(self) -> list[str]:
        found = [box.currentText() for name, box in (("sentences", self.sentences), ("empty", self.empty))
                 if self.is_shown(name) and box.currentIndex()]  # fmt: skip
        if self.longest.value() != LONGEST:
            found.append(f"≤ {self.longest.text()}")
        return found

    def _follow(self) -> None:
        self.show_row("empty_share_of", self.is_shown("empty") and self.empty.currentData() == "share")


class ContentFields(Fields):
    """Which annotations are written and how they are called, and how the text is spelled. `types_requested` wishes to choose types."""

    types_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.types = TypeMap()
        self.types_button = QPushButton()
        self.types_button.setObjectName("types")
        self.types_button.setAutoDefault(False)
        self.types_button.clicked.connect(self.types_requested)
        self.add("types", self.types_button)
        self.origin = self.choice("origin", [(name, self.say(f"origin_{name}")) for name in ORIGINS])
        self.extents = self.choice("extents", [(name, self.say(f"extents_{name}")) for name in EXTENTS])
        self.names = self.choice("names", [(name, self.say(f"names_{name}")) for name in NAMINGS])
        self.text = self.choice("text", [(name, self.say(f"text_{name}")) for name in SPELLINGS])
        self.set_types(TypeMap())

    def set_types(self, types: TypeMap) -> None:
        self.types = types
        self.types_button.setText(self.said_types() or self.say("types_all"))

    def choose_types(self, types: TypeMap) -> None:
        """As a person does: it is heard of."""
        if types != self.types:
            self.set_types(types)
            self.changed.emit()

    def said_types(self) -> str:
        """What is chosen of the types in few words; nothing where all are taken as they are."""
        kinds = (self.types.entities, self.types.events, self.types.roles, self.types.relations)
        only = sum(len(kind.include) for kind in kinds if kind.include is not None)
        left_out, renamed = sum(len(kind.exclude) for kind in kinds), sum(len(kind.map) for kind in kinds)
        parts = [
            *([self._look.say("gui.export.types_only", n=only)] if any(kind.include is not None for kind in kinds) else []),
            *([self._look.say("gui.export.types_left_out", n=left_out)] if left_out else []),
            *([self._look.say("gui.export.types_renamed", n=renamed)] if renamed else []),
        ]
        return ", ".join(parts)

    def offer(self, row: Format, choices: Collection[str]) -> bool:
        for name in ("names", "extents"):
            self.show_row(name, name in choices)
        return True

    def take(self, reduction: Reduction) -> None:
        self.set_types(reduction.types)
        pick(self.origin, reduction.origins)
        pick(self.extents, reduction.extents)
        pick(self.names, reduction.names)
        pick(self.text, reduction.spelling)

    def give(self) -> Reduction:
        found = Reduction(self.origin.currentData(), self.types, spelling=self.text.currentData())
        if self.is_shown("extents"):
            found = replace(found, extents=self.extents.currentData())
        return replace(found, names=self.names.currentData()) if self.is_shown("names") else found

    def summary(self) -> list[str]:
        boxes = (("origin", self.origin), ("extents", self.extents), ("names", self.names), ("text", self.text))
        chosen = [box.currentText() for name, box in boxes if self.is_shown(name) and box.currentIndex()]
        return [*filter(None, [self.said_types()]), *chosen]
