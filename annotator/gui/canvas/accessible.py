"""Where Qt asks for the accessible face of a canvas. Nothing of it is loaded or made before somebody listens."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface

from .view import ArticleView


def install() -> None:
    """Let Qt ask here, once for an application."""
    QAccessible.installFactory(_make)


def _make(_name: str, thing: QObject) -> QAccessibleInterface | None:
    if not isinstance(thing, ArticleView):
        return None
    from .accessible_article import make_accessible

    return make_accessible(thing)
