"""The platform of Qt for work that nobody looks at."""

from __future__ import annotations

import os
import sys

_PLATFORM = "QT_QPA_PLATFORM"
# What Qt says of each window that it should raise, and of each menu that should hold the keyboard.
_UNABLE = "This plugin does not support "


def prefer_offscreen() -> None:
    """Let Qt draw without a screen unless another platform is asked for; an empty name asks for none."""
    os.environ[_PLATFORM] = os.environ.get(_PLATFORM) or "offscreen"


def hush_platform() -> None:
    """Keep from standard error what the platform cannot do where nobody looks, as raising a window; all other warnings are still said."""
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qFormatLogMessage, qInstallMessageHandler

    def tell(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if not message.startswith(_UNABLE):
            print(qFormatLogMessage(kind, context, message), file=sys.stderr)

    qInstallMessageHandler(tell)
