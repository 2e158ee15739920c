"""Tagging by mouse and by key: what is selected, what is made, and that it is on disk within a second."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from .conftest import ARTICLE, CTRL, SHIFT, Sit, check_slices


def test_tag_by_mouse_and_key(sit: Sit) -> None:
    s = sit()
    span = s.drag("Trần Văn Nam")
    assert s.session.selection == (span,)
    s.press("p")
    assert s.session.selection == () and s.surfaces() == [("PER", "Trần Văn Nam")]
    saved = s.saved()
    assert saved["entities"] == [
        {"id": "T1", "type": "PER", "spans": [list(span)], "text": "Trần Văn Nam", "attributes": {}, "flag": "", "note": "", "origin": "human"}
    ]
    assert saved["status"] == "doing" and saved["revision"] == 1
    assert s.window.status.saving == s.told("gui.status.saved", revision=1)
    assert s.message == s.told("told.entity", type="Person", text="Trần Văn Nam")
