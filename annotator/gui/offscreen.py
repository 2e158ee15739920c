"""The platform of Qt for work that nobody looks at."""

from __future__ import annotations

import os

_PLATFORM = "QT_QPA_PLATFORM"


def prefer_offscreen() -> None:
    """Let Qt draw without a screen unless another platform is asked for; an empty name asks for none."""
    os.environ[_PLATFORM] = os.environ.get(_PLATFORM) or "offscreen"
