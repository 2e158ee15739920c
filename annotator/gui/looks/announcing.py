"""Saying something to whoever listens through a screen reader, at no cost where nobody does."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent


def announce(speaker: QObject, sentence: str, *, urgent: bool = False) -> None:
    """Let a screen reader say `sentence` at once (`urgent`: over what it is saying). Without one this does nothing."""
    if sentence and QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(speaker, sentence)
        kinds = QAccessible.AnnouncementPoliteness
        event.setPoliteness(kinds.Assertive if urgent else kinds.Polite)
        QAccessible.updateAccessibility(event)
