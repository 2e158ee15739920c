"""Annotations of types that the schema lacks: drawn in grey, listed, named as what they are, and kept byte for byte."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from annotator.core import commands
from annotator.core.edits import Change, Edit, apply
from annotator.core.model import Argument, Event
from annotator.gui.looks.colours import readable
from annotator.store.sidecar import encode, load, sidecar_path
from annotator.store.snapshot import take_snapshot

from .conftest import ARTICLE, Sit, Sitting


def foreign(folder: Path) -> bytes:
    """An article labelled under another schema: an entity and an event of unknown types, a role that bkee does not have."""
    folder.mkdir()
    source = folder / "a.txt"
    source.write_bytes(ARTICLE.encode())
    document = load(source).document
    for text, name in (("Huế", "Thành_phố"), ("Hà Nội", "GPE")):
        start = ARTICLE.index(text)
        apply(document, commands.tag(document, [(start, start + len(text))], name))
    start = ARTICLE.index("tai nạn")
    event = Event("E1", "Tai_nạn", ((start, start + 7),), (Argument("Nơi", "T1"),), attributes=(("mức", "nặng"),))
    apply(document, Edit("load", (Change("events", "E1", None, event),)))
    raw = encode(take_snapshot(document), revision=3)
    sidecar_path(source).write_bytes(raw)
    return raw


def lines_of(raw: bytes) -> set[bytes]:
    return {line.rstrip(b",") for line in raw.split(b"\n") if line.startswith(b'{"id"')}


def opened(sit: Sit, tmp_path: Path) -> tuple[Sitting, bytes]:
    raw = foreign(tmp_path / "corpus")
    return sit(folder=tmp_path / "corpus"), raw


def test_unknown_types_are_grey_on_the_canvas(sit: Sit, tmp_path: Path) -> None:
    s, _ = opened(sit, tmp_path)
    assert s.session.read_only is None
    s.window.grab()
    for theme in ("light", "dark", "contrast"):
        s.window.menus.actions[f"theme_{theme}"].trigger()
        look, picture = s.window.look, s.window.view.viewport().grab().toImage()
        grey = QColor(readable(look.theme.unknown, look.theme.surface))
        chip = s.window.view.chip_rect("E1")
        assert chip is not None
        # The chip of a trigger is filled with its type's colour: here the theme's grey.
        ratio = picture.devicePixelRatio()
        assert picture.pixelColor(round((chip.left() + 3) * ratio), round(chip.center().y() * ratio)) == grey
        known = s.window.view.scenery.style(s.session, s.item("T2")).colour
        assert known != s.window.view.scenery.style(s.session, s.item("T1")).colour == grey.name().upper()


def test_unknown_types_are_listed_and_named(sit: Sit, tmp_path: Path) -> None:
    s, _ = opened(sit, tmp_path)
    model = s.window.annotations._model
    rows = {model.id_at(row): " ".join(str(model.index(row, column).data()) for column in range(4)) for row in range(model.rowCount())}
    assert set(rows) == {"T1", "T2", "E1"} and "Thành_phố" in rows["T1"] and "Tai_nạn" in rows["E1"]
    s.select("T1")
    assert s.window.inspector.type_box.currentIndex() == -1 and "Thành_phố" in s.window.inspector.type_box.placeholderText()
    assert s.window.view.scenery.tooltip(s.session, "T1") == s.told("canvas.unknown_type", type="Thành_phố")
    s.select("E1")
    row = s.window.inspector.frame.row("Nơi")
    assert row is not None and not row.known and [filler.text for filler in row.fillers] == ["Huế"]


def test_unknown_types_are_kept_byte_for_byte(sit: Sit, tmp_path: Path) -> None:
    s, raw = opened(sit, tmp_path)
    s.drag("Lê Hòa")
    s.press("P")
    s.saved()
    assert s.raw() != raw and lines_of(raw) < lines_of(s.raw())
    assert json.loads(s.raw())["revision"] == 4
    assert s.close()
    s = sit(folder=tmp_path / "corpus")
    assert ("Tai_nạn", "tai nạn") in s.surfaces() and s.session.read_only is None


def test_they_can_be_deleted_flagged_and_retyped_like_any_other(sit: Sit, tmp_path: Path) -> None:
    s, _ = opened(sit, tmp_path)
    s.select("T1")
    s.press("m", modifiers=Qt.KeyboardModifier.ControlModifier)
    s.press("*", "g")
    assert s.item("T1").type == "GPE" and s.item("T1").flag == "question"
    s.select("E1")
    s.press("*", "-", "t")
    assert s.event("E1").type == "Injure" and s.event("E1").arguments[0].role == "Nơi"
    s.select("E1")
    s.press(Qt.Key.Key_Delete)
    assert s.saved()["events"] == []


def test_a_frame_of_an_unknown_type_offers_entities(sit: Sit, tmp_path: Path) -> None:
    s, _ = opened(sit, tmp_path)
    s.select("E1")
    s.press(Qt.Key.Key_Return)
    s.drag("Lê Hòa")
    s.press("p")
    assert ("PER", "Lê Hòa") in s.surfaces() and len(s.event("E1").arguments) == 1
