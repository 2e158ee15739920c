"""The article itself is changed by another program while it is open."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from annotator.gui.hands import wait_until

from .conftest import ARTICLE, Sit


def test_nothing_is_called_saved_over_another_text(sit: Sit) -> None:
    s = sit()
    (s.folder / "a.txt").write_text("Hôm qua. " + ARTICLE, encoding="utf-8")
    s.drag("Huế")
    s.press("g")
    assert wait_until(lambda: s.session.is_saved or s.session.failure is not None)
    assert s.session.failure is not None and s.window.status.saving == s.told("gui.status.not_saved")
    assert not (s.folder / "a.txt.ann.json").exists()


def test_coming_back_to_the_window_tells_of_it_before_any_work_is_lost(sit: Sit) -> None:
    s = sit()
    s.mark("Huế", "g")
    kept = s.saved()
    (s.folder / "a.txt").write_text("Hôm qua. " + ARTICLE, encoding="utf-8")
    QApplication.sendEvent(s.window, QEvent(QEvent.Type.ActivationChange))
    assert s.window.centre.banner.isVisible() and "a.txt" in s.window.centre.banner.text()
    s.drag("Hà Nội")
    s.press("g")
    assert len(s.session.document.entities) == 1 and s.saved() == kept
