"""The two articles that the tool was asked for, labelled in the window: one by mouse alone, one by keyboard alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from .conftest import Sit, Sitting, check_slices

RAW, SEGMENTED = "000_7d26435aaa9e1440.txt", "001_a60b33cc4f5d73d0.txt"
ENTITIES = {
    RAW: (("p", "Thiếu tướng Hồ Boryong"), ("r", "Ủy ban Trung ương CPC"), ("g", "Trung Quốc"), ("t", "tháng 6"), ("j", "Phó Cục trưởng")),
    SEGMENTED: (("p", "Phan_Văn_Giang"), ("r", "Bộ Quốc_phòng"), ("g", "Lào_Cai"), ("t", "chiều 29/8"), ("f", "Cửa_khẩu quốc_tế Hà_Khẩu")),
}
# Trigger, its keys, and role keys with what fills them, all behind the first text.
EVENTS = {
    RAW: (
        ("Đại tướng Chang Chang", "thăm", "9", (("n", "Đại tướng Chang Chang"), ("t", "từ ngày 18"))),
        ("đại diện cấp cao", "tham dự", "9", (("n", "đại diện cấp cao"), ("l", "biên giới"))),
    ),
    SEGMENTED: (
        ("Hai_đoàn cũng", "hội_đàm", "9", (("n", "Hai_đoàn"), ("l", "thành_phố Lào_Cai"))),
        ("chuyến thăm", "thăm", "9", (("n", "Nguyễn_Phú_Trọng"), ("t", "tháng 11/2022"))),
    ),
}


def label(s: Sitting, name: str, *, select: Callable[..., object], press: Callable[[str], None]) -> None:
    for key, text in ENTITIES[name]:
        select(text)
        press(key)
    for after, trigger, keys, arguments in EVENTS[name]:
        s.press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
        select(trigger, behind=after)
        for key in keys:
            press(key)
        for key, text in arguments:
            select(text, behind="" if s.content.find(text, s.content.index(after)) < 0 else after)
            press(key)


def check(s: Sitting, name: str) -> None:
    saved = s.saved()
    check_slices(saved, s.content)
    assert len(saved["entities"]) >= 5 and [len(event["arguments"]) for event in saved["events"]] == [2, 2]
    assert json.loads((s.folder / f"{name}.ann.json").read_bytes())["revision"] >= 1


def test_the_raw_article_by_mouse_alone(sit: Sit, shared: Path) -> None:
    s = sit({RAW: (shared / "seeds" / RAW).read_bytes()})
    label(s, RAW, select=s.drag, press=lambda key: s.hands.click_on(s.window.palette_line.button(key)))
    check(s, RAW)


def test_the_segmented_article_by_keyboard_alone(sit: Sit, shared: Path) -> None:
    s = sit({SEGMENTED: (shared / "seeds" / SEGMENTED).read_bytes()})
    label(s, SEGMENTED, select=s.walk, press=s.press)
    check(s, SEGMENTED)
