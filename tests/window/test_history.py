"""Undo and redo through the window, and what the disk holds after each."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt

from .conftest import ARTICLE, CTRL, SHIFT, Sit, Sitting


def label(s: Sitting) -> int:
    """Do a bit of everything; the number of steps."""
    s.mark("bắt", "6")
    for key, text in (("p", "Trần Văn Nam"), ("l", "Hà Nội")):
        s.drag(text)
        s.press(key)
    s.press(Qt.Key.Key_Tab)
    s.drag("sáng 12")
    s.press("_")
    s.select("T1")
    s.press("m", modifiers=CTRL)
    s.press(Qt.Key.Key_Right, modifiers=Qt.KeyboardModifier.AltModifier)
    s.press(Qt.Key.Key_Delete)
    s.window.menus.actions["done"].trigger()
    return 9


def body(raw: bytes) -> dict[str, object]:
    """A sidecar without what a write alone changes."""
    held = json.loads(raw)
    return {name: value for name, value in held.items() if name not in ("revision", "checksum")}


def undo_all(s: Sitting) -> int:
    steps = 0
    while s.session.history.undoable is not None:
        s.press("z", modifiers=CTRL)
        steps += 1
    return steps


def test_undo_all_gives_the_bytes_that_were_there(sit: Sit) -> None:
    s = sit()
    s.mark("Hai người", "p")
    s.saved()
    assert s.close()
    before = s.raw()
    s = sit(folder=s.folder)
    steps = label(s)
    s.saved()
    assert s.raw() != before
    assert undo_all(s) == steps
    s.saved()
    # Revisions only grow: but for them and the checksum the file is what it was.
    after = s.raw()
    assert body(after) == body(before)
    lines = zip(before.split(b"\n"), after.split(b"\n"), strict=True)
    assert [a.split(b":")[0] for a, b in lines if a != b] == [b'"format"', b'"checksum"']
    assert s.close() and s.raw() == after
    s = sit(folder=s.folder)
    assert s.surfaces() == [("PER", "Hai người")]
    assert s.close() and s.raw() == after


def test_undone_before_it_was_saved_nothing_is_written(sit: Sit) -> None:
    s = sit()
    s.mark("Hai người", "p")
    s.saved()
    before, revision = s.raw(), s.session.durable.revision
    s.drag("Huế")
    s.press("g")
    s.press("z", modifiers=CTRL)
    s.saved()
    assert s.raw() == before and s.session.durable.revision == revision


def test_an_article_without_a_sidecar_keeps_an_empty_one_after_undoing_all(sit: Sit) -> None:
    s = sit()
    s.mark("Huế", "g")
    s.saved()
    assert undo_all(s) == 1
    saved = s.saved()
    assert saved["entities"] == [] and saved["status"] == "todo" and saved["revision"] == 2
    assert (s.folder / "a.txt").read_bytes() == ARTICLE.encode()


def test_redo_all_gives_the_labelled_state_again(sit: Sit) -> None:
    s = sit()
    label(s)
    s.saved()
    labelled = s.raw()
    steps = undo_all(s)
    s.saved()
    for number in range(steps):
        s.press(*(("y",) if number % 2 else ("z",)), modifiers=CTRL if number % 2 else CTRL | SHIFT)
    s.saved()
    assert body(s.raw()) == body(labelled)
    assert s.session.history.redoable is None


def test_what_was_undone_is_told_and_the_ends_are_refused(sit: Sit) -> None:
    s = sit()
    s.press("z", modifiers=CTRL)
    assert s.refused("error.nothing-to-undo")
    s.mark("Huế", "g")
    s.press("z", modifiers=CTRL)
    assert s.message == s.told("told.undone", edit=s.told("edit.tag-entity"))
    s.press("y", modifiers=CTRL)
    assert s.message == s.told("told.redone", edit=s.told("edit.tag-entity"))
    s.press("y", modifiers=CTRL)
    assert s.refused("error.nothing-to-redo")


def test_an_edit_after_undo_forgets_what_could_be_redone(sit: Sit) -> None:
    s = sit()
    s.mark("Huế", "g")
    s.press("z", modifiers=CTRL)
    s.mark("Hà Nội", "g")
    s.press("y", modifiers=CTRL)
    assert s.refused("error.nothing-to-redo") and s.surfaces() == [("GPE", "Hà Nội")]


def test_an_id_is_never_given_twice(sit: Sit) -> None:
    s = sit()
    first = s.mark("Huế", "g")
    s.select(first)
    s.press(Qt.Key.Key_Delete)
    s.saved()
    assert s.close()
    s = sit(folder=s.folder)
    assert s.mark("Huế", "g") != first


def test_undo_closes_the_frame_of_an_event_that_goes(sit: Sit) -> None:
    s = sit()
    s.mark("tử vong", "3")
    s.press("z", modifiers=CTRL)
    assert s.session.frame is None and s.surfaces() == []
    # The bottom line offers entities again.
    assert s.window.palette_line.offers()[1].label == "PER"
