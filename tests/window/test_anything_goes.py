"""Whatever is pressed in whatever order: the document stays whole, the sidecar true, and everything can be undone and done again."""

from __future__ import annotations

import json
import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from annotator.core.checks import check
from annotator.gui.hands import wait_until
from annotator.gui.keys.actions import ACTIONS
from annotator.store.sidecar import load

from .conftest import ALT, ARTICLE, CTRL, SHIFT, Sit, Sitting, check_slices, settle

K, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
TEXTS = {
    "raw": ARTICLE,
    "segmented": "Đoàn đại_biểu thăm tỉnh Quảng_Trị .\nHai bên giao_lưu quốc_phòng tại Quảng_Trị , bắt_giữ 2 người 👨‍👩‍👧‍👦 .\n",
    "odd": "\ufeffÔng 👍🏽 Nam\u2028bị bắt ở\tHuế\r\n\r\ne\u0302\u0301 tử vong\n\n",
}
LETTERS = "prglftmjkvcsnbhxz0123456789-*_,/+>=~!?;"
NAMED = [
    (K.Key_Escape, NONE), (K.Key_Tab, NONE), (K.Key_Return, NONE), (K.Key_Space, NONE), (K.Key_Delete, NONE), (K.Key_Left, NONE),
    (K.Key_Right, NONE), (K.Key_Right, SHIFT), (K.Key_Left, SHIFT), (K.Key_Down, SHIFT), (K.Key_Right, CTRL | SHIFT),
    (K.Key_Left, CTRL | SHIFT),
    (K.Key_Down, CTRL), (K.Key_Up, CTRL), (K.Key_Right, ALT), (K.Key_Left, ALT), (K.Key_Up, ALT), (K.Key_Down, ALT), (K.Key_Z, CTRL),
    (K.Key_Y, CTRL), (K.Key_J, CTRL), (K.Key_J, CTRL | SHIFT), (K.Key_M, CTRL), (K.Key_D, CTRL), (K.Key_F2, NONE), (K.Key_F3, NONE),
    (K.Key_F4, NONE), (K.Key_F7, NONE), (K.Key_F8, NONE), (K.Key_F9, NONE), (K.Key_Backspace, NONE), (K.Key_Home, CTRL),
]  # fmt: skip
# These ask something of the person, open another article, or end the sitting.
ASKING = {
    "open_file", "open_folder", "open_samples", "export", "quit", "key_sheet", "settings", "shortcuts", "first_run", "next_document",
    "previous_document", "next_unfinished", "forget_learnt", "import_suggestions",
}  # fmt: skip


def body(raw: bytes) -> dict[str, object]:
    return {name: value for name, value in json.loads(raw).items() if name not in ("revision", "checksum")}


def at_work(s: Sitting) -> None:
    """The keyboard is with the text again, whatever a stroke opened."""
    s.window.type_ahead.close_quietly()
    s.window.view.setFocus()
    settle()


def do_something(s: Sitting, draw: random.Random) -> None:
    length = len(s.content)
    at = draw.randrange(length)
    match draw.randrange(10):
        case 0 | 1 | 2:
            s.hands.drag((at, min(length, at + draw.randrange(1, 12))), modifiers=CTRL if draw.random() < 0.2 else NONE)
        case 3:
            s.hands.click(at, modifiers=CTRL if draw.random() < 0.3 else NONE)
        case 4:
            s.hands.double_click(at)
        case 5:
            held = [item.id for item in s.session.document.annotations()]
            if held:
                chosen = draw.choice(held)
                s.window.view.reveal(s.item(chosen).spans[0])
                s.hands.click_chip(chosen)
        case 6:
            key, modifiers = draw.choice(NAMED)
            s.press(key, modifiers=modifiers)
        case _:
            letter = draw.choice(LETTERS)
            upper = letter.isalpha() and draw.random() < 0.3
            s.key(ord(letter.upper()), letter.upper() if upper else letter, modifiers=SHIFT if upper else NONE)
    at_work(s)


def check_whole(s: Sitting) -> None:
    document = s.session.document
    assert not [problem for problem in check(document, s.session.schema) if problem.severity == "error" and problem.code != "unknown-type"]
    for spans in (s.session.selection, *(item.spans for item in document.annotations())):
        for start, end in spans:
            assert 0 <= start < end <= len(s.content)
            assert document.text.is_grapheme_edge(start) and document.text.is_grapheme_edge(end)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("seed", [7])
def test_random_work_leaves_a_true_sidecar_and_can_be_undone(sit: Sit, name: str, seed: int) -> None:
    s, draw = sit(TEXTS[name]), random.Random(seed)
    for _ in range(100):
        do_something(s, draw)
        check_whole(s)
    assert wait_until(lambda: s.session.is_saved)
    assert s.session.changes, "the work did nothing"
    check_slices(s.sidecar(), s.content)
    worked = s.raw()
    assert load(s.folder / "a.txt").read_only is None
    while s.session.history.undoable is not None:
        s.press("z", modifiers=CTRL)
    assert s.surfaces() == [] and not s.session.document.decisions
    while s.session.history.redoable is not None:
        s.press("y", modifiers=CTRL)
    assert wait_until(lambda: s.session.is_saved)
    assert body(s.raw()) == body(worked)
    assert (s.folder / "a.txt").read_bytes() == TEXTS[name].encode()


def test_every_action_in_every_state_does_something_sane(sit: Sit) -> None:
    s = sit()
    for state in ("selection", "entity", "frame"):
        for spec in ACTIONS:
            if spec.name in ASKING or spec.group or spec.name.startswith("zoom"):
                continue
            while s.session.history.undoable is not None:
                s.session.undo()
            s.press(K.Key_Escape, K.Key_Escape, K.Key_Escape)
            entity, event = s.mark("Huế", "g"), s.mark("tử vong", "3")
            if state != "frame":
                s.press(K.Key_Escape)
            match state:
                case "selection":
                    s.drag("Hà Nội")
                case "entity":
                    s.select(entity)
                case "event" | "frame":
                    s.select(event)
                case "caret":
                    s.press(K.Key_Right)
            s.window.menus.actions[spec.name].trigger()
            at_work(s)
            check_whole(s)


def test_nothing_can_go_wrong_where_nothing_is_open(sit: Sit) -> None:
    s = sit()
    s.window.desk.drop()
    assert s.window.session is None and s.window.palette_line.offers() == []
    for spec in ACTIONS:
        action = s.window.menus.actions[spec.name]
        assert action.isEnabled() == (spec.needs in ("", "corpus"))
        if action.isEnabled() and spec.name not in ASKING:
            action.trigger()
    s.window.grab()
    for menu in s.window.findChildren(QMenu):
        assert not menu.isVisible()
